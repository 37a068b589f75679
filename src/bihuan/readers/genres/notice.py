"""公文通知: the letter that sends resolutions and opinions out, with its annexes and addressees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Document, Fact, Finding
from bihuan.readers.parts.clauses import sentences
from bihuan.readers.parts.duties import Days, duties
from bihuan.readers.parts.heads import addressed
from bihuan.readers.parts.items import verbatim
from bihuan.readers.text import Flow
from bihuan.readers.wording.dates import FULL_DATE, find_date, iso_date
from bihuan.readers.wording.meetings import MEETING
from bihuan.readers.wording.numbers import PAPER_NUMBER
from bihuan.readers.wording.titles import kind_of

_COMMA = re.compile(r"[、，,；;]")
_LETTERHEAD = re.compile(r"[\u4e00-\u9fff（）()]{4,40}文件")
_ANNEXES = re.compile(r"附件?[:：]")
_ITEM = re.compile(r"(?<!\d)(?P<no>\d{1,2})[.．、](?!\d)")
_COPIED = re.compile(r"抄送[:：](?P<to>[^。]*)")
_PRINTED = re.compile(rf"(?P<by>[\u4e00-\u9fff]{{2,30}}?)(?P<date>{FULL_DATE.pattern})印发?")
_ASKS = re.compile(r"请|要|应|须|予以|务必|印发给")


def recognise(section: Section, flow: Flow) -> float:
    return 1.0 if kind_of(section.title) == "公文通知" else 0.0


def name(section: Section) -> str:
    return "公文通知"


def extract(section: Section, context: Context) -> Iterator[Fact]:
    """The notice itself, what it asks and by when."""
    text = context.flow.text
    _, end = context.bounds(section)
    _, title_end = context.title_bounds(section)
    body, addressees = addressed(context.flow, title_end, end)
    tail = _tail(context, section, body)
    document = _document(section, context, addressees=addressees, tail=tail)
    yield document
    days = Days(session=context.session, issued=document.date)
    for a, b in sentences(context.flow, body, tail):
        if b - a > 6 and _ASKS.search(text, a, b):
            yield Finding(
                at=context.span(section, a, b), kind="requirement", text=verbatim(context.flow, a, b)
            )
            yield from duties(
                section, context, start=a, end=b, days=days, who="、".join(addressees), only_timed=True
            )


def attachments_announced(section: Section, context: Context) -> int | None:
    """How many annexes the notice lists; None where it lists none."""
    text = context.flow.text
    _, title_end = context.title_bounds(section)
    listed = _ANNEXES.search(text, title_end, context.bounds(section)[1])
    if not listed:
        return None
    count = 0
    for item in _ITEM.finditer(text, listed.end(), context.bounds(section)[1]):
        if int(item["no"]) != count + 1:
            continue
        count += 1
    return count or 1


def _tail(context: Context, section: Section, body: int) -> int:
    """Where the running text ends: at the attachment list, the signature or the copies."""
    text = context.flow.text
    end = context.bounds(section)[1]
    marks = [
        match.start()
        for match in (_ANNEXES.search(text, body, end), _COPIED.search(text, body, end))
        if match
    ]
    signed = _signed(context, section)
    if signed is not None:
        marks.append(context.flow.rows[signed].start)
    last = text.rfind("。", body, min(marks, default=end))
    return last + 1 if last >= 0 else min(marks, default=end)


def _signed(context: Context, section: Section) -> int | None:
    """The row that holds the date alone, under the signature."""
    rows, text = context.flow.rows, context.flow.text
    for index in range(section.title_rows[1], section.rows[1]):
        match = FULL_DATE.fullmatch(text, rows[index].start, rows[index].end)
        if match:
            return index
    return None


def _document(section: Section, context: Context, *, addressees: tuple[str, ...], tail: int) -> Document:
    text = context.flow.text
    start, end = context.bounds(section)
    title_start, title_end = context.title_bounds(section)
    rows = context.flow.rows
    letterhead = _LETTERHEAD.search(text, start, title_start)
    number = PAPER_NUMBER.search(text, letterhead.end() if letterhead else start, title_start)
    signed = _signed(context, section)
    issuer = date = ""
    if signed is not None:
        date = find_date(text, rows[signed].start, rows[signed].end)
        before = rows[signed - 1]
        if before.start >= tail and before.end - before.start <= 30:
            issuer = text[before.start : before.end]
    copied = _COPIED.search(text, tail, end)
    printed = _PRINTED.search(text, tail, end)
    meeting = MEETING.search(text, title_start, title_end) or MEETING.search(text, title_end, tail)
    if copied and printed and printed.start() > copied.start():
        copied_to = _names(text, copied.start("to"), min(printed.start(), copied.end()), context)
    else:
        copied_to = tuple(name for name in _COMMA.split(copied["to"]) if name) if copied else ()
    return Document(
        at=context.span(section, number.start() if number else title_start, title_end),
        title=section.title,
        genre="公文通知",
        issuer=issuer or section.issuer or (letterhead[0].removesuffix("文件") if letterhead else ""),
        number=number[0] if number else "",
        date=date or (iso_date(printed) if printed else ""),
        meeting=_clean(meeting[0]) if meeting else "",
        letterhead=letterhead[0] if letterhead else "",
        addressees=addressees,
        attachments=attachments_announced(section, context),
        copied_to=copied_to,
        printed_by=printed["by"] if printed else "",
        printed_on=iso_date(printed) if printed else "",
        doubt="" if date else "文中没有写明成文日期，请核对。",
    )


def _names(text: str, start: int, end: int, context: Context) -> tuple[str, ...]:
    """Names up to the end of the row before `end`: the printing line begins a row of its own."""
    rows = context.flow.rows
    edge = rows[context.flow.row_at(end)].start
    return tuple(name for name in _COMMA.split(text[start : edge if edge > start else end]) if name)


def _clean(meeting: str) -> str:
    return re.sub(r"^(?:关于|现将|印发|转发)+", "", meeting)
