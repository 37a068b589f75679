"""Pages of the clock: the holiday notices with what they would move, and the digests that did not go out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bihuan.kernel.calendar import parse_notice
from bihuan.kernel.terms import Due
from bihuan.matters.access import runs_the_house
from bihuan.matters.clock import current_calendar
from bihuan.matters.delivery import failed_digests
from bihuan.matters.holidays import (
    RECOUNTED,
    Change,
    approve_notice,
    changes_by,
    deciding_post,
    propose_notice,
    reject_notice,
)
from bihuan.matters.models import Deed, HolidayNotice
from bihuan.people.actors import Actor
from bihuan.people.doors import View, actor_of, for_duty, signed_in
from bihuan.people.duties import may
from bihuan.people.refusals import Refused
from bihuan.ui.export import Column, xlsx_response
from bihuan.ui.paging import page

STATES = {
    HolidayNotice.PROPOSED: "待审核",
    HolidayNotice.APPROVED: "已批准",
    HolidayNotice.REJECTED: "已退回",
}
EFFECTS = {"moves": "日期变动", "firms": "由暂定转为确定", "loosens": "由确定转为暂定"}
SHOWN = 100  # changes a page
LARGEST = 65_536  # bytes: a year's notice has two thousand
# Invented: a notice as it is published, and the same kind of thing as a file; the year is far off.
EXAMPLE = """国务院办公厅关于2031年部分节假日安排的通知
一、元旦：1月1日（周三）至3日（周五）放假调休，共3天。1月4日（周六）上班。
二、春节：1月22日（周三）至28日（周二）放假调休，共7天。2月8日（周六）上班。
三、清明节：4月5日（周六）放假，与周末连休。
四、劳动节：5月1日（周四）至3日（周六）放假，共3天。
五、端午节：6月24日（周二）放假，共1天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。10月11日（周六）上班。
"""
FILE_EXAMPLE = """year = 2031
source = "国务院办公厅关于2031年部分节假日安排的通知"
worked = [2031-01-04, 2031-02-08]

[[holiday]]
name = "元旦"
first = 2031-01-01
last = 2031-01-03
"""


_EXAMPLES = {"example": EXAMPLE, "file_example": FILE_EXAMPLE}


class LoadForm(forms.Form):
    """A year's notice, pasted or as a file; what the file holds is shown where it can be corrected."""

    file = forms.FileField(
        label="选择文件", required=False, help_text="文本文件，UTF-8 编码。也可以直接粘贴到下面。"
    )
    text = forms.CharField(
        label="放假安排",
        required=False,
        strip=False,
        max_length=LARGEST,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false"}),
        help_text="把国务院办公厅通知的标题和各节日的安排原样粘贴到这里；也接受本页所示的文件写法。",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file = given.get("file")
        if file is not None:
            given["text"] = self._read(file.read(LARGEST + 1))
        if not (given.get("text") or "").strip() and not self.errors:
            raise forms.ValidationError("没有载入：没有收到内容。请选择文件，或者把放假安排粘贴到文本框。")
        return given

    def _read(self, data: bytes) -> str:
        if len(data) > LARGEST:
            raise forms.ValidationError("没有载入：文件超过64 KB，不像一年的放假安排。请核对后重新选择。")
        try:
            text = data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(
                "没有载入：文件不是 UTF-8 编码的文本。请另存为 UTF-8 文本，再重新选择。"
            ) from error
        self.data = {**dict(self.data.items()), "text": text}  # a refusal then shows what was in the file
        return text


class DecisionForm(forms.Form):
    """Approve, or reject saying why."""

    reason = forms.CharField(
        label="理由", required=False, max_length=200, help_text="退回时必须填写。理由记入台账。"
    )


def _concerned(view: View[...]) -> View[...]:
    """For those who run the house, whose deadlines move, and for the officer who loads."""

    @signed_in
    def guarded(request: HttpRequest, /, *args: Any, **kwargs: Any) -> Any:
        if not sees_notices(actor_of(request)):
            raise PermissionDenied("放假安排由系统管理员载入、常委会各委室审核。各年的假期请在“规则”中查看。")
        return view(request, *args, **kwargs)

    return guarded


def sees_notices(actor: Actor) -> bool:
    """Whether the pages on holiday notices are the actor's business."""
    return _sees_matters(actor) or bool(may(actor, "load_holidays"))


def _sees_matters(actor: Actor) -> bool:
    return any(runs_the_house(post) for post in actor.posts)


@require_GET
@_concerned
def holidays(request: HttpRequest) -> HttpResponse:
    """Every notice ever loaded here, and the years in force."""
    shown = page(HolidayNotice.objects.all(), keys=("id",), query=request.GET, descending=True, count=True)
    for notice in shown.rows:
        notice.state_name = STATES[notice.state]
    context = {
        "page": shown,
        "in_force": current_calendar().notices,
        "may_load": may(actor_of(request), "load_holidays"),
    }
    return render(request, "matters/holidays.html", context)


@require_http_methods(["GET", "POST"])
@for_duty("load_holidays")
def load(request: HttpRequest) -> HttpResponse:
    """Load a year's notice; a refusal keeps what was typed."""
    form = LoadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = propose_notice(text=form.cleaned_data["text"], actor=actor_of(request), at=timezone.now())
        except Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(
                request, f"{made.year}年放假安排已载入，待委室负责人审核；审核之前任何期限都不变。"
            )
            return redirect("clock:holiday", key=made.pk)
    status = 400 if form.errors else 200
    return render(request, "matters/holiday_load.html", _EXAMPLES | {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@_concerned
def holiday(request: HttpRequest, key: int) -> HttpResponseBase:
    """One notice: its days, what it would move (or moved), and the decision on it."""
    notice = get_object_or_404(HolidayNotice, pk=key)
    actor = actor_of(request)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _decide(request, notice, form.cleaned_data["reason"], actor=actor))
            return redirect("clock:holiday", key=key)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    proposed = notice.state == HolidayNotice.PROPOSED
    context = {
        "notice": notice,
        "state": STATES[notice.state],
        "days": parse_notice(notice.text),
        "replaces": proposed and current_calendar().knows(notice.year),
        "form": form,
        "may_decide": proposed and deciding_post(actor) is not None and notice.loader_id != actor.person,
        "sees_matters": _sees_matters(actor),
    }
    if context["sees_matters"] and request.GET.get("format") == "xlsx" and proposed:
        name = f"{notice.year}年放假安排引起的期限变动"
        return xlsx_response(_telling(notice), columns=_COLUMNS, name=name)
    if context["sees_matters"]:
        context |= _moves_page(request, notice) if proposed else {"recounted": _recounted(notice)}
    return render(request, "matters/holiday.html", context, status=409 if form.errors else 200)


def _decide(request: HttpRequest, notice: HolidayNotice, reason: str, *, actor: Actor) -> str:
    """Do what the button says; the sentence that tells of it."""
    if "approve" in request.POST:
        moved = approve_notice(notice, reason=reason, actor=actor, at=timezone.now())
        return f"已批准{notice.year}年放假安排，{moved}个期限的日期随之变动，并记入台账。"
    reject_notice(notice, reason=reason, actor=actor, at=timezone.now())
    return f"已退回{notice.year}年放假安排，所有期限不变。"


def _telling(notice: HolidayNotice, *, after: int = 0) -> Iterator[Change]:
    """The changes people must look at: another day, or another certainty."""
    return (change for change in changes_by(notice, after=after) if change.kind in EFFECTS)


def _moves_page(request: HttpRequest, notice: HolidayNotice) -> dict[str, Any]:
    """The first SHOWN changes behind the matter in `?after=`; a matter is never cut in two."""
    after = request.GET.get("after", "")
    begin = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0
    rows: list[dict[str, Any]] = []
    last = begin
    for change in _telling(notice, after=begin):
        if len(rows) >= SHOWN and change.matter.pk != last:
            return {"rows": rows, "next_url": f"?after={last}", "begun": begin > 0}
        rows.append(_row(change))
        last = change.matter.pk
    return {"rows": rows, "next_url": "", "begun": begin > 0}


def _row(change: Change) -> dict[str, Any]:
    citation = change.term.specification.citation
    return {
        "matter": change.matter,
        "name": change.name,
        "effect": EFFECTS[change.kind],
        "moves": change.kind == "moves",
        "before": _explained(change.before, citation),
        "after": _explained(change.after, citation),
    }


def _explained(due: Due, citation: str) -> dict[str, Any]:
    return {
        "due": due.on,
        "kind": due.kind,
        "provisional": due.provisional,
        "steps": due.steps,
        "citation": citation,
    }


def _recounted(notice: HolidayNotice) -> list[Deed]:
    """What the approval did, from the timelines it was written into."""
    if notice.decided_at is None:
        return []
    deeds = Deed.objects.filter(at=notice.decided_at, act=RECOUNTED, answers__notice=notice.pk)
    return list(deeds.select_related("matter").order_by("seq")[:SHOWN])


_COLUMNS: list[Column[Change]] = [
    Column("事项", lambda c: c.matter.number),
    Column("名称", lambda c: c.matter.title, width=60),
    Column("期限", lambda c: c.name, width=40),
    Column("原到期日", lambda c: c.before.on, "day"),
    Column("新到期日", lambda c: c.after.on, "day"),
    Column("变化", lambda c: EFFECTS[c.kind]),
    Column("新的算法", lambda c: "".join(step.text for step in c.after.steps), width=80),
]


@require_GET
@for_duty("change_settings")
def deliveries(request: HttpRequest) -> HttpResponse:
    """The digests that did not go out, and why."""
    shown = page(failed_digests(), keys=("id",), query=request.GET, descending=True, count=True)
    return render(request, "matters/holiday_deliveries.html", {"page": shown})
