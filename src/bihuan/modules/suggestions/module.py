"""The suggestion's procedure with its forms, effects, conditions and papers, as the engine takes it."""

from __future__ import annotations

from typing import Any

from bihuan.matters import forms as common
from bihuan.matters.access import Access
from bihuan.matters.assessing import VoteForm
from bihuan.matters.conditions import dated, not_paused, paused, with_term, with_unsettled_promise
from bihuan.matters.models import Matter, Party
from bihuan.matters.registry import Module, PaperKind
from bihuan.modules.suggestions import forms, lacking, papers
from bihuan.modules.suggestions.effects import EFFECTS
from bihuan.modules.suggestions.models import Contact, Suggestion
from bihuan.modules.suggestions.procedure import SUGGESTION
from bihuan.modules.suggestions.texts import CATEGORIES, SOURCES, movers, numbered, raised_at


def facts(matter: Matter) -> list[tuple[str, str]]:
    """What the page says of where the suggestion comes from."""
    suggestion: Suggestion = matter.suggestion
    raised = movers(matter)
    shown = [
        ("编号", f"{raised_at(suggestion)}{numbered(suggestion)}"),
        ("领衔代表", "、".join(str(party) for party in raised if party.part == "mover")),
        ("联名代表", "、".join(str(party) for party in raised if party.part != "mover")),
        ("类别", dict(CATEGORIES).get(suggestion.category, "")),
        ("来源", dict(SOURCES).get(suggestion.source, "")),
        ("办理结果", f"{suggestion.result_class}类" if suggestion.result_class else ""),
        ("重点督办", "是" if suggestion.priority else ""),
        (
            "专项资金",
            "；".join(f"{g.organ} {g.amount:,.2f}元" for g in matter.grants.select_related("organ")),
        ),
    ]
    return [(name, text) for name, text in shown if text]


def page(access: Access) -> dict[str, Any]:
    """What a suggestion's page shows beside every kind's: the words of the deputy, contacts, replies."""
    matter = access.matter
    return {
        "suggestion": matter.suggestion,
        "contacts": Contact.objects.filter(matter=matter).select_related(
            "party__organ", "party__person", "deputy__person", "deputy__organ"
        ),
        "replies": [
            reply
            for reply in matter.replies.select_related("party__organ", "party__person").order_by("-id")
            if reply.signed_on or access.inside or _of_mine(access, reply.party)
        ],
        "my_ratings": matter.ratings.filter(deputy__person=access.actor.person).select_related("deputy"),
        "ratings": matter.ratings.select_related("deputy__person") if access.inside else (),
    }


def _of_mine(access: Access, party: Party) -> bool:
    organs = {organ for post in access.actor.posts for organ in post.speaks_for}
    return party.organ_id in organs


def is_quick(access: Access, party: Party | None) -> str:
    return "" if access.matter.suggestion.quick else "只有小微事项可以不经逐级送审签发。"


def has_contact(access: Access, party: Party | None) -> str:
    known = Contact.objects.filter(deputy=party, denied_on__isnull=True).exists()
    return "" if known else "没有登记过与您的联系。"


def is_imported(access: Access, party: Party | None) -> str:
    return "" if access.matter.suggestion.imported else "只用于从往年表格导入的建议。"


SUGGESTION_MODULE = Module(
    procedure=SUGGESTION,
    facts=facts,
    page_template="suggestions/detail.html",
    page=page,
    effects=EFFECTS,
    lacks={"contact": lacking.contact, "draft_reply": lacking.draft, "progress": lacking.kept},
    conditions={
        "sign_quickly": is_quick,
        "deny_contact": has_contact,
        "record_history": is_imported,
        "look_back": with_unsettled_promise,
        "ask_extension": with_term(dated, "现在不能申请延期：本单位没有写明到期日的期限。"),
        "pause_term": with_term(not_paused, "不能中止：没有正在计算的期限。"),
        "resume_term": with_term(paused, "不需要恢复：没有中止计算的期限。"),
    },
    forms={
        "complete": forms.CompleteForm,
        "hand_over": forms.PartiesForm,
        "add_agency": forms.PartiesForm,
        "reassign": forms.ReassignForm,
        "contact": forms.DeputiesForm,
        "deny_contact": forms.DenyForm,
        "draft_reply": forms.ReplyForm,
        "submit_reply": forms.ReviewForm,
        "check_reply": forms.ReviewForm,
        "approve_reply": forms.ReviewForm,
        "return_reply": forms.ReviewForm,
        "sign_reply": forms.ReviewForm,
        "sign_quickly": forms.ReviewForm,
        "rate": forms.RateForm,
        "rate_outcome": forms.RateForm,
        "progress": common.ProgressForm,
        "look_back": common.LookBackForm,
        "ask_extension": common.DatedTermForm,
        "pause_term": common.RunningTermForm,
        "resume_term": common.PausedTermForm,
        "choose_priority": forms.PriorityForm,
        "evaluate": VoteForm,
        "grant": forms.GrantForm,
        "publish": forms.PublishForm,
        "record_history": forms.HistoryForm,
    },
    papers=(
        PaperKind(code="text", name="代表建议表", make=papers.sheet),
        PaperKind(
            code="suggestion_form",
            name="代表建议表（受理）",
            make=papers.sheet,
            deeds=("accept", "accept_quick"),
        ),
        PaperKind(
            code="handover_notice",
            name="交办通知",
            make=papers.handover,
            deeds=("hand_over", "reassign", "add_agency"),
        ),
        PaperKind(code="return_form", name="调整承办单位申请单", make=papers.returning, deeds=("refuse",)),
        PaperKind(code="co_opinion", name="会办意见函", make=papers.co_opinion, deeds=("contribute",)),
        PaperKind(
            code="reply_letter", name="答复函", make=papers.reply, deeds=("sign_reply", "sign_quickly")
        ),
        PaperKind(
            code="opinion_form",
            name="征询意见表",
            make=papers.opinion_form,
            deeds=("sign_reply", "sign_quickly"),
            inside=True,
        ),
        PaperKind(code="priority_plan", name="重点督办方案", make=papers.plan, deeds=("choose_priority",)),
        PaperKind(code="reminder_letter", name="催办函", make=papers.reminder, deeds=("remind",)),
        PaperKind(
            code="extension_reply",
            name="延期复函",
            make=papers.extension,
            deeds=("grant_extension", "refuse_extension"),
        ),
        PaperKind(code="assessment_result", name="测评结果", make=papers.assessment, deeds=("evaluate",)),
    ),
)
