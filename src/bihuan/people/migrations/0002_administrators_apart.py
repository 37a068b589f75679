"""The database itself keeps an administrator's post apart from any other and identical posts from overlapping.

A unique constraint sees open posts only; these guards compare the days.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

ADMINISTRATORS = "('sysadmin', 'secadmin', 'auditor')"
APART = "管理员岗位不得与其他岗位同时担任。"
TWICE = "同一人在同一时间已任同一岗位。"

OVERLAPS = """other.person_id = NEW.person_id AND other.id <> NEW.id
    AND (NEW.until IS NULL OR other.since <= NEW.until)
    AND (other.until IS NULL OR NEW.since <= other.until)"""
IS_TWICE = "other.organ_id = NEW.organ_id AND other.role = NEW.role AND other.title = NEW.title"
IS_MIXED = f"(NEW.role IN {ADMINISTRATORS} OR other.role IN {ADMINISTRATORS})"

# SQLite: NEW.id is not yet given BEFORE INSERT, so the guards look AFTER; ABORT takes the row back.
SQLITE = [
    f"""CREATE TRIGGER people_post_{name}_{event} AFTER {event} ON people_post
        WHEN EXISTS (SELECT 1 FROM people_post other WHERE {OVERLAPS} AND {condition})
        BEGIN SELECT RAISE(ABORT, '{message}'); END"""  # noqa: S608 - constants of this file
    for event in ("insert", "update")
    for name, condition, message in (("once", IS_TWICE, TWICE), ("apart", IS_MIXED, APART))
]
SQLITE_BACK = [
    f"DROP TRIGGER people_post_{name}_{event}" for event in ("insert", "update") for name in ("once", "apart")
]

# PostgreSQL: locking the person's row makes two grants for one person wait for each other; the query after
# it sees what the first one committed.
POSTGRESQL = [
    f"""CREATE FUNCTION people_post_guard() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM 1 FROM people_person WHERE id = NEW.person_id FOR UPDATE;
            IF EXISTS (SELECT 1 FROM people_post other WHERE {OVERLAPS} AND {IS_TWICE}) THEN
                RAISE EXCEPTION '{TWICE}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF EXISTS (SELECT 1 FROM people_post other WHERE {OVERLAPS} AND {IS_MIXED}) THEN
                RAISE EXCEPTION '{APART}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$""",  # noqa: S608 - constants of this file
    "CREATE TRIGGER people_post_guard BEFORE INSERT OR UPDATE ON people_post "
    "FOR EACH ROW EXECUTE FUNCTION people_post_guard()",
]
POSTGRESQL_BACK = ["DROP TRIGGER people_post_guard ON people_post", "DROP FUNCTION people_post_guard()"]


def set_guards(apps: Any, editor: Any) -> None:
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[editor.connection.vendor]:
        editor.execute(statement)


def drop_guards(apps: Any, editor: Any) -> None:
    for statement in {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(set_guards, drop_guards)]
