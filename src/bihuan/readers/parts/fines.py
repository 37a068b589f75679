"""Fines a law lays down: 处二百元以上二千元以下罚款 is a lowest and a highest amount."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Target
from bihuan.readers.wording.numerals import NUMERAL, number

_SUM = rf"{NUMERAL}{{1,6}}(?:万[一二三四五六七八九\d]?千?)?元"
_FINE = re.compile(rf"(?:处以?|并处|可处|科处)(?:以)?(?:(?P<low>{_SUM})以上)?(?P<high>{_SUM})以下(?:的)?罚款")
_SUM_PARTS = re.compile(rf"(?P<ten>{NUMERAL}{{1,6}})(?:(?P<large>万)(?P<rest>{NUMERAL}{{0,3}}))?元")


def fines(section: Section, context: Context, *, article: str, start: int, end: int) -> Iterator[Target]:
    """The bounds of each fine in one article's text[start:end]."""
    text = context.flow.text
    if text.find("罚款", start, end) < 0:
        return
    for match in _FINE.finditer(text, start, end):
        for name, words, comparator in (("下限", match["low"], ">="), ("上限", match["high"], "<=")):
            value = _yuan(words) if words else None
            if value is not None:
                yield Target(
                    at=context.span(section, match.start(), match.end()),
                    indicator=f"罚款{name}（{article}）",
                    comparator=comparator,
                    value=value,
                    measure="元",
                    scope=section.title,
                )


def _yuan(words: str) -> int | None:
    """二百元 -> 200, 五万元 -> 50000."""
    match = _SUM_PARTS.fullmatch(words)
    whole = number(match["ten"]) if match else None
    if match is None or whole is None:
        return None
    return whole * 10000 + (number(match["rest"]) or 0) if match["large"] else whole
