"""Answers of the demo's people, made when their day has come, because they name rows that exist only then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from bihuan.library.documents import keep_document
from bihuan.library.models import Document
from bihuan.matters.effects import items_to_answer
from bihuan.matters.models import Matter, Party, Promise
from bihuan.matters.staging import Stage, moment
from bihuan.modules.opinions.demo.handling import Handlings

# A photograph as far as evidence is concerned: the smallest file that says it is a JPEG.
PICTURE = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")

Late = Callable[[Matter, Party | None], Any]
Rows = Sequence[Mapping[str, Any]]


def planned(handlings: Handlings, *, by: date) -> Late:
    """The measures, one an item; what cannot be dated stays undated."""

    def made(matter: Matter, party: Party | None) -> Rows:
        return [
            {
                "item": item.pk,
                "text": each.measure,
                "person": each.person,
                "quantity": each.quantity,
                "due_on": None if each.undated else by,
            }
            for item, each in zip(items_to_answer(matter), handlings, strict=False)
        ]

    return made


def kept(stage: Stage, handlings: Handlings, *, on: date) -> Late:
    """What became of the measures: the kept ones with their evidence, the others as they stand."""

    def made(matter: Matter, party: Party | None) -> Rows:
        assert party is not None  # noqa: S101 -- a lane act
        promises = party.promises.filter(round=matter.round).order_by("id")
        evidence = keep_document(
            data=PICTURE,
            name="现场照片.jpg",
            kind=Document.EVIDENCE,
            place=stage.cast.place,
            actor=stage.cast.actor("xiaofei", on=on),
            at=moment(on, 9),
        ).document
        return [
            {
                "promise": promise.pk,
                "state": Promise.KEPT if each.kept else Promise.STAGED,
                "progress": each.progress,
                "evidence": [evidence] if each.kept else [],
            }
            for promise, each in zip(promises, handlings, strict=True)
        ]

    return made


def answered(handlings: Handlings) -> Late:
    """What is reported on each item."""

    def made(matter: Matter, party: Party | None) -> Rows:
        return [
            {"item": item.pk, "result": each.result, "text": each.answer}
            for item, each in zip(items_to_answer(matter), handlings, strict=False)
        ]

    return made


def the_term(kind: str) -> Late:
    """The party's running term of the kind."""

    def made(matter: Matter, party: Party | None) -> int:
        return int(matter.terms.get(kind=kind, party=party, met_on__isnull=True).pk)

    return made
