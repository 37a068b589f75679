"""What a reply promises: by whom, how much, by when, and what it leaves open."""

from __future__ import annotations

import pytest

from bihuan.readers.facts import Commitment
from bihuan.readers.replies import find_promises
from tests.readers.replies.letters import RAILED, WIDENED, case, letter

CASE = case()


def promised(*body: str) -> tuple[Commitment, ...]:
    return find_promises(letter(*body), agency=CASE.agency, others=CASE.others)


def test_what_was_done_and_what_is_kept_up_are_no_promises() -> None:
    assert promised(WIDENED, RAILED, "下一步，我局将加强日常巡查，发现问题及时处理。") == ()


@pytest.mark.parametrize(
    ("text", "said", "deadline", "quantity", "measure"),
    [
        (
            "急弯处将于9月30日前安装护栏1.1公里。",
            "急弯处将于9月30日前安装护栏1.1公里",
            "2025-09-30",
            1.1,
            "公里",
        ),
        ("明年6月底前全部改完。", "明年6月底前全部改完", "2026-06", None, ""),
        ("年底前，我局将增设站台12座。", "年底前，我局将增设站台12座", "2025-12", 12, "座"),
        ("其余8个，10月底前完成。", "10月底前完成", "2025-10", 8, "个"),
        ("今年第四季度安装到位。", "今年第四季度安装到位", "2025-12", None, ""),
    ],
)
def test_a_promise_has_its_time_and_its_amount(
    text: str, said: str, deadline: str, quantity: float | None, measure: str
) -> None:
    (one,) = promised(text)
    assert (one.text, one.deadline, one.quantity, one.measure) == (said, deadline, quantity, measure)


def test_two_promises_of_one_sentence_share_the_time_that_follows() -> None:
    one, two = promised("我局计划新建泵站2座，更换水泵6台，2026年4月前投入使用。")
    assert [(each.text, each.deadline) for each in (one, two)] == [
        ("我局计划新建泵站2座", "2026-04"),
        ("2026年4月前投入使用", "2026-04"),
    ]


@pytest.mark.parametrize(
    ("text", "deadline", "doubt"),
    [
        ("急弯处将尽快安装护栏。", "", "没有写明完成时间，请向承诺单位核实。"),
        ("明年汛期前建成。", "2026", "只写了“明年汛期前建成”，没有写到月、日，请核实。"),
        ("我局将在三个月内安装护栏。", "", "写的是“三个月内”，没有写从哪一天算起，请核实。"),
        ("急弯处将于2月底前安装护栏。", "2026-02", "没有写年份，按2026年计，请核对。"),
    ],
)
def test_a_time_left_open_is_asked_about_and_never_made_up(text: str, deadline: str, doubt: str) -> None:
    (one,) = promised(text)
    assert (one.deadline, one.doubt) == (deadline, doubt)


def test_who_is_named_owns_the_promise_and_else_the_agency_does() -> None:
    assert [
        one.unit for one in promised("急弯处将于9月安装护栏。", "排水沟由县水利局负责，将于9月疏通完成。")
    ] == [
        "临溪县交通运输局",
        "临溪县水利局",
    ]


def test_what_others_are_quoted_with_is_not_promised() -> None:
    assert promised("会办单位来函：“我局将于9月安装路灯。”") == ()


def test_the_day_of_an_undated_letter_may_be_given() -> None:
    text = letter("急弯处将于9月底前安装护栏。").replace("2025年5月12日", "")
    assert [one.deadline for one in find_promises(text, agency=CASE.agency)] == [""]
    assert [one.deadline for one in find_promises(text, agency=CASE.agency, said_on="2024-05-12")] == [
        "2024-09"
    ]


def test_each_promise_lies_where_it_says() -> None:
    text = letter("急弯处将于9月30日前安装护栏1.1公里；排水沟将尽快疏通完成。")
    found = find_promises(text, agency=CASE.agency)
    assert [text[one.start : one.end] for one in found] == [one.text for one in found]
