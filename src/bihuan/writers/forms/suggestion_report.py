"""The report on handling suggestions (办理情况报告): what was counted stands printed, what only people can say
stays blank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bihuan.writers.forms.parts import share
from bihuan.writers.numbers import chinese_date
from bihuan.writers.paper import BLANK, Block, Column, Heading, Paper, PaperError, Paragraph, Table

Counted = Literal["件", "件次"]
"""件: by suggestion, each once. 件次: by assignment, a suggestion as often as it has handlers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """A whole in its parts. PaperError when they do not add up: such a table is never printed."""

    name: str
    unit: Counted
    whole: int
    parts: tuple[tuple[str, int], ...]

    def __post_init__(self) -> None:
        total = sum(count for _, count in self.parts)
        if total != self.whole or min((count for _, count in self.parts), default=0) < 0:
            raise PaperError(
                f"“{self.name}”各项合计{total}{self.unit}，与总数{self.whole}{self.unit}不符，不能打印。请核对统计口径。"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A share with its numerator and its denominator, both named."""

    name: str
    part: int
    whole: int
    of: str
    unit: Counted = "件"

    def __post_init__(self) -> None:
        if not 0 <= self.part <= self.whole:
            raise PaperError(
                f"“{self.name}”的{self.part}{self.unit}超出{self.of}{self.whole}{self.unit}，不能打印。请核对统计口径。"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrative:
    """A section that people write; without a text it leaves room for it."""

    heading: str
    text: str = ""


def suggestion_report(
    *,
    title: str,
    organ: str,
    dated: date | None,
    period: str,
    counted_on: date,
    at_congress: int,
    between_sessions: int,
    bodies: Breakdown | None,
    parts: Breakdown | None,
    answered: Rate | None,
    classes: Breakdown | None,
    attitude: Breakdown | None,
    result: Breakdown | None,
    silent: int = 0,
    rates: tuple[Rate, ...] = (),
    facts: tuple[str, ...] = (),
    gaps: tuple[str, ...] = (),
    narrative: tuple[Narrative, ...] = (
        Narrative(heading="主要做法"),
        Narrative(heading="存在问题"),
        Narrative(heading="下一步工作"),
    ),
) -> Paper:
    """A report whose every figure comes computed, with its unit and denominator; nothing here is typed.

    period: what it covers (县第十八届人大第五次会议以来). bodies: suggestions by who leads them; parts:
    assignments by 主办, 会办, 分办. attitude, result: the deputies' ratings, apart; silent: who did not rate in
    time and is in neither denominator. rates: pairs such as 已答复/已解决 and 满意/已落实, side by side.
    facts: second round, funds, promises, one sentence each. gaps: what is not covered. PaperError when the
    parts of any whole do not add up.
    """
    total = at_congress + between_sessions
    body: list[Block] = [
        Heading(1, "基本情况"),
        Paragraph(
            f"{period}，截至{chinese_date(counted_on)}，共收到代表建议、批评和意见{total}件，"
            f"其中大会期间提出{at_congress}件，闭会期间提出{between_sessions}件。"
            "以下“件”按建议计，每件建议计一次；“件次”按承办任务计，一件建议由几个单位承办的计几次。"
        ),
        *_broken_down(bodies, head="承办系统"),
        *_broken_down(parts, head="承办方式"),
        Heading(1, "办理结果"),
    ]
    if answered:
        body.append(Paragraph(f"{_said(answered)}。"))
    body += _broken_down(classes, head="答复分类")
    body += _ratings(attitude, result, silent=silent)
    body += map(Paragraph, facts)
    if rates:
        body += [Heading(1, "答复与解决、满意与落实"), _rates(rates)]
    if gaps:
        body += [Heading(1, "尚未覆盖"), *(Heading(2, "", run_in=gap) for gap in gaps)]
    for section in narrative:
        lines = [line for line in section.text.split("\n") if line.strip()] or [BLANK]
        body += [Heading(1, section.heading), *map(Paragraph, lines)]
    return Paper(form="plain", title=title, body=tuple(body), organs=(organ,), dated=dated)


def _said(rate: Rate) -> str:
    return f"{rate.of}{rate.whole}{rate.unit}，{rate.name}{rate.part}{rate.unit}，占{share(rate.part, rate.whole)}"


def _broken_down(found: Breakdown | None, *, head: str) -> list[Block]:
    if found is None:
        return []
    rows = [(name, str(count), share(count, found.whole)) for name, count in found.parts]
    return [
        Table(
            columns=(
                Column(head, 16),
                Column(f"数量（{found.unit}）", 7, "center"),
                Column("占比", 11, "center"),
            ),
            rows=(*rows, ("合计", str(found.whole), "")),
            caption=f"{found.name}（按{'建议' if found.unit == '件' else '承办任务'}计）",
        )
    ]


def _ratings(attitude: Breakdown | None, result: Breakdown | None, *, silent: int) -> list[Block]:
    """Attitude and result beside each other, each of its own denominator."""
    if attitude is None or result is None:
        return []
    given, counts = dict(attitude.parts), dict(result.parts)
    names = tuple(dict.fromkeys((*given, *counts)))
    rows = [
        (
            name,
            str(given.get(name, 0)),
            share(given.get(name, 0), attitude.whole),
            str(counts.get(name, 0)),
            share(counts.get(name, 0), result.whole),
        )
        for name in names
    ]
    blocks: list[Block] = [
        Table(
            columns=(
                Column("代表评价", 7, "center"),
                Column(f"办理态度\n（{attitude.unit}）", 6, "center"),
                Column("占比", 9, "center"),
                Column(f"办理结果\n（{result.unit}）", 6, "center"),
                Column("占比", 9, "center"),
            ),
            rows=(*rows, ("合计", str(attitude.whole), "", str(result.whole), "")),
            caption="代表评价（态度和结果分别评价）",
        )
    ]
    if silent:
        blocks.append(
            Paragraph(f"另有{silent}件逾期未反馈，不计入评价的总数；不反馈不等于满意，也不等于不满意。")
        )
    return blocks


def _rates(rates: tuple[Rate, ...]) -> Table:
    return Table(
        columns=(
            Column("指标", 10),
            Column("数量", 5, "center"),
            Column("分母", 12, "center"),
            Column("比例", 9, "center"),
        ),
        rows=tuple(
            (
                rate.name,
                f"{rate.part}{rate.unit}",
                f"{rate.of}{rate.whole}{rate.unit}",
                share(rate.part, rate.whole),
            )
            for rate in rates
        ),
        caption="答复不等于解决，满意不等于落实",
    )
