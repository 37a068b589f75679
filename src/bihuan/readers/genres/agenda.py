"""议程: what a session will deal with, item by item."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Document, Fact
from bihuan.readers.parts.agenda_list import agenda_item
from bihuan.readers.parts.clauses import sentences
from bihuan.readers.parts.items import items_of
from bihuan.readers.text import Flow
from bihuan.readers.wording.dates import FULL_DATE, find_date

_TITLE = re.compile(r"(?P<meeting>.*(?:会议|大会))(?:建议)?(?:议程|日程)(?:[（(].{1,20}[）)])?$")


def recognise(section: Section, flow: Flow) -> float:
    return 1.0 if _TITLE.match(section.title) else 0.0


def name(section: Section) -> str:
    return "议程"


def extract(section: Section, context: Context) -> Iterator[Fact]:
    """The agenda and its items; an item that lists several things yields one fact for each."""
    start, end = context.bounds(section)
    _, body = context.title_bounds(section)
    title = _TITLE.match(section.title)
    meeting = title["meeting"] if title else ""
    text = context.flow.text
    first = items_of(context.flow, body, end)
    head = first[0].mark if first else end
    yield Document(
        at=context.span(section, start, body),
        title=section.title,
        genre=name(section),
        issuer=section.issuer,
        date=find_date(text, body, head),
        meeting=meeting,
    )
    parent = 0
    for item in first:
        # 八、人事事项 （一）…: a sub-item belongs to the item above it.
        parent = item.ordinal if item.level == 1 else parent
        for a, b in sentences(context.flow, item.start, item.end):
            if b - a > 1 and not FULL_DATE.search(text, a, b):
                yield agenda_item(section, context, parent, item.mark if a == item.start else a, a, b)
