"""What in a reply may name a private person: proposed to the office before the public reads it."""

from __future__ import annotations

from collections.abc import Callable
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
    people = _known_people(matter)
    return [
        Proposed(reply=reply.pk, found=found)
        for reply in signed_replies(matter)
        for found in find_private(
            reply_text(reply), known=Known(people=people, phones=frozenset({reply.telephone}))
        )
    ]


def hider(matter: Matter) -> Callable[[str], str]:
    """How the deputy's own words are shown to the public: nobody has confirmed what names private persons in
    them, so everything that may is taken out."""
    known = Known(people=_known_people(matter), phones=frozenset())

    def hide(text: str) -> str:
        for found in sorted(find_private(text, known=known), key=lambda each: each.start, reverse=True):
            text = text[: found.start] + found.replacement + text[found.end :]
        return text

    return hide


def _known_people(matter: Matter) -> frozenset[str]:
    """Those who hold a post there: naming them names no private person."""
    names = Post.objects.filter(organ__place=matter.place_id).values_list("person__name", flat=True)
    return frozenset(names)
