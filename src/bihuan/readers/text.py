"""The opened text as the reader sees it: without white space, its soft-wrapped lines joined.

White space carries no meaning in Chinese papers, line ends often none either, so all rules look at
one string without white space (`Flow.text`) and an offset map leads back to the original. A position
in the flow is called an index, a position in the opened text an offset. Rules also see every paper in
one script and one width of marks and digits; what is quoted is always what was printed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from msgspec import Struct

from bihuan.readers.facts import Span
from bihuan.readers.opening import Opened
from bihuan.readers.wording.folding import folded
from bihuan.readers.wording.numbers import PAGE_NUMBER

_ENDS = frozenset("。！？：；!?:;…")
# What only ever begins a paragraph, whatever the line before looks like.
OPENER = re.compile(
    r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十百]{1,4}[章节条]"
    r"|会议(?:认为|指出|建议|要求|强调|决定)|附件|抄送|附[:：]|\d{1,2}[.．、](?!\d)"
)
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_PAGE_NUMBER_STARTS = frozenset("-—–－―第0123456789")
_INDENTS = ("\u3000\u3000", "    ", "\xa0" * 4)
# In characters: how far short of the full width a wrapped line may end. Two for the indent of a
# paragraph's first line, one or two for punctuation that may not begin a line.
_SLACK = 4.0
_WIDEST_WRAP = 60.0  # a line longer than this is a whole paragraph, not a printed line
_COLUMNS = 0.5  # fewer rows than this share reach the full width: the page is set in columns
_BLOCK = 4  # rows that are taken together
_NEAR = 6  # rows before and after them that tell how wide their column is
_NARROWEST = 10.0  # characters of a column
_STOP = re.compile("[。！？；;“（]")
_OPENS = {"“": "”", "（": "）"}
_LONGEST_QUOTATION = 60  # characters; one left open for longer is taken as a slip


class Row(Struct, frozen=True, gc=False):
    """One line that holds text, as indices into the flow; `width` counts a Chinese character as 1."""

    start: int
    end: int
    width: float
    indented: bool
    page: int | None


@dataclass(frozen=True)
class Flow:
    """The text without white space, with its rows and the map back to the original."""

    opened: Opened
    text: str  # as rules see it
    printed: str  # as it stands in the file, character for character
    # Stretches without white space: where each begins in the flow, and in the opened text.
    piece_starts: list[int]
    piece_offsets: list[int]
    rows: tuple[Row, ...]
    # Offsets of lines that hold a page number only: left behind by a conversion.
    stray_numbers: tuple[tuple[int, int], ...]
    hidden: bool  # characters that do not print were taken out

    def span(self, start: int, end: int, section: str) -> Span:
        """The span of flow indices [start, end): a non-empty stretch."""
        starts, offsets = self.piece_starts, self.piece_offsets
        piece = bisect_right(starts, start) - 1
        first = offsets[piece] + start - starts[piece]
        if piece + 1 < len(starts) and starts[piece + 1] < end:  # most spans lie in one piece
            piece = bisect_right(starts, end - 1, piece) - 1
        last = offsets[piece] + end - starts[piece]
        if self.hidden or (self.stray_numbers and self._number_within(first, last)):
            return self.original(first, last, section)
        return Span(self.printed[start:end], first, last, section)

    def _number_within(self, first: int, last: int) -> bool:
        """Does a stray page number stand between two offsets of the original?"""
        at = bisect_left(self.stray_numbers, (first, 0))
        return at < len(self.stray_numbers) and self.stray_numbers[at][0] < last

    def offset(self, index: int) -> int:
        """Where the character at a flow index stands in the opened text."""
        piece = bisect_right(self.piece_starts, index) - 1
        return self.piece_offsets[piece] + index - self.piece_starts[piece]

    def original(self, first: int, last: int, section: str) -> Span:
        """The span of the original's offsets [first, last)."""
        return Span("".join(self.opened.text[first:last].split()), first, last, section)

    @cached_property
    def wrap(self) -> float:
        """The width at which lines were broken, or 0 where each line is a paragraph of its own."""
        widths = sorted(row.width for row in self.rows)
        if len(widths) < 8:
            return 0.0
        full = widths[len(widths) * 85 // 100]
        return full if 12.0 <= full <= _WIDEST_WRAP else 0.0

    @cached_property
    def _columns(self) -> list[float]:
        """For each row how wide a full line is around it; empty where the whole text has one width.

        A magazine's page has columns and boxes. A list of short entries is no column: its rows end sentences.
        """
        wrap, rows = self.wrap, self.rows
        if not wrap or sum(row.width >= wrap - _SLACK for row in rows) >= len(rows) * _COLUMNS:
            return []
        closed = [self.text[row.end - 1] in _ENDS for row in rows]
        rounded = [round(row.width) for row in rows]
        full: list[float] = []
        for first in range(0, len(rows), _BLOCK):
            near = slice(max(0, first - _NEAR), first + _BLOCK + _NEAR)
            width = _common(rounded[near]) if sum(closed[near]) * 2 < len(closed[near]) else 0
            full += [float(width) if width >= _NARROWEST else wrap] * _BLOCK
        return full

    def flows_on(self, index: int) -> bool:
        """Does row `index` continue in the next one (a printed line, not a paragraph's end)?"""
        if not self.wrap or index + 1 >= len(self.rows):
            return False
        wrap = self._columns[index] if self._columns else self.wrap
        row = self.rows[index]
        if row.width < wrap - _SLACK:
            return False
        following = self.rows[index + 1]
        if OPENER.match(self.text, following.start, following.end):
            return False
        # A full line that ends a sentence may end its paragraph too; an indent then decides.
        return self.text[row.end - 1] not in _ENDS or not (following.indented or row.width < wrap - 1)

    @cached_property
    def edges(self) -> list[int]:
        """The indices at which paragraphs begin, in order."""
        return [row.start for index, row in enumerate(self.rows) if not index or not self.flows_on(index - 1)]

    @cached_property
    def starts(self) -> frozenset[int]:
        """The indices at which paragraphs begin."""
        return frozenset(self.edges)

    @cached_property
    def stops(self) -> tuple[list[int], list[int]]:
        """Where sentences may end, and for each the index of the quotation open there, or -1."""
        text = self.text
        ends: list[int] = []
        quoted: list[int] = []
        opened = -1
        for match in _STOP.finditer(text):
            at = match.start()
            if text[at] in _OPENS:
                opened = at
                continue
            ends.append(at)
            if opened >= 0 and (
                at - opened > _LONGEST_QUOTATION or text.find(_OPENS[text[opened]], opened, at) >= 0
            ):
                opened = -1
            quoted.append(opened)
        return ends, quoted

    def edges_within(self, start: int, end: int) -> list[int]:
        """The indices strictly between start and end at which paragraphs begin."""
        edges = self.edges
        first = bisect_right(edges, start)
        return edges[first : bisect_left(edges, end, first)]

    def row_at(self, index: int) -> int:
        """The number of the row that holds flow index `index`."""
        return bisect_right(self._starts, index) - 1

    def index_of(self, offset: int) -> int:
        """The flow index of the first character at or after an offset of the original."""
        piece = bisect_right(self.piece_offsets, offset) - 1
        if piece < 0:
            return 0
        end = self.piece_starts[piece + 1] if piece + 1 < len(self.piece_starts) else len(self.text)
        return min(self.piece_starts[piece] + offset - self.piece_offsets[piece], end)

    @cached_property
    def _starts(self) -> list[int]:
        return [row.start for row in self.rows]


def flow(opened: Opened) -> Flow:
    """Take the white space out of the opened text and remember where everything stood."""
    source = opened.text
    text: list[str] = []
    starts: list[int] = []
    offsets: list[int] = []
    rows: list[Row] = []
    numbers: list[tuple[int, int]] = []
    size = 0
    hidden = _INVISIBLE.search(source) is not None
    for line in opened.lines:
        first = line.start
        raw = source[first : line.end]
        if hidden:
            raw = _INVISIBLE.sub(" ", raw)
        pieces = raw.split()
        if not pieces:
            continue
        packed = pieces[0] if len(pieces) == 1 else "".join(pieces)
        if packed[0] in _PAGE_NUMBER_STARTS and PAGE_NUMBER.fullmatch(packed):
            numbers.append((first + raw.index(pieces[0]), first + len(raw.rstrip())))
            continue
        begin, at = size, 0
        for piece in pieces:
            at = raw.index(piece, at)
            starts.append(size)
            offsets.append(first + at)
            at += len(piece)
            size += len(piece)
        text.append(packed)
        rows.append(Row(begin, size, _width(packed), raw.startswith(_INDENTS), line.page))
    printed = "".join(text)
    return Flow(opened, folded(printed), printed, starts, offsets, tuple(rows), tuple(numbers), hidden)


def _common(widths: list[int]) -> int:
    """The width most rows have, or 0 where fewer than half are about as wide."""
    found = Counter(widths)
    width = max(found, key=found.__getitem__)
    return width if (found[width - 1] + found[width] + found[width + 1]) * 2 >= len(widths) else 0


def _width(packed: str) -> float:
    """How wide a line prints, in Chinese characters: Latin letters and digits are half as wide."""
    if len(packed) > _WIDEST_WRAP * 2:
        return float(len(packed))
    # In UTF-8 a Chinese character is three bytes, a narrow one a single byte.
    narrow = (3 * len(packed) - len(packed.encode("utf-8", "surrogatepass"))) / 2
    return len(packed) - max(narrow, 0.0) / 2
