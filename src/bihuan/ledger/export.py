"""The ledger as lines of bytes: for export files, for the verifier and for the pages alike."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from django.db import connection

from bihuan.kernel import chain
from bihuan.ledger.models import Entry
from bihuan.ledger.verify_ledger import Head

CHUNK = 5000  # entries held in memory at a time

# The line is made inside the database: a million rows of Python objects would cost five times the hashing.
# It says the same as kernel.chain.payload in export_line (tests hold the two against each other) and adds a
# second opinion: what is verified is what the database says it keeps. SQLite keeps a moment as UTC text
# without ".000000"; labels hold no control characters, so every JSON quoting writes them alike.
_LINE = {
    "sqlite": """
        SELECT seq, cast(printf(
            '{"digest":"%%s","entry":["bihuan-1","%%s",%%d,"%%s","%%sZ","%%s",%%s,%%s,%%s,%%s,%%s]}
',
            digest, algorithm, seq, previous, replace(substr("at" || '.000000', 1, 26), ' ', 'T'), "on",
            json_quote(kind), json_quote(subject), json_quote(actor), coalesce(account, 'null'), body
        ) AS blob)""",
    "postgresql": """
        SELECT seq, convert_to(format(
            E'{"digest":"%%s","entry":["bihuan-1","%%s",%%s,"%%s","%%s","%%s",%%s,%%s,%%s,%%s,%%s]}\n',
            digest, algorithm, seq, previous,
            to_char("at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), to_char("on", 'YYYY-MM-DD'),
            to_json(kind::text), to_json(subject::text), to_json(actor::text), coalesce(account::text, 'null'),
            body
        ), 'UTF8')""",
}
_ROWS = " FROM ledger_entry WHERE seq > %s AND seq <= %s ORDER BY seq LIMIT %s"


class Span(NamedTuple):
    """Entries `first` to `last`, both counted; none where `last` is less than `first`."""

    first: int
    last: int


def whole(*, since: int = 1) -> Span:
    """The entries from `since` to the newest that now exists."""
    newest = Entry.objects.order_by("-seq").values_list("seq", flat=True).first()
    return Span(since, newest or 0)


def head_of(span: Span) -> Head:
    """What the first line of an export of `span` says: where it begins and ends, with the digests there.

    Where the entry before the span is gone, the first entry's own word for its digest has to do.
    """
    found = Entry.objects.filter(seq__in=[span.first - 1, span.first, span.last])
    rows = {
        seq: (digest, previous) for seq, digest, previous in found.values_list("seq", "digest", "previous")
    }
    if span.first - 1 in rows:
        before = rows[span.first - 1][0]
    else:
        before = rows[span.first][1] if span.first in rows and span.first > 1 else chain.GENESIS
    return Head(span.first, span.last, before, rows[span.last][0] if span.last in rows else before)


def head_line(head: Head) -> bytes:
    said = {
        "ledger": chain.FORMAT,
        "first": head.first,
        "last": head.last,
        "count": head.last - head.first + 1,
        "previous": head.previous,
        "digest": head.digest,
        "fields": list(chain.FIELDS),
    }
    return json.dumps(said).encode() + b"\n"


def entry_lines(span: Span) -> Iterator[bytes]:
    """One line an entry, built from the columns as they are stored now."""
    query = _LINE[connection.vendor] + _ROWS
    after = span.first - 1
    while True:
        with connection.cursor() as cursor:
            cursor.execute(query, [after, span.last, CHUNK])
            chunk = cursor.fetchall()
        for _, written in chunk:
            yield written
        if len(chunk) < CHUNK:
            return
        after = chunk[-1][0]


def export_lines(span: Span) -> Iterator[bytes]:
    """The whole file: the head line, then the entries."""
    yield head_line(head_of(span))
    yield from entry_lines(span)
