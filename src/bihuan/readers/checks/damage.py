"""Slips of the pen and residue of conversion: reported, never mended."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.checks.raised import Raised
from bihuan.readers.context import Context
from bihuan.readers.facts import Fact, Inconsistency

_CONJUNCTION = re.compile(r"(?P<right>听取和审[议查])和(?!审)")
# Opens with one set of letters: the engine then skips to where one stands.
_DOUBLED = re.compile(r"(?P<one>[的了和与于将并，。；：、])(?:(?P=one)|(?<=[，。；：、])[，。；：、])")
_MARKS = "，。；：、"
_NARROW = re.compile("[,;:?!()]")
_CHINESE = re.compile(r"[\u4e00-\u9fff《》“”（）]")
_WIDE = dict(zip(",;:?!()", "，；：？！（）", strict=True))
# Below this share of all marks a half-width one is a slip; above it, the writer's habit.
_SLIP = 0.1
_AROUND = 6  # characters before a mark that show where it stands
_MOST = 200  # reports of one sort a file: more are a habit, and no one reads them


def slips(context: Context, facts: tuple[Fact, ...]) -> Iterator[Raised]:
    """听取和审议和 for 听取和审议了, doubled particles and marks."""
    text = context.flow.text
    for match in _CONJUNCTION.finditer(text):
        right = match["right"] + "了"
        yield _raise(
            context,
            match.start(),
            match.end(),
            kind="term",
            said=f"“{match[0]}”疑为“{right}”之误。",
            other=right if right in text else "",
        )
    for match in _DOUBLED.finditer(text):
        if match[0] == "了了" and text.startswith("不了了之", match.start() - 1):
            continue
        said = f"重复的字“{match[0]}”。" if match[0][0] not in _MARKS else f"标点重叠“{match[0]}”。"
        yield _raise(context, _words_before(text, match.start()), match.end(), kind="OCR", said=said)


def narrow_marks(context: Context, facts: tuple[Fact, ...]) -> Iterator[Raised]:
    """Half-width punctuation where the paper otherwise uses full-width."""
    text = context.flow.printed
    found = [
        match
        for match in _NARROW.finditer(text)
        if _CHINESE.match(text, match.end()) or (match.start() and _CHINESE.match(text, match.start() - 1))
    ]
    if len(found) > _SLIP * (len(found) + sum(map(text.count, _WIDE.values()))) or len(found) > _MOST:
        return
    for match in found:
        yield _raise(
            context,
            _words_before(text, match.start()),
            min(len(text), match.end() + 2),
            kind="OCR",
            said=f"半角标点“{match[0]}”，其他地方用全角“{_WIDE[match[0]]}”。",
        )


def stray_page_numbers(context: Context, facts: tuple[Fact, ...]) -> Iterator[Raised]:
    """A page number left behind in the middle of the text."""
    flow = context.flow
    for first, last in flow.stray_numbers[:_MOST]:
        row = flow.row_at(flow.index_of(last)) if flow.index_of(last) < len(flow.text) else -1
        end = flow.offset(flow.rows[row].end - 1) + 1 if row >= 0 else last
        number = "".join(flow.opened.text[first:last].split())
        section = context.section_at(flow.rows[row].start) if row >= 0 else ""
        yield Raised(
            fact=Inconsistency(
                at=flow.original(first, end, section),
                kind="OCR",
                description=f"正文里残留页码“{number}”。",
                severity="low",
            )
        )


def _words_before(text: str, at: int) -> int:
    """Where the few words before a mark begin: they show where it stands."""
    start = at
    while start and at - start < _AROUND and "\u4e00" <= text[start - 1] <= "\u9fff":
        start -= 1
    return start


def _raise(context: Context, start: int, end: int, *, kind: str, said: str, other: str = "") -> Raised:
    return Raised(
        fact=Inconsistency(
            at=context.flow.span(start, end, context.section_at(start)),
            kind="OCR" if kind == "OCR" else "term",
            description=f"{said}请核对。",
            quote2=other,
            severity="low",
        )
    )
