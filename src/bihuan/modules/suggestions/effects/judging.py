"""The deputies' judgement, which is their own, and what the office makes of it."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from bihuan.matters import clock
from bihuan.matters.doing import Doing, Done, Incomplete
from bihuan.matters.models import Promise
from bihuan.matters.opening import withdraw_party
from bihuan.modules.suggestions.effects.handling import the_party
from bihuan.modules.suggestions.models import Rating
from bihuan.modules.suggestions.texts import classes

GRADES = Rating.GRADES
REASONS = Rating.REASONS


def rate(doing: Doing) -> Done:
    """Attitude and result apart; who is dissatisfied says why."""
    given = doing.answers
    if "dissatisfied" in (given["attitude"], given["result"]) and not (
        given["reasons"] or given.get("words")
    ):
        raise Incomplete(
            "请选择或写明不满意在哪里：再次交办时，承办单位要据此改进（不会写明是哪位代表说的）。"
        )
    Rating.objects.create(
        matter=doing.matter,
        deputy=the_party(doing),
        round=doing.matter.round,
        attitude=given["attitude"],
        result=given["result"],
        reasons=list(given["reasons"]),
        words=given.get("words") or "",
        at=doing.at,
    )
    grades = dict(GRADES)
    lines = [("办理态度", grades[given["attitude"]]), ("办理结果", grades[given["result"]])]
    return Done(lines=lines)


def rate_outcome(doing: Doing) -> Done:
    """What was promised, looked at by whoever asked for it."""
    given = doing.answers
    Rating.objects.create(
        matter=doing.matter,
        deputy=the_party(doing),
        round=doing.matter.round,
        stage="outcome",
        attitude=given["result"],
        result=given["result"],
        words=given.get("words") or "",
        at=doing.at,
    )
    return Done(lines=[("落实情况", dict(GRADES)[given["result"]])])


def end_rating(doing: Doing) -> Done:
    """The term for judging is over: silence is no consent and leaves the denominator."""
    running = doing.matter.terms.filter(kind="feedback", met_on__isnull=True, dropped=False)
    last = running.order_by("-due_on").first()
    if last is not None and (last.due_on is None or last.due_on >= doing.on):
        raise Incomplete(f"评价期限还没有到{_until(last.due_on)}，不能登记逾期未评价。")
    silent = doing.matter.parties.filter(
        Q(part="mover") | Q(part="joint"), stage="asked", until__isnull=True
    ).count()
    clock.let_go(doing.matter, "feedback")
    return Done(record={"silent": silent}, lines=[("逾期未评价", f"{silent}人，不计入评价率的基数")])


def _until(day: date | None) -> str:
    return f"（{day.year}年{day.month}月{day.day}日）" if day else ""


def conclude(doing: Doing) -> Done:
    """Closed, followed or handed over again; what speaks against a way refuses it."""
    matter, way = doing.matter, doing.answers["way"]
    ratings = matter.ratings.filter(round=matter.round, stage="reply")
    dissatisfied = ratings.filter(Q(result="dissatisfied") | Q(attitude="dissatisfied")).count()
    if way != "again" and dissatisfied and matter.round == 1:
        raise Incomplete(
            f"有{dissatisfied}位代表不满意，第一次办理应当再次交办，由主要负责人领办并重新答复。"
        )
    if way == "close":
        _demand_nothing_left(doing)
    if way != "again" and "told" not in matter.flags:
        raise Incomplete("还没有公开答复，也没有决定不公开。请先办理“公开答复”或“不予公开”。")
    if way == "follow":
        _follow_promises(doing)
    # What the deputies said is not told here: the agencies read this record too.
    return Done(outcome=way)


def _follow_promises(doing: Doing) -> None:
    """Each agency's promises fall due with the last of them; the single ones stand in the promise ledger."""
    for party in doing.matter.parties.filter(part__in=("lead", "separate"), until__isnull=True):
        owed = party.promises.filter(state__in=(Promise.OPEN, Promise.STAGED), due_on__isnull=False)
        last = owed.order_by("-due_on").first()
        if last is not None and last.due_on is not None:
            clock.begin_fixed(
                doing.matter, "keep", party, day=last.due_on, wording=last.text, citation="答复中的承诺"
            )


def _demand_nothing_left(doing: Doing) -> None:
    """Satisfied is not implemented: what is still to be done is followed, not closed."""
    matter = doing.matter
    owed = matter.promises.filter(state__in=(Promise.OPEN, Promise.STAGED)).count()
    if owed:
        raise Incomplete(f"还不能办结：有{owed}项承诺没有兑现。请选择“跟踪落实”。")
    letter = matter.suggestion.result_class
    known = classes(matter).get(letter)
    if known is not None and known.is_promise:
        raise Incomplete(
            f"还不能办结：答复为{letter}类（正在解决或列入计划），事情还没有办成。请选择“跟踪落实”。"
        )


def release_deputy(doing: Doing) -> Done:
    """Whoever is no deputy any more is not asked any more."""
    party = the_party(doing)
    others = doing.matter.parties.filter(part__in=("mover", "joint"), until__isnull=True).exclude(pk=party.pk)
    if not others.exists():
        raise Incomplete(
            f"{party}是唯一可以评价的代表，不能这样登记。代表职务已终止的，评价期限过后登记“逾期未评价”。"
        )
    withdraw_party(party, until=doing.on)
    return Done(lines=[("代表", str(party))])
