"""Checks within one reading: what does not agree is reported, and asked on the facts concerned."""

from __future__ import annotations

from msgspec.structs import replace

from bihuan.readers.checks import annexes, damage, deadlines, names, wordings
from bihuan.readers.checks.raised import Check
from bihuan.readers.context import Context
from bihuan.readers.facts import Fact

CHECKS: tuple[Check, ...] = (
    deadlines.collisions,
    deadlines.missing_subjects,
    names.two_names,
    annexes.missing_annexes,
    annexes.idle_addressees,
    wordings.different_words,
    wordings.different_spellings,
    wordings.finished_yet_to_finish,
    damage.slips,
    damage.narrow_marks,
    damage.stray_page_numbers,
)


def check(context: Context, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts, with the contradictions found among them; facts concerned by one carry its question."""
    found: list[Fact] = []
    questions: dict[int, list[str]] = {}
    for look in CHECKS:
        for raised in look(context, facts):
            found.append(raised.fact)
            for concerned in raised.concerns:
                questions.setdefault(id(concerned), []).append(raised.fact.description)
    asked = (
        replace(fact, doubt=" ".join(filter(None, (fact.doubt, *questions[id(fact)]))))
        if id(fact) in questions
        else fact
        for fact in facts
    )
    return (*asked, *found)
