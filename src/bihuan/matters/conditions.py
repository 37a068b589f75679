"""Which running terms an act can be about, and the refusal where there is none."""

from __future__ import annotations

from collections.abc import Callable

from bihuan.matters.access import Access
from bihuan.matters.models import Party, Promise, Term
from bihuan.matters.registry import Condition

TermTest = Callable[[Term], bool]


def any_term(term: Term) -> bool:
    return True


def dated(term: Term) -> bool:
    return term.due_on is not None and not term.paused


def undated(term: Term) -> bool:
    return term.due_on is None and not term.paused


def not_paused(term: Term) -> bool:
    return not term.paused


def paused(term: Term) -> bool:
    return term.paused


def duty(term: Term) -> bool:
    """A duty the paper sets beside the procedure's own steps."""
    return any(kind.code == term.kind and kind.many for kind in term.matter.procedure.terms)


def with_term(test: TermTest, why: str) -> Condition:
    """Open only where a running term (of the party, for a lane act) passes the test."""

    def condition(access: Access, party: Party | None) -> str:
        own = party.pk if party else None
        found = any(own in (None, term.party_id) and test(term) for term in access.running_terms)
        return "" if found else why

    return condition


def with_unsettled_promise(access: Access, party: Party | None) -> str:
    """Open only where something promised is still to be found out about."""
    unsettled = access.matter.promises.exclude(state__in=(Promise.KEPT, Promise.WITHDRAWN))
    return "" if unsettled.exists() else "没有需要回头看的承诺：都已完成或调整。"
