"""The yearly holiday notice in its own sentences."""

from __future__ import annotations

from datetime import date

import pytest

from bihuan.kernel.calendar import InvalidNotice, national_calendar, parse_notice
from bihuan.matters.holiday_views import EXAMPLE
from bihuan.readers.holidays import is_in_sentences, read_notice

# The dates are the notice's of 2026 (law/holidays/2026.toml); the sentences are ours, in the manner of such notices.
OF_2026 = """国务院办公厅关于2026年部分节假日安排的通知
　　一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
　　二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
　　三、清明节：4月4日（周六）至6日（周一）放假，共3天。
　　四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
　　五、端午节：6月19日（周五）至21日（周日）放假，共3天。
　　六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
　　七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
　　节假日期间，各单位要妥善安排值班。
"""


def test_the_sentences_say_what_the_shipped_file_says() -> None:
    shipped = next(notice for notice in national_calendar().notices if notice.year == 2026)
    assert read_notice(OF_2026) == shipped
    assert parse_notice(shipped.as_toml()) == shipped


def test_the_example_on_the_page_is_a_whole_notice() -> None:
    assert (is_in_sentences(EXAMPLE), read_notice(EXAMPLE).missing()) == (True, ())


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("元旦：2022年12月31日至2023年1月2日放假调休，共3天。", date(2022, 12, 31), date(2023, 1, 2)),
        ("元旦：12月31日至1月2日放假调休，共3天。", date(2022, 12, 31), date(2023, 1, 2)),
        ("元旦：1月1日放假，与周末连休。", date(2023, 1, 1), date(2023, 1, 1)),
        ("端午节：6月22日(周四)至24日(周六)放假调休，共3天。", date(2023, 6, 22), date(2023, 6, 24)),
    ],
)
def test_dates_take_the_year_and_month_before_them(words: str, first: date, last: date) -> None:
    (holiday,) = read_notice(f"关于2023年部分节假日安排的通知\n{words}").holidays
    assert (holiday.first, holiday.last) == (first, last)


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (
            "春节：1月21日至27日放假调休，共8天。",
            "“春节”写的是放假8天，起止日期却是7天。请核对这一句。",
        ),
        (
            "春节：1月21日（周日）放假。",
            "“春节”的1月21日写的是周日，2023年的这一天却不是。请核对年份和日期。",
        ),
        ("春节：另行安排。", "没有读懂“春节”哪几天放假（“另行安排。”）。请核对这一句。"),
        ("清明节：4月31日放假。", "“清明节”的4月31日，日历上没有这一天。请核对这一句。"),
    ],
)
def test_what_contradicts_itself_is_refused_with_its_words(words: str, fault: str) -> None:
    with pytest.raises(InvalidNotice) as refusal:
        read_notice(f"关于2023年部分节假日安排的通知\n{words}")
    assert str(refusal.value) == fault


def test_without_its_title_nobody_knows_the_year() -> None:
    with pytest.raises(InvalidNotice, match="没有读出是哪一年的安排"):
        read_notice("春节：1月21日至27日放假调休，共7天。")
