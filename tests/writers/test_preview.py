"""The screen preview: the same words, in order, as inert text."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.writers import preview_html
from bihuan.writers.paper import Column, Field, FormGrid, Heading, Paper, Paragraph, SignatureLines, Table

from .papers import notice
from .suggestion_papers import EVERY

_VOID = {"br", "hr"}
KNOWN = {"article", "header", "p", "h2", "h3", "table", "caption", "thead", "tr", "th", "tbody", "td"} | {
    "div", "footer", "br",
}  # fmt: skip


class Balance(HTMLParser):
    """Follow the tags: whatever opens must close."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.add(tag)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


@pytest.mark.parametrize("name", sorted(EVERY))
def test_every_element_is_closed(name: str) -> None:
    parser = Balance()
    parser.feed(preview_html(EVERY[name]))
    assert parser.open == []


def test_the_imprint_comes_before_the_annexes_as_on_paper() -> None:
    text = words(preview_html(notice()))
    order = ["临人常〔2026〕7号", "县第1办理单位", "附件：", "印发附件1", "附件2"]
    assert [text.count(mark) > 0 for mark in order] == [True] * 5
    assert sorted(order, key=text.index) == order


@settings(derandomize=True, max_examples=40, deadline=None)
@given(text=st.text(st.sampled_from("<>&\"'/scriptimg=水"), min_size=1, max_size=30))
def test_markup_in_any_text_stays_text(text: str) -> None:
    blocks = (
        Paragraph(text),
        Heading(1, text, run_in=text),
        Table((Column(text, 1),), ((text,),), caption=text),
        FormGrid(((Field(text, text),),)),
        SignatureLines((Field(text, text),)),
    )
    parser = Balance()
    parser.feed(
        preview_html(Paper(form="letter", letterhead=f"甲{text}", title=f"题{text}", body=blocks, note=text))
    )
    assert parser.seen <= KNOWN
