"""Chinese working days: weekends, the State Council's yearly holiday notice, make-up workdays.

The calendar refuses to pretend: a day whose year's notice is not loaded is reckoned Monday to Friday and
reported by ``unsettled``, so that every date resting on it can be marked provisional.

Days come from law/holidays/<year>.toml, one file a notice; an administrator loads later notices with
``parse_notice`` and ``Calendar.with_notice``.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

T = TypeVar("T")

ONE_DAY = timedelta(days=1)
SATURDAY = 5
# The New Year holiday of the next year has reached back as far as 29 December (2018, worked Saturday).
NEW_YEAR_REACHES_BACK_TO = (12, 29)
YEARS = range(1949, 2200)
# The festivals every yearly notice arranges (全国年节及纪念日放假办法); two may share one holiday.
FESTIVALS = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")


class InvalidNotice(ValueError):
    """A holiday notice that cannot be used; the message is Chinese and names the line or field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """One holiday of a notice: every day from ``first`` to ``last`` is off, both included."""

    name: str
    first: date
    last: date

    def days(self) -> Iterator[date]:
        """Yield each day off."""
        for ordinal in range(self.first.toordinal(), self.last.toordinal() + 1):
            yield date.fromordinal(ordinal)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearNotice:
    """The State Council's arrangement for one year: days off, and weekend days worked in exchange.

    A New Year holiday may begin in the December before, so days may lie just outside ``year``.
    """

    year: int
    holidays: tuple[Holiday, ...]
    worked: tuple[date, ...]
    source: str

    def __post_init__(self) -> None:
        """Refuse an arrangement that contradicts itself: InvalidNotice."""
        if self.year not in YEARS:
            raise InvalidNotice(f"year（年份）为{self.year}，应在{YEARS.start}至{YEARS.stop - 1}之间。")
        if not self.holidays:
            raise InvalidNotice("没有任何假期。请至少填写一个 [[holiday]]。")
        off: dict[date, str] = {}
        for holiday in self.holidays:
            self._check_holiday(holiday)
            for day in holiday.days():
                if day in off:
                    raise InvalidNotice(f"{day}同时属于“{off[day]}”和“{holiday.name}”，假期不能重叠。")
                off[day] = holiday.name
        for day in self.worked:
            self._check_worked(day, off)
        if len(set(self.worked)) < len(self.worked):
            raise InvalidNotice("worked（调休上班日）中有重复的日期。")

    def missing(self) -> tuple[str, ...]:
        """Name the festivals the notice says nothing of: with one left out, its days would pass for working."""
        named = "、".join(holiday.name for holiday in self.holidays)
        return tuple(festival for festival in FESTIVALS if festival not in named)

    def as_toml(self) -> str:
        """Return the text that ``parse_notice`` reads."""
        worked = ", ".join(day.isoformat() for day in self.worked)
        head = f'year = {self.year}\nsource = "{self.source}"\nworked = [{worked}]\n'
        return head + "".join(
            f'\n[[holiday]]\nname = "{each.name}"\nfirst = {each.first}\nlast = {each.last}\n'
            for each in self.holidays
        )

    def _check_holiday(self, holiday: Holiday) -> None:
        if holiday.last < holiday.first:
            raise InvalidNotice(f"“{holiday.name}”的 last（{holiday.last}）早于 first（{holiday.first}）。")
        self._check_year(holiday.first, f"“{holiday.name}”的 first")
        self._check_year(holiday.last, f"“{holiday.name}”的 last")

    def _check_worked(self, day: date, off: dict[date, str]) -> None:
        self._check_year(day, "worked（调休上班日）")
        if day in off:
            raise InvalidNotice(f"worked（调休上班日）中的{day}同时是“{off[day]}”放假日。")
        if day.weekday() < SATURDAY:
            raise InvalidNotice(f"worked（调休上班日）中的{day}是周一至周五，本来就上班，请核对日期。")

    def _check_year(self, day: date, where: str) -> None:
        """Accept the year itself, December before and January after: New Year crosses the boundary."""
        near = (day.year, day.month) in {(self.year - 1, 12), (self.year + 1, 1)}
        if day.year != self.year and not near:
            raise InvalidNotice(f"{where}为{day}，不属于{self.year}年的放假安排。")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days by a set of yearly notices. Immutable: loading a notice gives a new calendar."""

    notices: tuple[YearNotice, ...] = ()
    _off: dict[date, Holiday] = field(init=False, repr=False, compare=False)
    _worked: frozenset[date] = field(init=False, repr=False, compare=False)
    _years: frozenset[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the notices; InvalidNotice if two of them disagree about a day."""
        holidays = [holiday for notice in self.notices for holiday in notice.holidays]
        off = {day: holiday for holiday in holidays for day in holiday.days()}
        worked = frozenset(day for notice in self.notices for day in notice.worked)
        both = sorted(worked & off.keys())
        if both:
            raise InvalidNotice(f"相邻年份的放假安排互相矛盾：{both[0]}一处为放假日，另一处为调休上班日。")
        object.__setattr__(self, "_off", off)
        object.__setattr__(self, "_worked", worked)
        object.__setattr__(self, "_years", frozenset(notice.year for notice in self.notices))

    def knows(self, year: int) -> bool:
        """Tell whether the notice of that year is loaded."""
        return year in self._years

    def unsettled(self, day: date) -> int | None:
        """Return the year whose missing notice could still change this day, or None if it is settled."""
        if day.year not in self._years:
            return day.year
        if (day.month, day.day) >= NEW_YEAR_REACHES_BACK_TO and day.year + 1 not in self._years:
            return day.year + 1
        return None

    def is_working(self, day: date) -> bool:
        """Tell whether offices work that day; in a year without a notice, Monday to Friday."""
        return day in self._worked or (day.weekday() < SATURDAY and day not in self._off)

    def is_makeup(self, day: date) -> bool:
        """Tell whether the day is a weekend day worked in exchange for a holiday (调休上班)."""
        return day in self._worked

    def holiday_on(self, day: date) -> str | None:
        """Return the name of the holiday the day belongs to, or None (an ordinary weekend is none)."""
        holiday = self._off.get(day)
        return holiday.name if holiday else None

    def holiday_around(self, day: date) -> Holiday | None:
        """Return the whole holiday the day belongs to, or None."""
        return self._off.get(day)

    def next_working(self, day: date) -> date:
        """Return the first working day on or after the day."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def previous_working(self, day: date) -> date:
        """Return the last working day on or before the day."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def shift_working(self, day: date, count: int) -> date:
        """Return the count-th working day after the day (before it, if count is negative)."""
        direction = ONE_DAY if count > 0 else -ONE_DAY
        for _ in range(abs(count)):
            day += direction
            while not self.is_working(day):
                day += direction
        return day

    def with_notice(self, notice: YearNotice) -> "Calendar":
        """Return a calendar with this notice; it replaces an earlier one of the same year."""
        others = [kept for kept in self.notices if kept.year != notice.year]
        return Calendar(tuple(sorted([*others, notice], key=lambda each: each.year)))


@cache
def national_calendar() -> Calendar:
    """Return the calendar of every notice shipped in law/holidays."""
    folder = files("bihuan") / "law" / "holidays"
    texts = (entry.read_text("utf-8") for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return Calendar(tuple(sorted(map(parse_notice, texts), key=lambda notice: notice.year)))


def parse_notice(text: str) -> YearNotice:
    """Read a notice from TOML (see law/holidays); InvalidNotice names the line or field at fault."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidNotice(f"放假安排文件格式有误：{error}。请对照已有年份的文件检查该行。") from error
    _refuse_unknown(data, {"year", "source", "worked", "holiday"}, "文件")
    return YearNotice(
        year=_take(data, "year", int, "文件"),
        source=_take(data, "source", str, "文件"),
        holidays=tuple(_parse_holidays(_take(data, "holiday", list, "文件"))),
        worked=tuple(_parse_dates(_take(data, "worked", list, "文件"))),
    )


def _parse_holidays(entries: Iterable[object]) -> Iterator[Holiday]:
    for number, entry in enumerate(entries, start=1):
        where = f"第{number}个 [[holiday]]"
        if not isinstance(entry, dict):
            raise InvalidNotice(f"{where}格式不对，应写明 name、first、last。")
        _refuse_unknown(entry, {"name", "first", "last"}, where)
        yield Holiday(
            name=_take(entry, "name", str, where),
            first=_take(entry, "first", date, where),
            last=_take(entry, "last", date, where),
        )


def _parse_dates(entries: Iterable[object]) -> Iterator[date]:
    for number, entry in enumerate(entries, start=1):
        if type(entry) is not date:
            raise InvalidNotice(f"worked（调休上班日）第{number}项不是日期，应写成 2026-02-14 的样子。")
        yield entry


KIND_NAMES = {int: "整数", str: "文字", list: "列表", date: "日期（如 2026-02-14）"}


def _take(data: dict[str, Any], key: str, kind: type[T], where: str) -> T:
    """Return the field or raise InvalidNotice; the exact type counts, since True is an int too."""
    if key not in data:
        raise InvalidNotice(f"{where}缺少 {key}。")
    value = data[key]
    if type(value) is not kind or value == "":
        raise InvalidNotice(f"{where}的 {key} 应为{KIND_NAMES[kind]}，现为“{value}”。")
    return value


def _refuse_unknown(data: dict[str, Any], known: set[str], where: str) -> None:
    for key in data.keys() - known:
        raise InvalidNotice(f"{where}中有不认识的项目 {key}，请检查拼写。")
