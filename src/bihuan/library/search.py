"""Full-text search over everything, exact for Chinese, in the record's own transaction on both databases.

Text is matched by its bigrams, every pair of neighbouring characters: word segmentation loses matches, pairs
lose none. SQLite keeps them in a contentless FTS5 table, asked by phrase, so a hit is a substring exactly;
PostgreSQL computes them in an expression index and checks with LIKE. A single character has no pair and is
looked for with LIKE on both. Several words must all occur.

Matching folds what people do not mean to distinguish: full-width and half-width, capital and small letters,
traditional and simplified characters (著 and 着 too). What is stored and shown stays as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import Any

from django.db import connection, transaction
from django.db.models import BooleanField, CharField, F, Func, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from bihuan.library.models import SearchRow
from bihuan.people.models import Place

SNIPPET = 80  # characters shown around the first match
FIRST_BATCH, MOST_IN_BATCH = 64, 4096  # matches looked at in one step; SQLite takes 32,766 parameters
NO_ROW = 2**63 - 1  # greater than every id
MOST_WORDS = 10  # more words than this say nothing more and cost an index look-up each


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a title or snippet; `hit` marks the words looked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found. `after` continues the list behind it."""

    kind: str
    key: str
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    updated: datetime
    after: int


# --- Folding: one character to one character, so that offsets in folded text hold in the text as written.


@cache
def _folding() -> dict[int, int]:
    """Code point -> the code point it matches as.

    Built character by character, not by phrase: a phrase table would fold a word one way inside a text and
    another way alone, and the search would miss what is plainly there.
    """
    from opencc import OpenCC

    han = [chr(code) for first, end in ((0x3400, 0x4DC0), (0x4E00, 0xA000)) for code in range(first, end)]
    simplified = OpenCC("t2s").convert("\n".join(han)).split("\n")
    folding = {ord(old): ord(new) for old, new in zip(han, simplified, strict=True) if len(new) == 1}
    for code in (
        *range(0x80, 0x2E80),
        *range(0x3000, 0x3100),
        *range(0xF900, 0xFB00),
        *range(0xFF00, 0xFFF0),
    ):
        wide = unicodedata.normalize("NFKC", chr(code)).lower()
        if len(wide) == 1:
            folding[code] = folding.get(ord(wide), ord(wide))
    folding.update({code: code + 32 for code in range(ord("A"), ord("Z") + 1)})
    folding[ord("著")] = ord("着")  # t2s leaves 著力 where everyone writes 着力
    return {old: new for old, new in folding.items() if old != new}


def fold(text: str) -> str:
    """The text as matched; the same length, position for position."""
    return text.translate(_folding())


_SPACE = re.compile(r"\s+")
# Papers wrap lines inside words; between two CJK characters white space separates nothing.
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—]"
_BREAK = re.compile(rf"(?<={_WIDE})\s+(?={_WIDE})")


def unwrap(text: str) -> str:
    """The text on one line, words broken over lines joined again."""
    return _SPACE.sub(" ", _BREAK.sub("", text.replace("\0", ""))).strip()


# Between a character and a digit or letter it separates nothing either: some papers print 27 号, others 27号.
_APART = re.compile(rf"(?<={_WIDE})\s+|\s+(?={_WIDE})")


def run_together(text: str) -> str:
    """The text as it is searched: on one line, without the white space that sets digits apart from characters."""
    return _APART.sub("", unwrap(text))


def bigrams(text: str) -> list[str]:
    """Every pair of neighbouring characters, in order, repeats kept: one fewer than characters."""
    return [first + second for first, second in pairwise(text)]


@cache
def _code(character: str) -> str:
    """Four ASCII letters and digits for one character: what no tokenizer splits, folds or drops."""
    number, code = ord(character), ""
    for _ in range(4):
        number, digit = divmod(number, 36)
        code = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + code
    return code


def _tokens(folded: str) -> str:
    """The bigrams as FTS5 is given them; a bijection, so equal tokens are equal pairs."""
    codes = [_code(character) for character in folded]
    return " ".join([first + second for first, second in pairwise(codes)])


# --- Writing: in the transaction of the record itself, so that neither is ever without the other.


def index_text(*, kind: str, key: str, title: str, text: str, place: Place | None, at: datetime) -> None:
    """Make the record findable by `title` and `text` (instead of what was indexed for it before)."""
    title, text = unwrap(title), run_together(text)
    with transaction.atomic():
        remove(kind=kind, key=key)
        row = SearchRow.objects.create(
            kind=kind,
            key=key,
            title=title,
            text=text,
            folded=fold(f"{title}\n{text}"),
            place=place,
            updated=at,
        )
        if connection.vendor == "sqlite":
            _fts("INSERT INTO library_fts (rowid, bigrams) VALUES (%s, %s)", row.pk, row.folded)


def remove(*, kind: str, key: str) -> None:
    """Make the record unfindable; one that never was is fine."""
    with transaction.atomic():
        for row in (
            SearchRow.objects.select_for_update(no_key=True).filter(kind=kind, key=key).only("id", "folded")
        ):
            if connection.vendor == "sqlite":
                # A contentless table keeps no text: it must be told the very tokens it has to forget.
                _fts(
                    "INSERT INTO library_fts (library_fts, rowid, bigrams) VALUES ('delete', %s, %s)",
                    row.pk,
                    row.folded,
                )
            row.delete()


def rebuild() -> int:
    """Fold and index every record again, after a change of the folding; return how many."""
    with transaction.atomic():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO library_fts (library_fts) VALUES ('delete-all')")
        count = 0
        for row in SearchRow.objects.order_by("pk").iterator(chunk_size=200):
            row.folded = fold(f"{row.title}\n{row.text}")
            row.save(update_fields=["folded"])
            if connection.vendor == "sqlite":
                _fts("INSERT INTO library_fts (rowid, bigrams) VALUES (%s, %s)", row.pk, row.folded)
            count += 1
    return count


def _fts(sql: str, rowid: int, folded: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [rowid, _tokens(folded)])


# --- Asking.

# Kind -> None (all records of the kind) or `keys(queryset)` of the records open to the asker.
Allowed = Mapping[str, QuerySet[Any, Any] | None]


def keys(records: QuerySet[Any], field: str = "pk") -> QuerySet[Any, Any]:
    """The records' search keys, in the form `search` takes them in `allowed`."""
    found: QuerySet[Any, Any] = records.annotate(search_key=Cast(field, CharField())).values("search_key")
    return found


def search(
    words: str,
    *,
    allowed: Allowed,
    limit: int = 20,
    after: int | None = None,
) -> tuple[Hit, ...]:
    """Records that contain every one of `words` (separated by white space), newest first.

    `allowed` names the kinds the asker may see: None for all records of the kind, else `keys(queryset)` of
    those open to the asker. A kind not named is not searched. `after` is the last hit's `after`. No words, no
    hits.
    """
    wanted = _words(words)
    if not wanted or not allowed:
        return ()
    rows = SearchRow.objects.filter(_open(allowed)).order_by("-pk")
    if connection.vendor == "sqlite" and any(len(word) > 1 for word in wanted):
        found = _walk(rows, wanted, after=after, limit=limit)
    else:
        rows = rows.filter(*_conditions(wanted))
        found = list((rows if after is None else rows.filter(pk__lt=after))[:limit])
    return tuple(_hit(row, wanted) for row in found)


def matching(words: str, *, allowed: Allowed) -> QuerySet[SearchRow]:
    """The rows `search` finds, for lists that narrow their own records by words."""
    wanted = _words(words)
    if not wanted or not allowed:
        return SearchRow.objects.none()
    return SearchRow.objects.filter(_open(allowed), *_conditions(wanted))


def _walk(
    rows: QuerySet[SearchRow], wanted: Sequence[str], *, after: int | None, limit: int
) -> list[SearchRow]:
    """The newest `limit` of `rows` that match, on SQLite.

    FTS5 yields its newest matches first without finding the others; as a condition among others it would
    collect them all (313 ms for a word that 100,000 records contain). So its matches are
    taken in growing batches, until enough of them are open to the asker.
    """
    rows = rows.filter(*(Q(folded__contains=word) for word in wanted if len(word) == 1))
    found: list[SearchRow] = []
    batch, before = FIRST_BATCH, after or NO_ROW
    while len(found) < limit:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rowid FROM library_fts WHERE library_fts MATCH %s AND rowid < %s "
                "ORDER BY rowid DESC LIMIT %s",
                [_phrases(wanted), before, batch],
            )
            matches = [rowid for (rowid,) in cursor.fetchall()]
        found += rows.filter(pk__in=matches)[: limit - len(found)]
        if len(matches) < batch:
            break
        before, batch = matches[-1], min(batch * 4, MOST_IN_BATCH)
    return found


def _phrases(wanted: Sequence[str]) -> str:
    """The words of two characters and more as FTS5 is asked for them."""
    return " AND ".join(f'"{_tokens(word)}"' for word in wanted if len(word) > 1)


def _words(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(words.replace("\0", "")).split()))[:MOST_WORDS]


def _open(allowed: Allowed) -> Q:
    rule = Q(pk__in=[])
    for kind, records in allowed.items():
        rule |= Q(kind=kind) if records is None else Q(kind=kind, key__in=records)
    return rule


def _conditions(wanted: Sequence[str]) -> Iterable[Q]:
    """What a row must meet, by the database's own means."""
    single = [word for word in wanted if len(word) == 1]
    paired = [word for word in wanted if len(word) > 1]
    if paired and connection.vendor == "sqlite":
        asked = RawSQL("SELECT rowid FROM library_fts WHERE library_fts MATCH %s", [_phrases(paired)])
        yield Q(pk__in=asked)
    elif paired:
        pairs = sorted({pair for word in paired for pair in bigrams(word)})
        # An expression on F, not SQL by name: as a subquery the table goes by another name.
        yield Q(
            Func(
                F("folded"),
                Value(pairs),
                template="(library_bigrams(%(expressions)s))",
                arg_joiner=") @> (",
                output_field=BooleanField(),
            )
        )
        # Pairs may stand apart; only LIKE knows that they stand together.
        yield from (Q(folded__contains=word) for word in paired)
    yield from (Q(folded__contains=word) for word in single)


def _hit(row: SearchRow, wanted: Sequence[str]) -> Hit:
    return Hit(
        kind=row.kind,
        key=row.key,
        title=mark_words(row.title, wanted),
        snippet=_snippet(row, wanted),
        updated=row.updated,
        after=row.pk,
    )


def mark_words(text: str, wanted: Sequence[str]) -> tuple[Piece, ...]:
    """`text` cut into pieces at the (folded) words; overlapping matches make one piece."""
    folded, hit = fold(text), bytearray(len(text))
    for word in wanted:
        at = folded.find(word)
        while at >= 0:
            hit[at : at + len(word)] = b"\1" * len(word)
            at = folded.find(word, at + 1)
    edges = [0, *(i for i in range(1, len(text)) if hit[i] != hit[i - 1]), len(text)]
    return tuple(
        Piece(text=text[start:end], hit=bool(hit[start])) for start, end in pairwise(edges) if start < end
    )


def _snippet(row: SearchRow, wanted: Sequence[str]) -> tuple[Piece, ...]:
    """The stretch around the first match in the text, or its beginning if only the title matched."""
    text, before_text = row.text, len(row.title) + 1  # folded holds the title, a line break, the text
    places = (row.folded.find(word, before_text) for word in wanted)
    found = min((place - before_text for place in places if place >= 0), default=0)
    start = max(0, found - SNIPPET // 4)
    pieces = mark_words(text[start : start + SNIPPET], wanted)
    before = (Piece(text="…", hit=False),) if start else ()
    behind = (Piece(text="…", hit=False),) if start + SNIPPET < len(text) else ()
    return before + pieces + behind
