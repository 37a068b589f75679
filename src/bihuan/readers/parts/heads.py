"""The head of a passed paper: title, issuer, and the bracket that says when and where it was passed."""

from __future__ import annotations

import re

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Document
from bihuan.readers.text import Flow
from bihuan.readers.wording.dates import FULL_DATE, find_date
from bihuan.readers.wording.meetings import ADOPTION, adoption_date, opening_date, opening_meeting
from bihuan.readers.wording.numbers import PAPER_NUMBER
from bihuan.readers.wording.organs import BODY_NAME

# What ends a sentence that introduces a list, not a line of addressees.
_SPEAKING = (
    *("认为", "指出", "建议", "意见", "要求", "强调", "决定", "决议", "如下", "希望", "包括", "主要有"),
    *("任命", "免去"),
)
_MOST_FOOT_ROWS = 8  # signature, date, copies, printing line
_LONGEST_NAME = 20  # a longer word before a colon is a sentence, not an addressee
_COMMA = re.compile(r"[、，,；;]")
_TERM_OF_OFFICE = re.compile(r"第?[〇零一二三四五六七八九十百\d]{1,4}届")


def passed_paper(section: Section, context: Context, *, genre: str) -> tuple[Document, tuple[int, int]]:
    """The document fact of a passed paper and the flow indices of its body."""
    text = context.flow.text
    start, end = context.bounds(section)
    _, title_end = context.title_bounds(section)
    adoption = ADOPTION.match(text, title_end, end) or ADOPTION.search(text, title_end, end)
    body = title_end, end
    date = meeting = ""
    if adoption:
        date, meeting = adoption_date(adoption), adoption["meeting"] or ""
        below = adoption.start() > title_end  # the bracket stands below the text
        body = (title_end, adoption.start()) if below else (adoption.end(), end)
    meeting = meeting or opening_meeting(text, *body)
    signed, foot = _signed(section, context, body)
    date = date or signed or opening_date(text, *body)
    number = paper_number(context.flow, section)
    if number and number.start() >= title_end and not adoption:
        body = number.end(), body[1]
    first, addressees = addressed(context.flow, *body)
    body = first, max(first, min(foot, body[1]))
    fact = Document(
        at=context.span(section, start, title_end),
        title=section.title,
        genre=genre,
        issuer=section.issuer or _issuer(meeting),
        number=number[0] if number else "",
        date=date,
        meeting=meeting,
        addressees=addressees,
        attachment_no=section.annex,
        doubt="" if date else "文中没有写明通过日期，以会议日期起算的期限无法计算。",
    )
    return fact, body


def _issuer(meeting: str) -> str:
    """A paper passed at a session without naming its issuer: the body that met."""
    name = _TERM_OF_OFFICE.sub("", meeting.rpartition("第")[0] or meeting)
    return name if name.endswith(("常委会", "常务委员会", "代表大会")) else ""


def session_day(section: Section, context: Context) -> str:
    """ISO day of the session that passed the paper: in its bracket or its first sentence; a signature is none."""
    text = context.flow.text
    _, end = context.bounds(section)
    _, title_end = context.title_bounds(section)
    adoption = ADOPTION.match(text, title_end, end) or ADOPTION.search(text, title_end, end)
    return adoption_date(adoption) if adoption else opening_date(text, title_end, end)


def paper_number(flow: Flow, section: Section) -> re.Match[str] | None:
    """The paper's number: at the start of a row of its head, or of the row right under its title."""
    for row in flow.rows[section.rows[0] : min(section.title_rows[1] + 1, section.rows[1])]:
        number = PAPER_NUMBER.match(flow.text, row.start, row.end)
        if number:
            return number
    # On one row with the letterhead: 某市人大常委会文件某人常〔2024〕5号.
    head = flow.rows[section.rows[0]].start, flow.rows[section.title_rows[0]].start
    return PAPER_NUMBER.search(flow.text, *head)


def _signed(section: Section, context: Context, body: tuple[int, int]) -> tuple[str, int]:
    """The date alone on a row under the text, and where the signature begins (the end where there is none)."""
    rows, text = context.flow.rows, context.flow.text
    first = max(section.title_rows[1], section.rows[1] - _MOST_FOOT_ROWS)
    for index in range(section.rows[1] - 1, first - 1, -1):
        row = rows[index]
        if row.start < body[0] or not FULL_DATE.fullmatch(text, row.start, row.end):
            continue
        above = rows[index - 1]
        names = above.start >= body[0] and BODY_NAME.fullmatch(text, above.start, above.end)
        return find_date(text, row.start, row.end), above.start if names else row.start
    return "", body[1]


def addressed(flow: Flow, start: int, end: int) -> tuple[int, tuple[str, ...]]:
    """Where the body begins and whom the paper addresses (主送机关): names up to a colon that ends its row."""
    text = flow.text
    colon = min(
        (at for at in (text.find("：", start, end), text.find(":", start, end)) if at >= 0), default=-1
    )
    stop = text.find("。", start, end)
    ends_row = flow.rows[flow.row_at(max(colon, 0))].end == colon + 1
    if colon < 0 or 0 <= stop < colon or not ends_row or text[colon - 2 : colon] == "附件":
        return start, ()
    if text[start:colon].endswith(_SPEAKING):
        return start, ()
    names = tuple(name for name in _COMMA.split(text[start:colon]) if name)
    return (colon + 1, names) if max(map(len, names), default=99) <= _LONGEST_NAME else (start, ())
