"""The table of fields agrees with what the readers produce."""

from __future__ import annotations

import pytest
from msgspec.structs import fields

from bihuan.library.fields import FIELDS, TYPE_NAMES, FactField, details, headline, show, whole_text
from bihuan.readers import facts
from bihuan.readers.facts import Fact

KINDS = [kind for kind in vars(facts).values() if isinstance(kind, type) and issubclass(kind, Fact)]
SHARED = {field.name for field in fields(Fact)}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not Fact])
def test_every_field_a_reader_fills_can_be_corrected(kind: type[Fact]) -> None:
    declared = {field.name: field for field in FIELDS[kind.type]}
    own = [field for field in fields(kind) if field.name not in SHARED]
    assert {field.name for field in own} <= set(declared)
    for field in own:
        assert declared[field.name].needed is field.required, field.name


def test_every_type_has_a_name_and_says_something() -> None:
    assert set(FIELDS) == set(TYPE_NAMES)
    # A suggestion is known by its number or by its title; a paper may give either alone.
    assert [kind for kind, fields in FIELDS.items() if not fields[0].needed] == ["suggestion"]


def test_a_fact_is_shown_in_chinese() -> None:
    fact = {"type": "deadline", "action": "报告", "offset": "P2M", "due_kind": "latest", "doubt": "？"}
    assert headline(fact) == "报告"
    assert details(fact) == [("期限长度", "2个月"), ("到期日性质", "最迟，随前一步变动")]


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        (FactField("offset", "期限长度", "period"), "P5WD", "5个工作日"),
        (FactField("offset", "期限长度", "period"), "不是期限", "不是期限"),
        (FactField("due", "到期日", "date"), "2024-02-29", "2024年2月29日"),
        (FactField("due", "到期日", "date"), "2024-02", "2024年2月"),
        (FactField("due", "到期日", "date"), "2024", "2024年"),
        (FactField("due", "到期日", "date"), "月底前", "月底前"),
        (FactField("key", "重点", "yes"), True, "是"),
        (FactField("addressees", "主送", "list"), ["甲", "乙"], "甲、乙"),
        (FactField("value", "数值", "number"), 0, "0"),
        (FactField("value", "数值", "number"), None, ""),
    ],
)
def test_values_are_shown_as_people_read_them(field: FactField, value: object, shown: str) -> None:
    assert show(field, value) == shown


LONG = (
    "承办单位要在收到意见后的十个工作日内逐项提出整改方案，明确牵头领导、责任科室和完成的时间节点，并报送备案"
)


def finding(text: str, quote: str) -> dict[str, object]:
    return {"type": "finding", "kind": "problem", "text": text, "quote": quote}


def test_a_finding_is_shown_whole_though_readers_give_its_beginning() -> None:
    fact = finding(LONG[:40], f"一是{LONG}")
    assert (whole_text(fact), headline(fact)) == (LONG, LONG)


def test_a_heading_with_points_of_its_own_ends_where_it_ends() -> None:
    told = "责任没有落实。" + LONG
    assert whole_text(finding(told[:40], "（一）责任没有落实")) == "责任没有落实"


def test_what_a_person_wrote_stands_as_written() -> None:
    assert whole_text(finding("方案不及时", f"一是{LONG}")) == "方案不及时"
    assert whole_text(finding("整改不力，" + LONG, f"一是{LONG}")) == "整改不力，" + LONG
