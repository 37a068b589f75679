"""Numbers of official papers (发文字号, in any of the brackets people type) and of pages."""

from __future__ import annotations

import re

# The hexagonal brackets of GB/T 9704 first; the others are what keyboards make of them.
PAPER_NUMBER = re.compile(
    r"(?P<code>[\u4e00-\u9fff]{2,12})[〔\[【（(［](?P<year>[12]\d{3})[〕\]】）)］]第?(?P<serial>\d{1,5})号"
)
# A page number alone on its line: "- 10 -", "—3—", "第 4 页", "4/12" (white space left out).
PAGE_NUMBER = re.compile(
    r"[-—–－―]{1,2}\d{1,4}[-—–－―]{1,2}|第\d{1,4}页(?:[共，,]\S{0,3}\d{1,4}页)?|\d{1,3}/\d{1,3}页?"
)
