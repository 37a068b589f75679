"""The papers an opinion's loop issues, each made from the record and from nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bihuan.kernel.law import shipped_law
from bihuan.matters.effects import RESULTS, STATES, items_to_answer, label
from bihuan.matters.models import Deed, Matter, Party, Promise
from bihuan.modules.opinions.models import Opinion
from bihuan.modules.opinions.texts import notice_words
from bihuan.writers.forms import (
    Ballots,
    Comment,
    Contact,
    DueLine,
    HandedItem,
    ReportItem,
    Sender,
    adoption_line,
    assessment_result,
    comment_letter,
    extension_reply,
    handover_letter,
    notice_with_annexes,
    reminder_letter,
    report_form,
)
from bihuan.writers.numbers import DocumentNumber, NumberError, parse_document_number
from bihuan.writers.paper import ImprintPlace, Paper, PaperError, Paragraph, as_annex


def notice(matter: Matter, deed: Deed | None) -> Paper:
    """The notice with all its annexes, as it was read and accepted."""
    issued = matter.opinion.notice
    if issued is None:
        raise PaperError("这一事项不是随印发通知登记的，没有通知可以打印。可以打印审议意见本身。")
    annexes = issued.annexes.select_related("matter").order_by("annex_no", "id")
    words = notice_words(issued.source.text, title=issued.title, organ=issued.organ)
    if not words:
        raise PaperError("没有从原件中读出通知的正文，不能用别的文字代替。请下载原件打印。")
    return notice_with_annexes(
        title=issued.title,
        words=tuple(words),
        letterhead=issued.letterhead or f"{issued.organ}文件",
        number=_number(issued.number),
        session=issued.session,
        addressees=tuple(issued.addressees),
        annexes=tuple(as_annex(_text(annex)) for annex in annexes),
        organ=issued.organ,
        dated=issued.dated,
        sealed=True,
        copied_to=tuple(issued.copied_to),
        printed_by=issued.printed_by,
        printed_on=issued.printed_on,
        imprint_place=_imprint_place(matter, issued.dated),
    )


def _imprint_place(matter: Matter, dated: date | None) -> ImprintPlace:
    """After the annexes, as the standard has it, unless the place is known to bind its papers otherwise."""
    on = dated or matter.opinion.passed_on
    rule = shipped_law().find("paper.imprint", place=matter.place.code, on=on)
    return "notice" if rule is not None and rule.table["place"] == "notice" else "end"


def text(matter: Matter, deed: Deed | None) -> Paper:
    """The opinion or resolution alone."""
    return _text(matter.opinion)


def _text(opinion: Opinion) -> Paper:
    return Paper(
        form="plain",
        title=opinion.matter.title,
        subtitle=(adoption_line(passed_on=opinion.passed_on, session=opinion.session),),
        body=tuple(Paragraph(paragraph) for paragraph in opinion.paragraphs),
        dated=opinion.passed_on,
    )


def _number(printed: str) -> DocumentNumber | None:
    try:
        return parse_document_number(printed)
    except NumberError:
        return None  # the place stays blank on the paper rather than holding a wrong number


def handover(matter: Matter, deed: Deed | None) -> Paper:
    """To the lead agency, or to the first that reports for itself."""
    deed = _done(deed)
    named: Sequence[tuple[str, str]] = [(name, part) for name, part in deed.answers["parties"]]
    leads = [name for name, part in named if part in ("lead", "separate")]
    others = tuple(name for name, part in named if part == "co")
    first = matter.parties.filter(organ__name=leads[0], part__in=("lead", "separate")).first()
    return handover_letter(
        sender=_sender(matter, deed),
        addressee="、".join(leads),
        opinion_title=matter.title,
        session=matter.opinion.session,
        passed_on=matter.opinion.passed_on,
        items=tuple(
            HandedItem(text=f"{label(item)}：{item.text}", lead="、".join(leads), others=others)
            for item in items_to_answer(matter)
        ),
        terms=_due_lines(deed, first),
        contact=_contact(deed),
        copied_to=others,
    )


def _due_lines(deed: Deed, party: Party | None) -> tuple[DueLine, ...]:
    return tuple(
        DueLine(
            step=term["name"],
            due=_date(term["due"]),
            basis=term["citation"],
            provisional=term["provisional"],
            latest=term["certainty"] == "latest",
        )
        for term in deed.terms
        if party is not None and term["party"] == party.pk
    )


def reminder(matter: Matter, deed: Deed | None) -> Paper:
    deed, party = _done_for(deed)
    earlier = matter.deeds.filter(act="remind", party=party, seq__lt=deed.seq).order_by("seq")
    late = deed.answers["late"]
    return reminder_letter(
        sender=_sender(matter, deed),
        addressee=party.organ.name,
        matter=f"《{matter.title}》",
        step=late["step"],
        due=date.fromisoformat(late["due"]),
        basis=late["basis"],
        counted_on=deed.on,
        asked=tuple(line for line in deed.answers["asked"].splitlines() if line.strip()),
        answer_by=_date(deed.answers.get("answer_by")),
        contact=_contact(deed),
        degree=deed.answers["degree"],
        reminded_on=tuple(earlier.values_list("on", flat=True)),
    )


def comment(matter: Matter, deed: Deed | None) -> Paper:
    deed, party = _done_for(deed)
    sent = matter.deeds.filter(act="consult", party=party, seq__lt=deed.seq).order_by("-seq").first()
    overall, closing = _VIEWS[deed.answers["view"]]
    organ = deed.organ.name if deed.organ else _office(matter)
    return comment_letter(
        sender=_sender(matter, deed, organ=organ),
        addressee=party.organ.name,
        subject=f"《{matter.title}》研究处理情况",
        received_on=sent.on if sent else None,
        overall=overall,
        comments=tuple(
            Comment(item="", text=line) for line in deed.answers["text"].splitlines() if line.strip()
        ),
        closing=closing,
        contact=_contact(deed),
    )


# What the committee holds of the report, and what it asks next.
_VIEWS = {
    "agree": ("同意你们的处理情况报告。", "请按期报送书面报告。"),
    "amend": ("原则同意，请按以下意见修改补充。", "请据此修改完善后，按期报送书面报告。"),
    "disagree": (
        "不同意目前的处理情况，请按以下意见重新研究。",
        "请重新研究处理，并将处理情况再次送我们征求意见。",
    ),
}


def report(matter: Matter, deed: Deed | None) -> Paper:
    """Item by item: problem ↔ measure ↔ result ↔ evidence ↔ person, as the agency filled it in."""
    deed, party = _done_for(deed)
    handed = matter.deeds.filter(act="hand_over").order_by("-seq").first()
    term = matter.terms.filter(party=party, kind__in=("report", "rework"), round=deed.round).first()
    return report_form(
        matter=f"《{matter.title}》",
        agency=party.organ.name,
        handed_over_on=handed.on if handed else None,
        due=term.due_on if term else None,
        items=tuple(_report_rows(matter, party, deed.round)),
        summary=deed.answers.get("adopted") or "",
        chief=deed.actor.split("（")[0],
        dated=deed.on,
    )


def _report_rows(matter: Matter, party: Party, round: int) -> list[ReportItem]:
    answers = {answer.item_id: answer for answer in party.answers.filter(round=round)}
    measures: dict[int | None, list[Promise]] = {}
    for promise in party.promises.filter(round=round).prefetch_related("evidence"):
        measures.setdefault(promise.item_id, []).append(promise)
    rows = []
    for item in items_to_answer(matter):
        own, answer = measures.get(item.pk, []), answers.get(item.pk)
        result = f"{dict(RESULTS)[answer.result]}。{answer.text}" if answer else ""
        rows.append(
            ReportItem(
                problem=f"{label(item)}：{item.text}",
                measure="\n".join(f"{p.text}（{dict(STATES)[p.state]}）" for p in own),
                result=result,
                evidence="\n".join(document.name for p in own for document in p.evidence.all()),
                person="、".join(dict.fromkeys(p.person for p in own)),
            )
        )
    return rows


def extension(matter: Matter, deed: Deed | None) -> Paper:
    deed, party = _done_for(deed)
    asked = matter.deeds.filter(act="ask_extension", party=party, seq__lt=deed.seq).order_by("-seq").first()
    term = matter.terms.get(pk=deed.answers["term"])
    before = _date(deed.answers["before"])
    if asked is None or before is None:
        raise PaperError("没有找到延期申请，不能制作复函。")
    return extension_reply(
        sender=_sender(matter, deed),
        addressee=party.organ.name,
        matter=f"《{matter.title}》",
        step=term.name,
        requested_on=asked.on,
        due=before,
        extended_to=_date(deed.answers.get("until")) if deed.answers["granted"] else None,
        reason=deed.answers["reason"].rstrip("。"),
        basis="",
        contact=_contact(deed),
    )


def assessment(matter: Matter, deed: Deed | None) -> Paper:
    deed = _done(deed)
    given: dict[str, Any] = deed.answers
    counts = given["counts"]
    scheduled = matter.deeds.filter(act="schedule", seq__lt=deed.seq).order_by("-seq").first()
    return assessment_result(
        title="满意度测评结果",
        session=scheduled.answers["session"] if scheduled else "",
        held_on=deed.on,
        subject=f"《{matter.title}》研究处理情况",
        ballots=Ballots(
            members=counts["members"],
            present=counts["present"],
            invalid=counts["void"],
            counts=(
                ("满意", counts["satisfied"]),
                ("基本满意", counts["basically"]),
                ("不满意", counts["dissatisfied"]),
                ("弃权", counts["abstained"]),
            ),
        ),
        arithmetic=tuple(given["arithmetic"]),
        conclusion=given["conclusion"],
        basis=given["basis"],
        scrutineers=tuple(name for name in given.get("scrutineers", "").split("、") if name),
    )


def _done(deed: Deed | None) -> Deed:
    if deed is None:
        raise PaperError("这份文书要在办理之后才能制作。")
    return deed


def _done_for(deed: Deed | None) -> tuple[Deed, Party]:
    done = _done(deed)
    if done.party is None:
        raise PaperError("没有记录是哪个单位办理的，不能制作这份文书。")
    return done, done.party


def _office(matter: Matter) -> str:
    party = matter.parties.filter(part="office").order_by("-id").select_related("organ").first()
    return party.organ.name if party else ""


def _sender(matter: Matter, deed: Deed, *, organ: str = "") -> Sender:
    """The sending organ, with the letter's number if one was entered."""
    organ = organ or _office(matter)
    number = _number(str(deed.answers.get("number") or ""))
    return Sender(letterhead=organ, organ=organ, number=number, dated=deed.on, sealed=True)


def _contact(deed: Deed) -> Contact:
    """Whom the letter names to be asked; the letterhead names the office."""
    return Contact(
        office="",
        person=str(deed.answers.get("contact") or ""),
        phone=str(deed.answers.get("phone") or ""),
    )


def _date(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None
