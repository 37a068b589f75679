"""A long reading in pages, and the text a page shows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.library.fields import is_secondary
from bihuan.library.marking import joined_lines
from bihuan.library.stretches import Begun, cut_into_pages, page_asked

LENGTH = 10_000


def paper(title: str, first: int, count: int, *, pending: bool = True) -> list[Begun]:
    """So many proposals of one paper, ten characters apart."""
    return [Begun(first + 10 * position, title, pending) for position in range(count)]


def test_a_reading_that_fits_one_page_is_one() -> None:
    pages = cut_into_pages([*paper("通知", 5, 3), *paper("意见", 100, 4)], length=LENGTH, most=7)
    assert [(page.start, page.end, page.total) for page in pages] == [(0, LENGTH, 7)]


def test_each_paper_is_a_page_and_a_long_one_several() -> None:
    begun = [*paper("通知", 5, 3), *paper("意见", 100, 12), *paper("决议", 900, 1, pending=False)]
    pages = cut_into_pages(begun, length=LENGTH, most=5)
    assert [(page.name, page.start, page.total, page.pending) for page in pages] == [
        ("通知", 0, 3, 3),
        ("意见（1／3）", 100, 4, 4),
        ("意见（2／3）", 140, 4, 4),
        ("意见（3／3）", 180, 4, 4),
        ("决议", 900, 1, 0),
    ]


@settings(derandomize=True, max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, LENGTH - 1), st.sampled_from(["", "甲", "乙", "丙"])),
        min_size=1,
        max_size=60,
    )
)
def test_every_proposal_is_on_exactly_one_page(rows: list[tuple[int, str]]) -> None:
    begun = [Begun(start, title, True) for start, title in sorted(rows, key=lambda row: row[0])]
    pages = cut_into_pages(begun, length=LENGTH, most=5)
    on = [sum(page.start <= each.start < page.end for page in pages) for each in begun]
    assert (on, sum(page.total for page in pages)) == ([1] * len(begun), len(begun))
    assert (pages[0].start, pages[-1].end) == (0, LENGTH)


def test_without_a_number_the_first_page_with_something_to_decide_is_shown() -> None:
    begun = [*paper("甲", 0, 4, pending=False), *paper("乙", 100, 4), *paper("丙", 200, 4)]
    pages = cut_into_pages(begun, length=LENGTH, most=5)
    assert [page_asked(pages, number).title for number in (None, 3, 9)] == ["乙", "丙", "乙"]


WRAPPED = "\r\n\r\n".join(
    [
        "　　会议认为，县人民政府重视河道管护工作，",
        "做了许多扎实的工作，取得了比较明显的成效。",
        "　　会议指出，工作中还存在一些问题和不足之",
        "处，部分河段的淤积没有清理，管护的人手不够",
        "，经费没有着落，群众举报的渠道也还不通畅。",
        "　　会议建议，县人民政府按照河段逐一公布责",
        "任人和举报电话，按月检查，按季通报有关情况",
        "，并把管护经费列入下一年度的本级财政预算。",
        "　　会议要求，县人民政府在会后两个月内提出",
        "书面报告，向县人民代表大会常务委员会报送。",
    ]
)


def test_printed_lines_are_joined_to_paragraphs_and_every_offset_holds() -> None:
    joined = joined_lines(WRAPPED)
    assert len(joined) == len(WRAPPED)
    assert joined.find("会议要求") == WRAPPED.find("会议要求")
    assert [line[:6] for line in joined.replace("\0", "").split("\n")] == [
        "　　会议认为",
        "　　会议指出",
        "　　会议建议",
        "　　会议要求",
    ]


@pytest.mark.parametrize("text", ["", " \n ", "一行", "短\n\n\n行"])
def test_a_text_without_wrapped_lines_loses_empty_lines_only(text: str) -> None:
    assert joined_lines(text).replace("\0", "") == text.replace("\n\n\n", "\n")


@pytest.mark.parametrize(
    ("fact", "folded"),
    [
        ({"type": "deadline"}, False),
        ({"type": "finding", "kind": "problem"}, False),
        ({"type": "finding", "kind": "problem", "level": 2}, True),
        ({"type": "finding", "kind": "achievement"}, True),
        ({"type": "figure"}, True),
    ],
)
def test_what_is_decided_on_first_stands_first(fact: dict[str, object], folded: bool) -> None:
    assert is_secondary(fact) is folded
