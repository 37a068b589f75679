"""The paper's text as HTML with the spans of its facts marked; quick for whole bundles.

Built by joining strings, not by a template: a bundle of 150,000 characters has thousands of segments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from bihuan.library.models import Proposal
from bihuan.library.spans import Marked, cut
from bihuan.readers.opening.opened import opened
from bihuan.readers.text import flow

# Line breaks stay outside the marks: an empty line has nothing to click and nothing to read out.
_BREAK = re.compile(r"([\r\n]+)")
_LINE_END = re.compile("[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]")
_LEFT_OUT = "\0"  # never in a text that was kept (documents.storable)


def original_html(text: str, proposals: Iterable[Proposal], *, start: int = 0) -> SafeString:
    """The text, each marked segment a link to its innermost fact (#proposal-N).

    `data-proposals` lists all facts of a segment, innermost first (ui/review.js goes through them click by
    click); #span-N is where the span of fact N begins. start: the offset at which this stretch of the paper's
    text begins. Printed lines are joined to the paragraphs they were broken from.
    """
    facts = {proposal.pk: proposal for proposal in proposals}
    spans = [
        Marked(pk, first - start, last - start)
        for pk, proposal in facts.items()
        for first, last in [_span(proposal)]
    ]
    text = joined_lines(text)
    pieces: list[str] = []
    for segment in cut(text, spans):
        pieces.extend(f'<span id="span-{key}"></span>' for key in segment.opens)
        if not segment.keys:
            pieces.append(escape(segment.text.replace(_LEFT_OUT, "")))
            continue
        look = _look(facts[key] for key in segment.keys)
        keys = " ".join(map(str, segment.keys))
        opening = (
            f'<mark class="review-span{look}" data-proposals="{keys}">'
            f'<a href="#proposal-{segment.keys[0]}" tabindex="-1">'
        )
        for number, piece in enumerate(_BREAK.split(segment.text.replace(_LEFT_OUT, ""))):
            is_break = number % 2 == 1 or not piece.strip()
            pieces.append(piece if is_break else f"{opening}{escape(piece)}</a></mark>")
    return mark_safe("".join(pieces))  # noqa: S308  # every text passed escape(), the rest are numbers


def joined_lines(text: str) -> str:
    """The text at its length, with NUL in place of the white space that only breaks lines: between the printed
    lines of a paragraph all of it, between paragraphs all but one break and the indent."""
    if not text.strip():
        return text
    found = flow(opened(text=text, kind="txt"))
    out: list[str] = []
    done = 0
    for row, following in pairwise(found.rows):
        first, last = found.offset(row.end - 1) + 1, found.offset(following.start)
        gap = text[first:last]
        if gap.strip():
            continue  # a page number left behind by a conversion: shown where it stands
        parts = _LINE_END.split(gap)
        begins = following.start in found.starts
        kept = ("\n" + parts[-1] if len(parts) > 1 else gap) if begins else ""
        out += (text[done:first], kept.rjust(len(gap), _LEFT_OUT))
        done = last
    return "".join((*out, text[done:]))


def _look(facts: Iterable[Proposal]) -> str:
    """How a segment looks: doubtful if any fact on it waits with a doubt, decided if none waits."""
    waiting = [fact for fact in facts if fact.decision == Proposal.PENDING]
    if not waiting:
        return " decided"
    return " doubt" if any(fact.is_doubtful for fact in waiting) else ""


def _span(proposal: Proposal) -> tuple[int, int]:
    fact = proposal.final
    return int(str(fact["start"])), int(str(fact["end"]))
