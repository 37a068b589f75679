"""What only suggestions have: the deputy's own words, the contacts, the reply with its versions, the ratings.

Items (the demands), promises, terms, parties and deeds are the engine's, as for every kind of matter.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.library.models import Document
from bihuan.matters.models import Matter, Party
from bihuan.modules.suggestions.procedure import CHANNELS, PHASES
from bihuan.people.models import Organ, Person, Place


class CongressSession(models.Model):
    """A session of the congress: what is handed in while it lasts is numbered within it."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="congress_sessions")
    congress = models.PositiveSmallIntegerField()  # 届
    session = models.PositiveSmallIntegerField()  # 次会议
    opens_on = models.DateField()
    closes_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "congress", "session"], name="congress_session_once"),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="congress_session_ends_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.congress}届第{self.session}次会议"


class Draft(models.Model):
    """A suggestion while its deputy writes it: nobody else's business until it is handed in."""

    SUGGESTION, PROPOSAL = "suggestion", "proposal"

    author = models.ForeignKey(Person, models.CASCADE, related_name="suggestion_drafts")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, default=SUGGESTION)
    title = models.CharField(max_length=120, blank=True)
    category = models.CharField(max_length=40, blank=True)
    situation = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    demands = models.JSONField(default=list)  # the concrete proposals, one text each
    source = models.CharField(max_length=20, blank=True)  # 视察、调研、联络站 ...
    publicity = models.CharField(max_length=12, default="open")  # open | reply_only | closed
    wanted = models.CharField(max_length=80, blank=True)  # the agency the deputy thinks of
    changed_at = models.DateTimeField()
    matter = models.OneToOneField(
        Matter, models.SET_NULL, null=True, blank=True, related_name="suggestion_draft"
    )

    class Meta:
        indexes = [models.Index(fields=["author", "-changed_at"], name="draft_by_author")]

    def __str__(self) -> str:
        return self.title or "未命名的建议"


class CoSignature(models.Model):
    """A deputy invited to raise the draft together, and the answer. Silence is no signature."""

    INVITED, SIGNED, DECLINED = "invited", "signed", "declined"

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="signatures")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, default=INVITED)
    answered_at = models.DateTimeField(null=True, blank=True)
    words = models.CharField(max_length=64, blank=True)  # digest of the words that were signed

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "person"], name="co_signature_once")]
        indexes = [models.Index(fields=["person", "state"], name="co_signature_by_person")]


class Suggestion(models.Model):
    """One suggestion (or proposal) as handed in: what its matter was opened from."""

    matter = models.OneToOneField(Matter, models.CASCADE, related_name="suggestion")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    congress = models.PositiveSmallIntegerField()  # 届: 17 for 第十七届
    session = models.PositiveSmallIntegerField(
        null=True, blank=True
    )  # 次会议; empty: between sessions (闭会)
    year = models.PositiveSmallIntegerField()
    running_no = models.PositiveIntegerField(null=True, blank=True)  # 第N号, given when it is accepted
    category = models.CharField(max_length=40, blank=True)
    situation = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    source = models.CharField(max_length=20, blank=True)
    publicity = models.CharField(max_length=12, default="open")
    wanted = models.CharField(max_length=80, blank=True)
    priority = models.BooleanField(default=False)  # 重点督办
    quick = models.BooleanField(default=False)  # 小微
    imported = models.BooleanField(
        default=False
    )  # from a year before the system: its acts are in the office's books
    result_class = models.CharField(
        max_length=8, blank=True
    )  # a letter of the place's table; the latest that stands
    oral = models.BooleanField(default=False)  # put orally and written down by the office (青岛 art. 32)
    # Who the record proposed to handle it when it was accepted, with reasons: [{organ, name, part, score, …}]
    proposed = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "congress", "session", "running_no"],
                condition=Q(running_no__isnull=False, session__isnull=False),
                name="suggestion_number_in_session",
            ),
            models.UniqueConstraint(
                fields=["place", "year", "running_no"],
                condition=Q(running_no__isnull=False, session__isnull=True),
                name="suggestion_number_between_sessions",
            ),
        ]
        indexes = [models.Index(fields=["place", "year", "running_no"], name="suggestion_by_year")]

    def __str__(self) -> str:
        return self.matter.title

    @property
    def stage_name(self) -> str:
        return self.matter.procedure.stage(self.matter.stage).name


class Contact(models.Model):
    """That the agency spoke with a deputy: when, how, who, with what result. The deputy may deny it."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="contacts")
    party = models.ForeignKey(Party, models.PROTECT, related_name="contacts")
    deputy = models.ForeignKey(Party, models.PROTECT, related_name="contacted")
    round = models.PositiveSmallIntegerField()
    phase = models.CharField(max_length=10)  # before | during | after
    channel = models.CharField(max_length=12)  # visit | meeting | phone | letter | online
    on = models.DateField()
    who = models.CharField(max_length=80)  # who of the agency
    result = models.TextField()
    denied_on = models.DateField(null=True, blank=True)
    denial = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(denied_on__isnull=True) | Q(denied_on__gte=F("on")), name="contact_denied_later"
            )
        ]

    @property
    def phase_name(self) -> str:
        return dict(PHASES).get(self.phase, self.phase)

    @property
    def channel_name(self) -> str:
        return dict(CHANNELS).get(self.channel, self.channel)


class Reply(models.Model):
    """One version of an agency's reply; the one signed in a round is the reply."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="replies")
    party = models.ForeignKey(Party, models.PROTECT, related_name="replies")
    round = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=list)  # [{"item": id, "text": …}] in the order of the demands
    promises = models.JSONField(default=list)  # [{"text", "person", "quantity", "due_on"}]
    result_class = models.CharField(max_length=8)
    contact = models.CharField(max_length=40, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    objections = models.JSONField(default=list)  # what the gate found in this version
    overruled = models.TextField(blank=True)  # the chief's reason for signing in spite of a stop
    signed_on = models.DateField(null=True, blank=True)
    number = models.CharField(max_length=60, blank=True)  # 发文字号

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["party", "round", "version"], name="reply_version_once"),
            models.UniqueConstraint(
                fields=["party", "round"],
                condition=Q(signed_on__isnull=False),
                name="reply_signed_once_a_round",
            ),
        ]

    @property
    def lines(self) -> list[str]:
        """The letter's words, for the screen."""
        from bihuan.modules.suggestions.texts import reply_text

        return reply_text(self).splitlines()


class Rating(models.Model):
    """One deputy's judgement of one round: attitude and result apart, and what was carried out later.

    Seen by the deputy and by the standing committee's offices alone; agencies get totals of groups.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="ratings")
    deputy = models.ForeignKey(Party, models.PROTECT, related_name="ratings")
    round = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=10, default="reply")  # reply | outcome
    GRADES = (("satisfied", "满意"), ("basically", "基本满意"), ("dissatisfied", "不满意"))
    REASONS = (
        ("no_contact", "没有沟通就答复"),
        ("late", "办理拖延"),
        ("form_letter", "答复空泛、照抄套话"),
        ("not_answered", "没有回应我的建议"),
        ("not_done", "说办了，实际没有办"),
        ("no_promise", "没有时间和责任人"),
        ("manner", "态度敷衍"),
        ("other", "其他"),
    )

    attitude = models.CharField(max_length=12)  # satisfied | basically | dissatisfied
    result = models.CharField(max_length=12)
    reasons = models.JSONField(default=list)
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["deputy", "round"], condition=Q(stage="reply"), name="rating_once_a_round"
            )
        ]

    @property
    def attitude_name(self) -> str:
        return dict(self.GRADES)[self.attitude] if self.stage == "reply" else ""

    @property
    def result_name(self) -> str:
        return dict(self.GRADES)[self.result]

    @property
    def reason_names(self) -> list[str]:
        return [dict(self.REASONS)[code] for code in self.reasons]


class Publication(models.Model):
    """What the public reads of a reply: the text with private persons taken out, or why it is withheld."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="publications")
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    round = models.PositiveSmallIntegerField()
    on = models.DateField()
    text = models.TextField(blank=True)
    withheld = models.CharField(max_length=300, blank=True)
    current = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]


class Grant(models.Model):
    """Money of the handling fund set aside for one suggestion, in yuan."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="grants")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    on = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    purpose = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="grant_is_positive")]


class ImportBatch(models.Model):
    """A list of earlier suggestions as the office uploaded it: every row with its faults, before any counts."""

    PREVIEWED, COMMITTED, DISCARDED = "previewed", "committed", "discarded"

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=PREVIEWED)
    # What holds where the list says nothing: {"congress", "session", "on"}, and the sheet that was chosen.
    defaults = models.JSONField(default=dict)
    fault = models.TextField(blank=True)  # why no row could be read
    sheets = models.JSONField(default=list)  # to choose from, where several would do
    notes = models.JSONField(default=list)  # of the file as a whole
    skipped = models.JSONField(default=list)  # rows that are no records: [{"row", "reason", "text"}]
    rows = models.JSONField(default=list)  # [{"row", "shown", "values", "faults"}]
    left_out = models.JSONField(default=list)  # the numbers of rows that were not taken, once committed

    class Meta:
        indexes = [models.Index(fields=["place", "-made_at"], name="import_batch_newest")]

    def __str__(self) -> str:
        return f"{self.document} {self.made_at:%Y-%m-%d %H:%M}"
