"""Search and notices."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from bihuan.matters.models import Notice
from bihuan.people.doors import actor_of, signed_in
from bihuan.portal.finding import TABS, find
from bihuan.ui.paging import page


@require_GET
@signed_in
def search(request: HttpRequest) -> HttpResponse:
    """Everything the person may see that contains the words (`q`), by kind (`in`)."""
    words, tab = request.GET.get("q", "").strip(), request.GET.get("in", "")
    after = _key(request.GET.get("after", ""))
    results = find(words, actor=actor_of(request), tab=tab, after=after)
    here = reverse("portal:search")
    tabs = [
        {"label": label, "url": f"{here}?{urlencode({'q': words, 'in': code})}", "current": code == tab}
        for code, label, _ in TABS
    ]
    more = urlencode({"q": words, "in": tab, "after": results.after}) if results.after else ""
    context = {"words": words, "tab": tab, "tabs": tabs, "results": results, "is_later": after is not None}
    return render(request, "portal/search.html", context | {"more": more})


@require_GET
@signed_in
def notices(request: HttpRequest) -> HttpResponse:
    """The person's notices, newest first."""
    mine = Notice.objects.filter(person=actor_of(request).person)
    shown = page(mine.select_related("matter"), keys=("id",), query=request.GET, size=30, descending=True)
    newest = mine.filter(read_at__isnull=True).order_by("-pk").values_list("pk", flat=True).first()
    return render(request, "portal/notices.html", {"page": shown, "newest_unread": newest})


@require_POST
@signed_in
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice read and go where it leads."""
    notice = get_object_or_404(
        Notice.objects.select_related("matter"), pk=pk, person=actor_of(request).person
    )
    if notice.read_at is None:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
    return redirect("matters:detail", notice.matter.number) if notice.matter else redirect("portal:notices")


@require_POST
@signed_in
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark every notice read that there was when the page was asked for: what came since stays unread."""
    newest = _key(request.POST.get("newest", ""))
    mine = Notice.objects.filter(person=actor_of(request).person, read_at__isnull=True)
    if newest is not None:
        count = mine.filter(pk__lte=newest).update(read_at=timezone.now())
        messages.success(request, f"已将{count}条通知标为已读。")
    return redirect("portal:notices")


def _key(text: str) -> int | None:
    """A row's key as typed into an address; None for what no column could hold."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
