"""What a reading yields: one frozen struct a kind of fact, each with the span it rests on.

Reading proposes and people decide, so every fact carries its proof (`at`), how sure the reader
is (`confidence`, 0-1) and, where the text leaves something open, a short Chinese question
(`doubt`). A field the text does not give stays empty; nothing is filled in from elsewhere.
Dates are ISO 8601 text and may be as coarse as the paper ("2024-02", "2024").
"""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec import Struct

FindingKind = Literal["achievement", "problem", "suggestion", "requirement", "next_step"]
InconsistencyKind = Literal["arithmetic", "percentage", "cross-document", "unit", "OCR", "name", "term"]
Severity = Literal["high", "low"]


class Span(Struct, frozen=True, gc=False):
    """A stretch of the opened text: `quote` is text[start:end] without white space."""

    quote: str
    start: int
    end: int
    section: str


class Fact(Struct, frozen=True, kw_only=True, gc=False):
    """What all kinds of fact share; `type` is the name a fact goes by in JSON."""

    type: ClassVar[str]

    at: Span
    confidence: float = 1.0
    doubt: str = ""

    @property
    def quote(self) -> str:
        return self.at.quote

    @property
    def start(self) -> int:
        return self.at.start

    @property
    def end(self) -> int:
        return self.at.end

    @property
    def section(self) -> str:
        return self.at.section

    def as_json(self) -> dict[str, object]:
        """The fact as one JSON object; a field the text does not give is left out."""
        at = self.at
        out: dict[str, object] = {
            "type": self.type,
            "quote": at.quote,
            "start": at.start,
            "end": at.end,
            "section": at.section,
        }
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if name != "at" and value not in ("", None, ()):
                out[name] = list(value) if isinstance(value, tuple) else value
        return out


class Document(Fact, frozen=True, kw_only=True):
    """One paper: a notice, an opinion, a resolution ... `attachments` counts those it announces."""

    type: ClassVar[str] = "document"

    title: str
    genre: str
    issuer: str = ""
    number: str = ""
    date: str = ""
    meeting: str = ""
    speaker: str = ""
    speaker_post: str = ""
    letterhead: str = ""
    addressees: tuple[str, ...] = ()
    attachments: int | None = None
    attachment_no: int | None = None
    copied_to: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: str = ""


class AgendaItem(Fact, frozen=True, kw_only=True):
    """One thing a session dealt with: who reported what, what was done with it, how it ended."""

    type: ClassVar[str] = "agenda_item"

    action: str
    subject: str
    reporter: str = ""
    outcome: str = ""
    ordinal: int | None = None


class Finding(Fact, frozen=True, kw_only=True):
    """One achievement, problem, suggestion or requirement; level 2 is a part of item `parent`."""

    type: ClassVar[str] = "finding"

    kind: FindingKind
    text: str
    level: int = 1
    ordinal: int | None = None
    parent: int | None = None


class Deadline(Fact, frozen=True, kw_only=True):
    """One duty, with its time if the text gives one.

    `anchor` is the wording a period starts from, `offset` its ISO 8601 length (working days as
    'P5WD'), `fixed` a date or month the text names, `due` the last day where it can be computed.
    `due_kind` 'latest' says that `due` hangs on an earlier step and moves when that step ends sooner.
    """

    type: ClassVar[str] = "deadline"

    action: str
    responsible: str = ""
    recipient: str = ""
    object: str = ""
    step: int = 1
    anchor: str = ""
    offset: str = ""
    fixed: str = ""
    due: str = ""
    due_kind: str = ""
    due_year: str = ""


class Appointment(Fact, frozen=True, kw_only=True):
    """One person's change of post; `action` is the verb the law gives the organ."""

    type: ClassVar[str] = "appointment"

    person: str
    action: str
    position: str
    organ: str = ""
    date: str = ""
    meeting: str = ""


class Article(Fact, frozen=True, kw_only=True):
    """One article of a law: its number as written (第一条), and how many paragraphs and items it has."""

    type: ClassVar[str] = "article"

    number: str
    text_start: str
    paragraphs: int
    items: int
    heading: str = ""


class Suggestion(Fact, frozen=True, kw_only=True):
    """One deputies' suggestion a paper speaks of, and who handles it in which role (主办, 会办 …).

    `number` or `title` may be missing where the text gives only the other; `key` marks 重点督办建议.
    """

    type: ClassVar[str] = "suggestion"

    number: str = ""
    title: str = ""
    role: str = ""
    unit: str = ""
    deputies: tuple[str, ...] = ()
    key: bool | None = None


class HandlingStat(Fact, frozen=True, kw_only=True):
    """How many suggestions a unit handles, or how well: a count (件) or a share (%).

    `implied` where the text says it in words only (全部办结).
    """

    type: ClassVar[str] = "handling_stat"

    unit: str
    metric: str
    value: int | float
    measure: str
    implied: bool | None = None


class Target(Fact, frozen=True, kw_only=True):
    """A value that is to be reached or kept: an expected growth, a limit, a planned amount.

    `comparator` is >=, <=, =, >, < or 'about'; `hedge` the word that softens it (力争), `scope` whose it is.
    """

    type: ClassVar[str] = "target"

    indicator: str
    comparator: str
    value: int | float
    measure: str = ""
    year: str = ""
    scope: str = ""
    hedge: str = ""


class Audit(Fact, frozen=True, kw_only=True):
    """A number an audit found or its rectification reached: 查出问题106个, 已整改94个, 上缴财政1.2亿元."""

    type: ClassVar[str] = "audit"

    metric: str
    value: int | float
    measure: str = ""


class Question(Fact, frozen=True, kw_only=True):
    """One question of an inquiry: who asked whom about what, and who answered."""

    type: ClassVar[str] = "question"

    asker: str
    topic: str
    addressee: tuple[str, ...] = ()
    respondent: str = ""
    ordinal: int | None = None


class Figure(Fact, frozen=True, kw_only=True):
    """A counted or measured quantity and what it counts; `change` is how much it grew (or fell, below nought)."""

    type: ClassVar[str] = "figure"

    subject: str
    value: int | float
    measure: str = ""
    year: str = ""
    change: int | float | None = None
    change_measure: str = ""


class ActivityCount(Fact, frozen=True, kw_only=True):
    """How often a body did something; `counted` when the reader counted, not the text."""

    type: ClassVar[str] = "activity_count"

    body: str
    activity: str
    value: int
    measure: str = ""
    year: str = ""
    counted: bool | None = None


class Commitment(Fact, frozen=True, kw_only=True):
    """A promise of future action with a time or a quantity."""

    type: ClassVar[str] = "commitment"

    unit: str
    text: str
    deadline: str = ""
    quantity: int | float | None = None
    measure: str = ""


class Inconsistency(Fact, frozen=True, kw_only=True):
    """The papers contradict themselves or each other, or the text is damaged.

    `quote2` is the other place; `description` says in Chinese what does not agree.
    """

    type: ClassVar[str] = "inconsistency"

    kind: InconsistencyKind
    description: str
    quote2: str = ""
    severity: Severity = "high"
