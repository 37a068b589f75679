"""What an entry says, in Chinese: the body as people read it, before the fields as they are hashed.

Each app explains the kinds it writes; what nobody explains is told field by field, by the names below.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bihuan.ui.dates import full_day

Lines = list[tuple[str, str]]
Speaker = Callable[[str, Mapping[str, Any]], Lines | None]

_speakers: list[Speaker] = []
# A day every year has: what else looks like one is told as it stands.
_DAY = re.compile(
    r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|\d{4}-(?:0[13-9]|1[0-2])-(?:29|30)|\d{4}-(?:0[13578]|1[02])-31"
)

# Fields that entries of any kind may have. A field not named here is told under its own name.
LABELS = {
    "name": "名称", "names": "名称", "title": "标题", "text": "内容", "source": "文件", "year": "年份",
    "reason": "理由", "kind": "种类", "parent": "上级", "place": "地方", "code": "代码", "short_name": "简称",
    "organ": "机构", "organ_name": "机构", "person": "人员", "post": "职务", "role": "角色", "since": "起",
    "until": "止", "from": "原为", "to": "改为", "before": "原为", "after": "改为", "due": "到期日",
    "term": "期限", "terms": "期限", "party": "单位", "parties": "单位", "round": "第几轮", "version": "版本",
    "provisional": "是否暂定", "moved": "变动的期限数", "replaces": "是否代替原有安排", "notice": "放假安排编号",
    "size": "大小（字节）", "sha256": "摘要（SHA-256）", "reading": "识读编号", "reader": "识读版本",
    "decisions": "核对决定", "decisions_sha256": "核对决定的摘要", "answers": "回答", "created": "已建立",
    "first": "自第几条", "last": "至第几条", "faults": "发现的问题数", "seals": "封存值", "username": "用户名",
    "congress": "届次", "delegation": "代表团", "district": "选区", "email": "邮箱", "mobile": "手机",
    "what": "内容", "list": "名单", "procedure": "程序", "edition": "程序版本", "items": "事项内容",
    "events": "已知日期", "facts": "其他", "documents": "附件", "accepted": "接受", "corrected": "更正",
    "rejected": "否定", "pending": "未决定", "arithmetic": "计算", "conclusion": "结论", "basis": "依据",
    "granted": "是否同意", "late": "超期", "step": "步骤", "without": "没有提交的协办单位",
}  # fmt: skip


def register_speaker(speaker: Speaker) -> None:
    """Offer to explain kinds of entries; a speaker answers None for a kind that is not its own."""
    if speaker not in _speakers:
        _speakers.append(speaker)


def spoken(kind: str, body: str) -> Lines:
    """The body as (label, text); nothing where somebody has broken it."""
    try:
        given = json.loads(body)
    except ValueError:
        return []
    if not isinstance(given, dict):
        return []
    try:
        said = next((lines for speaker in _speakers if (lines := speaker(kind, given)) is not None), None)
    except (KeyError, TypeError, ValueError):  # not as its kind is written: altered, or by another edition
        said = None
    return told(given) if said is None else said


def told(fields: Mapping[str, Any]) -> Lines:
    """Every field that says something, by its Chinese name."""
    return [
        (LABELS.get(key, key), in_words(value))
        for key, value in fields.items()
        if value not in (None, "", [], {})
    ]


def in_words(value: object) -> str:
    """A value of an entry as one reads it: days in Chinese, lists on lines of their own."""
    match value:
        case None:
            return "无"
        case bool():
            return "是" if value else "否"
        case dict():
            return "；".join(f"{label}：{text}" for label, text in told(value))
        case list():
            between = "\n" if any(isinstance(each, dict | list) for each in value) else "、"
            return between.join(_row(each) for each in value)
        case str() if _DAY.fullmatch(value):
            return full_day(date.fromisoformat(value))
        case _:
            return str(value)


def _row(value: object) -> str:
    return "　".join(in_words(each) for each in value) if isinstance(value, list) else in_words(value)
