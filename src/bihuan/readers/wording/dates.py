"""Dates as papers write them -> ISO 8601, as coarse as the wording."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

from bihuan.readers.wording.numerals import NUMERAL, number

_YEAR = r"(?P<year>[12]\d{3}|二[〇○零0]{1}[一二三四五六七八九〇○零]{2})年"
FULL_DATE = re.compile(_YEAR + rf"(?P<month>{NUMERAL}{{1,2}})月(?P<day>{NUMERAL}{{1,3}})日")
# "2024年2月", "2025年6月底前", "今年9月30日前", "12月底前", "年底前", "2024年底前"
POINT = re.compile(
    rf"(?:{_YEAR}|(?P<this>今年|本年度?)|(?P<next>明年|次年|下一?年度?))?"
    rf"(?:(?P<month>{NUMERAL}{{1,2}})月(?:(?P<day>{NUMERAL}{{1,3}})日|份)?|(?P<yearend>(?<=年)底|年底))"
    r"(?P<end>底|末|[上中下]旬)?(?P<before>之?以?前)?"
)


def year_of(text: str) -> int | None:
    return number(text.replace("○", "〇"))


def iso_date(match: re.Match[str]) -> str:
    """ISO date of a FULL_DATE match; empty for a day that does not exist."""
    return _iso(match["year"], match["month"], match["day"])


@lru_cache(maxsize=4096)
def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(year_of(year) or 0, number(month) or 0, number(day) or 0).isoformat()
    except ValueError:
        return ""


def find_date(text: str, start: int = 0, end: int | None = None) -> str:
    """The first full date in text[start:end] as ISO, or empty."""
    match = FULL_DATE.search(text, start, len(text) if end is None else end)
    return iso_date(match) if match else ""


def fixed_point(match: re.Match[str], *, said_on: str) -> tuple[str, bool]:
    """The date or month a POINT match names, and whether its year was taken from `said_on` (ISO).

    A paper that writes '6月底前' without a year means the next June: the year is then an inference.
    Empty when the year cannot be told or the day does not exist.
    """
    month, day = number(match["month"] or ""), number(match["day"] or "")
    if match["yearend"]:
        month = 12
    if not month or not 1 <= month <= 12 or (match["day"] and day is None):
        return "", False
    spoken = date.fromisoformat(said_on) if len(said_on) == 10 else None
    guessed = False
    if match["year"]:
        year = year_of(match["year"]) or 0
    elif spoken is None:
        return "", False
    elif match["next"]:
        year = spoken.year + 1
    else:
        year, guessed = spoken.year, not match["this"]
        if guessed and (month, day or 31) < (spoken.month, spoken.day):
            year += 1
    if day is None:
        return (f"{year:04d}-{month:02d}" if 1 <= year <= 9999 else ""), guessed
    try:
        return date(year, month, day).isoformat(), guessed
    except ValueError:
        return "", False


def last_day(fixed: str) -> str:
    """The last day of a date, month or year in ISO: what 'in February 2024' is due on."""
    if len(fixed) == 7:
        year, month = int(fixed[:4]), int(fixed[5:])
        return f"{fixed}-{calendar.monthrange(year, month)[1]:02d}"
    return fixed if len(fixed) == 10 else ""
