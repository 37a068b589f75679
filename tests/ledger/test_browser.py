"""The auditor's pages in a browser: by laptop, by phone, with and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.looking import findings, overflows, small_targets
from tests.conftest_browser import Visit
from tests.ledger.test_pages import post, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ["", "2/", "verify/", "export/", "seal/"]


@pytest.fixture(autouse=True)
def auditor(settings: object) -> str:
    """The user name of an auditor whose ledger holds three entries."""
    settings.BIHUAN_ADMIN_MFA = False  # type: ignore[attr-defined]
    write(3, body={"answers": {"要求": "请于两个月内书面报告研究处理情况。" * 20}})
    return post("auditor", "周慎").username


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_accessible_and_fit_every_screen(visit: Visit, auditor: str, page: str) -> None:
    laptop = visit(f"/ledger/{page}", username=auditor)
    phone = visit(f"/ledger/{page}", username=auditor, phone=True)
    assert (findings(laptop), overflows(laptop)) == ([], [])
    assert (findings(phone), overflows(phone), small_targets(phone)) == ([], [], [])


def test_verification_runs_to_its_end_by_itself(visit: Visit, auditor: str) -> None:
    page = visit("/ledger/verify/", username=auditor)
    page.get_by_role("button", name="从头核对").click()
    expect(page.get_by_text("核对通过：共3条")).to_be_visible()


def test_verification_runs_by_a_button_without_scripts(visit: Visit, auditor: str) -> None:
    page = visit("/ledger/verify/", username=auditor, script=False)
    page.get_by_role("button", name="从头核对").click()
    page.get_by_role("button", name="继续核对").click()
    expect(page.get_by_text("核对通过：共3条")).to_be_visible()
