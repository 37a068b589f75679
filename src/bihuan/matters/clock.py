"""The running terms of a matter: begun by acts, met by acts, recounted after every act.

Only `perform`, `open_matter` and the holiday notice's approval call in here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

from django.db.models import Q

from bihuan.kernel.calendar import Calendar, national_calendar, parse_notice
from bihuan.kernel.law import Rule, shipped_law
from bihuan.kernel.period import Period
from bihuan.kernel.procedure import (
    Procedure,
    Rounds,
    TermKind,
    can_be_met,
    lane_stages_ahead,
    stages_ahead,
)
from bihuan.kernel.terms import (
    AfterStep,
    Anchor,
    Due,
    Extension,
    FixedDate,
    Happenings,
    OnEvent,
    Pause,
    TermSpec,
    Undefined,
    reckon,
)
from bihuan.matters.models import NEVER, Deed, HolidayNotice, Matter, Party, Term

WARN_DAYS = 7  # where no place file says otherwise


def current_calendar() -> Calendar:
    """The nation's working days with every holiday notice approved on this site."""
    approved = HolidayNotice.objects.filter(state=HolidayNotice.APPROVED).order_by("year", "id")
    return _calendar_with(tuple(approved.values_list("text", flat=True)))


@lru_cache(maxsize=8)
def _calendar_with(notices: tuple[str, ...]) -> Calendar:
    calendar = national_calendar()
    for text in notices:
        calendar = calendar.with_notice(parse_notice(text))
    return calendar


def rule_for(kind: TermKind, matter: Matter) -> Rule | None:
    """The rule that gives the term its length in the matter's place, in the edition it began under."""
    return rule_at(kind, place=matter.place.code, on=matter.opened_on)


def rule_at(kind: TermKind, *, place: str, on: date) -> Rule | None:
    """The rule that gives a term of this kind its length in a place (its code), by the law of the day."""
    return shipped_law().find(kind.law, place=place, on=on) if kind.law else None


def with_rule(spec: TermSpec, kind: TermKind, rule: Rule | None) -> TermSpec:
    """Where the paper leaves the time open and the place's rules will fill it, the term says so from the start."""
    fills = rule is not None and isinstance(rule.value, Period) and bool(kind.started_by)
    if rule is None or not fills or not isinstance(spec.anchor, Undefined) or spec.anchor.reserved:
        return spec
    anchor = replace(spec.anchor, rule=f"{rule.starts_on}后{rule.value_in_words()}")
    return replace(spec, anchor=anchor)


def key(code: str, party: Party | None, round: int) -> str:
    """How terms and acts of one matter are told apart in a reckoning."""
    return f"{code}.{party.pk if party else 0}.{round}"


def wants(kind: TermKind, *, round: int, flags: Sequence[str] = ()) -> bool:
    """Whether this kind of term runs in this round of handling, of a matter with these flags."""
    flagged = (kind.needs is None or kind.needs in flags) and kind.forbids not in flags
    return flagged and (kind.rounds is Rounds.EVERY or (kind.rounds is Rounds.FIRST) == (round == 1))


def begin_drafted(matter: Matter, *, parties: Sequence[Party], whole: bool) -> None:
    """Set the terms that the matter's own paper states: for these parties, and with `whole` for the matter.

    A drafted TermSpec has a TermKind's code for its code, and an act's code where it waits for a step; both
    are bound to party and round here.
    """
    kinds = {kind.code: kind for kind in matter.procedure.terms}
    for data in matter.drafts:
        draft = TermSpec.from_json(data)
        kind = kinds[draft.code]
        bound: list[Party | None] = [party for party in parties if party.part in kind.parties]
        for party in bound if kind.parties else [None] if whole else []:
            _set_term(matter, kind, party, _bound_spec(draft, kind, matter, party), many=kind.many)


def begin_started(matter: Matter, act: str, party: Party | None, *, on: date) -> None:
    """Set the terms that this act (or this meeting of lanes) starts: from the law, where the paper has not set
    them already."""
    for kind in matter.procedure.terms:
        if act not in kind.started_by or not wants(kind, round=matter.round, flags=matter.flags):
            continue
        rule = rule_for(kind, matter)
        if rule is None or not isinstance(rule.value, Period):
            continue
        for bound in _bound_parties(matter, kind, party):
            anchor: Anchor = OnEvent(event=rule.starts_on, on=_start_day(matter, rule, act=act, on=on))
            if kind.after:
                anchor = _after(
                    kind, matter, bound, step=kind.after, name=matter.procedure.act(kind.after).name
                )
            spec = TermSpec.from_rule(rule, code=key(kind.code, bound, matter.round), anchor=anchor)
            _set_term(matter, kind, bound, replace(spec, name=kind.name), again=party is not None)


def begin_fixed(
    matter: Matter, code: str, party: Party | None, *, day: date, wording: str, citation: str
) -> None:
    """Set a term that ends on a day somebody undertook to keep."""
    kind = next(kind for kind in matter.procedure.terms if kind.code == code)
    spec = TermSpec(
        code=key(code, party, matter.round),
        name=kind.name,
        anchor=FixedDate(on=day),
        wording=wording,
        citation=citation,
    )
    _set_term(matter, kind, party, spec)


def _start_day(matter: Matter, rule: Rule, *, act: str, on: date) -> date | None:
    """The day the rule counts from: the event it names where its day is known, else the act's own day. The
    opening is nobody's event: what starts then and names another waits for that one's day."""
    known = matter.events.get(rule.starts_on)
    if known:
        return date.fromisoformat(known)
    return None if act == "opened" else on


def _bound_parties(matter: Matter, kind: TermKind, party: Party | None) -> Sequence[Party | None]:
    if not kind.parties:
        return [None]
    if party is not None:
        return [party] if party.part in kind.parties and party.until is None else []
    return list(matter.parties.filter(part__in=kind.parties, until__isnull=True))


def _set_term(
    matter: Matter,
    kind: TermKind,
    party: Party | None,
    spec: TermSpec,
    *,
    many: bool = False,
    again: bool = False,
) -> None:
    """One unmet term a kind, party and round: a term the paper set stands before one the law would set. What a
    party has met begins anew when the party takes the step again that starts it (`again`)."""
    same = matter.terms.filter(kind=kind.code, party=party, round=matter.round)
    known = None if many else same.order_by("-id").first()
    if known is not None and again and known.met_on is not None:
        known, many = None, True
    if known is not None and not _is_open(known.specification):
        return
    term = known or Term(matter=matter, party=party, kind=kind.code, round=matter.round, due={})
    if many:
        spec = replace(spec, code=f"{spec.code}.{same.count() + 1}")
    if known is not None:  # 随后: the law fills what the paper left open, the paper's wording stays visible
        spec = replace(spec, wording=known.specification.wording)
    term.name, term.spec = spec.name, spec.as_json()
    term.save()


def _is_open(spec: TermSpec) -> bool:
    """Whether the law may fill what the paper left open: not where people have reserved the question."""
    return isinstance(spec.anchor, Undefined) and not spec.anchor.reserved


def _bound_spec(draft: TermSpec, kind: TermKind, matter: Matter, party: Party | None) -> TermSpec:
    anchor = draft.anchor
    if isinstance(anchor, AfterStep):
        anchor = _after(kind, matter, party, step=anchor.step, name=anchor.name)
    after = _step_key(matter, party, draft.after) if draft.after else None
    spec = replace(draft, code=key(kind.code, party, matter.round), anchor=anchor, after=after)
    return with_rule(spec, kind, rule_for(kind, matter))


def _after(kind: TermKind, matter: Matter, party: Party | None, *, step: str, name: str) -> AfterStep:
    latest = key(kind.latest_from, party, matter.round) if kind.latest_from else None
    return AfterStep(step=_step_key(matter, party, step), name=name, latest_from=latest)


def _step_key(matter: Matter, party: Party | None, act: str) -> str:
    return key(act, party if matter.procedure.act(act).is_lane else None, matter.round)


def meet(matter: Matter, act: str, party: Party | None, *, on: date) -> list[Term]:
    """Mark the running terms that this act meets."""
    kinds = [kind.code for kind in matter.procedure.terms if act in kind.met_by and not kind.many]
    met = list(matter.terms.filter(kind__in=kinds, met_on__isnull=True, dropped=False))
    met = [term for term in met if term.party_id in (None, party.pk if party else None)]
    for term in met:
        term.met_on = on
        term.save(update_fields=["met_on"])
    return met


def reopen(matter: Matter, *, met_by: str, parties: Sequence[int]) -> None:
    """A step that was sent back has not been taken: its term runs again, from the same start."""
    kinds = [kind.code for kind in matter.procedure.terms if met_by in kind.met_by]
    matter.terms.filter(kind__in=kinds, party__in=parties, round=matter.round).update(met_on=None)


def let_go(matter: Matter, kind: str) -> None:
    """What is still due of this kind need not be done any more."""
    matter.terms.filter(kind=kind, met_on__isnull=True).update(dropped=True)


def extend(term: Term, *, to: date, reason: str, by: str, on: date) -> None:
    """Grant more time; the reckoning shows who did and why."""
    granted = {"to": to.isoformat(), "reason": reason, "by": by, "on": on.isoformat()}
    term.extensions = [*term.extensions, granted]
    term.save(update_fields=["extensions"])


def withdraw_extensions(term: Term, *, beginning: str) -> None:
    """Take back the extensions whose reason begins so; the others stay."""
    term.extensions = [each for each in term.extensions if not each["reason"].startswith(beginning)]
    term.save(update_fields=["extensions"])


def pause(term: Term, *, since: date, reason: str, by: str) -> None:
    """Let the clock stand still."""
    term.pauses = [*term.pauses, {"since": since.isoformat(), "until": None, "reason": reason, "by": by}]
    term.paused = True
    term.save(update_fields=["pauses", "paused"])


def resume(term: Term, *, until: date) -> None:
    """Let the clock run again from this day."""
    term.pauses = [*term.pauses[:-1], {**term.pauses[-1], "until": until.isoformat()}]
    term.paused = False
    term.save(update_fields=["pauses", "paused"])


def settle(matter: Matter, term: Term, *, day: date, citation: str) -> None:
    """Give an open term what it waits for: its event's day, or, where the paper set no period, its due day."""
    spec = term.specification
    if isinstance(spec.anchor, OnEvent) and spec.anchor.on is None:
        matter.events = {**matter.events, spec.anchor.event: day.isoformat()}
        return
    settled = replace(spec, anchor=FixedDate(on=day, stated=False), period=None, citation=citation)
    term.spec = settled.as_json()
    term.save(update_fields=["spec"])


def fulfil(term: Term, *, on: date) -> None:
    """Meet one term by hand: a duty that has no act of its own."""
    term.met_on = on
    term.save(update_fields=["met_on"])


def settle_open(matter: Matter, *, on: date) -> list[Term]:
    """Let go of what nobody in the matter could meet, and take it up again when somebody can. Return the terms
    that lapse: an agency's, not met, at whose step the matter can no longer come by in this round."""
    p = matter.procedure
    parts = set(matter.parties.filter(until__isnull=True).values_list("part", flat=True))
    ahead = stages_ahead(p, matter.stage)
    kinds = {kind.code: kind for kind in p.terms}
    bound = Q(party__isnull=True) | Q(party__until__isnull=True)
    unmet = matter.terms.filter(
        bound, Q(dropped=False) | Q(needless=True), met_on__isnull=True, round=matter.round
    )
    lapsed = []
    for term in unmet.select_related("party__organ", "party__person"):
        kind = kinds[term.kind]
        needless = not can_be_met(p, kind, parts) or (term.needless and _is_past(p, kind, term.party))
        if needless != term.needless:
            term.needless = term.dropped = needless
            term.due = {} if not needless else term.due  # begun anew: the entry tells its date
            term.save(update_fields=["needless", "dropped", "due"])
        elif kind.parties and not needless and not any(ahead & set(p.act(code).at) for code in kind.met_by):
            term.dropped, term.lapsed_on = True, on
            term.save(update_fields=["dropped", "lapsed_on"])
            lapsed.append(term)
    return lapsed


def _is_past(p: Procedure, kind: TermKind, party: Party | None) -> bool:
    """Whether the party's lane has left behind every step that would meet the term."""
    if party is None or not party.stage:
        return False
    ahead = lane_stages_ahead(p, party.stage)
    return not any(ahead & set(p.act(code).party_at) for code in kind.met_by)


def duties_owed(matter: Matter) -> list[Term]:
    """The duties the paper sets that are not done: they bind whatever becomes of the matter."""
    lasting = [kind.code for kind in matter.procedure.terms if kind.many]
    return list(matter.terms.filter(kind__in=lasting, met_on__isnull=True, dropped=False).order_by("id"))


def drop_round(matter: Matter) -> None:
    """Let go of the terms of a round that is over. The duties a paper sets bind until they are done."""
    lasting = [kind.code for kind in matter.procedure.terms if kind.many]
    matter.terms.filter(met_on__isnull=True).exclude(kind__in=lasting).update(dropped=True)


def drop_open(matter: Matter, *, party: Party | None = None) -> None:
    """Let go of what is no longer binding: the matter has ended, or this party has left it."""
    terms = matter.terms.filter(met_on__isnull=True)
    (terms if party is None else terms.filter(party=party)).update(dropped=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A term whose due date changes: before and after."""

    term: Term
    before: Due | None
    after: Due


def reckon_matter(
    matter: Matter, *, calendar: Calendar, also_met: Mapping[str, date] | None = None
) -> list[Moved]:
    """Count every running term of the matter anew; return those whose reckoning changes. Writes nothing.

    `also_met` are steps (by `key`) of the act under way, which has no deed yet.
    """
    reckoned = matter.terms.filter(Q(dropped=False) | Q(needless=True))
    terms = list(reckoned.select_related("party__organ", "party__person"))
    deeds = Deed.objects.filter(matter=matter).order_by("seq").only("act", "party_id", "round", "on")
    if not terms:
        return []
    return reckon_terms(matter, terms=terms, deeds=deeds, calendar=calendar, also_met=also_met)


def reckon_terms(
    matter: Matter,
    *,
    terms: Sequence[Term],
    deeds: Iterable[Deed],
    calendar: Calendar,
    also_met: Mapping[str, date] | None = None,
) -> list[Moved]:
    """The same from terms not dropped, or needless but reckoned from, and deeds in their order, already
    fetched: asks the database nothing."""
    specs = {term.pk: term.specification for term in terms}
    happened = _happenings(matter, terms, specs, deeds, also_met or {})
    dues = reckon(specs.values(), happened, calendar=calendar)
    moved = []
    for term in terms:
        if term.due and (term.dropped or term.met_on is not None):
            continue  # met is met: what was counted then stays
        after = dues[specs[term.pk].code]
        if after.as_json() != term.due:
            before = term.reckoning if term.due else None
            moved.append(Moved(term=term, before=before, after=after))
    return moved


def recount(matter: Matter, *, calendar: Calendar, also_met: Mapping[str, date] | None = None) -> list[Moved]:
    """Write the new reckoning and the matter's nearest date; return the terms that moved."""
    moved = reckon_matter(matter, calendar=calendar, also_met=also_met)
    lead = _warn_days(matter)
    for change in moved:
        change.term.due, change.term.due_on = change.after.as_json(), change.after.on
        change.term.warn_on = change.after.on - timedelta(days=lead) if change.after.on else None
    Term.objects.bulk_update([change.term for change in moved], ["due", "due_on", "warn_on"])
    running = matter.terms.filter(met_on__isnull=True, dropped=False, paused=False, due_on__isnull=False)
    nearest = running.order_by("due_on").first()
    matter.due_on = nearest.due_on if nearest and nearest.due_on else NEVER
    matter.warn_on = nearest.warn_on if nearest and nearest.warn_on else NEVER
    return [change for change in moved if not change.term.dropped]


def _warn_days(matter: Matter) -> int:
    rule = shipped_law().find("warn_days", place=matter.place.code, on=matter.opened_on)
    return rule.value if rule and isinstance(rule.value, int) else WARN_DAYS


def warn_day(matter: Matter, due_on: date) -> date:
    """The first day of the yellow light of a date of the matter."""
    return due_on - timedelta(days=_warn_days(matter))


@cache
def longest_warning() -> int:
    """The most days before its due date that any term turns yellow, by any rule of any place."""
    leads = [rule.value for rule in shipped_law().rules if rule.key == "warn_days"]
    return max([WARN_DAYS, *(lead for lead in leads if isinstance(lead, int))])


def snapshot(matter: Matter) -> list[dict[str, Any]]:
    """The running terms as they stand: what a paper issued now prints, whatever becomes of them later."""
    running = matter.terms.filter(met_on__isnull=True, dropped=False)
    return [
        {
            "party": term.party_id,
            "name": term.name,
            "due": term.due_on.isoformat() if term.due_on else None,
            "certainty": term.reckoning.kind,
            "provisional": term.reckoning.provisional,
            "citation": term.specification.citation,
        }
        for term in running.order_by("due_on", "id")
    ]


def _happenings(
    matter: Matter,
    terms: Sequence[Term],
    specs: dict[int, TermSpec],
    deeds: Iterable[Deed],
    also_met: Mapping[str, date],
) -> Happenings:
    # What waits for an act waits for that act: a term of the same code may have been met by another (a comment
    # that was a refusal).
    acts = {act.code for act in matter.procedure.acts}
    met = {specs[term.pk].code: term.met_on for term in terms if term.met_on and term.kind not in acts}
    for deed in deeds:
        met[f"{deed.act}.{deed.party_id or 0}.{deed.round}"] = deed.on
    met |= also_met
    return Happenings(
        met=met,
        events={name: date.fromisoformat(day) for name, day in matter.events.items()},
        pauses={specs[t.pk].code: tuple(_pause(p) for p in t.pauses) for t in terms if t.pauses},
        extensions={
            specs[t.pk].code: tuple(_extension(e) for e in t.extensions) for t in terms if t.extensions
        },
    )


def _pause(data: dict[str, Any]) -> Pause:
    until = date.fromisoformat(data["until"]) if data["until"] else None
    return Pause(since=date.fromisoformat(data["since"]), until=until, reason=data["reason"], by=data["by"])


def _extension(data: dict[str, Any]) -> Extension:
    return Extension(
        by_period=Period.parse(data["period"]) if data.get("period") else None,
        to=date.fromisoformat(data["to"]) if data.get("to") else None,
        reason=data["reason"],
        by=data["by"],
        on=date.fromisoformat(data["on"]),
    )
