"""The handover book and each unit's ledger, as rows: read together for a page or for all, printed as papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Count, Prefetch, QuerySet

from bihuan.kernel.glossary import chinese
from bihuan.matters.handing import AGENCY_PARTS
from bihuan.matters.models import Deed, Party, Term
from bihuan.modules.suggestions.models import Contact, Reply, Suggestion
from bihuan.modules.suggestions.office.reach import visible_suggestions
from bihuan.modules.suggestions.office.scopes import Scope
from bihuan.modules.suggestions.papers import REQUESTS, book_needs, book_row
from bihuan.modules.suggestions.procedure import SUGGESTION
from bihuan.modules.suggestions.texts import lead_of
from bihuan.people.actors import Actor
from bihuan.people.models import Organ, Place
from bihuan.writers.forms import Contact as Caller
from bihuan.writers.forms import DueLine, LedgerRow, Sender, handover_book, handover_notice, unit_ledger
from bihuan.writers.paper import Paper, PaperError

# Not in the book: what is not accepted, or was taken back.
OUTSIDE = ("submitted", "returned", "refused", "withdrawn")
REPLY_TERMS = ("reply", "quick_reply", "redo")
NOTICE_TERMS = ("claim", "contact", "co_opinion", "quick_reply", "reply")
MOST_ADDRESSEES = 12


# --- the handover book


def book(actor: Actor, place: Place, scope: Scope) -> QuerySet[Suggestion]:
    """The numbered suggestions of the scope that the actor may see, with all that their rows say."""
    numbered = visible_suggestions(actor).filter(scope.within(), place=place, running_no__isnull=False)
    return (
        numbered.exclude(matter__stage__in=OUTSIDE)
        .select_related("matter__place", "place")
        .prefetch_related(*book_needs("matter__"))
    )


def book_paper(place: Place, scope: Scope, rows: Iterable[Suggestion]) -> Paper:
    return handover_book(
        title=f"{place.name}{scope.name}\n代表建议交办清册",
        rows=tuple(book_row(suggestion.matter) for suggestion in rows),
    )


def notice_paper(
    place: Place, scope: Scope, rows: Sequence[Suggestion], *, office: Organ, dated: date
) -> Paper:
    """The notice that hands over all of a session, or of the time between sessions, with the book behind it."""
    handed = [each for each in rows if _agencies(each)]
    if not handed:
        raise PaperError("还没有已经交办的建议，不能印发交办通知。请先交办。")
    agencies = list(dict.fromkeys(party.organ.name for each in handed for party in _agencies(each)))
    return handover_notice(
        sender=Sender(letterhead=office.name, organ=office.name, number=None, dated=dated, sealed=True),
        addressees=tuple(agencies) if len(agencies) <= MOST_ADDRESSEES else ("各承办单位",),
        place=place.name,
        term=handed[-1].congress,
        session=scope.session or None,
        rows=tuple(book_row(each.matter) for each in handed),
        terms=tuple(_terms(handed)),
        requests=REQUESTS,
        contact=Caller(office=office.name),
    )


def _agencies(suggestion: Suggestion) -> list[Party]:
    return [
        party
        for party in suggestion.matter.parties.all()
        if party.part in AGENCY_PARTS and party.until is None
    ]


def _terms(handed: Sequence[Suggestion]) -> Iterable[DueLine]:
    """Each kind of term once, with the last of its days; where the days differ the book has the single ones."""
    for kind in NOTICE_TERMS:
        found = [term for each in handed for term in each.matter.terms.all() if term.kind == kind]
        days = {term.due_on for term in found}
        if found:
            last = max(found, key=lambda term: term.due_on or date.min)
            yield DueLine(
                step=last.name,
                due=last.due_on,
                basis=last.specification.citation,
                provisional=last.reckoning.provisional,
                latest=len(days) > 1,
            )


# --- the units' ledgers


def assignments(unit: Organ, scope: Scope) -> QuerySet[Party]:
    """What the unit handles in the scope, one assignment a row, with all that the ledger says."""
    parties = Party.objects.filter(part__in=("mover", "co")).select_related("person", "organ").order_by("pk")
    terms = Term.objects.filter(dropped=False, kind__in=(*REPLY_TERMS, "co_opinion")).order_by("round", "pk")
    deeds = Deed.objects.filter(act__in=("claim", "contribute")).order_by("seq")
    return (
        _parts(scope)
        .filter(organ=unit)
        .select_related("matter__suggestion", "matter__place", "organ")
        .prefetch_related(
            Prefetch("matter__parties", parties),
            Prefetch("terms", terms),
            Prefetch("deeds", deeds),
            Prefetch("contacts", Contact.objects.filter(denied_on__isnull=True)),
            Prefetch("replies", Reply.objects.filter(signed_on__isnull=False).order_by("round")),
            "promises",
        )
    )


def _parts(scope: Scope) -> QuerySet[Party]:
    return Party.objects.filter(
        scope.within("matter__suggestion__"),
        part__in=AGENCY_PARTS,
        until__isnull=True,
        matter__procedure_code=SUGGESTION.code,
        matter__suggestion__running_no__isnull=False,
    )


def ledger_row(party: Party) -> LedgerRow:
    """One assignment. What the deputies think of it is none of the unit's business and is not read."""
    matter, suggestion = party.matter, party.matter.suggestion
    own, helps = party.part in ("lead", "separate"), party.part == "co"
    kinds = ("co_opinion",) if helps else REPLY_TERMS
    due = [term.due_on for term in party.terms.all() if term.kind in kinds and term.due_on]
    deeds = {deed.act: deed for deed in party.deeds.all()}
    reply = next(iter(list(party.replies.all())[-1:]), None)
    times = [contact.phase for contact in party.contacts.all()]
    claim, given = deeds.get("claim"), deeds.get("contribute")
    letter = reply.result_class if reply else suggestion.result_class if suggestion.imported and own else ""
    return LedgerRow(
        number=str(suggestion.running_no),
        title=matter.title,
        lead_deputy=lead_of(matter),
        part=chinese(f"part.{party.part}"),
        clerk=str(claim.answers.get("person", "")) if claim else "",
        due=due[-1] if due else None,
        contacts=(times.count("before"), times.count("during"), times.count("after")) if own else None,
        co_opinion=_day(given.on) if given else _received(party) if party.part == "lead" else "",
        replied_on=reply.signed_on if reply else None,
        reply_class=f"{letter}类" if letter else "",
        promises=len(party.promises.all()) if own else None,
        note="、".join(_notes(suggestion)),
    )


def _received(party: Party) -> str:
    """How many of the co-handlers' views the lead has."""
    helping = [each for each in party.matter.parties.all() if each.part == "co" and each.until is None]
    given = sum(each.stage == "contributed" for each in helping)
    return f"收到{given}份，共{len(helping)}份" if helping else ""


def _notes(suggestion: Suggestion) -> Iterable[str]:
    if suggestion.priority:
        yield "重点督办"
    if suggestion.quick:
        yield "小微"
    if suggestion.matter.round > 1:
        yield f"第{suggestion.matter.round}次办理"
    if suggestion.imported:
        yield "往年登记"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def ledger_paper(unit: Organ, scope: Scope, rows: Iterable[Party], *, counted_on: date) -> Paper:
    return unit_ledger(
        agency=unit.name,
        period=scope.name,
        counted_on=counted_on,
        rows=tuple(ledger_row(party) for party in rows),
    )


def counts(units: QuerySet[Organ], scope: Scope) -> list[tuple[Organ, dict[str, int]]]:
    """Each unit with its assignments in the scope, by part; units without any left out. Two queries."""
    counted: dict[int, dict[str, int]] = {}
    rows = _parts(scope).filter(organ__in=units.order_by().values("pk"))
    for organ, part, count in rows.order_by().values_list("organ", "part").annotate(Count("pk")):
        counted.setdefault(organ, dict.fromkeys(AGENCY_PARTS, 0))[part] = count
    return [(unit, counted[unit.pk]) for unit in units if unit.pk in counted]
