"""The two procedures with their forms, effects and papers, as the engine takes them."""

from __future__ import annotations

from bihuan.matters import effects as common
from bihuan.matters import forms as common_forms
from bihuan.matters import lacking
from bihuan.matters.conditions import (
    dated,
    duty,
    not_paused,
    paused,
    undated,
    with_term,
    with_unsettled_promise,
)
from bihuan.matters.models import Matter
from bihuan.matters.registry import Module, PaperKind
from bihuan.modules.opinions import effects, forms, papers
from bihuan.modules.opinions.models import Opinion
from bihuan.modules.opinions.procedure import OPINION, RESOLUTION
from bihuan.writers.numbers import chinese_date


def facts(matter: Matter) -> list[tuple[str, str]]:
    """What the page says of where the matter comes from."""
    opinion = matter.opinion
    shown = [("通过", chinese_date(opinion.passed_on)), ("会议", opinion.session)]
    if opinion.notice is not None:
        shown.append(("印发文件", str(opinion.notice)))
    shown += [
        ("听取的报告", "，".join(filter(None, (report["reporter"], report["subject"], report["outcome"]))))
        for report in opinion.reports
    ]
    return [(name, text) for name, text in shown if text]


def search_words(matter: Matter) -> list[str]:
    """The paper's number, its title and the session: how an office asks for it."""
    opinion = Opinion.objects.filter(matter=matter).select_related("notice").first()
    if opinion is None:  # the matter is only just being opened
        return []
    notice = [opinion.notice.number, opinion.notice.title] if opinion.notice else []
    return [opinion.session, *notice]


TEXTS = (
    PaperKind(code="notice", name="印发通知（含附件）", make=papers.notice),
    PaperKind(code="text", name="全文", make=papers.text),
)

OPINION_MODULE = Module(
    procedure=OPINION,
    facts=facts,
    search=search_words,
    effects={
        "hand_over": effects.letter(effects.hand_over),
        "add_agency": effects.add_agency,
        "plan": common.plan_measures,
        "progress": common.report_progress,
        "answer": common.answer_items,
        "contribute": common.demand_own_answers,
        "disagree": effects.letter(effects.disagree),
        "consult": common.demand_own_answers,
        "comment": effects.letter(),
        "report": effects.report,
        "report_directly": effects.report,
        "pass_check": common.demand_all_answers,
        "send_back": effects.send_back,
        "inform": effects.inform,
        "schedule": effects.schedule,
        "publish": effects.publish,
        "correct_publication": effects.correct_publication,
        "take_down": effects.take_down,
        "vote": effects.record_vote,
        "remind": effects.letter(common.remind_late),
        "ask_extension": common.ask_extension,
        "grant_extension": effects.letter(common.grant_extension),
        "refuse_extension": effects.letter(common.refuse_extension),
        "settle_term": common.settle_term,
        "pause_term": common.pause_term,
        "resume_term": common.resume_term,
        "fulfil": common.fulfil,
        "look_back": common.look_back,
        "relate": common.relate,
    },
    lacks={
        "progress": lacking.measures_to_tell,
        "answer": lacking.missing_answers,
        "fulfil": lacking.duties_to_do,
    },
    conditions={
        "correct_publication": effects.was_published,
        "take_down": effects.is_published,
        "look_back": with_unsettled_promise,
        "ask_extension": with_term(dated, "现在不能申请延期：本单位没有写明到期日的期限。"),
        "settle_term": with_term(undated, "不需要明确期限：各个期限都有日期。"),
        "pause_term": with_term(not_paused, "不能中止：没有正在计算的期限。"),
        "resume_term": with_term(paused, "不需要恢复：没有中止计算的期限。"),
        "fulfil": with_term(duty, "没有需要登记履行的其他义务。"),
    },
    forms={
        "hand_over": forms.HandOverForm,
        "add_agency": forms.AgenciesForm,
        "plan": common_forms.PlanForm,
        "progress": common_forms.ProgressForm,
        "look_back": common_forms.LookBackForm,
        "answer": common_forms.AnswerForm,
        "report": forms.ReportForm,
        "report_directly": forms.ReportForm,
        "send_back": forms.SendBackForm,
        "vote": forms.VoteForm,
        "inform": forms.InformForm,
        "publish": forms.PublishForm,
        "correct_publication": forms.PublishForm,
        "schedule": forms.ScheduleForm,
        "ask_extension": common_forms.DatedTermForm,
        "settle_term": common_forms.OpenTermForm,
        "pause_term": common_forms.RunningTermForm,
        "resume_term": common_forms.PausedTermForm,
        "fulfil": common_forms.DutyForm,
    },
    papers=(
        *TEXTS,
        PaperKind(code="handover_letter", name="交办函", make=papers.handover, deeds=("hand_over",)),
        PaperKind(code="reminder_letter", name="催办函", make=papers.reminder, deeds=("remind",)),
        PaperKind(
            code="comment_letter", name="反馈意见函", make=papers.comment, deeds=("comment", "disagree")
        ),
        PaperKind(
            code="report_form",
            name="研究处理情况报告表",
            make=papers.report,
            deeds=("report", "report_directly"),
        ),
        PaperKind(
            code="extension_reply",
            name="延期复函",
            make=papers.extension,
            deeds=("grant_extension", "refuse_extension"),
        ),
        PaperKind(code="assessment_result", name="测评结果", make=papers.assessment, deeds=("vote",)),
    ),
)

RESOLUTION_MODULE = Module(
    procedure=RESOLUTION,
    facts=facts,
    search=search_words,
    effects={
        "publish": effects.publish,
        "correct_publication": effects.correct_publication,
        "take_down": effects.take_down,
        "fulfil": common.fulfil,
        "settle_term": common.settle_term,
        "relate": common.relate,
    },
    lacks={"fulfil": lacking.duties_to_do},
    conditions={
        "correct_publication": effects.was_published,
        "take_down": effects.is_published,
        "settle_term": with_term(undated, "不需要明确期限：各个期限都有日期。"),
        "fulfil": with_term(duty, "没有需要登记履行的其他义务。"),
    },
    forms={
        "publish": forms.PublishForm,
        "correct_publication": forms.PublishForm,
        "fulfil": common_forms.DutyForm,
        "settle_term": common_forms.OpenTermForm,
    },
    papers=TEXTS,
)
