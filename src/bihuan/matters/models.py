"""What the engine keeps about every matter, whatever its kind.

The ledger is the record; the rows here are what the acts have made of it. `stage`, the lanes, the terms'
dates, the work list and the deeds are written by `perform` and its helpers alone (a test forbids any other
writer), in the same transaction as the ledger entry.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from bihuan.kernel.procedure import Procedure
from bihuan.kernel.terms import Due, TermSpec
from bihuan.library.models import Document
from bihuan.matters.registry import procedure
from bihuan.people.models import Organ, Person, Place

NEVER = date(9999, 12, 31)  # sorts the undated last, in an index, on every database


class Matter(models.Model):
    """One matter, at one stage of its procedure, in the edition it began under."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="matters")
    number = models.CharField(max_length=24, unique=True)
    procedure_code = models.CharField(max_length=30)
    edition = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    stage = models.CharField(max_length=30)
    round = models.PositiveSmallIntegerField(default=1)
    flags = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=0)  # one more with every entry: shows what came between
    opened_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    # The nearest unmet term; NEVER where none has a date and where the matter has ended.
    due_on = models.DateField(default=NEVER)
    warn_on = models.DateField(default=NEVER)
    published_on = models.DateField(null=True, blank=True)
    source = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="matters")
    drafts = models.JSONField(
        default=list
    )  # the terms its own paper states, before they are bound to parties
    events = models.JSONField(default=dict)  # the days of what terms wait for: {"session": "2026-03-27"}

    class Meta:
        indexes = [models.Index(fields=["-published_on", "-id"], name="matter_published")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def procedure(self) -> Procedure:
        return procedure(self.procedure_code, self.edition)

    @property
    def short_title(self) -> str:
        """The title without the body that gave it: what lists and phones have room for."""
        _, about, rest = self.title.partition("关于")
        return about + rest if rest else self.title

    @property
    def subject(self) -> str:
        """How the ledger names this matter."""
        return f"matter:{self.number}"


class Party(models.Model):
    """An organ's part in a matter: 归口, 征求意见, 主办, 协办, 分办 ... Those with a lane stand at its `stage`.

    A part borne by one `person` of the organ (领衔, 联名) is that person's alone, not every colleague's.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="parties")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="parts")
    part = models.CharField(max_length=20)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="parts")
    stage = models.CharField(max_length=30, blank=True)
    flags = models.JSONField(default=list)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "organ", "part"],
                condition=Q(until__isnull=True, person__isnull=True),
                name="party_once",
            ),
            models.UniqueConstraint(
                fields=["matter", "person"],
                condition=Q(until__isnull=True, person__isnull=False),
                name="party_person_once",
            ),
        ]
        indexes = [models.Index(fields=["organ", "matter"], name="party_by_organ")]

    def __str__(self) -> str:
        return str(self.person or self.organ)

    @property
    def name(self) -> str:
        """How the ledger names the party."""
        return f"{self.organ.name} {self.person.name}" if self.person else self.organ.name


class Term(models.Model):
    """One running term. The specification says how it is counted, `due` keeps the latest reckoning whole."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="terms")
    party = models.ForeignKey(Party, models.CASCADE, null=True, blank=True, related_name="terms")
    kind = models.CharField(max_length=30)  # a TermKind's code
    name = models.CharField(max_length=120)
    round = models.PositiveSmallIntegerField(default=1)
    spec = models.JSONField()
    due = models.JSONField()
    due_on = models.DateField(null=True, blank=True)
    warn_on = models.DateField(null=True, blank=True)
    met_on = models.DateField(null=True, blank=True)
    paused = models.BooleanField(default=False)
    dropped = models.BooleanField(default=False)  # no longer binding: the matter or the party ended
    # Dropped because no organ of the matter could meet it (nobody to consult); kept, for other terms are
    # reckoned from it, and bound again when such an organ joins.
    needless = models.BooleanField(default=False)
    # Dropped because the loop has gone on without it: it was not met, and stays on record as that.
    lapsed_on = models.DateField(null=True, blank=True)
    pauses = models.JSONField(default=list)
    extensions = models.JSONField(default=list)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_on", "id"], condition=Q(met_on__isnull=True, dropped=False), name="term_unmet"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def specification(self) -> TermSpec:
        return TermSpec.from_json(self.spec)

    @property
    def reckoning(self) -> Due:
        return Due.from_json(self.due)


class TermMark(models.Model):
    """That the clock has recorded a term's turning yellow or red: once for each date it was due.

    `on` is the day the light turned, `at` when the clock came by to record it.
    """

    term = models.ForeignKey(Term, models.CASCADE, related_name="marks")
    light = models.CharField(max_length=10)
    due_on = models.DateField()
    on = models.DateField()
    at = models.DateTimeField()
    seq = models.BigIntegerField(unique=True)  # the ledger entry

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "light", "due_on"], name="term_mark_once")]


class Deed(models.Model):
    """One act done: the ledger entry's index within its matter (who, when, for which party)."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="deeds")
    party = models.ForeignKey(Party, models.CASCADE, null=True, blank=True, related_name="deeds")
    act = models.CharField(max_length=30)
    name = models.CharField(max_length=40)
    round = models.PositiveSmallIntegerField()
    on = models.DateField()
    at = models.DateTimeField()
    seq = models.BigIntegerField(unique=True)  # the ledger entry
    actor = models.CharField(max_length=120)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+")
    lines = models.JSONField(default=list)  # what the timeline says of it, in Chinese: [[label, text], …]
    answers = models.JSONField(default=dict)  # as given; the modules' papers are made from them
    terms = models.JSONField(default=list)  # the running terms as they stood then, for the papers of the act
    documents = models.ManyToManyField(Document, blank=True, related_name="deeds")

    class Meta:
        indexes = [
            models.Index(fields=["matter", "-seq"], name="deed_by_matter"),
            models.Index(fields=["at"], name="deed_by_time"),
        ]


class Todo(models.Model):
    """One awaited act on the desk of one role in one organ. Made anew by every act from the procedure."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="todos")
    party = models.ForeignKey(Party, models.CASCADE, null=True, blank=True, related_name="todos")
    act = models.CharField(max_length=30)
    organ = models.ForeignKey(Organ, models.CASCADE, related_name="todos")
    # Where the part is one person's, the desk is too. No index: SQLite would walk it for "nobody's alone".
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    role = models.CharField(max_length=20)
    due_on = models.DateField(default=NEVER)
    warn_on = models.DateField(default=NEVER)
    since = models.DateField()
    lacks = models.CharField(max_length=200, blank=True)  # what is still missing, in Chinese

    class Meta:
        indexes = [models.Index(fields=["organ", "role", "due_on", "id"], name="todo_by_desk")]


class Item(models.Model):
    """One thing the matter asks for: a problem named, a suggestion made, a requirement set."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="items")
    kind = models.CharField(max_length=20)  # problem | suggestion | requirement
    ordinal = models.PositiveSmallIntegerField()
    text = models.TextField()
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts")
    start = models.PositiveIntegerField(null=True, blank=True)  # its span in the source document
    end = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True, start__isnull=True) | Q(end__gt=F("start")), name="item_span"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Promise(models.Model):
    """What somebody undertook to do: text, owner, quantity, date or none, evidence, state, next check.

    In a plan of handling each measure is a promise made for one item.
    """

    OPEN, STAGED, KEPT, BROKEN, WITHDRAWN = "open", "staged", "kept", "broken", "withdrawn"

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="promises")
    party = models.ForeignKey(Party, models.PROTECT, related_name="promises")
    item = models.ForeignKey(Item, models.CASCADE, null=True, blank=True, related_name="promises")
    round = models.PositiveSmallIntegerField()
    text = models.TextField()
    person = models.CharField(max_length=40)  # who in the organ answers for it
    quantity = models.CharField(max_length=60, blank=True)
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, default=OPEN)
    progress = models.TextField(blank=True)
    evidence = models.ManyToManyField(Document, blank=True, related_name="promises")
    next_check_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]


class Answer(models.Model):
    """What a party reports on one item in one round. Answered is not solved: `result` says which."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="answers")
    item = models.ForeignKey(Item, models.CASCADE, related_name="answers")
    party = models.ForeignKey(Party, models.PROTECT, related_name="answers")
    round = models.PositiveSmallIntegerField()
    result = models.CharField(max_length=12)  # solved | staged | planned | open
    text = models.TextField()

    class Meta:
        ordering = ["item_id", "id"]
        constraints = [models.UniqueConstraint(fields=["item", "party", "round"], name="answer_once_a_round")]


class Seen(models.Model):
    """That `seer` sees a thing, with the keys its lists are sorted and filtered by: each list is then a range
    of one index, however many things there are and however few of them the seer sees.

    The keys repeat what the thing's own row says. matters/sight.py alone writes them, after every act, and
    says who the seers are.
    """

    seer = models.CharField(max_length=40)

    class Meta:
        abstract = True


class SeenMatter(Seen):
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="seen", db_index=False)
    procedure_code = models.CharField(max_length=30)
    stage = models.CharField(max_length=30)
    ended = models.PositiveSmallIntegerField()  # 1 or 0: SQLite finds no `NOT ended` in an index
    opened_on = models.DateField()
    due_on = models.DateField()
    warn_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "seer"], name="seen_matter_once")]
        # warn_on stands behind, so that lights are told without fetching the rows.
        indexes = [
            models.Index(fields=["seer", "ended", "due_on", "matter", "warn_on"], name="seen_matter_by_due"),
            models.Index(fields=["seer", "ended", "opened_on", "matter"], name="seen_matter_by_opening"),
            models.Index(
                fields=["seer", "procedure_code", "stage", "due_on", "matter", "warn_on"],
                name="seen_matter_at_by_due",
            ),
            models.Index(
                fields=["seer", "procedure_code", "stage", "opened_on", "matter"],
                name="seen_matter_at_by_opening",
            ),
        ]


class SeenTerm(Seen):
    """`light` is the term's light as far as no day changes it: NORMAL stands for yellow and red too."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="seen", db_index=False)
    light = models.CharField(max_length=10)
    due_on = models.DateField()  # NEVER where it has none
    warn_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "seer"], name="seen_term_once")]
        indexes = [
            models.Index(fields=["seer", "light", "due_on", "term", "warn_on"], name="seen_term_by_due")
        ]


class SeenPromise(Seen):
    promise = models.ForeignKey(Promise, models.CASCADE, related_name="seen", db_index=False)
    state = models.CharField(max_length=12)
    due_on = models.DateField()  # NEVER where it has none

    class Meta:
        constraints = [models.UniqueConstraint(fields=["promise", "seer"], name="seen_promise_once")]
        indexes = [models.Index(fields=["seer", "state", "due_on", "promise"], name="seen_promise_by_due")]


class Link(models.Model):
    """Two matters that have to do with each other, and how."""

    source = models.ForeignKey(Matter, models.CASCADE, related_name="links")
    target = models.ForeignKey(Matter, models.CASCADE, related_name="linked_from")
    kind = models.CharField(max_length=20)  # same_paper | same_subject | follows

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="link_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="link_to_another"),
        ]


class KinText(models.Model):
    """What a matter says, folded for comparing: its title, a line break, its body (matters/kin.py)."""

    matter = models.OneToOneField(Matter, models.CASCADE, primary_key=True, related_name="kin_text")
    text = models.TextField()


class KinKey(models.Model):
    """One telling word of a text, or one band of its signature, by which its kin are found (matters/kin.py).

    The key comes first: all matters of a key lie together, newest last. Nothing looks keys up by matter, so
    there is no further index, and no constraint that would need one.
    """

    pk = models.CompositePrimaryKey("key", "matter")
    key = models.BigIntegerField()
    matter = models.ForeignKey(
        Matter, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )


class Counter(models.Model):
    """The last number given out for a procedure and year, in all places: a number is also an address."""

    prefix = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="counter_once")]


class Notice(models.Model):
    """A line for one person; the same `key` never reaches the same person twice."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    matter = models.ForeignKey(Matter, models.CASCADE, null=True, blank=True, related_name="notices")
    key = models.CharField(max_length=120)
    text = models.CharField(max_length=300)
    on = models.DateField()
    read_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)  # by e-mail or SMS

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["person", "-id"], name="notice_by_person"),
            models.Index(
                fields=["person"],
                condition=Q(sent_at__isnull=True, read_at__isnull=True),
                name="notice_unsent",
            ),
        ]


class Digest(models.Model):
    """One person's summary of one day, by e-mail or SMS. `sent_at` stays empty until a gateway took it.

    `claimed_at` keeps two clocks running at once from sending the same one.
    """

    EMAIL, SMS = "email", "sms"

    person = models.ForeignKey(Person, models.CASCADE, related_name="digests")
    on = models.DateField()
    channel = models.CharField(max_length=10)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=300, blank=True)  # of the last try, for the system administrator

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "on"], name="digest_once_a_day")]
        indexes = [
            models.Index(fields=["-on", "-id"], condition=Q(sent_at__isnull=True), name="digest_unsent")
        ]


class HolidayNotice(models.Model):
    """A year's holiday notice: loaded by one officer, in force only when a director has seen what it moves."""

    PROPOSED, APPROVED, REJECTED = "proposed", "approved", "rejected"

    year = models.PositiveSmallIntegerField()
    text = models.TextField()  # the TOML as loaded
    source = models.CharField(max_length=200)
    state = models.CharField(max_length=10, default=PROPOSED)
    loaded_by = models.CharField(max_length=120)
    loaded_at = models.DateTimeField()
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)  # why it was approved or rejected
    loader = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decider = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(decider=F("loader")), name="holiday_notice_by_two"),
            models.UniqueConstraint(
                fields=["year"], condition=Q(state="proposed"), name="holiday_notice_one_open_a_year"
            ),
        ]
