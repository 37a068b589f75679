"""What a reply's text is recognised by: its stretches of six characters, marks and white space left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

Signature = frozenset[str]

LENGTH = 6  # long enough that two letters share it by copying, short enough to survive a changed word
_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]+")


def signature_of(text: str) -> Signature:
    """Every stretch of LENGTH characters between two marks of `text`."""
    return frozenset(
        run[k : k + LENGTH] for run in _WORDS.findall(text) for k in range(len(run) - LENGTH + 1)
    )


def everywhere(signatures: Iterable[Signature]) -> Signature:
    """What an agency writes into every letter: the stretches more than two, and a third, of them hold."""
    many = list(signatures)
    count = Counter(stretch for one in many for stretch in one)
    least = max(3, (len(many) + 2) // 3)
    return frozenset(stretch for stretch, times in count.items() if times >= least)


def copied_run(text: str, start: int, end: int, source: Signature) -> tuple[int, int]:
    """The longest run of text[start:end] whose stretches all stand in `source`, marks allowed between."""
    best = begin = last = start
    width = 0
    for word in _WORDS.finditer(text, start, end):
        for k in range(word.start(), word.end() - LENGTH + 1):
            if text[k : k + LENGTH] not in source:
                continue
            if k > last + LENGTH:
                begin = k
            last = k + LENGTH
            if last - begin > width:
                best, width = begin, last - begin
    return best, best + width
