"""The text of a law or draft: articles with headings, paragraphs and items, and from when it applies."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Article, Deadline, Document, Fact
from bihuan.readers.parts.fines import fines
from bihuan.readers.text import Flow
from bihuan.readers.wording.dates import find_date
from bihuan.readers.wording.meetings import ADOPTION, adoption_date

_TITLE = re.compile(r"(?:条例|规定|办法|规则|细则)(?:[（(].{1,20}[）)])*$")
_NUMERAL = "[一二三四五六七八九十百零〇]{1,7}"
_ARTICLE = re.compile(rf"(?P<number>第{_NUMERAL}条)(?![第、和至的规])(?:【(?P<heading>[^】]{{1,30}})】)?")
_CHAPTER = re.compile(rf"第{_NUMERAL}[章节编]")
_ITEM = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d)")
_IN_FORCE = re.compile(r"本(?:条例|规定|办法|规则|细则)自(?P<from>[^，。；]{1,30}?)起(?:施行|实施|生效)")
_BLANK = re.compile(r"\D*年\D*月\D*日$")
_START = 20  # characters of an article's text that tell it from others


def is_law(section: Section, flow: Flow) -> bool:
    """A title of a law, and an article that opens a paragraph."""
    return bool(_TITLE.search(section.title)) and any(
        _ARTICLE.match(flow.text, edge) for edge in _edges(section, flow)
    )


def is_passed(section: Section, flow: Flow) -> bool:
    """Does the bracket between title and first article say that the law was passed?"""
    last = section.title_rows[1]
    rows = flow.rows[last : min(last + 5, section.rows[1])]
    return bool(rows) and ADOPTION.search(flow.text, rows[0].start, rows[-1].end) is not None


def law(section: Section, context: Context, *, genre: str) -> Iterator[Fact]:
    """The paper, its articles in order, and the day it takes effect."""
    start, end = context.bounds(section)
    _, body = context.title_bounds(section)
    text = context.flow.text
    edges = _edges(section, context.flow)
    opens = [(edge, match) for edge in edges if (match := _ARTICLE.match(text, edge, end))]
    passed = ADOPTION.search(text, body, opens[0][0] if opens else end)
    yield Document(
        at=context.span(section, start, passed.end() if passed else body),
        title=section.title,
        genre=genre,
        issuer=section.issuer,
        date=adoption_date(passed) if passed else "",
        meeting=(passed["meeting"] or "") if passed else "",
    )
    for (edge, match), (following, _) in zip(opens, [*opens[1:], (end, None)], strict=True):
        inside = edges[bisect_right(edges, edge) : bisect_left(edges, following)]
        last = next((e for e in inside if _CHAPTER.match(text, e)), following)
        paragraphs = [e for e in inside if match.end() <= e < last]
        # A number printed on a row of its own leaves the first paragraph to the next one.
        whole = len(paragraphs) + (match.end() not in paragraphs)
        items = sum(1 for e in paragraphs if _ITEM.match(text, e, last))
        stop = min(last, match.end() + _START)
        yield Article(
            at=context.span(section, edge, stop),
            number=match["number"],
            heading=match["heading"] or "",
            text_start=text[match.end() : stop],
            paragraphs=whole - items,
            items=items,
        )
        yield from fines(section, context, article=match["number"], start=match.end(), end=last)
    yield from _in_force(section, context, start=body, end=end, passed=passed)


def _in_force(
    section: Section, context: Context, *, start: int, end: int, passed: re.Match[str] | None
) -> Iterator[Deadline]:
    """From when the law applies; a draft leaves the day blank, and so does the fact."""
    for match in _IN_FORCE.finditer(context.flow.text, start, end):
        fixed = find_date(match["from"])
        due = fixed or (adoption_date(passed) if passed and "通过" in match["from"] else "")
        blank = not due and _BLANK.fullmatch(match["from"])
        yield Deadline(
            at=context.span(section, match.start(), match.end()),
            action="施行",
            anchor=f"{match['from']}起",
            fixed=fixed,
            due=due,
            doubt="施行日期留空，待通过后填写。" if blank else "",
        )


def _edges(section: Section, flow: Flow) -> list[int]:
    """Where the paragraphs of the section's text begin."""
    rows = flow.rows
    if section.title_rows[1] >= section.rows[1]:
        return []
    first, last = rows[section.title_rows[1]].start, rows[section.rows[1] - 1].end
    return [first, *flow.edges_within(first, last)]
