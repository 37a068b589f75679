"""The child process of the reliability tests: does one kind of work over and over until it is killed.

    python -m tests.reliability.work tests.reliability.work:append_one NAME [COUNT]

The worked function takes a label (its own worker's name and a running number) and returns the number of the
ledger entry it wrote. That number is printed, as one line, only after the transaction has committed: a printed
number is an acknowledged entry, which must never be lost.
"""

from __future__ import annotations

import importlib
import itertools
import sys
from collections.abc import Callable
from datetime import UTC, datetime

Work = Callable[[str], int]


def append_one(label: str) -> int:
    """The smallest work there is: one entry."""
    from django.db import transaction

    from bihuan.ledger.append import append_entry

    at = datetime.now(UTC)
    with transaction.atomic():
        return append_entry(
            kind="act.note",
            subject="x",
            actor="系统",
            account=None,
            at=at,
            on=at.date(),
            body={"label": label},
        ).seq


def main(named: str, worker: str, count: str = "0") -> None:
    import django

    django.setup()
    module, _, function = named.partition(":")
    work: Work = getattr(importlib.import_module(module), function)
    for number in range(int(count)) if int(count) else itertools.count():
        print(work(f"{worker}-{number}"), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
