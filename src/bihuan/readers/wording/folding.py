"""One script and one width for matching: traditional as simplified, marks wide, digits narrow.

Only for matching, never for what is stored: simplifying turns some names into others. Length never changes,
so that positions hold in both.
"""

from __future__ import annotations

import re
from functools import cache

from opencc import OpenCC

_WIDTH = (
    *zip("０１２３４５６７８９％．;?!()", "0123456789%.；？！（）", strict=True),
    *zip("〝〞＂", "“””", strict=True),  # quotation marks of vertical print and of damaged conversions
)
# A comma or colon between digits belongs to the number.
_MARKS = ((",", "，", re.compile(r",(?:(?<!\d,)|(?!\d))")), (":", "：", re.compile(r":(?:(?<!\d:)|(?!\d))")))
# Frequent in any paper of a congress printed in traditional characters, never in a simplified one.
_TRADITIONAL = re.compile("[會議員縣區關於報經發開務們過這對]")
_FEWEST = 3  # fewer traditional characters are a name or a quotation


def folded(text: str) -> str:
    """`text` as rules see it, character for character."""
    for other, usual, outside_numbers in _MARKS:
        if other in text:
            text = outside_numbers.sub(usual, text)
    for other, usual in _WIDTH:
        text = text.replace(other, usual)
    if len(_TRADITIONAL.findall(text)) >= _FEWEST:
        simple: str = _simplifier().convert(text)
        text = simple if len(simple) == len(text) else "".join(map(_simplified, text))
    return text


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@cache
def _simplified(character: str) -> str:
    """One character simplified; itself where that would take another length."""
    simple: str = _simplifier().convert(character)
    return simple if len(simple) == 1 else character
