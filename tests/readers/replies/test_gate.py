"""What stops a reply before it is sent, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bihuan.readers.opening import CannotOpen
from bihuan.readers.replies import Earlier
from tests.readers.replies.letters import (
    CONTACT,
    DEMANDS,
    HEADING,
    NOT_NOW,
    OPENING,
    PLANNED,
    RAILED,
    WIDENED,
    case,
    found,
    letter,
    objections,
)

calm = settings(derandomize=True, max_examples=80, deadline=None)


def test_a_reply_that_answers_everything_passes() -> None:
    assert found() == []


def test_an_empty_reply_is_refused_with_a_message() -> None:
    with pytest.raises(CannotOpen):
        objections(" \n ")


# --- which suggestion


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("县十六届人大四次会议", "十六届人大四次会议"),
        ("县第十七届人民代表大会第三次会议", "第十七届人民代表大会第三次会议"),
        ("县17届人大5次会议", "17届人大5次会议"),
        ("县十七届人大闭会期间", "十七届人大闭会期间"),
    ],
)
def test_another_congress_or_session_is_named(written: str, place: str) -> None:
    heading = HEADING.replace("县十七届人大四次会议", written)
    assert found(letter(heading=heading)) == [("wrong_session", place)]


@pytest.mark.parametrize(
    "written", ["临溪县第十七届人民代表大会第四次会议", "县17届人大4次会议", "十七届四次会议"]
)
def test_a_session_may_be_written_in_many_ways(written: str) -> None:
    assert found(letter(heading=HEADING.replace("县十七届人大四次会议", written))) == []


def test_a_suggestion_raised_between_sessions_says_so() -> None:
    between = letter(heading="对县十七届人大闭会期间第17号建议的答复")
    assert found(between, session=None) == []
    assert found(session=None) == [("wrong_session", "十七届人大四次会议")]


def test_sessions_told_of_in_the_body_are_no_fault() -> None:
    assert found(letter("早在县十六届人大二次会议上，第88号建议就提过此事。", WIDENED, RAILED)) == []


def test_a_number_may_have_zeros_before_it() -> None:
    assert found(letter(heading=HEADING.replace("17号", "017号"))) == []


def test_another_number_is_named_and_a_missing_one_asked_for() -> None:
    assert found(letter(heading=HEADING.replace("第17号", "第71号"))) == [("wrong_number", "第71号")]
    nowhere = letter(heading="对县十七届人大四次会议建议的答复", opening=OPENING.replace("（第17号）", ""))
    assert found(nowhere) == [("wrong_number", "")]


def test_the_number_of_the_paper_is_not_that_of_the_suggestion() -> None:
    assert found(letter(heading=f"临交函〔2025〕12号\n{HEADING}")) == []


def test_another_title_is_named_and_a_shortened_one_passes() -> None:
    other = OPENING.replace("关于改善青石岭村道的建议", "关于治理噪声扰民的建议")
    assert found(letter(opening=other)) == [("wrong_title", "关于治理噪声扰民的建议")]
    assert found(letter(opening=OPENING.replace("关于改善青石岭村道的建议", "改善青石岭村道"))) == []


# --- whom, to whom, who


@pytest.mark.parametrize("salutation", ["罗代表：", "尊敬的罗秀英代表：", "罗秀英等3位代表："])
def test_the_lead_deputy_is_addressed(salutation: str) -> None:
    assert found(letter(salutation=salutation)) == []


@pytest.mark.parametrize("salutation", ["县人大常委会：", "牟天成代表：", "各位代表："])
def test_a_reply_to_somebody_else_is_stopped(salutation: str) -> None:
    assert found(letter(salutation=salutation)) == [("not_addressed", salutation)]


def test_a_reply_to_nobody_is_stopped() -> None:
    assert found(letter(salutation="")) == [("not_addressed", "")]


def test_a_deputy_addressed_as_a_member_of_the_cppcc_is_stopped() -> None:
    assert found(letter(salutation="罗秀英委员：")) == [("cppcc_wording", "委员")]


def test_a_suggestion_called_a_proposal_is_stopped() -> None:
    assert found(letter(opening=OPENING.replace("的建议》", "的建议》提案"))) == [("cppcc_wording", "提案")]
    assert found(letter(closing="感谢您的提案。\n此复。")) == [("cppcc_wording", "提案")]


def test_suggestions_and_proposals_handled_together_may_be_told_of() -> None:
    assert (
        found(letter(WIDENED, RAILED, "我局把代表建议和政协提案办理一并纳入考核，今年收到建议、提案31件。"))
        == []
    )


def test_a_copy_to_the_cppcc_is_stopped_once() -> None:
    copy = "抄送：县人大常委会代表工委，县政协提案委"
    assert found(letter(copy=copy), copies=("县人大常委会代表工委", "县政协提案委")) == [
        ("cppcc_copy", "政协提案委")
    ]
    assert found(copies=("县政协提案委",)) == [("cppcc_copy", "")]


def test_another_bodys_signature_is_stopped() -> None:
    assert found(letter(sign="临溪县水利局")) == [("foreign_speaker", "临溪县水利局")]


def test_another_body_that_answers_is_stopped() -> None:
    opening = OPENING.replace("收悉，现", "收悉，现由县水利局")
    assert found(letter(opening=opening)) == [("foreign_speaker", "县水利局")]


def test_we_of_another_kind_of_body_is_stopped() -> None:
    assert found(letter(WIDENED, RAILED, "我委将一如既往接受监督。")) == [("foreign_speaker", "我委")]


def test_other_bodies_may_be_named_and_quoted() -> None:
    named = "县财政局高度重视，已安排资金300万元。会办单位来函：“我委、我院没有不同意见。”"
    assert found(letter(WIDENED, RAILED, named)) == []


@pytest.mark.parametrize(
    ("contact", "lacks"),
    [("", "联系人和联系电话"), ("联系人：杨帆", "联系电话"), ("联系电话：0751-8301236", "联系人")],
)
def test_what_a_contact_lacks_is_asked_for(contact: str, lacks: str) -> None:
    (one,) = objections(letter(contact=contact))
    assert (one.code, one.severity, one.explanation) == (
        "no_contact",
        "ask",
        f"没有写{lacks}。代表有疑问时不知道找谁。",
    )


@pytest.mark.parametrize(
    "place",
    [
        "投资XX万元",
        "20××年完工",
        "（此处填写进度）",
        "居民____户",
        "【请补充数据】",
        "5月X日通车",
        "某某公司承建",
    ],
)
def test_a_place_left_open_is_stopped(place: str) -> None:
    assert [code for code, _ in found(letter(WIDENED, RAILED, f"该工程{place}。"))] == ["placeholder"]


def test_sizes_and_codes_are_no_places_left_open() -> None:
    assert found(letter(WIDENED, RAILED, "涵洞为4×4米，图号DX-07，另购X光机1台。")) == []


# --- what is answered


def test_a_demand_left_out_is_named_with_what_was_looked_for() -> None:
    (one,) = objections(letter(WIDENED))
    assert (one.code, one.severity, one.other, one.at.quote) == ("demand_unanswered", "stop", DEMANDS[1], "")
    assert one.explanation == f"第2条意见“{DEMANDS[1]}”没有答复：正文里没有找到“护栏”、“急弯”、“加装”。"


def test_an_answer_in_other_words_counts() -> None:
    assert (
        found(
            letter(
                "村道现宽5.5米，4月展宽完毕，青石岭群众出行方便了。", "弯道外侧立了防撞栏1.1公里，已验收。"
            )
        )
        == []
    )


def test_thanks_and_promises_to_study_are_no_answer() -> None:
    said = "关于在急弯处加装护栏的问题，我局高度重视，将认真研究，积极采纳。"
    (one,) = objections(letter(WIDENED, said))
    assert (one.code, one.severity, one.nearest and one.nearest.quote) == ("demand_unanswered", "stop", said)
    assert one.explanation.endswith("没有答复：提到了，但没有说做了什么、准备做什么或者为什么不能做。")


def test_answers_run_on_in_one_paragraph_are_told_apart() -> None:
    run_on = "一是加宽路面，青石岭村道已加宽到5.5米；二是加装护栏，我局高度重视，将认真研究。"
    assert [(one.code, one.other) for one in objections(letter(run_on))] == [
        ("demand_unanswered", DEMANDS[1])
    ]


def test_put_off_to_another_letter_is_no_answer() -> None:
    said = "在急弯处加装护栏一事，待条件成熟后另行答复。"
    assert [code for code, _ in found(letter(WIDENED, said))] == ["demand_unanswered"]


def test_a_paragraph_on_something_else_is_shown_as_a_question() -> None:
    beside = "我局开展安全宣传16场，查处超限车辆48台次，春运秩序良好。"
    (one,) = objections(letter(WIDENED, beside))
    assert (one.code, one.severity, one.nearest and one.nearest.quote) == ("demand_unanswered", "ask", beside)


def test_another_line_of_the_same_kind_is_not_the_one_asked_for() -> None:
    demands = ("延长12路公交车到工业园",)
    told = "21路公交车已延长到工业园，5月1日开通。"
    assert [one.code for one in objections(letter(told), demands=demands)] == []
    assert [one.code for one in objections(letter("21路已增加班次，5月1日执行。"), demands=demands)] == [
        "demand_unanswered"
    ]


def test_a_refusal_with_its_reason_is_an_answer() -> None:
    refused = "关于加装护栏。该段急弯属老路废弃段，不具备加装护栏的条件。"
    assert found(letter("路面加宽已列入计划，12月底前完成施工。", refused), reply_class=PLANNED) == []


def test_a_report_on_ones_own_work_is_no_answer() -> None:
    report = (
        "一、加强组织领导。成立建议办理工作领导小组。",
        "二、取得的成效。今年共承办代表建议27件，办复率100%。",
        "三、下一步打算。进一步提高政治站位，再上新台阶。",
    )
    assert sorted(one.code for one in objections(letter(*report))) == [
        "demand_unanswered",
        "demand_unanswered",
        "work_summary",
    ]


# --- the text of another reply

LONG = (
    "关于加宽路面。青石岭村道已按四级公路标准加宽到5.5米，铺筑沥青混凝土面层，4月30日建成通车，沿线群众出行时间缩短一半。",
    "关于加装护栏。急弯处已安装波形护栏1.1公里，增设警示标志12块，安排养路工两名，每周巡查两次，发现损坏及时修复。",
)


def test_the_text_of_another_reply_is_named_with_its_share() -> None:
    other = Earlier(label="第9号建议", text=letter(*LONG))
    (one,) = objections(letter(*LONG), earlier=(other,))
    assert (one.code, one.severity, one.other) == ("copied_reply", "stop", "第9号建议")
    assert one.explanation == "正文有100%与第9号建议的答复相同，疑似套用。"


def test_what_an_agency_writes_into_every_letter_is_no_copy() -> None:
    policy = (
        "近年来上级连续出台改善民生的政策文件，要求尽力而为、量力而行，把群众关心的事一件一件办好，做到事事有回音、件件有着落。"
        * 2
    )
    others = tuple(Earlier(label=f"第{k}号", text=letter(policy, f"第{k}件另有一事。")) for k in range(4))
    assert found(letter(policy, *LONG), earlier=others) == []


# --- class and text


def test_solved_does_not_speak_of_the_future() -> None:
    text = letter(WIDENED, "关于加装护栏。我局将在9月安装护栏1.1公里。")
    assert found(text) == [("solved_in_future", "我局将在9月安装护栏1.1公里")]


def test_solved_may_promise_to_look_after_it() -> None:
    assert found(letter(WIDENED, RAILED, "下一步，我局将加强日常巡查，发现问题及时处理。")) == []


def test_a_day_before_the_letter_is_past_and_one_after_it_future() -> None:
    assert found(letter(WIDENED, "急弯处护栏4月底前安装1.1公里。")) == []
    assert found(letter(WIDENED, "急弯处护栏9月底前安装1.1公里。")) == [
        ("solved_in_future", "急弯处护栏9月底前安装1.1公里")
    ]


def test_a_season_told_of_is_no_promise() -> None:
    assert found(letter(WIDENED, f"{RAILED}枯水期每日供水时间恢复到24小时。")) == []


def test_a_promise_without_a_time_is_a_question() -> None:
    (one,) = objections(letter(WIDENED, "急弯处将尽快安装护栏1.1公里。"), reply_class=PLANNED)
    assert (one.code, one.severity, one.at.quote) == ("promise_undated", "ask", "急弯处将尽快安装护栏1.1公里")


@pytest.mark.parametrize("time", ["9月底前", "明年汛期前", "今年第四季度", "三个月内", "暑假期间", "每年"])
def test_a_promise_with_any_time_is_dated(time: str) -> None:
    assert found(letter(WIDENED, f"急弯处将{time}安装护栏1.1公里。"), reply_class=PLANNED) == []


def test_planned_is_not_refused_throughout() -> None:
    refusals = ("路面加宽涉及林地，暂不具备条件。", "急弯处加装护栏没有资金来源，目前无法实施。")
    assert [code for code, _ in found(letter(*refusals), reply_class=PLANNED)] == ["class_inconsistent"]
    assert found(letter(*refusals), reply_class=NOT_NOW) == []


def test_not_now_does_not_tell_of_works_done() -> None:
    assert found(reply_class=NOT_NOW) == [("class_inconsistent", "青石岭村道已加宽到5.5米，4月30日通车")]


def test_the_class_printed_is_the_class_recorded() -> None:
    assert found(f"（A类）\n{letter()}") == []
    assert found(f"（B类）\n{letter()}") == [("class_inconsistent", "（B类）")]


# --- the answer itself


def test_every_objection_says_what_why_and_what_now() -> None:
    text = letter(WIDENED, "XX", heading="答复", salutation="", contact="", sign="临溪县水利局")
    for one in objections(text, copies=("县政协提案委",)):
        assert one.explanation.endswith("。")
        assert one.mend.endswith("。")
        assert "".join(text[one.at.start : one.at.end].split()) == one.at.quote


def test_the_same_reply_meets_the_same_objections() -> None:
    one = case(letter(WIDENED, contact=""))
    assert objections(one.text) == objections(one.text)
    assert CONTACT not in one.text


@calm
@given(
    st.text(
        st.sampled_from(
            "第十七届人大四次会议提案建议号XX×我局将在9月底前安装护栏，。；：\n（）“”《》代表委员抄送"
        ),
        min_size=1,
    )
)
def test_any_text_is_judged_and_every_place_lies_in_it(text: str) -> None:
    assume(text.strip())
    for one in objections(text):
        assert "".join(text[one.at.start : one.at.end].split()) == one.at.quote
