"""From what was read in an opinion to what its matter is opened with."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bihuan.kernel.terms import AfterStep, FixedDate, FixedMonth, OnEvent, Undefined
from bihuan.modules.opinions.procedure import OPINION
from bihuan.modules.opinions.wording import items_of, obligations_of, responsible_of

PASSED = date(2026, 3, 27)
ISSUED = date(2026, 4, 1)


def finding(kind: str, text: str, *, level: int = 1, ordinal: int | None = None) -> dict[str, Any]:
    quote = f"一是{text}"
    return {
        "type": "finding", "kind": kind, "text": text, "quote": quote, "level": level, "ordinal": ordinal,
        "start": 10, "end": 10 + len(quote),
    }  # fmt: skip


def deadline(action: str, **said: Any) -> dict[str, Any]:
    return {"type": "deadline", "action": action, "quote": "原文如此，", "start": 1, "end": 5, **said}


def obligations(*facts: dict[str, Any]) -> list[Any]:
    return obligations_of(facts, procedure=OPINION, title="审议意见", passed_on=PASSED, issued_on=ISSUED)


def test_problems_and_suggestions_are_numbered_each_by_its_kind() -> None:
    drafts = items_of(
        [finding("problem", "漏损多"), finding("problem", "水源少"), finding("suggestion", "换管网")]
    )
    assert [(draft.kind, draft.ordinal, draft.text) for draft in drafts] == [
        ("problem", 1, "漏损多"),
        ("problem", 2, "水源少"),
        ("suggestion", 1, "换管网"),
    ]


def test_a_part_stands_under_its_main_item() -> None:
    drafts = items_of([finding("problem", "漏损多"), finding("problem", "青石镇尤甚", level=2)])
    assert [draft.parent for draft in drafts] == [None, 0]


def test_praise_is_no_item() -> None:
    assert items_of([finding("praise", "工作有进展")]) == []


def test_a_number_belongs_to_the_items_place_and_not_to_its_text() -> None:
    assert items_of([finding("problem", "漏损多")])[0].text == "漏损多"


@pytest.mark.parametrize(
    ("said", "name", "others", "house"),
    [
        ("县人民政府及有关部门", "县人民政府", True, False),
        ("县水利局", "县水利局", False, False),
        ("县人大常委会", "县人大常委会", False, True),
    ],
)
def test_who_is_to_act_is_told_from_the_paper(said: str, name: str, others: bool, house: bool) -> None:
    found = responsible_of(said)
    assert (found.name, found.others, found.house) == (name, others, house)


def test_months_after_the_session_count_from_the_day_it_was_passed() -> None:
    (sent,) = obligations(deadline("送征求意见", offset="P2M", anchor="会后"))
    assert (sent.kind.code, sent.spec.anchor) == ("consult", OnEvent(event="会议通过", on=PASSED))


def test_a_period_after_the_consultation_waits_for_the_comment() -> None:
    (report,) = obligations(deadline("书面报告", offset="P1M", anchor="征求意见后"))
    assert report.spec.anchor == AfterStep(step="comment", name="委员会反馈意见")


def test_a_period_after_the_issue_counts_from_the_papers_date() -> None:
    (report,) = obligations(deadline("书面报告", offset="P1M", anchor="文件印发后"))
    assert report.spec.anchor == OnEvent(event="文件印发", on=ISSUED)


def test_a_month_is_due_on_its_last_day_and_a_day_on_that_day() -> None:
    month, day = obligations(
        deadline("书面报告", fixed="2026-02"), deadline("送征求意见", fixed="2026-01-20")
    )
    assert (month.spec.anchor, day.spec.anchor) == (
        FixedMonth(year=2026, month=2),
        FixedDate(on=date(2026, 1, 20)),
    )
    assert month.spec.anchor.on == date(2026, 2, 28)


def test_a_report_in_a_fixed_month_still_comes_after_the_consultation() -> None:
    report, _ = obligations(
        deadline("书面报告", fixed="2026-05"), deadline("送征求意见", offset="P2M", anchor="会后")
    )
    assert report.spec.after == "consult"


def test_afterwards_is_a_question_and_no_date() -> None:
    (told,) = obligations(deadline("通报", anchor="随后"))
    assert told.spec.anchor == Undefined(wording="随后")


def test_a_date_set_in_the_review_stands_before_the_papers_words() -> None:
    day = FixedDate(on=date(2026, 6, 30), stated=False)
    (told,) = obligations(deadline("通报", anchor="随后", due="2026-06-30", due_set=True))
    (sent,) = obligations(deadline("送征求意见", anchor="会后", offset="P2M", due="2026-06-30", due_set=True))
    (meant,) = obligations(deadline("书面报告", fixed="2026-07-31", due="2026-06-30", due_set=True))
    assert [each.spec.anchor for each in (told, sent, meant)] == [day, day, day]


def test_a_date_that_only_the_reader_reckoned_is_counted_anew() -> None:
    (sent,) = obligations(deadline("送征求意见", anchor="会后", offset="P2M", due="2026-05-27"))
    assert isinstance(sent.spec.anchor, OnEvent)


def test_a_wording_nobody_knows_waits_for_that_event() -> None:
    (report,) = obligations(deadline("书面报告", offset="P10D", anchor="省里批复"))
    assert report.spec.anchor == OnEvent(event="省里批复", on=None)


def test_a_report_to_the_congress_is_a_duty_of_its_own() -> None:
    (duty,) = obligations(
        deadline(
            "书面报告", recipient="县人民代表大会会议", anchor="下一年度会议上", responsible="县人民政府"
        )
    )
    assert (duty.kind.code, duty.spec.name) == ("duty", "县人民政府书面报告")


def test_a_duty_without_any_time_is_no_term() -> None:
    assert obligations(deadline("研究处理")) == []
