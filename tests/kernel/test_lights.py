"""When a term is late: the legal officer's cases, and the table's own shape."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.kernel.lights import RULES, Light, TermRow, light_of, warn_date

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "terms.toml").read_text("utf-8")
)["light"]

days = st.dates(date(2024, 1, 1), date(2024, 3, 1))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_case(case: dict[str, Any]) -> None:
    row = TermRow(
        due_on=case.get("due"),
        warn_on=case.get("warn"),
        met_on=case.get("met"),
        paused=case.get("paused", False),
    )
    assert light_of(row, on=case["on"]).word == case["light"]


def test_every_light_has_a_rule_of_its_own_and_the_last_catches_all() -> None:
    assert sorted(light for light, _ in RULES) == sorted(Light)
    assert RULES[-1] == (Light.NORMAL, ())


def test_shapes_and_words_tell_all_lights_apart() -> None:
    assert len({light.symbol for light in Light}) == len({light.word for light in Light}) == len(Light)


@given(due_on=days, met_on=st.none() | days, on=days)
@settings(derandomize=True, max_examples=100)
def test_late_means_pending_and_past_the_due_date(due_on: date, met_on: date | None, on: date) -> None:
    light = light_of(TermRow(due_on=due_on, met_on=met_on), on=on)
    assert (light is Light.LATE) == (met_on is None and on > due_on)
    assert (light is Light.DONE_LATE) == (met_on is not None and met_on > due_on)


@given(due_on=days, lead=st.integers(0, 30), on=days)
@settings(derandomize=True, max_examples=100)
def test_yellow_lasts_from_the_warning_to_the_due_date(due_on: date, lead: int, on: date) -> None:
    row = TermRow(due_on=due_on, warn_on=warn_date(due_on, days=lead))
    yellow = due_on - timedelta(days=lead) <= on <= due_on
    assert (light_of(row, on=on) is Light.WARN) == yellow


def test_a_term_without_day_gives_no_warning() -> None:
    assert warn_date(None, days=7) is None
