"""The clock's round: every light once, on the day it turned, and told once to those it concerns."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.ledger.models import Entry
from bihuan.matters import tick
from bihuan.matters.models import Matter, Notice, Party, TermMark
from bihuan.matters.perform import perform
from bihuan.matters.tick import ClockSetBack, Marked, mark_lights, marks_of
from tests.matters.trial import County, morning

DUE = date(2026, 3, 20)
YELLOW = date(2026, 3, 13)  # seven days before: warn_days of the demo place
RED = date(2026, 3, 21)

Recorded = list[tuple[str, date, date]]


@pytest.fixture
def county(db: None) -> County:
    return County()


def round_on(day: date) -> Marked:
    return mark_lights(on=day, at=morning(day))


def recorded() -> Recorded:
    """Kind, day it took effect and due date of what the clock wrote."""
    entries = Entry.objects.filter(kind__startswith="term.").order_by("seq")
    return [(e.kind, e.on, date.fromisoformat(json.loads(e.body)["due"])) for e in entries]


def told(light: str) -> dict[str, str]:
    lines = Notice.objects.filter(key__startswith="term:", key__contains=f":{light}:")
    return dict(lines.values_list("person__name", "text"))


def test_nothing_is_recorded_on_the_day_before_the_light_turns_yellow(county: County) -> None:
    county.matter(due_on=DUE)
    assert round_on(YELLOW - timedelta(days=1)) == Marked(warned=0, late=0)
    assert recorded() == []


def test_a_term_is_not_late_on_the_day_it_is_due(county: County) -> None:
    county.matter(due_on=DUE)
    assert round_on(DUE) == Marked(warned=1, late=0)
    assert recorded() == [("term.warned", YELLOW, DUE)]


def test_each_light_is_recorded_once_however_often_the_clock_comes_by(county: County) -> None:
    county.matter(due_on=DUE)
    for day in (YELLOW, YELLOW, YELLOW + timedelta(days=2), RED, RED, RED + timedelta(days=9)):
        round_on(day)
    assert recorded() == [("term.warned", YELLOW, DUE), ("term.late", RED, DUE)]


def test_after_days_of_standing_still_the_record_bears_the_days_the_lights_turned(county: County) -> None:
    county.matter(due_on=DUE)
    back = RED + timedelta(days=30)
    assert round_on(back) == Marked(warned=1, late=1)
    assert recorded() == [("term.warned", YELLOW, DUE), ("term.late", RED, DUE)]
    assert {entry.at for entry in Entry.objects.filter(kind__startswith="term.")} == {morning(back)}


def test_a_light_never_turned_before_its_matter_began(county: County) -> None:
    matter = county.matter(due_on=date(2026, 3, 4))  # its seven days began in February
    round_on(matter.opened_on)
    assert recorded() == [("term.warned", matter.opened_on, date(2026, 3, 4))]


def test_a_new_due_date_has_lights_of_its_own(county: County) -> None:
    matter = county.matter(due_on=DUE)
    round_on(RED)
    later = DUE + timedelta(days=30)
    matter.terms.update(due_on=later, warn_on=later - timedelta(days=7))
    round_on(later + timedelta(days=1))
    assert [(kind, due) for kind, _, due in recorded()] == [
        ("term.warned", DUE),
        ("term.late", DUE),
        ("term.warned", later),
        ("term.late", later),
    ]


@pytest.mark.parametrize("state", [{"paused": True}, {"dropped": True}, {"met_on": DUE}, {"due_on": None}])
def test_a_clock_that_does_not_run_has_no_light(county: County, state: dict[str, object]) -> None:
    county.matter(due_on=DUE).terms.update(**state)
    assert round_on(RED) == Marked(warned=0, late=0)


def test_a_met_term_turns_no_more(county: County) -> None:
    matter = county.matter(due_on=DUE)
    round_on(YELLOW)
    perform(matter, "report", actor=county.actor(county.clerk), answers={}, at=morning(DUE))
    assert round_on(RED) == Marked(warned=0, late=0)


def test_the_entry_is_the_systems_and_names_the_matter(county: County) -> None:
    matter = county.matter(due_on=DUE)
    round_on(YELLOW)
    entry = Entry.objects.get(kind="term.warned")
    assert (entry.subject, entry.actor, entry.account) == (matter.subject, "系统", None)
    assert json.loads(entry.body) == {
        "due": "2026-03-20",
        "kind": "report",
        "party": None,
        "provisional": False,
        "round": 1,
        "term": "书面报告",
    }


def test_the_clock_does_not_change_the_version_people_are_looking_at(county: County) -> None:
    matter = county.matter(due_on=DUE)
    round_on(RED)
    assert Matter.objects.get(pk=matter.pk).version == matter.version


def test_yellow_is_told_to_those_who_must_act(county: County) -> None:
    county.matter(due_on=DUE)
    round_on(YELLOW)
    assert told("warn") == {
        "田野": "将到期：书面报告，期限2026年3月20日：关于水库除险加固的试办事项",
    }


def test_red_is_told_to_those_who_watch_as_well(county: County) -> None:
    county.matter(due_on=DUE)
    round_on(YELLOW)
    round_on(RED)
    line = "已超期：书面报告，期限2026年3月20日：关于水库除险加固的试办事项"
    assert told("late") == dict.fromkeys(("田野", "张敏", "周文涛", "肖飞"), line)


def test_a_yellow_light_that_turned_red_meanwhile_is_no_news(county: County) -> None:
    county.matter(due_on=DUE)
    round_on(RED)
    assert told("warn") == {}


def test_where_nobody_can_act_those_who_watch_are_told(county: County) -> None:
    matter = county.matter(due_on=DUE)
    matter.todos.all().delete()
    round_on(YELLOW)
    assert set(told("warn")) == {"张敏", "周文涛", "肖飞"}


def test_who_left_the_matter_is_not_told(county: County) -> None:
    matter = county.matter(due_on=DUE)
    Party.objects.filter(matter=matter, part="overseer").update(until=YELLOW)
    round_on(RED)
    assert set(told("late")) == {"田野", "张敏", "周文涛"}


def test_marks_of_a_matter_are_the_newest_first(county: County) -> None:
    matter = county.matter(due_on=DUE)
    county.matter(title="另一件", due_on=DUE)
    round_on(RED)
    assert [(mark.light, mark.on, mark.due_on) for mark in marks_of(matter)] == [
        ("late", RED, DUE),
        ("warn", YELLOW, DUE),
    ]


def test_a_clock_set_back_is_refused_and_writes_nothing(county: County) -> None:
    county.matter(due_on=date(2026, 3, 4))
    with pytest.raises(ClockSetBack) as refusal:
        mark_lights(on=date(2026, 3, 1), at=morning(date(2026, 3, 1)))
    assert str(refusal.value) == (
        "没有巡检：要巡检的日期是2026年3月1日，而台账最后一条记于2026年3月2日，时间不能倒退。"
        "请核对这台机器的日期和时间，校准后再试。"
    )
    assert TermMark.objects.count() == 0


def test_a_second_clock_that_read_the_same_list_records_nothing_twice(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two rounds at once: the other one has marked the batch between our reading it and our turn."""
    county.matter(due_on=DUE)
    [batch] = tick._batches(on=RED)
    round_on(RED)
    assert tick._mark(batch, on=RED, at=morning(RED)) == []
    assert len(recorded()) == 2


def test_a_round_broken_off_keeps_what_it_recorded_and_the_next_goes_on(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tick, "BATCH", 1)
    for day in (20, 21, 22):
        county.matter(title=f"第{day}件", due_on=date(2026, 3, day))
    whole = tick._tell
    monkeypatch.setattr(tick, "_tell", lambda turned, on: whole(turned, on=on) if not told("late") else 1 / 0)
    on = date(2026, 4, 1)
    with pytest.raises(ZeroDivisionError):
        round_on(on)
    assert len(recorded()) == 2
    monkeypatch.setattr(tick, "_tell", whole)
    assert round_on(on) == Marked(warned=2, late=2)
    assert len(recorded()) == TermMark.objects.count() == 6


def test_more_terms_need_more_queries_only_for_their_own_records(county: County) -> None:
    """Every changed term costs its entries and its notice; what is unchanged costs nothing."""

    def queries(day: date) -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            round_on(day)
        return len(caught)

    county.matter(due_on=DUE)
    one = queries(YELLOW)
    for _ in range(3):
        county.matter(due_on=DUE + timedelta(days=1))
    three = queries(YELLOW + timedelta(days=1))
    assert (three - one) % 2 == 0
    each = (three - one) // 2
    assert each <= 4
    assert queries(YELLOW + timedelta(days=2)) == 2  # the ledger's last day, and the list of nothing


def test_the_command_refuses_a_day_that_has_not_come(county: County, settings) -> None:
    settings.BIHUAN_DEMO = False
    with pytest.raises(CommandError, match=r"^没有巡检：9998-01-01还没有到"):
        call_command("tick", on="9998-01-01")


def test_the_command_marks_and_delivers(county: County, settings, tmp_path, capsys) -> None:
    settings.BIHUAN_SMS_FOLDER = tmp_path
    county.matter(due_on=date(2026, 3, 4))
    call_command("tick")
    assert capsys.readouterr().out.split("：")[1] == (
        "1个期限将到期，1个期限超期，已记入台账；发出提要2份，未发出0份。\n"
    )
