"""What a session found, asked and advised: parts, items and the points of a sentence."""

from __future__ import annotations

from bihuan.readers.facts import ActivityCount, AgendaItem, Figure, Finding
from tests.readers.papers import facts_of

HEAD = "关于护林工作的审议意见\n（2025年1月3日临溪县第十八届人民代表大会常务委员会第十次会议通过）\n"


def findings(body: str) -> list[tuple[str, int, int | None, str]]:
    """Kind, level, ordinal and text of each finding of an opinion with this body."""
    found = [fact for fact in facts_of(HEAD + body) if isinstance(fact, Finding)]
    return [(one.kind, one.level, one.ordinal, one.text) for one in found]


def test_a_numbered_item_is_one_finding_and_its_sentences_are_its_points() -> None:
    assert findings("会议建议：一是管好火源。进山口要设岗；对野外用火要报批。二是修好林道。") == [
        ("suggestion", 1, 1, "管好火源。进山口要设岗；对野外用火要报批"),
        ("suggestion", 2, None, "进山口要设岗"),
        ("suggestion", 2, None, "对野外用火要报批"),
        ("suggestion", 1, 2, "修好林道"),
    ]


def test_items_within_items_are_points() -> None:
    assert findings("会议建议：\n（一）管好火源。一是设岗。二是巡查。\n（二）修好林道。一是铺石。") == [
        ("suggestion", 1, 1, "管好火源"),
        ("suggestion", 2, 1, "设岗"),
        ("suggestion", 2, 2, "巡查"),
        ("suggestion", 1, 2, "修好林道"),
        ("suggestion", 2, 1, "铺石"),
    ]


def test_a_number_out_of_order_is_no_item() -> None:
    assert findings("会议建议：一是设岗，三是巡查。二是修路。") == [
        ("suggestion", 1, 1, "设岗，三是巡查"),
        ("suggestion", 1, 2, "修路"),
    ]


def test_the_introduction_of_a_list_is_no_finding() -> None:
    assert findings("会议指出，工作中还存在一些问题。主要有：一是人手不够。") == [
        ("problem", 1, 1, "人手不够")
    ]


def test_praise_that_names_trouble_is_a_problem_and_its_cause_too() -> None:
    assert findings(
        "会议认为，县政府常年巡山。同时，面对连月少雨和人手减少等压力，护林工作还存在不少短板。"
    ) == [
        ("achievement", 1, None, "县政府常年巡山"),
        ("problem", 2, None, "面对连月少雨和人手减少等压力"),
        ("problem", 1, None, "护林工作还存在不少短板"),
    ]


def test_a_result_is_told_apart_from_the_work_behind_it() -> None:
    assert findings("会议认为，县政府修了林道，配了水泵，解决了取水难的问题。") == [
        ("achievement", 1, None, "县政府修了林道，配了水泵"),
        ("achievement", 1, None, "解决了取水难的问题"),
    ]


def test_agreement_with_the_report_is_an_outcome_not_a_finding() -> None:
    assert findings("会议认为，县政府常年巡山。会议同意这个报告。") == [
        ("achievement", 1, None, "县政府常年巡山")
    ]


def test_a_purpose_closes_a_point() -> None:
    assert findings("会议建议，一是早备料。要提前买好水泵，确保火情来时够用，做好油料储备。") == [
        ("suggestion", 1, 1, "早备料。要提前买好水泵，确保火情来时够用，做好油料储备"),
        ("suggestion", 2, None, "要提前买好水泵，确保火情来时够用"),
        ("suggestion", 2, None, "做好油料储备"),
    ]


def test_each_report_heard_is_an_item_with_its_reporter_and_outcome() -> None:
    body = (
        "会议听取和审议了县林业局局长白露受县人民政府委托所作的《关于护林工作的报告》和县法院院长谷雨所作的"
        "《关于涉林审判的报告》，原则同意这两项工作的安排。会议原则同意这个报告。会议认为，成绩不小。"
    )
    items = [fact for fact in facts_of(HEAD + body) if isinstance(fact, AgendaItem)]
    assert [(item.action, item.subject, item.reporter, item.outcome) for item in items] == [
        ("听取和审议", "关于护林工作的报告", "县人民政府", "原则同意"),
        ("听取和审议", "关于涉林审判的报告", "县法院院长谷雨", "原则同意"),
    ]


def test_a_slip_in_the_verb_does_not_lose_the_report() -> None:
    items = [
        fact
        for fact in facts_of(HEAD + "会议听取和审议和县人民政府《关于护林工作的报告》。")
        if isinstance(fact, AgendaItem)
    ]
    assert [(item.action, item.reporter) for item in items] == [("听取和审议", "县人民政府")]


def test_things_approved_in_one_sentence_are_counted() -> None:
    text = HEAD.replace("审议意见", "决议") + "会议决定批准预算调整方案、债务限额调整方案及专户资金调整方案。"
    counts = [fact for fact in facts_of(text) if isinstance(fact, ActivityCount)]
    assert [(one.body, one.activity, one.value, one.counted) for one in counts] == [
        ("临溪县人大常委会", "批准的调整方案", 3, True)
    ]


def test_figures_carry_what_they_count() -> None:
    body = "会议认为，县政府办好5大项8个子项护林项目，新建哨所6座，培训护林员120人次。"
    found = [fact for fact in facts_of(HEAD + body) if isinstance(fact, Figure)]
    assert [(one.subject, one.value, one.measure) for one in found] == [
        ("护林项目大项", 5, "项"),
        ("护林项目子项", 8, "项"),
        ("哨所", 6, "座"),
        ("护林员", 120, "人次"),
    ]
