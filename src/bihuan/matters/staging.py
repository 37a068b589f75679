"""A stage on which a demo place's matters are acted: every module plans its steps, then all are played in the
order of their days, as the ledger demands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from bihuan.kernel.calendar import national_calendar
from bihuan.matters.models import Matter, Party
from bihuan.matters.perform import perform
from bihuan.people.demo import Cast


@dataclass(slots=True)
class Stage:
    """The demo being built: who acts, and the steps still to be done, each on its day."""

    cast: Cast
    today: date
    steps: list[tuple[date, int, Callable[[], object]]] = field(default_factory=list)
    matters: dict[str, Matter] = field(default_factory=dict)

    def back(self, days: int) -> date:
        return self.workday(self.today - timedelta(days=days))

    def workday(self, day: date) -> date:
        """That day or the last working day before it: offices do not act on rest days."""
        return national_calendar().previous_working(day)

    def plan(self, day: date, step: Callable[[], object]) -> None:
        self.steps.append((day, len(self.steps), step))

    def run(self) -> None:
        for _, _, step in sorted(self.steps, key=lambda each: each[:2]):
            step()

    def act(
        self, title: str, code: str, user: str, day: date, part: str | None = None, **answers: Any
    ) -> None:
        """Plan one act of `user`; `part` names the party of a lane act (the actor's own, where the part is a
        person's). Callables are answered on the day."""
        day = self.workday(day)

        def step() -> None:
            matter = self.matters[title]
            matter.refresh_from_db()
            party = self._party(matter, part, user) if part else None
            given = {
                name: value(matter, party) if callable(value) else value for name, value in answers.items()
            }
            actor = self.cast.actor(user, on=day)
            perform(matter, code, actor=actor, answers=given, at=moment(day), party=party)

        self.plan(day, step)

    def _party(self, matter: Matter, part: str, user: str) -> Party | None:
        going = matter.parties.filter(part=part, until__isnull=True).order_by("id")
        return going.filter(person=self.cast.person(user)).first() or going.first()


def moment(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
