"""The page on which many suggestions are handed over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bihuan.matters.access import visible_matters
from bihuan.matters.models import Matter
from bihuan.modules.suggestions.forms import AGENCY_KINDS
from bihuan.modules.suggestions.office import handover
from bihuan.modules.suggestions.office.handover import PARTS, Line
from bihuan.modules.suggestions.office.names import Names
from bihuan.modules.suggestions.office.reach import house_place
from bihuan.modules.suggestions.procedure import SUGGESTION
from bihuan.people.actors import Actor
from bihuan.people.doors import actor_of, signed_in
from bihuan.people.models import Organ, Place
from bihuan.ui.context import today_of
from bihuan.ui.forms import DayField
from bihuan.ui.paging import Page, page

ON_A_PAGE = 50
NO_PAGE: Page[Line] = Page(rows=(), next_url="", previous_url="")


class CommonForm(forms.Form):
    """What holds for all that are handed over together."""

    on = DayField(label="交办日期", required=False, help_text="实际交办的日期，不填即为今天。")
    note = forms.CharField(label="说明", required=False, max_length=500)


@require_http_methods(["GET", "POST"])
@signed_in
def hand_over(request: HttpRequest) -> HttpResponse:
    """All that wait to be handed over, with proposed handlers; what is picked is handed over, one by one."""
    actor = actor_of(request)
    place = house_place(actor)
    if request.method == "POST":
        return _sent(request, actor, place)
    matters = Prefetch("matter", handover.told(Matter.objects.all()))
    ranges = [rows.prefetch_related(matters) for rows in handover.waiting(actor)]
    shown = page(
        ranges,
        keys=("due_on", "matter_id"),
        query=request.GET,
        size=ON_A_PAGE,
        count=True,
        copies=len(ranges),
    )
    lines = handover.lines_of((row.matter for row in shown.rows), picked="all" in request.GET)
    return _page(request, place, lines, form=CommonForm(), page=replace(shown, rows=tuple(lines)))


def _sent(request: HttpRequest, actor: Actor, place: Place) -> HttpResponse:
    lines, form = _typed(request, actor), CommonForm(request.POST)
    if "propose" in request.POST:
        return _proposed(request, place, lines, form)
    picked = sum(line.picked for line in lines)
    if not picked or not form.is_valid():
        if form.is_valid():
            messages.warning(request, "没有交办：请先勾选要交办的建议。您填写的内容都还在。")
        return _page(request, place, lines, form=form, status=409)
    day = form.cleaned_data["on"]
    done = handover.hand_over_all(
        lines,
        actor=actor,
        names=Names(place, on=day or today_of(request)),
        on=day,
        note=form.cleaned_data["note"],
        at=timezone.now(),
    )
    if done == picked and not any(_changed(line) for line in lines):
        messages.success(request, f"已交办{done}件，并逐件记入台账。")
        return redirect("suggestions:handover")
    told = {"done": done, "refused": picked - done}
    return _page(request, place, lines, form=form, told=told, status=200 if done == picked else 409)


def _changed(line: Line) -> bool:
    """Whether something was typed that only this page has."""
    return not line.done and line.typed != handover.proposed_names(line.suggestion)


def _proposed(request: HttpRequest, place: Place, lines: list[Line], form: CommonForm) -> HttpResponse:
    matters = [line.matter for line in lines]
    found = handover.propose_anew(matters, on=today_of(request))
    for line, fresh in zip(lines, handover.lines_of(matters), strict=True):
        if not any(line.typed.values()):
            line.typed = fresh.typed
    messages.success(
        request,
        f"已按过去的办理情况重新提出，{len(lines)}件中{found}件有建议的承办单位。您填写过的没有改动。",
    )
    return _page(request, place, lines, form=form)


def _typed(request: HttpRequest, actor: Actor) -> list[Line]:
    """The rows as they were sent, in their order: nothing typed is lost, whatever becomes of it."""
    sent, picked = _keys(request.POST.getlist("row"))[:ON_A_PAGE], set(_keys(request.POST.getlist("pick")))
    asked = visible_matters(actor).filter(pk__in=sent, procedure_code=SUGGESTION.code)
    matters = {matter.pk: matter for matter in handover.told(asked)}
    return [
        Line(
            matter=matters[key],
            typed={part: request.POST.get(f"{part}-{key}", "").strip()[:300] for part in PARTS},
            picked=key in picked,
            version=next(iter(_keys([request.POST.get(f"version-{key}", "")])), -1),
        )
        for key in sent
        if key in matters
    ]


def _keys(given: list[str]) -> list[int]:
    return [int(each) for each in given if each.isascii() and each.isdigit() and len(each) < 16]


def _page(
    request: HttpRequest,
    place: Place,
    lines: list[Line],
    *,
    form: CommonForm,
    page: Page[Line] = NO_PAGE,
    told: dict[str, int] | None = None,
    status: int = 200,
) -> HttpResponse:
    agencies = Organ.objects.filter(place=place, until__isnull=True, kind__in=AGENCY_KINDS).order_by("pk")
    context: dict[str, Any] = {
        "lines": lines,
        "form": form,
        "page": page,
        "told": told,
        "agencies": agencies,
    }
    return render(request, "suggestions/handover.html", context, status=status)
