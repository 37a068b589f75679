"""A declaration is safe or refused: each fault is named, by a declaration with exactly that fault."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bihuan.kernel.procedure import (
    Act,
    Ask,
    By,
    Join,
    LaneKind,
    Milestone,
    Outcome,
    Procedure,
    Stage,
    TermKind,
    targets,
)

OFFICE = (By(part="office", roles=("staff",)),)
LEAD = (By(part="lead", roles=("clerk", "chief")),)
REASON = Ask(key="reason", label="理由")

HAND_OVER = Act(
    code="hand_over", name="交办", by=OFFICE, at=("new",), to="handling", lanes_to=("assigned",), awaited=True
)
REPORT = Act(
    code="report",
    name="报告",
    by=LEAD,
    at=("handling",),
    party_at=("assigned",),
    party_to="reported",
    awaited=True,
)
VOTE = Act(
    code="vote",
    name="测评",
    by=OFFICE,
    at=("voting",),
    awaited=True,
    outcomes=(
        Outcome(code="satisfied", name="满意", to="closed"),
        Outcome(code="dissatisfied", name="不满意", to="handling", lanes_to=("assigned",), again=True),
    ),
)
TERM = TermKind(code="report", name="书面报告", part="lead", started_by=("hand_over",), met_by=("report",))

SOUND = Procedure(
    code="trial",
    name="试办",
    edition="1",
    prefix="SB",
    stages=(
        Stage(code="new", name="待交办"),
        Stage(code="handling", name="办理"),
        Stage(code="voting", name="待测评"),
        Stage(code="closed", name="已办结", ended=True),
    ),
    lanes=(
        LaneKind(
            parts=("lead",),
            stages=(
                Stage(code="waiting", name="待交办"),
                Stage(code="assigned", name="待报告"),
                Stage(code="reported", name="已报告"),
            ),
        ),
    ),
    joins=(Join(parts=("lead",), all_at="reported", at="handling", to="voting"),),
    acts=(HAND_OVER, REPORT, VOTE),
    terms=(TERM,),
    milestones=(Milestone(name="报告", acts=("report",), term="report"),),
)


def with_act(act: Act) -> Procedure:
    """The sound procedure with one act replaced by its namesake, or one act more."""
    known = any(each.code == act.code for each in SOUND.acts)
    acts = tuple(act if each.code == act.code else each for each in SOUND.acts)
    return replace(SOUND, acts=acts if known else (*acts, act))


def with_term(term: TermKind) -> Procedure:
    return replace(SOUND, terms=(term,))


NOTE = Act(code="note", name="批注", by=OFFICE, at=("handling",))
STAGES, LANE = SOUND.stages, SOUND.lane_stages
WATCHING = LaneKind(
    parts=("mover",),
    stages=(Stage(code="watching", name="关注办理"), Stage(code="rated", name="已评价", ended=True)),
    private=True,
)


def with_lane(*stages: Stage, parts: tuple[str, ...] = ("lead",)) -> Procedure:
    """The sound procedure with another lane for its agencies."""
    return replace(SOUND, lanes=(LaneKind(parts=parts, stages=stages),))


def with_two_lanes(act: Act) -> Procedure:
    """The sound procedure with deputies who watch, and one act more."""
    rate = Act(
        code="rate",
        name="评价",
        by=(By(part="mover", roles=("deputy",)),),
        at=("handling", "voting"),
        party_at=("watching",),
        party_to="rated",
        private=True,
    )
    return replace(SOUND, lanes=(*SOUND.lanes, WATCHING), acts=(*SOUND.acts, rate, act))


FAULTY: dict[str, Procedure] = {
    "two acts share a code": replace(SOUND, acts=(*SOUND.acts, HAND_OVER)),
    "two stages share a code": replace(SOUND, stages=(*STAGES, STAGES[2])),
    "two lane stages share a code": with_lane(*LANE, LANE[1]),
    "two terms share a code": replace(SOUND, terms=(TERM, TERM)),
    "act note: nobody may do it": with_act(replace(NOTE, by=())),
    "act note: open at no stage": with_act(replace(NOTE, at=())),
    "act note: part office names no role": with_act(replace(NOTE, by=(By(part="office", roles=()),))),
    "act note: unknown stage nowhere": with_act(replace(NOTE, to="nowhere")),
    "act note: unknown stage elsewhere": with_act(replace(NOTE, at=("handling", "elsewhere"))),
    "act vote: unknown stage aside": with_act(
        replace(VOTE, outcomes=(*VOTE.outcomes, Outcome(code="half", name="不明", to="aside")))
    ),
    "act vote: two outcomes share a code": with_act(
        replace(VOTE, outcomes=(*VOTE.outcomes, replace(VOTE.outcomes[0], name="再测")))
    ),
    "act note: unknown lane stage nowhere": with_act(replace(NOTE, party_at=("nowhere",))),
    "act note: unknown lane stage aside": with_act(replace(NOTE, lanes_to=("aside",))),
    "act note: moves a lane without saying from where": with_act(replace(NOTE, party_to="reported")),
    "act note: puts one lane at two stages": with_act(replace(NOTE, lanes_to=("assigned", "reported"))),
    "act note: leads from one lane into another": with_two_lanes(
        replace(NOTE, party_at=("assigned",), party_to="rated")
    ),
    "act note: private, but done for no party": with_act(replace(NOTE, private=True)),
    "act note: private, but told to others": with_act(
        replace(NOTE, private=True, public=True, party_at=("assigned",))
    ),
    "two lanes share a code": replace(
        with_two_lanes(NOTE), lanes=(*SOUND.lanes, replace(WATCHING, parts=("mover", "lead")))
    ),
    "join at handling: part mover does not walk that lane": replace(
        with_two_lanes(NOTE), joins=(replace(SOUND.joins[0], parts=("lead", "mover")),)
    ),
    "act note: no act raises asked": with_act(replace(NOTE, needs="asked")),
    "act note: no act raises told": with_act(replace(NOTE, clears="told")),
    "act note: no act raises held": with_act(replace(NOTE, forbids="held")),
    "act note: no act clears asked": with_act(replace(NOTE, raises="asked", forbids="asked")),
    "act note: asks the same twice": with_act(replace(NOTE, asks=(REASON, REASON))),
    "act note: grave, but asks no reason": with_act(replace(NOTE, grave=True)),
    "act note: awaited at an ended stage": with_act(replace(NOTE, at=("closed",), awaited=True)),
    "term report: unknown act reply": with_term(replace(TERM, met_by=("reply",))),
    "term report: unknown act begin": with_term(replace(TERM, started_by=("begin",))),
    "term report: unknown act opened": with_term(replace(TERM, after="opened")),
    "term report: nothing meets it": with_term(replace(TERM, met_by=())),
    "term report: unknown term plan": with_term(replace(TERM, latest_from="plan")),
    "term report: part co walks no lane": with_term(replace(TERM, parties=("co",))),
    "join at nowhere: unknown stage": replace(SOUND, joins=(*SOUND.joins, Join(
        parts=("lead",), all_at="reported", at="nowhere", to="voting"))),
    "join at handling: part co does not walk that lane": replace(SOUND, joins=(*SOUND.joins, Join(
        parts=("co",), all_at="reported", at="handling", to="voting"))),
    "milestone 签收: unknown act sign": replace(SOUND, milestones=(Milestone(name="签收", acts=("sign",)),)),
    "milestone 报告: unknown term reply": replace(
        SOUND, milestones=(Milestone(name="报告", acts=("report",), term="reply"),)
    ),
    "stage aside: cannot be reached": replace(
        with_act(replace(NOTE, at=("aside",), to="closed", awaited=True)),
        stages=(*STAGES, Stage(code="aside", name="另处")),
    ),
    "stage aside: cannot come to an end": replace(
        with_act(replace(NOTE, at=("handling", "aside"), to="aside", awaited=True)),
        stages=(*STAGES, Stage(code="aside", name="另处")),
    ),
    "stage aside: nothing is awaited there": replace(
        SOUND,
        acts=(*SOUND.acts, replace(NOTE, to="aside"), replace(NOTE, code="back", at=("aside",), to="closed")),
        stages=(*STAGES, Stage(code="aside", name="另处")),
    ),
    "lane stage aside: cannot be reached": replace(
        with_act(replace(NOTE, party_at=("aside",), party_to="reported")),
        lanes=with_lane(*LANE, Stage(code="aside", name="另处")).lanes,
    ),
    "lane stage aside: cannot come to an end": replace(
        with_act(replace(NOTE, party_at=("assigned",), party_to="aside")),
        lanes=with_lane(*LANE, Stage(code="aside", name="另处")).lanes,
    ),
}  # fmt: skip


def test_a_sound_declaration_has_no_fault() -> None:
    assert SOUND.faults() == ()


@pytest.mark.parametrize("fault", FAULTY)
def test_a_declaration_with_one_fault_is_told_that_fault(fault: str) -> None:
    assert FAULTY[fault].faults() == (fault,)


def test_a_procedure_that_never_ends_is_a_fault() -> None:
    endless = replace(SOUND, stages=tuple(replace(stage, ended=False) for stage in SOUND.stages))
    assert "no stage ends the matter" in endless.faults()


def test_a_procedure_without_stages_is_a_fault_not_a_crash() -> None:
    assert "no stage ends the matter" in replace(SOUND, stages=()).faults()


def test_a_lane_of_nobody_is_a_fault() -> None:
    assert "a lane that no part walks" in with_lane(*LANE, parts=()).faults()


def test_an_acts_targets_are_its_outcomes_and_its_own() -> None:
    assert (targets(VOTE), targets(HAND_OVER), targets(REPORT)) == (("closed", "handling"), ("handling",), ())


def test_acts_and_stages_are_found_by_code() -> None:
    assert (SOUND.act("report"), SOUND.stage("voting"), SOUND.lane_stage("assigned"), SOUND.first) == (
        REPORT,
        SOUND.stages[2],
        LANE[1],
        SOUND.stages[0],
    )
    with pytest.raises(KeyError):
        SOUND.act("reply")
