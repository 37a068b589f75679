"""What a term is, what may happen to it, and what follows: plain facts with a JSON form."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, date
from typing import Any, Literal, Self

from .law_facts import MARKS, Rule
from .period import Period

Kind = Literal["exact", "latest", "open"]


class InvalidTerm(ValueError):
    """A term, pause or extension that contradicts itself; the message is Chinese."""


class CircularTerms(ValueError):
    """Terms that wait for each other; the Chinese message names them."""


# --- what a term is -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class OnEvent:
    """Starts on the day of an event, e.g. 会议闭会; without a day it is awaited.

    ``event`` is a noun phrase that reads well in 自…之日起算.
    """

    event: str
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterStep:
    """Starts on the day an earlier step was really met (``step``: its code, ``name``: in Chinese).

    Until then the latest lawful date is shown, reckoned from the due date of the term ``latest_from``
    (the step's own term by default).
    """

    step: str
    name: str
    latest_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedDate:
    """Due on the day the paper itself names, or (not ``stated`` there) the day a person has settled."""

    on: date
    stated: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedMonth:
    """Due on the last day of the month the paper itself names."""

    year: int
    month: int

    def __post_init__(self) -> None:
        """Refuse a month the calendar does not have: InvalidTerm."""
        if not (1 <= self.month <= 12 and MINYEAR <= self.year <= MAXYEAR):
            raise InvalidTerm(f"日历上没有{self.year}年{self.month}月。")

    @property
    def on(self) -> date:
        """The month's last day."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Undefined:
    """The paper names no period (随后, 规定的时限): a question for people, never a guess.

    ``rule`` says what the place's own rules will set once their event happens (核对通过后10个工作日). Where
    people have reserved the question to themselves, it is ``reserved``: no rule answers it.
    """

    wording: str
    rule: str = ""
    reserved: bool = False


Anchor = OnEvent | AfterStep | FixedDate | FixedMonth | Undefined
ANCHORS: Mapping[str, type[Anchor]] = {
    "event": OnEvent,
    "step": AfterStep,
    "date": FixedDate,
    "month": FixedMonth,
    "undefined": Undefined,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TermSpec:
    """One term as a paper or a law states it.

    ``after`` is the code of the step that has to come first even though the term does not start from it
    (书面征求意见后，于2024年2月报告). ``before`` counts back from the event (会议举行20日前).
    ``wording`` is the text's own, ``citation`` what the term rests on.
    """

    code: str
    name: str
    anchor: Anchor
    period: Period | None = None
    citation: str
    wording: str = ""
    before: bool = False
    after: str | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be reckoned: InvalidTerm."""
        if self.period and isinstance(self.anchor, FixedDate | FixedMonth):
            raise InvalidTerm(f"“{self.name}”既写了固定日期，又写了期限，只能取其一。")
        if self.before and not (self.period and isinstance(self.anchor, OnEvent)):
            raise InvalidTerm(f"“{self.name}”是倒推的期限，应写明期限以及从哪个事件倒推。")

    @classmethod
    def from_rule(cls, rule: Rule, *, code: str, anchor: Anchor) -> Self:
        """Return the term that a law's rule sets from this anchor; TypeError if the rule is no period.

        A rule nobody has compared with the law's text carries that doubt into every explanation.
        """
        doubt = f"（{MARKS[rule.mark]}）" if rule.mark in ("W", "M") else ""
        return cls(
            code=code,
            name=rule.name,
            anchor=anchor,
            period=rule.period,
            citation=rule.citation() + doubt,
            before=rule.before,
        )

    @property
    def previous(self) -> str | None:
        """The code of the step that comes before this one, if any."""
        return self.anchor.step if isinstance(self.anchor, AfterStep) else self.after

    def as_json(self) -> dict[str, Any]:
        """Return plain values for storage."""
        kind = next(name for name, each in ANCHORS.items() if isinstance(self.anchor, each))
        values = {name: _plain(getattr(self.anchor, name)) for name in self.anchor.__dataclass_fields__}
        return {
            "code": self.code,
            "name": self.name,
            "anchor": {"type": kind, **values},
            "period": self.period.iso() if self.period else None,
            "citation": self.citation,
            "wording": self.wording,
            "before": self.before,
            "after": self.after,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the term that ``as_json`` described."""
        anchor = dict(data["anchor"])
        kind = ANCHORS[anchor.pop("type")]
        if anchor.get("on"):
            anchor["on"] = date.fromisoformat(anchor["on"])
        period = Period.parse(data["period"]) if data["period"] else None
        return cls(**{**data, "anchor": kind(**anchor), "period": period})


# --- what happened to it --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """The clock stands still from ``since`` until the day it runs again (None: still standing)."""

    since: date
    until: date | None
    reason: str
    by: str

    def __post_init__(self) -> None:
        """Refuse a pause that ends before it begins: InvalidTerm."""
        if self.until is not None and self.until < self.since:
            raise InvalidTerm(f"中止的恢复日期（{self.until}）早于中止日期（{self.since}）。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """More time, granted ``on`` a day by someone: either ``by_period`` or ``to`` a date."""

    by_period: Period | None = None
    to: date | None = None
    reason: str
    by: str
    on: date

    def __post_init__(self) -> None:
        """Refuse an extension without a measure, or with two: InvalidTerm."""
        if (self.by_period is None) == (self.to is None):
            raise InvalidTerm("延期应写明延长多久或延至哪一天，两者取其一。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Happenings:
    """What is known so far: steps met and pauses and extensions by term code, events by their name."""

    met: Mapping[str, date] = field(default_factory=dict)
    events: Mapping[str, date] = field(default_factory=dict)
    pauses: Mapping[str, tuple[Pause, ...]] = field(default_factory=dict)
    extensions: Mapping[str, tuple[Extension, ...]] = field(default_factory=dict)


# --- what follows from it -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One sentence of the explanation, the day it arrives at, and the rule it applies."""

    text: str
    on: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a term ends: ``exact``; ``latest``, while an earlier step is pending; or ``open``, with no day.

    ``provisional`` means that a holiday notice not yet loaded may still move the day.
    """

    on: date | None
    kind: Kind
    provisional: bool
    start: date | None
    steps: tuple[Step, ...]

    def as_json(self) -> dict[str, Any]:
        """Return plain values for storage."""
        return {
            "on": _plain(self.on),
            "kind": self.kind,
            "provisional": self.provisional,
            "start": _plain(self.start),
            "steps": [{"text": s.text, "on": _plain(s.on), "source": s.source} for s in self.steps],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the due date that ``as_json`` described."""
        steps = tuple(Step(**{**step, "on": _day(step["on"])}) for step in data["steps"])
        return cls(**{**data, "on": _day(data["on"]), "start": _day(data["start"]), "steps": steps})


@dataclass(frozen=True, slots=True, kw_only=True)
class Collision:
    """An earlier step that may lawfully end too late for the later one: a question for people."""

    earlier: str
    later: str
    earlier_on: date
    later_on: date
    question: str


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
