"""What the session did: which reports it heard from whom, and what it decided about them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import ActivityCount, AgendaItem
from bihuan.readers.wording.organs import short_name
from bihuan.readers.wording.titles import quoted

# 了 is sometimes mistyped as 和: the object begins after either.
_VERB = re.compile(
    r"(?P<written>书面)?(?P<verb>听取(?:和|并|、)?审议|听取(?:和|并|、)?审查|审查和?批准|审议|审查|听取)(?:了|和(?!审))"
)
_REPORTER = re.compile(r"(?:受|代表)(?P<by>[^，。《》]{2,20}?)(?:委托|(?:所?作|提出|提请|提交))")
_TAIL = re.compile(r"(?:(?:所?作|提出|提请|提交)(?:审议|审查)?的|的)$")
_ABOUT = re.compile(
    r"(?P<by>[^，。；《》]{0,30}?)(?P<subject>(?:关于|对)[^。；]{2,100}?(?:报告|议案|方案|草案|情况|意见|决定))(?=[，。；]|$)"
)
_OUTCOME = re.compile(
    r"(?:会议|常委会|会议经?(?:审议|审查|表决|讨论))(?:[^，。；]{0,20}[，])?(?:一致)?(?:[^，。；]{0,16}?)"
    r"(?P<word>决定不予?批准|决定批准|决定同意|原则上?同意|不同意|批准|同意)"
    r"|，(?P<brief>原则上?同意|同意)[这该此]?个?报告"
)
_STRONGER = (
    "决定不予批准",
    "决定不批准",
    "不同意",
    "决定批准",
    "批准",
    "决定同意",
    "原则同意",
    "原则上同意",
    "同意",
)
_APPROVED = re.compile(r"(?:决定)?批准(?P<by>[^，。；]{0,20}?(?:提出|提请|提交)的)?(?P<what>[^。；]{2,150})")
_AGREED = re.compile(
    r"同意(?P<by>[^，。；《》]{2,30}?)(?:的|提出的|所作的)?(?:关于[^，。；]{2,60}?的)?"
    r"(?P<subject>(?:初审|初步审查|审查|审议)(?:结果)?的?(?:报告|意见)(?:意见|的报告)?)"
)
# 对《…草案》进行了审查: the object before the verb.
_UNDER = re.compile(
    r"对(?P<by>[^，。；《》]{0,20}?)(?:《(?P<title>[^《》]{4,80})》|(?P<bare>[^，。；《》]{4,40}?(?:草案|方案|决算|报告)))"
    r"进行了?(?P<verb>审查|审议)"
)
_JOINED = re.compile(r"[、，和与及以并]*")  # what joins one title to the next
_LONGEST_SENTENCE = 2000  # characters
_LAST_OF_TITLES = "告案况见划算明）"  # 说明 报告 议案 情况 意见 计划 决算 （草案）: what a session hears
_LISTED = re.compile(r"、|以?及(?!时|其)|和(?=[^，。；]{2,30}$)")


def agenda_items(section: Section, context: Context, *, start: int, end: int) -> Iterator[AgendaItem]:
    """Each report heard in text[start:end], with what the session decided about it in the section."""
    text = context.flow.text
    decided: str | None = None
    verbs = list(_VERB.finditer(text, start, end))
    for index, verb in enumerate(verbs):
        following = verbs[index + 1].start() if index + 1 < len(verbs) else end
        stop = min(_sentence_end(text, verb.end(), end), following)
        action = (verb["written"] or "") + (
            "听取和审议" if verb["verb"] in ("听取并审议", "听取、审议", "听取审议") else verb["verb"]
        )
        heard = list(_heard(text, verb.end(), stop))
        if decided is None:
            decided = outcome(text, context.title_bounds(section)[1], context.bounds(section)[1])
        for begin, a, b, reporter in heard:
            yield AgendaItem(
                at=context.span(section, begin, b + 1),
                action=action,
                subject=text[a:b],
                reporter=reporter,
                outcome=decided,
            )
        if heard:
            continue
        about = _ABOUT.match(text, verb.end(), stop)
        if about:
            yield AgendaItem(
                at=context.span(section, verb.start(), about.end()),
                action=action,
                subject=about["subject"],
                reporter=_reporter(about["by"]),
                outcome=decided,
            )


def under_review(section: Section, context: Context, *, start: int, end: int) -> Iterator[AgendaItem]:
    """What text[start:end] says was examined, object first: 对《某草案》进行了审查."""
    text = context.flow.text
    for match in _UNDER.finditer(text, start, end):
        yield AgendaItem(
            at=context.span(section, match.start(), match.end()),
            action=match["verb"],
            subject=match["title"] or match["bare"],
            reporter=_reporter(match["by"]),
            outcome=outcome(text, context.title_bounds(section)[1], context.bounds(section)[1]),
        )


def agreed_reviews(section: Section, context: Context, *, start: int, end: int) -> Iterator[AgendaItem]:
    """A committee's review the session agreed with: 同意某委员会的初审报告意见."""
    for match in _AGREED.finditer(context.flow.text, start, end):
        yield AgendaItem(
            at=context.span(section, match.start(), match.end()),
            action="同意",
            subject=match["subject"],
            reporter=match["by"].removesuffix("的"),
            outcome="同意",
        )


def approvals(
    section: Section, context: Context, *, issuer: str, date: str, start: int, end: int
) -> Iterator[ActivityCount]:
    """How many things one sentence approves, where it lists several."""
    if context.flow.text.find("批准", start, end) < 0:
        return
    for match in _APPROVED.finditer(context.flow.text, start, end):
        what = match["what"]
        names = [name for name in _LISTED.split(what) if name]
        # A list is one kind of thing several times over: its last words name the kind.
        kind = _common_ending(names)
        if len(names) < 2 or len(kind) < 2:
            continue
        yield ActivityCount(
            at=context.span(section, match.start(), match.end()),
            body=short_name(issuer),
            activity=f"批准的{kind}",
            value=len(names),
            measure="项",
            year=date[:4],
            counted=True,
        )


def outcome(text: str, start: int, end: int) -> str:
    """The strongest word the session found for what it heard, or empty."""
    if text.find("批准", start, end) < 0 and text.find("同意", start, end) < 0:
        return ""
    words = {match["word"] or match["brief"] for match in _OUTCOME.finditer(text, start, end)}
    if "决定" in text[start:end]:  # 会议同意…意见，决定批准…
        words.update(word for word in ("决定批准", "决定同意") if text.find(word, start, end) >= 0)
    found = next((word for word in _STRONGER if word in words), "")
    return "原则同意" if found == "原则上同意" else found


def _heard(text: str, start: int, stop: int) -> Iterator[tuple[int, int, int, str]]:
    """What one verb has for objects: where each begins, the bounds of its title, and who reported it."""
    reporter = ""
    edge = start
    for a, b in quoted(text, start, stop):
        between = text[edge : a - 1]
        first = edge == start
        if first or _TAIL.search(between):  # words before a title say whose it is
            begin = edge + (0 if first else len(_JOINED.match(between)[0]))  # type: ignore[index]
            reporter = _reporter(text[begin : a - 1])
        elif not _JOINED.fullmatch(between):
            return
        else:
            begin = a - 1
        if text[b - 1] not in _LAST_OF_TITLES and first:
            return
        edge = b + 1
        yield min(begin, a - 1), a, b, reporter


def _reporter(before: str) -> str:
    """Who reported, from the words between the verb and the title."""
    match = _REPORTER.search(before)
    if match:
        return match["by"]
    return _TAIL.sub("", before).strip("，、")


def _sentence_end(text: str, start: int, end: int) -> int:
    stop = text.find("。", start, min(end, start + _LONGEST_SENTENCE))
    return min(end, start + _LONGEST_SENTENCE) if stop < 0 else stop


def _common_ending(names: list[str]) -> str:
    """The words all names end in, cut down to Chinese characters."""
    ending = ""
    for letters in zip(*(reversed(name) for name in names), strict=False):
        if len(set(letters)) > 1 or not "\u4e00" <= letters[0] <= "\u9fff":
            break
        ending = letters[0] + ending
    return ending
