"""Duties: who must do what towards whom, by when, in which order.

A demand is read as a row of events from left to right: who is spoken to, times, 'after …' and actions.
A time belongs to the next action. Where the text gives no time, none is given here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Deadline
from bihuan.readers.parts.times import UNKNOWN_START, Days, Time, Timing, base, heard, reckon, times
from bihuan.readers.wording.dates import last_day
from bihuan.readers.wording.organs import ORGAN

__all__ = ["Days", "duties"]

_SUBJECT = re.compile(
    r"(?:请|责成|督促)?(?P<who>[^，。；：“”《》]{2,40}?)"
    r"(?=分别|对|要|应|须|必须|认真|切实|严格|抓紧|尽快|将|于|在|自|按|依法|结合|根据|每年|每季|每月|定期|及时|向)"
)
# What may stand between a name and 于, 要 …: 各单位贯彻落实情况请于…前报送.
_NOT_WHO = re.compile(r"(?:(?:贯彻)?(?:落实|执行|办理|整改|处理)情况)?(?:请|并)?$")
_MUST = ("要", "应", "须", "必须")
_BY = re.compile(
    r"(?<=[，。；后并])由(?P<who>[^，。；]{2,30}?)"
    r"(?=向|将|对|在|于|组织|负责|牵头|报|依法|依照|予以|及时|统一|会同)"
)
_AFTER = re.compile(
    r"(?P<then>随后)"
    r"|(?P<step>征求意见|反馈意见|书面报告|报告|整改完成|办结|公布|通报)(?:结束|完成)?之?后"
)
_BODY = r"(?:人大常委会|常务委员会|常委会|主任会议|工作委员会|委员会|工委|办公室|专委会)"
# Words that name an organ: no time, object or further step among them.
_TO = r"(?:(?!向|将|内|后|意见|情况|结果|的|告)[^，。；])"
_ACTION = re.compile(
    # The first characters of all that follows: a quick no for every other place.
    r"(?=[送报提交书征向反呈依及予制拿形研整抓贯遵组完])"
    rf"(?:(?P<comment>(?:送交|报送|提交|送|交|报)(?P<comment_to>{_TO}{{2,40}}?)(?:书面)?征求意见"
    r"|(?:书面)?征求(?P<comment_of>[^，。；]{2,30}?)(?:的)?意见)"
    r"|(?P<report>向(?P<report_to>[^，。；]{2,30}?)(?:专题|书面)?"
    r"(?:(?:作出|提出|提交|作|报送|报|反馈|呈报)[^，。；]{0,16}?(?:报告|汇报)|报告|汇报|反馈)"
    rf"|(?:书面)?(?P<send>报告|报送|送交|反馈|呈报|报|送)(?:至|给|到)?"
    # The last name of several is the desk: 县人大常委会办公室综合科.
    rf"(?P<report_organ>{_TO}{{0,12}}?{_BODY}(?:{_TO}{{0,12}}(?:工作委员会|委员会|工委|办公室|[科处]室?(?![理])))?)(?!备案)"
    r"|书面报告(?P<report_of>(?!后)[^，。；]{0,60})|报告(?P<report_on>[^，。；]{2,20}(?:情况|结果)))"
    r"|(?P<inform>向(?P<inform_to>[^，。；]{2,20}?)通报)"
    r"|(?P<publish>向社会(?:公布|公开|发布|公告|公示)|(?:依法|及时|予以)(?:公布|公开))"
    r"|(?P<record>报(?P<record_to>[^，。；]{2,40}?)备案)"
    r"|(?P<plan>(?:制定|制订|拿出|形成|提出)[^，。；]{0,16}?(?:方案|计划|措施|清单|台账))"
    r"|(?P<handle>研究处理|研究办理|研究落实|整改落实|抓好整改|抓好落实"
    r"|贯彻落实|遵照执行|贯彻执行|组织实施|研究整改)(?!情况|结果|意见|方案|措施|报告)"
    r"|(?P<task>完成[^，。；]{2,30}))"
)
# What a demand says besides times, and a word without which it cannot say it.
_SAID: tuple[tuple[Literal["action", "who", "after"], str, re.Pattern[str]], ...] = (
    ("action", "", _ACTION),
    ("who", "由", _BY),
    ("after", "后", _AFTER),
)
_TASK = re.compile(r"完成[^，。；]{2,40}|[^，。；]{4,40}")
# Not how it is to be done (认真研究) nor what is to be sent (将处理情况).
_A_TASK = re.compile(r"(?!认真|切实|抓紧|积极|及时|进一步|将|向|由|把|研究|落实|整改)[^，。；]{6,40}")
_THEN = re.compile(r"(?:结束|完成)?之?后")
_SPOKEN = {"comment": "征求意见", "report": "书面报告"}
_UNSURE = 0.7  # confidence of a duty that leaves something to ask
_AFTER_NAMES = {"反馈意见": "征求意见后"}

_NO_PERIOD = "文中只写“随后”，没有写明期限，请确认何时完成。"
_NO_WHO = "文中没有写明由谁办理，请确认责任单位。"


@dataclass(slots=True)
class _Walk:
    section: Section
    context: Context
    days: Days
    end: int
    who: str = ""
    anchor: str = ""  # what the last period of the sentence started from
    time: Time = field(default_factory=Time)
    made: list[Deadline] = field(default_factory=list)


def duties(
    section: Section,
    context: Context,
    *,
    start: int,
    end: int,
    days: Days,
    who: str = "",
    earlier: Sequence[Deadline] = (),
    only_timed: bool = False,
) -> list[Deadline]:
    """The duties text[start:end] (one sentence) lays down, in the order they must be done.

    `who` is spoken to where the sentence names no one; `earlier` are the duties of the sentences before it,
    whose steps it goes on from. With `only_timed` a sentence without a period, a
    date or a meeting lays down none: advice then stays advice.
    """
    text = context.flow.text
    timings = list(times(text, start, end))
    if only_timed and not timings:
        return []
    events = _events(text, start, end, timings)
    if not events:
        return []
    walk = _Walk(section, context, days, end, who, made=list(earlier))
    walk.who = spoken_to(text, start, end) or who
    for index, event in enumerate(events):
        if isinstance(event, Timing):
            _take_time(walk, event)
            _own_task(walk, events, index)
        elif event.sort == "who":
            walk.who = event.match["who"]
        elif event.sort == "after":
            walk.time = _time_after(event.match)
        elif event.sort == "action":
            _act(walk, event.match, since=_before(text, events, index, start))
    if len(walk.made) == len(earlier) and walk.time.says_when():
        _generic(walk, start, end, timings)
    return walk.made[len(earlier) :]


def spoken_to(text: str, start: int, end: int) -> str:
    """Whom the sentence text[start:end] begins by naming as the one who must act, or empty."""
    subject = _SUBJECT.match(text, start, end)
    if subject and (ORGAN.search(subject["who"]) or text.startswith(_MUST, subject.end())):
        return _NOT_WHO.sub("", subject["who"])
    return ""


class _Said(Struct, frozen=True):
    """An action, who is to do it, what it comes after, or a task already told: text[start:end]."""

    start: int
    end: int
    sort: Literal["action", "who", "after", "told"]
    match: re.Match[str]


def _events(text: str, start: int, end: int, timings: list[Timing]) -> list[Timing | _Said]:
    """Everything the walk meets, in order; what lies inside an earlier event is part of it."""
    found: list[Timing | _Said] = [*timings]
    for sort, hint, pattern in _SAID:
        if not hint or text.find(hint, start, end) >= 0:
            found += [_Said(*match.span(), sort, match) for match in pattern.finditer(text, start, end)]
    if len(found) < 2:
        return found
    found.sort(key=lambda event: (event.start, -event.end))
    kept = []
    edge = start
    for event in found:
        if event.start >= edge:
            kept.append(event)
            edge = event.end
    return kept


def _time_after(match: re.Match[str]) -> Time:
    """What 随后 or 征求意见后 says about when."""
    if match["then"]:
        return Time(anchor="随后", then=True)
    return Time(anchor=_AFTER_NAMES.get(match["step"], match["step"] + "后"), follows=True)


def _take_time(walk: _Walk, timing: Timing) -> None:
    time = heard(walk.context.flow.text, timing, days=walk.days)
    if time is None:
        return
    # 征求意见后，在一个月内: the place in the order was said before, the period comes now.
    if not time.anchor:
        time.anchor, time.follows = walk.time.anchor, walk.time.follows
    if time.offset:
        # 自…之日起两个月内甲，六个月内乙: both run from the one start the sentence names.
        time.anchor = walk.anchor = time.anchor or walk.anchor
    walk.time = time


def _own_task(walk: _Walk, events: list[Timing | _Said], index: int) -> None:
    """The clause right after a period, where no event tells what it is: 在三十日内清退费用，并…."""
    text, start = walk.context.flow.text, events[index].end
    following = events[index + 1].start if index + 1 < len(events) else None
    comma = text.find("，", start, walk.end)
    if following is None or not start < comma < following or not walk.time.offset:
        return  # the last time of a sentence is looked at when it ends
    task = _A_TASK.fullmatch(text, start, comma)
    if task:
        events.insert(index + 1, _Said(start, comma, "told", task))
        walk.made.append(_duty(walk, text[start:comma], _clause(text, start), comma))


def _clause(text: str, at: int) -> int:
    """Where the clause that holds index `at` begins."""
    return max(text.rfind(mark, 0, at) for mark in "，。；：") + 1


def _act(walk: _Walk, match: re.Match[str], *, since: int) -> None:
    """One action heard: make its deadline and forget the time it used up."""
    text = walk.context.flow.text
    kind = match.lastgroup or ""  # the outermost closes last
    if kind == "task" and not walk.time.says_when():
        return  # to finish something is a duty with a time only; else it is a finding
    action, recipient, thing = _KINDS[kind](match)
    if kind == "report" and "书面" in text[max(since, match.start() - 12) : match.end()]:
        action = f"书面{action}"
    duty = _duty(walk, action, since, match.end(), recipient=recipient, thing=thing)
    then = _THEN.match(text, match.end(), walk.end)
    if then:
        walk.time = Time(anchor=_SPOKEN.get(kind, action) + "后", follows=True)
    elif kind not in ("handle", "task") and not walk.time.then:
        # Handling or finishing and the report on it share one period; every other step uses its own up.
        walk.time = Time()
    walk.made.extend(_pair(duty, paired="分别" in text[since : match.start()]) or [duty])


_KINDS: dict[str, Callable[[re.Match[str]], tuple[str, str, str]]] = {
    "comment": lambda m: ("送征求意见", m["comment_to"] or m["comment_of"], ""),
    "report": lambda m: (
        m["send"] if m["send"] and len(m["send"]) > 1 else "报告",
        m["report_to"] or m["report_organ"] or "",
        m["report_of"] or m["report_on"] or "",
    ),
    "inform": lambda m: ("通报", m["inform_to"], ""),
    "publish": lambda m: ("公布", "社会" if "社会" in m["publish"] else "", ""),
    "record": lambda m: ("备案", m["record_to"], ""),
    "plan": lambda m: (m["plan"], "", ""),
    "handle": lambda m: (m["handle"], "", ""),
    "task": lambda m: (m["task"], "", ""),
}


def _pair(whole: Deadline, *, paired: bool) -> list[Deadline]:
    """甲和乙分别报告丙和丁: two duties, paired in order; empty where nothing is to be paired."""
    if not paired:
        return []
    who, things = _two(whole.responsible), _two(whole.object)
    if not who or not things:
        return []
    # A report at a congress session goes to the congress, though only the session is named.
    to = re.search(r"[市县区州省镇乡]?人民代表大会(?=会议|第)", whole.anchor)
    return [
        replace(whole, responsible=name, object=item, recipient=whole.recipient or (to[0] if to else ""))
        for name, item in zip(who, things, strict=True)
    ]


def _two(words: str) -> list[str]:
    parts = re.split(r"和|与|、", words)
    return parts if len(parts) == 2 and all(parts) else []


def _generic(walk: _Walk, start: int, end: int, timings: list[Timing]) -> None:
    """A time without an action the trade has a name for: the words after it are the task."""
    text = walk.context.flow.text
    task = _TASK.search(text, min(timings, key=lambda timing: timing.start).end, end)
    if task:
        walk.made.append(_duty(walk, task[0].lstrip("内前，"), start, task.end()))


def _duty(
    walk: _Walk, action: str, start: int, end: int, *, recipient: str = "", thing: str = ""
) -> Deadline:
    """The deadline of one action, with the due date where it can be computed and every doubt."""
    time = walk.time
    anchor, due, kind = time.anchor, "", ""
    doubts = [time.doubt]
    if time.then:
        before = _step_before(walk)
        anchor = f"随后（{before}后）" if before else "随后"
        doubts.append(_NO_PERIOD)
    if time.fixed:
        due = last_day(time.fixed)
    elif time.offset:
        from_day, doubt, kind = base(time, days=walk.days, before=walk.made[-1].due if walk.made else "")
        due = reckon(from_day, time.offset)
        doubts.append(doubt)
    elif time.event:
        doubts.append(UNKNOWN_START.format(anchor=anchor))
    if not walk.who:
        doubts.append(_NO_WHO)
    return Deadline(
        at=walk.context.span(walk.section, start, end),
        action=action,
        responsible=walk.who,
        recipient=recipient,
        object=thing,
        step=len(walk.made) + 1,
        anchor=anchor,
        offset=time.offset,
        fixed=time.fixed,
        due=due,
        due_kind=kind if due else "",
        due_year=time.due_year,
        confidence=_UNSURE if any(doubts) else 1.0,
        doubt=" ".join(filter(None, doubts)),
    )


def _step_before(walk: _Walk) -> str:
    """The step 随后 follows: the last one that was not itself put after 随后."""
    return next((made.action for made in reversed(walk.made) if not made.anchor.startswith("随后")), "")


def _before(text: str, events: list[Timing | _Said], index: int, start: int) -> int:
    """Where the words of an action begin: with the clause of the first thing said for it."""
    first = events[index]
    for earlier in reversed(events[:index]):
        if isinstance(earlier, _Said) and earlier.sort in ("action", "told"):
            start = earlier.end
            break
        first = earlier
    comma = text.rfind("，", start, first.start)
    begin = comma + 1 if comma >= 0 else start
    while begin < first.start and text[begin] in "，后并":
        begin += 1
    return begin
