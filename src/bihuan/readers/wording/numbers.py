"""Numbers of official papers (发文字号): 连人常〔2023〕27号, in any of the brackets people type."""

from __future__ import annotations

import re

# The hexagonal brackets of GB/T 9704 first; the others are what keyboards make of them.
PAPER_NUMBER = re.compile(
    r"(?P<code>[\u4e00-\u9fff]{2,12})[〔\[【（(［](?P<year>[12]\d{3})[〕\]】）)］]第?(?P<serial>\d{1,5})号"
)
STANDARD_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}〔[12]\d{3}〕[1-9]\d{0,4}号")
