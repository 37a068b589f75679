"""PostgreSQL's two roles: the one the program uses can append, and nothing else that matters here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import errors

from bihuan.ledger.guards import role_statements
from tests.ledger.conftest import connected
from tests.ledger.test_append import write

pytestmark = pytest.mark.postgres


@pytest.fixture
def program(postgres_ledger: Any) -> Iterator[psycopg.Connection[Any]]:
    """A connection under the program's role to a ledger of one entry, whose tables the owner owns."""
    write("一")
    with postgres_ledger.cursor() as cursor:
        for _ in range(2):  # to be run after every upgrade
            for statement in role_statements(owner="county_owner", program="county_program"):
                cursor.execute(statement)
        for table in postgres_ledger.introspection.table_names(cursor):
            cursor.execute(f"ALTER TABLE {table} OWNER TO county_owner")
    settings = postgres_ledger.settings_dict
    with psycopg.connect(
        host=settings["HOST"], dbname=settings["NAME"], user="county_program", autocommit=True
    ) as connection:
        yield connection


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET kind = 'x'",
        "DELETE FROM ledger_entry",
        "TRUNCATE ledger_entry",
        "DROP TABLE ledger_entry",
        "ALTER TABLE ledger_entry DISABLE TRIGGER ALL",
        "ALTER TABLE ledger_entry OWNER TO county_program",
        "DROP TRIGGER ledger_entry_no_change ON ledger_entry",
        "DROP FUNCTION ledger_entry_sealed() CASCADE",
        "CREATE OR REPLACE FUNCTION ledger_entry_sealed() RETURNS trigger LANGUAGE plpgsql"
        " AS 'BEGIN RETURN NEW; END'",
        "CREATE TRIGGER a BEFORE INSERT ON ledger_entry FOR EACH ROW"
        " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "SET session_replication_role = replica",
        "SET ROLE county_owner",
        "DELETE FROM django_migrations",
    ],
)
def test_the_program_cannot_get_round_the_ledger(program: psycopg.Connection[Any], statement: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        program.execute(statement)
    assert program.execute("SELECT count(*) FROM ledger_entry").fetchone() == (1,)


def test_the_program_can_append(program: psycopg.Connection[Any], postgres_ledger: Any) -> None:
    with connected(postgres_ledger.settings_dict | {"USER": "county_program"}):
        assert write("二").seq == 2


@pytest.mark.parametrize("name", ["", "1a", "a-b", 'a"; DROP ROLE x', "A", "a" * 64])
def test_a_role_has_a_plain_name(name: str) -> None:
    with pytest.raises(ValueError, match="只能用小写字母"):
        list(role_statements(owner="county_owner", program=name))
