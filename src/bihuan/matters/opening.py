"""How a matter begins: numbered, with its parties, its items and the terms its paper states."""

from __future__ import annotations

from collections import Counter as Counted
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from bihuan.kernel.chain import Json
from bihuan.kernel.procedure import Act, Procedure
from bihuan.kernel.terms import TermSpec
from bihuan.ledger.append import append_entry
from bihuan.library.models import Document
from bihuan.library.search import index_text
from bihuan.matters import clock
from bihuan.matters.kin import remember_new, remember_text
from bihuan.matters.models import Counter, Deed, Item, Link, Matter, Party
from bihuan.matters.notices import tell_new_todos
from bihuan.matters.search import SEARCH_KIND, index_matter
from bihuan.matters.sight import refresh_sight, show_new
from bihuan.matters.worklist import refresh_todos
from bihuan.people.actors import Actor, HeldPost
from bihuan.people.models import Organ, Person, Place

OPENED = "opened"  # the deed with which every matter begins


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDraft:
    """One thing asked for; `parent` is the position of its main item among the drafts."""

    kind: str
    ordinal: int
    text: str
    parent: int | None = None
    span: tuple[int, int] | None = None


def open_matter(
    *,
    procedure: Procedure,
    place: Place,
    title: str,
    opened_on: date,
    parties: Sequence[tuple[Organ, str]],
    persons: Sequence[tuple[Person, Organ, str]] = (),
    items: Sequence[ItemDraft] = (),
    terms: Sequence[TermSpec] = (),
    events: Mapping[str, date] | None = None,
    source: Document | None = None,
    facts: Mapping[str, Json] | None = None,
    actor: Actor,
    at: datetime,
) -> Matter:
    """Open a matter at its procedure's first stage, with one ledger entry. `parties` are (organ, part),
    `persons` those whose part is their own: (person, organ, part).

    `opened_on` is the day the law looks at: the rules in force then hold for the matter to its end.
    """
    with transaction.atomic():
        matter = Matter.objects.create(
            place=place,
            number=f"{procedure.prefix}-{opened_on.year}-{next_in_series(procedure.prefix, year=opened_on.year):04d}",
            procedure_code=procedure.code,
            edition=procedure.edition,
            title=title,
            stage=procedure.first.code,
            version=1,
            opened_on=opened_on,
            events={name: day.isoformat() for name, day in (events or {}).items()},
            source=source,
            drafts=[draft.as_json() for draft in terms],
        )
        joined = [add_party(matter, organ, part, since=opened_on) for organ, part in parties]
        joined += [
            add_party(matter, organ, part, since=opened_on, person=person) for person, organ, part in persons
        ]
        _add_items(matter, items)
        remember_text(matter, "\n".join([title, *(item.text for item in items)]))
        clock.begin_drafted(matter, parties=joined, whole=True)
        entry = append_entry(
            kind=f"matter.{OPENED}",
            subject=matter.subject,
            actor=actor.stamp(actor.posts[0] if actor.posts else None),
            account=actor.account,
            at=at,
            on=opened_on,
            body={
                "procedure": procedure.code,
                "edition": procedure.edition,
                "version": 1,
                "title": title,
                "source": source.sha256 if source else None,
                "parties": [[party.name, party.part] for party in joined],
                "items": [[item.kind, item.ordinal, item.text] for item in items],
                "terms": [term.spec for term in matter.terms.order_by("id")],
                "events": dict(matter.events),
                "facts": dict(facts or {}),
            },
        )
        Deed.objects.create(
            matter=matter,
            act=OPENED,
            name="登记",
            round=1,
            on=opened_on,
            at=at,
            seq=entry.seq,
            actor=entry.actor,
        )
        clock.begin_started(matter, OPENED, None, on=opened_on)
        clock.settle_open(matter, on=opened_on)
        clock.recount(matter, calendar=clock.current_calendar())
        matter.save()
        refresh_sight(matter)
        tell_new_todos(matter, refresh_todos(matter, on=opened_on), on=timezone.localdate(at))
        index_matter(matter, at=at)
    return matter


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDraft:
    """A matter of before the system, as its list tells it: who, what, and the outcome as `record`."""

    title: str
    opened_on: date
    ended_on: date
    parties: Sequence[tuple[Organ, str]]
    persons: Sequence[tuple[Person, Organ, str]]
    items: Sequence[str]
    record: Mapping[str, Json]
    lines: Sequence[tuple[str, str]]


def open_past(
    drafts: Sequence[PastDraft],
    *,
    procedure: Procedure,
    act: Act,
    place: Place,
    source: Document,
    actor: Actor,
    post: HeldPost,
    at: datetime,
) -> list[Matter]:
    """Open matters that had ended before the system knew of them: opened and closed by the one act that says
    so, each with both entries. Nothing is asked of anybody any more: no term runs, no desk is told.

    Written many at once, because such lists have thousands of rows; the caller has asked whether the act is
    the actor's, and holds the transaction. The list `source` is named by its digest in the ledger and is not
    the matters' own paper: it tells of others too, and of what deputies thought.
    """
    if act.to is None or not procedure.stage(act.to).ended:
        raise ValueError(f"{act.code} ends no matter")
    matters = Matter.objects.bulk_create(
        Matter(
            place=place,
            number=number,
            procedure_code=procedure.code,
            edition=procedure.edition,
            title=draft.title,
            stage=act.to,
            version=2,
            opened_on=draft.opened_on,
            ended_on=draft.ended_on,
        )
        for draft, number in zip(drafts, _numbers(procedure.prefix, drafts), strict=True)
    )
    pairs = list(zip(matters, drafts, strict=True))
    parties = Party.objects.bulk_create(
        _past_party(matter, organ, part, person, since=draft.opened_on)
        for matter, draft in pairs
        for person, organ, part in [*((None, *each) for each in draft.parties), *draft.persons]
    )
    Item.objects.bulk_create(
        Item(matter=matter, kind="suggestion", ordinal=ordinal, text=text)
        for matter, draft in pairs
        for ordinal, text in enumerate(draft.items, start=1)
    )
    by_matter: dict[Matter, list[Party]] = {matter: [] for matter in matters}
    for party in parties:
        by_matter[party.matter].append(party)
    remember_new({matter: "\n".join([draft.title, *draft.items]) for matter, draft in pairs})
    show_new(by_matter)
    stamp, deeds = actor.stamp(post), []
    for matter, draft in pairs:
        deeds += _past_deeds(
            matter, draft, act, by_matter[matter], source=source, actor=actor, post=post, at=at, stamp=stamp
        )
        index_text(
            kind=SEARCH_KIND,
            key=matter.number,
            title=f"{matter.number} {matter.title}",
            text="\n".join(draft.items),
            place=place,
            at=at,
        )
    Deed.objects.bulk_create(deeds)
    return matters


def _numbers(prefix: str, drafts: Sequence[PastDraft]) -> list[str]:
    """A number for each, of the year it was opened in."""
    following = {}
    for year, count in Counted(draft.opened_on.year for draft in drafts).items():
        last = next_in_series(prefix, year=year, by=count)
        following[year] = iter(range(last - count + 1, last + 1))
    return [
        f"{prefix}-{draft.opened_on.year}-{next(following[draft.opened_on.year]):04d}" for draft in drafts
    ]


def _past_party(matter: Matter, organ: Organ, part: str, person: Person | None, *, since: date) -> Party:
    lane = matter.procedure.lane_of(part)
    stage = lane.stages[0].code if lane else ""
    return Party(matter=matter, organ=organ, part=part, person=person, stage=stage, since=since)


def _past_deeds(
    matter: Matter,
    draft: PastDraft,
    act: Act,
    parties: Sequence[Party],
    *,
    source: Document,
    actor: Actor,
    post: HeldPost,
    at: datetime,
    stamp: str,
) -> list[Deed]:
    """The two entries of a matter of the past, and what its timeline shows of them."""
    who: dict[str, Any] = {"subject": matter.subject, "actor": stamp, "account": actor.account, "at": at}
    first = {"procedure": matter.procedure_code, "edition": matter.edition}
    opened = append_entry(
        kind=f"matter.{OPENED}",
        on=draft.opened_on,
        body={
            **first,
            "version": 1,
            "title": draft.title,
            "source": source.sha256,
            "parties": [[party.name, party.part] for party in parties],
            "items": [["suggestion", ordinal, text] for ordinal, text in enumerate(draft.items, start=1)],
            "terms": [],
            "events": {},
            "facts": {},
        },
        **who,
    )
    closed = append_entry(
        kind=f"act.{matter.procedure_code}.{act.code}",
        on=draft.ended_on,
        body={
            **first,
            "version": 2,
            "round": 1,
            "act": act.code,
            "name": act.name,
            "party": None,
            "stage": [matter.procedure.first.code, matter.stage],
            "lane": None,
            "outcome": None,
            "answers": {},
            "record": dict(draft.record),
            "terms": [],
            "lapsed": [],
            "documents": [],
        },
        **who,
    )
    shared: dict[str, Any] = {"matter": matter, "round": 1, "at": at, "actor": stamp}
    return [
        Deed(act=OPENED, name="登记", on=draft.opened_on, seq=opened.seq, **shared),
        Deed(
            act=act.code,
            name=act.name,
            on=draft.ended_on,
            seq=closed.seq,
            organ_id=post.organ,
            lines=[[label, text] for label, text in draft.lines],
            answers=dict(draft.record),
            **shared,
        ),
    ]


def add_party(
    matter: Matter, organ: Organ, part: str, *, since: date, stage: str = "", person: Person | None = None
) -> Party:
    """Give an organ a part, or one `person` of it (a deputy); one that walks a lane starts at its beginning,
    or at the `stage` given."""
    lane = matter.procedure.lane_of(part)
    at = (stage or lane.stages[0].code) if lane else ""
    return Party.objects.create(matter=matter, organ=organ, part=part, person=person, stage=at, since=since)


def withdraw_party(party: Party, *, until: date) -> None:
    """End an organ's part; what it still owed is let go, what it did stays."""
    party.until = until
    party.save(update_fields=["until"])
    clock.drop_open(party.matter, party=party)


def link_matters(matters: Sequence[Matter], *, kind: str) -> None:
    """Tie matters together, each with each, one direction a pair."""
    pairs = [(first, second) for index, first in enumerate(matters) for second in matters[index + 1 :]]
    Link.objects.bulk_create(
        [Link(source=first, target=second, kind=kind) for first, second in pairs], ignore_conflicts=True
    )


def replace_items(matter: Matter, drafts: Sequence[ItemDraft]) -> None:
    """Ask for other things than before, while nobody has planned or answered anything yet."""
    matter.items.all().delete()
    _add_items(matter, drafts)


def _add_items(matter: Matter, drafts: Sequence[ItemDraft]) -> None:
    made: list[Item] = []
    for draft in drafts:
        start, end = draft.span or (None, None)
        made.append(
            Item.objects.create(
                matter=matter,
                kind=draft.kind,
                ordinal=draft.ordinal,
                text=draft.text,
                parent=made[draft.parent] if draft.parent is not None else None,
                start=start,
                end=end,
            )
        )


def next_in_series(series: str, *, year: int, by: int = 1, beyond: int = 0) -> int:
    """The next number of a series, never given twice: the counter's row is locked until the transaction ends.
    `by` takes so many at once and gives the last; `beyond` skips what was given out elsewhere."""
    Counter.objects.get_or_create(prefix=series, year=year)
    counter = Counter.objects.select_for_update(no_key=True).get(prefix=series, year=year)
    counter.last = max(counter.last, beyond) + by
    counter.save(update_fields=["last"])
    return counter.last
