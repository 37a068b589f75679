"""The lists: matters, terms, promises. Each is filtered, sorted by an index, paged by position, exported."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from bihuan.kernel.lights import Light, TermRow, light_of
from bihuan.matters.access import seers
from bihuan.matters.clock import longest_warning
from bihuan.matters.effects import STATES
from bihuan.matters.lateness import light_case
from bihuan.matters.models import NEVER, Matter, Promise, SeenMatter, SeenPromise, SeenTerm, Term
from bihuan.matters.pages import explain
from bihuan.matters.registry import modules
from bihuan.people.doors import actor_of
from bihuan.ui.context import today_of
from bihuan.ui.export import Column, xlsx_response
from bihuan.ui.forms import DayField
from bihuan.ui.paging import page

ANY = ("", "全部")
NUMBER = re.compile(r"[A-Za-z]+-[0-9]{4}-[0-9]+")
# The lights no day changes, and NORMAL for those that any day may (see SeenTerm); what lapsed is asked for alone.
LASTING = (Light.NORMAL, Light.WAITING, Light.PAUSED, Light.DONE, Light.DONE_LATE)
LIGHTS = (
    ANY,
    *((light.value, light.word) for light in (Light.LATE, Light.WARN, Light.NORMAL, Light.WAITING)),
)


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
        return rows.filter(due_on__gte=on, due_on__lt=NEVER, warn_on__gt=on)
    return rows


def lasting(light: str) -> str:
    """Where terms of this light stand among SeenTerm's."""
    return Light.NORMAL.value if light in (Light.LATE.value, Light.WARN.value) else light


class MatterFilter(forms.Form):
    kind = forms.ChoiceField(label="类别", required=False)
    stage = forms.ChoiceField(label="阶段", required=False)
    light = forms.ChoiceField(label="期限", required=False, choices=LIGHTS)
    ended = forms.ChoiceField(label="状态", required=False, choices=(ANY, ("no", "在办"), ("yes", "已办结")))
    words = forms.CharField(label="名称或编号", required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(each.procedure.code, each.procedure.name) for each in modules()]
        # One code may be two procedures' (registered: 待交办 here, 待公布 there): each is chosen by its own.
        stages = [
            (
                each.procedure.name,
                [(f"{each.procedure.code}.{s.code}", s.name) for s in each.procedure.stages],
            )
            for each in modules()
        ]
        self.fields["kind"].choices = [ANY, *dict(kinds).items()]  # type: ignore[attr-defined]
        self.fields["stage"].choices = [ANY, *stages]  # type: ignore[attr-defined]

    def ranges(self, seers: Sequence[str], *, on: date) -> list[QuerySet[SeenMatter]]:
        """The matters these see, as ranges of SeenMatter's indexes."""
        given = self.cleaned_data if self.is_valid() else {}
        rows = _by_light(SeenMatter.objects.all(), given.get("light", ""), on=on)
        if given.get("light") == Light.WAITING.value:  # no term of it has a date yet
            rows = rows.filter(due_on=NEVER)
        words = given.get("words", "")
        if NUMBER.fullmatch(words):  # looked up, where words are looked for in every title
            known = Matter.objects.filter(number=words.upper()).values_list("pk", flat=True)
            rows = rows.filter(matter__in=list(known))
        elif words:
            rows = rows.filter(matter__title__contains=words)
        # What has ended runs no term: asked for a light, only those under way are looked at.
        ended = {"no": [0], "yes": [1]}.get(given.get("ended", ""), [0, 1])
        ended = [each for each in ended if not (each and given.get("light"))]
        each_range: list[dict[str, Any]] = [{"ended": each} for each in ended]
        if given.get("kind") or given.get("stage"):
            rows = rows.filter(ended__in=ended)
            each_range = list(_stages(given["kind"], given["stage"]))
        return [rows.filter(seer=seer, **each) for seer in seers for each in each_range]


def _stages(kind: str, stage: str) -> Iterator[dict[str, str]]:
    """The (kind, stage) pairs asked for: all stages of a kind, or one stage of one kind (opinion.handling)."""
    pairs = {(each.procedure.code, step.code) for each in modules() for step in each.procedure.stages}
    for code, step in sorted(pairs):
        if kind in ("", code) and stage in ("", f"{code}.{step}"):
            yield {"procedure_code": code, "stage": step}


SORTS = ("due_on", "opened_on")


def matter_list(request: HttpRequest) -> HttpResponseBase:
    today, sort = today_of(request), request.GET.get("sort", "due_on")
    chosen = MatterFilter(request.GET)
    mine = seers(actor_of(request))
    ranges = chosen.ranges(mine, on=today)
    key = sort.removeprefix("-") if sort.removeprefix("-") in SORTS else "due_on"
    if request.GET.get("format") == "xlsx":
        rows = Matter.objects.filter(pk__in=every(ranges, "matter")).order_by(key, "id")
        return xlsx_response(rows.iterator(), columns=_matter_columns(today), name="事项清单")
    ranges = [each.prefetch_related("matter") for each in ranges]
    shown = page(
        ranges,
        keys=(key, "matter_id"),
        query=request.GET,
        descending=sort.startswith("-"),
        count=True,
        copies=len(mine),
    )
    shown = replace(shown, rows=tuple(row.matter for row in shown.rows))
    for matter in shown.rows:
        matter.light = dates_light(matter.due_on, matter.warn_on, on=today)
        matter.stage_name = matter.procedure.stage(matter.stage).name
        matter.due = None if matter.due_on == NEVER else matter.due_on
    context = {"page": shown, "filter": chosen, "xlsx_url": _xlsx(request), "heading": "事项"}
    return render(request, "matters/list.html", context)


def every(ranges: Sequence[QuerySet[Any]], field: str) -> QuerySet[Any, Any]:
    """The keys of everything in the ranges, once each: for handing out a whole list."""
    if not ranges:
        none: QuerySet[Any, Any] = SeenMatter.objects.none().values(field)
        return none
    keys = [each.values(field) for each in ranges]
    together: QuerySet[Any, Any] = keys[0].union(*keys[1:]) if len(keys) > 1 else keys[0]
    return together


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


EVERY = "every"  # of the terms, finished ones too
FINISHED = (Light.DONE, Light.DONE_LATE)


class TermFilter(forms.Form):
    light = forms.ChoiceField(
        label="灯",
        required=False,
        choices=(
            ("", "未完成的"),
            (EVERY, "全部，含已完成"),
            *((light.value, light.word) for light in Light),
        ),
    )
    since = DayField(label="到期从", required=False)
    until = DayField(label="至", required=False)


def _term_ranges(chosen: TermFilter, seers: Sequence[str], *, on: date) -> list[QuerySet[SeenTerm]]:
    given = chosen.cleaned_data if chosen.is_valid() else {}
    rows = SeenTerm.objects.all()
    if given.get("since"):
        rows = rows.filter(due_on__gte=given["since"])
    if given.get("until"):
        rows = rows.filter(due_on__lte=given["until"])
    lights = [each.value for each in LASTING if given.get("light") == EVERY or each not in FINISHED]
    if given.get("light") not in (None, "", EVERY):
        rows, lights = _by_light(rows, given["light"], on=on), [lasting(given["light"])]
    return [rows.filter(seer=seer, light=light) for seer in seers for light in lights]


def term_list(request: HttpRequest) -> HttpResponseBase:
    today = today_of(request)
    chosen = TermFilter(request.GET)
    mine = seers(actor_of(request))
    ranges = _term_ranges(chosen, mine, on=today)
    terms = Term.objects.select_related("matter", "party__organ", "party__person")
    if request.GET.get("format") == "xlsx":
        rows = terms.filter(pk__in=every(ranges, "term")).annotate(light=light_case(on=today))
        return xlsx_response(rows.order_by("due_on", "id").iterator(), columns=_TERM_COLUMNS, name="期限清单")
    ranges = [each.prefetch_related(Prefetch("term", terms)) for each in ranges]
    shown = page(ranges, keys=("due_on", "term_id"), query=request.GET, count=True, copies=len(mine))
    shown = replace(shown, rows=tuple(row.term for row in shown.rows))
    for term in shown.rows:
        term.light = light_of(term, on=today)
        term.explained = explain(term) | {"name": ""}  # its name has a column of its own
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


def _promise_ranges(
    given: Mapping[str, Any], seers: Sequence[str], *, on: date
) -> list[QuerySet[SeenPromise]]:
    rows = SeenPromise.objects.all()
    states = [given["state"]] if given.get("state") else [state for state, _ in STATES]
    if given.get("overdue"):
        states = [state for state in states if state in (Promise.OPEN, Promise.STAGED)]
        rows = rows.filter(due_on__lt=on)
    if given.get("words"):
        rows = rows.filter(promise__text__contains=given["words"])
    return [rows.filter(seer=seer, state=state) for seer in seers for state in states]


def promise_list(request: HttpRequest) -> HttpResponseBase:
    today = today_of(request)
    chosen = PromiseFilter(request.GET)
    given = chosen.cleaned_data if chosen.is_valid() else {}
    mine = seers(actor_of(request))
    ranges = _promise_ranges(given, mine, on=today)
    promises = Promise.objects.select_related(
        "matter", "party__organ", "party__person", "item"
    ).prefetch_related("evidence")
    if request.GET.get("format") == "xlsx":
        rows = promises.filter(pk__in=every(ranges, "promise")).order_by("due_on", "id")
        exported = rows.iterator(chunk_size=500)
        return xlsx_response(exported, columns=_PROMISE_COLUMNS, name="承诺台账")
    ranges = [each.prefetch_related(Prefetch("promise", promises)) for each in ranges]
    shown = page(ranges, keys=("due_on", "promise_id"), query=request.GET, count=True, copies=len(mine))
    shown = replace(shown, rows=tuple(row.promise for row in shown.rows))
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
