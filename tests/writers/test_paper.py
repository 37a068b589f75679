"""The model: what contradicts itself is refused, numbers are computed, strange characters are shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.writers.paper import (
    Column,
    FormGrid,
    Heading,
    Paper,
    PaperError,
    Table,
    annex_label,
    attachment_lines,
    copies_line,
    numbered,
    printable,
    printed_number,
)

from .papers import notice


def test_a_deeper_heading_starts_again_under_each_higher_one() -> None:
    levels = (1, 2, 2, 3, 1, 2, 3, 4)
    headings = [Heading(level, "") for level in levels]
    assert [number for number, _ in numbered(headings)] == [
        "一、", "（一）", "（二）", "1.", "二、", "（一）", "1.", "（1）",
    ]  # fmt: skip


def test_a_single_annex_has_no_number() -> None:
    assert (annex_label(position=1, count=1), annex_label(position=2, count=3)) == ("附件", "附件2")
    assert attachment_lines(("方案。",)) == (("", "方案"),)
    assert attachment_lines(("甲；", "乙")) == (("1.", "甲"), ("2.", "乙"))


def test_copies_end_in_one_full_stop_and_only_a_document_keeps_a_place_for_its_number() -> None:
    assert copies_line(notice()) == "县人大常委会主任、副主任、委员，各乡镇人大。"
    draft = Paper(form="letter", letterhead="临溪县人大常委会", title="函", body=())
    assert (copies_line(draft), printed_number(draft)) == ("", "")
    assert printed_number(replace(draft, form="document")) == "〔　　　　〕　　号"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"form": "plain", "title": " "}, "没有标题"),
        ({"form": "document", "title": "通知"}, "须有发文机关标志"),
        ({"form": "plain", "title": "通知", "sealed": True}, "须有发文机关署名"),
    ],
)
def test_a_paper_that_lacks_what_its_form_needs_is_refused(fields: dict[str, object], message: str) -> None:
    with pytest.raises(PaperError, match=message):
        Paper(body=(), **fields)  # type: ignore[arg-type]


def test_a_list_that_does_not_match_the_annexes_is_refused() -> None:
    paper = notice()
    with pytest.raises(PaperError, match="附件说明列有1件，所附附件为2件"):
        Paper(form="plain", title="通知", body=(), annexes=paper.annexes, attachments=("甲",))


def test_ragged_tables_and_empty_forms_are_refused() -> None:
    with pytest.raises(PaperError, match="表格第1行有1格，而表头有2栏"):
        Table((Column("甲", 1), Column("乙", 1)), (("一",),))
    with pytest.raises(PaperError, match="表单至少要有一行"):
        FormGrid(())


def test_what_no_page_can_carry_is_shown_and_not_dropped() -> None:
    assert printable("甲\x00\x07\x7f\x85\ud800\ufffe乙\r\n丙\t丁") == "甲������乙\n丙\t丁"


@settings(derandomize=True, max_examples=200)
@given(text=st.text(max_size=50))
def test_making_printable_twice_changes_nothing_more(text: str) -> None:
    assert printable(printable(text)) == printable(text)
