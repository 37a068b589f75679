"""The handover book and the units' ledgers: on the screen, as XLSX, as printed papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from bihuan.matters.access import places_run_by
from bihuan.matters.views import PAPER_FORMATS
from bihuan.modules.suggestions.office import book as books
from bihuan.modules.suggestions.office.reach import desks_of, unit, units_of
from bihuan.modules.suggestions.office.scopes import ScopeForm
from bihuan.modules.suggestions.papers import book_row
from bihuan.people.actors import Actor
from bihuan.people.doors import actor_of, signed_in
from bihuan.people.models import Organ, Place
from bihuan.ui.context import today_of
from bihuan.ui.export import Column, xlsx_response
from bihuan.ui.paging import page
from bihuan.writers.forms import BookRow, LedgerRow
from bihuan.writers.paper import Paper, PaperError

_BOOK: list[Column[BookRow]] = [
    Column("编号", lambda row: row.number, width=8),
    Column("建议标题", lambda row: row.title, width=50),
    Column("领衔代表", lambda row: row.lead_deputy, width=12),
    Column("联名人数", lambda row: row.joint, "number"),
    Column("主办单位", lambda row: row.lead),
    Column("协办单位", lambda row: "、".join(row.co)),
    Column("分办单位", lambda row: "、".join(row.separate)),
    Column("退回期限", lambda row: row.refuse_by, "day"),
    Column("会办意见期限", lambda row: row.co_opinion_by, "day"),
    Column("答复期限", lambda row: row.reply_by, "day"),
    Column("重点督办", lambda row: "重点" if row.is_priority else "", width=10),
    Column("督办委员会", lambda row: row.committee),
]
_LEDGER: list[Column[LedgerRow]] = [
    Column("编号", lambda row: row.number, width=8),
    Column("建议标题", lambda row: row.title, width=50),
    Column("领衔代表", lambda row: row.lead_deputy, width=12),
    Column("承办方式", lambda row: row.part, width=10),
    Column("承办人", lambda row: row.clerk, width=12),
    Column("办理期限", lambda row: row.due, "day"),
    Column("办理前联系", lambda row: row.contacts[0] if row.contacts else None, "number"),
    Column("办理中联系", lambda row: row.contacts[1] if row.contacts else None, "number"),
    Column("答复后联系", lambda row: row.contacts[2] if row.contacts else None, "number"),
    Column("会办意见", lambda row: row.co_opinion),
    Column("答复日期", lambda row: row.replied_on, "day"),
    Column("答复分类", lambda row: row.reply_class, width=10),
    Column("承诺事项", lambda row: row.promises, "number"),
    Column("备注", lambda row: row.note),
]


@require_GET
@signed_in
def book(request: HttpRequest) -> HttpResponseBase:
    """All suggestions handed over in a session or a year; `?format=` hands the whole out."""
    actor = actor_of(request)
    place = _book_place(actor)
    form = ScopeForm(request.GET, place=place)
    scope, asked = form.chosen, request.GET.get("format", "")
    offices = Organ.objects.filter(pk__in=desks_of(actor), kind__endswith="committee").order_by("pk")
    context = {"filter": form, "scope": scope, "urls": _urls(request), "offers_notice": bool(offices)}
    if scope is None:
        return render(request, "suggestions/book.html", context)
    rows = books.book(actor, place, scope)
    ordered = rows.order_by("session", "running_no", "matter")
    name = f"{scope.name}代表建议交办清册"
    if asked == "xlsx":
        all_rows = (book_row(each.matter) for each in ordered.iterator(chunk_size=500))
        return xlsx_response(all_rows, columns=_BOOK, name=name)
    if asked in PAPER_FORMATS:
        return _printed(request, lambda: books.book_paper(place, scope, ordered), name=name)
    office = offices.first()
    if asked.startswith("notice-") and office is not None and (scope.session or scope.between):
        today = today_of(request)
        return _printed(
            request,
            lambda: books.notice_paper(place, scope, list(ordered), office=office, dated=today),
            name=f"关于交办{scope.name}代表建议的通知",
        )
    shown = page(rows, keys=("running_no", "matter_id"), query=request.GET, count=True)
    shown = replace(shown, rows=tuple((each.matter, book_row(each.matter)) for each in shown.rows))
    return render(request, "suggestions/book.html", context | {"page": shown})


@require_GET
@signed_in
def units(request: HttpRequest) -> HttpResponse:
    """The units whose ledgers I may read, with how much each handles."""
    actor = actor_of(request)
    mine = units_of(actor).select_related("place")
    place = _any_place(actor)
    form = ScopeForm(request.GET, place=place)
    scope = form.chosen
    counted = books.counts(mine, scope) if scope else []
    context = {
        "filter": form,
        "scope": scope,
        "units": [{"unit": each, "total": sum(parts.values()), **parts} for each, parts in counted],
    }
    return render(request, "suggestions/units.html", context)


@require_GET
@signed_in
def ledger(request: HttpRequest, organ: int) -> HttpResponseBase:
    """One unit's ledger, by assignment; no deputy's judgement stands in it."""
    found = unit(actor_of(request), organ)
    form = ScopeForm(request.GET, place=found.place)
    scope, asked = form.chosen, request.GET.get("format", "")
    context = {"filter": form, "scope": scope, "unit": found, "urls": _urls(request)}
    if scope is None:
        return render(request, "suggestions/ledger.html", context)
    rows = books.assignments(found, scope)
    ordered = rows.order_by("matter__suggestion__session", "matter__suggestion__running_no", "pk")
    name = f"{found}{scope.name}代表建议承办台账"
    if asked == "xlsx":
        all_rows = (books.ledger_row(each) for each in ordered.iterator(chunk_size=500))
        return xlsx_response(all_rows, columns=_LEDGER, name=name)
    if asked in PAPER_FORMATS:
        today = today_of(request)
        return _printed(
            request, lambda: books.ledger_paper(found, scope, ordered, counted_on=today), name=name
        )
    shown = page(rows, keys=("matter__suggestion__running_no", "id"), query=request.GET, count=True)
    shown = replace(shown, rows=tuple((each.matter, books.ledger_row(each)) for each in shown.rows))
    return render(request, "suggestions/ledger.html", context | {"page": shown})


def _book_place(actor: Actor) -> Place:
    """Whose book: those who run the house read all of it, a government's general office what its agencies have."""
    offices = {post.place for post in actor.posts if post.organ_kind == "government_office"}
    places = places_run_by(actor) or offices
    if not places:
        raise PermissionDenied(
            "交办清册由人大常委会的工作机构和政府办公室使用。本单位承办的，请看“承办台账”。"
        )
    return Place.objects.get(pk=min(places))


def _any_place(actor: Actor) -> Place:
    if not actor.posts:
        raise PermissionDenied("您目前没有职务，没有可以查看的承办台账。")
    return Place.objects.get(pk=actor.posts[0].place)


def _printed(request: HttpRequest, make: Callable[[], Paper], *, name: str) -> HttpResponse:
    """The paper as a file, or back to the page with the reason why there is none."""
    form = request.GET["format"].removeprefix("notice-")
    if form not in PAPER_FORMATS:
        return redirect(request.path)
    render_paper, media_type = PAPER_FORMATS[form]
    try:
        made = render_paper(make())
    except PaperError as refusal:
        messages.error(request, str(refusal))
        return redirect(request.path)
    response = HttpResponse(made, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(form == "docx", f"{name}.{form}") or ""
    return response


def _urls(request: HttpRequest) -> dict[str, str]:
    """The same list in each form it is handed out in."""
    query = request.GET.copy()
    for gone in ("after", "before", "format"):
        query.pop(gone, None)
    urls = {}
    for form in ("xlsx", "pdf", "docx", "notice-pdf", "notice-docx"):
        query["format"] = form
        urls[form.replace("-", "_")] = f"?{query.urlencode()}"
    return urls
