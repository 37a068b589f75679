"""What the loop's papers say, and what they refuse to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bihuan.writers.forms import (
    Ballots,
    Comment,
    Contact,
    DueLine,
    HandedItem,
    OpinionPart,
    comment_letter,
    extension_reply,
    handover_letter,
    issued_kinds,
    notice_with_annexes,
    opinion,
    reminder_letter,
    report_form,
    resolution,
)
from bihuan.writers.paper import (
    BLANK,
    Annex,
    FormGrid,
    Heading,
    Paper,
    PaperError,
    Paragraph,
    SignatureLines,
    Table,
    as_annex,
    numbered,
)

from .papers import CONTACT, HANDOVER, PASSED, RESULT, SENDER, SESSION, WATER, notice


def said(paper: Paper) -> list[str]:
    """The running text of a body, with its computed numbers."""
    lines = []
    for number, block in numbered(paper.body):
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, Heading):
            lines.append(number + block.text + block.run_in)
    return lines


def tables(paper: Paper) -> list[Table]:
    return [block for block in paper.body if isinstance(block, Table)]


def test_a_notice_names_what_it_issues_and_lists_its_annexes() -> None:
    paper = notice()
    assert paper.title == f"临溪县人大常委会关于印发{SESSION}决议和审议意见的通知"
    assert paper.attachments == tuple(annex.title for annex in paper.annexes)


@pytest.mark.parametrize(
    ("titles", "kinds"),
    [
        (("关于甲的审议意见",), "审议意见"),
        (("关于甲的审议意见", "关于乙的决议"), "决议和审议意见"),
        (("关于甲的审议意见", "关于乙的决议", "关于丙的决定"), "决议、决定和审议意见"),
        (("关于甲的审议意见", "会议纪要"), "有关文件"),
    ],
)
def test_what_is_issued_follows_from_the_titles(titles: tuple[str, ...], kinds: str) -> None:
    assert issued_kinds(tuple(Annex(title=title) for title in titles)) == kinds


def test_a_notice_without_a_number_or_date_leaves_them_blank() -> None:
    paper = notice_with_annexes(
        letterhead="临溪县人大常委会文件",
        number=None,
        session=SESSION,
        addressees=("县人民政府",),
        annexes=(as_annex(WATER),),
        organ="临溪县人大常委会",
        dated=None,
        sealed=True,
        copied_to=(),
        printed_by="",
        printed_on=None,
    )
    assert (paper.number, paper.dated, paper.printed_on) == (None, None, None)


def test_an_opinion_numbers_its_points_and_shows_its_adoption() -> None:
    assert WATER.subtitle == (f"（2026年3月5日{SESSION}通过）",)
    assert said(WATER)[1] == "会议指出，还有以下问题：一是界标不全。二是数据未按月公开。"
    assert [line[:3] for line in said(WATER)[3:5]] == ["（一）", "（二）"]


def test_points_that_end_in_punctuation_get_no_second_full_stop() -> None:
    part = OpinionPart(opening="会议要求", text="", items=("限期办结。",))
    paper = opinion(title="审议意见", session=SESSION, passed_on=PASSED, opening="开头。", parts=(part,))
    assert said(paper)[1] == "会议要求，一是限期办结。"


@pytest.mark.parametrize(
    ("decisions", "printed"),
    [((), []), (("批准方案。",), ["批准方案。"]), (("批准。", "公布。"), ["一、批准。", "二、公布。"])],
)
def test_only_several_decisions_are_numbered(decisions: tuple[str, ...], printed: list[str]) -> None:
    paper = resolution(title="决议", session=SESSION, passed_on=PASSED, opening="开头。", decisions=decisions)
    assert said(paper)[1:] == printed


def test_a_handover_prints_terms_with_basis_and_guesses_none() -> None:
    assert tables(HANDOVER)[1].rows == (
        ("送征求意见", "2026年5月5日", "会后两个月内"),
        ("书面报告", "2026年6月5日\n（暂定）", "征求意见后一个月内"),
        ("向社会公布", "待明确", "只写“随后”"),
    )


def test_terms_stand_by_their_days_and_say_what_was_over_before_the_letter() -> None:
    paper = handover_letter(
        sender=SENDER,
        addressee="县水利局",
        opinion_title="审议意见",
        session=SESSION,
        passed_on=PASSED,
        items=(HandedItem(text="补齐界标", lead="县水利局"),),
        terms=(
            DueLine(step="书面报告", due=date(2026, 6, 5), basis="", provisional=False, latest=True),
            DueLine(step="制定方案", due=date(2026, 3, 8), basis="", provisional=False),
            DueLine(step="送征求意见", due=date(2026, 3, 9), basis="", provisional=False),
        ),
        contact=CONTACT,
    )
    assert [row[:2] for row in tables(paper)[1].rows] == [
        ("制定方案", "2026年3月8日\n（发函时已过）"),
        ("送征求意见", "2026年3月9日"),
        ("书面报告（最迟）", "2026年6月5日"),
    ]


def test_a_handover_leaves_an_unknown_lead_agency_blank() -> None:
    assert [row[2] for row in tables(HANDOVER)[0].rows] == ["县水利局", BLANK]


def test_a_handover_without_terms_says_that_they_are_open() -> None:
    paper = handover_letter(
        sender=SENDER,
        addressee="县水利局",
        opinion_title="审议意见",
        session=SESSION,
        passed_on=PASSED,
        items=(HandedItem(text="补齐界标", lead="县水利局"),),
        terms=(),
        contact=CONTACT,
    )
    assert "办理期限待明确。" in said(paper)


def remind(*, counted_on: date = date(2026, 5, 12), second: bool = False) -> Paper:
    return reminder_letter(
        sender=SENDER,
        addressee="县水利局",
        matter="水源保护审议意见",
        step="送征求意见",
        due=date(2026, 5, 5),
        basis="会后两个月内",
        counted_on=counted_on,
        asked=("尽快送审",),
        answer_by=None,
        contact=CONTACT,
        degree="second" if second else "first",
        reminded_on=(date(2026, 5, 12),) if second else (),
        consequence="仍不办理的，提请主任会议研究。" if second else "",
    )


def test_a_reminder_says_what_is_late_since_when_and_by_how_much() -> None:
    assert said(remind())[0] == (
        "水源保护审议意见的“送征求意见”应于2026年5月5日前（含当日）完成，依据为会后两个月内。"
        "截至2026年5月12日，已超期7天。"
    )


def test_a_second_reminder_names_the_first_and_asks_the_chief_to_sign() -> None:
    paper = remind(counted_on=date(2026, 5, 26), second=True)
    assert paper.title == "临溪县人大常委会办公室关于督促限期办理水源保护审议意见的函"
    assert said(paper)[0].endswith("已超期21天。我们已于2026年5月12日发函催办，至今未见结果。")
    assert said(paper)[2:] == [
        "1.尽快送审；",
        "2.由主要负责人签署书面说明，写明超期原因、责任人和完成时间。",
        "仍不办理的，提请主任会议研究。",
    ]


@pytest.mark.parametrize("day", [date(2026, 5, 4), date(2026, 5, 5)])
def test_nobody_is_reminded_before_the_term_is_over(day: date) -> None:
    with pytest.raises(PaperError, match="尚未超期，不能制发催办文书"):
        remind(counted_on=day)


def test_a_comment_without_remarks_says_so() -> None:
    paper = comment_letter(
        sender=SENDER,
        addressee="县水利局",
        subject="《审议意见》研究处理情况",
        received_on=None,
        overall="",
        comments=(),
        closing="请按期报送书面报告",
        contact=CONTACT,
    )
    assert said(paper)[:2] == [
        "你们　　　　年　　月　　日送来征求意见的《审议意见》研究处理情况收悉。经研究，反馈意见如下。",
        "对报告没有修改意见。",
    ]
    assert said(paper)[-1] == "请按期报送书面报告。"


@pytest.mark.parametrize(
    ("texts", "printed"),
    [
        (("写明网址。", "补充佐证"), ["1.写明网址。", "2.补充佐证。"]),
        (("补充佐证",), ["补充佐证。"]),
        (("一、数据", "1.写明网址", "2.补充佐证。"), ["一、数据。", "1.写明网址。", "2.补充佐证。"]),
    ],
)
def test_comments_without_items_are_numbered_once_and_only_if_several(
    texts: tuple[str, ...], printed: list[str]
) -> None:
    paper = comment_letter(
        sender=SENDER,
        addressee="县水利局",
        subject="《审议意见》研究处理情况",
        received_on=PASSED,
        overall="",
        comments=tuple(Comment(item="", text=text) for text in texts),
        closing="请按期报送书面报告。",
        contact=CONTACT,
    )
    assert (tables(paper), said(paper)[1:-1]) == ([], ["一、逐项意见", *printed])


def test_requests_typed_with_a_full_stop_get_one_mark_only() -> None:
    paper = reminder_letter(
        sender=SENDER,
        addressee="县水利局",
        matter="审议意见",
        step="书面报告",
        due=date(2026, 5, 5),
        basis="",
        counted_on=date(2026, 5, 6),
        asked=("尽快报告。", "说明原因；"),
        answer_by=None,
        contact=CONTACT,
    )
    assert said(paper)[0] == (
        "审议意见的“书面报告”应于2026年5月5日前（含当日）完成。截至2026年5月6日，已超期1天。"
    )
    assert said(paper)[2:] == ["1.尽快报告；", "2.说明原因。"]


def extend(*, extended_to: date | None) -> Paper:
    return extension_reply(
        sender=SENDER,
        addressee="县水利局",
        matter="水源保护审议意见",
        step="书面报告",
        requested_on=date(2026, 5, 20),
        due=date(2026, 6, 5),
        extended_to=extended_to,
        reason="工程须经汛期检验",
        basis="主任会议决定",
        contact=CONTACT,
    )


def test_an_extension_is_granted_with_both_days_or_refused_with_the_old_one() -> None:
    assert said(extend(extended_to=date(2026, 7, 6)))[1] == (
        "同意将“书面报告”的期限由2026年6月5日延至2026年7月6日。理由：工程须经汛期检验。依据：主任会议决定。"
    )
    assert said(extend(extended_to=None))[1] == (
        "不同意延期，“书面报告”仍应于2026年6月5日前（含当日）完成。理由：工程须经汛期检验。依据：主任会议决定。"
    )


def test_an_extension_to_an_earlier_day_is_refused() -> None:
    with pytest.raises(PaperError, match="不晚于原期限"):
        extend(extended_to=date(2026, 6, 5))


def test_a_report_form_keeps_unknown_places_empty() -> None:
    paper = report_form(matter="审议意见", agency="县水利局", handed_over_on=None, due=None, items=())
    grid = paper.body[0]
    assert isinstance(grid, FormGrid)
    assert [field.value for row in grid.rows for field in row] == ["审议意见", "县水利局", "", "", "", ""]


def test_a_dated_report_is_signed_on_that_day() -> None:
    paper = report_form(
        matter="审议意见",
        agency="县水利局",
        handed_over_on=None,
        due=None,
        items=(),
        chief="李建国",
        dated=PASSED,
    )
    signing = paper.body[-1]
    assert isinstance(signing, SignatureLines)
    assert [field.value for field in signing.fields] == ["李建国", "", "2026年3月5日"]


def test_shares_are_of_all_members_and_shown_with_their_division() -> None:
    assert tables(RESULT)[0].rows[0] == ("满意", "18", "18÷35＝51.43%")


def test_a_result_says_each_thing_once_and_only_what_was_counted() -> None:
    assert said(RESULT)[1:] == [
        "一、到会和票数",
        "常委会组成人员35人，实到31人；计票31张，其中无效票0张。",
        "二、测评结果",
        "三、计算和结论",
        "满意和基本满意合计27票，超过全体组成人员半数（27＞17.5）。",
        "测评结果为满意。",
    ]


COUNT = Ballots(members=35, present=31, invalid=1, counts=(("满意", 30),))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"present": 30}, "后一项不应大于前一项"),
        ({"present": 36}, "后一项不应大于前一项"),
        ({"invalid": -1}, "有负数"),
    ],
)
def test_counts_that_cannot_be_true_are_refused(change: dict[str, int], message: str) -> None:
    with pytest.raises(PaperError, match=message):
        replace(COUNT, **change)


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        (Contact(office="办公室"), ""),
        (Contact(office="办公室", person="张敏"), "（联系人：办公室张敏）"),
        (Contact(office="", person="张敏", phone="5550123"), "（联系人：张敏，电话：5550123）"),
    ],
)
def test_a_letter_names_whom_to_ask_or_nobody(contact: Contact, line: str) -> None:
    assert contact.line() == line
