"""The glossary: one name for one thing, and the names the program relies on are there."""

from __future__ import annotations

import re

import pytest

from bihuan.kernel.glossary import chinese, render_glossary, term, terms
from bihuan.kernel.lights import Light

ROLES = {
    "staff": "工作人员", "director": "委室负责人", "clerk": "承办人", "section": "科室负责人",
    "leader": "分管领导", "chief": "主要负责人", "member": "常委会组成人员", "chairperson": "主任会议成员",
    "deputy": "人大代表", "sysadmin": "系统管理员", "secadmin": "安全管理员", "auditor": "审计管理员",
}  # fmt: skip
ORGANS = [
    "congress", "standing_committee", "office", "working_committee", "special_committee", "council",
    "government", "government_office", "bureau", "court", "procuratorate", "supervision", "town",
    "delegation", "other",
]  # fmt: skip
PARTS = {
    "office": "归口委室", "committee": "征求意见委员会", "lead": "主办", "co": "协办", "separate": "分办",
    "council": "主任会议", "overseer": "政府督查",
}  # fmt: skip


def test_every_role_has_its_chinese_name() -> None:
    assert {one.code: one.chinese for one in terms() if one.field == "role"} == ROLES


def test_every_organ_kind_is_known() -> None:
    assert [term(f"organ.{kind}").code for kind in ORGANS] == ORGANS


def test_every_part_in_a_matter_has_its_chinese_name() -> None:
    assert {code: chinese(f"part.{code}") for code in PARTS} == PARTS


def test_lights_are_called_what_they_show() -> None:
    assert {light.value: light.word for light in Light} == {
        one.code: one.chinese for one in terms() if one.field == "light"
    }


def test_no_code_stands_twice_in_a_field() -> None:
    codes = [(one.field, one.code) for one in terms()]
    assert sorted(set(codes)) == sorted(codes)


def test_codes_are_plain_names() -> None:
    assert [one.code for one in terms() if not re.fullmatch(r"[a-z]+(_[a-z]+)*", one.code)] == []


def test_a_code_of_two_meanings_must_be_asked_for_with_its_field() -> None:
    with pytest.raises(KeyError, match=r"organ\.office or part\.office"):
        term("office")
    assert (chinese("organ.office"), chinese("part.office")) == ("常委会办公室", "归口委室")


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(KeyError, match="not in the glossary"):
        chinese("manager")


def test_the_page_shows_every_notion_once_with_its_source() -> None:
    rows = [line for line in render_glossary().splitlines() if re.match(r"\| [^-中]", line)]
    assert len(rows) == len(terms()) - sum(one.chinese.startswith("中") for one in terms())
    assert "| 主任会议 | council of chairpersons ~ | `council` | " in render_glossary()
    assert "| 审议 | deliberate\\* | `deliberate` | " in render_glossary()
