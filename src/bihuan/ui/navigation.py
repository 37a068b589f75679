"""What the frame around every page shows, told by the apps themselves when they start.

An app calls `register(...)` in its AppConfig.ready(); the frame never knows the apps. The hooks for
notices and search are single: the last one told wins, and without one the frame leaves the place out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

Condition = Callable[[HttpRequest], bool]
Count = Callable[[HttpRequest], int]


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the left navigation; `group` gathers entries under a small heading."""

    label: str
    url_name: str
    order: int
    when: Condition
    group: str


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as shown on one page."""

    label: str
    url: str
    group: str
    current: bool


_items: dict[str, Item] = {}
_notices: list[tuple[Count, str]] = []
_search: list[str] = []


def _always(request: HttpRequest) -> bool:
    return True


def register(label: str, url_name: str, order: int, *, when: Condition = _always, group: str = "") -> None:
    """Offer a page in the left navigation to whoever `when(request)` allows (telling twice changes it)."""
    _items[url_name] = Item(label=label, url_name=url_name, order=order, when=when, group=group)


def register_notices(count: Count, url_name: str) -> None:
    """Tell how many unread notices a request's person has, and where they are read."""
    _notices[:] = [(count, url_name)]


def register_search(url_name: str) -> None:
    """Tell which page answers the search box (it receives the words as `q`)."""
    _search[:] = [url_name]


def links(request: HttpRequest) -> tuple[Link, ...]:
    """The entries open to this request, in order, the one the page belongs to marked.

    A page belongs to the entry with the longest address that begins its own.
    """
    shown = []
    for item in sorted(_items.values(), key=lambda item: (item.order, item.label)):
        url = address(item.url_name)
        if url and item.when(request):
            shown.append((item, url))
    held = [url for _, url in shown if request.path == url or (url != "/" and request.path.startswith(url))]
    here = max(held, key=len, default="")
    return tuple(
        Link(label=item.label, url=url, group=item.group, current=url == here) for item, url in shown
    )


def notices(request: HttpRequest) -> tuple[int, str]:
    """The unread count and the address of the notices page (empty where no app offers one)."""
    for count, url_name in _notices:
        if url := address(url_name):
            return count(request), url
    return 0, ""


def search_address() -> str:
    return address(_search[0]) if _search else ""


def address(url_name: str) -> str:
    """The address of a page, or '' where the app is not mounted: the frame must not fall with one app."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
