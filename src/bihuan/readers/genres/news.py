"""新闻 and 人大要事: what happened on which day, told to the public; a chronicle has one entry a day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Document, Fact
from bihuan.readers.parts.supervised import supervised
from bihuan.readers.text import Flow
from bihuan.readers.wording.datelines import DATELINE
from bihuan.readers.wording.dates import find_date
from bihuan.readers.wording.meetings import opening_meeting
from bihuan.readers.wording.reports import report_kind

_CHRONICLE = re.compile(r"(?:要事|大事记?|要闻|动态)(?:摘要|选登)?(?:[（(].*[）)])?$")
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
        date=find_date(text, body, min(end, body + _LONGEST_DATELINE)),
        meeting=opening_meeting(text, body, end),
    )
    yield from supervised(section, context, start=start, end=end)


def _begins_with_a_day(section: Section, flow: Flow) -> bool:
    first = section.title_rows[1]
    row = flow.rows[first] if first < section.rows[1] else None
    return bool(row and DATELINE.match(flow.text, row.start, row.end))
