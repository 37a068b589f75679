"""The list of papers as a table to take away."""

from __future__ import annotations

from typing import Any

from bihuan.library.models import Document
from bihuan.library.readings import STATES
from bihuan.ui.export import Column


def _created(document: Document) -> str:
    """What was created from the document, from what queries.papers fetched with it."""
    accepted = (reading for reading in document.readings.all() if hasattr(reading, "acceptance"))
    return "；".join(made.label for reading in accepted for made in reading.acceptance.created.all())


def state_word(document: Any) -> str:
    """How the paper stands, in Chinese."""
    return "已撤回" if document.withdrawn_at else STATES.get(document.reading_state, "未识读")


# Rows are those of queries.papers, whose annotations mypy does not see.
DOCUMENT_COLUMNS: tuple[Column[Any], ...] = (
    Column("标题", lambda row: (row.head or {}).get("title", ""), width=60),
    Column("发文字号", lambda row: (row.head or {}).get("number", "")),
    Column("文件", lambda row: row.name, width=60),
    Column("上传时间", lambda row: row.uploaded_at, "moment"),
    Column("上传人", lambda row: row.uploaded_by.person.name if row.uploaded_by else "系统"),
    Column("核对情况", lambda row: state_word(row)),
    Column("读出条数", lambda row: row.total, "number"),
    Column("已决定条数", lambda row: row.decided, "number"),
    Column("已建立", _created, width=60),
    Column("SHA-256", lambda row: row.sha256, width=66),
)
