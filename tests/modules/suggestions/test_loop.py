"""The loop of one suggestion: raised, handed over, answered, judged, followed, closed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.http import Http404

from bihuan.matters.doing import Incomplete
from bihuan.modules.suggestions.privacy import proposals
from bihuan.people.demo import Cast
from tests.modules.suggestions.walking import ANSWERS, Walk, evidence


def test_a_solved_suggestion_goes_from_draft_to_closed(cast: Cast) -> None:
    walk = Walk(cast).handed_over(("water", "lead")).claimed().contacted().drafted().signed().rated()
    walk.act("publish", "xuting", redactions=[])
    walk.act("conclude", "xuting", way="close", reason="已经修好，代表满意")
    assert (walk.matter.stage, walk.matter.suggestion.result_class) == ("closed", "A")


def test_a_number_is_given_by_the_system_and_each_once(cast: Cast) -> None:
    first, second = Walk(cast), Walk(cast)
    for walk in (second, first):
        walk.act("accept", "xuting")
    first.matter.suggestion.refresh_from_db()
    second.matter.suggestion.refresh_from_db()
    assert (second.matter.suggestion.running_no, first.matter.suggestion.running_no) == (1, 2)


def test_the_reply_term_is_three_months_from_the_handover(cast: Cast) -> None:
    walk = Walk(cast).handed_over(("water", "lead"))
    assert walk.matter.terms.get(kind="reply").due_on == date(2026, 6, 4)


def test_a_hard_matter_has_six_months_from_the_same_handover(cast: Cast) -> None:
    walk = Walk(cast).handed_over(("water", "lead"))
    walk.act("mark_hard", "fanghua", reason="涉及三个单位")
    assert walk.matter.terms.get(kind="reply").due_on == date(2026, 9, 4)


def test_a_reply_without_contact_with_the_lead_deputy_is_stopped(cast: Cast) -> None:
    walk = Walk(cast).handed_over(("water", "lead")).claimed().drafted()
    with pytest.raises(Incomplete, match="没有与领衔代表联系的记录"):
        walk.act("submit_reply", "tianye", "water")


def test_what_the_chief_signs_in_spite_of_a_stop_bears_the_reason(cast: Cast) -> None:
    walk = Walk(cast).handed_over(("water", "lead")).claimed().drafted()
    walk.act("submit_reply", "tianye", "water", note="代表在外地，已约定回来面谈")
    walk.act("check_reply", "duanhong", "water")
    walk.act("approve_reply", "leizhigang", "water")
    with pytest.raises(Incomplete, match="须写明理由"):
        walk.act("sign_reply", "haoyongnian", "water")
    walk.act("sign_reply", "haoyongnian", "water", overrule="代表来电同意先答复")
    assert walk.matter.replies.get(signed_on__isnull=False).overruled == "代表来电同意先答复"


def test_a_refusal_upheld_goes_back_to_the_agency_with_a_fresh_term(cast: Cast) -> None:
    walk = Walk(cast).handed_over(("water", "lead"))
    walk.act("refuse", "haoyongnian", "water", reason="桥梁不归水利管", instead="县交通运输局")
    walk.act("uphold", "fanghua", "water", reason="桥在灌溉渠上，由水利局牵头")
    party = walk.party("water")
    term = walk.matter.terms.get(kind="claim", party=party)
    assert (party.stage, term.met_on, term.due_on) == ("assigned", None, date(2026, 3, 20))


def test_a_reassigned_suggestion_runs_the_new_agencys_terms_from_that_day(cast: Cast) -> None:
    walk = Walk(cast).handed_over(("water", "lead"))
    walk.act("refuse", "haoyongnian", "water", reason="桥梁不归水利管", instead="县交通运输局")
    walk.act("reassign", "xuting", "water", instead=cast.organs["transport"], reason="理由成立")
    new = walk.party("transport")
    assert (new.part, new.stage) == ("lead", "assigned")
    # 6 June 2026 is a Saturday.
    assert walk.matter.terms.get(kind="reply", party=new).due_on == date(2026, 6, 8)
    assert not walk.matter.terms.filter(
        party__organ=cast.organs["water"], met_on=None, dropped=False
    ).exists()


def test_a_dissatisfied_deputy_means_handing_over_again_and_both_ratings_are_kept(cast: Cast) -> None:
    walk = Walk(cast).handed_over(("water", "lead")).claimed().contacted().drafted().signed()
    walk.rated(result="dissatisfied", reasons=["not_done"])
    walk.act("publish", "xuting", redactions=[])
    with pytest.raises(Incomplete, match="应当再次交办"):
        walk.act("conclude", "xuting", way="follow", reason="先跟踪")
    walk.act("conclude", "xuting", way="again", reason="代表不满意")
    assert (walk.matter.stage, walk.matter.round, walk.party("water").stage) == ("handling", 2, "again")
    walk.act("take_in_hand", "haoyongnian", "water", arrangement="由我负责，下周到村里")
    walk.contacted().drafted().signed().rated(result="satisfied")
    grades = list(walk.matter.ratings.order_by("round").values_list("round", "result"))
    assert grades == [(1, "dissatisfied"), (2, "satisfied")]


def test_who_is_dissatisfied_says_why(cast: Cast) -> None:
    walk = Walk(cast).handed_over(("water", "lead")).claimed().contacted().drafted().signed()
    with pytest.raises(Incomplete, match="不满意在哪里"):
        walk.rated(result="dissatisfied")


PROMISE = {"text": "修复下河村引水渠护坡", "person": "段虹", "quantity": "120米", "due_on": "2026-10-31"}


def test_a_promise_not_kept_is_followed_not_closed_and_becomes_solved_by_the_deputys_second_word(
    cast: Cast,
) -> None:
    walk = Walk(cast).handed_over(("water", "lead")).claimed().contacted()
    walk.drafted(result_class="B", promises=[PROMISE]).signed(insist="情况属实").rated()
    walk.act("publish", "xuting", redactions=[])
    with pytest.raises(Incomplete, match="承诺没有兑现"):
        walk.act("conclude", "xuting", way="close", reason="代表满意")
    walk.act("conclude", "xuting", way="follow", reason="跟踪到秋后")
    with pytest.raises(Incomplete, match="没有完成"):
        walk.act("claim_done", "haoyongnian", "water", text="做完了")
    promise = walk.matter.promises.get()
    report = {"promise": promise.pk, "state": "kept", "progress": "已完工", "evidence": [evidence(walk)]}
    walk.act("progress", "tianye", "water", measures=[report])
    walk.act("claim_done", "haoyongnian", "water", text="护坡已完工")
    walk.act("ask_deputies", "xuting", "water")
    with pytest.raises(Incomplete, match="领衔代表还没有评价"):
        walk.act("recognise", "xuting", "water", reason="看过照片")
    walk.act("rate_outcome", "wuguihua", "wuguihua", result="satisfied")
    walk.act("recognise", "xuting", "water", reason="代表看过，属实")
    walk.matter.suggestion.refresh_from_db()
    assert (walk.matter.stage, walk.matter.suggestion.result_class) == ("closed", "A")


def test_silence_ends_the_rating_only_after_the_term(cast: Cast) -> None:
    walk = (
        Walk(cast, joint=("caoyong",)).handed_over(("water", "lead")).claimed().contacted().drafted().signed()
    )
    walk.rated()
    with pytest.raises(Incomplete, match="评价期限还没有到"):
        walk.act("end_rating", "xuting")


def test_no_agency_learns_of_a_rating(cast: Cast) -> None:
    walk = (
        Walk(cast, joint=("caoyong",)).handed_over(("water", "lead")).claimed().contacted().drafted().signed()
    )
    walk.rated(result="basically")
    rated = walk.matter.deeds.get(act="rate")
    may = {
        name: walk.access(name).may_read(rated)
        for name in ("tianye", "haoyongnian", "caoyong", "wuguihua", "xuting")
    }
    assert may == {
        "tianye": False,
        "haoyongnian": False,
        "caoyong": False,
        "wuguihua": True,
        "xuting": True,
    }


def test_a_suggestion_is_seen_by_its_own_deputies_not_by_their_colleagues(cast: Cast) -> None:
    walk = Walk(cast, joint=("caoyong",))
    assert walk.access("caoyong").matter == walk.matter
    with pytest.raises(Http404):
        walk.access("jiangchunlan")


def test_a_late_refusal_is_refused_where_the_place_takes_none(cast: Cast) -> None:
    walk = Walk(cast).handed_over(("water", "lead"))
    last = walk.matter.terms.get(kind="claim").due_on
    assert last is not None
    with pytest.raises(Incomplete, match="逾期不再受理"):
        walk.act(
            "refuse",
            "haoyongnian",
            "water",
            reason="桥梁不归水利管",
            instead="县交通运输局",
            day=last + timedelta(days=1),
        )


def test_silence_after_the_term_leaves_the_denominator(cast: Cast) -> None:
    walk = (
        Walk(cast, joint=("caoyong",)).handed_over(("water", "lead")).claimed().contacted().drafted().signed()
    )
    walk.rated()
    last = walk.matter.terms.get(kind="feedback", met_on=None, dropped=False).due_on
    assert last is not None
    walk.act("end_rating", "xuting", day=last + timedelta(days=1))
    assert (walk.matter.stage, walk.matter.ratings.count()) == ("settling", 1)


def test_the_public_reads_the_reply_without_what_names_a_private_person(cast: Cast) -> None:
    walk = Walk(cast).handed_over(("water", "lead")).claimed().contacted()
    items = list(walk.matter.items.order_by("pk"))
    told = f"{ANSWERS[0]}村民联系电话13907361234。"
    answers = [{"item": items[0].pk, "text": told}, {"item": items[1].pk, "text": ANSWERS[1]}]
    walk.drafted(answers=answers).signed(insist="村民同意留电话")
    found = proposals(walk.matter)
    redactions = [[each.reply, each.found.start, each.found.end, each.found.replacement] for each in found]
    walk.act("publish", "xuting", redactions=redactions)
    published = walk.matter.publications.get(current=True).text
    assert ([each.found.quote for each in found], "13907361234" in published) == (["13907361234"], False)


def test_a_promise_in_the_text_that_the_list_lacks_is_asked_about(cast: Cast) -> None:
    walk = Walk(cast).handed_over(("water", "lead")).claimed().contacted()
    items = list(walk.matter.items.order_by("pk"))
    told = "桥面正在修复，我局将于2026年8月底前完成下河村引水渠护坡120米。"
    answers = [{"item": items[0].pk, "text": told}, {"item": items[1].pk, "text": ANSWERS[1]}]
    walk.drafted(result_class="B", answers=answers)
    unlisted = [each for each in walk.matter.replies.get().objections if each["code"] == "promise_unlisted"]
    assert [each["severity"] for each in unlisted] == ["ask"]
    promise = {
        "text": "完成下河村引水渠护坡120米",
        "person": "段虹",
        "quantity": "120米",
        "due_on": "2026-08-31",
    }
    walk.drafted(result_class="B", answers=answers, promises=[promise])
    listed = walk.matter.replies.get(version=2).objections
    assert [each for each in listed if each["code"] == "promise_unlisted"] == []
