"""What may not be raised as a suggestion, found in a draft while it is written: questions, never refusals.

Whether a suggestion is taken on is the standing committee's office's to say. The grounds are those the local
rules name (law files, suggestion.barred): personal affairs, forwarded letters, a pending case, tenders,
promotion of products, no content. That a form holds more than one matter is asked as well: one matter a form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDoubt:
    """One doubt about a draft: which ground, the words that raise it, and what to do."""

    ground: str
    words: str
    explanation: str


_PERSONAL = re.compile(
    r"(?:我家|我本人|我自己|本人(?:的)?(?:住房|工资|职称|待遇)|我(?:儿子|女儿|妻子|丈夫|父亲|母亲|亲戚))[^，。；]{0,20}"
)
_CASE = re.compile(
    r"(?:[〔（(]\d{4}[〕）)][^，。；]{1,12}\d+号|(?:一审|二审|再审|终审)(?:判决|裁定)?|(?:立案|侦查|审理|执行)中|判决(?:不公|有误))[^，。；]{0,12}"
)
_LETTER = re.compile(
    r"(?:现转(?:来|交)|代为?转(?:交|递|呈)|来信(?:如下|附后|原文)|上访(?:材料|信))[^，。；]{0,12}"
)
_TENDER = re.compile(r"(?:招标|投标|中标|评标)(?:结果|单位|文件|评分)?[^，。；]{0,14}")
_PROMOTION = re.compile(
    r"(?:我(?:公司|司|厂|店|们公司)|本(?:公司|厂|店))[^，。；]{0,24}(?:产品|项目|技术|服务|品牌)[^，。；]{0,10}|(?:推广使用|采购|选用)[^，。；]{0,8}(?:牌|公司)[^，。；]{0,8}"
)
_GROUNDS = (
    (
        "personal",
        _PERSONAL,
        "像是本人或者亲属的个人问题。个人问题不作为代表建议提出，可以通过信访或者有关单位办理。",
    ),
    ("case", _CASE, "像是正在办理的具体案件。具体案件不作为代表建议提出；可以就一类问题提出改进工作的建议。"),
    ("letters", _LETTER, "像是转交群众来信。请写出您自己的调查、分析和建议；来信可以转交信访部门。"),
    ("tender", _TENDER, "涉及招标投标。对具体招标投标的意见不作为代表建议提出，可以向主管部门反映。"),
    ("product", _PROMOTION, "像是推介产品、项目。推介性的内容不作为代表建议提出。"),
)
_SECOND_MATTER = re.compile(r"(?:另外|此外|还有一件事|另一件事|顺便)[，,、]?[^。；]{0,24}")
LEAST = 60  # characters of situation and demands together below which there is hardly a matter to handle


def doubts_of_draft(*, title: str, situation: str, demands: Sequence[str]) -> tuple[DraftDoubt, ...]:
    """What the office might object to, in the order of the text; nothing for an empty draft."""
    text = "\n".join([title, situation, *demands]).strip()
    return tuple(_doubts(text, situation, demands)) if text else ()


def _doubts(text: str, situation: str, demands: Sequence[str]) -> Iterator[DraftDoubt]:
    for ground, pattern, explanation in _GROUNDS:
        if found := pattern.search(text):
            yield DraftDoubt(ground=ground, words=found.group(), explanation=explanation)
    written = len(situation.strip()) + sum(len(demand.strip()) for demand in demands)
    if situation.strip() and any(demand.strip() for demand in demands) and written < LEAST:
        yield DraftDoubt(
            ground="empty",
            words="",
            explanation="内容较少：请写明在哪里、什么问题、影响多少人，以及希望由谁做什么。",
        )
    if found := _SECOND_MATTER.search(situation):
        yield DraftDoubt(
            ground="several",
            words=found.group(),
            explanation="像是又说起另一件事。一件建议只写一件事；另一件请另写一份，才能各自交办、各自答复。",
        )
