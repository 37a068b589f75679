"""The browser: headless Chromium as the system has it, looking at the live site.

`visit(address, ...)` opens a page as one kind of visitor: laptop or phone, with or without scripts, signed in
or not. Whatever the page's console complains about fails the test.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Protocol

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser.looking import LAPTOP, PHONE

# The synchronous playwright runs an event loop in this thread; Django then guards its ORM for no reason.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


class Visit(Protocol):
    def __call__(
        self,
        address: str,
        *,
        phone: bool = False,
        script: bool = True,
        large: bool = False,
        username: str = "",
    ) -> Page: ...


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as driver:
        # The sandbox needs rights a container does not have; only our own pages are opened.
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--lang=zh-CN"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, live_server: LiveServer) -> Iterator[Visit]:
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # An error page is announced in the console too; that the page itself is one, its test knows.
        is_document = message.page is not None and message.location["url"] == message.page.url
        if message.type == "error" and not is_document:
            complaints.append(message.text)

    def go(
        address: str, *, phone: bool = False, script: bool = True, large: bool = False, username: str = ""
    ) -> Page:
        """Open `address` (a path) as a visitor of this kind."""
        context = chromium.new_context(
            base_url=live_server.url,
            viewport=PHONE if phone else LAPTOP,
            is_mobile=phone,
            has_touch=phone,
            java_script_enabled=script,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        contexts.append(context)
        if large:
            context.add_cookies([{"name": "dazi", "value": "1", "url": live_server.url}])
        if username:
            context.add_cookies([_session(username, live_server.url)])  # type: ignore[list-item]
        context.set_default_timeout(5_000)  # milliseconds
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield go
    for context in contexts:
        context.close()
    assert complaints == []


def _session(username: str, url: str) -> dict[str, str]:
    """A session as the login would give it, without typing the password in every test."""
    client = Client()
    client.force_login(get_user_model().objects.get(username=username))
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": url,
    }
