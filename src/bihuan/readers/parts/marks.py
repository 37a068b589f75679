"""Numbered items: 一、 （一） 1. (1) ① 一是 一要 第一， 首先…其次, one inside the other."""

from __future__ import annotations

import re

from msgspec import Struct

from bihuan.readers.text import Flow
from bihuan.readers.wording.numerals import number

MARK = re.compile(
    r"(?:(?P<heading>[一二三四五六七八九十]{1,3})、|[（(](?:(?P<paren>[一二三四五六七八九十]{1,3})|(?P<digit>\d{1,2}))[）)]"
    r"|(?P<arabic>\d{1,2})[.．、](?!\d)|第(?P<ordinal>[一二三四五六七八九十])[，、]"
    r"|(?P<shi>[一二三四五六七八九十])(?P<verb>是|要|应)|(?P<circle>[①-⑳])[、.．]?"
    r"|(?P<word>首先|其次|再次|最后(?!一))，?)"
)
# The style of numbering by the group of MARK that closes last.
_STYLES = {
    **{name: name for name in ("heading", "paren", "digit", "arabic", "ordinal", "circle", "word")},
    "verb": "shi",
}
_WORDS = {"首先": 1, "其次": 2, "再次": 3}  # 最后 is whatever comes next
_BEFORE_MARK = frozenset("。；：，！？）)”;,:")
# Where a mark may stand within a paragraph: after one of those, or where 一要, 首先, 其次 … stand for themselves.
_PLACE = re.compile(
    r"[。；：，！？）)”;,:一首其再最](?=[一二三四五六七八九十（(0-9第①-⑳首其再最是要应先次后])"
)
_LONGEST_ITEM = 3000  # characters within which a second item must follow a first


class Item(Struct, frozen=True, gc=False):
    """A numbered item: `mark` is where its number stands, text[start:end] what follows it."""

    level: int
    ordinal: int
    mark: int
    start: int
    end: int


def items_of(flow: Flow, start: int, end: int) -> list[Item]:
    """Numbered items; a style of numbering seen inside another is one level deeper."""
    text = flow.text
    styles: list[str] = []
    last: dict[str, int] = {}
    found: list[tuple[int, int, int, int]] = []
    done = start
    for mark in _places(flow, start, end):
        match = MARK.match(text, mark, end) if mark >= done else None
        if match is None:
            continue
        done = match.end()
        before = text[mark - 1] if mark else ""
        begins = mark == start or mark in flow.starts
        if not begins and before not in _BEFORE_MARK and not _begins_series(text, match, end):
            continue
        style = _STYLES[match.lastgroup or ""]
        following = last.get(style, 0) + 1
        # A number out of order is a figure or a quotation, not an item.
        if _ordinal(style, match[style], following) != following:
            continue
        if style in ("heading", "arabic") and mark not in flow.starts and before not in "。；：":
            continue
        if style == "word" and following == 1 and not _begins_series(text, match, end):
            continue
        if style not in styles:
            styles.append(style)
        level = styles.index(style)
        for deeper in styles[level + 1 :]:
            last.pop(deeper, None)
        del styles[level + 1 :]
        last[style] = following
        found.append((min(level, 1) + 1, following, mark, match.end()))
    edges = [mark for _, _, mark, _ in found[1:]] + [end] * bool(found)
    return [
        Item(level, ordinal, mark, a, b)
        for (level, ordinal, mark, a), b in zip(found, edges, strict=True)
        if b > a
    ]


def _places(flow: Flow, start: int, end: int) -> list[int]:
    """Where in text[start:end] a mark may stand, in order: asking only there is much quicker than everywhere."""
    text = flow.text
    inside = {match.start() + (match[0] in _BEFORE_MARK) for match in _PLACE.finditer(text, start, end)}
    return sorted(inside.union((start,), flow.edges_within(start, end)))


def _ordinal(style: str, written: str, following: int) -> int | None:
    if style == "circle":
        return ord(written) - ord("①") + 1
    if style == "word":
        return _WORDS.get(written, following)
    return number(written)


def _begins_series(text: str, match: re.Match[str], end: int) -> bool:
    """一要, 首先 right after their subject (市政府一要…；二要…): a series, if its second item follows."""
    second = "其次" if match["word"] == "首先" else "二" + match["verb"] if match["shi"] == "一" else ""
    if match["word"] and match["word"] != "首先":
        return True  # counted only where 首先 came before
    return bool(second) and text.find(second, match.end(), min(end, match.end() + _LONGEST_ITEM)) >= 0
