"""A bundle cut into its papers: a notice and its annexes, or one paper after another.

A paper begins at its title. Titles are centred and broken over several rows, so they are put together
from rows; what follows an attachment list (附件：1. …) are names of papers, not papers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bihuan.readers.feature_titles import begins_above, feature_titles
from bihuan.readers.plain_titles import plain_titles
from bihuan.readers.text import OPENER, Flow
from bihuan.readers.wording.dates import FULL_DATE, iso_date
from bihuan.readers.wording.meetings import ADOPTION, adoption_date
from bihuan.readers.wording.numbers import PAPER_NUMBER
from bihuan.readers.wording.numerals import number
from bihuan.readers.wording.titles import ENDINGS, TITLE, kind_of

_MOST_TITLE_ROWS = 7
_MOST_HEAD_ROWS = 8  # letterhead, number, signer above the title of a notice
_LAST = (*ENDINGS, "）", ")")
_SIGNED_ON = re.compile(rf"{FULL_DATE.pattern}\Z")
_SENTENCE = re.compile("[。；;！!？?：:]")
_MARKER = re.compile(r"附件[:：]?(?P<no>[0-9０-９一二三四五六七八九十]{0,3})[:：]?")
_LIST = re.compile(r"附件?[:：]|附件1[.．、]")
_LIST_ENDS = re.compile(
    rf"抄送|[（(]?此件|{FULL_DATE.pattern}$|[^《》\d]{{2,24}}(?:委员会|常委会|办公室|人民政府|代表大会)$"
)
# ——2024年10月22日在市六届人大常委会第二十一次会议上: the line under the title of a report.
_GIVEN = re.compile(r"(?:[—-]{2,}|[（(](?=[12]\d{3}年)).{0,50}(?:会议|大会)上")
_HEAD = re.compile(
    rf"(?:[\u4e00-\u9fff（）()]{{4,40}}(?:文件|公告|公报|函))$|{PAPER_NUMBER.pattern}|签发人|特急|加急|秘密|机密"
)


@dataclass(frozen=True, slots=True)
class Section:
    """One paper of the bundle; rows are those of the flow, start and end offsets in the opened text."""

    title: str
    start: int
    end: int
    genre: str  # facts.md's name; empty where the reader knows no genre for the paper
    issuer: str
    annex: int | None
    rows: tuple[int, int]
    title_rows: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Title:
    text: str
    issuer: str
    rows: tuple[int, int]


def cut(flow: Flow) -> tuple[Section, ...]:
    """The papers of a bundle in reading order; a text without any title is one section without genre."""
    if not flow.rows:
        return ()
    known = list(_titles(flow))
    known += _others(flow, known)
    taken = {row for title in known for row in range(title.rows[0], title.rows[1] + 1)}
    known += (
        _Title(flow.text[flow.rows[first].start : flow.rows[end - 1].end], "", (first, end))
        for first, end in plain_titles(flow, taken)
    )
    taken = {row for title in known for row in range(title.rows[0], title.rows[1] + 1)}
    boxes = {
        first: _Title(flow.text[flow.rows[first].start : flow.rows[end - 1].end], "", (first, end))
        for first, end in feature_titles(flow, taken)
    }
    known += boxes.values()
    titles = sorted(known, key=lambda title: title.rows)
    if not titles:
        return (_section(flow, _Title("", "", (0, 0)), (0, len(flow.rows)), None),)
    starts: list[tuple[int, int | None]] = []
    floor = 0
    for title in titles:
        row = begins_above(flow, title.rows[0], floor) if title.rows[0] in boxes else title.rows[0]
        starts.append((row, None) if row < title.rows[0] else _above(flow, row, floor))
        floor = title.rows[1]
    if starts[0][0] <= _MOST_HEAD_ROWS:  # whatever stands above the first title is its head
        starts[0] = (0, starts[0][1])
    bounds = [start for start, _ in starts[1:]] + [len(flow.rows)]
    found = tuple(
        _section(flow, title, (start, end), annex)
        for title, (start, annex), end in zip(titles, starts, bounds, strict=True)
    )
    if starts[0][0]:
        return (_section(flow, _Title("", "", (0, 0)), (0, starts[0][0]), None), *found)
    return found


def _section(flow: Flow, title: _Title, rows: tuple[int, int], annex: int | None) -> Section:
    first, last = flow.rows[rows[0]], flow.rows[rows[1] - 1]
    return Section(
        title=title.text,
        start=flow.offset(first.start),
        end=flow.offset(last.end - 1) + 1,
        genre="",
        issuer=title.issuer,
        annex=annex,
        rows=rows,
        title_rows=title.rows,
    )


def named(section: Section, genre: str) -> Section:
    """The section with the genre it was recognised as."""
    return replace(section, genre=genre)


def days(flow: Flow, sections: tuple[Section, ...]) -> tuple[str, str]:
    """The ISO days of the session and of the notice, empty where not told or where papers differ.

    The session's day is in the bracket under a title, the notice's alone on a row under its signature.
    """
    session = {adoption_date(match) for match in ADOPTION.finditer(flow.text)}
    issued = {
        iso_date(match)
        for section in sections
        if kind_of(section.title) == "公文通知"
        for row in flow.rows[section.title_rows[1] : section.rows[1]]
        if row.end - row.start <= 12 and (match := FULL_DATE.fullmatch(flow.text, row.start, row.end))
    }
    return session.pop() if len(session) == 1 else "", issued.pop() if len(issued) == 1 else ""


def _above(flow: Flow, row: int, floor: int) -> tuple[int, int | None]:
    """The first row of the paper whose title starts at `row`, and its annex number."""
    annex = None
    for above in range(row - 1, max(floor, row - _MOST_HEAD_ROWS) - 1, -1):
        text = _text(flow, above)
        marker = _MARKER.fullmatch(text)
        if marker:
            return above, number(marker["no"])
        if not _HEAD.match(text):
            break
        row = above
    return row, annex


def _titles(flow: Flow) -> Iterator[_Title]:
    """Titles in reading order. Only rows that end like a title are looked at: the scan stays linear."""
    rows, text = flow.rows, flow.text
    listed = False
    scanned = taken = 0
    for end, row in enumerate(rows):
        if end < taken or not text.endswith(_LAST, row.start, row.end):
            continue
        listed = _in_list(flow, scanned, end, listed)
        scanned = end
        title = _title_ending(flow, end, taken)
        if title is None or (listed and not _passed(flow, title.rows[1])):
            continue
        listed = False
        taken = title.rows[1]
        yield title


def _others(flow: Flow, known: list[_Title]) -> Iterator[_Title]:
    """Titles of papers the reader knows no kind for, by the line that says when they were passed or given."""
    taken = {row for title in known for row in range(title.rows[0], title.rows[1] + 1)}
    for index, row in enumerate(flow.rows):
        if index in taken or flow.text[row.start] not in "（(—-":
            continue
        below = flow.rows[min(index + 1, len(flow.rows) - 1)]  # a long one takes two rows
        if not (_GIVEN.match(flow.text, row.start, below.end) or _passed(flow, index)):
            continue
        first = index
        while (
            first
            and index - first < _MOST_TITLE_ROWS
            and first - 1 not in taken
            and not _closes(flow, first - 1)
        ):
            first -= 1
        if first < index:
            title = flow.text[flow.rows[first].start : row.start]
            yield _Title(title, "", (first, index))


def _closes(flow: Flow, row: int) -> bool:
    """Does the row end what stands above a title: a sentence, an annex mark, a page's head, a signature's day?"""
    place = flow.rows[row]
    return (
        bool(_SENTENCE.search(flow.text, place.start, place.end))
        or _stands_alone(flow, row)
        or _SIGNED_ON.search(_text(flow, row)) is not None
    )


def _in_list(flow: Flow, start: int, end: int, listed: bool) -> bool:
    """Is row `end` part of an attachment list, given whether row `start` was?"""
    text = flow.text
    for row in flow.rows[start : end + 1]:
        if text[row.start] == "附":
            if _LIST.match(text, row.start, row.end):
                listed = True
            elif _MARKER.fullmatch(text, row.start, row.end):
                listed = False
        elif listed and _LIST_ENDS.match(text, row.start, row.end):
            listed = False
    return listed


def _title_ending(flow: Flow, end: int, floor: int) -> _Title | None:
    """The title whose rows include row `end`, put together backwards, then as far on as it goes."""
    found: tuple[int, re.Match[str]] | None = None
    for start in range(end, max(floor, end - _MOST_TITLE_ROWS) - 1, -1):
        if start < end and _SENTENCE.search(flow.text, flow.rows[start].start, flow.rows[start].end):
            break
        if OPENER.match(flow.text, flow.rows[start].start):
            break
        match = TITLE.fullmatch(flow.text, flow.rows[start].start, flow.rows[end].end)
        if match:
            found = start, match
    if found is None or (found[0] and flow.flows_on(found[0] - 1) and not _stands_alone(flow, found[0] - 1)):
        return None
    start, match = found
    for longer in range(end + 1, min(start + _MOST_TITLE_ROWS, len(flow.rows))):
        if _SENTENCE.search(flow.text, flow.rows[longer].start, flow.rows[longer].end):
            break
        further = TITLE.fullmatch(flow.text, flow.rows[start].start, flow.rows[longer].end)
        if further:
            end, match = longer, further
    return _Title(match[0], match["issuer"] or match["issuer2"] or "", (start, end + 1))


def _stands_alone(flow: Flow, row: int) -> bool:
    """Is the row one that no text flows on from: an annex mark, a number, a letterhead?"""
    text = _text(flow, row)
    return bool(_MARKER.fullmatch(text) or _HEAD.match(text))


def _passed(flow: Flow, row: int) -> bool:
    """Does the bracket that says when the paper was passed begin at `row`?"""
    if row >= len(flow.rows):
        return False
    last = min(row + 4, len(flow.rows)) - 1
    return ADOPTION.match(flow.text, flow.rows[row].start, flow.rows[last].end) is not None


def _text(flow: Flow, row: int) -> str:
    return flow.text[flow.rows[row].start : flow.rows[row].end]
