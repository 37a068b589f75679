"""Handing suggestions over: the notice (交办通知), the handover book (交办清册), one unit's ledger (承办台账)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bihuan.writers.forms.parts import Contact, DueLine, Sender, due_table, short_day
from bihuan.writers.numbers import chinese_date, ordinal
from bihuan.writers.paper import (
    Block,
    Column,
    Heading,
    Paper,
    PaperError,
    Paragraph,
    Table,
    annex_titles,
    as_annex,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookRow:
    """One suggestion in the handover book: who handles it in which part, and each term's last day."""

    number: str
    title: str
    lead_deputy: str
    joint: int = 0
    lead: str = ""
    co: tuple[str, ...] = ()
    separate: tuple[str, ...] = ()
    refuse_by: date | None = None
    co_opinion_by: date | None = None
    reply_by: date | None = None
    is_priority: bool = False
    committee: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One assignment in a unit's ledger. A deputy's rating is not among its facts: the unit never sees one.

    contacts: how often the deputies were met or called before, during and after handling.
    """

    number: str
    title: str
    lead_deputy: str
    part: str
    clerk: str = ""
    due: date | None = None
    contacts: tuple[int, int, int] | None = None
    co_opinion: str = ""
    replied_on: date | None = None
    reply_class: str = ""
    promises: int | None = None
    note: str = ""


def handover_book(*, title: str, rows: tuple[BookRow, ...]) -> Paper:
    """The book of all suggestions handed over, its head on every page; an empty place is not yet decided."""
    columns = (  # millimetres of the 225 there are: the heads fit on their lines
        Column("编号", 11, "center"),
        Column("建议标题", 33.5),
        Column("领衔代表", 19, "center"),
        Column("主办单位", 25.5, "center"),
        Column("会办单位", 24, "center"),
        Column("分办单位", 21, "center"),
        Column("退回期限", 19.5, "center"),
        Column("会办意见\n期　　限", 19.5, "center"),
        Column("答复期限", 19.5, "center"),
        Column("重点\n督办", 11, "center"),
        Column("督办委员会", 21.5, "center"),
    )
    table = Table(columns, tuple(map(_book_row, rows)), dense=True)
    return Paper(form="plain", title=title, body=(table,), landscape=True)


def handover_notice(
    *,
    sender: Sender,
    addressees: tuple[str, ...],
    place: str,
    term: int,
    session: int | None,
    rows: tuple[BookRow, ...],
    terms: tuple[DueLine, ...],
    requests: tuple[str, ...],
    contact: Contact,
    copied_to: tuple[str, ...] = (),
    printed_by: str = "",
    printed_on: date | None = None,
) -> Paper:
    """The notice that hands suggestions over, the book its annex; every number in it is counted from the book.

    terms: the terms in general, each with its basis; the single dates stand in the book. requests: what is
    asked of the handlers. PaperError for an empty book.
    """
    if not rows:
        raise PaperError("没有要交办的建议，不能印发交办通知。请先选定建议。")
    congress = f"{place}{ordinal(term, unit='届')}人民代表大会"
    when = f"{ordinal(session, unit='次')}会议期间" if session else "闭会期间"
    book = handover_book(title=f"{congress}{when}\n代表建议交办清册", rows=rows)
    body: list[Block] = [
        Paragraph(
            f"{congress}{when}，代表提出的建议、批评和意见经研究，现将其中{len(rows)}件交由你们办理"
            f"（名单见附件）。{_counted(rows)}请认真研究，依法办理，按期答复代表。"
        ),
        Heading(1, "办理期限"),
        due_table(terms) if terms else Paragraph("办理期限待明确。"),
        Heading(1, "办理要求"),
        *(Heading(2, "", run_in=request) for request in requests),
    ]
    annex = as_annex(book)
    return Paper(
        form="document",
        letterhead=sender.letterhead,
        number=sender.number,
        title=f"关于交办{congress}{when}代表建议的通知",
        addressees=addressees,
        body=tuple(body),
        attachments=annex_titles((annex,)),
        organs=(sender.organ,),
        dated=sender.dated,
        sealed=sender.sealed,
        note=contact.line(),
        annexes=(annex,),
        copied_to=copied_to,
        printed_by=printed_by,
        printed_on=printed_on,
    )


def unit_ledger(*, agency: str, period: str, counted_on: date, rows: tuple[LedgerRow, ...]) -> Paper:
    """One unit's ledger of what it handles, by assignment. period: which session or year it covers."""
    columns = (
        Column("编号", 11, "center"),
        Column("建议标题", 48),
        Column("领衔代表", 19, "center"),
        Column("承办\n方式", 11.5, "center"),
        Column("承办人", 18, "center"),
        Column("办理期限", 19.5, "center"),
        Column("沟通联系", 18.5, "center"),
        Column("会办意见", 19),
        Column("答复日期", 19.5, "center"),
        Column("答复\n分类", 11.5, "center"),
        Column("承诺\n事项", 11.5, "center"),
        Column("备注", 17.5),
    )
    parts = {part: sum(row.part == part for row in rows) for part in dict.fromkeys(row.part for row in rows)}
    told = "，".join(f"{part}{count}件" for part, count in parts.items())
    summary = Paragraph(
        f"承办单位：{agency}，截至{chinese_date(counted_on)}，共{len(rows)}件次"
        + (f"（{told}）" if told else ""),
        indent=False,
        align="left",
    )
    return Paper(
        form="plain",
        title=f"{period}代表建议承办台账",
        body=(summary, Table(columns, tuple(map(_ledger_row, rows)), dense=True)),
        dated=counted_on,
        landscape=True,
    )


def _book_row(row: BookRow) -> tuple[str, ...]:
    return (
        row.number,
        row.title,
        row.lead_deputy + (f"\n等{row.joint + 1}人" if row.joint else ""),
        row.lead,
        "、".join(row.co),
        "、".join(row.separate),
        short_day(row.refuse_by),
        short_day(row.co_opinion_by),
        short_day(row.reply_by),
        "重点" if row.is_priority else "",
        row.committee,
    )


def _ledger_row(row: LedgerRow) -> tuple[str, ...]:
    return (
        row.number,
        row.title,
        row.lead_deputy,
        row.part,
        row.clerk,
        short_day(row.due),
        _contacts(row.contacts),
        row.co_opinion,
        short_day(row.replied_on),
        row.reply_class,
        "" if row.promises is None else f"{row.promises}项",
        row.note,
    )


def _contacts(times: tuple[int, int, int] | None) -> str:
    if times is None:
        return ""
    return "\n".join(f"{when}{count}次" for when, count in zip(("办前", "办中", "办后"), times, strict=True))


def _counted(rows: tuple[BookRow, ...]) -> str:
    """How the suggestions are handled: each counted once, by the most that is asked of its handlers."""
    separate = sum(bool(row.separate) for row in rows)
    joined = sum(bool(row.co) and not row.separate for row in rows)
    alone = sum(bool(row.lead) and not row.co and not row.separate for row in rows)
    open_ = len(rows) - separate - joined - alone
    kinds = (
        (alone, "由一个单位办理"),
        (joined, "由主办单位会同会办单位办理"),
        (separate, "由几个单位分别办理"),
        (open_, "承办单位待定"),
    )
    told = "，".join(f"{how}的{count}件" for count, how in kinds if count)
    priority = sum(row.is_priority for row in rows)
    return f"其中，{told}" + (f"；列为重点督办的{priority}件。" if priority else "。")
