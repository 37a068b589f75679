"""任免名单: who is appointed to what, and who is relieved of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Appointment, Document, Fact
from bihuan.readers.parts.clauses import sentences
from bihuan.readers.parts.heads import passed_paper
from bihuan.readers.parts.resignations import resignations
from bihuan.readers.text import Flow
from bihuan.readers.wording.dates import FULL_DATE, iso_date
from bihuan.readers.wording.meetings import opening_meeting
from bihuan.readers.wording.posts import posts_of

_TITLE = re.compile(r"(?:任免|任命|免职|免去|辞职)(?:人员)?(?:的)?名单(?:[（(].{1,20}[）)])?$")
# A heading (决定任命：) or the verb before a name (任命张三为…): it holds until the next one.
_ACTION = re.compile(
    # Blanks between the two letters of a heading may have been lost in conversion (任\ufffd\ufffd命：).
    r"(?:(?P<deciding>决定)[:：]?)?(?P<verb>任\ufffd*命|免\ufffd*去|批准任命|批准免去)(?P<colon>[:：])?"
)
_NAME = r"[\u4e00-\u9fff·]{2,12}?"
_NAMES = rf"(?P<person>{_NAME}(?:、{_NAME}){{0,20}})(?:同志)?"
_APPOINTED = re.compile(rf"{_NAMES}(?:担?任|为)(?P<posts>[^，。；]{{3,80}})")
_ACTING = re.compile(rf"(?:决定)?[:：，]?{_NAMES}代理(?P<posts>[^，。；]{{3,80}}?)(?:的?职务)?(?=[，。；]|$)")
_RELIEVED = re.compile(rf"{_NAMES}的(?P<posts>[^，。；]{{3,80}}?)(?:的)?职务")
_ISSUER = re.compile(r"(?P<issuer>.*(?:常委会|常务委员会|代表大会|主任会议))")
_LONGEST_OPENING = 80  # characters within which a list names its day
_SEX = re.compile(r"[（(][^（）()]{1,12}[）)]")


def recognise(section: Section, flow: Flow) -> float:
    return 1.0 if _TITLE.search(section.title) else 0.0


def name(section: Section) -> str:
    return "任免名单"


def extract(section: Section, context: Context) -> Iterator[Fact]:
    """The list, and one fact a post: a person may be given several in one line."""
    document, (start, end) = passed_paper(section, context, genre=name(section))
    text = context.flow.text
    document = _opening(document, text, start, end)
    yield document
    yield from resignations(section, context, document=document, start=start, end=end)
    action = _titled(section.title)
    for a, b in sentences(context.flow, start, end):
        verb = _ACTION.search(text, a, b)
        if verb and (verb.start() == a or text[verb.start() - 1] in "，：:定"):
            deciding = verb["deciding"] or ("决定" if _decided(text, a, verb.start()) else "")
            action = deciding + verb["verb"].replace("\ufffd", "")
            a = verb.end()
        acting = _acting(text, a, b)
        relieved = action.endswith("免去")
        match = acting or (_RELIEVED if relieved else _APPOINTED).match(text, a, b)
        if match is None or not (action or acting):
            continue
        for person in match["person"].split("、"):
            for organ, position in posts_of(match["posts"]):
                yield Appointment(
                    at=context.span(section, match.start(), match.end()),
                    person=_SEX.sub("", person),
                    action="代理" if acting else action,
                    position=position,
                    organ=organ,
                    date=document.date,
                    meeting=document.meeting,
                )


def _acting(text: str, start: int, end: int) -> re.Match[str] | None:
    """某某代理某职务, at the head of a sentence or after 会议决定."""
    at = text.find("代理", start, end)
    if at < 0:
        return None
    decided = text.rfind("决定", start, at)
    return _ACTING.match(text, decided + 2 if decided >= 0 else start, end)


def _opening(document: Document, text: str, start: int, end: int) -> Document:
    """The list's head, its day and session taken from 某年某月某日…会议决定： where no bracket gives them."""
    named = _ISSUER.match(document.title)
    document = replace(document, issuer=named["issuer"] if named else document.issuer)
    if document.date:
        return document
    day = FULL_DATE.search(text, start, min(end, start + _LONGEST_OPENING))
    if day is None:
        return replace(document, doubt="文中没有写明通过日期，任免从何时起请核对。")
    return replace(document, date=iso_date(day), meeting=opening_meeting(text, day.end(), end), doubt="")


def _titled(title: str) -> str:
    """The action a title names by itself: 任命名单, 免职名单; empty where the list has both."""
    if "任免" in title:
        return ""
    deciding = "决定" if "决定" in title else ""
    return deciding + ("任命" if "任命" in title else "免去")


def _decided(text: str, start: int, verb: int) -> bool:
    return text.startswith("决定", max(start, verb - 3))
