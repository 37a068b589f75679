"""审议意见: what the session thought of a report, and what must be done about it."""

from __future__ import annotations

from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Fact
from bihuan.readers.parts.body import passed_body
from bihuan.readers.parts.heads import passed_paper
from bihuan.readers.text import Flow
from bihuan.readers.wording.titles import kind_of


def recognise(section: Section, flow: Flow) -> float:
    return 1.0 if kind_of(section.title) == "审议意见" else 0.0


def name(section: Section) -> str:
    return "审议意见"


def extract(section: Section, context: Context) -> Iterator[Fact]:
    """The paper, what was heard, the findings part by part, the duties and the figures."""
    document, body = passed_paper(section, context, genre=name(section))
    yield document
    yield from passed_body(section, context, document=document, start=body[0], end=body[1])
