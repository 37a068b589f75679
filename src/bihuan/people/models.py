"""Who is who: places, organs, people, the posts they hold from day to day, and their accounts.

Everything that changes over time carries `since` and `until` (both days included, `until` empty while it
lasts), so that 'who was director on that day' has an answer years later.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q

# The three officers of separated administration (三员分立). The trigger of migration
# 0002_administrators_apart repeats these names: a database guard may import nothing of ours.
ADMINISTRATOR_ROLES = ("sysadmin", "secadmin", "auditor")

_Lasting = TypeVar("_Lasting", bound=models.Model)


class LastingQuerySet(models.QuerySet[_Lasting]):
    """Rows with `since` and `until`."""

    def on(self, day: date) -> Self:
        """The rows in force on `day`."""
        return self.filter(Q(since__lte=day), Q(until__isnull=True) | Q(until__gte=day))

    def during(self, since: date, until: date | None) -> Self:
        """The rows in force on at least one day of the period; `until` None means without end."""
        begun = Q() if until is None else Q(since__lte=until)
        return self.filter(begun, Q(until__isnull=True) | Q(until__gte=since))


class Place(models.Model):
    """A place with its own congress; `code` is the key of its law profile in law/places.toml."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.name


class Organ(models.Model):
    """A body that can be made responsible: a committee, an office, a government, a bureau, a court.

    A renamed organ stays the same organ (its former name becomes a dated alias); a merged one ends and
    names the organ that carries on its work as `successor`.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="organs")
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=40)  # a glossary code: office, committee, government, bureau ...
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    objects: ClassVar[LastingQuerySet[Organ]] = LastingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "name", "since"], name="organ_once"),
            models.UniqueConstraint(
                fields=["place", "name"], condition=Q(until__isnull=True), name="organ_name_in_use_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="organ_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(until__isnull=False), name="organ_succeeded_has_ended"
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    def name_on(self, day: date) -> str:
        """The official name on `day`: papers of that day printed it."""
        former = self.aliases.filter(since__lte=day, until__gte=day).first()
        return former.name if former else self.name


class OrganAlias(models.Model):
    """Another name under which papers speak of an organ; accepted by a person, never assumed.

    With dates it is a former official name, without it is a way of speaking.
    """

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=80)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "name"], condition=Q(since__isnull=True), name="organ_alias_once"
            ),
            models.UniqueConstraint(fields=["organ", "name", "since"], name="organ_former_name_once"),
            models.CheckConstraint(
                condition=Q(since__isnull=True, until__isnull=True)
                | Q(since__isnull=False, until__isnull=False, until__gte=F("since")),
                name="organ_former_name_has_both_dates",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """A human being. Two people may bear one name: the posts tell them apart."""

    name = models.CharField(max_length=40)
    mobile = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A person's post in an organ. `role` (a glossary code) is what the program's permissions ask for;
    `title` is what papers print.

    A trigger keeps identical posts from overlapping and an administrator's post apart from any other.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20)
    title = models.CharField(max_length=40, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects: ClassVar[LastingQuerySet[Post]] = LastingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="post_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["person", "organ", "role", "title"],
                condition=Q(until__isnull=True),
                name="post_open_once",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(until__isnull=True, role__in=ADMINISTRATOR_ROLES),
                name="post_one_administrator_role",
            ),
        ]
        indexes = [models.Index(fields=["organ", "role", "since"], name="post_by_organ")]

    def __str__(self) -> str:
        return f"{self.organ} {self.title or self.role} {self.person}"

    @property
    def organ_word(self) -> str:
        """The organ as it stands before the title: those who sit in the council of chairpersons are chairpersons
        of the standing committee (县人大常委会主任, never 主任会议主任)."""
        return str(self.organ.parent or self.organ) if self.organ.kind == "council" else str(self.organ)


class Deputy(models.Model):
    """What is known of a deputy beyond the post: one row for each congress the person was elected to."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="mandates")
    congress = models.PositiveSmallIntegerField()  # 届: 17 for 第十七届
    delegation = models.ForeignKey(Organ, models.PROTECT, related_name="deputies")
    district = models.CharField(max_length=60, blank=True)  # electoral district, or the electing unit

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "congress"], name="deputy_once_a_congress")]

    def __str__(self) -> str:
        return f"{self.person} 第{self.congress}届 {self.delegation}"


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.select_related("person").get(username=username)


class Account(AbstractBaseUser):
    """A way in. Rights come from the person's posts on the day, never from the account."""

    username = models.CharField(max_length=40, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    large_type = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField(null=True, blank=True)

    objects = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.username


class PastPassword(models.Model):
    """A password once used, as its hash, so that it is not chosen again too soon."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="past_passwords")
    encoded = models.CharField(max_length=128)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.account} {self.at:%Y-%m-%d}"


class LoginRecord(models.Model):
    """One attempt to sign in. Never deleted by the program.

    Network logs are kept for six months at least: 网络安全法 art. 23 (2025 text).
    """

    at = models.DateTimeField()
    username = models.CharField(max_length=40)  # as typed: it need not exist
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="logins")
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=20)  # signed_in, wrong_password, wrong_code, locked, disabled

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="login_by_time"),
            models.Index(fields=["username", "-at"], name="login_by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.username} {self.outcome}"


class LoginGuard(models.Model):
    """Wrong passwords counted for one user name or one network address.

    A row exists for whatever name was typed, so that a lock does not tell whether the account exists.
    """

    kind = models.CharField(max_length=10)  # account, address
    key = models.CharField(max_length=60)
    failures = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="login_guard_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.failures}"


class Session(AbstractBaseSession):
    """A signed-in browser. The columns beside the data let the security administrator see and end it.

    `handle` names a session on pages: whoever knows the key itself could sign in with it.
    """

    handle = models.CharField(max_length=32, unique=True)
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="sessions")
    address = models.GenericIPAddressField(null=True)
    started_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.account} {self.started_at}"

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from bihuan.people.sessions import SessionStore  # the store needs this model

        return SessionStore


class CacheRow(models.Model):
    """The table of Django's database cache, in the shape that backend expects.

    It holds what all workers must agree on for a short time and after a restart, such as one-time codes
    already used.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "people_cache"

    def __str__(self) -> str:
        return self.cache_key
