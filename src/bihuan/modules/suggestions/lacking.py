"""What an agency still has to bring before its reply can go up, or its work be recognised."""

from __future__ import annotations

from bihuan.matters.models import Matter, Party, Promise
from bihuan.matters.registry import Lack
from bihuan.modules.suggestions.effects.handling import latest
from bihuan.modules.suggestions.models import Contact


def contact(matter: Matter, party: Party | None) -> Lack | None:
    """A reply counts only where the lead deputy was spoken with."""
    if party is None or party.stage != "handling":
        return None
    spoken = Contact.objects.filter(
        matter=matter, party=party, deputy__part="mover", round=matter.round, denied_on__isnull=True
    )
    return None if spoken.exists() else Lack(what="还没有联系领衔代表")


def draft(matter: Matter, party: Party | None) -> Lack | None:
    if party is None or party.stage != "handling" or latest(matter, party) is not None:
        return None
    return Lack(what="还没有起草")


def kept(matter: Matter, party: Party | None) -> Lack | None:
    """Promises not kept yet, by the day of the nearest."""
    if party is None or matter.stage != "following":
        return None
    owed = party.promises.filter(state__in=(Promise.OPEN, Promise.STAGED)).order_by("due_on")
    count = owed.count()
    if not count:
        return None
    first = owed.filter(due_on__isnull=False).first()
    return Lack(what=f"{count}项承诺没有完成", due_on=first.due_on if first else None)
