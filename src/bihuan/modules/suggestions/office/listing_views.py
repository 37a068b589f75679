"""The page of the suggestions' own list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.matters.lists import dates_light
from bihuan.matters.models import NEVER
from bihuan.modules.suggestions.models import Suggestion
from bihuan.modules.suggestions.office.listing import SuggestionFilter, columns, handlers_of, listed
from bihuan.modules.suggestions.texts import lead_of, numbered
from bihuan.people.doors import actor_of, signed_in
from bihuan.people.models import Place
from bihuan.ui.context import today_of
from bihuan.ui.export import xlsx_response
from bihuan.ui.paging import page


@require_GET
@signed_in
def suggestions(request: HttpRequest) -> HttpResponseBase:
    """Every suggestion I may see, the newest first; `?format=xlsx` hands out the list as filtered."""
    actor, today = actor_of(request), today_of(request)
    if not actor.posts:
        raise PermissionDenied("您目前没有职务，没有可以查看的建议。")
    place = Place.objects.get(pk=actor.posts[0].place)
    chosen = SuggestionFilter(request.GET, place=place, on=today)
    rows = chosen.narrow(listed(actor, place))
    if request.GET.get("format") == "xlsx":
        ordered = rows.order_by("-id").iterator(chunk_size=500)
        return xlsx_response(ordered, columns=columns(today), name="代表建议清单")
    shown = page(rows, keys=("id",), query=request.GET, descending=True, count=True)
    shown = replace(shown, rows=tuple(_row(each, today=today) for each in shown.rows))
    query = request.GET.copy()
    for gone in ("after", "before"):
        query.pop(gone, None)
    query["format"] = "xlsx"
    context = {"filter": chosen, "page": shown, "xlsx_url": f"?{query.urlencode()}"}
    return render(request, "suggestions/all.html", context)


def _row(suggestion: Suggestion, *, today: date) -> dict[str, Any]:
    matter = suggestion.matter
    return {
        "suggestion": suggestion,
        "matter": matter,
        "number": numbered(suggestion),
        "lead": lead_of(matter),
        "handlers": handlers_of(suggestion),
        "light": dates_light(matter.due_on, matter.warn_on, on=today),
        "due": None if matter.due_on == NEVER else matter.due_on,
    }
