"""Sister papers that say one thing in different words: small things, but an office is asked about them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from bihuan.readers.checks.raised import Raised
from bihuan.readers.context import Context
from bihuan.readers.facts import Fact, Finding, Inconsistency
from bihuan.readers.wording.periods import PERIOD, iso_period

# A step every paper of a bundle asks for, and where its wording may differ.
_STEPS = (
    ("向社会公开结果", re.compile(r"向社会(?P<word>公布|公开|公示|发布)")),
    ("提交书面报告", re.compile(r"(?P<word>作出|提出|提交|呈报|报送)书面报告")),
    (
        "送交征求意见的内容",
        re.compile(r"将(?P<word>[\u4e00-\u9fff]{2,8}情况)(?:书面)?(?:送|报|交)(?=[^，。；]{2,40}征求意见)"),
    ),
)
_EVENT = "|".join(f"{word}[^，。；]{{0,12}}(?:后|之日起)" for word in ("收到", "交办", "印发", "通过"))
_TERM = re.compile(rf"(?P<from>会后|会议后|印发后|{_EVENT})(?P<period>{PERIOD.pattern})")
_ALL_DONE = re.compile("全部完成|全面完成")
_STILL_TO_DO = re.compile("扫尾|收尾|未完成|尚未完工|剩余")
_CLAUSE = re.compile(r"[^，。；：]*")

_Place = tuple[str, int, int]  # the wording, and where it stands in the flow


def different_words(context: Context, facts: tuple[Fact, ...]) -> Iterator[Raised]:
    """One step, two words: the rarer is reported against the commoner."""
    for step, pattern in _STEPS:
        places = [
            (match["word"], match.start(), match.end()) for match in pattern.finditer(context.flow.text)
        ]
        for odd, usual in _odd(places):
            yield _raise(context, odd, usual, kind="term", said=f"“{step}”一步用词不一")


def different_spellings(context: Context, facts: tuple[Fact, ...]) -> Iterator[Raised]:
    """One period, two spellings: 2个月 and 两个月."""
    same: dict[tuple[str, str], list[_Place]] = {}
    for match in _TERM.finditer(context.flow.text):
        same.setdefault((match["from"], iso_period(match)), []).append(
            (match["period"], match.start(), match.end())
        )
    for places in same.values():
        for odd, usual in _odd(places):
            yield _raise(context, odd, usual, kind="unit", said="同一期限写法不一")


def finished_yet_to_finish(context: Context, facts: tuple[Fact, ...]) -> Iterator[Raised]:
    """All is said to be done, and the same paper asks to finish it."""
    text = context.flow.text
    findings = sorted((f for f in facts if isinstance(f, Finding)), key=lambda fact: fact.start)
    starts = [fact.start for fact in findings]
    for section in context.sections:
        start, end = context.bounds(section)
        done = _ALL_DONE.search(text, start, end)
        rest = _STILL_TO_DO.search(text, done.end(), end) if done else None
        if done and rest:
            at, until = _clause(text, done.start(), start), done.end()
            said = text[at:until]
            asked = _CLAUSE.match(text, _clause(text, rest.start(), start), end)
            yield Raised(
                fact=Inconsistency(
                    at=context.span(section, at, until),
                    kind="term",
                    description=f"一处说“{said}”，另一处又要求“{asked[0] if asked else rest[0]}”。请核实是否真已完成。",
                    quote2=asked[0] if asked else rest[0],
                    severity="low",
                ),
                concerns=_around(findings, starts, context.flow.offset(done.start())),
            )


def _clause(text: str, at: int, start: int) -> int:
    """Where the clause that holds index `at` begins."""
    return max(start, *(text.rfind(mark, start, at) + 1 for mark in "，。；："))


def _around(findings: list[Finding], starts: list[int], offset: int) -> tuple[Finding, ...]:
    """The finding whose span holds an offset, if any."""
    at = bisect_right(starts, offset) - 1
    return (findings[at],) if at >= 0 and offset < findings[at].end else ()


def _odd(places: list[_Place]) -> Iterator[tuple[_Place, _Place]]:
    """The first place of each rarer wording, with the first place of the commonest."""
    count: dict[str, int] = {}
    first: dict[str, _Place] = {}
    for place in places:
        count[place[0]] = count.get(place[0], 0) + 1
        first.setdefault(place[0], place)
    if len(count) > 1:
        usual = max(count, key=lambda word: count[word])  # of equals, the one that stands first
        yield from ((first[word], first[usual]) for word in count if word != usual)


def _raise(context: Context, odd: _Place, usual: _Place, *, kind: str, said: str) -> Raised:
    flow = context.flow
    section, sister = context.section_at(odd[1]), context.section_at(usual[1])
    return Raised(
        fact=Inconsistency(
            at=flow.span(odd[1], odd[2], section),
            kind="unit" if kind == "unit" else "term",
            description=f"{said}：这里是“{odd[0]}”，“{sister}”里是“{usual[0]}”。请统一。",
            quote2=flow.text[usual[1] : usual[2]],
            severity="low",
        )
    )
