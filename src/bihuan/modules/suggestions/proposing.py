"""Who is proposed to handle a suggestion: asked of the record once, and kept with its reasons."""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.matters.handlers import propose_handlers
from bihuan.matters.models import Matter


def propose(matter: Matter, *, on: date) -> list[dict[str, Any]]:
    """Who should handle it, learned from who handled the like of it: kept with the suggestion, so that a list of
    many need not ask for each, and so that it can be told later what was proposed."""
    items = matter.items.order_by("pk").values_list("text", flat=True)
    text = "\n".join([matter.title, *items])
    # A government answers the standing committee for everything; who does the work, suggestions tell.
    past = Matter.objects.filter(procedure_code=matter.procedure_code)
    found = propose_handlers(text, place=matter.place, on=on, among=past, exclude=matter)
    return [
        {
            "organ": each.organ.pk,
            "name": str(each.organ),
            "part": each.part,
            "score": each.score,
            "reason": each.reason,
            "learned_from": [past.number for past in each.learned_from],
        }
        for each in found
    ]
