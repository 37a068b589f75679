"""The ledger's table; rows are written by `bihuan.ledger.append.append_entry` and by nothing else.

Three guards, each for those whom the one before does not stop: this model refuses in Python, triggers refuse
in the database (migration 0002), and the hash chain shows what was done behind both.
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class SealedError(Exception):
    """Somebody tried to change or delete an entry, or to write one past `append_entry`."""

    def __init__(self) -> None:
        super().__init__(
            "台账只能续写，不能修改、删除或另行插入：每条记录都是已经发生的事实。记错的，请另记一条更正。"
        )


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reading only."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise SealedError

    create = update = delete = bulk_create = bulk_update = _refuse
    get_or_create = update_or_create = _refuse


class Entry(models.Model):
    """One thing that happened. Append-only: database triggers refuse UPDATE and DELETE."""

    # 1, 2, 3 ... without a gap, always given by append_entry. An "auto" field only because SQLite then makes
    # it the rowid itself; with a rowid of its own beside it, INSERT OR REPLACE could aim at that and so
    # overwrite an old row past every trigger.
    seq = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=60)  # what happened: "act.opinion.hand_over", "people.post_granted"
    subject = models.CharField(max_length=60)  # what it happened to: "matter:SY-2026-0003", "account:12"
    actor = models.CharField(max_length=120)  # name, post and organ as they stood then; "系统" for the clock
    account = models.BigIntegerField(null=True)  # the account's id; no foreign key: the ledger outlives it
    at = models.DateTimeField()  # when it was recorded
    on = models.DateField()  # the day it took effect
    body = models.TextField()  # canonical JSON: see kernel/chain.py
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    algorithm = models.CharField(max_length=10)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-seq"], name="entry_by_subject"),
            models.Index(fields=["kind", "-seq"], name="entry_by_kind"),
            models.Index(fields=["actor", "-seq"], name="entry_by_actor"),
            models.Index(fields=["at"], name="entry_by_time"),
        ]

    def __str__(self) -> str:
        return f"第{self.seq}条 {self.kind} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise SealedError

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise SealedError
