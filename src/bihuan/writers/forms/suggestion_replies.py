"""Answering a suggestion: the reply (答复函), a co-handler's opinion (会办意见函), the rating form (征询意见表)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bihuan.writers.forms.naming import Mover, SuggestionName, deputies_line
from bihuan.writers.forms.parts import Contact, Sender, bare, choices, closed
from bihuan.writers.numbers import chinese_date, ordinal
from bihuan.writers.paper import (
    Block,
    Column,
    Field,
    FormGrid,
    Heading,
    Paper,
    Paragraph,
    Table,
)

RATINGS = ("满意", "基本满意", "不满意")
CHANNELS = ("当面", "座谈", "电话", "书面", "其他")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one demand of the suggestion; without a demand it stands as it is."""

    demand: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseLine:
    """What a reply promises: what, who, until when; no date stays visible as one."""

    text: str
    owner: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoOpinion:
    """What a co-handling agency had to say; the law asks the lead agency to tell the deputies."""

    agency: str
    text: str


def reply_letter(
    *,
    sender: Sender,
    name: SuggestionName,
    movers: tuple[Mover, ...],
    reply_class: str,
    signer: str,
    answers: tuple[Answer, ...],
    contact: Contact,
    co_opinions: tuple[CoOpinion, ...] = (),
    promises: tuple[PromiseLine, ...] = (),
    round: int = 1,
    copied_to: tuple[str, ...] = (),
) -> Paper:
    """The agency's answer to the deputies in letter form, demand by demand, its class at the top right.

    reply_class: as the place marks it (A类, 甲类); '' while not yet fixed. signer: the agency's chief.
    round: 2 for the answer after re-handling. copied_to: 人大常委会代表工委, 政府办公室, the electing unit.
    """
    you = "你们" if len(movers) > 1 else "您"
    again = "对建议重新作了研究办理，" if round > 1 else ""
    body: list[Block] = [
        Paragraph(f"{you}提出的《{name.title}》收悉。{again or '经研究办理，'}现答复如下："),
        *_answers(answers),
    ]
    if co_opinions:
        body.append(Heading(1, "会办单位意见"))
        body += [Paragraph(f"{each.agency}：{closed(each.text)}") for each in co_opinions]
    if promises:
        body += [Heading(1, "承诺事项"), _promises(promises)]
    body += [
        Paragraph(f"感谢{you}对这项工作的关心。办理中的问题，请随时向我们提出，我们将继续改进。"),
        Paragraph("此复。"),
    ]
    return Paper(
        form="letter",
        letterhead=sender.letterhead,
        number=sender.number,
        signer=signer,
        mark=reply_class,
        title=f"对{name.in_two_lines}的{'再次' if round > 1 else ''}答复",
        addressees=deputies_line(movers),
        body=tuple(body),
        organs=(sender.organ,),
        dated=sender.dated,
        sealed=sender.sealed,
        note=contact.line(),
        copied_to=copied_to,
    )


def co_opinion_letter(
    *,
    sender: Sender,
    lead_agency: str,
    name: SuggestionName,
    answers: tuple[Answer, ...],
    signer: str,
    contact: Contact,
    copied_to: tuple[str, ...] = (),
) -> Paper:
    """A co-handling agency's opinion to the lead agency; the deputies are told of it in the reply."""
    return Paper(
        form="letter",
        letterhead=sender.letterhead,
        number=sender.number,
        signer=signer,
        title=f"关于{name.in_two_lines}的会办意见",
        addressees=(lead_agency,),
        body=(
            Paragraph(f"《{name.title}》由你单位主办、我单位会办。经研究，现提出会办意见如下："),
            *_answers(answers),
            Paragraph("以上意见供答复代表时一并采用，需要我单位配合走访和答复的，请告知。"),
        ),
        organs=(sender.organ,),
        dated=sender.dated,
        sealed=sender.sealed,
        note=contact.line(),
        copied_to=copied_to,
    )


def rating_form(
    *,
    name: SuggestionName,
    deputy: Mover,
    agency: str,
    replied_on: date | None,
    return_to: str,
    return_by: date | None = None,
    round: int = 1,
    channel: str = "",
    visitors: tuple[str, ...] = (),
    visited_on: date | None = None,
    attitude: str = "",
    result: str = "",
    reasons: str = "",
    again: str = "",
    rated_on: date | None = None,
) -> Paper:
    """The form on which a deputy rates attitude and result apart, with reasons when dissatisfied.

    return_to: the organ of the congress it goes to, never the agency: whoever is rated neither sees nor
    collects a rating. attitude and result: one of RATINGS, channel one of CHANNELS, again 是 or 否; '' leaves
    the boxes empty.
    """
    by = f"请于{chinese_date(return_by)}前" if return_by else "请"
    rows: tuple[tuple[Field, ...], ...] = (
        (Field("编　号", name.number), Field("办理轮次", f"{ordinal(round, unit='次')}办理")),
        (Field("届　次", name.raised_at),),
        (Field("标　题", name.title),),
        (Field("评价代表", deputy.name), Field("代 表 团", deputy.delegation)),
        (Field("承办单位", agency), Field("答复日期", _day(replied_on))),
        (Field("联系方式", choices(CHANNELS, channel)),),
        (Field("走 访 人", "、".join(visitors)), Field("走访日期", _day(visited_on))),
        (Field("办理态度", choices(RATINGS, attitude)),),
        (Field("办理结果", choices(RATINGS, result)),),
        (Field("不满意的\n理　　由", reasons, lines=5),),
        (Field("是否要求\n重新办理", choices(("是", "否"), again)),),
        (Field("其他意见", "", lines=3),),
        (Field("代表签名"), Field("评价日期", _day(rated_on))),
        (
            Field(
                "说　明",
                f"本表由代表本人填写，{by}直接交{return_to}，不经承办单位转交。"
                "办理态度和办理结果分别评价，不满意的写明理由。",
            ),
        ),
    )
    return Paper(
        form="plain",
        title="代表建议、批评和意见办理情况征询意见表",
        body=(FormGrid(rows),),
        dated=rated_on,
    )


def _answers(answers: tuple[Answer, ...]) -> list[Block]:
    blocks: list[Block] = []
    for answer in answers:
        if answer.demand:
            blocks.append(Heading(1, f"关于{bare(answer.demand)}"))
        blocks += [Paragraph(line) for line in answer.text.split("\n") if line.strip()]
    return blocks


def _promises(promises: tuple[PromiseLine, ...]) -> Table:
    return Table(
        columns=(
            Column("序号", 2.6, "center"),
            Column("事项", 13),
            Column("责任单位（人）", 7, "center"),
            Column("完成时限", 7, "center"),
        ),
        rows=tuple(
            (str(position), each.text, each.owner, chinese_date(each.due) if each.due else "未写明")
            for position, each in enumerate(promises, start=1)
        ),
    )


def _day(day: date | None) -> str:
    return chinese_date(day) if day else ""
