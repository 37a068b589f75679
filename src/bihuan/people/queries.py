"""Who held which post on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from bihuan.people.models import Organ, Person, Post


def holders(*, organ: Organ, role: str, on: date) -> QuerySet[Post]:
    """The posts of `role` held in `organ` on `on`, with their persons, longest in office first."""
    return Post.objects.on(on).filter(organ=organ, role=role).select_related("person").order_by("since", "id")


def who_was(*, organ: Organ, on: date, title: str = "", role: str = "") -> tuple[Person, ...]:
    """Who bore the title, or held the role, in `organ` on `on`; nobody, one, or several.

    Raises ValueError where neither title nor role is asked for.
    """
    if not title and not role:
        raise ValueError("who_was needs a title or a role.")
    asked = {name: value for name, value in (("title", title), ("role", role)) if value}
    held = Post.objects.on(on).filter(organ=organ, **asked).select_related("person").order_by("since", "id")
    return tuple(dict.fromkeys(post.person for post in held))


def posts_of(*, person: Person, on: date) -> QuerySet[Post]:
    """The posts the person held on `on`, with their organs."""
    return Post.objects.on(on).filter(person=person).select_related("organ").order_by("since", "id")
