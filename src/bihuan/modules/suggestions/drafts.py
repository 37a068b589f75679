"""Writing a suggestion: kept as typed, raised together with those who signed the very same words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from bihuan.matters.doing import Incomplete
from bihuan.matters.notices import tell
from bihuan.modules.suggestions.effects.raising import mandate_of
from bihuan.modules.suggestions.models import CoSignature, Draft
from bihuan.people.actors import Actor
from bihuan.people.models import Deputy, Person, Place


def is_deputy(actor: Actor) -> bool:
    return any(post.role == "deputy" for post in actor.posts)


def place_of(actor: Actor) -> Place:
    post = next(post for post in actor.posts if post.role == "deputy")
    return Place.objects.get(pk=post.place)


def drafts_of(actor: Actor) -> QuerySet[Draft]:
    """The person's own drafts that are not handed in, the newest first."""
    return Draft.objects.filter(author=actor.person, matter__isnull=True).order_by("-changed_at")


def keep_draft(draft: Draft, given: Mapping[str, Any], *, at: datetime) -> Draft:
    """Keep what was typed; signatures given to other words fall away."""
    before = words_of(draft)
    for name in ("title", "category", "situation", "analysis", "source", "publicity", "wanted"):
        setattr(draft, name, given[name])
    draft.demands = [text for text in given["demands"] if text.strip()]
    draft.changed_at = at
    draft.save()
    if words_of(draft) != before:
        stale = draft.signatures.filter(state=CoSignature.SIGNED)
        stale.update(state=CoSignature.INVITED, answered_at=None, words="")
    return draft


def words_of(draft: Draft) -> str:
    """Digest of the words that are signed: one signs what one has read."""
    words = [draft.title, draft.situation, draft.analysis, draft.demands]
    return hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()


def invite(draft: Draft, people: Sequence[Person], *, actor: Actor, at: datetime) -> None:
    """Ask deputies to raise it together; each is told once."""
    for person in people:
        if person.pk == draft.author_id:
            raise Incomplete("不需要邀请自己：您是领衔代表。")
        mandate_of(person)
        CoSignature.objects.get_or_create(draft=draft, person=person)
    tell(
        [person.pk for person in people],
        key=f"cosign:{draft.pk}",
        text=f"{actor.name}代表邀请您联名：{draft.title}",
        matter=None,
        on=at.date(),
    )


def answer_invitation(signature: CoSignature, *, signs: bool, words: str, at: datetime) -> None:
    """Sign the words that were read, or decline; words changed meanwhile must be read again."""
    if signature.draft.matter_id is not None:
        raise Incomplete("这份建议已经提交，不能再联名。")
    if signs and words != words_of(signature.draft):
        raise Incomplete("您阅读之后，领衔代表修改了内容。请重新阅读后再决定是否联名。")
    signature.state = CoSignature.SIGNED if signs else CoSignature.DECLINED
    signature.words, signature.answered_at = (words if signs else ""), at
    signature.save(update_fields=["state", "words", "answered_at"])


def others(actor: Actor, place: Place) -> QuerySet[Deputy]:
    """The deputies who can be invited."""
    latest = Deputy.objects.filter(delegation__place=place).order_by("-congress").values_list("congress")[:1]
    found = Deputy.objects.filter(delegation__place=place, congress__in=latest)
    return (
        found.exclude(person=actor.person).select_related("person", "delegation").order_by("delegation", "pk")
    )
