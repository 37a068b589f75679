"""Chinese numerals, dates, document numbers and amounts as official papers write them.

Sources: GB/T 15835-2011 (numerals in publications), GB/T 9704-2012 section 7.2.5 (document number)
and 7.3.3 (heading numbers), 《公文处理工作条例》 article 9.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

_DIGITS: Final = "零一二三四五六七八九"
_YEAR_DIGITS: Final = "〇一二三四五六七八九"
_CAPITALS: Final = "零壹贰叁肆伍陆柒捌玖"
_SMALL_UNITS: Final = ("", "十", "百", "千")
_CAPITAL_UNITS: Final = ("", "拾", "佰", "仟")
_GREAT_UNITS: Final = ("", "万", "亿", "万亿")
_LARGEST: Final = 10**16 - 1
_NUMBER: Final = re.compile(r"(?P<code>[^\s\d〔〕]{1,20})〔(?P<year>\d{4})〕(?P<serial>[1-9]\d*)号")


class NumberError(ValueError):
    """A number that an official paper cannot carry; the message is Chinese, for the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNumber:
    """A document number (发文字号): the organ's code, the year in hexagonal brackets, a plain serial.

    GB/T 9704-2012 section 7.2.5: four-digit year in 〔〕, serial without 第 and without leading zeros.
    Raises NumberError when a part cannot stand in such a number.
    """

    code: str
    year: int
    serial: int

    def __post_init__(self) -> None:
        if self.serial < 1:
            raise NumberError(f"发文字号的顺序号应从1起编，现为{self.serial}。请核对后重新填写。")
        if not _NUMBER.fullmatch(str(self)):
            raise NumberError(
                f"“{self}”不是规范的发文字号：机关代字不得含数字、空格或括号，年份应为四位。请核对机关代字和年份。"
            )

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.serial}号"


def parse_document_number(text: str) -> DocumentNumber:
    """Read a number written exactly as the standard asks, or raise NumberError naming the fault."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise NumberError(
            f"“{text}”不是规范的发文字号：年份应为四位并用六角括号〔〕括入，"
            "顺序号不加“第”字、不编虚位，末尾写“号”。例如：临人常〔2026〕7号。"
        )
    return DocumentNumber(code=match["code"], year=int(match["year"]), serial=int(match["serial"]))


def _section(value: int, *, digits: str, units: tuple[str, ...]) -> str:
    """Spell 1 to 9999; a run of inner zeros is read once."""
    spelled, gap = "", False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit == 0:
            gap = bool(spelled)
            continue
        spelled += (digits[0] if gap else "") + digits[digit] + units[place]
        gap = False
    return spelled


def _spell(number: int, *, digits: str, units: tuple[str, ...]) -> str:
    if not 0 <= number <= _LARGEST:
        raise NumberError(f"{number}超出可转写的范围（0至{_LARGEST}）。请核对数字。")
    if number == 0:
        return digits[0]
    spelled, gap = "", False
    for place in (3, 2, 1, 0):
        section = number // 10000**place % 10000
        if section == 0:
            gap = bool(spelled)
            continue
        # 零 is also read when the section itself has no thousands: 1,0203 is 一万零二百零三.
        if spelled and (gap or section < 1000):
            spelled += digits[0]
        spelled += _section(section, digits=digits, units=units) + _GREAT_UNITS[place]
        gap = False
    return spelled


def chinese_numeral(number: int) -> str:
    """Spell a whole number: 10 → 十, 103 → 一百零三. Raises NumberError outside 0 … 10^16-1."""
    spelled = _spell(number, digits=_DIGITS, units=_SMALL_UNITS)
    return spelled[1:] if spelled.startswith("一十") else spelled


def ordinal(number: int, *, unit: str) -> str:
    """An ordinal with its measure word: (30, unit='次') → 第三十次."""
    return f"第{chinese_numeral(number)}{unit}"


def session_name(*, place: str, term: int, session: int) -> str:
    """The full name of a standing committee session: 某县第十七届人民代表大会常务委员会第三十次会议."""
    return f"{place}{ordinal(term, unit='届')}人民代表大会常务委员会{ordinal(session, unit='次')}会议"


def chinese_date(day: date) -> str:
    """The date of a paper in Arabic digits without padding (GB/T 9704 section 7.3.5.4): 2026年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_year(year: int) -> str:
    """A year digit by digit: 2026 → 二〇二六年."""
    return "".join(_YEAR_DIGITS[int(digit)] for digit in str(year)) + "年"


def formal_date(day: date) -> str:
    """A date in Chinese characters, for certificates and announcements: 二〇二六年三月五日."""
    return f"{chinese_year(day.year)}{chinese_numeral(day.month)}月{chinese_numeral(day.day)}日"


def heading_number(*, level: int, position: int) -> str:
    """The number in front of a heading of level 1 to 4: 一、 （一） 1. （1） (GB/T 9704 section 7.3.3)."""
    forms = {
        1: f"{chinese_numeral(position)}、",
        2: f"（{chinese_numeral(position)}）",
        3: f"{position}.",
        4: f"（{position}）",
    }
    return forms[level]


def capital_yuan(amount: Decimal) -> str:
    """An amount of yuan in anti-fraud capitals: 1005.30 → 壹仟零伍元叁角整.

    Raises NumberError for a negative amount or for fractions of a fen: nothing is rounded silently.
    Source: 《支付结算办法》 annex 1 (writing of amounts).
    """
    fen_total = amount * 100
    if amount < 0 or fen_total != fen_total.to_integral_value():
        raise NumberError(f"金额{amount}元不能写成大写：金额不得为负，且最小到分。请核对金额。")
    yuan, cents = divmod(int(fen_total), 100)
    jiao, fen = divmod(cents, 10)
    whole = _spell(yuan, digits=_CAPITALS, units=_CAPITAL_UNITS) + "元" if yuan or not cents else ""
    if not cents:
        return whole + "整"
    tenth = _CAPITALS[jiao] + "角" if jiao else (_CAPITALS[0] if yuan else "")
    return whole + tenth + (_CAPITALS[fen] + "分" if fen else "整")
