"""Numbers of an audit and of its rectification: 反映问题106个, 已整改94个, 整改率98%, 上缴财政1.2亿元, 追责12人."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Audit
from bihuan.readers.parts.clauses import periods

_ABOUT = re.compile("审计")
_RECTIFIED = re.compile(
    "整改|查出|发现|反映|揭示|移送|追责|问责|处理处分|上缴|收回|追回|归还|促进|建章立制|制定|完善"
)
_NUMBER = re.compile(
    r"(?<![\d.,第“])(?P<value>\d[\d,]{0,12}(?:\.\d{1,6})?)余?"
    r"(?P<measure>[万亿]?元|大板块|板块|个百分点|大类|类|方面|个(?!月|工作|小时|百分)|项|条|件|人次|人|份|起|家|%)"
    r"(?P<noun>[\u4e00-\u9fff]{1,20})?"
)
_VERB = re.compile(
    r"(?:反映|查出|发现|揭示|指出|涉及|列出|共有|剩余|其余|另有|已(?:全部)?整改|完成整改|正在整改|移送|追责问责|问责|处理|制定(?:完善)?|修订|出台"
    r"|上缴|收回|追回|归还|拨付|盘活|整改)[^，。；\d]{0,16}$"
)
_SUBJECT = re.compile(r"[\u4e00-\u9fff]{2,20}$")
_ASIDE = re.compile(
    r"^(?:其中|截至目前|目前|共计?|累计|分别|有|的)+|(?:共计?|累计|达到?|为|约|的|有|等|分别|了)+$"
)
_NOUN_ENDS = re.compile(r"(?<=.)(?:，|已按照|按照|也|均|都|需|占|作|并|并已)")
_PLAIN = frozenset({"问题", "具体问题"})
_KINDS = frozenset({"大板块", "板块", "大类", "类", "方面"})
_AHEAD = re.compile("计划|将于|确保|力争|下一步")  # what is still to be done is a promise
_SURE = 0.8


def audits(section: Section, context: Context, *, whole: bool, start: int, end: int) -> Iterator[Audit]:
    """The audit numbers of text[start:end]; `whole` where the paper as a whole is about an audit.

    Elsewhere only sentences that speak of an audit count.
    """
    text = context.flow.text
    told: set[tuple[str, float]] = set()  # the same number of the same things is told once
    for a, b in periods(context.flow, start, end):
        if (whole or _ABOUT.search(text, a, b)) and _RECTIFIED.search(text, a, b):
            for fact in _in_sentence(section, context, a, b):
                known = ("问题" if "问题" in fact.metric else fact.metric, fact.value)
                if known not in told:
                    told.add(known)
                    yield fact


def _in_sentence(section: Section, context: Context, start: int, end: int) -> Iterator[Audit]:
    text = context.flow.text
    edge = start
    verb = ""
    for match in _NUMBER.finditer(text, start, end):
        clause = max(edge, max(text.rfind(mark, edge, match.start()) for mark in "，；：。") + 1)
        # 反映了5大板块42类106个问题: one verb for all that follow it.
        verb = _verb(text, clause, match) or (verb if clause == edge > start else "")
        metric = "" if _AHEAD.search(text, start, match.start()) else _metric(text, clause, match, verb)
        edge = match.end("measure")
        if not metric:
            continue
        value = float(match["value"].replace(",", ""))
        yield Audit(
            at=context.span(section, clause, match.end("noun") if match["noun"] else match.end()),
            confidence=_SURE,
            metric=metric,
            value=int(value) if value.is_integer() else value,
            measure=match["measure"],
        )


def _verb(text: str, clause: int, match: re.Match[str]) -> str:
    """What was done with the things counted: 反映, 已整改, 上缴国库."""
    verb = _VERB.search(text, clause, match.start())
    return _ASIDE.sub("", _ASIDE.sub("", verb[0])) if verb else ""


def _metric(text: str, clause: int, match: re.Match[str], verb: str) -> str:
    """What the number counts: for problems what is said of them, else the words before it."""
    noun = match["noun"] or ""
    stop = _NOUN_ENDS.search(noun)
    noun = noun[: stop.start()] if stop else noun
    before = _SUBJECT.search(text, clause, match.start())
    words = verb or _ASIDE.sub("", _ASIDE.sub("", before[0] if before else ""))
    if match["measure"].endswith(("元", "%")):
        return words
    if match["measure"] in _KINDS and not noun:
        return f"{words}问题{match['measure']}" if words else ""
    if noun in _PLAIN or not noun:
        return f"{words}{noun}"
    return noun if len(noun) > 2 or not words else f"{words}{noun}"
