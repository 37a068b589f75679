"""The only road into the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from unicodedata import category

from django.conf import settings
from django.db import connection, transaction

from bihuan.kernel import chain
from bihuan.kernel.chain import Json
from bihuan.ledger.models import Entry

# Any number that nobody else locks on: "台账" as two code points.
_LOCK = 0x53F0_8D26


def append_entry(
    *,
    kind: str,
    subject: str,
    actor: str,
    account: int | None,
    at: datetime,
    on: date,
    body: Mapping[str, Json],
) -> Entry:
    """Append one entry within the caller's transaction, so that it stands or falls with what it records.

    Writers queue from here until they commit (SQLite: the IMMEDIATE transaction; PostgreSQL: a lock), which
    keeps `seq` without gaps. Raises TransactionManagementError outside `transaction.atomic()`,
    NotCanonicalError for a body without a canonical form, ValueError for a label that is empty, too long
    or holds control characters.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "append_entry must be called inside transaction.atomic()."
        )
    for name, text in (("kind", kind), ("subject", subject), ("actor", actor)):
        _check_label(name, text)
    text = chain.canonical(dict(body))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = Entry.objects.order_by("-seq").values_list("seq", "digest").first()
    seq, previous = (last[0] + 1, last[1]) if last else (1, chain.GENESIS)
    algorithm: str = settings.BIHUAN_LEDGER_HASH
    sealed = chain.payload(
        algorithm=algorithm,
        seq=seq,
        previous=previous,
        at=chain.instant(at),
        on=chain.day(on),
        kind=kind,
        subject=subject,
        actor=actor,
        account=account,
        body=text,
    )
    entry = Entry(
        seq=seq,
        kind=kind,
        subject=subject,
        actor=actor,
        account=account,
        at=at,
        on=on,
        body=text,
        previous=previous,
        digest=chain.digest(sealed, algorithm=algorithm),
        algorithm=algorithm,
    )
    entry.save_base(force_insert=True)  # save() refuses everybody, us included
    return entry


def _check_label(name: str, text: str) -> None:
    """Length is checked here because SQLite does not; control characters because PostgreSQL refuses NUL."""
    longest = _LONGEST[name]
    if not 0 < len(text) <= longest:
        raise ValueError(f"台账的“{name}”应为1至{longest}个字，实为{len(text)}个。")
    if any(category(character) in ("Cc", "Cs") for character in text):
        raise ValueError(f"台账的“{name}”含有不可见的控制字符：{text!r}。")


_LONGEST = {"kind": 60, "subject": 60, "actor": 120}  # the model's max_length, tested to agree
