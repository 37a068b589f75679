"""Finding entries gives the same on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bihuan.ledger.queries import entries, kinds
from tests.ledger.test_append import write


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [1, 2, 3, 4]),
        ({"kind": "act.reply"}, [2]),
        ({"subject": "SY-2026-0002"}, [2]),
        ({"subject": "account:7"}, [4]),
        ({"actor": "陈立"}, [1, 2]),
        ({"actor": "陈"}, [1, 2, 4]),
        ({"actor": "立"}, []),
        ({"actor": "%"}, []),
        ({"since": date(2026, 3, 6)}, [3]),
        ({"until": date(2026, 3, 5)}, [1, 2, 4]),
        ({"actor": "陈", "kind": "act.note"}, [1]),
    ],
)
def test_entries_are_found(database: Any, asked: dict[str, Any], expected: list[int]) -> None:
    write(actor="陈立（办公室主任）")
    write(actor="陈立", kind="act.reply", subject="matter:SY-2026-0002")
    write(actor="系统", at=datetime(2026, 3, 5, 16, 0, tzinfo=UTC))
    write(actor="陈𠮷", kind="people.post_granted", subject="account:7")
    assert sorted(entries(**asked).values_list("seq", flat=True)) == expected


def test_every_kind_is_known_once(database: Any) -> None:
    for kind in ("b", "a", "b", "c.d"):
        write(kind=kind)
    assert sorted(kinds()) == ["a", "b", "c.d"]


def test_an_empty_ledger_has_no_kinds(database: Any) -> None:
    assert kinds() == []
