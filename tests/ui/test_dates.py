from __future__ import annotations

from datetime import date

import pytest

from bihuan.ui.dates import distance, due_distance, full_day

TODAY = date(2024, 2, 26)


def test_a_full_day_names_its_weekday() -> None:
    assert full_day(date(2024, 2, 28)) == "2024年2月28日（周三）"
    assert full_day(date(2023, 12, 31)) == "2023年12月31日（周日）"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 2, 24), "2 天前"),
        (date(2024, 2, 26), "今天"),
        (date(2024, 2, 27), "1 天后"),
        (date(2024, 3, 1), "4 天后"),
    ],
)
def test_a_day_is_told_by_its_distance(day: date, words: str) -> None:
    assert distance(day, today=TODAY) == words


def test_the_due_day_itself_is_not_late() -> None:
    assert due_distance(TODAY, today=TODAY) == "今天到期"
    assert due_distance(date(2024, 2, 25), today=TODAY) == "已超 1 天"
    assert due_distance(date(2024, 2, 27), today=TODAY) == "1 天后"
