"""Pictures for docs/guide: `make shots`. Builds the demo place in a folder of its own and photographs it.

Look at every picture before committing it: they are what readers of the guide see first. A picture is at most
900 pixels wide and 120 kB; one that is bigger is reported and counts as failed.

    python tools/shots.py [--only NAME] [--to docs/guide/shots]
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, ViewportSize, sync_playwright

PASSWORD = "pictures-demo-2026!"
LAPTOP = ViewportSize(width=1280, height=680)
SCALE = 0.65  # a laptop's page in a picture of 832 pixels
PHONE = ViewportSize(width=360, height=740)
LARGEST = 120_000  # bytes


# A paper to be read, so that the review has something to decide.
PAPER = """临溪县人民代表大会常务委员会
关于全县公共充电设施建设情况报告的审议意见
（2026年3月27日临溪县第十七届人民代表大会常务委员会第二十八次会议通过）

临溪县第十七届人民代表大会常务委员会第二十八次会议听取和审议了县人民政府《关于全县公共充电设施建设情况的报告》，会议原则同意这个报告。
会议指出，工作中还存在一些问题：一是站点布局不均。二是维护人手不足。
会议建议，一是按服务半径补点。二是配齐维护人员。
会议要求，县人民政府对以上问题和建议要逐项研究处理，于会后两个月内将处理情况送县人大常委会财政经济工作委员会征求意见后，在一个月内向县人大常委会提出书面报告，随后由县人大常委会向本级人大代表通报。
"""


@dataclass(frozen=True, slots=True)
class Shot:
    """A page of the demo as one of its people sees it; `username` empty: nobody signed in.

    `steps` are pressed one after the other: names of links, buttons or folded parts; `at` is scrolled to.
    Where the page asks for a file, it is given PAPER.
    """

    name: str
    path: str
    username: str = ""
    steps: tuple[str, ...] = ()
    at: str = ""
    phone: bool = False


SHOTS = (
    Shot("office-desk", "/desk/", "huangdeming"),
    Shot("office-review", "/library/upload", "zhangmin", ("上传并识读", "核对读出的内容")),
    Shot("clock", "/matters/SY-2026-0003/", "zhangmin", ("怎么算的",)),
    Shot("agency-matter", "/matters/SY-2026-0003/", "xiaofei"),
    Shot("agency-progress", "/matters/SY-2026-0003/", "xiaofei", ("填报进展",)),
    Shot("committee-comment", "/matters/SY-2026-0004/", "linyue", ("反馈意见",)),
    Shot("deputy-desk", "/desk/", "wuguihua", phone=True),
    Shot("deputy-matter", "/matters/SY-2026-0001/", "wuguihua", at=".matter-items", phone=True),
    Shot("system-persons", "/people/persons", "xitong"),
    Shot("audit-verify", "/ledger/verify/", "shenji", ("从头核对",)),
    Shot("public-matter", "/public/SY-2026-0001/"),
)


def main() -> int:
    """Take the pictures; 1 where a page failed or a picture is too big, 2 where there is no Chromium."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--only", default="")
    asked.add_argument("--to", type=Path, default=Path("docs/guide/shots"))
    words = asked.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("no Chromium on this machine: apt-get install chromium", file=sys.stderr)
        return 2
    words.to.mkdir(parents=True, exist_ok=True)
    with demo_site() as site, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--lang=zh-CN"])
        wanted = [shot for shot in SHOTS if words.only in ("", shot.name)]
        failed = sum(not take(browser, shot, site=site, to=words.to) for shot in wanted)
    return int(failed > 0)


@contextmanager
def demo_site() -> Iterator[str]:
    """The demo place, built and served as `make run` does, until the pictures are taken."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with tempfile.TemporaryDirectory() as data:
        env = os.environ | {"BIHUAN_DATA": data, "BIHUAN_DEMO": "1", "BIHUAN_DEMO_PASSWORD": PASSWORD}
        env.pop("BIHUAN_DATABASE", None)
        for command in ("migrate --verbosity 0", "demo", "collectstatic --noinput --verbosity 0"):
            words = [sys.executable, "-m", "bihuan", *command.split()]
            subprocess.run(words, env=env, check=True, stdout=subprocess.DEVNULL)
        serve = [sys.executable, "-m", "gunicorn", "bihuan.config.wsgi", "--bind", address, "--threads", "4"]
        with subprocess.Popen([*serve, "--log-level", "error"], env=env) as server:
            try:
                wait_for(f"http://{address}/login/")
                yield f"http://{address}"
            finally:
                server.terminate()


def wait_for(url: str) -> None:
    for _ in range(100):
        try:
            urlopen(url, timeout=5).close()
        except URLError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(url)


def take(browser: Browser, shot: Shot, *, site: str, to: Path) -> bool:
    """One picture; whether it came out."""
    context = browser.new_context(
        base_url=site,
        viewport=PHONE if shot.phone else LAPTOP,
        device_scale_factor=1 if shot.phone else SCALE,
        is_mobile=shot.phone,
        has_touch=shot.phone,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    page = context.new_page()
    if shot.username:
        page.goto("/login/")
        page.get_by_label("用户名").fill(shot.username)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
    answer = page.goto(shot.path)
    if page.locator("main [type=file]").count():
        paper = {"name": "审议意见.txt", "mimeType": "text/plain", "buffer": PAPER.encode()}
        page.set_input_files("main [type=file]", files=[paper])  # type: ignore[list-item]
    for step in shot.steps:
        page.locator("main").locator("a, button, summary").filter(has_text=step).first.click()
    if shot.at:
        page.locator(shot.at).first.evaluate("(each) => each.scrollIntoView()")
    picture = to / f"{shot.name}.png"
    page.screenshot(path=picture)
    context.close()
    status, size = (answer.status if answer else 0), picture.stat().st_size
    print(f"{shot.name}: {status}, {size // 1000} kB")
    return status < 400 and size <= LARGEST


if __name__ == "__main__":
    sys.exit(main())
