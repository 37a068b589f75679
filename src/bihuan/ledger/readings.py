"""Reading the ledger leaves a trace in it; and the seal that is kept outside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bihuan.ledger.append import append_entry
from bihuan.ledger.checking import Check
from bihuan.ledger.export import Span
from bihuan.ledger.models import Entry
from bihuan.ledger.verify_ledger import Seal


def record_export(span: Span, *, actor: str, account: int | None, at: datetime) -> Entry:
    """That somebody took the entries of `span` out; appended before the first line leaves."""
    with transaction.atomic():
        return append_entry(
            kind="ledger.exported",
            subject="ledger",
            actor=actor,
            account=account,
            at=at,
            on=timezone.localdate(at),
            body={"first": span.first, "last": span.last},
        )


def record_verification(check: Check, *, actor: str, account: int | None, at: datetime) -> Entry:
    """That somebody had the ledger verified, with how it came out."""
    with transaction.atomic():
        return append_entry(
            kind="ledger.verified",
            subject="ledger",
            actor=actor,
            account=account,
            at=at,
            on=timezone.localdate(at),
            body={
                "last": check.last,
                "faults": len(check.faults),
                "seals": [list(seal) for seal in check.seals],
            },
        )


def newest_seal() -> Seal | None:
    """The newest entry's number and digest; None for an empty ledger."""
    newest = Entry.objects.order_by("-seq").values_list("seq", "digest").first()
    return Seal(*newest) if newest else None


def seal_lines(seal: Seal, *, at: datetime) -> Iterator[str]:
    """The seal as a slip of paper: the digest in groups of eight for reading aloud and typing in."""
    groups = [seal.digest[start : start + 8] for start in range(0, 64, 8)]
    local = timezone.localtime(at)
    yield "台账封存值"
    yield f"序号：{seal.seq}"
    yield f"摘要：{' '.join(groups[:4])}"
    yield f"　　　{' '.join(groups[4:])}"
    yield f"时间：{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
    yield "请打印两份，由审计管理员和档案人员签字后分别保管。以后核对时填写："
    yield f"{seal.seq}:{seal.digest}"
