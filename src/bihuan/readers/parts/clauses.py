"""Sentences, clauses and the points a sentence makes: the grain at which an office ticks items off."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from bihuan.readers.text import Flow

_STOP = re.compile(r"[，：]|,(?!\d)")
# What names the reason or the result of a step, not a step of its own.
_PURPOSE = re.compile(
    r"确保|使|让|做到|切实提[高升]|不断(?:提[高升]|推动|增强)|推动|促进|真正|力争|务求|以(?:便|利|确保)|为.{2,20}提供|减少|避免|防止|形成"
)
# What begins a point of its own: a permission, a case, a group, a thing put first.
_OPENS_ADVICE = re.compile(
    r"可(?!以说|见|谓)|必要时|对.{2,40}?的(?:.{0,8})，|对.{2,40}(?:实行|予以|给予|采取|要)|在.{2,60}的?基础上$|凡|同时要?"
)
_OPENS_PROBLEM = re.compile(r"有的|有些|一些|部分|个别|少数|另一方面|此外|同时")
# What only leads in to the point that follows.
_LEAD = re.compile(
    r"(?:同时|此外|另外|但是?|然而)$"
    r"|(?:要|应)?(?:锚定|紧紧围绕|围绕|聚焦|立足|根据|按照|依据|结合|针对|面对|由于|随着)"
    r"|因.{2,30}(?:原因|影响)|受.{2,30}影响|为了?(?!.{2,20}提供)|在.{2,40}下$"
    r"|以.{2,30}为(?:目标|导向|主线|抓手|重点|契机|引领|统领)$"
    r"|自.{1,30}以来$|(?:近年|一直以|长期以|今年以)来$"
)
# 成效 named alone says nothing: it goes with the clause before it.
_RESULT = re.compile(r".{0,24}?(?:取得了?|实现了|解决了|得到了)")
_BARE_RESULT = re.compile(r"取得了?.{0,12}(?:成效|成绩|进展|成果)$")
_TWO_STATES = re.compile(
    r"(?:的(?:情况|现象|问题))(?P<and>[和及、])(?=.{2,40}的(?:情况|现象|问题)(?:客观|依然|仍然|普遍|时有)?(?:存在|发生))"
)

Sort = Literal["advice", "problem", "achievement"]


def sentences(flow: Flow, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Index pairs of the sentences in text[start:end], end marks left out; quoted ones stay whole."""
    stops, quoted = flow.stops
    k, begin = bisect_left(stops, start), start
    last = bisect_left(stops, end, k)
    for edge in (*flow.edges_within(start, end), end):  # a paragraph's end ends a sentence too
        while k < last and (at := stops[k]) < edge:
            if at == begin:
                begin = at + 1
            elif quoted[k] < begin:
                yield begin, at
                begin = at + 1
            k += 1
        if begin < edge:
            yield begin, edge
        begin = edge


def periods(flow: Flow, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Index pairs of text[start:end] between full stops and paragraph ends; semicolons do not divide."""
    begin = start
    for edge in (*flow.edges_within(start, end), end):
        while begin < edge:
            stop = flow.text.find("。", begin, edge)
            stop = edge if stop < 0 else stop
            if stop > begin:
                yield begin, stop
            begin = stop + 1
        begin = edge


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Index pairs of the clauses between commas."""
    edges = [start, *(match.end() for match in _STOP.finditer(text, start, end)), end]
    bare = ((a, b - (text[b - 1] in "，：,")) for a, b in pairwise(edges) if b > a)
    return [(a, b) for a, b in bare if b > a]


def points(text: str, start: int, end: int, *, sort: Sort) -> Iterator[tuple[int, int]]:
    """Index pairs of the points one sentence makes; their lead-in is left out."""
    parts = clauses(text, start, end)
    while len(parts) > 1 and _LEAD.match(text, *parts[0]) and not _BARE_RESULT.match(text, *parts[1]):
        parts = parts[1:]
    if not parts:
        return
    if sort == "achievement":
        begins = [0, *_first_result(text, parts)]
    else:
        opens = _advice_opens if sort == "advice" else _problem_opens
        begins = [0, *(k for k in range(1, len(parts)) if opens(text, parts, k))]
    for k, begin in enumerate(begins):
        last = begins[k + 1] if k + 1 < len(begins) else len(parts)
        a, b = parts[begin][0], parts[last - 1][1]
        both = _TWO_STATES.search(text, a, b)
        if both and sort == "problem":
            yield a, both.start("and")
            a = both.end("and")
        yield a, b


def lead_in(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The clause a sentence leads in with (面对…压力), or None."""
    parts = clauses(text, start, end)
    found = [part for part in parts[:-1] if _LEAD.match(text, *part)]
    return found[-1] if found and found[-1][1] - found[-1][0] > 10 else None


def _advice_opens(text: str, parts: list[tuple[int, int]], k: int) -> bool:
    if _OPENS_ADVICE.match(text, parts[k][0], parts[k][1]):
        return True
    return bool(_PURPOSE.match(text, *parts[k - 1])) and not _PURPOSE.match(text, *parts[k])


def _problem_opens(text: str, parts: list[tuple[int, int]], k: int) -> bool:
    return _OPENS_PROBLEM.match(text, *parts[k]) is not None


def _first_result(text: str, parts: list[tuple[int, int]]) -> list[int]:
    """The number of the clause at which the result begins (a bare one takes the clause before it), if any."""
    for k in range(1, len(parts)):
        if _BARE_RESULT.match(text, *parts[k]):
            return [k - 1] if k > 1 else []
        if _RESULT.match(text, *parts[k]):
            return [k]
    return []
