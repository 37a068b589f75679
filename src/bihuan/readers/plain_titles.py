"""Titles no 关于 announces: of agendas, lists of appointments, laws, and of reports by what follows them.

What stands below a title tells that it is one: an agenda's first item, a law's first article, the words
with which a speaker greets the house, the month under a survey.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.text import OPENER, Flow
from bihuan.readers.wording.dates import FULL_DATE
from bihuan.readers.wording.numerals import NUMERAL
from bihuan.readers.wording.reports import REPORT_ENDING

_BRACKET = r"(?:[（(][^（）()。]{1,20}[）)])?"
_AGENDA = re.compile(rf"(?!{OPENER.pattern})[^。；：，]{{2,60}}(?:会议|大会)(?:建议)?(?:议程|日程){_BRACKET}")
_FIRST_ITEM = re.compile(r"一、|（一）|\(一\)|1[.．、]")
_LIST = re.compile(r"[\u4e00-\u9fff]{2,60}(?:任免|任命|免职|免去|辞职)(?:人员)?名单")
_FIRST_POST = re.compile(r"(?:决定)?(?:任命|免去|接受)|[^。；]{4,80}(?:会议|决定)")
_LAW = re.compile(
    rf"[^。；：，第]{{2,60}}(?:条例|规定|办法|规则|细则){_BRACKET}(?:[（(]?草案[^（）()。]{{0,12}}[）)]?)?"
)
_FIRST_ARTICLE = re.compile(r"第一[条章]|目录$")
_HISTORY = re.compile(r"[（(].{0,6}\d{4}年")  # the bracket that says by whom a law was passed
_GREETING = re.compile(
    r"(?:尊敬的)?(?:主任|主席团|各位|同志们|委员长)[^。]{0,40}[:：]|[^。，：]{2,20}(?:人大常委会|常务委员会|代表大会)[:：]"
)
_GIVEN = re.compile(r"[—-]{2,}|[（(]")
_MONTH = re.compile(rf"[（(]?(?:{FULL_DATE.pattern}|[12]\d{{3}}年{NUMERAL}{{1,2}}月)[）)]?")
_REPORT = re.compile(REPORT_ENDING)
_WHOLE = re.compile(rf"(?:.*(?:关于|对).+|.{{4,}})(?:{REPORT_ENDING})")
_SENTENCE = re.compile("[。；;！!？?：:]")
_ORGAN = re.compile(r"[\u4e00-\u9fff]{2,24}(?:政府|法院|检察院|委员会|常委会|检查组|调研组|局|办公室)")
_MOST_HEAD_ROWS = 5  # rows between a title and what follows its head
_MOST_TITLE_ROWS = 4
_LONGEST_ROW = 60  # characters of one row of a title


def plain_titles(flow: Flow, taken: set[int]) -> Iterator[tuple[int, int]]:
    """The rows [first, end) of each such title, in reading order; rows in `taken` are other papers' titles."""
    found = set(taken)
    for index, row in enumerate(flow.rows):
        if index in found or index + 1 >= len(flow.rows) or row.end - row.start > _LONGEST_ROW:
            continue
        title = _title_at(flow, index, found)
        if title:
            found.update(range(*title))
            yield title


def _title_at(flow: Flow, index: int, taken: set[int]) -> tuple[int, int] | None:
    """The title that row `index` is, or that it shows to stand above."""
    text, row = flow.text, flow.rows[index]
    last = text[row.end - 1]  # decides for most rows that they are no title
    if last in ":：" and _GREETING.fullmatch(text, row.start, row.end):
        return _greeted(flow, index, taken)
    if text[row.start] in "第目" and _FIRST_ARTICLE.match(text, row.start, row.end):
        return _enacted(flow, index, taken)
    if last in "月日）)" and _MONTH.fullmatch(text, row.start, row.end):
        return _dated(flow, index, taken)
    if last in "程）)" and _AGENDA.fullmatch(text, row.start, row.end):
        below = flow.rows[index + 1 : index + 3]
        return (
            (index, index + 1)
            if any(_FIRST_ITEM.match(text, under.start, under.end) for under in below)
            else None
        )
    if last == "单" and _LIST.fullmatch(text, row.start, row.end):
        under = flow.rows[index + 1]
        return (index, index + 1) if _FIRST_POST.match(text, under.start, under.end) else None
    return None


def _greeted(flow: Flow, greeting: int, taken: set[int]) -> tuple[int, int] | None:
    """The title of a report whose text begins by greeting the house; none where the head says when it was given."""
    for last in range(greeting - 1, max(-1, greeting - 1 - _MOST_HEAD_ROWS), -1):
        row = flow.rows[last]
        if last in taken or _SENTENCE.search(flow.text, row.start, row.end):
            return None
        if _GIVEN.match(flow.text, row.start):
            return None
        if _REPORT.search(flow.text, row.start, row.end) and flow.text[row.end - 1] in "告报话言明":
            return _upwards(flow, last, taken), last + 1
    return None


def _dated(flow: Flow, date: int, taken: set[int]) -> tuple[int, int] | None:
    """The title of a survey or inspection report: a report's title, its authors, the month."""
    for last in range(date - 1, max(-1, date - 3), -1):
        row = flow.rows[last]
        if last in taken or _SENTENCE.search(flow.text, row.start, row.end):
            return None
        if flow.text[row.end - 1] in "告" and _WHOLE.fullmatch(flow.text, row.start, row.end):
            return _upwards(flow, last, taken), last + 1
    return None


def _enacted(flow: Flow, article: int, taken: set[int]) -> tuple[int, int] | None:
    """The title above a law's first article, its table of contents or the bracket on its passing."""
    for last in range(article - 1, max(-1, article - 1 - _MOST_HEAD_ROWS), -1):
        row = flow.rows[last]
        if last in taken or row.end - row.start > _LONGEST_ROW:
            return None
        if _HISTORY.match(flow.text, row.start):
            return None  # the line on its passing shows the title already
        if _LAW.fullmatch(flow.text, row.start, row.end):
            return last, last + 1
        if _SENTENCE.search(flow.text, row.start, row.end):
            return None
    return None


def _upwards(flow: Flow, last: int, taken: set[int]) -> int:
    """The first row of the title that ends in row `last`: broken titles and the organ above are part of it."""
    first = last
    while first and last - first < _MOST_TITLE_ROWS and first - 1 not in taken:
        above = flow.rows[first - 1]
        title = flow.text[flow.rows[first].start : flow.rows[last].end]
        if above.end - above.start > _LONGEST_ROW or _SENTENCE.search(flow.text, above.start, above.end):
            break
        if _WHOLE.fullmatch(title) and not _ORGAN.fullmatch(flow.text, above.start, above.end):
            break
        first -= 1
    return first
