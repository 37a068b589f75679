"""Everything here is a browser test; its fixtures are in tests/conftest_browser.py."""

from __future__ import annotations

import pytest

from tests.browser.demo_site import demo_site, sessions, walk  # noqa: F401 - fixtures for the tests here


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid or item.nodeid.startswith("browser/"):
            item.add_marker(pytest.mark.browser)
