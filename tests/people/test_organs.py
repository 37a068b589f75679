"""Organs: their names over time, and from a name in a paper back to the organ."""

from __future__ import annotations

from datetime import date

import pytest

from bihuan.ledger.models import Entry
from bihuan.people import refusals, services
from bihuan.people.actors import SYSTEM
from bihuan.people.models import Place
from bihuan.people.naming import resolve_organ
from bihuan.people.queries import posts_of

from .days import AT, TODAY

EVERYDAY = [
    ("临溪县财政局", "exact", "treasury"),
    ("临溪县 财政局", "exact", "treasury"),
    ("县财政局", "alias", "treasury"),
    ("财政局", "alias", "treasury"),
    ("本县财政局", "alias", "treasury"),
    ("县人民政府", "alias", "government"),
    ("临溪县政府", "alias", "government"),
    ("县政府办公室", "alias", "government_office"),
    ("县人大常委会", "alias", "standing_committee"),
    ("县人民代表大会常务委员会", "alias", "standing_committee"),
    ("财政经济工作委员会", "alias", "finance"),
    ("县人大常委会财政经济工委", "alias", "finance"),
    ("财经工委", "alias", "finance"),
    ("交通局", "alias", "transport"),
    ("县人民法院", "alias", "court"),
    ("法院", "alias", "court"),
]


@pytest.mark.parametrize(("name", "kind", "code"), EVERYDAY)
def test_everyday_name_means_its_organ(cast, name, kind, code):
    match = resolve_organ(name, place=cast.place, on=TODAY)
    assert (match.kind, match.organ) == (kind, cast.organs[code])


def test_name_of_two_organs_is_not_guessed(cast):
    match = resolve_organ("办公室", place=cast.place, on=TODAY)
    assert (match.kind, match.organ) == ("several", None)
    assert set(match.candidates) == {cast.organs["office"], cast.organs["government_office"]}


def test_committee_of_the_congress_is_not_the_working_committee(cast):
    match = resolve_organ("财政经济委员会", place=cast.place, on=TODAY)
    assert (match.kind, match.organ, match.candidates) == ("unknown", None, (cast.organs["finance"],))


def test_another_places_organ_is_unknown(cast):
    assert resolve_organ("连州市财政局", place=cast.place, on=TODAY).kind == "unknown"


@pytest.mark.parametrize("code", ["treasury", "office", "land", "council", "qingshi_delegation"])
def test_own_official_name_is_exact(cast, code):
    organ = cast.organs[code]
    match = resolve_organ(organ.name, place=cast.place, on=TODAY)
    assert (match.kind, match.organ) == ("exact", organ)


@pytest.mark.django_db
def test_city_prefix_is_dropped_only_where_it_is_one():
    place = Place.objects.create(code="y", name="某市")
    for name in ("某市市场监督管理局", "某市财政局"):
        services.add_organ(place=place, name=name, kind="bureau", since=date(2019, 1, 1), actor=SYSTEM, at=AT)
    for name, meant in [
        ("市场监督管理局", "某市市场监督管理局"),
        ("市市场监督管理局", "某市市场监督管理局"),
        ("市财政局", "某市财政局"),
    ]:
        match = resolve_organ(name, place=place, on=TODAY)
        assert match.organ is not None
        assert match.organ.name == meant


def test_former_name_was_exact_in_its_day_and_is_an_alias_now(cast):
    for day, kind in [(date(2019, 3, 19), "exact"), (date(2019, 3, 20), "alias")]:
        match = resolve_organ("临溪县国土资源局", place=cast.place, on=day)
        assert (match.kind, match.organ) == (kind, cast.organs["land"])


def test_name_on_a_day_is_the_one_papers_printed(cast):
    land = cast.organs["land"]
    assert [land.name_on(day) for day in (date(2019, 3, 19), date(2019, 3, 20))] == [
        "临溪县国土资源局",
        "临溪县自然资源局",
    ]


def test_renaming_twice_keeps_both_former_names_with_their_days(cast, sysadmin):
    land = services.rename_organ(
        organ=cast.organs["land"], name="临溪县资源局", since=date(2024, 1, 1), actor=sysadmin, at=AT
    )
    former = land.aliases.filter(until__isnull=False).order_by("since")
    assert [(alias.name, alias.since, alias.until) for alias in former] == [
        ("临溪县国土资源局", date(2004, 1, 1), date(2019, 3, 19)),
        ("临溪县自然资源局", date(2019, 3, 20), date(2023, 12, 31)),
    ]


def test_new_name_begins_after_the_old_one_began(cast, sysadmin):
    with pytest.raises(refusals.WrongDates):
        services.rename_organ(
            organ=cast.organs["land"], name="临溪县资源局", since=date(2019, 3, 20), actor=sysadmin, at=AT
        )


def test_name_or_alias_of_another_organ_is_taken(cast, sysadmin):
    for name in ("临溪县水利局", "县交通局"):
        with pytest.raises(refusals.NameTaken):
            services.rename_organ(organ=cast.organs["land"], name=name, since=TODAY, actor=sysadmin, at=AT)
    with pytest.raises(refusals.NameTaken):
        services.add_alias(organ=cast.organs["land"], name="临溪县水利局", reason="试", actor=sysadmin, at=AT)


def test_accepted_alias_is_recognised_from_then_on(cast, sysadmin):
    assert resolve_organ("水务局", place=cast.place, on=TODAY).kind == "unknown"
    services.add_alias(organ=cast.organs["water"], name="水务局", reason="旧称", actor=sysadmin, at=AT)
    match = resolve_organ("水务局", place=cast.place, on=TODAY)
    assert (match.kind, match.organ) == ("alias", cast.organs["water"])


def test_same_alias_again_changes_and_records_nothing(cast, sysadmin):
    before = Entry.objects.count()
    services.add_alias(organ=cast.organs["transport"], name="县交通局", reason="常用", actor=sysadmin, at=AT)
    assert Entry.objects.count() == before


def test_merged_organs_name_means_the_successor_afterwards(cast, sysadmin):
    education, civil = cast.organs["education"], cast.organs["civil_affairs"]
    services.merge_organs(organs=[education], into=civil, since=TODAY, actor=sysadmin, at=AT)
    before, after = (
        resolve_organ("临溪县教育局", place=cast.place, on=day) for day in (date(2024, 3, 3), TODAY)
    )
    assert (before.kind, before.organ) == ("exact", education)
    assert (after.kind, after.organ) == ("alias", civil)


def test_organ_where_people_still_hold_posts_is_not_merged(cast, sysadmin):
    with pytest.raises(refusals.OrganHasPosts):
        services.merge_organs(
            organs=[cast.organs["water"]], into=cast.organs["land"], since=TODAY, actor=sysadmin, at=AT
        )


def test_organ_is_not_merged_into_itself_or_an_ended_one(cast, sysadmin):
    education, civil = cast.organs["education"], cast.organs["civil_affairs"]
    with pytest.raises(refusals.AlreadyEnded):
        services.merge_organs(organs=[civil], into=civil, since=TODAY, actor=sysadmin, at=AT)
    services.merge_organs(organs=[education], into=civil, since=TODAY, actor=sysadmin, at=AT)
    education.refresh_from_db()
    with pytest.raises(refusals.AlreadyEnded):
        services.merge_organs(organs=[civil], into=education, since=TODAY, actor=sysadmin, at=AT)


def test_resolving_takes_two_queries_however_many_organs(cast, django_assert_num_queries):
    with django_assert_num_queries(2):
        resolve_organ("县财政局", place=cast.place, on=TODAY)


def test_post_holder_of_a_renamed_organ_stays_in_it(cast, sysadmin):
    services.rename_organ(organ=cast.organs["water"], name="临溪县水务局", since=TODAY, actor=sysadmin, at=AT)
    assert posts_of(person=cast.person("tianye"), on=TODAY).get().organ.name == "临溪县水务局"
