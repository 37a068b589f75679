"""The suggestions' own list: number, lead deputy, handlers, class, stage and light, for whoever sees them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from bihuan.kernel.law import shipped_law
from bihuan.kernel.reply_classes import reply_classes
from bihuan.matters.handing import AGENCY_PARTS
from bihuan.matters.lists import ANY, dates_light
from bihuan.matters.models import NEVER, Party
from bihuan.modules.suggestions.forms import AGENCY_KINDS
from bihuan.modules.suggestions.models import Suggestion
from bihuan.modules.suggestions.office.reach import visible_suggestions
from bihuan.modules.suggestions.office.scopes import read_scope, scopes_of
from bihuan.modules.suggestions.procedure import SUGGESTION
from bihuan.modules.suggestions.texts import lead_of, numbered, raised_at
from bihuan.people.actors import Actor
from bihuan.people.models import Organ, Place
from bihuan.ui.export import Column

YES = (("priority", "重点督办"), ("quick", "小微"), ("imported", "往年导入"))


class SuggestionFilter(forms.Form):
    scope = forms.ChoiceField(label="届次或年度", required=False)
    handler = forms.ChoiceField(label="承办单位", required=False)
    letter = forms.ChoiceField(label="类别", required=False)
    stage = forms.ChoiceField(label="阶段", required=False)
    kind = forms.ChoiceField(label="种类", required=False, choices=(ANY, *YES))
    words = forms.CharField(label="标题", required=False, max_length=60)

    def __init__(self, *args: Any, place: Place, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Organ.objects.filter(place=place, kind__in=AGENCY_KINDS).order_by("pk")
        rule = shipped_law().find("suggestion.classes", place=place.code, on=on)
        letters = [(each.letter, f"{each.letter}类") for each in (reply_classes(rule) if rule else ())]
        choices: dict[str, list[tuple[str, str]]] = {
            "scope": [(each.code, each.short) for each in scopes_of(place)],
            "handler": [(str(unit.pk), str(unit)) for unit in units],
            "letter": letters,
            "stage": [(stage.code, stage.name) for stage in SUGGESTION.stages],
        }
        for name, each in choices.items():
            self.fields[name].choices = [ANY, *each]  # type: ignore[attr-defined]

    def narrow(self, rows: QuerySet[Suggestion]) -> QuerySet[Suggestion]:
        given = self.cleaned_data if self.is_valid() else {}
        if scope := read_scope(given.get("scope", "")):
            rows = rows.filter(scope.within())
        if given.get("handler"):
            handling = Party.objects.filter(
                matter=OuterRef("matter"), organ=given["handler"], part__in=AGENCY_PARTS, until__isnull=True
            )
            rows = rows.filter(Exists(handling))
        if given.get("letter"):
            rows = rows.filter(result_class=given["letter"])
        if given.get("stage"):
            rows = rows.filter(matter__stage=given["stage"])
        if given.get("kind"):
            rows = rows.filter(Q(**{given["kind"]: True}))
        if given.get("words"):
            rows = rows.filter(matter__title__contains=given["words"])
        return rows


def listed(actor: Actor, place: Place) -> QuerySet[Suggestion]:
    """What the actor may see of the place's, with all that a row says."""
    parties = Party.objects.filter(part__in=("mover", *AGENCY_PARTS), until__isnull=True)
    parties = parties.select_related("organ", "person").order_by("pk")
    return (
        visible_suggestions(actor)
        .filter(place=place)
        .select_related("matter__place")
        .prefetch_related(Prefetch("matter__parties", parties))
    )


def handlers_of(suggestion: Suggestion) -> str:
    """The units that handle it, those who answer for it first."""
    found = [party for party in suggestion.matter.parties.all() if party.part in AGENCY_PARTS]
    return "、".join(str(party) for party in sorted(found, key=lambda party: party.part == "co"))


def columns(on: date) -> list[Column[Suggestion]]:
    def light(suggestion: Suggestion) -> str:
        matter = suggestion.matter
        return "" if matter.ended_on else dates_light(matter.due_on, matter.warn_on, on=on).word

    def due(suggestion: Suggestion) -> date | None:
        return None if suggestion.matter.due_on == NEVER else suggestion.matter.due_on

    return [
        Column("编号", numbered, width=14),
        Column("提出", raised_at, width=36),
        Column("标题", lambda each: each.matter.title, width=60),
        Column("领衔代表", lambda each: lead_of(each.matter), width=12),
        Column("承办单位", handlers_of, width=36),
        Column("类别", lambda each: f"{each.result_class}类" if each.result_class else "", width=8),
        Column("阶段", lambda each: each.stage_name, width=16),
        Column("灯", light, width=10),
        Column("最近期限", due, "day"),
        Column("重点督办", lambda each: "重点" if each.priority else "", width=10),
        Column("小微", lambda each: "小微" if each.quick else "", width=8),
        Column("事项号", lambda each: each.matter.number, width=16),
    ]
