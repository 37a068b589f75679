"""Suggestions named by number, title or deputies; several mentions are one."""

from __future__ import annotations

import pytest

from bihuan.readers.facts import Suggestion
from tests.readers.papers import facts_of

HEAD = "关于县九届人大四次会议代表建议办理情况的报告\n（2025年10月23日）\n县水利局\n主任、各位委员：\n"


def named(text: str) -> list[Suggestion]:
    return [fact for fact in facts_of(HEAD + text) if isinstance(fact, Suggestion)]


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("第12号《关于修渠的建议》已办结。", "12", "关于修渠的建议"),
        ("12号建议“关于修渠的建议”已办结。", "12", "关于修渠的建议"),
        ("《关于修渠的建议》（第12号）已办结。", "12", "关于修渠的建议"),
        ("12号建议提出在柳河上游修渠，已列入计划。", "12", "在柳河上游修渠"),
        ("针对12号建议，我局到现场查看。", "12", ""),
        ("在办理《关于修渠的建议》时，我局到现场查看。", "", "关于修渠的建议"),
    ],
)
def test_a_suggestion_is_known_by_number_or_title(text: str, number: str, title: str) -> None:
    assert [(fact.number, fact.title, fact.unit) for fact in named(text)] == [(number, title, "县水利局")]


def test_deputies_are_named_without_those_only_counted() -> None:
    assert [fact.deputies for fact in named("对龚雪、何晓岚等5名代表提出的第12号《关于修渠的建议》，")] == [
        ("龚雪", "何晓岚")
    ]


@pytest.mark.parametrize(
    "text", ["多位代表提出了加强管护的建议。", "永政办发〔2025〕4号文件已印发。", "领衔代表对建议表示满意。"]
)
def test_nobody_and_nothing_is_made_up(text: str) -> None:
    assert named(text) == []


def test_two_mentions_of_one_number_are_one_suggestion() -> None:
    facts = named("第12号《关于修渠的建议》已办结。龚雪代表提出的12号建议进展顺利。")
    assert [(fact.number, fact.title, fact.deputies) for fact in facts] == [
        ("12", "关于修渠的建议", ("龚雪",))
    ]


def test_a_suggestion_led_by_another_body_has_both_handlers() -> None:
    facts = named("由县住建局牵头办理的第77号《关于改造管网的建议》，我局提供了资料。")
    assert [(fact.role, fact.unit) for fact in facts] == [("会办", "县水利局"), ("主办", "县住建局")]
