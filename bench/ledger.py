"""How fast the ledger is verified and written: `python -m bench.ledger`.

Verifying is held against bare hashing: reading the same bytes and hashing each entry, comparing nothing.
BIHUAN_BENCH_ENTRIES sets how many entries (1,000,000 unless said; a smoke run wants 10,000).

Everything happens in a folder of its own that is gone afterwards.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parent.parent
BODY = {
    "act": "hand_over",
    "answers": {"要求": "按照常委会会议的要求交办，请于两个月内报告研究处理情况。", "期限": "2026-05-05"},
    "stage": ["received", "handed_over"],
}


def run() -> list[str]:
    """The printable rows, one a line."""
    size = int(os.environ.get("BIHUAN_BENCH_ENTRIES", "1000000"))
    rows = [f"ledger, {size:,} entries of about 500 bytes, one process"]
    for algorithm in ("sha256", "sm3"):
        with tempfile.TemporaryDirectory(prefix="bihuan-bench-") as folder:
            words = [sys.executable, "-m", "bench.ledger", folder, algorithm, str(size)]
            environment = os.environ | {
                "BIHUAN_DATA": folder,
                "BIHUAN_LEDGER_HASH": algorithm,
                "BIHUAN_DATABASE": "",
            }
            done = subprocess.run(
                words, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
            )
            rows += done.stdout.splitlines() if done.returncode == 0 else [done.stderr]
    return rows


def _measure(folder: Path, algorithm: str, size: int) -> Iterator[str]:
    """In a process of its own, whose settings point to the folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.config.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    call_command("migrate", "ledger", verbosity=0)
    from bihuan.ledger import checking, verify_ledger
    from bihuan.ledger.export import export_lines, whole

    yield _appending(algorithm)
    _fill(Path(settings.DATABASES["default"]["NAME"]), algorithm, size)
    file = folder / "ledger.jsonl"
    with file.open("wb") as target:
        exporting = _seconds(lambda: target.writelines(export_lines(whole())))
    hashed = verify_ledger.ALGORITHMS[algorithm.encode()]

    def bare() -> None:
        with file.open("rb") as lines:
            lines.readline()
            for line in lines:
                hashed(line[verify_ledger.HASHED.start : -2])

    def alone() -> None:
        with file.open("rb") as lines:
            report = verify_ledger.examine(lines, verify_ledger.read_head(lines.readline()))
        assert (report.findings, report.entries) == ([], size)

    def inside() -> None:
        check = checking.begin()
        while not check.finished:
            check = checking.step(check)
        assert [fault for fault in check.faults if "触发器" not in fault] == []

    base = _seconds(bare)
    yield f"{algorithm:7} bare hashing of the export       {base:7.2f} s   1.00"
    for name, work in (
        ("verify the export, stand-alone", alone),
        ("verify in the database (SQLite)", inside),
    ):
        took = _seconds(work)
        yield f"{algorithm:7} {name:32} {took:7.2f} s   {took / base:.2f}"
    yield f"{algorithm:7} export                           {exporting:7.2f} s"


def _appending(algorithm: str) -> str:
    """Entries a second, each in a transaction of its own, as acts write them."""
    from django.db import transaction

    from bihuan.ledger.append import append_entry

    at = datetime(2026, 3, 5, tzinfo=UTC)
    count = 500

    def work() -> None:
        for _ in range(count):
            with transaction.atomic():
                append_entry(
                    kind="act.opinion.hand_over", subject="matter:SY-2026-0003", actor="陈立", account=1,
                    at=at, on=at.date(), body=BODY,
                )  # fmt: skip

    return f"{algorithm:7} append_entry                     {count / _seconds(work):7,.0f} entries/s"


def _fill(database: Path, algorithm: str, size: int) -> None:
    """Entries 1 to `size`, written past the program: appending a million one by one would take the day."""
    from bihuan.kernel import chain

    connection = sqlite3.connect(database)
    for name in ("no_update", "no_delete", "in_order"):
        connection.execute(f"DROP TRIGGER ledger_entry_{name}")
    # The lists' indexes play no part in verifying and would take most of the time to fill.
    for name in ("subject", "kind", "actor", "time"):
        connection.execute(f"DROP INDEX entry_by_{name}")
    connection.execute("DELETE FROM ledger_entry")
    body = chain.canonical(BODY)

    def rows() -> Iterator[tuple[object, ...]]:
        previous = chain.GENESIS
        for seq in range(1, size + 1):
            at = datetime(2026, 3, 5, tzinfo=UTC) + timedelta(seconds=seq, microseconds=1)
            subject, actor = f"matter:SY-2026-{seq % 9999:04}", "陈立（临溪县人大常委会办公室主任）"
            data = chain.payload(
                algorithm=algorithm, seq=seq, previous=previous, at=chain.instant(at), on="2026-03-05",
                kind="act.opinion.hand_over", subject=subject, actor=actor, account=1, body=body,
            )  # fmt: skip
            digest = chain.digest(data, algorithm=algorithm)
            stored = at.strftime("%Y-%m-%d %H:%M:%S.%f")
            yield (
                seq, "act.opinion.hand_over", subject, actor, 1, stored, "2026-03-05", body, previous, digest,
                algorithm,
            )  # fmt: skip
            previous = digest

    columns = 'seq, kind, subject, actor, account, at, "on", body, previous, digest, algorithm'
    connection.executemany(f"INSERT INTO ledger_entry ({columns}) VALUES ({','.join('?' * 11)})", rows())
    connection.commit()
    connection.close()


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


if __name__ == "__main__":
    if len(sys.argv) == 4:
        for row in _measure(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])):
            print(row, flush=True)
    else:
        print("\n".join(run()))
