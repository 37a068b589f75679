"""Posts: held from day to day, never twice at once, administrators' apart from all others."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bihuan.ledger.models import Entry
from bihuan.people import refusals, services
from bihuan.people.actors import Actor
from bihuan.people.models import ADMINISTRATOR_ROLES, Organ, Person, Post
from bihuan.people.queries import holders, posts_of, who_was

from .days import AT, TODAY

DAY = timedelta(days=1)


def test_who_was_director_depends_on_the_day(cast):
    forestry = cast.organs["forestry"]
    old, new = cast.person("liangbo"), cast.person("zengqinghai")
    assert who_was(organ=forestry, title="局长", on=date(2023, 2, 28)) == (old,)
    assert who_was(organ=forestry, title="局长", on=date(2023, 3, 1)) == (new,)
    assert who_was(organ=forestry, role="chief", on=date(2021, 11, 30)) == ()


def test_who_was_needs_a_title_or_a_role(cast):
    with pytest.raises(ValueError):
        who_was(organ=cast.organs["forestry"], on=TODAY)


def test_holders_are_those_of_the_role_in_the_organ_on_the_day(cast):
    held = holders(organ=cast.organs["council"], role="chairperson", on=TODAY)
    assert [post.person.name for post in held] == ["沈建国", "陆雅琴"]


def test_one_person_may_hold_two_posts(cast):
    held = posts_of(person=cast.person("zhouwentao"), on=TODAY)
    assert [(post.organ.short_name, post.role) for post in held] == [
        ("常委会办公室", "director"),
        ("县人大常委会", "member"),
    ]


def test_actor_holds_the_posts_of_the_day(cast):
    before, after = (cast.actor("liangbo", on=day) for day in (date(2023, 2, 28), date(2023, 3, 1)))
    assert [post.organ_name for post in before.posts] == ["县林业局"]
    assert [post.organ_name for post in after.posts] == ["县政府办"]


@pytest.fixture
def grant(cast, secadmin):
    def give(username="zhangmin", organ="water", role="clerk", since=TODAY, until=None, title="科员"):
        return services.grant_post(
            person=cast.person(username),
            organ=cast.organs[organ],
            role=role,
            title=title,
            since=since,
            until=until,
            actor=secadmin,
            at=AT,
        )

    return give


@pytest.fixture
def end(secadmin):
    def leave(post, until=TODAY, reason="调动"):
        return services.end_post(post=post, until=until, reason=reason, actor=secadmin, at=AT)

    return leave


def test_the_same_post_may_follow_on_the_next_day_but_not_overlap(grant):
    grant(until=TODAY)
    with pytest.raises(refusals.PostsOverlap):
        grant(since=TODAY)
    assert grant(since=TODAY + DAY).since == TODAY + DAY


@pytest.mark.parametrize("role", ADMINISTRATOR_ROLES)
def test_administrators_post_is_refused_to_whoever_holds_another(grant, role):
    with pytest.raises(refusals.AdministratorsApart):
        grant("zhangmin", "office", role)


@pytest.mark.parametrize("role", ["staff", "deputy", "sysadmin", "auditor"])
def test_any_other_post_is_refused_to_an_administrator(grant, role):
    with pytest.raises(refusals.AdministratorsApart):
        grant("anquan", "office", role)


def test_administrators_post_may_follow_when_all_others_have_ended(cast, grant, end):
    end(posts_of(person=cast.person("zhangmin"), on=TODAY).get())
    assert grant("zhangmin", "office", "auditor", since=TODAY + DAY).role == "auditor"


def test_last_administrator_leaves_only_after_the_successor_came(cast, grant, end, secadmin):
    own = posts_of(person=cast.person("shenji"), on=TODAY).get()
    with pytest.raises(refusals.LastAdministrator):
        end(own)
    end(posts_of(person=cast.person("xuting"), on=TODAY).get())
    grant("xuting", "office", "auditor", since=TODAY + DAY)
    assert end(own).until == TODAY


def test_post_ends_once(grant, end):
    post = grant()
    end(post)
    with pytest.raises(refusals.AlreadyEnded):
        end(post)


def test_post_does_not_end_before_it_began(grant, end):
    with pytest.raises(refusals.WrongDates):
        end(grant(), until=TODAY - DAY)


def test_post_outside_the_organs_life_is_refused(grant):
    with pytest.raises(refusals.WrongDates):
        grant(since=date(2003, 12, 31))


def test_dates_out_of_order_are_refused(grant):
    with pytest.raises(refusals.WrongDates):
        grant(until=TODAY - DAY)


def test_role_outside_the_table_is_refused(grant):
    with pytest.raises(refusals.UnknownRole):
        grant(role="king")


def test_ending_a_post_needs_a_reason(grant, end):
    with pytest.raises(refusals.ReasonMissing):
        end(grant(), reason="  ")


def test_a_refused_grant_leaves_no_entry(grant):
    before = Entry.objects.count()
    with pytest.raises(refusals.UnknownRole):
        grant(role="king")
    assert Entry.objects.count() == before


def test_grant_is_recorded_with_the_actors_post_as_it_stood(grant):
    grant()
    last = Entry.objects.latest("seq")
    assert (last.kind, last.actor, last.on) == (
        "people.post_granted",
        "纪晓云（常委会办公室安全管理员）",
        TODAY,
    )


# The database stands guard where the service was gone round.


def test_database_refuses_an_administrator_with_another_post(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(
            person=cast.person("anquan"), organ=cast.organs["water"], role="clerk", since=TODAY
        )


def test_database_refuses_to_turn_a_post_into_an_administrators(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(person=cast.person("zhouwentao"), role="member").update(role="secadmin")


def test_database_refuses_to_lengthen_a_post_over_another(cast):
    person, organ = cast.person("zhangmin"), cast.organs["water"]
    first = Post.objects.create(person=person, organ=organ, role="clerk", since=TODAY, until=TODAY)
    Post.objects.create(person=person, organ=organ, role="clerk", since=TODAY + DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=first.pk).update(until=TODAY + 2 * DAY)


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["grant", "end", "write"]),
        st.integers(0, 1),  # person
        st.integers(0, 1),  # organ
        st.sampled_from(["staff", "clerk", *ADMINISTRATOR_ROLES]),
        st.integers(0, 9),  # first day
        st.one_of(st.none(), st.integers(0, 9)),  # last day
    ),
    max_size=14,
)


class NoHistoryBreaksTheRules(TestCase):
    """Whatever is granted, ended, or written past the services."""

    @settings(max_examples=60, derandomize=True, deadline=None)
    @given(steps=_STEPS)
    def test_no_two_administrator_roles_and_no_identical_overlap(self, steps):
        secadmin = _a_secadmin()
        people = [Person.objects.create(name=name) for name in "甲乙"]
        organs = list(Organ.objects.all())[:2]
        for what, person, organ, role, first, last in steps:
            since = TODAY + first * DAY
            until = None if last is None else TODAY + last * DAY
            _attempt(what, people[person], organs[organ], role, since, until, secadmin)
        for person in people:
            _check_history(list(person.posts.all()))


def _a_secadmin() -> Actor:
    from bihuan.people.actors import SYSTEM

    place = services.add_place(code="x", name="某县", actor=SYSTEM, at=AT)
    for name in ("某县办公室", "某县水利局"):
        services.add_organ(place=place, name=name, kind="bureau", since=TODAY, actor=SYSTEM, at=AT)
    return SYSTEM


def _attempt(what, person, organ, role, since, until, actor):
    try:
        with transaction.atomic():
            if what == "grant":
                services.grant_post(
                    person=person, organ=organ, role=role, since=since, until=until, actor=actor, at=AT
                )
            elif what == "write":
                Post.objects.create(person=person, organ=organ, role=role, since=since, until=until)
            elif post := Post.objects.filter(person=person, until__isnull=True).first():
                services.end_post(post=post, until=until or since, reason="试", actor=actor, at=AT)
    except (refusals.Refused, IntegrityError):
        pass


def _check_history(posts):
    for number, one in enumerate(posts):
        for other in posts[number + 1 :]:
            apart = (one.until is not None and one.until < other.since) or (
                other.until is not None and other.until < one.since
            )
            administrators = {one.role, other.role} & set(ADMINISTRATOR_ROLES)
            identical = (one.organ_id, one.role, one.title) == (other.organ_id, other.role, other.title)
            assert apart or not (administrators or identical)
