"""The text of another reply, and a work summary in place of an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.replies.case import Earlier, Objection, ReplyCase
from bihuan.readers.replies.letter import Letter
from bihuan.readers.replies.signature import copied_run, everywhere, signature_of

_FEWEST = 40  # stretches: a shorter body is too little to tell by
_STOP = 0.6  # share of the body: most of it is not about this suggestion
_ASK = 0.45


def copied(case: ReplyCase, letter: Letter) -> Iterator[Objection]:
    """The earlier reply most of the body stands in; what the agency writes into every letter does not count."""
    body = signature_of(letter.text[slice(*letter.body)])
    body -= everywhere(one.signature for one in case.earlier)
    if len(body) < _FEWEST or not case.earlier:
        return
    source, share = max(
        ((one, len(body & one.signature) / len(body)) for one in case.earlier), key=lambda pair: pair[1]
    )
    if share < _ASK:
        return
    yield _copied(letter, source, share)


def _copied(letter: Letter, source: Earlier, share: float) -> Objection:
    at = letter.span(copied_run(letter.text, *letter.body, source.signature))
    return Objection(
        code="copied_reply",
        severity="stop" if share >= _STOP else "ask",
        explanation=f"正文有{share:.0%}与{source.label}的答复相同，疑似套用。",
        mend="按本件建议的具体意见逐条重写；确属同一事项的，写明并案答复。",
        at=at,
        other=source.label,
    )


# What a report on a unit's own work speaks of, and an answer hardly ever: each counted once.
_SUMMARY = tuple(
    re.compile(pattern)
    for pattern in (
        r"领导小组|党组高度重视建议|班子成员(?:分管|包案)",
        r"(?:办复|办结|满意|面商|见面|沟通|答复)率(?:达到?|为|均为)?(?:100%|百分之百)|满意率",
        r"共?(?:承办|办理|收到|答复)(?:人大)?(?:代表)?建议\d+件|主办(?:件)?\d+件",
        r"加强组织领导|完善(?:工作)?机制|主要做法|压实办理责任|规范办理程序",
        r"取得的?(?:主要)?(?:成效|成绩)|办理成效|工作成效|明显成效",
        r"存在的?(?:主要)?(?:问题|不足)",
        r"(?:下一步|下半年|今后)(?:的)?(?:工作)?(?:打算|计划|安排)|[一二三四五]、今后打算",
        r"总结如下|工作总结|情况总结|汇报如下|请予审议",
        r"政治站位|党建|主题党日|廉政|队伍(?:作风)?建设|作风建设|集中学习",
        r"目标任务|各项工作|决策部署|围绕中心|坚强领导|总基调|真抓实干",
        r"时间过半|任务过半|常抓不懈|稳步推进|持续好转|稳中求进|形势平稳|焕然一新",
        r"再上新台阶|走在全[市县区]前列|更大贡献|优化营商环境",
    )
)
_FEWEST_MARKS = 3


def summary(case: ReplyCase, letter: Letter, unanswered: int) -> Iterator[Objection]:
    """Marks of a work report, and at least half of the demands without an answer; two marks do where all are."""
    text, (start, end) = letter.text, letter.body
    found = [match for mark in _SUMMARY if (match := mark.search(text, start, end))]
    fewest = _FEWEST_MARKS - (1 < unanswered == len(case.demands))
    if len(found) < fewest or 2 * unanswered < len(case.demands):
        return
    first = min(found, key=lambda match: match.start())
    words = "、".join(f"“{match[0]}”" for match in sorted(found, key=lambda match: match.start())[:4])
    yield Objection(
        code="work_summary",
        severity="stop",
        explanation=f"正文像单位的工作总结（{words}等），没有回答代表的具体意见。",
        mend="删去总结性内容，对代表提出的每条意见写明办了什么、准备何时办、不能办的原因。",
        at=letter.span((first.start(), max(match.end() for match in found))),
    )
