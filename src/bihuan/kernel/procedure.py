"""Procedures as data: what may happen to a matter, by whom, at which stage, within which terms.

A `Procedure` is frozen and has no behaviour but its own checks: `faults()` names everything that would make
it unsafe, and a procedure with a fault is refused when it is registered. Buttons, refusals, reminders, work
lists, the drawn diagram and the documentation page all come from the one declaration.

A matter has one stage. Each party that must act on it (an agency, a deputy) walks a *lane* of its own inside
the matter's stages, so that several work side by side; a `Join` says when their lanes meet again. Parties of
different parts may walk different lanes: agencies handle while the deputies who asked are consulted and judge.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
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
class LaneKind:
    """The lane that every party with one of `parts` walks, from its first stage."""

    parts: tuple[str, ...]
    stages: tuple[Stage, ...]
    private: bool = False  # where its parties stand, and their terms, are known to themselves and the house


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
    lanes_to: tuple[str, ...] = ()  # where each lane's parties start over
    again: bool = False  # another round: terms and answers start anew, the earlier ones are kept
    owing: str | None = None  # where it goes instead of ending while a duty the paper sets is not done


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act. `at` are the matter's stages at which it is open; `to` is the stage it leads to.

    A lane act (`party_at` not empty) is done for one party and moves that party's lane to `party_to`.
    `lanes_to` puts all parties of a lane at one of its stages: at most one stage of each lane.
    Where the effect decides (a vote), `outcomes` names the ways it can end.
    `awaited` acts are what the loop waits for: they stand on the desk of those who may do them. An act that
    `prepares` others is awaited as long as the module finds something missing for them (registry.Module.lacks).
    Flags join two acts: one `raises` a flag (an extension is asked for), another `needs` and `clears` it.
    """

    code: str
    name: str
    by: tuple[By, ...]
    at: tuple[str, ...]
    to: str | None = None
    party_at: tuple[str, ...] = ()
    party_to: str | None = None
    lanes_to: tuple[str, ...] = ()
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
    prepares: tuple[str, ...] = ()  # the acts that are refused, or say too little, until this one is complete
    falls_to: tuple[str, ...] = ()  # the roles on whose desks it stands; empty: of all who may do it
    owing: str | None = None  # as an Outcome's
    lets_go: bool = False  # ends the matter with all it still owes: it is revoked
    grave: bool = False  # says what will happen and asks for confirmation and a reason
    public: bool = False  # the public site shows that it happened
    private: bool = False  # known to the party it is done for and to the house alone: a deputy's judgement
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
    """A term the procedure knows: started by any of `started_by` (acts, the meeting of lanes, `opened`), met by
    any of `met_by`, binding the organ that has `part`. Where the matter lacks the flag it `needs`, or has the
    one it `forbids`, it does not start.

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
    needs: str | None = None
    forbids: str | None = None
    promised: bool = False  # ends on the day somebody undertook to keep, which an effect sets
    after: str | None = None  # the act on whose real date the length is counted
    latest_from: str | None = None  # the term whose due date stands in until that act has happened


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """When every party with one of `parts` stands at `all_at`, the matter goes from `at` to `to`."""

    parts: tuple[str, ...]
    all_at: str
    at: str
    to: str
    lanes_to: tuple[str, ...] = ()
    code: str = ""  # under which terms name the meeting as what starts them


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """One station of the stepper: reached when one of `acts` was done, due when `term` is."""

    name: str
    acts: tuple[str, ...]
    term: str | None = None
    optional: bool = False  # left out of a matter that ended without it
    part: str | None = None  # only where some organ has this part
    ends: bool = False  # the matter's end itself: reached by one of `acts` only when that ended the matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    code: str
    name: str
    edition: str
    prefix: str  # of the matter's number: SY-2026-0003
    stages: tuple[Stage, ...]
    acts: tuple[Act, ...]
    lanes: tuple[LaneKind, ...] = ()
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

    @property
    def lane_stages(self) -> tuple[Stage, ...]:
        """The stages of all lanes."""
        return tuple(stage for lane in self.lanes for stage in lane.stages)

    @property
    def lane_parts(self) -> tuple[str, ...]:
        """The parts that walk a lane."""
        return tuple(part for lane in self.lanes for part in lane.parts)

    def lane_of(self, part: str) -> LaneKind | None:
        """The lane that a party with this part walks."""
        return next((lane for lane in self.lanes if part in lane.parts), None)

    def lane_with(self, code: str) -> LaneKind:
        """The lane that has the stage called `code`."""
        return next(lane for lane in self.lanes if any(stage.code == code for stage in lane.stages))

    def lane_stage(self, code: str) -> Stage:
        return next(stage for stage in self.lane_stages if stage.code == code)

    def faults(self) -> tuple[str, ...]:
        """Everything that makes the declaration unsafe, one sentence each; empty when it is sound."""
        return tuple(_faults(self))


def targets(act: Act) -> tuple[str, ...]:
    """The matter's stages an act can lead to."""
    ways: tuple[Act | Outcome, ...] = (act, *act.outcomes)
    return tuple(code for way in ways for code in (way.to, way.owing) if code)


def occurs(act: Act, parts: Collection[str]) -> bool:
    """Whether the act has a place at all in a matter in which organs have these parts."""
    return (not act.with_part or act.with_part in parts) and not (
        act.without_part and act.without_part in parts
    )


def can_be_met(p: Procedure, term: TermKind, parts: Collection[str]) -> bool:
    """Whether any act that meets the term has a place in a matter with these parts: else nobody could."""
    return any(occurs(p.act(code), parts) for code in term.met_by)


def stages_ahead(p: Procedure, stage: str) -> set[str]:
    """The stages a matter can still come to in this round, the present one included."""
    steps = [(join.at, join.to) for join in p.joins]
    for act in p.acts:
        again = {outcome.to for outcome in act.outcomes if outcome.again}
        steps += [(origin, to) for origin in act.at for to in targets(act) if to not in again]
    return _closure({stage}, steps)


def lane_stages_ahead(p: Procedure, stage: str) -> set[str]:
    """The same for a lane; its first stage, at which it waits for the hand-over, is before all others."""
    lane = p.lane_with(stage)
    if stage == lane.stages[0].code:
        return {each.code for each in lane.stages}
    steps = [(origin, act.party_to) for act in p.acts for origin in act.party_at if act.party_to]
    return _closure({stage}, steps)


def moves(act: Act) -> bool:
    """Whether the act takes the matter or a lane to another stage."""
    return bool(targets(act) or act.party_to or lane_targets(act))


def lane_targets(act: Act) -> tuple[str, ...]:
    """The lane stages at which an act puts all the parties it concerns."""
    return act.lanes_to + tuple(code for outcome in act.outcomes for code in outcome.lanes_to)


def _faults(p: Procedure) -> Iterator[str]:
    for what, codes in (
        ("acts", [a.code for a in p.acts]),
        ("stages", [s.code for s in p.stages]),
        ("lane stages", [s.code for s in p.lane_stages]),
        ("lanes", list(p.lane_parts)),
        ("terms", [t.code for t in p.terms]),
    ):
        if len(set(codes)) < len(codes):
            yield f"two {what} share a code"
    for act in p.acts:
        yield from (f"act {act.code}: {fault}" for fault in _act_faults(p, act))
    for term in p.terms:
        yield from (f"term {term.code}: {fault}" for fault in _term_faults(p, term))
    for join in p.joins:
        yield from (f"join at {join.at}: {fault}" for fault in _join_faults(p, join))
    for stone in p.milestones:
        yield from (f"milestone {stone.name}: {fault}" for fault in _milestone_faults(p, stone))
    yield from ("a lane that no part walks" for lane in p.lanes if not lane.parts)
    yield from _dead_ends(p)
    yield from _lane_dead_ends(p)


def _act_faults(p: Procedure, act: Act) -> Iterator[str]:
    stages, lane = {s.code: s for s in p.stages}, {s.code for s in p.lane_stages}
    if not act.by:
        yield "nobody may do it"
    if not act.at:
        yield "open at no stage"
    yield from (f"part {by.part} names no role" for by in act.by if not by.roles)
    yield from (f"unknown stage {code}" for code in (*act.at, *targets(act)) if code not in stages)
    moves = (*act.party_at, *((act.party_to,) if act.party_to else ()), *lane_targets(act))
    yield from (f"unknown lane stage {code}" for code in moves if code not in lane)
    if act.party_to and not act.party_at:
        yield "moves a lane without saying from where"
    if set(moves) <= lane:
        if act.party_at and len({p.lane_with(code) for code in (*act.party_at, act.party_to) if code}) > 1:
            yield "leads from one lane into another"
        for several in (act.lanes_to, *(outcome.lanes_to for outcome in act.outcomes)):
            if len({p.lane_with(code) for code in several}) < len(several):
                yield "puts one lane at two stages"
    raised, cleared = {other.raises for other in p.acts}, {other.clears for other in p.acts}
    for flag in dict.fromkeys((act.needs, act.forbids, act.clears)):
        if flag and flag not in raised:
            yield f"no act raises {flag}"
    if act.raises and act.raises not in cleared:
        yield f"no act clears {act.raises}"
    if len({outcome.code for outcome in act.outcomes}) < len(act.outcomes):
        yield "two outcomes share a code"
    if len({ask.key for ask in act.asks}) < len(act.asks):
        yield "asks the same twice"
    if act.grave and not any(ask.key == "reason" and ask.required for ask in act.asks):
        yield "grave, but asks no reason"
    if act.private and not act.is_lane:
        yield "private, but done for no party"
    if act.private and (act.public or any(ask.kind is Kind.FILES for ask in act.asks)):
        yield "private, but told to others"
    if (act.awaited or act.prepares) and any(stages[code].ended for code in act.at if code in stages):
        yield "awaited at an ended stage"
    yield from _desk_faults(p, act)
    owing = dict.fromkeys((act.owing, *(outcome.owing for outcome in act.outcomes)))
    yield from (f"owes at the ended stage {code}" for code in owing if code in stages and stages[code].ended)


def _desk_faults(p: Procedure, act: Act) -> Iterator[str]:
    yield from (f"prepares unknown act {code}" for code in act.prepares if code not in p._acts)
    if act.awaited and act.prepares:
        yield "awaited always, and also while something is missing"
    roles = {role for by in act.by for role in by.roles}
    yield from (f"falls to {role}, who may not do it" for role in act.falls_to if role not in roles)


def _term_faults(p: Procedure, term: TermKind) -> Iterator[str]:
    acts = {act.code for act in p.acts}
    # A matter's opening and the meeting of lanes are no acts, but start terms.
    starts = acts | {"opened"} | {join.code for join in p.joins if join.code}
    raised = {act.raises for act in p.acts}
    yield from (f"no act raises {flag}" for flag in (term.needs, term.forbids) if flag and flag not in raised)
    yield from (f"unknown act {code}" for code in term.started_by if code not in starts)
    yield from (f"unknown act {code}" for code in term.met_by if code not in acts)
    if term.after and term.after not in acts:
        yield f"unknown act {term.after}"
    if not term.met_by:
        yield "nothing meets it"
    if term.latest_from and term.latest_from not in {each.code for each in p.terms}:
        yield f"unknown term {term.latest_from}"
    yield from (f"part {part} walks no lane" for part in term.parties if part not in p.lane_parts)


def _join_faults(p: Procedure, join: Join) -> Iterator[str]:
    stages, lane = {stage.code for stage in p.stages}, {stage.code for stage in p.lane_stages}
    if not {join.at, join.to} <= stages or not {join.all_at, *join.lanes_to} <= lane:
        yield "unknown stage"
        return
    met = p.lane_with(join.all_at)
    yield from (f"part {part} does not walk that lane" for part in join.parts if part not in met.parts)


def _milestone_faults(p: Procedure, stone: Milestone) -> Iterator[str]:
    acts, terms = {act.code for act in p.acts}, {term.code for term in p.terms}
    yield from (f"unknown act {code}" for code in stone.acts if code not in acts)
    if stone.term and stone.term not in terms:
        yield f"unknown term {stone.term}"


def _dead_ends(p: Procedure) -> Iterator[str]:
    """Stages nobody can reach, stages without a way out, loops that cannot end, and stages at which nobody
    is waited for, so that nobody would be reminded."""
    ends = {stage.code for stage in p.stages if stage.ended}
    if not ends:
        yield "no stage ends the matter"
        return
    steps = [(origin, to) for act in p.acts for origin in act.at for to in targets(act)]
    steps += [(join.at, join.to) for join in p.joins]
    reached = _closure({p.first.code}, steps)
    can_end = _closure(ends, [(to, origin) for origin, to in steps])
    for stage in p.stages:
        if stage.code not in reached:
            yield f"stage {stage.code}: cannot be reached"
        if stage.code not in can_end:
            yield f"stage {stage.code}: cannot come to an end"
        if not stage.ended and not any(act.awaited and stage.code in act.at for act in p.acts):
            yield f"stage {stage.code}: nothing is awaited there"


def _lane_dead_ends(p: Procedure) -> Iterator[str]:
    """The same for the lanes, which end where they have ended or where they meet again."""
    steps = [(origin, act.party_to) for act in p.acts for origin in act.party_at if act.party_to]
    placed = {code for act in p.acts for code in lane_targets(act)}
    placed |= {code for join in p.joins for code in join.lanes_to}
    for lane in p.lanes:
        yield from _dead_ends_of(lane, steps, placed, {join.all_at for join in p.joins})


def _dead_ends_of(
    lane: LaneKind, steps: Sequence[tuple[str, str]], placed: set[str], met: set[str]
) -> Iterator[str]:
    own = {stage.code for stage in lane.stages}
    ends = {stage.code for stage in lane.stages if stage.ended} | (met & own)
    reached = _closure({lane.stages[0].code} | (placed & own), steps)
    # An act may put every lane where it likes, so the first stage has its way out there.
    out = [*steps, *((lane.stages[0].code, code) for code in placed & own)]
    can_end = _closure(ends, [(to, origin) for origin, to in out])
    for stage in lane.stages:
        if stage.code not in reached:
            yield f"lane stage {stage.code}: cannot be reached"
        if stage.code not in can_end:
            yield f"lane stage {stage.code}: cannot come to an end"


def _closure(begin: set[str], steps: Sequence[tuple[str, str]]) -> set[str]:
    """Everything that the steps lead to from where one begins."""
    found, size = set(begin), -1
    while len(found) > size:
        size = len(found)
        found |= {to for origin, to in steps if origin in found}
    return found
