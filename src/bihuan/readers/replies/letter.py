"""The parts of a reply's letter: heading, salutation, opening, body, tail (closing, contact, signature, copies)."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from bihuan.readers.facts import Span
from bihuan.readers.opening.opened import opened
from bihuan.readers.parts.clauses import sentences
from bihuan.readers.text import Flow, flow
from bihuan.readers.wording.dates import FULL_DATE, iso_date

Stretch = tuple[int, int]

_SALUTATION = re.compile(r"[^。；，]{0,60}(?:代表|委员|领导|人大[^，。]{0,10}|同志|先生|女士)[：:]$")
_OPENING = re.compile(
    r"收悉|已?收到|(?:答复|回复|函复)如下|现(?:予|作|将)?[^，。]{0,12}(?:答复|回复)|(?:转交|交由|已由|由)[^，。]{1,14}办理"
)
_OPENING_END = re.compile(r"(?:如下|答复|回复|函复)[：:。]")
_MOST_ROWS_BEFORE_BODY = 9
_TAIL = re.compile(
    r"此复|特此|专此|抄[送报]|分送|主送|附件?[：:]|(?:联系|经办|承办)(?:人|单位|科室|电话)|[^。]{0,20}联系人|[^。]{0,12}电话[：:]"
    r"|(?:衷心|再次|诚挚|最后)?[^。，]{0,8}感谢|以上答复|您对本答复|如(?:有|您|对)|欢迎|"
    rf"(?:{FULL_DATE.pattern})$"
)
_SIGNED = re.compile(r"[\u4e00-\u9fff（）]{3,30}$")
_LONGEST_CLOSING = 80
_LONG_ROW = 20.0  # characters: shorter ones are headings, names, days
HEADING_LIKE = 24  # a paragraph this short without a full stop heads what follows


@dataclass(frozen=True)
class Letter:
    """A reply cut into its parts; all stretches are indices into `flow.text`."""

    flow: Flow
    paragraphs: tuple[Stretch, ...]
    salutation: Stretch | None
    opening: Stretch | None
    head: Stretch  # everything before the salutation, or before the opening
    body: Stretch
    tail: tuple[Stretch, ...]

    @property
    def text(self) -> str:
        return self.flow.text

    def span(self, stretch: Stretch) -> Span:
        """The place in the reply as given; an empty stretch stays empty."""
        start, end = stretch
        if start < end:
            return self.flow.span(start, end, "")
        at = self.flow.offset(start) if start < len(self.text) else len(self.flow.opened.text)
        return Span("", at, at, "")

    @cached_property
    def sentences(self) -> tuple[Stretch, ...]:
        """The sentences of the body."""
        first, last = self.body
        inside = [(max(a, first), min(b, last)) for a, b in self.paragraphs if a < last and b > first]
        return tuple(sentence for a, b in inside for sentence in sentences(self.flow, a, b))

    def sentences_within(self, place: Stretch) -> tuple[Stretch, ...]:
        """The sentences of the body that begin in `place`."""
        begins = self._sentence_begins
        return self.sentences[bisect_left(begins, place[0]) : bisect_left(begins, place[1])]

    @cached_property
    def _sentence_begins(self) -> list[int]:
        return [start for start, _ in self.sentences]

    @cached_property
    def blocks(self) -> tuple[Stretch, ...]:
        """The paragraphs of the body, each with the heading before it."""
        found: list[Stretch] = []
        begin: int | None = None
        for start, end in self.paragraphs:
            start, end = max(start, self.body[0]), min(end, self.body[1])
            if start >= end:
                continue
            begin = start if begin is None else begin
            if end - start <= HEADING_LIKE and self.text[end - 1] not in "。；":
                continue
            found.append((begin, end))
            begin = None
        if begin is not None:
            found.append((begin, self.body[1]))
        return tuple(found)

    @cached_property
    def dated(self) -> str:
        """The ISO day the letter is dated, or empty."""
        for start, end in reversed(self.tail):
            match = FULL_DATE.search(self.text, start, end)
            if match:
                return iso_date(match)
        return ""

    @property
    def dated_day(self) -> date | None:
        return date.fromisoformat(self.dated) if self.dated else None


def letter_of(text: str) -> Letter:
    """Cut a reply's text into its parts; raises CannotOpen where there is no text."""
    read = flow(opened(text=text, kind="txt"))
    paragraphs = _paragraphs(read)
    early = paragraphs[:_MOST_ROWS_BEFORE_BODY]
    salutation = next((p for p in early if _SALUTATION.fullmatch(read.text, *p)), None)
    opening = next(
        (p for p in early if (not salutation or p[0] > salutation[0]) and _opens(read.text, p)), None
    )
    if opening:
        ends = list(_OPENING_END.finditer(read.text, *opening))
        first = ends[0] if ends else None
        opening = (opening[0], first.end() if first else opening[1])
    begins = opening[1] if opening else salutation[1] if salutation else _heading_end(read.text, paragraphs)
    tail = _tail(read.text, [p for p in paragraphs if p[0] >= begins])
    return Letter(
        flow=read,
        paragraphs=paragraphs,
        salutation=salutation,
        opening=opening,
        head=(0, salutation[0] if salutation else opening[0] if opening else begins),
        body=(begins, tail[0][0] if tail else len(read.text)),
        tail=tail,
    )


def _paragraphs(read: Flow) -> tuple[Stretch, ...]:
    """A line is a paragraph where the long ones end in a mark, as typed text does; else lines are joined."""
    text = read.text
    long = [row for row in read.rows if row.width >= _LONG_ROW]
    if 2 * sum(text[row.end - 1] in "。：；！？" for row in long) >= len(long):
        return tuple((row.start, row.end) for row in read.rows)
    return tuple(pairwise([*read.edges, len(text)]))


def _opens(text: str, paragraph: Stretch) -> bool:
    """Does a paragraph say that the suggestion was received? A heading (…的答复) does not."""
    match = _OPENING.search(text, *paragraph)
    return match is not None and text[paragraph[1] - 1] in "。：:；"


def _heading_end(text: str, paragraphs: tuple[Stretch, ...]) -> int:
    """Where the head of a letter without salutation and opening ends: after its rows without a stop."""
    end = 0
    for start, stop in paragraphs[:3]:
        if text[stop - 1] in "。；：" or stop - start > 60:
            break
        end = stop
    return end


def _tail(text: str, paragraphs: list[Stretch]) -> tuple[Stretch, ...]:
    """The paragraphs at the end that close the letter."""
    first = len(paragraphs)
    while first > 0:
        start, end = paragraphs[first - 1]
        inside = start + (text[start] in "（(")  # （联系人：…）
        closes = _TAIL.match(text, inside, end) or _SIGNED.fullmatch(text, start, end)
        if end - start > _LONGEST_CLOSING or not closes:
            break
        first -= 1
    return tuple(paragraphs[first:])
