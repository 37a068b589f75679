"""The only road: one act, one transaction, one ledger entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from bihuan.kernel.chain import Json
from bihuan.kernel.permission import Denied
from bihuan.kernel.procedure import Act, Kind, Outcome, moves
from bihuan.ledger.append import append_entry
from bihuan.ledger.models import Entry
from bihuan.library.models import Document
from bihuan.matters import clock
from bihuan.matters.access import Access, stand_to
from bihuan.matters.doing import NOTHING_MORE, Answers, Changed, Doing, Done, Incomplete, NotAllowed
from bihuan.matters.models import Deed, Matter, Party, Term
from bihuan.matters.notices import settle_notices, tell_new_todos
from bihuan.matters.registry import module
from bihuan.matters.search import index_matter
from bihuan.matters.sight import refresh_sight
from bihuan.matters.worklist import refresh_todos
from bihuan.people.actors import Actor


def perform(
    matter: Matter,
    act: str,
    *,
    actor: Actor,
    answers: Answers,
    at: datetime,
    party: Party | None = None,
    seen_version: int | None = None,
) -> Entry:
    """Do one act and record it, or raise Refused with the reason; either everything happens or nothing.

    `answers` are the act's form as cleaned; an answer `on` is the day the act took effect (default: today).
    `seen_version` is the matter's version the person was looking at: Changed when others acted since.
    """
    with transaction.atomic():
        # The matter alone, and not its key: rows that merely point to it (or to its place) need not wait; two
        # waiting for each other, one for the ledger and one for the row, would wait for ever.
        held = Matter.objects.select_for_update(of=("self",), no_key=True).select_related("place")
        matter = held.get(pk=matter.pk)
        access = stand_to(actor, matter)
        doing = _begin(access, act, answers=answers, at=at, party=party, seen_version=seen_version)
        _check_asked(doing)
        effect = module(*matter.procedure.key).effects.get(act)
        done = effect(doing) if effect else NOTHING_MORE
        _check_outcome(doing, done)
        stage, lane = matter.stage, doing.party.stage if doing.party else ""
        met, owed = _move(doing, done)
        clock.meet(matter, act, doing.party, on=doing.on)
        matter.version += 1
        if matter.procedure.stage(matter.stage).ended:
            matter.ended_on = matter.ended_on or doing.on  # looking back later does not end it anew
            lapsed = [] if doing.act.lets_go else clock.settle_open(matter, on=doing.on)
            clock.drop_open(matter)
        else:
            clock.begin_started(matter, act, doing.party, on=doing.on)
            for code in met:
                clock.begin_started(matter, code, None, on=doing.on)
            lapsed = clock.settle_open(matter, on=doing.on)
        done = _telling(done, owed=owed, lapsed=lapsed)
        round_ = _round_of(doing, done)
        step = {clock.key(act, doing.party, round_): doing.on}
        moved = clock.recount(matter, calendar=clock.current_calendar(), also_met=step)
        entry = _append(doing, done, before=(stage, lane), moved=moved, lapsed=lapsed)
        _record_deed(doing, done, entry, round=round_)
        matter.save()
        refresh_sight(matter)
        # Told are those who sit at the desks today, whatever day the act took effect.
        tell_new_todos(matter, refresh_todos(matter, on=doing.on), on=timezone.localdate(at))
        settle_notices(matter, at=at)
        index_matter(matter, at=at)
    return entry


def _begin(
    access: Access,
    code: str,
    *,
    answers: Answers,
    at: datetime,
    party: Party | None,
    seen_version: int | None,
) -> Doing:
    """Everything that must be true before an act begins."""
    matter = access.matter
    act = matter.procedure.act(code)
    if seen_version is not None and seen_version != matter.version:
        unseen = matter.deeds.select_related("party").order_by("seq")[max(0, seen_version) :]
        raise Changed([deed for deed in unseen if access.may_read(deed)])
    verdict = access.verdict(act, party=party.pk if party else None)
    if isinstance(verdict, Denied):
        raise NotAllowed(verdict.reason)
    chosen = next((each for each in access.parties if each.pk == verdict.party), None)
    on = answers.get("on") or timezone.localdate(at)
    _check_day(on, act, matter, chosen, today=timezone.localdate(at))
    return Doing(
        matter=matter,
        act=act,
        party=chosen,
        actor=access.actor,
        post=access.post(verdict),
        answers=answers,
        at=at,
        on=on,
    )


def _check_day(on: date, act: Act, matter: Matter, party: Party | None, *, today: date) -> None:
    """An act cannot take effect tomorrow, nor one that moves something before the moves it follows: the
    matter's own and, in a lane, the lane's. What moves nothing (a duty done, a pause) is bound by the opening."""
    if on > today:
        raise Incomplete(f"办理日期{_day(on)}在今天（{_day(today)}）之后。请填写实际办理的日期。")
    if on < matter.opened_on:
        raise Incomplete(f"办理日期{_day(on)}早于事项登记（{_day(matter.opened_on)}）。请核对日期。")
    if not moves(act):
        return
    moving = [each.code for each in matter.procedure.acts if moves(each)]
    earlier = matter.deeds.filter(act__in=moving).order_by("-on", "-seq")
    if party is not None:
        earlier = earlier.filter(Q(party=party) | Q(party__isnull=True))
    last = earlier.first()
    if last is not None and on < last.on:
        raise Incomplete(f"办理日期{_day(on)}早于上一步“{last.name}”（{_day(last.on)}）。请核对日期。")


def _check_asked(doing: Doing) -> None:
    """What the declaration requires is there, whoever called and through whatever form."""
    for ask in doing.act.asks:
        if ask.required and ask.kind is not Kind.SPECIAL and not doing.answers.get(ask.key):
            raise Incomplete(f"还不能{doing.act.name}：没有填写“{ask.label}”。")


def _check_outcome(doing: Doing, done: Done) -> None:
    """Where an act can end in several ways, its effect has said which."""
    codes = {outcome.code for outcome in doing.act.outcomes}
    if codes and done.outcome not in codes:
        raise Incomplete(f"还不能{doing.act.name}：没有得出结果。")


def _move(doing: Doing, done: Done) -> tuple[list[str], list[Term]]:
    """Stage, lanes, flags and round, as the declaration says; the codes of the joins at which lanes met, and the
    duties that keep the matter from ending."""
    matter, act, party = doing.matter, doing.act, doing.party
    outcome = _outcome(doing, done)
    bearer: Matter | Party = party or matter
    flags = set(bearer.flags) - {act.clears} | ({act.raises} if act.raises else set())
    bearer.flags = sorted(flag for flag in flags if flag)
    if party is not None:
        party.stage = act.party_to or party.stage
        party.save(update_fields=["stage", "flags"])
    for code in outcome.lanes_to if outcome else act.lanes_to:
        _put_lane(matter, code, only=done.lanes)
    owed = _set_stage(doing, outcome or act)
    if outcome and outcome.again:
        clock.drop_round(matter)
        matter.round += 1
    met = []
    for join in matter.procedure.joins:
        lanes = set(
            matter.parties.filter(part__in=join.parts, until__isnull=True).values_list("stage", flat=True)
        )
        if matter.stage == join.at and lanes == {join.all_at}:
            matter.stage = join.to
            met.append(join.code)
            for code in join.lanes_to:
                _put_lane(matter, code)
    return met, owed


def _put_lane(matter: Matter, stage: str, *, only: Sequence[int] | None = None) -> None:
    """Put the parties of the lane that has this stage there: all of them, or `only` some (by key)."""
    going = matter.parties.filter(part__in=matter.procedure.lane_with(stage).parts, until__isnull=True)
    (going if only is None else going.filter(pk__in=only)).update(stage=stage)


def _set_stage(doing: Doing, way: Act | Outcome) -> list[Term]:
    """Where the matter goes. What its paper demands binds until it is done (docs/adr/0006-duties.md): a matter
    that owes something goes where that is followed, or does not end. Return what is owed."""
    matter = doing.matter
    if way.to is None:
        return []
    ends = matter.procedure.stage(way.to).ended and not doing.act.lets_go
    owed = clock.duties_owed(matter) if ends else []
    if owed and way.owing is None:
        named = "、".join(term.name for term in owed)
        raise Incomplete(f"还不能{doing.act.name}：还有义务没有履行（{named}）。请先履行并登记。")
    matter.stage = (way.owing if owed else None) or way.to
    return owed


def _telling(done: Done, *, owed: Sequence[Term], lapsed: Sequence[Term]) -> Done:
    """The same with what the timeline must not pass over in silence; not where a private lane's party stands."""
    lines = [*done.lines]
    if owed:
        lines.append(("还须履行", "、".join(term.name for term in owed)))
    for term in lapsed:
        lane = term.matter.procedure.lane_of(term.party.part) if term.party else None
        if lane and lane.private:
            continue
        due = f"（应于{_day(term.due_on)}前）" if term.due_on else ""
        lines.append(("没有履行", f"{term.party}：{term.name}{due}"))
    return replace(done, lines=lines)


def _outcome(doing: Doing, done: Done) -> Outcome | None:
    return next((outcome for outcome in doing.act.outcomes if outcome.code == done.outcome), None)


def _round_of(doing: Doing, done: Done) -> int:
    """The round the act belongs to: a vote that begins another round belongs to the one it ends."""
    outcome = _outcome(doing, done)
    return doing.matter.round - 1 if outcome and outcome.again else doing.matter.round


def _append(
    doing: Doing,
    done: Done,
    *,
    before: tuple[str, str],
    moved: Sequence[clock.Moved],
    lapsed: Sequence[Term],
) -> Entry:
    matter, act, party = doing.matter, doing.act, doing.party
    body: dict[str, Json] = {
        "procedure": matter.procedure_code,
        "edition": matter.edition,
        "version": matter.version,
        "round": _round_of(doing, done),
        "act": act.code,
        "name": act.name,
        "party": party.name if party else None,
        "stage": [before[0], matter.stage],
        "lane": [before[1], party.stage] if party else None,
        "outcome": done.outcome,
        "answers": plain(doing.answers),
        "record": dict(done.record),
        "terms": [_moved(change) for change in moved],
        "lapsed": [[term.kind, term.party.name if term.party else None] for term in lapsed],
        "documents": [{"name": doc.name, "sha256": doc.sha256} for doc in _documents(doing, done)],
    }
    return append_entry(
        kind=f"act.{matter.procedure_code}.{act.code}",
        subject=matter.subject,
        actor=doing.actor.stamp(doing.post),
        account=doing.actor.account,
        at=doing.at,
        on=doing.on,
        body=body,
    )


def _moved(change: clock.Moved) -> Json:
    """A term's new date as the ledger keeps it, with the one it had."""
    term, before, after = change.term, change.before, change.after
    return {
        "kind": term.kind,
        "party": term.party.name if term.party else None,
        "round": term.round,
        "before": before.on.isoformat() if before and before.on else None,
        "due": after.on.isoformat() if after.on else None,
        "certainty": after.kind,
    }


def _record_deed(doing: Doing, done: Done, entry: Entry, *, round: int) -> Deed:
    deed = Deed.objects.create(
        matter=doing.matter,
        party=doing.party,
        act=doing.act.code,
        name=doing.act.name,
        round=round,
        on=doing.on,
        at=doing.at,
        seq=entry.seq,
        actor=doing.actor.stamp(doing.post),
        organ_id=doing.post.organ if doing.post else None,
        lines=[*_asked_lines(doing.act, doing.answers), *([label, text] for label, text in done.lines)],
        answers={**_mapping(plain(doing.answers)), **done.record},
        terms=clock.snapshot(doing.matter) if doing.act.papers else [],
    )
    deed.documents.set(_documents(doing, done))
    return deed


def _documents(doing: Doing, done: Done) -> list[Document]:
    given = [
        doc for ask in doing.act.asks if ask.kind is Kind.FILES for doc in doing.answers.get(ask.key) or ()
    ]
    return list({doc.pk: doc for doc in [*given, *done.documents]}.values())


def _asked_lines(act: Act, answers: Answers) -> list[list[str]]:
    """What the timeline shows of the plain answers: those that were asked and given, as people read them."""
    lines = []
    for ask in act.asks:
        value = answers.get(ask.key)
        if value in (None, "", []) or ask.kind in (Kind.SPECIAL, Kind.FILES) or ask.key == "on":
            continue
        if ask.kind is Kind.CHOICE:
            value = dict(ask.choices).get(value, value)
        lines.append([ask.label, _day(value) if isinstance(value, date) else str(value)])
    return lines


def plain(value: Any) -> Json:
    """An answer as the ledger keeps it: dates in ISO form, documents by digest, records by name."""
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, Document):
        return value.sha256
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, str | int | bool) or value is None:
        return value
    if isinstance(value, Sequence | set | frozenset) or hasattr(value, "iterator"):
        return [plain(each) for each in value]
    return str(value)


def _mapping(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
