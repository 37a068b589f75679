"""What an act's effect is given and gives back, and the reasons for which an act is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime

from bihuan.kernel.chain import Json
from bihuan.kernel.procedure import Act
from bihuan.library.models import Document
from bihuan.people.actors import Actor, HeldPost

if TYPE_CHECKING:
    from bihuan.matters.models import Deed, Matter, Party

# What a form hands to `perform`: cleaned values by the asks' keys, documents as lists of Document.
Answers = Mapping[str, Any]


class Refused(Exception):
    """An act that may not happen now; the message is for the person, in Chinese."""


class NotAllowed(Refused):
    """Not by this person, or not at this stage."""


class Incomplete(Refused):
    """Something that must be there is missing; the message names it."""


class Changed(Refused):
    """Somebody else acted in between; `since` are the deeds the person has not seen."""

    def __init__(self, since: Sequence[Deed]) -> None:
        self.since = tuple(since)
        done = "；".join(
            f"{deed.actor}于{localtime(deed.at):%m月%d日%H:%M}{deed.name}" for deed in self.since
        )
        what = f"：{done}" if done else ""
        super().__init__(f"您打开页面之后，这一事项已有变化{what}。您填写的内容都还在，请核对后再提交。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """One act being done: everything its effect may look at."""

    matter: Matter
    act: Act
    party: Party | None
    actor: Actor
    post: HeldPost | None
    answers: Answers
    at: datetime
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What an effect decided. `record` goes into the ledger beside the plain answers, `lines` (label and
    text) into the timeline, `documents` are the papers the act rests on."""

    outcome: str | None = None
    record: Mapping[str, Json] = field(default_factory=dict)
    lines: Sequence[tuple[str, str]] = ()
    documents: Sequence[Document] = ()
    lanes: Sequence[int] | None = (
        None  # the parties sent back, where the act sends some back; None: all joined
    )


NOTHING_MORE = Done()
