"""Every place we have law for can run the suggestion procedure: what it asks of the law is there.

The places are the seven whose texts were read, and the fictional one. What no text sets stays unset: a place
has exactly the clocks listed for it in tests/kernel/cases/suggestions.toml, its own or from above.
"""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bihuan.kernel.law import LawBook
from bihuan.kernel.period import Period
from bihuan.kernel.reply_classes import reply_classes

DAY = date(2026, 3, 1)
LAW = LawBook.load()
CASES = Path(__file__).parents[1] / "kernel" / "cases" / "suggestions.toml"
PROFILES: list[dict[str, Any]] = tomllib.loads(CASES.read_text("utf-8"))["profile"]
SEVEN = {"zhejiang", "shandong", "qingdao", "henan", "chongqing", "shanghai", "beijing"}
TERMS = ("reply", "reply_hard")
VALUES: dict[str, tuple[str, set[object]]] = {
    "suggestion.speaks_for": ("who", {"lead", "each"}),
    "suggestion.reply_to": ("who", {"lead", "each", "each_or_lead"}),
    "suggestion.silence": ("late", {"leaves", "stays"}),
    "suggestion.refuse_late": ("accepted", {True, False}),
}


def test_all_seven_places_and_the_fictional_one_have_a_profile() -> None:
    assert {profile["place"] for profile in PROFILES} == SEVEN | {"linxi"}


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile["place"])
class TestProfile:
    def test_it_has_exactly_the_clocks_listed(self, profile: dict[str, Any]) -> None:
        keys = {rule.key for rule in LAW.rules if isinstance(rule.value, Period)}
        found = {
            key.removeprefix("suggestion."): rule
            for key in keys
            if key.startswith("suggestion.") and (rule := LAW.find(key, place=profile["place"], on=DAY))
        }
        assert {name: rule.value_in_words() for name, rule in found.items()} == profile["clocks"]
        above = {name: rule.place for name, rule in found.items() if rule.place != profile["place"]}
        assert above == profile["from"]

    def test_it_has_what_the_procedure_cannot_do_without(self, profile: dict[str, Any]) -> None:
        for name in TERMS:
            assert name in profile["clocks"]
        for key, (entry, allowed) in VALUES.items():
            assert LAW.rule(key, place=profile["place"], on=DAY).table[entry] in allowed
        assert LAW.rule("suggestion.smallest_group", place=profile["place"], on=DAY).value == 5
        assert LAW.rule("suggestion.barred", place=profile["place"], on=DAY).table
        assert LAW.rule("proposal.movers", place=profile["place"], on=DAY).table == {
            "congress": 10,
            "town": 5,
        }

    def test_its_classes_and_who_speaks_are_its_own(self, profile: dict[str, Any]) -> None:
        classes = reply_classes(LAW.rule("suggestion.classes", place=profile["place"], on=DAY))
        speaks = LAW.rule("suggestion.speaks_for", place=profile["place"], on=DAY).table["who"]
        assert "".join(each.letter for each in classes) == profile["classes"]
        assert speaks == profile["speaks_for"]
        assert [each.is_done for each in classes].count(True) == 1
