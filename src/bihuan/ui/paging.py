"""Pages by position, not by number: page 1,000 costs what page 1 costs.

A page begins after (or ends before) the row it was reached from, so rows that come or go in between move
nothing. Empty values stand last in either direction. They are fetched as a part of their own, because no
index of SQLite serves `ORDER BY ... NULLS LAST`.

A list may be given as several ranges, each of them a range of an index. Both databases then merge them as they
go and stop with the page; asked for all in one condition (`seer IN (...)`) they would sort everything first.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet, FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import F, Field, Model, QuerySet, prefetch_related_objects
from django.http import QueryDict

Row = TypeVar("Row", covariant=True)

# Counting stops here: nobody reads further, and counting more rows would cost more than showing the page.
COUNT_LIMIT = 1_000


@dataclass(frozen=True)  # no slots: Python 3.11 then refuses Page[Something](...)
class Page(Generic[Row]):
    """Rows and the addresses ('?…', '' where there is none) of the pages beside them.

    `total` is None where it was not asked for; `total_is_floor` says that there are more.
    """

    rows: tuple[Row, ...]
    next_url: str
    previous_url: str
    total: int | None = None
    total_is_floor: bool = False


@dataclass(frozen=True, slots=True)
class _Order:
    """The order of a list: all keys run the same way, the last is unique, only the first may be empty. A thing
    stands in up to `copies` of the ranges."""

    keys: tuple[str, ...]
    descending: bool
    nullable: bool
    copies: int


Position = tuple[Any, ...]
Part = tuple[dict[str, Any], tuple[str, ...]]


def page(
    rows: QuerySet[Any] | Sequence[QuerySet[Any]],
    *,
    keys: Sequence[str],
    query: QueryDict,
    size: int = 50,
    descending: bool = False,
    count: bool = False,
    copies: int = 1,
) -> Page[Any]:
    """The page that `query` (the request's GET: `after` or `before`) asks for.

    `keys` are field paths or annotations; the last must be unique ('id'), only the first may hold NULL. A
    position that cannot be read (cut off, from another order) gives the first page. At most one query more
    than there are keys, and one for `count`, on every page.

    `rows` may be several ranges of one model's rows; a thing (by the last key) may stand in up to `copies` of
    them, with the same keys, and is shown once.
    """
    ranges = (rows,) if isinstance(rows, QuerySet) else tuple(rows)
    if not ranges:
        return Page(rows=(), next_url="", previous_url="", total=0 if count else None)
    model = ranges[0].model
    order = _Order(tuple(keys), descending, _may_be_empty(ranges[0], keys[0]), copies)
    before = _read(query.get("before"), model, order)
    after = None if before else _read(query.get("after"), model, order)
    found = _walk(ranges, order, after=before or after, backwards=before is not None, limit=size + 1)
    shown, more = found[:size], len(found) > size
    if before:
        shown.reverse()
    has_previous = more if before else after is not None
    has_next = before is not None if before else more
    total = _count(ranges, order) if count else None
    return Page(
        rows=tuple(shown),
        next_url=_url(query, "after", shown[-1], order) if shown and has_next else "",
        previous_url=_previous(query, shown, order) if has_previous else "",
        total=None if total is None else min(total, COUNT_LIMIT),
        total_is_floor=total is not None and total > COUNT_LIMIT,
    )


def _count(ranges: Sequence[QuerySet[Any]], order: _Order) -> int:
    """How many there are, up to one beyond the limit. Each thing stands in few enough ranges that so many
    rows, in no order, hold either all things or enough of them."""
    key = order.keys[-1]
    some = _together([each.order_by().values_list(key, flat=True) for each in ranges])
    some = some[: (COUNT_LIMIT + 1) * order.copies]
    if order.copies == 1:
        return some.count()
    try:
        sql, params = some.query.sql_with_params()
    except EmptyResultSet:  # nothing can meet the conditions
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(DISTINCT some.{key}) FROM ({sql}) some", params)  # noqa: S608  # Django's
        return int(cursor.fetchone()[0])


def _together(ranges: Sequence[QuerySet[Any]]) -> QuerySet[Any]:
    return ranges[0].union(*ranges[1:], all=True) if len(ranges) > 1 else ranges[0]


def _may_be_empty(queryset: QuerySet[Any], key: str) -> bool:
    """Whether a key can be NULL; what is no column (an annotation) is taken to be able to."""
    field = _field(queryset.model, key)
    return field is None or field.null or "__" in key


def _field(model: type[Model], key: str) -> Field[Any, Any] | None:
    field: Any = None
    for part in key.split("__"):
        if part == "pk":
            part = model._meta.pk.name
        try:
            field = model._meta.get_field(part)
        except FieldDoesNotExist:
            return None
        model = getattr(field, "related_model", None) or model
    return field if isinstance(field, Field) else None


def _walk(
    ranges: Sequence[QuerySet[Any]], order: _Order, *, after: Position | None, backwards: bool, limit: int
) -> list[Any]:
    """Up to `limit` rows beyond a position, part by part until there are enough."""
    prefetched = ranges[0]._prefetch_related_lookups  # type: ignore[attr-defined]  # once, for all parts
    ranges = [each.prefetch_related(None) for each in ranges]
    rows: list[Any] = []
    for condition, keys in _parts(order, after=after, backwards=backwards):
        if len(rows) < limit:
            columns = [F(key).desc() if order.descending != backwards else F(key).asc() for key in keys]
            found = _together([each.filter(**condition) for each in ranges]).order_by(*columns)
            found = found[: (limit - len(rows)) * order.copies]
            rows += list({_value(row, keys[-1]): row for row in found}.values())[: limit - len(rows)]
    prefetch_related_objects(rows, *prefetched)
    return rows


def _parts(order: _Order, *, after: Position | None, backwards: bool) -> Iterator[Part]:
    """The list beyond a position as consecutive parts (condition, keys still to order by).

    Beyond (x, y): first the rows tied on x with a key beyond y, then those beyond x, then those with an
    empty key. Each is one range of an index on the keys. The obvious (a, b) > (x, y) is not: SQLite searches
    by `a` alone and reads through the ties, 68 ms against 0.03 ms in a million rows that all tie.
    """
    keys, first = order.keys, order.keys[0]
    beyond = "lt" if order.descending != backwards else "gt"
    filled_part: Part = ({f"{first}__isnull": False} if order.nullable else {}, keys)
    empty_part: Part = ({f"{first}__isnull": True}, keys[1:])
    whole = (filled_part, empty_part) if order.nullable else (filled_part,)
    if after is None:
        yield from reversed(whole) if backwards else whole
        return
    from_empty = after[0] is None
    tied: list[dict[str, Any]] = [{f"{first}__isnull": True} if from_empty else {first: after[0]}]
    for key, value in zip(keys[1:-1], after[1:-1], strict=True):
        tied.append(tied[-1] | {key: value})
    for depth in range(len(keys) - 1, 0, -1):
        yield tied[depth - 1] | {f"{keys[depth]}__{beyond}": after[depth]}, keys[depth:]
    if not from_empty:
        yield {f"{first}__{beyond}": after[0]}, keys
    if order.nullable and from_empty == backwards:
        yield filled_part if from_empty else empty_part


def _value(row: Any, key: str) -> Any:
    for part in key.split("__"):
        row = row[part] if isinstance(row, dict) else getattr(row, part, None)
    return row


def _url(query: QueryDict, side: str, row: Any, order: _Order) -> str:
    kept = _without_position(query)
    position = json.dumps([_value(row, key) for key in order.keys], cls=DjangoJSONEncoder, ensure_ascii=False)
    kept[side] = base64.urlsafe_b64encode(position.encode()).decode().rstrip("=")
    return f"?{kept.urlencode()}"


def _previous(query: QueryDict, rows: list[Any], order: _Order) -> str:
    """Before the first row; a page whose rows have all gone leads back to the beginning."""
    return _url(query, "before", rows[0], order) if rows else f"?{_without_position(query).urlencode()}"


def _without_position(query: QueryDict) -> QueryDict:
    kept = query.copy()
    for side in ("after", "before"):
        kept.pop(side, None)
    return kept


def _read(token: str | None, model: type[Model], order: _Order) -> Position | None:
    """A position from an address, its values as the columns have them; None when it cannot be one."""
    if not token:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        if not isinstance(values, list) or len(values) != len(order.keys):
            return None
        position = tuple(_as_column(model, key, value) for key, value in zip(order.keys, values, strict=True))
    except (ValueError, TypeError, ValidationError):
        return None
    may_start = order.nullable or position[0] is not None
    return position if may_start and None not in position[1:] else None


def _as_column(model: type[Model], key: str, value: object) -> Any:
    field = _field(model, key)
    if field is None:
        if not isinstance(value, str | int | float | None):
            raise TypeError
        return value
    return field.to_python(value)
