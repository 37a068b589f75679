"""Lists: the light of a row, of a filter and of the database are one; nobody lists what nobody may see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations_with_replacement

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bihuan.kernel.lights import Light, light_of
from bihuan.matters.access import runs_the_house, visible_matters
from bihuan.matters.clock import longest_warning
from bihuan.matters.lateness import late_terms, light_case
from bihuan.matters.lists import _by_light, dates_light, lasting
from bihuan.matters.models import NEVER, Matter, SeenTerm, Term
from bihuan.matters.sight import refresh_sight
from bihuan.people.demo import Cast
from bihuan.people.models import ADMINISTRATOR_ROLES, Place
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
        refresh_sight(term.matter)
        for each in Light:  # a list of one light shows the terms that have it
            rows = SeenTerm.objects.filter(term=term, light=lasting(each.value))
            assert _by_light(rows, each.value, on=on).exists() == (each is light)
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


def test_what_is_seen_from_the_rows_of_sight_is_what_the_parties_give(cast: Cast) -> None:
    Loop(cast, agencies=(("forestry", "lead"), ("water", "co"))).act("hand_over")
    Loop(cast).to("publishing")
    for username in cast.accounts:
        actor = cast.actor(username, on=DAY)
        spoken_for = {organ for post in actor.posts for organ in post.speaks_for}
        places = {post.place for post in actor.posts if runs_the_house(post)}
        given = {
            matter.number
            for matter in Matter.objects.prefetch_related("parties")
            if matter.place_id in places
            or any(p.organ_id in spoken_for for p in matter.parties.all() if p.until is None)
        }
        if {post.role for post in actor.posts} & set(ADMINISTRATOR_ROLES):
            assert not visible_matters(actor).exists()
            continue
        assert set(visible_matters(actor).values_list("number", flat=True)) == given
        assert listed(client_of(cast, username), "/matters/") == (sorted(given), len(given))


def listed(client: Client, address: str) -> tuple[list[str], int | None]:
    """The numbers a list shows over all its pages, and the total it says."""
    numbers, url, total = [], address, None
    while url:
        shown = client.get(url).context["page"]
        total = shown.total if total is None else total
        numbers += [getattr(row, "number", None) or row.matter.number for row in shown.rows]
        path, _, _ = address.partition("?")
        url = f"{path}{shown.next_url}" if shown.next_url else ""
    return sorted(numbers), total


@pytest.mark.parametrize("username", ["luojing", "xiaofei", "shenjianguo", "caoyong"])
def test_every_filter_keeps_what_it_says(cast: Cast, username: str) -> None:
    """Over matters at several stages: each filter and each two of them, against the rows themselves."""
    Loop(cast).act("hand_over")
    Loop(cast, agencies=(("forestry", "lead"),)).lane_to("carrying", "forestry")
    for stage in ("publishing", "closed"):
        Loop(cast).to(stage)
    client, on = client_of(cast, username), timezone.localdate()
    rows = list(visible_matters(cast.actor(username, on=on)))
    filters: dict[str, Callable[[Matter], bool]] = {
        "kind=opinion": lambda m: m.procedure_code == "opinion",
        "kind=resolution": lambda m: m.procedure_code == "resolution",
        "stage=opinion.handling": lambda m: m.stage == "handling",
        "stage=opinion.closed": lambda m: m.stage == "closed",
        "stage=resolution.closed": lambda m: False,
        "light=waiting": lambda m: m.ended_on is None and m.due_on == NEVER,
        "ended=no": lambda m: m.ended_on is None,
        "ended=yes": lambda m: m.ended_on is not None,
        **{
            f"light={light.value}": lambda m, light=light: dates_light(m.due_on, m.warn_on, on=on) is light
            for light in (Light.LATE, Light.WARN, Light.NORMAL)
        },
        "words=河": lambda m: "河" in m.title,
        "sort=-opened_on": lambda m: True,
    }
    for one, other in combinations_with_replacement(filters, 2):
        if one.partition("=")[0] == other.partition("=")[0] and one != other:
            continue
        kept = sorted(m.number for m in rows if filters[one](m) and filters[other](m))
        assert listed(client, f"/matters/?{one}&{other}") == (kept, len(kept)), (one, other)


@pytest.mark.parametrize("light", [*Light, "every", None])
def test_the_terms_of_a_light_are_listed_in_their_order_and_by_default_what_is_not_done(
    cast: Cast, light: Light | str | None
) -> None:
    Loop(cast).lane_to("carrying")
    loop = Loop(cast).lane_to("carrying")
    loop.act("pause_term", term=loop.term("consult", "government").pk, reason="等待检测结果")
    Loop(cast).to("closed")
    query = f"?light={light.value if isinstance(light, Light) else light}" if light else ""
    wanted = {None: set(Light) - {Light.DONE, Light.DONE_LATE}, "every": set(Light)}.get(light, {light})
    shown = client_of(cast, "xiaofei").get(f"/matters/terms/{query}").context["page"]
    bound = Q(lapsed_on__isnull=False) if light is Light.LAPSED else Q(dropped=False)
    on = timezone.localdate()
    asked = [
        term
        for term in Term.objects.filter(bound).order_by("due_on", "id")
        if light_of(term, on=on) in wanted
    ]
    asked.sort(key=lambda term: term.due_on is None)
    assert [term.pk for term in shown.rows] == [term.pk for term in asked]


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
