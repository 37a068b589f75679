"""Papers that wait on the offices' desks to be looked through: their periods run whether or not anybody reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils import timezone

from bihuan.kernel.lights import Light, TermRow, light_of, warn_date
from bihuan.library.access import office_places
from bihuan.library.models import Document, Proposal, Reading
from bihuan.matters.clock import WARN_DAYS
from bihuan.people.actors import Actor

FEW = 6  # papers on the desk itself; the list of papers shows all


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTask:
    """One paper read and not yet accepted. `due_on` is the earliest day its periods name, as read."""

    reading: Reading
    due_on: date | None
    light: Light
    since: date
    decided: int
    total: int


def papers_to_review(actor: Actor, *, today: date) -> tuple[list[PaperTask], bool]:
    """The papers waiting longest, and whether there are more (at most two queries)."""
    places = office_places(actor)
    if not places:
        return [], False
    waiting = Reading.objects.filter(
        state=Reading.PROPOSED, document__place__in=places, document__kind=Document.UPLOAD
    )
    waiting = waiting.select_related("document").defer("document__text", "former_text")
    decided = Count("proposals", filter=~Q(proposals__decision=Proposal.PENDING))
    counted = waiting.annotate(total=Count("proposals"), decided=decided)
    readings = list(counted.order_by("made_at", "id")[: FEW + 1])
    shown = readings[:FEW]
    due = _earliest_due(shown) if shown else {}
    return [_task(reading, due.get(reading.pk), today=today) for reading in shown], len(readings) > FEW


def _earliest_due(readings: Sequence[Reading]) -> dict[int, date]:
    rows = Proposal.objects.filter(reading__in=readings, type="deadline")
    rows = rows.exclude(decision=Proposal.REJECTED).only("reading_id", "fact", "corrected")
    found: dict[int, date] = {}
    for row in rows:
        text = str(row.final.get("due") or "")
        if len(text) == len("2026-02-28"):  # a year or a month alone names no day
            day = date.fromisoformat(text)
            found[row.reading_id] = min(day, found.get(row.reading_id, day))
    return found


def _task(reading: Reading, due_on: date | None, *, today: date) -> PaperTask:
    row = TermRow(due_on=due_on, warn_on=warn_date(due_on, days=WARN_DAYS))
    return PaperTask(
        reading=reading,
        due_on=due_on,
        light=light_of(row, on=today),
        since=timezone.localdate(reading.made_at),
        decided=reading.decided,  # type: ignore[attr-defined]  # annotated above
        total=reading.total,  # type: ignore[attr-defined]
    )
