"""How terms are reckoned: the legal officer's cases, then anchors, pauses, extensions and explanations."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.kernel.calendar import national_calendar, parse_notice
from bihuan.kernel.law import shipped_law
from bihuan.kernel.terms import (
    AfterStep,
    CircularTerms,
    Due,
    Extension,
    FixedDate,
    FixedMonth,
    Happenings,
    InvalidPeriod,
    InvalidTerm,
    OnEvent,
    Pause,
    Period,
    TermSpec,
    Undefined,
    Unit,
    collisions,
    due_date,
    reckon,
)

CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "terms.toml").read_text("utf-8")
)
CALENDAR = national_calendar()
TWO_MONTHS, ONE_MONTH = Period.parse("P2M"), Period.parse("P1M")
SESSION = OnEvent(event="会议通过", on=date(2023, 12, 28))
SEND = TermSpec(
    code="send",
    name="送征求意见",
    anchor=SESSION,
    period=TWO_MONTHS,
    citation="本审议意见",
    wording="会后两个月内",
)
REPORT = TermSpec(
    code="report",
    name="书面报告",
    anchor=AfterStep(step="comment", name="征求意见", latest_from="send"),
    period=ONE_MONTH,
    citation="本审议意见",
)
REPORT_IN_FEBRUARY = TermSpec(
    code="report",
    name="书面报告",
    anchor=FixedMonth(year=2024, month=2),
    citation="本审议意见",
    wording="于2024年2月提出书面报告",
    after="send",
)

periods = st.builds(
    Period, count=st.integers(1, 60), unit=st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS])
)
starts = st.dates(date(2019, 1, 1), date(2026, 6, 30))


def reckon_one(spec: TermSpec, **happenings: Mapping[str, Any]) -> Due:
    return reckon([spec], Happenings(**happenings), calendar=CALENDAR)[spec.code]


def texts(due: Due) -> list[str]:
    return [step.text for step in due.steps]


def event_term(start: date, period: str) -> TermSpec:
    return TermSpec(
        code="term",
        name="办理",
        anchor=OnEvent(event="交办", on=start),
        period=Period.parse(period),
        citation="",
    )


# --- counting -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES["term"], ids=lambda case: case["says"])
def test_case(case: dict[str, Any]) -> None:
    due = due_date(start=case["starts"], period=Period.parse(case["period"]), calendar=CALENDAR)
    assert (due.on, due.kind, due.provisional) == (case["ends"], "exact", case.get("provisional", False))


@given(start=starts, days=st.integers(0, 60), period=periods)
@settings(derandomize=True, max_examples=80)
def test_a_later_start_never_ends_earlier(start: date, days: int, period: Period) -> None:
    first = due_date(start=start, period=period, calendar=CALENDAR).on
    second = due_date(start=start + timedelta(days=days), period=period, calendar=CALENDAR).on
    assert first
    assert second
    assert first <= second


@given(start=starts, period=periods)
@settings(derandomize=True, max_examples=80)
def test_a_counted_term_ends_on_a_working_day_after_its_start(start: date, period: Period) -> None:
    due = due_date(start=start, period=period, calendar=CALENDAR)
    assert due.on
    assert due.on > start
    assert CALENDAR.is_working(due.on)


@given(start=starts, count=st.integers(1, 40))
@settings(derandomize=True, max_examples=60)
def test_working_days_equal_a_naive_count(start: date, count: int) -> None:
    due = due_date(start=start, period=Period(count=count, unit=Unit.WORKING_DAYS), calendar=CALENDAR)
    assert due.on
    days = (start + timedelta(days=n) for n in range(1, (due.on - start).days + 1))
    assert sum(CALENDAR.is_working(day) for day in days) == count


@given(start=starts, count=st.integers(1, 30))
@settings(derandomize=True, max_examples=60)
def test_months_end_on_the_corresponding_day_or_the_last(start: date, count: int) -> None:
    due = due_date(start=start, period=Period(count=count, unit=Unit.MONTHS), calendar=CALENDAR)
    nominal = due.steps[1].on
    assert nominal
    assert (nominal.year - start.year) * 12 + nominal.month - start.month == count
    assert nominal.day == start.day or (nominal.day < start.day and (nominal + timedelta(days=1)).day == 1)


@pytest.mark.parametrize("unit", Unit)
def test_a_term_beyond_the_calendar_is_refused(unit: Unit) -> None:
    with pytest.raises(InvalidPeriod, match="超出了公历可以表示的范围"):
        due_date(start=date(9999, 12, 30), period=Period(count=9, unit=unit), calendar=CALENDAR)


# --- periods --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("P1M", "一个月"), ("P2M", "两个月"), ("P10M", "十个月"), ("P18M", "18个月"),
        ("P1Y", "一年"), ("P20D", "20日"), ("P5WD", "5个工作日"),
    ],
)  # fmt: skip
def test_a_period_in_words(iso: str, words: str) -> None:
    assert Period.parse(iso).in_words() == words
    assert Period.parse(iso).iso() == iso


def test_weeks_are_seven_days_each() -> None:
    assert Period.parse("P2W") == Period(count=14, unit=Unit.DAYS)


@pytest.mark.parametrize(
    "text", ["", "P", "2M", "P2", "P0D", "P-1D", "P1.5M", "P1M2D", "PT5H", "p2m", "P２M", "P99Y9"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(InvalidPeriod):
        Period.parse(text)


@pytest.mark.parametrize("text", ["P101Y", "P1201M", "P36526D", "P25001WD"])
def test_more_than_a_century_is_refused(text: str) -> None:
    with pytest.raises(InvalidPeriod, match="应在1至"):
        Period.parse(text)


# --- where the clock starts -----------------------------------------------------------------------------


def test_a_report_after_consultation_shows_the_latest_day_until_consultation_ends() -> None:
    dues = reckon([REPORT, SEND], Happenings(), calendar=CALENDAR)
    assert [(code, due.on, due.kind) for code, due in dues.items()] == [
        ("report", date(2024, 3, 28), "latest"),
        ("send", date(2024, 2, 28), "exact"),
    ]


@pytest.mark.parametrize(
    ("ended", "due"), [(date(2024, 1, 20), date(2024, 2, 20)), (date(2024, 3, 5), date(2024, 4, 7))]
)
def test_it_is_reckoned_anew_when_consultation_really_ends(ended: date, due: date) -> None:
    dues = reckon([SEND, REPORT], Happenings(met={"comment": ended}), calendar=CALENDAR)
    assert (dues["report"].on, dues["report"].kind, dues["report"].start) == (due, "exact", ended)


def test_a_step_sent_late_moves_the_latest_day_with_it() -> None:
    dues = reckon([SEND, REPORT], Happenings(met={"send": date(2024, 3, 11)}), calendar=CALENDAR)
    assert (dues["report"].on, dues["report"].kind) == (date(2024, 4, 11), "latest")


def test_latest_days_follow_a_chain_of_steps() -> None:
    comment = TermSpec(
        code="comment",
        name="反馈意见",
        anchor=AfterStep(step="send", name="送征求意见"),
        period=Period.parse("P10WD"),
        citation="",
    )
    report = TermSpec(
        code="report",
        name="报告",
        anchor=AfterStep(step="comment", name="反馈意见"),
        period=ONE_MONTH,
        citation="",
    )
    dues = reckon([report, comment, SEND], Happenings(), calendar=CALENDAR)
    assert [(due.on, due.kind) for due in dues.values()] == [
        (date(2024, 4, 15), "latest"),  # 13 April is a Saturday
        (date(2024, 3, 13), "latest"),
        (date(2024, 2, 28), "exact"),
    ]


def test_a_latest_day_resting_on_a_provisional_one_is_provisional() -> None:
    send = event_term(date(2026, 12, 20), "P20D")
    report = TermSpec(
        code="report", name="报告", anchor=AfterStep(step="term", name="办理"), period=ONE_MONTH, citation=""
    )
    calendar = CALENDAR.with_notice(
        parse_notice(
            'year = 2028\nsource = "测试"\nworked = []\n'
            '[[holiday]]\nname = "元旦"\nfirst = 2028-01-01\nlast = 2028-01-01'
        )
    )
    assert reckon([send, report], Happenings(), calendar=calendar)["report"].provisional


def test_a_term_after_a_step_without_any_day_is_open() -> None:
    due = reckon_one(REPORT)
    assert (due.on, due.kind, due.start) == (None, "open", None)
    assert texts(due)[0] == "“征求意见”尚未完成，也没有可以推算的期限，完成后才能计算到期日。"


def test_an_awaited_event_leaves_the_term_open_and_says_so() -> None:
    spec = TermSpec(code="t", name="报告", anchor=OnEvent(event="下一年度人代会会议举行"), citation="")
    assert (reckon_one(spec).on, reckon_one(spec).kind) == (None, "open")
    assert texts(reckon_one(spec)) == ["要等“下一年度人代会会议举行”的日期确定后才能计算到期日。"]


def test_an_event_without_period_is_due_on_its_day() -> None:
    spec = TermSpec(code="t", name="报告", anchor=OnEvent(event="下一年度人代会会议举行"), citation="")
    due = reckon_one(spec, events={"下一年度人代会会议举行": date(2024, 2, 1)})
    assert (due.on, due.kind) == (date(2024, 2, 1), "exact")


def test_a_wording_without_period_is_a_question_not_a_guess() -> None:
    spec = TermSpec(code="t", name="通报", anchor=Undefined(wording="随后"), citation="本审议意见")
    due = reckon_one(spec, met={"report": date(2024, 3, 1)})
    assert (due.on, due.kind, due.provisional) == (None, "open", False)
    assert texts(due) == [
        "文件只写“随后”，没有写明期限，不能推定到期日，须由有权的人明确，并写明依据。",
        "依据：本审议意见。",
    ]


def test_a_wording_without_period_tells_what_the_places_rule_will_set() -> None:
    anchor = Undefined(wording="随后", rule="核对通过后10个工作日")
    due = reckon_one(TermSpec(code="t", name="通报", anchor=anchor, citation=""))
    assert (due.on, due.kind) == (None, "open")
    assert texts(due) == ["文件只写“随后”，没有写明期限；按本地规则为核对通过后10个工作日，届时起算。"]


def test_after_a_step_without_period_is_a_question_too() -> None:
    spec = TermSpec(code="t", name="通报", anchor=AfterStep(step="report", name="书面报告"), citation="")
    due = reckon_one(spec, met={"report": date(2024, 3, 1)})
    assert due.kind == "open"
    assert texts(due) == [
        "文件只写“书面报告之后”，没有写明期限，不能推定到期日，须由有权的人明确，并写明依据。"
    ]


def test_a_fixed_month_is_due_on_its_last_day() -> None:
    due = reckon([SEND, REPORT_IN_FEBRUARY], Happenings(), calendar=CALENDAR)["report"]
    assert (due.on, due.kind, due.provisional) == (date(2024, 2, 29), "exact", False)


def test_a_day_the_paper_names_does_not_move_off_a_rest_day() -> None:
    spec = TermSpec(code="t", name="报告", anchor=FixedDate(on=date(2024, 2, 11)), citation="")
    assert reckon_one(spec).on == date(2024, 2, 11)
    assert texts(reckon_one(spec)) == [
        "文件载明的日期是2024年2月11日（周日），以该日为准，逢休息日不顺延。",
        "该日不上班，宜在此前最后一个工作日2024年2月9日（周五，工作日）办完。",
    ]


def test_a_day_a_person_settled_is_not_told_as_the_papers() -> None:
    spec = TermSpec(code="t", name="报告", anchor=FixedDate(on=date(2024, 2, 9), stated=False), citation="")
    assert texts(reckon_one(spec)) == ["由人明确的到期日是2024年2月9日（周五），以该日为准，逢休息日不顺延。"]
    assert TermSpec.from_json(spec.as_json()) == spec


def test_a_term_before_an_event_counts_back_and_does_not_move() -> None:
    rule = shipped_law().rule("report.draft_to_committee", place="linxi", on=date(2026, 3, 1))
    spec = TermSpec.from_rule(
        rule, code="draft", anchor=OnEvent(event="常委会会议举行", on=date(2026, 3, 27))
    )
    due = reckon_one(spec)
    assert (due.on, due.kind) == (date(2026, 3, 7), "exact")
    assert texts(due) == [
        "自2026年3月27日（周五）常委会会议举行之日向前推算，当日不计。",
        "向前20日为2026年3月7日（周六，休息日），应在该日或之前完成，逢休息日不顺延。",
        "该日不上班，宜在此前最后一个工作日2026年3月6日（周五，工作日）办完。",
        "依据：监督法第十四条、第十五条；计算规则：民法典第二百零一条、第二百条（尚未核对条文）。",
    ]


def test_a_term_from_a_rule_nobody_checked_says_so() -> None:
    rule = shipped_law().rule("suggestion.refuse", place="yulin", on=date(2026, 3, 1))
    spec = TermSpec.from_rule(rule, code="refuse", anchor=OnEvent(event=rule.starts_on))
    assert spec.citation == (
        "玉林市人民政府办公室关于办理市五届人大六次会议代表建议的通知（玉政办电〔2019〕11号）"
        "（见于网页，尚未对照法规文本）"
    )


@pytest.mark.parametrize("anchor", [FixedDate(on=date(2024, 2, 1)), FixedMonth(year=2024, month=2)])
def test_a_named_day_with_a_period_is_refused(anchor: FixedDate | FixedMonth) -> None:
    with pytest.raises(InvalidTerm, match="既写了固定日期，又写了期限"):
        TermSpec(code="t", name="报告", anchor=anchor, period=ONE_MONTH, citation="")


def test_counting_back_needs_an_event_and_a_period() -> None:
    with pytest.raises(InvalidTerm, match="倒推"):
        TermSpec(code="t", name="报告", anchor=SESSION, citation="", before=True)


def test_a_month_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InvalidTerm, match="没有2024年13月"):
        FixedMonth(year=2024, month=13)


def test_terms_that_wait_for_each_other_are_refused_by_name() -> None:
    def after(code: str, other: str) -> TermSpec:
        anchor = AfterStep(step=other, name=other)
        return TermSpec(code=code, name=f"第{code}步", anchor=anchor, period=ONE_MONTH, citation="")

    with pytest.raises(CircularTerms, match="“第b步”→“第c步”→“第b步”"):
        reckon([after("a", "b"), after("b", "c"), after("c", "b")], Happenings(), calendar=CALENDAR)


# --- what happens on the way ----------------------------------------------------------------------------


def paused(start: date, period: str, *pauses: Pause) -> Due:
    return reckon_one(event_term(start, period), pauses={"term": pauses})


def stop(since: date, until: date | None) -> Pause:
    return Pause(since=since, until=until, reason="等待鉴定", by="主任会议")


def test_a_pause_adds_its_days_from_the_stop_to_the_day_before_it_runs_again() -> None:
    due = paused(date(2026, 3, 2), "P10D", stop(date(2026, 3, 5), date(2026, 3, 9)))
    assert due.on == date(2026, 3, 16)
    assert texts(due)[2] == (
        "2026年3月5日（周四）起经主任会议决定中止（等待鉴定），2026年3月9日（周一）恢复，停止计算4日，"
        "期限相应后延至2026年3月16日（周一，工作日）。"
    )


def test_a_pause_of_a_working_day_term_adds_working_days() -> None:
    due = paused(date(2026, 3, 2), "P5WD", stop(date(2026, 3, 5), date(2026, 3, 11)))
    assert due.on == date(2026, 3, 13)  # 3, 4 | 5, 6, 9, 10 paused | 11, 12, 13


def test_overlapping_pauses_count_once() -> None:
    apart = paused(date(2026, 3, 2), "P20D", stop(date(2026, 3, 5), date(2026, 3, 12)))
    double = paused(
        date(2026, 3, 2),
        "P20D",
        stop(date(2026, 3, 5), date(2026, 3, 10)),
        stop(date(2026, 3, 7), date(2026, 3, 12)),
    )
    assert double.on == apart.on == date(2026, 3, 30)  # the 29th is a Sunday


def test_a_standing_pause_leaves_no_day_and_names_the_former() -> None:
    due = paused(date(2026, 3, 2), "P10D", stop(date(2026, 3, 5), None))
    assert (due.on, due.kind) == (None, "open")
    assert texts(due)[2] == (
        "2026年3月5日（周四）起经主任会议决定中止（等待鉴定），至今尚未恢复；"
        "中止前的到期日为2026年3月12日（周四），恢复后重新计算。"
    )


@pytest.mark.parametrize("until", [date(2026, 4, 1), None])
def test_a_pause_after_the_due_date_changes_nothing(until: date | None) -> None:
    due = paused(date(2026, 3, 2), "P10D", stop(date(2026, 3, 13), until))
    assert (due.on, due.kind) == (date(2026, 3, 12), "exact")


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InvalidTerm, match="早于中止日期"):
        stop(date(2026, 3, 5), date(2026, 3, 4))


@given(start=starts, period=periods, after=st.integers(1, 30), length=st.integers(0, 30))
@settings(derandomize=True, max_examples=60)
def test_a_pause_never_brings_the_due_date_forward(
    start: date, period: Period, after: int, length: int
) -> None:
    since = start + timedelta(days=after)
    spec = TermSpec(
        code="term", name="办理", anchor=OnEvent(event="交办", on=start), period=period, citation=""
    )
    plain, held = (
        reckon_one(spec).on,
        reckon_one(spec, pauses={"term": (stop(since, since + timedelta(days=length)),)}).on,
    )
    assert plain
    assert held
    assert plain <= held


def longer(**given: Any) -> Extension:
    return Extension(reason="需要鉴定", by="李主任", on=date(2024, 2, 20), **given)


def test_an_extension_continues_from_the_due_date_and_says_who_and_why() -> None:
    due = reckon_one(SEND, extensions={"send": (longer(by_period=ONE_MONTH),)})
    assert (due.on, due.kind) == (date(2024, 3, 28), "exact")
    assert texts(due)[3] == (
        "2024年2月20日（周二）经李主任同意延期（需要鉴定）一个月，自原到期日2024年2月28日（周三）起接续计算。"
    )


def test_an_extension_after_a_pause_that_came_too_late_still_counts() -> None:
    due = reckon_one(
        SEND,
        pauses={"send": (stop(date(2024, 3, 1), None),)},
        extensions={
            "send": (Extension(to=date(2024, 3, 29), reason="补报", by="李主任", on=date(2024, 3, 4)),)
        },
    )
    assert (due.on, due.kind) == (date(2024, 3, 29), "exact")


def test_an_extension_to_a_day_is_that_day_even_if_nobody_works() -> None:
    due = reckon_one(SEND, extensions={"send": (longer(to=date(2024, 3, 31)),)})
    assert (due.on, due.provisional) == (date(2024, 3, 31), False)


def test_an_extension_to_an_earlier_day_takes_nothing_away() -> None:
    assert reckon_one(SEND, extensions={"send": (longer(to=date(2024, 2, 25)),)}).on == date(2024, 2, 28)


def test_a_day_agreed_for_an_undefined_term_makes_it_exact() -> None:
    spec = TermSpec(code="t", name="通报", anchor=Undefined(wording="随后"), citation="")
    due = reckon_one(spec, extensions={"t": (longer(to=date(2024, 4, 10)),)})
    assert (due.on, due.kind) == (date(2024, 4, 10), "exact")


def test_an_extension_needs_exactly_one_measure() -> None:
    for measures in ({}, {"by_period": ONE_MONTH, "to": date(2024, 4, 1)}):
        with pytest.raises(InvalidTerm, match="两者取其一"):
            longer(**measures)


# --- collisions -----------------------------------------------------------------------------------------


def collide(specs: Iterable[TermSpec], **options: int) -> list[tuple[str, str, str]]:
    specs = list(specs)
    dues = reckon(specs, Happenings(), calendar=CALENDAR)
    return [(each.earlier, each.later, each.question) for each in collisions(specs, dues, **options)]


def test_a_fixed_month_right_after_the_step_before_it_is_a_question() -> None:
    assert collide([SEND, REPORT_IN_FEBRUARY]) == [
        (
            "send",
            "report",
            "“会后两个月内”最迟可到2024年2月28日（周三），而“于2024年2月提出书面报告”的到期日是"
            "2024年2月29日（周四），其后只剩1天。请确认以哪一个期限为准。",
        )
    ]


def test_the_nearest_step_with_a_day_counts_where_the_one_between_has_none() -> None:
    comment = TermSpec(
        code="comment", name="征求意见", anchor=Undefined(wording="征求意见"), citation="", after="send"
    )
    report = TermSpec(
        code="report", name="报告", anchor=FixedMonth(year=2024, month=1), citation="", after="comment"
    )
    assert [(earlier, later) for earlier, later, _ in collide([SEND, comment, report])] == [
        ("send", "report")
    ]


def test_a_term_that_moves_with_the_step_before_it_cannot_collide() -> None:
    assert collide([SEND, REPORT]) == []


def test_enough_room_is_no_collision() -> None:
    assert collide([SEND, REPORT_IN_FEBRUARY], within=1) == []


# --- explanations and storage ---------------------------------------------------------------------------


def test_the_explanation_reads_as_the_screen_shows_it() -> None:
    assert texts(reckon_one(SEND)) == [
        "自2023年12月28日（周四）会议通过之日起算，当日不计。",
        "两个月后的对应日为2024年2月28日（周三，工作日）。",
        "其间的元旦假期（2024年1月1日）、春节假期（2024年2月10日至17日）计算在内，不扣除。",
        "依据：本审议意见；计算规则：民法典第二百零一条、第二百零二条（尚未核对条文）。",
    ]


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("", "自2026年3月2日（周一）起算，当日不计。"),
        ("交办", "自2026年3月2日（周一）交办之日起算，当日不计。"),
        ("交办之日", "自2026年3月2日（周一）交办之日起算，当日不计。"),
        ("交办之日起", "自2026年3月2日（周一）交办之日起算，当日不计。"),
        ("会后", "自2026年3月2日（周一）（会后）起算，当日不计。"),
    ],
)
def test_the_start_reads_well_in_whatever_form_the_event_is_given(event: str, words: str) -> None:
    due = due_date(start=date(2026, 3, 2), period=ONE_MONTH, calendar=CALENDAR, event=event)
    assert texts(due)[0] == words


def test_working_days_are_listed_with_the_days_off_and_the_days_made_up() -> None:
    due = due_date(start=date(2024, 2, 5), period=Period.parse("P5WD"), calendar=CALENDAR)
    assert texts(due)[1:4] == [
        "只计工作日，依次为2024年2月6日至9日、18日，第5个工作日为2024年2月18日（周日，调休上班）。",
        "其间的春节假期（2024年2月10日至17日）不计。",
        "其间的调休上班日2024年2月18日计入。",
    ]
    assert due.steps[2].source == "国务院办公厅关于2024年部分节假日安排的通知"


def test_a_move_off_a_rest_day_is_explained() -> None:
    due = due_date(start=date(2024, 2, 5), period=TWO_MONTHS, calendar=CALENDAR)
    assert texts(due)[3] == (
        "最后一日2024年4月5日（周五，清明节假期）不上班，顺延至其后第一个工作日2024年4月7日（周日，调休上班）。"
    )


def test_a_missing_notice_is_named() -> None:
    due = due_date(start=date(2027, 3, 1), period=Period.parse("P20D"), calendar=CALENDAR)
    assert "2027年放假安排尚未发布或未载入，暂按周一至周五推算，日期可能变动。" in texts(due)


@given(start=st.dates(date(2024, 1, 1), date(2028, 1, 1)), period=periods)
@settings(derandomize=True, max_examples=40)
def test_a_due_date_survives_storage(start: date, period: Period) -> None:
    due = due_date(start=start, period=period, calendar=CALENDAR)
    assert Due.from_json(json.loads(json.dumps(due.as_json()))) == due


@pytest.mark.parametrize(
    "spec",
    [
        SEND,
        REPORT,
        REPORT_IN_FEBRUARY,
        TermSpec(code="t", name="报告", anchor=FixedDate(on=date(2024, 2, 11)), citation=""),
        TermSpec(code="t", name="通报", anchor=Undefined(wording="随后"), citation=""),
        TermSpec(code="t", name="到会", anchor=OnEvent(event="会议举行"), citation=""),
        TermSpec(code="t", name="送稿", anchor=SESSION, period=TWO_MONTHS, citation="", before=True),
    ],
)
def test_a_term_survives_storage(spec: TermSpec) -> None:
    assert TermSpec.from_json(json.loads(json.dumps(spec.as_json()))) == spec
