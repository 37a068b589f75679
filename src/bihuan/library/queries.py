"""Documents as lists show them: what stands where, without a query more for more rows."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    F,
    JSONField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.timezone import make_aware

from bihuan.library.documents import search_kind
from bihuan.library.models import CreatedLink, Document, Proposal, Reading
from bihuan.library.search import matching


def papers(places: frozenset[int]) -> QuerySet[Document]:
    """Papers to be read, of these places, each with the state of its newest reading.

    Annotated: `reading_id`, `reading_state` (None: not read), `total` and `decided` proposals of it, and `head`,
    the fact about its first paper (None: none): title and number.
    """
    newest = Reading.objects.filter(document=OuterRef("pk")).order_by("-pk")
    head = Proposal.objects.filter(reading=OuterRef("reading_id"), type="document").exclude(
        decision=Proposal.REJECTED
    )
    as_decided = Coalesce("corrected", "fact", output_field=JSONField())
    counted = Proposal.objects.filter(reading=OuterRef("reading_id")).order_by().values("reading")
    decided = Count("pk", filter=~Q(decision=Proposal.PENDING))
    return (
        Document.objects.filter(kind=Document.UPLOAD, place__in=places)
        .defer("text")
        .annotate(reading_id=Subquery(newest.values("pk")[:1]))
        .annotate(
            reading_state=Subquery(newest.values("state")[:1]),
            total=Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0),
            decided=Coalesce(Subquery(counted.annotate(n=decided).values("n")), 0),
            head=Subquery(
                head.annotate(said=as_decided).order_by("position").values("said")[:1],
                output_field=JSONField(),
            ),
        )
        .select_related("uploaded_by__person")
        .prefetch_related(
            Prefetch("readings__acceptance__created", queryset=CreatedLink.objects.order_by("position"))
        )
    )


def same_paper(reading: Reading) -> Document | None:
    """Another file whose first paper bears the same title and number: the same paper in another format."""
    head = reading.proposals.filter(type="document").order_by("position").first()
    if head is None:
        return None
    heads = Proposal.objects.filter(type="document", fact__title=head.fact["title"])
    others = Document.objects.filter(
        kind=Document.UPLOAD, place=reading.document.place_id, withdrawn_at__isnull=True
    ).exclude(pk=reading.document_id)
    rows = heads.filter(reading__document__in=others).select_related("reading__document")
    twin = next((row for row in rows[:20] if row.fact.get("number") == head.fact.get("number")), None)
    return twin.reading.document if twin else None


def narrow(
    found: QuerySet[Any],
    *,
    words: str = "",
    genre: str = "",
    state: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Any]:
    """Only papers that contain all the words and a paper of the genre, stand as asked, and came in the
    period (days included);
    `found` is `papers(...)`."""
    if words.strip():
        rows = matching(words, allowed={search_kind(Document.UPLOAD): None})
        found = found.filter(
            pk__in=rows.annotate(document=Cast(F("key"), BigIntegerField())).values("document")
        )
    if genre:
        heads = Proposal.objects.filter(reading=OuterRef("reading_id"), type="document", fact__genre=genre)
        found = found.filter(Exists(heads))
    if state == "none":
        unread = ~Exists(Reading.objects.filter(document=OuterRef("pk")))
        found = found.filter(unread, withdrawn_at__isnull=True)
    elif state == "withdrawn":
        found = found.filter(withdrawn_at__isnull=False)
    elif state:
        found = found.filter(reading_state=state)
    if since:
        found = found.filter(uploaded_at__gte=make_aware(datetime.combine(since, time.min)))
    if until:
        found = found.filter(uploaded_at__lte=make_aware(datetime.combine(until, time.max)))
    return found
