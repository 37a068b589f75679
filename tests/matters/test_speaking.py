"""What the auditor reads: entries of matters in Chinese."""

from __future__ import annotations

import re

from bihuan.ledger.models import Entry
from bihuan.ledger.speaking import spoken
from bihuan.people.demo import Cast
from tests.loop import Loop


def test_an_act_is_told_by_its_declaration(cast: Cast) -> None:
    loop = Loop(cast)
    entry = loop.act("hand_over")
    assert dict(spoken(entry.kind, entry.body)) == {
        "程序": "审议意见",
        "步骤": "交办",
        "事项阶段": "待交办 → 研究处理",
        "承办单位": "县政府：主办\n财经工委：征求意见委员会",
        "期限：制定办理方案（临溪县人民政府）": "2026年4月28日（周二）",
    }


def test_no_entry_of_a_whole_loop_is_told_by_the_names_of_fields(cast: Cast) -> None:
    loop = Loop(cast).to("closed")
    labels = {
        label
        for entry in Entry.objects.filter(subject=loop.matter.subject)
        for label, _ in spoken(entry.kind, entry.body)
    }
    assert {label for label in labels if re.search(r"[a-z_]{3,}", label)} == set()


def test_a_broken_body_is_told_by_nobody() -> None:
    assert (spoken("act.opinion.report", "{"), spoken("act.opinion.report", "[]")) == ([], [])
