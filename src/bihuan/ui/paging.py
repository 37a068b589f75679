"""Pages by position, not by number: page 1,000 costs what page 1 costs.

A page begins after (or ends before) the row it was reached from, so rows that come or go in between move
nothing. Empty values stand last in either direction. They are fetched as a part of their own, because no
index of SQLite serves `ORDER BY ... NULLS LAST`.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Field, Model, QuerySet, prefetch_related_objects
from django.http import QueryDict

Row = TypeVar("Row", covariant=True)

# Counting stops here: nobody reads further, and counting a million rows would cost more than showing them.
COUNT_LIMIT = 10_000


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
    """The order of a list: all keys run the same way, the last is unique, only the first may be empty."""

    keys: tuple[str, ...]
    descending: bool
    nullable: bool


Position = tuple[Any, ...]
Part = tuple[dict[str, Any], tuple[str, ...]]


def page(
    queryset: QuerySet[Any],
    *,
    keys: Sequence[str],
    query: QueryDict,
    size: int = 50,
    descending: bool = False,
    count: bool | QuerySet[Any] = False,
) -> Page[Any]:
    """The page that `query` (the request's GET: `after` or `before`) asks for.

    `keys` are field paths or annotations; the last must be unique ('id'), only the first may hold NULL. A
    position that cannot be read (cut off, from another order) gives the first page. At most one query more
    than there are keys, and one for `count`, on every page. `count` may be the same rows asked for otherwise,
    where what is quick to walk in order is slow to count.
    """
    order = _Order(tuple(keys), descending, _may_be_empty(queryset, keys[0]))
    before = _read(query.get("before"), queryset, order)
    after = None if before else _read(query.get("after"), queryset, order)
    found = _walk(queryset, order, after=before or after, backwards=before is not None, limit=size + 1)
    rows, more = found[:size], len(found) > size
    if before:
        rows.reverse()
    has_previous = more if before else after is not None
    has_next = before is not None if before else more
    counted = count if isinstance(count, QuerySet) else queryset if count else None
    total = None if counted is None else counted.order_by()[: COUNT_LIMIT + 1].count()
    return Page(
        rows=tuple(rows),
        next_url=_url(query, "after", rows[-1], order) if rows and has_next else "",
        previous_url=_previous(query, rows, order) if has_previous else "",
        total=None if total is None else min(total, COUNT_LIMIT),
        total_is_floor=total is not None and total > COUNT_LIMIT,
    )


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
    queryset: QuerySet[Any], order: _Order, *, after: Position | None, backwards: bool, limit: int
) -> list[Any]:
    """Up to `limit` rows beyond a position, part by part until there are enough."""
    prefetched = queryset._prefetch_related_lookups  # type: ignore[attr-defined]  # once, for all parts
    queryset = queryset.prefetch_related(None)
    rows: list[Any] = []
    for condition, keys in _parts(order, after=after, backwards=backwards):
        if len(rows) < limit:
            columns = (F(key).desc() if order.descending != backwards else F(key).asc() for key in keys)
            rows += queryset.filter(**condition).order_by(*columns)[: limit - len(rows)]
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


def _read(token: str | None, queryset: QuerySet[Any], order: _Order) -> Position | None:
    """A position from an address, its values as the columns have them; None when it cannot be one."""
    if not token:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        if not isinstance(values, list) or len(values) != len(order.keys):
            return None
        position = tuple(
            _as_column(queryset.model, key, value) for key, value in zip(order.keys, values, strict=True)
        )
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
