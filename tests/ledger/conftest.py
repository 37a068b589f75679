"""The same rules on both databases: a fresh ledger on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from django.db.utils import ConnectionHandler
from pytest_django.plugin import DjangoDbBlocker

from tests.conftest_pg import database_settings, postgres_host  # noqa: F401 - fixtures

SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
}


@contextmanager
def connected(settings: dict[str, Any]) -> Iterator[Any]:
    """Within, the program's default connection is one to this database."""
    before = connections["default"]
    connections["default"] = mine = ConnectionHandler({"default": settings})["default"]
    try:
        yield mine
    finally:
        mine.close()
        connections["default"] = before


def _migrated(settings: dict[str, Any]) -> None:
    with connected(settings):
        call_command("migrate", "ledger", verbosity=0)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    """An empty ledger, to be copied for each test."""
    path = tmp_path_factory.mktemp("ledger") / "template.sqlite3"
    with django_db_blocker.unblock():
        _migrated(SQLITE | {"NAME": path})
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_host: str, django_db_blocker: DjangoDbBlocker) -> str:  # noqa: F811
    """The name of an empty ledger's database, to be copied for each test."""
    _administer(postgres_host, "CREATE DATABASE ledger_template")
    with django_db_blocker.unblock():
        _migrated(database_settings(postgres_host, "ledger_template"))
    return "ledger_template"


def _administer(host: str, statement: str) -> None:
    with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture
def sqlite_ledger(sqlite_template: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Any]:
    """The default connection, to a fresh and empty ledger on SQLite."""
    copy = tmp_path / "ledger.sqlite3"
    shutil.copyfile(sqlite_template, copy)
    with django_db_blocker.unblock(), connected(SQLITE | {"NAME": copy}) as connection:
        yield connection


@pytest.fixture
def postgres_ledger(
    postgres_template: str,
    postgres_host: str,  # noqa: F811
    request: pytest.FixtureRequest,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Any]:
    """The same on PostgreSQL."""
    name = f"ledger_{abs(hash(request.node.nodeid)):x}"
    _administer(postgres_host, f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    with django_db_blocker.unblock(), connected(database_settings(postgres_host, name)) as connection:
        yield connection


@pytest.fixture(params=["sqlite_ledger", pytest.param("postgres_ledger", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Any:
    """One after the other, for the rules that hold on both."""
    return request.getfixturevalue(request.param)
