"""From a name in a paper to the organ in the register. Deterministic, and never a guess between two.

The order in which a name is recognised:
1. the official name of that day, or a former one of that day;
2. the short name, an alias, or a former name still in use;
3. the same after folding what papers of the trade leave out: the place ('临溪县', '县', '本县', '我县'), and
   '人民' and '代表大会' in the well-known short forms ('人民政府' and '政府', '人民代表大会常务委员会' and
   '人大常委会', '工作委员会' and '工委');
4. the same after leaving out the parent organ's name.
The first step at which exactly one organ answers decides; where two answer, both are candidates.
A 委员会 of the congress and a 工作委员会 of its standing committee are different organs and never folded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bihuan.people.models import Organ, Place

# Folded in this order; longer forms first.
_FOLDS = (
    ("人民代表大会", "人大"),
    ("常务委员会", "常委会"),
    ("工作委员会", "工委"),
    ("人民政府", "政府"),
    ("人民法院", "法院"),
    ("人民检察院", "检察院"),
)
_SPACE = re.compile(r"\s+")
_NEAR = 0.5  # share of two-character pieces in common from which a name is worth proposing to a person


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganMatch:
    """What a name resolved to.

    `exact` and `alias` carry the organ; `several` and `unknown` carry candidates for a person to choose from
    (for `unknown` merely similar names, possibly none). `reason` says in Chinese how it was decided.
    """

    kind: Literal["exact", "alias", "several", "unknown"]
    organ: Organ | None
    candidates: tuple[Organ, ...]
    reason: str


def resolve_organ(name: str, *, place: Place, on: date) -> OrganMatch:
    """The organ of `place` that a paper of the day `on` means by `name` (two queries).

    A merged organ's name of after its end means the successor, as an alias.
    """
    asked = _plain(name)
    organs = {
        organ.pk: organ
        for organ in Organ.objects.filter(place=place, since__lte=on)
        .order_by("pk")
        .select_related("parent")
        .prefetch_related("aliases")
    }
    ways: list[tuple[str, dict[str, dict[int, Organ]]]] = [
        ("名称", {}),
        ("另一种叫法", {}),
        ("简略写法", {}),
        ("省略上级机构的写法", {}),
    ]
    for organ in organs.values():
        living = _living(organ, organs, on)
        if living is None:
            continue
        for step, spoken in _spoken(organ, place, on, merged=living.pk != organ.pk):
            ways[step][1].setdefault(spoken, {})[living.pk] = living
    for step, (label, index) in enumerate(ways):
        keys = {asked} if step < 2 else _cores(asked, place)
        hit = {pk: organ for key in sorted(keys) for pk, organ in index.get(key, {}).items()}
        found = tuple(hit[pk] for pk in sorted(hit))
        if len(found) == 1:
            kind: Literal["exact", "alias"] = "exact" if step == 0 else "alias"
            return OrganMatch(
                kind=kind, organ=found[0], candidates=found, reason=f"“{name}”是{found[0].name}的{label}。"
            )
        if found:
            names = "、".join(organ.name for organ in found)
            return OrganMatch(
                kind="several",
                organ=None,
                candidates=found,
                reason=f"“{name}”可能指{names}，请选定其中一个。",
            )
    near = _near(asked, ways[2][1] | ways[3][1], place)
    proposed = f"名称相近的有{'、'.join(organ.name for organ in near)}，" if near else ""
    return OrganMatch(
        kind="unknown",
        organ=None,
        candidates=near,
        reason=f"{place.name}的机构登记中没有“{name}”。{proposed}请选定或先登记该机构。",
    )


def _spoken(organ: Organ, place: Place, on: date, *, merged: bool) -> Iterator[tuple[int, str]]:
    """Each way of speaking of the organ on the day, with the step at which it is recognised."""
    aliases = list(organ.aliases.all())
    former = {alias.name for alias in aliases if alias.until is not None}
    official = next(
        (alias.name for alias in aliases if alias.until and alias.since and alias.since <= on <= alias.until),
        organ.name,
    )
    later = organ.name != official  # not yet borne on the day, but papers are sometimes dated wrongly
    names = {official} | former | {alias.name for alias in aliases} | ({organ.name} if later else set())
    if organ.short_name:
        names.add(organ.short_name)
    for one in sorted(names):
        yield (0 if one == official and not merged else 1), _plain(one)
        for core in sorted(_cores(_plain(one), place)):
            yield 2, core
            for above in sorted(_cores(_plain(organ.parent.name), place)) if organ.parent else ():
                if core.startswith(above) and core != above:
                    yield 3, core.removeprefix(above)


def _living(organ: Organ, organs: dict[int, Organ], on: date) -> Organ | None:
    """The organ itself, or whoever carries on its work on the day; None where nobody does."""
    while organ.until is not None and organ.until < on:
        if organ.successor_id is None or organ.successor_id not in organs:
            return None
        organ = organs[organ.successor_id]
    return organ


def _plain(name: str) -> str:
    """Without white space, full-width forms made plain."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", name))


def _cores(name: str, place: Place) -> frozenset[str]:
    """The name in the trade's short forms, as it stands and without its place.

    Both, because a leading 市 or 县 may be part of the name: 市场监督管理局 is not a 场监督管理局.
    """
    for long, short in _FOLDS:
        name = name.replace(long, short)
    level = place.name[-1]
    prefixes = (place.name, f"本{level}", f"我{level}", level)
    prefix = next((one for one in prefixes if name.startswith(one) and name != one), "")
    return frozenset({name, name.removeprefix(prefix)})


def _near(asked: str, index: dict[str, dict[int, Organ]], place: Place) -> tuple[Organ, ...]:
    """At most three organs whose folded names share most with the one asked for, best first."""
    pieces = _pieces(min(_cores(asked, place), key=len))
    best: dict[int, tuple[float, Organ]] = {}
    for spoken, organs in index.items():
        other = _pieces(spoken)
        share = 2 * len(pieces & other) / (len(pieces) + len(other)) if pieces and other else 0.0
        for organ in organs.values():
            if share >= _NEAR and share > best.get(organ.pk, (0.0, organ))[0]:
                best[organ.pk] = (share, organ)
    ranked = sorted(best.values(), key=lambda pair: (-pair[0], pair[1].pk))
    return tuple(organ for _, organ in ranked[:3])


def _pieces(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))
