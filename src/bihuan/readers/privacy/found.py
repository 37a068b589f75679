"""What must not be published as it stands: proposals, with their places; the text itself is never changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["name", "mobile", "landline", "id", "bank", "plate", "email", "address"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Private:
    """One stretch text[start:end] to be replaced before publishing, if a person agrees."""

    kind: Kind
    quote: str
    start: int
    end: int
    reason: str
    replacement: str
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What may stand: office holders and deputies by name, offices' telephones and mail addresses."""

    people: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
