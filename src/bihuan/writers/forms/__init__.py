"""The papers that are issued: each a pure function from plain facts to a Paper."""

from bihuan.writers.forms.letters import (
    Comment,
    HandedItem,
    comment_letter,
    extension_reply,
    handover_letter,
    reminder_letter,
)
from bihuan.writers.forms.naming import Mover, SuggestionName
from bihuan.writers.forms.notices import issued_kinds, notice_with_annexes
from bihuan.writers.forms.opinions import OpinionPart, adoption_line, opinion, resolution
from bihuan.writers.forms.parts import Contact, DueLine, Sender
from bihuan.writers.forms.priority_plans import PlanStep, priority_plan
from bihuan.writers.forms.reports import Ballots, ReportItem, assessment_result, report_form
from bihuan.writers.forms.suggestion_lists import (
    BookRow,
    LedgerRow,
    handover_book,
    handover_notice,
    unit_ledger,
)
from bihuan.writers.forms.suggestion_replies import (
    Answer,
    CoOpinion,
    PromiseLine,
    co_opinion_letter,
    rating_form,
    reply_letter,
)
from bihuan.writers.forms.suggestion_report import Breakdown, Narrative, Rate, suggestion_report
from bihuan.writers.forms.suggestion_sheets import proposal_sheet, return_request, suggestion_sheet

__all__ = [
    "Answer",
    "Ballots",
    "BookRow",
    "Breakdown",
    "CoOpinion",
    "Comment",
    "Contact",
    "DueLine",
    "HandedItem",
    "LedgerRow",
    "Mover",
    "Narrative",
    "OpinionPart",
    "PlanStep",
    "PromiseLine",
    "Rate",
    "ReportItem",
    "Sender",
    "SuggestionName",
    "adoption_line",
    "assessment_result",
    "co_opinion_letter",
    "comment_letter",
    "extension_reply",
    "handover_book",
    "handover_letter",
    "handover_notice",
    "issued_kinds",
    "notice_with_annexes",
    "opinion",
    "priority_plan",
    "proposal_sheet",
    "rating_form",
    "reminder_letter",
    "reply_letter",
    "report_form",
    "resolution",
    "return_request",
    "suggestion_report",
    "suggestion_sheet",
    "unit_ledger",
]
