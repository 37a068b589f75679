"""Handing a matter over: who takes part from now on, as what, and who oversees them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bihuan.kernel.glossary import chinese
from bihuan.matters import clock
from bihuan.matters.doing import Doing
from bihuan.matters.models import Party
from bihuan.matters.opening import add_party, withdraw_party
from bihuan.people.models import Organ

AGENCY_PARTS = ("lead", "co", "separate")
Wanted = Sequence[tuple[Organ, str]]


def settle_parties(doing: Doing, wanted: Wanted, *, among: Collection[str]) -> None:
    """Exactly those named take part from now on, as far as the parts `among` go."""
    keep = {(organ.pk, part) for organ, part in wanted}
    for party in doing.matter.parties.filter(part__in=among, until__isnull=True):
        if (party.organ_id, party.part) not in keep:
            withdraw_party(party, until=doing.on)
    join_parties(doing, wanted, stage="")


def join_parties(doing: Doing, wanted: Wanted, *, stage: str) -> list[Party]:
    """Add those who are not parties yet, at the lane stage given, with the terms the paper sets for them."""
    matter = doing.matter
    known = set(matter.parties.filter(until__isnull=True).values_list("organ", "part"))
    added = [
        add_party(matter, organ, part, since=doing.on, stage=stage)
        for organ, part in wanted
        if (organ.pk, part) not in known
    ]
    _add_overseers(doing, [organ for organ, part in wanted if part in AGENCY_PARTS])
    clock.begin_drafted(matter, parties=added, whole=False)
    return added


def _add_overseers(doing: Doing, agencies: Sequence[Organ]) -> None:
    """The general office of the government an agency belongs to sees what its agencies have in hand."""
    governments = {organ.parent_id for organ in agencies if organ.parent_id}
    governments |= {organ.pk for organ in agencies}
    offices = Organ.objects.filter(kind="government_office", parent__in=governments, until__isnull=True)
    known = set(
        doing.matter.parties.filter(part="overseer", until__isnull=True).values_list("organ", flat=True)
    )
    for office in offices.order_by("pk"):
        if office.pk not in known:
            add_party(doing.matter, office, "overseer", since=doing.on)


def party_lines(wanted: Wanted) -> list[tuple[str, str]]:
    """Who takes part as what, for the timeline."""
    by_part: dict[str, list[str]] = {}
    for organ, part in wanted:
        by_part.setdefault(part, []).append(str(organ))
    return [(chinese(f"part.{part}"), "、".join(names)) for part, names in by_part.items()]
