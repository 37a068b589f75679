"""Accepting a reading: what will be created is shown first, then created, all of it or nothing.

The ledger gets one entry for the whole acceptance. Its body holds a digest of all decisions (JSON of
position, decision, decider, time and final fact, in reading order), so that a decision altered later shows.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from bihuan.ledger.append import append_entry
from bihuan.library.access import office_account, office_post
from bihuan.library.intake import (
    SEVERAL,
    AcceptedFact,
    AcceptedPaper,
    Created,
    Intake,
    Plan,
    Question,
    intake_for,
)
from bihuan.library.models import Acceptance, CreatedLink, Proposal, Reading
from bihuan.library.readings import lock_open_reading
from bihuan.library.refusals import NotReady
from bihuan.people.actors import Actor
from bihuan.people.models import Place

TAKEN = frozenset({Proposal.ACCEPTED, Proposal.CORRECTED})


@dataclass(frozen=True, slots=True)
class Part:
    """What one intake makes of its papers. `prefix` tells its questions from another intake's in one form."""

    prefix: str
    intake: Intake
    papers: tuple[AcceptedPaper, ...]
    plan: Plan

    def field(self, question: Question) -> str:
        return f"{self.prefix}-{question.key}"


@dataclass(frozen=True, slots=True)
class Preview:
    """All that an acceptance would create with the answers given so far.

    `pending` decisions must still be taken; `unanswered` are names of form fields; `left_out` are titles of
    papers nobody makes anything of; `digest` names exactly this preview."""

    parts: tuple[Part, ...]
    pending: int
    unanswered: tuple[str, ...]
    left_out: tuple[str, ...]
    digest: str

    @property
    def is_ready(self) -> bool:
        return not self.pending and not self.unanswered


def papers_of(proposals: Sequence[Proposal]) -> tuple[AcceptedPaper, ...]:
    """The accepted papers in reading order. A paper whose document fact was rejected is none, and its other
    facts go with it: without a title nobody can say what they belong to."""
    taken = [proposal for proposal in proposals if proposal.decision in TAKEN]
    heads = {row.section: row for row in reversed(taken) if row.type == "document"}
    inside: dict[str, list[AcceptedFact]] = {section: [] for section in heads}
    for row in taken:
        if row.section in inside and row.type != "document":
            inside[row.section].append(AcceptedFact(id=row.pk, json=row.final))
    ordered = sorted(heads.values(), key=lambda row: row.position)
    return tuple(
        AcceptedPaper(section=row.section, document=row.final, facts=tuple(inside[row.section]))
        for row in ordered
    )


def preview(reading: Reading, *, place: Place, answers: Mapping[str, str] | None, at: datetime) -> Preview:
    """What accepting the reading with these answers (by form field; None: not asked yet) would create."""
    proposals = list(reading.proposals.order_by("position"))
    papers = papers_of(proposals)
    parts = _parts(papers, place=place, answers=answers, at=at)
    used = {paper.section for part in parts for paper in part.papers}
    unanswered = tuple(
        part.field(question)
        for part in parts
        for question in part.plan.questions
        if answers is not None and not _is_answered(question, answers.get(part.field(question), ""))
    )
    return Preview(
        parts=parts,
        pending=sum(proposal.decision == Proposal.PENDING for proposal in proposals),
        unanswered=unanswered,
        left_out=tuple(str(paper.document["title"]) for paper in papers if paper.section not in used),
        digest=_digest([asdict(part.plan) for part in parts]),
    )


def _is_answered(question: Question, answer: str) -> bool:
    """Whether the answer will do: there if it must be, and one of the choices if there are any."""
    if not answer.strip():
        return not question.required
    values = {value for value, _ in question.choices}
    return not values or set(answer.split(SEVERAL)) <= values


def _parts(
    papers: Sequence[AcceptedPaper], *, place: Place, answers: Mapping[str, str] | None, at: datetime
) -> tuple[Part, ...]:
    parts = []
    # Numbered as registered, not as wanted: a correction that calls in another intake leaves the answers to this.
    for number, intake in intake_for(str(paper.document.get("genre", "")) for paper in papers):
        mine = tuple(paper for paper in papers if paper.document.get("genre") in intake.genres)
        given = answers_for(f"q{number}", answers or {})
        plan = intake.plan(mine, place=place, answers=given, at=at)
        parts.append(Part(prefix=f"q{number}", intake=intake, papers=mine, plan=plan))
    return tuple(parts)


def answers_for(prefix: str, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers of one intake, under its own question keys."""
    return {
        key.removeprefix(f"{prefix}-"): text for key, text in answers.items() if key.startswith(f"{prefix}-")
    }


def accept_reading(
    *, reading_id: int, answers: Mapping[str, str], actor: Actor, at: datetime, seen: str
) -> Acceptance:
    """Create what the preview `seen` (its digest) showed, once, in one transaction.

    Raises NotReady if something is undecided, unanswered or no longer as shown, AlreadyAccepted for the
    second of two people, NotAllowed; whatever an intake raises undoes everything.
    """
    with transaction.atomic():
        reading = lock_open_reading(reading_id, actor=actor)
        place = reading.document.place
        shown = preview(reading, place=place, answers=answers, at=at)
        _check_ready(shown, seen)
        decisions = list(reading.proposals.order_by("position"))
        reading.state = Reading.ACCEPTED
        reading.save(update_fields=["state"])
        acceptance = Acceptance.objects.create(
            reading=reading,
            accepted_by_id=office_account(actor, place),
            accepted_at=at,
            answers=dict(answers),
            decisions_digest=decisions_digest(reading),
        )
        created = [
            made
            for part in shown.parts
            for made in part.intake.create(
                part.papers,
                place=place,
                answers=answers_for(part.prefix, answers),
                actor=actor,
                at=at,
                document=reading.document,
            )
        ]
        CreatedLink.objects.bulk_create(
            CreatedLink(acceptance=acceptance, position=position, label=made.label, url=made.url)
            for position, made in enumerate(created)
        )
        _record(acceptance, decisions, created, actor=actor, at=at)
    return acceptance


def _check_ready(shown: Preview, seen: str) -> None:
    if shown.pending:
        raise NotReady(f"还不能接受：还有{shown.pending}条没有决定。请先在核对页逐条接受、更正或否定。")
    if shown.unanswered:
        raise NotReady(f"还不能接受：还有{len(shown.unanswered)}个问题没有回答。请回答后再确认。")
    if shown.digest != seen:
        raise NotReady("还没有建立：将要建立的内容与您刚才看到的不同。请再看一遍，然后确认。")


def _record(
    acceptance: Acceptance,
    decisions: Sequence[Proposal],
    created: Sequence[Created],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    reading = acceptance.reading
    append_entry(
        kind="library.reading_accepted",
        subject=f"document:{reading.document_id}",
        actor=actor.stamp(office_post(actor, reading.document.place_id)),
        account=actor.account,
        at=at,
        on=localdate(at),
        body={
            "reading": reading.pk,
            "reader": reading.reader,
            "sha256": reading.document.sha256,
            "decisions": dict(Counter(row.decision for row in decisions)),
            "decisions_sha256": acceptance.decisions_digest,
            "answers": dict(acceptance.answers),
            "created": [made.label for made in created],
        },
    )


def decisions_digest(reading: Reading) -> str:
    """The digest of all decisions of a reading as they stand, to compare with the ledger's."""
    return _digest([_decided(row) for row in reading.proposals.order_by("position")])


def _decided(row: Proposal) -> list[object]:
    at = row.decided_at.isoformat() if row.decided_at else None
    decided: list[object] = [row.position, row.decision, row.decided_by_id, at, row.final]
    return [*decided, row.reason] if row.reason else decided


def _digest(value: object) -> str:
    """SHA-256 of the value as JSON with sorted keys and no white space. Facts hold fractions, which the
    ledger's own canonical form refuses; here they are written as Python and JSON both write them."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
