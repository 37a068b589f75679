"""The demo place is built by what people use, on any day, and shows every light."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bihuan.kernel.calendar import national_calendar
from bihuan.kernel.lights import Light, light_of
from bihuan.ledger.checking import begin, step
from bihuan.ledger.models import Entry
from bihuan.matters.models import Deed, Matter, Term
from bihuan.modules.opinions.demo import build_opinions, moment
from bihuan.people.demo import build_people


@pytest.mark.django_db
@pytest.mark.parametrize("today", [date(2026, 9, 1), date(2026, 2, 16), date(2028, 2, 29)], ids=str)
def test_the_demo_can_be_built_on_any_day(today: date) -> None:
    cast = build_people(at=moment(today - timedelta(days=210)))
    matters = build_opinions(cast, today=today)
    assert sorted(matter.procedure_code for matter in matters) == ["opinion"] * 6 + ["resolution"]
    lights = {light_of(term, on=today) for term in Term.objects.filter(dropped=False)}
    assert lights >= {Light.LATE, Light.NORMAL, Light.WAITING, Light.DONE}
    assert sorted(Matter.objects.values_list("round", flat=True)) == [1, 1, 1, 1, 1, 1, 2]
    check_record()
    working = national_calendar()
    acted = Deed.objects.values_list("on", flat=True)
    assert {day for day in acted if not working.is_working(day)} == set()


def check_record() -> None:
    """The ledger verifies from its first entry to its last."""
    check = begin()
    while not check.finished:
        check = step(check)
    assert check.faults == ()
    assert Entry.objects.count() > 100
