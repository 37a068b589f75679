"""The work list: which awaited acts stand on whose desk. Derived anew from the procedure after every act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bihuan.kernel.glossary import chinese
from bihuan.kernel.permission import Allowed, Hat, decide
from bihuan.kernel.procedure import Act
from bihuan.matters import clock
from bihuan.matters.access import lanes_of
from bihuan.matters.models import NEVER, Matter, Party, Term, Todo
from bihuan.matters.registry import Lack, module

FOLLOWING = ("due_on", "warn_on", "lacks")  # what may change while a row goes on waiting
LONGEST = 200  # characters of what is lacking; the matter's page says the rest


def refresh_todos(matter: Matter, *, on: date) -> list[Todo]:
    """Bring the matter's rows of the work list up to date; return those that are new."""
    parties = list(matter.parties.filter(until__isnull=True).select_related("organ", "person"))
    wanted = {_identity(todo): todo for todo in _todos(matter, parties, on=on)}
    for known in matter.todos.all():
        twin = wanted.pop(_identity(known), None)
        if twin is None:
            known.delete()
        elif any(getattr(known, name) != getattr(twin, name) for name in FOLLOWING):
            for name in FOLLOWING:
                setattr(known, name, getattr(twin, name))
            known.save(update_fields=FOLLOWING)
    return Todo.objects.bulk_create(wanted.values())


def _identity(todo: Todo) -> tuple[int | None, str, int, int | None, str]:
    return todo.party_id, todo.act, todo.organ_id, todo.person_id, todo.role


def _todos(matter: Matter, parties: Sequence[Party], *, on: date) -> Iterator[Todo]:
    terms = list(matter.terms.filter(met_on__isnull=True, dropped=False, paused=False))
    lacks = _Lacks(matter)
    for act in matter.procedure.acts:
        if not act.awaited and not act.prepares:
            continue
        for party in _awaited_for(act, matter, parties):
            lacking = lacks.of(act, party)
            if act.prepares and not lacking:
                continue
            due_on, warn_on = _dates(act, party, matter, terms, lacking)
            for holder, role in _desks(act, party, parties):
                yield Todo(
                    matter=matter,
                    party=party,
                    act=act.code,
                    organ=holder.organ,
                    person=holder.person,
                    role=role,
                    due_on=due_on,
                    warn_on=warn_on,
                    since=on,
                    lacks="；".join(each.what for each in lacking)[:LONGEST],
                )


class _Lacks:
    """What is missing in one matter, each thing asked once."""

    def __init__(self, matter: Matter) -> None:
        self.matter = matter
        self._known: dict[tuple[str, int | None], Lack | None] = {}

    def of(self, act: Act, party: Party | None) -> list[Lack]:
        """What the act has to bring, or what must be brought before it."""
        mine = (
            [act]
            if act.prepares
            else [each for each in self.matter.procedure.acts if act.code in each.prepares]
        )
        mine = [each for each in mine if each is act or each.is_lane == act.is_lane]
        return [lack for each in mine if (lack := self._lack(each, party))]

    def _lack(self, act: Act, party: Party | None) -> Lack | None:
        key = act.code, party.pk if party else None
        if key not in self._known:
            lacks = module(*self.matter.procedure.key).lacks[act.code]
            self._known[key] = lacks(self.matter, party)
        return self._known[key]


def _awaited_for(act: Act, matter: Matter, parties: Sequence[Party]) -> Iterator[Party | None]:
    """The lanes (or the matter itself) at which the act could now be done by somebody."""
    for party in [each for each in parties if each.stage] if act.is_lane else [None]:
        hats = [
            Hat(role=role, part=by.part, party=party.pk if party and by.part == party.part else None)
            for by in act.by
            for role in by.roles
        ]
        verdict = decide(
            matter.procedure,
            act,
            stage=matter.stage,
            lanes=lanes_of(parties),
            hats=hats,
            say=chinese,
            flags=matter.flags,
            parts={each.part for each in parties},
            party=party.pk if party else None,
        )
        if isinstance(verdict, Allowed):
            yield party


def _desks(act: Act, party: Party | None, parties: Sequence[Party]) -> Iterator[tuple[Party, str]]:
    for by in act.by:
        for holder in parties:
            if holder.part == by.part and (party is None or not holder.stage or holder.pk == party.pk):
                yield from ((holder, role) for role in act.falls_to or by.roles if role in by.roles)


def _dates(
    act: Act, party: Party | None, matter: Matter, terms: Sequence[Term], lacking: Sequence[Lack]
) -> tuple[date, date]:
    """The nearest date: of the running terms that the act, or one that it prepares, would meet (else of the
    party's own), and of what it has to bring."""
    served = {act.code, *act.prepares}
    kinds = {kind.code for kind in matter.procedure.terms if served & set(kind.met_by)}
    running = [term for term in terms if term.due_on]
    own = [term for term in running if party is not None and term.party_id == party.pk]
    meeting = [t for t in running if t.kind in kinds and t.party_id in (None, party.pk if party else None)]
    # A step on the way to what a term asks for is as urgent as that.
    dated = [(t.due_on, t.warn_on or t.due_on) for t in meeting or own if t.due_on]
    if act.prepares:
        dated += [(each.due_on, clock.warn_day(matter, each.due_on)) for each in lacking if each.due_on]
    return min(dated, default=(NEVER, NEVER))
