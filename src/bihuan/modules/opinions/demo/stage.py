"""The notices that the demo's people take in."""

from __future__ import annotations

from datetime import date

from bihuan.library.acceptance import accept_reading, preview
from bihuan.library.documents import keep_document
from bihuan.library.models import Acceptance, Document, Proposal
from bihuan.library.readings import accept_all_certain, decide_proposal, read_document
from bihuan.matters.models import Matter
from bihuan.matters.staging import Stage, moment
from bihuan.modules.opinions.demo.texts import HOUSE, PLACE, TERM, Text
from bihuan.writers import render_docx
from bihuan.writers.forms import notice_with_annexes, resolution
from bihuan.writers.numbers import DocumentNumber, session_name
from bihuan.writers.paper import Paper, as_annex


def issue(
    stage: Stage,
    passed_on: date,
    number: int,
    texts: tuple[Text, ...],
    *,
    serial: int,
    with_resolution: bool = False,
) -> None:
    """Print the session's notice, take it in, read it, accept what was read; keep its matters by title."""
    session = session_name(place=PLACE, term=TERM, session=number)
    papers = [text.paper(session=session, passed_on=passed_on) for text in texts]
    if with_resolution:
        papers.append(_resolution(session, passed_on))
    office = f"{PLACE}人大常委会办公室"
    notice = notice_with_annexes(
        letterhead=f"{PLACE}人大常委会文件",
        number=DocumentNumber(code="临人常", year=passed_on.year, serial=serial),
        session=session,
        addressees=("县人民政府",),
        annexes=tuple(as_annex(paper) for paper in papers),
        organ=f"{PLACE}人大常委会",
        dated=passed_on,
        sealed=True,
        copied_to=("县人大常委会组成人员", "各乡镇人大", "本会机关各委室"),
        printed_by=office,
        printed_on=passed_on,
    )
    accept_notice(stage, render_docx(notice), name=f"{session}印发通知.docx", on=passed_on)


def _resolution(session: str, passed_on: date) -> Paper:
    return resolution(
        title=f"{HOUSE}关于批准{PLACE}{passed_on.year}年财政预算调整方案的决议",
        session=session,
        passed_on=passed_on,
        opening=f"{session}听取和审议了县人民政府提出的《{PLACE}{passed_on.year}年财政预算调整方案（草案）》，"
        "同意县人大常委会财政经济工作委员会的初步审查意见，决定批准这个方案。",
    )


def accept_notice(stage: Stage, data: bytes, *, name: str, on: date) -> Acceptance:
    """What a member of the general office does with a notice, from the upload to the matters."""
    actor, at = stage.cast.actor("zhangmin", on=on), moment(on, 9)
    place = stage.cast.place
    kept = keep_document(data=data, name=name, kind=Document.UPLOAD, place=place, actor=actor, at=at)
    reading = read_document(document=kept.document, at=at)
    accept_all_certain(reading_id=reading.pk, actor=actor, at=at)
    for proposal in reading.proposals.filter(decision=Proposal.PENDING).order_by("position"):
        decide_proposal(
            proposal_id=proposal.pk,
            decision=Proposal.ACCEPTED,
            actor=actor,
            at=at,
            seen_version=proposal.version,
        )
    asked = preview(reading, place=place, answers=None, at=at)
    answers = {
        part.field(question): _answer(question.key, question.choices, question.initial)
        for part in asked.parts
        for question in part.plan.questions
    }
    shown = preview(reading, place=place, answers=answers, at=at)
    accepted = accept_reading(reading_id=reading.pk, answers=answers, actor=actor, at=at, seen=shown.digest)
    for matter in Matter.objects.filter(source=kept.document):
        stage.matters[matter.title] = matter
    return accepted


def _answer(key: str, choices: tuple[tuple[str, str], ...], initial: str) -> str:
    """The demo's answer to a question the papers leave open."""
    if initial:
        return initial
    wanted = {"office": "财政经济", "teller": "办公机构"}.get(key.rpartition(".")[2], "照原文")
    return next((value for value, text in choices if wanted in text), choices[0][0])
