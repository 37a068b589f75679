"""The wording of the trade, rule by rule."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.readers.wording.dates import FULL_DATE, POINT, fixed_point, iso_date, last_day
from bihuan.readers.wording.meetings import ADOPTION, MEETING, adoption_date
from bihuan.readers.wording.numbers import PAGE_NUMBER, PAPER_NUMBER
from bihuan.readers.wording.numerals import number
from bihuan.readers.wording.organs import committees, short_name, split_post
from bihuan.readers.wording.periods import PERIOD, iso_period
from bihuan.readers.wording.titles import TITLE, kind_of, quoted

calm = settings(derandomize=True, max_examples=80, deadline=None)


def in_words(value: int) -> str:
    """A number below a thousand as papers write it."""
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    out = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        out += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        out += "零"
    return out + (digits[ones] if ones else "")


@calm
@given(st.integers(1, 999))
def test_a_number_is_the_same_in_words_and_digits(value: int) -> None:
    assert (number(in_words(value)), number(str(value))) == (value, value)


@pytest.mark.parametrize(
    ("text", "value"), [("两", 2), ("〇", 0), ("二〇二四", 2024), ("１２", 12), ("", None), ("几", None)]
)
def test_other_ways_to_write_a_number(text: str, value: int | None) -> None:
    assert number(text) == value


@calm
@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_date_is_the_same_in_words_and_digits(day: date) -> None:
    digits = "".join("〇一二三四五六七八九"[int(d)] for d in str(day.year))
    spoken = f"{digits}年{in_words(day.month)}月{in_words(day.day)}日"
    for text in (spoken, f"{day.year}年{day.month}月{day.day}日"):
        match = FULL_DATE.fullmatch(text)
        assert match is not None
        assert iso_date(match) == day.isoformat()


def test_a_day_that_does_not_exist_is_no_date() -> None:
    match = FULL_DATE.search("2025年2月30日")
    assert match is not None
    assert iso_date(match) == ""


@pytest.mark.parametrize(
    ("text", "fixed", "inferred"),
    [
        ("2025年6月底前", "2025-06", False),
        ("2024年2月", "2024-02", False),
        ("今年9月30日前", "2025-09-30", False),
        ("明年3月底", "2026-03", False),
        ("9月15日前", "2025-09-15", True),
        ("1月10日前", "2026-01-10", True),
        ("年底前", "2025-12", True),
        ("2026年底前", "2026-12", False),
        ("13月底前", "", False),
    ],
)
def test_a_point_in_time_takes_its_year_from_the_paper_and_says_so(
    text: str, fixed: str, inferred: bool
) -> None:
    match = POINT.match(text)
    assert match is not None
    assert fixed_point(match, said_on="2025-06-20") == (fixed, inferred)


def test_without_a_day_of_the_paper_no_year_is_guessed() -> None:
    match = POINT.match("9月15日前")
    assert match is not None
    assert fixed_point(match, said_on="") == ("", False)


def test_a_month_is_due_on_its_last_day() -> None:
    assert [last_day(fixed) for fixed in ("2024-02", "2025-02", "2025-12", "2025-05-06", "")] == [
        "2024-02-29",
        "2025-02-28",
        "2025-12-31",
        "2025-05-06",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("两个月", "P2M"),
        ("2个月", "P2M"),
        ("三十日", "P30D"),
        ("5个工作日", "P5WD"),
        ("十个工作日", "P10WD"),
        ("半年", "P6M"),
        ("一年", "P1Y"),
        ("两周", "P2W"),
        ("一个季度", "P3M"),
        ("半天", ""),
    ],
)
def test_a_period_becomes_an_iso_duration(text: str, iso: str) -> None:
    match = PERIOD.match(text)
    assert (iso_period(match) if match else "") == iso


@pytest.mark.parametrize("brackets", ["〔〕", "[]", "【】", "（）", "()"])
def test_a_paper_number_is_known_in_any_brackets(brackets: str) -> None:
    match = PAPER_NUMBER.search(f"临人常{brackets[0]}2025{brackets[1]}9号")
    assert match is not None
    assert (match["code"], match["year"], match["serial"]) == ("临人常", "2025", "9")


@pytest.mark.parametrize("text", ["-10-", "—3—", "第4页", "第4页共12页", "4/12"])
def test_a_page_number_is_known(text: str) -> None:
    assert PAGE_NUMBER.fullmatch(text) is not None


@pytest.mark.parametrize("text", ["10", "3日", "-", "第4页说明"])
def test_what_is_no_page_number(text: str) -> None:
    assert PAGE_NUMBER.fullmatch(text) is None


def test_an_adoption_bracket_tells_day_and_session_in_any_brackets() -> None:
    for text in (
        "（2025年3月28日临溪县第十八届人民代表大会常务委员会第三次会议通过）",
        "(2025年3月28日临溪县第十八届人民代表大会常务委员会第三次会议通过)",
    ):
        match = ADOPTION.match(text)
        assert match is not None
        assert (adoption_date(match), match["meeting"]) == (
            "2025-03-28",
            "临溪县第十八届人民代表大会常务委员会第三次会议",
        )


def test_a_session_is_found_without_the_words_before_it() -> None:
    match = MEETING.search("关于印发县十八届人大常委会第二十四次会议审议意见的通知")
    assert match is not None
    assert match[0] == "县十八届人大常委会第二十四次会议"


def test_a_title_within_a_title_is_part_of_it() -> None:
    text = "听取《关于〈纲要〉和《章程》执行情况的报告》和《计划》"
    assert [text[a:b] for a, b in quoted(text, 0, len(text))] == [
        "关于〈纲要〉和《章程》执行情况的报告",
        "计划",
    ]


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("关于护林的决议", "决议"),
        ("临溪县人大常委会关于护林工作的审议意见书", "审议意见"),
        ("关于批准预算的决定（草案）", "决定"),
        ("关于印发文件的通知", "公文通知"),
        ("春耕随想", ""),
    ],
)
def test_the_last_words_of_a_title_say_its_kind(title: str, genre: str) -> None:
    assert kind_of(title) == genre


def test_a_sentence_is_no_title() -> None:
    assert TITLE.fullmatch("关于护林：要有人看。作出决议") is None


def test_a_special_and_a_working_committee_are_told_apart() -> None:
    text = "送县人大财政经济委员会和县人大常委会预算工作委员会，报县人民代表大会常务委员会"
    assert [(c.name, c.field, c.kind, c.of_standing_committee) for c in committees(text)] == [
        ("县人大财政经济委员会", "财政经济", "委员会", False),
        ("县人大常委会预算工作委员会", "预算", "工作委员会", True),
    ]


def test_a_post_is_parted_from_its_organ() -> None:
    assert split_post("临溪县人大常委会副主任") == ("临溪县人大常委会", "副主任")
    assert split_post("职务") == ("", "职务")


def test_the_short_name_is_the_one_of_running_text() -> None:
    assert short_name("临溪县人民代表大会常务委员会") == "临溪县人大常委会"
