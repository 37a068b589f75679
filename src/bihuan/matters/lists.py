"""The lists: matters, terms, promises. Each is filtered, sorted by an index, paged by position, exported."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from bihuan.kernel.lights import Light, TermRow, light_of
from bihuan.matters.access import gathered_matters, known_terms, listed_matters
from bihuan.matters.clock import longest_warning
from bihuan.matters.effects import STATES
from bihuan.matters.lateness import light_case
from bihuan.matters.models import NEVER, Matter, Promise, Term
from bihuan.matters.registry import modules
from bihuan.people.doors import actor_of
from bihuan.ui.context import today_of
from bihuan.ui.export import Column, xlsx_response
from bihuan.ui.forms import DayField
from bihuan.ui.paging import page

ANY = ("", "全部")
LIGHTS = (ANY, *((light.value, light.word) for light in (Light.LATE, Light.WARN, Light.NORMAL)))


def dates_light(due_on: date, warn_on: date, *, on: date) -> Light:
    """The light of a row that keeps NEVER where it has no date."""
    dated = due_on != NEVER
    return light_of(TermRow(due_on=due_on if dated else None, warn_on=warn_on if dated else None), on=on)


def _by_light(rows: QuerySet[Any], light: str, *, on: date) -> QuerySet[Any]:
    """The same three ranges as kernel/lights.py, as index ranges; a test holds the two together. Nothing turns
    yellow earlier than the longest warning, which tells the index where to stop."""
    if light == Light.LATE.value:
        return rows.filter(due_on__lt=on)
    if light == Light.WARN.value:
        return rows.filter(due_on__range=(on, on + timedelta(days=longest_warning())), warn_on__lte=on)
    if light == Light.NORMAL.value:
        return rows.filter(due_on__gte=on, warn_on__gt=on).exclude(due_on=NEVER)
    return rows


class MatterFilter(forms.Form):
    kind = forms.ChoiceField(label="类别", required=False)
    stage = forms.ChoiceField(label="阶段", required=False)
    light = forms.ChoiceField(label="期限", required=False, choices=LIGHTS)
    ended = forms.ChoiceField(label="状态", required=False, choices=(ANY, ("no", "在办"), ("yes", "已办结")))
    words = forms.CharField(label="名称或编号", required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(each.procedure.code, each.procedure.name) for each in modules()]
        stages = {s.code: s.name for each in modules() for s in each.procedure.stages}
        self.fields["kind"].choices = [ANY, *dict(kinds).items()]  # type: ignore[attr-defined]
        self.fields["stage"].choices = [ANY, *stages.items()]  # type: ignore[attr-defined]

    def narrow(self, rows: QuerySet[Matter], *, on: date) -> QuerySet[Matter]:
        given = self.cleaned_data if self.is_valid() else {}
        if given.get("kind"):
            rows = rows.filter(procedure_code=given["kind"])
        if given.get("stage"):
            rows = rows.filter(stage=given["stage"])
        if given.get("ended") == "no":
            rows = rows.filter(ended_on__isnull=True)
        if given.get("ended") == "yes":  # what has ended runs no term and stands behind all dates
            rows = rows.filter(ended_on__isnull=False, due_on=NEVER)
        if given.get("words"):
            rows = rows.filter(Q(title__contains=given["words"]) | Q(number__iexact=given["words"]))
        return _by_light(rows, given.get("light", ""), on=on)


SORTS = {"due_on": ("due_on", "id"), "opened_on": ("opened_on", "id")}


def matter_list(request: HttpRequest) -> HttpResponseBase:
    today, sort = today_of(request), request.GET.get("sort", "due_on")
    chosen = MatterFilter(request.GET)
    seen = listed_matters(actor_of(request))
    rows, counted = (chosen.narrow(each, on=today) for each in (seen.rows, seen.counted))
    keys = SORTS.get(sort.removeprefix("-"), SORTS["due_on"])
    if request.GET.get("format") == "xlsx":
        return xlsx_response(rows.order_by(*keys).iterator(), columns=_matter_columns(today), name="事项清单")
    shown = page(rows, keys=keys, query=request.GET, descending=sort.startswith("-"), count=counted)
    for matter in shown.rows:
        matter.light = dates_light(matter.due_on, matter.warn_on, on=today)
        matter.stage_name = matter.procedure.stage(matter.stage).name
        matter.due = None if matter.due_on == NEVER else matter.due_on
    context = {"page": shown, "filter": chosen, "xlsx_url": _xlsx(request), "heading": "事项"}
    return render(request, "matters/list.html", context)


def _matter_columns(today: date) -> list[Column[Matter]]:
    return [
        Column("编号", lambda m: m.number),
        Column("类别", lambda m: m.procedure.name),
        Column("名称", lambda m: m.title, width=60),
        Column("阶段", lambda m: m.procedure.stage(m.stage).name),
        Column("最近期限", lambda m: None if m.due_on == NEVER else m.due_on, "day"),
        Column("灯", lambda m: dates_light(m.due_on, m.warn_on, on=today).word),
        Column("登记日期", lambda m: m.opened_on, "day"),
        Column("办结日期", lambda m: m.ended_on, "day"),
    ]


class TermFilter(forms.Form):
    light = forms.ChoiceField(
        label="灯",
        required=False,
        choices=(ANY, *((light.value, light.word) for light in Light)),
    )
    since = DayField(label="到期从", required=False)
    until = DayField(label="至", required=False)


def _narrow_terms(rows: QuerySet[Term], given: Mapping[str, Any], *, on: date) -> QuerySet[Term]:
    bound = Q(lapsed_on__isnull=False) if given.get("light") == Light.LAPSED else Q(dropped=False)
    rows = rows.filter(bound).annotate(light=light_case(on=on))
    if given.get("light"):
        rows = rows.filter(light=given["light"], **_implied(Light(given["light"]), on=on))
    if given.get("since"):
        rows = rows.filter(due_on__gte=given["since"])
    if given.get("until"):
        rows = rows.filter(due_on__lte=given["until"])
    return rows


def _implied(light: Light, *, on: date) -> dict[str, Any]:
    """What the light's rule in kernel/lights.py implies, said so that an index can find it."""
    if light in (Light.DONE, Light.DONE_LATE):
        return {"met_on__isnull": False}
    if light is Light.LAPSED:
        return {"lapsed_on__isnull": False}
    ranges: dict[Light, dict[str, Any]] = {
        Light.LATE: {"due_on__lt": on},
        Light.WARN: {"due_on__range": (on, on + timedelta(days=longest_warning()))},
        Light.NORMAL: {"due_on__gte": on},
        Light.WAITING: {"due_on__isnull": True},
        Light.PAUSED: {"pk__in": Term.objects.filter(paused=True).values("pk")},
    }
    return {"met_on__isnull": True, **ranges[light]}


def term_list(request: HttpRequest) -> HttpResponseBase:
    today = today_of(request)
    chosen = TermFilter(request.GET)
    given = chosen.cleaned_data if chosen.is_valid() else {}
    seen = listed_matters(actor_of(request))
    known = known_terms(actor_of(request), Term.objects.all())
    gathered = known.filter(matter__in=seen.gathered)
    walked = known.filter(Exists(seen.walked.filter(pk=OuterRef("matter"))))
    rows = _narrow_terms(gathered if seen.few else walked, given, on=today)
    counted = _narrow_terms(walked if seen.many else gathered, given, on=today)
    rows = rows.select_related("matter", "party__organ", "party__person")
    if request.GET.get("format") == "xlsx":
        return xlsx_response(rows.order_by("due_on", "id").iterator(), columns=_TERM_COLUMNS, name="期限清单")
    shown = page(rows, keys=("due_on", "id"), query=request.GET, count=counted)
    return render(
        request, "matters/terms.html", {"page": shown, "filter": chosen, "xlsx_url": _xlsx(request)}
    )


_TERM_COLUMNS: list[Column[Any]] = [
    Column("事项", lambda t: t.matter.number),
    Column("名称", lambda t: t.matter.title, width=60),
    Column("期限", lambda t: t.name),
    Column("单位", lambda t: str(t.party) if t.party else ""),
    Column("到期日", lambda t: t.due_on, "day"),
    Column("灯", lambda t: Light(t.light).word),
    Column("完成日", lambda t: t.met_on, "day"),
    Column("依据", lambda t: t.specification.citation, width=40),
]


class PromiseFilter(forms.Form):
    state = forms.ChoiceField(label="状态", required=False, choices=(ANY, *STATES))
    overdue = forms.BooleanField(label="只看过了时限还没有完成的", required=False)
    words = forms.CharField(label="内容", required=False, max_length=60)


def promise_list(request: HttpRequest) -> HttpResponseBase:
    today = today_of(request)
    chosen = PromiseFilter(request.GET)
    given = chosen.cleaned_data if chosen.is_valid() else {}
    rows = Promise.objects.filter(matter__in=gathered_matters(actor_of(request)))
    rows = rows.select_related("matter", "party__organ", "party__person", "item").prefetch_related("evidence")
    if given.get("state"):
        rows = rows.filter(state=given["state"])
    if given.get("overdue"):
        rows = rows.filter(state__in=(Promise.OPEN, Promise.STAGED), due_on__lt=today)
    if given.get("words"):
        rows = rows.filter(text__contains=given["words"])
    if request.GET.get("format") == "xlsx":
        exported = rows.order_by("due_on", "id").iterator(chunk_size=500)
        return xlsx_response(exported, columns=_PROMISE_COLUMNS, name="承诺台账")
    shown = page(rows, keys=("due_on", "id"), query=request.GET, count=True)
    for promise in shown.rows:
        promise.state_name = dict(STATES)[promise.state]
        pending = promise.state in (Promise.OPEN, Promise.STAGED)
        promise.light = light_of(TermRow(due_on=promise.due_on), on=today) if pending else None
    return render(
        request, "matters/promises.html", {"page": shown, "filter": chosen, "xlsx_url": _xlsx(request)}
    )


_PROMISE_COLUMNS: list[Column[Any]] = [
    Column("事项", lambda p: p.matter.number),
    Column("单位", lambda p: str(p.party)),
    Column("承诺", lambda p: p.text, width=60),
    Column("责任人", lambda p: p.person),
    Column("数量", lambda p: p.quantity),
    Column("时限", lambda p: p.due_on, "day"),
    Column("状态", lambda p: dict(STATES)[p.state]),
    Column("进展", lambda p: p.progress, width=60),
]


def _xlsx(request: HttpRequest) -> str:
    query = request.GET.copy()
    for gone in ("after", "before"):
        query.pop(gone, None)
    query["format"] = "xlsx"
    return f"?{query.urlencode()}"
