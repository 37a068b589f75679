"""Sending what the notices say to those who are not looking: one digest a person and day.

By e-mail where the person has an address, else by SMS. What a gateway refuses stays unsent and is tried
again at the next tick; the system administrator sees why.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.module_loading import import_string

from bihuan.matters.digest import Summary, summarise, unsent_notices
from bihuan.matters.models import Digest
from bihuan.people.models import Person, Post

# A clock that died while sending leaves its claim behind; after this long another may take it over.
CLAIM_LASTS = timedelta(minutes=15)
GIVE_UP_AFTER = 3  # failures in a row on one channel: the server is down, the rest waits for the next tick


class SmsGateway(Protocol):
    """Where short messages go; a site names its own by dotted path in BIHUAN_SMS."""

    def send(self, *, to: str, text: str) -> None:
        """Hand one message over, or raise anything: it then counts as not sent, the text of the error is
        shown to the system administrator."""


class SmsToFiles:
    """Writes every message into a file of its own: for sites without a gateway, and for trying out."""

    def send(self, *, to: str, text: str) -> None:
        folder = Path(settings.BIHUAN_SMS_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        # Numbers are personal data: readable by the owner alone.
        made = os.open(folder / f"{uuid4().hex}.txt", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(made, "w", encoding="utf-8") as file:
            file.write(f"{to}\n{text}\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """How many digests went out, and how many did not."""

    sent: int
    failed: int


def deliver(*, on: date, at: datetime) -> Delivered:
    """Send the day's digest to everybody who has something new and an address or a telephone.

    Repeating sends nothing twice; two rounds at once share the work. No transaction is open while a gateway
    is being talked to.
    """
    sent = failed = 0
    in_a_row = {Digest.EMAIL: 0, Digest.SMS: 0}
    for person in _waiting(on=on).iterator(chunk_size=200):
        channel = Digest.EMAIL if person.email else Digest.SMS
        if in_a_row[channel] >= GIVE_UP_AFTER:
            failed += 1
            continue
        digest = _claim(person, channel, on=on, at=at)
        summary = summarise(person, on=on) if digest else None
        if digest is None or summary is None:
            continue
        failure = _send(summary, channel)
        _settle(digest, summary, failure=failure, at=at)
        in_a_row[channel] = in_a_row[channel] + 1 if failure else 0
        sent, failed = (sent, failed + 1) if failure else (sent + 1, failed)
    return Delivered(sent=sent, failed=failed)


def failed_digests() -> QuerySet[Digest]:
    """The digests whose last try failed, newest first: the system administrator's page."""
    failed = Digest.objects.filter(sent_at__isnull=True).exclude(failure="")
    return failed.select_related("person").order_by("-on", "-id")


def _waiting(*, on: date) -> QuerySet[Person]:
    """Who holds a post, can be reached, has something unsent and no digest sent today."""
    has_post = Post.objects.on(on).filter(person=OuterRef("pk"))
    has_news = unsent_notices().filter(person=OuterRef("pk"))
    told = Digest.objects.filter(person=OuterRef("pk"), on=on, sent_at__isnull=False)
    reachable = ~Q(email="") | ~Q(mobile="")
    return Person.objects.filter(reachable, Exists(has_news), Exists(has_post), ~Exists(told)).order_by("pk")


def _claim(person: Person, channel: str, *, on: date, at: datetime) -> Digest | None:
    """The person's digest of the day, ours to send; None where it is sent, or another round is at it."""
    digest, _ = Digest.objects.get_or_create(person=person, on=on, defaults={"channel": channel})
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lte=at - CLAIM_LASTS)
    mine = Digest.objects.filter(free, pk=digest.pk, sent_at__isnull=True)
    return digest if mine.update(claimed_at=at, channel=channel, tries=F("tries") + 1) else None


def _send(summary: Summary, channel: str) -> str:
    """Hand the digest to its gateway; the reason why not, or ''."""
    person = summary.person
    try:
        if channel == Digest.EMAIL:
            EmailMessage(subject=summary.subject, body=summary.in_full(), to=[person.email]).send()
        else:
            gateway: SmsGateway = import_string(settings.BIHUAN_SMS)()
            gateway.send(to=person.mobile, text=summary.in_brief())
    except Exception as error:  # somebody else's code raises what it likes; the others must get theirs
        return f"{type(error).__name__}：{error}"[:300]
    return ""


@transaction.atomic
def _settle(digest: Digest, summary: Summary, *, failure: str, at: datetime) -> None:
    """Write down what became of it, and that the lines it reported have reached the person."""
    Digest.objects.filter(pk=digest.pk).update(
        claimed_at=None, sent_at=None if failure else at, failure=failure
    )
    if not failure:
        unsent_notices().filter(person=summary.person, pk__lte=summary.upto).update(sent_at=at)
