"""Counting days, working days and months, and saying dates in Chinese.

The Civil Code's rules are law/nation/civil-code.toml: the day of the event does not count, a period of
months or years ends on the corresponding day or on the month's last, a last day of rest moves on.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import MAXYEAR, MINYEAR, date, timedelta

from .calendar import ONE_DAY, SATURDAY, Calendar, Holiday
from .period import Period, Unit

WEEKDAYS = "一二三四五六日"


def count(start: date, period: Period, *, calendar: Calendar, back: bool = False) -> date:
    """Return the period's last day, the start not counted, before any move off a rest day.

    ``back`` counts towards the past. OverflowError beyond year 9999.
    """
    amount = -period.count if back else period.count
    match period.unit:
        case Unit.DAYS:
            return start + timedelta(days=amount)
        case Unit.WORKING_DAYS:
            return calendar.shift_working(start, amount)
        case Unit.MONTHS:
            return shift_months(start, amount)
        case Unit.YEARS:
            return shift_months(start, 12 * amount)


def shift_months(day: date, months: int) -> date:
    """Return the corresponding day so many months later, or that month's last day if it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError("date value out of range")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield every day from first to last, both included."""
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def holidays_between(first: date, last: date, *, calendar: Calendar) -> tuple[Holiday, ...]:
    """Return the holidays that touch the days from first to last, in order."""
    touched = (calendar.holiday_around(day) for day in days_between(first, last))
    return tuple(dict.fromkeys(holiday for holiday in touched if holiday))


def in_words(day: date) -> str:
    """Return 2024年2月28日（周三）."""
    return f"{_date(day)}（周{WEEKDAYS[day.weekday()]}）"


def with_nature(day: date, *, calendar: Calendar) -> str:
    """Return the date with what kind of day it is: 2024年2月18日（周日，调休上班）."""
    holiday = calendar.holiday_on(day)
    if holiday:
        nature = f"{holiday}假期"
    elif calendar.is_makeup(day):
        nature = "调休上班"
    else:
        nature = "工作日" if day.weekday() < SATURDAY else "休息日"
    return f"{_date(day)}（周{WEEKDAYS[day.weekday()]}，{nature}）"


def range_in_words(first: date, last: date, *, known: date | None = None) -> str:
    """Return 2024年2月10日至17日, leaving out year and month where ``known`` or the first day gives them."""
    head = _date(first, known=known)
    return head if first == last else f"{head}至{_date(last, known=first)}"


def ranges_in_words(days: Iterable[date]) -> str:
    """Return days, given in order, as few ranges as possible: 2024年2月6日至9日、18日."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][1] == ONE_DAY:
            runs[-1][1] = day
        else:
            runs.append([day, day])
    words, known = [], None
    for first, last in runs:
        words.append(range_in_words(first, last, known=known))
        known = last
    return "、".join(words)


def _date(day: date, *, known: date | None = None) -> str:
    if known is None or known.year != day.year:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day}日" if known.month == day.month else f"{day.month}月{day.day}日"
