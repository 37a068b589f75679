"""Who may read the ledger: audit administrators, by a post they hold on the day.

The ledger lies below people and knows nothing of accounts; it looks at what the middleware has put on the
request: `request.actor`, None for the public, else with `name`, `account` and `posts` (each with `role`,
`organ_name`, `title`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

_Given = ParamSpec("_Given")
View = Callable[Concatenate[HttpRequest, _Given], HttpResponseBase]


def auditing_post(request: HttpRequest) -> Any:
    """The post that gives the right, None where there is none."""
    posts = getattr(getattr(request, "actor", None), "posts", ())
    return next((post for post in posts if post.role == "auditor"), None)


def may_audit(request: HttpRequest) -> bool:
    return auditing_post(request) is not None


def auditor_of(request: HttpRequest) -> tuple[str, int | None]:
    """How the ledger names its reader, and the account. Only behind `for_auditors`."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    return actor.stamp(auditing_post(request)), actor.account


def for_auditors(view: View[_Given]) -> View[_Given]:
    """Send the public to sign in; refuse everybody else who is no audit administrator."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: _Given.args, **kwargs: _Given.kwargs) -> HttpResponseBase:
        if getattr(request, "actor", None) is None:
            return redirect_to_login(request.get_full_path())
        if not may_audit(request):
            raise PermissionDenied("您不能查阅台账：这是审计管理员的职责，请与其联系。")
        return view(request, *args, **kwargs)

    return guarded
