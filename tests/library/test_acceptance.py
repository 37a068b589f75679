"""Acceptance: shown before it is created, created once, all of it or nothing."""

from __future__ import annotations

import json

import pytest
from django.db import IntegrityError, transaction

from bihuan.ledger.models import Entry
from bihuan.library.acceptance import accept_reading, decisions_digest, papers_of, preview
from bihuan.library.intake import intake_for, register_intake
from bihuan.library.models import Acceptance, Proposal, Reading
from bihuan.library.readings import accept_all_certain, decide_proposal
from bihuan.library.refusals import AlreadyAccepted, NotReady, Refused
from bihuan.people.actors import Actor
from bihuan.people.models import Organ
from bihuan.people.refusals import NotAllowed

from .conftest import AT, NOTICE, OPINION, RiverIntake

ANSWER = {"q0-organ": "2"}


@pytest.fixture
def decided(reading: Reading, staff: Actor) -> Reading:
    """Everything certain accepted, the rest rejected."""
    accept_all_certain(reading_id=reading.pk, actor=staff, at=AT)
    for row in reading.proposals.filter(decision="pending"):
        decide_proposal(proposal_id=row.pk, decision="rejected", actor=staff, at=AT, seen_version=0)
    return reading


def seen(reading: Reading, answers: dict[str, str]) -> str:
    return preview(reading, place=reading.document.place, answers=answers, at=AT).digest


def accept(reading: Reading, actor: Actor, answers: dict[str, str]) -> Acceptance:
    return accept_reading(
        reading_id=reading.pk, answers=answers, actor=actor, at=AT, seen=seen(reading, answers)
    )


def test_papers_carry_the_facts_that_were_taken(decided: Reading) -> None:
    notice, opinion = papers_of(list(decided.proposals.order_by("position")))
    assert (notice.section, notice.facts) == (NOTICE, ())
    assert [fact.json["type"] for fact in opinion.facts] == ["finding", "finding", "deadline"]
    assert opinion.facts[0].id == decided.proposals.get(position=2).pk


def test_facts_of_a_paper_that_is_none_are_left_out(decided: Reading) -> None:
    Proposal.objects.filter(position=1).update(decision="rejected")
    assert [paper.section for paper in papers_of(list(decided.proposals.all()))] == [NOTICE]


def test_what_will_be_created_follows_the_answers(decided: Reading, intake: RiverIntake) -> None:
    place = decided.document.place
    unasked = preview(decided, place=place, answers=None, at=AT)
    answered = preview(decided, place=place, answers=ANSWER, at=AT)
    assert unasked.parts[0].plan.planned[0].lines == ("办理机关：待定", "要点3条")
    assert answered.parts[0].plan.planned[0].lines == ("办理机关：县水利局", "要点3条")
    assert unasked.digest != answered.digest
    assert intake.created == []


def test_accepting_creates_and_links_what_was_shown(
    decided: Reading, staff: Actor, intake: RiverIntake
) -> None:
    acceptance = accept(decided, staff, ANSWER)
    decided.refresh_from_db()
    assert decided.state == Reading.ACCEPTED
    assert intake.created == [OPINION]
    assert [(made.label, made.url) for made in acceptance.created.all()] == [(OPINION, f"/matters/{OPINION}")]


def test_one_acceptance_is_one_ledger_entry_with_a_digest_of_the_decisions(
    decided: Reading, staff: Actor, intake: RiverIntake
) -> None:
    before = Entry.objects.count()
    acceptance = accept(decided, staff, ANSWER)
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.order_by("-seq")[0]
    assert (entry.kind, entry.subject) == ("library.reading_accepted", f"document:{decided.document_id}")
    assert json.loads(entry.body) == {
        "reading": decided.pk,
        "reader": decided.reader,
        "sha256": decided.document.sha256,
        "decisions": {"accepted": 5, "rejected": 2},
        "decisions_sha256": acceptance.decisions_digest,
        "answers": ANSWER,
        "created": [OPINION],
    }


def test_a_decision_altered_later_no_longer_fits_the_digest(
    decided: Reading, staff: Actor, intake: RiverIntake
) -> None:
    acceptance = accept(decided, staff, ANSWER)
    assert decisions_digest(decided) == acceptance.decisions_digest
    decided.proposals.filter(position=2).update(fact={"type": "finding"})
    assert decisions_digest(decided) != acceptance.decisions_digest


def test_nothing_is_accepted_while_something_is_undecided(
    reading: Reading, staff: Actor, intake: RiverIntake
) -> None:
    with pytest.raises(NotReady, match="还有7条没有决定"):
        accept(reading, staff, ANSWER)


@pytest.mark.parametrize("answers", [{}, {"q0-organ": " "}, {"q0-organ": "9"}, {"organ": "2"}])
def test_required_questions_want_a_valid_answer(
    decided: Reading, staff: Actor, intake: RiverIntake, answers: dict[str, str]
) -> None:
    with pytest.raises(NotReady, match="1个问题没有回答"):
        accept(decided, staff, answers)


def test_what_differs_from_what_was_shown_is_not_created(
    decided: Reading, staff: Actor, intake: RiverIntake
) -> None:
    with pytest.raises(NotReady, match="再看一遍"):
        accept_reading(
            reading_id=decided.pk, answers=ANSWER, actor=staff, at=AT, seen=seen(decided, {"q0-organ": "1"})
        )
    assert intake.created == []


def test_what_fails_half_way_leaves_nothing(decided: Reading, staff: Actor, intake: RiverIntake) -> None:
    intake.fails = True
    entries = Entry.objects.count()
    with pytest.raises(Refused, match="机关已经撤销"):
        accept(decided, staff, ANSWER)
    decided.refresh_from_db()
    assert decided.state == Reading.PROPOSED
    assert not Acceptance.objects.exists()
    assert not Organ.objects.filter(name="2号专班").exists()
    assert Entry.objects.count() == entries


def test_a_paper_is_accepted_once(
    decided: Reading, staff: Actor, colleague: Actor, intake: RiverIntake
) -> None:
    accept(decided, staff, ANSWER)
    with pytest.raises(AlreadyAccepted):
        accept(decided, colleague, ANSWER)
    assert intake.created == [OPINION]


def test_the_database_itself_refuses_a_second_acceptance(decided: Reading) -> None:
    Reading.objects.update(state="accepted")
    with pytest.raises(IntegrityError), transaction.atomic():
        Reading.objects.create(document=decided.document, reader="x", made_at=AT, state="accepted")


def test_only_the_offices_accept(decided: Reading, outsider: Actor, intake: RiverIntake) -> None:
    with pytest.raises(NotAllowed):
        accept(decided, outsider, ANSWER)


def test_papers_nobody_takes_are_named_and_still_accepted(
    decided: Reading, staff: Actor, intake: RiverIntake
) -> None:
    intake.genres = frozenset({"任免名单"})
    assert preview(decided, place=decided.document.place, answers={}, at=AT).left_out == (NOTICE, OPINION)
    assert list(accept(decided, staff, {}).created.all()) == []


def test_an_intake_is_asked_for_its_genres_once(intake: RiverIntake) -> None:
    register_intake(intake)
    assert intake_for(["审议意见", "公文通知"]) == ((0, intake),)
    assert intake_for(["新闻"]) == ()
