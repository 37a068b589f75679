"""The reading review in a browser: by keyboard, by pointer, by thumb, and without scripts."""

from __future__ import annotations

import pytest

from bihuan.library.documents import MEDIA_TYPES
from bihuan.library.models import Document, Reading
from bihuan.library.storage import keep_bytes
from bihuan.people.models import Account, Place
from tests.browser.looking import findings, overflows, small_targets
from tests.conftest_browser import Visit

from .conftest import AT, PAPER, RiverIntake

pytestmark = pytest.mark.browser


@pytest.fixture
def database(transactional_db: None) -> None:
    """What the test writes, the served site sees."""


@pytest.fixture
def paper(place: Place, clerk_account: Account) -> Document:
    """A paper as keep_document makes it, but for the ledger: what is in there, no test can take out again."""
    data = PAPER.encode()
    return Document.objects.create(
        place=place,
        kind=Document.UPLOAD,
        name="通知.txt",
        sha256=keep_bytes(data),
        size=len(data),
        media_type=MEDIA_TYPES["txt"],
        text=PAPER,
        uploaded_by=clerk_account,
        uploaded_at=AT,
    )


def address(reading: Reading, query: str = "") -> str:
    return f"/library/readings/{reading.pk}{query}"


def ids(reading: Reading) -> list[int]:
    """The proposals in the order of the text."""
    return list(reading.proposals.order_by("position").values_list("pk", flat=True))


def decisions(reading: Reading) -> list[str]:
    return list(reading.proposals.order_by("position").values_list("decision", flat=True))


def test_the_keyboard_decides_and_steps_on(visit: Visit, reading: Reading) -> None:
    page = visit(address(reading, "?order=text"), username="zhangmin")
    first, second, third, *_ = ids(reading)
    page.keyboard.press("a")
    page.wait_for_selector(f"#proposal-{first}.accepted")
    page.wait_for_selector(f"#proposal-{second}.active")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.wait_for_selector(f"#proposal-{third}.rejected")
    assert decisions(reading)[:3] == ["accepted", "pending", "rejected"]
    assert "已完成 2 条，共 7 条" in page.inner_text("#review-progress")


def test_a_correction_opens_in_place_and_is_saved_there(visit: Visit, reading: Reading) -> None:
    deadline = ids(reading)[4]
    page = visit(address(reading, "?type=deadline&order=text"), username="zhangmin")
    page.keyboard.press("e")
    page.fill(f"#id_{deadline}_responsible", "县人民政府")
    page.click("text=保存更正")
    page.wait_for_selector(f"#proposal-{deadline}.corrected")
    assert page.url.endswith("?type=deadline&order=text")
    assert reading.proposals.get(pk=deadline).final["responsible"] == "县人民政府"


def test_accepting_by_keyboard_passes_over_what_is_decided(visit: Visit, reading: Reading) -> None:
    first, second, third, *_ = ids(reading)
    page = visit(address(reading, "?order=text"), username="zhangmin")
    page.click(f"#proposal-{second} >> text=否定")
    page.wait_for_selector(f"#proposal-{second}.rejected")
    page.click(f"#proposal-{first} .review-title")
    page.keyboard.press("a")
    page.wait_for_selector(f"#proposal-{third}.active")
    page.keyboard.press("k")
    page.wait_for_selector(f"#proposal-{second}.active")
    page.keyboard.press("j")
    page.wait_for_selector(f"#proposal-{third}.active")
    assert decisions(reading)[:3] == ["accepted", "rejected", "pending"]


def test_what_is_corrected_offers_no_accepting(visit: Visit, reading: Reading) -> None:
    deadline = ids(reading)[4]
    page = visit(address(reading, "?type=deadline&order=text"), username="zhangmin")
    page.keyboard.press("e")
    page.fill(f"#id_{deadline}_responsible", "县人民政府")
    page.click("text=保存更正")
    page.wait_for_selector(f"#proposal-{deadline}.corrected")
    assert page.locator(f"#proposal-{deadline} [data-key=a]").count() == 0


def test_a_click_on_another_card_is_not_lost(visit: Visit, reading: Reading) -> None:
    """Nothing scrolls between the button's going down and its coming up."""
    page = visit(address(reading, "?order=text"), username="zhangmin")
    page.set_viewport_size({"width": 1366, "height": 420})
    last = ids(reading)[-1]
    card = page.locator(f"#proposal-{last} [data-key=x]")
    card.scroll_into_view_if_needed()
    place = card.bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + 5, place["y"] + 5)
    page.mouse.down()
    page.wait_for_timeout(400)
    page.mouse.up()
    page.wait_for_selector(f"#proposal-{last}.rejected")


def test_a_fault_in_a_correction_is_shown_in_place(visit: Visit, reading: Reading) -> None:
    deadline = ids(reading)[4]
    page = visit(address(reading, "?type=deadline&order=text"), username="zhangmin")
    page.keyboard.press("e")
    page.fill(f"#id_{deadline}_offset", "很快")
    page.click("text=保存更正")
    page.wait_for_selector(f"#proposal-{deadline} .error-summary")
    assert page.input_value(f"#id_{deadline}_offset") == "很快"


def test_clicking_one_side_shows_the_other(visit: Visit, reading: Reading) -> None:
    page = visit(address(reading), username="zhangmin")
    finding = ids(reading)[3]
    page.click(f'mark[data-proposals~="{finding}"]')
    page.wait_for_selector(f"#proposal-{finding}.active")
    other = ids(reading)[2]
    page.click(f"#proposal-{other} .review-title")
    page.wait_for_selector(f'mark[data-proposals~="{other}"].active')


def test_it_works_without_scripts(visit: Visit, reading: Reading) -> None:
    page = visit(address(reading, "?order=text"), script=False, username="zhangmin")
    first, second, *_ = ids(reading)
    page.click(f"#proposal-{first} >> text=接受")
    assert page.url.endswith(f"?order=text#proposal-{second}")
    page.click(f"#proposal-{second} >> text=更正")
    page.click("text=保存更正")
    assert decisions(reading)[:2] == ["accepted", "corrected"]


@pytest.mark.parametrize("phone", [False, True])
def test_every_page_is_accessible_and_fits(
    visit: Visit,
    reading: Reading,
    intake: RiverIntake,
    phone: bool,
) -> None:
    deadline = ids(reading)[4]
    for path in (
        "/library/",
        "/library/upload",
        f"/library/documents/{reading.document_id}",
        address(reading),
        f"/library/proposals/{deadline}/correction",
        address(reading) + "/acceptance",
    ):
        page = visit(path, phone=phone, username="zhangmin")
        assert (path, findings(page), overflows(page)) == (path, [], [])
        if phone:
            assert (path, small_targets(page)) == (path, [])
