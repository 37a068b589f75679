"""The plan for pressing a priority suggestion (重点督办方案)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bihuan.writers.forms.naming import SuggestionName
from bihuan.writers.forms.parts import day_or_blank
from bihuan.writers.numbers import chinese_date
from bihuan.writers.paper import (
    BLANK,
    Block,
    Column,
    Field,
    FormGrid,
    Heading,
    Paper,
    Paragraph,
    Table,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """One step of a plan: when, what, who; a day not yet fixed stays blank."""

    what: str
    who: str = ""
    when: date | None = None


def priority_plan(
    *,
    name: SuggestionName,
    lead_deputy: str,
    chosen_on: date | None,
    chosen_by: str,
    congress_leader: str,
    government_leader: str,
    committee: str,
    agencies: tuple[str, ...],
    aims: tuple[str, ...],
    steps: tuple[PlanStep, ...],
    afterwards: tuple[str, ...],
    organ: str,
    dated: date | None,
) -> Paper:
    """How one priority suggestion is pressed: the pair of leaders, the committee, aims, visits.

    afterwards: what is done with the outcome: reported to whom, rated by whom, looked back at when.
    """
    body: list[Block] = [
        FormGrid(
            (
                (Field("编　号", name.number), Field("领衔代表", lead_deputy)),
                (Field("届　次", name.raised_at),),
                (Field("标　题", name.title),),
                (Field("督办领导", congress_leader), Field("领办领导", government_leader)),
                (Field("督办机构", committee), Field("承办单位", "、".join(agencies))),
                (Field("确　定", f"{day_or_blank(chosen_on)}{chosen_by}确定"),),
            )
        ),
        Heading(1, "督办目标"),
        *(_items(aims)),
        Heading(1, "督办安排"),
        Table(
            columns=(
                Column("序号", 2.6, "center"),
                Column("时间", 8, "center"),
                Column("内容", 14),
                Column("参加人员", 9),
            ),
            rows=tuple(
                (str(position), chinese_date(step.when) if step.when else "", step.what, step.who)
                for position, step in enumerate(steps, start=1)
            ),
        ),
    ]
    if afterwards:
        body += [Heading(1, "结果运用"), *_items(afterwards)]
    return Paper(
        form="plain",
        title=f"{name.in_two_lines}重点督办方案",
        body=tuple(body),
        organs=(organ,),
        dated=dated,
    )


def _items(texts: tuple[str, ...]) -> tuple[Block, ...]:
    if len(texts) < 2:
        return (Paragraph("".join(texts) or BLANK),)
    return tuple(Heading(2, "", run_in=text) for text in texts)
