"""What `bihuan check --database default` says about a site's people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections
from django.utils import timezone

from bihuan.kernel.glossary import chinese
from bihuan.people.models import ADMINISTRATOR_ROLES, Post


@register(Tags.database)
def three_administrators(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Each of the three posts is held by someone, and by someone who holds no other.

    A site not yet migrated or without people is being set up, and nothing is missing yet.
    """
    found: list[CheckMessage] = []
    for alias in databases or ():
        if Post._meta.db_table in connections[alias].introspection.table_names():
            found += _check(alias)
    return found


def _check(alias: str) -> list[CheckMessage]:
    posts = Post.objects.using(alias)
    if not posts.exists():
        return []
    held = posts.on(timezone.localdate())
    administrators = held.filter(role__in=ADMINISTRATOR_ROLES, person__account__is_active=True)
    present = set(administrators.values_list("role", flat=True))
    missing = [
        Warning(
            f"没有{chinese(f'role.{role}')}：三员职责不全，这一部分工作无人能办。",
            hint="请为这一岗位办理任职并开设账号。",
            id=f"people.W00{number}",
        )
        for number, role in enumerate(ADMINISTRATOR_ROLES, start=1)
        if role not in present
    ]
    holders = held.filter(role__in=ADMINISTRATOR_ROLES).values_list("person", flat=True)
    mixed = [
        Warning(
            f"{post.person.name}既是管理员又任{post.organ}{post.title}。",
            hint="管理员不得兼任其他岗位，请办理其中一个岗位的离任。",
            id="people.W004",
        )
        for post in held.filter(person__in=holders)
        .exclude(role__in=ADMINISTRATOR_ROLES)
        .select_related("person", "organ")
    ]
    return [*missing, *mixed]
