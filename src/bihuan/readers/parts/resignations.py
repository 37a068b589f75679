"""接受某人辞去某职务: a decision that changes who holds a post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Appointment, Document
from bihuan.readers.wording.organs import split_post

_ACCEPTED = re.compile(
    r"接受(?P<person>[\u4e00-\u9fff·]{2,12}?)(?:同志)?(?:请求)?辞去(?P<post>[^，。；]{4,50}?)(?:的)?职务(?:的请求)?"
)


def resignations(
    section: Section, context: Context, *, document: Document, start: int, end: int
) -> Iterator[Appointment]:
    """Each resignation the body of a decision accepts."""
    for match in _ACCEPTED.finditer(context.flow.text, start, end):
        organ, position = split_post(match["post"])
        yield Appointment(
            at=context.span(section, match.start(), match.end()),
            person=match["person"],
            action="接受辞职",
            position=position,
            organ=organ,
            date=document.date,
            meeting=document.meeting,
        )
