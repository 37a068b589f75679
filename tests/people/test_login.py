"""Signing in: counted, recorded, revealing nothing, and over in time."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.people import lockout, services
from bihuan.people.login import typed_name
from bihuan.people.models import Account, LoginGuard, LoginRecord, Session

from .days import AT

MINUTE = timedelta(minutes=1)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def attempt(username, password="wrong", client=None, **extra):
    """Try to sign in; the fault shown, or '' where it went well."""
    answer = (client or Client(**extra)).post("/login/", {"login": username, "password": password})
    if answer.status_code == 302:
        return ""
    return answer.context["form"].non_field_errors()[0]


def test_after_signing_in_one_is_where_one_wanted_to_go(cast):
    client = Client()
    asked = client.get("/people/organs").url
    assert 'name="next" value="/people/organs"' in client.get(asked).content.decode()
    given = {"login": "xitong", "password": cast.password, "next": "/people/organs"}
    assert client.post("/login/", given).url == "/people/organs"


def test_nobody_is_sent_to_another_site(cast):
    given = {"login": "zhangmin", "password": cast.password, "next": "https://example.org/"}
    assert Client().post("/login/", given).url.startswith("/")


def test_signing_out_ends_the_session(cast, enter):
    client = enter("zhangmin")
    assert client.post("/login/out").url == "/login/"
    assert not Session.objects.filter(account=cast.accounts["zhangmin"]).exists()


def test_name_that_does_not_exist_gets_the_same_answers_as_one_that_does(cast):
    real, unreal = ([attempt(name) for _ in range(6)] for name in ("zhangmin", "nobody"))
    assert real == unreal


def test_first_wrong_password_says_how_many_tries_are_left(cast):
    assert attempt("zhangmin") == "用户名或密码不正确，还可以再试4次。"


def test_fifth_wrong_password_locks_for_twenty_minutes_and_says_until_when(cast):
    faults = [attempt("zhangmin") for _ in range(5)]
    assert faults[4] == (
        "登录已暂停至09:50：这个用户名连续5次输错密码。到时可以再试；急需登录的，请联系安全管理员解锁。"
    )


def test_locked_name_is_refused_with_the_right_password_until_the_time_is_up(cast, clock):
    for _ in range(5):
        attempt("zhangmin")
    clock(AT + 20 * MINUTE - timedelta(seconds=1))
    assert attempt("zhangmin", cast.password).startswith("登录已暂停至09:50")
    clock(AT + 20 * MINUTE)
    assert attempt("zhangmin", cast.password) == ""


def test_trying_while_locked_does_not_lengthen_the_lock(cast, clock):
    for _ in range(5):
        attempt("zhangmin")
    clock(AT + 10 * MINUTE)
    assert attempt("zhangmin").startswith("登录已暂停至09:50")


def test_right_password_forgets_the_wrong_ones_before(cast):
    for _ in range(4):
        attempt("zhangmin")
    attempt("zhangmin", cast.password)
    assert attempt("zhangmin") == "用户名或密码不正确，还可以再试4次。"


def test_capital_letters_do_not_make_another_name(cast):
    faults = [attempt(name) for name in ("zhangmin", "ZHANGMIN", " Zhangmin ", "zhangmin", "zhangMin")]
    assert faults[4].startswith("登录已暂停")


def test_address_is_locked_after_its_own_limit_whatever_the_names(cast, settings):
    settings.BIHUAN_LOGIN_LIMITS = {**settings.BIHUAN_LOGIN_LIMITS, "address": 3}
    for name in ("aaa", "bbb", "ccc"):
        attempt(name, REMOTE_ADDR="10.0.0.9")
    assert "网络地址" in attempt("zhangmin", cast.password, REMOTE_ADDR="10.0.0.9")
    assert attempt("zhangmin", cast.password, REMOTE_ADDR="10.0.0.10") == ""


def test_right_passwords_do_not_use_up_an_address(cast, settings):
    settings.BIHUAN_LOGIN_LIMITS = {**settings.BIHUAN_LOGIN_LIMITS, "address": 3}
    assert [attempt("zhangmin", cast.password) for _ in range(5)] == [""] * 5


def test_ipv6_address_counts_as_its_network():
    assert lockout.address_key("2001:db8::1") == lockout.address_key("2001:db8::ffff:2")
    assert lockout.address_key("2001:db8::1") != lockout.address_key("2001:db8:1::1")


def test_security_administrator_unlocks(cast, secadmin):
    for _ in range(5):
        attempt("zhangmin")
    guard = LoginGuard.objects.get(kind="account", key="zhangmin")
    services.unlock_account(guard=guard, reason="电话核实为本人", actor=secadmin, at=AT)
    assert attempt("zhangmin", cast.password) == ""


def test_counts_a_day_old_are_forgotten(cast, clock):
    attempt("zhangmin")
    clock(AT + timedelta(days=2))
    attempt("xuting")
    assert list(LoginGuard.objects.filter(kind="account").values_list("key", flat=True)) == ["xuting"]


def test_every_attempt_is_recorded_with_who_when_and_whence(cast):
    attempt("zhangmin", REMOTE_ADDR="10.0.0.9", HTTP_USER_AGENT="browser")
    attempt("zhangmin", cast.password, REMOTE_ADDR="10.0.0.9", HTTP_USER_AGENT="browser")
    attempt("nobody", REMOTE_ADDR="10.0.0.9", HTTP_USER_AGENT="browser")
    kept = LoginRecord.objects.order_by("id").values_list(
        "at", "username", "account__username", "address", "agent", "outcome"
    )
    assert list(kept) == [
        (AT, "zhangmin", "zhangmin", "10.0.0.9", "browser", "wrong_password"),
        (AT, "zhangmin", "zhangmin", "10.0.0.9", "browser", "signed_in"),
        (AT, "nobody", None, "10.0.0.9", "browser", "wrong_password"),
    ]


def test_password_typed_in_the_box_for_the_name_is_not_kept():
    assert (typed_name(" ZhangMin "), typed_name("Secret!2024"), typed_name("")) == (
        "zhangmin",
        "（不是用户名）",
        "（不是用户名）",
    )


def test_disabled_account_is_told_so_only_with_the_right_password(cast, sysadmin):
    services.disable_account(account=cast.accounts["zhangmin"], reason="调离", actor=sysadmin, at=AT)
    assert attempt("zhangmin").startswith("用户名或密码不正确")
    answer = Client().post("/login/", {"login": "zhangmin", "password": cast.password})
    assert answer.url == "/login/disabled"
    assert LoginRecord.objects.latest("id").outcome == "disabled"


def test_nobody_signs_up(cast):
    assert [Client().get(path).status_code for path in ("/login/signup/", "/login/password/reset/")] == [
        404,
        404,
    ]


# What comes before everything else.


def test_one_time_password_leads_to_the_password_page_and_nowhere_else(cast, secadmin, enter):
    given = services.reset_password(account=cast.accounts["zhangmin"], reason="忘记", actor=secadmin, at=AT)
    client = enter("zhangmin", given)
    assert client.get("/people/me").url == "/people/me/password"
    changed = {"old": given, "new": "Qingshan-2024", "again": "Qingshan-2024"}
    assert client.post("/people/me/password", changed).url == "/people/me"
    assert client.get("/people/me").status_code == 200


def test_administrator_must_renew_a_password_of_ninety_days(cast, settings, clock, enter):
    settings.BIHUAN_ADMIN_MFA = True
    clock(AT + timedelta(days=90))
    assert enter("xitong").get("/people/organs").url == "/people/me/password"
    assert enter("zhangmin").get("/people/me").status_code == 200


def test_administrator_without_second_factor_is_led_to_set_it_up(cast, settings, enter):
    settings.BIHUAN_ADMIN_MFA = True
    client = enter("anquan")
    assert client.get("/people/sessions").url == "/login/code/on"
    assert client.get("/login/code/on", follow=True).status_code == 200
    assert enter("zhangmin").get("/people/me").status_code == 200


# The second factor.


def test_second_factor_is_set_up_after_the_password_again_and_gives_spare_codes(cast, settings, enter):
    settings.BIHUAN_ADMIN_MFA = True
    cache.clear()
    client = enter("anquan")
    again = client.get("/login/code/on").url
    assert client.post(again, {"password": cast.password}).url == "/login/code/on"
    secret = client.get("/login/code/on").context["form"].secret
    good = format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))
    refused = client.post("/login/code/on", {"code": _wrong(good)})
    assert refused.context["form"].errors["code"][0].startswith("动态验证码不正确")
    assert client.post("/login/code/on", {"code": good}).url == "/login/code/spare"
    spare = client.get("/login/code/spare").context["unused_codes"]
    assert client.get("/people/sessions").status_code == 200
    other = Client()
    attempt("anquan", cast.password, other)
    assert other.post("/login/code", {"code": spare[0]}).status_code == 302
    assert other.get("/people/sessions").status_code == 200


@pytest.fixture
def code(cast):
    """zhangmin with a second factor; the code of the moment."""
    from allauth.mfa.adapter import get_adapter

    Authenticator.objects.create(
        user=cast.accounts["zhangmin"],
        type=Authenticator.Type.TOTP,
        data={"secret": get_adapter().encrypt(SECRET)},
    )
    cache.clear()
    return format_hotp_value(hotp_value(SECRET, list(yield_hotp_counters_from_time())[1]))


def _wrong(code):
    return "000000" if code != "000000" else "111111"


def test_password_alone_does_not_sign_in_where_a_second_factor_is_set_up(cast, code):
    client = Client()
    assert client.post("/login/", {"login": "zhangmin", "password": cast.password}).url == "/login/code"
    assert client.get("/people/me").status_code == 302
    assert client.post("/login/code", {"code": code}).status_code == 302
    assert client.get("/people/me").status_code == 200


def test_code_is_good_once(cast, code):
    for worked in (True, False):
        client = Client()
        attempt("zhangmin", cast.password, client)
        assert (client.post("/login/code", {"code": code}).status_code == 302) is worked


def test_fifth_wrong_code_locks_and_new_sign_ins_do_not_help(cast, code):
    for _ in range(5):
        client = Client()
        attempt("zhangmin", cast.password, client)
        client.post("/login/code", {"code": _wrong(code)})
    answer = client.post("/login/code", {"code": code})
    assert answer.context["form"].errors["code"][0].startswith("登录已暂停至09:50：这个账号连续5次输错动态")
    assert LoginRecord.objects.filter(outcome="wrong_code").count() == 5


def test_secret_is_not_stored_in_the_clear(cast, enter):
    from allauth.mfa.adapter import get_adapter

    stored = get_adapter().encrypt(SECRET)
    TOTP.activate(cast.accounts["zhangmin"], SECRET)
    assert SECRET not in stored
    assert SECRET not in Authenticator.objects.get(user=cast.accounts["zhangmin"]).data["secret"]
    assert get_adapter().decrypt(stored) == SECRET


def test_administrator_cannot_give_the_second_factor_up(cast, settings):
    from allauth.mfa.adapter import get_adapter

    settings.BIHUAN_ADMIN_MFA = True
    for username, may in (("anquan", False), ("zhangmin", True)):
        kept = Authenticator(user=cast.accounts[username], type=Authenticator.Type.TOTP)
        assert get_adapter().can_delete_authenticator(kept) is may


# Sessions.


def test_session_ends_after_thirty_minutes_without_a_request(cast, clock, enter):
    client = enter("zhangmin")
    clock(AT + 29 * MINUTE)
    assert client.get("/people/me").status_code == 200
    clock(AT + 58 * MINUTE)
    assert client.get("/people/me").status_code == 200
    clock(AT + 89 * MINUTE)
    assert client.get("/people/me").status_code == 302


def test_session_ends_twelve_hours_after_signing_in_however_busy(cast, clock, enter):
    client = enter("zhangmin")
    for minutes in range(20, 12 * 60, 20):
        clock(AT + minutes * MINUTE)
        assert client.get("/people/me").status_code == 200
    clock(AT + 12 * 60 * MINUTE)
    answer = client.get("/people/me", follow=True)
    assert "登录已满12小时" in answer.content.decode()


def test_session_ends_with_the_browser(cast, enter):
    assert enter("zhangmin").cookies["sessionid"]["max-age"] == ""


def test_reading_does_not_write_the_session_at_every_request(cast, enter, django_assert_max_num_queries):
    client = enter("zhangmin")
    client.get("/people/organs")
    with django_assert_max_num_queries(4):  # session, account with person, posts, unread notices
        client.get("/people/organs")


def test_password_change_ends_the_other_sessions_and_keeps_this_one(cast, enter):
    here, there = enter("zhangmin"), enter("zhangmin")
    changed = {"old": cast.password, "new": "Qingshan-2024", "again": "Qingshan-2024"}
    assert here.post("/people/me/password", changed).status_code == 302
    assert Session.objects.filter(account=cast.accounts["zhangmin"]).count() == 1
    assert (here.get("/people/me").status_code, there.get("/people/me").status_code) == (200, 302)


def test_wrong_present_password_changes_nothing(cast, enter):
    client = enter("zhangmin")
    answer = client.post(
        "/people/me/password", {"old": "no", "new": "Qingshan-2024", "again": "Qingshan-2024"}
    )
    assert answer.context["form"].errors == {"old": ["现在的密码不正确。请重新输入。"]}
    assert Account.objects.get(username="zhangmin").check_password(cast.password)


def test_security_administrator_ends_a_session(cast, enter):
    theirs, security = enter("zhangmin"), enter("anquan")
    handle = Session.objects.get(account=cast.accounts["zhangmin"]).handle
    answer = security.post(f"/people/sessions/{handle}", {"reason": "离岗未退出"})
    assert answer.url == "/people/sessions"
    assert theirs.get("/people/me").status_code == 302


def test_no_page_shows_a_session_key(cast, enter):
    enter("zhangmin")
    shown = enter("anquan").get("/people/sessions").content.decode()
    assert [key for key in Session.objects.values_list("pk", flat=True) if key in shown] == []


# However many come at once.

_RACE = """
from bihuan.config import settings
settings.INSTALLED_APPS = [
    "django.contrib.auth", "django.contrib.contenttypes", "bihuan.ui", "bihuan.ledger", "bihuan.people"
]
import django; django.setup()
from concurrent.futures import ThreadPoolExecutor
from django.db import connection
from django.utils import timezone
from bihuan.people import lockout
from bihuan.people.models import LoginGuard
with connection.schema_editor() as editor:
    editor.create_model(LoginGuard)
at = timezone.now()
def tries(_):
    done = [lockout.charge([("account", "zhangmin"), ("address", "10.0.0.1")], at=at) for _ in range(4)]
    connection.close()
    return sum(lock is None for lock in done)
with ThreadPoolExecutor(8) as pool:
    print(sum(pool.map(tries, range(8))), LoginGuard.objects.get(kind="account").failures)
"""


@pytest.mark.slow
def test_of_many_attempts_at_once_exactly_five_are_tried(tmp_path: Path):
    environment = {
        **os.environ,
        "BIHUAN_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "bihuan.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", _RACE], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["5", "5"]


@pytest.mark.django_db
@settings(max_examples=40, derandomize=True, deadline=None)
@given(steps=st.lists(st.tuples(st.booleans(), st.integers(0, 12)), max_size=25))
def test_between_two_right_passwords_never_more_than_five_wrong_in_twenty_minutes(steps):
    LoginGuard.objects.all().delete()
    key, at, tried = [("account", "x")], AT, []
    for right, minutes in steps:
        at += minutes * MINUTE
        if lockout.charge(key, at=at) is not None:
            continue
        if right:
            lockout.give_back(key, at=at)
            tried = []
        else:
            tried.append(at)
        assert len(tried) <= 5 or tried[-6] <= at - 20 * MINUTE
