"""The paper's text as HTML with the spans of its facts marked; quick for whole bundles.

Built by joining strings, not by a template: a bundle of 150,000 characters has thousands of segments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from bihuan.library.models import Proposal
from bihuan.library.spans import Marked, cut

# Line breaks stay outside the marks: an empty line has nothing to click and nothing to read out.
_BREAK = re.compile(r"([\r\n]+)")


def original_html(text: str, proposals: Iterable[Proposal]) -> SafeString:
    """The text, each marked segment a link to its innermost fact (#proposal-N).

    `data-proposals` lists all facts of a segment, innermost first (ui/review.js goes through them click by
    click); #span-N is where the span of fact N begins.
    """
    facts = {proposal.pk: proposal for proposal in proposals}
    spans = [Marked(pk, *_span(proposal)) for pk, proposal in facts.items()]
    pieces: list[str] = []
    for segment in cut(text, spans):
        pieces.extend(f'<span id="span-{key}"></span>' for key in segment.opens)
        if not segment.keys:
            pieces.append(escape(segment.text))
            continue
        look = _look(facts[key] for key in segment.keys)
        keys = " ".join(map(str, segment.keys))
        opening = (
            f'<mark class="review-span{look}" data-proposals="{keys}">'
            f'<a href="#proposal-{segment.keys[0]}" tabindex="-1">'
        )
        for number, piece in enumerate(_BREAK.split(segment.text)):
            is_break = number % 2 == 1 or not piece.strip()
            pieces.append(piece if is_break else f"{opening}{escape(piece)}</a></mark>")
    return mark_safe("".join(pieces))  # noqa: S308  # every text passed escape(), the rest are numbers


def _look(facts: Iterable[Proposal]) -> str:
    """How a segment looks: doubtful if any fact on it waits with a doubt, decided if none waits."""
    waiting = [fact for fact in facts if fact.decision == Proposal.PENDING]
    if not waiting:
        return " decided"
    return " doubt" if any(fact.is_doubtful for fact in waiting) else ""


def _span(proposal: Proposal) -> tuple[int, int]:
    fact = proposal.final
    return int(str(fact["start"])), int(str(fact["end"]))
