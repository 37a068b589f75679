"""What became of what was asked, counted by item. Answered is not solved: both are said, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bihuan.matters.models import Answer, Item

ASKED = ("problem", "suggestion")  # the items that must each be answered
# Slowest first: an item handled by several organs stands where the slowest of them stands.
SLOWEST = ("open", "planned", "staged", "solved")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Items asked, items answered, and these by result."""

    asked: int
    answered: int
    solved: int
    staged: int
    planned: int
    open: int


def count(results: Iterable[Sequence[str]]) -> Counts:
    """Counted from the results each item was answered with; an empty sequence is an item not answered."""
    every = list(results)
    slowest = [min(each, key=SLOWEST.index) for each in every if each]
    return Counts(asked=len(every), answered=len(slowest), **{code: slowest.count(code) for code in SLOWEST})


def count_rounds(rounds: Mapping[int, int]) -> dict[int, Counts]:
    """The counts of many matters, each in the round given ({matter: round}), in two queries."""
    asked: dict[int, list[int]] = defaultdict(list)
    # `parent` is looked at here: SQLite would take it for the index and read every matter's items.
    items = Item.objects.filter(matter__in=rounds, kind__in=ASKED).order_by()
    for item, matter, parent in items.values_list("pk", "matter", "parent"):
        if parent is None:
            asked[matter].append(item)
    results: dict[tuple[int, int], list[str]] = defaultdict(list)
    given = Answer.objects.filter(matter__in=rounds).order_by()
    for item, round, result in given.values_list("item", "round", "result"):
        results[item, round].append(result)
    return {
        matter: count(results.get((item, round), ()) for item in asked[matter])
        for matter, round in rounds.items()
    }
