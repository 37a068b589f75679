"""Decorators for views: signed in at all, or signed in with a duty."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from bihuan.people.actors import Actor
from bihuan.people.duties import may

_Given = ParamSpec("_Given")
View = Callable[Concatenate[HttpRequest, _Given], HttpResponseBase]


def actor_of(request: HttpRequest) -> Actor:
    """Who acts; PermissionDenied for the public (a view behind `signed_in` never meets it)."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise PermissionDenied("请先登录。")
    return actor


def signed_in(view: View[_Given]) -> View[_Given]:
    """Send the public to the sign-in page and back here afterwards."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: _Given.args, **kwargs: _Given.kwargs) -> HttpResponseBase:
        if getattr(request, "actor", None) is None:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def for_duty(duty: str) -> Callable[[View[_Given]], View[_Given]]:
    """Only for whoever has the duty; to others a 403 that says whose it is."""

    def decorate(view: View[_Given]) -> View[_Given]:
        @signed_in
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: _Given.args, **kwargs: _Given.kwargs) -> HttpResponseBase:
            verdict = may(actor_of(request), duty)
            if not verdict:
                raise PermissionDenied(verdict.reason)
            return view(request, *args, **kwargs)

        return guarded

    return decorate
