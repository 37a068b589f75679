"""Reminders, priority follow-up, its vote in session, and money."""

from __future__ import annotations

from decimal import Decimal

from bihuan.matters.assessing import assess_counts
from bihuan.matters.doing import Doing, Done, Incomplete
from bihuan.matters.opening import add_party, withdraw_party
from bihuan.modules.suggestions.models import Grant, Suggestion


def choose_priority(doing: Doing) -> Done:
    """A leader of the council and a committee take it in hand (代表法 art. 52)."""
    person, council = doing.answers["leader"]
    supervisor = doing.answers["supervisor"]
    add_party(doing.matter, council, "sponsor", since=doing.on, person=person)
    add_party(doing.matter, supervisor, "supervisor", since=doing.on)
    Suggestion.objects.filter(matter=doing.matter).update(priority=True)
    return Done(
        record={"leader": person.name, "supervisor": supervisor.name},
        lines=[("领衔督办", person.name), ("督办委员会", str(supervisor))],
    )


def drop_priority(doing: Doing) -> Done:
    for party in doing.matter.parties.filter(part__in=("sponsor", "supervisor"), until__isnull=True):
        withdraw_party(party, until=doing.on)
    Suggestion.objects.filter(matter=doing.matter).update(priority=False)
    return Done()


def evaluate(doing: Doing) -> Done:
    """The vote of a session on a priority suggestion: counted and explained, beside the deputies' own."""
    result, conclusion = assess_counts(doing)
    return Done(
        record={"arithmetic": [result.arithmetic], "conclusion": conclusion, "basis": result.citation},
        lines=[("结果", conclusion), ("计算", result.arithmetic), ("依据", result.citation)],
    )


def grant(doing: Doing) -> Done:
    amount: Decimal = doing.answers["amount"]
    if amount <= 0:
        raise Incomplete("金额必须大于零。")
    organ = doing.answers["organ"]
    Grant.objects.create(
        matter=doing.matter, organ=organ, on=doing.on, amount=amount, purpose=doing.answers["purpose"]
    )
    return Done(
        record={"organ": organ.name, "amount": str(amount)},
        lines=[("拨给", str(organ)), ("金额", f"{amount:,.2f}元")],
    )
