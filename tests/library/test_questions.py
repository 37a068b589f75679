"""One question once: proposals that share a doubt are decided together, each of them shown."""

from __future__ import annotations

from bihuan.library.models import Proposal
from bihuan.library.questions import raised_by

LONG_AGO = "同一期限写法不一，请统一。"
CLASH = "期限相撞：其间只剩1天。请确认以哪一个期限为准。"
AFTER = "文中只写“随后”，没有写明期限，请确认何时完成。"


def proposal(
    pk: int,
    type: str = "deadline",
    *,
    doubt: str = "",
    section: str = "甲",
    decision: str = "pending",
    **fact: str,
) -> Proposal:
    return Proposal(
        pk=pk, type=type, doubt=doubt, section=section, confidence=1.0, decision=decision, fact=fact
    )


def contradiction(pk: int, said: str, *, severity: str = "high", section: str = "甲") -> Proposal:
    return proposal(pk, "inconsistency", section=section, description=said, severity=severity)


def groups(*proposals: Proposal) -> list[list[int]]:
    return [[each.pk for each in question.proposals] for question in raised_by(proposals)]


def test_a_contradiction_and_the_facts_it_touches_are_one_question() -> None:
    assert groups(contradiction(1, CLASH), proposal(2, doubt=CLASH), proposal(3, doubt=CLASH)) == [[1, 2, 3]]


def test_a_fact_with_two_doubts_ties_their_questions_together() -> None:
    rows = [contradiction(1, CLASH), contradiction(2, "两个名称。"), proposal(3, doubt=f"{CLASH} 两个名称。")]
    assert groups(*rows) == [[1, 2, 3]]
    assert raised_by(rows)[0].sentences == (CLASH, "两个名称。")


def test_the_same_contradiction_in_two_papers_is_asked_once() -> None:
    assert groups(contradiction(1, CLASH), proposal(2, doubt=CLASH, section="乙")) == [[1, 2]]


def test_what_a_paper_leaves_open_is_asked_once_in_each_paper() -> None:
    rows = (proposal(1, doubt=AFTER), proposal(2, doubt=AFTER), proposal(3, doubt=AFTER, section="乙"))
    assert groups(*rows) == [[1, 2], [3]]


def test_slips_that_touch_no_fact_are_one_question_and_stand_last() -> None:
    rows = (
        contradiction(1, "半角标点。", severity="low"),
        contradiction(2, LONG_AGO, severity="low", section="乙"),
        proposal(3, doubt=AFTER),
    )
    assert groups(*rows) == [[3], [1, 2]]


def test_a_small_contradiction_on_which_a_fact_depends_is_no_slip() -> None:
    rows = (contradiction(1, LONG_AGO, severity="low"), proposal(2, doubt=LONG_AGO))
    assert [question.slips for question in raised_by(rows)] == [False]


def test_what_the_reader_is_unsure_of_is_asked_by_itself() -> None:
    one, other = proposal(1), proposal(2)
    one.confidence = other.confidence = 0.5
    assert groups(one, other, proposal(3)) == [[1], [2]]


def test_decided_questions_stand_behind_those_that_wait() -> None:
    rows = (proposal(1, doubt=AFTER, decision="accepted"), proposal(2, doubt=AFTER, section="乙"))
    assert groups(*rows) == [[2], [1]]
    assert [question.seen for question in raised_by(rows)] == ["2:0", ""]
