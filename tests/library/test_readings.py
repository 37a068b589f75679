"""Readings and decisions: nothing is lost, the second of two people is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.ledger.models import Entry
from bihuan.library import readings
from bihuan.library.models import Document, Proposal, Reading
from bihuan.library.readings import (
    Progress,
    accept_all_certain,
    decide_proposal,
    progress,
    proposals_to_show,
    read_document,
)
from bihuan.library.refusals import AlreadyAccepted, DecidedMeanwhile, Refused
from bihuan.people.actors import Actor
from bihuan.people.refusals import NotAllowed

from .conftest import AT, FACTS, PAPER


def decide(proposal: Proposal, actor: Actor, decision: str = "accepted", *, seen: int = 0) -> Proposal:
    return decide_proposal(proposal_id=proposal.pk, decision=decision, actor=actor, at=AT, seen_version=seen)


def test_a_reading_proposes_every_fact_in_order(reading: Reading) -> None:
    rows = list(reading.proposals.order_by("position"))
    assert [row.fact for row in rows] == [fact.as_json() for fact in FACTS]
    assert [PAPER[row.start : row.end] for row in rows] == [PAPER[fact.start : fact.end] for fact in FACTS]


def test_reading_again_with_the_same_edition_is_the_same_reading(reading: Reading) -> None:
    assert read_document(document=reading.document, at=AT) == reading


def test_a_newer_edition_makes_a_new_reading_and_keeps_the_old(
    reading: Reading, staff: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(reading.proposals.get(position=0), staff)
    monkeypatch.setattr(readings, "EDITION", "next")
    newer = read_document(document=reading.document, at=AT)
    reading.refresh_from_db()
    assert (newer.state, reading.state) == (Reading.PROPOSED, Reading.ABANDONED)
    assert reading.proposals.filter(decision="accepted").count() == 1
    assert newer.proposals.filter(decision="accepted").count() == 0


def test_an_old_reading_keeps_the_text_its_offsets_count_in(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    Document.objects.update(text="旧版打开的文字")
    monkeypatch.setattr(readings, "EDITION", "next")
    newer = read_document(document=reading.document, at=AT)
    reading.refresh_from_db()
    assert (reading.text, newer.text) == ("旧版打开的文字", PAPER)


def test_decisions_are_not_ledger_entries_one_by_one(reading: Reading, staff: Actor) -> None:
    before = Entry.objects.count()
    decide(reading.proposals.get(position=0), staff)
    accept_all_certain(reading_id=reading.pk, actor=staff, at=AT)
    assert Entry.objects.count() == before


def test_a_decision_says_who_and_when(reading: Reading, staff: Actor) -> None:
    row = decide(reading.proposals.get(position=0), staff, "rejected")
    row.refresh_from_db()
    assert (row.decision, row.decided_by_id, row.decided_at, row.version) == (
        "rejected",
        staff.account,
        AT,
        1,
    )


def test_the_second_of_two_people_is_told_and_changes_nothing(
    reading: Reading, staff: Actor, colleague: Actor
) -> None:
    row = decide(reading.proposals.get(position=0), staff)
    with pytest.raises(DecidedMeanwhile, match="张敏刚刚把这一条定为“接受”"):
        decide(row, colleague, "rejected", seen=0)
    row.refresh_from_db()
    assert (row.decision, row.decided_by_id) == ("accepted", staff.account)


def test_a_decision_can_be_taken_back_by_who_sees_it(reading: Reading, staff: Actor) -> None:
    row = decide(reading.proposals.get(position=0), staff)
    row = decide(row, staff, "pending", seen=1)
    assert (row.decision, row.decided_by, row.decided_at, row.version) == ("pending", None, None, 2)


def test_correcting_keeps_what_was_proposed(reading: Reading, staff: Actor) -> None:
    row = reading.proposals.get(position=4)
    corrected = row.fact | {"responsible": "县人民政府"}
    row = decide_proposal(
        proposal_id=row.pk, decision="corrected", corrected=corrected, actor=staff, at=AT, seen_version=0
    )
    row.refresh_from_db()
    assert (row.fact["responsible"], row.final["responsible"]) == ("县政府", "县人民政府")


def test_accepting_what_was_corrected_keeps_the_correction(reading: Reading, staff: Actor) -> None:
    row = reading.proposals.get(position=4)
    corrected = row.fact | {"responsible": "县人民政府"}
    row = decide_proposal(
        proposal_id=row.pk, decision="corrected", corrected=corrected, actor=staff, at=AT, seen_version=0
    )
    decide(row, staff, "accepted", seen=1)
    row.refresh_from_db()
    assert (row.decision, row.final["responsible"], row.version) == ("corrected", "县人民政府", 1)
    row = decide(row, staff, "pending", seen=1)
    assert (row.decision, row.final["responsible"]) == ("pending", "县政府")


def test_accepting_all_certain_leaves_doubts_and_contradictions(reading: Reading, staff: Actor) -> None:
    assert accept_all_certain(reading_id=reading.pk, actor=staff, at=AT) == 5
    left = reading.proposals.filter(decision="pending").order_by("position")
    assert [row.type for row in left] == ["deadline", "inconsistency"]
    assert progress(reading) == Progress(total=7, decided=5, certain=0)


def test_accepting_all_certain_changes_no_decision_taken(reading: Reading, staff: Actor) -> None:
    decide(reading.proposals.get(position=2), staff, "rejected")
    assert accept_all_certain(reading_id=reading.pk, actor=staff, at=AT) == 4
    assert reading.proposals.get(position=2).decision == "rejected"


def test_the_database_and_the_proposal_agree_on_what_is_certain(reading: Reading) -> None:
    reading.proposals.filter(position=2).update(confidence=0.79)
    reading.proposals.filter(position=3).update(confidence=0.8)
    asked = set(reading.proposals.filter(readings.certain()).values_list("position", flat=True))
    assert asked == {row.position for row in reading.proposals.all() if row.is_certain} == {0, 1, 3, 4}


def test_doubtful_ones_come_first_and_each_part_in_reading_order(reading: Reading) -> None:
    assert [row.position for row in proposals_to_show(reading)] == [5, 6, 0, 1, 2, 3, 4]
    assert [row.position for row in proposals_to_show(reading, doubtful_first=False)] == list(range(7))
    assert [row.position for row in proposals_to_show(reading, kind="finding")] == [2, 3]


def test_only_the_offices_decide(reading: Reading, outsider: Actor) -> None:
    with pytest.raises(NotAllowed):
        decide(reading.proposals.get(position=0), outsider)
    with pytest.raises(NotAllowed):
        accept_all_certain(reading_id=reading.pk, actor=outsider, at=AT)


@pytest.mark.parametrize(("state", "refusal"), [("accepted", AlreadyAccepted), ("abandoned", Refused)])
def test_a_closed_reading_takes_no_decisions(
    reading: Reading, staff: Actor, state: str, refusal: type[Refused]
) -> None:
    Reading.objects.update(state=state)
    with pytest.raises(refusal):
        decide(reading.proposals.get(position=0), staff)


def test_an_accepted_paper_is_not_read_again(reading: Reading) -> None:
    Reading.objects.update(state="accepted")
    with pytest.raises(AlreadyAccepted):
        read_document(document=reading.document, at=AT + timedelta(days=1))
