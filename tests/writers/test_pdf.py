"""The PDF against GB/T 9704-2012, measured on the page."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.writers import PaperError, render_pdf
from bihuan.writers.paper import Annex, Column, Field, Heading, Paper, Paragraph, SignatureLines, Table

from .measure import glyphs, page_texts, rows, words
from .papers import BUDGET, LINE, LONG, WATER, lines, notice, notice_of
from .suggestion_papers import EVERY

ASCENT_MM = 16 * 0.88 * 25.4 / 72
CHARACTER_MM = 16 * 25.4 / 72


def test_a_full_page_has_22_lines_of_28_characters() -> None:
    paper = Paper(form="plain", title="测试", body=(Paragraph("国" * 28 * 60, indent=False),))
    page = rows(glyphs(render_pdf(paper))[1])
    assert [words(row) for row in page] == [LINE] * 22 + ["—2—"]


def test_the_text_fills_the_type_area_to_half_a_millimetre() -> None:
    paper = Paper(form="plain", title="测试", body=(Paragraph("国" * 28 * 60, indent=False),))
    *text, _ = rows(glyphs(render_pdf(paper))[1])
    edges = (
        text[0][0].left,
        text[0][-1].left + CHARACTER_MM,
        text[0][0].baseline - ASCENT_MM,
        text[-1][0].baseline - ASCENT_MM + CHARACTER_MM,
    )
    assert edges == pytest.approx((28, 184, 37, 262), abs=0.5)


@pytest.mark.parametrize(("indent", "count"), [(False, 28), (True, 26)])
def test_a_line_takes_its_full_count_of_characters_and_not_one_more(indent: bool, count: int) -> None:
    body = (Paragraph("国" * count, indent=indent), Paragraph("国" * (count + 1), indent=indent))
    page = rows(glyphs(render_pdf(Paper(form="plain", title="测试", body=body)))[0])
    assert [len(row) for row in page[1:-1]] == [count, count, 1]


def test_punctuation_keeps_its_width_and_lines_end_flush() -> None:
    text = (
        "请逐项制定整改措施，明确责任人和完成时间，并附能够证明办理结果的材料；已经办结和未解决的如实说明。"
    )
    page = rows(glyphs(render_pdf(Paper(form="plain", title="测试", body=(Paragraph(text),))))[0])
    first = page[1]
    steps = {round(after.left - before.left, 1) for before, after in pairwise(first)}
    assert min(steps) >= 5.5
    assert first[-1].left + CHARACTER_MM == pytest.approx(184, abs=0.5)


def test_the_red_head_begins_35_mm_below_the_top_of_the_type_area() -> None:
    head = rows(glyphs(render_pdf(notice()))[0])[0]
    top = head[0].baseline - head[0].size * 0.88 * 25.4 / 72
    assert (words(head), top) == ("临溪县人大常委会文件", pytest.approx(37 + 35, abs=0.5))


def test_a_letter_head_begins_30_mm_below_the_page_top() -> None:
    head = rows(glyphs(render_pdf(EVERY["handover"]))[0])[0]
    top = head[0].baseline - head[0].size * 0.88 * 25.4 / 72
    assert (words(head), top) == ("临溪县人民代表大会常务委员会", pytest.approx(30, abs=0.5))


def test_body_title_and_number_have_the_prescribed_sizes() -> None:
    page = rows(glyphs(render_pdf(notice()))[0])
    sizes = {words(row): row[0].size for row in page}
    assert (sizes["临人常〔2026〕7号"], sizes["临溪县人大常委会关于印发"], sizes["—1—"]) == (16, 22, 14)


def test_page_numbers_stand_outside_seven_millimetres_below_the_text() -> None:
    first, second = (rows(page)[-1] for page in glyphs(render_pdf(notice()))[:2])
    digit = 14 * 0.88 * 25.4 / 72
    assert (first[-1].left > 150, second[0].left < 40) == (True, True)
    assert first[0].baseline - digit == pytest.approx(262 + 7, abs=0.5)


def test_the_first_page_of_a_letter_has_no_page_number() -> None:
    first, second = page_texts(render_pdf(EVERY["handover"]))
    assert (first[-1].startswith("—"), second[-1]) == (False, "—2—")


def test_a_sealed_date_ends_four_characters_from_the_edge_under_its_organ() -> None:
    page = rows(glyphs(render_pdf(notice_of(3)))[1])
    date = next(row for row in page if words(row) == "2026年3月5日")
    organ = next(row for row in page if words(row) == "临溪县人大常委会")
    end = date[-1].left + CHARACTER_MM
    middles = [(row[0].left + row[-1].left + CHARACTER_MM) / 2 for row in (date, organ)]
    assert end == pytest.approx(184 - 4 * 156 / 28, abs=0.5)
    assert middles[0] == pytest.approx(middles[1], abs=0.5)


def test_an_unsealed_date_begins_two_characters_after_its_organ() -> None:
    paper = replace(notice_of(3), sealed=False)
    page = [row for page in glyphs(render_pdf(paper)) for row in rows(page)]
    date = next(row for row in page if words(row) == "2026年3月5日")
    organ = next(row for row in page if words(row) == "临溪县人大常委会")
    assert date[0].left - organ[0].left == pytest.approx(2 * 156 / 28, abs=0.5)


@pytest.mark.parametrize("count", range(1, 32))
def test_the_imprint_stays_at_the_foot_and_the_signature_with_text(count: int) -> None:
    pages = glyphs(render_pdf(notice_of(count)))
    foot = rows(pages[-1])[-2]
    texts = [[words(row) for row in rows(page)] for page in pages]
    signed = next(page for page in texts if "2026年3月5日" in page)
    assert words(foot) == "临溪县人大常委会办公室2026年3月5日印发"
    assert 257 < foot[0].baseline < 262
    assert LINE in signed[: signed.index("临溪县人大常委会")]
    assert sum(page.count(LINE) for page in texts) == count


def test_the_first_page_of_a_notice_shows_text_of_the_body() -> None:
    assert "".join(page_texts(render_pdf(notice(addressees=4)))[0]).count("现印发给你们") == 1


def test_each_annex_begins_a_page_and_the_imprint_closes_the_notice() -> None:
    pages = page_texts(render_pdf(notice()))
    starts = [page[0] for page in pages if page[0] in ("附件1", "附件2")]
    ends = [number for number, page in enumerate(pages) if page[-2].endswith("印发")]
    assert (starts, ends) == (["附件1", "附件2"], [1])


def test_the_imprint_may_close_the_last_annex_instead() -> None:
    pages = page_texts(render_pdf(replace(notice(), imprint_place="end")))
    assert [number for number, page in enumerate(pages) if "印发" in "".join(page[-2:])] == [len(pages) - 1]


@pytest.mark.parametrize("count", [1, 5, 20, 30, 38, 42, 55])
def test_the_imprint_at_the_end_is_on_an_even_page(count: int) -> None:
    pages = page_texts(render_pdf(replace(notice_of(count), imprint_place="end")))
    printed = [number for number, page in enumerate(pages, start=1) if "印发" in "".join(page[-2:])]
    assert (printed, len(pages) % 2) == ([len(pages)], 0)


def test_a_page_left_empty_before_the_imprint_has_no_number_and_neither_has_the_imprints() -> None:
    full = next(
        pages
        for count in range(20, 48)
        if len(pages := page_texts(render_pdf(replace(notice_of(count), imprint_place="end")))) == 4
        and not "".join(pages[2])
    )
    assert ([page[-1] for page in full[:2]], full[2]) == (["—1—", "—2—"], [])
    assert full[3][-1].endswith("印发")


@pytest.mark.parametrize("count", range(1, 14))
def test_lines_for_signing_are_never_without_a_row_of_their_table(count: int) -> None:
    table = Table(
        columns=(Column("序号", 1), Column("内容", 8)),
        rows=tuple((f"第{n}行", LONG * 2) for n in range(count)),
    )
    signing = SignatureLines((Field("主要负责人（签名）"), Field("日期")))
    pages = page_texts(render_pdf(Paper(form="plain", title="表", body=(table, signing))))
    signed = next("".join(page) for page in pages if any("主要负责人" in line for line in page))
    assert (f"第{count - 1}行" in signed, sum("".join(page).count("主要负责人") for page in pages)) == (
        True,
        1,
    )


def test_no_last_word_stands_alone_over_a_signature() -> None:
    long = Paragraph(LONG * 3)
    for count in range(1, 24):
        paper = replace(notice(), body=(*lines(count), long), attachments=(), annexes=())
        pages = page_texts(render_pdf(paper))
        signed = next(page for page in pages if "2026年3月5日" in page)
        above = [line for line in signed[: signed.index("2026年3月5日")] if line and line in LONG * 3]
        assert len(above) != 1


def test_the_text_of_an_opinion_reads_back_whole_and_in_order() -> None:
    pages = page_texts(render_pdf(WATER))
    read = "".join("".join(page[:-1]) for page in pages)
    numbers = iter(("（一）", "（二）"))
    body = "".join(
        next(numbers) + block.run_in if isinstance(block, Heading) else block.text for block in WATER.body
    )
    assert read == WATER.title + WATER.subtitle[0] + body


def test_a_table_over_pages_repeats_its_header_and_loses_no_row() -> None:
    rows_ = tuple((str(position), "内容" * 20) for position in range(1, 61))
    paper = Paper(
        form="plain", title="测试", body=(Table((Column("序号", 1), Column("内容说明", 5)), rows_),)
    )
    pages = page_texts(render_pdf(paper))
    text = ["".join(page) for page in pages]
    assert len(pages) > 2
    assert [page.count("内容说明") for page in text] == [1] * len(pages)
    assert sum(page.count("内容") - 1 for page in text) == 60 * 20


def test_a_row_taller_than_a_page_is_broken_and_not_cut_off() -> None:
    paper = Paper(form="plain", title="测试", body=(Table((Column("内容", 1),), (("水" * 3000,),)),))
    assert sum("".join(page).count("水") for page in page_texts(render_pdf(paper))) == 3000


def test_forty_addressees_wrap_flush_left() -> None:
    page = rows(glyphs(render_pdf(notice(addressees=40)))[0])
    first = next(position for position, row in enumerate(page) if words(row).startswith("县第1办理单位"))
    assert [row[0].left for row in page[first : first + 5]] == pytest.approx([28] * 5, abs=0.5)


def test_twelve_annexes_are_listed_and_bound_in_order() -> None:
    annexes = tuple(Annex(title=f"第{position}号文", body=(Paragraph("内容"),)) for position in range(1, 13))
    pages = page_texts(render_pdf(notice(annexes=annexes)))
    listed = [line for page in pages[:2] for line in page if "号文" in line]
    assert listed == ["附件：1.第1号文"] + [f"{position}.第{position}号文" for position in range(2, 13)]
    assert [page[0] for page in pages[2:]] == [f"附件{position}" for position in range(1, 13)]


@pytest.mark.parametrize("name", sorted(EVERY))
def test_the_same_paper_gives_the_same_bytes(name: str) -> None:
    assert render_pdf(EVERY[name]) == render_pdf(EVERY[name])


def test_rare_characters_of_names_are_set_and_read_back() -> None:
    names = "旻昇祎镕喆堃旸垚𠮷"
    paper = Paper(form="plain", title="测试", body=(Paragraph(names, indent=False),))
    assert page_texts(render_pdf(paper))[0][1] == names


@settings(derandomize=True, max_examples=25, deadline=None)
@given(text=st.text(st.sampled_from("#$\\<>&@`*_/[]{}()\"'=+.,:;!?%^|~水a1"), min_size=1, max_size=26))
def test_markup_in_a_text_is_printed_and_never_obeyed(text: str) -> None:
    paper = Paper(form="plain", title="测试", body=(Paragraph(text, indent=False),))
    assert page_texts(render_pdf(paper))[0][1] == text


def test_a_character_without_a_glyph_is_named_and_not_printed_as_a_box() -> None:
    with pytest.raises(PaperError, match="“🎉”（U\\+1F389）在已安装的字体里没有字形"):
        render_pdf(Paper(form="plain", title="测试", body=(Paragraph("完成🎉"),)))


def test_a_control_character_is_shown_not_dropped() -> None:
    paper = Paper(form="plain", title="测试", body=(Paragraph("甲\x07乙", indent=False),))
    assert page_texts(render_pdf(paper))[0][1] == "甲\ufffd乙"


def test_a_paper_without_body_or_annexes_is_still_a_paper() -> None:
    assert page_texts(render_pdf(replace(BUDGET, body=(), subtitle=()))) == [
        ["临溪县人民代表大会常务委员会关于", "2026年县级财政预算调整方案的决议", "—1—"]
    ]
