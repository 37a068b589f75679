"""The demo place as it is really served: built by `bihuan demo`, static files collected, gunicorn in front.

One site a test run (a quarter of a minute): every test that needs it carries `one_site`, which keeps them in
one worker and in order. What a journey changes, later tests see; so journeys bring their own matters.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Protocol
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, StorageState

from bihuan.kernel.calendar import national_calendar
from bihuan.modules.opinions.demo import PLACE, TERM, Text, demand
from bihuan.writers import render_docx
from bihuan.writers.forms import notice_with_annexes
from bihuan.writers.numbers import DocumentNumber, session_name
from bihuan.writers.paper import as_annex
from tests.browser.looking import LAPTOP, PHONE

PASSWORD = "browser-demo-2026!"  # of the demo's people, for this site only
one_site = pytest.mark.xdist_group("demo site")


class Walk(Protocol):
    def __call__(
        self, address: str, *, username: str = "", phone: bool = False, script: bool = True
    ) -> Page: ...


def _bihuan(*words: str, env: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-m", "bihuan", *words], env=env, check=True, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with the demo place in it."""
    data = tmp_path_factory.mktemp("demo-site")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    env = os.environ | {"BIHUAN_DATA": str(data), "BIHUAN_DEMO": "1", "BIHUAN_DEMO_PASSWORD": PASSWORD}
    env.pop("BIHUAN_DATABASE", None)
    _bihuan("migrate", "--verbosity", "0", env=env)
    _bihuan("demo", env=env)
    _bihuan("collectstatic", "--noinput", "--verbosity", "0", env=env)
    words = [sys.executable, "-m", "gunicorn", "bihuan.config.wsgi", "--bind", address, "--threads", "4"]
    with subprocess.Popen([*words, "--log-level", "error"], env=env) as server:
        try:
            _wait_for(f"http://{address}/login/")
            yield f"http://{address}"
        finally:
            server.terminate()


def _wait_for(url: str) -> None:
    for _ in range(100):
        try:
            urlopen(url, timeout=5).close()
        except URLError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(url)


@pytest.fixture(scope="session")
def sessions() -> dict[str, StorageState]:
    """Who has signed in on this site: signing in once is enough."""
    return {}


@pytest.fixture
def walk(chromium: Browser, demo_site: str, sessions: dict[str, StorageState]) -> Iterator[Walk]:
    """Open a page of the demo as one of its people; what its console complains about fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        is_document = message.page is not None and message.location["url"] == message.page.url
        if message.type == "error" and not is_document:  # a page that answers 403 is announced as an error
            complaints.append(message.text)

    def go(address: str, *, username: str = "", phone: bool = False, script: bool = True) -> Page:
        context = chromium.new_context(
            base_url=demo_site,
            viewport=PHONE if phone else LAPTOP,
            is_mobile=phone,
            has_touch=phone,
            java_script_enabled=script,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            storage_state=sessions.get(username),
        )
        contexts.append(context)
        context.set_default_timeout(10_000)  # milliseconds
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if username and username not in sessions:
            sign_in(page, username)
            sessions[username] = context.storage_state()
        page.goto(address)
        return page

    yield go
    for context in contexts:
        context.close()
    assert complaints == []


def sign_in(page: Page, username: str) -> None:
    page.goto("/login/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/desk/")


def notice(subject: str, *, session: int) -> bytes:
    """A notice of last week with one opinion that the demo does not have, as a DOCX."""
    text = Text(
        subject=subject,
        report=f"关于{subject}",
        praise="县人民政府做了许多工作。",
        problems=("站点布局不均", "维护人手不足"),
        suggestions=("按服务半径补点", "配齐维护人员"),
        demand=demand("县人大常委会农业农村工作委员会"),
    )
    passed_on = national_calendar().previous_working(date.today() - timedelta(days=7))
    name = session_name(place=PLACE, term=TERM, session=session)
    annex = as_annex(text.paper(session=name, passed_on=passed_on))
    paper = notice_with_annexes(
        letterhead=f"{PLACE}人大常委会文件",
        number=DocumentNumber(code="临人常", year=passed_on.year, serial=session),
        session=name,
        addressees=("县人民政府",),
        annexes=(annex,),
        organ=f"{PLACE}人大常委会",
        dated=passed_on,
        sealed=True,
        copied_to=("本会机关各委室",),
        printed_by=f"{PLACE}人大常委会办公室",
        printed_on=passed_on,
    )
    return render_docx(paper)
