"""File to facts: pure, deterministic, offline. Reading proposes; people decide.

`read` opens a file, cuts the bundle into its papers, lets each genre extract its facts and then checks
the facts against each other. It never changes the text and never guesses what the text leaves open.
"""

from __future__ import annotations

from bihuan.readers.bundle import Section, cut, days, named
from bihuan.readers.checks import check
from bihuan.readers.context import Context
from bihuan.readers.facts import Fact, Inconsistency
from bihuan.readers.genres import genre_of
from bihuan.readers.opening import CannotOpen, Opened, open_file
from bihuan.readers.reading import Doubt, Reading
from bihuan.readers.text import Flow, flow

__all__ = ["CannotOpen", "Doubt", "Reading", "extracted", "read"]


_UNKNOWN = "没有认出这部分是什么文种，未从中读取事项，请人工查看。"


def read(data: bytes, name: str) -> Reading:
    """Read one file; `name` is only used in messages. Raises CannotOpen with a Chinese message."""
    opened = open_file(data, name)
    context, facts = extracted(opened)
    checked = check(context, facts)
    ordered = tuple(sorted(checked, key=lambda fact: (fact.at.start, -fact.at.end)))
    return Reading(
        opened=opened,
        sections=context.sections,
        facts=ordered,
        doubts=_doubts(context.flow, context.sections, ordered),
    )


def extracted(opened: Opened) -> tuple[Context, tuple[Fact, ...]]:
    """The papers of an opened file and the facts in them, not yet held against each other."""
    text = flow(opened)
    papers = [(section, genre_of(text, section)) for section in cut(text)]
    sections = tuple(named(section, genre.name(section) if genre else "") for section, genre in papers)
    session, issued = days(text, sections)
    context = Context(flow=text, sections=sections, session=session, issued=issued)
    facts: list[Fact] = []
    for section, (_, genre) in zip(sections, papers, strict=True):
        if genre:
            facts.extend(genre.extract(section, context))
    return context, tuple(facts)


def _doubts(flow: Flow, sections: tuple[Section, ...], facts: tuple[Fact, ...]) -> tuple[Doubt, ...]:
    """One question a fact that leaves something open, a contradiction, or a paper of unknown kind."""
    asked = [
        Doubt(question=fact.description, at=fact.at, severity=fact.severity)
        if isinstance(fact, Inconsistency)
        else Doubt(question=fact.doubt, at=fact.at)
        for fact in facts
        if fact.doubt or isinstance(fact, Inconsistency)
    ]
    unknown = [
        Doubt(question=_UNKNOWN, at=flow.original(section.start, section.end, section.title))
        for section in sections
        if not section.genre
    ]
    return tuple(sorted(asked + unknown, key=lambda doubt: (doubt.at.start, doubt.at.end)))
