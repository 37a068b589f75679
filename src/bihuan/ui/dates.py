"""Days as they stand on screen."""

from __future__ import annotations

from datetime import date
from typing import Final

_WEEKDAYS: Final = "一二三四五六日"


def full_day(day: date) -> str:
    """2024年2月28日（周三）."""
    return f"{day.year}年{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"


def distance(day: date, *, today: date) -> str:
    """How far a day lies from today: 今天, 3 天后, 3 天前."""
    days = (day - today).days
    if days == 0:
        return "今天"
    return f"{days} 天后" if days > 0 else f"{-days} 天前"


def due_distance(due: date, *, today: date) -> str:
    """How a day that something is due on stands to today: 今天到期, 3 天后, 已超 3 天.

    The due day itself is still in time.
    """
    days = (due - today).days
    if days == 0:
        return "今天到期"
    return f"{days} 天后" if days > 0 else f"已超 {-days} 天"
