"""The forms of acts that only opinions have."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from bihuan.matters import assessing as common
from bihuan.matters.forms import ActForm
from bihuan.modules.opinions.effects import silent_partners
from bihuan.modules.opinions.models import Opinion
from bihuan.modules.opinions.privacy import public_texts
from bihuan.modules.opinions.wording import BY_AGENCY
from bihuan.people.models import Organ

AGENCY_KINDS = ("government", "bureau", "court", "procuratorate", "supervision", "town", "other")
COMMITTEE_KINDS = ("working_committee", "special_committee", "office")


class AgenciesForm(ActForm):
    """Which agencies take part, and as what."""

    with_lead = False

    def add_fields(self) -> None:
        place = self.access.matter.place
        in_force = Organ.objects.filter(place=place, until__isnull=True).order_by("id")
        agencies = in_force.filter(kind__in=AGENCY_KINDS)
        now: dict[str, list[int]] = {}
        for party in self.access.parties:
            now.setdefault(party.part, []).append(party.organ_id)
        if self.with_lead:
            self.fields["lead"] = forms.ModelChoiceField(
                label="主办单位",
                queryset=agencies,
                required=False,
                initial=next(iter(now.get("lead", [])), None),
                empty_label="不设主办单位",
                help_text="对全部问题和建议负责，汇总报告。",
            )
        self.fields["separate"] = forms.ModelMultipleChoiceField(
            widget=forms.CheckboxSelectMultiple,
            label="分办单位",
            queryset=agencies,
            required=False,
            initial=now.get("separate"),
            help_text="各自办理、各自报告。",
        )
        self.fields["co"] = forms.ModelMultipleChoiceField(
            widget=forms.CheckboxSelectMultiple,
            label="协办单位",
            queryset=agencies,
            required=False,
            initial=now.get("co"),
            help_text="把办理情况提交主办单位。",
        )
        if self.with_lead or "committee" not in now:
            self.fields["committee"] = forms.ModelChoiceField(
                label="征求意见的委员会",
                queryset=in_force.filter(kind__in=COMMITTEE_KINDS),
                initial=next(iter(now.get("committee", [])), None),
                required=False,
                empty_label="不征求意见",
                help_text="承办单位先把处理情况送它征求意见；不需要征求意见的，不选。",
            )
        if self.with_lead:
            for part in ("lead", "separate"):
                self.fields[part].optional_word = "主办、分办至少选一种"  # type: ignore[attr-defined]
        self.order_fields(["lead", "separate", "co", "committee"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        seen: dict[int, str] = {}
        for organ, part in self._chosen():
            if organ.pk in seen and part != "committee":
                self.add_error(part, f"{organ}同时选成了两种承办身份，请只保留一种。")
            seen[organ.pk] = part
        return self.cleaned_data

    def _chosen(self) -> list[tuple[Organ, str]]:
        given = self.cleaned_data
        single = [(given[part], part) for part in ("lead", "committee") if given.get(part)]
        several = [(organ, part) for part in ("separate", "co") for organ in given.get(part) or ()]
        return [*single, *several]

    def answers(self) -> dict[str, Any]:
        plain = {ask.key: self.cleaned_data.get(ask.key) for ask in self.act.asks if ask.key != "parties"}
        return {**plain, "parties": self._chosen()}


class HandOverForm(AgenciesForm):
    with_lead = True


class ReportForm(ActForm):
    """What the lead says of co-handlers is asked only where one is silent, and then it must be said."""

    def add_fields(self) -> None:
        silent = silent_partners(self.access.matter, self.party)
        if not silent:
            del self.fields["without"]
            return
        field = self.fields["without"]
        field.required = True
        field.label = f"{field.label}（{'、'.join(str(party) for party in silent)}）"


class SendBackForm(ActForm):
    def add_fields(self) -> None:
        reported = [party for party in self.access.parties if party.stage == "reported"]
        self.fields["parties"] = forms.TypedMultipleChoiceField(
            label="退回哪些单位",
            choices=[(party.pk, str(party)) for party in reported],
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            initial=[party.pk for party in reported],
        )
        self.order_fields(["parties"])

    def answers(self) -> dict[str, Any]:
        chosen = set(self.cleaned_data["parties"])
        return {**super().answers(), "parties": [p for p in self.access.parties if p.pk in chosen]}


class InformForm(ActForm):
    """Who tells was settled when the paper was accepted; it stands there to be confirmed."""

    def add_fields(self) -> None:
        matter = self.access.matter
        by_agency = matter.terms.filter(kind="inform", name__endswith=BY_AGENCY).exists()
        teller = next((p.organ for p in self.access.parties if p.part == "lead"), None) if by_agency else None
        house = Organ.objects.filter(place=matter.place, kind="standing_committee", until__isnull=True)
        self.fields["by_whom"].initial = str(teller or house.first() or "")


class PublishForm(ActForm):
    """The page as the public will read it; each text that may name a private person is confirmed for hiding."""

    preface = "opinions/_publish.html"

    def add_fields(self) -> None:
        self._texts = public_texts(self.access.matter)
        self.found = list({each.quote: each for text in self._texts for each in text.found}.values())
        for number, each in enumerate(self.found):
            self.fields[f"hide-{number}"] = forms.BooleanField(
                label=f"把“{each.quote}”改为“{each.replacement}”（{each.reason}）",
                required=False,
                initial=each.sure,
            )
        self.fields["also"] = forms.CharField(
            label="另外隐去的文字",
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text="每行一处，照抄原文；公开时都改为“〔略〕”。",
        )

    @property
    def preview(self) -> list[tuple[str, list[tuple[str, bool]]]]:
        return [(text.heading, text.pieces()) for text in self._texts]

    def clean_also(self) -> str:
        """What is to be hidden must stand somewhere, else it would stay to be read."""
        also: str = self.cleaned_data["also"]
        for line in filter(None, (line.strip() for line in also.splitlines())):
            if not any(line in text.text for text in self._texts):
                raise forms.ValidationError(f"公开的内容中没有“{line[:40]}”。请照抄原文，一处一行。")
        return also

    def answers(self) -> dict[str, Any]:
        given = self.cleaned_data
        hidden = [
            [each.quote, each.replacement]
            for number, each in enumerate(self.found)
            if given.get(f"hide-{number}")
        ]
        hidden += [[line.strip(), "〔略〕"] for line in given["also"].splitlines() if line.strip()]
        return {
            **{ask.key: given.get(ask.key) for ask in self.act.asks if ask.key != "hidden"},
            "hidden": hidden,
        }


class ScheduleForm(ActForm):
    """The session's name begins as the last one's did."""

    def add_fields(self) -> None:
        opinion = Opinion.objects.filter(matter=self.access.matter).first()
        body, _, _ = (opinion.session if opinion else "").rpartition("第")
        self.fields["session"].initial = f"{body}第" if body else ""


class VoteForm(common.VoteForm):
    """The vote is on the day of the session that was put down for it."""

    def add_fields(self) -> None:
        super().add_fields()
        put_down = self.access.matter.deeds.filter(act="schedule").order_by("-seq").first()
        day = date.fromisoformat(str(put_down.answers["session_on"])) if put_down else None
        if day and day <= timezone.localdate():
            self.fields["on"].initial = day
