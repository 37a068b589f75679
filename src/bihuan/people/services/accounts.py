"""Accounts: opened and disabled by one officer, unlocked and reset by another."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from bihuan.kernel.glossary import chinese
from bihuan.people.actors import Actor
from bihuan.people.models import (
    ADMINISTRATOR_ROLES,
    Account,
    LoginGuard,
    PastPassword,
    Person,
    Post,
    Session,
)
from bihuan.people.refusals import AccountState, HasAccount, NotAllowed, UsernameTaken
from bihuan.people.services.record import demand, demand_reason, record

REMEMBERED_PASSWORDS = 5  # the present one among them
USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,39}")
# Without the letters and digits that are mistaken for one another when read out or copied by hand.
_LOWER, _UPPER, _DIGITS = "abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A new account and the password to hand over once; it must be changed at the first sign-in."""

    account: Account
    one_time_password: str


def one_time_password() -> str:
    """Three groups of four characters (about 65 bits), each with an upper-case letter and a digit."""
    groups = []
    for _ in range(3):
        letters = [secrets.choice(_UPPER), secrets.choice(_LOWER), secrets.choice(_LOWER + _UPPER)]
        groups.append("".join([*letters, secrets.choice(_DIGITS)]))
    return "-".join(groups)


@transaction.atomic
def open_account(
    *, person: Person, username: str, actor: Actor, at: datetime, encoded: str | None = None
) -> Opened:
    """Open the person's account with a one-time password.

    `encoded` replaces that password by an already hashed one that need not be changed (the demo's cast);
    the answer's `one_time_password` is then empty. Raises UsernameTaken or HasAccount.
    """
    stamp = demand(actor, "open_account")
    if not USERNAME.fullmatch(username):
        raise UsernameTaken(
            "没有开设账号：用户名应以小写字母开头，由3至40个小写字母、数字、点、横线组成。请修改。"
        )
    if Account.objects.filter(username=username).exists():
        raise UsernameTaken(f"没有开设账号：用户名{username}已被使用。请换一个。")
    if held := Account.objects.filter(person=person).first():
        raise HasAccount(f"没有开设账号：{person.name}已有账号{held.username}，每人只能有一个账号。")
    password = "" if encoded else one_time_password()
    account = Account.objects.create(
        person=person,
        username=username,
        password=encoded or make_password(password),
        must_change_password=not encoded,
        password_changed_at=at,
    )
    record(
        kind="account_opened",
        subject=f"account:{account.pk}",
        stamp=stamp,
        actor=actor,
        at=at,
        body={"username": username, "person": person.pk},
    )
    return Opened(account=account, one_time_password=password)


@transaction.atomic
def disable_account(*, account: Account, reason: str, actor: Actor, at: datetime) -> None:
    """Close the way in at once. An administrator's account stays open until the post has ended, so that
    one administrator cannot shut out another."""
    stamp, reason = demand(actor, "disable_account"), demand_reason(reason)
    account = (
        Account.objects.select_for_update(of=("self",), no_key=True)
        .select_related("person")
        .get(pk=account.pk)
    )
    if not account.is_active:
        raise AccountState(f"没有停用：账号{account.username}已经停用。")
    today = timezone.localdate(at)
    post = Post.objects.on(today).filter(person=account.person_id, role__in=ADMINISTRATOR_ROLES).first()
    if post is not None:
        raise AccountState(
            f"没有停用：{account.person.name}现任{chinese(f'role.{post.role}')}。请安全管理员先办理离任，次日起可以停用。"
        )
    account.is_active = False
    account.save(update_fields=["is_active"])
    Session.objects.filter(account=account).delete()
    _record_account("account_disabled", account, stamp, actor, at, reason)


@transaction.atomic
def enable_account(*, account: Account, reason: str, actor: Actor, at: datetime) -> None:
    """Open a disabled account again with the password it had: the officer who opens learns no password."""
    stamp, reason = demand(actor, "disable_account"), demand_reason(reason)
    account = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if account.is_active:
        raise AccountState(f"没有恢复：账号{account.username}没有停用。")
    account.is_active = True
    account.save(update_fields=["is_active"])
    _record_account("account_enabled", account, stamp, actor, at, reason)


@transaction.atomic
def unlock_account(*, guard: LoginGuard, reason: str, actor: Actor, at: datetime) -> None:
    """Forget the wrong passwords counted for a user name or an address, so that it may sign in at once."""
    stamp, reason = demand(actor, "unlock_account"), demand_reason(reason)
    record(
        kind="account_unlocked",
        subject=f"login:{guard.kind}",
        stamp=stamp,
        actor=actor,
        at=at,
        body={"kind": guard.kind, "key": guard.key, "reason": reason},
    )
    guard.delete()


@transaction.atomic
def reset_password(*, account: Account, reason: str, actor: Actor, at: datetime) -> str:
    """A new one-time password; every session of the account ends."""
    stamp, reason = demand(actor, "reset_password"), demand_reason(reason)
    account = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    password = one_time_password()
    _set_password(account, password, at=at, must_change=True)
    _record_account("password_reset", account, stamp, actor, at, reason)
    return password


@transaction.atomic
def change_password(
    *, account: Account, password: str, actor: Actor, at: datetime, keep_session: str = ""
) -> None:
    """The holder's own change to an already validated `password`; sessions end but `keep_session`."""
    if actor.account != account.pk:
        raise NotAllowed("没有修改：密码只能由本人修改。忘记密码的，请安全管理员重置。")
    account = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    _set_password(account, password, at=at, must_change=False, keep_session=keep_session)
    _record_account("password_changed", account, actor.stamp(), actor, at, "")


@transaction.atomic
def end_session(*, session: Session, reason: str, actor: Actor, at: datetime) -> None:
    """Sign somebody's browser out."""
    stamp, reason = demand(actor, "end_session"), demand_reason(reason)
    account = session.account
    Session.objects.filter(pk=session.pk).delete()
    if account is not None:
        _record_account("session_ended", account, stamp, actor, at, reason)


@transaction.atomic
def export_logins(*, what: str, actor: Actor, at: datetime) -> None:
    """Record that the login record leaves the site; `what` says which part."""
    stamp = demand(actor, "export_logins")
    record(kind="logins_exported", subject="logins", stamp=stamp, actor=actor, at=at, body={"what": what})


def _set_password(
    account: Account, password: str, *, at: datetime, must_change: bool, keep_session: str = ""
) -> None:
    """Remember the old hash, set the new one, and end the sessions the old one had opened."""
    PastPassword.objects.create(account=account, encoded=account.password, at=at)
    kept = account.past_passwords.order_by("-at", "-pk").values_list("pk", flat=True)[
        : REMEMBERED_PASSWORDS - 1
    ]
    account.past_passwords.exclude(pk__in=list(kept)).delete()
    account.set_password(password)
    account.must_change_password, account.password_changed_at = must_change, at
    account.save(update_fields=["password", "must_change_password", "password_changed_at"])
    Session.objects.filter(account=account).exclude(session_key=keep_session).delete()


def _record_account(kind: str, account: Account, stamp: str, actor: Actor, at: datetime, reason: str) -> None:
    record(
        kind=kind,
        subject=f"account:{account.pk}",
        stamp=stamp,
        actor=actor,
        at=at,
        body={"username": account.username, "reason": reason},
    )
