"""What an opinion is printed from again."""

from __future__ import annotations

from dataclasses import replace

from bihuan.modules.opinions.texts import paragraphs_by_title
from bihuan.readers import read
from bihuan.readers.facts import Document
from bihuan.writers import render_docx
from tests.writers.papers import BUDGET, notice

CLOSED_BY_IMPRINT = render_docx(replace(notice(), imprint_place="end"))


def test_the_imprint_after_the_last_annex_is_not_its_text() -> None:
    made = read(CLOSED_BY_IMPRINT, "通知.docx")
    found = paragraphs_by_title(made.opened.text)
    assert found[BUDGET.title] == [block.text for block in BUDGET.body if hasattr(block, "text")]


def test_the_imprint_after_the_annexes_is_the_notices() -> None:
    head = next(fact for fact in read(CLOSED_BY_IMPRINT, "通知.docx").facts if isinstance(fact, Document))
    assert (head.copied_to, head.printed_by, head.printed_on) == (
        ("县人大常委会主任", "副主任", "委员", "各乡镇人大"),
        "临溪县人大常委会办公室",
        "2026-03-05",
    )
