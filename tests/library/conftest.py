"""A small cast for the library: two members of the offices, one outsider, one place."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from bihuan.people.actors import Actor
from bihuan.people.models import Account, Organ, Person, Place, Post

AT = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
ON = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path) -> Path:
    """Files of a test lie in its own folder."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def place(db: None) -> Place:
    return Place.objects.create(code="linxi", name="临溪县")


def account(place: Place, *, name: str, username: str, role: str, organ: str, kind: str) -> Account:
    """An account whose person has held one post since 2020."""
    seat, _ = Organ.objects.get_or_create(
        place=place, name=organ, defaults={"kind": kind, "since": date(2020, 1, 1)}
    )
    person = Person.objects.create(name=name)
    Post.objects.create(person=person, organ=seat, role=role, title="", since=date(2020, 1, 1))
    return Account.objects.create(username=username, person=person)


@pytest.fixture
def clerk_account(place: Place) -> Account:
    return account(
        place, name="张敏", username="zhangmin", role="staff", organ="县人大常委会办公室", kind="office"
    )


@pytest.fixture
def staff(clerk_account: Account) -> Actor:
    return Actor.of(clerk_account, on=ON)


@pytest.fixture
def colleague(place: Place) -> Actor:
    made = account(
        place,
        name="李伟",
        username="liwei",
        role="director",
        organ="财政经济工作委员会",
        kind="working_committee",
    )
    return Actor.of(made, on=ON)


@pytest.fixture
def outsider_account(place: Place) -> Account:
    return account(place, name="王芳", username="wangfang", role="clerk", organ="县林业局", kind="bureau")


@pytest.fixture
def outsider(outsider_account: Account) -> Actor:
    return Actor.of(outsider_account, on=ON)
