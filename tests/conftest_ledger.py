"""For tests that commit (live_server, transactional_db): the flush that ends them empties the ledger, too.

The triggers refuse that, rightly; so they are lifted for the flush and set again after it.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import TransactionTestCase

guards = importlib.import_module("bihuan.ledger.migrations.0002_append_only")


@pytest.fixture(scope="session", autouse=True)
def flush_empties_the_ledger() -> Iterator[None]:
    """Imported by tests/conftest.py, so that no test has to ask for it."""
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def flush_unguarded(case: TransactionTestCase) -> None:
        guards.lift_guards(None, connection.schema_editor())
        flush(case)
        guards.set_guards(None, connection.schema_editor())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_unguarded)
        yield
