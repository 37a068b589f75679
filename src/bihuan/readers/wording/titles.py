"""Titles: of papers (关于…的审议意见) and inside 《》."""

from __future__ import annotations

import re
from functools import lru_cache

# Kinds of paper by the last words of a title, longest first; the value is facts.md's genre.
ENDINGS = {
    "审议意见书": "审议意见",
    "审议意见": "审议意见",
    "决议": "决议",
    "决定": "决定",
    "通知": "公文通知",
}
_KIND = "|".join(ENDINGS)
_BODY = r"[^。；;！!？?：:]"
TITLE = re.compile(
    rf"(?P<issuer>[\u4e00-\u9fff]{{2,30}}(?:人民代表大会常务委员会|人民代表大会|人大常委会|常委会|办公室|主任会议))?"
    rf"(?:关于|对){_BODY}{{2,150}}?(?P<kind>{_KIND})(?:[（(][^（）()。；]{{1,20}}[）)])?"
    # Without 关于: 某县人大常委会审议意见书
    rf"|(?P<issuer2>[\u4e00-\u9fff]{{2,30}}(?:人民代表大会常务委员会|人大常委会))(?P<kind2>审议意见书?)"
)


def quoted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Index pairs of what stands in outermost 《》 within text[start:end], brackets left out."""
    found: list[tuple[int, int]] = []
    depth = begin = 0
    for match in _MARK.finditer(text, start, end):
        if match[0] == "《":
            if not depth:
                begin = match.end()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                found.append((begin, match.start()))
    return found


_MARK = re.compile("[《》]")

_LAST_WORDS = re.compile(rf"(?P<kind>{_KIND})(?:[（(][^（）()]{{1,20}}[）)])?$")


@lru_cache(maxsize=64)  # several genres ask about one title, one after the other
def kind_of(title: str) -> str:
    """facts.md's genre for a title, or empty."""
    match = _LAST_WORDS.search(title)
    return ENDINGS[match["kind"]] if match else ""
