"""One cell as the value its column wants, or why it is none.

Offices keep dates as text and numbers as text; Excel keeps days as numbers. Whatever can mean one thing only
is read as that; whatever can mean two is not guessed but said.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Literal

from bihuan.readers.sheets.grids import Cell
from bihuan.readers.wording.numerals import NUMERAL, number

Kind = Literal["text", "number", "day"]
Value = str | int | date | None

EPOCH = date(1899, 12, 30)  # day 0 of Excel's calendar, its non-existent 29 February 1900 counted
EARLIEST, LATEST = date(1949, 10, 1), date(2100, 12, 31)  # what a day in the work of a congress can be
MOST_DIGITS = 15  # Excel keeps no more of a number

_SPACE = re.compile(r"\s+")
_YEAR = r"(?P<year>\d{4}|[一二三四五六七八九〇○零]{4})"
_ONE = rf"(?:\d{{1,2}}|{NUMERAL}{{1,3}})"
_DAY = re.compile(rf"{_YEAR}(?:年|[-./])(?P<month>{_ONE})(?:月|[-./])(?P<day>{_ONE})日?(?:T?\d{{1,2}}:.*)?")
_EIGHT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_MONTH_ONLY = re.compile(rf"{_YEAR}(?:年|[-./])(?:{NUMERAL}{{1,3}})月?")
_NO_YEAR = re.compile(rf"{NUMERAL}{{1,3}}(?:月|[-./]){NUMERAL}{{1,3}}日?")
_SHORT_YEAR = re.compile(r"['’]?\d{2}[-./年]\d{1,2}[-./月]\d{1,2}日?")
_NUMBER = re.compile(rf"(?:第)?(?P<number>-?\d[\d,]*|{NUMERAL}+)(?:\.0+)?(?:号|件|次|个|名|人|项|条|份)?")


class Unclear(Exception):
    """The cell holds no value of the kind; the message says why and what to do, in Chinese."""


def plain(cell: Cell) -> str:
    """The cell as a person reads it, full-width digits and letters made plain; '' for an empty one.

    A number that Excel stores as 12.0 reads 12.
    """
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e18 else repr(cell)
    if isinstance(cell, datetime):
        moment = cell.time()
        return cell.date().isoformat() if moment == time() else cell.isoformat(" ", "minutes")
    return str(cell)


def value_of(cell: Cell, kind: Kind) -> Value:
    """The cell's value; None for an empty one. Raises Unclear."""
    if plain(cell) == "":
        return None
    if kind == "day":
        return _day(cell)
    return _whole(cell) if kind == "number" else _text(cell)


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) >= 10**MOST_DIGITS:
        raise Unclear(
            "这个数超过15位，Excel 存成数字时已丢掉末尾几位。请把这一列设为文本格式，重新填写完整。"
        )
    return plain(cell)


def _folded(cell: Cell) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", plain(cell)))


def _whole(cell: Cell) -> int:
    if isinstance(cell, float) and not cell.is_integer():
        raise Unclear("应填整数，这里是小数。请核对后改为整数。")
    text = _folded(cell)
    match = _NUMBER.fullmatch(text)
    found = None
    if match:
        digits = match["number"].replace(",", "")
        found = int(digits) if digits.lstrip("-").isdecimal() else number(digits)
    if found is None:
        raise Unclear("应填数字，这里的内容认不出是数字。请改为数字，单位写在列名里。")
    return found


def _day(cell: Cell) -> date:
    """A day; serial numbers and text alike, but never with a guessed year."""
    if isinstance(cell, datetime):
        return _plausible(cell.date())
    if isinstance(cell, date):
        return _plausible(cell)
    text = _folded(cell)
    if match := _EIGHT.fullmatch(text) or _DAY.fullmatch(text):
        return _plausible(_made(match["year"], match["month"], match["day"]))
    if _SERIAL.fullmatch(text):
        return _plausible(EPOCH + timedelta(days=int(float(text))))
    if _SHORT_YEAR.fullmatch(text):
        raise Unclear("年份只写了两位，不能确定是哪一年。请写全，如“2025年3月7日”。")
    if _MONTH_ONLY.fullmatch(text):
        raise Unclear("只写到月，没有写日。请写全，如“2025年3月7日”。")
    if _NO_YEAR.fullmatch(text):
        raise Unclear("没有写年份。请写全，如“2025年3月7日”。")
    raise Unclear("认不出是日期。请写成“2025年3月7日”或“2025-3-7”。")


def _made(year: str, month: str, day: str) -> date:
    try:
        return date(number(year.replace("○", "〇")) or 0, number(month) or 0, number(day) or 0)
    except ValueError:
        raise Unclear("没有这一天。请核对年、月、日。") from None


def _plausible(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise Unclear(f"读出的日期是{day.year}年{day.month}月{day.day}日，不合常理。请核对。")
    return day
