"""Which genre a paper is read as when several know its title."""

from __future__ import annotations

from bihuan.readers import read

PAPER = """临溪县人民代表大会常务委员会
关于代表建议办理情况报告的审议意见
（2026年3月27日临溪县第十七届人民代表大会常务委员会第三十次会议通过）

会议听取和审议了县人民政府《关于代表建议办理情况的报告》，原则同意这个报告。
会议建议，一要改进答复。二要按月通报进度。
会议要求，县人民政府于会后两个月内向县人大常委会书面报告研究处理情况。
"""


def test_an_opinion_on_a_report_of_suggestions_is_an_opinion() -> None:
    reading = read(PAPER.encode(), "意见.txt")
    assert [section.genre for section in reading.sections] == ["审议意见"]
