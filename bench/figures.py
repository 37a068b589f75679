"""The yearly report at 100,000 and 1,000,000 suggestions on SQLite.

    python -m bench.figures            # BIHUAN_BENCH=small leaves the million out, full is the default

Each size has a database of its own: the demo's organs and people, and suggestions over twenty years, written by bulk
SQL in the shape acts would have left them (a lead each, a co-handler in two of three, the reply's term, a rating, a
promise in one of four, a publication). Counted is one whole year, for the office that reads all of it and for one of
forty bureaus. Times are of counting everything and laying out the page's figures, in seconds.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.matters import _insert

ROOT = Path(__file__).parent.parent
SIZES = {"small": (100_000,), "full": (100_000, 1_000_000)}
YEARS = 20
BUREAUS = 40
REPEATS = 3
GOAL = 2.0  # seconds: one year's report at a million suggestions
LAST = 2026


def run() -> list[str]:
    """The printable rows, one a line."""
    rows = []
    for size in SIZES[os.environ.get("BIHUAN_BENCH", "full")]:
        with tempfile.TemporaryDirectory(prefix="bihuan-bench-") as folder:
            environment = os.environ | {"BIHUAN_DATA": folder, "BIHUAN_DATABASE": ""}
            environment |= {"DJANGO_SETTINGS_MODULE": "bihuan.config.settings"}
            words = [sys.executable, "-m", "bench.figures", str(size)]
            done = subprocess.run(
                words, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
            )
            rows += done.stdout.splitlines() if done.returncode == 0 else [done.stderr]
    return rows


def _fill(database: Path, size: int, *, place: int, bureaus: list[int], delegation: int, deputy: int) -> None:
    """Suggestions 1 to `size`, the newest last; indexes are made anew afterwards."""
    from bihuan.matters.models import Matter, Party, Promise, Term
    from bihuan.modules.suggestions.models import Publication, Rating, Suggestion

    models = (Matter, Suggestion, Party, Term, Rating, Promise, Publication)
    year = f"({LAST} - {YEARS} + 1 + (i - 1) * {YEARS} / {size})"
    bureau = " ".join(f"WHEN {at} THEN {pk}" for at, pk in enumerate(bureaus))
    lead, co = (f"CASE {by} % {len(bureaus)} {bureau} END" for by in ("(i * 7)", "(i * 7 + 1)"))
    day, met = f"{year} || '-01-20'", f"{year} || '-05-0' || (1 + i % 9)"
    letter = "CASE WHEN i % 2 THEN 'A' WHEN i % 12 THEN 'B' ELSE 'C' END"
    grade = "CASE WHEN i % 50 = 0 THEN 'dissatisfied' WHEN i % 3 THEN 'satisfied' ELSE 'basically' END"
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(
            "PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; PRAGMA foreign_keys=OFF;"
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
        told: tuple[tuple[Any, str, dict[str, str]], ...] = (
            (Matter, "n", {
                "id": "i", "place_id": str(place), "number": "printf('DB-%07d', i)",
                "procedure_code": "'suggestion'", "edition": "'2026'", "title": "'关于第' || i || '件事的建议'",
                "stage": "CASE WHEN i % 2 THEN 'closed' ELSE 'following' END", "opened_on": day,
                "published_on": met,
            }),
            (Suggestion, "n", {
                "matter_id": "i", "place_id": str(place), "congress": "17", "session": "NULL", "year": year,
                "running_no": "i", "result_class": letter,
            }),
            (Party, "n", {
                "id": "i", "matter_id": "i", "organ_id": lead, "part": "'lead'", "stage": "'answered'",
                "since": day,
            }),
            (Party, "n WHERE i % 3", {
                "matter_id": "i", "organ_id": co, "part": "'co'", "stage": "'contributed'", "since": day,
            }),
            (Party, "n", {
                "id": f"i + 2 * {size}", "matter_id": "i", "organ_id": str(delegation),
                "person_id": str(deputy), "part": "'mover'", "stage": "'rated'", "since": day,
            }),
            (Term, "n", {
                "matter_id": "i", "party_id": "i", "kind": "'reply'", "name": "'答复'", "spec": "'{}'",
                "due": "'{}'", "due_on": f"{year} || '-05-08'", "met_on": met,
            }),
            (Rating, "n", {
                "matter_id": "i", "deputy_id": f"i + 2 * {size}", "round": "1", "attitude": "'satisfied'",
                "result": grade, "at": f"{year} || '-06-01 09:00:00'",
            }),
            (Promise, "n WHERE i % 4 = 0", {
                "matter_id": "i", "party_id": "i", "round": "1", "text": "'按期完成'", "person": "'田野'",
                "due_on": f"{year} || '-10-31'",
            }),
            (Publication, "n", {
                "matter_id": "i", "party_id": "i", "round": "1", "on": met, "text": "'已经办好。'",
            }),
        )  # fmt: skip
        for model, rows, columns in told:
            connection.execute(_insert(model, rows=rows, **columns))
        for _, sql in indexes:
            connection.execute(sql)
        connection.commit()


def main(size: int) -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from django.db import connection, reset_queries
    from django.utils import timezone

    from bihuan.modules.suggestions.figures import Period, Scope
    from bihuan.modules.suggestions.report import Report
    from bihuan.people.demo import build_people
    from bihuan.people.models import Organ

    cast = build_people(at=timezone.make_aware(datetime(2022, 1, 4, 9)))
    bureaus = [
        Organ.objects.create(place=cast.place, name=f"第{number}局", kind="bureau", since=date(2004, 1, 1)).pk
        for number in range(BUREAUS)
    ]
    delegation, deputy = cast.organs["qingshi_delegation"].pk, cast.person("wuguihua").pk
    database = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    _fill(database, size, place=cast.place.pk, bureaus=bureaus, delegation=delegation, deputy=deputy)
    unit = Organ.objects.get(pk=bureaus[0])
    reset_queries()
    for name, of, inside in (("whole year", None, True), ("one bureau of forty", unit, False)):
        taken = []
        for _ in range(REPEATS):
            scope = Scope(place=cast.place, period=Period(year=LAST), on=date(LAST, 11, 25), unit=of)
            report = Report(scope=scope, inside=inside)
            began = perf_counter()
            list(report.sections())
            report.unit_rows(), report.gaps(), report.told_grades()
            taken.append(perf_counter() - began)
        total = report.counts["total"]
        print(
            f"figures  {size:>9,} suggestions  {name:<20} {total:>7,} counted  {min(taken):6.2f} s",
            flush=True,
        )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(int(sys.argv[1]))
    else:
        print("\n".join(run()))
