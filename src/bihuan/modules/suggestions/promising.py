"""What a reply undertakes: read from its text and held against the list of promises its clerk made."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Any

from rapidfuzz import fuzz

from bihuan.modules.suggestions.models import Reply
from bihuan.modules.suggestions.texts import body, reply_text
from bihuan.readers.facts import Commitment
from bihuan.readers.replies import find_promises

ALIKE = 70  # likeness (of 100) from which a promise read and one listed are the same
_MONTH = re.compile(r"\d{4}-\d{2}")


def unlisted_promises(reply: Reply, *, on: date) -> list[dict[str, Any]]:
    """The promises of the text that its list lacks, as rows of that list; `on` is the day of the reply."""
    text = reply_text(reply, quoting=False)
    letter = "\n".join(line for line in text.splitlines() if not _listed(line, reply.promises))
    found = find_promises(letter, agency=body(reply.party.organ), said_on=on.isoformat())
    return [_row(each) for each in found if not _listed(each.text, reply.promises)]


def _listed(text: str, promises: list[dict[str, Any]]) -> bool:
    return any(fuzz.partial_ratio(promise["text"], text) >= ALIKE for promise in promises)


def _row(found: Commitment) -> dict[str, Any]:
    quantity = f"{found.quantity or ''}{found.measure or ''}" if found.quantity else ""
    return {"text": found.text, "person": "", "quantity": quantity, "due_on": _last_day(found.deadline or "")}


def _last_day(deadline: str) -> str:
    """An ISO day; a month is over on its last day. What is rougher stays open."""
    if _MONTH.fullmatch(deadline):
        year, month = (int(part) for part in deadline.split("-"))
        return f"{deadline}-{monthrange(year, month)[1]:02d}"
    return deadline if len(deadline) == 10 else ""
