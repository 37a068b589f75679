"""What keeps the table append-only, seen from outside: are the triggers there, and who may take them away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.db import connection

_TRIGGERS = {
    "sqlite": {"ledger_entry_no_update", "ledger_entry_no_delete", "ledger_entry_in_order"},
    "postgresql": {"ledger_entry_no_change", "ledger_entry_in_order"},
}
_PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entry'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = 'ledger_entry'::regclass AND tgenabled = 'A'",
}


def missing_guards() -> list[str]:
    """The triggers that should protect the ledger and do not: gone, or (PostgreSQL) switched off."""
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT[connection.vendor])
        return sorted(_TRIGGERS[connection.vendor] - {name for (name,) in cursor.fetchall()})


def role_statements(*, owner: str, program: str) -> Iterator[str]:
    """SQL that gives PostgreSQL's tables to one role and their daily use to another, which cannot lift the
    triggers. Idempotent: to be run by the database's administrator after every `bihuan migrate`.

    ValueError for a name that is not a plain identifier.
    """
    for name in (owner, program):
        if not re.fullmatch("[a-z_][a-z0-9_]{0,62}", name):
            raise ValueError(f"角色名“{name}”只能用小写字母、数字和下划线，并且不能以数字开头。")
    for name in (owner, program):
        yield (
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{name}') "
            f"THEN CREATE ROLE {name} LOGIN; END IF; END $$"
        )
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    yield f"GRANT USAGE, CREATE ON SCHEMA public TO {owner}"
    yield f"GRANT USAGE ON SCHEMA public TO {program}"
    # Whatever the program made in earlier days goes to the owner; objects' owners may lift triggers.
    yield f"REASSIGN OWNED BY {program} TO {owner}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {program}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {program}"
    for kept in ("ledger_entry", "django_migrations"):
        yield f"REVOKE ALL ON {kept} FROM {program}, PUBLIC"
    yield f"GRANT SELECT, INSERT ON ledger_entry TO {program}"
    yield f"GRANT SELECT ON django_migrations TO {program}"
