"""What kinds of entries are called in Chinese; each app tells its own when it starts."""

from __future__ import annotations

from collections.abc import Callable

Namer = Callable[[str], str | None]

_namers: list[Namer] = []


def register_names(namer: Namer) -> None:
    """Offer Chinese names for kinds; a namer answers None for a kind that is not its own."""
    if namer not in _namers:
        _namers.append(namer)


def kind_name(kind: str) -> str:
    """The Chinese name of a kind of entry; the code itself where nobody has told one."""
    return next((name for namer in _namers if (name := namer(kind))), kind)
