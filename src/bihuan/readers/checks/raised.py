"""What a check answers with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bihuan.readers.context import Context
from bihuan.readers.facts import Fact, Inconsistency


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """A contradiction, and the facts a person must look at because of it."""

    fact: Inconsistency
    concerns: tuple[Fact, ...] = ()


Check = Callable[[Context, tuple[Fact, ...]], Iterator[Raised]]
