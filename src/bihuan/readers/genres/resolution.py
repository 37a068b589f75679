"""决议 and 决定: approvals, and the duties some of them lay down."""

from __future__ import annotations

from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Deadline, Fact
from bihuan.readers.parts.agenda_list import agenda_at, listed_agenda
from bihuan.readers.parts.body import passed_body
from bihuan.readers.parts.heads import passed_paper
from bihuan.readers.parts.proceedings import agreed_reviews, approvals, under_review
from bihuan.readers.parts.resignations import resignations
from bihuan.readers.parts.settlements import settlements
from bihuan.readers.text import Flow
from bihuan.readers.wording.titles import kind_of


def recognise(section: Section, flow: Flow) -> float:
    return 1.0 if kind_of(section.title) in ("决议", "决定") else 0.0


def name(section: Section) -> str:
    return kind_of(section.title)


def extract(section: Section, context: Context) -> Iterator[Fact]:
    """The paper, what was heard and approved, and whatever it demands."""
    document, (start, end) = passed_paper(section, context, genre=name(section))
    yield document
    listed, _ = agenda_at(context.flow, start, end)
    body = list(passed_body(section, context, document=document, start=start, end=listed))
    yield from body
    yield from listed_agenda(section, context, start=start, end=end)
    yield from under_review(section, context, start=start, end=end)
    yield from agreed_reviews(section, context, start=start, end=end)
    yield from approvals(section, context, issuer=document.issuer, date=document.date, start=start, end=end)
    for settled in settlements(section, context, document=document, start=start, end=end):
        if not any(_same(settled, fact) for fact in body):
            yield settled
    yield from resignations(section, context, document=document, start=start, end=end)


def _same(settled: Deadline, fact: Fact) -> bool:
    """Did a demand already tell of this step, at this place?"""
    return isinstance(fact, Deadline) and fact.action == settled.action and fact.at.end == settled.at.end
