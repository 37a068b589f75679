"""公文通知: the letter that sends resolutions and opinions out, with its annexes and addressees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Document, Fact, Finding
from bihuan.readers.parts.agenda_list import listed_agenda
from bihuan.readers.parts.clauses import sentences
from bihuan.readers.parts.duties import Days, duties
from bihuan.readers.parts.heads import addressed, paper_number
from bihuan.readers.parts.items import findings, items_of, verbatim
from bihuan.readers.parts.marks import MARK
from bihuan.readers.parts.openers import Part
from bihuan.readers.text import Flow
from bihuan.readers.wording.dates import FULL_DATE, find_date, iso_date
from bihuan.readers.wording.meetings import find_meeting
from bihuan.readers.wording.titles import kind_of

_COMMA = re.compile(r"[、，,；;]")
_LETTERHEAD = re.compile(r"[\u4e00-\u9fff（）()]{4,40}文件")
_ANNEXES = re.compile(r"附件?[:：]")
_ITEM = re.compile(r"(?<!\d)(?P<no>\d{1,2})[.．、](?!\d)")
_IMPRINT_ROWS = 8  # copies to many, and the printing line
_COPIED = re.compile(r"抄送[:：](?P<to>[^。]*)")
_PRINTED = re.compile(rf"(?P<by>[\u4e00-\u9fff]{{2,30}}?)(?P<date>{FULL_DATE.pattern})印发?")
# What went before is told (某文件已经会议通过); what is asked begins here.
_NOW = re.compile(r"，(?=现(?:印发|转发|转送|交|予|将|就|下发))")
_CALLS = re.compile(r"关于召开.{2,60}会议的")
_ASKS = re.compile(r"请|要|应|须|予以|务必|印发给|转发给|研究处理|贯彻")


def recognise(section: Section, flow: Flow) -> float:
    return 1.0 if kind_of(section.title) == "公文通知" else 0.0


def name(section: Section) -> str:
    return "公文通知"


def extract(section: Section, context: Context) -> Iterator[Fact]:
    """The notice itself, what it asks and by when."""
    text = context.flow.text
    _, end = context.bounds(section)
    _, title_end = context.title_bounds(section)
    number = paper_number(context.flow, section)
    under = number.end() if number and number.start() >= title_end else title_end
    body, addressees = addressed(context.flow, under, end)
    tail = _tail(context, section, body)
    document = _document(section, context, addressees=addressees, tail=tail)
    yield document
    days = Days(session=context.session, issued=document.date)
    # A notice that calls a session lists when and where; others number what they demand.
    items = [] if _CALLS.search(section.title) else items_of(context.flow, body, tail)
    first = items[0].mark if items else tail
    for a, b in sentences(context.flow, body, first):
        if b - a > 6 and _ASKS.search(text, a, b):
            now = _NOW.search(text, a, b)
            start = now.end() if now else a
            at = context.span(section, start, b)
            yield Finding(at=at, kind="requirement", text=verbatim(context.flow, start, b))
    yield from listed_agenda(section, context, start=body, end=tail)
    if items:
        yield from findings(section, context, Part("requirement", first, tail, first))
    for mark, b in sentences(context.flow, body, tail):
        number = MARK.match(text, mark, b)
        a = number.end() if number else mark
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
    number = paper_number(context.flow, section)
    signed = _signed(context, section)
    issuer = date = ""
    if signed is not None:
        date = find_date(text, rows[signed].start, rows[signed].end)
        before = rows[signed - 1]
        if before.start >= tail and before.end - before.start <= 30:
            issuer = text[before.start : before.end]
    copied = _COPIED.search(text, tail, end)
    printed = _printed(context, tail, section.rows[1])
    if not copied and not printed:  # after the annexes: GB/T 9704 has the imprint close the whole
        closing = (
            rows[max(section.rows[1], len(rows) - _IMPRINT_ROWS)].start
            if section.rows[1] < len(rows)
            else end
        )
        copied = _COPIED.search(text, closing)
        printed = _printed(context, closing, len(rows))
    meeting = find_meeting(text, title_start, title_end) or find_meeting(text, title_end, tail)
    if copied and printed and printed.start() > copied.start():
        copied_to = _names(text[copied.start("to") : min(printed.start(), copied.end())])
    else:
        copied_to = _names(copied["to"]) if copied else ()
    return Document(
        at=context.span(
            section, number.start() if number and number.start() < title_end else title_start, title_end
        ),
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


def _printed(context: Context, tail: int, end_row: int) -> re.Match[str] | None:
    """The printing line (某办公室 某日印发): it begins a row of its own, and may take two."""
    text, rows = context.flow.text, context.flow.rows
    for index in range(context.flow.row_at(tail), end_row):
        last = min(index + 1, end_row - 1)
        match = _PRINTED.match(text, rows[index].start, rows[last].end)
        if match and rows[index].start >= tail:
            return match
    return None


def _names(listed: str) -> tuple[str, ...]:
    return tuple(name for name in _COMMA.split(listed) if name)


def _clean(meeting: str) -> str:
    return re.sub(r"^(?:关于|现将|印发|转发|召开)+", "", meeting)
