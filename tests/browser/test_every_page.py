"""Every page anyone in the demo place can reach, found by following its links, is accessible and fits.

Each is looked at on a laptop and at a phone's width, in normal and in large type: axe finds nothing, nothing
stands out sideways, and a thumb hits every control. Pages that differ only in what they list are seen once.
"""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.browser.demo_site import Walk, one_site
from tests.browser.looking import whole_look

pytestmark = one_site

# What answers with a file, not with a page.
FILES = {
    "library:file",
    "ledger:verifier",
    "matters:paper",
    "matters:paper_of",
    "people:logins_xlsx",
    "suggestions:report_paper",
    "portal:public_json",
    "portal:public_matter_json",
    "portal:public_csv",
    "portal:public_feed",
}
# Each matter stands at its own stage, and each person's desk shows other work: these are seen every time.
SINGULAR = {"matters:detail", "portal:public_matter"}
PERSONAL = {"portal:desk", "portal:notices"}
# Seen once, but followed by everybody: they lead each person to other acts.
FOLLOWED = {"matters:list", "matters:detail", "people:persons", "people:person"}

PEOPLE = (
    "zhangmin",
    "huangdeming",
    "luojing",
    "xiaofei",
    "tangzhiyuan",
    "liangbo",
    "chenguoping",
    "dongzhenhua",
    "renjie",
    "zhengkai",
    "wuguihua",
    "xuting",
    "tianye",
    "xitong",
    "anquan",
    "shenji",
)
# Reached by no link: a page that is not there, one that is refused, and those of a visitor.
BY_HAND = {
    "": ("/", "/public/", "/login/", "/public/nothing/", "/nowhere"),
    "xiaofei": ("/nowhere", "/matters/SY-2026-0003/void/", "/ledger/"),
}


def shape(address: str, username: str) -> tuple[str, ...] | None:
    """What kind of page an address leads to; None where it is no page of ours."""
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return ("nowhere", username)
    if match.view_name in FILES or "format=" in parts.query:
        return None
    kind = (match.view_name, str(match.kwargs.get("code", "")))
    if match.view_name in SINGULAR:
        return (*kind, str(match.kwargs["number"]))
    return (*kind, username) if match.view_name in PERSONAL else kind


@pytest.fixture(scope="session")
def seen() -> set[tuple[str, ...]]:
    return set()


@pytest.mark.parametrize("username", ["", *PEOPLE], ids=lambda name: name or "visitor")
def test_every_page_is_accessible_and_fits(walk: Walk, seen: set[tuple[str, ...]], username: str) -> None:
    page = walk("/desk/" if username else "/", username=username)
    site = page.url
    waiting = [page.url, *(urljoin(site, path) for path in BY_HAND.get(username, ()))]
    been: set[tuple[str, ...]] = set()
    faults: list[str] = []
    while waiting:
        address = waiting.pop(0)
        kind = shape(address, username)
        if kind is None or kind in been or (kind in seen and kind[0] not in FOLLOWED):
            continue
        been.add(kind)
        answer = page.goto(address)
        assert answer is not None
        waiting += links(page, site)
        if kind not in seen:
            seen.add(kind)
            found = [f"answered {answer.status}"] if answer.status >= 500 else whole_look(page)
            faults += [f"{urlsplit(address).path} {each}" for each in found]
    assert faults == []


def links(page: Page, site: str) -> list[str]:
    """Where the page's links lead within the site."""
    found: list[str] = page.evaluate("[...document.querySelectorAll('a[href]')].map((each) => each.href)")
    return [each.partition("#")[0] for each in found if urlsplit(each).netloc == urlsplit(site).netloc]
