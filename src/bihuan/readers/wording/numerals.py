"""Chinese numerals: 二十三 -> 23, 两 -> 2, 二〇二四 -> 2024, １２ -> 12."""

from __future__ import annotations

from functools import lru_cache

NUMERAL = "[0-9０-９〇零一二三四五六七八九十百千两]"

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}


@lru_cache(maxsize=4096)  # a bundle writes the same few numbers and years over and over
def number(text: str) -> int | None:
    """The whole number `text` writes, in either script; None when it writes none."""
    if text in _DIGITS:
        return _DIGITS[text]
    if not text:
        return None
    if all(c in _DIGITS or c.isdecimal() for c in text):
        return int("".join(str(_DIGITS[c]) if c in _DIGITS else str(int(c)) for c in text))
    total = digit = 0
    seen = False
    for c in text:
        if c in _UNITS:
            total += (digit if seen else 1) * _UNITS[c]
            digit, seen = 0, False
        elif c in _DIGITS:
            digit, seen = _DIGITS[c], _DIGITS[c] != 0
        else:
            return None
    return total + digit
