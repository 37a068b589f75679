"""Terms as acts begin, meet, move, pause and drop them. The demo place's rules set the lengths."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bihuan.kernel.lights import Light, light_of
from bihuan.kernel.terms import OnEvent, Period, TermSpec, Undefined
from bihuan.matters.doing import Incomplete, NotAllowed
from bihuan.matters.models import NEVER
from bihuan.modules.opinions.procedure import RESOLUTION
from bihuan.people.demo import Cast
from tests.loop import DISSATISFIED, PASSED_ON, SENT, TOLD, Loop, votes

CONGRESS = TermSpec(
    code="duty",
    name="县人民政府向人民代表大会书面报告",
    anchor=OnEvent(event="下一年度会议"),
    period=Period.parse("P1D"),
    citation="《关于全县河道管护情况报告的审议意见》",
)


@pytest.fixture
def loop(cast: Cast) -> Loop:
    return Loop(cast)


def due(loop: Loop, kind: str, organ: str | None = None) -> tuple[date | None, str]:
    """A term's date and whether it is exact, the latest lawful one or open."""
    reckoning = loop.term(kind, organ).reckoning
    return reckoning.on, reckoning.kind


# --- begun and met


def test_the_term_of_handing_over_runs_from_the_sessions_end(loop: Loop) -> None:
    assert due(loop, "hand_over") == (date(2026, 4, 3), "exact")


def test_an_act_meets_its_term_on_the_day_it_took_effect(loop: Loop) -> None:
    loop.act("hand_over", on=date(2026, 4, 9), answer_on=date(2026, 4, 2))
    assert loop.term("hand_over").met_on == date(2026, 4, 2)


def test_an_act_on_the_due_date_is_not_late_and_one_the_day_after_is(cast: Cast) -> None:
    punctual, tardy = Loop(cast), Loop(cast)
    punctual.act("hand_over", on=date(2026, 4, 3))
    tardy.act("hand_over", on=date(2026, 4, 4))
    today = date(2026, 5, 1)
    assert light_of(punctual.term("hand_over"), on=today) is Light.DONE
    assert light_of(tardy.term("hand_over"), on=today) is Light.DONE_LATE


def test_the_papers_own_period_stands_before_the_laws(loop: Loop) -> None:
    loop.act("hand_over")
    assert loop.term("consult", "government").specification.wording == SENT.wording


def test_where_the_paper_sets_no_period_the_law_does(cast: Cast) -> None:
    loop = Loop(cast, terms=())
    loop.act("hand_over")
    term = loop.term("consult", "government")
    assert (term.due_on, term.specification.citation) == (date(2026, 5, 27), "临溪县演示规则（虚构）")


def test_each_agency_has_terms_of_its_own(cast: Cast) -> None:
    agencies = (("government", "lead"), ("planning", "separate"), ("water", "co"))
    loop = Loop(cast, agencies=agencies)
    loop.act("hand_over")
    running = loop.matter.terms.filter(met_on__isnull=True, party__isnull=False)
    assert sorted(running.values_list("party__organ__short_name", "kind")) == [
        ("县发改局", "consult"), ("县发改局", "plan"), ("县发改局", "report"),
        ("县政府", "consult"), ("县政府", "plan"), ("县政府", "report"), ("县水利局", "contribute"),
    ]  # fmt: skip


def test_one_agencys_act_does_not_meet_anothers_term(cast: Cast) -> None:
    loop = Loop(cast, agencies=(("government", "separate"), ("planning", "separate")))
    loop.lane_to("carrying", "government")
    assert loop.term("plan", "government").met_on is not None
    assert loop.term("plan", "planning").met_on is None


def test_a_term_of_an_agency_that_leaves_is_let_go(cast: Cast) -> None:
    loop = Loop(cast)
    before = loop.term("consult", "government")
    organs = cast.organs
    loop.act("hand_over", parties=[(organs["forestry"], "lead"), (organs["finance"], "committee")])
    before.refresh_from_db()
    assert before.dropped
    assert due(loop, "consult", "forestry") == (date(2026, 5, 27), "exact")


def test_a_matter_shows_the_nearest_of_its_running_terms(loop: Loop) -> None:
    assert loop.matter.due_on == date(2026, 4, 3)
    loop.act("hand_over", on=date(2026, 4, 1))
    loop.matter.refresh_from_db()
    assert (loop.matter.due_on, loop.matter.warn_on) == (date(2026, 5, 6), date(2026, 4, 29))


def test_a_closed_matter_shows_no_date(loop: Loop) -> None:
    loop.to("closed")
    assert (loop.matter.due_on, loop.matter.warn_on) == (NEVER, NEVER)


# --- the latest date first, then the exact one


def test_before_the_comment_ends_the_latest_lawful_date_is_shown(loop: Loop) -> None:
    loop.act("hand_over")
    assert due(loop, "report", "government") == (date(2026, 6, 29), "latest")  # the 27th is a Saturday


def test_when_the_comment_really_ends_the_date_is_exact(loop: Loop) -> None:
    loop.lane_to("consulting")
    loop.act("comment", "government", on=date(2026, 4, 20))
    assert due(loop, "report", "government") == (date(2026, 5, 20), "exact")


def test_the_committee_has_its_own_clock_in_working_days(loop: Loop) -> None:
    loop.lane_to("carrying")
    loop.act("answer", "government")
    loop.act("consult", "government", on=date(2026, 4, 24))
    # Friday the 24th does not count; 1 to 5 May are holidays, Saturday the 9th is worked.
    assert due(loop, "comment", "government") == (date(2026, 5, 12), "exact")


def test_a_period_the_paper_left_open_is_a_question(loop: Loop) -> None:
    assert due(loop, "inform") == (None, "open")


# --- extended


@pytest.fixture
def asked(loop: Loop) -> Loop:
    """The government has asked for more time for the consultation."""
    loop.lane_to("carrying")
    term = loop.term("consult", "government")
    loop.act("ask_extension", "government", term=term.pk, until=date(2026, 6, 30), reason="汛期不能施工。")
    return loop


def test_asking_moves_nothing(asked: Loop) -> None:
    assert due(asked, "consult", "government") == (date(2026, 5, 27), "exact")


def test_granting_moves_the_date_and_shows_who_and_why(asked: Loop) -> None:
    asked.act("grant_extension", "government", until=date(2026, 6, 20), reason="情况属实。", by="huangdeming")
    term = asked.term("consult", "government")
    assert term.due_on == date(2026, 6, 20)
    assert [step.text for step in term.reckoning.steps if "黄德明" in step.text] == [
        "2026年4月1日（周三）经黄德明（农业农村工委主任）同意延期（情况属实）至2026年6月20日（周六），"
        "以该日为准，逢休息日不顺延。"
    ]


def test_granting_moves_the_dates_reckoned_from_it(asked: Loop) -> None:
    asked.act("grant_extension", "government", until=date(2026, 6, 20))
    assert due(asked, "report", "government") == (date(2026, 7, 20), "latest")


def test_refusing_keeps_the_date(asked: Loop) -> None:
    asked.act("refuse_extension", "government", by="huangdeming")
    assert due(asked, "consult", "government") == (date(2026, 5, 27), "exact")


def test_only_a_director_decides_on_an_extension(asked: Loop) -> None:
    with pytest.raises(NotAllowed) as refusal:
        asked.act("grant_extension", "government", by="luojing")
    assert str(refusal.value) == "您不能批准延期：须由归口委室的委室负责人办理。"


def test_a_second_request_waits_for_the_answer_to_the_first(asked: Loop) -> None:
    with pytest.raises(NotAllowed) as refusal:
        asked.act("ask_extension", "government", by="tangzhiyuan")
    assert str(refusal.value) == "现在不能申请延期：上一次申请还没有处理完。"
    asked.act("refuse_extension", "government")
    asked.act("ask_extension", "government", by="tangzhiyuan")
    assert asked.party("government").flags == ["extension_asked"]


def test_nothing_is_granted_that_nobody_asked_for(loop: Loop) -> None:
    loop.lane_to("carrying")
    with pytest.raises(NotAllowed) as refusal:
        loop.act("grant_extension", "government", by="huangdeming")
    assert str(refusal.value) == "现在不能批准延期：没有等待处理的申请。"


def test_an_extension_ends_after_the_present_date(loop: Loop) -> None:
    loop.lane_to("carrying")
    term = loop.term("consult", "government")
    with pytest.raises(Incomplete) as refusal:
        loop.act("ask_extension", "government", term=term.pk, until=date(2026, 5, 27))
    assert str(refusal.value) == ("申请延至的日期不晚于现在的到期日（2026年5月27日），不需要延期。")


def test_an_agency_asks_for_its_own_terms_alone(cast: Cast) -> None:
    loop = Loop(cast, agencies=(("government", "separate"), ("planning", "separate")))
    loop.act("hand_over")
    other = loop.term("consult", "planning")
    with pytest.raises(Incomplete) as refusal:
        loop.act("ask_extension", "government", term=other.pk)
    assert str(refusal.value) == "只能为本单位的期限申请延期。"


def test_a_request_overtaken_by_the_step_itself_is_still_answered(asked: Loop) -> None:
    """Otherwise it would stand on the director's desk for ever, and bar every later request."""
    asked.act("answer", "government")
    asked.act("consult", "government")
    with pytest.raises(Incomplete) as refusal:
        asked.act("grant_extension", "government")
    assert str(refusal.value) == (
        "不需要延期：“送征求意见”已经履行或者不再计算。请用“不同意延期”了结这一申请。"
    )
    asked.act("refuse_extension", "government")
    assert asked.party("government").flags == []


# --- paused, settled, fulfilled


def test_a_paused_term_runs_on_by_the_days_it_stood_still(loop: Loop) -> None:
    loop.lane_to("carrying")
    term = loop.term("consult", "government")
    loop.act("pause_term", term=term.pk, on=date(2026, 4, 10))
    loop.act("resume_term", term=term.pk, on=date(2026, 4, 20))
    term.refresh_from_db()
    assert (term.due_on, term.paused) == (date(2026, 6, 8), False)  # ten days after 27 May is a Saturday


def test_a_paused_term_is_neither_late_nor_on_the_list(loop: Loop) -> None:
    loop.act("hand_over", on=date(2026, 4, 1))
    term = loop.term("plan", "government")
    loop.act("pause_term", term=term.pk)
    term.refresh_from_db()
    loop.matter.refresh_from_db()
    assert light_of(term, on=date(2027, 1, 1)) is Light.PAUSED
    assert loop.matter.due_on == date(2026, 5, 27)  # the next one's


def test_a_term_does_not_run_again_before_it_stood_still(loop: Loop) -> None:
    loop.lane_to("carrying")
    term = loop.term("consult", "government")
    loop.act("pause_term", term=term.pk, on=date(2026, 4, 10))
    with pytest.raises(Incomplete) as refusal:
        loop.act("resume_term", term=term.pk, answer_on=date(2026, 4, 9))
    assert str(refusal.value) == "恢复日期2026年4月9日早于中止日期2026年4月10日。请核对日期。"


def test_a_term_is_not_paused_twice_nor_resumed_while_it_runs(loop: Loop) -> None:
    loop.lane_to("carrying")
    term = loop.term("consult", "government")
    loop.act("pause_term", term=term.pk)
    with pytest.raises(Incomplete):
        loop.act("pause_term", term=term.pk)
    other = loop.term("report", "government")
    with pytest.raises(Incomplete):
        loop.act("resume_term", term=other.pk)


def test_a_person_settles_what_the_paper_left_open_and_is_cited(loop: Loop) -> None:
    term = loop.term("inform")
    loop.act("settle_term", term=term.pk, day=date(2026, 7, 1), reason="主任会议议定。", on=date(2026, 4, 1))
    term.refresh_from_db()
    assert (term.due_on, term.specification.citation) == (
        date(2026, 7, 1),
        "黄德明（农业农村工委主任）于2026年4月1日明确：主任会议议定。",
    )


def test_what_has_a_date_is_not_settled_again(loop: Loop) -> None:
    term = loop.term("hand_over")
    with pytest.raises(Incomplete) as refusal:
        loop.act("settle_term", term=term.pk, day=date(2026, 7, 1))
    assert str(refusal.value) == "“交办”已经有到期日（2026年4月3日）。要改动，请用延期。"


def test_a_duty_that_waits_for_an_event_gets_its_day_when_the_event_has_one(cast: Cast) -> None:
    loop = Loop(cast, terms=(SENT, CONGRESS))
    term = loop.term("duty")
    assert term.due_on is None
    loop.act("settle_term", term=term.pk, day=date(2027, 1, 12))
    term.refresh_from_db()
    assert (term.due_on, term.reckoning.start) == (date(2027, 1, 13), date(2027, 1, 12))


def test_a_duty_is_met_by_hand(cast: Cast) -> None:
    loop = Loop(cast, terms=(SENT, CONGRESS)).lane_to("carrying")
    term = loop.term("duty")
    loop.act("fulfil", term=term.pk, answer_on=loop.today)
    term.refresh_from_db()
    assert term.met_on == loop.today - timedelta(days=1)


def test_a_step_is_not_met_by_hand(loop: Loop) -> None:
    loop.lane_to("carrying")
    term = loop.term("consult", "government")
    with pytest.raises((Incomplete, NotAllowed)):
        loop.act("fulfil", term=term.pk)


# --- sent back, begun again


def test_a_report_sent_back_runs_its_term_again_from_the_same_start(loop: Loop) -> None:
    loop.to("checking")
    before = loop.term("report", "government")
    loop.act("send_back")
    after = loop.term("report", "government")
    assert (after.pk, after.met_on, after.due_on) == (before.pk, None, before.due_on)
    loop.act("report", "government", on=loop.today + timedelta(days=200))
    assert light_of(loop.term("report", "government"), on=loop.today) is Light.DONE_LATE


def test_another_round_drops_what_the_last_one_left_but_no_duty(cast: Cast) -> None:
    loop = Loop(cast, terms=(SENT, CONGRESS), agencies=(("government", "lead"), ("water", "co")))
    loop.act("hand_over")
    loop.lane_to("contributed", "water").to("hearing")
    duty = loop.matter.terms.get(kind="duty")
    loop.act("vote", counts=votes(DISSATISFIED))
    duty.refresh_from_db()
    assert not duty.dropped
    assert due(loop, "rework", "government")[0] is not None


def test_the_papers_own_periods_bind_the_first_round_alone(loop: Loop) -> None:
    loop.to("hearing")
    loop.act("vote", counts=votes(DISSATISFIED))
    again = loop.matter.terms.filter(round=2)
    assert sorted(again.values_list("kind", flat=True)) == ["plan", "rework"]


def test_a_term_is_never_begun_twice_in_a_round(cast: Cast) -> None:
    loop = Loop(cast).lane_to("carrying")
    loop.act("add_agency", parties=[(cast.organs["planning"], "separate")])
    kinds = loop.matter.terms.filter(party=loop.party("government"), dropped=False)
    assert sorted(kinds.values_list("kind", flat=True)) == ["consult", "plan", "report"]


def test_a_running_matter_keeps_the_rules_of_the_day_it_was_opened(cast: Cast) -> None:
    """The demo place's rules begin in 2019; a matter of 2018 knows none of them and no date is invented."""
    loop = Loop(cast, terms=(), opened_on=date(2018, 3, 30))
    assert loop.matter.terms.count() == 0
    assert PASSED_ON.year > 2019


# --- what the paper leaves open, what is taken again


def test_an_open_wording_tells_the_places_rule_before_it_begins(cast: Cast) -> None:
    loop = Loop(cast)
    before = loop.term("inform").reckoning
    assert before.steps[0].text == (
        "文件只写“随后”，没有写明期限；按本地规则为核对通过后10个工作日，届时起算。"
    )
    loop.to("informing")
    assert loop.term("inform").due_on is not None


def test_a_question_reserved_to_people_is_not_filled_by_a_rule(cast: Cast) -> None:
    reserved = replace(TOLD, anchor=Undefined(wording="随后", reserved=True))
    loop = Loop(cast, terms=(SENT, reserved)).to("informing")
    assert loop.term("inform").due_on is None


def test_what_the_committee_does_not_agree_to_is_studied_and_sent_again(cast: Cast) -> None:
    loop = Loop(cast).lane_to("consulting")
    loop.act("disagree", "government")
    assert loop.party("government").stage == "carrying"
    latest = loop.term("report", "government")
    assert latest.reckoning.kind == "latest"
    loop.act("consult", "government")
    party = loop.party("government")
    comments = loop.matter.terms.filter(kind="comment", party=party, dropped=False).order_by("id")
    assert [term.met_on is None for term in comments] == [False, True]
    assert comments[1].reckoning.start == loop.today
    loop.act("comment", "government")
    assert loop.party("government").stage == "reporting"
    assert loop.term("report", "government").reckoning.start == loop.today


def test_a_resolution_is_published_within_days_of_its_passing(cast: Cast) -> None:
    loop = Loop(cast, procedure=RESOLUTION, agencies=(), committee=None, items=(), terms=())
    term = loop.term("publish")
    assert (term.reckoning.start, term.due_on) == (PASSED_ON, date(2026, 4, 8))
