"""供职发言: what a person proposed for a post says to the session before the vote."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Fact
from bihuan.readers.parts.report_heads import report_document, report_head
from bihuan.readers.text import Flow
from bihuan.readers.wording.reports import report_kind


def recognise(section: Section, flow: Flow) -> float:
    return 1.0 if report_kind(section.title) == "供职发言" else 0.0


def name(section: Section) -> str:
    return "供职发言"


def extract(section: Section, context: Context) -> Iterator[Fact]:
    """The statement: who speaks, when, before which session. The speaker speaks for no body yet."""
    head = report_head(section, context)
    yield replace(report_document(section, context, head, genre=name(section)), issuer=section.issuer)
