"""Tests that commit leave an empty and guarded ledger to the next one."""

from __future__ import annotations

import pytest
from django.db import connection

from bihuan.ledger.guards import missing_guards
from tests.ledger.test_append import write


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_each_committing_test_begins_with_an_empty_guarded_ledger(turn: int) -> None:
    assert (write().seq, missing_guards(), connection.in_atomic_block) == (1, [], False)


@pytest.mark.django_db
def test_the_next_test_finds_nothing_of_it() -> None:
    assert (write().seq, missing_guards()) == (1, [])
