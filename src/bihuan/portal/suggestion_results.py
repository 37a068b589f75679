"""The yearly result list of suggestions as the public may know it: by class of reply, each number a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count

from bihuan.kernel.law import shipped_law
from bihuan.kernel.reply_classes import reply_classes
from bihuan.matters.models import Matter
from bihuan.modules.suggestions.models import Publication
from bihuan.portal import public


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassCount:
    """How many published suggestions have replies of this class."""

    letter: str
    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearResults:
    """The suggestions whose result was published in a year. `withheld` of them without the reply, with a reason;
    `closed` besides them, of which their deputies want nothing public."""

    year: int
    total: int
    classes: tuple[ClassCount, ...]
    withheld: int
    closed: int


def years_published() -> list[int]:
    """The years in which results were published, the newest first."""
    days = public.published().filter(procedure_code="suggestion").order_by("published_on")
    first, last = days.values_list("published_on", flat=True).first(), days.last()
    if first is None or last is None or last.published_on is None:
        return []
    return list(range(last.published_on.year, first.year - 1, -1))


def results_of(year: int) -> YearResults:
    """Counted in three queries, from what is published and nothing else."""
    within = (date(year, 1, 1), date(year, 12, 31))
    rows = public.narrowed(public.published(), kind="suggestion", year=year)
    counts = dict(rows.order_by().values_list("suggestion__result_class").annotate(n=Count("pk")))
    shut = Publication.objects.filter(matter__in=rows.values("pk"), current=True).exclude(withheld="")
    closed = Matter.objects.filter(published_on__range=within, suggestion__publicity="closed")
    rule = shipped_law().find("suggestion.classes", place=settings.BIHUAN_PLACE, on=within[1])
    names = {each.letter: each.name for each in reply_classes(rule)} if rule else {}
    letters = [*names, *sorted(set(counts) - set(names))]
    return YearResults(
        year=year,
        total=sum(counts.values()),
        classes=tuple(
            ClassCount(letter=letter, name=names.get(letter, ""), count=counts.get(letter, 0))
            for letter in letters
        ),
        withheld=shut.values("matter").distinct().count(),
        closed=closed.count(),
    )
