"""A city's year of suggestions in its true proportions, written in bulk as the acts would have left it.

The counts are those of a real city's report to its congress (364 suggestions in 603 assignments); titles,
organs and people are the demo place's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, repeat
from zoneinfo import ZoneInfo

from bihuan.matters.models import Matter, Party, Term
from bihuan.modules.suggestions.models import CongressSession, Rating, Suggestion
from bihuan.people.demo import Cast
from bihuan.people.models import Organ

OPENS, CLOSES = date(2026, 1, 20), date(2026, 1, 24)
BETWEEN_ON, HANDED_ON, DUE_ON, MET_ON = (
    date(2026, 5, 6), date(2026, 2, 2), date(2026, 5, 6), date(2026, 4, 20),
)  # fmt: skip
COUNTED_ON = date(2026, 11, 25)
CO_HANDLED = 239  # 603 assignments less 364 leads
FIRST_DISSATISFIED = 10  # of the government's, each handled again; 7 stayed dissatisfied


@dataclass(frozen=True, slots=True)
class _Row:
    """One suggestion: who answers for it, in which class, raised when, judged how in each round."""

    body: str
    letter: str
    at_congress: bool
    grades: tuple[str, ...]


def _rows() -> Iterator[_Row]:
    """The government's 331 of the congress and 7 between sessions, the court's 9, the other bodies' 17."""
    letters = chain(repeat("A", 163), repeat("B", 156), repeat("C", 12))
    for position, letter in enumerate(letters):
        if position < FIRST_DISSATISFIED:
            second = "dissatisfied" if position < 7 else "basically"
            yield _Row("government", letter, True, ("dissatisfied", second))
        else:
            yield _Row("government", letter, True, ("satisfied" if position % 4 else "basically",))
    rest = [*repeat("A", 19), *repeat("B", 11), *repeat("C", 3)]
    bodies = [*repeat("government", 7), *repeat("court", 9), *repeat("other", 17)]
    for position, (body, letter) in enumerate(zip(bodies, rest, strict=True)):
        grade = "dissatisfied" if position == len(bodies) - 1 else "satisfied"
        yield _Row(body, letter, position >= 7, (grade,))


def write_year(cast: Cast) -> CongressSession:
    """Write the year; the session it is counted from."""
    session = CongressSession.objects.create(
        place=cast.place, congress=17, session=5, opens_on=OPENS, closes_on=CLOSES
    )
    rows = list(_rows())
    matters = Matter.objects.bulk_create(
        Matter(
            place=cast.place,
            number=f"DB-2026-{number:04}",
            procedure_code="suggestion",
            edition="2026",
            title=f"关于第{number}件事的建议",
            stage="closed" if row.letter == "A" else "following",
            round=len(row.grades),
            opened_on=OPENS if row.at_congress else BETWEEN_ON,
        )
        for number, row in enumerate(rows, start=1)
    )
    numbers = {True: iter(range(1, 1000)), False: iter(range(1, 1000))}
    Suggestion.objects.bulk_create(
        Suggestion(
            matter=matter,
            place=cast.place,
            congress=17,
            session=5 if row.at_congress else None,
            year=2026,
            running_no=next(numbers[row.at_congress]),
            result_class=row.letter,
        )
        for matter, row in zip(matters, rows, strict=True)
    )
    leads = _parties(cast, rows, matters)
    Term.objects.bulk_create(
        Term(
            matter=lead.matter,
            party=lead,
            kind="reply",
            name="答复",
            spec={},
            due={},
            due_on=DUE_ON,
            met_on=MET_ON,
        )
        for lead in leads
    )
    _judge(cast, rows, matters)
    return session


def _parties(cast: Cast, rows: list[_Row], matters: list[Matter]) -> list[Party]:
    """Leads over the bureaus in turn, and as many co-handlers as the year had."""
    bureaus = [cast.organs[code] for code in ("water", "forestry", "planning", "education", "transport")]
    other = Organ.objects.create(place=cast.place, name="临溪县融媒体中心", kind="other", since=HANDED_ON)

    def lead(position: int, body: str) -> Organ:
        fixed = {"court": cast.organs["court"], "other": other}
        return fixed.get(body) or bureaus[position % len(bureaus)]

    leads = Party.objects.bulk_create(
        Party(
            matter=matter,
            organ=lead(position, row.body),
            part="lead",
            stage="settled" if row.letter == "A" and position % 2 else "answered",
            since=HANDED_ON,
        )
        for position, (matter, row) in enumerate(zip(matters, rows, strict=True))
    )
    Party.objects.bulk_create(
        Party(
            matter=matter,
            organ=cast.organs["treasury"],
            part="co",
            stage="contributed",
            since=HANDED_ON,
        )
        for matter in matters[:CO_HANDLED]
    )
    return leads


def _judge(cast: Cast, rows: list[_Row], matters: list[Matter]) -> None:
    """Every suggestion's lead deputy, and the judgement of each round."""
    deputy = cast.person("wuguihua")
    movers = Party.objects.bulk_create(
        Party(
            matter=matter,
            organ=cast.organs["qingshi_delegation"],
            person=deputy,
            part="mover",
            stage="rated",
            since=OPENS,
        )
        for matter in matters
    )
    at = datetime(2026, 6, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
    Rating.objects.bulk_create(
        Rating(
            matter=mover.matter,
            deputy=mover,
            round=round,
            attitude="satisfied",
            result=grade,
            at=at,
        )
        for mover, row in zip(movers, rows, strict=True)
        for round, grade in enumerate(row.grades, start=1)
    )
