"""Reading a document into proposals, and the decisions people take on them.

Decisions are working state until the reading is accepted (acceptance.py): they are kept one by one, with who
and when, but only the acceptance enters the ledger, with a digest of them all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q

from bihuan import __version__, readers
from bihuan.library.access import office_account
from bihuan.library.documents import search_kind, storable
from bihuan.library.models import CERTAIN, Document, Proposal, Reading
from bihuan.library.refusals import AlreadyAccepted, DecidedMeanwhile, Refused
from bihuan.library.search import index_text
from bihuan.library.storage import path_of
from bihuan.people.actors import Actor
from bihuan.readers.facts import Fact

EDITION = __version__  # the readers are part of the program and change with it
DECISIONS = {
    Proposal.PENDING: "待决定",
    Proposal.ACCEPTED: "接受",
    Proposal.CORRECTED: "已更正",
    Proposal.REJECTED: "否定",
}
STATES = {Reading.PROPOSED: "待核对", Reading.ACCEPTED: "已接受", Reading.ABANDONED: "不再办理"}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the decisions of a reading have come."""

    total: int
    decided: int
    certain: int  # still pending, and open to 'accept all certain'

    @property
    def pending(self) -> int:
        return self.total - self.decided


def read_document(*, document: Document, at: datetime) -> Reading:
    """Propose facts about a document: a new reading, or the open one if this edition made it already.

    An open reading of another edition is closed and kept with its decisions. Raises CannotOpen, or
    AlreadyAccepted if the document has been accepted.
    """
    made = readers.read(path_of(document.sha256).read_bytes(), document.name)  # long: outside the transaction
    text = storable(made.opened.text)
    with transaction.atomic():
        document = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
        if Reading.objects.filter(document=document, state=Reading.ACCEPTED).exists():
            raise AlreadyAccepted("不再识读：这份文件已经核对并接受，再次识读会重复建立事项。")
        if document.withdrawn_at is not None:
            raise Refused("不能识读：这份文件已经撤回。要重新办理，请再上传一次。")
        known = Reading.objects.filter(document=document, state=Reading.PROPOSED).first()
        if known and known.reader == EDITION:
            return known
        if text != document.text:
            _replace_text(document, text, at)
        Reading.objects.filter(document=document, state=Reading.PROPOSED).update(state=Reading.ABANDONED)
        reading = Reading.objects.create(
            document=document, reader=EDITION, made_at=at, warnings=list(made.opened.warnings)
        )
        Proposal.objects.bulk_create(
            [_proposal(reading, position, fact) for position, fact in enumerate(made.facts)], batch_size=500
        )
    return reading


def _proposal(reading: Reading, position: int, fact: Fact) -> Proposal:
    return Proposal(
        reading=reading,
        position=position,
        type=fact.type,
        section=storable(fact.section),
        start=fact.start,
        end=fact.end,
        confidence=fact.confidence,
        doubt=storable(fact.doubt),
        fact=_clean(fact.as_json()),
    )


def _replace_text(document: Document, text: str, at: datetime) -> None:
    """This edition opens the file to another text: older readings keep the one their offsets count in."""
    document.readings.filter(former_text="").update(former_text=document.text)
    document.text = text
    document.save(update_fields=["text"])
    index_text(
        kind=search_kind(document.kind),
        key=str(document.pk),
        title=document.name,
        text=text,
        place=document.place,
        at=at,
    )


def _clean(value: object) -> object:
    """A JSON value with every text in it storable."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value


def decide_proposal(
    *,
    proposal_id: int,
    decision: str,
    corrected: Mapping[str, object] | None = None,
    actor: Actor,
    at: datetime,
    seen_version: int,
) -> Proposal:
    """Record one decision (`corrected` is the whole fact, given with the decision 'corrected' alone).

    Accepting what was corrected accepts it as corrected: only taking the decision back lets a correction go.
    `seen_version` is the proposal's version on the decider's screen. Raises DecidedMeanwhile if somebody
    decided since, AlreadyAccepted if the reading is closed.
    """
    if decision not in DECISIONS or (decision == Proposal.CORRECTED) is not (corrected is not None):
        raise ValueError(f"Not a decision: {decision!r}, corrected {corrected!r}")
    with transaction.atomic():
        reading_id = Proposal.objects.values_list("reading_id", flat=True).get(pk=proposal_id)
        lock_open_reading(reading_id, actor=actor)
        proposal = Proposal.objects.select_related("decided_by__person").get(pk=proposal_id)
        if proposal.version != seen_version:
            raise DecidedMeanwhile(_meanwhile(proposal))
        if decision == Proposal.ACCEPTED and proposal.decision == Proposal.CORRECTED:
            return proposal
        proposal.decision, proposal.reason = decision, ""
        proposal.corrected = dict(corrected) if corrected is not None else None
        proposal.decided_by_id = actor.account if decision != Proposal.PENDING else None
        proposal.decided_at = at if decision != Proposal.PENDING else None
        proposal.version += 1
        proposal.save()
    return proposal


def decide_together(
    *, reading_id: int, seen: Mapping[int, int], decision: str, actor: Actor, at: datetime, reason: str = ""
) -> int:
    """Take one decision on several pending proposals, all or none; return how many. `seen` are the versions on
    the decider's screen by proposal. Raises DecidedMeanwhile if somebody decided on one of them since."""
    if decision not in (Proposal.ACCEPTED, Proposal.REJECTED):
        raise ValueError(f"Not a decision on several at once: {decision!r}")
    with transaction.atomic():
        lock_open_reading(reading_id, actor=actor)
        rows = Proposal.objects.filter(reading=reading_id, pk__in=seen).select_related("decided_by__person")
        chosen = list(rows)
        for proposal in chosen:
            if proposal.version != seen[proposal.pk] or proposal.decision != Proposal.PENDING:
                raise DecidedMeanwhile(_meanwhile(proposal))
        _decide_all(chosen, decision, reason=reason, actor=actor, at=at)
    return len(chosen)


def reject_rest(*, reading_id: int, reason: str, seen: int, actor: Actor, at: datetime) -> int:
    """Reject every proposal still pending, for one reason; return how many. `seen` is how many the person was
    told it would be: DecidedMeanwhile when they are others by now."""
    with transaction.atomic():
        lock_open_reading(reading_id, actor=actor)
        rest = list(Proposal.objects.filter(reading=reading_id, decision=Proposal.PENDING))
        if len(rest) != seen:
            raise DecidedMeanwhile(
                f"没有否定：您打开页面之后有人作了决定，现在没有决定的是{len(rest)}条。请看过后再提交。"
            )
        _decide_all(rest, Proposal.REJECTED, reason=reason, actor=actor, at=at)
    return len(rest)


def _decide_all(
    chosen: Sequence[Proposal], decision: str, *, reason: str, actor: Actor, at: datetime
) -> None:
    for proposal in chosen:
        proposal.decision, proposal.reason = decision, reason
        proposal.decided_by_id, proposal.decided_at = actor.account, at
        proposal.version += 1
    fields = ["decision", "reason", "decided_by", "decided_at", "version"]
    Proposal.objects.bulk_update(chosen, fields, batch_size=500)


def keep_answers(reading: Reading, answers: Mapping[str, str]) -> None:
    """Remember what was answered so far, for whoever goes on; nothing is decided by it."""
    Reading.objects.filter(pk=reading.pk, state=Reading.PROPOSED).update(answers=dict(answers))


def accept_all_certain(*, reading_id: int, actor: Actor, at: datetime) -> int:
    """Accept every pending proposal the reader is sure of; return how many. Doubtful ones stay pending."""
    with transaction.atomic():
        lock_open_reading(reading_id, actor=actor)
        sure = Proposal.objects.filter(certain(), reading=reading_id, decision=Proposal.PENDING)
        chosen = list(sure)
        _decide_all(chosen, Proposal.ACCEPTED, reason="", actor=actor, at=at)
    return len(chosen)


def certain() -> Q:
    """Proposal.is_certain, as the database asks it."""
    return Q(doubt="", confidence__gte=CERTAIN) & ~Q(type="inconsistency")


def progress(reading: Reading) -> Progress:
    """How many proposals there are, are decided, and could be accepted at once (one query)."""
    pending = Q(decision=Proposal.PENDING)
    counts = reading.proposals.aggregate(
        total=Count("pk"),
        decided=Count("pk", filter=~pending),
        certain=Count("pk", filter=pending & certain()),
    )
    return Progress(**counts)


def proposals_to_show(
    reading: Reading, *, within: tuple[int, int] | None = None, kind: str = "", doubtful_first: bool = True
) -> Sequence[Proposal]:
    """The proposals of a reading that begin `within` those offsets, filtered by type, in the order of the text;
    on request first those a person must look at (doubtful and pending), then the others."""
    rows = reading.proposals.select_related("decided_by__person").order_by("position")
    if within:
        rows = rows.filter(start__gte=within[0], start__lt=max(within[1], within[0] + 1))
    rows = rows.filter(type=kind) if kind else rows
    found = list(rows)
    if doubtful_first:
        found.sort(key=lambda row: row.is_certain)  # stable: the text's order within both
    return found


def lock_open_reading(reading_id: int, *, actor: Actor) -> Reading:
    """The reading, locked until the transaction ends, if it is open and the actor may decide about it."""
    held = Reading.objects.select_for_update(of=("self",), no_key=True)
    reading = held.select_related("document__place").get(pk=reading_id)
    office_account(actor, reading.document.place)
    if reading.state == Reading.ACCEPTED:
        raise AlreadyAccepted(
            "没有保存：这份识读结果已经由他人接受，不能再改。需要更正的，请到所建立的事项中办理。"
        )
    if reading.state == Reading.ABANDONED:
        raise Refused(
            "没有保存：这一次识读已经不再办理（文件已撤回，或已重新识读）。请打开文件查看最新的情况。"
        )
    return reading


def _meanwhile(proposal: Proposal) -> str:
    who = proposal.decided_by.person.name if proposal.decided_by else "他人"
    return (
        f"没有保存：{who}刚刚把这一条定为“{DECISIONS[proposal.decision]}”。请看过后再决定，您填写的内容还在。"
    )
