"""Exported ledgers made by hand, and the ways somebody might tamper with one. No Django, no verifier."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bihuan.kernel import chain


@dataclass(frozen=True, slots=True)
class Line:
    """One exported entry: its hashed values in the chain's order, and the digest it claims."""

    values: tuple[object, ...]
    digest: str

    @property
    def seq(self) -> int:
        return int(str(self.values[2]))

    def raw(self) -> bytes:
        return chain.export_line(payload(self.values), digest=self.digest)


def payload(values: Sequence[object]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def sealed(values: Sequence[object]) -> Line:
    """The line with the digest that fits its values."""
    return Line(tuple(values), chain.digest(payload(values), algorithm=str(values[1])))


def ledger(texts: Sequence[str], *, algorithm: str = "sha256") -> list[Line]:
    """A sound ledger with one entry for each text."""
    lines: list[Line] = []
    previous = chain.GENESIS
    for seq, text in enumerate(texts, 1):
        at = f"2026-03-05T01:02:03.{seq:06}Z"
        values = (
            "bihuan-1", algorithm, seq, previous, at, "2026-03-05", "act.note", "matter:SY-2026-0001",
            "系统", None, {"text": text},
        )  # fmt: skip
        lines.append(sealed(values))
        previous = lines[-1].digest
    return lines


def rewritten(line: Line, **values: object) -> Line:
    """The line with some values changed and its digest left as it was."""
    changed = tuple(values.get(name, old) for name, old in zip(chain.FIELDS, line.values, strict=True))
    return replace(line, values=changed)


def head(lines: Sequence[Line]) -> bytes:
    """The head line of an export of just these lines."""
    said = {
        "ledger": "bihuan-1",
        "first": 1,
        "last": len(lines),
        "count": len(lines),
        "previous": chain.GENESIS,
        "digest": lines[-1].digest if lines else chain.GENESIS,
    }
    return json.dumps(said).encode() + b"\n"


def rechained(lines: Sequence[Line]) -> list[Line]:
    """The same values numbered and linked anew from the first line on: what a forger with time would make."""
    made: list[Line] = []
    for seq, line in enumerate(lines, 1):
        previous = made[-1].digest if made else chain.GENESIS
        made.append(sealed(rewritten(line, seq=seq, previous=previous).values))
    return made
