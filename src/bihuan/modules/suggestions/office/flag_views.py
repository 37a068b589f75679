"""The page of what deserves a second look, for those who run the house alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.modules.suggestions.office.flags import FLAGS, looked_at, suggestions_in
from bihuan.modules.suggestions.office.reach import house_place
from bihuan.modules.suggestions.office.scopes import ScopeForm
from bihuan.modules.suggestions.texts import numbered
from bihuan.people.doors import actor_of, signed_in
from bihuan.ui.context import today_of
from bihuan.ui.paging import page


@require_GET
@signed_in
def flags(request: HttpRequest) -> HttpResponse:
    """Each kind with its count, and the rows of the one that is asked for."""
    place, today = house_place(actor_of(request)), today_of(request)
    form = ScopeForm(request.GET, place=place)
    scope = form.chosen
    context: dict[str, Any] = {"filter": form, "scope": scope}
    if scope is None:
        return render(request, "suggestions/flags.html", context)
    found = {each: each.found(suggestions_in(place, scope), place, today) for each in FLAGS}
    counts = {each: rows.count() for each, rows in found.items()}
    first = next((each for each in FLAGS if counts[each]), FLAGS[0])
    flag = next((each for each in FLAGS if each.code == request.GET.get("flag")), first)
    shown = page(looked_at(found[flag]), keys=("id",), query=request.GET, descending=True)
    rows = tuple((each, numbered(each), tuple(flag.why(each, today))) for each in shown.rows)
    kinds = [
        {"name": each.name, "url": f"?scope={scope.code}&flag={each.code}", "count": counts[each]}
        for each in FLAGS
    ]
    context |= {"flag": flag, "kinds": kinds, "page": replace(shown, rows=rows, total=counts[flag])}
    return render(request, "suggestions/flags.html", context)
