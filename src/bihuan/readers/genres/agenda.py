"""议程: what a session will deal with, item by item."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import AgendaItem, Document, Fact
from bihuan.readers.parts.clauses import sentences
from bihuan.readers.parts.items import items_of
from bihuan.readers.text import Flow
from bihuan.readers.wording.dates import FULL_DATE, find_date

_TITLE = re.compile(r"(?P<meeting>.*(?:会议|大会))(?:建议)?(?:议程|日程)(?:[（(].{1,20}[）)])?$")
# What the session does with an item; several verbs joined are one action (审议并表决).
_VERB = re.compile(
    r"(?P<action>(?:书面)?(?:传达学习|学习|传达|听取|审议|审查|表决|补选|选举|票决|测评|评议|开展|进行|组织|讨论|通报|决定|任免|通过|评价|批准)"
    r"(?:[和并、及与](?:审议|审查|表决|批准|讨论|评议|通过|决定|测评|评价))*)"
)
# What is done besides: …的报告并进行评价.
_BESIDES = re.compile(
    r"[，,]?并(?:对.{2,40})?(?:进行|开展|作出)?(?P<too>满意度测评|工作评议|专题询问|评价|测评|表决|评议|票决|询问)$"
)


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
                yield _item(section, context, parent, item.mark if a == item.start else a, a, b)


def _item(section: Section, context: Context, ordinal: int, mark: int, start: int, end: int) -> AgendaItem:
    words = context.flow.text[start:end].strip("，、")
    verb = _VERB.match(words)
    action, subject = (verb["action"], words[verb.end() :].lstrip("了：:")) if verb else ("", words)
    besides = _BESIDES.search(subject)
    if besides:
        subject = subject[: besides.start()]
        action = f"{action}并{besides['too']}" if action else besides["too"]
    if action in ("听取并审议", "听取、审议", "听取审议"):
        action = "听取和审议"
    return AgendaItem(
        at=context.span(section, mark, end),
        action="" if not subject else action,
        subject=subject or words,
        ordinal=ordinal,
    )
