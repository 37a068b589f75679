"""The context processor behind the frame."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from bihuan.ui import navigation

LARGE_COOKIE = "dazi"


@dataclass(frozen=True, slots=True)
class Shell:
    """What stands around the page: computed when a template asks for `shell`, not before."""

    navigation: tuple[navigation.Link, ...]
    unread: int
    notices_url: str
    search_url: str
    signed_in: bool
    person: str
    post: str
    large: bool
    home_url: str
    account_url: str
    sign_in_url: str
    sign_out_url: str
    large_url: str


def shell(request: HttpRequest) -> dict[str, object]:
    """`shell` (the frame) and `today` (the request's day, by which 'N 天后' is counted)."""
    return {"shell": _Lazy(request), "today": today_of(request)}


def today_of(request: HttpRequest) -> date:
    """The day a request is answered on: a test or the demo may set `request.today`."""
    given = getattr(request, "today", None)
    return given if isinstance(given, date) else timezone.localdate()


def is_large(request: HttpRequest) -> bool:
    """Large type: kept with the account once signed in, in a cookie before that."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return bool(getattr(user, "large_type", False))
    return request.COOKIES.get(LARGE_COOKIE) == "1"


class _Lazy:
    """Builds the frame at its first use, so that partials answered to htmx never count notices."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._made: Shell | None = None

    def __getattr__(self, name: str) -> object:
        if self._made is None:
            self._made = _build(self._request)
        return getattr(self._made, name)


def _build(request: HttpRequest) -> Shell:
    user = getattr(request, "user", None)
    signed_in = bool(user is not None and user.is_authenticated)
    actor = getattr(request, "actor", None) if signed_in else None
    posts = getattr(actor, "posts", ())
    unread, notices_url = navigation.notices(request) if signed_in else (0, "")
    return Shell(
        navigation=navigation.links(request),
        unread=unread,
        notices_url=notices_url,
        search_url=navigation.search_address(),
        signed_in=signed_in,
        person=str(getattr(actor, "name", user if signed_in else "")),
        post="、".join(dict.fromkeys(held.organ_name for held in posts)),
        large=is_large(request),
        home_url=navigation.address("portal:desk") or "/",
        account_url=navigation.address("people:me"),
        sign_in_url=navigation.address("account_login"),
        sign_out_url=navigation.address("account_logout"),
        large_url=navigation.address("ui:large"),
    )
