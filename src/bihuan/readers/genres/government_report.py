"""政府工作报告: what the year before brought, what is wrong, and what the year ahead is to bring."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Fact, Finding, FindingKind
from bihuan.readers.parts.clauses import sentences
from bihuan.readers.parts.figures import figures, outside
from bihuan.readers.parts.handling import handling_stats
from bihuan.readers.parts.items import items_of, verbatim
from bihuan.readers.parts.promises import promises
from bihuan.readers.parts.report_heads import report_document, report_head
from bihuan.readers.parts.targets import targets
from bihuan.readers.text import Flow
from bihuan.readers.wording.reports import report_kind

# Where the look back ends: a heading, or the sentence that names the goals of the year.
_PLAN = re.compile(
    r"(?:[一二三四五]、|（[一二三四五]）)?(?:(?P<year>20\d\d)年?|今年|下一年)(?:的)?(?:政府)?(?:主要)?(?:工作|目标)?"
    r"(?:安排|打算|任务|部署|重点|建议|目标|思路|的?总体要求)[^。，；]{0,20}"
    r"|(?:[一二三四五]、)?(?:[^。，；]{0,16}主要(?:预期)?目标[^。，；]{0,6})"
)
_GOALS = re.compile(r"主要(?:预期)?(?:目标|指标)(?:建议)?(?:是|为|如下|确定为)?[：:]")
_LOOK_BACK = re.compile(r"(?P<year>20\d\d)年(?:政府)?(?:主要)?工作(?:回顾|总结)")
_GLOSSARY = re.compile(r"附件?[：:]?|名词解释|名词注释|注释[：:]?")
_DIFFICULTIES = re.compile(
    r"(?:困难|问题|不足|挑战|短板|差距)[^。；：]{0,10}(?:：|，|。)(?:主要(?:表现|是|有)[^。；：]{0,8}[：，])?(?=一是|（一）|[^。]{4,80}；)"
)
_HANDLED = re.compile(r"(?:人大代表)?建议\d+件[^。]{0,30}(?:提案\d+件)?")
_YEAR_OF_WORK = re.compile(r"回顾|工作(?:安排|打算|部署|任务|总结)|主要目标|总体要求")
_LONGEST_HEADING = 40
_LONGEST_ITEM = 60
_SURE = 0.8


def recognise(section: Section, flow: Flow) -> float:
    return 1.0 if report_kind(section.title) == "政府工作报告" else 0.0


def name(section: Section) -> str:
    return "政府工作报告"


def extract(section: Section, context: Context) -> Iterator[Fact]:
    """The report: figures of the year behind, problems, then targets and promises of the year ahead."""
    head = report_head(section, context)
    document = report_document(section, context, head, genre=name(section))
    issuer = document.issuer or _issuer(head.post)
    yield replace(document, issuer=issuer)
    start, end = head.body
    end = _glossary(context.flow, start, end)
    ahead, year = _plan(context.flow, start, end, head.date)
    told = _LOOK_BACK.search(context.flow.text, start, ahead)
    behind = told["year"] if told else ""
    stats = list(handling_stats(section, context, unit=issuer, start=start, end=ahead))
    yield from stats
    yield from _problems(section, context, start, end)
    yield from _headings(section, context, "achievement", start, ahead)
    yield from _headings(section, context, "next_step", ahead, end)
    handled = {(fact.start, fact.end) for fact in stats}
    yield from outside(handled, figures(section, context, start=start, end=ahead, year=behind))
    aims = list(targets(section, context, said_on=head.date, planned=year, start=ahead, end=end))
    yield from aims
    yield from promises(
        section, context, unit=issuer, said_on=head.date, start=ahead, end=end, planned=True, by=year
    )
    counted = {(fact.start, fact.end) for fact in aims}
    yield from outside(counted, figures(section, context, start=ahead, end=end))


def _issuer(post: str) -> str:
    """市长, 县长 speak for the government of their place."""
    place = re.match(r"(?:代理?)?(?P<place>[\u4e00-\u9fff]{0,6}?[市县区州镇乡省縣區鎮鄉])[长長]", post)
    return f"{place['place']}人民政府" if place else ""


def _glossary(flow: Flow, start: int, end: int) -> int:
    """Where the explanation of terms behind the report begins."""
    for row in flow.rows[flow.row_at(start) + 1 : flow.row_at(end - 1) + 1]:
        if row.end - row.start <= 8 and _GLOSSARY.fullmatch(flow.text, row.start, row.end):
            return row.start
    return end


def _plan(flow: Flow, start: int, end: int, said_on: str) -> tuple[int, str]:
    """Where the plan begins and its year: the second heading on a year's work, else the sentence on goals."""
    year = said_on[:4]
    for edge in flow.edges_within(start, end):
        row = flow.rows[flow.row_at(edge)]
        match = _PLAN.match(flow.text, edge, min(row.end, edge + _LONGEST_HEADING))
        if match and match.end() == row.end and row.end - row.start <= _LONGEST_HEADING:
            return edge, match["year"] or year
    goals = _GOALS.search(flow.text, start, end)
    return (goals.start(), year) if goals else (end, year)


def _problems(section: Section, context: Context, start: int, end: int) -> Iterator[Finding]:
    """The difficulties the report admits, one by one."""
    text = context.flow.text
    told = _DIFFICULTIES.search(text, start, end)
    if told is None:
        return
    stop = text.find("。", told.end(), end)
    stop = end if stop < 0 else stop
    items = items_of(context.flow, told.end(), stop)
    spans = [(item.start, item.end) for item in items] or list(sentences(context.flow, told.end(), stop))
    for number, (a, b) in enumerate(spans, 1):
        b = b - len(text[a:b]) + len(text[a:b].rstrip("；。"))
        yield Finding(
            at=context.span(section, a, b),
            confidence=_SURE,
            kind="problem",
            text=verbatim(context.flow, a, b),
            ordinal=number if items else None,
        )


def _headings(
    section: Section, context: Context, kind: FindingKind, start: int, end: int
) -> Iterator[Finding]:
    """One finding a numbered heading: a field of work, behind or ahead."""
    opened = False  # the heading above only says which year is told of
    for item in items_of(context.flow, start, end):
        words = next(iter(sentences(context.flow, item.start, item.end)), None)
        if words is None or item.mark not in context.flow.starts:
            continue
        if item.level == 1:
            opened = _YEAR_OF_WORK.search(context.flow.text, *words) is not None
        if words[1] - item.mark <= _LONGEST_ITEM and item.level == 1 + opened:
            yield Finding(
                at=context.span(section, item.mark, words[1]),
                confidence=_SURE,
                kind=kind,
                text=verbatim(context.flow, *words),
                ordinal=item.ordinal,
            )
