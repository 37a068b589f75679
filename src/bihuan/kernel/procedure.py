"""Procedures as data: what may happen to a matter, by whom, at which stage, within which terms.

A `Procedure` is frozen and has no behaviour but its own checks: `faults()` names everything that would make
it unsafe, and a procedure with a fault is refused when it is registered. Buttons, refusals, reminders, work
lists, the drawn diagram and the documentation page all come from the one declaration.

A matter has one stage. Each agency that must act on it (a *party*) walks a *lane* of its own inside the
matter's stages, so that several agencies work side by side; a `Join` says when their lanes meet again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What an act asks for."""

    TEXT = "text"  # one line
    PROSE = "prose"  # several lines
    DATE = "date"
    NUMBER = "number"
    CHOICE = "choice"
    FILES = "files"
    SPECIAL = "special"  # the module's own form asks it: rows per item, parties, counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where a matter (or a party's lane) stands. Nothing more is awaited at one that has `ended`."""

    code: str
    name: str
    ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who may: holders of one of `roles` in an organ that has `part` in the matter."""

    part: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One thing an act asks of the person doing it."""

    key: str
    label: str
    kind: Kind = Kind.PROSE
    required: bool = True
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One way an act can end (a vote): where the matter goes, and whether it begins again."""

    code: str
    name: str
    to: str
    lanes_to: str | None = None  # the lane stage at which the joined parties start over
    again: bool = False  # another round: terms and answers start anew, the earlier ones are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act. `at` are the matter's stages at which it is open; `to` is the stage it leads to.

    A lane act (`party_at` not empty) is done for one party and moves that party's lane to `party_to`.
    Where the effect decides (a vote), `outcomes` names the ways it can end.
    `awaited` acts are what the loop waits for: they stand on the desk of those who may do them.
    Flags join two acts: one `raises` a flag (an extension is asked for), another `needs` and `clears` it.
    """

    code: str
    name: str
    by: tuple[By, ...]
    at: tuple[str, ...]
    to: str | None = None
    party_at: tuple[str, ...] = ()
    party_to: str | None = None
    lanes_to: str | None = None
    outcomes: tuple[Outcome, ...] = ()
    with_part: str | None = None  # open only where some organ has this part in the matter
    without_part: str | None = None  # open only where none has
    needs: str | None = None
    forbids: str | None = None
    raises: str | None = None
    clears: str | None = None
    asks: tuple[Ask, ...] = ()
    papers: tuple[str, ...] = ()
    awaited: bool = False
    grave: bool = False  # says what will happen and asks for confirmation and a reason
    public: bool = False  # the public site shows that it happened
    hint: str = ""  # one sentence on what happens next, shown above the form

    @property
    def is_lane(self) -> bool:
        return bool(self.party_at)


class Rounds(StrEnum):
    """In which rounds of handling a term runs: the paper's own periods bind the first alone."""

    EVERY = "every"
    FIRST = "first"
    AGAIN = "again"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermKind:
    """A term the procedure knows: started by any of `started_by` (empty: when the matter is opened), met by
    any of `met_by`, binding the organ that has `part`.

    `law` is the key under which the law files give its length where the paper itself gives none;
    `read_as` are the actions under which readers report it in a paper.
    """

    code: str
    name: str
    part: str
    met_by: tuple[str, ...]
    started_by: tuple[str, ...] = ()
    law: str | None = None
    read_as: tuple[str, ...] = ()
    many: bool = False  # a matter may have several (duties a paper sets); each is met by hand
    parties: tuple[str, ...] = ()  # lane parts whose parties each have one; empty: the matter has it
    rounds: Rounds = Rounds.EVERY
    after: str | None = None  # the act on whose real date the length is counted
    latest_from: str | None = None  # the term whose due date stands in until that act has happened


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """When every party with one of `parts` stands at `all_at`, the matter goes from `at` to `to`."""

    parts: tuple[str, ...]
    all_at: str
    at: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """One station of the stepper: reached when one of `acts` was done, due when `term` is."""

    name: str
    acts: tuple[str, ...]
    term: str | None = None
    optional: bool = False  # left out of a matter that ended without it
    part: str | None = None  # only where some organ has this part


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    code: str
    name: str
    edition: str
    prefix: str  # of the matter's number: SY-2026-0003
    stages: tuple[Stage, ...]
    acts: tuple[Act, ...]
    lane: tuple[Stage, ...] = ()
    lane_parts: tuple[str, ...] = ()  # the parts that walk the lane
    joins: tuple[Join, ...] = ()
    terms: tuple[TermKind, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    sees: tuple[By, ...] = ()  # who may see a matter without being asked to act on it
    _acts: dict[str, Act] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_acts", {act.code: act for act in self.acts})

    @property
    def key(self) -> tuple[str, str]:
        return self.code, self.edition

    @property
    def first(self) -> Stage:
        return self.stages[0]

    def act(self, code: str) -> Act:
        """The act called `code`; KeyError when the procedure has none."""
        return self._acts[code]

    def stage(self, code: str) -> Stage:
        return next(stage for stage in self.stages if stage.code == code)

    def lane_stage(self, code: str) -> Stage:
        return next(stage for stage in self.lane if stage.code == code)

    def faults(self) -> tuple[str, ...]:
        """Everything that makes the declaration unsafe, one sentence each; empty when it is sound."""
        return tuple(_faults(self))


def targets(act: Act) -> tuple[str, ...]:
    """The matter's stages an act can lead to."""
    return tuple(outcome.to for outcome in act.outcomes) + ((act.to,) if act.to else ())


def _faults(p: Procedure) -> Iterator[str]:
    stages, lane = {s.code for s in p.stages}, {s.code for s in p.lane}
    acts, terms = {a.code for a in p.acts}, {t.code for t in p.terms}
    starts = acts | {"opened"}  # a matter's opening is no act, but starts terms
    if len(acts) < len(p.acts):
        yield "two acts share a code"
    for act in p.acts:
        if not act.by:
            yield f"act {act.code}: nobody may do it"
        if not act.at:
            yield f"act {act.code}: open at no stage"
        for by in act.by:
            if not by.roles:
                yield f"act {act.code}: part {by.part} names no role"
        for code in (*act.at, *targets(act)):
            if code not in stages:
                yield f"act {act.code}: unknown stage {code}"
        moves = (act.party_to, act.lanes_to, *(outcome.lanes_to for outcome in act.outcomes))
        for code in (*act.party_at, *filter(None, moves)):
            if code not in lane:
                yield f"act {act.code}: unknown lane stage {code}"
        if act.party_to and not act.party_at:
            yield f"act {act.code}: moves a lane without saying from where"
        if act.needs and act.needs not in {other.raises for other in p.acts}:
            yield f"act {act.code}: no act raises {act.needs}"
        if len({ask.key for ask in act.asks}) < len(act.asks):
            yield f"act {act.code}: asks the same twice"
        if act.grave and not any(ask.key == "reason" and ask.required for ask in act.asks):
            yield f"act {act.code}: grave, but asks no reason"
        if any(p.stage(code).ended for code in act.at if code in stages) and act.awaited:
            yield f"act {act.code}: awaited at an ended stage"
    for term in p.terms:
        for code in (*term.started_by, *term.met_by, *((term.after,) if term.after else ())):
            if code not in (starts if code in term.started_by else acts):
                yield f"term {term.code}: unknown act {code}"
        if not term.met_by:
            yield f"term {term.code}: nothing meets it"
        if term.latest_from and term.latest_from not in terms:
            yield f"term {term.code}: unknown term {term.latest_from}"
    for join in p.joins:
        if join.at not in stages or join.to not in stages or join.all_at not in lane:
            yield f"join at {join.at}: unknown stage"
    for stone in p.milestones:
        yield from (f"milestone {stone.name}: unknown act {code}" for code in stone.acts if code not in acts)
        if stone.term and stone.term not in terms:
            yield f"milestone {stone.name}: unknown term {stone.term}"
    yield from _dead_ends(p)


def _dead_ends(p: Procedure) -> Iterator[str]:
    """Stages nobody can reach, stages without a way out, and loops that cannot end."""
    steps: dict[str, set[str]] = {stage.code: set() for stage in p.stages}
    for act in p.acts:
        for origin in act.at:
            steps.get(origin, set()).update(targets(act))
    for join in p.joins:
        steps[join.at].add(join.to)
    reached, queue = {p.first.code}, [p.first.code]
    while queue:
        for following in steps[queue.pop()] - reached:
            reached.add(following)
            queue.append(following)
    ends = {stage.code for stage in p.stages if stage.ended}
    if not ends:
        yield "no stage ends the matter"
    can_end, grown = set(ends), True
    while grown:
        more = {code for code, following in steps.items() if following & can_end} - can_end
        can_end |= more
        grown = bool(more)
    for stage in p.stages:
        if stage.code not in reached:
            yield f"stage {stage.code}: cannot be reached"
        if stage.code not in can_end:
            yield f"stage {stage.code}: cannot come to an end"
