"""Working processes, killed or left to finish, on a database of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
APPEND = "tests.reliability.work:append_one"


@dataclass(frozen=True, slots=True)
class Site:
    """A place to work at: environment variables that name a data folder and a database, tables made."""

    environment: Mapping[str, str]

    def run(self, *words: str) -> str:
        """One command of the program, to its end."""
        done = subprocess.run(
            [sys.executable, *words],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, work: str, worker: str, count: int = 0) -> subprocess.Popen[str]:
        """A process that works until killed, or `count` times."""
        words = [sys.executable, "-m", "tests.reliability.work", work, worker, str(count)]
        return subprocess.Popen(
            words, env=self.environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )


def make_site(folder: Path, database: str = "") -> Site:
    """A site with all tables, on SQLite in `folder` or on the database of a URL."""
    environment = {
        **os.environ,
        "BIHUAN_DATA": str(folder),
        "BIHUAN_DATABASE": database,
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "bihuan.config.settings"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    site = Site(environment)
    site.run("-m", "bihuan", "migrate", "--verbosity", "0")
    return site


def kill_after(process: subprocess.Popen[str], acknowledged: int) -> list[int]:
    """Read that many acknowledgements, kill the process without warning, and return all it gave."""
    assert process.stdout
    seen = [int(process.stdout.readline()) for _ in range(acknowledged)]
    process.send_signal(signal.SIGKILL)
    rest = process.stdout.read()  # communicate() would miss what readline() has read ahead
    process.communicate()
    # A line cut in half by the kill was not acknowledged to anybody.
    return seen + [int(line) for line in rest.splitlines(keepends=True) if line.endswith("\n")]


def finish(processes: Sequence[subprocess.Popen[str]]) -> list[int]:
    """Wait for all and return what they acknowledged together."""
    acknowledged: list[int] = []
    for process in processes:
        said, complained = process.communicate(timeout=120)
        assert process.returncode == 0, complained
        acknowledged += map(int, said.split())
    return acknowledged


def entries(site: Site, folder: Path) -> list[int]:
    """The numbers of all entries, after the stand-alone verifier has called the export sound."""
    file = folder / "ledger.jsonl"
    site.run("-m", "bihuan", "ledger", "export", str(file))
    site.run("-I", "-S", str(ROOT / "tools" / "verify_ledger.py"), str(file))
    lines = file.read_bytes().splitlines()[1:]
    return [int(line.split(b",", 4)[3]) for line in lines]
