"""What the desk shows: what I must do, whom I wait for, what changed. Each is one query bounded by a limit.

Nothing here decides what may be done: the work list (matters/worklist.py) has decided that after every act.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value
from django.http import QueryDict
from django.utils.timezone import make_aware

from bihuan.kernel.lights import Light, TermRow, light_of
from bihuan.matters.access import OpenAct, known_deeds, party_seers, runs_the_house, seers, visible_matters
from bihuan.matters.clock import longest_warning
from bihuan.matters.lists import dates_light
from bihuan.matters.models import NEVER, Deed, Matter, SeenMatter, SeenTerm, Term, Todo
from bihuan.matters.pages import act_url
from bihuan.matters.sight import place_seer
from bihuan.people.actors import Actor
from bihuan.people.models import ADMINISTRATOR_ROLES
from bihuan.portal.results import Counts, count_rounds
from bihuan.ui.months import Month, month
from bihuan.ui.paging import page

PAGE = 20  # rows of 'today'
FEW = 6  # matters of 'waiting' on the desk itself
TOLD = ("deputy", "member")  # the roles that are told, and act on nothing by themselves
RECENT = 20  # rows of 'since yesterday'
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One act that waits for me since a day, with the address of its form; no `due_on` where no term runs."""

    matter: Matter
    name: str
    about: str
    lacks: str  # what is still missing
    url: str
    due_on: date | None
    light: Light
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One matter my organs have a part in, and who must act on it: (act, organs)."""

    matter: Matter
    light: Light
    due_on: date | None
    since: date
    acts: tuple[tuple[str, str], ...]


def is_administrator(actor: Actor) -> bool:
    """Whether the person is one of the three administrators, who have no business with matters."""
    return any(post.role in ADMINISTRATOR_ROLES for post in actor.posts)


def organs_of(actor: Actor) -> frozenset[int]:
    """Ids of the organs whose part in matters the person may take."""
    return frozenset(organ for post in actor.posts for organ in post.speaks_for)


def _desks(actor: Actor) -> list[tuple[int, str]]:
    """(organ, role) pairs, post by post: never every organ with every role."""
    return sorted({(organ, post.role) for post in actor.posts for organ in post.speaks_for})


def _at_desks(desks: Iterable[tuple[int, str]], organ: str = "organ") -> Q:
    """Rows of the work list that stand at one of these desks."""
    found = Q(pk__in=[])
    for key, role in desks:
        found |= Q(**{organ: key}, role=role)
    return found


def _mine(actor: Actor) -> Q:
    """Rows of the work list that are not another person's alone."""
    return Q(person__isnull=True) | Q(person=actor.person)


def _same_act_at(actor: Actor) -> QuerySet[Todo]:
    """Rows at the actor's desks for the same awaited act as the outer row.

    `organ + 0` keeps SQLite from walking the whole desk for every outer row (1.9 s at 100,000 matters)
    where looking up the few rows of the matter does (0.01 s): without statistics it cannot know.
    """
    same_party = Q(party=OuterRef("party")) | Q(party__isnull=True)  # an act is for a party always or never
    same = Todo.objects.filter(same_party, _mine(actor), matter=OuterRef("matter"), act=OuterRef("act"))
    at_organ = same.annotate(at_organ=F("organ_id") + Value(0))
    return at_organ.filter(_at_desks(_desks(actor), "at_organ"))


def _elsewhere(actor: Actor) -> QuerySet[Todo]:
    """What waits at other desks than the actor's, as far as the actor may know: whether a deputy has judged
    is the deputy's and the house's."""
    rows = Todo.objects.filter(~Exists(_same_act_at(actor)))
    in_house = any(runs_the_house(post) for post in actor.posts)
    return rows if in_house else rows.filter(person__isnull=True)


def my_todos(actor: Actor) -> list[QuerySet[Todo]]:
    """What waits for this person, desk by desk; an act that stands at several of the person's desks at one."""
    desks = _desks(actor)
    ranges = [Todo.objects.filter(_mine(actor), organ=organ, role=role) for organ, role in desks]
    if len({organ for organ, _ in desks}) < len(desks):  # two roles in one organ
        ranges = [rows.filter(~Exists(_same_act_at(actor).filter(pk__lt=OuterRef("pk")))) for rows in ranges]
    return [rows.prefetch_related("matter", "party__organ", "party__person") for rows in ranges]


def tasks(todos: Iterable[Todo], *, today: date) -> list[Task]:
    """The rows as the desk shows them."""
    return [_task(todo, today=today) for todo in todos]


def _task(todo: Todo, *, today: date) -> Task:
    act = todo.matter.procedure.act(todo.act)
    return Task(
        matter=todo.matter,
        name=act.name,
        about=str(todo.party) if todo.party and todo.party.organ_id != todo.organ_id else "",
        lacks=todo.lacks,
        url=act_url(todo.matter, OpenAct(act=act, party=todo.party)),
        due_on=_dated(todo.due_on),
        light=dates_light(todo.due_on, todo.warn_on, on=today),
        since=todo.since,
    )


def _dated(day: date) -> date | None:
    return None if day == NEVER else day


def matters_waiting(actor: Actor) -> list[QuerySet[SeenMatter]]:
    """Matters in which my organs have a part (for chairpersons: all of the place) and somebody else must act."""
    others = _elsewhere(actor).filter(matter=OuterRef("matter"))
    rows = SeenMatter.objects.filter(Exists(others), ended=0).prefetch_related("matter")
    return [rows.filter(seer=seer) for seer in _waiting_as(actor)]


def _waiting_as(actor: Actor) -> list[str]:
    """The chairpersons press whatever their place waits for, others what their organs have a part in."""
    if any(post.role == "chairperson" for post in actor.posts):
        return [place_seer(place) for place in sorted({post.place for post in actor.posts})]
    return party_seers(sorted(organs_of(actor)), actor)


def waiting_rows(matters: Sequence[Matter], actor: Actor, *, today: date) -> list[Waiting]:
    """Who must act on each of these matters, in one query for all."""
    keys = [matter.pk for matter in matters]
    others = _elsewhere(actor).filter(matter__in=keys)
    acts: dict[int, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    since: dict[int, date] = {}
    for todo in others.select_related("organ", "person").order_by("due_on", "id"):
        acts[todo.matter_id][todo.act][str(todo.person or todo.organ)] = None
        since[todo.matter_id] = min(todo.since, since.get(todo.matter_id, todo.since))
    return [
        Waiting(
            matter=matter,
            light=dates_light(matter.due_on, matter.warn_on, on=today),
            due_on=_dated(matter.due_on),
            since=since[matter.pk],
            acts=tuple(
                (matter.procedure.act(code).name, "、".join(acts[matter.pk][code]))
                for code in _steps(matter, acts[matter.pk])
            ),
        )
        for matter in matters
    ]


def _steps(matter: Matter, waiting: Iterable[str]) -> list[str]:
    """The acts to name to others: the steps themselves; what only prepares them where nothing else is awaited."""
    codes = list(waiting)
    return [code for code in codes if not matter.procedure.act(code).prepares] or codes


def _seen_by(actor: Actor) -> Exists:
    """Asked row by row: the list of all a person may see can be a million matters long."""
    return Exists(visible_matters(actor).filter(pk=OuterRef("matter")))


def begin_of_yesterday(today: date) -> datetime:
    return make_aware(datetime.combine(today - ONE_DAY, time.min))


def deeds_since_yesterday(actor: Actor, *, today: date) -> list[Deed]:
    """The newest acts recorded since yesterday 0:00 on matters the person may see."""
    rows = known_deeds(actor, Deed.objects.filter(_seen_by(actor), at__gte=begin_of_yesterday(today)))
    return list(
        rows.select_related("matter", "party__organ", "party__person", "organ").order_by("-at", "-id")[
            :RECENT
        ]
    )


def by_matter(deeds: Iterable[Deed]) -> list[tuple[Deed, list[Deed]]]:
    """One line a matter: its newest act, and those before it."""
    found: dict[int, list[Deed]] = {}
    for deed in deeds:
        found.setdefault(deed.matter_id, []).append(deed)
    return [(newest, before) for newest, *before in found.values()]


def lights_since_yesterday(actor: Actor, *, today: date) -> list[tuple[Term, Light]]:
    """Running terms whose light turned red or yellow yesterday or today, the red ones first: they fell due
    earlier."""
    days = (today - ONE_DAY, today)
    red = Q(due_on__range=(days[0] - ONE_DAY, days[1] - ONE_DAY))
    yellow = Q(due_on__range=(today, today + timedelta(days=longest_warning())), warn_on__range=days)
    rows = SeenTerm.objects.filter(light=Light.NORMAL.value)
    rows = rows.prefetch_related(
        Prefetch("term", Term.objects.select_related("matter", "party__organ", "party__person"))
    )
    mine = seers(actor)
    ranges = [rows.filter(turned, seer=seer) for seer in mine for turned in (red, yellow)]
    keys = ("due_on", "term_id")
    shown = page(ranges, keys=keys, query=QueryDict(), size=RECENT, copies=len(mine))
    return [(row.term, light_of(row.term, on=today)) for row in shown.rows]


def is_told_only(actor: Actor) -> bool:
    """Whether the person holds no post that acts on matters or runs them: a deputy, a member."""
    return all(post.role in TOLD for post in actor.posts)


def told_of(actor: Actor) -> list[tuple[Matter, Counts]]:
    """The newest matters the person may see, and what became of what was asked."""
    mine = seers(actor)
    rows = SeenMatter.objects.prefetch_related("matter")
    ranges = [rows.filter(seer=seer, ended=ended) for seer in mine for ended in (0, 1)]
    newest = ("opened_on", "matter_id")
    shown = page(ranges, keys=newest, query=QueryDict(), size=FEW, descending=True, copies=len(mine))
    matters = [row.matter for row in shown.rows]
    counts = count_rounds({matter.pk: matter.round for matter in matters})
    return [(matter, counts[matter.pk]) for matter in matters]


def month_of_terms(actor: Actor, first: date, *, today: date, url: str, resting: Iterable[date]) -> Month:
    """The month with the lights of the running terms that fall due in it."""
    first = first.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - ONE_DAY
    running = SeenTerm.objects.filter(
        seer__in=seers(actor), light__in=(Light.NORMAL.value, Light.PAUSED.value), due_on__range=(first, last)
    )
    counted = running.values_list("due_on", "warn_on", "light").annotate(count=Count("term", distinct=True))
    lights: Mapping[date, list[Light]] = defaultdict(list)
    for day, warn_on, light, count in counted.order_by():
        row = TermRow(due_on=day, warn_on=warn_on, paused=light == Light.PAUSED.value)
        lights[day] += [light_of(row, on=today)] * count
    return month(first, today=today, lights=lights, url=url, resting=set(resting))
