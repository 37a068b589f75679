"""常委会工作报告 and 工作综述: what a standing committee did in a year, how often, and what it found wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Fact
from bihuan.readers.parts.activities import activity_counts
from bihuan.readers.parts.assessments import assessments
from bihuan.readers.parts.audits import audits
from bihuan.readers.parts.figures import figures, outside
from bihuan.readers.parts.handling import handling_stats
from bihuan.readers.parts.report_heads import report_document, report_head
from bihuan.readers.parts.supervised import supervised
from bihuan.readers.parts.targets import targets
from bihuan.readers.parts.told_findings import told_findings
from bihuan.readers.text import Flow
from bihuan.readers.wording.reports import report_kind

_GENRES = ("常委会工作报告", "工作综述")
# 2025年某县人大常委会工作综述; else the first committee the text names.
_TITLED = re.compile(r"(?:[12]\d{3}年)?(?P<body>[\u4e00-\u9fff]{1,10}?人大常委会)")
_NAMED = re.compile(r"(?P<body>[市县区州省]人大常委会)")
_YEAR = re.compile(r"(?P<year>20\d\d)年")
_ON_SUGGESTIONS = re.compile("建议|议案|建議|議案")
_FARTHEST_YEAR = 3000  # characters within which a report names its year


def recognise(section: Section, flow: Flow) -> float:
    return 0.9 if report_kind(section.title) in _GENRES else 0.0


def name(section: Section) -> str:
    return report_kind(section.title)


def extract(section: Section, context: Context) -> Iterator[Fact]:
    """The report, its counts, what was heard and inspected, what was found, and the other figures."""
    head = report_head(section, context)
    start, end = head.body
    text = context.flow.text
    titled = _TITLED.search(section.title.rpartition("—")[2]) or _NAMED.search(text, start, end)
    body = titled["body"] if titled else ""
    told = _YEAR.search(section.title) or _YEAR.search(text, start, min(end, start + _FARTHEST_YEAR))
    year = told["year"] if told else ""
    document = report_document(section, context, head, genre=name(section))
    # A summary for the public is given on no day.
    doubt = document.doubt if name(section) == "常委会工作报告" else ""
    yield replace(document, issuer=document.issuer or body, doubt=doubt)
    for a, b in context.stretches(section, head.body):
        counts = list(activity_counts(section, context, body=body, year=year, start=a, end=b))
        yield from counts
        yield from supervised(section, context, start=a, end=b)
        yield from told_findings(section, context, start=a, end=b)
        audited = list(audits(section, context, whole=False, start=a, end=b))
        yield from audited
        stats = [
            fact
            for fact in handling_stats(section, context, unit=body, start=a, end=b)
            if _ON_SUGGESTIONS.search(fact.quote)  # other rates are of other work
        ]
        yield from stats
        yield from assessments(section, context, start=a, end=b)
        yield from targets(section, context, said_on=document.date, start=a, end=b)
        counted = {(fact.start, fact.end) for fact in (*counts, *audited, *stats)}
        yield from outside(counted, figures(section, context, start=a, end=b, year=year))
