"""Who must do what by when: one demand, the duties it lays down."""

from __future__ import annotations

import pytest

from bihuan.readers.facts import Deadline
from tests.readers.papers import facts_of

HEAD = (
    "关于护林工作的审议意见\n（2023年12月28日临溪县第十八届人民代表大会常务委员会第十次会议通过）\n会议要求，"
)


def duties(demand: str) -> list[Deadline]:
    return [fact for fact in facts_of(HEAD + demand) if isinstance(fact, Deadline)]


def told(demand: str) -> list[tuple[str, str, str]]:
    """Who, what, and by when, for each duty."""
    return [(duty.responsible, duty.action, duty.due) for duty in duties(demand)]


def test_a_chain_of_steps_is_read_in_order() -> None:
    demand = (
        "县政府要认真研究处理，并于会后两个月内将办理结果送县人大农业农村委员会征求意见后，在一个月内"
        "向县人大常委会作出书面报告，随后由县人大常委会向代表通报并向社会公布。"
    )
    assert told(demand) == [
        ("县政府", "研究处理", ""),
        ("县政府", "送征求意见", "2024-02-28"),
        ("县政府", "书面报告", "2024-03-28"),
        ("县人大常委会", "通报", ""),
        ("县人大常委会", "公布", ""),
    ]
    assert [duty.recipient for duty in duties(demand)] == [
        "",
        "县人大农业农村委员会",
        "县人大常委会",
        "代表",
        "社会",
    ]
    assert [duty.step for duty in duties(demand)] == [1, 2, 3, 4, 5]


def test_what_hangs_on_an_earlier_step_is_the_latest_possible_day() -> None:
    report = duties(
        "县政府于会后两个月内将结果送县人大社会委员会征求意见后，在一个月内向县人大常委会提出书面报告。"
    )[1]
    assert (report.anchor, report.offset, report.due, report.due_kind) == (
        "征求意见后",
        "P1M",
        "2024-03-28",
        "latest",
    )


def test_a_month_named_is_due_on_its_last_day() -> None:
    report = duties("县政府于2024年2月向县人大常委会提出书面报告。")[0]
    assert (report.fixed, report.due, report.due_kind) == ("2024-02", "2024-02-29", "")


@pytest.mark.parametrize(
    ("words", "offset", "due"),
    [
        ("会后两个月内", "P2M", "2024-02-28"),
        ("会后2个月内", "P2M", "2024-02-28"),
        ("会议结束后三十日内", "P30D", "2024-01-29"),  # the 27th is a Saturday
        ("会后5个工作日内", "P5WD", "2024-01-05"),  # New Year's Day does not count
        ("本意见通过之日起一个月内", "P1M", "2024-01-29"),
    ],
)
def test_a_period_from_the_session_is_counted_by_the_law(words: str, offset: str, due: str) -> None:
    duty = duties(f"县政府{words}向县人大常委会报告。")[0]
    assert (duty.offset, duty.due, duty.doubt) == (offset, due, "")


def test_a_period_from_a_day_the_paper_does_not_tell_is_asked_for() -> None:
    duty = duties("县政府自交办之日起三个月内向县人大常委会报告。")[0]
    assert (duty.anchor, duty.offset, duty.due) == ("交办之日起", "P3M", "")
    assert duty.doubt == "期限从“交办之日起”起算，文中没有这个日期，请在该事件发生后填写。"


def test_a_period_without_a_start_is_asked_for() -> None:
    duty = duties("县政府要在三个月内向县人大常委会报告。")[0]
    assert (duty.anchor, duty.offset, duty.due) == ("", "P3M", "")
    assert duty.doubt == "文中写了期限P3M，没有写明从何时起算，请确认起算日。"


def test_then_without_a_period_gets_no_date() -> None:
    then = duties("县政府向县人大常委会报告，随后向代表通报。")[1]
    assert (then.anchor, then.due, then.doubt) == (
        "随后（报告后）",
        "",
        "文中只写“随后”，没有写明期限，请确认何时完成。",
    )


def test_two_bodies_reporting_two_things_have_a_duty_each() -> None:
    pair = duties("县人大常委会和县政府应于下一年度的县人民代表大会会议上分别书面报告评价结果和完成情况。")
    assert [(duty.responsible, duty.object, duty.recipient, duty.due_year) for duty in pair] == [
        ("县人大常委会", "评价结果", "县人民代表大会", "2024"),
        ("县政府", "完成情况", "县人民代表大会", "2024"),
    ]


def test_two_periods_of_one_sentence_run_from_its_one_start() -> None:
    assert told("县政府在会后两个月内将方案报县人大常委会，六个月内报告办理结果。") == [
        ("县政府", "报告", "2024-02-28"),
        ("县政府", "报告", "2024-06-28"),
    ]


def test_a_demand_that_names_no_one_is_asked_about() -> None:
    duty = duties("于2024年2月提出书面报告，并向社会公布。")
    assert [one.doubt for one in duty] == ["文中没有写明由谁办理，请确认责任单位。"] * 2


def test_advice_becomes_a_duty_only_with_a_time() -> None:
    text = (
        HEAD.replace("会议要求，", "会议建议，") + "一要抓好落实，多巡山。二要在2024年5月底前完成界桩普查。"
    )
    found = [fact for fact in facts_of(text) if isinstance(fact, Deadline)]
    assert [(one.action, one.due) for one in found] == [("完成界桩普查", "2024-05-31")]


def test_a_paper_without_a_day_has_no_due_dates() -> None:
    text = "关于护林工作的审议意见\n会议要求，县政府于会后两个月内向县人大常委会报告。"
    duty = next(fact for fact in facts_of(text) if isinstance(fact, Deadline))
    assert (duty.offset, duty.due, duty.doubt) == ("P2M", "", "文中没有写明会议召开的日期，无法算出到期日。")


def test_what_comes_round_again_has_a_place_in_the_year_and_a_question() -> None:
    text = (
        "白沙县人大常委会关于护林的决议\n（2025年3月1日白沙县第五届人大常委会第三次会议通过）\n会议特作如下决议：\n"
        "一、护林员管护。各乡镇人民政府每季度向县人民政府报告一次巡护情况。"
    )
    step = next(fact for fact in facts_of(text) if isinstance(fact, Deadline))
    assert (step.action, step.responsible, step.anchor, step.offset, step.due) == (
        *("报告", "各乡镇人民政府", "每季度"),
        *("", ""),
    )
    assert step.doubt == "文中写的是“每季度”，要反复办理，请确认每次的截止日期。"


def test_the_session_is_not_the_day_of_the_signature() -> None:
    text = (
        "白沙县人大常委会关于护林情况报告的审议意见\n县人民政府：\n会议要求，县人民政府于会后一个月内向县人大常委会"
        "提出书面报告。\n白沙县人大常委会\n2025年3月9日"
    )
    step = next(fact for fact in facts_of(text) if isinstance(fact, Deadline))
    assert (step.due, step.doubt) == ("", "文中没有写明会议召开的日期，无法算出到期日。")
