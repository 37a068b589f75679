"""Deliberation opinions (审议意见) and resolutions (决议、决定) as papers of their own.

Inside a notice they become annexes: `as_annex(opinion(...))`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bihuan.writers.forms.parts import closed
from bihuan.writers.numbers import chinese_date, chinese_numeral, heading_number
from bihuan.writers.paper import Block, Heading, Paper, Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionPart:
    """One part of an opinion: what the meeting finds, points out, proposes or asks.

    opening: the words it begins with (会议认为, 会议指出, 会议建议, 会议要求). text: what follows the comma.
    items: the single points without their numbers. layout: `run` sets them in one paragraph as
    一是…二是…, `list` each as its own paragraph （一）…（二）….
    """

    opening: str
    text: str
    items: tuple[str, ...] = ()
    layout: Literal["run", "list"] = "run"


def adoption_line(*, passed_on: date, session: str) -> str:
    """The line in brackets under the title: day and session of adoption."""
    return f"（{chinese_date(passed_on)}{session}通过）"


def opinion(
    *, title: str, session: str, passed_on: date, opening: str, parts: tuple[OpinionPart, ...]
) -> Paper:
    """One deliberation opinion. `opening` says what was heard and whether the meeting agrees."""
    body: list[Block] = [Paragraph(opening)]
    for part in parts:
        body += _part(part)
    return Paper(
        form="plain",
        title=title,
        subtitle=(adoption_line(passed_on=passed_on, session=session),),
        body=tuple(body),
        dated=passed_on,
    )


def resolution(
    *, title: str, session: str, passed_on: date, opening: str, decisions: tuple[str, ...] = ()
) -> Paper:
    """A resolution or decision; several decisions are numbered 一、二、…, a single one is not."""
    texts = (
        decisions
        if len(decisions) < 2
        else tuple(
            heading_number(level=1, position=position) + text
            for position, text in enumerate(decisions, start=1)
        )
    )
    return Paper(
        form="plain",
        title=title,
        subtitle=(adoption_line(passed_on=passed_on, session=session),),
        body=(Paragraph(opening), *map(Paragraph, texts)),
        dated=passed_on,
    )


def _part(part: OpinionPart) -> list[Block]:
    lead = f"{part.opening}，{part.text}"
    if part.layout == "list":
        return [Paragraph(lead), *(Heading(2, "", run_in=item) for item in part.items)]
    run = "".join(
        f"{chinese_numeral(position)}是{closed(item)}" for position, item in enumerate(part.items, start=1)
    )
    return [Paragraph(lead + run)]
