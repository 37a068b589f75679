"""Steps and meetings told in reports: when each was or is to be taken, and what is only news."""

from __future__ import annotations

import pytest

from bihuan.readers.facts import ActivityCount, Deadline
from tests.readers.papers import facts_of

HEAD = "关于县九届人大四次会议代表建议办理情况的报告\n（2025年10月23日）\n县水利局\n主任、各位委员：\n"


def terms(text: str) -> list[tuple[str, str, str]]:
    return [(f.action, f.fixed, f.offset) for f in facts_of(HEAD + text) if isinstance(f, Deadline)]


def counts(text: str) -> list[tuple[str, str, int, str]]:
    return [
        (f.body, f.activity, f.value, f.measure)
        for f in facts_of(HEAD + text)
        if isinstance(f, ActivityCount)
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("整改情况已于2025年3月5日书面报告县人大常委会。", [("书面报告整改情况", "2025-03-05", "")]),
        ("主办件均于7月底前办理完成。", [("主办件办理完成", "2025-07", "")]),
        ("协办件于6月底前将办理意见向主办单位反馈。", [("反馈办理意见", "2025-06", "")]),
        ("实行半月一调度、一月一通报。", [("调度", "", "P15D"), ("通报", "", "P1M")]),
        ("在答复期满前5天向责任科室发出催办。", [("催办", "", "-P5D")]),
        ("今年我县要完成12个山塘整治任务。", [("完成山塘整治任务", "2025", "")]),
        ("截至8月底已全部办复。", []),
        ("大桥于5月28日建成通车。", []),
        ("12月5日答复完毕。", []),
    ],
)
def test_a_term_is_a_step_of_handling_with_its_time(text: str, told: list[tuple[str, str, str]]) -> None:
    assert terms(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("局党组先后3次专题研究建议办理。", [("县水利局", "专题研究", 3, "次")]),
        ("与县人大代表见面座谈23次。", [("县水利局", "与县人大代表见面座谈", 23, "次")]),
        (
            "邀请谭小竹等代表参加开放日活动4场31人次。",
            [("县水利局", "邀请代表参加活动", 4, "场"), ("县水利局", "邀请代表参加活动", 31, "人次")],
        ),
        (
            "县九届人大常委会第十八次会议提出6条审议意见。",
            [("县九届人大常委会第十八次会议", "审议意见", 6, "条")],
        ),
        ("举办招商对接活动4次。", []),
    ],
)
def test_an_activity_is_a_meeting_a_visit_or_a_talk_of_handling(
    text: str, told: list[tuple[str, str, int, str]]
) -> None:
    assert counts(text) == told
