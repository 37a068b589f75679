"""A fresh site on each database."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests.conftest_pg import database_url, postgres_host  # noqa: F401 - fixtures
from tests.reliability.harness import Site, make_site


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Site:
    if request.param == "sqlite":
        return make_site(tmp_path)
    host = request.getfixturevalue("postgres_host")
    name = f"site_{abs(hash(request.node.nodeid)):x}"
    with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return make_site(tmp_path, database_url(host, name))
