"""Desk and lists at 1,000, 100,000 and 1,000,000 matters on SQLite, and acts a second.

    python -m bench.matters            # BIHUAN_BENCH=small leaves the million out, full is the default

Each size has a database of its own in a temporary folder: the demo's organs and people, forty bureaus, and
matters written by bulk SQL in the shape acts would have left them (parties, terms, work list, deeds), three
in ten of them running. Pages are asked for through Django's test client, signed in, as

- staff of an office of the standing committee and a chairperson, who see every matter of their place,
- a clerk of the government's office, who sees every matter by the government's part in it,
- a clerk of one bureau of the forty, who sees one matter in forty,
- a deputy, who sees the six in ten of which the deputies were told, one in twenty of those running.

Page 1,000 is reached by its position, as its address has it. Times are of the whole answer, in milliseconds.
"""

from __future__ import annotations

import base64
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).parent.parent
SIZES = {"small": (1_000, 100_000), "full": (1_000, 100_000, 1_000_000)}
REPEATS = 20
BUREAUS = 40
GOAL = 50.0  # ms: the 95th percentile of a list's page at a million matters
TODAY = date.today()
SUBJECTS = ("农村供水", "校园餐管理", "森林防火", "公路管护", "养老服务", "河道整治", "预算执行", "职业教育")


def run() -> list[str]:
    """The printable rows, one a line."""
    rows = []
    for size in SIZES[os.environ.get("BIHUAN_BENCH", "full")]:
        with tempfile.TemporaryDirectory(prefix="bihuan-bench-") as folder:
            environment = os.environ | {"BIHUAN_DATA": folder, "BIHUAN_DATABASE": ""}
            environment |= {"DJANGO_SETTINGS_MODULE": "bihuan.config.settings"}
            words = [sys.executable, "-m", "bench.matters", str(size)]
            done = subprocess.run(
                words, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
            )
            rows += done.stdout.splitlines() if done.returncode == 0 else [done.stderr]
    return rows


# --- filling


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """Ids the bulk rows point to."""

    place: int
    offices: tuple[int, ...]
    council: int
    committee: int
    congress: int
    government: int
    bureaus: tuple[int, ...]


def _pick(ids: tuple[int, ...], by: str) -> str:
    """An SQL expression that picks one of the ids by a number."""
    cases = " ".join(f"WHEN {number} THEN {key}" for number, key in enumerate(ids))
    return f"CASE ({by}) % {len(ids)} {cases} END"


def _insert(model: Any, *, rows: str, **columns: str) -> str:
    """INSERT ... SELECT for a model: named columns by expression, all others by their field's default."""
    values: dict[str, str] = {}
    for field in model._meta.concrete_fields:
        default = field.get_default()
        if field.column in columns:
            values[field.column] = columns.pop(field.column)
        elif default is None:
            values[field.column] = "NULL"
        elif isinstance(default, list | dict):
            values[field.column] = f"'{json.dumps(default)}'"
        else:
            values[field.column] = f"'{default}'" if isinstance(default, str | date) else str(int(default))
    assert not columns, columns
    names = ", ".join(f'"{name}"' for name in values)
    return f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {", ".join(values.values())} FROM {rows}'


def _fill(database: Path, filled: Filled, size: int) -> None:
    """Matters 1 to `size` with all that belongs to them; indexes are made anew afterwards."""
    from bihuan.kernel.terms import FixedDate, Happenings, TermSpec, reckon
    from bihuan.matters.clock import current_calendar
    from bihuan.matters.models import (
        NEVER,
        Deed,
        Matter,
        Party,
        Promise,
        SeenMatter,
        SeenPromise,
        SeenTerm,
        Term,
        Todo,
    )

    models = (Matter, Party, Term, Todo, Deed, Promise, SeenMatter, SeenTerm, SeenPromise)
    sight = import_module("bihuan.matters.migrations.0006_fill_sight")
    calendar = current_calendar()
    spec = TermSpec(
        code="consult.0.1", name="送征求意见", anchor=FixedDate(on=TODAY), citation="《关于农村供水的审议意见》",
        wording="会后两个月内将处理情况送委员会征求意见",
    )  # fmt: skip
    stored_spec = json.dumps(spec.as_json()).replace("'", "''")
    stored_due = json.dumps(reckon([spec], Happenings(), calendar=calendar)[spec.code].as_json())
    stored_due = stored_due.replace("'", "''")
    running = "i % 10 < 3"
    waiting = "i % 10 = 2"  # not handed over yet
    due = f"date('{TODAY}', (i * 7919 % 400 - 60) || ' days')"
    opened = f"date('{TODAY}', '-' || (60 + ({size} - i) * 7300 / {size}) || ' days')"
    office, bureau = _pick(filled.offices, "i"), _pick(filled.bureaus, "i / 10")
    subject = "CASE i % 8 " + " ".join(f"WHEN {n} THEN '{s}'" for n, s in enumerate(SUBJECTS)) + " END"

    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(
            "PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; PRAGMA temp_store=MEMORY;"
        )
        tables = ",".join(f"'{model._meta.db_table}'" for model in models)
        indexes = connection.execute(
            f"SELECT name, sql FROM sqlite_master WHERE type='index' AND sql NOT NULL AND tbl_name IN ({tables})"
        ).fetchall()
        for name, _ in indexes:
            connection.execute(f'DROP INDEX "{name}"')
        connection.execute("CREATE TEMP TABLE n (i INTEGER PRIMARY KEY)")
        connection.execute(
            f"INSERT INTO n WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < {size})"
            " SELECT i FROM c"
        )
        connection.execute(_insert(
            Matter, rows="n", id="i", place_id=str(filled.place), number="printf('SY-%04d-%07d', 2006 + i % 20, i)",
            procedure_code="'opinion'", edition="'2026'",
            title=f"'临溪县人民代表大会常务委员会关于' || {subject} || '情况报告的审议意见'",
            stage=f"CASE WHEN {waiting} THEN 'registered' WHEN {running} THEN 'handling' ELSE 'closed' END",
            version="3", opened_on=opened, ended_on=f"CASE WHEN {running} THEN NULL ELSE {opened} END",
            due_on=f"CASE WHEN {running} THEN {due} ELSE '{NEVER}' END",
            warn_on=f"CASE WHEN {running} THEN date({due}, '-7 days') ELSE '{NEVER}' END",
        ))  # fmt: skip
        lane = f"CASE WHEN {waiting} THEN 'waiting' WHEN {running} THEN 'planning' ELSE 'reported' END"
        for number, (organ, part, stage, where) in enumerate((
            (office, "office", "''", "1"),
            (str(filled.council), "council", "''", "1"),
            (str(filled.committee), "informed", "''", "1"),
            (bureau, "lead", lane, "1"),
            (str(filled.congress), "informed", "''", "i % 10 > 3 OR i % 20 = 1"),
            (str(filled.government), "overseer", "''", "1"),
        )):  # fmt: skip
            connection.execute(_insert(
                Party, rows=f"n WHERE {where}", id=f"i * 6 + {number}", matter_id="i", organ_id=organ,
                part=f"'{part}'", stage=stage, since=opened,
            ))  # fmt: skip
        for number, (kind, name, met) in enumerate((
            ("hand_over", "交办", f"CASE WHEN {waiting} THEN NULL ELSE {opened} END"),
            ("consult", "送征求意见", f"CASE WHEN {running} THEN NULL ELSE {opened} END"),
            ("report", "书面报告", f"CASE WHEN {running} THEN NULL ELSE {opened} END"),
        )):  # fmt: skip
            connection.execute(_insert(
                Term, rows="n", id=f"i * 3 + {number}", matter_id="i",
                party_id="NULL" if number == 0 else "i * 6 + 3", kind=f"'{kind}'", name=f"'{name}'",
                spec=f"'{stored_spec}'", due=f"'{stored_due}'", met_on=met,
                due_on=f"date({due}, '+{number * 30} days')", warn_on=f"date({due}, '+{number * 30 - 7} days')",
            ))  # fmt: skip
        desks = [(office, role, "hand_over", waiting) for role in ("staff", "director")]
        desks += [
            (bureau, role, "plan", f"{running} AND NOT {waiting}")
            for role in ("clerk", "section", "leader", "chief")
        ]
        desks += [
            (str(filled.government), role, "plan", f"{running} AND i % 100 = 1")
            for role in ("clerk", "section", "leader", "chief")
        ]
        for number, (organ, role, act, where) in enumerate(desks):
            connection.execute(_insert(
                Todo, rows=f"n WHERE {where}", id=f"i * 10 + {number}", matter_id="i", act=f"'{act}'",
                party_id="NULL" if act == "hand_over" else "i * 6 + 3", organ_id=organ, role=f"'{role}'",
                due_on=due, warn_on=f"date({due}, '-7 days')", since=opened,
            ))  # fmt: skip
        for number, (act, name) in enumerate((("opened", "登记"), ("hand_over", "交办"))):
            connection.execute(_insert(
                Deed, rows="n", id=f"i * 2 + {number}", matter_id="i", act=f"'{act}'", name=f"'{name}'",
                round="1", on=opened, at=f"{opened} || ' 02:00:00'", seq=f"-i * 2 - {number}",
                actor="'黄德明（农业农村工委主任）'", lines="'[]'",
            ))  # fmt: skip
        connection.execute(_insert(
            Promise, rows="n", id="i", matter_id="i", party_id="i * 6 + 3", round="1", person="'莫中平'",
            text=f"'补齐' || {subject} || '的台账，按月公布进展，群众反映的问题逐件答复'",
            state="CASE WHEN i % 3 = 0 THEN 'open' WHEN i % 3 = 1 THEN 'staged' ELSE 'kept' END",
            due_on=f"CASE WHEN i % 9 = 0 THEN NULL ELSE {due} END",
        ))  # fmt: skip
        for sql in (sight.MATTERS, sight.TERMS, sight.PROMISES):
            connection.execute(sql)
        for _, sql in indexes:
            connection.execute(sql)
        connection.commit()


# --- measuring


def _measure(size: int) -> Iterator[str]:
    """In a process of its own, whose settings point to the folder."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    call_command("migrate", verbosity=0)
    from bihuan.people.demo import build_people
    from bihuan.people.models import Organ

    cast = build_people(at=_moment(TODAY - timedelta(days=400)))
    organs = {code: organ.pk for code, organ in cast.organs.items()}
    made = [
        Organ.objects.create(
            place=cast.place, name=f"临溪县第{n}局", kind="bureau", since=date(2004, 1, 1)
        ).pk
        for n in range(BUREAUS - 1)
    ]
    filled = Filled(
        place=cast.place.pk,
        offices=tuple(organs[code] for code in ("rural", "finance", "social", "justice", "deputies")),
        council=organs["council"],
        committee=organs["standing_committee"],
        congress=organs["congress"],
        government=organs["government"],
        bureaus=(organs["forestry"], *made),
    )
    start = perf_counter()
    _fill(Path(settings.DATABASES["default"]["NAME"]), filled, size)
    yield f"matters, {size:,} (filled in {perf_counter() - start:.0f} s)"
    yield f"  {'page':44} {'p50 ms':>8} {'p95 ms':>8} {'queries':>8}"
    for who, username in USERS:
        yield from _pages(cast, who, username)
    yield f"  {'perform()':44} {_acts_a_second(cast):8.0f} acts/s"


USERS = (
    ("staff", "luojing"), ("chairperson", "shenjianguo"), ("government", "xiaofei"), ("clerk 1/40", "mozhongping"),
    ("deputy", "caoyong"),
)  # fmt: skip
LISTS = (
    ("list", "matters:list", ""),
    ("list, late", "matters:list", "light=late"),
    ("list, soon due", "matters:list", "light=warn"),
    ("list, not yet due", "matters:list", "light=normal"),
    ("list, running", "matters:list", "ended=no"),
    ("list, closed", "matters:list", "ended=yes"),
    ("list, one kind", "matters:list", "kind=opinion"),
    ("list, one stage", "matters:list", "kind=opinion&stage=registered"),
    ("list, stage of any kind", "matters:list", "stage=handling"),
    ("list, running, late, one stage", "matters:list", "ended=no&light=late&kind=opinion&stage=handling"),
    ("list, newest first", "matters:list", "sort=-opened_on"),
    ("list, running, oldest first", "matters:list", "sort=opened_on&ended=no"),
    ("list, one stage, newest first", "matters:list", "sort=-opened_on&kind=opinion&stage=handling"),
    ("list, late, newest first", "matters:list", "sort=-opened_on&light=late"),
    ("list, by number", "matters:list", "words=SY-2020-0000014"),
    ("list, by words", "matters:list", "words=河道整治"),
    ("terms", "matters:terms", ""),
    ("terms, late", "matters:terms", "light=late"),
    ("terms, soon due", "matters:terms", "light=warn"),
    ("terms, not yet due", "matters:terms", "light=normal"),
    ("terms, paused", "matters:terms", "light=paused"),
    ("terms, met", "matters:terms", "light=done"),
    ("terms, met late", "matters:terms", "light=done_late"),
    ("terms, of one day", "matters:terms", f"since={TODAY}&until={TODAY}"),
    ("promises", "matters:promises", ""),
    ("promises, overdue", "matters:promises", "overdue=on"),
    ("promises, kept", "matters:promises", "state=kept"),
)


def _pages(cast: Any, who: str, username: str) -> Iterator[str]:
    from django.test import Client
    from django.urls import reverse

    client = Client()
    client.force_login(cast.accounts[username], backend="bihuan.people.login.Backend")
    addresses = {"desk": reverse("portal:desk"), "waiting for others": reverse("portal:waiting")}
    for name, route, query in LISTS:
        addresses[name] = f"{reverse(route)}?{query}"
    for page in (1_000,):
        for name, position in _positions(cast, username, row=page * 50):
            address = addresses[name]
            addresses[f"{name}, page {page:,}"] = f"{address}{'' if address.endswith('?') else '&'}{position}"
    for name, address in addresses.items():
        yield f"  {f'{who}: {name}':44} " + _timed(client, address)


def _positions(cast: Any, username: str, *, row: int) -> Iterator[tuple[str, str]]:
    """The address of the page that begins after that row, for the plain lists that are so long."""
    from bihuan.matters.access import seers
    from bihuan.matters.models import SeenMatter, SeenTerm

    mine = seers(cast.actor(username, on=TODAY))
    for name, model, key in (("list", SeenMatter, "matter_id"), ("terms", SeenTerm, "term_id")):
        rows = model._default_manager.filter(seer__in=mine).order_by("due_on", key)
        for due_on, thing in rows.values_list("due_on", key)[row - 51 : row - 50]:
            token = base64.urlsafe_b64encode(json.dumps([due_on.isoformat(), thing]).encode()).decode()
            yield name, f"after={token.rstrip('=')}"


def _timed(client: Any, address: str) -> str:
    from django.db import connection

    count = 0

    def counting(execute: Any, sql: str, params: Any, many: bool, context: Mapping[str, Any]) -> Any:
        nonlocal count
        count += 1
        return execute(sql, params, many, context)

    times = []
    for _ in range(REPEATS + 1):
        count = 0
        start = perf_counter()
        with connection.execute_wrapper(counting):
            answer = client.get(address)
        times.append((perf_counter() - start) * 1000)
        assert answer.status_code == 200, (address, answer.status_code)
    times = sorted(times[1:])  # the first fills caches
    return f"{times[len(times) // 2]:8.1f} {times[int(len(times) * 0.95) - 1]:8.1f} {count:8}"


def _acts_a_second(cast: Any) -> float:
    """Real acts, each in its own transaction, on matters opened for them."""
    from bihuan.matters.opening import ItemDraft, open_matter
    from bihuan.matters.perform import perform
    from bihuan.modules.opinions.procedure import OPINION

    staff, clerk = (cast.actor(name, on=TODAY) for name in ("luojing", "mozhongping"))
    parties = [(cast.organs["rural"], "office"), (cast.organs["forestry"], "lead")]
    matters = [
        open_matter(
            procedure=OPINION, place=cast.place, title=f"关于第{n}条河的审议意见", opened_on=TODAY, parties=parties,
            items=[ItemDraft(kind="problem", ordinal=1, text="巡河记录不全")], actor=staff, at=_moment(TODAY),
        )
        for n in range(40)
    ]  # fmt: skip
    start = perf_counter()
    for matter in matters:
        answers = {"parties": [(cast.organs["forestry"], "lead")]}
        perform(matter, "hand_over", actor=staff, answers=answers, at=_moment(TODAY))
        perform(matter, "receive", actor=clerk, answers={}, at=_moment(TODAY))
        item = matter.items.get()
        plan = [{"item": item.pk, "text": "补记。", "person": "莫中平", "due_on": None}]
        perform(matter, "plan", actor=clerk, answers={"measures": plan}, at=_moment(TODAY))
    return 3 * len(matters) / (perf_counter() - start)


def _moment(day: date) -> datetime:
    from django.utils import timezone

    return timezone.make_aware(datetime(day.year, day.month, day.day, 10))


if __name__ == "__main__":
    if len(sys.argv) == 2:
        for row in _measure(int(sys.argv[1])):
            print(row, flush=True)
    else:
        print("\n".join(run()))
