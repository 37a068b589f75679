"""Records of inquiries: who asked whom, who answered, wherever the answer is printed."""

from __future__ import annotations

from bihuan.readers.facts import Question
from tests.readers.papers import facts_of

TITLE = "临溪县第九届人大常委会第二十次会议供水工作专题询问实录\n2025年10月23日，县人大常委会开展专题询问。\n"
ASK = "谭小竹委员：请问县水利局，管网何时改完？\n"
ANSWER = "县水利局局长许青山：明年改完。\n"


def questions(text: str) -> list[Question]:
    return [fact for fact in facts_of(TITLE + text) if isinstance(fact, Question)]


def test_a_question_names_who_asked_whom_and_who_answered() -> None:
    (fact,) = questions("一、管网改造\n" + ASK + ANSWER)
    assert (fact.asker, fact.addressee, fact.respondent) == ("谭小竹", ("县水利局",), "许青山")
    assert (fact.ordinal, fact.topic, fact.doubt) == (1, "管网改造", "")


def test_an_answer_printed_before_its_question_is_found_by_the_body_that_was_asked() -> None:
    (fact,) = questions(ANSWER + ASK)
    assert fact.respondent == "许青山"


def test_two_bodies_asked_together_both_answer() -> None:
    asked = ASK.replace("县水利局，", "县水利局、财政部门，")
    (fact,) = questions(asked + ANSWER + "县财政局副局长白露：资金已落实。\n")
    assert (fact.addressee, fact.respondent) == (("县水利局", "财政部门"), "许青山、白露")


def test_a_second_question_of_a_member_goes_to_the_body_asked_before() -> None:
    _, second = questions(ASK + ANSWER + "谭小竹委员：你们怎样保证水质？\n" + ANSWER)
    assert (second.addressee, second.respondent, second.confidence) == (("县水利局",), "许青山", 0.8)


def test_a_question_without_an_answer_asks_the_reader() -> None:
    (fact,) = questions(ASK)
    assert fact.doubt == "没有找到对这个问题的回答，请核对。"


def test_members_addressed_together_ask_nothing() -> None:
    assert [fact.asker for fact in questions("各位委员：现在开始询问。\n" + ASK + ANSWER)] == ["谭小竹"]


def test_a_record_may_put_the_post_in_brackets_and_later_the_name_alone() -> None:
    text = (
        "主持人：现在开始询问。\n方一鸣（县人大常委会委员）：我想问县水利局，管网何时改完？\n"
        + ANSWER
        + "方一鸣：水质怎样保证？\n"
        + ANSWER
        + "主持人：询问到此结束。\n"
    )
    assert [(fact.asker, fact.addressee, fact.respondent) for fact in questions(text)] == [
        ("方一鸣", ("县水利局",), "许青山"),
        ("方一鸣", ("县水利局",), "许青山"),
    ]


def test_a_record_in_which_nobody_speaks_has_no_questions() -> None:
    assert questions("现将询问情况刊登如下。\n") == []
