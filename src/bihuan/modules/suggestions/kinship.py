"""What became of the same matter before: shown while a deputy writes, and beside what was raised."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from bihuan.matters.access import visible_matters
from bihuan.matters.kin import kin_of
from bihuan.matters.models import Matter, Promise
from bihuan.people.actors import Actor
from bihuan.people.models import Place

SHOWN = 5
LEAST = 6  # characters typed from which kin are looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """An earlier matter like this one: how alike, what became of it, what it still owes."""

    matter: Matter
    percent: int
    near: bool
    shared: tuple[str, ...]
    stage: str
    result_class: str
    owed: int
    may_open: bool


def relatives(text: str, *, place: Place, actor: Actor, exclude: Matter | None = None) -> list[Relative]:
    """The nearest earlier matters of the place that the person may see or that are public, the likest first."""
    if len(text.strip()) < LEAST:
        return []
    mine = visible_matters(actor)
    shown = Matter.objects.filter(Q(published_on__isnull=False) | Q(pk__in=mine.values("pk")), place=place)
    found = kin_of(text, place=place, among=shown, limit=SHOWN, exclude=exclude)
    keys = [kin.matter.pk for kin in found]
    seen = set(mine.filter(pk__in=keys).values_list("pk", flat=True))
    owed = dict(
        Promise.objects.filter(matter__in=keys, state__in=(Promise.OPEN, Promise.STAGED, Promise.BROKEN))
        .values_list("matter")
        .annotate(count=Count("pk"))
    )
    classes = dict(Matter.objects.filter(pk__in=keys).values_list("pk", "suggestion__result_class"))
    return [
        Relative(
            matter=kin.matter,
            percent=round(kin.likeness * 100),
            near=kin.near,
            shared=kin.shared,
            stage=kin.matter.procedure.stage(kin.matter.stage).name,
            result_class=classes.get(kin.matter.pk) or "",
            owed=owed.get(kin.matter.pk, 0),
            may_open=kin.matter.pk in seen,
        )
        for kin in found
    ]
