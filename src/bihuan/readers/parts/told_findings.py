"""Findings told in running text: 针对甲、乙等问题，建议政府…; 从某某等方面提出建议; 提出了某某等建议."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Finding, FindingKind
from bihuan.readers.parts.clauses import periods
from bihuan.readers.parts.items import verbatim

_HINT = re.compile("针对|建议|提出|不足|问题|指出")
_PROBLEM = re.compile(
    r"(?:针对|指出了?|发现了?|存在(?:着)?|暴露出?)(?:我[市县区省])?(?P<text>(?!问题|一些|不少|的|，)[^。；]{4,120}?)等?(?:方面)?(?:存在)?的?(?:问题|不足|缺乏|困难|短板|弱项)(?=，|。|；|的|进行|开展|$)"
    r"|(?:短板|问题|不足|弱项|差距)(?:和[短问不困][\u4e00-\u9fff])?，如(?P<text2>[^。；]{6,120}?)等?(?=，|。|；|$)"
)
_OF_INTEREST = re.compile(
    r"最?关心|关注|热点|反映(?:的|强烈)|代表提出|普遍性|倾向性|共性"
)  # a topic, not yet a fault
_LISTS = re.compile(r"、|，")
_FIELDS = re.compile(r"(?<=[将把对])[^，。；将把对]{6,60}?等方面存在的?(?:问题|不足)")
_SUGGESTED = re.compile(
    r"(?<=[，。；会了])(?:并)?建议(?P<text>(?!意见|办理|督办|、|和|等|，|。|的|工作|质量|转)[^。；]{6,200})"
    r"|(?P<text2>从[^。；]{4,80}?等方面提出了?(?:[意见建议]{2,5}))"
    r"|(?P<text3>提出了?(?!\d|[意见建议]{2}|的|明确)[^。；，]{6,120}?等(?:[意见建议和]{2,5})(?=。|，|；|$))"
)
_AND = re.compile(r"，并(?=对|要|加|进一步|建立)")
_SURE = 0.8


def told_findings(section: Section, context: Context, *, start: int, end: int) -> Iterator[Finding]:
    """The problems and suggestions of text[start:end], in reading order."""
    text = context.flow.text
    for a, b in periods(context.flow, start, end):
        if _HINT.search(text, a, b):
            yield from _in_sentence(section, context, a, b)


def _in_sentence(section: Section, context: Context, start: int, end: int) -> Iterator[Finding]:
    text = context.flow.text
    for match in _PROBLEM.finditer(text, start, end):
        name = "text" if match["text"] else "text2"
        # One thing alone is a topic, several are what is wrong.
        if _LISTS.search(match[name]) and not _OF_INTEREST.search(match[name]):
            yield _finding(section, context, "problem", *match.span(name))
    for match in _FIELDS.finditer(text, start, end):
        yield _finding(section, context, "problem", *match.span())
    for match in _SUGGESTED.finditer(text, start, end):
        a, b = match.span(next(name for name in ("text", "text2", "text3") if match[name]))
        further = _AND.search(text, a, b)
        yield _finding(section, context, "suggestion", a, further.start() if further else b)
        if further:
            yield _finding(section, context, "suggestion", further.start() + 1, b)


def _finding(section: Section, context: Context, kind: FindingKind, start: int, end: int) -> Finding:
    return Finding(
        at=context.span(section, start, end),
        confidence=_SURE,
        kind=kind,
        text=verbatim(context.flow, start, end),
    )
