"""法规草案: a draft law laid before the session; it has articles, but nobody has passed it yet."""

from __future__ import annotations

from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Fact
from bihuan.readers.parts.articles import is_law, is_passed, law
from bihuan.readers.text import Flow


def recognise(section: Section, flow: Flow) -> float:
    return 0.9 if is_law(section, flow) and not is_passed(section, flow) else 0.0


def name(section: Section) -> str:
    return "法规草案"


def extract(section: Section, context: Context) -> Iterator[Fact]:
    """The draft, its articles, and the clause on taking effect."""
    return law(section, context, genre=name(section))
