"""Every component in every state, on a laptop and on a phone, with and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from bihuan.ui import navigation
from tests.browser.looking import findings, overflows, small_targets
from tests.conftest_browser import Visit

PAGES = ["/ui/gallery", "/ui/gallery/confirm", "/ui/gallery/review", "/ui/gallery/public", "/nowhere"]


@pytest.fixture(autouse=True)
def gallery(settings: Settings) -> None:
    settings.BIHUAN_GALLERY = True


@pytest.mark.parametrize("large", [False, True], ids=["plain", "large"])
@pytest.mark.parametrize("address", PAGES)
def test_a_phone_never_scrolls_sideways_and_fits_a_thumb(visit: Visit, address: str, large: bool) -> None:
    page = visit(address, phone=True, large=large)
    assert overflows(page) == []
    assert small_targets(page) == []


@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(visit: Visit, address: str, phone: bool) -> None:
    page = visit(address, phone=phone)
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
    assert findings(page) == []


def test_the_clock_opens_without_scripts(visit: Visit) -> None:
    page = visit("/ui/gallery", script=False)
    clock = page.locator("details.clock").first
    expect(clock.get_by_text("民法典第二百零一条")).not_to_be_visible()
    clock.locator("summary").click()
    expect(clock.get_by_text("民法典第二百零一条")).to_be_visible()


def test_the_menu_of_a_phone_opens_without_scripts(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_items", {})
    navigation.register("组件样张", "ui:gallery", 1)
    page = visit("/ui/gallery", phone=True, script=False)
    entry = page.get_by_role("navigation", name="主导航").get_by_role("link", name="组件样张")
    expect(entry).not_to_be_visible()
    page.get_by_text("菜单").click()
    expect(entry).to_be_visible()
    expect(entry).to_have_attribute("aria-current", "page")


def test_large_type_is_switched_without_scripts_and_stays(visit: Visit) -> None:
    page = visit("/ui/gallery", script=False)
    page.get_by_role("button", name="大字").click()
    expect(page).to_have_url(re.compile("/ui/gallery$"))
    expect(page.locator("html")).to_have_class("large")
    page.get_by_role("button", name="大字").click()
    expect(page.locator("html")).not_to_have_class("large")


def test_a_fault_in_the_summary_leads_to_its_field(visit: Visit) -> None:
    page = visit("/ui/gallery")
    page.locator(".error-summary a").first.click()
    expect(page.locator("#id_title")).to_be_focused()


def test_the_first_tab_stop_leads_past_the_frame(visit: Visit) -> None:
    page = visit("/ui/gallery")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_the_review_goes_by_keyboard(visit: Visit) -> None:
    page = visit("/ui/gallery/review")
    for key in "jjk":
        page.keyboard.press(key)
    expect(page.locator("[data-proposal].active")).to_have_id("proposal-2")
    expect(page.locator("[data-proposals].active")).to_have_id("span-2")
    page.evaluate(
        "document.querySelector('#proposal-2 [data-key=x]').onclick = () => { window.pressed = 'x' }"
    )
    page.keyboard.press("x")
    assert page.evaluate("window.pressed") == "x"


def test_a_click_on_one_side_of_the_review_moves_the_other(visit: Visit) -> None:
    page = visit("/ui/gallery/review")
    page.locator("#span-4").click()
    expect(page.locator("[data-proposal].active")).to_have_id("proposal-4")
    expect(page.locator("#proposal-4")).to_be_in_viewport()
    page.locator("#proposal-8 .review-title").click()
    expect(page.locator("#span-8")).to_be_in_viewport()


def test_the_review_works_by_links_without_scripts(visit: Visit) -> None:
    page = visit("/ui/gallery/review", script=False)
    page.locator("#span-8 a").click()
    expect(page.locator("#proposal-8")).to_be_in_viewport()
    page.locator("#proposal-1").get_by_role("link", name="看原文").click()
    expect(page.locator("#span-1")).to_be_in_viewport()


def test_printing_leaves_the_frame_out(visit: Visit) -> None:
    page = visit("/ui/gallery")
    page.emulate_media(media="print")
    expect(page.locator(".topbar")).not_to_be_visible()
    expect(page.locator(".buttons").first).not_to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
