"""Search for the signed-in: what each person may find, and the hits with their addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from bihuan.library.access import office_places
from bihuan.library.documents import search_kind
from bihuan.library.models import Document
from bihuan.library.search import Allowed, Hit, keys, search
from bihuan.matters.access import visible_matters
from bihuan.matters.search import SEARCH_KIND
from bihuan.people.actors import Actor

PAGE = 20
DOCUMENT = search_kind(Document.UPLOAD)
EVIDENCE = search_kind(Document.EVIDENCE)
# The tabs: what is asked for in the address, what it is called, the index's kinds behind it.
TABS = (
    ("", "全部", (SEARCH_KIND, DOCUMENT, EVIDENCE)),
    ("matters", "事项", (SEARCH_KIND,)),
    ("papers", "文件", (DOCUMENT,)),
    ("evidence", "佐证材料", (EVIDENCE,)),
)
_NAMES = {SEARCH_KIND: "事项", DOCUMENT: "文件", EVIDENCE: "佐证材料"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One hit with what it is called and where it opens."""

    hit: Hit
    kind: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One page of hits, newest first; `after` begins the next page, None at the end."""

    rows: tuple[Found, ...]
    after: int | None


def find(words: str, *, actor: Actor, tab: str, after: int | None) -> Results:
    """What the person may see that contains all the words, in one query."""
    wanted = next((kinds for code, _, kinds in TABS if code == tab), TABS[0][2])
    allowed = {kind: rows for kind, rows in allowed_to(actor).items() if kind in wanted}
    hits = search(words, allowed=allowed, limit=PAGE + 1, after=after)
    return Results(rows=_found(hits[:PAGE]), after=hits[PAGE - 1].after if len(hits) > PAGE else None)


def allowed_to(actor: Actor) -> Allowed:
    """The records open to the person.

    Matters are asked for hit by hit (OuterRef): the list of all a person may see can be a million long.
    """
    seen = visible_matters(actor).filter(number=OuterRef("key")).values("number")
    return {SEARCH_KIND: seen, DOCUMENT: keys(_papers(actor)), EVIDENCE: keys(_evidence(actor))}


def _papers(actor: Actor) -> QuerySet[Document]:
    """As library.access.may_read_upload: papers received belong to the offices of their place."""
    return Document.objects.filter(kind=Document.UPLOAD, place__in=office_places(actor))


def _evidence(actor: Actor) -> QuerySet[Document]:
    """As matters.access.may_read_evidence: one's own, and what belongs to a matter one sees."""
    seen = visible_matters(actor)
    part_of = Exists(seen.filter(deeds__documents=OuterRef("pk"))) | Exists(
        seen.filter(promises__evidence=OuterRef("pk"))
    )
    return Document.objects.filter(Q(uploaded_by=actor.account) | Q(part_of), kind=Document.EVIDENCE)


def _found(hits: Sequence[Hit]) -> tuple[Found, ...]:
    return tuple(Found(hit=hit, kind=_NAMES[hit.kind], url=_address(hit)) for hit in hits)


def _address(hit: Hit) -> str:
    if hit.kind == SEARCH_KIND:
        return reverse("matters:detail", args=[hit.key])
    return reverse("library:document" if hit.kind == DOCUMENT else "library:file", args=[hit.key])
