"""Taking in earlier years' suggestions: upload, look at every row, take in or throw away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bihuan.library.uploads import refused_files
from bihuan.matters.doing import NotAllowed, Refused
from bihuan.modules.suggestions.models import ImportBatch
from bihuan.modules.suggestions.office import earlier
from bihuan.modules.suggestions.office.reach import house_place
from bihuan.people.actors import Actor
from bihuan.people.doors import actor_of, signed_in
from bihuan.people.models import Place
from bihuan.readers.sheets import CannotOpen
from bihuan.ui.context import today_of
from bihuan.ui.forms import DayField

ROWS_ON_A_PAGE = 100
SHOWN = (
    "number",
    "meeting",
    "title",
    "lead",
    "main",
    "co",
    "separate",
    "result",
    "rating",
    "raised",
    "answered",
)


class UploadForm(forms.Form):
    """The list, and what holds where it says nothing."""

    file = forms.FileField(label="往年建议的表格", help_text="XLSX、XLS 或 CSV，一行一件。")
    congress = forms.IntegerField(label="第几届", min_value=1, max_value=99)
    session = forms.IntegerField(
        label="第几次会议",
        required=False,
        min_value=1,
        max_value=20,
        help_text="闭会期间提出的不填。表里有“届次”一列的，以表为准。",
    )
    on = DayField(
        label="提出日期", help_text="表里没有“提出日期”的，按这一天登记；大会期间提出的，填会议闭幕的那一天。"
    )

    def defaults(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"congress": given["congress"], "session": given["session"], "on": given["on"].isoformat()}


@require_http_methods(["GET", "POST"])
@signed_in
def upload(request: HttpRequest) -> HttpResponse:
    """Hand in a list; nothing is registered by that."""
    actor = actor_of(request)
    place = _place(actor)
    form = UploadForm(request.POST or None, request.FILES or None)
    for _, why in refused_files(request):
        form.add_error("file", why)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            batch = earlier.receive(
                data=sent.read(),
                name=sent.name or "未命名",
                place=place,
                defaults=form.defaults(),
                actor=actor,
                at=timezone.now(),
            )
        except CannotOpen as wrong:
            form.add_error("file", str(wrong))
        else:
            return redirect("suggestions:preview", pk=batch.pk)
    batches = ImportBatch.objects.filter(place=place).select_related("document").order_by("-made_at", "-pk")
    context = {
        "form": form,
        "batches": batches.defer("rows", "skipped", "notes")[:20],
        "columns": earlier.COLUMNS,
    }
    return render(request, "suggestions/earlier.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Every row of a list with what is wrong with it; then all that is right is taken in, or nothing."""
    actor = actor_of(request)
    place = _place(actor)
    batch = get_object_or_404(ImportBatch.objects.select_related("place", "document"), pk=pk, place=place)
    refusal, out = "", _numbers(request.POST.getlist("out"))
    if request.method == "POST":
        if "out_all" in request.POST:
            out |= {row["row"] for row in earlier.faulty(batch)}
        try:
            return _decided(request, batch, out, actor)
        except Refused as refused:
            refusal = str(refused)
            batch.refresh_from_db()
    faulty = earlier.faulty(batch)
    good = len(batch.rows) - len(faulty)
    rows = Paginator(batch.rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "batch": batch,
        "faulty": faulty[:500],
        "more_faulty": max(0, len(faulty) - 500),
        "count": len(batch.rows),
        "good": good,
        "bad": len(faulty),
        "rows": [
            (row["row"], [(earlier.LABELS[key], row["shown"][key]) for key in SHOWN], row["faults"])
            for row in rows
        ],
        "labels": [earlier.LABELS[key] for key in SHOWN],
        "pages": rows,
        "out": out,
        "refusal": refusal,
    }
    return render(request, "suggestions/preview.html", context, status=409 if refusal else 200)


def _decided(request: HttpRequest, batch: ImportBatch, out: set[int], actor: Actor) -> HttpResponse:
    if "discard" in request.POST:
        earlier.discard(batch, actor=actor)
        messages.success(request, "没有导入。上传的文件还留在文件库里。")
        return redirect("suggestions:earlier")
    if "check" in request.POST:
        earlier.check(batch, today=today_of(request), sheet=request.POST.get("sheet", "")[:100])
        messages.success(request, "已重新检查。")
        return redirect("suggestions:preview", pk=batch.pk)
    count = earlier.commit(batch, leave_out=out, actor=actor, at=timezone.now())
    left = f"，{len(out)}行没有导入" if out else ""
    messages.success(request, f"已导入{count}件{left}，并记入台账。")
    return redirect("suggestions:preview", pk=batch.pk)


def _place(actor: Actor) -> Place:
    """The place whose receiving office the actor works in."""
    place = house_place(actor)
    try:
        earlier.importing_post(actor, place)
    except NotAllowed as refused:
        raise PermissionDenied(str(refused)) from refused
    return place


def _numbers(given: list[str]) -> set[int]:
    return {int(each) for each in given if each.isascii() and each.isdigit() and len(each) < 9}
