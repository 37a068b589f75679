"""The public site: no signing in, no script, addresses that can be quoted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from django.views.decorators.vary import vary_on_cookie

from bihuan.matters.models import Matter
from bihuan.matters.registry import modules
from bihuan.portal import public
from bihuan.portal.feed import PublishedFeed
from bihuan.portal.open_data import FIELDS, MATTER_FIELDS, TERMS, csv_lines, matter_as_json, row_as_json
from bihuan.portal.sites import site_name
from bihuan.portal.suggestion_results import results_of, years_published
from bihuan.ui.paging import page

MINUTE = 60  # seconds a copy may be shown without asking again
LATEST = 8  # matters on the home page
DATA_PAGE = 200  # matters in one answer of JSON
FIRST_YEAR = 1954  # of the congresses

Shown = Callable[..., HttpResponseBase]


def for_everyone(view: Shown) -> Shown:
    """A public page: read only, kept for a minute by the reader's own browser (it knows large type)."""
    return require_safe(cache_control(private=True, max_age=MINUTE)(vary_on_cookie(view)))


def as_data(view: Shown) -> Shown:
    """Open data: as public pages, for shared caches and other sites' scripts too, with an ETag."""

    def answer(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return require_safe(conditional_page(cache_control(public=True, max_age=MINUTE)(answer)))


class PublicFilter(forms.Form):
    q = forms.CharField(label="字词", required=False, max_length=60)
    kind = forms.ChoiceField(label="类别", required=False)
    year = forms.IntegerField(label="公布年份", required=False, min_value=FIRST_YEAR, max_value=2199)
    # The class of a suggestion's reply, by its letter: kept with the page and the downloads.
    result = forms.CharField(required=False, max_length=8, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = {each.procedure.code: each.procedure.name for each in modules()}
        self.fields["kind"].choices = [("", "全部"), *kinds.items()]  # type: ignore[attr-defined]

    def rows(self) -> QuerySet[Matter]:
        """The published matters asked for; what was typed wrongly narrows nothing and is marked."""
        self.is_valid()
        given = self.cleaned_data
        return public.narrowed(
            public.published(),
            words=given.get("q") or "",
            kind=given.get("kind") or "",
            year=given.get("year"),
            result=given.get("result") or "",
        )


def home(request: HttpRequest) -> HttpResponseBase:
    """The public's first page; whoever is signed in goes to the desk."""
    if getattr(request, "actor", None) is not None:
        return redirect("portal:desk")
    return _home(request)


@for_everyone
def _home(request: HttpRequest) -> HttpResponse:
    latest = list(public.published().order_by("-published_on", "-id")[:LATEST])
    context = {"site_name": site_name(), "rows": public.rows_of(latest), "form": PublicFilter()}
    return render(request, "portal/public/home.html", context)


@for_everyone
def matters(request: HttpRequest) -> HttpResponse:
    """Every published matter, filtered by words, kind and year."""
    form = PublicFilter(request.GET)
    shown = page(
        form.rows(), keys=("published_on", "id"), query=request.GET, size=20, descending=True, count=True
    )
    context = {"site_name": site_name(), "form": form, "page": shown, "rows": public.rows_of(shown.rows)}
    query = request.GET.urlencode()
    return render(request, "portal/public/matters.html", context | {"query": query})


@for_everyone
def withheld(request: HttpRequest) -> HttpResponse:
    """The matters whose outcome is not published: their titles, so that nothing vanishes unseen."""
    shown = page(public.withheld(), keys=("id",), query=request.GET, size=20, descending=True)
    for row in shown.rows:
        row.title, row.reason = map(public.without_numbers, (row.title, row.reason or ""))
    return render(request, "portal/public/withheld.html", {"site_name": site_name(), "page": shown})


@for_everyone
def matter(request: HttpRequest, number: str) -> HttpResponse:
    """One published matter; of a withheld one its title alone; 404 for every other."""
    found = public.published().filter(number=number).first()
    if found is not None:
        described = public.describe(found)
        asked = request.GET.get("result", "")
        items = described.items_of(asked)
        context = {
            "site_name": site_name(),
            "matter": described,
            "items": items,
            "narrowed": len(items) < len(described.items),
            # More than one round: the numbers say of which they are.
            "says_round": found.round > 1,
        }
        return render(request, "portal/public/matter.html", context)
    kept_shut = public.withheld().filter(number=number).first()
    if kept_shut is None:
        raise Http404
    context = {"site_name": site_name(), "title": public.without_numbers(kept_shut.title), "number": number}
    return render(request, "portal/public/withheld_matter.html", context)


@for_everyone
def results(request: HttpRequest) -> HttpResponse:
    """What became of suggestions, by the year in which it was published; the newest unless another is asked for."""
    years = years_published()
    asked = request.GET.get("year", "")
    year = next((each for each in years if str(each) == asked), next(iter(years), None))
    context = {"site_name": site_name(), "years": years, "results": results_of(year) if year else None}
    return render(request, "portal/public/results.html", context)


@for_everyone
def data(request: HttpRequest) -> HttpResponse:
    """What the open data hold, field by field, and on what terms."""
    context = {"site_name": site_name(), "fields": FIELDS, "matter_fields": MATTER_FIELDS}
    context["terms_of_use"] = TERMS
    return render(request, "portal/public/data.html", context)


@as_data
def matters_json(request: HttpRequest) -> HttpResponse:
    rows = PublicFilter(request.GET).rows()
    shown = page(rows, keys=("published_on", "id"), query=request.GET, size=DATA_PAGE, descending=True)
    here = request.build_absolute_uri(reverse("portal:public_json"))
    return _json(
        {
            "terms_of_use": TERMS,
            "matters": [row_as_json(row, request) for row in public.rows_of(shown.rows)],
            "next": f"{here}{shown.next_url}" if shown.next_url else None,
        }
    )


@as_data
def matter_json(request: HttpRequest, number: str) -> HttpResponse:
    found = public.published().filter(number=number).first()
    if found is None:
        raise Http404
    return _json(matter_as_json(public.describe(found), request))


@as_data
def matters_csv(request: HttpRequest) -> StreamingHttpResponse:
    lines = csv_lines(PublicFilter(request.GET).rows(), request)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="matters.csv"'
    return response


def _json(found: dict[str, Any]) -> JsonResponse:
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1})


@for_everyone
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read what is public; the rest asks for a password anyway."""
    lines = ["User-agent: *", "Allow: /$", f"Allow: {reverse('portal:public')}", "Disallow: /"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


feed = as_data(PublishedFeed())
