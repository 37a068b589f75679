"""讲话: what a chair tells a session, topic by topic: what must be done, what was heard, what an audit found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Fact, Finding
from bihuan.readers.parts.audits import audits
from bihuan.readers.parts.clauses import sentences
from bihuan.readers.parts.handling import handling_stats
from bihuan.readers.parts.items import items_of, verbatim
from bihuan.readers.parts.report_heads import report_document, report_head
from bihuan.readers.parts.supervised import supervised
from bihuan.readers.parts.targets import targets
from bihuan.readers.parts.told_findings import told_findings
from bihuan.readers.text import Flow
from bihuan.readers.wording.meetings import MEETING
from bihuan.readers.wording.reports import report_kind

_HANDLING = re.compile(r"(?:议案|建议)[^。；]{0,20}办理|办理[^。；]{0,12}(?:议案|建议)")
_HANDLES = re.compile(r"市政府|县政府|区政府|州政府")
_SURE = 0.8


def recognise(section: Section, flow: Flow) -> float:
    return 0.9 if report_kind(section.title) == "讲话" else 0.0


def name(section: Section) -> str:
    return "讲话"


def extract(section: Section, context: Context) -> Iterator[Fact]:
    """The speech, its topics and what they ask, and what it says of reports, handling and audits."""
    head = report_head(section, context)
    document = report_document(section, context, head, genre=name(section))
    meeting = MEETING.search(section.title)
    yield replace(document, meeting=document.meeting or (meeting[0] if meeting else ""))
    first = context.stretches(section, head.body)[0][0]
    yield from _topics(section, context, first, head.body[1])
    for start, end in context.stretches(section, head.body):
        yield from supervised(section, context, start=start, end=end)
        yield from told_findings(section, context, start=start, end=end)
        yield from audits(section, context, whole=False, start=start, end=end)
        yield from targets(section, context, said_on=head.date, start=start, end=end)
        if _HANDLING.search(context.flow.text, start, end):
            unit = _HANDLES.search(context.flow.text, start, end)
            yield from handling_stats(section, context, unit=unit[0] if unit else "", start=start, end=end)


def _topics(section: Section, context: Context, start: int, end: int) -> Iterator[Finding]:
    """One requirement a numbered topic, and one a point under it."""
    parent = 0
    for item in items_of(context.flow, start, end):
        spoken = next(iter(sentences(context.flow, item.start, item.end)), None)
        if spoken is None:
            continue
        parent = item.ordinal if item.level == 1 else parent
        yield Finding(
            at=context.span(section, item.mark, spoken[1]),
            confidence=_SURE,
            kind="requirement",
            text=verbatim(context.flow, *spoken),
            level=item.level,
            ordinal=item.ordinal,
            parent=parent if item.level == 2 else None,
        )
