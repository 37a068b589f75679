"""Who is who: places, organs, people, the posts they hold from day to day, and their accounts.

Everything that changes over time carries `since` and `until` (both days included, `until` empty while it
lasts), so that 'who was director on that day' has an answer years later.
"""

from __future__ import annotations

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q


class LastingQuerySet(models.QuerySet["Post"]):
    def on(self, day: date) -> LastingQuerySet:
        """The rows in force on `day`."""
        return self.filter(Q(since__lte=day), Q(until__isnull=True) | Q(until__gte=day))


class Place(models.Model):
    """A place with its own congress; `code` is the key of its law profile in law/places.toml."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.name


class Organ(models.Model):
    """A body that can be made responsible: a committee, an office, a government, a bureau, a court."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="organs")
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=40)  # a glossary code: office, committee, government, bureau ...
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "name", "since"], name="organ_once")]

    def __str__(self) -> str:
        return self.short_name or self.name


class OrganAlias(models.Model):
    """Another name under which papers speak of an organ; accepted by a person, never assumed."""

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organ", "name"], name="organ_alias_once")]


class Person(models.Model):
    name = models.CharField(max_length=40)
    mobile = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A person's post in an organ. `role` (a glossary code) is what the program's permissions ask for;
    `title` is what papers print."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20)
    title = models.CharField(max_length=40, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = LastingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="post_ends_after_it_begins"
            )
        ]
        indexes = [models.Index(fields=["organ", "role", "since"], name="post_by_organ")]

    def __str__(self) -> str:
        return f"{self.organ} {self.title or self.role} {self.person}"


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username=username)


class Account(AbstractBaseUser):
    """A way in. Rights come from the person's posts on the day, never from the account."""

    username = models.CharField(max_length=40, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    large_type = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)

    objects = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: list[str] = []

    def __str__(self) -> str:
        return self.username
