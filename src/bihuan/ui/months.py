"""One month as a table of weeks, with the lights of what falls due on each day."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bihuan.kernel.lights import Light

# Sunday first, as Chinese wall calendars have it.
_WEEKS: Final = calendar.Calendar(firstweekday=calendar.SUNDAY)
# What most wants seeing is shown when a day holds several lights.
_URGENCY: Final = (
    Light.LATE,
    Light.WARN,
    Light.NORMAL,
    Light.WAITING,
    Light.PAUSED,
    Light.LAPSED,
    Light.DONE_LATE,
    Light.DONE,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the month; `url` opens the rows behind `count`."""

    day: date
    inside: bool  # belongs to the month shown, not to a neighbour
    today: bool
    resting: bool
    light: Light | None
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Month:
    label: str
    first: date
    previous: date
    next: date
    weeks: tuple[tuple[Cell, ...], ...]
    total: int


def month(
    first: date,
    *,
    today: date,
    lights: Mapping[date, Sequence[Light]],
    url: str = "",
    resting: Collection[date] | None = None,
) -> Month:
    """The month `first` lies in.

    `lights` gives what falls due on each day; `url` is the address of the rows of a day, with `{day}` where
    the ISO date goes; `resting` the legal rest days (weekends where it is not given).
    """
    first = first.replace(day=1)

    def cell(day: date) -> Cell:
        held = lights.get(day, ()) if day.month == first.month else ()
        return Cell(
            day=day,
            inside=day.month == first.month,
            today=day == today,
            resting=day.weekday() >= 5 if resting is None else day in resting,
            light=min(held, key=_URGENCY.index, default=None),
            count=len(held),
            url=url.replace("{day}", day.isoformat()) if held else "",
        )

    weeks = tuple(
        tuple(cell(day) for day in week) for week in _WEEKS.monthdatescalendar(first.year, first.month)
    )
    return Month(
        label=f"{first.year}年{first.month}月",
        first=first,
        previous=(first - timedelta(days=1)).replace(day=1),
        next=(first + timedelta(days=31)).replace(day=1),
        weeks=weeks,
        total=sum(cell.count for week in weeks for cell in week),
    )
