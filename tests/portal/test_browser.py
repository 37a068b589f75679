"""The portal in a browser: on a phone, without scripts, and what no link leads to as axe sees it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from bihuan.matters.models import Notice, Todo
from tests.browser.looking import findings, overflows, small_targets
from tests.conftest_browser import Visit
from tests.portal.conftest import TODAY, County, Walk

pytestmark = pytest.mark.browser

# Pages that no link of the demo place leads to; the others are seen by tests/browser/test_every_page.py.
PAGES = [
    ("", "/public/SY-2026-0002/"),
    ("", "/public/?q=没有"),
    ("staff", "/desk/waiting/"),
    ("staff", "/search/?q=漏损"),
    ("deputy", "/desk/"),
]


@pytest.fixture(autouse=True)
def site(transactional_db: None) -> County:
    """One matter voted on and sent back, one withheld, several waiting."""
    county = County()
    walk = Walk(county, county.opinion())
    walk.after("inform")
    walk.publish()
    walk.vote(satisfied=1, dissatisfied=16)
    shut = Walk(county, county.opinion())
    shut.after("inform")
    shut.withhold()
    for days in (-2, 3, 30):
        matter = Walk(county, county.opinion()).after("hand_over")
        due = {"due_on": TODAY + timedelta(days=days), "warn_on": TODAY + timedelta(days=days - 7)}
        Todo.objects.filter(matter=matter).update(**due)
    return county


@pytest.mark.parametrize(("username", "address"), PAGES)
def test_a_page_fits_laptop_and_phone_and_axe_finds_nothing(
    visit: Visit,
    username: str,
    address: str,
) -> None:
    for phone in (False, True):
        page = visit(address, phone=phone, username=username)
        assert findings(page) == []
        assert overflows(page) == []
        assert small_targets(page) == [] if phone else True


@pytest.mark.parametrize("username", ["clerk", "deputy"])
def test_three_things_stand_on_the_first_screen_of_a_phone(visit: Visit, username: str) -> None:
    page = visit("/desk/", phone=True, username=username)
    rows = page.locator("main .worklist").first.locator("li")
    assert rows.count() >= 1
    for row in rows.all()[:2]:
        expect(row).to_be_in_viewport()


def test_a_task_leads_straight_to_its_form_without_scripts(visit: Visit) -> None:
    page = visit("/desk/", script=False, username="clerk")
    page.locator(".worklist-act").first.click()
    expect(page).to_have_url(re.compile(r"/matters/SY-2026-\d{4}/\w+/\d+/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("（县水利局）"))


def test_a_notice_is_opened_by_its_text_without_scripts(visit: Visit) -> None:
    page = visit("/notices/", script=False, username="clerk")
    unread = Notice.objects.filter(person__account__username="clerk", read_at__isnull=True)
    before = unread.count()
    page.locator(".notice-open").first.click()
    expect(page).to_have_url(re.compile("/matters/SY-2026-"))
    assert unread.count() == before - 1


def test_the_public_searches_and_reads_large_without_scripts(visit: Visit) -> None:
    page = visit("/", script=False)
    page.get_by_label("查找公布的事项").fill("漏损")
    page.get_by_role("button", name="查找").click()
    expect(page.locator(".public-rows li")).to_have_count(1)
    page.get_by_role("button", name="大字").click()
    expect(page.locator("html")).to_have_class("large")
    expect(page).to_have_url(re.compile(r"/public/\?q="))
