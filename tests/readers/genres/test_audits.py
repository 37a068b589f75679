"""Numbers of audits: what each counts, and sentences that are about something else."""

from __future__ import annotations

import pytest

from bihuan.readers.facts import Audit
from tests.readers.papers import facts_of

REPORT = "县人民政府关于审计查出问题整改情况的报告\n（2025年12月25日）\n主任、各位委员：\n"
SPEECH = "在县九届人大常委会第二十次会议上的讲话\n（2025年10月23日）\n同志们：\n"


def audits(text: str) -> list[tuple[str, float, str]]:
    return [(fact.metric, fact.value, fact.measure) for fact in facts_of(text) if isinstance(fact, Audit)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "审计查出问题72个，已整改70个，整改率97.2%。",
            [("查出问题", 72, "个"), ("已整改", 70, "个"), ("整改率", 97.2, "%")],
        ),
        ("审计反映了4大类31个问题。", [("反映问题大类", 4, "大类"), ("反映问题", 31, "个")]),
        (
            "通过整改，上缴国库1230万元，完善制度9项，问责4人。",
            [("上缴国库", 1230, "万元"), ("完善制度", 9, "项"), ("问责", 4, "人")],
        ),
    ],
)
def test_a_number_is_named_by_what_was_done_or_found(text: str, told: list[tuple[str, float, str]]) -> None:
    assert audits(REPORT + text) == told


def test_elsewhere_only_sentences_on_an_audit_count() -> None:
    assert audits(SPEECH + "检查发现问题12个。审计反映的31个问题已整改。") == [("问题已整改", 31, "个")]


def test_the_same_number_of_the_same_things_is_told_once() -> None:
    assert audits(REPORT + "审计查出问题72个。\n对72个问题逐一整改。") == [("查出问题", 72, "个")]
