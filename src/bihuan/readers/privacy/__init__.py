"""What a text tells of private persons, found before it is published. Proposals only: people decide.

Numbers and mail addresses are found by their form, names by the words beside them: of names in unforeseen wording a
third is missed (make bench), so somebody must still read what is published.
"""

from __future__ import annotations

from bihuan.readers.privacy.addresses import addresses
from bihuan.readers.privacy.found import Kind, Known, Private
from bihuan.readers.privacy.names import names
from bihuan.readers.privacy.numbers import numbers

__all__ = ["Kind", "Known", "Private", "find_private"]


def find_private(text: str, *, known: Known) -> tuple[Private, ...]:
    """All proposals in reading order, none inside another."""
    found = sorted(
        [*numbers(text, known), *addresses(text), *names(text, known)], key=lambda one: (one.start, -one.end)
    )
    kept: list[Private] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)
