"""What every page is asked in a browser. Usable with any playwright page."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

LAPTOP = ViewportSize(width=1366, height=768)
PHONE = ViewportSize(width=360, height=740)

# Controls a thumb must hit on a phone: 44 CSS pixels either way, or a line of text that is a link.
TARGET = 44

_SMALL_TARGETS = """(least) => [...document.querySelectorAll(
    "button, select, summary, a.button, input:not([type=hidden]):not([type=checkbox]):not([type=radio])")]
  .filter((each) => each.checkVisibility())
  .map((each) => [each, each.getBoundingClientRect()])
  .filter(([, box]) => box.height < least - 0.5 || box.width < least - 0.5)
  .map(([each, box]) => `${each.outerHTML.slice(0, 80)} ${Math.round(box.width)}x${Math.round(box.height)}`)"""

_UNCONTAINED = """() => [...document.querySelectorAll("main *, header *, aside *")]
  .filter((each) => each.checkVisibility() && !each.closest(".scrolls, .visually-hidden, thead, .review-original"))
  .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((each) => each.outerHTML.slice(0, 80))"""


def findings(page: Page) -> list[str]:
    """What axe (WCAG 2.2 AA and good practice) finds, one line a rule with the first place it found it."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{rule['id']}: {rule['help']}: {rule['nodes'][0]['target']}" for rule in found]


def overflows(page: Page) -> list[str]:
    """What stands out to the right of the window: there must be no scrolling sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return (page.evaluate(_UNCONTAINED) or ["the page itself"]) if wide else []


def small_targets(page: Page) -> list[str]:
    """Controls smaller than 44 × 44 pixels."""
    found: list[str] = page.evaluate(_SMALL_TARGETS, TARGET)
    return found


def whole_look(page: Page) -> list[str]:
    """Everything wrong with the page, in both widths and both sizes of type."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
    was_large = page.evaluate("document.documentElement.classList.contains('large')")
    found: list[str] = []
    for width, large in ((LAPTOP, False), (LAPTOP, True), (PHONE, False), (PHONE, True)):
        page.set_viewport_size(width)
        page.evaluate("(large) => document.documentElement.classList.toggle('large', large)", large)
        faults = overflows(page)
        if width is PHONE:
            faults += small_targets(page)
        if (width is PHONE) == large:  # each width and each size once: axe is what takes the time
            faults += findings(page)
        found += [f"{width['width']}{' large' if large else ''}: {fault}" for fault in faults]
    page.set_viewport_size(LAPTOP)
    page.evaluate("(large) => document.documentElement.classList.toggle('large', large)", was_large)
    return found
