"""Numerals, dates and document numbers as papers write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.writers.numbers import (
    DocumentNumber,
    NumberError,
    capital_yuan,
    chinese_date,
    chinese_numeral,
    chinese_year,
    formal_date,
    heading_number,
    ordinal,
    parse_document_number,
    session_name,
)


@pytest.mark.parametrize(
    ("number", "spelled"),
    [
        (0, "零"), (10, "十"), (11, "十一"), (20, "二十"), (101, "一百零一"), (110, "一百一十"),
        (1001, "一千零一"), (2010, "二千零一十"), (10010, "一万零一十"), (10203, "一万零二百零三"), (100000, "十万"),
        (100_000_001, "一亿零一"), (1_0000_2000_0000, "一万亿零二千万"),
    ],
)  # fmt: skip
def test_numerals_read_zeros_once(number: int, spelled: str) -> None:
    assert chinese_numeral(number) == spelled


_VALUES = {character: value for value, character in enumerate("零一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def read_back(spelled: str) -> int:
    total = section = digit = 0
    for character in spelled:
        if character in _VALUES:
            digit = _VALUES[character]
        elif character in _UNITS:
            section, digit = section + max(digit, 1) * _UNITS[character], 0
        elif character == "万":
            section, digit = (section + digit) * 10000, 0
        else:
            total, section, digit = (total + section + digit) * 10**8, 0, 0
    return total + section + digit


@settings(derandomize=True, max_examples=300)
@given(number=st.integers(min_value=0, max_value=10**12 - 1))
def test_a_spelled_number_reads_back_as_itself(number: int) -> None:
    assert read_back(chinese_numeral(number)) == number


def test_a_number_out_of_range_is_refused() -> None:
    with pytest.raises(NumberError, match="超出可转写的范围"):
        chinese_numeral(-1)


def test_dates_have_no_padding_and_years_read_digit_by_digit() -> None:
    day = date(2026, 3, 5)
    assert (chinese_date(day), formal_date(day), chinese_year(2010)) == (
        "2026年3月5日",
        "二〇二六年三月五日",
        "二〇一〇年",
    )


def test_a_session_has_its_full_name() -> None:
    assert session_name(place="临溪县", term=17, session=30) == (
        "临溪县第十七届人民代表大会常务委员会第三十次会议"
    )
    assert ordinal(3, unit="号") == "第三号"


def test_headings_have_the_four_forms_of_the_standard() -> None:
    assert [heading_number(level=level, position=2) for level in (1, 2, 3, 4)] == [
        "二、",
        "（二）",
        "2.",
        "（2）",
    ]


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("0", "零元整"), ("12000", "壹万贰仟元整"), ("1005.30", "壹仟零伍元叁角整"), ("10.05", "壹拾元零伍分"),
        ("0.05", "伍分"), ("0.5", "伍角整"),
    ],
)  # fmt: skip
def test_amounts_in_capitals(amount: str, written: str) -> None:
    assert capital_yuan(Decimal(amount)) == written


@pytest.mark.parametrize("amount", ["-1", "0.001"])
def test_an_amount_is_refused_rather_than_rounded(amount: str) -> None:
    with pytest.raises(NumberError, match="不能写成大写"):
        capital_yuan(Decimal(amount))


@settings(derandomize=True, max_examples=50)
@given(year=st.integers(1000, 9999), serial=st.integers(1, 9999))
def test_a_document_number_reads_back_as_itself(year: int, serial: int) -> None:
    number = DocumentNumber(code="临人常", year=year, serial=serial)
    assert parse_document_number(str(number)) == number


@pytest.mark.parametrize(
    "text",
    [
        "临人常[2026]7号",
        "临人常〔2026〕第7号",
        "临人常〔2026〕07号",
        "临人常〔26〕7号",
        "临人常〔2026〕7",
        "〔2026〕7号",
    ],
)
def test_a_number_outside_the_standard_is_refused(text: str) -> None:
    with pytest.raises(NumberError, match="不是规范的发文字号"):
        parse_document_number(text)


def test_serials_begin_at_one() -> None:
    with pytest.raises(NumberError, match="应从1起编"):
        DocumentNumber(code="临人常", year=2026, serial=0)
