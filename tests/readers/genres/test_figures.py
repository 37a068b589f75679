"""Figures: what a number counts, and how much it changed."""

from __future__ import annotations

import pytest

from bihuan.readers.facts import Figure
from tests.readers.papers import facts_of

HEAD = "县水利局关于水库安全运行情况的专项报告\n（2025年6月26日）\n主任、各位委员：\n"


def figures(text: str) -> list[tuple[str, float, str]]:
    return [(f.subject, f.value, f.measure) for f in facts_of(HEAD + text) if isinstance(f, Figure)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("资产总额（账面净值）15.4亿元。", [("资产总额", 15.4, "亿元")]),
        ("利润总额-3.2万元。", [("利润总额", -3.2, "万元")]),
        ("全县有水库46座。", [("水库", 46, "座")]),
        ("林地总面积1.8万公顷。", [("林地总面积", 1.8, "万公顷")]),
        ("渗漏水库由12座减少到3座。", [("渗漏水库", 12, "座"), ("渗漏水库", 3, "座")]),
        ("第12次会议研究了水库工作。", []),
    ],
)
def test_a_figure_is_named_by_the_words_around_it(text: str, told: list[tuple[str, float, str]]) -> None:
    assert figures(text) == told


def test_a_change_belongs_to_the_figure_before_it() -> None:
    (fact,) = (f for f in facts_of(HEAD + "水费收入260万元，同比下降4.5%。") if isinstance(f, Figure))
    assert (fact.value, fact.change, fact.change_measure) == (260, -4.5, "%")
