"""The paragraphs of each paper in a bundle, as passed: what an opinion is printed from again."""

from __future__ import annotations

import re
from itertools import pairwise

from bihuan.readers.bundle import Section, cut
from bihuan.readers.opening import open_file
from bihuan.readers.text import Flow, flow

_IMPRINT = re.compile(r"^抄送[:：]|^[^。；]{2,40}\d{4}年\d{1,2}月\d{1,2}日印发$")
_LIST = re.compile(r"^附件\s*(?:[:：]|\d)")
_DATED = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
# The line in brackets under the title: （2026年3月27日……会议通过）.
_ADOPTED = re.compile(r"^[（(].{6,80}(?:通过|批准)[）)]")


def paragraphs_by_title(text: str) -> dict[str, list[str]]:
    """Each paper's body by its title, soft line breaks joined, title and adoption line left off."""
    if not text.strip():
        return {}
    found = flow(open_file(text.encode(), "正文.txt"))
    return {section.title: _body(_paragraphs(found, section)) for section in cut(found)}


def notice_words(text: str, *, title: str, organ: str) -> list[str]:
    """What the notice itself says: between the line of its addressees and the list of its annexes, or its
    signature; nothing where it cannot be told."""
    words: list[str] = []
    for position, paragraph in enumerate(paragraphs_by_title(text).get(title, [])):
        if _LIST.match(paragraph) or paragraph == organ or _DATED.fullmatch(paragraph):
            break
        if position > 0 or not paragraph.endswith(("：", ":")):
            words.append(paragraph)
    return words


def _paragraphs(found: Flow, section: Section) -> list[str]:
    begin = found.rows[section.title_rows[1]].start if section.title_rows[1] < section.rows[1] else 0
    end = found.rows[section.rows[1] - 1].end
    cuts = [begin, *found.edges_within(begin, end), end]
    return [found.text[start:stop] for start, stop in pairwise(cuts) if start < stop]


def _body(paragraphs: list[str]) -> list[str]:
    """Without the adoption line, which may stand on several printed lines, and without the imprint that closes
    a file after its last annex."""
    close = next((place for place, text in enumerate(paragraphs) if _IMPRINT.match(text)), len(paragraphs))
    paragraphs = paragraphs[:close]
    head = ""
    for position, paragraph in enumerate(paragraphs[:4], start=1):
        head += paragraph
        if not head.startswith(("（", "(")):
            break
        if adopted := _ADOPTED.match(head):
            rest = head[adopted.end() :]
            return [rest, *paragraphs[position:]] if rest else paragraphs[position:]
    return paragraphs
