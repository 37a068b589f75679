"""The papers of the opinion loop: each a pure function from plain facts to a Paper."""

from bihuan.writers.forms.letters import (
    Comment,
    HandedItem,
    comment_letter,
    extension_reply,
    handover_letter,
    reminder_letter,
)
from bihuan.writers.forms.notices import issued_kinds, notice_with_annexes
from bihuan.writers.forms.opinions import OpinionPart, adoption_line, opinion, resolution
from bihuan.writers.forms.parts import Contact, DueLine, Sender
from bihuan.writers.forms.reports import Ballots, ReportItem, assessment_result, report_form

__all__ = [
    "Ballots",
    "Comment",
    "Contact",
    "DueLine",
    "HandedItem",
    "OpinionPart",
    "ReportItem",
    "Sender",
    "adoption_line",
    "assessment_result",
    "comment_letter",
    "extension_reply",
    "handover_letter",
    "issued_kinds",
    "notice_with_annexes",
    "opinion",
    "reminder_letter",
    "report_form",
    "resolution",
]
