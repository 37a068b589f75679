"""Cutting a bundle into its papers, and putting printed lines together."""

from __future__ import annotations

from bihuan.readers.bundle import cut
from bihuan.readers.facts import Document
from bihuan.readers.opening import open_file
from bihuan.readers.text import Flow, flow
from tests.readers.papers import facts_of, text_of


def flowing(text: str) -> Flow:
    return flow(open_file(text.encode(), "a.txt"))


def titles(text: str) -> list[tuple[int | None, str]]:
    return [(section.annex, section.title) for section in cut(flowing(text))]


PASSED = "（2025年1月3日临溪县第十八届人民代表大会常务委员会第十次会议通过）"


def test_a_title_over_several_rows_is_one_title() -> None:
    text = f"临溪县人民代表大会常务委员会\n关于护林工作\n情况报告的审议意见\n{PASSED}\n会议要求，多巡山。"
    assert titles(text) == [(None, "临溪县人民代表大会常务委员会关于护林工作情况报告的审议意见")]


def test_a_title_that_could_end_earlier_goes_on() -> None:
    assert titles("关于印发第十次会议决议\n和审议意见的通知\n县政府：\n请照办。") == [
        (None, "关于印发第十次会议决议和审议意见的通知")
    ]


def test_papers_named_in_the_attachment_list_are_not_papers() -> None:
    listed = "附件：1.关于护林的决议\n2.关于修路的决议\n办公室\n2025年1月4日\n"
    text = f"关于印发文件的通知\n县政府：\n请照办。\n{listed}附件1\n关于护林的决议\n{PASSED}\n护林。"
    assert titles(text) == [(None, "关于印发文件的通知"), (1, "关于护林的决议")]


def test_papers_follow_each_other_without_annex_numbers() -> None:
    text = f"关于护林的决议\n{PASSED}\n护林要紧。\n关于修路的决议\n{PASSED}\n修路要紧。"
    assert titles(text) == [(None, "关于护林的决议"), (None, "关于修路的决议")]


def test_a_sentence_that_names_a_paper_is_not_its_title() -> None:
    assert titles("会议讨论了\n关于护林的决议。\n散会。") == [(None, "")]


def test_printed_lines_flow_into_paragraphs_and_offsets_lead_back() -> None:
    text = text_of("bundle_wrapped")
    found = flowing(text)
    begin = found.text.index("现将市七届")
    end = found.text.index("请认真研究处理。") + len("请认真研究处理。")
    assert begin in found.starts
    assert found.edges_within(begin, end) == []
    assert text[found.offset(begin) : found.offset(end - 1) + 1].split() == [
        "现将市七届人大常委会第十五次会议对两个专项工作",
        "报告的审议意见转送你们，请认真研究处理。",
    ]


def test_index_and_offset_are_each_others_inverse() -> None:
    found = flowing(text_of("notice_two_annexes"))
    assert [found.index_of(found.offset(index)) for index in range(len(found.text))] == list(
        range(len(found.text))
    )


def test_a_notice_tells_its_number_addressees_copies_and_printing() -> None:
    notice = next(fact for fact in facts_of(text_of("notice_two_annexes")) if isinstance(fact, Document))
    assert (notice.number, notice.addressees, notice.attachments, notice.date, notice.printed_on) == (
        "临人常〔2025〕9号",
        ("县人民政府", "县人民法院"),
        2,
        "2025-07-31",
        "2025-08-01",
    )
    assert notice.copied_to == ("县委办公室", "县监委", "县水利局", "县财政局", "各乡镇人大")


def test_a_paper_of_unknown_kind_ends_the_one_before_it() -> None:
    text = (
        f"关于护林的决议\n{PASSED}\n护林要紧。\n临溪县人大常委会任免名单\n{PASSED}\n决定任命：\n"
        "护林这一年\n——2025年1月3日在县十八届人大常委会第十次会议上\n各位委员："
    )
    assert titles(text) == [
        (None, "关于护林的决议"),
        (None, "临溪县人大常委会任免名单"),
        (None, "护林这一年"),
    ]


def test_copies_go_on_to_the_row_before_the_printing_line() -> None:
    text = (
        "岭东县人大常委会文件\n岭人常〔2025〕3号\n关于印发会议纪要的通知\n县人民政府：\n现将纪要印发给你们，请照办。\n"
        "岭东县人大常委会\n2025年3月1日\n抄送：县委办，县林业局、\n县财政局,各镇（乡）人大，本会机关各委办\n"
        "岭东县人大常委会办公室 2025年3月2日印发\n"
    )
    notice = facts_of(text)[0]
    assert isinstance(notice, Document)
    assert notice.copied_to == ("县委办", "县林业局", "县财政局", "各镇（乡）人大", "本会机关各委办")
    assert (notice.printed_by, notice.printed_on) == ("岭东县人大常委会办公室", "2025-03-02")
