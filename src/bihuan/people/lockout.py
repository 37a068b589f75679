"""Counting wrong passwords and codes, so that guessing ends.

An attempt is charged before the password is looked at and given back when it was right: however many
attempts arrive at once, no more than the limit are ever tried. The counts live in the database, so that they
outlast a restart and hold for all workers together.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bihuan.people.models import LoginGuard

LOCKED_FOR = timedelta(minutes=20)
_FORGOTTEN_AFTER = timedelta(days=1)

Key = tuple[str, str]  # kind (account, code, address), and whose


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """Why nobody may try now, and until when."""

    kind: str
    until: datetime

    @property
    def message(self) -> str:
        clock = timezone.localtime(self.until).strftime("%H:%M")
        what = {
            "account": f"这个用户名连续{limit('account')}次输错密码",
            "code": f"这个账号连续{limit('code')}次输错动态验证码",
            "address": f"您所在的网络地址累计{limit('address')}次输错密码",
        }[self.kind]
        return f"登录已暂停至{clock}：{what}。到时可以再试；急需登录的，请联系安全管理员解锁。"


def limit(kind: str) -> int:
    """How many wrong attempts lock: an address may stand for a whole office, a user name for one person."""
    allowed: int = settings.BIHUAN_LOGIN_LIMITS[kind]
    return allowed


def address_key(address: str) -> Key:
    """One machine's address; for IPv6 its /64, since a machine may change the rest at will."""
    parsed = ipaddress.ip_address(address)
    if parsed.version == 6:
        return "address", str(ipaddress.ip_network((parsed, 64), strict=False).network_address)
    return "address", address


def charge(keys: Sequence[Key], *, at: datetime) -> Lock | None:
    """Count one attempt against each key, or say which lock forbids it (nothing is counted then)."""
    with transaction.atomic():
        LoginGuard.objects.filter(first_at__lt=at - _FORGOTTEN_AFTER).delete()
        guards = [_guard(key, at) for key in sorted(keys)]
        locks = [
            Lock(kind=guard.kind, until=guard.locked_until)
            for guard in guards
            if guard.locked_until is not None and guard.locked_until > at
        ]
        if locks:
            return max(locks, key=lambda lock: lock.until)
        for guard in guards:
            if guard.locked_until is not None or at - guard.first_at >= LOCKED_FOR:
                guard.failures, guard.first_at, guard.locked_until = 0, at, None
            guard.failures += 1
            if guard.failures >= limit(guard.kind):
                guard.locked_until = at + LOCKED_FOR
            guard.save()
    return None


def give_back(keys: Sequence[Key], *, at: datetime) -> None:
    """The attempt was right: the person's own count is forgotten, the address is charged one less."""
    with transaction.atomic():
        for kind, key in sorted(keys):
            if kind != "address":
                LoginGuard.objects.filter(kind=kind, key=key).delete()
                continue
            guard = _guard((kind, key), at)
            guard.failures = max(guard.failures - 1, 0)
            if guard.failures < limit(kind):
                guard.locked_until = None
            guard.save()


def standing(keys: Sequence[Key], *, at: datetime) -> Lock | int:
    """After a wrong attempt: the lock it led to, or how many more the nearest limit leaves."""
    left = []
    for kind, key in keys:
        guard = LoginGuard.objects.filter(kind=kind, key=key).first()
        if guard is None:
            continue
        if guard.locked_until is not None and guard.locked_until > at:
            return Lock(kind=kind, until=guard.locked_until)
        left.append(limit(kind) - guard.failures)
    return min(left, default=0)


def _guard(key: Key, at: datetime) -> LoginGuard:
    guard, _ = LoginGuard.objects.select_for_update(no_key=True).get_or_create(
        kind=key[0], key=key[1], defaults={"first_at": at}
    )
    return guard
