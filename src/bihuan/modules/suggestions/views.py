"""A deputy's own pages: what I am writing, whom I raise it with, what became of mine."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bihuan.matters.access import runs_the_house, visible_matters
from bihuan.matters.doing import Refused
from bihuan.modules.suggestions import drafts
from bihuan.modules.suggestions.effects.raising import hand_in, missing_in, words_of
from bihuan.modules.suggestions.kinship import relatives
from bihuan.modules.suggestions.models import CoSignature, Draft, Suggestion
from bihuan.modules.suggestions.texts import CATEGORIES, PUBLICITY, SOURCES
from bihuan.people.actors import Actor
from bihuan.people.doors import actor_of, signed_in
from bihuan.people.models import Person
from bihuan.readers.checks.suggestion_draft import doubts_of_draft

NOTHING = ("", "请选择")


class DraftForm(forms.Form):
    """What a deputy writes. Nothing is required before it is handed in: a draft is kept as it is."""

    title = forms.CharField(
        label="标题", required=False, max_length=120, help_text="一件事，一句话：关于……的建议。"
    )
    situation = forms.CharField(
        label="情况",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="在哪里，什么问题，多少人受影响，您怎样了解到的。",
    )
    analysis = forms.CharField(
        label="分析",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="为什么会这样，现有的规定和做法缺什么。",
    )
    category = forms.ChoiceField(label="类别", required=False, choices=(NOTHING, *CATEGORIES))
    source = forms.ChoiceField(label="来源", required=False, choices=(NOTHING, *SOURCES))
    publicity = forms.ChoiceField(
        label="是否公开", choices=PUBLICITY, widget=forms.RadioSelect, initial="open", required=False
    )
    wanted = forms.CharField(
        label="您希望由哪个单位办理",
        required=False,
        max_length=80,
        help_text="不填也可以，由人大常委会研究确定。",
    )

    def __init__(self, *args: Any, demands: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed = [name for name in self.data if name.startswith("demand-")]
        more = 1 if "more" in self.data else 0
        count = max(len(demands) + 1, len(typed) + more, 2)
        for number in range(min(count, 20)):
            self.fields[f"demand-{number}"] = forms.CharField(
                label=f"具体建议{number + 1}",
                required=False,
                max_length=5000,
                initial=demands[number] if number < len(demands) else "",
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.order_fields(["title", "situation", "analysis", *self._demand_names])

    @property
    def _demand_names(self) -> list[str]:
        return [name for name in self.fields if name.startswith("demand-")]

    def given(self) -> dict[str, Any]:
        kept = {name: value for name, value in self.cleaned_data.items() if not name.startswith("demand-")}
        kept["publicity"] = kept["publicity"] or "open"
        return {**kept, "demands": [self.cleaned_data[name] for name in self._demand_names]}


@require_GET
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """My drafts, the invitations that wait for me, and what became of what I raised."""
    actor = actor_of(request)
    if not drafts.is_deputy(actor):
        opens = {
            "in_house": any(map(runs_the_house, actor.posts)),
            "oversees": any(post.organ_kind == "government_office" for post in actor.posts),
        }
        return render(request, "suggestions/office.html", opens)
    raised = Suggestion.objects.filter(
        matter__in=visible_matters(actor), matter__parties__person=actor.person, matter__parties__until=None
    )
    invited = CoSignature.objects.filter(
        person=actor.person, state=CoSignature.INVITED, draft__matter__isnull=True
    )
    context = {
        "drafts": drafts.drafts_of(actor)[:50],
        "invitations": invited.select_related("draft__author")[:50],
        "raised": raised.select_related("matter__place").order_by("-pk").distinct()[:100],
    }
    return render(request, "suggestions/mine.html", context)


@require_POST
@signed_in
def begin(request: HttpRequest) -> HttpResponse:
    """A new, empty draft."""
    actor = actor_of(request)
    if not drafts.is_deputy(actor):
        raise PermissionDenied("只有人大代表可以提出代表建议。")
    draft = Draft.objects.create(
        author=Person.objects.get(pk=actor.person or 0),
        place=drafts.place_of(actor),
        changed_at=timezone.now(),
    )
    return redirect("suggestions:write", pk=draft.pk)


def _own(request: HttpRequest, pk: int) -> Draft:
    draft = get_object_or_404(Draft.objects.select_related("place", "author"), pk=pk)
    if draft.author_id != actor_of(request).person:
        raise Http404
    return draft


@require_http_methods(["GET", "POST"])
@signed_in
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """The form: kept whenever it is sent, checked beside what is typed, handed in when asked to."""
    draft = _own(request, pk)
    if draft.matter is not None:
        return redirect("matters:detail", number=draft.matter.number)
    initial = {name: getattr(draft, name) for name in DraftForm.base_fields}
    form = DraftForm(request.POST or None, initial=initial, demands=draft.demands)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        drafts.keep_draft(draft, form.given(), at=timezone.now())
        if "hand_in" in request.POST:
            try:
                matter = hand_in(draft, actor=actor_of(request), at=timezone.now())
            except Refused as refused:
                refusal = str(refused)
            else:
                messages.success(request, f"已提交，编号受理后通知您。事项号{matter.number}。")
                return redirect("matters:detail", number=matter.number)
        elif "more" not in request.POST:
            messages.success(request, "已保存。")
            return redirect("suggestions:write", pk=pk)
    context = {"draft": draft, "form": form, "refusal": refusal, "missing": missing_in(draft)}
    context |= _help(draft, actor_of(request))
    return render(request, "suggestions/write.html", context, status=409 if refusal else 200)


@require_POST
@signed_in
def kin(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said of the same matter before, for the words as they stand in the form."""
    draft = _own(request, pk)
    form = DraftForm(request.POST, demands=draft.demands)
    given: dict[str, Any] = form.given() if form.is_valid() else {"title": "", "situation": "", "demands": []}
    text = words_of(given["title"], given["situation"], given["demands"])
    found = relatives(text, place=draft.place, actor=actor_of(request))
    return render(request, "suggestions/_kin.html", {"relatives": found})


def _help(draft: Draft, actor: Actor) -> dict[str, Any]:
    """What the office might object to, who signed, and what was said of the same matter before."""
    text = words_of(draft.title, draft.situation, draft.demands)
    return {
        "relatives": relatives(text, place=draft.place, actor=actor),
        "doubts": doubts_of_draft(title=draft.title, situation=draft.situation, demands=draft.demands),
        "signatures": draft.signatures.select_related("person").order_by("pk"),
    }


@require_POST
@signed_in
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away: it was nobody's business yet."""
    draft = _own(request, pk)
    if draft.matter is None:
        draft.delete()
        messages.success(request, "草稿已删除。")
    return redirect("suggestions:mine")


@require_http_methods(["GET", "POST"])
@signed_in
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom to raise it with."""
    draft, actor = _own(request, pk), actor_of(request)
    found = drafts.others(actor, draft.place)
    refusal = ""
    if request.method == "POST":
        wanted = {int(each) for each in request.POST.getlist("person") if each.isascii() and each.isdigit()}
        people = list(Person.objects.filter(pk__in=wanted & set(found.values_list("person", flat=True))))
        try:
            drafts.invite(draft, people, actor=actor, at=timezone.now())
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, f"已邀请{len(people)}位代表，等他们自己确认。")
            return redirect("suggestions:write", pk=pk)
    asked = dict(draft.signatures.values_list("person", "state"))
    context = {"draft": draft, "deputies": [(each, asked.get(each.person_id)) for each in found]}
    return render(request, "suggestions/invite.html", context | {"refusal": refusal})


@require_http_methods(["GET", "POST"])
@signed_in
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the words, then sign or decline."""
    signature = get_object_or_404(CoSignature.objects.select_related("draft__author"), pk=pk)
    if signature.person_id != actor_of(request).person:
        raise Http404
    refusal = ""
    if request.method == "POST":
        try:
            drafts.answer_invitation(
                signature,
                signs="sign" in request.POST,
                words=request.POST.get("words", ""),
                at=timezone.now(),
            )
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, "已联名。" if "sign" in request.POST else "已婉拒。")
            return redirect("suggestions:mine")
    context = {
        "signature": signature,
        "draft": signature.draft,
        "words": drafts.words_of(signature.draft),
        "refusal": refusal,
    }
    return render(request, "suggestions/sign.html", context)
