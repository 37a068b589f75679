"""Figures in running text: a number, its measure and what it counts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from sys import maxsize

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Figure

_FIGURE = re.compile(
    r"(?P<value>[0-9](?<![\d.,]\d)[\d,]{0,14}(?:\.\d{1,6})?)(?P<measure>(?:大|小|个)?(?:子?项)|件|家|人次|人|户|所|场次?|处|亩|万亩|公里|平方公里|平方米|万?吨"
    r"|[万亿]?元|个百分点|%|％|个(?!月|工作|季|年|小时)|条|次(?!会议|主任会议|全体会议|常委会))"
    r"(?P<noun>(?!提升|下降|降|精简|减|增|到|为|以|左右|先后)[\u4e00-\u9fff]{2,14}?(?=已|在|和|及|的|得|均|都|全部|提升|下降|精简|先后|，|。|；|、|：|（|）|”|\d|$))?"
)
_GROUP = re.compile(r"(?P<of>[一二三四五六七八九十两]{1,2}[大个]?(?:类|方面))$")
_BEFORE = re.compile(r"[\u4e00-\u9fff“”《》]{2,16}$")
# What stands between the counted thing and its number, or before the thing: 完成投资, 要在年底前新建…
_VERBS = re.compile(r"(?:不少于|不低于|不超过|达到?|为|共计?|累计|约|近|超过?|增长|下降|分别|提出的?)+$")
_LEADS = re.compile(
    r".*(?:[要应将前内后了]|划定|拆除|新建|新增|改建|建成|完成|办理|办好|整治|检查|发现|查处|培训|投入|安装|挽回|达成)(?=.{2})"
)
_SURE = 0.8  # the number is certain, the words around it that say what it counts less so
_YEAR = re.compile(r"([12]\d{3})年")


def figures(section: Section, context: Context, *, start: int, end: int) -> Iterator[Figure]:
    """The figures of text[start:end], each with the words that say what it counts."""
    text = context.flow.text
    stated = _YEAR.search(section.title)
    for match in _FIGURE.finditer(text, start, end):
        group = _GROUP.search(text, max(start, match.start() - 6), match.start())
        noun = match["noun"] or _following(text, match.end(), end) or _preceding(text, start, match.start())
        if not noun:
            continue
        measure = match["measure"]
        # 10大项13个子项民生实事项目: the measure tells the two apart.
        kind = measure.lstrip("个") if measure in ("大项", "小项", "个子项", "子项") else ""
        value = float(match["value"].replace(",", ""))
        yield Figure(
            at=context.span(section, group.start() if group else match.start(), match.end()),
            subject=f"{noun}{kind}" + (f"（{group['of']}）" if group else ""),
            confidence=_SURE,
            value=int(value) if value.is_integer() else value,
            measure="项" if kind else measure.removeprefix("个") or "个",
            year=stated[1] if stated else "",
        )


def outside(counted: set[tuple[int, int]], found: Iterator[Figure]) -> Iterator[Figure]:
    """The figures that lie in none of the stretches `counted`: those numbers are other facts already."""
    spans = sorted(counted)
    for figure in found:
        before = bisect_right(spans, (figure.start, maxsize)) - 1
        if before < 0 or spans[before][1] <= figure.start:
            yield figure


def _following(text: str, start: int, end: int) -> str:
    """The noun after the next figure, where two figures share one: 10大项13个子项某某项目."""
    shared = _FIGURE.match(text, start, end)
    return (shared["noun"] or "") if shared else ""


def _preceding(text: str, start: int, end: int) -> str:
    match = _BEFORE.search(text, max(start, end - 16), end)
    return _LEADS.sub("", _VERBS.sub("", match[0])) if match else ""
