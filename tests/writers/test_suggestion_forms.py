"""What the papers on deputies' suggestions say, and what they refuse to say."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pypdfium2
import pytest
from docx.enum.section import WD_ORIENTATION

from bihuan.writers import render_docx, render_pdf
from bihuan.writers.forms import (
    BookRow,
    Breakdown,
    Mover,
    Rate,
    SuggestionName,
    handover_book,
    handover_notice,
    proposal_sheet,
    rating_form,
    reply_letter,
    suggestion_report,
    suggestion_sheet,
)
from bihuan.writers.paper import (
    BLANK,
    FormGrid,
    Heading,
    Paper,
    PaperError,
    Paragraph,
    Table,
    numbered,
)

from .measure import glyphs, page_texts, rows, words
from .papers import CONTACT, PASSED, SENDER
from .suggestion_papers import (
    BLANK_RATING,
    CO_OPINION,
    HANDOVER,
    LEAD,
    LEDGER,
    NAME,
    PLAN,
    PRESSING,
    PROPOSAL,
    RATING,
    REPLY,
    REPORT,
    ROWS,
    SHEET,
)


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


def fields(paper: Paper) -> dict[str, str]:
    """What stands in a form, by label without its spaces."""
    grid = next(block for block in paper.body if isinstance(block, FormGrid))
    return {
        field.label.replace("　", "").replace(" ", "").replace("\n", ""): field.value
        for row in grid.rows
        for field in row
    }


# --- names ----------------------------------------------------------------------------------------------


def test_a_suggestion_is_named_by_congress_session_and_number() -> None:
    assert NAME.full == "临溪县第十八届人大第五次会议第126号建议"


def test_a_suggestion_raised_between_sessions_names_no_session() -> None:
    assert replace(NAME, session=None, number="3").full == "临溪县第十八届人大闭会期间第3号建议"


def test_a_number_not_yet_issued_stays_blank() -> None:
    assert replace(NAME, number="").full == f"临溪县第十八届人大第五次会议第{BLANK}号建议"


# --- the sheet and the proposal -------------------------------------------------------------------------


def test_the_sheet_goes_from_situation_to_analysis_to_numbered_proposals() -> None:
    headings = [line for line in said(SHEET) if line[0] in "一二三四"]
    assert headings == ["一、情况", "二、分析", "三、具体意见", "四、联名代表"]
    assert [line[:3] for line in said(SHEET) if line.startswith("（")] == ["（一）", "（二）"]


def test_the_sheet_shows_one_box_filled_for_each_choice() -> None:
    shown = fields(SHEET)
    assert shown["是否公开"] == "■同意全文公开　□同意摘要公开　□不同意公开"
    assert shown["来源"].splitlines()[0] == "□视察　□专题调研　■代表联络站　□走访选民　□其他"


def empty_sheet(*, publicity: str = "") -> Paper:
    return suggestion_sheet(
        name=SuggestionName(place="临溪县", term=18, session=5, number="", title=""),
        lead=Mover(name=""),
        joint=(),
        category="",
        situation="",
        analysis="",
        demands=(),
        publicity=publicity,
    )


def test_an_empty_sheet_is_a_form_to_write_in() -> None:
    sheet = empty_sheet()
    assert set(fields(sheet).values()) == {
        "",
        "临溪县第十八届人大第五次会议",
        "□视察　□专题调研　□代表联络站　□走访选民　□其他",
        "□同意全文公开　□同意摘要公开　□不同意公开",
    }
    assert said(sheet) == ["一、情况", BLANK, "二、分析", BLANK, "三、具体意见", BLANK]


def test_a_choice_that_is_not_on_the_sheet_is_refused() -> None:
    with pytest.raises(PaperError, match="“随便”不在可选项同意全文公开、同意摘要公开、不同意公开之中"):
        empty_sheet(publicity="随便")


def propose(*, movers: int, delegation: str = "") -> Paper:
    return proposal_sheet(
        place="临溪县",
        term=18,
        session=5,
        number="3",
        title="议案",
        movers=tuple(Mover(name=f"代表{position}") for position in range(movers)),
        delegation=delegation,
        least=10,
        subject="案由。",
        grounds="案据。",
        plan=("方案。",),
    )


def test_a_proposal_has_subject_grounds_and_plan_and_names_its_movers() -> None:
    assert [line for line in said(PROPOSAL) if line[:2] in ("一、", "二、", "三、", "四、")] == [
        "一、案由",
        "二、案据",
        "三、方案",
        "四、提出议案的代表",
    ]
    assert (fields(PROPOSAL)["提出人"], len(tables(PROPOSAL)[0].rows)) == ("代表甲等10名代表", 10)


def test_a_proposal_with_one_mover_too_few_is_refused() -> None:
    with pytest.raises(PaperError, match="须有10名以上代表联名，现有9名"):
        propose(movers=9)


def test_a_delegation_proposes_without_a_number_of_movers() -> None:
    assert fields(propose(movers=0, delegation="城关代表团"))["提出人"] == "城关代表团"


# --- handing over ---------------------------------------------------------------------------------------


def test_the_notice_counts_its_book_itself() -> None:
    assert said(HANDOVER)[0] == (
        "临溪县第十八届人民代表大会第五次会议期间，代表提出的建议、批评和意见经研究，现将其中40件交由你们办理"
        "（名单见附件）。其中，由一个单位办理的18件，由主办单位会同会办单位办理的17件，由几个单位分别办理的5件；"
        "列为重点督办的4件。请认真研究，依法办理，按期答复代表。"
    )


def test_every_suggestion_is_counted_once_however_many_handlers_it_has() -> None:
    row = BookRow(number="1", title="建议", lead_deputy="周桂兰", lead="县水利局", co=("县公安局",) * 3)
    notice = hand_over(row, BookRow(number="2", title="建议", lead_deputy="周桂兰"))
    assert "其中，由主办单位会同会办单位办理的1件，承办单位待定的1件。请" in said(notice)[0]


def hand_over(*book: BookRow) -> Paper:
    return handover_notice(
        sender=SENDER,
        addressees=("县水利局",),
        place="临溪县",
        term=18,
        session=None,
        rows=book,
        terms=(),
        requests=(),
        contact=CONTACT,
    )


def test_a_notice_between_sessions_says_so_and_leaves_open_terms_open() -> None:
    notice = hand_over(ROWS[0])
    assert notice.title == "关于交办临溪县第十八届人民代表大会闭会期间代表建议的通知"
    assert "办理期限待明确。" in said(notice)


def test_an_empty_book_is_not_handed_over() -> None:
    with pytest.raises(PaperError, match="没有要交办的建议"):
        hand_over()


def test_the_book_leaves_undecided_places_empty() -> None:
    book = handover_book(title="清册", rows=(BookRow(number="1", title="建议", lead_deputy="周桂兰"),))
    assert tables(book)[0].rows == (("1", "建议", "周桂兰") + ("",) * 8,)


def test_the_book_repeats_its_head_on_turned_pages_and_loses_no_row() -> None:
    pdf = render_pdf(HANDOVER)
    turned = [page.get_width() > page.get_height() for page in pypdfium2.PdfDocument(pdf)]
    texts = ["".join(page) for page in page_texts(pdf)]
    assert turned == [False, False] + [True] * (len(turned) - 3) + [False]  # the imprint closes the whole
    assert [text.count("督办委员会") for text in texts] == [int(lies) for lies in turned]
    assert sum(text.count("门前") for text in texts) == 40


def test_a_turned_page_keeps_the_type_area_of_the_standard() -> None:
    page = pypdfium2.PdfDocument(render_pdf(LEDGER))[0]
    assert [round(side * 25.4 / 72) for side in (page.get_width(), page.get_height())] == [297, 210]
    lines = rows(glyphs(render_pdf(LEDGER))[1])
    edges = min(row[0].left for row in lines), max(row[-1].left for row in lines)
    assert (edges[0] > 35, edges[1] < 35 + 225, lines[0][0].baseline > 28) == (True, True, True)


def test_the_ledger_counts_assignments_by_part_and_knows_no_rating() -> None:
    assert said(LEDGER) == ["承办单位：县交通运输局，截至2026年6月30日，共26件次（主办18件，会办8件）"]
    titles = [column.title for column in tables(LEDGER)[0].columns]
    assert [title for title in titles if "满意" in title or "评价" in title] == []


@pytest.mark.parametrize(("paper", "turns"), [(LEDGER, [True]), (HANDOVER, [False, True]), (REPLY, [False])])
def test_word_turns_the_pages_too_and_only_the_first_has_a_letter_head(
    paper: Paper, turns: list[bool]
) -> None:
    sections = docx.Document(io.BytesIO(render_docx(paper))).sections
    assert [section.orientation is WD_ORIENTATION.LANDSCAPE for section in sections] == turns
    assert [section.page_width > section.page_height for section in sections] == turns
    firsts = [section.different_first_page_header_footer for section in sections]
    assert firsts == [paper.form == "letter"] + [False] * (len(turns) - 1)


def test_a_letter_cannot_lie_on_its_side() -> None:
    with pytest.raises(PaperError, match="横排只用于表格和清册"):
        replace(REPLY, landscape=True)


def test_a_standing_annex_after_a_turned_one_stands_again() -> None:
    turned = HANDOVER.annexes[0]
    standing = replace(turned, title="说明", body=(Paragraph("内容"),), landscape=False)
    paper = replace(HANDOVER, annexes=(turned, standing), attachments=("清册", "说明"))
    last = list(pypdfium2.PdfDocument(render_pdf(paper)))[-1]
    sections = docx.Document(io.BytesIO(render_docx(paper))).sections
    assert last.get_width() < last.get_height()
    assert [section.page_width > section.page_height for section in sections] == [False, True, False]


# --- answering ------------------------------------------------------------------------------------------


def test_the_reply_carries_class_and_signer_above_its_title() -> None:
    page = [words(row) for row in rows(glyphs(render_pdf(REPLY))[0])]
    assert page[:6] == [
        "临溪县交通运输局",
        "临交函〔2026〕31号",
        "签发人：陈岩B类",
        "对临溪县第十八届人大第五次会议",
        "第126号建议的答复",
        "周桂兰、李建国、欧阳文清代表：",
    ]


def test_the_class_stands_at_the_right_edge() -> None:
    row = next(row for row in rows(glyphs(render_pdf(REPLY))[0]) if words(row).endswith("B类"))
    assert row[-1].left + 16 * 25.4 / 72 == pytest.approx(184, abs=0.5)


def test_the_reply_answers_each_demand_tells_of_co_handlers_and_lists_promises() -> None:
    assert [line for line in said(REPLY) if line[:2] in ("一、", "二、", "三、", "四、")] == [
        "一、关于建设公交首末站",
        "二、关于设临时发车点并开通线路",
        "三、会办单位意见",
        "四、承诺事项",
    ]
    assert [row[3] for row in tables(REPLY)[0].rows] == ["2026年9月20日", "未写明"]
    assert said(REPLY)[-1] == "此复。"


def answer(*, movers: tuple[Mover, ...], round: int = 1) -> Paper:
    return reply_letter(
        sender=SENDER,
        name=NAME,
        movers=movers,
        reply_class="",
        signer="",
        answers=(),
        contact=CONTACT,
        round=round,
    )


def test_one_deputy_is_addressed_as_one() -> None:
    paper = answer(movers=(LEAD,))
    assert paper.addressees == ("周桂兰代表",)
    assert said(paper)[0] == "您提出的《关于在城北片区增设公交首末站的建议》收悉。经研究办理，现答复如下："


def test_the_second_answer_says_that_it_is_one() -> None:
    paper = answer(movers=(LEAD,), round=2)
    assert paper.title.replace("\n", "") == "对临溪县第十八届人大第五次会议第126号建议的再次答复"
    assert "对建议重新作了研究办理，现答复如下：" in said(paper)[0]


def test_a_co_handlers_opinion_goes_to_the_lead_agency_and_may_lack_a_number() -> None:
    assert (CO_OPINION.addressees, CO_OPINION.number) == (("县交通运输局",), None)
    assert CO_OPINION.title.replace("\n", "") == "关于临溪县第十八届人大第五次会议第126号建议的会办意见"


def test_attitude_and_result_are_rated_apart() -> None:
    shown = fields(RATING)
    assert (shown["办理态度"], shown["办理结果"]) == (
        "■满意　□基本满意　□不满意",
        "□满意　□基本满意　■不满意",
    )


def test_the_form_goes_to_the_congress_and_never_through_the_agency() -> None:
    assert fields(RATING)["说明"] == (
        "本表由代表本人填写，请于2026年6月17日前直接交县人大常委会代表工作委员会，不经承办单位转交。"
        "办理态度和办理结果分别评价，不满意的写明理由。"
    )


def test_an_unrated_form_has_every_box_empty() -> None:
    shown = fields(BLANK_RATING)
    assert [shown[name].count("■") for name in ("联系方式", "办理态度", "办理结果", "是否要求重新办理")] == [
        0
    ] * 4
    assert shown["评价日期"] == ""


def test_a_rating_that_does_not_exist_is_refused() -> None:
    with pytest.raises(PaperError, match="“很满意”不在可选项满意、基本满意、不满意之中"):
        rating_form(
            name=NAME,
            deputy=LEAD,
            agency="县水利局",
            replied_on=None,
            return_to="县人大常委会代表工作委员会",
            result="很满意",
        )


@pytest.mark.parametrize("paper", [RATING, BLANK_RATING])
def test_the_rating_form_fits_one_page(paper: Paper) -> None:
    assert len(page_texts(render_pdf(paper))) == 1


# --- pressing and reporting -----------------------------------------------------------------------------


def test_a_second_reminder_of_a_suggestion_appeals_to_suggestions() -> None:
    assert (
        PRESSING.title == "临溪县人大常委会办公室关于督促限期办理临溪县第十八届人大第五次会议第126号建议的函"
    )
    assert said(PRESSING)[1] == "为维护代表建议办理工作的严肃性，现要求你们："


def test_a_plan_leaves_days_not_yet_fixed_empty() -> None:
    assert [row[1] for row in tables(PLAN)[0].rows] == ["2026年3月20日", "2026年5月12日", ""]


def test_the_report_prints_the_citys_own_figures() -> None:
    bodies, parts, classes, ratings, rates = tables(REPORT)
    assert said(REPORT)[1].startswith(
        "县第十八届人大第五次会议以来，截至2026年11月15日，共收到代表建议、批评和意见364件，"
        "其中大会期间提出357件，闭会期间提出7件。"
    )
    assert [row[1] for row in bodies.rows] == ["338", "9", "17", "364"]
    assert (parts.caption, parts.rows[-1][1]) == ("承办任务（按承办任务计）", "603")
    assert [row[2] for row in classes.rows] == [
        "163÷331＝49.24%",
        "156÷331＝47.13%",
        "12÷331＝3.63%",
        "",
    ]
    assert ratings.rows[2] == ("不满意", "0", "0÷325＝0.00%", "10", "10÷325＝3.08%")
    assert rates.rows[2] == ("已落实", "207件", "评价满意和基本满意315件", "207÷315＝65.71%")


def test_silence_is_told_and_counted_nowhere() -> None:
    assert "另有6件逾期未反馈，不计入评价的总数；不反馈不等于满意，也不等于不满意。" in said(REPORT)


def test_what_people_have_to_say_stays_blank() -> None:
    assert said(REPORT)[-6:] == ["五、主要做法", BLANK, "六、存在问题", BLANK, "七、下一步工作", BLANK]


def test_parts_that_do_not_add_up_are_not_printed() -> None:
    with pytest.raises(PaperError, match="“答复分类”各项合计330件，与总数331件不符"):
        Breakdown(name="答复分类", unit="件", whole=331, parts=(("A类", 163), ("B类", 167)))


def test_a_share_larger_than_its_whole_is_not_printed() -> None:
    with pytest.raises(PaperError, match="“已落实”的316件超出满意315件"):
        Rate(name="已落实", part=316, whole=315, of="满意")


def test_a_report_without_anything_yet_divides_by_nothing() -> None:
    paper = suggestion_report(
        title="报告",
        organ="县人大常委会代表工委",
        dated=None,
        period="县第十八届人大第五次会议以来",
        counted_on=PASSED,
        at_congress=0,
        between_sessions=0,
        bodies=None,
        parts=None,
        answered=Rate(name="已答复", part=0, whole=0, of="应答复"),
        classes=None,
        attitude=None,
        result=None,
        narrative=(),
    )
    assert said(paper)[-1] == "应答复0件，已答复0件，占—。"
