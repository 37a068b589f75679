"""What a genre may look at besides its own section: the flow and the other papers of the bundle."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from bihuan.readers.bundle import Section
from bihuan.readers.facts import Span
from bihuan.readers.text import Flow

_MOST_ROWS_ABOVE = 8  # rows of letterhead, number and annex mark; more are text


def _is_boxed(section: Section) -> bool:
    return section.title_rows[0] - section.rows[0] > _MOST_ROWS_ABOVE


@dataclass(frozen=True, kw_only=True)
class Context:
    """The whole bundle, as each genre and check sees it.

    `session` and `issued` are the ISO days of the session and of the notice that sends the papers out,
    empty where the bundle does not tell.
    """

    flow: Flow
    sections: tuple[Section, ...]
    session: str = ""
    issued: str = ""

    def span(self, section: Section, start: int, end: int) -> Span:
        """The span of flow indices [start, end) in `section`."""
        return self.flow.span(start, end, section.title)

    def title_bounds(self, section: Section) -> tuple[int, int]:
        """Flow indices of the section's title."""
        rows = self.flow.rows
        first, last = section.title_rows
        return rows[first].start, rows[last - 1].end if last > first else rows[first].start

    def bounds(self, section: Section) -> tuple[int, int]:
        """Flow indices of the whole section, head and title included."""
        rows = self.flow.rows
        return rows[section.rows[0]].start, rows[section.rows[1] - 1].end

    def stretches(self, section: Section, body: tuple[int, int]) -> list[tuple[int, int]]:
        """Flow indices of all the section's text: what stands above a title set as a box, and its body."""
        start, _ = self.bounds(section)
        title, _ = self.title_bounds(section)
        return [(start, title), body] if _is_boxed(section) else [body]

    def head_start(self, section: Section) -> int:
        """Flow index at which the section's head begins: its letterhead, or its title where that is a box."""
        return self.title_bounds(section)[0] if _is_boxed(section) else self.bounds(section)[0]

    def section_at(self, index: int) -> str:
        """The title of the paper that holds flow index `index`."""
        at = bisect_right(self._first_rows, self.flow.row_at(index)) - 1
        return self.sections[at].title if at >= 0 else ""

    @cached_property
    def _first_rows(self) -> list[int]:
        return [section.rows[0] for section in self.sections]
