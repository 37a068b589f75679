"""The canonical form and the chain: one text for one value, one digest for one entry."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.kernel import chain
from bihuan.kernel.chain import Json, NotCanonicalError, canonical

rule = settings(derandomize=True, max_examples=150, deadline=None)
TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
VALUE: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-chain.LARGEST, chain.LARGEST) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=8,
)
ENTRY: dict[str, Any] = {
    "algorithm": "sha256",
    "seq": 7,
    "previous": "ab" * 32,
    "at": "2026-03-05T01:02:03.000004Z",
    "on": "2026-03-05",
    "kind": "act.opinion.hand_over",
    "subject": "matter:SY-2026-0003",
    "actor": "陈立（临溪县人大常委会办公室主任）",
    "account": 12,
    "body": '{"a":1}',
}


def same(one: object, other: object) -> bool:
    """Equality that tells True from 1, as the canonical form does."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return type(one) is type(other) and one == other


@rule
@given(one=VALUE, other=VALUE)
def test_two_values_share_a_text_only_if_they_are_the_same(one: Json, other: Json) -> None:
    assert (canonical(one) == canonical(other)) == same(one, other)


@rule
@given(value=VALUE)
def test_the_text_is_json_of_the_value(value: Json) -> None:
    assert same(json.loads(canonical(value)), value)


def test_keys_are_in_order_and_nothing_is_spaced_or_escaped_in_vain() -> None:
    assert canonical({"b": [1, True, None], "a": '临\n"溪"'}) == '{"a":"临\\n\\"溪\\"","b":[1,true,null]}'


def test_two_spellings_of_one_letter_stay_two_values() -> None:
    assert canonical("é") != canonical("e\u0301")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"率": 0.5}, "内容.率是小数，台账不能保存；请改写为文字或整数。"),
        ([1, [Decimal(1)]], "内容[1][0]是小数，台账不能保存；请改写为文字或整数。"),
        ({"日": date(2026, 3, 5)}, "内容.日是日期，台账不能保存；请改写为文字或整数。"),
        ({1: "a"}, "内容的名目1不是文字；名目只能是文字。"),
        (2**53, "内容的整数9007199254740992超出可准确保存的范围；请改用文字。"),
        ("\ud800", "内容含有残缺的字符（半个代理对）；请改正该文字。"),
        ({"a": {1, 2}}, "内容.a是set，台账不能保存；请改写为文字或整数。"),
    ],
)
def test_what_has_no_canonical_form_is_refused_and_its_place_named(value: Any, message: str) -> None:
    with pytest.raises(NotCanonicalError) as refused:
        canonical(value)
    assert str(refused.value) == message


@rule
@given(field=st.sampled_from(sorted(ENTRY)), data=st.data())
def test_a_change_of_any_field_changes_the_digest(field: str, data: st.DataObject) -> None:
    if field == "body":
        value: object = canonical(data.draw(st.dictionaries(TEXT, TEXT)))
    elif field in ("seq", "account"):
        value = data.draw(st.integers(0, chain.LARGEST))
    else:
        value = data.draw(TEXT)
    changed = {**ENTRY, field: value}
    equal = chain.payload(**changed) == chain.payload(**ENTRY)
    assert equal == (value == ENTRY[field])


@rule
@given(left=TEXT, right=TEXT, other_left=TEXT, other_right=TEXT)
def test_text_cannot_move_from_one_field_to_the_next(
    left: str, right: str, other_left: str, other_right: str
) -> None:
    one = chain.payload(**{**ENTRY, "kind": left, "subject": right})
    other = chain.payload(**{**ENTRY, "kind": other_left, "subject": other_right})
    assert (one == other) == ((left, right) == (other_left, other_right))


def test_the_hashed_bytes_are_the_fields_in_order_as_canonical_json() -> None:
    values = json.loads(chain.payload(**ENTRY))
    named = {**ENTRY, "format": chain.FORMAT, "body": {"a": 1}}
    assert values == [named[name] for name in chain.FIELDS]
    assert canonical(values).encode() == chain.payload(**ENTRY)


def test_sha256_is_the_plain_hash_of_those_bytes() -> None:
    data = chain.payload(**ENTRY)
    assert chain.digest(data, algorithm="sha256") == hashlib.sha256(data).hexdigest()


def test_sm3_gives_the_standards_example_with_and_without_hashlib(monkeypatch: pytest.MonkeyPatch) -> None:
    # GB/T 32905-2016, annex A.1.
    expected = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    monkeypatch.setattr(chain, "_HASHLIB_SM3", False)
    without = chain.digest(b"abc", algorithm="sm3")
    monkeypatch.undo()
    assert (chain.digest(b"abc", algorithm="sm3"), without) == (expected, expected)


def test_an_unknown_algorithm_is_refused() -> None:
    with pytest.raises(NotCanonicalError, match="不认识的摘要算法“md5”；可用：sha256、sm3。"):
        chain.digest(b"", algorithm="md5")


def test_one_moment_has_one_text_in_every_time_zone() -> None:
    shanghai = datetime(2026, 3, 5, 9, 2, 3, 4, tzinfo=timezone(timedelta(hours=8)))
    assert chain.instant(shanghai) == "2026-03-05T01:02:03.000004Z"


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(NotCanonicalError, match="时间没有时区"):
        chain.instant(datetime(2026, 3, 5))


def test_a_day_is_no_moment() -> None:
    assert chain.day(date(2026, 3, 5)) == "2026-03-05"
    with pytest.raises(NotCanonicalError, match="不应带时刻"):
        chain.day(datetime(2026, 3, 5, tzinfo=UTC))
