"""Times in a demand: periods, fixed dates and months, sessions still to come, and the days they end on.

A period runs from what the text says right before it; without that, or without the day of it, the last
day stays open and a question is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from bihuan.kernel.calendar import national_calendar
from bihuan.kernel.terms import InvalidPeriod, Period, due_date
from bihuan.readers.wording.dates import POINT, fixed_point
from bihuan.readers.wording.periods import PERIOD, iso_period

_MEETING_EVENT = re.compile(
    r"(?:于|在)(?P<event>(?:下一?年度?|明年|次年|下一?次)?的?"
    r"[^，。；]{0,14}?(?:人民代表大会|人大|常委会|大会)[^，。；]{0,10}?会议)上?"
)
# What a period is said to start from, right before it.
_ANCHOR = re.compile(
    r"(?:自|从|在|于)?(?P<anchor>[^，。；：于将并自从在应]{0,24}之日起|(?:本次会|会|闭会)(?:议结束)?后"
    r"|(?:印发|通过|交办)后|收到[^，。；：于将并]{0,16}后)[，的]?(?:在|于)?$"
)
# What comes round again: no last day, but a place in every year.
_EVERY = re.compile(r"每个?(?:半年|年度?|季度?|月|周)(?:第?[一二三四]季度|[上下]半年|年?底|[初末])?")
_LONGEST_ANCHOR = 40
# A count with a unit, the end of a year, a session, each quarter: without one of these no time is told.
_TIME_WORD = re.compile(
    r"[0-9〇零一二三四五六七八九十百千两半]个?(?:[年月日周天底季星]|工作)|年底|会议|每个?[年季月周半]"
)
_NEXT_YEAR = re.compile("下一?年|明年|次年")
_FROM_SESSION = re.compile(r"会后|会议(?:结束)?后|闭会后|会议结束之日|会议闭会之日|通过(?:之日|后)")
_FROM_ISSUE = re.compile(r"印发(?:之日|后)")

_NO_ANCHOR = "文中写了期限{period}，没有写明从何时起算，请确认起算日。"
UNKNOWN_START = "期限从“{anchor}”起算，文中没有这个日期，请在该事件发生后填写。"
_COMES_ROUND = "文中写的是“{every}”，要反复办理，请确认每次的截止日期。"
_NO_SESSION = "文中没有写明会议召开的日期，无法算出到期日。"
_YEAR_TAKEN = "文中没有写年份，按印发后最近的{fixed}理解，请核对。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days a paper's periods may start from, in ISO; empty where the text has none."""

    session: str
    issued: str


class Time(Struct, gc=False):
    """What has been heard about time since the last action."""

    anchor: str = ""
    offset: str = ""
    fixed: str = ""
    due_year: str = ""
    doubt: str = ""
    event: bool = False
    every: bool = False  # anchor is 每年, 每季度 …
    then: bool = False  # 随后: a place in the order, but no period
    follows: bool = False  # the anchor is an earlier step of the same demand

    def says_when(self) -> bool:
        return bool(self.offset or self.fixed or self.event)


class Timing(Struct, frozen=True, gc=False):
    """A time expression: text[start:end]."""

    start: int
    end: int
    time: Time


def tells_time(text: str, start: int, end: int) -> bool:
    """May text[start:end] tell a time? A quick look for the words it cannot do without."""
    return _TIME_WORD.search(text, start, end) is not None


def times(text: str, start: int, end: int) -> Iterator[Timing]:
    """The times text[start:end] tells, one sort after the other."""
    if not tells_time(text, start, end):
        return
    for match in PERIOD.finditer(text, start, end):
        begin, until = match.span()
        led = _ANCHOR.search(text, max(start, begin - _LONGEST_ANCHOR), begin)
        if (led or match["within"]) and (offset := iso_period(match)):
            begin = led.start() if led else begin - (text[begin - 1] == "在")
            yield Timing(begin, until, Time(anchor=led["anchor"] if led else "", offset=offset))
    if text.find("月", start, end) >= 0 or text.find("底", start, end) >= 0:
        for match in POINT.finditer(text, start, end):
            begin = match.start()
            led_in = begin > start and text[begin - 1] in "于在"
            if match["before"] or match["end"] or (led_in and (match["month"] or match["yearend"])):
                yield Timing(begin - led_in, match.end(), Time(fixed=match[0]))
    if text.find("每", start, end) >= 0:
        for match in _EVERY.finditer(text, start, end):
            doubt = _COMES_ROUND.format(every=match[0])
            yield Timing(match.start(), match.end(), Time(anchor=match[0], doubt=doubt, every=True))
    if text.find("会议", start, end) >= 0:
        for match in _MEETING_EVENT.finditer(text, start, end):
            yield Timing(match.start(), match.end(), Time(anchor=match[0].lstrip("于在"), event=True))


def heard(text: str, timing: Timing, *, days: Days) -> Time | None:
    """What a time expression says on the days of its paper; None for a date that does not exist."""
    time = replace(timing.time)
    if time.fixed:
        match = POINT.match(text, timing.start + (text[timing.start] in "于在"), timing.end)
        said = days.issued or days.session
        time.fixed, taken = fixed_point(match, said_on=said) if match else ("", False)
        if taken:
            time.doubt = _YEAR_TAKEN.format(fixed=time.fixed)
        if not time.fixed:
            return None
    if time.event and days.session and _NEXT_YEAR.match(time.anchor):
        time.due_year = str(int(days.session[:4]) + 1)
    return time


def base(time: Time, *, days: Days, before: str) -> tuple[str, str, str]:
    """The day a period starts from, a doubt, and 'latest' where that day is itself a limit.

    `before` is the last day of the step before, empty where there is none.
    """
    if _FROM_SESSION.search(time.anchor):
        return days.session, "" if days.session else _NO_SESSION, ""
    if _FROM_ISSUE.search(time.anchor):
        return days.issued, "" if days.issued else UNKNOWN_START.format(anchor=time.anchor), ""
    if time.follows and before:
        return before, "", "latest"
    if not time.anchor:
        return "", _NO_ANCHOR.format(period=time.offset), ""
    return "", UNKNOWN_START.format(anchor=time.anchor), ""


@lru_cache(maxsize=4096)
def reckon(start: str, offset: str) -> str:
    """The last day by the rules of counting; empty where the start is unknown."""
    if not start:
        return ""
    try:
        due = due_date(
            start=date.fromisoformat(start), period=Period.parse(offset), calendar=national_calendar()
        )
    except InvalidPeriod:
        return ""
    return due.on.isoformat() if due.on else ""
