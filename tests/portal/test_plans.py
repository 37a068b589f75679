"""How SQLite goes about the desk's queries: by indexes, whatever the size. Without statistics (we keep none)
its plan does not depend on how many rows there are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from bihuan.people.actors import Actor
from bihuan.people.models import Account
from bihuan.portal import desk
from bihuan.ui.paging import page
from tests.portal.conftest import TODAY, Enter, Walk

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="plans of SQLite")

# A step that reads a whole table of matters, or sorts all that was found (counting stops at a thousand).
_SCAN = re.compile(r"^SCAN (?:matters_\w+|[UV]\d)(?! USING)|USE TEMP B-TREE (?!FOR count)")


def steps(ask: object) -> list[str]:
    """The steps of the plan of every query that `ask` runs."""
    assert callable(ask)
    with CaptureQueriesContext(connection) as queries:
        ask()
    found = []
    with connection.cursor() as cursor:
        for query in queries.captured_queries:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            found += [row[3] for row in cursor.fetchall()]
    return found


@pytest.fixture
def staff(walk: Walk) -> Actor:
    walk.after("hand_over")
    return Actor.of(Account.objects.get(username="staff"), on=TODAY)


def shown(ranges: Sequence[QuerySet[Any]], *keys: str, **how: Any) -> list[str]:
    """The plan of a page, the things shown left aside."""
    ranges = [each.prefetch_related(None) for each in ranges]
    return steps(lambda: page(ranges, keys=keys, query=QueryDict(), **how))


def test_a_desk_is_read_in_its_order(staff: Actor) -> None:
    plan = shown(desk.my_todos(staff), "due_on", "id", count=True)
    assert [step for step in plan if _SCAN.search(step)] == []
    assert plan[0] == "SEARCH matters_todo USING INDEX todo_by_desk (organ_id=? AND role=?)"


def test_waiting_walks_matters_by_date_and_looks_up_the_rows_of_each(staff: Actor) -> None:
    plan = shown(desk.matters_waiting(staff), "due_on", "matter_id")
    assert [step for step in plan if _SCAN.search(step) or "todo_by_desk" in step] == []
    by_date = "SEARCH matters_seenmatter USING INDEX seen_matter_by_due (seer=? AND ended=?)"
    assert {step for step in plan if "matters_seenmatter" in step} == {by_date}


def test_since_yesterday_begins_in_the_index_of_times(staff: Actor) -> None:
    plan = steps(lambda: desk.deeds_since_yesterday(staff, today=TODAY))
    assert [step for step in plan if _SCAN.search(step)] == []
    assert plan[0] == "SEARCH matters_deed USING INDEX deed_by_time (at>?)"


def test_lights_are_found_by_the_days_terms_fall_due(staff: Actor) -> None:
    plan = steps(lambda: desk.lights_since_yesterday(staff, today=TODAY))
    assert [step for step in plan if _SCAN.search(step)] == []
    by_day = "SEARCH matters_seenterm USING COVERING INDEX seen_term_by_due (seer=? AND light=? AND due_on>?"
    seen = [step for step in plan if "matters_seenterm" in step]
    assert [step for step in seen if not step.startswith(by_day)] == []


QUERIES = (
    "/matters/?", "/matters/?light=late", "/matters/?light=warn", "/matters/?light=normal", "/matters/?ended=no",
    "/matters/?ended=yes", "/matters/?kind=opinion", "/matters/?stage=handling", "/matters/?sort=-opened_on",
    "/matters/?kind=opinion&stage=handling&ended=no&light=late", "/matters/?sort=opened_on&stage=handling",
    "/matters/terms/?", "/matters/terms/?light=late", "/matters/terms/?light=paused", "/matters/terms/?light=done_late",
    "/matters/promises/?", "/matters/promises/?overdue=on",
)  # fmt: skip


@pytest.mark.parametrize("address", QUERIES)
@pytest.mark.parametrize("username", ["staff", "clerk"])
def test_every_list_is_a_merge_of_index_ranges(walk: Walk, enter: Enter, username: str, address: str) -> None:
    """For those who run the house and for those who do not, whatever is filtered: nothing is sorted."""
    walk.after("plan")
    client = enter(username)
    client.get(address)
    plan = steps(lambda: client.get(address))
    assert [step for step in plan if _SCAN.search(step)] == []
    seen = [step for step in plan if "matters_seen" in step]
    assert seen != []
    assert [step for step in seen if "(seer=? AND " not in step] == []
