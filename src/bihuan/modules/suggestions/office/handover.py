"""Many suggestions handed over at once: proposed handlers, changed where needed, each its own act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from bihuan.kernel.glossary import chinese
from bihuan.matters.access import seers
from bihuan.matters.doing import Incomplete, Refused
from bihuan.matters.models import Matter, Party, SeenMatter
from bihuan.matters.perform import perform
from bihuan.modules.suggestions.models import Suggestion
from bihuan.modules.suggestions.office.names import Names, split_names
from bihuan.modules.suggestions.office.reach import desks_of
from bihuan.modules.suggestions.procedure import SUGGESTION
from bihuan.modules.suggestions.proposing import propose
from bihuan.modules.suggestions.texts import numbered
from bihuan.people.actors import Actor
from bihuan.people.models import Organ

PARTS = ("lead", "co", "separate")


@dataclass(kw_only=True)
class Line:
    """One suggestion on the page: who is proposed, what was typed, what came of it."""

    matter: Matter
    typed: dict[str, str]  # by part, names as typed
    picked: bool = False
    version: int
    done: bool = False
    refusal: str = ""

    @property
    def suggestion(self) -> Suggestion:
        found: Suggestion = self.matter.suggestion
        return found

    @property
    def movers(self) -> list[Party]:
        return [party for party in self.matter.parties.all() if party.part == "mover"]

    @property
    def number(self) -> str:
        return numbered(self.suggestion)

    @property
    def fields(self) -> list[tuple[str, str, str]]:
        """Each part with its name and what was typed for it."""
        return [(part, chinese(f"part.{part}"), self.typed[part]) for part in PARTS]

    @property
    def reasons(self) -> list[tuple[str, str, str]]:
        """Each proposed unit with its part and the reason."""
        return [
            (each["name"], chinese(f"part.{each['part']}"), each["reason"])
            for each in self.suggestion.proposed
        ]


def waiting(actor: Actor) -> list[QuerySet[SeenMatter]]:
    """The suggestions that wait on the actor's desks to be handed over, as ranges of one index."""
    desk = Party.objects.filter(part="office", organ__in=desks_of(actor), until__isnull=True)
    rows = SeenMatter.objects.filter(
        procedure_code=SUGGESTION.code, stage="registered", matter__in=desk.values("matter")
    )
    return [rows.filter(seer=seer) for seer in seers(actor)]


def told(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """The matters with all that the page says of them."""
    movers = Party.objects.filter(part="mover").select_related("person", "organ")
    return matters.select_related("place", "suggestion").prefetch_related(Prefetch("parties", movers))


def lines_of(matters: Iterable[Matter], *, picked: bool = False) -> list[Line]:
    """Each matter with the handlers proposed for it; `picked` picks those that have any."""
    lines = []
    for matter in matters:
        names = proposed_names(matter.suggestion)
        has_any = bool(names["lead"] or names["separate"])
        lines.append(Line(matter=matter, typed=names, version=matter.version, picked=picked and has_any))
    return lines


def proposed_names(suggestion: Suggestion) -> dict[str, str]:
    """The likeliest to lead, and whoever is proposed to help it, as the fields show them."""
    names: dict[str, list[str]] = {part: [] for part in PARTS}
    for each in suggestion.proposed:
        if each["part"] == "co" or not names["lead"] + names["separate"]:
            names[each["part"]].append(each["name"])
    if names["separate"]:  # separate handlers answer each for themselves: nobody helps
        names["co"] = []
    return {part: "、".join(found) for part, found in names.items()}


def propose_anew(matters: Iterable[Matter], *, on: date) -> int:
    """Learn again, from what has been handled (or imported) meanwhile; how many have a proposal now."""
    count = 0
    for matter in matters:
        matter.suggestion.proposed = propose(matter, on=on)
        matter.suggestion.save(update_fields=["proposed"])
        count += bool(matter.suggestion.proposed)
    return count


def wanted(typed: Mapping[str, str], names: Names) -> list[tuple[Organ, str]]:
    """The parties that were typed; Incomplete names what cannot be understood."""
    found: dict[int, tuple[Organ, str]] = {}
    leads = split_names(typed["lead"])
    if len(leads) > 1:
        raise Incomplete(f"主办单位只能有一个，这里写了{len(leads)}个。几个单位各自答复的，请写在“分办”里。")
    for part in PARTS:
        for name in split_names(typed[part]):
            organ = names.agency(name)
            if organ.pk in found:
                raise Incomplete(f"{organ}写了两次，请只保留一种承办身份。")
            found[organ.pk] = (organ, part)
    return list(found.values())


def hand_over_all(
    lines: Sequence[Line], *, actor: Actor, names: Names, on: date | None, note: str, at: datetime
) -> int:
    """Hand over what was picked, each by itself: one that cannot be keeps its reason and holds up no other.
    Returns how many were handed over."""
    count = 0
    for line in lines:
        if not line.picked:
            continue
        try:
            answers = {"parties": wanted(line.typed, names), "on": on, "note": note}
            perform(line.matter, "hand_over", actor=actor, answers=answers, at=at, seen_version=line.version)
        except Refused as refused:
            line.refusal = str(refused)
        else:
            line.done, line.picked = True, False
            count += 1
    return count
