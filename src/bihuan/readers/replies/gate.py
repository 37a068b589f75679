"""The reply gate: everything that speaks against sending a reply, each with its place and what would mend it."""

from __future__ import annotations

from bihuan.readers.replies.case import Objection, ReplyCase
from bihuan.readers.replies.classes import classes
from bihuan.readers.replies.copies import copied, summary
from bihuan.readers.replies.demands import answers, unanswered
from bihuan.readers.replies.heads import addressed, cppcc, heads
from bihuan.readers.replies.leftovers import contact, placeholders
from bihuan.readers.replies.letter import letter_of
from bihuan.readers.replies.speakers import speakers


def check_reply(case: ReplyCase) -> tuple[Objection, ...]:
    """All objections to a reply in reading order, stops before questions at one place.

    Raises CannotOpen (Chinese message) for a text without words.
    """
    letter = letter_of(case.text)
    found = answers(case, letter)
    lacking = tuple(unanswered(letter, found))
    elsewhere = [*summary(case, letter, len(lacking)), *copied(case, letter)]
    objections = [
        *heads(case, letter),
        *addressed(case, letter),
        *cppcc(case, letter),
        *speakers(case, letter),
        *elsewhere,
        *lacking,
        # Of a text that answers something else it means nothing that its tenses do not fit the class.
        *(classes(case, letter, found) if not elsewhere else ()),
        *contact(case, letter),
        *placeholders(case, letter),
    ]
    return tuple(sorted(objections, key=lambda one: (one.at.start, one.severity != "stop", one.code)))
