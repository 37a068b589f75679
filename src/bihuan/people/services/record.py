"""The two steps every service shares: ask whether the actor may, and write the one ledger entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone

from bihuan.kernel.chain import Json
from bihuan.ledger.append import append_entry
from bihuan.people.actors import Actor
from bihuan.people.duties import may
from bihuan.people.refusals import NotAllowed, ReasonMissing


def demand(actor: Actor, duty: str) -> str:
    """How the ledger names the actor, with the post that gives the right; NotAllowed without one."""
    verdict = may(actor, duty)
    if not verdict:
        raise NotAllowed(verdict.reason)
    return actor.stamp(verdict.post)


def demand_reason(reason: str) -> str:
    """The reason without outer blanks; what takes something away is never done without one."""
    if not reason.strip():
        raise ReasonMissing("还没有办理：请填写原因，原因会记入台账。")
    return reason.strip()


def record(
    *,
    kind: str,
    subject: str,
    stamp: str,
    actor: Actor,
    at: datetime,
    on: date | None = None,
    body: Mapping[str, Json],
) -> None:
    """Append one entry. `on` is the day it takes effect, the day of `at` where not said.

    Bodies never hold a mobile number, an address or a password: the ledger cannot forget.
    """
    append_entry(
        kind=f"people.{kind}",
        subject=subject,
        actor=stamp,
        account=actor.account,
        at=at,
        on=on or timezone.localdate(at),
        body=body,
    )
