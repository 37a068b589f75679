"""Script and width: rules see one, quotes show what was printed."""

from __future__ import annotations

from opencc import OpenCC

from bihuan.readers import read
from bihuan.readers.wording.folding import folded
from tests.readers.papers import text_of


def test_folding_never_moves_a_character() -> None:
    text = "縣人大常委會於２０２５年6月30日前審議(草案),共1,200件:乾隆年間"
    assert len(folded(text)) == len(text)
    assert folded(text) == "县人大常委会于2025年6月30日前审议（草案），共1,200件：乾隆年间"


def test_a_single_old_character_is_a_name_and_stays() -> None:
    assert folded("任命邓旻昇为局长") == "任命邓旻昇为局长"


def test_a_paper_in_traditional_characters_holds_the_same_facts() -> None:
    plain = read(text_of("resolution_duties").encode(), "a")
    old = read(OpenCC("s2t").convert(text_of("resolution_duties")).encode(), "a")
    assert [(f.type, f.start, f.end) for f in old.facts] == [(f.type, f.start, f.end) for f in plain.facts]


def test_quotes_keep_the_printed_characters() -> None:
    text = OpenCC("s2t").convert(text_of("resolution_plain"))
    for fact in read(text.encode(), "a").facts:
        assert fact.quote == "".join(text[fact.start : fact.end].split())


def test_full_width_digits_and_narrow_marks_change_no_fact() -> None:
    plain = text_of("resolution_duties")
    wide = plain.translate(str.maketrans("0123456789，；：（）", "０１２３４５６７８９,;:()"))
    assert [(f.type, f.start) for f in read(wide.encode(), "a").facts] == [
        (f.type, f.start) for f in read(plain.encode(), "a").facts
    ]
