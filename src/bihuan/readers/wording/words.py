"""Words and their kinds, by the tagger's dictionary: for keywords and likely names only, never for the index."""

from __future__ import annotations

from functools import cache
from typing import Protocol, cast


class _Tagger(Protocol):
    def tag(self, text: str) -> list[tuple[str, str]]: ...


@cache
def _tagger() -> _Tagger:
    """Loaded when first needed: the dictionary takes a moment."""
    import rjieba

    return cast(_Tagger, rjieba)


def tags(text: str) -> list[tuple[str, str]]:
    """Each word of `text` with its kind (n, v, nr …); joined they are the text."""
    return _tagger().tag(text)
