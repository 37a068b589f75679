"""The few pages that belong to no app."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from bihuan.ui.context import LARGE_COOKIE

YEAR = 365 * 24 * 3600  # seconds


@require_POST
def set_large(request: HttpRequest) -> HttpResponse:
    """Turn large type on or off, for the account when signed in, else for this browser."""
    wanted = request.POST.get("large") == "1"
    if request.user.is_authenticated:
        request.user.large_type = wanted
        request.user.save(update_fields=["large_type"])
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    answer = HttpResponseRedirect(back if safe else "/")
    answer.set_cookie(LARGE_COOKIE, str(int(wanted)), max_age=YEAR, samesite="Lax", httponly=True)
    return answer


class NotNow(PermissionDenied):
    """Refused because of the time or the matter's state, not because of who asks: no post would help."""


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Why it is refused; whom to ask only where another post would change it."""
    context = {"exception": str(exception), "by_post": not isinstance(exception, NotNow)}
    return render(request, "403.html", context, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page is out of date: say so and give back what was typed, to copy.

    It is not offered for sending again: another site may have filled it in.
    """
    typed = [
        (name, text)
        for name, text in request.POST.items()
        if isinstance(text, str) and len(text) > 1 and not name.startswith("csrf") and "password" not in name
    ]
    return render(request, "403_csrf.html", {"typed": typed, "back": request.path}, status=403)
