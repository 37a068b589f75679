"""Titles of what a congress's magazine or site prints: summaries, speeches, records of inquiries, news, chronicles.

A subtitle after a dash (——某年某县人大常委会工作综述) or the day a report begins with shows the title; a box in
the middle of a page shows it late: the paper then began where the one before was signed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.text import OPENER, Flow
from bihuan.readers.wording.datelines import DATELINE, ENTRY, IMPRINT
from bihuan.readers.wording.numerals import NUMERAL

_SUBTITLE = re.compile(
    r"[—-]{2,}(?=[^。；：！？]{4,60}$)[^—]*(?:综述|实录|侧记|纪实|掠影|回眸|纪要|讲话|发言|演讲)$"
)
_SPEECH = re.compile(
    r"(?:[^。，；：]{0,30}同志)?在[^。，；：]{4,60}(?:会议?|大会|[^，。]{2,8}上)上?的(?:重要)?(?:讲话|发言)"
)
_RECORD = re.compile(r"(?![—-])[^。；：！？]{4,60}(?:询问|座谈)会?[^。；：！？]{0,8}(?:实录|记录|侧记)")
_SUMMARY = re.compile(
    r"(?![—-])[^。，：；！？]{0,24}(?:人大|常委会|委员会)[^。，：；！？]{0,14}工作(?:总结|综述|回顾)"
)
_NOTICE = re.compile(rf"公告(?:[（(]?第?{NUMERAL}{{1,4}}号[）)]?)?")
_NOTICE_NUMBER = re.compile(rf"[（(〔]?(?:[12]\d{{3}}年?[〕)）]?)?第?{NUMERAL}{{1,4}}号[）)]?")
_BODY = re.compile(r"[\u4e00-\u9fff]{4,30}(?:委员会|常委会|代表大会|主席团|人民政府)")
_CHRONICLE = re.compile(
    r"[\u4e00-\u9fff\d]{0,24}(?:人大|常委会|工作)?(?:要事|大事记|大事|要闻|动态)(?:摘要|选登)?(?:[（(][^（）()]{2,30}[）)])?"
)
_BYLINE = re.compile(r"[（(](?:文|图|记者|通讯员|供稿|来源|作者|撰稿)[^（）()。]{1,40}[）)]$")
# Only where a text names its writers is a day at the head of a paragraph the beginning of news.
_NAMES_WRITERS = re.compile(
    r"[（(](?:文|图|记者|通讯员)[/／：:\s\u4e00-\u9fff]|(?:来源|作者|责任编辑|发布时间|发布日期|供稿)[：:]"
)
_SENTENCE = re.compile("[。；;！!？?：:]")
_PAUSE = re.compile("[，,、]$")
_GREETS = re.compile(r"(?:各位[\u4e00-\u9fff]{2,6}|同志们|主任|女士们)[^。]{0,30}[：:]")
_MOST_ROWS = 4
_MOST_IMPRINT = 3
_FEWEST_OF_TEXT = 12  # characters of a row that is text
_SHORTEST = 10  # characters of a headline
_LONGEST_ROW = 60
_MOST_BODY_ROWS = 400  # rows a box may stand below the beginning of its paper


def feature_titles(flow: Flow, taken: set[int]) -> Iterator[tuple[int, int]]:
    """The rows [first, end) of each such title, in reading order; rows in `taken` are other papers' titles."""
    news = _NAMES_WRITERS.search(flow.text) is not None
    found: set[str] = set()
    for index, row in enumerate(flow.rows):
        if row.end - row.start > _LONGEST_ROW and not news:
            continue
        title = _title_at(flow, index, news=news)
        if title is None or not taken.isdisjoint(range(*title)):
            continue
        words = flow.text[flow.rows[title[0]].start : flow.rows[title[1] - 1].end]
        if words not in found:  # a page repeats the heading of a chronicle at its foot
            found.add(words)
            yield title


def _title_at(flow: Flow, index: int, *, news: bool) -> tuple[int, int] | None:
    text, row = flow.text, flow.rows[index]
    last = text[row.end - 1]
    if text[row.start] in "—-" and _SUBTITLE.match(text, row.start, row.end):
        return _main_title(flow, index), index + 1
    if last in "话言" and (first := _speech(flow, index)) is not None:
        return first, index + 1
    if last in "录记" and _RECORD.fullmatch(text, row.start, row.end):
        return index, index + 1
    if last in "结述顾" and _SUMMARY.fullmatch(text, row.start, row.end):
        return _alone(flow, index)
    if text[row.start] == "公" and _NOTICE.fullmatch(text, row.start, row.end):
        return _public_notice(flow, index)
    if last in "事记闻态）)" and _CHRONICLE.fullmatch(text, row.start, row.end):
        following = flow.rows[index + 1] if index + 1 < len(flow.rows) else None
        return (index, index + 1) if following and ENTRY.match(text, following.start, following.end) else None
    if news and index and DATELINE.match(text, row.start, row.end):
        return _headline(flow, index)
    return None


def _main_title(flow: Flow, subtitle: int) -> int:
    """The first row of the title above a subtitle: a second row only where it is as long as the first."""
    first = subtitle
    if not first or _no_title(flow, first - 1):
        return first
    first -= 1
    above = flow.rows[first - 1] if first else None
    if above and abs(above.width - flow.rows[first].width) <= 2 and not _no_title(flow, first - 1):
        # As wide as the column it stands in: running text.
        first -= not flow.flows_on(first - 1)
    return first


def _no_title(flow: Flow, index: int) -> bool:
    row = flow.rows[index]
    return (
        row.end - row.start > _LONGEST_ROW
        or _SENTENCE.search(flow.text, row.start, row.end) is not None
        or _PAUSE.search(flow.text, row.start, row.end) is not None
        or OPENER.match(flow.text, row.start, row.end) is not None
        or _BYLINE.search(flow.text, row.start, row.end) is not None
    )


def _speech(flow: Flow, last: int) -> int | None:
    """The first row of a speech's title (在某会上的讲话) that ends in row `last`."""
    for first in range(last, max(-1, last - _MOST_ROWS), -1):
        row = flow.rows[first]
        if _SENTENCE.search(flow.text, row.start, row.end):
            return None
        if flow.text[row.start] in "在" or "同志" in flow.text[row.start : row.end]:
            return first if _SPEECH.fullmatch(flow.text, row.start, flow.rows[last].end) else None
    return None


def _alone(flow: Flow, index: int) -> tuple[int, int] | None:
    """The row as a title, where the text before it is over and the row after it is text."""
    rows, text = flow.rows, flow.text
    over = not index or text[rows[index - 1].end - 1] in "。！？）)"
    follows = index + 1 < len(rows) and rows[index + 1].width > _FEWEST_OF_TEXT
    return (index, index + 1) if over and follows else None


def _public_notice(flow: Flow, index: int) -> tuple[int, int] | None:
    """公告, with the body that gives it above and its number below."""
    rows, text = flow.rows, flow.text
    named = index and _BODY.fullmatch(text, rows[index - 1].start, rows[index - 1].end)
    below = rows[index + 1] if index + 1 < len(rows) else None
    numbered = below and _NOTICE_NUMBER.fullmatch(text, below.start, below.end)
    if not named:
        return None
    return index - 1, index + 1 + bool(numbered)


def _headline(flow: Flow, dateline: int) -> tuple[int, int] | None:
    """The rows above a dateline, up to the end of the text before; none where they name nobody."""
    last = dateline
    while last and dateline - last < _MOST_IMPRINT and _is_imprint(flow, last - 1):
        last -= 1
    first = last
    while first and last - first < _MOST_ROWS and not _no_title(flow, first - 1) and _whole(flow, first - 1):
        first -= 1
    if first == last:
        return None
    closed = not first or flow.text[flow.rows[first - 1].end - 1] in "。！？）)"
    return (first, last) if closed and flow.rows[last].start - flow.rows[first].start >= _SHORTEST else None


def _is_imprint(flow: Flow, index: int) -> bool:
    row = flow.rows[index]
    return IMPRINT.fullmatch(flow.text, row.start, row.end) is not None


def _whole(flow: Flow, index: int) -> bool:
    row = flow.rows[index]
    return not DATELINE.match(flow.text, row.start, row.end) and "，" not in flow.text[row.start : row.end]


def begins_above(flow: Flow, title: int, floor: int) -> int:
    """The first row of a paper whose title stands as a box in its text: after the byline of the one before."""
    if title <= floor + 1 or flow.text[flow.rows[title - 1].end - 1] in "。！？：；）)":
        return title
    for index in range(title - 1, max(floor, title - _MOST_BODY_ROWS), -1):
        row = flow.rows[index]
        if _GREETS.fullmatch(flow.text, row.start, row.end):
            return index
        if _BYLINE.search(flow.text, row.start, row.end):
            return index + 1
    return title
