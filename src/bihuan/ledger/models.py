"""The ledger's table; rows are written by `bihuan.ledger.append.append_entry` and by nothing else."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One thing that happened. Append-only: database triggers refuse UPDATE and DELETE."""

    seq = models.BigIntegerField(primary_key=True)  # 1, 2, 3 ... without a gap
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

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-seq"], name="entry_by_subject"),
            models.Index(fields=["at"], name="entry_by_time"),
        ]
