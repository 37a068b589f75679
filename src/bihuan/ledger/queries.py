"""Finding entries: by kind, subject, actor and period, each by an index."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from bihuan.ledger.models import Entry

_LAST_LETTER = "\U0010ffff"


def entries(
    *,
    kind: str = "",
    subject: str = "",
    actor: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Entry]:
    """Entries that fit everything given. `subject` may lack its sort ("SY-2026-0003" for "matter:SY-2026-0003");
    `actor` is how the name begins; the period is of recording and counts both days (Beijing time)."""
    found = Entry.objects.all()
    if kind:
        found = found.filter(kind=kind)
    if subject:
        found = found.filter(subject__in=[subject, f"matter:{subject}"])
    if actor:
        if connection.vendor == "sqlite":
            # A range, for no index serves its LIKE. PostgreSQL's order of letters is the language's: LIKE there.
            found = found.filter(actor__gte=actor, actor__lt=actor + _LAST_LETTER)
        else:
            found = found.filter(actor__startswith=actor)
    if since:
        found = found.filter(at__gte=_start(since))
    if until:
        found = found.filter(at__lt=_start(until + timedelta(days=1)))
    return found


def kinds() -> list[str]:
    """Every kind that occurs, one index step a kind: DISTINCT would read a million entries."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE step(kind) AS (
                SELECT min(kind) FROM ledger_entry
                UNION ALL
                SELECT (SELECT min(kind) FROM ledger_entry WHERE kind > step.kind)
                FROM step WHERE step.kind IS NOT NULL
            )
            SELECT kind FROM step WHERE kind IS NOT NULL"""
        )
        return [kind for (kind,) in cursor.fetchall()]


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
