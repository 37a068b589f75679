"""Counts and rates of handling: whose they are, and what they count."""

from __future__ import annotations

import pytest

from bihuan.readers.facts import HandlingStat
from tests.readers.papers import facts_of

HEAD = "关于县九届人大四次会议代表建议办理情况的报告\n（2025年10月23日）\n县水利局\n主任、各位委员：\n"


def stats(text: str) -> list[tuple[str, str, float, str]]:
    return [
        (fact.unit, fact.metric, fact.value, fact.measure)
        for fact in facts_of(HEAD + text)
        if isinstance(fact, HandlingStat)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我局共承办代表建议7件。", [("总数", 7, "件")]),
        ("我局共承办代表建议二十三件，其中主办十件。", [("总数", 23, "件"), ("主办", 10, "件")]),
        ("我局主办的9件建议，代表均表示满意。", [("主办", 9, "件"), ("满意", 9, "件")]),
        ("办复率、见面率分别为100%、95%。", [("办复率", 100, "%"), ("见面率", 95, "%")]),
        ("代表满意度达百分之百。", [("满意率", 100, "%")]),
        ("满意和基本满意率97.5%。", [("满意和基本满意率", 97.5, "%")]),
        ("对其中2件进行了二次交办。", [("二次交办", 2, "件")]),
        ("暂时难以解决的3件，占12%。", [("暂不具备", 3, "件"), ("暂不具备", 12, "%")]),
        ("承办的5件建议办理结果均为A类。", [("A类", 5, "件")]),
        ("全县建成塘坝31处，自来水普及率98%。", []),
        ("全年办理供水案件12件。", []),
    ],
)
def test_a_number_counts_what_its_words_say(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert stats(text) == [("县水利局", *one) for one in expected]


def test_a_number_belongs_to_the_body_named_before_it() -> None:
    assert stats("交由县人民法院主办6件，县委部门主办10件。") == [
        ("县人民法院", "主办", 6, "件"),
        ("县委部门", "主办", 10, "件"),
    ]


def test_all_done_in_words_is_a_rate_marked_as_not_written() -> None:
    facts = facts_of(HEAD + "我局共承办代表建议7件，已全部按期办结。")
    told = [fact for fact in facts if isinstance(fact, HandlingStat) and fact.implied]
    assert [(fact.metric, fact.value) for fact in told] == [("办结率", 100)]
    assert told[0].doubt == "文中只说全部，没有写明比率，按100%理解，请核对。"


def test_all_done_in_words_says_nothing_where_the_rate_is_written() -> None:
    assert [metric for _, metric, _, _ in stats("我局承办代表建议7件，均已办结，办结率98%。")] == [
        "总数",
        "办结率",
    ]
