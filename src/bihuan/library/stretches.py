"""A long reading in pages: a paper of the bundle on each, a long paper on several.

A page is a stretch of the text with the proposals that begin in it, so that every proposal is on exactly one page
whatever its paper is called. A reading that fits one page is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from bihuan.library.models import Proposal, Reading

MOST: Final = (
    80  # proposals a page: what a person can overlook, and what a page is set in a third of a second
)


@dataclass(frozen=True, slots=True)
class Begun:
    """A proposal as far as paging asks: where it begins, of which paper, and whether it waits."""

    start: int
    section: str
    pending: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """One page: its number from 1, the paper it begins with, and the offsets [start, end) of its text.

    `part` of `parts` where one paper takes several pages.
    """

    number: int
    title: str
    start: int
    end: int
    total: int
    pending: int
    part: int = 1
    parts: int = 1

    @property
    def name(self) -> str:
        return self.title + (f"（{self.part}／{self.parts}）" if self.parts > 1 else "")


def stretches_of(reading: Reading) -> list[Stretch]:
    """The pages of a reading (one query)."""
    rows = reading.proposals.order_by("start", "position").values_list("start", "section", "decision")
    begun = [Begun(start, section, decision == Proposal.PENDING) for start, section, decision in rows]
    return cut_into_pages(begun, length=len(reading.text))


def cut_into_pages(begun: Sequence[Begun], *, length: int, most: int = MOST) -> list[Stretch]:
    """The pages of proposals given in the order of the text, which has `length` characters. Pure."""
    if len(begun) <= most:
        title = next((each.section for each in begun), "")
        pending = sum(each.pending for each in begun)
        return [Stretch(1, title, 0, length, len(begun), pending)]
    papers: list[list[Begun]] = []
    known: set[str] = set()
    for each in begun:
        if not papers or (each.section and each.section not in known):
            papers.append([])
        known.add(each.section)
        papers[-1].append(each)
    pages = [(paper, part, parts) for paper in papers for part, parts in _parts(paper, most)]
    starts = [0, *(part[0].start for _, part, _ in pages[1:]), length]
    found = [
        Stretch(number, paper[0].section, start, end, len(part), sum(each.pending for each in part), 1, parts)
        for number, ((paper, part, parts), (start, end)) in enumerate(
            zip(pages, pairwise(starts), strict=True), start=1
        )
    ]
    return [
        replace(page, part=1 + sum(other.title == page.title for other in found[: page.number - 1]))
        if page.parts > 1
        else page
        for page in found
    ]


def _parts(paper: list[Begun], most: int) -> list[tuple[list[Begun], int]]:
    """The paper in even parts of at most `most` (more only where that many begin at one place), with how many."""
    count = -(-len(paper) // most)
    size = -(-len(paper) // count)
    parts: list[list[Begun]] = [[]]
    for each in paper:
        if len(parts[-1]) >= size and each.start != parts[-1][-1].start:
            parts.append([])
        parts[-1].append(each)
    return [(part, len(parts)) for part in parts]


def page_asked(pages: Sequence[Stretch], number: int | None) -> Stretch:
    """The page of that number, or the first with something left to decide, or the first."""
    asked = next((page for page in pages if page.number == number), None)
    return asked or next((page for page in pages if page.pending), pages[0])
