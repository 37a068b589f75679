"""Targets: which numbers are to be reached or kept, how they compare, and what is only told."""

from __future__ import annotations

import pytest

from bihuan.readers.facts import Commitment, Target
from tests.readers.papers import facts_of

REPORT = "县水利局关于水库安全运行情况的专项报告\n（2025年6月26日）\n主任、各位委员：\n"
PLAN = (
    "政府工作报告\n——2026年1月8日在临溪县第九届人民代表大会第五次会议上\n县长 许青山\n各位代表：\n"
    "我报告工作。\n2026年工作安排\n"
)
LAW = "临溪市水库管理条例（草案）\n第一条 为了加强水库管理，制定本条例。\n第二条 "


def targets(text: str) -> list[tuple[str, str, float, str]]:
    return [
        (fact.indicator, fact.comparator, fact.value, fact.measure)
        for fact in facts_of(text)
        if isinstance(fact, Target)
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("水库蓄水率不低于85%。", [("水库蓄水率", ">=", 85, "%")]),
        ("今年力争供水保证率达到95%以上。", [("供水保证率", ">=", 95, "%")]),
        ("管护成本严控8%以内。", [("管护成本", "<=", 8, "%")]),
        ("到2030年，全县水库总库容3.2亿立方米。", [("水库总库容", "=", 3.2, "亿立方米")]),
        ("完成渠道清淤96公里，占目标任务120公里的80%。", [("渠道清淤", "=", 120, "公里")]),
        ("与用水户开展不少于2次座谈。", [("与用水户座谈次数", ">=", 2, "次")]),
        ("目前供水保证率达到95%以上。", []),
        ("全县建成水库46座。", []),
        ("下达整改通知书12份。", []),
        ("新开工5000万元以上水利项目3个。", []),
    ],
)
def test_a_target_is_limited_planned_or_ahead(text: str, told: list[tuple[str, str, float, str]]) -> None:
    assert targets(REPORT + text) == told


def test_in_a_plan_for_a_year_every_work_with_a_number_is_a_target_and_a_promise() -> None:
    facts = facts_of(PLAN + "新建供水站12座，年产5万吨净水剂项目投产。")
    assert [(f.indicator, f.value, f.year) for f in facts if isinstance(f, Target)] == [
        ("供水站", 12, "2026")
    ]
    assert [(f.unit, f.text, f.deadline) for f in facts if isinstance(f, Commitment)][:1] == [
        ("县人民政府", "新建供水站12座", "2026")
    ]


def test_a_target_names_its_scope_and_hedge() -> None:
    (fact,) = (f for f in facts_of(PLAN + "全县力争引进项目20个以上。") if isinstance(f, Target))
    assert (fact.scope, fact.hedge, fact.year) == ("全县", "力争", "2026")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "违反本条例的，处五百元以上三千元以下罚款。",
            [("罚款下限（第二条）", ">=", 500, "元"), ("罚款上限（第二条）", "<=", 3000, "元")],
        ),
        ("违反本条例的，处一万五千元以下的罚款。", [("罚款上限（第二条）", "<=", 15000, "元")]),
        ("违反本条例的，责令改正。", []),
    ],
)
def test_a_fine_has_a_lowest_and_a_highest_amount(text: str, told: list[tuple[str, str, float, str]]) -> None:
    assert targets(LAW + text) == told
