"""Break a title into lines: whole words, short particles kept with what they belong to, a calm outline.

GB/T 9704-2012 section 7.3.1: a title in several lines is broken where its sense allows, set symmetrically
and in the shape of a trapezium or a diamond. Without a segmenter, good places are known by the nouns and
particles that titles are made of; elsewhere a break is possible but costs.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Final

TITLE_CHARACTERS: Final = 20
"""Characters of 2号 in 156 mm."""

SUBTITLE_CHARACTERS: Final = 26
"""Characters of 3号 in a line under the title, a little narrower than the text."""

# A line may well end after one of these …
_AFTER: Final = (
    "关于", "印发", "转发", "交办", "催办", "人民代表大会", "常务委员会", "委员会", "会议", "情况", "报告",
    "方案", "草案）", "工作", "建设", "发展", "实施", "纲要", "规划", "项目", "管理", "年度", "和", "及",
    "与", "的", "、", "》", "”", "（", "市", "县", "区", "省", "次", "年", "办理", "意见", "决议", "决定",
)  # fmt: skip
# … and well begin with one of these.
_BEFORE: Final = ("关于", "《", "“", "（", "常务委员会", "第", "实施", "工作", "情况", "报告")
_NOT_FIRST: Final = "的和及与、，。：；？！）》”’…次届年月日号"
_NOT_LAST: Final = "（《“‘第"
_WORD: Final = re.compile(
    r"[0-9A-Za-z.%+\-]+|第[一二三四五六七八九十百零]+(?:届|次会议)|代表大会|常务委员会|委员会|审议意见|人民政府|人民法院|人民检察院"
)

# Two halves of one name: 临溪县|第十七届, 人民代表大会|常务委员会. Better broken elsewhere, if lines allow it.
_HALVES: Final = re.compile(r"(?:[省市县区旗州]\n第|代表大会\n常务委员会)")
_HALVED: Final = 5.0

_ROUGH: Final = 12.0
"""Cost of a break where neither side is known to be good."""


def break_title(title: str, *, most: int = TITLE_CHARACTERS) -> tuple[str, ...]:
    """Lines of at most `most` full-width characters. A line feed in the title forces its own lines."""
    if "\n" in title:
        return tuple(line for part in title.split("\n") if part for line in break_title(part, most=most))
    if width(title) <= most:
        return (title,)
    fewest = int(-(-width(title) // most))
    tries = [lines for count in (fewest, fewest + 1) if (lines := _best(title, count, most))]
    return min(tries, key=_cost) if tries else _by_width(title, most)


def break_subtitle(subtitle: tuple[str, ...]) -> tuple[str, ...]:
    """The lines under a title, each broken as titles are."""
    return tuple(part for line in subtitle for part in break_title(line, most=SUBTITLE_CHARACTERS))


def width(text: str) -> float:
    """Width in full-width characters; ASCII counts half."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _inside(title: str) -> frozenset[int]:
    """Positions inside a number, a Latin word or a fixed name, where no line may end."""
    return frozenset(
        position for match in _WORD.finditer(title) for position in range(match.start() + 1, match.end())
    )


def _break_cost(title: str, position: int) -> float:
    left, right = title[:position], title[position:]
    if right[0] in _NOT_FIRST or left[-1] in _NOT_LAST:
        return float("inf")
    if _HALVES.search(f"{left[-4:]}\n{right[:5]}"):
        return _HALVED
    if left.endswith(_AFTER) or right.startswith(_BEFORE):
        return 0.0
    return _ROUGH


def _best(title: str, count: int, most: int) -> tuple[str, ...] | None:
    """The cheapest division into exactly `count` lines, or None when the rules allow none."""
    inside = _inside(title)
    ideal = width(title) / count

    @cache
    def search(start: int, left: int) -> tuple[float, tuple[str, ...]]:
        rest = title[start:]
        if left == 1:
            fits = 0 < width(rest) <= most
            return ((width(rest) - ideal) ** 2 / 4, (rest,)) if fits else (float("inf"), ())
        found: tuple[float, tuple[str, ...]] = (float("inf"), ())
        for end in range(start + 1, len(title)):
            line = title[start:end]
            if width(line) > most:
                break
            if end in inside:
                continue
            here = _break_cost(title, end) + (width(line) - ideal) ** 2 / 4
            if here >= found[0]:
                continue
            cost, lines = search(end, left - 1)
            found = min(found, (here + cost, (line, *lines)))
        return found

    cost, lines = search(0, count)
    return lines if cost < float("inf") else None


def _cost(lines: tuple[str, ...]) -> float:
    """Compare divisions of one title: rough breaks, uneven lines, a waist, one line more than needed."""
    title = "".join(lines)
    widths = [width(line) for line in lines]
    ideal = sum(widths) / len(widths)
    ends = [sum(map(len, lines[: index + 1])) for index in range(len(lines) - 1)]
    rough = sum(_break_cost(title, end) for end in ends)
    uneven = sum((width - ideal) ** 2 for width in widths) / 4
    waist = sum(
        8.0 for (before, line), (_, after) in pairwise(pairwise(widths)) if line < before and line < after
    )
    return rough + uneven + waist + 6.0 * len(lines)


def _by_width(title: str, most: int) -> tuple[str, ...]:
    """The last resort for text without any permitted place: fill line after line."""
    lines, line = [], ""
    for character in title:
        if line and width(line + character) > most:
            lines.append(line)
            line = ""
        line += character
    return (*lines, line)
