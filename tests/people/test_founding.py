"""A new site begins with three administrators, and only once."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from bihuan.people.checks import three_administrators
from bihuan.people.models import Account, Post
from bihuan.people.services import end_post, grant_post

from .days import AT, TODAY

WORDS = [
    "--place=某县",
    "--office=某县人大常委会办公室",
    *("--sysadmin", "xitong", "甲"),
    *("--secadmin", "anquan", "乙"),
    *("--auditor", "shenji", "丙"),
]


@pytest.mark.django_db
def test_founding_opens_three_accounts_with_one_time_passwords():
    said = StringIO()
    call_command("found", *WORDS, stdout=said)
    shown = [line.rsplit(" ", 1)[1] for line in said.getvalue().splitlines()[:3]]
    accounts = Account.objects.order_by("id")
    assert [account.username for account in accounts] == ["xitong", "anquan", "shenji"]
    assert all(account.check_password(word) for account, word in zip(accounts, shown, strict=True))
    assert list(Post.objects.order_by("id").values_list("role", flat=True)) == [
        "sysadmin",
        "secadmin",
        "auditor",
    ]


@pytest.mark.django_db
def test_site_is_founded_once():
    call_command("found", *WORDS, stdout=StringIO())
    with pytest.raises(CommandError, match="已有账号"):
        call_command("found", *WORDS, stdout=StringIO())


def test_demo_has_all_three_administrators(cast):
    assert three_administrators(databases=["default"]) == []


@pytest.mark.django_db
def test_empty_site_lacks_nothing_yet():
    assert three_administrators(databases=["default"]) == []


def test_site_without_an_auditor_or_security_administrator_is_warned_of(cast, clock):
    Account.objects.filter(username="shenji").update(is_active=False)
    Post.objects.filter(role="secadmin").update(until=TODAY)
    assert [said.id for said in three_administrators(databases=["default"])] == ["people.W003"]
    Post.objects.filter(role="secadmin").update(since="2021-12-01", until="2024-03-03")
    assert [said.id for said in three_administrators(databases=["default"])] == [
        "people.W002",
        "people.W003",
    ]


def test_successor_of_an_administrator_satisfies_the_check(cast, secadmin):
    held = Post.objects.get(person=cast.person("xuting"))
    end_post(post=held, until=TODAY.replace(day=3), reason="转岗", actor=secadmin, at=AT)
    grant_post(
        person=cast.person("xuting"),
        organ=cast.organs["office"],
        role="auditor",
        since=TODAY,
        actor=secadmin,
        at=AT,
    )
    Account.objects.filter(username="shenji").update(is_active=False)
    assert three_administrators(databases=["default"]) == []
