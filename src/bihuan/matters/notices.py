"""Lines for people: what is newly on their desk, what turns yellow or red. Each reaches a person once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Q
from django.http import HttpRequest

from bihuan.matters.models import NEVER, Matter, Notice, Todo
from bihuan.people.models import Post


def tell(people: Iterable[int], *, key: str, text: str, matter: Matter | None, on: date) -> None:
    """Leave one line for each person (ids); the same `key` is never left twice."""
    lines = [
        Notice(person_id=who, key=key, text=text[:300], matter=matter, on=on) for who in sorted(set(people))
    ]
    Notice.objects.bulk_create(lines, ignore_conflicts=True)


def holders(desks: Iterable[tuple[int, str]], *, on: date) -> dict[tuple[int, str], set[int]]:
    """Who sits at each desk (organ, role) on the day, an organ's serving office included: one query."""
    wanted = set(desks)
    if not wanted:
        return {}
    organs, roles = {organ for organ, _ in wanted}, {role for _, role in wanted}
    serving = Q(organ__parent__in=organs, organ__kind__in=("government_office", "office"))
    posts = Post.objects.on(on).filter(Q(organ__in=organs) | serving, role__in=roles)
    found: dict[tuple[int, str], set[int]] = {desk: set() for desk in wanted}
    for person, organ, parent, role in posts.values_list("person", "organ", "organ__parent", "role"):
        for desk in ((organ, role), (parent, role)):
            if desk in found:
                found[desk].add(person)
    return found


def deputies_of(congresses: Iterable[int], *, on: date) -> set[int]:
    """The deputies (persons) in the delegations of these congresses (organs) on the day: one query."""
    held = Post.objects.on(on).filter(role="deputy", organ__parent__in=list(congresses))
    return set(held.values_list("person", flat=True))


def tell_new_todos(matter: Matter, todos: Sequence[Todo], *, on: date) -> None:
    """Tell everybody at whose desk something new now waits, once for each act."""
    seated = holders(((todo.organ_id, todo.role) for todo in todos), on=on)
    people: dict[tuple[str, int | None, date], set[int]] = {}
    for todo in todos:
        reached = people.setdefault((todo.act, todo.party_id, todo.due_on), set())
        reached |= {todo.person_id} if todo.person_id else seated[todo.organ_id, todo.role]
    for (code, party, due_on), who in people.items():
        until = "" if due_on == NEVER else f"，期限{due_on.year}年{due_on.month}月{due_on.day}日"
        tell(
            who,
            key=f"todo:{matter.pk}:{code}:{party or 0}:{matter.round}:{matter.version}",
            text=f"请{matter.procedure.act(code).name}：{matter.title}{until}",
            matter=matter,
            on=on,
        )


def settle_notices(matter: Matter, *, at: datetime) -> None:
    """What somebody has done waits for nobody: the lines that called for it count as read."""
    waiting = {
        f"todo:{matter.pk}:{act}:{party or 0}:" for act, party in matter.todos.values_list("act", "party")
    }
    unread = Notice.objects.filter(matter=matter, read_at__isnull=True, key__startswith=f"todo:{matter.pk}:")
    done = [
        key for key, name in unread.values_list("pk", "key") if name.rsplit(":", 2)[0] + ":" not in waiting
    ]
    if done:
        Notice.objects.filter(pk__in=done).update(read_at=at)


def count_unread(request: HttpRequest) -> int:
    """How many lines the request's person has not read."""
    actor = getattr(request, "actor", None)
    return Notice.objects.filter(person=actor.person, read_at__isnull=True).count() if actor else 0
