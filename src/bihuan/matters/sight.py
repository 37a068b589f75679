"""Whose lists show what: the `Seen` rows, made anew by every act from the matter and its parties.

A seer is whoever sees by one and the same right: those who run a place's house (place_seer), those who speak for
an organ that has a part, or the one person of it whose own the part is (organ_seer). `access.seers` says which of
them a person is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from django.db.models import Q, QuerySet

from bihuan.kernel.lights import light_of
from bihuan.matters.models import NEVER, Matter, Party, Promise, Seen, SeenMatter, SeenPromise, SeenTerm, Term

Row = TypeVar("Row", bound=Seen)


def place_seer(place: int) -> str:
    return f"p{place}"


def organ_seer(organ: int, person: int | None) -> str:
    """Those who speak for the organ; with `person`, that one of them whose own part it is."""
    return f"o{organ}" if person is None else f"o{organ}.{person}"


def seers_of(matter: Matter, parties: Iterable[Party]) -> list[str]:
    """Everybody who sees the matter; `parties` are those that have not left it."""
    by_part = {organ_seer(party.organ_id, party.person_id) for party in parties}
    return sorted({place_seer(matter.place_id), *by_part})


def refresh_sight(matter: Matter) -> None:
    """Bring the rows of the matter, its terms and its promises up to date."""
    seers = seers_of(matter, matter.parties.filter(until__isnull=True))
    terms = matter.terms.filter(Q(dropped=False) | Q(lapsed_on__isnull=False)).select_related("party")
    _put(matter.seen.all(), [_seen_matter(matter, seer) for seer in seers])
    _put(
        SeenTerm.objects.filter(term__matter=matter),
        [_seen_term(term, seer) for term in terms for seer in _told_of(term, matter, seers)],
    )
    _put(
        SeenPromise.objects.filter(promise__matter=matter),
        [_seen_promise(promise, seer) for promise in matter.promises.all() for seer in seers],
    )


def show_new(matters: Mapping[Matter, Iterable[Party]]) -> None:
    """The same for many matters nobody has seen yet, which run no terms and have promised nothing."""
    SeenMatter.objects.bulk_create(
        [
            _seen_matter(matter, seer)
            for matter, parties in matters.items()
            for seer in seers_of(matter, parties)
        ]
    )


def _told_of(term: Term, matter: Matter, seers: Sequence[str]) -> Sequence[str]:
    """Who may know of the term: what binds one person in a part is that person's and the house's alone."""
    if term.party is None or term.party.person_id is None:
        return seers
    return seers_of(matter, [term.party])


def _seen_matter(matter: Matter, seer: str) -> SeenMatter:
    return SeenMatter(
        seer=seer,
        matter=matter,
        procedure_code=matter.procedure_code,
        stage=matter.stage,
        ended=int(matter.ended_on is not None),
        opened_on=matter.opened_on,
        due_on=matter.due_on,
        warn_on=matter.warn_on,
    )


def _seen_term(term: Term, seer: str) -> SeenTerm:
    # On the first of all days nothing is late nor soon due: what is left is what no day changes.
    lasting = light_of(term, on=date.min)
    return SeenTerm(
        seer=seer,
        term=term,
        light=lasting.value,
        due_on=term.due_on or NEVER,
        warn_on=term.warn_on or NEVER,
    )


def _seen_promise(promise: Promise, seer: str) -> SeenPromise:
    return SeenPromise(seer=seer, promise=promise, state=promise.state, due_on=promise.due_on or NEVER)


def _put(known: QuerySet[Row], wanted: Sequence[Row]) -> None:
    """Write what differs: most acts move little of what a list shows."""
    missing = {_columns(row): row for row in wanted}
    gone = [row.pk for row in known if missing.pop(_columns(row), None) is None]
    if gone:
        known.model._default_manager.filter(pk__in=gone).delete()
    known.model._default_manager.bulk_create(missing.values())


def _columns(row: Seen) -> tuple[object, ...]:
    """All a row says, its own number aside."""
    return tuple(getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key)
