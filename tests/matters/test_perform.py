"""One act, one transaction, one ledger entry: what every act does, and what it refuses to do."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from bihuan.ledger.models import Entry
from bihuan.matters.doing import Changed, Incomplete, NotAllowed, Refused
from bihuan.matters.models import Deed, Notice, Todo
from bihuan.people.demo import Cast
from tests.loop import DISSATISFIED, PASSED_ON, Loop, votes


@pytest.fixture
def loop(cast: Cast) -> Loop:
    return Loop(cast)


def body(entry: Entry) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(entry.body)
    return read


# --- one entry an act


def test_opening_writes_one_entry(loop: Loop) -> None:
    assert [entry.kind for entry in loop.entries()] == ["matter.opened"]


def test_every_act_writes_one_entry_and_one_deed_and_counts_one_version(loop: Loop) -> None:
    loop.to("closed")
    entries = loop.entries()
    assert [entry.kind.split(".")[-1] for entry in entries] == [
        "opened", "hand_over", "receive", "plan", "answer", "consult", "comment", "report", "pass_check",
        "inform", "publish", "schedule", "vote",
    ]  # fmt: skip
    assert [deed.seq for deed in Deed.objects.filter(matter=loop.matter).order_by("seq")] == [
        entry.seq for entry in entries
    ]
    assert [body(entry)["version"] for entry in entries] == list(range(1, 14))
    assert loop.matter.version == 13


def test_an_entry_says_where_the_matter_and_the_lane_came_from_and_went(loop: Loop) -> None:
    loop.lane_to("reporting")
    said = body(loop.act("report", "government"))
    assert (said["stage"], said["lane"]) == (["handling", "checking"], ["reporting", "reported"])


def test_an_entry_says_who_acted_under_which_post(loop: Loop) -> None:
    assert loop.act("hand_over", by="huangdeming").actor == "黄德明（农业农村工委主任）"


def test_an_entry_says_what_the_act_did_to_the_terms(loop: Loop) -> None:
    loop.act("hand_over", on=date(2026, 4, 1))
    loop.act("receive", "government")
    assert [(term["kind"], term["due"]) for term in body(loop.entries()[1])["terms"]] == [
        ("plan", "2026-05-06")  # a month ends on 1 May, a holiday until the 5th
    ]


def test_a_refused_act_leaves_nothing_behind(loop: Loop) -> None:
    before = (loop.matter.version, Entry.objects.count(), Todo.objects.count(), Notice.objects.count())
    with pytest.raises(Incomplete):
        loop.act("hand_over", parties=[(loop.cast.organs["water"], "co")])
    loop.matter.refresh_from_db()
    assert (
        loop.matter.version,
        Entry.objects.count(),
        Todo.objects.count(),
        Notice.objects.count(),
    ) == before
    assert loop.matter.parties.filter(organ=loop.cast.organs["water"]).count() == 0


# --- who and when


def test_an_act_by_somebody_else_is_refused_with_who_may(loop: Loop) -> None:
    with pytest.raises(NotAllowed) as refusal:
        loop.act("hand_over", by="xiaofei")
    assert str(refusal.value) == "您不能交办：须由归口委室的工作人员、委室负责人办理。"


def test_an_act_at_another_stage_is_refused_with_the_stages(loop: Loop) -> None:
    with pytest.raises(NotAllowed) as refusal:
        loop.act("publish", by="huangdeming")
    assert str(refusal.value) == (
        "现在不能向社会公布：事项处于“待交办”阶段，只有在“向社会公布”阶段才能办理。"
    )


def test_what_the_declaration_requires_is_demanded_whoever_calls(loop: Loop) -> None:
    loop.to("informing")
    with pytest.raises(Incomplete) as refusal:
        loop.act("inform", by_whom="")
    assert str(refusal.value) == "还不能通报代表：没有填写“由谁通报”。"


def test_an_act_cannot_take_effect_tomorrow(loop: Loop) -> None:
    with pytest.raises(Incomplete) as refusal:
        loop.act("hand_over", days=5, answer_on=PASSED_ON + timedelta(days=6))
    assert str(refusal.value) == ("办理日期2026年4月2日在今天（2026年4月1日）之后。请填写实际办理的日期。")


def test_an_act_cannot_take_effect_before_the_matter_was_opened(loop: Loop) -> None:
    with pytest.raises(Incomplete) as refusal:
        loop.act("hand_over", answer_on=PASSED_ON - timedelta(days=1))
    assert str(refusal.value) == "办理日期2026年3月26日早于事项登记（2026年3月27日）。请核对日期。"


def test_a_lane_act_cannot_take_effect_before_the_hand_over(loop: Loop) -> None:
    loop.lane_to("carrying")
    loop.act("answer", "government", days=30)
    with pytest.raises(Incomplete) as refusal:
        loop.act("consult", "government", answer_on=PASSED_ON)
    assert (
        str(refusal.value) == "办理日期2026年3月27日早于上一步“制定办理方案”（2026年3月30日）。请核对日期。"
    )


def test_an_act_on_the_matter_cannot_overtake_the_agencies_report(loop: Loop) -> None:
    loop.to("informing")
    reported = loop.matter.deeds.get(act="report").on
    with pytest.raises(Incomplete) as refusal:
        loop.act("inform", answer_on=reported - timedelta(days=1))
    assert "早于上一步“核对通过”" in str(refusal.value)


def test_a_back_dated_act_takes_effect_on_its_own_day_and_is_recorded_today(loop: Loop) -> None:
    entry = loop.act("hand_over", on=date(2026, 4, 20), answer_on=date(2026, 4, 1))
    assert (entry.on, entry.at.date()) == (date(2026, 4, 1), date(2026, 4, 20))
    assert loop.term("plan", "government").due_on == date(2026, 5, 6)


def test_what_moves_nothing_may_be_recorded_late(cast: Cast) -> None:
    loop = Loop(cast).lane_to("carrying")
    term = loop.term("consult", "government")
    loop.act("pause_term", term=term.pk, answer_on=PASSED_ON + timedelta(days=2))
    term.refresh_from_db()
    assert (term.paused, term.pauses[0]["since"]) == (True, "2026-03-29")


# --- two people


def test_who_acts_on_an_old_page_is_told_what_was_done_meanwhile_and_by_whom(loop: Loop) -> None:
    seen = loop.matter.version
    loop.act("hand_over", by="huangdeming", on=date(2026, 4, 1))
    with pytest.raises(Changed) as changed:
        loop.act("void", by="huangdeming", seen_version=seen, on=date(2026, 4, 2))
    assert [deed.act for deed in changed.value.since] == ["hand_over"]
    assert str(changed.value) == (
        "您打开页面之后，这一事项已有变化：黄德明（农业农村工委主任）于04月01日10:00"
        "交办。您填写的内容都还在，请核对后再提交。"
    )


def test_nothing_is_written_for_who_acts_on_an_old_page(loop: Loop) -> None:
    loop.act("hand_over")
    before = Entry.objects.count()
    with pytest.raises(Changed):
        loop.act("void", by="huangdeming", seen_version=1)
    assert (Entry.objects.count(), loop.stage()) == (before, "handling")


def test_who_has_seen_the_present_version_may_act(loop: Loop) -> None:
    loop.act("hand_over")
    loop.act("void", by="huangdeming", seen_version=2)
    assert loop.stage() == "void"


# --- rounds, lanes, joins


def test_a_matter_moves_on_when_all_who_report_have_reported(cast: Cast) -> None:
    loop = Loop(cast, agencies=(("government", "separate"), ("planning", "separate")))
    loop.lane_to("reported", "government")
    assert loop.stage() == "handling"
    loop.lane_to("reporting", "planning")
    loop.act("report", "planning")
    assert loop.stage() == "checking"


def test_a_co_handler_reports_to_the_lead_and_is_not_waited_for(cast: Cast) -> None:
    loop = Loop(cast, agencies=(("government", "lead"), ("water", "co")))
    loop.lane_to("contributed", "water")
    assert loop.stage() == "handling"
    loop.lane_to("reporting", "government")
    loop.act("report", "government")
    assert loop.stage() == "checking"


def test_without_a_committee_the_report_is_made_directly(cast: Cast) -> None:
    loop = Loop(cast, committee=None, terms=())
    loop.lane_to("carrying")
    with pytest.raises(NotAllowed) as refusal:
        loop.act("consult", "government", by="tangzhiyuan")
    assert str(refusal.value) == "不需要送征求意见：这一事项没有征求意见委员会。"
    loop.act("answer", "government")
    loop.act("report_directly", "government", by="liangbo")
    assert loop.stage() == "checking"


def test_with_a_committee_the_report_is_not_made_directly(loop: Loop) -> None:
    loop.lane_to("carrying")
    with pytest.raises(NotAllowed) as refusal:
        loop.act("report_directly", "government", by="liangbo")
    assert str(refusal.value) == "不能直接提交书面报告：这一事项有征求意见委员会，应先经过它。"


def test_a_dissatisfied_vote_begins_another_round_with_its_own_terms(loop: Loop) -> None:
    loop.to("hearing")
    loop.act("vote", counts=votes(DISSATISFIED))
    loop.matter.refresh_from_db()
    assert (loop.matter.stage, loop.matter.round, loop.party("government").stage) == (
        "handling",
        2,
        "planning",
    )
    running = loop.matter.terms.filter(round=2, met_on__isnull=True, dropped=False)
    assert sorted(running.values_list("kind", flat=True)) == ["plan", "rework"]


def test_the_vote_belongs_to_the_round_it_ends(loop: Loop) -> None:
    loop.to("hearing")
    loop.act("vote", counts=votes(DISSATISFIED))
    assert loop.last().round == 1


def test_what_was_promised_and_answered_before_is_kept_in_another_round(loop: Loop) -> None:
    loop.to("hearing")
    loop.act("vote", counts=votes(DISSATISFIED))
    loop.to("hearing")
    assert sorted(loop.matter.answers.values_list("round", flat=True)) == [1, 1, 1, 2, 2, 2]
    assert sorted(loop.matter.promises.values_list("round", flat=True)) == [1, 1, 1, 2, 2, 2]


def test_a_satisfied_vote_closes(loop: Loop) -> None:
    loop.to("hearing")
    loop.act("vote")
    assert (loop.stage(), loop.matter.ended_on) == ("closed", loop.today)


def test_wrongly_counted_ballots_are_refused(loop: Loop) -> None:
    loop.to("hearing")
    with pytest.raises(Incomplete):
        loop.act("vote", counts=votes({**DISSATISFIED, "satisfied": 20}))


def test_a_matter_that_ended_keeps_its_day_whatever_is_noted_later(loop: Loop) -> None:
    loop.to("closed")
    ended = loop.matter.ended_on
    promise = loop.matter.promises.first()
    assert promise is not None
    told = [{"promise": promise.pk, "state": "broken", "progress": "没有看到。"}]
    loop.act("look_back", days=90, measures=told)
    loop.matter.refresh_from_db()
    assert (loop.matter.stage, loop.matter.ended_on) == ("closed", ended)


def test_a_voided_matter_waits_for_nobody_and_runs_no_term(loop: Loop) -> None:
    loop.act("hand_over")
    loop.act("void")
    assert (loop.stage(), loop.matter.todos.count(), loop.matter.due_on.year) == ("void", 0, 9999)
    assert loop.matter.terms.filter(met_on__isnull=True, dropped=False).count() == 0


def test_a_report_sent_back_goes_back_to_that_agency_alone(cast: Cast) -> None:
    loop = Loop(cast, agencies=(("government", "separate"), ("planning", "separate"))).to("checking")
    loop.act("send_back", parties=[loop.party("planning")])
    assert (loop.stage(), loop.party("government").stage, loop.party("planning").stage) == (
        "handling",
        "reported",
        "reporting",
    )
    loop.act("report", "planning")
    assert loop.stage() == "checking"


# --- who takes part


def test_handing_over_settles_who_takes_part(cast: Cast) -> None:
    loop = Loop(cast)
    organs = cast.organs
    loop.act("hand_over", parties=[(organs["forestry"], "lead"), (organs["water"], "co")])
    now = loop.matter.parties.filter(until__isnull=True, part__in=("lead", "co", "separate", "committee"))
    assert sorted(now.values_list("organ__short_name", "part")) == [("县林业局", "lead"), ("县水利局", "co")]


def test_somebody_must_answer_for_the_report(loop: Loop) -> None:
    with pytest.raises(Incomplete) as refusal:
        loop.act("hand_over", parties=[(loop.cast.organs["water"], "co")])
    assert str(refusal.value) == "还不能交办：没有主办或分办单位，没有单位对报告负责。"


def test_the_governments_office_oversees_what_its_bureaus_have_in_hand(cast: Cast) -> None:
    loop = Loop(cast)
    loop.act("hand_over", parties=[(cast.organs["forestry"], "lead")])
    overseers = loop.matter.parties.filter(part="overseer")
    assert list(overseers.values_list("organ__short_name", flat=True)) == ["县政府办"]


def test_an_agency_added_later_begins_at_signing(cast: Cast) -> None:
    loop = Loop(cast).lane_to("carrying")
    loop.act("add_agency", parties=[(cast.organs["planning"], "separate")])
    assert loop.party("planning").stage == "assigned"
    assert loop.term("consult", "planning").due_on == loop.term("consult", "government").due_on


def test_an_agency_is_not_added_twice(cast: Cast) -> None:
    loop = Loop(cast).lane_to("carrying")
    with pytest.raises(Incomplete) as refusal:
        loop.act("add_agency", parties=[(cast.organs["government"], "lead")])
    assert str(refusal.value) == "您选择的单位都已经是承办单位了。"


# --- items, measures, answers


def test_a_lead_plans_for_every_item(loop: Loop) -> None:
    loop.lane_to("planning")
    item = loop.matter.items.get(kind="problem", ordinal=1)
    only = [{"item": item.pk, "text": "补记。", "person": "肖飞", "due_on": None}]
    with pytest.raises(Incomplete) as refusal:
        loop.act("plan", "government", measures=only)
    assert str(refusal.value) == (
        "还不能制定办理方案：问题2、建议1没有措施。请逐项填写；确实无法办理的，写明原因和替代措施。"
    )


def test_kept_needs_evidence(loop: Loop) -> None:
    loop.lane_to("carrying")
    promise = loop.matter.promises.order_by("pk")[0]
    with pytest.raises(Incomplete) as refusal:
        loop.act(
            "progress",
            "government",
            measures=[{"promise": promise.pk, "state": "kept", "progress": "好了。"}],
        )
    assert str(refusal.value) == (
        "措施“落实：支流巡河记录不全”不能填“已完成”：还没有佐证材料。请附上照片或文件，或改填“分期推进”。"
    )


def test_an_item_is_not_solved_while_a_measure_for_it_is_pending(loop: Loop) -> None:
    loop.lane_to("carrying")
    item = loop.matter.items.get(kind="suggestion")
    answers = [{"item": item.pk, "result": "solved", "text": "已公布。"}]
    with pytest.raises(Incomplete) as refusal:
        loop.act("answer", "government", answers=answers)
    assert str(refusal.value).startswith(
        "建议1不能填“已解决”：措施“落实：按河段公布责任人和举报电话”还没有完成。"
    )


def test_nothing_leaves_the_agency_with_an_item_unanswered(loop: Loop) -> None:
    loop.lane_to("carrying")
    item = loop.matter.items.get(kind="suggestion")
    answers = [{"item": item.pk, "result": "staged", "text": "已公布一半。"}]
    loop.act("answer", "government", answers=answers)
    with pytest.raises(Incomplete) as refusal:
        loop.act("consult", "government", by="tangzhiyuan")
    assert str(refusal.value) == "还不能送征求意见：问题1、问题2没有处理结果。请先“逐项填写处理结果”。"


def test_the_office_passes_no_report_with_an_item_nobody_answered(cast: Cast) -> None:
    """Separate handlers answer for what they planned; what neither planned is found at the check."""
    loop = Loop(cast, agencies=(("government", "separate"), ("planning", "separate")))
    loop.act("hand_over")
    item = loop.matter.items.get(kind="suggestion")
    for organ in ("government", "planning"):
        loop.act("receive", organ)
        plan = [{"item": item.pk, "text": "公布。", "person": "肖飞", "due_on": None}]
        loop.act("plan", organ, measures=plan)
        loop.act("answer", organ, answers=[{"item": item.pk, "result": "staged", "text": "一半。"}])
        loop.act("consult", organ)
        loop.act("comment", organ)
        loop.act("report", organ)
    with pytest.raises(Incomplete) as refusal:
        loop.act("pass_check")
    assert str(refusal.value) == "还不能核对通过：问题1、问题2没有处理结果。请退回承办单位补充。"


def test_an_answer_may_be_mended_and_the_last_counts(loop: Loop) -> None:
    loop.lane_to("carrying")
    loop.act("answer", "government")
    item = loop.matter.items.get(kind="suggestion")
    loop.act("answer", "government", answers=[{"item": item.pk, "result": "open", "text": "没有条件。"}])
    assert loop.matter.answers.get(item=item).result == "open"


# --- reminders


def test_a_reminder_names_what_is_late_and_since_when(loop: Loop) -> None:
    loop.lane_to("carrying")
    entry = loop.act("remind", "government", on=date(2026, 6, 1))
    assert body(entry)["record"]["late"] == {
        "step": "送征求意见",
        "due": "2026-05-27",
        "basis": "《关于全县河道管护情况报告的审议意见》",
    }


def test_nobody_is_reminded_of_what_is_not_late(loop: Loop) -> None:
    loop.lane_to("carrying")
    with pytest.raises(Refused) as refusal:
        loop.act("remind", "government", on=date(2026, 5, 27))
    assert str(refusal.value) == (
        "还不能催办：县政府没有已超期的期限。未到期的，可以电话提醒，不制发催办函。"
    )
