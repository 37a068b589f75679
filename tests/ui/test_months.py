from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.kernel.lights import Light
from bihuan.ui.months import month

TODAY = date(2024, 2, 26)


def test_a_day_shows_the_light_that_most_wants_seeing() -> None:
    day = date(2024, 2, 23)
    shown = month(TODAY, today=TODAY, lights={day: [Light.DONE, Light.LATE, Light.WARN]}, url="?day={day}")
    (cell,) = [cell for week in shown.weeks for cell in week if cell.day == day]
    assert (cell.light, cell.count, cell.url) == (Light.LATE, 3, "?day=2024-02-23")


def test_every_light_has_an_urgency() -> None:
    for light in Light:
        shown = month(TODAY, today=TODAY, lights={TODAY: [light]})
        assert shown.total == 1


def test_days_of_the_neighbouring_months_show_nothing() -> None:
    shown = month(TODAY, today=TODAY, lights={date(2024, 3, 1): [Light.LATE]})
    assert shown.total == 0


def test_make_up_workdays_rest_only_where_the_calendar_says_so() -> None:
    make_up, holiday = date(2024, 2, 18), date(2024, 2, 12)  # a Sunday worked; a Monday off
    shown = month(TODAY, today=TODAY, lights={}, resting={holiday})
    resting = {cell.day for week in shown.weeks for cell in week if cell.resting}
    assert resting == {holiday}
    assert make_up not in resting


@settings(max_examples=60, derandomize=True)
@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_month_holds_each_of_its_days_once_in_weeks_from_sunday(day: date) -> None:
    shown = month(day, today=TODAY, lights={})
    inside = [cell.day for week in shown.weeks for cell in week if cell.inside]
    assert inside[0] == day.replace(day=1) == shown.first
    assert len(inside) == len(set(inside)) == (shown.next - shown.first).days
    assert all(week[0].day.isoweekday() == 7 and len(week) == 7 for week in shown.weeks)
    assert (shown.previous.day, shown.next.day) == (1, 1)
