"""新闻 and 人大要事: what happened on which day, told to the public; a chronicle has one entry a day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Document, Fact
from bihuan.readers.parts.supervised import supervised
from bihuan.readers.text import Flow
from bihuan.readers.wording.datelines import DATELINE, IMPRINT, put_up
from bihuan.readers.wording.dates import find_date
from bihuan.readers.wording.meetings import opening_meeting
from bihuan.readers.wording.reports import report_kind

_CHRONICLE = re.compile(r"(?:要事|大事记?|要闻|动态)(?:摘要|选登)?(?:[（(].*[）)])?$")
_MOST_IMPRINT = 3  # rows between a headline and its text
_LONGEST_DATELINE = 16  # characters


def recognise(section: Section, flow: Flow) -> float:
    if report_kind(section.title) == "新闻":
        return 0.8
    if section.title and _CHRONICLE.search(section.title):
        return 0.7
    return 0.6 if section.title and _begins_with_a_day(section, flow) else 0.0


def name(section: Section) -> str:
    return "新闻"


def extract(section: Section, context: Context) -> Iterator[Fact]:
    """The piece, and what the standing committee heard, inspected and visited in it."""
    start, end = context.bounds(section)
    _, body = context.title_bounds(section)
    text = context.flow.text
    yield Document(
        at=context.span(section, *context.title_bounds(section)),
        title=section.title,
        genre=name(section),
        issuer=section.issuer,
        date=find_date(text, body, min(end, body + _LONGEST_DATELINE)) or _put_up(section, context.flow),
        meeting=opening_meeting(text, body, end),
    )
    yield from supervised(section, context, start=start, end=end)


def _begins_with_a_day(section: Section, flow: Flow) -> bool:
    row = _first_of_text(section, flow)
    return row < section.rows[1] and bool(DATELINE.match(flow.text, flow.rows[row].start, flow.rows[row].end))


def _first_of_text(section: Section, flow: Flow) -> int:
    """The row at which the text begins, below what a site prints under a headline."""
    row = section.title_rows[1]
    last = min(row + _MOST_IMPRINT, section.rows[1])
    while row < last and IMPRINT.fullmatch(flow.text, flow.rows[row].start, flow.rows[row].end):
        row += 1
    return row


def _put_up(section: Section, flow: Flow) -> str:
    """The day the piece was put up, by the rows under its headline."""
    for row in flow.rows[section.title_rows[1] : _first_of_text(section, flow)]:
        match = IMPRINT.fullmatch(flow.text, row.start, row.end)
        if match and put_up(match):
            return put_up(match)
    return ""
