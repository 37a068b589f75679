"""Targets: values that are to be reached or kept, with comparator, year, scope and the word that hedges them.

A number is a target where a word of limit stands before it (不低于33万公顷), where it is a task or plan
(目标任务446公里), where the sentence looks to a year ahead (到2035年，…), or where the paper lays down a plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Target
from bihuan.readers.parts.clauses import clauses, periods
from bihuan.readers.wording.quantities import QUANTITY, number_of, subject

_HINT = re.compile(
    "不得?少于|不得?低于|至少|不得?超|不得?高于|控制|严控|以上|以内|以下|目标|任务|计划|下达|[至到]20|力争|确保|争取"
)
_AT_LEAST = re.compile(r"(?:不得?少于|不得?低于|至少)$")
_AT_MOST = re.compile(
    r"(?:不得?超过|不得?高于|不多于|(?:严格)?控制(?:在|到)|严控(?:在)?|压减到|压降至|下降到|降到)$"
)
_MORE = re.compile(r"(?:超过?|突破|高于)$")
_SUFFIX = re.compile(r"(?P<most>以内|以下|之内)|(?P<least>以上|及以上)|(?P<about>左右|上下)")
_AIMS = re.compile(
    r"力争|确保|争取|努力|预期|预计|目标|需|(?<![主重需])要|应当?|必须|今年|明年|年内|年底前|计划(?!投资额)"
)
_GOAL_VERB = re.compile(
    r"达到?|实现|提高|提升|增长|完成|控制|保持|新增|新建|建成|建设|改造|培育|引进|培训|创建|开工|投产|压减|下降|出让|盘活|造林|抚育|整治|修复|办好|投入|创收"
)
_TASK = re.compile(
    r"(?:(?:目标|年度)任务|任务目标|目标投资|(?:年度|全年)?计划投资|全年计划|预算任务|控制(?:开采)?量|(?:指标|任务)(?:数|量)?(?:为|是))[^，。；\d]{0,4}$"
    r"|下达(?!限期|[^，。；\d]{0,12}(?:通知|资金|文书))[^，。；\d]{0,20}$"
)
_TASK_AFTER = re.compile(r"的?(?P<what>[^，。；\d]{0,18}?)(?:目标)?任务(?!，?(?:已|均|全部|完成))")
_OF_TASK = re.compile(
    r"^.*下达给?(?:我[市县区州省])?|(?:[省市县区年]定)?(?:目标|任务|计划|年度|全年|完成|占|为|是|的)"
)
_OF_A_KIND = re.compile("[\u4e00-\u9fff“]")  # 5000万元以上项目12个: the sum only says of what kind
_SIZES = ("元", "米", "亩", "顷", "吨", "瓦", "里")
_AHEAD = re.compile(r"(?:至|到)(?P<year>20\d\d)年(?:底|末|前)?(?!\d|度)")
_DONE = re.compile(
    r"已(?!经?开工)|累计|截至|截止|目前|现有|去年|上年|同比|环比|占比|达到了|完成了(?![^，。]{0,12}下达)|率先|排名|原有|超额完成(?![^，。]{0,20}任务)"
)
_NOT_A_GOAL = re.compile(
    r"年产|总投资|等$|总面积|第三方|半径|以来|周岁|时速|电压|合计|每[年月日人]$|投资额|[按以将]$"
)
_HEDGE = re.compile("力争|争取|确保|努力|预计|预期|原则上|有望")
_SCOPE = re.compile(r"全[市县区州省乡镇]|[市县区州省](?:本级|直|属)|中心城区|城区|市区")
_TRIM = re.compile(
    r"^(?:其中|且|并|保持|力争|争取|确保|努力|预计|要|今年|明年|年内|我[市县区州]|全[市县区州]|[至到]|实现|完成|使|和|及|在)+|(?:不得?少于|不得?低于|至少|不得?超过|不得?高于|(?:严格)?控制(?:在|到)?|严控|需|应|要|达到?|实现|提高到|保持在?|稳定在?|在|为|任务)+$"
)
_YEAR = re.compile(r"(?P<year>20\d\d)年(?!来|以来)")
_STANDARD = re.compile(r"的(?:最低|基本|控制)?(?:目标|标准|指标|要求)(?!任务)")  # 低于省定52%的目标
_COMPARED = re.compile(r"(?:低于|高于|超过|未达到?|达到|距)[^，。；]{0,8}$")
_PARTY = re.compile(r"(?P<party>与[^，。；]{1,10}?)(?:开展|进行|组织)?(?:不得?少于|至少)$")
_BY = ("按", "以", "将", "按照")  # 按不低于70%的比例…: a rule on something else
_NEAR = 30  # characters before a clause within which 已, 目前 tell that it is done
_SURE = 0.8
_PLANNED = 0.7  # the plan as a whole says that it is a goal, not the sentence


def targets(
    section: Section, context: Context, *, said_on: str, planned: str = "", start: int, end: int
) -> Iterator[Target]:
    """The targets of text[start:end]; `planned` is the year a plan is for, empty where the text is no plan."""
    text = context.flow.text
    for a, b in periods(context.flow, start, end):
        if not planned and not _HINT.search(text, a, b):
            continue
        ahead = _AHEAD.search(text, a, b)
        future = ahead["year"] if ahead and ahead["year"] > said_on[:4] > "" else ""
        scope = _SCOPE.search(text, a, b)
        aims = _AIMS.search(text, a, b)
        for x, y in clauses(text, a, b):
            yield from _in_clause(
                section,
                context,
                (x, y),
                sentence=a,
                year=future if ahead and x >= ahead.start() else "",
                said_on=said_on,
                planned=planned,
                scope=scope[0] if scope else "",
                aims=bool(aims and aims.start() < y),
            )


def _in_clause(
    section: Section,
    context: Context,
    at: tuple[int, int],
    *,
    sentence: int,
    year: str,
    said_on: str,
    planned: str,
    scope: str,
    aims: bool,
) -> Iterator[Target]:
    text = context.flow.text
    start, end = at
    edge = start
    for match in QUANTITY.finditer(text, start, end):
        before = text[max(edge, match.start() - 24) : match.start()]
        after = _SUFFIX.match(text, match.end(), min(end + 4, len(text)))
        edge = match.end()
        if after and match["measure"].endswith(_SIZES) and _OF_A_KIND.match(text, after.end(), end):
            continue
        comparator = _comparator(before, after)
        limit = _AT_LEAST.search(before) or _AT_MOST.search(before)
        task = _TASK.search(before)
        ordered = _ordered(text, match, before, end)
        standard = _COMPARED.search(before) and _STANDARD.match(text, match.end(), end)
        near = max(sentence, start - _NEAR)
        done = _DONE.search(text, start if year else near, match.start()) is not None
        works = _GOAL_VERB.search(text, start, match.start()) or before.endswith("率")
        aimed = (after and (aims or planned) and works) or (planned and (works or after))
        goal = task or ordered or standard or (not done and (year or limit or aimed))
        if not goal or _NOT_A_GOAL.search(before) or text.find("年产", start, match.start()) >= 0:
            continue
        indicator = _indicator(text, (sentence, start, end), match, before)
        if len(indicator) < 2 or indicator.endswith(_BY):
            continue
        hedge = _HEDGE.search(text, sentence, match.start())
        yield Target(
            at=context.span(section, start, after.end() if after and after.end() <= end else match.end()),
            confidence=_PLANNED if planned else _SURE,
            indicator=indicator,
            comparator=comparator,
            value=number_of(match),
            measure=match["measure"],
            year=year or _year(text, start, match.start(), said_on) or planned,
            scope=scope,
            hedge=hedge[0] if hedge else "",
        )


def _ordered(text: str, match: re.Match[str], before: str, end: int) -> str:
    """What is to be done, where the words after a number name the task (下达的58亿元的预算任务)."""
    task = _TASK_AFTER.match(text, match.end(), end) if "要" in before or "下达" in before else None
    return task["what"] if task else ""


def _indicator(text: str, at: tuple[int, int, int], match: re.Match[str], before: str) -> str:
    """What the value is of, in the clause text[start:end] of its sentence."""
    sentence, start, end = at
    ordered = _ordered(text, match, before, end)
    if ordered:
        return ordered
    words = _TRIM.sub("", _TRIM.sub("", subject(text, start, match, end)))
    if _STANDARD.match(text, match.end(), end) and _COMPARED.search(before):
        return _measured(text, sentence, max(start, match.start() - len(before)))
    if _TASK.search(before):
        told = _TRIM.sub("", _SCOPE.sub("", before.rpartition("，")[2]))
        return _measured(text, sentence, start) if "占" in before else _OF_TASK.sub("", told)
    if match["measure"] == "次" and _AT_LEAST.search(before):
        party = _PARTY.search(before)
        return f"{party['party'] if party else ''}{words}次数"
    return words


def _measured(text: str, sentence: int, clause: int) -> str:
    """What reached a share of its task (改造公路80公里，占目标任务120公里的…): the subject of the figure before."""
    figures = list(QUANTITY.finditer(text, sentence, clause))
    return _TRIM.sub("", subject(text, sentence, figures[-1], clause)) if figures else ""


def _comparator(before: str, after: re.Match[str] | None) -> str:
    """How the value compares: the words before it, then those after it."""
    if _AT_LEAST.search(before):
        return ">="
    if _AT_MOST.search(before) or (after and after["most"]):
        return "<="
    if after:
        return ">=" if after["least"] else "about"
    return ">" if _MORE.search(before) else "="


def _year(text: str, start: int, end: int, said_on: str) -> str:
    """The year the clause names, or that of the report where it says 今年."""
    named = _YEAR.search(text, start, end)
    if named:
        return named["year"]
    return said_on[:4] if text.find("今年", start, end) >= 0 else ""
