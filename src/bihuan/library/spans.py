"""Spans of a paper's text: cut the text at them for showing, and find the span that words describe.

Offsets count characters of the text as opened; the end is not included. Pure, no Django.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from bihuan.library.refusals import SpanNotFound


@dataclass(frozen=True, slots=True)
class Marked:
    """A named span."""

    key: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text covered by the same spans throughout.

    `keys` lists them innermost (shortest) first; `opens` those that begin here."""

    text: str
    keys: tuple[int, ...]
    opens: tuple[int, ...]


def cut(text: str, spans: Iterable[Marked]) -> Iterator[Segment]:
    """The whole text in order, cut wherever a span begins or ends; spans may nest and overlap.

    Empty spans and what lies beyond the text are ignored. One pass over the sorted edges: n log n in spans.
    """
    inside = [
        span
        for given in spans
        if (span := Marked(given.key, max(0, given.start), min(given.end, len(text)))).start < span.end
    ]
    begin: dict[int, list[Marked]] = {}
    end: dict[int, list[Marked]] = {}
    for span in inside:
        begin.setdefault(span.start, []).append(span)
        end.setdefault(span.end, []).append(span)
    edges = sorted({0, len(text), *begin, *end})
    open_now: dict[int, Marked] = {}
    for start, stop in pairwise(edges):
        for span in end.get(start, ()):
            open_now.pop(span.key, None)
        opens = begin.get(start, ())
        open_now.update((span.key, span) for span in opens)
        innermost = sorted(open_now.values(), key=lambda span: (span.end - span.start, span.key))
        yield Segment(
            text=text[start:stop],
            keys=tuple(span.key for span in innermost),
            opens=tuple(span.key for span in opens),
        )


def squeeze(text: str) -> str:
    """The text without white space, as quotes are kept."""
    return "".join(text.split())


def ends_of(text: str, start: int, end: int, *, length: int = 12) -> tuple[str, str]:
    """The first and last `length` characters of a span without white space, by which a person may edit it."""
    quote = squeeze(text[start:end])
    return quote[:length], quote[-length:]


def locate(text: str, *, begins: str, ends: str, near: int) -> tuple[int, int]:
    """The span that begins with the words `begins` and ends with the words `ends`.

    White space is ignored on both sides. Of several beginnings the one nearest to offset `near` is meant, and
    the first ending that closes not before the beginning does. Raises SpanNotFound.
    """
    offsets = [offset for offset, character in enumerate(text) if not character.isspace()]
    flat = "".join(text[offset] for offset in offsets)
    first, last = squeeze(begins), squeeze(ends)
    if not first or not last:
        raise SpanNotFound("还不能保存：请填写依据原文的开头和结尾文字。")
    starts = list(_places(flat, first))
    if not starts:
        raise SpanNotFound(f"还不能保存：原文中没有“{first}”。请从左侧原文照抄开头几个字。")
    start = min(starts, key=lambda place: abs(offsets[place] - near))
    close = flat.find(last, max(start, start + len(first) - len(last)))
    if close < 0:
        raise SpanNotFound(f"还不能保存：“{first}”之后的原文中没有“{last}”。请从左侧原文照抄结尾几个字。")
    return offsets[start], offsets[close + len(last) - 1] + 1


def _places(text: str, words: str) -> Iterator[int]:
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + 1)
