"""Reports of a standing committee: how often it did what, what it heard, and what is not its own work."""

from __future__ import annotations

import pytest

from bihuan.readers.facts import ActivityCount, AgendaItem, Finding, HandlingStat
from tests.readers.papers import facts_of

HEAD = (
    "临溪县人民代表大会常务委员会工作报告\n——2026年1月8日在临溪县第九届人民代表大会第五次会议上\n各位代表：\n"
)


def counts(text: str) -> list[tuple[str, int, str]]:
    return [
        (fact.activity, fact.value, fact.measure)
        for fact in facts_of(HEAD + text)
        if isinstance(fact, ActivityCount)
    ]


def items(text: str) -> list[tuple[str, str]]:
    return [(fact.action, fact.subject) for fact in facts_of(HEAD + text) if isinstance(fact, AgendaItem)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("县人大常委会召开主任会议11次。", [("主任会议", 11, "次")]),
        ("常委会开展执法检查和工作评议各2次。", [("执法检查", 2, "次"), ("工作评议", 2, "次")]),
        ("常委会组织开展水库巡查、校园走访等主题活动12场次。", [("主题", 12, "场次")]),
        ("组织10余名县人大代表列席会议。", [("县人大代表", 10, "名")]),
        ("县人大常委会第12次主任会议研究了代表工作。", []),
        ("县政府积极落实审议意见，新增河长86名。", []),
        ("代表们走访了“1+6+100+N”个联络站。", []),
    ],
)
def test_a_count_is_what_the_congress_itself_did(text: str, told: list[tuple[str, int, str]]) -> None:
    assert counts(text) == told


def test_a_number_that_begins_with_the_year_was_overwritten_and_is_not_counted() -> None:
    assert counts("2025年，县人大代表收集群众意见2025300条，提交建议86件。") == [("提交建议", 86, "件")]


def test_the_first_of_its_kind_counts_as_one_and_asks() -> None:
    (fact,) = (f for f in facts_of(HEAD + "首次开展代表述职活动。") if isinstance(f, ActivityCount))
    assert (fact.value, fact.counted, fact.doubt) == (1, True, "文中只说首次，按1次计，请核对。")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("常委会听取了供水情况的报告。", [("听取", "供水情况的报告")]),
        (
            "对《中华人民共和国森林法》《中华人民共和国水法》开展执法检查。",
            [("执法检查", "中华人民共和国森林法"), ("执法检查", "中华人民共和国水法")],
        ),
        (
            "常委会听取和审议了办理情况的报告，并进行了满意度测评。",
            [("续审和测评", "办理情况的报告")],
        ),
        (
            "审查批准了县级决算和县级预算调整方案。",
            [("审查批准", "县级决算"), ("审查批准", "县级预算调整方案")],
        ),
        ("综合运用听取专项工作报告、执法检查、视察等形式开展监督。", []),
    ],
)
def test_an_item_is_what_was_done_with_a_named_object(text: str, told: list[tuple[str, str]]) -> None:
    assert items(text) == told


def test_several_faults_after_the_word_for_aiming_at_them_are_one_problem() -> None:
    text = "针对水费收缴困难、管网老化严重等问题，建议县政府改造管网。针对群众最关心的饮水问题开展视察。"
    found = [(f.kind, f.text) for f in facts_of(HEAD + text) if isinstance(f, Finding)]
    assert found == [("problem", "水费收缴困难、管网老化严重"), ("suggestion", "县政府改造管网")]


def handled(text: str) -> list[tuple[str, str, float, str]]:
    return [
        (fact.unit, fact.metric, fact.value, fact.measure)
        for fact in facts_of(HEAD + text)
        if isinstance(fact, HandlingStat)
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "常委会组织代表评议县水利局和县林业局工作。经测评，代表对被评部门的满意率均达92%以上。",
            [("县水利局", "满意率", 92, "%"), ("县林业局", "满意率", 92, "%")],
        ),
        ("常委会把86条建议转交县政府研究。", [("县政府", "转交办理", 86, "条")]),
        ("经测评，代表对被评部门的满意率均达92%以上。", []),
    ],
)
def test_a_rate_is_of_the_bodies_that_were_assessed(
    text: str, told: list[tuple[str, str, float, str]]
) -> None:
    assert handled(text) == told
