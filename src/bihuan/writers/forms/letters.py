"""Letters (函) of the loop: handover, reminders, the committee's comment, the reply on an extension."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from bihuan.writers.forms.parts import Contact, DueLine, Sender, bare, closed, day_or_blank, due_table
from bihuan.writers.numbers import chinese_date
from bihuan.writers.paper import BLANK, Block, Column, Heading, Paper, PaperError, Paragraph, Table

_NUMBERED: Final = re.compile(
    r"[一二三四五六七八九十]{1,3}(?:、|是)|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedItem:
    """One thing to handle: its text, the lead agency and the others; no lead leaves the place blank."""

    text: str
    lead: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """The committee's word on one item of a report; no item: on the report as a whole."""

    item: str
    text: str


def handover_letter(
    *,
    sender: Sender,
    addressee: str,
    opinion_title: str,
    session: str,
    passed_on: date,
    items: tuple[HandedItem, ...],
    terms: tuple[DueLine, ...],
    contact: Contact,
    copied_to: tuple[str, ...] = (),
) -> Paper:
    """The letter by which an opinion goes to who must act (交办函): items, terms with basis, contact."""
    body: list[Block] = [
        Paragraph(
            f"《{opinion_title}》已于{chinese_date(passed_on)}由{session}通过。"
            "按照工作程序，现将有关事项交由你们研究处理，具体如下。"
        ),
        Heading(1, "交办事项"),
        _items_table(items),
        Heading(1, "办理期限"),
    ]
    if terms:
        body.append(due_table(terms, dated=sender.dated))
    else:
        body.append(Paragraph("办理期限待明确。"))
    body += [
        Heading(1, "办理要求"),
        Paragraph(
            "请逐项制定整改措施，明确责任人和完成时间，并附能够证明办理结果的材料；"
            "已经办结、分期推进和尚未解决的事项，请如实分别说明。"
            "预计不能按期完成的，请在期限届满前书面说明理由。"
        ),
    ]
    return _letter(
        sender,
        title=f"关于交办《{opinion_title}》的函",
        addressee=addressee,
        body=tuple(body),
        note=contact.line(),
        copied_to=copied_to,
    )


def reminder_letter(
    *,
    sender: Sender,
    addressee: str,
    matter: str,
    step: str,
    due: date,
    basis: str,
    counted_on: date,
    asked: tuple[str, ...],
    answer_by: date | None,
    contact: Contact,
    degree: Literal["first", "second"] = "first",
    reminded_on: tuple[date, ...] = (),
    consequence: str = "",
    upholds: str = "审议意见",
    copied_to: tuple[str, ...] = (),
) -> Paper:
    """Press for what is late: a first form (催办函) and a stronger second one (督办函).

    due: last day of the term; counted_on: the day on which lateness is counted, in calendar days.
    reminded_on: the days of earlier reminders, named in the letter. consequence: what the body has decided
    to do next, if anything. upholds: whose standing a second letter appeals to (审议意见, 代表建议).
    Raises PaperError when not late.
    """
    late = (counted_on - due).days
    if late <= 0:
        raise PaperError(
            f"“{step}”的期限为{chinese_date(due)}，截至{chinese_date(counted_on)}尚未超期，不能制发催办文书。"
        )
    second = degree == "second"
    days = "、".join(map(chinese_date, reminded_on))
    earlier = f"我们已于{days}发函催办，至今未见结果。" if days else ""
    body: list[Block] = [
        Paragraph(
            f"{matter}的“{step}”应于{chinese_date(due)}前（含当日）完成{f'，依据为{basis}' if basis else ''}。"
            f"截至{chinese_date(counted_on)}，已超期{late}天。{earlier}"
        )
    ]
    wish = f"为维护{upholds}的严肃性，现要求你们" if second else "请你们抓紧办理，并做好以下工作"
    requests = (*asked, "由主要负责人签署书面说明，写明超期原因、责任人和完成时间") if second else asked
    body.append(Paragraph(f"{wish}：" if requests else f"{wish}。"))
    body += [
        Heading(3, "", run_in=bare(text) + ("。" if position == len(requests) else "；"))
        for position, text in enumerate(requests, start=1)
    ]
    if answer_by:
        body.append(Paragraph(f"以上情况请于{chinese_date(answer_by)}前书面函告。"))
    if consequence:
        body.append(Paragraph(consequence))
    return _letter(
        sender,
        title=f"关于{'督促限期办理' if second else '催办'}{matter}的函",
        addressee=addressee,
        body=tuple(body),
        note=contact.line(),
        copied_to=copied_to,
    )


def comment_letter(
    *,
    sender: Sender,
    addressee: str,
    subject: str,
    received_on: date | None,
    overall: str,
    comments: tuple[Comment, ...],
    closing: str,
    contact: Contact,
    copied_to: tuple[str, ...] = (),
) -> Paper:
    """The named committee's answer to a consultation on a handling report (征求意见反馈函).

    subject: what was sent, in the words of a title: 《…审议意见》研究处理情况. closing: what is asked now, which
    follows from what the committee holds of the report.
    """
    body: list[Block] = [
        Paragraph(f"你们{day_or_blank(received_on)}送来征求意见的{subject}收悉。经研究，反馈意见如下。")
    ]
    if overall:
        body += [Heading(1, "总体意见"), Paragraph(overall)]
    if comments:
        body += [Heading(1, "逐项意见"), *_comments(comments)]
    if not overall and not comments:
        body.append(Paragraph("对报告没有修改意见。"))
    body.append(Paragraph(closed(closing)))
    return _letter(
        sender,
        title=f"关于{subject}反馈意见的函",
        addressee=addressee,
        body=tuple(body),
        note=contact.line(),
        copied_to=copied_to,
    )


def extension_reply(
    *,
    sender: Sender,
    addressee: str,
    matter: str,
    step: str,
    requested_on: date,
    due: date,
    extended_to: date | None,
    reason: str,
    basis: str,
    contact: Contact,
    copied_to: tuple[str, ...] = (),
) -> Paper:
    """Grant or refuse an extension (延期批复); `extended_to` None refuses.

    reason: why it is granted or refused. Raises PaperError when the new day is not after the old one.
    """
    if extended_to is not None and extended_to <= due:
        raise PaperError(
            f"延期后的日期{chinese_date(extended_to)}不晚于原期限{chinese_date(due)}。请核对延期日期。"
        )
    decision = (
        f"同意将“{step}”的期限由{chinese_date(due)}延至{chinese_date(extended_to)}。理由：{bare(reason)}。"
        if extended_to
        else f"不同意延期，“{step}”仍应于{chinese_date(due)}前（含当日）完成。理由：{bare(reason)}。"
    )
    closing = "请在延长期内抓紧办理，按期书面报告结果。" if extended_to else "请抓紧办理，按期书面报告结果。"
    return _letter(
        sender,
        title=f"关于{matter}延期申请的复函",
        addressee=addressee,
        body=(
            Paragraph(f"你们{chinese_date(requested_on)}关于延长办理期限的申请收悉。经研究，答复如下："),
            Paragraph(decision + (f"依据：{bare(basis)}。" if basis else "")),
            Paragraph(closing),
            Paragraph("此复。"),
        ),
        note=contact.line(),
        copied_to=copied_to,
    )


def _comments(comments: tuple[Comment, ...]) -> list[Block]:
    """A table where comments name the item they are on; else paragraphs, numbered if there are several and
    their writer has not numbered them already."""
    if not any(comment.item for comment in comments):
        texts = [closed(comment.text.strip()) for comment in comments]
        if len(texts) == 1 or any(map(_NUMBERED.match, texts)):
            return [Paragraph(text) for text in texts]
        return [Heading(3, "", run_in=text) for text in texts]
    rows = tuple(
        (str(position), comment.item, comment.text) for position, comment in enumerate(comments, start=1)
    )
    return [
        Table(
            columns=(Column("序号", 2.6, "center"), Column("报告事项", 10), Column("意见", 14)),
            rows=rows,
        )
    ]


def _items_table(items: tuple[HandedItem, ...]) -> Table:
    return Table(
        columns=(
            Column("序号", 2.6, "center"),
            Column("事项", 13),
            Column("主办单位", 6, "center"),
            Column("协办单位", 6, "center"),
        ),
        rows=tuple(
            (str(position), item.text, item.lead or BLANK, "、".join(item.others))
            for position, item in enumerate(items, start=1)
        ),
    )


def _letter(
    sender: Sender,
    *,
    title: str,
    addressee: str,
    body: tuple[Block, ...],
    note: str,
    copied_to: tuple[str, ...],
) -> Paper:
    return Paper(
        form="letter",
        letterhead=sender.letterhead,
        number=sender.number,
        title=sender.organ + title,  # 《党政机关公文处理工作条例》 article 9: organ, subject, kind
        addressees=(addressee,),
        body=body,
        organs=(sender.organ,),
        dated=sender.dated,
        sealed=sender.sealed,
        note=note,
        copied_to=copied_to,
    )
