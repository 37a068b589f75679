"""Posts, locks, sessions and the login record: the security administrator's pages."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from bihuan.people import services
from bihuan.people.doors import actor_of, for_duty
from bihuan.people.duties import may
from bihuan.people.forms import EndPostForm, LoginFilter, PostForm, ReasonForm
from bihuan.people.models import Account, LoginGuard, LoginRecord, Person, Post, Session
from bihuan.people.views.asking import ask
from bihuan.people.words import OUTCOMES
from bihuan.ui.export import Column, xlsx_response
from bihuan.ui.paging import page


@for_duty("grant_post")
def post_grant(request: HttpRequest, key: int) -> HttpResponse:
    """Give a person a post."""
    found = get_object_or_404(Person, pk=key)

    def do(given: dict[str, Any]) -> None:
        services.grant_post(person=found, actor=actor_of(request), at=timezone.now(), **given)

    return ask(
        request,
        PostForm(request.POST or None),
        do=do,
        heading=f"为{found.name}办理任职",
        button="办理任职",
        back=reverse("people:person", args=[key]),
    )


@for_duty("grant_post")
def post_end(request: HttpRequest, key: int) -> HttpResponse:
    """End a post."""
    found = get_object_or_404(Post.objects.select_related("person", "organ"), pk=key)

    def do(given: dict[str, Any]) -> None:
        services.end_post(post=found, actor=actor_of(request), at=timezone.now(), **given)

    return ask(
        request,
        EndPostForm(request.POST or None),
        do=do,
        heading=f"为{found.person.name}办理离任？",
        button="办理离任",
        back=reverse("people:person", args=[found.person_id]),
        lead=f"{found.organ.name}{found.title}。离任日期的次日起，不能再以这一岗位办理；任职经历保留。",
        danger=True,
    )


@never_cache
@for_duty("reset_password")
def password_reset(request: HttpRequest, key: int) -> HttpResponse:
    """Give an account a new one-time password and show it once."""
    found = get_object_or_404(Account.objects.select_related("person"), pk=key)

    def do(given: dict[str, Any]) -> HttpResponse:
        made = services.reset_password(account=found, actor=actor_of(request), at=timezone.now(), **given)
        return render(request, "people/one_time.html", {"account": found, "password": made})

    return ask(
        request,
        ReasonForm(request.POST or None),
        do=do,
        heading=f"重置{found.person.name}的密码？",
        button="重置密码",
        back=reverse("people:person", args=[found.person_id]),
        lead="原密码立即失效，各处的登录自动退出；新的一次性密码只显示一次。",
        danger=True,
    )


@for_duty("unlock_account")
def locks(request: HttpRequest) -> HttpResponse:
    """Who may not sign in now."""
    found = LoginGuard.objects.filter(locked_until__gt=timezone.now())
    return render(
        request, "people/locks.html", {"page": page(found, keys=("locked_until", "id"), query=request.GET)}
    )


@for_duty("unlock_account")
def unlock(request: HttpRequest, key: int) -> HttpResponse:
    """Let a locked name or address sign in at once."""
    found = get_object_or_404(LoginGuard, pk=key)

    def do(given: dict[str, Any]) -> None:
        services.unlock_account(guard=found, actor=actor_of(request), at=timezone.now(), **given)

    return ask(
        request,
        ReasonForm(request.POST or None),
        do=do,
        heading=f"解除{found.key}的登录锁定",
        button="解锁",
        back=reverse("people:locks"),
        lead="请先与本人核实是不是自己输错了密码。",
    )


@for_duty("see_sessions")
def sessions(request: HttpRequest) -> HttpResponse:
    """Who is signed in."""
    found = Session.objects.filter(account__isnull=False, expire_date__gt=timezone.now())
    shown = page(found.select_related("account__person"), keys=("started_at", "handle"), query=request.GET)
    return render(request, "people/sessions.html", {"page": shown})


@for_duty("end_session")
def session_end(request: HttpRequest, handle: str) -> HttpResponse:
    """Sign a browser out."""
    found = get_object_or_404(
        Session.objects.filter(account__isnull=False).select_related("account__person"), handle=handle
    )
    assert found.account is not None  # noqa: S101  # filtered

    def do(given: dict[str, Any]) -> None:
        services.end_session(session=found, actor=actor_of(request), at=timezone.now(), **given)

    return ask(
        request,
        ReasonForm(request.POST or None),
        do=do,
        heading=f"结束{found.account.person.name}的登录？",
        button="结束登录",
        back=reverse("people:sessions"),
        lead="对方没有保存的内容会丢失，之后可以重新登录。",
        danger=True,
    )


@for_duty("see_logins")
def logins(request: HttpRequest) -> HttpResponse:
    """The login record, newest first."""
    form = LoginFilter(request.GET)
    found = _filtered(form.cleaned_data if form.is_valid() else {})
    shown = page(found, keys=("at", "id"), query=request.GET, descending=True)
    may_export = may(actor_of(request), "export_logins")
    export = f"{reverse('people:logins_xlsx')}?{request.GET.urlencode()}" if may_export else ""
    return render(request, "people/logins.html", {"filter": form, "page": shown, "export": export})


_COLUMNS: tuple[Column[LoginRecord], ...] = (
    Column("时间", lambda row: row.at, "moment"),
    Column("用户名", lambda row: row.username),
    Column("结果", lambda row: OUTCOMES[row.outcome]),
    Column("网络地址", lambda row: row.address),
    Column("浏览器", lambda row: row.agent, width=60),
)


@for_duty("export_logins")
def logins_xlsx(request: HttpRequest) -> FileResponse:
    """The same records as a table to take along; that they were taken is recorded."""
    form = LoginFilter(request.GET)
    found = _filtered(form.cleaned_data if form.is_valid() else {})
    what = request.GET.urlencode() or "全部"
    services.export_logins(what=what, actor=actor_of(request), at=timezone.now())
    rows = found.order_by("-at", "-id").iterator(chunk_size=2000)
    return xlsx_response(rows, columns=_COLUMNS, name="登录记录")


def _filtered(given: dict[str, Any]) -> QuerySet[LoginRecord]:
    """The records that answer the filter; both days included."""
    found = LoginRecord.objects.all()
    if username := given.get("username"):
        found = found.filter(username=username.strip().lower())
    if outcome := given.get("outcome"):
        found = found.filter(outcome=outcome)
    if since := given.get("since"):
        found = found.filter(at__gte=timezone.make_aware(datetime.combine(since, time())))
    if until := given.get("until"):
        found = found.filter(at__lt=timezone.make_aware(datetime.combine(until + timedelta(days=1), time())))
    return found
