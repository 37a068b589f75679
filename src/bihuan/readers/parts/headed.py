"""Findings of a report, by its headings: 一、主要做法 … 二、存在的问题 … 三、下一步打算.

A heading says what kind of findings stand under it; a heading on figures and background (基本情况) holds
none. Where one heading holds both, 下一步 at the start of a sentence turns from problems to what follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Finding, FindingKind
from bihuan.readers.parts.clauses import periods, sentences
from bihuan.readers.parts.items import Item, items_of

_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、(?P<words>[^。：:]{2,60})")
_KINDS: tuple[tuple[re.Pattern[str], FindingKind], ...] = (
    # What was done about problems found before.
    (re.compile(r"问题的?整改|整改(?:工作)?(?:落实|推进|进展)?情况|查出(?:的)?问题"), "achievement"),
    (re.compile(r"问题|不足|困难|差距|短板|薄弱"), "problem"),
    (re.compile(r"(?:^|工作|几点|有关|审议|意见|意见和|对策|的)建议$|对策$"), "suggestion"),
    (re.compile(r"下一?(?:步|阶段)|打算|今后|下半年|工作(?:安排|计划|思路|重点|举措)"), "next_step"),
    (
        re.compile(
            r"做法|成效|措施|举措|主要工作"
            r"|(?:主要|工作(?:开展)?|管理|贯彻|实施|保护|落实|整改|进展|推进|传承)[^，]{0,10}情况"
        ),
        "achievement",
    ),
)
_BACKGROUND = re.compile(r"基本情况|概况|简介|综述|^总体情况$")
# Where no heading says so: what turns to problems, and from them to what will be done.
_TO_PROBLEMS = re.compile(
    r"存在的?(?:主要)?(?:问题|不足)$|(?:清醒|充分)[^。；]{0,4}(?:认识|看)到|(?:还|仍|依然)(?:存在|有)[^。；]{0,30}(?:问题|不足|差距)"
)
_TO_STEPS = re.compile(
    r"(?:^|(?<=[，。；]))(?:(?:下一?步|下一?阶段|今后|接下来)(?:的?工作)?(?:中)?，?"
    r"|(?:我们|我[局委院])将(?=继续|进一步|以|始终|坚持|努力|持续|采取|从|不断|按|切实|加|围绕|正视))"
)
_LEAD = re.compile(r"(?:在?(?:检查|调研|审议|视察|走访)(?:中|时)?，?发现|同时|此外|另外|但是?|然而)，")
_GROUP = re.compile(r"偶尔|部分|个别|一些|少数|有的|一方面|另一方面|某")
_FEWEST_LISTED = 3  # troubles between semicolons: fewer are one
_TROUBLE = re.compile(
    r"不(?!断|仅|但|少)|难|低|缺|弱|差距|滞后|短板|未|没有|过高|压力|下降|下滑|偏|慢|缓|空白|矛盾|隐患|问题|有待|亟待|困|老化|严重|混乱|抵触"
)
_TURN_OF_PHRASE = re.compile(r".{0,60}?[，](?:但是?|然而)，?")
_NAMES_A_FIELD = re.compile(r"(?:情况|资产|方面|工作)$")
_MOST = 40  # characters of a finding's text, by facts.md
_LONGEST_HEADING = 60
_HEADING_ALONE = 8  # characters of a first sentence that tell by themselves what the item is
_PRAISE = re.compile(r"解决了|取得了|得到了|推动了")
_NO_MORE = re.compile(  # 还存在一些问题: it leads in to them
    r".{0,30}(?:还|仍|也)存在(?:一些|不少|一定)的?(?:问题|不足|差距|困难)(?:和(?:问题|不足|差距|困难))?"
    r"(?:，.*(?:期望|要求).*差距)?"
)
_SURE = 0.8  # the heading says the kind, not the sentence itself


@dataclass(frozen=True, slots=True)
class _Part:
    kind: FindingKind | None
    start: int
    end: int


def headed_findings(
    section: Section, context: Context, *, start: int, end: int, kinds: frozenset[FindingKind]
) -> Iterator[Finding]:
    """The findings of these kinds in text[start:end], part by part."""
    for part in _parts(context, start, end):
        if part.kind is None or part.kind not in kinds:
            continue
        items = items_of(context.flow, part.start, part.end)
        if items:
            yield from _itemised(section, context, part.kind, items)
        elif part.kind in ("problem", "next_step"):
            yield from _said(section, context, part, part.kind)


def plans(context: Context, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of text[start:end] that lay down what comes next."""
    return [(part.start, part.end) for part in _parts(context, start, end) if part.kind == "next_step"]


def _parts(context: Context, start: int, end: int) -> list[_Part]:
    """The stretches under headings, cut again where a sentence turns to problems or to what comes next."""
    text = context.flow.text
    marks: list[tuple[int, int, FindingKind | None]] = [(start, start, None)]
    for edge in (start, *context.flow.edges_within(start, end)):
        match = _HEADING.match(text, edge, min(end, edge + _LONGEST_HEADING))
        if match:
            stop = _heading_end(context, edge, match)
            marks.append((edge, stop, _kind_of(text[match.start("words") : stop])))
    parts: list[_Part] = []
    for k, (_, a, kind) in enumerate(marks):
        b = marks[k + 1][0] if k + 1 < len(marks) else end
        parts.extend(_turned(context, kind, a, b))
    return parts


def _heading_end(context: Context, edge: int, match: re.Match[str]) -> int:
    """A heading ends with its row, or with its sentence where the text runs on."""
    row = context.flow.rows[context.flow.row_at(edge)]
    return min(match.end(), row.end)


def _kind_of(heading: str) -> FindingKind | None:
    if _BACKGROUND.search(heading):
        return None
    return next((kind for rule, kind in _KINDS if rule.search(heading)), None)


def _turned(context: Context, kind: FindingKind | None, start: int, end: int) -> Iterator[_Part]:
    """The part itself, or where nothing or only problems were announced, what its sentences turn to."""
    if kind not in (None, "problem"):
        yield _Part(kind, start, end)
        return
    text = context.flow.text
    begin = start
    for a, b in sentences(context.flow, start, end):
        if kind is None and a not in context.flow.starts:
            continue  # where nothing was announced, only a paragraph may turn
        if kind is None and _TO_PROBLEMS.search(text, a, b):
            kind, begin = "problem", a
        steps = _TO_STEPS.search(text[a:b])
        if steps:
            yield _Part(kind, begin, a + steps.start())
            kind, begin = "next_step", a + steps.end()
            break
    yield _Part(kind, begin, end)


def _itemised(section: Section, context: Context, kind: FindingKind, items: list[Item]) -> Iterator[Finding]:
    """One finding an item; an item that only names the field of those under it is none."""
    parent = 0
    style = ""  # the numbering one level down: what is numbered otherwise stands deeper still
    for index, item in enumerate(items):
        nested = index + 1 < len(items) and items[index + 1].level > item.level
        spoken = list(sentences(context.flow, item.start, item.end))
        if not spoken:
            continue
        if item.level == 1:
            parent, style = item.ordinal, ""
        else:
            style = style or _style(context, item)
            if style != _style(context, item):
                continue
        first = spoken[0]
        alone = len(spoken) == 1 or first[1] in context.flow.starts  # a heading on a row of its own
        if alone and _NAMES_A_FIELD.search(context.flow.text[first[0] : first[1]]):
            continue
        yield Finding(
            at=context.span(section, item.mark, first[1]),
            confidence=_SURE,
            kind=kind,
            text=_verbatim(
                context, item.start, first[1] if first[1] - item.start >= _HEADING_ALONE else item.end
            ),
            level=item.level,
            ordinal=item.ordinal,
            parent=parent if item.level == 2 else None,
        )
        if kind == "problem" and item.level == 1 and not nested:
            yield from _groups(section, context, first[1], item.end, parent)


def _style(context: Context, item: Item) -> str:
    """How an item is numbered: 一是, （一）, 1."""
    return "".join("1" if c.isdigit() else c for c in context.flow.text[item.mark : item.start])[-1:]


def _groups(section: Section, context: Context, start: int, end: int, parent: int) -> Iterator[Finding]:
    """What a problem consists of: whom it concerns (个别单位…, 部分地方…), or the troubles a sentence lists."""
    for a, b in periods(context.flow, start, end):
        lead = _LEAD.match(context.flow.text, a, b)
        a = lead.end() if lead else a
        troubles = list(sentences(context.flow, a, b))
        if len(troubles) < _FEWEST_LISTED or not all(
            _TROUBLE.search(context.flow.text, *each) for each in troubles
        ):
            troubles = [(a, b)] if _GROUP.match(context.flow.text, a, b) else []
        for x, y in troubles:
            yield Finding(
                at=context.span(section, x, y),
                confidence=_SURE,
                kind="problem",
                text=_verbatim(context, x, y),
                level=2,
                parent=parent,
            )


def _said(section: Section, context: Context, part: _Part, kind: FindingKind) -> Iterator[Finding]:
    """What running text tells: each problem by its sentence, and in one what will be done."""
    for a, b in sentences(context.flow, part.start, part.end):
        turn = _TURN_OF_PHRASE.match(context.flow.text, a, b)
        a = turn.end() if turn and kind == "problem" else a
        if kind == "problem" and (
            _PRAISE.search(context.flow.text, a, b) or _NO_MORE.fullmatch(context.flow.text, a, b)
        ):
            continue  # it leads in to the problems
        if b - a > 10:
            yield Finding(
                at=context.span(section, a, b),
                confidence=_SURE,
                kind=kind,
                text=_verbatim(context, a, b),
            )
            if kind == "next_step":
                return


def _verbatim(context: Context, start: int, end: int) -> str:
    at = context.flow.span(start, min(end, start + _MOST), "")
    return at.quote.rstrip("，。；：、,;:")
