"""The genres the reader knows, one file each.

A genre is a module with `recognise(section, context) -> float` (how sure it is, 0-1), `name(section)` (facts.md's
name) and `extract(section, context)`. To add one, write its file and put it in GENRES.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Fact
from bihuan.readers.genres import (
    agenda,
    announcement,
    appointments,
    bills,
    congress_report,
    government_report,
    inquiry,
    laws,
    news,
    notice,
    opinion,
    resolution,
    speech,
    statement,
    suggestion_report,
    work_report,
)
from bihuan.readers.text import Flow

__all__ = ["GENRES", "Context", "Genre", "genre_of"]

_SURE_ENOUGH = 0.5


class Genre(Protocol):
    """What a genre module offers."""

    def recognise(self, section: Section, flow: Flow) -> float: ...

    def name(self, section: Section) -> str: ...

    def extract(self, section: Section, context: Context) -> Iterator[Fact]: ...


GENRES: tuple[Genre, ...] = (
    notice,
    opinion,
    resolution,
    agenda,
    appointments,
    laws,
    bills,
    suggestion_report,
    congress_report,
    government_report,
    inquiry,
    speech,
    work_report,
    statement,
    announcement,
    news,
)


def genre_of(flow: Flow, section: Section) -> Genre | None:
    """The genre that is surest of the section (of equals the first), or None when none is sure enough."""
    sure, genre = max(((each.recognise(section, flow), each) for each in GENRES), key=lambda pair: pair[0])
    return genre if sure >= _SURE_ENOUGH else None
