"""Password rules beyond Django's: GB/T 22239-2019 asks for complexity and regular change."""

from __future__ import annotations

import string
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from bihuan.people.models import Account

ADMINISTRATORS_CHANGE_EVERY = timedelta(days=90)
_CLASSES = (
    frozenset(string.ascii_lowercase),
    frozenset(string.ascii_uppercase),
    frozenset(string.digits),
)


def is_stale(account: Account, *, at: datetime) -> bool:
    """Whether an administrator's password must be changed again."""
    changed = account.password_changed_at
    return changed is None or at - changed >= ADMINISTRATORS_CHANGE_EVERY


class ThreeOfFour:
    """Lower case, upper case, digits, others: at least three of the four."""

    def validate(self, password: str, user: Account | None = None) -> None:
        known = [any(letter in kind for letter in password) for kind in _CLASSES]
        others = any(all(letter not in kind for kind in _CLASSES) for letter in password)
        if sum((*known, others)) < 3:
            raise ValidationError(
                "密码太简单：小写字母、大写字母、数字、其他符号四类中至少要有三类。", code="too_simple"
            )

    def get_help_text(self) -> str:
        return "小写字母、大写字母、数字、其他符号四类中至少有三类。"


class NotPersonal:
    """Not the user name, the name or the mobile number, however the rest is made up."""

    def validate(self, password: str, user: Account | None = None) -> None:
        if user is None or user.person_id is None:
            return
        known = (user.username, user.person.name, user.person.mobile)
        if any(len(word) > 1 and word.lower() in password.lower() for word in known):
            raise ValidationError(
                "密码太容易被猜到：不能含有用户名、姓名或手机号码。请另换一个。", code="personal"
            )

    def get_help_text(self) -> str:
        return "不能含有用户名、姓名或手机号码。"


class NotRecent:
    """Not the present password, nor one of those remembered before it."""

    def validate(self, password: str, user: Account | None = None) -> None:
        if user is None or user.pk is None:
            return
        used = [user.password, *user.past_passwords.values_list("encoded", flat=True)]
        if any(check_password(password, encoded) for encoded in used):
            raise ValidationError("这个密码最近用过：新密码不能与最近5次用过的相同。", code="recent")

    def get_help_text(self) -> str:
        return "不能与最近5次用过的密码相同。"
