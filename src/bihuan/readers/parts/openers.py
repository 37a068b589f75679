"""What opens a part of an opinion or resolution (会议认为 … 会议要求 …) and of what kind the part is."""

from __future__ import annotations

import re

from msgspec import Struct

from bihuan.readers.facts import FindingKind
from bihuan.readers.parts.marks import MARK
from bihuan.readers.text import Flow

_A_MARK = re.sub(r"\?P<\w+>", "?:", MARK.pattern)
# The first alternative that fits says of what kind the part is.
_PART = re.compile(
    r"(?:会议|常委会组成人员|与会人员|审议中[^，。]{0,12}?)[^，。]{0,6}?"
    r"(?:(?P<achievement>认为|充分肯定了?)|(?P<problem>指出)|(?P<suggestion>建议|希望)|(?P<requirement>要求|强调))"
    r"|会议对[^，。；]{2,40}?(?P<achievement3>(?:给予|予以|表示)了?(?:充分|高度)?肯定)(?:，(?:并|一致)?认为)?"
    r"|会议(?:一致)?(?P<requirement5>决定)(?=[，：])"
    r"|(?P<achievement2>(?:主要|总体|基本)(?:成效|情况|评价|做法))"
    r"|(?P<problem2>(?:存在|主要)的?(?:主要)?(?:问题|不足)(?:和(?:问题|不足|困难))?)"
    r"|(?P<suggestion2>(?:下一步)?(?:工作|整改|对策)?(?:审议)?(?:意见和?建议|建议和?意见)|(?:工作|整改|对策)建议)"
    r"|(?P<suggestion3>(?:，?(?:并|同时|现|特))?(?:提出|形成)了?(?:(?:如下|以下|下列)(?:几点|几条)?"
    r"(?:审议)?(?:意见和?建议|建议和?意见|意见|建议)|(?:审议)?(?:意见和?建议|建议和?意见|意见|建议)如下))"
    r"|(?P<requirement2>(?:以上|上述)(?:审议)?意见(?:和?建议)?)(?=[，、]?请)"
    r"|(?P<requirement3>(?:[特现]?作出?|特此)(?:如下|以下)?(?:决议|决定)(?:如下)?(?=[，：]|$)"
    r"|[特现]?作出?(?:如下|以下)(?:决议|决定)|特此(?:决议|决定)|(?:决议|决定|要求)如下)"
    r"|(?P<requirement6>(?:办理|落实|整改|工作)要求)"
    # Whatever the part, a list led in by words for trouble lists problems.
    r"|(?P<problem3>(?:存在|面临|暴露|指出|主要表现)[^。；：]{0,40}?(?:问题|不足|困难|短板|弱项|薄弱|差距|表现)"
    rf"[^。；：]{{0,14}}：)(?={_A_MARK})"
    # A paragraph that only asks for the outcome closes the paper.
    r"|(?P<requirement4>(?=请[^。]{4,120}?(?:报告|报送|研究处理|研究办理|反馈)))"
)
# The first words of those, as plain words: one quick pass finds where to look.
_PART_HINT = re.compile(
    "会议|常委会组|与会人|审议|主要|总体|基本|存在|下一步|工作|意见|建议|，并提|，同时|并提|现提|特提|，现提|，特提|同时|提出|形成|以上|上述"
    "|特作|作如|作出|作以|作决|特此|现作|决议如|决定如|要求如|办理要|落实要|整改|对策|面临|暴露|指出|请"
)
_LEADS_IN = re.compile("为|根据|依照|依据|按照|鉴于|结合|因此|据此|综上")
_NO_START = "，。；：、 "
_FARTHEST_HEADING = 12  # characters before a heading's own words: its number, 对报告的


class Part(Struct, frozen=True, gc=False):
    """One part of a paper: what kind of findings it holds, and text[start:end] after its opener."""

    kind: FindingKind
    start: int
    end: int
    opened: int  # where the opener (会议要求，) begins


def parts_of(flow: Flow, start: int, end: int) -> list[Part]:
    """The parts of a body in reading order."""
    text = flow.text
    found: list[tuple[FindingKind, int, int]] = []
    done = start
    for hint in _PART_HINT.finditer(text, start, end):
        if hint.start() < done:
            continue
        match = _PART.match(text, hint.start(), end)
        if match is None:
            continue
        group = match.lastgroup or ""  # each alternative has one name
        kind: FindingKind = group.rstrip("23456")  # type: ignore[assignment]  # group names are kinds
        if group == "problem3" and found and found[-1][0] == "problem":
            continue
        opened = _opened(flow, match, group, done)
        if opened is None:
            continue
        done = after = max(match.end("problem3"), match.start() + 1) if group == "problem3" else match.end()
        while after < end and text[after] in _NO_START:
            after += 1
        found.append((kind, opened, after))
    edges = [opened for _, opened, _ in found[1:]] + [end] * bool(found)
    return [
        Part(kind, after, edge, opened)
        for (kind, opened, after), edge in zip(found, edges, strict=True)
        if after < edge
    ]


def _opened(flow: Flow, match: re.Match[str], group: str, done: int) -> int | None:
    """Where the part begins, or None where its opener stands where no part may begin."""
    at = match.start()
    if group in ("suggestion3", "requirement3"):  # …提出如下意见: an introduction's last words
        return _introduction(flow, at, done)
    if group == "problem3":  # the sentence that leads the list in is no finding
        edges = flow.edges_within(done, at)
        return max(done, flow.text.rfind("。", done, at) + 1, edges[-1] if edges else 0)
    if group == "requirement4":
        return at if at in flow.starts else None
    before = flow.text[at - 1] if at else ""
    if group in ("achievement2", "problem2", "suggestion2", "requirement6"):
        heading = _heading(flow, at, match.end())
        if heading is not None:
            return heading
        if group == "requirement6" and at not in flow.starts:
            return None
        return at if at in flow.starts or (before and before in "。：）)、") else None
    if group == "requirement5":
        return _introduction(flow, at, done)
    return at if at in flow.starts or (before and before in "。；：，") else None


def _introduction(flow: Flow, at: int, done: int) -> int:
    """Where the sentence begins that leads in to `at` (为了…，根据…，特作如下决议); `at` where it says more."""
    edges = flow.edges_within(done, at)
    start = max(done, flow.text.rfind("。", done, at) + 1, edges[-1] if edges else 0)
    return start if _LEADS_IN.match(flow.text, start, at) else at


def _heading(flow: Flow, start: int, end: int) -> int | None:
    """Where the heading begins whose last words are text[start:end], or None where they end no paragraph."""
    if end < len(flow.text) and end not in flow.starts:
        return None
    edges = [edge for edge in flow.edges_within(start - _FARTHEST_HEADING, start + 1) if edge <= start]
    return edges[-1] if edges else None
