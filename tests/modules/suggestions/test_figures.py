"""A city's year in its true proportions: the figures, their rows, and the printed report."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.matters.models import Party
from bihuan.modules.suggestions.figures import Period, Scope
from bihuan.modules.suggestions.models import CongressSession, Rating, Suggestion
from bihuan.modules.suggestions.report import Report
from bihuan.people.demo import Cast
from bihuan.writers.plain import plain_lines
from tests.modules.suggestions.yearbook import COUNTED_ON, write_year

NOON = datetime(2026, 6, 30, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module")
def session(county: Cast) -> CongressSession:
    return write_year(county)


@pytest.fixture
def whole(cast: Cast, session: CongressSession) -> Report:
    """What the deputies' affairs office reports of the session and what followed."""
    period = Period(session=session)
    return Report(scope=Scope(place=cast.place, period=period, on=COUNTED_ON), inside=True)


def government(cast: Cast, session: CongressSession, *, time: str = "", inside: bool = True) -> Report:
    period = Period(session=session, time=time)
    scope = Scope(place=cast.place, period=period, on=COUNTED_ON, government=True)
    return Report(scope=scope, inside=inside)


def unit(cast: Cast, code: str, *, inside: bool, period: Period | None = None) -> Report:
    period = period or Period(year=2026)
    scope = Scope(place=cast.place, period=period, on=COUNTED_ON, unit=cast.organs[code])
    return Report(scope=scope, inside=inside)


def counted(report: Report, *codes: str) -> dict[str, int]:
    return {code: report.counts[code] for code in codes}


def test_the_year_is_counted_by_time_and_by_body(whole: Report) -> None:
    assert counted(whole, "total", "congress", "between") == {"total": 364, "congress": 357, "between": 7}
    assert counted(whole, "body.government", "body.court", "body.other", "body.none") == {
        "body.government": 338,
        "body.court": 9,
        "body.other": 17,
        "body.none": 0,
    }


def test_assignments_are_counted_apart_from_suggestions(whole: Report) -> None:
    assert counted(whole, "assigned", "part.lead", "part.co") == {
        "assigned": 603,
        "part.lead": 364,
        "part.co": 239,
    }


def test_the_governments_classes_at_the_congress_have_the_printed_shares(
    cast: Cast, session: CongressSession
) -> None:
    report = government(cast, session, time="congress")
    classes = next(each for each in report.sections() if each.heading == "答复分类")
    assert [(line.count, line.share) for line in classes.lines] == [
        (163, "163÷331＝49.24%"),
        (156, "156÷331＝47.13%"),
        (12, "12÷331＝3.63%"),
        (0, "0÷331＝0.00%"),
    ]


def test_the_governments_satisfaction_counts_the_last_judgement_and_keeps_the_first(
    cast: Cast, session: CongressSession
) -> None:
    report = government(cast, session)
    codes = ("rated", "satisfied", "result.dissatisfied", "first.dissatisfied", "again")
    assert list(counted(report, *codes).values()) == [338, 331, 7, 10, 10]


def test_the_printed_report_says_the_years_figures(whole: Report) -> None:
    lines = plain_lines(whole.paper())
    text = "\n".join(lines)
    told = (
        "共收到代表建议、批评和意见364件，其中大会期间提出357件，闭会期间提出7件",
        "收到建议364件，已答复364件，占364÷364＝100.00%",
        "首次办理结果评价不满意的11件；再次办理10件，再次办理后按最近一次评价满意0件，基本满意3件，不满意7件",
    )
    assert [each for each in told if each not in text] == []
    cells = [
        ("政府及其部门", "338", "338÷364＝92.86%"), ("人民法院", "9", "9÷364＝2.47%"),
        ("党群部门和其他单位", "17", "17÷364＝4.67%"), ("主办", "364", "364÷603＝60.36%"),
    ]  # fmt: skip
    assert [cell for cell in cells if not all(each in text for each in cell)] == []


def test_every_figure_opens_exactly_its_rows(whole: Report) -> None:
    Party.objects.filter(matter__suggestion__running_no__lte=3).update(part="separate")
    Suggestion.objects.filter(running_no__in=(4, 5)).update(running_no=None)
    different = {
        code: (whole.counts[code], figure.rows(whole.scope).count())
        for code, figure in whole.figures.items()
        if whole.counts[code] != figure.rows(whole.scope).count()
    }
    assert different == {}


@pytest.mark.parametrize("rows", [1, 5])
def test_counting_asks_as_often_however_many_there_are(whole: Report, rows: int) -> None:
    kept = Suggestion.objects.order_by("pk").values_list("pk", flat=True)[:rows]
    Suggestion.objects.exclude(pk__in=list(kept)).delete()
    with CaptureQueriesContext(connection) as asked:
        list(whole.sections())
        whole.unit_rows()
    assert len(asked) == 6  # one a table, and the units


def test_a_suggestion_of_several_bodies_is_counted_once(whole: Report, cast: Cast) -> None:
    matter = Suggestion.objects.get(running_no=1, session=5).matter
    matter.parties.filter(part="lead").update(part="separate")
    Party.objects.create(
        matter=matter, organ=cast.organs["court"], part="separate", since=COUNTED_ON, stage="answered"
    )
    assert counted(whole, "body.government", "body.several", "total") == {
        "body.government": 337,
        "body.several": 1,
        "total": 364,
    }


def test_a_suggestion_without_a_handler_is_a_gap(whole: Report) -> None:
    matter = Suggestion.objects.get(running_no=1, session=5).matter
    matter.parties.filter(part__in=("lead", "co")).update(until=COUNTED_ON)
    assert whole.gaps() == ["还没有承办单位的建议1件。"]


def test_a_unit_with_open_assignments_is_a_gap(whole: Report) -> None:
    party = Party.objects.filter(part="lead", organ__short_name="县林业局").first()
    assert party is not None
    party.stage = "handling"
    party.save()
    party.terms.update(met_on=None)
    party.matter.stage = "handling"
    party.matter.save()
    assert whole.gaps() == ["县林业局还有1件次没有答复或者提交会办意见，报告还不完整。"]


def test_silence_stands_outside_the_denominator(whole: Report) -> None:
    matter = Suggestion.objects.get(running_no=20, session=5).matter
    matter.ratings.all().delete()
    matter.stage = "settling"
    matter.save()
    matter.deeds.create(
        act="end_rating", name="登记逾期未评价", round=1, on=COUNTED_ON, at=NOON, seq=10**9, actor="许婷"
    )
    assert counted(whole, "rated", "silent", "total") == {"rated": 363, "silent": 1, "total": 364}


def test_of_several_judgements_the_worst_counts(whole: Report) -> None:
    rating = Rating.objects.filter(round=1, matter__suggestion__running_no=20).latest("pk")
    other = Party.objects.create(
        matter=rating.matter, organ=rating.deputy.organ, part="joint", stage="rated", since=COUNTED_ON
    )
    Rating.objects.create(
        matter=rating.matter, deputy=other, round=1, attitude="satisfied", result="dissatisfied", at=NOON
    )
    assert counted(whole, "rated", "result.dissatisfied") == {"rated": 364, "result.dissatisfied": 9}


# --- what an agency may know


def test_an_agency_has_no_figure_that_opens_a_judgement(cast: Cast, session: CongressSession) -> None:
    report = unit(cast, "water", inside=False)
    assert [each.code for each in report.figures.values() if each.is_private] == []


def test_an_agency_sees_totals_of_whole_groups_only(cast: Cast, session: CongressSession) -> None:
    _leave(cast, 9)
    grades = unit(cast, "water", inside=False).grades
    assert grades is not None
    assert [sum(grades[which].values()) for which in ("attitude", "result")] == [5, 5]


def test_an_agency_sees_no_total_of_a_smaller_group(cast: Cast, session: CongressSession) -> None:
    _leave(cast, 4)
    report = unit(cast, "water", inside=False)
    assert (report.grades, "代表评价" in "\n".join(plain_lines(report.paper()))) == (None, False)


def test_the_house_sees_the_totals_of_any_group(cast: Cast, session: CongressSession) -> None:
    _leave(cast, 4)
    grades = unit(cast, "water", inside=True).grades
    assert grades is not None
    assert sum(grades["result"].values()) == 4


def test_an_agency_cannot_subtract_one_period_from_another(cast: Cast, session: CongressSession) -> None:
    period = Period(session=session)
    assert unit(cast, "water", inside=False, period=period).grades is None


def _leave(cast: Cast, judged: int) -> None:
    """Of the water bureau's suggestions only so many judged."""
    led = Party.objects.filter(organ=cast.organs["water"], part="lead").order_by("pk")
    kept = led.values_list("matter", flat=True)[20 : 20 + judged]
    Rating.objects.filter(matter__in=led.values("matter")).exclude(matter__in=list(kept)).delete()
