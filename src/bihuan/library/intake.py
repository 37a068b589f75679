"""Where modules plug in: what accepted papers become.

The library reads papers and lets a person decide about the facts; what is then created is the affair of the
modules, which stand above the library and are not known here. A module registers an Intake from its
AppConfig.ready(). `plan` shows what would be created and asks what the papers leave open; it changes nothing,
and the same papers and answers give the same plan. `create` runs inside the acceptance's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bihuan.library.models import Document
    from bihuan.people.actors import Actor
    from bihuan.people.models import Place


@dataclass(frozen=True, slots=True)
class Question:
    """Something the papers leave open, put to a person."""

    key: str
    text: str  # Chinese, with the reason it is asked
    choices: tuple[tuple[str, str], ...] = ()  # (value, label); empty: free text
    required: bool = True
    spans: tuple[tuple[int, int], ...] = ()  # offsets in the document's text
    multiple: bool = False  # several choices; the answer joins their values with SEVERAL
    initial: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """Something that would be created."""

    key: str
    kind: str  # label shown: 事项, 期限, 机构 …
    title: str
    lines: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """All that would be created, and all that must be answered first."""

    planned: tuple[Planned, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class AcceptedFact:
    """A fact a person accepted or corrected; `id` is its proposal's, `json` is as shared by the readers."""

    id: int
    json: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class AcceptedPaper:
    """One paper of the bundle: its document fact, and its other facts in reading order."""

    section: str
    document: Mapping[str, object]
    facts: tuple[AcceptedFact, ...]


@dataclass(frozen=True, slots=True)
class Created:
    """Something that was created, and the path where it is seen."""

    label: str
    url: str


# Joins the values of a multiple answer; choice values must not contain it.
SEVERAL = "\n"


class Intake(Protocol):
    """What a module offers to make of papers of its genres."""

    genres: frozenset[str]

    def plan(
        self, papers: Sequence[AcceptedPaper], *, place: Place, answers: Mapping[str, str], at: datetime
    ) -> Plan: ...

    def create(
        self,
        papers: Sequence[AcceptedPaper],
        *,
        place: Place,
        answers: Mapping[str, str],
        actor: Actor,
        at: datetime,
        document: Document,
    ) -> Sequence[Created]: ...


_intakes: list[Intake] = []


def register_intake(intake: Intake) -> None:
    """Offer `intake` for its genres. Registering the same object again changes nothing."""
    if not any(known is intake for known in _intakes):
        _intakes.append(intake)


def intake_for(genres: Iterable[str]) -> tuple[tuple[int, Intake], ...]:
    """The intakes that want a paper of any of these genres, in the order they registered, each with its place in
    that order."""
    asked = frozenset(genres)
    return tuple((number, intake) for number, intake in enumerate(_intakes) if intake.genres & asked)
