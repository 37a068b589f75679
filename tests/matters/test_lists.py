"""Lists: the light of a row, of a filter and of the database are one; nobody lists what nobody may see."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bihuan.kernel.lights import Light, light_of
from bihuan.matters import access
from bihuan.matters.access import gathered_matters, listed_matters, visible_matters
from bihuan.matters.clock import longest_warning
from bihuan.matters.lateness import late_terms, light_case
from bihuan.matters.lists import _by_light, _implied, dates_light
from bihuan.matters.models import NEVER, Matter, Term
from bihuan.people.demo import Cast
from bihuan.people.models import Place
from tests.loop import Loop
from tests.matters.test_views import client_of

DAY = date(2026, 6, 15)
days = st.integers(-12, 12).map(lambda offset: DAY + timedelta(days=offset))
leads = st.integers(0, longest_warning())


class Lights(TestCase):
    """Over random rows; each example is rolled back."""

    @settings(derandomize=True, max_examples=80, deadline=None)
    @given(
        due=st.none() | days,
        lead=st.none() | leads,
        met=st.none() | days,
        paused=st.booleans(),
        on=days,
    )
    def test_late_in_python_is_late_in_sql(
        self, due: date | None, lead: int | None, met: date | None, paused: bool, on: date
    ) -> None:
        warn = due - timedelta(days=lead) if due and lead is not None else None
        term = Term.objects.create(
            matter=a_matter(), kind="report", name="书面报告", spec={}, due={}, due_on=due, warn_on=warn,
            met_on=met, paused=paused,
        )  # fmt: skip
        light = light_of(term, on=on)
        shown = Term.objects.annotate(light=light_case(on=on))
        assert shown.get(pk=term.pk).light == light.value
        for each in Light:  # what a light implies leaves out no term that has it
            found = shown.filter(light=each.value, **_implied(each, on=on)).exists()
            assert found == (each is light)
        assert late_terms(on=on).exists() == (light is Light.LATE)

    @settings(derandomize=True, max_examples=80, deadline=None)
    @given(due=st.none() | days, lead=leads, on=days)
    def test_the_ranges_of_a_filter_are_the_lights_of_its_rows(
        self, due: date | None, lead: int, on: date
    ) -> None:
        warn = due - timedelta(days=lead) if due else NEVER
        matter = a_matter(due_on=due or NEVER, warn_on=warn)
        light = dates_light(matter.due_on, matter.warn_on, on=on)
        for each in (Light.LATE, Light.WARN, Light.NORMAL):
            found = _by_light(Matter.objects.all(), each.value, on=on).exists()
            assert found == (each is light)


def a_matter(**fields: date) -> Matter:
    place, _ = Place.objects.get_or_create(code="linxi", defaults={"name": "临溪县"})
    return Matter.objects.create(
        place=place, number=f"SY-{Matter.objects.count()}", procedure_code="opinion", edition="2026",
        title="关于河道的审议意见", stage="handling", opened_on=DAY, **fields,
    )  # fmt: skip


def test_no_place_warns_earlier_than_the_longest_warning() -> None:
    assert longest_warning() >= 7


def test_every_way_of_asking_finds_the_same_matters(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    Loop(cast, agencies=(("forestry", "lead"), ("water", "co"))).act("hand_over")
    Loop(cast).to("publishing")
    for few in (0, 5_000):
        monkeypatch.setattr(access, "FEW", few)
        monkeypatch.setattr(access, "MANY", few)
        for username in cast.accounts:
            actor = cast.actor(username, on=DAY)
            seen = listed_matters(actor)
            ways = (visible_matters(actor), gathered_matters(actor), seen.rows, seen.counted)
            assert len({tuple(sorted(each.values_list("number", flat=True))) for each in ways}) == 1


ADDRESSES = (
    "/matters/", "/matters/?light=late", "/matters/?ended=yes", "/matters/?sort=-opened_on", "/matters/terms/",
    "/matters/terms/?light=paused", "/matters/promises/",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("username", ["luojing", "xiaofei"])
def test_a_list_asks_no_more_for_more_rows(cast: Cast, username: str, address: str) -> None:
    client = client_of(cast, username)
    Loop(cast).lane_to("carrying")
    client.get(address)  # the first request also touches the session
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        asked.append(len(queries))
        Loop(cast).lane_to("carrying")
        Loop(cast).lane_to("carrying")
    assert asked[0] == asked[1]
