"""The body of a passed paper: proceedings, findings, duties, figures."""

from __future__ import annotations

from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Deadline, Document, Fact
from bihuan.readers.parts.clauses import sentences
from bihuan.readers.parts.duties import Days, duties, spoken_to
from bihuan.readers.parts.figures import figures
from bihuan.readers.parts.heads import session_day
from bihuan.readers.parts.items import ACT, findings
from bihuan.readers.parts.marks import MARK
from bihuan.readers.parts.openers import Part, parts_of
from bihuan.readers.parts.proceedings import agenda_items
from bihuan.readers.parts.times import tells_time


def passed_body(
    section: Section, context: Context, *, document: Document, start: int, end: int
) -> Iterator[Fact]:
    """Everything text[start:end] of an opinion or resolution yields besides its own document fact."""
    parts = parts_of(context.flow, start, end)
    opening = parts[0].opened if parts else end
    yield from agenda_items(section, context, start=start, end=opening)
    days = Days(session=session_day(section, context), issued=context.issued)
    for part in parts:
        yield from findings(section, context, part)
        yield from figures(section, context, start=part.start, end=part.end)
        yield from _duties(section, context, part, days, document)
    if not parts:
        yield from figures(section, context, start=start, end=end)


def _duties(section: Section, context: Context, part: Part, days: Days, document: Document) -> list[Deadline]:
    """Duties of a demanding part; elsewhere only what carries a time of its own."""
    text = context.flow.text
    timed = part.kind != "requirement"
    if part.kind == "achievement" or (timed and not tells_time(text, part.start, part.end)):
        return []
    who = "、".join(document.addressees)
    made: list[Deadline] = []
    for mark, b in sentences(context.flow, part.start, part.end):
        number = MARK.match(text, mark, b)
        a = number.end() if number else mark
        if ACT.match(text, a, b):
            continue
        if not timed:  # a demand goes on with the one it spoke to last
            who = spoken_to(text, a, b) or who
        said = duties(
            section,
            context,
            start=a,
            end=b,
            days=days,
            who=who,
            earlier=() if timed else made,
            only_timed=timed,
        )
        if said and not timed:
            who = said[-1].responsible
        made += said
    return made
