"""Paging by position, walked over tables of people's posts (`until` may be empty, ties are common)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, models
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext, isolate_apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.ui.paging import Page, page


@pytest.fixture(scope="module")
def rows(django_db_setup: None, django_db_blocker: Any) -> Iterator[type[models.Model]]:
    """A table of its own, so that no app's rules stand in the way."""
    with isolate_apps("bihuan.ui"), django_db_blocker.unblock():

        class Paged(models.Model):
            due_on = models.DateField(null=True)
            rank = models.IntegerField(default=0)

            class Meta:
                app_label = "ui"

        with connection.schema_editor() as editor:
            editor.create_model(Paged)
        yield Paged
        with connection.schema_editor() as editor:
            editor.delete_model(Paged)


def fill(rows: type[models.Model], days: list[int | None]) -> None:
    rows._default_manager.all().delete()
    first = date(2024, 1, 1)
    rows._default_manager.bulk_create(
        rows(due_on=None if day is None else first + timedelta(days=day), rank=(day or 0) % 2) for day in days
    )


def read(rows: type[models.Model], query: str, *, keys: tuple[str, ...], **more: Any) -> Page[Any]:
    return page(rows._default_manager.all(), keys=keys, query=QueryDict(query.lstrip("?")), **more)


def walk(rows: type[models.Model], **how: Any) -> list[list[int]]:
    shown, url = [], ""
    while True:
        found = read(rows, url, **how)
        shown.append([row.pk for row in found.rows])
        if not found.next_url:
            return shown
        url = found.next_url


def walk_back(rows: type[models.Model], **how: Any) -> list[list[int]]:
    found = read(rows, "", **how)
    while found.next_url:
        found = read(rows, found.next_url, **how)
    shown = [[row.pk for row in found.rows]]
    while found.previous_url:
        found = read(rows, found.previous_url, **how)
        shown.append([row.pk for row in found.rows])
    return shown


def in_order(rows: type[models.Model], keys: tuple[str, ...], *, descending: bool) -> list[int]:
    def sort_key(row: Any) -> tuple[Any, ...]:
        return tuple(getattr(row, key) for key in keys if getattr(row, key) is not None)

    filled = [row for row in rows._default_manager.all() if getattr(row, keys[0]) is not None]
    empty = [row for row in rows._default_manager.all() if getattr(row, keys[0]) is None]
    return [row.pk for part in (filled, empty) for row in sorted(part, key=sort_key, reverse=descending)]


@pytest.mark.django_db
@pytest.mark.parametrize("keys", [("due_on", "id"), ("due_on", "rank", "id"), ("id",), ("rank", "id")])
@settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    days=st.lists(st.none() | st.integers(0, 4), max_size=14),
    size=st.integers(1, 4),
    descending=st.booleans(),
)
def test_walking_shows_every_row_once_in_order_with_empty_values_last(
    rows: type[models.Model], keys: tuple[str, ...], days: list[int | None], size: int, descending: bool
) -> None:
    fill(rows, days)
    how: dict[str, Any] = {"keys": keys, "size": size, "descending": descending}
    forwards = walk(rows, **how)
    assert [pk for shown in forwards for pk in shown] == in_order(rows, keys, descending=descending)
    assert all(len(shown) == size for shown in forwards[:-1])
    assert {pk for shown in walk_back(rows, **how) for pk in shown} == set(
        in_order(rows, keys, descending=False)
    )


@pytest.mark.django_db
def test_going_back_shows_the_same_pages(rows: type[models.Model]) -> None:
    fill(rows, [1, 1, 1, 2, None, None, 3])
    assert walk_back(rows, keys=("due_on", "id"), size=3)[0] == walk(rows, keys=("due_on", "id"), size=3)[-1]
    pages = [read(rows, "", keys=("due_on", "id"), size=3)]
    for _ in range(2):
        pages.append(read(rows, pages[-1].next_url, keys=("due_on", "id"), size=3))
    back = read(rows, pages[2].previous_url, keys=("due_on", "id"), size=3)
    assert back.rows == pages[1].rows
    assert read(rows, back.previous_url, keys=("due_on", "id"), size=3).rows == pages[0].rows


@pytest.mark.django_db
def test_rows_that_come_in_between_move_nothing(rows: type[models.Model]) -> None:
    fill(rows, [1, 2, 3, 4])
    first = read(rows, "", keys=("due_on", "id"), size=2)
    rows._default_manager.create(due_on=date(2023, 1, 1))
    second = read(rows, first.next_url, keys=("due_on", "id"), size=2)
    assert [row.due_on.day for row in second.rows] == [4, 5]


@pytest.mark.django_db
def test_a_page_whose_rows_have_gone_leads_back_to_the_beginning(rows: type[models.Model]) -> None:
    fill(rows, [1, 2, 3])
    first = read(rows, "light=late", keys=("due_on", "id"), size=2)
    rows._default_manager.filter(due_on__gte=date(2024, 1, 4)).delete()
    second = read(rows, first.next_url, keys=("due_on", "id"), size=2)
    assert (second.rows, second.next_url, second.previous_url) == ((), "", "?light=late")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "token", ["x", "WzFd", "W10", "WyJhIiwiYiJd", "bnVsbA", "WzEsbnVsbF0", "é", "W1tdLDFd"]
)
def test_a_position_that_cannot_be_read_gives_the_first_page(rows: type[models.Model], token: str) -> None:
    fill(rows, [1, 2, 3])
    assert read(rows, f"after={token}", keys=("due_on", "id"), size=2).rows == (
        read(rows, "", keys=("due_on", "id"), size=2).rows
    )


@pytest.mark.django_db
def test_the_filter_stays_in_the_address(rows: type[models.Model]) -> None:
    fill(rows, [1, 2, 3])
    found = read(rows, "light=late&sort=due_on&after=x", keys=("due_on", "id"), size=2)
    assert found.next_url.startswith("?light=late&sort=due_on&after=")
    assert found.next_url.count("after=") == 1


@pytest.mark.django_db
def test_no_page_needs_more_queries_than_there_are_keys_and_one(rows: type[models.Model]) -> None:
    fill(rows, [day % 5 for day in range(40)] + [None] * 10)
    url = ""
    for _ in range(16):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            found = read(rows, url, keys=("due_on", "id"), size=3)
        assert len(seen) <= 3
        url = found.next_url


@pytest.mark.django_db
def test_counting_stops_at_the_limit_and_says_so(
    rows: type[models.Model], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(rows, [1] * 6)
    monkeypatch.setattr("bihuan.ui.paging.COUNT_LIMIT", 6)
    exact = read(rows, "", keys=("id",), size=2, count=True)
    assert (exact.total, exact.total_is_floor) == (6, False)
    monkeypatch.setattr("bihuan.ui.paging.COUNT_LIMIT", 5)
    more = read(rows, "", keys=("id",), size=2, count=True)
    assert (more.total, more.total_is_floor) == (5, True)


@pytest.mark.django_db
def test_an_annotation_may_order_a_list(rows: type[models.Model]) -> None:
    fill(rows, [3, None, 1, 2])
    lists = rows._default_manager.annotate(turned=-models.F("rank"))
    first = page(lists, keys=("turned", "id"), query=QueryDict(""), size=2)
    second = page(lists, keys=("turned", "id"), query=QueryDict(first.next_url[1:]), size=2)
    assert [row.turned for row in (*first.rows, *second.rows)] == [-1, -1, 0, 0]
