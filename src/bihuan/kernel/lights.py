"""'Late' is written once: an ordered table, evaluated here and walked into SQL by the matters layer.

The first row whose conditions all hold gives the light. A term met on its due date is not late; the light
turns red on the day after.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal, Protocol

Column = Literal["due_on", "warn_on", "met_on", "paused", "lapsed_on"]
Operator = Literal["lt", "le", "gt", "ge", "isnull", "notnull", "true"]
# The other side of a comparison: a column, the day asked about, or nothing for the one-sided operators.
Operand = Literal["due_on", "warn_on", "met_on", "today"] | None
Condition = tuple[Column, Operator, Operand]


class Light(StrEnum):
    """The state of a term's clock; the value is stored and used in addresses."""

    NORMAL = "normal"
    WARN = "warn"
    LATE = "late"
    WAITING = "waiting"
    PAUSED = "paused"
    DONE = "done"
    DONE_LATE = "done_late"
    LAPSED = "lapsed"

    @property
    def symbol(self) -> str:
        """The shape that goes with the colour, for those who cannot tell colours apart."""
        return SIGNS[self][0]

    @property
    def word(self) -> str:
        """The Chinese word that goes with the shape."""
        return SIGNS[self][1]


SIGNS: dict[Light, tuple[str, str]] = {
    Light.NORMAL: ("●", "正常"),
    Light.WARN: ("▲", "将到期"),
    Light.LATE: ("■", "已超期"),
    Light.WAITING: ("◇", "待定"),
    Light.PAUSED: ("‖", "已中止"),
    Light.DONE: ("✓", "已完成"),
    Light.DONE_LATE: ("☑", "超期完成"),
    Light.LAPSED: ("✕", "未履行"),
}

RULES: tuple[tuple[Light, tuple[Condition, ...]], ...] = (
    (Light.DONE_LATE, (("met_on", "gt", "due_on"),)),
    (Light.DONE, (("met_on", "notnull", None),)),
    (Light.LAPSED, (("lapsed_on", "notnull", None),)),
    (Light.PAUSED, (("paused", "true", None),)),
    (Light.WAITING, (("due_on", "isnull", None),)),
    (Light.LATE, (("due_on", "lt", "today"),)),
    (Light.WARN, (("warn_on", "le", "today"),)),
    (Light.NORMAL, ()),
)


class Row(Protocol):
    """What the rules look at: a term as it is stored."""

    @property
    def due_on(self) -> date | None:
        """The due date; None while open."""

    @property
    def warn_on(self) -> date | None:
        """The first day of the yellow light; None for no warning."""

    @property
    def met_on(self) -> date | None:
        """The day the term was met; None while pending."""

    @property
    def paused(self) -> bool:
        """Whether the clock stands still."""

    @property
    def lapsed_on(self) -> date | None:
        """The day the loop went on without it, unmet; None while it can still be met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRow:
    """A row for those who have no stored one."""

    due_on: date | None
    warn_on: date | None = None
    met_on: date | None = None
    paused: bool = False
    lapsed_on: date | None = None


def light_of(row: Row, *, on: date) -> Light:
    """Return the light of a term on a day."""
    return next(light for light, conditions in RULES if all(_holds(row, each, on=on) for each in conditions))


def warn_date(due_on: date | None, *, days: int) -> date | None:
    """Return the first day of the yellow light, so many calendar days before the due date."""
    return due_on - timedelta(days=days) if due_on else None


def _holds(row: Row, condition: Condition, *, on: date) -> bool:
    """Evaluate one condition as SQL does: a comparison with nothing does not hold."""
    column, operator, operand = condition
    left = getattr(row, column)
    if operator in ("isnull", "notnull", "true"):
        return {"isnull": left is None, "notnull": left is not None, "true": left is True}[operator]
    right = on if operand == "today" else getattr(row, operand or "")
    if left is None or right is None:
        return False
    match operator:
        case "lt":
            return bool(left < right)
        case "le":
            return bool(left <= right)
        case "gt":
            return bool(left > right)
        case _:
            return bool(left >= right)
