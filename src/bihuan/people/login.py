"""How django-allauth signs people in here: by user name and password, with our counting and our record."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.forms import Field
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.encoding import force_bytes

from bihuan.people import lockout, sessions
from bihuan.people.models import ADMINISTRATOR_ROLES, Account, LoginRecord, Post
from bihuan.people.services.accounts import USERNAME
from bihuan.ui import navigation

_ODD_NAME = "（不是用户名）"
_CODE_STAYS_USED = 120  # seconds; a code is accepted for three half-minutes at most


def typed_name(typed: str) -> str:
    """What is kept of the name typed: people type passwords into the wrong box, and those are not kept."""
    name = typed.strip().lower()
    return name if USERNAME.fullmatch(name) else _ODD_NAME


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth is untyped
    """Loads the person together with the account: every page asks for both."""

    def get_user(self, user_id: int) -> Account | None:
        account = Account.objects.select_related("person").filter(pk=user_id).first()
        return account if account is not None and account.is_active else None


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Password sign-in: nobody signs up, attempts are counted, each is recorded."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "用户名或密码不正确。",
        "incorrect_password": "密码不正确。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return navigation.address("portal:desk") or navigation.address("people:me")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Signing in and out speak for themselves."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """The account whose password this is, or None; ValidationError says how many tries are left or until
        when nobody may try. The same words for names that exist and names that do not."""
        at = timezone.now()
        name = typed_name(str(credentials.get("username", "")))
        keys = (("account", name), lockout.address_key(self.get_client_ip(request)))
        if lock := lockout.charge(keys, at=at):
            self.note(request, name, "locked", at=at)
            raise ValidationError(lock.message, code="locked")
        account: Account | None = super().authenticate(request, **credentials)
        if account is not None:
            lockout.give_back(keys, at=at)
            return account
        self.note(request, name, "wrong_password", at=at)
        left = lockout.standing(keys, at=at)
        if isinstance(left, lockout.Lock):
            raise ValidationError(left.message, code="locked")
        raise ValidationError(f"用户名或密码不正确，还可以再试{left}次。", code="mismatch")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: `authenticate` counts, in the database and for all workers."""

    def pre_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse | None:
        if not user.is_active:
            self.note(request, user.username, "disabled", at=timezone.now(), account=user)
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def login(self, request: HttpRequest, user: Account) -> None:
        at = timezone.now()
        super().login(request, user)
        request.session[sessions.STARTED] = request.session[sessions.SEEN] = int(at.timestamp())
        request.session[sessions.ADDRESS] = self.get_client_ip(request)
        self.note(request, user.username, "signed_in", at=at, account=user)

    def note(
        self, request: HttpRequest, name: str, outcome: str, *, at: datetime, account: Account | None = None
    ) -> None:
        """Write one line of the login record."""
        LoginRecord.objects.create(
            at=at,
            username=name,
            account=account or Account.objects.filter(username=name).first(),
            address=self.get_client_ip(request),
            agent=self.get_http_user_agent(request)[:200],
            outcome=outcome,
        )


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """One-time codes: the secret encrypted at rest, and not given up by an administrator."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "管理员必须使用动态验证码，不能停用。",
        "incorrect_code": "动态验证码不正确。请核对手机时间，输入当前显示的验证码。",
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not needs_second_factor(authenticator.user)


def needs_second_factor(account: Account) -> bool:
    """Whether the account is an administrator's on a site where those must use two factors."""
    today = timezone.localdate()
    held = Post.objects.on(today).filter(person=account.person_id, role__in=ADMINISTRATOR_ROLES)
    return bool(settings.BIHUAN_ADMIN_MFA) and held.exists()


class _CountedCode:
    """Codes are counted like passwords, and each is good once."""

    user: Account

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_code(self.fields["code"])  # type: ignore[attr-defined]  # allauth's form stands behind this one

    def clean_code(self) -> str:
        at, keys = timezone.now(), [("code", self.user.username)]
        if lock := lockout.charge(keys, at=at):
            self._note("locked", at)
            raise ValidationError(lock.message, code="locked")
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # allauth's form stands behind this one
        except ValidationError:
            self._note("wrong_code", at)
            left = lockout.standing(keys, at=at)
            if isinstance(left, lockout.Lock):
                raise ValidationError(left.message, code="locked") from None
            raise
        if not cache.add(f"people.code.{self.user.pk}.{code}", 1, timeout=_CODE_STAYS_USED):
            raise ValidationError("这个验证码刚刚用过，请等下一个。", code="used")
        lockout.give_back(keys, at=at)
        return code

    def _note(self, outcome: str, at: datetime) -> None:
        AccountAdapter().note(context.request, self.user.username, outcome, at=at, account=self.user)


class CodeForm(_CountedCode, AuthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """At signing in."""


class CodeAgainForm(_CountedCode, ReauthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """Before something that bears on the account's safety."""


class FirstCodeForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth is untyped
    """Setting the second factor up; not counted, since the secret stands on the same page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_code(self.fields["code"])


def _name_code(field: Field) -> None:
    field.label = "动态验证码"
    field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}


def _cipher() -> Fernet:
    """Keyed by the site's secret key: a copy of the database alone does not give the codes away."""
    key = hashlib.sha256(b"bihuan.people.second-factor:" + force_bytes(settings.SECRET_KEY)).digest()
    return Fernet(base64.urlsafe_b64encode(key))
