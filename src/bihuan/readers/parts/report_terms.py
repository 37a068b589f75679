"""Steps with their time, told in reports: 已于3月5日书面报告, 一周一调度, 期满前7天提醒, 今年要完成12个…任务.

Only the steps of handling and supervision are terms; when a bridge was opened is news.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Deadline
from bihuan.readers.parts.clauses import clauses, periods
from bihuan.readers.wording.dates import POINT
from bihuan.readers.wording.numerals import NUMERAL, number

_HINT = re.compile(r"[年月日]|一[周月]|每[周月季]|期满|到期")
# What is done with reports, suggestions and opinions.
_STEP = re.compile(
    r"(?P<verb>书面报告|报告(?=[市县区州省]|人大)|集中交办|二次交办|交办(?!会|件)|(?P<ended>办理完成|办理完毕|办结|办复)"
    r"|答复(?=代表|完毕)|反馈(?!意见|问题|情况|的)|报送|上报)"
)
_TAKEN = re.compile(
    r"将(?P<what>[^，。；]{2,20}?)(?:向|报|送)(?P<to>[^，。；]{2,12}?)(?P<verb>反馈|报告|报送)"
)
_BEFORE_STEP = re.compile(r"(?P<what>[\u4e00-\u9fff]{2,20}?)(?:已|均|都|全部|严格|按照要求|按要求|于|在)*$")
_TO = re.compile(r"(?P<to>[市县区州省]人大(?:常委会)?|主办单位|承办单位|代表)")
_OBJECT = re.compile(r"[^，。；、]{2,24}")
_EVERY = re.compile(
    r"(?P<every>一[周旬月季]|半月|每[周旬月季])一"
    r"(?P<what>调度|督办|督查|通报|报告|小结|总结|汇总|研判|会商|例会)"
)
_EACH = re.compile(
    r"(?P<what>(?:列入|纳入)?每(?P<every>[周旬月]|季度?)[^，。；、]{0,3}?(?:小结|通报|调度|报送|督办|例会|汇总))"
)
_AHEAD = re.compile(
    rf"(?P<anchor>(?!在|于)[\u4e00-\u9fff]{{2,14}}(?:期满|到期|届满))前(?P<count>{NUMERAL}{{1,3}})(?P<unit>个?工作日|天|日|个月)"
    r"[^，。；]{0,3}?(?:(?:向(?P<to>[^，。；]{2,10}?))?(?:发出|进行|下发))?(?P<what>[\u4e00-\u9fff]{0,6}(?:提醒|催办|督办|预警|通知))"
)
_THIS_YEAR = re.compile(r"今年(?:内)?[^，。；\d]{0,6}?要(?P<what>完成\d+[^，。；]{2,24}?任务)")
_PERIODS = {"周": "P1W", "旬": "P10D", "半月": "P15D", "月": "P1M", "季": "P3M", "季度": "P3M"}
_COUNT = re.compile(r"\d+[件个项处]")
_SURE = 0.7  # told in passing: who is bound by it the text seldom says


def report_terms(
    section: Section, context: Context, *, unit: str, said_on: str, start: int, end: int
) -> Iterator[Deadline]:
    """The steps of text[start:end] that `unit` says it took or takes, each with its time."""
    text = context.flow.text
    for a, b in periods(context.flow, start, end):
        if not _HINT.search(text, a, b):
            continue
        yield from _recurring(section, context, unit, a, b)
        for match in _THIS_YEAR.finditer(text, a, b):
            if len(said_on) >= 4:
                yield _term(
                    section,
                    context,
                    match.span("what"),
                    action=_COUNT.sub("", match["what"]),
                    responsible="",  # who has to, the sentence does not say
                    fixed=said_on[:4],
                )
        for x, y in clauses(text, a, b):
            yield from _dated(section, context, unit, said_on, (a, x, y))


def _recurring(section: Section, context: Context, unit: str, start: int, end: int) -> Iterator[Deadline]:
    text = context.flow.text
    for rule in (_EVERY, _EACH):
        for match in rule.finditer(text, start, end):
            yield _term(
                section,
                context,
                match.span(),
                action=match["what"],
                responsible=unit,
                offset=_PERIODS[match["every"].lstrip("一每")],
            )
    for match in _AHEAD.finditer(text, start, end):
        count = number(match["count"])
        if count:
            letter = {"个月": "M"}.get(match["unit"], "WD" if "工作" in match["unit"] else "D")
            yield _term(
                section,
                context,
                match.span(),
                action=match["what"],
                responsible=unit,
                recipient=match["to"] or "",
                anchor=f"{match['anchor']}前",
                offset=f"-P{count}{letter}",
            )


def _dated(
    section: Section, context: Context, unit: str, said_on: str, at: tuple[int, int, int]
) -> Iterator[Deadline]:
    """What was done on or before a day the clause names."""
    text = context.flow.text
    sentence, start, end = at
    point = next((m for m in POINT.finditer(text, start, end) if _names_a_day(text, m)), None)
    if point is None:
        return
    fixed = _past(point, said_on)
    if not fixed:
        return
    step = _STEP.search(text, point.end(), end)
    stop = end
    if step is None:  # 2月7日，在某会议上，…集中交办建议: the day opens the sentence
        if start != sentence or point.start() != start or point.end() != end:
            return
        stop = text.find("。", end)
        stop = len(text) if stop < 0 else stop
        step = _STEP.search(text, end, min(stop, end + 80))
        if step is None:
            return
    taken = _TAKEN.search(text, point.end(), end)
    to = _TO.search(text, step.end(), stop)
    yield _term(
        section,
        context,
        (start, step.end()),
        action=f"{taken['verb']}{taken['what']}" if taken else _action(text, start, point, step, stop),
        responsible=unit,
        recipient=taken["to"] if taken else to["to"] if to else "",
        fixed=fixed,
    )


def _action(text: str, start: int, point: re.Match[str], step: re.Match[str], stop: int) -> str:
    """The step with what it was taken on: named before the day, or after the verb."""
    before = _BEFORE_STEP.search(text, start, point.start())
    if before:
        words = before["what"].lstrip("件个项")
        return f"{words}{step['verb']}" if step["ended"] else f"{step['verb']}{words}"
    after = _OBJECT.match(text, step.end(), min(stop, step.end() + 24))
    return f"{step['verb']}{after[0] if after and step['verb'].endswith('交办') else ''}"


def _names_a_day(text: str, point: re.Match[str]) -> bool:
    """A month of a year, not that of 一月一通报, nor the day a count ends with (截至8月底)."""
    until = text.startswith(("截至", "截止"), max(0, point.start() - 2))
    return bool(point["month"]) and not until and not text.startswith("一", point.end())


def _past(point: re.Match[str], said_on: str) -> str:
    """The day or month of a step already taken: without a year it is the last one before the report."""
    month, day = number(point["month"]), number(point["day"] or "")
    if not month or not 1 <= month <= 12 or len(said_on) < 7 or point["next"]:
        return ""
    year = number(point["year"]) if point["year"] else int(said_on[:4])
    if not year or (not point["year"] and month > int(said_on[5:7])):
        return ""
    return f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day and day <= 31 else "")


def _term(
    section: Section,
    context: Context,
    at: tuple[int, int],
    *,
    action: str,
    responsible: str,
    recipient: str = "",
    anchor: str = "",
    offset: str = "",
    fixed: str = "",
) -> Deadline:
    return Deadline(
        at=context.span(section, *at),
        confidence=_SURE,
        action=action,
        responsible=responsible,
        recipient=recipient,
        anchor=anchor,
        offset=offset,
        fixed=fixed,
    )
