"""My desk: the first page after signing in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from bihuan.kernel.calendar import YEARS
from bihuan.kernel.glossary import chinese
from bihuan.matters.clock import current_calendar
from bihuan.matters.holidays import notices_to_decide
from bihuan.matters.models import NEVER, Matter
from bihuan.people.actors import Actor
from bihuan.people.doors import actor_of, signed_in
from bihuan.people.duties import DUTIES
from bihuan.people.models import ADMINISTRATOR_ROLES
from bihuan.portal import desk as desks
from bihuan.portal.papers import PaperTask, papers_to_review
from bihuan.ui import navigation
from bihuan.ui.context import today_of
from bihuan.ui.paging import Page, page


@require_GET
@signed_in
def desk(request: HttpRequest) -> HttpResponse:
    """What I must do, whom I wait for, what changed since yesterday."""
    actor, today = actor_of(request), today_of(request)
    if desks.is_administrator(actor):
        return render(request, "portal/desk_administrator.html", _duties(request, actor))
    shown = page(desks.my_todos(actor), keys=("due_on", "id"), query=request.GET, size=desks.PAGE, count=True)
    told_only = desks.is_told_only(actor)
    others = None if told_only else _waiting(actor, query=QueryDict(), size=desks.FEW)
    papers: list[PaperTask] = []
    more_papers = False
    if not shown.previous_url:  # on the first page, whatever their dates: a paper has waited for nobody yet
        papers, more_papers = papers_to_review(actor, today=today)
    tasks: list[desks.Task | PaperTask] = [*desks.tasks(shown.rows, today=today), *papers]
    context = {
        "page": shown,
        "holiday_notices": notices_to_decide(actor),
        "tasks": sorted(tasks, key=lambda task: task.due_on or NEVER),
        "more_papers": more_papers,
        "waiting": desks.waiting_rows(others.rows, actor, today=today) if others else [],
        "more_waiting": bool(others and others.next_url),
        "turned": desks.lights_since_yesterday(actor, today=today),
        "changed": desks.by_matter(desks.deeds_since_yesterday(actor, today=today)),
        "yesterday": today - timedelta(days=1),
        "told_only": told_only,
        "told": desks.told_of(actor) if told_only else [],
    }
    return render(request, "portal/desk.html", context | _calendar(request, actor, today=today))


@require_GET
@signed_in
def waiting(request: HttpRequest) -> HttpResponse:
    """Every matter in which somebody else must act: what the desk shows the first few of."""
    actor, today = actor_of(request), today_of(request)
    shown = _waiting(actor, query=request.GET, size=50)
    rows = desks.waiting_rows(shown.rows, actor, today=today)
    return render(request, "portal/waiting.html", {"page": shown, "waiting": rows})


def _waiting(actor: Actor, *, query: QueryDict, size: int) -> Page[Matter]:
    ranges = desks.matters_waiting(actor)
    shown = page(ranges, keys=("due_on", "matter_id"), query=query, size=size, copies=len(ranges))
    return replace(shown, rows=tuple(row.matter for row in shown.rows))


def _calendar(request: HttpRequest, actor: Actor, *, today: date) -> dict[str, Any]:
    """The month asked for (?month=2026-03), this month without."""
    first = _month(request.GET.get("month", "")) or today.replace(day=1)
    working = current_calendar()
    days = (first + timedelta(days=each) for each in range(31))
    rows = reverse("matters:terms")
    shown = desks.month_of_terms(
        actor,
        first,
        today=today,
        url=f"{rows}?since={{day}}&until={{day}}",
        resting=[day for day in days if not working.is_working(day)],
    )
    last = shown.next - timedelta(days=1)
    return {
        "month": shown,
        "month_url": f"{rows}?since={shown.first}&until={last}",
        "previous_url": f"?month={shown.previous:%Y-%m}",
        "next_url": f"?month={shown.next:%Y-%m}",
        "is_this_month": shown.first == today.replace(day=1),
    }


def _month(text: str) -> date | None:
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return first if first.year in YEARS else None


def _duties(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """An administrator's pages, as the apps offer them, and duties, as the table of duties names them."""
    roles = [role for role in ADMINISTRATOR_ROLES if any(post.role == role for post in actor.posts)]
    here = reverse("portal:desk")
    return {
        "role": "、".join(chinese(f"role.{role}") for role in roles),
        "pages": [link for link in navigation.links(request) if link.url != here],
        "duties": [duty.name for duty in DUTIES.values() if set(duty.roles) & set(roles)],
    }
