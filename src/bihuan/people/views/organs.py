"""Organs: the system administrator's pages, which the security administrator reads."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from bihuan.people import services
from bihuan.people.doors import actor_of, for_duty
from bihuan.people.duties import may
from bihuan.people.forms import (
    AliasForm,
    MergeForm,
    OrganFilter,
    OrganForm,
    RenameForm,
)
from bihuan.people.models import Organ, Place, Post
from bihuan.people.views.asking import ask, offered
from bihuan.ui.context import today_of
from bihuan.ui.paging import page


@for_duty("see_registers")
def organs(request: HttpRequest) -> HttpResponse:
    """All organs by name."""
    form = OrganFilter(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    found = Organ.objects.prefetch_related("aliases")
    if words := given.get("words"):
        found = found.filter(
            Q(name__contains=words)
            | Q(short_name__contains=words)
            | Q(pk__in=Organ.objects.filter(aliases__name__contains=words).values("pk"))
        )
    if kind := given.get("kind"):
        found = found.filter(kind=kind)
    shown = {
        "filter": form,
        "page": page(found, keys=("name", "id"), query=request.GET, count=True),
        "may_add": may(actor_of(request), "manage_organs"),
    }
    return render(request, "people/organs.html", shown)


@for_duty("see_registers")
def organ(request: HttpRequest, key: int) -> HttpResponse:
    """One organ: its names, and who holds posts in it today."""
    found = get_object_or_404(Organ.objects.select_related("parent", "successor"), pk=key)
    acts = (
        offered(
            actor_of(request),
            ("add_alias", "登记别名", "organ_alias", key),
            ("manage_organs", "更名", "organ_rename", key),
            ("manage_organs", "并入其他机构", "organ_merge", key),
        )
        if found.until is None
        else ()
    )
    shown = {
        "organ": found,
        "aliases": found.aliases.order_by("until", "name"),
        "posts": Post.objects.on(today_of(request))
        .filter(organ=found)
        .select_related("person")
        .order_by("id"),
        "acts": acts,
    }
    return render(request, "people/organ.html", shown)


@for_duty("manage_organs")
def organ_add(request: HttpRequest) -> HttpResponse:
    """Enter an organ of the site's place."""

    def do(given: dict[str, Any]) -> HttpResponse:
        made = services.add_organ(
            place=get_object_or_404(Place), actor=actor_of(request), at=timezone.now(), **given
        )
        return redirect("people:organ", made.pk)

    return ask(
        request,
        OrganForm(request.POST or None),
        do=do,
        heading="登记机构",
        button="登记",
        back=reverse("people:organs"),
    )


@for_duty("manage_organs")
def organ_rename(request: HttpRequest, key: int) -> HttpResponse:
    """Give an organ its new name."""
    found = get_object_or_404(Organ, pk=key)

    def do(given: dict[str, Any]) -> None:
        services.rename_organ(organ=found, actor=actor_of(request), at=timezone.now(), **given)

    return ask(
        request,
        RenameForm(request.POST or None),
        do=do,
        heading=f"{found.name}更名",
        button="更名",
        back=reverse("people:organ", args=[key]),
    )


@for_duty("manage_organs")
def organ_merge(request: HttpRequest, key: int) -> HttpResponse:
    """End an organ whose work another one carries on."""
    found = get_object_or_404(Organ, pk=key)

    def do(given: dict[str, Any]) -> None:
        services.merge_organs(organs=[found], actor=actor_of(request), at=timezone.now(), **given)

    return ask(
        request,
        MergeForm(request.POST or None, organ=found),
        do=do,
        heading=f"{found.name}并入其他机构",
        button="并入",
        back=reverse("people:organ", args=[key]),
        lead="并入后不能撤销。以后的公文提到原机构，视为指承接机构。",
        danger=True,
    )


@for_duty("add_alias")
def organ_alias(request: HttpRequest, key: int) -> HttpResponse:
    """Accept another name for an organ."""
    found = get_object_or_404(Organ.objects.select_related("place"), pk=key)

    def do(given: dict[str, Any]) -> None:
        services.add_alias(organ=found, actor=actor_of(request), at=timezone.now(), **given)

    return ask(
        request,
        AliasForm(request.POST or None),
        do=do,
        heading=f"{found.name}的又一个叫法",
        button="登记别名",
        back=reverse("people:organ", args=[key]),
    )
