"""The State Council's yearly holiday notice, read in its own sentences (春节：2月15日（周日）至23日放假调休，共9天。).

What the notice says twice is compared: the count of days with the dates, the day of the week with the date. A
sentence that is not understood is refused with its words; nothing is left out silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bihuan.kernel.calendar import FESTIVALS, Holiday, InvalidNotice, YearNotice

_NAME = "|".join(FESTIVALS)
_HEAD = re.compile(rf"((?:{_NAME})节?(?:[、和及](?:{_NAME})节?)*)[：:]")
_YEAR = re.compile(r"(\d{4})年(?:部分)?(?:节假日|放假)")
_DAY = r"(?:(?:(\d{4})年)?(\d{1,2})月)?(\d{1,2})日(?:（([^）]*)）)?"
_OFF = re.compile(rf"{_DAY}(?:(?:至|到|—|-){_DAY})?(?:，)?放假")
_WORKED = re.compile(rf"((?:{_DAY}[、和及，]?)+)(?:正常)?上班")
_COUNT = re.compile(r"放假[^。]*?(\d+)天")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def is_in_sentences(text: str) -> bool:
    """Whether the text is a notice as published, and not a file of fields."""
    return "[[holiday]]" not in text and _HEAD.search(_plain(text)) is not None


def read_notice(text: str) -> YearNotice:
    """The arrangement the sentences tell; InvalidNotice says which sentence cannot be used, and why."""
    plain = _plain(text)
    named = _YEAR.search(plain)
    if named is None:
        raise InvalidNotice("没有读出是哪一年的安排。请连同标题（关于某某年部分节假日安排的通知）一起粘贴。")
    year = int(named[1])
    heads = list(_HEAD.finditer(plain))
    ends = [head.start() for head in heads[1:]] + [len(plain)]
    told = [(head[1], plain[head.end() : end]) for head, end in zip(heads, ends, strict=True)]
    return YearNotice(
        year=year,
        source=_source(text, year),
        holidays=tuple(_holiday(name, words, year=year) for name, words in told),
        worked=tuple(sorted({day for name, words in told for day in _worked(name, words, year=year)})),
    )


def _plain(text: str) -> str:
    """One line, digits and brackets in one form."""
    return re.sub(r"\s+", "", text).translate(_DIGITS).replace("(", "（").replace(")", "）")


def _source(text: str, year: int) -> str:
    """The notice's title as pasted, or the title these notices bear."""
    title = re.search(rf"国务院办公厅关于{year}年[^\n《》]*?安排的通知", text)
    return title[0] if title else f"国务院办公厅关于{year}年部分节假日安排的通知"


def _holiday(name: str, words: str, *, year: int) -> Holiday:
    off = _OFF.search(words)
    if off is None:
        raise InvalidNotice(f"没有读懂“{name}”哪几天放假（“{words[:30]}”）。请核对这一句。")
    first = _day(off.group(1, 2, 3, 4), name, year=year, month=None)
    last = first
    if off[7]:
        last = _day(off.group(5, 6, 7, 8), name, year=first.year, month=first.month)
        if last < first and not off[5]:
            last = last.replace(year=last.year + 1)
    counted = _COUNT.search(words)
    days = (last - first).days + 1
    if counted and int(counted[1]) != days:
        raise InvalidNotice(f"“{name}”写的是放假{counted[1]}天，起止日期却是{days}天。请核对这一句。")
    return Holiday(name=name, first=first, last=last)


def _worked(name: str, words: str, *, year: int) -> Iterator[date]:
    for sentence in _WORKED.finditer(words):
        month = None
        for found in re.finditer(_DAY, sentence[1]):
            day = _day(found.group(1, 2, 3, 4), name, year=year, month=month)
            month = day.month
            yield day


def _day(parts: tuple[str | None, ...], name: str, *, year: int, month: int | None) -> date:
    """A day as written; one that leaves out its year or month takes those before it."""
    said_year, said_month, said_day, note = parts
    number = int(said_month) if said_month else month
    if number is None:
        raise InvalidNotice(f"“{name}”的{said_day}日没有写月份。请核对这一句。")
    # A New Year holiday that begins in December begins in the year before.
    begins_before = number == 12 and name.startswith("元旦") and not said_year and month is None
    try:
        day = date(int(said_year) if said_year else year - begins_before, number, int(said_day or 0))
    except ValueError as error:
        raise InvalidNotice(f"“{name}”的{number}月{said_day}日，日历上没有这一天。请核对这一句。") from error
    weekday = _WEEKDAY.search(note or "")
    if weekday and "一二三四五六日".index(weekday[1].replace("天", "日")) != day.weekday():
        raise InvalidNotice(
            f"“{name}”的{number}月{said_day}日写的是周{weekday[1]}，{day.year}年的这一天却不是。请核对年份和日期。"
        )
    return day
