"""What deputies hand in: the suggestion sheet (代表建议表) and the proposal (议案), and what an agency sends
back as not its own."""

from __future__ import annotations

from datetime import date

from bihuan.writers.forms.naming import Mover, SuggestionName
from bihuan.writers.forms.parts import choices, day_or_blank
from bihuan.writers.numbers import chinese_date, ordinal
from bihuan.writers.paper import (
    BLANK,
    Block,
    Column,
    Field,
    FormGrid,
    Heading,
    Paper,
    PaperError,
    Paragraph,
    SignatureLines,
    Table,
)

SOURCES = ("视察", "专题调研", "代表联络站", "走访选民", "其他")
PUBLICITY = ("同意全文公开", "同意摘要公开", "不同意公开")


def suggestion_sheet(
    *,
    name: SuggestionName,
    lead: Mover,
    joint: tuple[Mover, ...],
    category: str,
    situation: str,
    analysis: str,
    demands: tuple[str, ...],
    source: str = "",
    source_note: str = "",
    publicity: str = "",
    reason_withheld: str = "",
    suggested_agencies: tuple[str, ...] = (),
    raised_on: date | None = None,
) -> Paper:
    """One suggestion, one matter: situation, analysis, concrete proposals, signed by those who raise it.

    source is one of SOURCES, publicity one of PUBLICITY, '' for not yet chosen; reason_withheld belongs to
    the last of them. PaperError for a choice that is not on the sheet.
    """
    withheld = f"\n理由：{reason_withheld}" if reason_withheld else ""
    grid = FormGrid(
        (
            (Field("编　号", name.number), Field("类　别", category)),
            (Field("届　次", name.raised_at),),
            (Field("标　题", name.title),),
            (Field("领衔代表", lead.name), Field("代 表 团", lead.delegation)),
            (Field("联系电话", lead.phone), Field("联名人数", f"{len(joint)}人" if joint else "")),
            (Field("来　源", choices(SOURCES, source) + (f"\n{source_note}" if source_note else "")),),
            (Field("是否公开", choices(PUBLICITY, publicity) + withheld),),
            (Field("建议承办\n单　　位", "、".join(suggested_agencies)),),
        )
    )
    body: list[Block] = [
        grid,
        Heading(1, "情况"),
        *_written(situation),
        Heading(1, "分析"),
        *_written(analysis),
        Heading(1, "具体意见"),
        *_demands(demands),
    ]
    if joint:
        body += [Heading(1, "联名代表"), movers_table(joint)]
    body.append(SignatureLines((Field("领衔代表（签名）"), Field("日期", day_or_blank(raised_on)))))
    return Paper(
        form="plain",
        title=f"{name.place}人民代表大会代表建议、批评和意见",
        body=tuple(body),
        dated=raised_on,
    )


def proposal_sheet(
    *,
    place: str,
    term: int,
    session: int,
    number: str,
    title: str,
    movers: tuple[Mover, ...],
    delegation: str = "",
    least: int,
    subject: str,
    grounds: str,
    plan: tuple[str, ...],
    raised_on: date | None = None,
) -> Paper:
    """A proposal to the congress: 案由, 案据, 方案, with its movers; a whole delegation needs none.

    least: how many deputies the law asks for (rule proposal.movers). PaperError with fewer.
    """
    if not delegation and len(movers) < least:
        raise PaperError(
            f"议案须有{least}名以上代表联名，现有{len(movers)}名，不能作为议案印制。请补足联名代表，或者改作建议提出。"
        )
    body: list[Block] = [
        FormGrid(
            (
                (Field("编　号", number), Field("提出日期", chinese_date(raised_on) if raised_on else "")),
                (Field("提 出 人", delegation or f"{movers[0].name}等{len(movers)}名代表"),),
            )
        ),
        Heading(1, "案由"),
        *_written(subject),
        Heading(1, "案据"),
        *_written(grounds),
        Heading(1, "方案"),
        *_demands(plan),
    ]
    if movers:
        body += [Heading(1, "提出议案的代表"), movers_table(movers)]
    signer = "代表团团长（签名）" if delegation else "领衔代表（签名）"
    body.append(SignatureLines((Field(signer), Field("日期", day_or_blank(raised_on)))))
    return Paper(
        form="plain",
        title=title,
        subtitle=(f"（{place}{_congress(term, session)}议案）",),
        body=tuple(body),
        dated=raised_on,
    )


def return_request(
    *,
    name: SuggestionName,
    agency: str,
    part: str,
    handed_over_on: date | None,
    refuse_by: date | None,
    reason: str,
    basis: str = "",
    proposed: tuple[str, ...] = (),
    asked_on: date | None = None,
) -> Paper:
    """An agency asks that another handle the suggestion (调整承办单位申请单): reasons, basis, who instead.

    part: the part it was given (主办, 会办, 分办). The answer and, in a dispute, the board's word are
    written below by hand.
    """
    grid = FormGrid(
        (
            (Field("编　号", name.number), Field("承办方式", part)),
            (Field("届　次", name.raised_at),),
            (Field("标　题", name.title),),
            (Field("申请单位", agency),),
            (Field("交办日期", _day(handed_over_on)), Field("申请期限", _day(refuse_by))),
            (Field("申请理由", reason, lines=5),),
            (Field("职责依据", basis, lines=2),),
            (Field("建议改由", "、".join(proposed)),),
            (
                Field(
                    "申请单位\n负 责 人",
                    "\n　　　　　　　　　　签名（盖章）　　　　年　　月　　日",
                    lines=3,
                ),
            ),
            (
                Field(
                    "交办机构\n意　　见", choices(("同意调整", "不同意调整，继续办理", "提交协调")), lines=3
                ),
            ),
            (Field("协调意见", "", lines=3),),
        )
    )
    return Paper(form="plain", title="代表建议调整承办单位申请单", body=(grid,), dated=asked_on)


def movers_table(movers: tuple[Mover, ...]) -> Table:
    """Deputies with delegation and contact; what is not known stays empty."""
    return Table(
        columns=(
            Column("序号", 3, "center"),
            Column("姓名", 6, "center"),
            Column("代表团", 8, "center"),
            Column("联系电话", 8, "center"),
            Column("签名", 8, "center"),
        ),
        rows=tuple(
            (str(position), mover.name, mover.delegation, mover.phone, "")
            for position, mover in enumerate(movers, start=1)
        ),
    )


def _congress(term: int, session: int) -> str:
    return f"{ordinal(term, unit='届')}人大{ordinal(session, unit='次')}会议"


def _written(text: str) -> tuple[Paragraph, ...]:
    """Each line a paragraph of its own; nothing written leaves room for a pen."""
    lines = tuple(line.strip() for line in text.split("\n") if line.strip())
    return tuple(map(Paragraph, lines or (BLANK,)))


def _demands(demands: tuple[str, ...]) -> tuple[Block, ...]:
    """Several are numbered, one is not."""
    if len(demands) < 2:
        return _written("".join(demands))
    return tuple(Heading(2, "", run_in=demand) for demand in demands)


def _day(day: date | None) -> str:
    return chinese_date(day) if day else ""
