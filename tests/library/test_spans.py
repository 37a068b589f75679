"""Spans: the text cut at them is still the text, and words describe a span as a person would."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.library.refusals import SpanNotFound
from bihuan.library.spans import Marked, Segment, cut, ends_of, locate

TEXT = "一是森林质量\n偏低。二是资金 投入不足。三是森林质量有待巩固。"
edges = st.integers(min_value=-3, max_value=20)
spans = st.lists(st.tuples(edges, edges), max_size=8).map(
    lambda pairs: [Marked(key, *pair) for key, pair in enumerate(pairs)]
)


@settings(max_examples=200, derandomize=True)
@given(text=st.text(max_size=15), marked=spans)
def test_cutting_keeps_the_text_and_covers_exactly_the_spans(text: str, marked: list[Marked]) -> None:
    segments = list(cut(text, marked))
    assert "".join(segment.text for segment in segments) == text
    covered = [set(segment.keys) for segment in segments for _ in segment.text]
    expected = [{span.key for span in marked if span.start <= at < span.end} for at in range(len(text))]
    assert covered == expected
    opened = [key for segment in segments for key in segment.opens]
    assert sorted(opened) == sorted(set().union(*covered)) if covered else opened == []


def test_the_innermost_span_comes_first() -> None:
    assert list(cut("甲乙丙", [Marked(1, 0, 3), Marked(2, 1, 2)])) == [
        Segment("甲", (1,), (1,)),
        Segment("乙", (2, 1), (2,)),
        Segment("丙", (1,), ()),
    ]


@pytest.mark.parametrize(
    ("begins", "ends", "near", "quote"),
    [
        ("森林质量", "偏低", 0, "森林质量\n偏低"),
        ("森林质量", "巩固", 25, "森林质量有待巩固"),
        ("资金投入", "不足", 0, "资金 投入不足"),
        ("资金 投入不足", "资金投入不足", 0, "资金 投入不足"),
    ],
)
def test_words_describe_a_span(begins: str, ends: str, near: int, quote: str) -> None:
    start, end = locate(TEXT, begins=begins, ends=ends, near=near)
    assert TEXT[start:end] == quote


@pytest.mark.parametrize(
    ("begins", "ends", "why"),
    [
        ("没有的话", "偏低", "原文中没有“没有的话”"),
        ("三是", "偏低", "“三是”之后的原文中没有“偏低”"),
        ("", "偏低", "开头和结尾"),
    ],
)
def test_words_that_do_not_stand_there_are_refused(begins: str, ends: str, why: str) -> None:
    with pytest.raises(SpanNotFound, match=why):
        locate(TEXT, begins=begins, ends=ends, near=0)


@settings(max_examples=100, derandomize=True)
@given(st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT)))
def test_a_spans_own_ends_find_a_span_that_begins_there(start: int, length: int) -> None:
    begins, ends = ends_of(TEXT, start, min(start + length, len(TEXT)), length=40)
    if begins:
        found, _ = locate(TEXT, begins=begins, ends=ends, near=start)
        assert TEXT[found] == begins[0]
