"""The parts of an opinion or resolution (会议认为 … 会议要求 …) and the numbered items in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Finding, FindingKind
from bihuan.readers.parts.clauses import Sort, clauses, lead_in, points, sentences
from bihuan.readers.text import Flow
from bihuan.readers.wording.numerals import number

# What opens a part, and of what kind it is. The first alternative that fits says so.
_PART = re.compile(
    r"(?:会议|常委会组成人员|与会人员|审议中[^，。]{0,12}?)[^，。]{0,6}?"
    r"(?:(?P<achievement>认为|充分肯定了?)|(?P<problem>指出)|(?P<suggestion>建议|希望)|(?P<requirement>要求|强调))"
    r"|(?P<achievement2>(?:主要|总体|基本)(?:成效|情况|评价|做法))"
    r"|(?P<problem2>(?:存在|主要)的?(?:主要)?(?:问题|不足)(?:和(?:问题|不足|困难))?)"
    r"|(?P<suggestion2>(?:下一步)?(?:工作)?(?:审议)?(?:意见和?建议|建议和?意见))"
    r"|(?P<suggestion3>(?:，?(?:并|同时))?(?:提出|形成)了?(?:如下|以下|下列)(?:几点|几条)?"
    r"(?:审议)?(?:意见和?建议|建议和?意见|意见|建议))"
    r"|(?P<requirement2>以上(?:审议)?意见)(?=[，、]?请)"
    r"|(?P<requirement3>特?作出?(?:如下|以下)(?:决议|决定)|特此(?:决议|决定)|(?:决议|决定|要求)如下)"
)
# The first words of those, as plain words: one quick pass finds where to look.
_PART_HINT = re.compile(
    "会议|常委会组|与会人|审议|主要|总体|基本|存在|下一步|工作|意见|建议|，并提|，同时|并提|同时|提出|形成|以上"
    "|特作|作如|作出|作以|特此|决议如|决定如|要求如"
)
_MARK = re.compile(
    r"(?:(?P<heading>[一二三四五六七八九十]{1,3})、|[（(](?P<paren>[一二三四五六七八九十]{1,3})[）)]"
    r"|(?P<arabic>\d{1,2})[.．、](?!\d)|第(?P<ordinal>[一二三四五六七八九十])[，、]"
    r"|(?P<shi>[一二三四五六七八九十])(?P<verb>是|要|应))"
)
_BEFORE_MARK = frozenset("。；：，！？）)”;,:")
_TROUBLE = re.compile(
    r"问题|不足|薄弱|短板|弱项|滞后|不够|亟待|有待|差距|短缺|不高|困难|不到位|不强|不平衡|制约|隐患"
)
_WANTING = re.compile("存在|暴露|仍|还|尚|有待|亟待|不")
_OVERCOME = ("克服", "积极克服")
_ASIDE = re.compile(r"同意|会议通过|会议批准")
_ON_REPORT = re.compile(
    r"《?[^，]{0,12}报告》?(?:客观|全面|实事求是|总结)"
)  # praise of the report, not of the work
_ENTRY = re.compile(r"本(?:决议|决定|意见)自")  # the sentence on taking effect closes the paper
_NO_START = "，。；：、 "
_MOST = 40
_SPLIT = 0.8  # confidence where the text numbers nothing and the reader decides where a point begins
_LONGEST_ITEM = 3000  # characters within which a second item must follow a first


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a paper: what kind of findings it holds, and text[start:end] after its opener."""

    kind: FindingKind
    start: int
    end: int
    opened: int  # where the opener (会议要求，) begins


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered item: `mark` is where its number stands, text[start:end] what follows it."""

    level: int
    ordinal: int
    mark: int
    start: int
    end: int


def parts_of(flow: Flow, start: int, end: int) -> list[Part]:
    """The parts of a body in reading order."""
    text = flow.text
    found: list[tuple[FindingKind, int, int]] = []
    done = start
    for hint in _PART_HINT.finditer(text, start, end):
        match = _PART.match(text, hint.start(), end) if hint.start() >= done else None
        if match is None or not _opens(flow, match):
            continue
        done = match.end()
        kind = match.lastgroup.rstrip("23") if match.lastgroup else ""
        after = match.end()
        while after < end and text[after] in _NO_START:
            after += 1
        found.append((kind, match.start(), after))  # type: ignore[arg-type]  # group names are kinds
    edges = [opened for _, opened, _ in found[1:]] + [end] * bool(found)
    return [
        Part(kind, after, edge, opened)
        for (kind, opened, after), edge in zip(found, edges, strict=True)
        if after < edge
    ]


def _opens(flow: Flow, match: re.Match[str]) -> bool:
    """Does the opener stand where a part may begin?"""
    at = match.start()
    if match.lastgroup in ("suggestion3", "requirement3"):  # …提出如下意见: an introduction's last words
        return True
    if at in flow.starts:
        return True
    before = flow.text[at - 1] if at else ""
    if match.lastgroup in ("achievement2", "problem2", "suggestion2"):  # a heading, numbered or not
        return before != "" and before in "。：）)、"
    return before != "" and before in "。；：，"


def findings(section: Section, context: Context, part: Part) -> Iterator[Finding]:
    """The findings of one part: numbered items with their points, or else its sentences."""
    items = items_of(context.flow, part.start, part.end)
    if items:
        yield from _itemised(section, context, part, items)
    elif part.kind == "requirement":
        yield from _demands(section, context, part)
    else:
        yield from _plain(section, context, part)


def items_of(flow: Flow, start: int, end: int) -> list[Item]:
    """Numbered items; a style of numbering seen inside another is one level deeper."""
    text = flow.text
    styles: list[str] = []
    last: dict[str, int] = {}
    found: list[tuple[int, int, int, int]] = []
    for match in _MARK.finditer(text, start, end):
        if (
            match.start() != start
            and match.start() not in flow.starts
            and text[match.start() - 1] not in _BEFORE_MARK
            and not _begins_series(text, match, end)
        ):
            continue
        style = match.lastgroup if match.lastgroup != "verb" else "shi"
        ordinal = number(match[style or 0]) or 0
        # A number out of order is a figure or a quotation, not an item.
        if style is None or ordinal != last.get(style, 0) + 1:
            continue
        if (
            style in ("heading", "arabic")
            and match.start() not in flow.starts
            and text[match.start() - 1] not in "。；："
        ):
            continue
        if style not in styles:
            styles.append(style)
        level = styles.index(style)
        for deeper in styles[level + 1 :]:
            last.pop(deeper, None)
        del styles[level + 1 :]
        last[style] = ordinal
        found.append((min(level, 1) + 1, ordinal, match.start(), match.end()))
    edges = [mark for _, _, mark, _ in found[1:]] + [end] * bool(found)
    return [
        Item(level, ordinal, mark, a, b)
        for (level, ordinal, mark, a), b in zip(found, edges, strict=True)
        if b > a
    ]


def _begins_series(text: str, match: re.Match[str], end: int) -> bool:
    """一要 right after its subject (市政府一要…；二要…): a series, if its second item follows."""
    return (
        match["shi"] == "一"
        and text.find("二" + match["verb"], match.end(), min(end, match.end() + _LONGEST_ITEM)) >= 0
    )


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
    for a, b in sentences(context.flow, part.start, part.end):
        if b - a > 4:
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
