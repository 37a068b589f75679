"""Who should handle a text, learned from who handled the like of it: proposed with reasons, never decided.

The nearest past matters vote for the organs that have a lane part in them: a nearer, a later, a kept hand-over
weighs more; one that was refused or reassigned speaks against the organ. A text that names an organ speaks for
it. Organs merged meanwhile are voted for as those that carry on their work. Where too little speaks for
anybody, nobody is proposed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from bihuan.kernel.glossary import chinese
from bihuan.library.search import fold
from bihuan.matters.kin import Kin, alike_of, folded_text
from bihuan.matters.models import Matter, Party
from bihuan.people.models import Organ, Place

PARTS = ("lead", "separate", "co")
NEAREST = 20  # past matters that vote
HALF_LIFE = 4.0  # years after which a hand-over counts half: tasks move between organs
AGAINST = 0.5  # how much a refused hand-over speaks against, of what a kept one speaks for
NAMED = 0.3  # what being named in the text is worth, of all votes together
LEAST_MATTERS = 2  # past matters that must speak for an organ that the text does not name
LEAST = {"lead": 0.3, "separate": 0.3, "co": 0.25}  # share of the votes from which an organ is proposed
_ENDS = ("人民政府", "委员会", "办事处", "管理局", "监督局", "总局", "局", "办公室", "办", "中心", "公司")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An organ for a part. `score` is its share of the votes, 0 to 1; `learned_from` the matters that voted
    for it, nearest first; `reason` says all that in Chinese."""

    organ: Organ
    part: str
    score: float
    reason: str
    learned_from: tuple[Matter, ...]


@dataclass(slots=True)
class _Votes:
    """What speaks for and against one organ in one part."""

    weight: float = 0.0
    kept: list[Matter] = field(default_factory=list)
    refused: list[Matter] = field(default_factory=list)
    former: set[str] = field(default_factory=set)  # the names under which merged organs handled


def propose_handlers(
    text: str,
    *,
    place: Place,
    on: date,
    among: QuerySet[Matter] | None = None,
    exclude: Matter | None = None,
    limit: int = 3,
) -> list[Proposal]:
    """At most `limit` organs for the lead (or separate handling), then at most `limit` to help, each likeliest
    first; empty where nothing like it has been handled. At most eight queries."""
    past = alike_of(text, place=place, among=among, exclude=exclude, limit=NEAREST)
    weights = {kin.matter.pk: kin.likeness**2 * _recent(kin.matter, on) for kin in past}
    organs = {organ.pk: organ for organ in Organ.objects.filter(place=place)}
    votes = _count(past, weights, organs, on=on)
    whole = sum(weights.values())
    named = _named(text, organs.values(), place=place, on=on)
    proposals = []
    for (pk, part), mine in votes.items():
        score = mine.weight / whole if whole else 0.0
        if pk in named and part != "co":
            score += NAMED
        enough = len(mine.kept) >= LEAST_MATTERS or pk in named
        if enough and score >= LEAST[part]:
            reason = _reason(mine, part, len(past), named=named.get(pk, ""))
            proposals.append(
                Proposal(
                    organ=organs[pk],
                    part=part,
                    score=round(min(score, 1.0), 3),
                    reason=reason,
                    learned_from=tuple(mine.kept),
                )
            )
    return _chosen(proposals, limit=limit)


def _recent(matter: Matter, on: date) -> float:
    years = max((on - matter.opened_on).days, 0) / 365.25
    return float(0.5 ** (years / HALF_LIFE))


def _count(
    past: Sequence[Kin], weights: Mapping[int, float], organs: Mapping[int, Organ], *, on: date
) -> dict[tuple[int, str], _Votes]:
    """The votes of each (living organ, part), in the order of the nearest matters."""
    votes: dict[tuple[int, str], _Votes] = defaultdict(_Votes)
    parts: dict[int, list[Party]] = defaultdict(list)
    for party in Party.objects.filter(matter__in=weights, part__in=PARTS).order_by("pk"):
        parts[party.matter_id].append(party)
    for kin in past:
        for party in parts[kin.matter.pk]:
            living = _living(party.organ_id, organs, on=on)
            if living is None:
                continue
            mine = votes[living.pk, party.part]
            if party.until is None:
                mine.weight += weights[kin.matter.pk]
                mine.kept.append(kin.matter)
            else:
                mine.weight -= AGAINST * weights[kin.matter.pk]
                mine.refused.append(kin.matter)
            if living.pk != party.organ_id:
                mine.former.add(organs[party.organ_id].name)
    return votes


def _living(pk: int, organs: Mapping[int, Organ], *, on: date) -> Organ | None:
    """The organ, or whoever carries on its work on the day; None where nobody of the place does."""
    organ = organs.get(pk)
    while organ is not None and organ.until is not None and organ.until < on:
        organ = organs.get(organ.successor_id) if organ.successor_id else None
    return organ


def _named(text: str, organs: Iterable[Organ], *, place: Place, on: date) -> dict[int, str]:
    """The living organs that the text names, by their name or short name without the place, and how."""
    said = folded_text(text)
    found = {}
    for organ in organs:
        if organ.until is not None and organ.until < on:
            continue
        for name in (organ.name, organ.short_name):
            spoken = fold(name.removeprefix(place.name).removeprefix(place.name[-1]))
            if len(spoken) >= 3 and spoken.endswith(_ENDS) and spoken in said:
                found[organ.pk] = name
                break
    return found


def _reason(votes: _Votes, part: str, past: int, *, named: str) -> str:
    said = []
    if votes.kept:
        shown = "、".join(f"{matter.number}《{matter.title}》" for matter in votes.kept[:3])
        more = "等" if len(votes.kept) > 3 else ""
        said.append(f"最相近的{past}件中，{len(votes.kept)}件由其{chinese('part.' + part)}：{shown}{more}")
    if votes.refused:
        shown = "、".join(matter.number for matter in votes.refused[:3])
        said.append(f"{len(votes.refused)}件交其{chinese('part.' + part)}后退回或改交：{shown}")
    if votes.former:
        said.append(f"{'、'.join(sorted(votes.former))}的办理情况并入计算")
    if named:
        said.append(f"文中写到“{named}”")
    return "；".join(said) + "。"


def _chosen(proposals: Sequence[Proposal], *, limit: int) -> list[Proposal]:
    """Leads first; whoever is proposed to lead is not proposed to help as well."""
    ranked = sorted(proposals, key=lambda each: (-each.score, each.organ.pk))
    leads = [each for each in ranked if each.part != "co"]
    first: dict[int, Proposal] = {}
    for each in leads:
        first.setdefault(each.organ.pk, each)
    chosen = list(first.values())[:limit]
    best = chosen[0].organ.pk if chosen else None
    helping = [each for each in ranked if each.part == "co" and each.organ.pk != best][:limit]
    return [*chosen, *helping] if chosen else []
