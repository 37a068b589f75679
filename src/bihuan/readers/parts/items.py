"""The findings of one part of a paper: its numbered items and the points in them, or its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Finding, FindingKind
from bihuan.readers.parts.clauses import Sort, clauses, lead_in, points, sentences
from bihuan.readers.parts.marks import Item, items_of
from bihuan.readers.parts.openers import Part
from bihuan.readers.text import Flow

__all__ = ["ACT", "Item", "findings", "items_of", "verbatim"]

_TROUBLE = re.compile(
    r"问题|不足|薄弱|短板|弱项|滞后|不够|亟待|有待|差距|短缺|不高|困难|不到位|不强|不平衡|制约|隐患|抵触|缺乏"
)
_WANTING = re.compile("存在|暴露|仍|还|尚|有待|亟待|不|没有|抵触|缺乏")
_OVERCOME = ("克服", "积极克服")
_ASIDE = re.compile(r"同意|会议通过|会议批准")
_ON_REPORT = re.compile(
    r"《?[^，]{0,12}报告》?(?:客观|全面|实事求是|总结)"
)  # praise of the report, not of the work
_ENTRY = re.compile(r"本(?:决议|决定|意见)自")  # the sentence on taking effect closes the paper
# What a session does itself, in the law's verbs: an act, not a demand.
ACT = re.compile(
    r"(?:予以)?(?:批准|同意|撤销|接受|任命|免去|通过|授予|废止|召开|补选|确认|许可)"
    r"|[^，。；]{4,40}会议(?:定|将)?于[^，。；]{4,40}召开"
)
_MOST = 40
_SPLIT = 0.8  # confidence where the text numbers nothing and the reader decides where a point begins


def findings(section: Section, context: Context, part: Part) -> Iterator[Finding]:
    """The findings of one part: numbered items with their points, or else its sentences."""
    items = items_of(context.flow, part.start, part.end)
    if items:
        yield from _itemised(section, context, part, items)
    elif part.kind == "requirement":
        yield from _demands(section, context, part)
    else:
        yield from _plain(section, context, part)


def _itemised(section: Section, context: Context, part: Part, items: list[Item]) -> Iterator[Finding]:
    text = context.flow.text
    parent = 0
    for index, item in enumerate(items):
        heads = list(sentences(context.flow, item.start, item.end))
        if not heads:
            continue
        if item.level == 1:
            parent = item.ordinal
        yield Finding(
            at=context.span(section, item.mark, heads[0][1]),
            kind=part.kind,
            text=verbatim(context.flow, item.start, item.end),
            level=item.level,
            ordinal=item.ordinal,
            parent=parent if item.level == 2 else None,
        )
        nested = index + 1 < len(items) and items[index + 1].level == 2
        if item.level == 1 and not nested:
            for a, b in heads[1:]:
                if _ENTRY.match(text, a, b):
                    continue
                yield from _points(section, context, part.kind, a, b, parent=parent)


def _points(
    section: Section, context: Context, kind: FindingKind, start: int, end: int, *, parent: int | None
) -> Iterator[Finding]:
    text = context.flow.text
    sorts: dict[FindingKind, Sort] = {"problem": "problem", "achievement": "achievement"}
    for a, b in points(text, start, end, sort=sorts.get(kind, "advice")):
        yield Finding(
            at=context.span(section, a, b),
            kind=kind,
            text=verbatim(context.flow, a, b),
            confidence=_SPLIT,
            level=1 if parent is None else 2,
            parent=parent,
        )


def _demands(section: Section, context: Context, part: Part) -> Iterator[Finding]:
    """A demand stands for itself: one finding a sentence."""
    text = context.flow.text
    for a, b in sentences(context.flow, part.start, part.end):
        if b - a > 4 and not ACT.match(text, a, b) and not _ENTRY.match(text, a, b):
            yield Finding(
                at=context.span(section, a, b), kind="requirement", text=verbatim(context.flow, a, b)
            )


def _plain(section: Section, context: Context, part: Part) -> Iterator[Finding]:
    """Running text: sentences that name trouble are problems, the others what the part is about."""
    text = context.flow.text
    for a, b in sentences(context.flow, part.start, part.end):
        if b - a < 6 or _ASIDE.search(text, a, b) or _ON_REPORT.match(text, a, b):
            continue
        kind: FindingKind = part.kind
        if kind in ("achievement", "problem"):
            kind = "problem" if _names_trouble(text, a, b) else "achievement"
        if kind != "problem":
            yield from _points(section, context, kind, a, b, parent=None)
            continue
        cause = lead_in(text, a, b)
        yield from _points(section, context, kind, a, b, parent=None)
        if cause:
            yield Finding(
                at=context.span(section, *cause), kind="problem", text=verbatim(context.flow, *cause), level=2
            )


def _names_trouble(text: str, start: int, end: int) -> bool:
    """Does the sentence say that something is wanting (its lead-in clauses not counted)?"""
    return any(
        _TROUBLE.search(text, *part) and _WANTING.search(text, *part)
        for part in clauses(text, start, end)
        if not text.startswith(_OVERCOME, part[0])
    )


def verbatim(flow: Flow, start: int, end: int) -> str:
    """The verbatim start of a finding, at most 40 characters (facts.md)."""
    return flow.printed[start : min(end, start + _MOST)].rstrip("，。；：、,;:")
