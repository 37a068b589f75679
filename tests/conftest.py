"""What every test may rely on."""

from __future__ import annotations

import pytest
from django.conf import settings

from tests.conftest_ledger import flush_empties_the_ledger  # noqa: F401 - a fixture for all


def pytest_configure(config: pytest.Config) -> None:
    # Pages name their files by a manifest that only `collectstatic` writes; tests read them as they lie.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
