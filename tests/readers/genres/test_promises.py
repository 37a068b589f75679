"""Promises: what will be done by a day or to an amount; what was done is none."""

from __future__ import annotations

import pytest

from bihuan.readers.facts import Commitment
from tests.readers.papers import facts_of

HEAD = "县水利局关于水库安全运行情况的专项报告\n（2025年6月26日）\n主任、各位委员：\n"


def promised(text: str) -> list[tuple[str, str, float | None]]:
    return [
        (fact.text, fact.deadline, fact.quantity)
        for fact in facts_of(HEAD + text)
        if isinstance(fact, Commitment)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("计划在今年10月底前改造水闸12座。", [("计划在今年10月底前改造水闸12座", "2025-10", 12)]),
        ("在12月底前，将完成6处加固。", [("在12月底前，将完成6处加固", "2025-12", 6)]),
        ("明年拟新建塘坝30处。", [("明年拟新建塘坝30处", "2026", 30)]),
        (
            "力争2026年完成除险加固，2027年通过验收。",
            [("力争2026年完成除险加固", "2026", None), ("2027年通过验收", "2027", None)],
        ),
        ("去年已完成除险加固8座。", []),
        ("截至5月底，累计投入260万元。", []),
        ("将管护经费纳入预算。", []),
    ],
)
def test_a_promise_looks_ahead_and_has_a_time_or_an_amount(
    text: str, expected: list[tuple[str, str, float | None]]
) -> None:
    assert promised(text) == expected


def test_a_promise_without_a_time_is_a_question() -> None:
    (fact,) = (fact for fact in facts_of(HEAD + "我局计划新建塘坝30处。") if isinstance(fact, Commitment))
    assert fact.doubt == "没有写明完成时间，请向承诺单位核实。"
