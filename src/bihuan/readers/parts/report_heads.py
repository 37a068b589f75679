"""The head of a report: title, when and where it was given, who gave it, and whom it greets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Document
from bihuan.readers.wording.bodies import BODY_BEFORE_POST, is_body
from bihuan.readers.wording.dates import FULL_DATE, find_date
from bihuan.readers.wording.numerals import NUMERAL, number

_GIVEN = re.compile(
    r"[（(]?[—-]*(?P<day>[12]\d{3}年[^在]{2,8}?)?在(?P<meeting>.{4,50}?(?:会议|大会))上[）)]?"
)
_GREETING = re.compile(r"[^。]{0,60}[:：]")
_DAY = re.compile(rf"[（(]?{FULL_DATE.pattern}(?:上午|下午|晚上?)?[）)]?")
_MONTH = re.compile(rf"[（(]?(?P<year>[12]\d{{3}})年(?P<month>{NUMERAL}{{1,2}})月[）)]?")
_NAMED_ISSUER = re.compile(r"(?P<issuer>[\u4e00-\u9fff]{2,30}?)关于")
_POST_THEN_NAME = re.compile(
    r"(?P<post>.*(?:主任委员|主任|局长|院长|检察长|秘书长|市长|县长|区长|州长|书记|组长|处长|人选))(?P<name>[\u4e00-\u9fff·]{2,4})"
)
_ORNAMENT = re.compile("[■●◆▲□○\ufffd]")  # what a magazine sets before a name, and blanks lost in conversion
_MOST_ROWS = 6
_LONGEST_ROW = 60


@dataclass(frozen=True, slots=True)
class Head:
    """What stands between a report's title and its text; `body` are the flow indices of the text."""

    date: str
    meeting: str
    speaker: str
    post: str
    unit: str
    body: tuple[int, int]


def report_head(section: Section, context: Context) -> Head:
    """Read the rows under the title up to the first that is text."""
    flow = context.flow
    _, body = context.title_bounds(section)
    _, end = context.bounds(section)
    date = meeting = speaker = post = unit = ""
    for index in range(section.title_rows[1], min(section.title_rows[1] + _MOST_ROWS, section.rows[1])):
        row = flow.rows[index]
        if row.start < body:
            continue  # the second row of what stands above
        line = flow.text[row.start : row.end]
        below = flow.rows[min(index + 1, section.rows[1] - 1)]
        given = _GIVEN.fullmatch(flow.text, row.start, row.end) or _GIVEN.fullmatch(
            flow.text, row.start, below.end
        )
        month = _MONTH.fullmatch(line)
        if given:
            date, meeting, body = find_date(given[0]), given["meeting"], given.end()
            continue
        if _DAY.fullmatch(line):
            date = date or find_date(line)
        elif month:
            date = date or f"{month['year']}-{number(month['month']) or 0:02d}"
        elif _GREETING.fullmatch(line):
            body = row.end
            break
        elif row.end - row.start > _LONGEST_ROW or line[-1] in "。；，" or speaker or unit:
            break
        else:
            post, speaker = _who(flow.opened.text[flow.offset(row.start) : flow.offset(row.end - 1) + 1])
            unit = body_of(post) if post else ""
            if not post and not speaker:
                break
        body = row.end
    return Head(date=date, meeting=meeting, speaker=speaker, post=post, unit=unit, body=(body, end))


def report_document(section: Section, context: Context, head: Head, *, genre: str) -> Document:
    """The document fact of a report: its issuer is named in the title, or is the speaker's body."""
    start = context.head_start(section)
    _, title_end = context.title_bounds(section)
    named = _NAMED_ISSUER.match(section.title)
    issuer = section.issuer or (named["issuer"] if named and is_body(named["issuer"]) else head.unit)
    return Document(
        at=context.span(section, start, title_end),
        title=section.title,
        genre=genre,
        issuer=issuer,
        date=head.date,
        meeting=head.meeting,
        speaker=head.speaker,
        speaker_post=head.post if head.speaker else "",
        attachment_no=section.annex,
        doubt="" if head.date else "文中没有写明报告日期，请核对。",
    )


def body_of(post: str) -> str:
    """The body a person with these posts speaks for: 市政协副主席、市工信局局长 -> 市工信局."""
    for part in reversed(post.split("、")):
        match = BODY_BEFORE_POST.match(part)
        if match:
            return match["body"]
    return ""


def _who(line: str) -> tuple[str, str]:
    """Post and name from a line such as 某局局长  张  三; the blanks tell the name. A body alone has no name."""
    words = _ORNAMENT.sub(" ", line).split()
    if len(words) > 1:
        at = -2 if len(words[-1]) == 1 and len(words[-2]) == 1 else -1
        name = "".join(words[at:])
        if 2 <= len(name) <= 4 and not is_body(name):
            return "".join(words[:at]), name
    whole = "".join(words)
    match = _POST_THEN_NAME.fullmatch(whole)
    if match:
        return match["post"], match["name"]
    if is_body(whole):
        return whole, ""
    return "", whole if 2 <= len(whole) <= 4 else ""
