"""The clock's round: what turned yellow or red since it last came by is recorded, each on the day it fell.

Safe to repeat and after days of standing still: a term's light is marked once for each date it was due, and
the ledger entry bears the day the light turned, not the day the clock noticed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from bihuan.kernel.lights import Light, TermRow, light_of
from bihuan.ledger.append import append_entry
from bihuan.ledger.models import Entry
from bihuan.matters.lateness import light_case
from bihuan.matters.models import Matter, Party, Term, TermMark, Todo
from bihuan.matters.notices import holders, tell
from bihuan.people.actors import SYSTEM

BATCH = 100  # terms a transaction: bounds memory, and how long other writers wait
KINDS = {Light.WARN: "term.warned", Light.LATE: "term.late"}
# Who is told of a red light besides those who should act: the office in charge and the overseer.
WATCHING = {
    "office": ("staff", "director"),
    "overseer": ("clerk", "section", "leader", "chief"),
}


class ClockSetBack(Exception):
    """The day is earlier than what the ledger already holds; the message is Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """A light that turned on a day."""

    term: Term
    light: Light
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """How many lights one round recorded."""

    warned: int
    late: int


def mark_lights(*, on: date, at: datetime) -> Marked:
    """Record every light that has turned by `on` and is not recorded yet; ClockSetBack before anything else.

    Each batch is a transaction of its own: what a broken round has recorded stays, the next goes on.
    """
    _refuse_set_back(on)
    counted = {Light.WARN: 0, Light.LATE: 0}
    for batch in _batches(on=on):
        for turned in _mark(batch, on=on, at=at):
            counted[turned.light] += 1
    return Marked(warned=counted[Light.WARN], late=counted[Light.LATE])


def marks_of(matter: Matter) -> QuerySet[TermMark]:
    """The lights that turned in a matter, for its timeline, newest first (one query)."""
    return (
        TermMark.objects.filter(term__matter=matter)
        .select_related("term__party__organ", "term__party__person")
        .order_by("-seq")
    )


def _refuse_set_back(on: date) -> None:
    """A light recorded by a clock that lags behind would contradict the entries before it."""
    last = Entry.objects.order_by("-seq").values_list("at", flat=True).first()
    if last is not None and on < (recorded := timezone.localdate(last)):
        raise ClockSetBack(
            f"没有巡检：要巡检的日期是{_day(on)}，而台账最后一条记于{_day(recorded)}，时间不能倒退。"
            "请核对这台机器的日期和时间，校准后再试。"
        )


def _unmarked(*, on: date) -> QuerySet[Term]:
    """The running terms whose present light is yellow or red and not recorded for the date they are due."""
    recorded = TermMark.objects.filter(
        term=OuterRef("pk"), light=OuterRef("light"), due_on=OuterRef("due_on")
    )
    running = Term.objects.filter(Q(due_on__lt=on) | Q(warn_on__lte=on), met_on__isnull=True, dropped=False)
    lit = running.annotate(light=light_case(on=on)).filter(light__in=[light.value for light in KINDS])
    return lit.filter(~Exists(recorded)).order_by("due_on", "id")


def _batches(*, on: date) -> Iterator[list[int]]:
    """The ids of `_unmarked`, batch by batch, each beginning after the last term of the one before."""
    rest = _unmarked(on=on)
    while batch := list(rest.values_list("due_on", "pk")[:BATCH]):
        yield [key for _, key in batch]
        due_on, key = batch[-1]
        rest = _unmarked(on=on).filter(Q(due_on__gt=due_on) | Q(pk__gt=key), due_on__gte=due_on)


@transaction.atomic
def _mark(batch: Sequence[int], *, on: date, at: datetime) -> list[Turned]:
    """Record one batch: an entry and a mark for every light, then the notices.

    The matters are locked first, as `perform` locks its own: an act done meanwhile is seen, a second clock
    waits and then finds the marks; after the ledger nothing is locked any more, so neither can wait in a ring.
    """
    held = Matter.objects.filter(terms__in=batch).order_by("pk").values_list("pk", flat=True)
    list(Matter.objects.select_for_update(no_key=True).filter(pk__in=set(held)).order_by("pk"))
    terms = list(
        Term.objects.filter(pk__in=batch, met_on__isnull=True, dropped=False, paused=False)
        .select_related("matter", "party__organ", "party__person")
        .order_by("due_on", "id")
    )
    known = set(TermMark.objects.filter(term__in=terms).values_list("term", "light", "due_on"))
    turned = [
        each
        for term in terms
        for each in _turned(term, on=on)
        if (term.pk, each.light.value, term.due_on) not in known
    ]
    TermMark.objects.bulk_create([_record(each, at=at) for each in turned])
    _tell(turned, on=on)
    return turned


def _turned(term: Term, *, on: date) -> Iterator[Turned]:
    """The lights that turned up to the day, in order: never before the matter itself began."""
    row = TermRow(due_on=term.due_on, warn_on=term.warn_on)
    late_on = term.due_on + timedelta(days=1) if term.due_on else None
    for day in (term.warn_on, late_on):
        if day is not None and day <= on:
            yield Turned(term=term, light=light_of(row, on=day), on=max(day, term.matter.opened_on))


def _record(turned: Turned, *, at: datetime) -> TermMark:
    term = turned.term
    assert term.due_on is not None  # noqa: S101  # a term without a date has no light that turns
    entry = append_entry(
        kind=KINDS[turned.light],
        subject=term.matter.subject,
        actor=SYSTEM.stamp(),
        account=None,
        at=at,
        on=turned.on,
        body={
            "term": term.name,
            "kind": term.kind,
            "party": term.party.name if term.party else None,
            "round": term.round,
            "due": term.due_on.isoformat(),
            "provisional": term.reckoning.provisional,
        },
    )
    return TermMark(
        term=term, light=turned.light.value, due_on=term.due_on, on=turned.on, at=at, seq=entry.seq
    )


def _tell(turned: Sequence[Turned], *, on: date) -> None:
    """One line a term for its light of today; a yellow long turned red is history, not news."""
    now = list({each.term.pk: each for each in turned}.values())
    matters = {each.term.matter_id for each in now}
    todos: dict[int, list[Todo]] = defaultdict(list)
    for todo in Todo.objects.filter(matter__in=matters):
        todos[todo.matter_id].append(todo)
    watching: dict[int, list[Party]] = defaultdict(list)
    for party in Party.objects.filter(matter__in=matters, part__in=WATCHING, until__isnull=True):
        watching[party.matter_id].append(party)
    desks = {
        each.term.pk: _desks(each, todos[each.term.matter_id], watching[each.term.matter_id]) for each in now
    }
    seated = holders((desk for own in desks.values() for desk in own), on=on)
    for each in now:
        tell(
            (person for desk in desks[each.term.pk] for person in seated[desk]),
            key=f"term:{each.term.pk}:{each.light.value}:{each.term.due_on}",
            text=_text(each.term, each.light),
            matter=each.term.matter,
            on=on,
        )


def _desks(turned: Turned, todos: Iterable[Todo], watching: Iterable[Party]) -> set[tuple[int, str]]:
    """Those who should act; where nothing waits at all, and whenever red, those who watch."""
    acting = acting_desks(turned.term, todos)
    watch = {(party.organ_id, role) for party in watching for role in WATCHING[party.part]}
    return acting | watch if turned.light is Light.LATE or not acting else acting


def acting_desks(term: Term, todos: Iterable[Todo]) -> set[tuple[int, str]]:
    """The desks (organ, role) where the act that would meet the term waits; before its turn, those where the
    party's next act does. `todos` are the matter's."""
    kind = next((kind for kind in term.matter.procedure.terms if kind.code == term.kind), None)
    own = [todo for todo in todos if term.party_id in (None, todo.party_id)]
    meeting = [todo for todo in own if kind is not None and todo.act in kind.met_by]
    return {(todo.organ_id, todo.role) for todo in meeting or own}


def _text(term: Term, light: Light) -> str:
    what = f"{term.name}（{term.party}）" if term.party else term.name
    assert term.due_on is not None  # noqa: S101  # as above
    return f"{light.word}：{what}，期限{_day(term.due_on)}：{term.matter.title}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
