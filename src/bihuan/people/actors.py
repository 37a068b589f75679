"""The person who acts, with the posts that give the right to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self

from bihuan.people.models import Account, Post


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post held on the day: `role` and `organ` decide what is allowed."""

    id: int
    role: str
    organ: int
    organ_name: str
    organ_kind: str
    place: int
    title: str
    organ_parent: int | None = None

    @property
    def speaks_for(self) -> tuple[int, ...]:
        """The organs whose part in a matter this post may take: its own, and the body its office serves
        (the government's general office signs in and out for the government)."""
        serves = self.organ_parent is not None and self.organ_kind in (
            "government_office",
            "office",
            "delegation",
        )
        return (self.organ, self.organ_parent) if serves and self.organ_parent else (self.organ,)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `account` is None for the clock (bihuan tick), whose name is 系统."""

    account: int | None
    person: int | None
    name: str
    posts: tuple[HeldPost, ...]

    @classmethod
    def of(cls, account: Account, *, on: date) -> Self:
        """The account's person with the posts held on `on` (one query)."""
        held = (
            Post.objects.on(on)
            .filter(person=account.person_id)
            .select_related("organ__parent")
            .order_by("id")
        )
        posts = tuple(
            HeldPost(
                id=post.pk,
                role=post.role,
                organ=post.organ_id,
                organ_name=post.organ_word,
                organ_kind=post.organ.kind,
                place=post.organ.place_id,
                title=post.title,
                organ_parent=post.organ.parent_id,
            )
            for post in held
        )
        return cls(account=account.pk, person=account.person_id, name=account.person.name, posts=posts)

    def stamp(self, post: HeldPost | None = None) -> str:
        """How the ledger names the actor: name, organ and title as they stand now."""
        return f"{self.name}（{post.organ_name}{post.title}）" if post else self.name


SYSTEM = Actor(account=None, person=None, name="系统", posts=())
