from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from bihuan.matters.memory import history_of
from bihuan.matters.models import Link, Matter, Party, Promise
from bihuan.matters.opening import link_matters
from tests.matters.trial import County


@pytest.fixture
def county(db: None) -> County:
    return County()


def raised(county: County, year: int, *states: str) -> Matter:
    """The problem raised in a year, with promises that stand so."""
    matter = county.matter(opened_on=date(year, 3, 2), start=date(year, 3, 2), working_days="P5WD")
    party = Party.objects.get(matter=matter, part="lead")
    for state in states:
        Promise.objects.create(
            matter=matter, party=party, round=1, text="修好水闸", person="田野", state=state
        )
    return matter


def test_one_problem_is_followed_over_years_and_links_of_either_direction(county: County) -> None:
    first = raised(county, 2023, Promise.BROKEN)
    second = raised(county, 2024, Promise.KEPT, Promise.KEPT)
    third = raised(county, 2025, Promise.OPEN, Promise.KEPT)
    fourth = raised(county, 2026)
    other = raised(county, 2026, Promise.KEPT)
    link_matters([second, first], kind="follows")
    link_matters([second, third], kind="same_subject")
    link_matters([fourth, third], kind="follows")
    link_matters([fourth, other], kind="same_paper")
    history = history_of(first)
    assert list(history.asked) == [first, second, third, fourth]
    assert list(history.promised) == [first, second, third]
    assert list(history.done) == [second]
    assert history.counts == (4, 3, 1)
    assert (history.promises.count(), history.kept.count()) == (5, 3)
    assert history.sentence == "同一问题提出4次，作出承诺3次，全部兑现1次"


def test_a_promise_withdrawn_is_neither_owed_nor_kept(county: County) -> None:
    assert history_of(raised(county, 2025, Promise.WITHDRAWN)).counts == (1, 0, 0)


def test_what_may_not_be_seen_is_not_counted(county: County) -> None:
    seen, hidden = raised(county, 2024, Promise.KEPT), raised(county, 2025, Promise.OPEN)
    Link.objects.create(source=hidden, target=seen, kind="follows")
    assert history_of(seen, among=Matter.objects.exclude(pk=hidden.pk)).counts == (1, 1, 1)


def test_longer_histories_need_no_more_queries(
    county: County, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    years = [raised(county, year, Promise.OPEN) for year in range(2021, 2027)]
    for earlier, later in pairwise(years):
        link_matters([later, earlier], kind="follows")
    with django_assert_num_queries(4):  # type: ignore[operator]
        assert history_of(years[0]).counts == (6, 6, 0)
