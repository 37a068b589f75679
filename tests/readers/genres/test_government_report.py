"""Government work reports: the year behind and the year ahead, under whatever headings."""

from __future__ import annotations

from bihuan.readers.facts import Figure, Finding, Target
from tests.readers.papers import facts_of

HEAD = "政府工作报告\n（2026年1月8日在临溪县第九届人民代表大会第五次会议上）\n县长 许青山\n各位代表：\n"
BODY = """一、2025年工作回顾
（一）经济稳中有进。新增企业5家。
（二）民生持续改善。
我们清醒认识到，还存在一些困难和问题，主要表现在：产业结构不优；财政收支矛盾突出。
二、2026年工作安排
（一）聚焦工业强县。力争新增企业6家。
（二）聚焦民生福祉。
"""


def test_headings_that_only_name_the_year_are_no_findings() -> None:
    found = [(f.kind, f.text) for f in facts_of(HEAD + BODY) if isinstance(f, Finding)]
    assert found == [
        ("achievement", "经济稳中有进"),
        ("achievement", "民生持续改善"),
        ("problem", "产业结构不优"),
        ("problem", "财政收支矛盾突出"),
        ("next_step", "聚焦工业强县"),
        ("next_step", "聚焦民生福祉"),
    ]


def test_a_number_of_the_year_behind_is_no_target() -> None:
    told = [(f.indicator, f.value, f.year) for f in facts_of(HEAD + BODY) if isinstance(f, Target)]
    assert told == [("企业", 6, "2026")]


def test_a_figure_of_the_year_behind_carries_that_year() -> None:
    told = [(f.subject, f.value, f.year) for f in facts_of(HEAD + BODY) if isinstance(f, Figure)]
    assert told == [("企业", 5, "2025")]
