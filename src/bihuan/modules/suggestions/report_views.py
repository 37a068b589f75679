"""The report on handling suggestions: its page, the rows behind each number, the printed paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from bihuan.kernel.glossary import chinese
from bihuan.matters.access import places_run_by
from bihuan.matters.effects import STATES
from bihuan.matters.models import Party, Promise
from bihuan.matters.views import PAPER_FORMATS
from bihuan.modules.suggestions.figures import (
    ASSIGNMENTS,
    GRANTS,
    PROMISES,
    Figure,
    Period,
    Scope,
)
from bihuan.modules.suggestions.models import CongressSession, Grant, Suggestion
from bihuan.modules.suggestions.office.reach import units_of
from bihuan.modules.suggestions.procedure import AGENCY, REPLYING
from bihuan.modules.suggestions.report import ASSIGNED, BETWEEN, CONGRESS, FUNDED, TOTAL, UNIT_COLUMNS, Report
from bihuan.modules.suggestions.texts import numbered
from bihuan.people.actors import Actor
from bihuan.people.doors import actor_of, signed_in
from bihuan.people.models import Organ, Place
from bihuan.ui.context import today_of
from bihuan.ui.export import Column, xlsx_response
from bihuan.ui.paging import page
from bihuan.writers import PaperError

GOVERNMENT = "government"
NOBODY = (
    "办理情况统计由人大常委会的工作机构、政府办公室和承办单位查看。您提出的建议办得怎样，请看“代表建议”。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads: of which place, whether as one of those who run the house, and whose figures are open."""

    place: Place
    inside: bool
    government: bool
    units: Sequence[Organ]


def reader_of(actor: Actor) -> Reader:
    """PermissionDenied for whoever neither runs the house nor speaks for a handler."""
    run = places_run_by(actor)
    posts = [post for post in actor.posts if run or post.role in AGENCY]
    units = units_of(actor).filter(until__isnull=True) if posts else Organ.objects.none()
    place = min(run) if run else next((post.place for post in posts), None)
    if place is None or not (run or units):
        raise PermissionDenied(NOBODY)
    routes = any(post.organ_kind == "government_office" for post in posts)
    return Reader(
        place=Place.objects.get(pk=place),
        inside=bool(run),
        government=bool(run) or routes,
        units=tuple(units.filter(place=place)),
    )


class ReportForm(forms.Form):
    """Which period, of whose."""

    period = forms.ChoiceField(label="时间", required=False)
    time = forms.ChoiceField(
        label="提出时间",
        required=False,
        choices=(("", "大会和闭会期间"), ("congress", "大会期间"), ("between", "闭会期间")),
    )
    of = forms.ChoiceField(label="范围", required=False)

    def __init__(self, *args: Any, reader: Reader, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader, self.today = reader, today
        self.sessions = {f"s{each.pk}": each for each in reader.place.congress_sessions.order_by("-opens_on")}
        years = [(str(year), f"{year}年") for year in _years(reader.place, today)]
        told = [
            (code, f"第{each.congress}届第{each.session}次会议以来") for code, each in self.sessions.items()
        ]
        self.fields["period"].choices = [*years, *told]  # type: ignore[attr-defined]
        whose = [("", "全部")] if reader.inside else []
        whose += [(GOVERNMENT, "政府系统")] if reader.government else []
        whose += [(str(organ.pk), str(organ)) for organ in reader.units]
        self.fields["of"].choices = whose  # type: ignore[attr-defined]

    def scope(self) -> Scope:
        """What was asked for; what cannot be read asks for this year, and the widest that is open."""
        given = self.cleaned_data if self.is_valid() else {}
        period, of = given.get("period") or "", given.get("of") or ""
        if not of and not self.reader.inside:
            of = str(self.fields["of"].choices[0][0])  # type: ignore[attr-defined]
        session: CongressSession | None = self.sessions.get(period)
        year = None if session else int(period or self.today.year)
        return Scope(
            place=self.reader.place,
            period=Period(year=year, session=session, time=given.get("time") or ""),
            on=self.today,
            government=of == GOVERNMENT,
            unit=next((organ for organ in self.reader.units if str(organ.pk) == of), None),
        )


def _years(place: Place, today: date) -> list[int]:
    """The years there are suggestions of, this year first."""
    years = Suggestion.objects.filter(place=place).order_by("year").values_list("year", flat=True)
    first, last = years.first() or today.year, years.last() or today.year
    return list(range(max(last, today.year), first - 1, -1))


def _asked(request: HttpRequest) -> tuple[Report, ReportForm]:
    reader = reader_of(actor_of(request))
    # What the page shows chosen is what it counts: the defaults are filled in.
    form = ReportForm(request.GET, reader=reader, today=today_of(request))
    report = Report(scope=form.scope(), inside=reader.inside)
    shown = {"period": str(report.scope.period.year), "time": "", "of": _of(report.scope)}
    return report, ReportForm({**shown, **request.GET.dict()}, reader=reader, today=today_of(request))


def _of(scope: Scope) -> str:
    return GOVERNMENT if scope.government else str(scope.unit.pk) if scope.unit else ""


def address_of(scope: Scope) -> dict[str, str]:
    """What in an address tells the scope."""
    session = scope.period.session
    period = f"s{session.pk}" if session else str(scope.period.year)
    return {"period": period, "time": scope.period.time, "of": _of(scope)}


@require_GET
@signed_in
def report(request: HttpRequest) -> HttpResponse:
    """Everything counted, each number a link to its rows."""
    found, form = _asked(request)
    query = urlencode(address_of(found.scope))
    context = {
        "report": found,
        "form": form,
        "query": query,
        "rows_url": f"{reverse('suggestions:report_rows')}?{query}&figure=",
        "head": [found.line(each) for each in (TOTAL, CONGRESS, BETWEEN, ASSIGNED)],
        "funded": found.line(FUNDED),
        "unit_columns": [words for _, words, _ in UNIT_COLUMNS],
    }
    return render(request, "suggestions/report.html", context)


@require_GET
@signed_in
def rows(request: HttpRequest) -> HttpResponseBase:
    """Exactly the rows that a number counts. A number that would tell single judgements opens for nobody but
    those who run the house: to others it does not exist."""
    found, _ = _asked(request)
    figure = found.figures.get(request.GET.get("figure", ""))
    if figure is None:
        raise Http404
    listed, columns = _listed(figure, found.scope)
    if request.GET.get("format") == "xlsx":
        return xlsx_response(
            listed.order_by("pk").iterator(chunk_size=500), columns=columns, name=f"{figure.name}清单"
        )
    shown = page(listed, keys=("id",), query=request.GET, count=True)
    xlsx = request.GET.copy()
    xlsx["format"] = "xlsx"
    context = {
        "report": found,
        "figure": figure,
        "page": shown,
        "columns": [each.label for each in columns],
        "rows": [_cells(row, columns) for row in shown.rows],
        "xlsx_url": f"?{xlsx.urlencode()}",
        "back": f"{reverse('suggestions:report')}?{urlencode(address_of(found.scope))}",
    }
    return render(request, "suggestions/report_rows.html", context)


def _cells(row: Any, columns: Sequence[Column[Any]]) -> tuple[str, list[tuple[str, Any]]]:
    """The number of the matter to open, and the cells with their headings."""
    return row.matter.number, [(column.label, column.value(row)) for column in columns]


def _listed(figure: Figure, scope: Scope) -> tuple[QuerySet[Any], Sequence[Column[Any]]]:
    rows = figure.rows(scope)
    if figure.table == ASSIGNMENTS:
        return rows.select_related("matter__suggestion", "organ"), _ASSIGNMENTS
    if figure.table == PROMISES:
        return rows.select_related("matter", "party__organ"), _PROMISES
    if figure.table == GRANTS:
        return rows.select_related("matter", "organ"), _GRANTS
    parties = Party.objects.filter(part__in=REPLYING, until__isnull=True).select_related("organ")
    replying = Prefetch("matter__parties", parties.order_by("pk"), to_attr="replying")
    return rows.select_related("matter").prefetch_related(replying), _SUGGESTIONS


def _lane(party: Party) -> str:
    lane = party.matter.procedure.lane_of(party.part)
    found = (stage.name for stage in lane.stages if stage.code == party.stage) if lane else ()
    return next(iter(found), "")


_SUGGESTIONS: tuple[Column[Any], ...] = (
    Column("编号", numbered),
    Column("标题", lambda row: row.matter.title, width=60),
    Column("承办单位", lambda row: "、".join(str(each.organ) for each in row.matter.replying)),
    Column("阶段", lambda row: row.stage_name),
    Column("分类", lambda row: f"{row.result_class}类" if row.result_class else ""),
)
_ASSIGNMENTS: tuple[Column[Any], ...] = (
    Column("编号", lambda row: numbered(row.matter.suggestion)),
    Column("标题", lambda row: row.matter.title, width=60),
    Column("承办单位", lambda row: str(row.organ)),
    Column("承办方式", lambda row: chinese(f"part.{row.part}")),
    Column("阶段", _lane),
)
_PROMISES: tuple[Column[Promise], ...] = (
    Column("承诺", lambda row: row.text, width=60),
    Column("单位", lambda row: str(row.party.organ)),
    Column("责任人", lambda row: row.person),
    Column("时限", lambda row: row.due_on, "day"),
    Column("状态", lambda row: dict(STATES)[row.state]),
)
_GRANTS: tuple[Column[Grant], ...] = (
    Column("标题", lambda row: row.matter.title, width=60),
    Column("单位", lambda row: str(row.organ)),
    Column("日期", lambda row: row.on, "day"),
    Column("金额（元）", lambda row: row.amount, "number"),
    Column("用途", lambda row: row.purpose, width=40),
)


@require_GET
@signed_in
def paper(request: HttpRequest, form: Literal["pdf", "docx"]) -> HttpResponse:
    """The report as printed; refused with its reason where parts do not add up."""
    found, _ = _asked(request)
    if form not in PAPER_FORMATS:
        raise Http404
    render_paper, media_type = PAPER_FORMATS[form]
    try:
        made = render_paper(found.paper())
    except PaperError as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('suggestions:report')}?{urlencode(address_of(found.scope))}")
    response = HttpResponse(made, content_type=media_type)
    response["Content-Disposition"] = (
        content_disposition_header(form == "docx", f"{found.title}.{form}") or ""
    )
    return response
