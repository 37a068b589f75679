"""The rules in force in a place on a day, how well each is known, and dates reckoned by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from bihuan.kernel.law import MARKS, LawBook, Rule, shipped_law
from bihuan.kernel.terms import Due, Happenings, InvalidPeriod, OnEvent, Period, TermSpec, Unit, reckon
from bihuan.matters.clock import current_calendar
from bihuan.people.doors import signed_in
from bihuan.ui.context import today_of
from bihuan.ui.forms import DayField

# What a rule is about: the first word of its key. A test holds this to the shipped rules.
SUBJECTS = {
    "counting": "期间的计算",
    "opinion": "审议意见的办理",
    "resolution": "决议决定的公布",
    "suggestion": "代表建议的办理",
    "proposal": "议案",
    "session": "常委会会议",
    "npc": "全国人大及其常委会的立法",
    "report": "专项工作报告",
    "audit": "审计查出问题的整改",
    "budget": "预算",
    "accounts": "决算和执行情况",
    "plan": "计划和规划的监督",
    "assets": "国有资产",
    "project": "民生实事项目票决",
    "inquiry": "询问",
    "interpellation": "质询",
    "investigation": "特定问题调查",
    "dismissal": "撤职",
    "recall": "罢免",
    "resignation": "辞职",
    "appointment": "任免",
    "oath": "宪法宣誓",
    "vote": "表决",
    "paper": "公文的排印",
    "regulation": "地方立法",
    "filing": "备案审查",
    "deputies": "代表工作",
    "stations": "代表家站",
    "inspection": "执法检查",
    "monitoring": "联网监督",
    "warn_days": "本系统的设置",
}
CHECKED = (("", "全部"), ("yes", "已核对"), ("no", "未核对"))


class RuleFilter(forms.Form):
    """Which place, which day, which rules."""

    place = forms.ChoiceField(label="地方", required=False)
    on = DayField(label="哪一天有效", required=False)
    checked = forms.ChoiceField(label="核对情况", required=False, choices=CHECKED)
    words = forms.CharField(label="含有", required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(place.code, place.name) for place in shipped_law().places.values()]
        self.fields["place"].choices = places  # type: ignore[attr-defined]


class DueForm(forms.Form):
    """A start and a period: either written here or the rule's own."""

    start = DayField(label="起算事件发生的日期", help_text="当日不计入。")
    count = forms.IntegerField(label="期限", min_value=1, max_value=36_525)
    unit = forms.ChoiceField(
        label="单位",
        choices=[
            (Unit.WORKING_DAYS.value, "个工作日"),
            (Unit.DAYS.value, "日"),
            (Unit.MONTHS.value, "个月"),
            (Unit.YEARS.value, "年"),
        ],
    )
    event = forms.CharField(
        label="起算的事件", required=False, max_length=40, help_text="如“会议通过”，写进说明。"
    )
    before = forms.BooleanField(label="倒推：在事件之前多久", required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRule:
    """One rule as the page tells it."""

    rule: Rule
    place: str
    mark: str
    overrides: tuple[Rule, ...]
    history: tuple[Rule, ...]
    due_url: str  # '' where the rule sets no period


@require_GET
@signed_in
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule in force in the place on the day, by subject, with source, doubt, and what it overrides."""
    today, book = today_of(request), shipped_law()
    initial = {"place": settings.BIHUAN_PLACE, "on": today.isoformat(), "checked": "", "words": ""}
    form = RuleFilter({**initial, **{name: text for name, text in request.GET.items() if text}})
    given = form.cleaned_data if form.is_valid() else {}
    place, on = given.get("place") or settings.BIHUAN_PLACE, given.get("on") or today
    everything = book.in_force(place=place, on=on)
    chosen = [rule for rule in everything if _fits(rule, given)]
    context = {
        "filter": form,
        "place": book.places[place],
        "on": on,
        "groups": _grouped(chosen, book=book, place=place, on=on),
        "count": len(chosen),
        "figures": _figures(everything, place=place, on=on),
        "years": [notice.year for notice in current_calendar().notices],
    }
    return render(request, "portal/law.html", context)


def _fits(rule: Rule, given: dict[str, Any]) -> bool:
    checked, words = given.get("checked"), given.get("words")
    if checked and rule.verified != (checked == "yes"):
        return False
    texts = (rule.name, rule.source, rule.article, rule.starts_on, rule.note, rule.value_in_words())
    return not words or any(words in text for text in texts)


def _figures(everything: Sequence[Rule], *, place: str, on: date) -> list[dict[str, Any]]:
    """How many rules are checked and how many not; each number opens its rules."""
    checked = sum(rule.verified for rule in everything)
    counted = (("", "有效规则", len(everything)), ("yes", "已核对", checked))
    return [
        {
            "value": value,
            "label": label,
            "url": "?" + urlencode({"place": place, "on": on.isoformat(), "checked": which}),
        }
        for which, label, value in (*counted, ("no", "未核对", len(everything) - checked))
    ]


def _grouped(
    chosen: Sequence[Rule], *, book: LawBook, place: str, on: date
) -> list[tuple[str, list[ShownRule]]]:
    order = list(SUBJECTS)

    def subject(rule: Rule) -> str:
        return rule.key.partition(".")[0]

    ranked = sorted(chosen, key=lambda rule: (order.index(subject(rule)), rule.key))
    return [
        (SUBJECTS[word], [_shown(rule, book=book, place=place, on=on) for rule in group])
        for word, group in groupby(ranked, key=subject)
    ]


def _shown(rule: Rule, *, book: LawBook, place: str, on: date) -> ShownRule:
    history = book.history(rule.key, place)
    asked = urlencode({"rule": rule.key, "place": place, "on": on.isoformat()})
    return ShownRule(
        rule=rule,
        place=book.places[rule.place].name,
        mark=MARKS[rule.mark],
        overrides=book.overridden(rule, on=on),
        history=history if len(history) > 1 else (),
        due_url=f"{reverse('law:due')}?{asked}" if isinstance(rule.value, Period) else "",
    )


@require_GET
@signed_in
def due(request: HttpRequest) -> HttpResponse:
    """When a period ends and why: the engine of `bihuan due` with the calendar in force on this site."""
    rule = _asked_rule(request)
    asked = request.GET if "start" in request.GET else None
    form = DueForm(asked, initial=_initial(rule, today=today_of(request)))
    found: Due | None = None
    if asked is not None and form.is_valid():
        try:
            found = _reckon(form.cleaned_data, rule)
        except InvalidPeriod as error:
            form.add_error("count", str(error))
    explained = _explained(found, form.cleaned_data, rule) if found else None
    kept = {name: request.GET.get(name, "") for name in ("rule", "place", "on")} if rule else {}
    context = {"form": form, "rule": rule, "kept": kept, "explained": explained, "found": found}
    return render(request, "portal/law_due.html", context, status=400 if form.errors else 200)


def _asked_rule(request: HttpRequest) -> Rule | None:
    """The rule the page was opened for; Http404 where there is none of that key, place and day."""
    key = request.GET.get("rule")
    if not key:
        return None
    place, book = request.GET.get("place") or settings.BIHUAN_PLACE, shipped_law()
    try:
        on = date.fromisoformat(request.GET.get("on") or today_of(request).isoformat())
    except ValueError as error:
        raise Http404("日期看不懂。") from error
    rule = book.find(key, place=place, on=on) if place in book.places else None
    if rule is None or not isinstance(rule.value, Period):
        raise Http404("这个地方在这一天没有这样的期限规定。")
    return rule


def _initial(rule: Rule | None, *, today: date) -> dict[str, Any]:
    if rule is None:
        return {"start": today, "unit": Unit.WORKING_DAYS.value}
    return {
        "start": today,
        "count": rule.period.count,
        "unit": rule.period.unit.value,
        "event": rule.starts_on,
        "before": rule.before,
    }


def _reckon(given: dict[str, Any], rule: Rule | None) -> Due:
    """The rule's own term where the period is still the rule's, else one without a source."""
    period = Period(count=given["count"], unit=Unit(given["unit"]))
    anchor = OnEvent(event=given["event"], on=given["start"])
    if rule is not None and (period, given["before"]) == (rule.period, rule.before):
        spec = TermSpec.from_rule(rule, code="asked", anchor=anchor)
    else:
        spec = TermSpec(
            code="asked", name="", anchor=anchor, period=period, citation="", before=given["before"]
        )
    return reckon([spec], Happenings(), calendar=current_calendar())["asked"]


def _explained(found: Due, given: dict[str, Any], rule: Rule | None) -> dict[str, Any]:
    unit = Period(count=given["count"], unit=Unit(given["unit"])).in_words()
    return {
        "name": rule.name if rule else f"{unit}{'之前' if given['before'] else ''}",
        "due": found.on,
        "kind": found.kind,
        "provisional": found.provisional,
        "steps": found.steps,
        "citation": "",
    }


@require_GET
@signed_in
def calendar(request: HttpRequest, year: int) -> HttpResponse:
    """The days off and the worked weekends of a year, as they are in force on this site."""
    notices = current_calendar().notices
    years = [notice.year for notice in notices]
    notice = next((each for each in notices if each.year == year), None)
    if notice is None and not (years[0] <= year <= today_of(request).year + 2):
        raise Http404("没有这一年的放假安排。")
    context = {"year": year, "notice": notice, "years": years}
    return render(request, "portal/law_calendar.html", context)
