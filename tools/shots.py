"""Screenshots of the demo for docs/guide: `make shots`.

Opens a running site as the demo's people and writes each page at laptop and phone size. Look at every picture
before committing it: they are what readers of the guide see first.

    python tools/shots.py http://127.0.0.1:8000 --password … [--only NAME] [--to docs/guide/shots]
"""

from __future__ import annotations

import argparse
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

SIZES = {"laptop": ViewportSize(width=1366, height=768), "phone": ViewportSize(width=360, height=740)}


@dataclass(frozen=True, slots=True)
class Shot:
    """A page of the demo as one of its people sees it; `username` empty: nobody signed in."""

    name: str
    path: str
    username: str = ""
    whole: bool = False  # the whole page, not the first screen


SHOTS = (
    Shot("desk", "/", "zhangmin"),
    Shot("matters", "/matters/", "zhangmin"),
    Shot("library", "/library/", "zhangmin"),
    Shot("public", "/public/", whole=True),
)


def main() -> int:
    """Take the pictures; 1 where a page answered with an error, 2 where there is no Chromium."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("site")
    asked.add_argument("--password", required=True, help="of the demo's people; printed by `make run`")
    asked.add_argument("--only", default="")
    asked.add_argument("--to", type=Path, default=Path("docs/guide/shots"))
    words = asked.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("no Chromium on this machine: apt-get install chromium", file=sys.stderr)
        return 2
    words.to.mkdir(parents=True, exist_ok=True)
    failed = 0
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--lang=zh-CN"])
        for shot in SHOTS:
            if words.only in ("", shot.name):
                failed += take(browser, shot, site=words.site, password=words.password, to=words.to)
    return int(failed > 0)


def take(browser: Browser, shot: Shot, *, site: str, password: str, to: Path) -> int:
    """One page at every size; returns how many of them answered with an error."""
    failed = 0
    for size, viewport in SIZES.items():
        phone = size == "phone"
        context = browser.new_context(
            base_url=site, viewport=viewport, is_mobile=phone, has_touch=phone, locale="zh-CN"
        )
        page = context.new_page()
        if shot.username:
            page.goto("/login/")
            page.fill("[name=login]", shot.username)
            page.fill("[name=password]", password)
            page.locator("main [type=submit], main button").first.click()
        answer = page.goto(shot.path)
        status = answer.status if answer else 0
        print(f"{shot.name} {size}: {status}")
        failed += status >= 400
        page.screenshot(path=to / f"{shot.name}-{size}.png", full_page=shot.whole)
        context.close()
    return failed


if __name__ == "__main__":
    sys.exit(main())
