"""建议办理报告 of a unit, government or court, and 重点督办建议办理报告 on one suggestion."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Fact, FindingKind, Suggestion
from bihuan.readers.parts.figures import figures, outside
from bihuan.readers.parts.handling import handling_stats
from bihuan.readers.parts.headed import headed_findings
from bihuan.readers.parts.promises import report_promises
from bihuan.readers.parts.report_activities import report_activities
from bihuan.readers.parts.report_heads import report_document, report_head
from bihuan.readers.parts.report_terms import report_terms
from bihuan.readers.parts.suggestions import suggestions
from bihuan.readers.parts.targets import targets
from bihuan.readers.text import Flow
from bihuan.readers.wording.bodies import is_body
from bihuan.readers.wording.reports import report_kind

_GENRES = ("建议办理报告", "重点督办建议办理报告")
# 现将某政府系统办理…情况报告如下: whom the report speaks for, where it says so itself.
_SPEAKS_FOR = re.compile(r"现将(?:[12]\d{3}年度?)?(?P<unit>[\u4e00-\u9fff]{2,20}?)(?:承办|办理)")
_TOLD: frozenset[FindingKind] = frozenset({"problem", "suggestion", "next_step"})
_ONE_TITLE = re.compile(r"(?P<title>(?:关于|对).*建议)(?:办理|的办理)")


def recognise(section: Section, flow: Flow) -> float:
    return 1.0 if report_kind(section.title) in _GENRES else 0.0


def name(section: Section) -> str:
    return report_kind(section.title)


def extract(section: Section, context: Context) -> Iterator[Fact]:
    """The report, its counts and rates, and the suggestions it speaks of."""
    head = report_head(section, context)
    yield report_document(section, context, head, genre=name(section))
    start, end = head.body
    unit = _unit(context.flow.text, start, end, head.unit)
    stats = list(handling_stats(section, context, unit=unit, start=start, end=end))
    yield from stats
    yield from headed_findings(section, context, start=start, end=end, kinds=_TOLD)
    yield from report_promises(section, context, unit=unit, said_on=head.date, start=start, end=end)
    aims = list(targets(section, context, said_on=head.date, start=start, end=end))
    yield from aims
    yield from report_terms(section, context, unit=unit, said_on=head.date, start=start, end=end)
    met = list(report_activities(section, context, body=unit, year=head.date[:4], start=start, end=end))
    yield from met
    counted = {(fact.start, fact.end) for fact in (*stats, *met, *aims)}
    yield from outside(counted, figures(section, context, start=start, end=end))
    named = list(suggestions(section, context, unit=unit, start=start, end=end))
    one = _ONE_TITLE.search(section.title) if name(section) == "重点督办建议办理报告" else None
    if one is None:
        yield from named
        return
    whole = Suggestion(
        at=context.span(section, *context.title_bounds(section)), title=one["title"], unit=unit, key=True
    )
    yield from _on_one(whole, named)


def _on_one(whole: Suggestion, named: list[Suggestion]) -> Iterator[Suggestion]:
    """A report on one suggestion is headed by it; a mention without a title can only mean that one."""
    mentions = [fact for fact in named if not fact.title or _alike(fact.title, whole.title)]
    for fact in mentions:
        whole = replace(
            whole,
            number=whole.number or fact.number,
            role=whole.role or fact.role,
            deputies=whole.deputies or fact.deputies,
        )
    yield whole
    yield from (fact for fact in named if fact not in mentions)


def _alike(one: str, other: str) -> bool:
    """The same title, printed with or without 关于 and 的建议?"""
    return one.removeprefix("关于") in other or other.removeprefix("关于") in one


def _unit(text: str, start: int, end: int, unit: str) -> str:
    """Whom the numbers belong to: the speaker's body, or the one the introduction names."""
    said = _SPEAKS_FOR.search(text, start, min(end, start + 400))
    return (
        said["unit"] if said and is_body(said["unit"]) and not said["unit"].startswith(("我", "本")) else unit
    )
