"""Persons and accounts: the system administrator's pages, which the security administrator reads."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from bihuan.people import services
from bihuan.people.doors import actor_of, for_duty
from bihuan.people.duties import may
from bihuan.people.forms import (
    AccountForm,
    DeputyForm,
    PersonFilter,
    PersonForm,
    ReasonForm,
)
from bihuan.people.models import Account, Person, Post
from bihuan.people.views.asking import ask, offered
from bihuan.ui.context import today_of
from bihuan.ui.paging import page

_ACCOUNT_STATES = {
    "open": Q(account__is_active=True),
    "disabled": Q(account__is_active=False),
    "none": Q(account__isnull=True),
}


@for_duty("see_registers")
def persons(request: HttpRequest) -> HttpResponse:
    """All persons by name, with the posts held today and the state of the account."""
    form = PersonFilter(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    today = Post.objects.on(today_of(request)).select_related("organ").order_by("id")
    found = Person.objects.select_related("account").prefetch_related(
        Prefetch("posts", queryset=today, to_attr="held")
    )
    if words := given.get("words"):
        found = found.filter(Q(name__contains=words) | Q(account__username__contains=words.lower()))
    if state := given.get("state"):
        found = found.filter(_ACCOUNT_STATES[state])
    shown = {
        "filter": form,
        "page": page(found, keys=("name", "id"), query=request.GET, count=True),
        "may_add": may(actor_of(request), "manage_people"),
    }
    return render(request, "people/persons.html", shown)


@for_duty("see_registers")
def person(request: HttpRequest, key: int) -> HttpResponse:
    """One person: posts of all times, the account, and what the reader may do."""
    found = get_object_or_404(Person.objects.select_related("account"), pk=key)
    account: Account | None = getattr(found, "account", None)
    acts = [
        ("manage_people", "修改信息", "person_change", key),
        ("manage_people", "登记代表身份", "deputy_add", key),
        ("grant_post", "办理任职", "post_grant", key),
    ]
    if account is None:
        acts.append(("open_account", "开设账号", "account_open", key))
    elif account.is_active:
        acts.append(("disable_account", "停用账号", "account_disable", account.pk))
    else:
        acts.append(("disable_account", "恢复账号", "account_enable", account.pk))
    if account is not None:
        acts.append(("reset_password", "重置密码", "password_reset", account.pk))
    actor = actor_of(request)
    shown = {
        "person": found,
        "account": account,
        "mandates": found.mandates.select_related("delegation").order_by("-congress"),
        "posts": found.posts.select_related("organ").order_by("-since", "id"),
        "acts": offered(actor, *acts),
        "may_grant": may(actor, "grant_post"),
    }
    return render(request, "people/person.html", shown)


@for_duty("manage_people")
def person_add(request: HttpRequest) -> HttpResponse:
    """Enter a person."""

    def do(given: dict[str, Any]) -> HttpResponse:
        made = services.add_person(actor=actor_of(request), at=timezone.now(), **given)
        return redirect("people:person", made.pk)

    return ask(
        request,
        PersonForm(request.POST or None),
        do=do,
        heading="登记人员",
        button="登记",
        back=reverse("people:persons"),
    )


@for_duty("manage_people")
def person_change(request: HttpRequest, key: int) -> HttpResponse:
    """Correct a person's name, mobile or e-mail."""
    found = get_object_or_404(Person, pk=key)

    def do(given: dict[str, Any]) -> None:
        services.change_person(person=found, actor=actor_of(request), at=timezone.now(), **given)

    initial = {"name": found.name, "mobile": found.mobile, "email": found.email}
    return ask(
        request,
        PersonForm(request.POST or None, initial=initial),
        do=do,
        heading=f"修改{found.name}的信息",
        button="保存",
        back=reverse("people:person", args=[key]),
    )


@for_duty("manage_people")
def deputy_add(request: HttpRequest, key: int) -> HttpResponse:
    """Enter to which congress a person was elected."""
    found = get_object_or_404(Person, pk=key)

    def do(given: dict[str, Any]) -> None:
        services.add_deputy(person=found, actor=actor_of(request), at=timezone.now(), **given)

    return ask(
        request,
        DeputyForm(request.POST or None),
        do=do,
        heading=f"登记{found.name}的代表身份",
        button="登记",
        back=reverse("people:person", args=[key]),
    )


@never_cache
@for_duty("open_account")
def account_open(request: HttpRequest, key: int) -> HttpResponse:
    """Open a person's account and show its one-time password once."""
    found = get_object_or_404(Person, pk=key)

    def do(given: dict[str, Any]) -> HttpResponse:
        opened = services.open_account(person=found, actor=actor_of(request), at=timezone.now(), **given)
        return render(
            request,
            "people/one_time.html",
            {"account": opened.account, "password": opened.one_time_password},
        )

    return ask(
        request,
        AccountForm(request.POST or None),
        do=do,
        heading=f"为{found.name}开设账号",
        button="开设账号",
        back=reverse("people:person", args=[key]),
    )


@for_duty("disable_account")
def account_disable(request: HttpRequest, key: int) -> HttpResponse:
    """Close an account."""
    found = get_object_or_404(Account.objects.select_related("person"), pk=key)

    def do(given: dict[str, Any]) -> None:
        services.disable_account(account=found, actor=actor_of(request), at=timezone.now(), **given)

    return ask(
        request,
        ReasonForm(request.POST or None),
        do=do,
        heading=f"停用{found.person.name}的账号？",
        button="停用账号",
        back=reverse("people:person", args=[found.person_id]),
        lead="停用后立即退出登录，不能再登录；办过的事和台账记录都保留，以后可以恢复。",
        danger=True,
    )


@for_duty("disable_account")
def account_enable(request: HttpRequest, key: int) -> HttpResponse:
    """Let a disabled account sign in again."""
    found = get_object_or_404(Account.objects.select_related("person"), pk=key)

    def do(given: dict[str, Any]) -> None:
        services.enable_account(account=found, actor=actor_of(request), at=timezone.now(), **given)

    return ask(
        request,
        ReasonForm(request.POST or None),
        do=do,
        heading=f"恢复{found.person.name}的账号",
        button="恢复账号",
        back=reverse("people:person", args=[found.person_id]),
        lead="恢复后用原来的密码登录；忘记密码的，请安全管理员重置。",
    )
