"""The demo's cast as everybody's fixture, a clock to set, and a quick password hash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from bihuan.people import demo
from bihuan.people.actors import Actor
from bihuan.people.demo import Cast, build_people

from .days import AT, TODAY

Clock = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def _quick(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.BIHUAN_ADMIN_MFA = False
    demo._encoded.cache_clear()


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time stands still at AT until set."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    set_to(AT)
    return set_to


@pytest.fixture
def cast(db) -> Cast:
    return build_people(at=AT)


@pytest.fixture
def sysadmin(cast: Cast) -> Actor:
    return cast.actor("xitong", on=TODAY)


@pytest.fixture
def secadmin(cast: Cast) -> Actor:
    return cast.actor("anquan", on=TODAY)


@pytest.fixture
def auditor(cast: Cast) -> Actor:
    return cast.actor("shenji", on=TODAY)


@pytest.fixture
def enter(cast: Cast) -> Callable[[str], Client]:
    """Sign somebody of the cast in through the sign-in page."""

    def sign_in(username: str, password: str = cast.password, **extra: str) -> Client:
        client = Client(**extra)
        answer = client.post("/login/", {"login": username, "password": password})
        assert answer.status_code == 302, answer.content.decode()
        return client

    return sign_in
