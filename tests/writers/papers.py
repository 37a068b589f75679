"""The papers that the tests print: all of 临溪县, a place that does not exist."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from bihuan.writers.forms import (
    Ballots,
    Comment,
    Contact,
    DueLine,
    HandedItem,
    OpinionPart,
    ReportItem,
    Sender,
    assessment_result,
    comment_letter,
    extension_reply,
    handover_letter,
    notice_with_annexes,
    opinion,
    reminder_letter,
    report_form,
    resolution,
)
from bihuan.writers.numbers import DocumentNumber, session_name
from bihuan.writers.paper import Annex, Paper, Paragraph, as_annex

SESSION: Final = session_name(place="临溪县", term=17, session=30)
PASSED: Final = date(2026, 3, 5)
LINE: Final = "国" * 28
LONG: Final = "对照清单逐项核查，写明由谁办理、办到什么程度、何时办完，并留存能够证明结果的材料。"

WATER: Final = opinion(
    title="临溪县人民代表大会常务委员会关于全县饮用水水源保护情况报告的审议意见",
    session=SESSION,
    passed_on=PASSED,
    opening=f"{SESSION}听取和审议了县人民政府关于饮用水水源保护情况的报告。会议原则同意这个报告。",
    parts=(
        OpinionPart(opening="会议指出", text="还有以下问题：", items=("界标不全", "数据未按月公开")),
        OpinionPart(opening="会议建议", text="做好以下工作：", items=(LONG, LONG), layout="list"),
        OpinionPart(opening="会议要求", text="县人民政府于会后两个月内报告研究处理情况。"),
    ),
)
BUDGET: Final = resolution(
    title="临溪县人民代表大会常务委员会关于2026年县级财政预算调整方案的决议",
    session=SESSION,
    passed_on=PASSED,
    opening=f"{SESSION}审查了县人民政府提出的预算调整方案（草案），决定批准该方案。",
)


def notice(*, annexes: tuple[Annex, ...] = (as_annex(WATER), as_annex(BUDGET)), addressees: int = 4) -> Paper:
    """The session's notice with its annexes."""
    return notice_with_annexes(
        letterhead="临溪县人大常委会文件",
        number=DocumentNumber(code="临人常", year=2026, serial=7),
        session=SESSION,
        addressees=tuple(f"县第{position}办理单位" for position in range(1, addressees + 1)),
        annexes=annexes,
        organ="临溪县人大常委会",
        dated=PASSED,
        sealed=True,
        copied_to=("县人大常委会主任、副主任、委员", "各乡镇人大"),
        printed_by="临溪县人大常委会办公室",
        printed_on=PASSED,
        imprint_place="notice",
    )


def lines(count: int) -> tuple[Paragraph, ...]:
    """So many full lines of text, each a paragraph of its own."""
    return tuple(Paragraph(LINE, indent=False) for _ in range(count))


def notice_of(count: int) -> Paper:
    """The notice without annexes and with a body of so many full lines."""
    return replace(notice(), body=lines(count), attachments=(), annexes=())


SENDER: Final = Sender(
    letterhead="临溪县人民代表大会常务委员会",
    organ="临溪县人大常委会办公室",
    number=DocumentNumber(code="临人常办函", year=2026, serial=12),
    dated=date(2026, 3, 9),
    sealed=True,
)
CONTACT: Final = Contact(office="农业农村工委", person="张敏", phone="0000-5550123")
HANDOVER: Final = handover_letter(
    sender=SENDER,
    addressee="县人民政府办公室",
    opinion_title=WATER.title,
    session=SESSION,
    passed_on=PASSED,
    items=(
        HandedItem(text="补齐界标", lead="县水利局", others=("各乡镇人民政府",)),
        HandedItem(text="按月公开数据", lead=""),
    ),
    terms=(
        DueLine(step="送征求意见", due=date(2026, 5, 5), basis="会后两个月内", provisional=False),
        DueLine(step="书面报告", due=date(2026, 6, 5), basis="征求意见后一个月内", provisional=True),
        DueLine(step="向社会公布", due=None, basis="只写“随后”", provisional=False),
    ),
    contact=CONTACT,
    copied_to=("县人大常委会农业农村工委",),
)
REMINDER: Final = reminder_letter(
    sender=SENDER,
    addressee="县水利局",
    matter="饮用水水源保护审议意见",
    step="送征求意见",
    due=date(2026, 5, 5),
    basis="会后两个月内",
    counted_on=date(2026, 5, 12),
    asked=("尽快送征求意见",),
    answer_by=date(2026, 5, 19),
    contact=CONTACT,
)
REPORT: Final = report_form(
    matter=WATER.title,
    agency="县水利局",
    handed_over_on=date(2026, 3, 9),
    due=date(2026, 6, 5),
    items=tuple(
        ReportItem(problem=f"问题{position}", measure=LONG * 2, person="李建国") for position in range(1, 12)
    ),
)
COMMENT: Final = comment_letter(
    sender=SENDER,
    addressee="县水利局",
    subject="《饮用水水源保护审议意见》研究处理情况",
    received_on=date(2026, 4, 28),
    overall="报告逐项作了回应。",
    comments=(Comment(item="数据公开", text="请写明公开的网址。"),),
    closing="请据此修改完善后，按期报送书面报告。",
    contact=CONTACT,
)
EXTENSION: Final = extension_reply(
    sender=SENDER,
    addressee="县水利局",
    matter="饮用水水源保护审议意见",
    step="书面报告",
    requested_on=date(2026, 5, 20),
    due=date(2026, 6, 5),
    extended_to=date(2026, 7, 6),
    reason="工程须经汛期检验",
    basis="",
    contact=CONTACT,
)
RESULT: Final = assessment_result(
    title="饮用水水源保护审议意见研究处理情况满意度测评结果",
    session=SESSION,
    held_on=PASSED,
    subject="饮用水水源保护审议意见研究处理情况的报告",
    ballots=Ballots(
        members=35,
        present=31,
        invalid=0,
        counts=(("满意", 18), ("基本满意", 9), ("不满意", 4)),
    ),
    arithmetic=("满意和基本满意合计27票，超过全体组成人员半数（27＞17.5），结果为满意",),
    conclusion="满意",
    basis="",
)
ALL: Final = {
    "notice": notice(),
    "opinion": WATER,
    "resolution": BUDGET,
    "handover": HANDOVER,
    "reminder": REMINDER,
    "report": REPORT,
    "comment": COMMENT,
    "extension": EXTENSION,
    "result": RESULT,
}
