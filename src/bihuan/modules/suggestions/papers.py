"""The papers of a suggestion's loop, each made from the record and from nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from bihuan.kernel.glossary import chinese
from bihuan.matters.handing import AGENCY_PARTS
from bihuan.matters.models import Deed, Matter, Party, Term
from bihuan.modules.suggestions.models import Reply, Suggestion
from bihuan.modules.suggestions.texts import CATEGORIES, classes, lead_of, movers
from bihuan.writers.forms import (
    Answer,
    Ballots,
    BookRow,
    Contact,
    CoOpinion,
    DueLine,
    Mover,
    PlanStep,
    PromiseLine,
    Sender,
    SuggestionName,
    assessment_result,
    co_opinion_letter,
    extension_reply,
    handover_notice,
    priority_plan,
    rating_form,
    reminder_letter,
    reply_letter,
    return_request,
    suggestion_sheet,
)
from bihuan.writers.numbers import DocumentNumber, NumberError, parse_document_number
from bihuan.writers.paper import Paper, PaperError

_SOURCES = {
    "inspection": "视察",
    "survey": "专题调研",
    "station": "代表联络站",
    "visit": "走访选民",
    "symposium": "其他",
    "other": "其他",
}
_PUBLICITY = {"open": "同意全文公开", "reply_only": "同意摘要公开", "closed": "不同意公开"}
REQUESTS = (
    "先联系后答复。办理前、办理中主动与代表沟通，如实登记；没有与领衔代表沟通的，不能答复。",
    "逐项回应。对代表提出的每一项建议分别说明办理结果；承诺的事写明责任人和完成时限。",
    "认为不属于本单位职责的，在退回期限内说明理由和依据，不得自行转交。",
    "评价由代表直接作出，承办单位不得收集、代填或者催要。",
)


def name_of(matter: Matter) -> SuggestionName:
    suggestion: Suggestion = matter.suggestion
    return SuggestionName(
        place=suggestion.place.name,
        term=suggestion.congress,
        session=suggestion.session,
        number=str(suggestion.running_no or ""),
        title=matter.title,
    )


def movers_of(matter: Matter, *, phones: bool = False) -> tuple[Mover, ...]:
    """Telephone numbers stand on the deputy's own sheet alone."""
    return tuple(
        Mover(
            name=str(party),
            delegation=str(party.organ),
            phone=party.person.mobile if phones and party.person else "",
        )
        for party in movers(matter)
    )


def sheet(matter: Matter, deed: Deed | None) -> Paper:
    """The suggestion as handed in."""
    suggestion: Suggestion = matter.suggestion
    lead, *joint = movers_of(matter, phones=True)
    return suggestion_sheet(
        name=name_of(matter),
        lead=lead,
        joint=tuple(joint),
        category=dict(CATEGORIES).get(suggestion.category, suggestion.category),
        situation=suggestion.situation,
        analysis=suggestion.analysis,
        demands=tuple(matter.items.filter(kind="suggestion").values_list("text", flat=True)),
        source=_SOURCES.get(suggestion.source, ""),
        publicity=_PUBLICITY.get(suggestion.publicity, ""),
        suggested_agencies=(suggestion.wanted,) if suggestion.wanted else (),
        raised_on=matter.opened_on,
    )


def handover(matter: Matter, deed: Deed | None) -> Paper:
    """The notice that hands this one suggestion over, with its line of the book."""
    done = _done(deed)
    prefetch_related_objects([matter], *book_needs())
    agencies = [party for party in _agencies(matter) if party.since <= done.on]
    return handover_notice(
        sender=_sender(matter, done.on),
        addressees=tuple(party.organ.name for party in agencies),
        place=matter.suggestion.place.name,
        term=matter.suggestion.congress,
        session=matter.suggestion.session,
        rows=(book_row(matter),),
        terms=tuple(
            DueLine(
                step=term["name"],
                due=_date(term["due"]),
                basis=term["citation"],
                provisional=term["provisional"],
            )
            for term in done.terms
            if term["party"] in {party.pk for party in agencies}
        ),
        requests=REQUESTS,
        contact=Contact(office=_office(matter)),
    )


def book_needs(prefix: str = "") -> tuple[Prefetch[Any], ...]:
    """What `book_row` reads, to be fetched for many matters at once; `prefix` leads to the matter."""
    parties = Party.objects.select_related("organ", "person").order_by("pk")
    terms = Term.objects.filter(dropped=False, round=1).order_by("pk")
    return Prefetch(f"{prefix}parties", parties), Prefetch(f"{prefix}terms", terms)


def book_row(matter: Matter) -> BookRow:
    """One line of the handover book, of a matter fetched with `book_needs`."""
    suggestion: Suggestion = matter.suggestion
    parties, terms = list(matter.parties.all()), list(matter.terms.all())
    agencies = [party for party in parties if party.part in AGENCY_PARTS and party.until is None]
    raised = sum(party.part in ("mover", "joint", "cosigner") for party in parties)

    def last(kind: str) -> date | None:
        return max((term.due_on for term in terms if term.kind == kind and term.due_on), default=None)

    def named(part: str) -> tuple[str, ...]:
        return tuple(str(party.organ) for party in agencies if party.part == part)

    return BookRow(
        number=str(suggestion.running_no or ""),
        title=matter.title,
        lead_deputy=lead_of(matter),
        joint=max(0, raised - 1),
        lead=next(iter(named("lead")), ""),
        co=named("co"),
        separate=named("separate"),
        refuse_by=last("claim"),
        co_opinion_by=last("co_opinion"),
        reply_by=last("reply") or last("quick_reply"),
        is_priority=suggestion.priority,
        committee=next((str(party.organ) for party in parties if party.part == "supervisor"), ""),
    )


def returning(matter: Matter, deed: Deed | None) -> Paper:
    done, party = _done_for(deed)
    handed = matter.deeds.filter(act="hand_over").order_by("-seq").first()
    term = matter.terms.filter(kind="claim", party=party).first()
    return return_request(
        name=name_of(matter),
        agency=party.organ.name,
        part=chinese(f"part.{party.part}"),
        handed_over_on=handed.on if handed else None,
        refuse_by=term.due_on if term else None,
        reason=done.answers["reason"],
        proposed=(done.answers["instead"],),
        asked_on=done.on,
    )


def co_opinion(matter: Matter, deed: Deed | None) -> Paper:
    done, party = _done_for(deed)
    lead = matter.parties.filter(part="lead").select_related("organ").order_by("-id").first()
    return co_opinion_letter(
        sender=Sender(
            letterhead=party.organ.name, organ=party.organ.name, number=None, dated=done.on, sealed=True
        ),
        lead_agency=lead.organ.name if lead else "",
        name=name_of(matter),
        answers=(Answer(demand="", text=done.answers["text"]),),
        signer=done.actor.split("（")[0],
        contact=Contact(office=str(party.organ)),
    )


def reply(matter: Matter, deed: Deed | None) -> Paper:
    done, party = _done_for(deed)
    signed = matter.replies.filter(party=party, round=done.round, signed_on__isnull=False).first()
    if signed is None:
        raise PaperError("没有找到签发的答复。")
    return reply_paper(signed, signer=done.actor.split("（")[0])


def reply_paper(reply: Reply, *, signer: str = "", quoting: bool = True) -> Paper:
    """The letter of one version of a reply: what is signed and printed, and, without `quoting` the demands
    above their answers, what the gate reads (a demand's own words are nobody's answer)."""
    matter, party = reply.matter, reply.party
    items = {item.pk: item for item in matter.items.all()}
    contributed = matter.deeds.filter(act="contribute", round=reply.round).select_related("party__organ")
    letter = reply.result_class
    return reply_letter(
        sender=Sender(
            letterhead=party.organ.name,
            organ=party.organ.name,
            number=_number(reply.number),
            dated=reply.signed_on,
            sealed=True,
        ),
        name=name_of(matter),
        movers=movers_of(matter),
        reply_class=f"{letter}类" if letter in classes(matter) else "",
        signer=signer,
        answers=tuple(
            Answer(demand=items[each["item"]].text if quoting else "", text=each["text"])
            for each in reply.answers
            if each["item"] in items
        ),
        co_opinions=tuple(
            CoOpinion(agency=str(deed.party.organ), text=str(deed.answers.get("text", "")))
            for deed in contributed
            if deed.party is not None
        )
        if party.part == "lead"
        else (),
        promises=tuple(
            PromiseLine(text=each["text"], owner=each.get("person", ""), due=_date(each.get("due_on")))
            for each in reply.promises
        ),
        contact=Contact(office="", person=reply.contact, phone=reply.telephone),
        round=reply.round,
        copied_to=(_office(matter), *(str(p.organ) for p in matter.parties.filter(part="overseer"))),
    )


def opinion_form(matter: Matter, deed: Deed | None) -> Paper:
    """The empty form for a deputy who wants paper: it goes to the congress's office, never to the agency."""
    done, party = _done_for(deed)
    raised = movers_of(matter)
    term = matter.terms.filter(kind="feedback", round=done.round).order_by("due_on").first()
    return rating_form(
        name=name_of(matter),
        deputy=raised[0] if raised else Mover(name=""),
        agency=party.organ.name,
        replied_on=done.on,
        return_to=_office(matter),
        return_by=term.due_on if term else None,
        round=done.round,
    )


def plan(matter: Matter, deed: Deed | None) -> Paper:
    done = _done(deed)
    lines = [line for line in str(done.answers["plan"]).splitlines() if line.strip()]
    return priority_plan(
        name=name_of(matter),
        lead_deputy=str(next(iter(movers(matter)), "")),
        chosen_on=done.on,
        chosen_by="主任会议",
        congress_leader=str(done.answers["leader"]),
        government_leader="",
        committee=str(done.answers["supervisor"]),
        agencies=tuple(str(party.organ) for party in _agencies(matter)),
        aims=(matter.title,),
        steps=tuple(PlanStep(what=line) for line in lines),
        afterwards=(),
        organ=_office(matter),
        dated=done.on,
    )


def reminder(matter: Matter, deed: Deed | None) -> Paper:
    done, party = _done_for(deed)
    earlier = matter.deeds.filter(act="remind", party=party, seq__lt=done.seq).order_by("seq")
    late = done.answers["late"]
    return reminder_letter(
        sender=_sender(matter, done.on),
        addressee=party.organ.name,
        matter=f"{name_of(matter).full}《{matter.title}》",
        step=late["step"],
        due=date.fromisoformat(late["due"]),
        basis=late["basis"],
        counted_on=done.on,
        asked=tuple(line for line in done.answers["asked"].splitlines() if line.strip()),
        answer_by=_date(done.answers.get("answer_by")),
        contact=Contact(office=_office(matter)),
        degree=done.answers["degree"],
        reminded_on=tuple(earlier.values_list("on", flat=True)),
        upholds="代表建议",
    )


def extension(matter: Matter, deed: Deed | None) -> Paper:
    done, party = _done_for(deed)
    asked = matter.deeds.filter(act="ask_extension", party=party, seq__lt=done.seq).order_by("-seq").first()
    term = matter.terms.get(pk=done.answers["term"])
    before = _date(done.answers["before"])
    if asked is None or before is None:
        raise PaperError("没有找到延期申请，不能制作复函。")
    return extension_reply(
        sender=_sender(matter, done.on),
        addressee=party.organ.name,
        matter=f"{name_of(matter).full}《{matter.title}》",
        step=term.name,
        requested_on=asked.on,
        due=before,
        extended_to=_date(done.answers.get("until")) if done.answers["granted"] else None,
        reason=done.answers["reason"].rstrip("。"),
        basis="",
        contact=Contact(office=_office(matter)),
    )


def assessment(matter: Matter, deed: Deed | None) -> Paper:
    done = _done(deed)
    counts = done.answers["counts"]
    return assessment_result(
        title="重点督办建议办理情况满意度测评结果",
        session="",
        held_on=done.on,
        subject=f"{name_of(matter).full}办理情况",
        ballots=Ballots(
            members=counts["members"],
            present=counts["present"],
            invalid=counts["void"],
            counts=(
                ("满意", counts["satisfied"]),
                ("基本满意", counts["basically"]),
                ("不满意", counts["dissatisfied"]),
                ("弃权", counts["abstained"]),
            ),
        ),
        arithmetic=tuple(done.answers["arithmetic"]),
        conclusion=done.answers["conclusion"],
        basis=done.answers["basis"],
        scrutineers=tuple(name for name in done.answers.get("scrutineers", "").split("、") if name),
    )


def _agencies(matter: Matter) -> list[Party]:
    found = matter.parties.filter(part__in=("lead", "co", "separate"), until__isnull=True)
    return list(found.select_related("organ").order_by("id"))


def _done(deed: Deed | None) -> Deed:
    if deed is None:
        raise PaperError("这份文书要在办理之后才能制作。")
    return deed


def _done_for(deed: Deed | None) -> tuple[Deed, Party]:
    done = _done(deed)
    if done.party is None:
        raise PaperError("没有记录是哪个单位办理的，不能制作这份文书。")
    return done, done.party


def _office(matter: Matter) -> str:
    party = matter.parties.filter(part="office").order_by("-id").select_related("organ").first()
    return party.organ.name if party else ""


def _sender(matter: Matter, dated: date) -> Sender:
    organ = _office(matter)
    return Sender(letterhead=organ, organ=organ, number=None, dated=dated, sealed=True)


def _number(text: str) -> DocumentNumber | None:
    try:
        return parse_document_number(text) if text else None
    except NumberError:
        return None


def _date(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None
