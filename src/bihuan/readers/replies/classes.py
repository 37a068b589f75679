"""Class and text: solved may not speak of the future, not now may not tell of works done, and so on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.kernel.reply_classes import PROMISES, Outcome, ReplyClass
from bihuan.readers.replies.acts import Promise, act_of, promises
from bihuan.readers.replies.case import Objection, ReplyCase
from bihuan.readers.replies.demands import Answer
from bihuan.readers.replies.letter import Letter, Stretch

_PRINTED = re.compile(
    r"(?:类别|办理结果|答复类型)[：:为]?(?P<a>[A-F甲乙丙丁戊])类?|^[（(【]?(?P<b>[A-F甲乙丙丁戊])类?[）)】]?$"
)


def classes(case: ReplyCase, letter: Letter, found: tuple[Answer, ...]) -> Iterator[Objection]:
    """The printed class against the record's, and the class against what the text says."""
    recorded = case.reply_class
    printed = _printed(letter)
    if printed and printed[0] != recorded.letter:
        yield _apart(
            letter,
            printed[1],
            said=f"文上印的是“{printed[0]}”类，系统里登记的是“{recorded.letter}”类",
            mend="核对哪一个对，改成一致。",
        )
    ahead = promises(letter)
    yield from _future(letter, ahead, recorded) if recorded.is_done else _undated(letter, ahead)
    yield from _against_text(recorded, letter, found, ahead)


def _future(letter: Letter, ahead: list[Promise], recorded: ReplyClass) -> Iterator[Objection]:
    if not ahead:
        return
    at = letter.span(ahead[0].at)
    more = f"（另有{len(ahead) - 1}处）" if len(ahead) > 1 else ""
    yield Objection(
        code="solved_in_future",
        severity="stop",
        explanation=f"类别是“{recorded.name}”，正文却写着还没有做的事：“{at.quote}”{more}。答复了不等于解决了。",
        mend="办完后再定为这一类；没有办完的，改为正在办理或列入计划的类别，并写明时间。",
        at=at,
    )


def _undated(letter: Letter, ahead: list[Promise]) -> Iterator[Objection]:
    asked: set[Stretch] = set()
    for promise in ahead:
        if promise.timed or promise.sentence in asked:
            continue
        asked.add(promise.sentence)  # once a sentence is enough to ask
        at = letter.span(promise.at)
        yield Objection(
            code="promise_undated",
            severity="ask",
            explanation=f"“{at.quote}”是一项承诺，没有写明完成时间。",
            mend="写明何时完成；时间确实定不下来的，说明取决于什么。",
            at=at,
        )


def _against_text(
    recorded: ReplyClass, letter: Letter, found: tuple[Answer, ...], ahead: list[Promise]
) -> Iterator[Objection]:
    sentences = letter.sentences
    acts = [act_of(letter.text[slice(*sentence)]) for sentence in sentences]
    refused: list[Stretch] = [s for s, act in zip(sentences, acts, strict=True) if act == "refused"]
    told = [s for s, act in zip(sentences, acts, strict=True) if act == "done"]
    means, name = set(recorded.means), recorded.name
    if recorded.is_done and refused:
        yield _apart(
            letter,
            refused[0],
            said=f"类别是“{name}”，正文却说不能办：“{letter.text[slice(*refused[0])]}”",
            mend="类别改为暂时不能解决的一类，或者删去与事实不符的表述。",
        )
    answered = [answer for answer in found if answer.answered]
    if means <= PROMISES and refused and not ahead and _all_refused(answered, told, refused):
        yield _apart(
            letter,
            refused[0],
            said=f"类别是“{name}”，正文对各条意见的答复却都是不能办：“{letter.text[slice(*refused[0])]}”",
            mend="类别改为暂时不能解决的一类；确有计划的，写明做什么、何时做。",
        )
    if means == {Outcome.NOT_NOW} and not refused and told:
        yield _apart(
            letter,
            told[0],
            said=f"类别是“{name}”，正文说的却是已经办了的事：“{letter.text[slice(*told[0])]}”",
            mend="已经办成的改为已经解决的一类；没有办成的，写明为什么现在不能办。",
        )


def _all_refused(answered: list[Answer], told: list[Stretch], refused: list[Stretch]) -> bool:
    """Is every answer a refusal? Where no demand is known, do refusals outweigh what is told?"""
    if not answered:
        return len(refused) > len(told)
    return all("refused" in answer.acts for answer in answered)


def _apart(letter: Letter, at: Stretch, *, said: str, mend: str) -> Objection:
    return Objection(
        code="class_inconsistent",
        severity="stop",
        explanation=f"类别与正文不一致：{said}。",
        mend=mend,
        at=letter.span(at),
    )


def _printed(letter: Letter) -> tuple[str, Stretch] | None:
    """The class the letter itself prints in its head."""
    for start, end in letter.paragraphs[:3]:
        if end - start > 20:
            continue
        match = re.compile(_PRINTED.pattern).search(letter.text[start:end])
        if match:
            return match["a"] or match["b"], (start, end)
    return None
