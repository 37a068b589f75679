"""Two clocks at once, as two programs, on both databases: every light is recorded exactly once."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.conftest_pg import database_url, postgres_host  # noqa: F401 - a fixture
from tests.matters.two_clocks import MATTERS

Rows = list[tuple[object, ...]]
ROOT = Path(__file__).resolve().parents[2]


def program(what: str, env: dict[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.matters.two_clocks", what]
    pipe = subprocess.PIPE
    given = {**os.environ, "DJANGO_SETTINGS_MODULE": "bihuan.config.settings", **env}
    return subprocess.Popen(command, cwd=ROOT, env=given, text=True, stdin=pipe, stdout=pipe)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[dict[str, str], Callable[[str], Rows]]:
    """The environment of a site with a county in it, and a way to ask its database."""
    env = {"BIHUAN_DATA": str(tmp_path)}
    host = ""
    if request.param == "postgres":
        host = request.getfixturevalue("postgres_host")
        with psycopg.connect(f"host={host} user=postgres dbname=postgres", autocommit=True) as server:
            server.execute("DROP DATABASE IF EXISTS two_clocks WITH (FORCE)")
            server.execute("CREATE DATABASE two_clocks")
        env["BIHUAN_DATABASE"] = database_url(host, "two_clocks")

    def ask(text: str) -> Rows:
        if not host:
            return sqlite3.connect(tmp_path / "bihuan.sqlite3").execute(text).fetchall()
        with psycopg.connect(f"host={host} user=postgres dbname=two_clocks") as connection:
            return connection.execute(text).fetchall()

    builder = program("build", env)
    assert builder.wait() == 0
    return env, ask


@pytest.mark.slow
def test_two_clocks_at_once_record_every_light_once(
    site: tuple[dict[str, str], Callable[[str], Rows]],
) -> None:
    env, ask = site
    clocks = [program("tick", env) for _ in range(2)]
    for clock in clocks:
        assert clock.stdout is not None
        assert clock.stdout.readline() == "ready\n"
    said = [clock.communicate("go\n")[0].split() for clock in clocks]
    assert [clock.returncode for clock in clocks] == [0, 0]
    assert [sum(int(each[place]) for each in said) for place in (0, 1)] == [MATTERS, MATTERS]
    kinds = "SELECT kind, count(*), count(DISTINCT subject) FROM ledger_entry WHERE kind LIKE 'term.%'"
    assert sorted(ask(f"{kinds} GROUP BY kind")) == [
        ("term.late", MATTERS, MATTERS),
        ("term.warned", MATTERS, MATTERS),
    ]
    told = "SELECT count(*), count(DISTINCT matter_id) FROM matters_notice WHERE key LIKE 'term:%'"
    assert ask(told) == [(4 * MATTERS, MATTERS)]  # clerk, staff, director, overseer
