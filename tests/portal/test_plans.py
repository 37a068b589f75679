"""How SQLite goes about the desk's queries: by indexes, whatever the size. Without statistics (we keep none)
its plan does not depend on how many rows there are."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.people.actors import Actor
from bihuan.people.models import Account
from bihuan.portal import desk
from tests.portal.conftest import TODAY, Walk

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="plans of SQLite")

# A step that reads a whole table of matters, or sorts all that was found.
_SCAN = re.compile(r"^SCAN (?:matters_\w+|[UV]\d)(?! USING)|USE TEMP B-TREE")


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


def test_a_desk_is_read_in_its_order(staff: Actor) -> None:
    plan = steps(lambda: list(desk.my_todos(staff).order_by("due_on", "id")[:20]))
    assert [step for step in plan if _SCAN.search(step)] == []
    assert plan[0] == "SEARCH matters_todo USING INDEX todo_by_desk (organ_id=? AND role=?)"


def test_waiting_walks_matters_by_date_and_looks_up_the_rows_of_each(staff: Actor) -> None:
    plan = steps(lambda: list(desk.matters_waiting(staff).order_by("due_on", "id")[:7]))
    assert [step for step in plan if _SCAN.search(step) or "todo_by_desk" in step] == []
    assert plan[0] == "SEARCH matters_matter USING INDEX matter_by_due (place_id=?)"


def test_since_yesterday_begins_in_the_index_of_times(staff: Actor) -> None:
    plan = steps(lambda: desk.deeds_since_yesterday(staff, today=TODAY))
    assert [step for step in plan if _SCAN.search(step)] == []
    assert plan[0] == "SEARCH matters_deed USING INDEX deed_by_time (at>?)"


def test_lights_are_found_by_the_days_terms_fall_due(staff: Actor) -> None:
    plan = steps(lambda: desk.lights_since_yesterday(staff, today=TODAY))
    assert [step for step in plan if step.startswith("SCAN")] == []
    assert [step for step in plan if "SEARCH matters_term" in step and "due_on>" not in step] == []
