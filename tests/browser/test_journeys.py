"""What people come to do, from signing in to the ledger's receipt, over the site as it is served."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bihuan.modules.opinions.demo import PICTURE
from tests.browser.demo_site import Walk, notice, one_site, sign_in
from tests.browser.looking import whole_look

pytestmark = one_site

LATE = "/matters/SY-2026-0003/"  # the demo's late opinion: an extension is asked for
Fill = Callable[[Page], None]


def take_in(page: Page, folder: Path, subject: str, *, session: int) -> None:
    """Upload a notice and open its review."""
    paper = folder / f"{subject}.docx"
    paper.write_bytes(notice(subject, session=session))
    page.goto("/library/upload")
    page.set_input_files("main [type=file]", paper)
    page.get_by_role("button", name="上传并识读").click()
    page.get_by_role("link", name="核对读出的内容").click()


def accept(page: Page, subject: str) -> str:
    """Accept everything that was read and what follows from it; the address of the matter it became."""
    page.get_by_role("button", name="接受全部没有疑问的").click()
    while (waiting := page.locator(".review-proposal.pending")).count():
        before = waiting.count()
        waiting.first.get_by_role("button", name="接受").click()
        expect(waiting).to_have_count(before - 1)
    page.get_by_role("link", name="看将要建立的内容").click()
    page.get_by_label("由哪个委室归口跟踪").select_option(label="临溪县人大常委会农业农村工作委员会")
    page.get_by_role("button", name="确认，建立以上内容").click()
    matter = page.get_by_role("link", name=subject).first
    address = matter.get_attribute("href")
    assert address is not None
    return address


def do(page: Page, matter: str, name: str, fill: Fill = lambda page: None, *, look: bool = False) -> None:
    """One act as its person does it: open it on the matter's page, fill in, send, read the receipt."""
    page.goto(matter)
    link = page.locator(".act-list").get_by_role("link", name=name, exact=True)
    with page.expect_navigation():  # a page on its way has nothing yet to look at
        link.click()
    if look:
        assert whole_look(page) == []
    fill(page)
    page.get_by_role("button", name=name).last.click()
    expect(page.get_by_role("status")).to_have_text(f"已{name}，并记入台账。")


def measures(page: Page) -> None:
    for row in page.locator(".act-row").all():
        row.get_by_label("措施").fill("逐处排查，列出清单，限期补齐。")
        row.get_by_label("责任人").fill("肖飞")


def progress(page: Page) -> None:
    """Done is only what has evidence."""
    picture = {"name": "现场照片.jpg", "mimeType": "image/jpeg", "buffer": PICTURE}
    for row in page.locator(".act-row").all():
        row.get_by_label("状态").select_option(label="已完成")
        row.get_by_label("进展").fill("已补齐。")
        row.get_by_label("佐证").set_input_files(picture)  # type: ignore[arg-type]


def results(page: Page) -> None:
    for row in page.locator(".act-row").all():
        row.get_by_label("结果").select_option("solved")
        row.get_by_label("处理情况").fill("已按清单补齐，现场看过。")


def written(label: str, words: str) -> Fill:
    return lambda page: page.get_by_label(label).fill(words)


def view(page: Page) -> None:
    page.get_by_label("同意", exact=True).check()
    page.get_by_label("具体意见").fill("同意报送。")


def session(page: Page) -> None:
    page.get_by_label("会议名称").fill("临溪县第十七届人大常委会第六十次会议")
    page.get_by_label("会议日期").fill(str(page.evaluate("new Date().toLocaleDateString('sv')")))


def ballots(page: Page) -> None:
    counts = {
        "members": 35,
        "present": 33,
        "satisfied": 30,
        "basically": 2,
        "dissatisfied": 1,
        "abstained": 0,
    }
    for name, count in counts.items():
        page.fill(f"[name=count_{name}]", str(count))


def test_one_opinion_goes_from_the_paper_to_the_closed_matter(walk: Walk, tmp_path: Path) -> None:
    subject = "全县公共充电设施建设情况报告"
    office = walk("/desk/", username="zhangmin")
    take_in(office, tmp_path, subject, session=60)
    matter = accept(office, subject)
    steps: tuple[tuple[str, str, Fill], ...] = (
        ("huangdeming", "交办", lambda page: None),
        ("xiaofei", "签收", lambda page: None),
        ("xiaofei", "制定办理方案", measures),
        ("xiaofei", "填报进展", progress),
        ("xiaofei", "逐项填写处理结果", results),
        ("tangzhiyuan", "送征求意见", lambda page: None),
        ("luojing", "反馈意见", view),
        ("liangbo", "提交书面报告", written("意见采纳情况", "没有需要修改的意见。")),
        ("luojing", "核对通过", lambda page: None),
        ("luojing", "通报代表", written("由谁通报", "县人大常委会")),
        ("luojing", "向社会公布", written("公布摘要", "逐项处理结果已经核对，现予公布。")),
        ("huangdeming", "列入续审", session),
        ("luojing", "登记测评结果", ballots),
    )
    people = {username: walk("/desk/", username=username) for username in {who for who, _, _ in steps}}
    for username, name, fill in steps:
        do(people[username], matter, name, fill, look=True)
    office.goto(matter)
    expect(office.get_by_text("事项已经办结。")).to_be_visible()
    visitor = walk("/public/")
    visitor.get_by_role("link", name=subject).first.click()
    expect(visitor.get_by_role("heading", level=1)).to_contain_text(subject)


def test_the_way_to_signing_for_a_matter_needs_no_scripts(walk: Walk, tmp_path: Path) -> None:
    subject = "全县农贸市场管理情况报告"
    office = walk("/desk/", username="zhangmin", script=False)
    take_in(office, tmp_path, subject, session=61)
    matter = accept(office, subject)
    do(walk("/desk/", username="huangdeming", script=False), matter, "交办")
    clerk = walk("/desk/", username="xiaofei", script=False)
    clerk.get_by_role("link", name=re.compile("签收.*农贸市场")).click()
    clerk.get_by_role("button", name="签收").click()
    expect(clerk.get_by_role("status")).to_have_text("已签收，并记入台账。")
    do(clerk, matter, "制定办理方案", measures)


def test_signing_in_leads_to_the_desk_and_from_there_to_the_act(walk: Walk) -> None:
    page = walk("/")
    sign_in(page, "huangdeming")
    page.locator(".worklist").get_by_role("link", name="批准延期").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("批准延期（县政府）")
    # What is asked for stands beside the form that answers it.
    expect(page.get_by_role("complementary")).to_contain_text("三处蓄水池受连续降雨影响")


def test_who_comes_second_is_told_what_came_between_and_keeps_what_was_typed(walk: Walk) -> None:
    first = walk(LATE, username="huangdeming")
    second = walk(LATE, username="huangdeming")
    for page in (first, second):
        page.locator(".act-list").get_by_role("link", name="催办（县政府）").click()
        page.get_by_label("催办函").check()
        page.get_by_label("要求", exact=True).fill("请在三日内说明进展。")
    for page in (first, second):
        page.get_by_role("button", name="催办").click()
    expect(first.get_by_role("status")).to_have_text("已催办，并记入台账。")
    expect(second.get_by_role("alert")).to_contain_text("催办")
    expect(second.get_by_label("要求", exact=True)).to_have_value("请在三日内说明进展。")


def test_a_review_goes_by_keyboard_to_its_end(walk: Walk, tmp_path: Path) -> None:
    page = walk("/desk/", username="zhangmin")
    take_in(page, tmp_path, "全县殡葬服务设施建设情况报告", session=62)
    waiting = page.locator(".review-proposal.pending")
    for left in range(waiting.count() - 1, -1, -1):
        page.keyboard.press("a")
        expect(waiting).to_have_count(left)
    with page.expect_navigation():
        page.get_by_role("link", name="看将要建立的内容").click()
    assert whole_look(page) == []


def test_a_grave_act_says_what_it_does_and_does_nothing_without_a_reason(walk: Walk) -> None:
    page = walk(LATE, username="huangdeming")
    page.locator(".act-list").get_by_role("link", name="撤销").click()
    expect(page.get_by_text("事项到此结束，不再计算期限，各单位也不能再办理。")).to_be_visible()
    page.get_by_role("button", name="确认撤销").click()
    expect(page.get_by_role("alert")).to_contain_text("理由")
    page.goto(LATE)
    expect(page.locator(".matter-head")).to_contain_text("研究处理")


def test_on_a_phone_my_acts_and_terms_come_before_the_items(walk: Walk) -> None:
    page = walk(LATE, username="huangdeming", phone=True)
    tops = [page.locator(name).bounding_box() for name in (".matter-now", ".matter-terms", ".matter-items")]
    heights = [box["y"] for box in tops if box is not None]
    assert heights == sorted(heights)
    expect(page.locator(".matter-measures").first.locator("li").first).not_to_be_visible()
    page.locator(".matter-measures summary").first.click()
    expect(page.locator(".matter-measures").first.locator("li").first).to_be_visible()


def test_the_source_is_shown_with_the_items_marked(walk: Walk) -> None:
    page = walk(LATE, username="zhangmin")
    page.get_by_text("原文，标出了各项的出处").click()
    mark = page.locator(".matter-original mark").first
    expect(mark).to_contain_text("防火隔离带断点较多")
    mark.get_by_role("link").click()
    expect(page.locator(".matter-item:target")).to_contain_text("防火隔离带断点较多")


@pytest.mark.parametrize("username", ["wuguihua"])
def test_large_type_belongs_to_the_person(walk: Walk, username: str) -> None:
    page = walk("/desk/", username=username, phone=True)
    expect(page.locator("html")).to_have_class("large")


def test_a_printed_matter_is_a_record_without_the_frame(walk: Walk) -> None:
    page = walk("/matters/SY-2026-0001/", username="zhangmin")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for frame in (".topbar", ".sidenav", ".matter-now", ".matter-papers"):
        expect(page.locator(frame)).not_to_be_visible()
    # The first record of handling is folded on screen; the paper has it.
    expect(page.locator(".timeline-title").last).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
