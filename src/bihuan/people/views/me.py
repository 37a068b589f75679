"""One's own account."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from bihuan.people.doors import actor_of, signed_in
from bihuan.people.forms import PasswordForm
from bihuan.people.login import needs_second_factor
from bihuan.people.models import Account
from bihuan.people.services import change_password
from bihuan.people.views.asking import ask


def account_of(request: HttpRequest) -> Account:
    """The account behind a signed-in request."""
    assert isinstance(request.user, Account)  # noqa: S101  # `signed_in` stands before
    return request.user


@signed_in
def me(request: HttpRequest) -> HttpResponse:
    """My account: password, second factor, posts, recent sign-ins."""
    account = account_of(request)
    shown = {
        "account": account,
        "second_factor": Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists(),
        "may_give_up": not needs_second_factor(account),
        "posts": account.person.posts.select_related("organ").order_by("-since", "id"),
        "logins": account.logins.order_by("-at", "-id")[:5],
    }
    return render(request, "people/me.html", shown)


@sensitive_post_parameters()
@never_cache
@signed_in
def password(request: HttpRequest) -> HttpResponse:
    """Set a password of one's own; other browsers are signed out, this one stays."""
    account = account_of(request)

    def do(given: dict[str, Any]) -> HttpResponse:
        change_password(
            account=account,
            password=given["new"],
            actor=actor_of(request),
            at=timezone.now(),
            keep_session=request.session.session_key or "",
        )
        account.refresh_from_db()
        update_session_auth_hash(request, account)
        return redirect("people:me")

    form = PasswordForm(request.POST or None, account=account)
    lead = "修改后，您在其他电脑和手机上的登录会自动退出。"
    return ask(
        request, form, do=do, heading="修改密码", button="修改密码", back=reverse("people:me"), lead=lead
    )
