"""Working days, against two independent tables and the notices' own structure."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.kernel.calendar import (
    Calendar,
    Holiday,
    InvalidNotice,
    YearNotice,
    national_calendar,
    parse_notice,
)

CALENDAR = national_calendar()
FIRST, LAST = date(2019, 1, 1), date(2026, 12, 31)
DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
known_days = st.dates(FIRST, date(2026, 11, 30))

NEXT_YEAR = """
year = 2027
source = "测试用的放假安排"
worked = [2026-12-27]

[[holiday]]
name = "元旦"
first = 2026-12-31
last = 2027-01-03
"""


def test_every_day_agrees_with_chinesecalendar() -> None:
    assert [day for day in DAYS if CALENDAR.is_working(day) != chinese_calendar.is_workday(day)] == []


def test_every_day_agrees_with_holidays() -> None:
    table = holidays.country_holidays("CN", years=range(2018, 2028))
    assert [day for day in DAYS if CALENDAR.is_working(day) != table.is_working_day(day)] == []


def test_2026_is_as_announced() -> None:
    [notice] = [each for each in CALENDAR.notices if each.year == 2026]
    assert [(h.name, (h.first.month, h.first.day), (h.last.month, h.last.day)) for h in notice.holidays] == [
        ("元旦", (1, 1), (1, 3)),
        ("春节", (2, 15), (2, 23)),
        ("清明节", (4, 4), (4, 6)),
        ("劳动节", (5, 1), (5, 5)),
        ("端午节", (6, 19), (6, 21)),
        ("中秋节", (9, 25), (9, 27)),
        ("国庆节", (10, 1), (10, 7)),
    ]
    worked = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]
    assert [(day.month, day.day) for day in notice.worked] == worked


def test_notices_of_2019_to_2026_are_shipped() -> None:
    assert [year for year in range(2000, 2100) if CALENDAR.knows(year)] == list(range(2019, 2027))


def test_new_year_may_lie_in_the_year_before() -> None:
    assert CALENDAR.is_makeup(date(2018, 12, 29))
    assert CALENDAR.holiday_on(date(2018, 12, 31)) == "元旦"


def test_a_weekend_worked_is_no_holiday_and_a_plain_weekend_has_no_name() -> None:
    assert CALENDAR.holiday_on(date(2026, 2, 14)) is None
    assert CALENDAR.holiday_on(date(2026, 3, 7)) is None
    assert CALENDAR.holiday_on(date(2026, 2, 17)) == "春节"


def test_a_year_without_notice_is_monday_to_friday_and_unsettled() -> None:
    monday = date(2028, 5, 1)
    assert [CALENDAR.is_working(monday + timedelta(days=n)) for n in range(7)] == [True] * 5 + [False] * 2
    assert CALENDAR.unsettled(monday) == 2028


def test_year_end_is_unsettled_until_the_next_notice() -> None:
    assert CALENDAR.unsettled(date(2026, 12, 28)) is None
    assert CALENDAR.unsettled(date(2026, 12, 29)) == 2027
    assert CALENDAR.with_notice(parse_notice(NEXT_YEAR)).unsettled(date(2026, 12, 29)) is None


def test_a_loaded_notice_changes_days_and_leaves_the_old_calendar_alone() -> None:
    later = CALENDAR.with_notice(parse_notice(NEXT_YEAR))
    days = [date(2026, 12, 27), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 4)]
    assert [later.is_working(day) for day in days] == [True, False, False, True]
    assert [CALENDAR.is_working(day) for day in days] == [False, True, True, True]
    assert later.knows(2027)
    assert not CALENDAR.knows(2027)


def test_a_corrected_notice_replaces_the_first() -> None:
    later = CALENDAR.with_notice(parse_notice(NEXT_YEAR)).with_notice(
        parse_notice(NEXT_YEAR.replace("[2026-12-27]", "[]"))
    )
    assert not later.is_makeup(date(2026, 12, 27))


def test_notices_of_neighbouring_years_may_not_contradict() -> None:
    january = Holiday(name="元旦", first=date(2026, 1, 4), last=date(2026, 1, 4))
    other = YearNotice(year=2025, holidays=(january,), worked=(), source="测试")
    with pytest.raises(InvalidNotice, match="2026-01-04一处为放假日，另一处为调休上班日"):
        CALENDAR.with_notice(other)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("year = 2027", "year = = 2027", "格式有误：.*line 2"),
        ("year = 2027", "", "文件缺少 year"),
        ("year = 2027", "year = true", "文件的 year 应为整数"),
        ("year = 2027", "year = 27", "year（年份）为27"),
        ("year = 2027", "year = 2029", "不属于2029年"),
        ('source = "测试用的放假安排"', 'source = ""', "文件的 source 应为文字"),
        ('source = "测试用的放假安排"', "", "文件缺少 source"),
        ("worked", "works", "不认识的项目 works"),
        ("[2026-12-27]", '["2026-12-27"]', "worked（调休上班日）第1项不是日期"),
        ("[2026-12-27]", "[2026-12-27, 2026-12-27]", "重复"),
        ("[2026-12-27]", "[2026-12-28]", "2026-12-28是周一至周五"),
        ("[2026-12-27]", "[2027-01-02]", "2027-01-02同时是“元旦”放假日"),
        ("[2026-12-27]", "[2026-11-28]", "2026-11-28，不属于2027年"),
        ("last = 2027-01-03", "last = 2026-12-30", "早于 first"),
        ("last = 2027-01-03", "", "第1个 \\[\\[holiday\\]\\]缺少 last"),
        ("last = 2027-01-03", "last = 2027-01-03T00:00:00", "第1个 \\[\\[holiday\\]\\]的 last 应为日期"),
        ("last = 2027-01-03", "last = 2027-13-03", "格式有误：.*line 9"),
        (
            "last = 2027-01-03",
            'last = 2027-01-03\n[[holiday]]\nname = "春节"\nfirst = 2027-01-03\nlast = 2027-01-09',
            "2027-01-03同时属于“元旦”和“春节”",
        ),
    ],
)
def test_a_faulty_notice_is_refused_with_its_place(old: str, new: str, message: str) -> None:
    assert old in NEXT_YEAR
    with pytest.raises(InvalidNotice, match=message):
        parse_notice(NEXT_YEAR.replace(old, new))


def test_a_notice_without_holidays_is_refused() -> None:
    with pytest.raises(InvalidNotice, match="没有任何假期"):
        parse_notice('year = 2027\nsource = "测试"\nworked = []\nholiday = []')


@given(text=st.text(max_size=60))
@settings(derandomize=True, max_examples=50)
def test_any_text_is_a_notice_or_refused(text: str) -> None:
    with pytest.raises(InvalidNotice):
        parse_notice(text)


@given(day=known_days, number=st.integers(1, 40))
@settings(derandomize=True, max_examples=60)
def test_shifting_equals_a_naive_count(day: date, number: int) -> None:
    following = (day + timedelta(days=n) for n in range(1, 400))
    working = [each for each in following if CALENDAR.is_working(each)]
    assert CALENDAR.shift_working(day, number) == working[number - 1]


@given(day=known_days, number=st.integers(1, 40))
@settings(derandomize=True, max_examples=60)
def test_shifting_back_undoes_shifting_from_a_working_day(day: date, number: int) -> None:
    start = CALENDAR.next_working(day)
    assert CALENDAR.shift_working(CALENDAR.shift_working(start, number), -number) == start


@given(day=known_days)
@settings(derandomize=True, max_examples=60)
def test_next_and_previous_working_enclose_the_day(day: date) -> None:
    before, after = CALENDAR.previous_working(day), CALENDAR.next_working(day)
    assert before <= day <= after
    assert CALENDAR.is_working(before)
    assert CALENDAR.is_working(after)
    assert (before == after == day) is CALENDAR.is_working(day)


def test_calendars_of_the_same_notices_are_equal() -> None:
    assert Calendar(CALENDAR.notices) == CALENDAR
