"""What reading one file yields."""

from __future__ import annotations

from dataclasses import dataclass

from bihuan.readers.bundle import Section
from bihuan.readers.facts import Fact, Span
from bihuan.readers.opening import Opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A question the text leaves to a person: what is unclear, and where."""

    question: str
    at: Span
    severity: str = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The opened text, its papers, the facts proposed and the questions they leave, in reading order."""

    opened: Opened
    sections: tuple[Section, ...]
    facts: tuple[Fact, ...]
    doubts: tuple[Doubt, ...]
