"""Figures in running text: a number, its measure, what it counts, and how it changed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from sys import maxsize

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Figure
from bihuan.readers.wording.quantities import QUANTITY, number_of, subject_and_end

_GROUP = re.compile(r"(?P<of>[一二三四五六七八九十两]{1,2}[大个]?(?:类|方面))$")
_CHANGE = re.compile(
    r"[，、]?(?:同比|较上年(?:同期|末)?|比上年(?:同期)?|比去年|较[12]\d{3}年|环比|可比)(?P<way>增长|增加|上升|提高|下降|减少|降低)了?"
    r"(?P<by>\d[\d,]*(?:\.\d+)?)(?P<measure>%|个百分点|[万亿]?(?:元|公顷|吨|亩|人|户|家|件|个))"
)
_TO = re.compile(r"(?:已|逐步|大幅)?(?:下降|减少|增加|上升|提高|增长|压减|扩大|增至|降)[到至]?")
_FALLS = ("下降", "减少", "降低")
_YEAR = re.compile(r"([12]\d{3})年")
_FARTHEST = 60  # characters before a number within which its year stands
_SURE = 0.8  # the number is certain, the words around it that say what it counts less so


def figures(section: Section, context: Context, *, start: int, end: int, year: str = "") -> Iterator[Figure]:
    """The figures of text[start:end], each with the words that say what it counts.

    They are of the year the title names, or of `year` where the paper tells it otherwise.
    """
    text = context.flow.text
    stated = _YEAR.search(section.title)
    last: re.Match[str] | None = None
    named = ""
    changes = -1  # where the number of the last change ended
    for match in QUANTITY.finditer(text, start, end):
        if match.start() < changes:
            continue
        group = _GROUP.search(text, max(start, match.start() - 6), match.start())
        noun, stop = subject_and_end(text, start, match, end)
        alike = last is not None and not noun and match["measure"] == last["measure"]
        if last and (alike or _TO.fullmatch(text, last.end(), match.start())):
            noun = named if text.find("。", last.end(), match.start()) < 0 else noun  # 由12座增加到15座
        last, named = match, noun
        if not noun:
            continue
        change = _CHANGE.match(text, match.end(), end)
        changes = change.end() if change else changes
        measure = match["measure"]
        # 10大项13个子项民生实事项目: the measure tells the two apart.
        kind = measure.lstrip("个") if measure in ("大项", "小项", "个子项", "子项") else ""
        yield Figure(
            at=context.span(section, group.start() if group else match.start(), stop),
            subject=f"{noun}{kind}" + (f"（{group['of']}）" if group else ""),
            confidence=_SURE,
            value=number_of(match),
            measure="项" if kind else measure,
            year=stated[1] if stated else year,
            change=_by(change) if change else None,
            change_measure=change["measure"] if change else "",
        )


def _by(change: re.Match[str]) -> int | float:
    """How much a figure grew; less than nothing where it fell."""
    value = float(change["by"].replace(",", "")) * (-1 if change["way"] in _FALLS else 1)
    return int(value) if value.is_integer() else value


def outside(counted: set[tuple[int, int]], found: Iterator[Figure]) -> Iterator[Figure]:
    """The figures that lie in none of the stretches `counted`: those numbers are other facts already."""
    spans = sorted(counted)
    for figure in found:
        before = bisect_right(spans, (figure.start, maxsize)) - 1
        if before < 0 or spans[before][1] <= figure.start:
            yield figure
