"""What in a reply may name a private person: proposed to the office before the public reads it."""

from __future__ import annotations

from dataclasses import dataclass

from bihuan.matters.models import Matter
from bihuan.modules.suggestions.effects.publishing import signed_replies
from bihuan.modules.suggestions.texts import reply_text
from bihuan.people.models import Post
from bihuan.readers.privacy import Known, Private, find_private


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """One stretch of one reply's text that would be replaced."""

    reply: int
    found: Private


def proposals(matter: Matter) -> list[Proposed]:
    """Every stretch in the replies of this round that may name a private person, in their order."""
    people = frozenset(
        Post.objects.filter(organ__place=matter.place_id).values_list("person__name", flat=True)
    )
    return [
        Proposed(reply=reply.pk, found=found)
        for reply in signed_replies(matter)
        for found in find_private(
            reply_text(reply), known=Known(people=people, phones=frozenset({reply.telephone}))
        )
    ]
