"""Periods as papers write them -> ISO 8601 durations; working days as 'P5WD'."""

from __future__ import annotations

import re

from bihuan.readers.wording.numerals import NUMERAL, number

# 两个月 / 2个月 / 三十日 / 5个工作日 / 半年 / 一个半月 is left to the reader's doubt: it has no ISO form.
PERIOD = re.compile(
    rf"(?P<count>{NUMERAL}{{1,4}}|半)(?P<unit>个?工作[日天]|个月|个?季度|周|个星期|年|日|天)(?P<within>之?以?内)?"
)
_UNITS = {"月": "M", "周": "W", "星期": "W", "年": "Y", "日": "D", "天": "D"}


def iso_period(match: re.Match[str]) -> str:
    """ISO 8601 duration of a PERIOD match; empty when it has none."""
    unit = match["unit"].removeprefix("个")
    if match["count"] == "半":
        return "P6M" if unit == "年" else ""
    count = number(match["count"])
    if not count:
        return ""
    if unit.startswith("工作"):
        return f"P{count}WD"
    if unit == "季度":
        return f"P{3 * count}M"
    return f"P{count}{_UNITS[unit]}"
