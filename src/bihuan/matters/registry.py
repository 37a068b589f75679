"""The procedures and what their modules plug in: forms, effects and papers, by name.

A module registers itself when Django starts (its AppConfig.ready). A procedure with a fault is refused
there and then: an unsafe flow never runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from bihuan.kernel.procedure import Procedure

if TYPE_CHECKING:
    from bihuan.matters.access import Access
    from bihuan.matters.doing import Doing, Done
    from bihuan.matters.forms import ActForm
    from bihuan.matters.models import Deed, Matter, Party
    from bihuan.writers.paper import Paper

Effect = Callable[["Doing"], "Done"]
# Why an act is not open although the declaration would allow it, in Chinese; "" when it is.
Condition = Callable[["Access", "Party | None"], str]
PaperMaker = Callable[["Matter", "Deed | None"], "Paper"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """What an act still has to bring: in Chinese, and the day of its own by which it should."""

    what: str
    due_on: date | None = None


# What is missing for the matter (or for one party of it); None when nothing is.
Lacking = Callable[["Matter", "Party | None"], Lack | None]


class UnsafeProcedure(Exception):
    """The declaration has faults; the message lists them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKind:
    """A paper that a procedure can issue: its Chinese name and how it is made from the record."""

    code: str
    name: str
    make: PaperMaker
    deeds: tuple[str, ...] = ()  # made from a deed of one of these acts; empty: from the matter alone
    inside: bool = False  # for the standing committee's own offices only

    def may_print(self, access: Access) -> bool:
        """Whether the person may have this paper: who sees the matter may, unless it is an inside one."""
        return not self.inside or access.inside


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One procedure with all that belongs to it."""

    procedure: Procedure
    effects: Mapping[str, Effect] = field(default_factory=dict)
    conditions: Mapping[str, Condition] = field(default_factory=dict)
    lacks: Mapping[str, Lacking] = field(default_factory=dict)  # of each act that `prepares` others
    forms: Mapping[str, type[ActForm]] = field(default_factory=dict)
    papers: tuple[PaperKind, ...] = ()
    facts: Callable[[Matter], list[tuple[str, str]]] | None = None  # label and text pairs for the matter page
    search: Callable[[Matter], Sequence[str]] | None = None  # what the search finds beside the engine's own
    # Where the matter's page shows more than every kind's does: a template that extends matters/detail.html,
    # and what it needs besides.
    page_template: str = "matters/detail.html"
    page: Callable[[Access], dict[str, Any]] | None = None

    def paper(self, code: str) -> PaperKind:
        return next(kind for kind in self.papers if kind.code == code)


_modules: dict[tuple[str, str], Module] = {}


def register(module: Module) -> None:
    """Make a procedure known; raise UnsafeProcedure when its declaration has faults."""
    procedure_ = module.procedure
    faults = list(procedure_.faults())
    codes = {act.code for act in procedure_.acts}
    faults += [f"effect for unknown act {code}" for code in module.effects if code not in codes]
    faults += [f"condition for unknown act {code}" for code in module.conditions if code not in codes]
    faults += [f"form for unknown act {code}" for code in module.forms if code not in codes]
    preparing = {act.code for act in procedure_.acts if act.prepares}
    faults += [
        f"act {code}: prepares others, but nobody says what is missing"
        for code in preparing - set(module.lacks)
    ]
    faults += [
        f"what is missing for act {code}, which prepares nothing" for code in set(module.lacks) - preparing
    ]
    known = {kind.code for kind in module.papers}
    faults += [
        f"act {act.code}: unknown paper {code}"
        for act in procedure_.acts
        for code in act.papers
        if code not in known
    ]
    faults += [
        f"act {act.code}: chooses between outcomes, but no effect decides"
        for act in procedure_.acts
        if act.outcomes and act.code not in module.effects
    ]
    if faults:
        raise UnsafeProcedure(f"{procedure_.code} {procedure_.edition}: " + "; ".join(faults))
    _modules[procedure_.key] = module


def module(code: str, edition: str) -> Module:
    return _modules[code, edition]


def procedure(code: str, edition: str) -> Procedure:
    return _modules[code, edition].procedure


def modules() -> tuple[Module, ...]:
    """Every registered procedure, in the order of registration."""
    return tuple(_modules.values())
