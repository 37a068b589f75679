"""The terms of deputies' suggestions in every place: the legal officer's dated cases, and what letters mean."""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bihuan.kernel.calendar import national_calendar
from bihuan.kernel.law import InvalidLaw, LawBook, Rule
from bihuan.kernel.period import Period
from bihuan.kernel.reply_classes import Outcome, ReplyClass, reply_classes
from bihuan.kernel.terms import due_date

CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "suggestions.toml").read_text("utf-8")
)
LAW = LawBook.load()
DAY = date(2026, 3, 1)
CALENDAR = national_calendar()
PERIODS = {
    (rule.place, rule.key)
    for rule in LAW.rules
    if rule.key.startswith("suggestion.") and isinstance(rule.value, Period)
}


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["says"])
def test_case(case: dict[str, Any]) -> None:
    rule = LAW.rule(case["rule"], place=case["place"], on=case["starts"])
    due = due_date(start=case["starts"], period=rule.period, calendar=CALENDAR)
    assert (due.on, due.provisional, rule.citation()) == (case["ends"], False, case["basis"])


def test_every_term_of_every_place_has_a_case() -> None:
    assert {(case["place"], case["rule"]) for case in CASES["case"]} == PERIODS


def classes(place: str, key: str = "suggestion.classes") -> dict[str, tuple[str, ...]]:
    rule = LAW.rule(key, place=place, on=DAY)
    return {each.letter: tuple(map(str, each.means)) for each in reply_classes(rule)}


@pytest.mark.parametrize(
    ("place", "means"),
    [
        ("beijing", {"A": ("done",), "B": ("doing", "planned"), "C": ("not_now",), "D": ("reference",)}),
        ("zhejiang", {"A": ("done",), "B": ("doing", "planned"), "C": ("reference", "not_now")}),
        ("qinyang", {"甲": ("done",), "乙": ("doing", "planned"), "丙": ("not_now", "reference")}),
        ("chongqing", {"一": ("done",), "二": ("doing",), "三": ("not_now",), "四": ("higher",)}),
        (
            "shanghai",
            {"一": ("done",), "二": ("doing",), "三": ("planned",), "四": ("reference", "not_now")},
        ),
    ],
)
def test_the_same_letter_means_what_its_place_says(place: str, means: dict[str, tuple[str, ...]]) -> None:
    assert classes(place) == means


def test_class_c_is_a_promise_in_one_city_and_a_refusal_in_most() -> None:
    assert classes("nation", "suggestion.classes_elsewhere")["C"] == ("planned",)
    assert classes("nation")["C"] == ("not_now",)


def test_a_class_is_done_or_a_promise_or_neither() -> None:
    kinds = [(each.letter, each.is_done, each.is_promise) for each in reply_classes(rule_of("linxi"))]
    assert kinds == [("A", True, False), ("B", False, True), ("C", False, False), ("D", False, False)]


def rule_of(place: str) -> Rule:
    return LAW.rule("suggestion.classes", place=place, on=DAY)


def test_a_class_that_may_be_done_or_not_is_not_done() -> None:
    both = ReplyClass(letter="A", name="", means=(Outcome.DONE, Outcome.DOING))
    assert (both.is_done, both.is_promise) == (False, True)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"name": "已解决"}, "的答复的分类：A类应写明 name 和 means"),
        (
            {"name": "已解决", "means": ("fine",)},
            "means 取 done、doing、planned、not_now、reference、higher",
        ),
        ("已解决", "A类应写明 name 和 means"),
        ({"name": "已解决", "means": ()}, "A类没有写明含义"),
    ],
)
def test_a_class_without_a_meaning_is_refused(entry: object, message: str) -> None:
    with pytest.raises(InvalidLaw, match=message):
        reply_classes(replace(rule_of("linxi"), value={"A": entry}))


def test_late_refusals_are_barred_only_where_the_place_says_so() -> None:
    accepted = {
        place: LAW.rule("suggestion.refuse_late", place=place, on=DAY).table["accepted"]
        for place in ("yulin", "linxi", "chongqing")
    }
    assert accepted == {"yulin": False, "linxi": False, "chongqing": True}


def test_zhejiang_rules_after_the_revision_are_not_called_checked() -> None:
    rules = [rule for rule in LAW.in_force(place="zhejiang", on=DAY) if rule.key.startswith("suggestion.")]
    own = {(rule.mark, rule.verified) for rule in rules if "办理的规定" in rule.source}
    assert own == {("M", False)}
