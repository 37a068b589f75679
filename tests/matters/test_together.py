"""Two people at the same moment, each with a connection of their own: one is first, the other is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from pathlib import Path
from threading import Barrier
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from bihuan.ledger.models import Entry
from bihuan.matters.doing import Changed
from bihuan.matters.models import Matter
from bihuan.people.demo import Cast, build_people
from tests.conftest_pg import postgres_host  # noqa: F401 - a fixture
from tests.library.conftest import connected, postgres_library  # noqa: F401 - a fixture
from tests.loop import PASSED_ON, Loop, moment

pytestmark = pytest.mark.slow
Settings = dict[str, Any]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(
    request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[Settings]:
    """A database of the test's own, in which what is done is committed."""
    with django_db_blocker.unblock():
        if request.param == "sqlite":
            made: Settings = {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": tmp_path / "together.sqlite3",
                "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
            }
            with connected(made):
                call_command("migrate", verbosity=0)
        else:
            made = request.getfixturevalue("postgres_library")
            name = f"matters_{abs(hash(request.node.name))}"
            with psycopg.connect(
                host=made["HOST"], user="postgres", dbname="postgres", autocommit=True
            ) as server:
                server.execute(f"CREATE DATABASE {name} TEMPLATE library")
            made = made | {"NAME": name}
        with connected(made):
            yield made


@pytest.fixture
def people(database: Settings) -> Cast:
    return build_people(at=moment(PASSED_ON))


def together(database: Settings, *works: Callable[[], Any]) -> list[Any]:
    """What each work gave back or raised; all begin at once, each on a connection of its own."""
    barrier = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        with connected(database):
            connection.ensure_connection()
            barrier.wait()
            try:
                return work()
            except Exception as raised:
                return raised

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_a_number_is_never_given_twice_however_many_are_opened_at_once(
    database: Settings, people: Cast
) -> None:
    given = together(database, *[lambda: Loop(people).matter.number for _ in range(6)])
    assert sorted(given) == [f"SY-2026-{number:04d}" for number in range(1, 7)]


def test_of_two_who_act_at_once_the_second_is_told_what_the_first_did(
    database: Settings, people: Cast
) -> None:
    loop = Loop(people)

    def hand_over(username: str) -> Callable[[], Entry]:
        mine = copy(loop)
        mine.matter = Matter.objects.get(pk=loop.matter.pk)
        return lambda: mine.act("hand_over", by=username, seen_version=1)

    given = together(database, hand_over("huangdeming"), hand_over("luojing"))
    first, second = sorted(given, key=lambda each: isinstance(each, Changed))
    assert isinstance(first, Entry)
    assert isinstance(second, Changed)
    assert [deed.seq for deed in second.since] == [first.seq]
    assert Entry.objects.filter(subject=loop.matter.subject).count() == 2


def test_agencies_side_by_side_do_not_hinder_each_other(database: Settings, people: Cast) -> None:
    loop = Loop(people, agencies=(("forestry", "separate"), ("water", "separate")))
    loop.act("hand_over")

    def receive(organ: str, username: str) -> Callable[[], Entry]:
        mine = copy(loop)
        mine.matter = Matter.objects.get(pk=loop.matter.pk)
        return lambda: mine.act("receive", organ, by=username)

    given = together(database, receive("forestry", "mozhongping"), receive("water", "tianye"))
    assert [type(each) for each in given] == [Entry, Entry]
    loop.matter.refresh_from_db()
    assert loop.matter.version == 4
    assert {party.stage for party in loop.matter.parties.exclude(stage="")} == {"planning"}
