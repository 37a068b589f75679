"""The DOCX, opened again: geometry, faces, and what Word insists on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.writers import render_docx
from bihuan.writers.paper import Column, Paper, Paragraph, Table, printable

from .papers import HANDOVER, REPORT, WATER, notice
from .suggestion_papers import EVERY

# The sequences of properties in ECMA-376 part 1, 17.3 to 17.6: Word refuses any other.
PARAGRAPH_ORDER = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi "
    "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection "
    "textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
RUN_ORDER = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs "
    "em lang eastAsianLayout specVanish oMath"
)
TABLE_ORDER = (
    "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook"
)
SECTION_ORDER = (
    "footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign "
    "noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings"
)


def opened(paper: Paper) -> Any:
    return docx.Document(io.BytesIO(render_docx(paper)))


def local_names(element: Any) -> list[str]:
    return [child.tag.rpartition("}")[2] for child in element]


def parts(document: Any) -> Iterator[Any]:
    section = document.sections[0]
    yield from (document.element, document.styles.element)
    yield from (section.footer._element, section.even_page_footer._element)
    yield from (section.first_page_header._element, section.first_page_footer._element)


def test_the_page_has_the_margins_of_the_standard() -> None:
    section = opened(notice()).sections[0]
    sides = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    assert [round(side.mm) for side in (section.page_width, section.page_height, *sides)] == [
        210, 297, 37, 28, 26, 35,
    ]  # fmt: skip


def test_the_grid_has_22_lines_and_body_text_takes_one_each() -> None:
    document = opened(notice())
    grid = document.sections[0]._sectPr.find(qn("w:docGrid"))
    normal = document.styles["Normal"].paragraph_format
    twips = 225 / 25.4 * 1440
    assert (grid.get(qn("w:type")), int(twips // int(grid.get(qn("w:linePitch"))))) == ("lines", 22)
    assert round(normal.line_spacing.pt * 20) == int(grid.get(qn("w:linePitch")))


def test_28_characters_with_their_spacing_fit_the_line() -> None:
    properties = opened(notice()).styles["Normal"].element.rPr
    tracking = int(properties.find(qn("w:spacing")).get(qn("w:val")))
    assert int(156 / 25.4 * 1440 // (16 * 20 + tracking)) == 28


def face_of(document: Any, text: str) -> str:
    run = next(
        run for paragraph in document.paragraphs for run in paragraph.runs if run.text.startswith(text)
    )
    fonts = run._r.rPr.find(qn("w:rFonts")) if run._r.rPr is not None else None
    source = document.styles["Normal"].element.rPr.find(qn("w:rFonts")) if fonts is None else fonts
    names = {source.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "eastAsia", "cs")}
    return "/".join(sorted(names))


def test_every_face_is_named_for_chinese_and_latin_text_alike() -> None:
    document = opened(notice())
    starts = ("临溪县人大常委会文件", "临溪县人大常委会关于印发", SESSION_START, "附件1", "（2026年3月5日")
    assert [face_of(document, start) for start in starts] == [
        "方正小标宋简体", "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312",
    ]  # fmt: skip


SESSION_START = "临溪县第十七届人民代表大会常务委员会第三十次会议通过的"


def test_page_numbers_are_right_on_odd_pages_and_left_on_even_ones() -> None:
    document = opened(notice())
    section = document.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert document.settings.odd_and_even_pages_header_footer is True
    assert (odd.alignment.name, even.alignment.name, odd.text) == ("RIGHT", "LEFT", "—  —")
    assert (odd.paragraph_format.right_indent.pt, even.paragraph_format.left_indent.pt) == (14, 14)


def test_only_a_letter_has_a_first_page_of_its_own() -> None:
    letter, document = opened(HANDOVER).sections[0], opened(notice()).sections[0]
    assert (letter.different_first_page_header_footer, document.different_first_page_header_footer) == (
        True,
        False,
    )
    assert letter.first_page_header.paragraphs[0].text == "临溪县人民代表大会常务委员会"


def test_the_imprint_is_a_frame_at_the_foot_before_the_annexes() -> None:
    body = opened(notice()).paragraphs
    framed = [
        paragraph.text for paragraph in body if paragraph._p.xpath("./w:pPr/w:framePr[@w:yAlign='bottom']")
    ]
    texts = [paragraph.text for paragraph in body]
    assert [text for text in framed if text] == [
        "抄送：县人大常委会主任、副主任、委员，各乡镇人大。",
        "临溪县人大常委会办公室\t2026年3月5日印发",
    ]
    assert texts.index(framed[1]) < texts.index("附件1")


def test_lines_for_signing_stay_with_the_last_row_of_their_table() -> None:
    document = opened(REPORT)
    last = document.tables[-1].rows[-1]
    kept = [paragraph.paragraph_format.keep_with_next for cell in last.cells for paragraph in cell.paragraphs]
    assert kept == [True] * 6


def test_a_table_repeats_its_header_and_keeps_rows_whole() -> None:
    table = opened(EVERY["report"]).tables[1]
    assert len(table._tbl.xpath("./w:tr[1]/w:trPr/w:tblHeader")) == 1
    assert len(table._tbl.xpath("./w:tr/w:trPr/w:cantSplit")) == len(table.rows)


@pytest.mark.parametrize("name", sorted(EVERY))
def test_properties_stand_in_the_order_word_asks_for(name: str) -> None:
    orders = {"pPr": PARAGRAPH_ORDER, "rPr": RUN_ORDER, "tblPr": TABLE_ORDER, "sectPr": SECTION_ORDER}
    for part in parts(opened(EVERY[name])):
        for tag, order in orders.items():
            for element in part.iter(qn(f"w:{tag}")):
                names = [child for child in local_names(element) if not child.endswith("Reference")]
                positions = [order.split().index(child) for child in names]
                assert positions == sorted(set(positions)), names


@pytest.mark.parametrize("name", sorted(EVERY))
def test_the_same_paper_gives_the_same_bytes(name: str) -> None:
    assert render_docx(EVERY[name]) == render_docx(EVERY[name])


def test_the_file_is_dated_by_the_paper_and_not_by_the_clock() -> None:
    data = render_docx(notice())
    stamps = {entry.date_time[:3] for entry in zipfile.ZipFile(io.BytesIO(data)).infolist()}
    properties = docx.Document(io.BytesIO(data)).core_properties
    assert (stamps, properties.created.replace(tzinfo=None)) == ({(2026, 3, 5)}, datetime(2026, 3, 5, 12))
    assert (properties.author, properties.comments) == ("临溪县人大常委会", "")


@pytest.mark.parametrize("year", [1955, 1979, 2110])
def test_a_paper_dated_outside_what_a_zip_can_say_is_written_too(year: int) -> None:
    paper = replace(WATER, dated=date(year, 3, 5))
    assert opened(paper).core_properties.created.year == year


def test_the_text_of_an_opinion_reads_back_whole() -> None:
    texts = [paragraph.text for paragraph in opened(WATER).paragraphs if paragraph.text]
    assert texts[0].replace("\n", "") == WATER.title
    assert texts[-1] == "会议要求，县人民政府于会后两个月内报告研究处理情况。"


@settings(derandomize=True, max_examples=60, deadline=None)
@given(text=st.text(min_size=1, max_size=40))
def test_any_text_survives_in_paragraph_and_cell(text: str) -> None:
    body = (Paragraph(text, indent=False), Table((Column("栏", 1),), ((text,),)))
    document = opened(Paper(form="plain", title="测试", body=body))
    shown = printable(text)
    assert document.paragraphs[2].text == shown
    assert document.tables[0].rows[1].cells[0].text == shown


def test_rare_names_markup_and_emoji_survive_verbatim() -> None:
    text = "旻昇祎𠮷 <w:p> & ]]> #$\\ 🎉"
    assert opened(Paper(form="plain", title="测试", body=(Paragraph(text),))).paragraphs[2].text == text
