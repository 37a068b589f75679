"""The fields of every type of fact as people see and correct them. The types are those of readers/facts.py."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "long", "date", "period", "number", "whole", "list", "choice", "yes"]


@dataclass(frozen=True, slots=True)
class FactField:
    """One field: its name in the fact's JSON, its Chinese label, and what it holds.

    date: ISO date, YYYY-MM or YYYY; period: ISO-8601 duration, working days as P5WD; list: texts; `choices`
    for the kind choice: (value in the JSON, Chinese); `needed`: a fact without it says nothing."""

    name: str
    label: str
    kind: Kind = "text"
    choices: tuple[tuple[str, str], ...] = ()
    needed: bool = False


def _same(*values: str) -> tuple[tuple[str, str], ...]:
    return tuple((value, value) for value in values)


GENRES = _same(
    *("公文通知", "审议意见", "决议", "决定", "议程", "任免名单", "法规草案", "法规", "审议结果报告"),
    *("专项工作报告", "执法检查报告", "调研报告", "建议办理报告", "重点督办建议办理报告", "政府工作报告"),
    *("常委会工作报告", "工作综述", "讲话", "供职发言", "专题询问实录", "新闻"),
)
_F = FactField

FIELDS: Mapping[str, tuple[FactField, ...]] = {
    "document": (
        _F("title", "标题", "long", needed=True),
        _F("genre", "文种", "choice", GENRES, needed=True),
        _F("issuer", "制发机关"),
        _F("number", "发文字号"),
        _F("date", "日期", "date"),
        _F("meeting", "会议", "long"),
        _F("letterhead", "发文机关标志"),
        _F("speaker", "讲话人"),
        _F("speaker_post", "讲话人职务"),
        _F("addressees", "主送机关", "list"),
        _F("attachments", "附件件数", "whole"),
        _F("attachment_no", "附件序号", "whole"),
        _F("copied_to", "抄送机关", "list"),
        _F("printed_by", "印发机关"),
        _F("printed_on", "印发日期", "date"),
    ),
    "agenda_item": (
        _F("subject", "议题", "long", needed=True),
        _F("action", "处理方式", needed=True),
        _F("reporter", "报告机关"),
        _F("outcome", "结果"),
        _F("ordinal", "序号", "whole"),
    ),
    "finding": (
        _F("text", "内容", "long", needed=True),
        _F(
            "kind",
            "性质",
            "choice",
            (
                ("achievement", "成效"),
                ("problem", "问题"),
                ("suggestion", "建议"),
                ("requirement", "要求"),
                ("next_step", "下一步"),
            ),
            needed=True,
        ),
        _F("level", "层级", "whole"),
        _F("ordinal", "序号", "whole"),
        _F("parent", "所属序号", "whole"),
    ),
    "deadline": (
        _F("action", "应办事项", "long", needed=True),
        _F("responsible", "责任单位"),
        _F("recipient", "报送对象"),
        _F("object", "对象", "long"),
        _F("step", "步骤", "whole"),
        _F("anchor", "起算的文字"),
        _F("offset", "期限长度", "period"),
        _F("fixed", "写明的日期", "date"),
        _F("due", "到期日", "date"),
        _F("due_kind", "到期日性质", "choice", (("", "确定"), ("latest", "最迟，随前一步变动"))),
        _F("due_year", "到期年份"),
    ),
    "appointment": (
        _F("person", "姓名", needed=True),
        _F(
            "action",
            "任免",
            "choice",
            _same("任命", "免去", "决定任命", "决定免去", "接受辞职", "代理"),
            needed=True,
        ),
        _F("position", "职务", needed=True),
        _F("organ", "机关"),
        _F("date", "日期", "date"),
        _F("meeting", "会议", "long"),
        _F("basis", "依据", "long"),
    ),
    "suggestion": (
        _F("title", "建议标题", "long"),
        _F("number", "建议编号"),
        _F("role", "办理方式", "choice", _same("主办", "协办", "会办", "分办")),
        _F("unit", "承办单位"),
        _F("deputies", "代表", "list"),
        _F("key", "重点建议", "yes"),
        _F("result_class", "办理结果类别"),
    ),
    "handling_stat": (
        _F("metric", "项目", needed=True),
        _F("unit", "单位", needed=True),
        _F("value", "数值", "number", needed=True),
        _F("measure", "计量单位", needed=True),
        _F("implied", "只用文字表示", "yes"),
    ),
    "target": (
        _F("indicator", "指标", needed=True),
        _F(
            "comparator",
            "关系",
            "choice",
            (
                (">=", "不低于"),
                ("<=", "不高于"),
                ("=", "等于"),
                (">", "高于"),
                ("<", "低于"),
                ("about", "左右"),
            ),
            needed=True,
        ),
        _F("value", "数值", "number", needed=True),
        _F("measure", "计量单位"),
        _F("year", "年度"),
        _F("scope", "范围"),
        _F("hedge", "限定词"),
    ),
    "figure": (
        _F("subject", "数字所指", "long", needed=True),
        _F("value", "数值", "number", needed=True),
        _F("measure", "计量单位"),
        _F("year", "年度"),
        _F("change", "增减", "number"),
        _F("change_measure", "增减单位"),
    ),
    "activity_count": (
        _F("activity", "活动", needed=True),
        _F("body", "机关", needed=True),
        _F("value", "数值", "number", needed=True),
        _F("measure", "计量单位"),
        _F("year", "年度"),
        _F("counted", "由程序计数", "yes"),
    ),
    "article": (
        _F("number", "条号", needed=True),
        _F("heading", "条标"),
        _F("text_start", "条文开头", "long", needed=True),
        _F("paragraphs", "款数", "whole", needed=True),
        _F("items", "项数", "whole", needed=True),
    ),
    "audit": (
        _F("metric", "项目", needed=True),
        _F("value", "数值", "number", needed=True),
        _F("measure", "计量单位"),
    ),
    "question": (
        _F("topic", "问题", "long", needed=True),
        _F("ordinal", "序号", "whole"),
        _F("asker", "提问人", needed=True),
        _F("addressee", "应询单位", "list"),
        _F("respondent", "应答人"),
    ),
    "commitment": (
        _F("text", "承诺内容", "long", needed=True),
        _F("unit", "承诺单位", needed=True),
        _F("deadline", "时限", "date"),
        _F("quantity", "数量", "number"),
        _F("measure", "计量单位"),
    ),
    "inconsistency": (
        _F("description", "矛盾之处", "long", needed=True),
        _F(
            "kind",
            "种类",
            "choice",
            (
                ("arithmetic", "合计"),
                ("percentage", "百分比"),
                ("cross-document", "文件之间"),
                ("unit", "计量单位"),
                ("OCR", "文字损坏"),
                ("name", "名称"),
                ("term", "用语"),
            ),
            needed=True,
        ),
        _F("quote2", "另一处原文", "long"),
        _F("severity", "轻重", "choice", (("high", "重要"), ("low", "细节"))),
    ),
}

TYPE_NAMES: Mapping[str, str] = {
    "document": "文件",
    "agenda_item": "议题",
    "finding": "要点",
    "deadline": "期限",
    "appointment": "任免",
    "suggestion": "代表建议",
    "handling_stat": "办理统计",
    "target": "指标",
    "figure": "数字",
    "activity_count": "履职数量",
    "article": "条文",
    "audit": "审计",
    "question": "询问",
    "commitment": "承诺",
    "inconsistency": "矛盾之处",
}

READ_AT_MOST = 40  # characters of a finding's text that readers give
# 一是…, 一要…, （一）…, 1.…: the number a finding stands under belongs to its place, not to its text.
_NUMBER = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}(?:是|要|、)|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.．、])"
)
_PERIOD = re.compile(r"(-?)P(\d+)(Y|M|WD|W|D)")
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_UNITS = {"Y": "年", "M": "个月", "WD": "个工作日", "W": "周", "D": "日"}


# What a person decides on first; the rest is read with it and stands folded under it.
_PRIMARY = frozenset(
    ("document", "deadline", "appointment", "suggestion", "question", "commitment", "inconsistency")
)
_ASKED = frozenset(("problem", "suggestion", "requirement"))


def is_secondary(fact: Mapping[str, object]) -> bool:
    """Whether a fact stands behind others on the review page: praise, the parts of an item, figures."""
    if fact.get("type") == "finding":
        return fact.get("kind") not in _ASKED or int(str(fact.get("level") or 1)) > 1
    return fact.get("type") not in _PRIMARY


def is_period(text: str) -> bool:
    """Whether the text is a period as facts carry it: P2M, P30D, P5WD, -P7D (before the anchor) …"""
    return _PERIOD.fullmatch(text) is not None


def whole_text(fact: Mapping[str, object]) -> str:
    """A finding's text, whole. Readers give only its beginning (facts.md): the rest is its quote's, without the
    number it stands under. What a person wrote stands as written."""
    text, quote = str(fact.get("text") or ""), _NUMBER.sub("", str(fact.get("quote") or ""))
    was_cut = READ_AT_MOST - 2 <= len(text) <= READ_AT_MOST  # punctuation at the cut is left off
    begins_alike = bool(quote) and text.startswith(quote[:8])
    return quote if not text or (was_cut and begins_alike) else text


def headline(fact: Mapping[str, object]) -> str:
    """The fact in one line: its first field, or its quote."""
    if fact.get("type") == "finding":
        return whole_text(fact)
    fields = FIELDS.get(str(fact.get("type")), ())
    shown = show(fields[0], fact.get(fields[0].name)) if fields else ""
    return shown or str(fact.get("quote", ""))


def details(fact: Mapping[str, object]) -> list[tuple[str, str]]:
    """The other fields the fact gives, as (label, value shown)."""
    fields = FIELDS.get(str(fact.get("type")), ())
    return [(field.label, text) for field in fields[1:] if (text := show(field, fact.get(field.name)))]


def show(field: FactField, value: object) -> str:
    """A field's value in Chinese; empty where the fact does not give it."""
    if value is None or value in ("", [], ()):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(str(item) for item in value)
    text = str(value)
    if field.kind == "period" and (match := _PERIOD.fullmatch(text)):
        return ("提前" if match[1] else "") + match[2] + _UNITS[match[3]]
    if field.kind == "date" and (match := _DATE.fullmatch(text)):
        return "".join(
            f"{int(part)}{unit}" for part, unit in zip(match.groups(), "年月日", strict=True) if part
        )
    return dict(field.choices).get(text, text)
