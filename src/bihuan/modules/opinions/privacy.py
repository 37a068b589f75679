"""What of an opinion the public will read, and what in it may name a private person: before it is published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bihuan.matters.effects import label
from bihuan.matters.models import Matter
from bihuan.modules.opinions.models import Opinion
from bihuan.people.models import Post
from bihuan.readers.privacy import Known, Private, find_private


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicText:
    """One text as it would be published, with what in it may name a private person."""

    heading: str
    text: str
    found: tuple[Private, ...]

    def pieces(self) -> list[tuple[str, bool]]:
        """The text cut at what was found; True for what was."""
        cut, at = [], 0
        for each in self.found:
            cut += [(self.text[at : each.start], False), (self.text[each.start : each.end], True)]
            at = each.end
        return [(text, private) for text, private in (*cut, (self.text[at:], False)) if text]


def public_texts(matter: Matter) -> Sequence[PublicText]:
    """The items, the answers of the present round and the opinion's own words."""
    people = frozenset(
        Post.objects.filter(organ__place=matter.place_id).values_list("person__name", flat=True)
    )
    known = Known(people=people, phones=frozenset())
    texts = [(label(item), item.text) for item in matter.items.all()]
    answers = matter.answers.filter(round=matter.round).select_related(
        "item", "party__organ", "party__person"
    )
    texts += [(f"{label(answer.item)}：{answer.party}的答复", answer.text) for answer in answers]
    opinion = Opinion.objects.filter(matter=matter).first()
    texts += [("全文", text) for text in (opinion.paragraphs if opinion else ())]
    return [
        PublicText(heading=head, text=text, found=find_private(text, known=known)) for head, text in texts
    ]
