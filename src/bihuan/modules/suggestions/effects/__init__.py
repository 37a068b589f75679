"""What the acts on a suggestion change besides its stage and terms, by the phase they belong to."""

from __future__ import annotations

from collections.abc import Mapping

from bihuan.matters import effects as common
from bihuan.matters.registry import Effect
from bihuan.modules.suggestions.effects import following, handling, judging, pressing, publishing, raising

EFFECTS: Mapping[str, Effect] = {
    "accept": raising.accept,
    "accept_quick": raising.accept_quick,
    "to_ordinary": raising.to_ordinary,
    "complete": raising.complete,
    "hand_over": handling.hand_over,
    "refuse": handling.refuse,
    "uphold": handling.uphold,
    "reassign": handling.reassign,
    "add_agency": handling.add_agency,
    "mark_hard": handling.mark_hard,
    "unmark_hard": handling.unmark_hard,
    "contact": handling.contact,
    "deny_contact": handling.deny_contact,
    "draft_reply": handling.draft_reply,
    "submit_reply": handling.submit_reply,
    "sign_reply": handling.sign_reply,
    "sign_quickly": handling.sign_reply,
    "rate": judging.rate,
    "end_rating": judging.end_rating,
    "conclude": judging.conclude,
    "progress": common.report_progress,
    "claim_done": following.claim_done,
    "rate_outcome": judging.rate_outcome,
    "recognise": following.recognise,
    "look_back": common.look_back,
    "remind": common.remind_late,
    "ask_extension": common.ask_extension,
    "grant_extension": common.grant_extension,
    "refuse_extension": common.refuse_extension,
    "pause_term": common.pause_term,
    "resume_term": common.resume_term,
    "choose_priority": pressing.choose_priority,
    "drop_priority": pressing.drop_priority,
    "evaluate": pressing.evaluate,
    "grant": pressing.grant,
    "publish": publishing.publish,
    "withhold": publishing.withhold,
    "publish_anew": publishing.publish_anew,
    "release_deputy": judging.release_deputy,
    "relate": common.relate,
    "record_history": publishing.record_history,
}
