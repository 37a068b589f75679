"""Findings under headings: what stands for itself, what is part of an item, and what is only a name."""

from __future__ import annotations

import pytest

from bihuan.readers.facts import Finding
from tests.readers.papers import facts_of

HEAD = "县水利局关于水库安全运行情况的专项报告\n（2025年6月26日）\n主任、各位委员：\n现将情况报告如下。\n"


def findings(text: str) -> list[tuple[str, str, int]]:
    return [(f.kind, f.text, f.level) for f in facts_of(HEAD + text) if isinstance(f, Finding)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "二、存在的问题\n（一）管护基础薄弱。经费缺口较大；巡查人员不足；台账记录不全。\n（二）水质有待改善。",
            [
                ("problem", "管护基础薄弱。经费缺口较大；巡查人员不足；台账记录不全", 1),
                ("problem", "经费缺口较大", 2),
                ("problem", "巡查人员不足", 2),
                ("problem", "台账记录不全", 2),
                ("problem", "水质有待改善", 1),
            ],
        ),
        (
            "二、存在的问题\n（一）管护责任落实不到位。检查中发现，个别水库无人值守。\n（二）水质有待改善。",
            [
                ("problem", "管护责任落实不到位", 1),
                ("problem", "个别水库无人值守", 2),
                ("problem", "水质有待改善", 1),
            ],
        ),
        (
            "二、存在的问题\n（一）管护责任落实不到位。一是部分水库无人值守。二是巡查不足。",
            [
                ("problem", "管护责任落实不到位", 1),
                ("problem", "部分水库无人值守", 2),
                ("problem", "巡查不足", 2),
            ],
        ),
        (
            "二、存在的问题\n我局工作还存在一些问题和不足。巡查次数偏少，记录不够完整。",
            [("problem", "巡查次数偏少，记录不够完整", 1)],
        ),
        (
            "二、审计查出问题整改情况\n（一）完善了管护制度。",
            [("achievement", "完善了管护制度", 1)],
        ),
    ],
)
def test_a_finding_is_what_is_said_not_what_leads_in_to_it(
    text: str, told: list[tuple[str, str, int]]
) -> None:
    assert findings(text) == told
