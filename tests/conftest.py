"""What every test may rely on."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from bihuan.people.demo import Cast, build_people
from tests.conftest_browser import chromium, visit  # noqa: F401 - one browser for all
from tests.conftest_ledger import flush_empties_the_ledger  # noqa: F401 - a fixture for all


def pytest_configure(config: pytest.Config) -> None:
    # Pages name their files by a manifest that only `collectstatic` writes; tests read them as they lie.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture(scope="session", autouse=True)
def files_apart() -> Iterator[Path]:
    """No test leaves a file among the site's own."""
    with tempfile.TemporaryDirectory(prefix="bihuan-files-") as folder:
        settings.MEDIA_ROOT = folder
        yield Path(folder)


@pytest.fixture(scope="module")
def shared_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Rows that a module's fixtures make stay for all its tests, each of which rolls back its own alone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def county(shared_rows: None) -> Cast:
    """The demo place's organs and people, built once a module."""
    from tests.loop import moment

    return build_people(at=moment(date(2022, 1, 4)))


@pytest.fixture
def cast(county: Cast, db: None) -> Cast:
    """The same, for one test that may change what it likes."""
    return county
