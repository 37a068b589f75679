"""Whole papers, each with the facts a person has looked at and agreed to.

When a rule changes on purpose: `bihuan read tests/examples/NAME.txt --facts`, look at every line that
differs, and only then write it (without "doc") over the expected file.
"""

from __future__ import annotations

import json

import pytest

from bihuan.readers import read
from tests.readers.papers import EXAMPLES, NAMES, as_docx, as_html, as_pdf, text_of


def without_place(facts: list[dict[str, object]]) -> list[dict[str, object]]:
    return [{k: v for k, v in fact.items() if k not in ("start", "end")} for fact in facts]


@pytest.mark.parametrize("name", NAMES)
def test_an_example_yields_the_facts_agreed_on(name: str) -> None:
    lines = (EXAMPLES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    read_facts = [fact.as_json() for fact in read(text_of(name).encode(), name).facts]
    assert read_facts == [json.loads(line) for line in lines]


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_is_the_text_it_points_at_without_white_space(name: str) -> None:
    reading = read(text_of(name).encode(), name)
    for fact in reading.facts:
        assert fact.quote == "".join(reading.opened.text[fact.start : fact.end].split())
        assert fact.quote != ""


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("convert", [as_docx, as_html])
def test_a_paper_says_the_same_in_word_and_on_the_web(name: str, convert) -> None:
    plain = [fact.as_json() for fact in read(text_of(name).encode(), name).facts]
    other = [fact.as_json() for fact in read(convert(text_of(name)), name).facts]
    assert without_place(other) == without_place(plain)


def test_a_paper_says_the_same_in_pdf_but_for_its_page_numbers() -> None:
    for name in ("notice_two_annexes", "resolution_plain"):
        plain = [fact.as_json() for fact in read(text_of(name).encode(), name).facts]
        other = [fact.as_json() for fact in read(as_pdf(text_of(name)), name).facts]
        assert without_place(other) == without_place(plain)


def test_reading_twice_gives_the_same() -> None:
    data = text_of("bundle_wrapped").encode()
    assert read(data, "a") == read(data, "b")


def test_a_bundle_without_one_of_its_papers_says_so() -> None:
    questions = [doubt.question for doubt in read(text_of("bundle_wrapped").encode(), "a").doubts]
    assert questions[0] == "通知列出附件3件，文件中有2件。请核对附件是否齐全。"


def test_a_paper_of_unknown_kind_is_a_question_not_a_guess() -> None:
    reading = read("关于今年春耕的几点体会\n种田要看天时。".encode(), "a")
    assert reading.facts == ()
    assert [doubt.question for doubt in reading.doubts] == [
        "没有认出这部分是什么文种，未从中读取事项，请人工查看。"
    ]
