"""Accounts: opened by one officer, unlocked and reset by another, the password known to the holder."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from bihuan.people import refusals, services
from bihuan.people.models import Account, Session
from bihuan.people.passwords import is_stale
from bihuan.people.services.accounts import one_time_password

from .days import AT


@pytest.fixture
def newcomer(cast, sysadmin):
    person = services.add_person(name="新人", mobile="13800001234", actor=sysadmin, at=AT)
    return services.open_account(person=person, username="xinren", actor=sysadmin, at=AT)


def test_opened_account_has_a_one_time_password_that_must_be_changed(newcomer):
    account = Account.objects.get(username="xinren")
    assert account.check_password(newcomer.one_time_password)
    assert account.must_change_password


def test_one_time_passwords_keep_the_rules(newcomer):
    for _ in range(50):
        validate_password(one_time_password(), newcomer.account)


@pytest.mark.parametrize("username", ["", "ab", "Zhang", "1zhang", "zhang min", "张敏", "a" * 41])
def test_username_of_the_wrong_shape_is_refused(cast, sysadmin, username):
    person = services.add_person(name="新人", actor=sysadmin, at=AT)
    with pytest.raises(refusals.UsernameTaken):
        services.open_account(person=person, username=username, actor=sysadmin, at=AT)


def test_username_in_use_is_refused(cast, sysadmin):
    person = services.add_person(name="新人", actor=sysadmin, at=AT)
    with pytest.raises(refusals.UsernameTaken):
        services.open_account(person=person, username="zhangmin", actor=sysadmin, at=AT)


def test_person_has_one_account(cast, sysadmin):
    with pytest.raises(refusals.HasAccount):
        services.open_account(person=cast.person("zhangmin"), username="zhangmin2", actor=sysadmin, at=AT)


def test_disabling_ends_the_sessions_at_once(cast, sysadmin, enter):
    client = enter("zhangmin")
    services.disable_account(account=cast.accounts["zhangmin"], reason="调离", actor=sysadmin, at=AT)
    assert not Session.objects.filter(account=cast.accounts["zhangmin"]).exists()
    assert client.get("/people/me").url == "/login/?next=/people/me"


def test_system_administrator_cannot_shut_out_another_administrator(cast, sysadmin):
    for username in ("xitong", "anquan", "shenji"):
        with pytest.raises(refusals.AccountState):
            services.disable_account(account=cast.accounts[username], reason="试", actor=sysadmin, at=AT)


def test_enabled_account_keeps_its_password_so_that_its_opener_learns_none(cast, sysadmin, enter):
    account = cast.accounts["zhangmin"]
    services.disable_account(account=account, reason="借调", actor=sysadmin, at=AT)
    assert services.enable_account(account=account, reason="返回", actor=sysadmin, at=AT) is None
    assert enter("zhangmin").get("/people/me").status_code == 200


def test_disabled_twice_or_enabled_twice_is_refused(cast, sysadmin):
    account = cast.accounts["zhangmin"]
    with pytest.raises(refusals.AccountState):
        services.enable_account(account=account, reason="试", actor=sysadmin, at=AT)
    services.disable_account(account=account, reason="调离", actor=sysadmin, at=AT)
    with pytest.raises(refusals.AccountState):
        services.disable_account(account=account, reason="调离", actor=sysadmin, at=AT)


def test_reset_ends_the_sessions_and_asks_for_a_new_password(cast, secadmin, enter):
    client, account = enter("zhangmin"), cast.accounts["zhangmin"]
    given = services.reset_password(account=account, reason="忘记", actor=secadmin, at=AT)
    account.refresh_from_db()
    assert (account.must_change_password, account.check_password(given)) == (True, True)
    assert client.get("/people/me").status_code == 302


def test_nobody_changes_anothers_password(cast, sysadmin, secadmin):
    for actor in (sysadmin, secadmin):
        with pytest.raises(refusals.NotAllowed):
            services.change_password(account=cast.accounts["zhangmin"], password="x", actor=actor, at=AT)


def test_the_last_five_passwords_are_refused_and_the_sixth_back_is_not(cast):
    account = cast.accounts["zhangmin"]
    actor = cast.actor("zhangmin", on=AT.date())
    given = [f"Linxi-2024-{number}x" for number in range(6)]
    for hours, password in enumerate(given):
        services.change_password(
            account=account, password=password, actor=actor, at=AT + timedelta(hours=hours)
        )
    account.refresh_from_db()
    for password in given[1:]:
        with pytest.raises(ValidationError):
            validate_password(password, account)
    validate_password(given[0], account)


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("Abc-12345", "password_too_short"),
        ("abcdefgh12", "too_simple"),
        ("ABCDEFGH!!", "too_simple"),
        ("Xinren-2024-x", "personal"),
        ("新人Linxi-2024", "personal"),
        ("Aa-13800001234", "personal"),
    ],
)
def test_password_against_a_rule_is_refused(newcomer, password, fault):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, newcomer.account)
    assert [error.code for error in refused.value.error_list] == [fault]


def test_common_password_is_refused(newcomer):
    with pytest.raises(ValidationError) as refused:
        validate_password("Password123", newcomer.account)
    assert [error.code for error in refused.value.error_list] == ["password_too_common"]


@pytest.mark.parametrize("password", ["Qingshan-lvshui", "lvshui2024!", "青山绿水Qing2024"])
def test_three_kinds_of_characters_are_enough(newcomer, password):
    validate_password(password, newcomer.account)


def test_administrators_password_is_stale_on_the_ninetieth_day(cast):
    account = cast.accounts["xitong"]
    assert not is_stale(account, at=AT + timedelta(days=90, seconds=-1))
    assert is_stale(account, at=AT + timedelta(days=90))
