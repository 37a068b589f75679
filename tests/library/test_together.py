"""Two people at the same moment, each with a connection of their own: one is first, the other is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from bihuan.library.acceptance import accept_reading, preview
from bihuan.library.documents import keep_document
from bihuan.library.models import Acceptance, Document, Reading
from bihuan.library.readings import accept_all_certain, decide_proposal
from bihuan.library.refusals import AlreadyAccepted, DecidedMeanwhile
from bihuan.people.actors import Actor
from bihuan.people.models import Place

from .conftest import AT, OPINION, RiverIntake, connected

Settings = dict[str, Any]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(
    request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[Settings]:
    """A database of the test's own, in which what is done is committed."""
    with django_db_blocker.unblock():
        if request.param == "sqlite":
            options = {"transaction_mode": "IMMEDIATE", "timeout": 20}
            settings: Settings = {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": tmp_path / "together.sqlite3",
                "OPTIONS": options,
            }
            with connected(settings):
                call_command("migrate", verbosity=0)
        else:
            settings = request.getfixturevalue("postgres_library")
            name = f"together_{abs(hash(request.node.name))}"
            with psycopg.connect(
                host=settings["HOST"], user="postgres", dbname="postgres", autocommit=True
            ) as server:
                server.execute(f"CREATE DATABASE {name} TEMPLATE library")
            settings = settings | {"NAME": name}
        with connected(settings):
            yield settings


def both(settings: Settings, *acts: Callable[[], object]) -> list[object]:
    """What the acts gave (or raised), each in its own thread and connection, begun together."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        with connected(settings):
            connection.ensure_connection()
            barrier.wait()
            try:
                return act()
            except Exception as raised:
                return type(raised)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_a_reading_accepted_by_two_is_accepted_once(
    database: Settings, reading: Reading, staff: Actor, colleague: Actor, intake: RiverIntake
) -> None:
    accept_all_certain(reading_id=reading.pk, actor=staff, at=AT)
    reading.proposals.filter(decision="pending").update(decision="rejected", decided_at=AT)
    answers = {"q0-organ": "2"}
    seen = preview(reading, place=reading.document.place, answers=answers, at=AT).digest

    def accept(actor: Actor) -> Callable[[], object]:
        return lambda: accept_reading(reading_id=reading.pk, answers=answers, actor=actor, at=AT, seen=seen)

    outcome = both(database, accept(staff), accept(colleague))
    assert outcome.count(AlreadyAccepted) == 1
    assert Acceptance.objects.count() == 1
    assert intake.created == [OPINION]


def test_a_proposal_decided_by_two_is_decided_once(
    database: Settings, reading: Reading, staff: Actor, colleague: Actor
) -> None:
    proposal = reading.proposals.get(position=2)

    def decide(actor: Actor, decision: str) -> Callable[[], object]:
        return lambda: decide_proposal(
            proposal_id=proposal.pk, decision=decision, actor=actor, at=AT, seen_version=0
        )

    outcome = both(database, decide(staff, "accepted"), decide(colleague, "rejected"))
    assert outcome.count(DecidedMeanwhile) == 1
    proposal.refresh_from_db()
    assert proposal.version == 1


def test_a_paper_uploaded_by_two_is_one_document(
    database: Settings, place: Place, staff: Actor, colleague: Actor
) -> None:
    def keep(actor: Actor) -> Callable[[], object]:
        return lambda: (
            keep_document(
                data="通知".encode(), name="通知.txt", kind=Document.UPLOAD, place=place, actor=actor, at=AT
            ).known
        )

    assert sorted(both(database, keep(staff), keep(colleague)), key=str) == [False, True]
    assert Document.objects.count() == 1
