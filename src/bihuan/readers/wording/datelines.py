"""The day a report in a magazine or on a site begins with: 3月5日上午，… ; 近日，…"""

from __future__ import annotations

import re

from bihuan.readers.wording.numerals import NUMERAL

DAY = rf"(?:[12]\d{{3}}年)?{NUMERAL}{{1,2}}月{NUMERAL}{{1,3}}日"
DATELINE = re.compile(rf"{DAY}(?:上午|下午|晚上?|[至，,])|本报讯|近日，")
# What begins an entry of a chronicle.
ENTRY = re.compile(rf"[◎●◆■▲★○⊙•·]?(?P<day>{DAY})|[◎●◆■▲★○⊙•·]|[1一][、.．]")
