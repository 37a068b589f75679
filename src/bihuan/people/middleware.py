"""Who acts: told once a request, and what the person must do before anything else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone

from bihuan.people import sessions
from bihuan.people.actors import Actor
from bihuan.people.models import ADMINISTRATOR_ROLES, Account
from bihuan.people.passwords import is_stale
from bihuan.ui.context import today_of

_TOUCH_EVERY = 60  # seconds; writing the session at every request would make readers queue for the database
# Pages open to somebody who must first change the password or set up the second factor.
_ALWAYS_OPEN = frozenset(
    {
        "people:password",
        "account_logout",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "ui:large",
    }
)


def who_acts(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: set `request.actor` (None for the public), end sessions that lasted too long."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        account = request.user
        if not isinstance(account, Account):
            return get_response(request)
        at = timezone.now()
        if _has_lasted_too_long(request, at):
            logout(request)
            messages.info(request, "登录已满12小时，为安全起见已自动退出。请重新登录。")
            return redirect("account_login")
        actor = Actor.of(account, on=today_of(request))
        request.actor = actor  # type: ignore[attr-defined]
        if first := _first(account, actor, at=at):
            page, why = first
            if not _is_open(request):
                messages.info(request, why)
                return redirect(page)
        response = get_response(request)
        # After signing out, the browser's back button must ask again rather than show what it kept.
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return answer


def _has_lasted_too_long(request: HttpRequest, at: datetime) -> bool:
    """Whether the session is over; if not, its idle time starts anew."""
    now = int(at.timestamp())
    started = request.session.get(sessions.STARTED, now)
    if now - started >= settings.BIHUAN_SESSION_LONGEST:
        return True
    if now - request.session.get(sessions.SEEN, 0) >= _TOUCH_EVERY:
        request.session[sessions.SEEN] = now
    return False


def _first(account: Account, actor: Actor, *, at: datetime) -> tuple[str, str] | None:
    """The page that comes before everything else, and why."""
    is_administrator = any(post.role in ADMINISTRATOR_ROLES for post in actor.posts)
    if account.must_change_password:
        return "people:password", "您用的是一次性密码，请先设置自己的密码。"
    if not is_administrator or not settings.BIHUAN_ADMIN_MFA:
        return None
    if is_stale(account, at=at):
        return "people:password", "管理员的密码每90天更换一次，请先设置新密码。"
    if not Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists():
        return "mfa_activate_totp", "管理员登录须用动态验证码，请先启用。"
    return None


def _is_open(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).view_name in _ALWAYS_OPEN
    except Resolver404:
        return False
