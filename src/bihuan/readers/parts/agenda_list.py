"""Items of an agenda, in a paper of its own or inside a decision or notice that calls a session."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import AgendaItem
from bihuan.readers.parts.marks import items_of
from bihuan.readers.text import Flow

# What the session does with an item; several verbs joined are one action (审议并表决).
_VERB = re.compile(
    r"(?P<action>(?:书面)?(?:传达学习|学习|传达|听取|审议|审查|表决|补选|选举|票决|测评|评议|开展|进行|组织|讨论|通报|决定|任免|通过|评价|批准)"
    r"(?:[和并、及与](?:审议|审查|表决|批准|讨论|评议|通过|决定|测评|评价))*)"
)
# What is done besides: …的报告并进行评价.
_BESIDES = re.compile(
    r"[，,]?并(?:对.{2,40})?(?:进行|开展|作出)?(?P<too>满意度测评|工作评议|专题询问|评价|测评|表决|评议|票决|询问)$"
)

_LISTED = re.compile(r"(?:建议|主要|会议){0,3}(?:议程|议题)(?:[（(]草案[）)]|草案)?(?:如下|为|是)?[：:]?")


def listed_agenda(section: Section, context: Context, *, start: int, end: int) -> Iterator[AgendaItem]:
    """The items after 建议议程为： or under such a heading in text[start:end], each to its paragraph's end."""
    flow = context.flow
    _, listed = agenda_at(flow, start, end)
    for item in items_of(flow, listed, end) if listed < end else ():
        edges = flow.edges_within(item.start, item.end)
        stop = edges[0] if edges else item.end
        if "。" in flow.text[item.mark : stop - 1]:
            return
        stop = _closed(flow.text, item.start, stop)
        yield agenda_item(section, context, item.ordinal, item.mark, item.start, stop)


def agenda_at(flow: Flow, start: int, end: int) -> tuple[int, int]:
    """Where the words that announce the items begin, and the items; `end` twice where there are none."""
    if flow.text.find("议程", start, end) < 0 and flow.text.find("议题", start, end) < 0:
        return end, end
    for listed in _LISTED.finditer(flow.text, start, end):
        if flow.text[listed.end() - 1] in "：:" or listed.end() in flow.starts:
            return listed.span()
    return end, end


def _closed(text: str, start: int, end: int) -> int:
    """`end` without the mark that closes the item."""
    return end - (end > start + 1 and text[end - 1] in "；。;")


def agenda_item(
    section: Section, context: Context, ordinal: int, mark: int, start: int, end: int
) -> AgendaItem:
    """The fact one item of an agenda states: what is done, with what."""
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
