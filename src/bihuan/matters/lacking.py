"""What is still missing for an act that prepares others: whose desk it stands on learns what, and by when."""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.matters import clock
from bihuan.matters.effects import items_to_answer, label, unanswered
from bihuan.matters.models import Matter, Party, Promise
from bihuan.matters.registry import Lack

FEW = 4  # items named one by one; of more, the number says enough


def missing_answers(matter: Matter, party: Party | None) -> Lack | None:
    """Items without a result in this round: nothing leaves the agency before each has one."""
    missing = unanswered(matter, party=party)
    if not missing:
        return None
    asked = len(items_to_answer(matter))
    if len(missing) == asked:
        return Lack(what=f"{asked}项都没有处理结果")
    return Lack(what=f"{_named([label(item) for item in missing])}没有处理结果，共{asked}项")


def measures_to_tell(matter: Matter, party: Party | None) -> Lack | None:
    """Measures of which nothing has been told yet, and those to be told of again by a day of their own."""
    pending = Promise.objects.filter(matter=matter, party=party, round=matter.round)
    pending = pending.filter(state__in=(Promise.OPEN, Promise.STAGED))
    silent = [each for each in pending if not each.progress]
    again = [each for each in pending if each.progress and each.next_check_on]
    if not silent and not again:
        return None
    days = [day for each in (*silent, *again) if (day := each.next_check_on or each.due_on)]
    told = [f"{len(silent)}项措施没有填报过进展"] if silent else []
    told += [f"{len(again)}项分期推进的措施应更新进展"] if again else []
    return Lack(what="，".join(told), due_on=min(days, default=None))


def duties_to_do(matter: Matter, party: Party | None) -> Lack | None:
    """The duties the paper sets beside the steps of the procedure."""
    owed = clock.duties_owed(matter)
    if not owed:
        return None
    days = [term.due_on for term in owed if term.due_on and not term.paused]
    return Lack(what=f"没有履行：{_named([term.name for term in owed])}", due_on=min(days, default=None))


def _named(names: Sequence[str]) -> str:
    return "、".join(names[:FEW]) + (f"等{len(names)}项" if len(names) > FEW else "")
