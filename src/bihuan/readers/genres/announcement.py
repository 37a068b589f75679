"""公告: how a standing committee makes a law public, with the day it takes effect."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Document, Fact
from bihuan.readers.text import Flow
from bihuan.readers.wording.dates import FULL_DATE, find_date
from bihuan.readers.wording.meetings import opening_meeting
from bihuan.readers.wording.numerals import NUMERAL

_TITLE = re.compile(
    rf"(?P<issuer>[\u4e00-\u9fff]{{4,30}}?)公告(?P<number>[（(〔]?(?:[12]\d{{3}}年?[〕)）]?)?第?{NUMERAL}{{1,4}}号[）)]?)?"
)


def recognise(section: Section, flow: Flow) -> float:
    return 1.0 if _TITLE.fullmatch(section.title) else 0.0


def name(section: Section) -> str:
    return "公文通知"


def extract(section: Section, context: Context) -> Iterator[Fact]:
    """The announcement: who gives it, its number, the day under its signature."""
    start, end = context.bounds(section)
    _, body = context.title_bounds(section)
    title = _TITLE.fullmatch(section.title)
    yield Document(
        at=context.span(section, start, body),
        title=section.title,
        genre=name(section),
        issuer=title["issuer"] if title else section.issuer,
        number=(title["number"] or "") if title else "",
        date=_signed(section, context),
        meeting=opening_meeting(context.flow.text, body, end),
    )


def _signed(section: Section, context: Context) -> str:
    """The day alone on a row under the text."""
    rows, text = context.flow.rows, context.flow.text
    for row in reversed(rows[section.title_rows[1] : section.rows[1]]):
        if FULL_DATE.fullmatch(text, row.start, row.end):
            return find_date(text, row.start, row.end)
    return ""
