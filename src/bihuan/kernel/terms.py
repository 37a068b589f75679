"""Terms: from a start and a period to a due date, with every step of the reckoning in words.

Nothing is guessed: a term without a period, or whose start is unknown, is open and says what it waits for.
How days are counted is in ``counting``, what a term is in ``term_facts``; both are meant to be imported
from here.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from .calendar import Calendar
from .counting import in_words
from .period import InvalidPeriod, Period, Unit
from .reckoning import Reckoning
from .term_facts import (
    AfterStep,
    Anchor,
    CircularTerms,
    Collision,
    Due,
    Extension,
    FixedDate,
    FixedMonth,
    Happenings,
    InvalidTerm,
    OnEvent,
    Pause,
    Step,
    TermSpec,
    Undefined,
)

__all__ = [
    "AfterStep", "Anchor", "CircularTerms", "Collision", "Due", "Extension", "FixedDate", "FixedMonth",
    "Happenings", "InvalidPeriod", "InvalidTerm", "OnEvent", "Pause", "Period", "Step", "TermSpec",
    "Undefined", "Unit", "collisions", "due_date", "in_words", "reckon",
]  # fmt: skip


def due_date(*, start: date, period: Period, calendar: Calendar, event: str = "", citation: str = "") -> Due:
    """Return when a period that starts with an event on a day ends; InvalidPeriod beyond the calendar."""
    spec = TermSpec(code="", name="", anchor=OnEvent(event=event, on=start), period=period, citation=citation)
    return reckon([spec], Happenings(), calendar=calendar)[""]


def reckon(specs: Iterable[TermSpec], happenings: Happenings, *, calendar: Calendar) -> dict[str, Due]:
    """Return the due date of every term by its code; CircularTerms if terms wait for each other."""
    by_code = {spec.code: spec for spec in specs}
    dues: dict[str, Due] = {}
    for code in _in_order(by_code):
        reckoning = Reckoning(spec=by_code[code], happenings=happenings, dues=dues, calendar=calendar)
        try:
            dues[code] = reckoning.due()
        except OverflowError as error:
            raise InvalidPeriod("算出的日期超出了公历可以表示的范围，请核对起算日期和期限。") from error
    return {code: dues[code] for code in by_code}


def collisions(
    specs: Iterable[TermSpec], dues: Mapping[str, Due], *, within: int = 7
) -> tuple[Collision, ...]:
    """Return each term whose day leaves fewer than ``within`` days after a step that must precede it.

    Only days that do not themselves move with the earlier step can collide with it. Where the step directly
    before has no day, the nearest one before it that has a day counts.
    """
    by_code = {spec.code: spec for spec in specs}
    found = (_collision(spec, by_code=by_code, dues=dues, within=within) for spec in by_code.values())
    return tuple(collision for collision in found if collision)


def _collision(
    later: TermSpec, *, by_code: Mapping[str, TermSpec], dues: Mapping[str, Due], within: int
) -> Collision | None:
    later_on = dues[later.code].on
    earlier = _nearest_dated(later, by_code=by_code, dues=dues)
    earlier_on = dues[earlier.code].on if earlier else None
    if earlier is None or earlier_on is None or later_on is None or isinstance(later.anchor, AfterStep):
        return None
    left = (later_on - earlier_on).days
    if left >= within:
        return None
    gap = f"其后只剩{left}天" if left > 0 else "两者是同一天" if left == 0 else f"前一步反而可以晚{-left}天"
    return Collision(
        earlier=earlier.code,
        later=later.code,
        earlier_on=earlier_on,
        later_on=later_on,
        question=(
            f"“{earlier.wording or earlier.name}”最迟可到{in_words(earlier_on)}，"
            f"而“{later.wording or later.name}”的到期日是{in_words(later_on)}，{gap}。"
            "请确认以哪一个期限为准。"
        ),
    )


def _nearest_dated(
    spec: TermSpec, *, by_code: Mapping[str, TermSpec], dues: Mapping[str, Due]
) -> TermSpec | None:
    """Return the nearest step before this one whose term has a day."""
    earlier = by_code.get(spec.previous or "")
    while earlier and dues[earlier.code].on is None:
        earlier = by_code.get(earlier.previous or "")
    return earlier


def _in_order(by_code: Mapping[str, TermSpec]) -> Iterator[str]:
    """Yield the codes so that every term comes after those it is reckoned from."""
    done: set[str] = set()

    def visit(code: str, path: tuple[str, ...]) -> Iterator[str]:
        if code in path:
            names = "→".join(f"“{by_code[each].name}”" for each in (*path[path.index(code) :], code))
            raise CircularTerms(f"期限互相等待，无法计算：{names}。请检查各期限的先后顺序。")
        if code in done or code not in by_code:
            return
        for other in _needs(by_code[code]):
            yield from visit(other, (*path, code))
        done.add(code)
        yield code

    for code in by_code:
        yield from visit(code, ())


def _needs(spec: TermSpec) -> Iterator[str]:
    if isinstance(spec.anchor, AfterStep):
        yield spec.anchor.step
        if spec.anchor.latest_from:
            yield spec.anchor.latest_from
    if spec.after:
        yield spec.after
