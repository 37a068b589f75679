"""Search finds what a plain scan for the words would find: no more, no less."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.library import search as library_search
from bihuan.library.models import SearchRow
from bihuan.library.search import (
    Piece,
    bigrams,
    fold,
    index_text,
    keys,
    mark_words,
    matching,
    rebuild,
    remove,
    run_together,
    search,
    unwrap,
)
from bihuan.people.models import Place

pytestmark = pytest.mark.usefixtures("database")
AT = datetime(2026, 3, 2, tzinfo=UTC)
EVERYTHING = {"paper": None}
# Few letters, so that matches are frequent; every class the folding and the tokens must get right.
LETTERS = "绿美生态林農农著着2３ｂB,，（(\"'*%_ -\U00020bb7😀"
texts = st.text(LETTERS, min_size=1, max_size=14)
words = st.text(LETTERS.replace(" ", ""), min_size=1, max_size=4)


def put(key: str, text: str, title: str = "", kind: str = "paper") -> None:
    index_text(kind=kind, key=key, title=title, text=text, place=None, at=AT)


def found(words: str, **rest: object) -> list[str]:
    return [hit.key for hit in search(words, allowed=EVERYTHING, **rest)]  # type: ignore[arg-type]


@settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(papers=st.lists(st.tuples(texts, texts), max_size=8), wanted=st.lists(words, min_size=1, max_size=3))
def test_search_finds_exactly_what_a_scan_finds(papers: list[tuple[str, str]], wanted: list[str]) -> None:
    with transaction.atomic():
        for number, (title, text) in enumerate(papers):
            put(str(number), text, title)
        expected = [
            str(number)
            for number, (title, text) in enumerate(papers)
            if all(fold(word) in fold(f"{unwrap(title)}\n{run_together(text)}") for word in wanted)
        ]
        assert found(" ".join(wanted)) == expected[::-1]
        transaction.set_rollback(True)


@given(st.text())
@settings(max_examples=100, derandomize=True)
def test_folding_keeps_every_position_and_is_done_once(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=20), st.text(max_size=20))
@settings(max_examples=100, derandomize=True)
def test_folding_a_part_is_part_of_folding_the_whole(before: str, after: str) -> None:
    assert fold(before + after) == fold(before) + fold(after)


def test_bigrams_are_all_neighbouring_pairs() -> None:
    assert bigrams("审议意见") == ["审议", "议意", "意见"]
    assert bigrams("审") == []


def test_traditional_full_width_and_capital_forms_are_the_same_for_matching() -> None:
    put("1", "關於農業農村工作著力２０２６年ＡＢ")
    for asked in ("关于农业", "著力", "着力", "2026", "ab"):
        assert found(asked) == ["1"], asked


def test_what_is_shown_is_what_was_written() -> None:
    put("1", "關於農業工作", title="農業")
    (hit,) = search("农业", allowed=EVERYTHING)
    assert hit.title == (Piece("農業", True),)
    assert hit.snippet == (Piece("關於", False), Piece("農業", True), Piece("工作", False))


def test_a_word_broken_over_lines_is_found() -> None:
    put("1", "听取和审\n\n议了报告")
    assert found("审议了") == ["1"]


def test_one_character_is_found_too() -> None:
    put("1", "林业")
    put("2", "水利")
    assert found("林") == ["1"]
    assert found("林 业") == ["1"]


def test_all_words_must_occur() -> None:
    put("1", "绿美生态")
    put("2", "生态补偿")
    assert found("生态 补偿") == ["2"]


def test_pairs_that_stand_apart_are_no_match() -> None:
    put("1", "审议议意意见")
    assert found("审议意见") == []


def test_no_words_find_nothing() -> None:
    put("1", "生态")
    assert found("") == []
    assert found(" \0 ") == []


def test_indexing_again_forgets_the_old_text() -> None:
    put("1", "旧的文字")
    put("1", "新的内容")
    assert (found("旧的"), found("新的")) == ([], ["1"])
    assert SearchRow.objects.count() == 1


def test_a_removed_record_is_not_found() -> None:
    put("1", "旧的文字")
    remove(kind="paper", key="1")
    assert found("旧的") == []


def test_the_index_stands_and_falls_with_the_transaction() -> None:
    with transaction.atomic():
        put("1", "半途而废")
        transaction.set_rollback(True)
    assert found("半途") == []


def test_rebuilding_finds_the_same() -> None:
    put("1", "绿美生态")
    put("2", "生态补偿")
    remove(kind="paper", key="1")
    assert rebuild() == 1
    assert found("生态") == ["2"]


def test_kinds_not_allowed_are_not_searched() -> None:
    put("1", "生态", kind="secret")
    assert found("生态") == []
    assert search("生态", allowed={}) == ()


def test_only_allowed_records_of_a_kind_are_found() -> None:
    here = Place.objects.create(code="a", name="甲县")
    there = Place.objects.create(code="b", name="乙县")
    for place in (here, there):
        put(str(place.pk), "生态")
    mine = keys(Place.objects.filter(code="a"))
    assert [hit.key for hit in search("生态", allowed={"paper": mine})] == [str(here.pk)]


def test_newest_comes_first_and_the_next_page_continues() -> None:
    for number in range(5):
        put(str(number), "生态")
    first = search("生态", allowed=EVERYTHING, limit=2)
    second = search("生态", allowed=EVERYTHING, limit=2, after=first[-1].after)
    assert [hit.key for hit in (*first, *second)] == ["4", "3", "2", "1"]


def test_a_long_text_shows_the_place_of_the_match() -> None:
    put("1", "前" * 300 + "生态" + "后" * 300)
    (hit,) = search("生态", allowed=EVERYTHING)
    assert hit.snippet[0] == Piece("…", False)
    assert Piece("生态", True) in hit.snippet
    assert hit.snippet[-1] == Piece("…", False)


def test_overlapping_matches_are_marked_as_one() -> None:
    assert mark_words("生态态势", ("生态", "态态")) == (Piece("生态态", True), Piece("势", False))


def test_what_the_asker_may_see_is_found_behind_many_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_search, "FIRST_BATCH", 2)
    for number in range(40):
        put(str(number), "生态", kind="paper" if number % 13 == 0 else "secret")
    first = search("生态", allowed=EVERYTHING, limit=2)
    second = search("生态", allowed=EVERYTHING, limit=5, after=first[-1].after)
    assert [hit.key for hit in (*first, *second)] == ["39", "26", "13", "0"]


def test_lists_narrow_by_the_same_words_as_search() -> None:
    for number, text in enumerate(("绿美生态", "生态补偿", "绿地")):
        put(str(number), text)
    for words in ("生态", "绿", "绿 生态", "没有"):
        asked = sorted(row.key for row in matching(words, allowed=EVERYTHING))
        assert asked == sorted(found(words)), words


def test_white_space_between_digits_and_characters_separates_nothing() -> None:
    put("1", "连人常〔2023〕27 号 印发 2024 年 word two")
    found = [words for words in ("〔2023〕27号", "号印发2024年", "word") if search(words, allowed=EVERYTHING)]
    assert found == ["〔2023〕27号", "号印发2024年", "word"]
