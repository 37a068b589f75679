"""Three administrators: each their own part, none of the others', and no matter."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.people import refusals, services
from bihuan.people.actors import Actor, HeldPost
from bihuan.people.duties import DUTIES, may
from bihuan.people.models import ADMINISTRATOR_ROLES, LoginGuard, Session
from bihuan.people.services import ROLES

from .days import AT, TODAY

# Written out from the rule, not from the code: who does what alone.
ALONE = {
    "manage_organs": "sysadmin",
    "manage_people": "sysadmin",
    "open_account": "sysadmin",
    "disable_account": "sysadmin",
    "change_settings": "sysadmin",
    "load_holidays": "sysadmin",
    "make_backup": "sysadmin",
    "grant_post": "secadmin",
    "unlock_account": "secadmin",
    "reset_password": "secadmin",
    "end_session": "secadmin",
    "see_sessions": "secadmin",
    "export_logins": "auditor",
    "read_ledger": "auditor",
    "verify_ledger": "auditor",
    "export_ledger": "auditor",
}
SHARED = {
    "add_alias": {"sysadmin", "staff", "director"},
    "see_registers": {"sysadmin", "secadmin"},
    "see_logins": {"secadmin", "auditor"},
}


def _somebody(role: str) -> Actor:
    post = HeldPost(id=1, role=role, organ=1, organ_name="某局", organ_kind="bureau", place=1, title="")
    return Actor(account=1, person=1, name="某人", posts=(post,))


@pytest.mark.parametrize("role", ROLES)
def test_role_has_its_duties_and_no_others(role):
    granted = {duty for duty in DUTIES if may(_somebody(role), duty)}
    expected = {duty for duty, alone in ALONE.items() if alone == role}
    assert granted == expected | {duty for duty, roles in SHARED.items() if role in roles}


def test_duty_nobody_has_is_refused():
    assert not any(may(_somebody(role), "rule_the_world") for role in ROLES)


def test_person_without_posts_has_no_duty():
    nobody = Actor(account=1, person=1, name="某人", posts=())
    assert not any(may(nobody, duty) for duty in DUTIES)


def test_refusal_says_who_may():
    assert may(_somebody("sysadmin"), "grant_post").reason == (
        "您不能办理任职和离任：这是安全管理员的职责，请与其联系。"
    )


def _attempts(cast):
    """Every service that asks for a duty, with the one administrator who may."""
    person, account = cast.person("zhangmin"), cast.accounts["zhangmin"]
    water, land = cast.organs["water"], cast.organs["land"]
    post, early = person.posts.get(), TODAY - timedelta(days=1)
    guard = LoginGuard.objects.create(kind="account", key="zhangmin", first_at=AT)
    session = Session.objects.create(session_key="k", handle="h", account=account, expire_date=AT)
    stranger = {"name": "新人"}
    return {
        "add_organ": ("sysadmin", {"place": cast.place, "name": "某局", "kind": "bureau", "since": TODAY}),
        "rename_organ": ("sysadmin", {"organ": water, "name": "某水务局", "since": TODAY}),
        "merge_organs": ("sysadmin", {"organs": [cast.organs["education"]], "into": land, "since": TODAY}),
        "add_alias": ("sysadmin", {"organ": water, "name": "某水局", "reason": "常用"}),
        "add_place": ("sysadmin", {"code": "z", "name": "某县"}),
        "add_person": ("sysadmin", stranger),
        "change_person": ("sysadmin", {"person": person, "name": "张敏", "mobile": "1", "email": ""}),
        "add_deputy": (
            "sysadmin",
            {"person": person, "congress": 17, "delegation": land, "district": "一"},
        ),
        "open_account": ("sysadmin", {"person": None, "username": "xinren"}),
        "disable_account": ("sysadmin", {"account": account, "reason": "调离"}),
        "grant_post": (
            "secadmin",
            {"person": person, "organ": water, "role": "clerk", "since": TODAY},
        ),
        "end_post": ("secadmin", {"post": post, "until": early, "reason": "调离"}),
        "unlock_account": ("secadmin", {"guard": guard, "reason": "核实为本人"}),
        "reset_password": ("secadmin", {"account": account, "reason": "忘记"}),
        "end_session": ("secadmin", {"session": session, "reason": "离岗"}),
        "export_logins": ("auditor", {"what": "全部"}),
    }


SERVICES = [
    "add_organ",
    "rename_organ",
    "merge_organs",
    "add_alias",
    "add_place",
    "add_person",
    "change_person",
    "add_deputy",
    "open_account",
    "disable_account",
    "grant_post",
    "end_post",
    "unlock_account",
    "reset_password",
    "end_session",
    "export_logins",
]


@pytest.mark.parametrize("service", SERVICES)
def test_service_works_for_its_administrator_with_one_entry_and_for_no_other(
    cast, sysadmin, secadmin, auditor, service
):
    from bihuan.ledger.models import Entry
    from bihuan.people.models import Person

    right, given = _attempts(cast)[service]
    if service == "open_account":
        given["person"] = Person.objects.create(name="新人")
    actors = dict(zip(ADMINISTRATOR_ROLES, (sysadmin, secadmin, auditor), strict=True))
    before = Entry.objects.count()
    for role, actor in actors.items():
        if role != right:
            with pytest.raises(refusals.NotAllowed):
                getattr(services, service)(**given, actor=actor, at=AT)
    assert Entry.objects.count() == before
    getattr(services, service)(**given, actor=actors[right], at=AT)
    assert Entry.objects.count() == before + 1


def test_ledger_never_learns_a_password_or_a_mobile_number(cast, sysadmin, secadmin):
    from bihuan.ledger.models import Entry

    person = services.add_person(name="新人", mobile="13800000000", actor=sysadmin, at=AT)
    opened = services.open_account(person=person, username="xinren", actor=sysadmin, at=AT)
    reset = services.reset_password(account=opened.account, reason="试", actor=secadmin, at=AT)
    bodies = "\n".join(Entry.objects.values_list("body", flat=True))
    assert [secret for secret in ("13800000000", opened.one_time_password, reset) if secret in bodies] == []
