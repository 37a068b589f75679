"""The tables offices already keep, read row by row: `open_book`, then `read_sheet` with the columns wanted.

Nothing is dropped in silence. A row that cannot be read whole keeps its number in the file and says which
cell is wrong and why; rows that are no records (blank, totals, notes, a heading printed again) are listed as
skipped; a file without the right sheet says which sheets it has and which columns are missing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bihuan.readers.opening.opened import CannotOpen
from bihuan.readers.sheets.cells import Kind, Unclear, Value, plain, value_of
from bihuan.readers.sheets.grids import Book, Cell, Grid, open_book

__all__ = [
    "Book",
    "CannotOpen",
    "Found",
    "Problem",
    "Row",
    "Sheet",
    "Skipped",
    "Wanted",
    "WrongSheet",
    "find_sheets",
    "open_book",
    "read_sheet",
]

HEAD_ROWS = 30  # a heading stands within the first so many rows, under a title and a note at most
MOST_ROWS = 50_000  # records of one sheet
_TOTALS = re.compile(r"(?:合计|总计|小计|共计|累计|总和)(?:[(:].*|数|\d.*|件数)?")
_NOTES = re.compile(
    r"(?:注|备注|说明|填表人|填报人|填报单位|制表人|制表|审核人|联系人|打印日期|填表日期)(?::.*)?"
)
_NO_LETTERS = re.compile(r"[\s*＊_:：;；,，.。、/\\|\"'“”]+")
_SQUEEZE = re.compile(r"\s+")
_BRACKETS = re.compile(r"[(\[【〔].*?[)\]】〕]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A column to look for: by its name or any of `also` that offices write instead.

    `unique` columns may not say the same thing in two rows; a required one may neither be missing nor empty.
    """

    key: str
    name: str
    also: tuple[str, ...] = ()
    kind: Kind = "text"
    required: bool = False
    unique: bool = False
    most: int = 0  # characters of a text; 0: as many as there are


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where a wanted column stands: `letter` as Excel names it, `heading` as the file writes it."""

    wanted: Wanted
    at: int
    letter: str
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with one cell: the column's name, the cell's text, the reason in Chinese."""

    column: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One record. `values` has every wanted key; None where the file says nothing or nothing readable.

    `continues` when a unique cell is merged with the row above: one thing told in several rows.
    """

    number_in_file: int
    values: Mapping[str, Value]
    problems: tuple[Problem, ...] = ()
    continues: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A row that is no record, and why."""

    number_in_file: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a sheet holds under the columns wanted."""

    name: str
    columns: tuple[Found, ...]
    rows: tuple[Row, ...]
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()  # for the user: hidden sheets, columns read twice, columns not read

    @property
    def sound(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if not row.problems)

    @property
    def unsound(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.problems)


class WrongSheet(CannotOpen):
    """No sheet, or more than one, has the required columns; `candidates` are those to choose from."""

    def __init__(self, message: str, *, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.candidates = candidates


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """How a sheet answers to the columns wanted: `head` is the last row of its heading (from 0)."""

    grid: Grid
    head: int
    columns: tuple[Found, ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...] = field(default=())


def find_sheets(book: Book, wanted: Sequence[Wanted]) -> tuple[Match, ...]:
    """Every sheet of the book with the columns found in it."""
    return tuple(_match(grid, wanted) for grid in book.grids)


def read_sheet(book: Book, wanted: Sequence[Wanted], *, name: str | None = None) -> Sheet:
    """The rows of the sheet called `name`, or of the one visible sheet that has the required columns.

    Raises WrongSheet when there is none or the choice is the user's.
    """
    match = _chosen(find_sheets(book, wanted), name=name)
    hidden = [grid.name for grid in book.grids if grid.hidden and grid is not match.grid]
    notes = list(book.warnings)
    if hidden:
        notes.append(f"隐藏的工作表没有读取：{'、'.join(hidden)}。")
    if match.grid.hidden:
        notes.append(f"工作表“{match.grid.name}”在文件中是隐藏的。")
    rows, skipped = _read_rows(match)
    return Sheet(
        name=match.grid.name,
        columns=match.columns,
        rows=_doubled(rows, match.columns),
        skipped=skipped,
        notes=(*notes, *match.notes),
    )


# --- which sheet


def _chosen(matches: Sequence[Match], *, name: str | None) -> Match:
    if name is not None:
        match = next((each for each in matches if each.grid.name == name), None)
        if match is None:
            raise WrongSheet(f"无法读取：文件里没有名为“{name}”的工作表。{_inventory(matches)}")
        if match.missing:
            raise WrongSheet(_missing(match) + _inventory(matches))
        return match
    fit = [match for match in matches if not match.missing and not match.grid.hidden]
    if len(fit) == 1:
        return fit[0]
    if fit:
        names = tuple(match.grid.name for match in fit)
        raise WrongSheet(
            f"有{len(fit)}张工作表都符合要求：{'、'.join(names)}。请选定要读取的一张。", candidates=names
        )
    nearest = max(matches, key=lambda match: (len(match.columns), not match.grid.hidden), default=None)
    if nearest is None:
        raise WrongSheet("无法读取：文件里没有工作表。请确认选对了文件。")
    raise WrongSheet(_missing(nearest) + _inventory(matches))


def _missing(match: Match) -> str:
    """What the nearest sheet lacks, and what it has instead."""
    if not match.columns:
        return f"无法读取：没有找到表头，需要的列是：{'、'.join(match.missing)}。"
    had = "、".join(found.heading for found in match.columns)
    return (
        f"无法读取：工作表“{match.grid.name}”第{match.head + 1}行的表头缺少这些列："
        f"{'、'.join(match.missing)}（已找到：{had}）。请补上或改正列名。"
    )


def _inventory(matches: Sequence[Match]) -> str:
    names = [match.grid.name + ("（隐藏）" if match.grid.hidden else "") for match in matches]
    return f"文件中的工作表有：{'、'.join(names)}。"


# --- which columns


def _match(grid: Grid, wanted: Sequence[Wanted]) -> Match:
    """The heading is the row, or the two rows under each other, that name most of the columns wanted."""
    best: tuple[int, int, list[str]] = (0, 0, [])
    for at in range(min(HEAD_ROWS, len(grid.rows))):
        for deep in (1, 2):
            labels = _labels(grid, at, deep)
            count = len(_find(labels, wanted)[0])
            if count > best[0]:
                best = (count, at + deep - 1, labels)
    _, head, labels = best
    columns, twice = _find(labels, wanted)
    here = {found.wanted.key for found in columns}
    unread = [label for at, label in enumerate(labels) if label and at not in {found.at for found in columns}]
    notes = [*twice]
    if columns and unread:
        notes.append(f"没有读取的列：{'、'.join(_once(unread))}。")
    return Match(
        grid=grid,
        head=head,
        columns=columns,
        missing=tuple(each.name for each in wanted if each.required and each.key not in here),
        notes=tuple(notes),
    )


def _once(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _labels(grid: Grid, at: int, deep: int) -> list[str]:
    """The headings of each column over `deep` rows; a merged group heading counts for all its columns."""
    if at + deep > len(grid.rows):
        return []
    labels = []
    for column in range(len(grid.rows[at])):
        words = [_heading(grid, at + down, column) for down in range(deep)]
        labels.append("/".join(_once([word for word in words if word])))
    return labels


def _heading(grid: Grid, row: int, column: int) -> str:
    word = plain(_at(grid.rows, row, column)).replace("\n", "")
    if word:
        return word
    for top, left, bottom, right in (area for area in grid.merged if area[0] <= row):
        if row <= bottom and left <= column <= right:
            return plain(_at(grid.rows, top, left)).replace("\n", "")
    return ""


def _at(rows: Sequence[Sequence[Cell]], row: int, column: int) -> Cell:
    line = rows[row] if row < len(rows) else ()
    return line[column] if column < len(line) else ""


def _find(labels: Sequence[str], wanted: Sequence[Wanted]) -> tuple[tuple[Found, ...], list[str]]:
    """Each wanted column where its heading stands, exact headings before those with brackets; and what was
    found twice."""
    spoken = [_spoken(label) for label in labels]
    found: dict[str, Found] = {}
    notes = []
    taken: set[int] = set()
    for step in range(2):
        for each in wanted:
            if each.key in found:
                continue
            names = {_folded(name) for name in (each.name, *each.also)}
            hits = [at for at, words in enumerate(spoken) if at not in taken and names & words[step]]
            if not hits:
                continue
            at = hits[0]
            taken.add(at)
            found[each.key] = Found(wanted=each, at=at, letter=letter(at), heading=labels[at])
            if len(hits) > 1:
                where = "、".join(letter(one) for one in hits)
                notes.append(f"“{each.name}”有{len(hits)}列（{where}），读取的是{letter(at)}列。")
    return tuple(found[each.key] for each in wanted if each.key in found), notes


def _spoken(label: str) -> tuple[set[str], set[str]]:
    """The ways a heading can be understood: as written; without its brackets, by what stands in them, or
    without the group heading above it."""
    wide = unicodedata.normalize("NFKC", label)
    loose = {_folded(_BRACKETS.sub("", wide)), *(_folded(part[1:-1]) for part in _BRACKETS.findall(wide))}
    loose.add(_folded(wide.rpartition("/")[2]))
    return {_folded(label)} - {""}, loose - {""}


def _folded(name: str) -> str:
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKC", name)).lower()


def letter(at: int) -> str:
    """The column as Excel names it: 0 is A, 26 is AA."""
    name, at = "", at + 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


# --- which rows


def _read_rows(match: Match) -> tuple[list[Row], tuple[Skipped, ...]]:
    grid, rows, skipped = match.grid, [], []
    heading = {found.at: _folded(found.heading) for found in match.columns}
    above = _merged_down(grid)
    for at in range(match.head + 1, len(grid.rows)):
        line = grid.rows[at]
        why = _no_record(line, heading)
        if why is not None:
            if why:
                words = [word for word in map(plain, line) if word]
                skipped.append(Skipped(number_in_file=at + 1, reason=why, text=" ".join(words)[:80]))
            continue
        rows.append(_row(line, at, match.columns, grid, above))
        if len(rows) > MOST_ROWS:
            raise CannotOpen(f"无法读取：工作表“{grid.name}”超过{MOST_ROWS:,}行。请拆分成几个文件后再上传。")
    blank = _blank_rows(grid, match.head, last=rows[-1].number_in_file if rows else 0)
    return rows, tuple(sorted([*skipped, *blank], key=lambda each: each.number_in_file))


def _blank_rows(grid: Grid, head: int, *, last: int) -> Iterator[Skipped]:
    """Blank rows between records are said; those behind the last one are the end of the table."""
    for at in range(head + 1, last):
        if not any(plain(cell) for cell in grid.rows[at]):
            yield Skipped(number_in_file=at + 1, reason="空行", text="")


def _no_record(line: Sequence[Cell], heading: Mapping[int, str]) -> str | None:
    """Why the row is no record; '' for a blank one, None for a record."""
    words = [_SQUEEZE.sub("", unicodedata.normalize("NFKC", word)) for word in map(plain, line) if word]
    if not words:
        return ""
    if _TOTALS.fullmatch(words[0]):
        return "合计行"
    if len(words) <= 2 and _NOTES.fullmatch(words[0]):
        return "表下的注"
    again = sum(1 for at, label in heading.items() if at < len(line) and _folded(plain(line[at])) == label)
    if again >= 2 and again * 2 > len(heading):
        return "重复的表头"
    return None


def _merged_down(grid: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """Row and column of each cell that a merged cell of the rows above covers -> that cell."""
    return {
        (row, left): (top, left)
        for top, left, bottom, _ in grid.merged
        for row in range(top + 1, min(bottom + 1, len(grid.rows)))
    }


def _row(
    line: Sequence[Cell],
    at: int,
    columns: Sequence[Found],
    grid: Grid,
    above: Mapping[tuple[int, int], tuple[int, int]],
) -> Row:
    values: dict[str, Value] = {}
    problems = []
    continues = False
    for found in columns:
        cell = line[found.at] if found.at < len(line) else ""
        if (at, found.at) in above:
            cell = _at(grid.rows, *above[at, found.at])
            continues = continues or found.wanted.unique
        try:
            values[found.wanted.key] = _checked(cell, found.wanted)
        except Unclear as unclear:
            values[found.wanted.key] = None
            problems.append(Problem(column=found.wanted.name, text=plain(cell), reason=str(unclear)))
    return Row(number_in_file=at + 1, values=values, problems=tuple(problems), continues=continues)


def _checked(cell: Cell, wanted: Wanted) -> Value:
    value = value_of(cell, wanted.kind)
    if value is None and wanted.required:
        raise Unclear("没有填写，这一列必须填。")
    if wanted.most and isinstance(value, str) and len(value) > wanted.most:
        raise Unclear(f"有{len(value)}个字，最多{wanted.most}个字。请精简后再导入。")
    return value


def _doubled(rows: Sequence[Row], columns: Sequence[Found]) -> tuple[Row, ...]:
    """The rows, those that repeat a unique value flagged with the row that had it first."""
    checked = list(rows)
    for found in (each for each in columns if each.wanted.unique):
        first: dict[Value, int] = {}
        for at, row in enumerate(checked):
            value = row.values[found.wanted.key]
            if value is None or row.continues:
                continue
            if value in first:
                reason = f"与第{first[value]}行重复。请核对是否重复登记，或者编号写错。"
                said = Problem(column=found.wanted.name, text=str(value), reason=reason)
                checked[at] = Row(
                    number_in_file=row.number_in_file, values=row.values, problems=(*row.problems, said)
                )
            else:
                first[value] = row.number_in_file
    return tuple(checked)
