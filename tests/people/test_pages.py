"""The pages: each for its own officer, and the same number of queries for three rows as for one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.people.models import Account, LoginGuard, LoginRecord, Organ, Person, Post, Session

from .days import AT, TODAY

OFFICERS = {"xitong": "sysadmin", "anquan": "secadmin", "shenji": "auditor", "zhangmin": "staff"}
PAGES = {
    "organs": {"sysadmin", "secadmin"},
    "organs/new": {"sysadmin"},
    "organs/{organ}": {"sysadmin", "secadmin"},
    "organs/{organ}/rename": {"sysadmin"},
    "organs/{organ}/merge": {"sysadmin"},
    "organs/{organ}/alias": {"sysadmin", "staff"},
    "persons": {"sysadmin", "secadmin"},
    "persons/new": {"sysadmin"},
    "persons/{person}": {"sysadmin", "secadmin"},
    "persons/{person}/change": {"sysadmin"},
    "persons/{person}/account": {"sysadmin"},
    "persons/{person}/deputy": {"sysadmin"},
    "persons/{person}/post": {"secadmin"},
    "accounts/{account}/disable": {"sysadmin"},
    "accounts/{account}/enable": {"sysadmin"},
    "accounts/{account}/password": {"secadmin"},
    "posts/{post}/end": {"secadmin"},
    "locks": {"secadmin"},
    "locks/{guard}": {"secadmin"},
    "sessions": {"secadmin"},
    "sessions/{session}": {"secadmin"},
    "logins": {"secadmin", "auditor"},
    "logins.xlsx": {"auditor"},
    "me": {"sysadmin", "secadmin", "auditor", "staff"},
    "me/password": {"sysadmin", "secadmin", "auditor", "staff"},
}


def test_page_opens_for_its_officers_and_says_no_to_others(cast, enter):
    clients = {role: enter(username) for username, role in OFFICERS.items()}
    keys = {
        "organ": cast.organs["water"].pk,
        "person": cast.person("zhangmin").pk,
        "account": cast.accounts["zhangmin"].pk,
        "post": Post.objects.get(person=cast.person("zhangmin")).pk,
        "guard": LoginGuard.objects.create(kind="account", key="x", first_at=AT).pk,
        "session": Session.objects.get(account=cast.accounts["zhangmin"]).handle,
    }
    opened = {
        page: {
            role
            for role, client in clients.items()
            if client.get(f"/people/{page.format(**keys)}").status_code == 200
        }
        for page in PAGES
    }
    assert opened == PAGES


def test_every_page_sends_the_public_to_sign_in(cast):
    keys = {"organ": 1, "person": 1, "account": 1, "post": 1, "guard": 1, "session": "x"}
    addresses = [f"/people/{page.format(**keys)}" for page in PAGES]
    assert [Client().get(address).url for address in addresses] == [
        f"/login/?next={address}" for address in addresses
    ]


def test_refused_page_says_whose_duty_it_is(enter):
    answer = enter("xitong").get("/people/locks")
    assert answer.status_code == 403
    assert "您不能解除登录锁定：这是安全管理员的职责，请与其联系。" in answer.content.decode()


def test_opening_an_account_shows_its_password_once(cast, enter):
    person = Person.objects.create(name="新人")
    client = enter("xitong")
    answer = client.post(f"/people/persons/{person.pk}/account", {"username": "xinren"})
    shown = answer.context["password"]
    assert Account.objects.get(username="xinren").check_password(shown)
    assert shown in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert shown not in client.get(f"/people/persons/{person.pk}").content.decode()


def test_refusal_stands_on_the_form_with_what_was_typed(cast, enter):
    person = cast.person("zhangmin")
    given = {
        "organ": cast.organs["office"].pk,
        "role": "staff",
        "title": "科员",
        "since": "2024-03-01",
        "until": "",
    }
    answer = enter("anquan").post(f"/people/persons/{person.pk}/post", given)
    form = answer.context["form"]
    assert form.non_field_errors() == ["没有办理任职：张敏在2021-12-01起已任同一岗位。请核对日期。"]
    assert form["since"].value() == "2024-03-01"


def test_granting_and_ending_a_post_through_the_pages(cast, enter):
    client, person = enter("anquan"), cast.person("zhangmin")
    given = {"organ": cast.organs["finance"].pk, "role": "staff", "title": "科员", "since": "2024-03-01"}
    assert client.post(f"/people/persons/{person.pk}/post", given).status_code == 302
    post = Post.objects.get(person=person, organ=cast.organs["finance"])
    client.post(f"/people/posts/{post.pk}/end", {"until": "2024-03-04", "reason": "借调结束"})
    post.refresh_from_db()
    assert post.until == TODAY


def test_organs_through_the_pages(cast, enter):
    client = enter("xitong")
    given = {"name": "临溪县审计局", "kind": "bureau", "short_name": "县审计局", "since": "2010-01-01"}
    organ = Organ.objects.get(name="临溪县审计局") if client.post("/people/organs/new", given) else None
    assert organ is not None
    client.post(f"/people/organs/{organ.pk}/rename", {"name": "临溪县审计署", "since": "2024-01-01"})
    client.post(f"/people/organs/{organ.pk}/alias", {"name": "审计办", "reason": "旧称"})
    client.post(
        f"/people/organs/{organ.pk}/merge", {"into": cast.organs["treasury"].pk, "since": "2024-03-01"}
    )
    organ.refresh_from_db()
    assert (organ.name, organ.successor) == ("临溪县审计署", cast.organs["treasury"])
    assert set(organ.aliases.values_list("name", flat=True)) == {"临溪县审计局", "县审计局", "审计办"}


def test_persons_and_accounts_through_the_pages(cast, enter):
    client, account = enter("xitong"), cast.accounts["zhangmin"]
    client.post("/people/persons/new", {"name": "新人"})
    person = Person.objects.get(name="新人")
    client.post(f"/people/persons/{person.pk}/change", {"name": "新人", "mobile": "19900000000"})
    client.post(f"/people/accounts/{account.pk}/disable", {"reason": "调离"})
    person.refresh_from_db()
    account.refresh_from_db()
    assert (person.mobile, account.is_active) == ("19900000000", False)
    client.post(f"/people/accounts/{account.pk}/enable", {"reason": "返回"})
    account.refresh_from_db()
    assert account.is_active


def test_deputy_is_entered_once_for_each_congress(cast, enter):
    client, person = enter("xitong"), cast.person("zhangmin")
    given = {"congress": 17, "delegation": cast.organs["qingshi_delegation"].pk, "district": "青石镇第一选区"}
    assert client.post(f"/people/persons/{person.pk}/deputy", given).status_code == 302
    again = client.post(f"/people/persons/{person.pk}/deputy", given)
    assert again.context["form"].non_field_errors() == [
        "没有登记：张敏已登记为第17届代表（青石镇代表团）。请核对届次。"
    ]
    assert [mandate.district for mandate in person.mandates.all()] == ["青石镇第一选区"]


def test_unlocking_and_resetting_through_the_pages(cast, enter):
    client, account = enter("anquan"), cast.accounts["zhangmin"]
    guard = LoginGuard.objects.create(
        kind="account", key="zhangmin", failures=5, first_at=AT, locked_until=AT + timedelta(minutes=20)
    )
    assert "zhangmin" in client.get("/people/locks").content.decode()
    client.post(f"/people/locks/{guard.pk}", {"reason": "核实为本人"})
    assert not LoginGuard.objects.filter(pk=guard.pk).exists()
    answer = client.post(f"/people/accounts/{account.pk}/password", {"reason": "忘记"})
    account.refresh_from_db()
    assert account.check_password(answer.context["password"])


def test_one_cannot_take_away_without_a_reason(cast, enter):
    account = cast.accounts["zhangmin"]
    enter("xitong").post(f"/people/accounts/{account.pk}/disable", {"reason": ""})
    account.refresh_from_db()
    assert account.is_active


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("words=财政", ["临溪县人大常委会财政经济工作委员会", "临溪县财政局"]),
        ("kind=court", ["临溪县人民法院"]),
    ],
)
def test_organs_are_filtered_by_name_alias_and_kind(enter, query, names):
    page = enter("xitong").get(f"/people/organs?{query}").context["page"]
    assert sorted(organ.name for organ in page.rows) == names


def test_persons_are_filtered_by_account(cast, enter):
    Person.objects.create(name="新人")
    page = enter("xitong").get("/people/persons?state=none").context["page"]
    assert [person.name for person in page.rows] == ["新人"]


def test_logins_are_filtered_by_day_both_included(cast, enter):
    for days in range(3):
        LoginRecord.objects.create(
            at=AT - timedelta(days=days), username="zhangmin", outcome="wrong_password"
        )
    page = enter("shenji").get("/people/logins?username=zhangmin&since=2024-03-02&until=2024-03-03")
    assert [row.at for row in page.context["page"].rows] == [AT - timedelta(days=1), AT - timedelta(days=2)]


def test_browser_keeps_no_page_of_somebody_signed_in(enter):
    assert enter("zhangmin").get("/people/me").headers["Cache-Control"] == "private, no-cache"


def _queries(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(address)
    return len(asked)


@pytest.mark.parametrize("address", ["organs?words=样板", "persons?words=样板", "logins?username=yangban"])
def test_three_rows_need_no_more_queries_than_one(cast, enter, address):
    client = enter("anquan")

    def add(number):
        organ = Organ.objects.create(
            place=cast.place, name=f"临溪县样板{number}局", kind="bureau", since=TODAY
        )
        organ.aliases.create(name=f"样板{number}")
        person = Person.objects.create(name=f"样板{number}")
        Account.objects.create(person=person, username=f"yangban{number}", password="!")
        Post.objects.create(person=person, organ=organ, role="clerk", since=TODAY)
        LoginRecord.objects.create(at=AT, username="yangban", outcome="wrong_password")

    add(1)
    one = _queries(client, f"/people/{address}")
    add(2)
    add(3)
    assert _queries(client, f"/people/{address}") == one


def test_sessions_need_no_more_queries_for_three_than_for_one(cast, enter):
    client = enter("anquan")
    one = _queries(client, "/people/sessions")
    enter("zhangmin")
    enter("xuting")
    assert _queries(client, "/people/sessions") == one


def test_navigation_shows_an_officer_only_what_is_theirs(enter):
    shown = {
        username: [
            link.label
            for link in client.get("/people/me").context["shell"].navigation
            if link.group == "管理"
        ]
        for username in OFFICERS
        if (client := enter(username))
    }
    assert {
        username: [label for label in labels if label in LABELS] for username, labels in shown.items()
    } == {
        "xitong": ["机构", "人员和账号"],
        "anquan": ["机构", "人员和账号", "登录锁定", "在线情况", "登录记录"],
        "shenji": ["登录记录"],
        "zhangmin": [],
    }


LABELS = ("机构", "人员和账号", "登录锁定", "在线情况", "登录记录")


@pytest.mark.parametrize("mobile", ["123", "1990000000", "+8619900000000"])
def test_a_number_that_no_message_reaches_is_refused(cast, enter, mobile):
    answer = enter("xitong").post("/people/persons/new", {"name": "新人", "mobile": mobile})
    assert "这不是手机号码：应为11位数字，以1开头。" in answer.content.decode()
    assert not Person.objects.filter(name="新人").exists()


def test_a_chairperson_is_named_by_the_standing_committee(cast):
    actor = cast.actor("shenjianguo", on=TODAY)
    assert actor.stamp(actor.posts[0]) == "沈建国（县人大常委会主任）"
