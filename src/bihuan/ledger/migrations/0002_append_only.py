"""The database itself refuses to change, delete or misplace an entry, whoever asks through SQL."""

from __future__ import annotations

from typing import Any

from django.db import migrations

SEALED = "台账只能续写，不能修改或删除。"
MISPLACED = "台账条目必须紧接上一条：序号、上一条摘要或摘要不对，未写入。"

# INSERT OR REPLACE removes the row in its way without firing DELETE triggers (unless recursive_triggers is
# on), so the INSERT guard refuses every row that would find one there: by its seq or by its digest.
SQLITE = [
    f"CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry "
    f"BEGIN SELECT RAISE(ABORT, '{SEALED}'); END",
    f"CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry "
    f"BEGIN SELECT RAISE(ABORT, '{SEALED}'); END",
    f"""CREATE TRIGGER ledger_entry_in_order BEFORE INSERT ON ledger_entry
        WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM ledger_entry)
          OR NEW.previous IS NOT coalesce(
                 (SELECT digest FROM ledger_entry ORDER BY seq DESC LIMIT 1), '{"0" * 64}')
          OR EXISTS (SELECT 1 FROM ledger_entry WHERE digest = NEW.digest)
        BEGIN SELECT RAISE(ABORT, '{MISPLACED}'); END""",  # noqa: S608 - constants of this file
]
SQLITE_BACK = [f"DROP TRIGGER ledger_entry_{name}" for name in ("no_update", "no_delete", "in_order")]

# ENABLE ALWAYS: not even a session that plays a replica (session_replication_role) slips past. The search path
# is fixed so that nobody's temporary table called ledger_entry is asked for the newest entry instead.
POSTGRESQL = [
    f"""CREATE FUNCTION ledger_entry_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{SEALED}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""CREATE FUNCTION ledger_entry_in_order() RETURNS trigger LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
        DECLARE last record;
        BEGIN
            SELECT seq, digest INTO last FROM ledger_entry ORDER BY seq DESC LIMIT 1;
            IF NEW.seq IS DISTINCT FROM coalesce(last.seq, 0) + 1
               OR NEW.previous IS DISTINCT FROM coalesce(last.digest, '{"0" * 64}') THEN
                RAISE EXCEPTION '{MISPLACED}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$""",  # noqa: S608 - constants of this file
    "CREATE TRIGGER ledger_entry_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry "
    "FOR EACH STATEMENT EXECUTE FUNCTION ledger_entry_sealed()",
    "CREATE TRIGGER ledger_entry_in_order BEFORE INSERT ON ledger_entry "
    "FOR EACH ROW EXECUTE FUNCTION ledger_entry_in_order()",
    "ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_no_change",
    "ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_in_order",
]
POSTGRESQL_BACK = [
    "DROP TRIGGER ledger_entry_no_change ON ledger_entry",
    "DROP TRIGGER ledger_entry_in_order ON ledger_entry",
    "DROP FUNCTION ledger_entry_sealed()",
    "DROP FUNCTION ledger_entry_in_order()",
]


def set_guards(apps: Any, editor: Any) -> None:
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[editor.connection.vendor]:
        editor.execute(statement)


def lift_guards(apps: Any, editor: Any) -> None:
    for statement in {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(set_guards, lift_guards, elidable=False)]
