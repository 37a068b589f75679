"""专题询问实录: who asked whom about what, who answered, and what was promised in the answers.

A printed record sets questions into a box, so that an answer may stand before its question: it is found by the
body that was asked, and only where none is named by its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Document, Fact, Question
from bihuan.readers.parts.figures import figures
from bihuan.readers.parts.promises import promises
from bihuan.readers.parts.report_heads import body_of
from bihuan.readers.parts.speakers import Turn, turns
from bihuan.readers.text import Flow
from bihuan.readers.wording.bodies import is_short_for
from bihuan.readers.wording.dates import find_date
from bihuan.readers.wording.meetings import MEETING
from bihuan.readers.wording.numerals import number
from bihuan.readers.wording.reports import report_kind

_HEADING = re.compile(r"(?P<no>[一二三四五六七八九十]{1,3})、(?P<topic>[^。，；：？]{2,30})")
_ASKED = re.compile(
    r"(?:请问?|想问|问一下)(?:一下)?(?P<who>(?:(?!如何|在|从|对|就|是|采取|具体|有何|有哪|什么|接下来|目前|本轮|主要|怎|将|下一步|针对|介绍|谈)[^，。？：；]){2,40}?)"
    r"(?:的?负责(?:人|同志))?(?=，|如何|在|从|对|就|是|采取|具体|有何|有哪|什么|接下来|目前|本轮|主要|怎|将|下一步|针对|介绍|谈)"
)
_DEPARTMENT = re.compile(r"(?P<who>[\u4e00-\u9fff]{2,4}部门)(?=认为|接下来|是如何|有什么|将|会|怎)")
_BODY = re.compile(r"政府|[局委办院部厅处社行]$|公司$|集团$|中心$|部门$|单位$|法院|检察院")
_LIST = re.compile("、|和|与|以及")
_SENTENCE = re.compile("[？。]")
_LONGEST_TOPIC = 60
_MOST_TURNS = 60  # turns between a question and its answer, before it or after
_BY_PLACE = 0.8  # the answer is known by where it stands only


def recognise(section: Section, flow: Flow) -> float:
    return 1.0 if report_kind(section.title) == "专题询问实录" else 0.0


def name(section: Section) -> str:
    return "专题询问实录"


def extract(section: Section, context: Context) -> Iterator[Fact]:
    """The record, each question with its answer, and the promises and figures of the answers."""
    _, end = context.bounds(section)
    title, body = context.title_bounds(section)
    text = context.flow.text
    meeting = MEETING.search(text, title, body) or MEETING.search(text, body, end)
    day = find_date(text, title, body) or find_date(text, body, end)
    yield Document(
        at=context.span(section, title, body),
        title=section.title,
        genre=name(section),
        issuer=section.issuer,
        date=day,
        meeting=meeting[0] if meeting else "",
        doubt="" if day else "文中没有写明询问日期，请核对。",
    )
    said = [turn for a, b in context.stretches(section, (body, end)) for turn in turns(context.flow, a, b)]
    yield from _questions(section, context, said)
    for turn in said:
        if not turn.asks:
            yield from promises(
                section, context, unit=turn.body or turn.post, said_on=day, start=turn.start, end=turn.end
            )
            yield from figures(section, context, start=turn.start, end=turn.end)


def _questions(section: Section, context: Context, said: list[Turn]) -> Iterator[Question]:
    topics = _topics(context, said)
    before: dict[
        str, tuple[str, ...]
    ] = {}  # whom each member asked last: a second question goes on with them
    for index, turn in enumerate(said):
        if not turn.asks:
            continue
        text = context.flow.text
        named = _addressees(text, turn)
        addressees = named or before.get(turn.name, ())
        before[turn.name] = addressees
        answers, by_place = _answers(said, index, addressees)
        ordinal, topic = topics.get(index, (None, ""))
        yield Question(
            at=context.span(section, turn.mark, turn.end),
            confidence=1.0 if named and not by_place else _BY_PLACE,
            asker=turn.name,
            addressee=addressees,
            topic=topic or _asked(text, turn),
            respondent="、".join(answer.name or answer.post for answer in answers),
            ordinal=ordinal,
            doubt="" if answers else "没有找到对这个问题的回答，请核对。",
        )


def _addressees(text: str, turn: Turn) -> tuple[str, ...]:
    """The bodies a question names (请问县水利局、县财政局，…); empty where it only says 请问."""
    for match in _ASKED.finditer(text, turn.start, turn.end):
        # 请问县教育局局长: the body is asked.
        names = tuple(body_of(part) or part for part in _LIST.split(match["who"]) if part)
        if names and all(_BODY.search(part) for part in names):
            return names
    department = _DEPARTMENT.search(text, turn.start, turn.end)
    return (department["who"],) if department else ()


def _answers(said: list[Turn], index: int, addressees: tuple[str, ...]) -> tuple[list[Turn], bool]:
    """Who answered, and whether only the place tells so."""
    found: list[Turn] = []
    for whom in addressees:
        near = range(max(0, index - _MOST_TURNS), min(len(said), index + _MOST_TURNS))
        able = [k for k in near if not said[k].asks and _is(whom, said[k].body or said[k].post)]
        after = [k for k in able if k > index]
        nearest = min(after, default=None) if after else max(able, default=None)
        if nearest is not None and said[nearest] not in found:
            found.append(said[nearest])
    if found:
        return found, False
    following = []
    for turn in said[index + 1 :]:
        if turn.asks:
            break
        following.append(turn)
    return following, True


def _is(whom: str, body: str) -> bool:
    """Is `body` whom the question names: 财政部门 for 县财政局, 县府 for 县人民政府?"""
    core = whom.removesuffix("部门").removesuffix("单位")
    return bool(core) and (core in body or body in whom or is_short_for(core, body))


def _topics(context: Context, said: list[Turn]) -> dict[int, tuple[int | None, str]]:
    """For each question the heading it stands under; headings printed together are dealt out in order."""
    flow = context.flow
    found: dict[int, tuple[int | None, str]] = {}
    waiting: list[tuple[int | None, str]] = []
    last: dict[str, tuple[int | None, str]] = {}
    edge = flow.row_at(said[0].mark) if said else 0
    first = max(0, edge - 8)
    for index, turn in enumerate(said):
        at = flow.row_at(turn.mark)
        for row in flow.rows[first:at]:
            match = _HEADING.fullmatch(flow.text, row.start, row.end)
            if match:
                waiting.append((number(match["no"]), match["topic"]))
        first = at
        if not turn.asks:
            continue
        if waiting:
            last[turn.name] = waiting.pop(0)
        if turn.name in last:
            found[index] = last[turn.name]
    return found


def _asked(text: str, turn: Turn) -> str:
    """The sentence that asks, where no heading names the topic."""
    stop = _SENTENCE.search(text, turn.start, turn.end)
    return text[turn.start : min(stop.start() if stop else turn.end, turn.start + _LONGEST_TOPIC)]
