"""The published record as data: fields declared once, for CSV, JSON and the page that explains them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from bihuan.matters.models import Matter
from bihuan.portal.public import PublicMatter, PublicRow, rows_of

BATCH = 500
TERMS = (
    "可以自由复制、转载、改编和再利用，包括商业使用；请注明来源、网址和取得日期，改动过的请说明。"
    "不得使人误以为本机关认可使用者的结论。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a row: its name in JSON, its title in the table, what it means, how to get it."""

    name: str
    title: str
    meaning: str
    value: Callable[[PublicRow], str | int | date | tuple[str, ...] | None]


FIELDS = (
    Field(name="number", title="编号", meaning="事项编号，不重复、不改变", value=lambda row: row.number),
    Field(name="kind", title="类别", meaning="类别：审议意见、决议决定等", value=lambda row: row.kind),
    Field(name="title", title="名称", meaning="名称", value=lambda row: row.title),
    Field(name="session", title="会议", meaning="通过它的会议", value=lambda row: row.session),
    Field(name="passed_on", title="通过日期", meaning="通过日期", value=lambda row: row.passed_on),
    Field(
        name="published_on",
        title="公布日期",
        meaning="最近一次向社会公布的日期",
        value=lambda row: row.published_on,
    ),
    Field(name="state", title="状态", meaning="办理中，或者怎样办结", value=lambda row: row.state),
    Field(
        name="ended_on", title="办结日期", meaning="办结日期，没有办结的为空", value=lambda row: row.ended_on
    ),
    Field(name="agencies", title="承办单位", meaning="承办单位，主办在前", value=lambda row: row.agencies),
    Field(
        name="asked",
        title="要求答复（项）",
        meaning="要求逐项答复的问题和建议，项",
        value=lambda row: row.counts.asked,
    ),
    Field(
        name="answered",
        title="已答复（项）",
        meaning="已答复，项。已答复不等于已解决",
        value=lambda row: row.counts.answered,
    ),
    Field(name="solved", title="已解决（项）", meaning="其中已解决，项", value=lambda row: row.counts.solved),
    Field(
        name="staged",
        title="分期解决中（项）",
        meaning="其中分期解决中，项",
        value=lambda row: row.counts.staged,
    ),
    Field(
        name="planned",
        title="列入计划（项）",
        meaning="其中列入计划，项",
        value=lambda row: row.counts.planned,
    ),
    Field(name="open", title="未解决（项）", meaning="其中未解决，项", value=lambda row: row.counts.open),
    Field(
        name="vote",
        title="测评结果",
        meaning="最近一次满意度测评的结果，没有测评的为空",
        value=lambda row: row.vote,
    ),
    Field(name="vote_on", title="测评日期", meaning="测评日期", value=lambda row: row.vote_on),
    Field(
        name="raised",
        title="建议编号",
        meaning="代表建议：在哪次会议或闭会期间提出，第几号",
        value=lambda row: row.raised,
    ),
    Field(
        name="result_class",
        title="答复分类",
        meaning="代表建议：承办单位标明的答复分类及其含义",
        value=lambda row: row.result_class,
    ),
    Field(
        name="reason",
        title="不公开答复的理由",
        meaning="代表建议：不公开答复的理由，公开的为空",
        value=lambda row: row.reason,
    ),
)

# What one matter's own JSON holds beyond those, in the names of public.py.
MATTER_FIELDS = (
    ("summary", "公布时写的说明"),
    ("paragraphs", "审议意见或决议决定的正文，逐段；代表同意公开的建议的情况和分析"),
    ("agencies", "承办单位：[承办身份, 单位]"),
    ("counts", "上表中从 asked 到 open 的各项数"),
    ("counted_round", "这些项数是第几轮办理的"),
    (
        "items",
        "逐项的问题、建议和要求：label 序号，text 内容，parts 分项，is_asked 是否要求逐项答复，"
        "answers 答复（organ 单位，round 第几轮办理，result 结果代码，result_name 结果，text 说明）",
    ),
    (
        "votes",
        "满意度测评：on 日期，conclusion 结果，counts 票数，arithmetic 算式，basis 依据",
    ),
    ("replies", "代表建议的答复：organ 承办单位，on 公开日期，lines 答复全文，逐段"),
    ("acts", "公开的办理步骤：on 日期，name 步骤，organ 办理单位，agency 对哪个承办单位"),
    ("withheld", "是否有一轮办理结果按规定不予公布"),
)


def row_as_json(row: PublicRow, request: HttpRequest) -> dict[str, Any]:
    return {field.name: field.value(row) for field in FIELDS} | {"url": page_url(row.number, request)}


def matter_as_json(matter: PublicMatter, request: HttpRequest) -> dict[str, Any]:
    """Everything the public page shows, under the names of the code."""
    return {**asdict(matter), "url": page_url(matter.number, request), "terms_of_use": TERMS}


def page_url(number: str, request: HttpRequest) -> str:
    """The address to quote."""
    return request.build_absolute_uri(reverse("portal:public_matter", args=[number]))


def csv_lines(matters: QuerySet[Matter], request: HttpRequest) -> Iterator[str]:
    """The table line by line, with the mark by which spreadsheets know UTF-8; memory stays bounded."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([*(field.title for field in FIELDS), "网址"])
    for batch in _batches(matters):
        for row in rows_of(batch):
            cells = [_cell(field.value(row)) for field in FIELDS]
            yield writer.writerow([*cells, page_url(row.number, request)])


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def _batches(matters: QuerySet[Matter]) -> Iterator[list[Matter]]:
    """The matters in lists of BATCH, newest publication first."""
    batch: list[Matter] = []
    for matter in matters.order_by("-published_on", "-id").iterator(chunk_size=BATCH):
        batch.append(matter)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _cell(value: str | int | date | tuple[str, ...] | None) -> str | int:
    """One cell. Text that a spreadsheet would run as a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, int):
        return value
    text = (
        value.isoformat()
        if isinstance(value, date)
        else "、".join(value)
        if isinstance(value, tuple)
        else value
    )
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
