"""Promises a report makes: what will be done, by when or how much of it (计划在12月底前改造10个基站)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Commitment
from bihuan.readers.parts.clauses import clauses, sentences
from bihuan.readers.parts.headed import plans
from bihuan.readers.wording.dates import POINT, fixed_point
from bihuan.readers.wording.numerals import NUMERAL

_FUTURE = re.compile(
    # 将 is also 'take …' (将某事纳入计划): only with the verb of a work to be done it looks ahead.
    r"将(?=[\u4e00-\u9fff\d]*?(?:完成|建设|新建|改造|实现|达到|建成|开工|启动|投入|增加|提高|开展|分批|培育|新增|出台|竣工|推进|完工|投用|交付|通车|覆盖|解决|落实|到位))"
    r"|计划(?=[\d今明在到于年改出建新投完启])|拟(?=建|新|完成|实施|投|开)|力争(?!上)|争取(?!到|更|了)(?=.*(?:年|月|底))"
    r"|有望|预计|未来[一二三四五两]年"
)
_WORK = re.compile(
    rf"{_FUTURE.pattern}|完成|建成|新增|新建|改造|引进|培育|实现|达到|创建|开工|投产|培训|确保|启动|出台|投入|争取|抓实|纳入|提高|严控|控制|畅通|整修|建设|设施"
)
_DONE = re.compile(r"已(?!全部开工|开工|全面开工)|累计|以来|同比|截至|截止|占.{0,8}计划|纳入了|列入了")
_FURTHER = re.compile(
    r"(?<=[\u4e00-\u9fff])、(?=(?:实现|完成|新增|新建|改造|建成|引进|培育)[^、，。]{0,16}\d)"
)
_ABOUT = re.compile(r"(?:对|针对|围绕|按照|根据|聚焦)(?!标)")  # what a work is done about, not yet the work
_TIME_ALONE = re.compile(
    rf"(?:在|于|到)?(?:今年|明年|[12]\d{{3}}年)?(?:{NUMERAL}{{1,2}}月)?(?:底|末|年底|中旬)?(?:之?前)|[到至]20\d\d年[底末]?"
)
_YEAR = re.compile(
    r"(?P<year>20\d\d)年(?!度|来|以来)|(?P<this>今年|(?<![一二两三四五六\d])年内)|(?P<next>明年)"
)
_AMOUNT = re.compile(
    r"(?<![\d.年])(?P<value>\d[\d,]*(?:\.\d+)?)(?P<measure>万?平方[公千]?[里米]|[万亿]?元|万?公里|万?公顷|万?亩|[%％]|万?吨|[个家户处项件条所座栋台套张人名宗栋场次])"
)
_PERIOD = re.compile(r"(?:未来|今后)?[一二三四五六两\d]年内?|(?:今年|明年|年底|年内)")
_SURE = 0.7  # the words of intent are plain, but who answers for it the text often leaves open


def promises(
    section: Section,
    context: Context,
    *,
    unit: str,
    said_on: str,
    start: int,
    end: int,
    planned: bool = False,
    by: str = "",
) -> Iterator[Commitment]:
    """Each clause of text[start:end] that promises something with a time or an amount.

    Where the text is a plan (`planned`) every work to be done promises, by the year of the plan (`by`)
    where it names no time; elsewhere words that look ahead must say so.
    """
    ahead = _WORK if planned else _FUTURE
    text = context.flow.text
    for a, b in sentences(context.flow, start, end):
        if not ahead.search(text, a, b):
            continue
        lead = 0  # where a clause that names a time only began
        promised = False
        for x, y in _works(text, a, b):
            alone = _TIME_ALONE.fullmatch(text, x, y) is not None
            begin, lead = (lead or x), (x if alone else 0)
            if alone:
                continue
            # What a promise goes on with (…，改造2257户) is promised too.
            promised = (promised or bool(ahead.search(text, x, y))) and not _DONE.search(text, x, y)
            if not promised:
                continue
            point = next((m for m in POINT.finditer(text, begin, y) if m["month"] or m["yearend"]), None)
            year = _YEAR.search(text, begin, y)
            amount = _AMOUNT.search(text, x, y)
            timed = point or year or _PERIOD.search(text, begin, y)
            promised = bool(timed or (amount and not _ABOUT.match(text, x, y)))
            if not promised:
                continue
            deadline = fixed_point(point, said_on=said_on)[0] if point else _year(year, said_on) or by
            if deadline and deadline[:4] < said_on[:4]:
                continue  # a year gone by is told, not promised
            value = float(amount["value"].replace(",", "")) if amount else None
            at = context.span(section, begin, y)
            yield Commitment(
                at=at,
                confidence=_SURE,
                unit=unit,
                text=at.quote,
                deadline=deadline,
                quantity=int(value) if value is not None and value.is_integer() else value,
                measure=amount["measure"] if amount else "",
                doubt="" if deadline else "没有写明完成时间，请向承诺单位核实。",
            )


def _works(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The clauses of a sentence, cut again where a further work with its own verb is listed (…10宗、实现收益…)."""
    for x, y in clauses(text, start, end):
        for cut in _FURTHER.finditer(text, x, y):
            yield x, cut.start()
            x = cut.end()
        yield x, y


def report_promises(
    section: Section, context: Context, *, unit: str, said_on: str, start: int, end: int
) -> Iterator[Commitment]:
    """The promises of a report: under a heading on what comes next every work to be done is one."""
    at = start
    for a, b in plans(context, start, end):
        yield from promises(section, context, unit=unit, said_on=said_on, start=at, end=a)
        yield from promises(section, context, unit=unit, said_on=said_on, start=a, end=b, planned=True)
        at = b
    yield from promises(section, context, unit=unit, said_on=said_on, start=at, end=end)


def _year(match: re.Match[str] | None, said_on: str) -> str:
    """The year by which something is promised; 今年 is the year of the report, if that is known."""
    if match is None or (not match["year"] and len(said_on) < 4):
        return ""
    return match["year"] or str(int(said_on[:4]) + bool(match["next"]))
