"""What a standing committee did, told in running text: reports heard, laws inspected, places visited, bills followed.

常委会听取和审议了某项报告，视察了某项工作，对某法开展执法检查: one agenda item each. A sentence on methods
(综合运用听取报告、执法检查等形式) names no object and yields none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import AgendaItem
from bihuan.readers.parts.clauses import periods
from bihuan.readers.wording.titles import quoted

_HINT = re.compile("听取|审议|审查|视察|执法检查|专题询问|督办|评议|进行了?监督|旁听|续审|测评|调研")
_END = r"(?=[，。；、并]|的(?:基础|根底)|后|等|$)"
_HEARD = re.compile(
    r"(?P<written>书面)?(?P<verb>听取(?:和|并|、)?审议|听取|审议)了?(?P<who>[^，。；《》]{0,24}?作的)?"
    rf"(?P<subject>(?:《[^》]{{4,60}}》|(?!《)[^，。；]{{3,90}}?(?:报告|汇报|议案))){_END}"
)
_APPROVED = re.compile(
    r"(?P<verb>审查和?批准|审议批准|审议通过)了?(?P<subject>[^，。；]{3,60}?)(?=并|[，。；]|$)"
)
_CHECKED_LAW = re.compile(
    r"(?:开展|组织|进行)了?(?P<subject>(?!开展|了)[^，。；]{0,120}?(?:法|条例|规定|办法|决定|》))(?:等法律法规)?(?:(?:的)?贯彻)?(?:(?:落实|实施|执行)?情况)?的?执法检查"
    r"|对(?P<subject2>[^，。；]{3,80}?)(?:贯彻)?(?:(?:落实|实施|执行)情况)?(?:进行|开展|组织)了?执法检查"
)
_INQUIRY = re.compile(
    r"(?:就|对|围绕|针对)(?P<subject>[^，。；]{3,50}?)(?:等?(?:问题|情况|工作))?(?:进行|开展|举行|组织)了?(?:联组)?专题询问"
    r"|专题询问[^，。；]{0,8}，(?:就|对|围绕)(?P<subject2>[^，。；]{3,50}?)(?:进行|开展)"
    r"|(?:启动|开展|组织|召开|举行)了?(?P<subject3>(?![^，。；]{0,8}(?:检查|视察|调研))[^，。；、《》]{4,30}?)专题询问"
)
_BILL = re.compile(r"“(?P<subject>关于[^“”]{4,60}?(?:议案|建议))”|《(?P<subject2>关于[^《》]{4,60}?议案)》")
_FOLLOWED = re.compile(r"跟踪督办|重点督办|督办")
_VISITED = re.compile(
    r"(?<![\u4e00-\u9fff])(?:(?:[^，。；、]{0,20}?)(?:组织|邀请|安排)[^，。；、]{0,16}?|[^，。；、]{0,8}?常委会)?(?P<verb>视察调研|专题调研|视察|调研)了?"
    r"(?P<subject>(?!组|活动|报告|发现|等|和|提出|中)[^，。；]{4,60}?(?:工作|情况|项目|建设|工程|服务|管理|设施))(?=[，。；]|$)"
)
_ASSESSED = re.compile(
    r"评议(?P<subject>(?!工作|意见|整改|、|和|等|会|活动)[^，。；]{2,30}?工作)(?=[，。；]|$)"
    r"|对(?P<subject2>[^，。；]{3,40}?)(?:进行|开展)了?(?:专项|工作|履职)?评议"
    r"|开展了?(?P<subject3>[^，。；]{3,30}?)(?:的)?(?:专项|工作)评议(?=[，。；]|$)"
)
_OVERSEEN = re.compile(r"对(?P<subject>[^，。；]{4,60}?)进行了监督")
_ATTENDED = re.compile(r"旁听了?(?P<subject>[^，。；]{4,60}?)的?庭审")
_HEARD_AGAIN = re.compile(r"(?P<verb>续审(?:和测评)?)(?P<subject>(?!和|制度)[^，。；、等]{4,30}?情况)")
_RATED = re.compile(r"[^。；]{0,10}满意度?测评")
# Words that name no report in particular.
_ANY = re.compile(
    r"(?:政府|有关|各项|相关|工作|专项|部门|年度|等|的)*(?:情况)?的?(?:报告|汇报|议案)|(?:上述|该|这[一些个]|此).*|“?一府[一两].*"
)
_METHODS = re.compile(r"(?:运用|采取|通过|综合|坚持)[^。；]{0,40}(?:形式|方式|手段|举措)")
_COUNTED = re.compile(r"\d+(?:个|项|件|次)?$|^\d+(?:个|项|件|次|份)")
_LIST = re.compile(r"(?:、|和|及|以及)(?=[12]\d{3}年|[^、和]{2,20}(?:决算|预算|方案|计划|决定|规划)$)")
_LABELS = {
    "听取并审议": "听取和审议",
    "听取、审议": "听取和审议",
    "听取审议": "听取和审议",
    "审查和批准": "审查批准",
}
_SURE = 0.8  # told in running text: no minutes of a session


def supervised(section: Section, context: Context, *, start: int, end: int) -> Iterator[AgendaItem]:
    """The items of text[start:end], sentence by sentence, in the order of the rules below."""
    text = context.flow.text
    for a, b in periods(context.flow, start, end):
        if _HINT.search(text, a, b):
            yield from _in_sentence(section, context, a, b)


def _in_sentence(section: Section, context: Context, start: int, end: int) -> Iterator[AgendaItem]:
    text = context.flow.text
    taken: list[tuple[int, int]] = []
    for action, match in _told(text, start, end):
        name = next((g for g in ("subject", "subject2", "subject3") if match.groupdict().get(g)), "")
        a, b = match.span(name)
        if any(a < y and x < b for x, y in taken):
            continue
        taken.append((a, b))
        for x, y in _objects(text, a, b, action):
            yield AgendaItem(
                at=context.span(section, match.start(), match.end()),
                confidence=_SURE,
                action=action,
                subject=_bare(text[x:y]),
                reporter=(match.groupdict().get("who") or "").removesuffix("作的"),
            )


def _told(text: str, start: int, end: int) -> Iterator[tuple[str, re.Match[str]]]:
    """Each thing done, with the verb it goes by."""
    for match in _HEARD.finditer(text, start, end):
        if _ANY.fullmatch(match["subject"]) or _COUNTED.search(match["subject"]):
            continue
        rated = "办理" in match["subject"] and _RATED.match(text, match.end(), end)
        verb = (match["written"] or "") + _LABELS.get(match["verb"], match["verb"])
        yield "续审和测评" if rated else verb, match
    for match in _APPROVED.finditer(text, start, end):
        if not _COUNTED.search(match["subject"]):
            yield _LABELS.get(match["verb"], match["verb"]), match
    for match in _HEARD_AGAIN.finditer(text, start, end):
        yield "续审和测评" if "测评" in match["verb"] else "续审", match
    if (done := _FOLLOWED.search(text, start, end)) is not None:
        for match in _BILL.finditer(text, start, end):
            yield (
                f"{done[0]}议案" if match.group().rstrip("”》").endswith("议案") else f"{done[0]}建议",
                match,
            )
    if _METHODS.search(text, start, end) and not re.search("专题询问", text[start:end]):
        return
    for action, rule in _BY_VERB:
        for match in rule.finditer(text, start, end):
            yield action or _verb(match), match


def _bare(subject: str) -> str:
    """A subject without the marks that enclose the whole of it."""
    return subject[1:-1] if subject[:1] + subject[-1:] in ("《》", "“”") and len(subject) > 2 else subject


def _verb(match: re.Match[str]) -> str:
    return str(match["verb"])


_BY_VERB: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("执法检查", _CHECKED_LAW),
    ("专题询问", _INQUIRY),
    ("工作评议", _ASSESSED),
    ("监督", _OVERSEEN),
    ("旁听庭审", _ATTENDED),
    ("", _VISITED),
)


def _objects(text: str, start: int, end: int, action: str) -> list[tuple[int, int]]:
    """The objects of one verb: laws in 《》 one by one, budgets and plans one by one, else the whole."""
    titles = quoted(text, start, end)
    if action == "执法检查" and titles:
        return titles
    if action in ("审查批准", "审议批准", "审议通过"):
        if titles:
            return titles
        edges = [start, *(m.end() for m in _LIST.finditer(text, start, end)), end]
        return [(a, b - len(text[a:b]) + len(text[a:b].rstrip("、和及以"))) for a, b in pairwise(edges)]
    return [(start, end)]
