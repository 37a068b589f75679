"""The day a report in a magazine or on a site begins with: 3月5日上午，… ; 近日，…"""

from __future__ import annotations

import re

from bihuan.readers.wording.numerals import NUMERAL

DAY = rf"(?:[12]\d{{3}}年)?{NUMERAL}{{1,2}}月{NUMERAL}{{1,3}}日"
DATELINE = re.compile(rf"{DAY}(?:上午|下午|晚上?|[至，,])|本报讯|近日，")
# What begins an entry of a chronicle.
ENTRY = re.compile(rf"[◎●◆■▲★○⊙•·]?(?P<day>{DAY})|[◎●◆■▲★○⊙•·]|[1一][、.．]")
# What a site prints between a headline and its text; `iso` is the day it was put up.
_ISO = r"(?P<iso>20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2})日?"
IMPRINT = re.compile(
    rf"(?:(?:来源|作者|责任编辑|编辑|发布时间|发布日期|时间|日期|浏览|点击|阅读|字号|供稿)[^。\d]{{0,30}}(?:{_ISO})?"
    rf"|{_ISO.replace('iso', 'iso2')})[^。，]{{0,40}}"
)


def put_up(match: re.Match[str]) -> str:
    """The ISO day an IMPRINT match names, or empty."""
    parts = re.findall(r"\d+", match["iso"] or match["iso2"] or "")
    return f"{parts[0]}-{int(parts[1]):02d}-{int(parts[2]):02d}" if len(parts) == 3 else ""
