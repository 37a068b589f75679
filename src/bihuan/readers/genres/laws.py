"""法规: a law as passed, with the bracket that says when."""

from __future__ import annotations

from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Fact
from bihuan.readers.parts.articles import is_law, is_passed, law
from bihuan.readers.text import Flow


def recognise(section: Section, flow: Flow) -> float:
    return 0.9 if is_law(section, flow) and is_passed(section, flow) else 0.0


def name(section: Section) -> str:
    return "法规"


def extract(section: Section, context: Context) -> Iterator[Fact]:
    """The law, its articles, and the day it takes effect."""
    return law(section, context, genre=name(section))
