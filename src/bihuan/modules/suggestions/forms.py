"""The forms of acts that only suggestions have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone

from bihuan.matters.access import Access
from bihuan.matters.effects import RESULTS
from bihuan.matters.forms import ActForm, Row
from bihuan.matters.models import Item
from bihuan.modules.suggestions.effects.handling import latest
from bihuan.modules.suggestions.effects.judging import GRADES, REASONS
from bihuan.modules.suggestions.effects.publishing import signed_replies
from bihuan.modules.suggestions.models import Contact, Reply
from bihuan.modules.suggestions.privacy import proposals
from bihuan.modules.suggestions.promising import unlisted_promises
from bihuan.modules.suggestions.texts import classes, movers, reply_text
from bihuan.people.models import Organ, Post
from bihuan.ui.forms import DayField

AGENCY_KINDS = ("government", "bureau", "court", "procuratorate", "supervision", "town", "other")
COMMITTEE_KINDS = ("working_committee", "special_committee", "office")
ROWS = 4  # demands or promises a form offers at first; "再加一项" adds one


def agencies_of(access: Access) -> Any:
    in_force = Organ.objects.filter(place=access.matter.place, until__isnull=True)
    return in_force.filter(kind__in=AGENCY_KINDS).order_by("id")


class PartiesForm(ActForm):
    """Who handles it, and as what."""

    def add_fields(self) -> None:
        agencies = agencies_of(self.access)
        self.fields["lead"] = forms.ModelChoiceField(
            label="主办单位", queryset=agencies, required=False, help_text="牵头办理并答复代表。"
        )
        self.fields["co"] = forms.ModelMultipleChoiceField(
            widget=forms.CheckboxSelectMultiple,
            label="协办单位",
            queryset=agencies,
            required=False,
            help_text="向主办单位提出会办意见，不单独答复代表。",
        )
        self.fields["separate"] = forms.ModelMultipleChoiceField(
            widget=forms.CheckboxSelectMultiple,
            label="分办单位",
            queryset=agencies,
            required=False,
            help_text="没有主办，各自办理、各自答复代表。",
        )
        for part in ("lead", "separate"):
            self.fields[part].optional_word = "主办、分办选一种"  # type: ignore[attr-defined]
        self.order_fields(["lead", "co", "separate"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        seen: set[int] = set()
        for organ, part in self._chosen():
            if organ.pk in seen:
                self.add_error(part, f"{organ}同时选成了两种承办身份，请只保留一种。")
            seen.add(organ.pk)
        return self.cleaned_data

    def _chosen(self) -> list[tuple[Organ, str]]:
        given = self.cleaned_data
        lead = [(given["lead"], "lead")] if given.get("lead") else []
        return lead + [(organ, part) for part in ("co", "separate") for organ in given.get(part) or ()]

    def answers(self) -> dict[str, Any]:
        plain = {ask.key: self.cleaned_data.get(ask.key) for ask in self.act.asks if ask.key != "parties"}
        return {**plain, "parties": self._chosen()}


class ReassignForm(ActForm):
    def add_fields(self) -> None:
        self.fields["instead"] = forms.ModelChoiceField(
            label="改由哪个单位承办", queryset=agencies_of(self.access)
        )
        self.order_fields(["instead"])


class DeputiesForm(ActForm):
    """A contact: with which of those who raised it."""

    def add_fields(self) -> None:
        deputies = movers(self.access.matter)
        self.fields["deputies"] = forms.TypedMultipleChoiceField(
            label="与哪些代表联系",
            choices=[
                (party.pk, f"{party}（{'领衔' if party.part == 'mover' else '联名'}）") for party in deputies
            ],
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            initial=[party.pk for party in deputies if party.part == "mover"],
        )
        self.order_fields(["on", "phase", "channel", "deputies"])

    def answers(self) -> dict[str, Any]:
        chosen = set(self.cleaned_data["deputies"])
        found = [party for party in movers(self.access.matter) if party.pk in chosen]
        return {**super().answers(), "deputies": found}


class DenyForm(ActForm):
    def add_fields(self) -> None:
        mine = Contact.objects.filter(deputy=self.party, denied_on__isnull=True).select_related(
            "party__organ"
        )
        self.fields["contact"] = forms.TypedChoiceField(
            label="哪一次",
            coerce=int,
            widget=forms.RadioSelect,
            choices=[
                (
                    each.pk,
                    f"{each.on.year}年{each.on.month}月{each.on.day}日　{each.party}　{each.who}：{each.result[:40]}",
                )
                for each in mine
            ],
        )
        self.order_fields(["contact"])


class CompleteForm(ActForm):
    """The deputy's own words again, to be mended."""

    def add_fields(self) -> None:
        suggestion, items = self.access.matter.suggestion, self._items
        for name, label in (("situation", "情况"), ("analysis", "分析")):
            self.fields[name] = forms.CharField(
                label=label,
                required=name == "situation",
                initial=getattr(suggestion, name),
                max_length=20_000,
                widget=forms.Textarea(attrs={"rows": 5}),
            )
        for number in range(max(len(items) + 1, ROWS)):
            self.fields[f"demand-{number}"] = forms.CharField(
                label=f"具体建议{number + 1}",
                required=False,
                initial=items[number].text if number < len(items) else "",
                max_length=5000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def _items(self) -> list[Item]:
        found: list[Item] = self.__dict__.setdefault("_asked", list(self.access.matter.items.all()))
        return found

    def answers(self) -> dict[str, Any]:
        given = self.cleaned_data
        demands = [text for name, text in given.items() if name.startswith("demand-") and text]
        return {"situation": given["situation"], "analysis": given["analysis"], "demands": demands}


class ReplyForm(ActForm):
    """The reply, demand by demand, its class, its promises and whom to call."""

    preface = "suggestions/_objections.html"

    def add_fields(self) -> None:
        known = self.latest
        area = forms.Textarea(attrs={"rows": 4})
        written = {answer["item"]: answer for answer in known.answers} if known else {}
        for item in self._items:
            self.fields[f"answer-{item.pk}"] = forms.CharField(
                label="对这一项的答复",
                required=False,
                max_length=20_000,
                widget=area,
                initial=written.get(item.pk, {}).get("text", ""),
            )
            self.fields[f"result-{item.pk}"] = forms.ChoiceField(
                label="这一项的结果",
                required=False,
                choices=(("", "（尚未填写）"), *RESULTS),
                initial=written.get(item.pk, {}).get("result", ""),
            )
        self.fields["result_class"] = forms.ChoiceField(
            label="办理结果类别",
            widget=forms.RadioSelect,
            initial=known.result_class if known else None,
            choices=[
                (letter, f"{letter}类：{each.name}") for letter, each in classes(self.access.matter).items()
            ],
        )
        self.fields["contact"] = forms.CharField(
            label="联系人", max_length=40, initial=known.contact if known else ""
        )
        self.fields["telephone"] = forms.CharField(
            label="联系电话", max_length=40, initial=known.telephone if known else ""
        )
        found = unlisted_promises(known, on=timezone.localdate()) if known else []
        promised = [*known.promises, *found] if known else []
        for number in range(max(len(promised) + 1, ROWS)):
            each = promised[number] if number < len(promised) else {}
            self.fields[f"promise-{number}"] = forms.CharField(
                label="承诺的事", required=False, max_length=1000, initial=each.get("text", "")
            )
            self.fields[f"person-{number}"] = forms.CharField(
                label="责任人", required=False, max_length=40, initial=each.get("person", "")
            )
            self.fields[f"quantity-{number}"] = forms.CharField(
                label="数量", required=False, max_length=60, initial=each.get("quantity", "")
            )
            self.fields[f"due-{number}"] = DayField(
                label="完成时限", required=False, initial=each.get("due_on") or None
            )

    @property
    def _items(self) -> list[Item]:
        if "_asked" not in self.__dict__:
            self._asked = list(self.access.matter.items.filter(kind="suggestion"))
        return self._asked

    @property
    def latest(self) -> Reply | None:
        """The version on which this one builds."""
        if "_latest" not in self.__dict__:
            self._latest = latest(self.access.matter, self.party) if self.party else None
        return self._latest

    @property
    def objections(self) -> list[dict[str, Any]]:
        return self.latest.objections if self.latest else []

    def rows(self) -> Iterator[Row]:
        for item in self._items:
            answer = (self[f"answer-{item.pk}"], self[f"result-{item.pk}"])
            yield Row(f"建议{item.ordinal}", item.text, answer)
        for name in self.fields:
            if name.startswith("promise-"):
                number = name.removeprefix("promise-")
                fields = tuple(self[f"{part}-{number}"] for part in ("promise", "person", "quantity", "due"))
                yield Row(
                    f"承诺{int(number) + 1}",
                    "答复里说“将要”做的事，逐件列出；没有时限的如实留空。系统从上一稿中找到的已经填上，请核对。",
                    fields,
                )

    def clean(self) -> dict[str, Any]:
        super().clean()
        for name in [name for name in self.fields if name.startswith("promise-")]:
            number = name.removeprefix("promise-")
            rest = [self.cleaned_data.get(f"{part}-{number}") for part in ("person", "quantity", "due")]
            if any(rest) and not self.cleaned_data.get(name):
                self.add_error(name, "请写明承诺的是什么事。")
        return self.cleaned_data

    def answers(self) -> dict[str, Any]:
        given = self.cleaned_data
        numbers = [name.removeprefix("promise-") for name in self.fields if name.startswith("promise-")]
        promises = [
            {
                "text": given[f"promise-{number}"],
                "person": given[f"person-{number}"],
                "quantity": given[f"quantity-{number}"],
                "due_on": given[f"due-{number}"].isoformat() if given[f"due-{number}"] else "",
            }
            for number in numbers
            if given.get(f"promise-{number}")
        ]
        reply = {key: given[key] for key in ("result_class", "contact", "telephone")}
        reply["answers"] = [
            {"item": item.pk, "text": given[f"answer-{item.pk}"], "result": given[f"result-{item.pk}"]}
            for item in self._items
        ]
        reply["promises"] = promises
        return {"reply": reply}


class ReviewForm(ActForm):
    """Whoever checks, approves or signs reads the reply and what the gate says of it first."""

    preface = "suggestions/_reply.html"

    @property
    def reply(self) -> Reply | None:
        return latest(self.access.matter, self.party) if self.party else None

    @property
    def reply_lines(self) -> list[str]:
        reply = self.reply
        return reply_text(reply).splitlines() if reply else []


class RateForm(ActForm):
    """Attitude and result apart; two questions, three answers each."""

    preface = "suggestions/_rating.html"

    def add_fields(self) -> None:
        asked = {ask.key for ask in self.act.asks}
        for key in ("attitude", "result"):
            if key in asked:
                ask = next(ask for ask in self.act.asks if ask.key == key)
                self.fields[key] = forms.ChoiceField(
                    label=ask.label, choices=GRADES, widget=forms.RadioSelect
                )
        if "reasons" in asked:
            self.fields["reasons"] = forms.MultipleChoiceField(
                label="不满意在哪里",
                required=False,
                choices=REASONS,
                widget=forms.CheckboxSelectMultiple,
                help_text="不满意时请选择，可以选几项。",
            )
        self.order_fields(["attitude", "result", "reasons", "words"])

    @property
    def replies(self) -> list[tuple[str, list[str]]]:
        """What is judged: each agency's reply, as lines."""
        return [
            (str(reply.party), reply_text(reply).splitlines()) for reply in signed_replies(self.access.matter)
        ]

    @property
    def promises(self) -> Any:
        return self.access.matter.promises.select_related("party__organ").prefetch_related("evidence")


class PriorityForm(ActForm):
    """A member of the council of chairpersons to lead, a committee to follow."""

    def add_fields(self) -> None:
        place = self.access.matter.place
        posts = Post.objects.filter(
            organ__place=place, organ__kind="council", role="chairperson", until__isnull=True
        ).select_related("person", "organ")
        self._posts = {post.pk: post for post in posts.order_by("id")}
        self.fields["leader"] = forms.TypedChoiceField(
            label="领衔督办的主任会议成员",
            coerce=int,
            choices=[(pk, f"{post.person}（{post.title}）") for pk, post in self._posts.items()],
        )
        self.fields["supervisor"] = forms.ModelChoiceField(
            label="督办的委员会",
            queryset=Organ.objects.filter(place=place, until__isnull=True, kind__in=COMMITTEE_KINDS).order_by(
                "id"
            ),
        )
        self.order_fields(["on", "leader", "supervisor"])

    def answers(self) -> dict[str, Any]:
        post = self._posts[self.cleaned_data["leader"]]
        return {**super().answers(), "leader": (post.person, post.organ)}


class GrantForm(ActForm):
    def add_fields(self) -> None:
        self.fields["organ"] = forms.ModelChoiceField(label="拨给哪个单位", queryset=agencies_of(self.access))
        self.fields["amount"] = forms.DecimalField(
            label="金额（元）", max_digits=14, decimal_places=2, min_value=0
        )
        self.order_fields(["on", "organ", "amount"])


class PublishForm(ActForm):
    """Each place that may name a private person, to be confirmed one by one before the public reads it."""

    preface = "suggestions/_publish.html"

    def add_fields(self) -> None:
        self._proposed = proposals(self.access.matter)
        for number, each in enumerate(self._proposed):
            found = each.found
            self.fields[f"hide-{number}"] = forms.BooleanField(
                label=f"把“{found.quote}”改为“{found.replacement}”（{found.reason}）",
                required=False,
                initial=found.sure,
            )

    @property
    def texts(self) -> list[tuple[str, list[str]]]:
        return [
            (str(reply.party), reply_text(reply).splitlines()) for reply in signed_replies(self.access.matter)
        ]

    @property
    def proposed(self) -> int:
        return len(self._proposed)

    def answers(self) -> dict[str, Any]:
        given = self.cleaned_data
        redactions = [
            [each.reply, each.found.start, each.found.end, each.found.replacement]
            for number, each in enumerate(self._proposed)
            if given.get(f"hide-{number}")
        ]
        return {"on": given.get("on"), "redactions": redactions}


class HistoryForm(ActForm):
    """What an earlier year's list says of a suggestion: who handled it, its class, what the deputy said."""

    def add_fields(self) -> None:
        agencies = agencies_of(self.access)
        self.fields["lead"] = forms.ModelChoiceField(label="主办单位", queryset=agencies, required=False)
        self.fields["co"] = forms.ModelMultipleChoiceField(
            label="协办单位", queryset=agencies, required=False, widget=forms.CheckboxSelectMultiple
        )
        self.fields["result_class"] = forms.ChoiceField(
            label="办理结果类别",
            required=False,
            choices=[("", "没有记载"), *((letter, f"{letter}类") for letter in classes(self.access.matter))],
        )
        self.fields["rating"] = forms.ChoiceField(
            label="代表评价", required=False, choices=[("", "没有记载"), *GRADES]
        )

    def answers(self) -> dict[str, Any]:
        given = self.cleaned_data
        lead = [(given["lead"], "lead")] if given.get("lead") else []
        parties = lead + [(organ, "co") for organ in given.get("co") or ()]
        history = {"parties": parties, "result_class": given["result_class"], "rating": given["rating"]}
        return {"history": history}
