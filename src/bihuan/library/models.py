"""Papers as they came, what a reader proposed about them, what a person decided, and what was made of it.

The file itself lies under its digest (storage.py) and is never changed; everything here points at it.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.people.models import Account, Place


class Document(models.Model):
    """One paper received, issued or handed in as evidence. The same bytes may be several documents (two
    agencies hand in one photograph, each with its own access), but a paper to be read is kept once."""

    UPLOAD, ISSUED, EVIDENCE, TABLE = "upload", "issued", "evidence", "table"

    place = models.ForeignKey(Place, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20)  # upload | issued | evidence | table; access.py asks it
    name = models.CharField(max_length=200)  # as the person called it, shown and offered on download
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()  # bytes
    media_type = models.CharField(max_length=100)  # by content, never by name
    text = models.TextField(blank=True)  # as last opened: what the offsets of its newest reading count in
    uploaded_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")  # null: the program
    uploaded_at = models.DateTimeField()
    # Taken in by mistake: no longer worked on. Only before anything was made of it; the ledger says who and why.
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "sha256"], condition=Q(kind="upload"), name="paper_once"
            ),
        ]
        indexes = [models.Index(fields=["place", "kind", "-uploaded_at", "-id"], name="document_newest")]

    def __str__(self) -> str:
        return self.name


class Reading(models.Model):
    """What one edition of the readers proposed about a document. A newer edition makes a new reading and
    keeps the old one with all that was decided in it."""

    PROPOSED, ACCEPTED, ABANDONED = "proposed", "accepted", "abandoned"

    document = models.ForeignKey(Document, models.PROTECT, related_name="readings")
    reader = models.CharField(max_length=40)  # edition of the readers
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=PROPOSED)
    warnings = models.JSONField(default=list)  # Chinese sentences about the file as a whole
    # Filled when a newer edition opens the file to another text: what this reading's offsets count in.
    former_text = models.TextField(blank=True)
    # Answers so far to what the papers leave open, by form field: kept while somebody goes back to the review.
    answers = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "accepted", "abandoned"]), name="reading_state_known"
            ),
            models.UniqueConstraint(
                fields=["document"], condition=Q(state="proposed"), name="one_open_reading"
            ),
            # The matters a paper creates must not be created twice, not even by a later reading.
            models.UniqueConstraint(fields=["document"], condition=Q(state="accepted"), name="accepted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}/{self.pk} {self.reader}"

    @property
    def text(self) -> str:
        """The opened text that the proposals' offsets count in."""
        return self.former_text or self.document.text


class Proposal(models.Model):
    """One fact a reader proposes, with the span it rests on, and the decision a person took on it.

    `version` counts the decisions: who decides says which version was on the screen (readings.py)."""

    PENDING, ACCEPTED, CORRECTED, REJECTED = "pending", "accepted", "corrected", "rejected"

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="proposals")
    position = models.PositiveIntegerField()  # reading order, 0, 1, 2 ...
    type = models.CharField(max_length=30)
    section = models.TextField(blank=True)  # title of the paper of the bundle it stands in
    start = models.PositiveIntegerField()  # offsets in Document.text, end not included
    end = models.PositiveIntegerField()
    confidence = models.FloatField()  # 0-1
    doubt = models.TextField(blank=True)
    fact = models.JSONField()  # as proposed; never changed
    corrected = models.JSONField(null=True)  # the whole fact as a person put it right
    decision = models.CharField(max_length=10, default=PENDING)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)  # why it was rejected, where one was asked for
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reading", "position"], name="proposal_position_once"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="proposal_span_in_order"),
            models.CheckConstraint(
                condition=Q(decision="pending", decided_at__isnull=True)
                | Q(decision__in=["accepted", "corrected", "rejected"], decided_at__isnull=False),
                name="decided_when_decided",
            ),
            models.CheckConstraint(
                condition=Q(decision="corrected", corrected__isnull=False)
                | (~Q(decision="corrected") & Q(corrected__isnull=True)),
                name="corrected_with_its_correction",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reading_id}#{self.position} {self.type}"

    @property
    def final(self) -> dict[str, object]:
        """The fact as it stands after the decision."""
        fact: dict[str, object] = self.fact if self.corrected is None else self.corrected
        return fact

    @property
    def is_doubtful(self) -> bool:
        return not self.is_certain

    @property
    def is_certain(self) -> bool:
        """Whether 'accept all certain' may take it. A contradiction found is for a person to look at."""
        return not self.doubt and self.confidence >= CERTAIN and self.type != "inconsistency"


# Below this confidence a reader is guessing between readings, so a person looks at each such fact.
CERTAIN = 0.8


class Acceptance(models.Model):
    """A reading accepted: who, when, with which answers; one to one, so it cannot happen twice."""

    reading = models.OneToOneField(Reading, models.PROTECT, related_name="acceptance")
    accepted_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()
    answers = models.JSONField(default=dict)  # by question key, per intake
    decisions_digest = models.CharField(max_length=64)  # also in the ledger; see acceptance.py

    def __str__(self) -> str:
        return str(self.reading)


class CreatedLink(models.Model):
    """Something an acceptance created, and where to see it."""

    acceptance = models.ForeignKey(Acceptance, models.CASCADE, related_name="created")
    position = models.PositiveIntegerField()
    label = models.TextField()
    url = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["acceptance", "position"], name="created_position_once")
        ]

    def __str__(self) -> str:
        return self.label


class SearchRow(models.Model):
    """One record as search sees it; written by search.py in the record's own transaction.

    Every indexing makes a new row, so a greater id is a later change and results run newest first."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=60)
    title = models.TextField()
    text = models.TextField(blank=True)
    folded = models.TextField()  # title and text as matched: search.fold
    place = models.ForeignKey(Place, models.CASCADE, null=True, related_name="+")
    updated = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="search_row_once")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"
