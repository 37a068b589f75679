"""What the gate is given and what it answers: a reply with what the record knows, and objections."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from bihuan.kernel.reply_classes import ReplyClass
from bihuan.readers.facts import Span
from bihuan.readers.replies.signature import Signature, signature_of

Severity = Literal["stop", "ask"]
Code = Literal[
    "wrong_session",
    "wrong_number",
    "wrong_title",
    "cppcc_wording",
    "cppcc_copy",
    "foreign_speaker",
    "work_summary",
    "copied_reply",
    "demand_unanswered",
    "solved_in_future",
    "class_inconsistent",
    "promise_undated",
    "not_addressed",
    "no_contact",
    "placeholder",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An organ by its full name and the other names papers give it."""

    name: str
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, longest first: a search then finds the whole name before a part of it."""
        return tuple(sorted({self.name, *self.aliases}, key=lambda name: (-len(name), name)))


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """Another reply of the same agency; `label` says to a reader which one it is."""

    label: str
    text: str

    @cached_property
    def signature(self) -> Signature:
        return signature_of(self.text)


@dataclass(frozen=True, kw_only=True)
class ReplyCase:
    """A reply's text and what the record knows of its suggestion.

    `session` is None for a suggestion raised between sessions (闭会期间). `reply_class` is the class recorded, with
    what its letter means in this place. `others` are bodies that may be named, but may not
    speak. `earlier` are the agency's other replies, those to the same suggestion left out.
    """

    text: str
    congress: int
    session: int | None
    number: str
    title: str
    lead: str
    joint: tuple[str, ...] = ()
    agency: Body
    others: tuple[Body, ...] = ()
    demands: tuple[str, ...] = ()
    reply_class: ReplyClass
    copies: tuple[str, ...] = ()
    earlier: tuple[Earlier, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """One thing that speaks against sending the reply as it is.

    `at` is the place in the reply; an empty stretch where something is missing. `other` is the counterpart, as a
    label (the demand, the other reply, what the record says); `nearest` the sentence that comes nearest to it.
    """

    code: Code
    severity: Severity
    explanation: str
    mend: str
    at: Span
    other: str = ""
    nearest: Span | None = None
