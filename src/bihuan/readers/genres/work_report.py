"""专项工作报告, 执法检查报告, 调研报告 and their like: what was done, what is wrong, what comes next."""

from __future__ import annotations

from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Fact, FindingKind
from bihuan.readers.parts.audits import audits
from bihuan.readers.parts.figures import figures, outside
from bihuan.readers.parts.headed import headed_findings
from bihuan.readers.parts.promises import report_promises
from bihuan.readers.parts.report_activities import report_activities
from bihuan.readers.parts.report_heads import report_document, report_head
from bihuan.readers.parts.report_terms import report_terms
from bihuan.readers.parts.targets import targets
from bihuan.readers.text import Flow
from bihuan.readers.wording.reports import report_kind

_GENRES = ("专项工作报告", "执法检查报告", "调研报告", "审议结果报告")
_HEADED = ("专项工作报告", "执法检查报告", "调研报告")  # those that are read by their headings
_TOLD: frozenset[FindingKind] = frozenset({"achievement", "problem", "suggestion", "next_step"})


def recognise(section: Section, flow: Flow) -> float:
    return 0.8 if report_kind(section.title) in _GENRES else 0.0


def name(section: Section) -> str:
    return report_kind(section.title)


def extract(section: Section, context: Context) -> Iterator[Fact]:
    """The report, and what it tells under its headings."""
    head = report_head(section, context)
    document = report_document(section, context, head, genre=name(section))
    yield document
    if name(section) in _HEADED:
        start, end = head.body
        yield from headed_findings(section, context, start=start, end=end, kinds=_TOLD)
        aims = list(targets(section, context, said_on=head.date, start=start, end=end))
        yield from aims
        yield from report_terms(
            section, context, unit=document.issuer or head.unit, said_on=head.date, start=start, end=end
        )
        met = list(
            report_activities(
                section, context, body=document.issuer or head.unit, year=head.date[:4], start=start, end=end
            )
        )
        yield from met
        audited = list(audits(section, context, whole="审计" in section.title, start=start, end=end))
        yield from audited
        counted = {(fact.start, fact.end) for fact in (*audited, *met, *aims)}
        yield from outside(counted, figures(section, context, start=start, end=end))
        if name(section) == "专项工作报告":  # the congress's own reports advise, they do not promise
            unit = document.issuer or head.unit
            yield from report_promises(section, context, unit=unit, said_on=head.date, start=start, end=end)
