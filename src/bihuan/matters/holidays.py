"""A year's holiday notice: proposed by the system administrator, in force when a director has seen what moves.

Nothing moves before. Running matters keep the edition of the law they began under; a holiday notice is no
edition of a law but a fact about days, which is why it alone moves what is already running.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db import connection, transaction
from django.db.models import Prefetch, Q, QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils import timezone

from bihuan.kernel.calendar import Calendar, InvalidNotice, YearNotice, parse_notice
from bihuan.kernel.chain import Json
from bihuan.kernel.terms import Due
from bihuan.ledger.append import append_entry
from bihuan.ledger.models import Entry
from bihuan.matters import clock
from bihuan.matters.clock import Moved, current_calendar, reckon_terms
from bihuan.matters.models import Deed, HolidayNotice, Matter, Term
from bihuan.matters.notices import holders, tell
from bihuan.matters.sight import refresh_sight
from bihuan.matters.tick import acting_desks
from bihuan.matters.worklist import refresh_todos
from bihuan.people.actors import Actor, HeldPost
from bihuan.people.refusals import NotAllowed, Refused
from bihuan.people.services.record import demand, demand_reason
from bihuan.readers.holidays import is_in_sentences, read_notice

RECOUNTED = "recounted"  # the deed by which a notice's approval shows on a matter's timeline
DECIDING_KINDS = ("office", "working_committee", "special_committee")
CHUNK = 200  # matters read at once


class UnusableNotice(Refused):
    """The text cannot be used; the message names the line."""


class NoticeState(Refused):
    """Not now: another notice of the year waits, or this one is decided already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a notice would do to one running term."""

    matter: Matter
    term: Term
    before: Due
    after: Due

    @property
    def kind(self) -> Literal["moves", "firms", "loosens", "explains"]:
        """Another day; or the same day, no longer provisional (or again so); or only explained otherwise."""
        if self.before.on != self.after.on:
            return "moves"
        if self.before.provisional != self.after.provisional:
            return "firms" if self.before.provisional else "loosens"
        return "explains"

    @property
    def name(self) -> str:
        return f"{self.term.name}（{self.term.party}）" if self.term.party else self.term.name


def propose_notice(*, text: str, actor: Actor, at: datetime) -> HolidayNotice:
    """Load a year's notice, its published sentences or TOML, for a director to decide on; UnusableNotice names
    the sentence or line."""
    stamp = demand(actor, "load_holidays")
    notice, text = _read(text)
    in_force = current_calendar()
    if notice in in_force.notices:
        raise NoticeState(f"没有载入：{notice.year}年的放假安排与现行的完全相同，不需要再载入。")
    with transaction.atomic():
        waiting = HolidayNotice.objects.filter(year=notice.year, state=HolidayNotice.PROPOSED)
        if waiting.exists():
            raise NoticeState(
                f"没有载入：{notice.year}年已有一份放假安排在等待审核。请先由委室负责人批准或退回那一份，再载入。"
            )
        made = HolidayNotice.objects.create(
            year=notice.year,
            text=text,
            source=notice.source[:200],
            loaded_by=stamp,
            loaded_at=at,
            loader_id=actor.person,
        )
        body: dict[str, Json] = {
            "year": notice.year,
            "source": notice.source,
            "text": text,
            "replaces": in_force.knows(notice.year),
        }
        _append("proposed", made, stamp=stamp, actor=actor, at=at, body=body)
    return made


def changes_by(notice: HolidayNotice, *, after: int = 0) -> Iterator[Change]:
    """Every running term whose reckoning the notice would change, streamed, in the order of the matters.

    `after` is the id of a matter to go on behind. Four queries for CHUNK matters; writes nothing.
    """
    parsed = parse_notice(notice.text)
    calendar = current_calendar().with_notice(parsed)
    deeds = Deed.objects.order_by("seq").only("matter_id", "act", "party_id", "round", "on")
    reckoned = Q(dropped=False) | Q(needless=True)
    terms = Term.objects.filter(reckoned).select_related("party__organ", "party__person").order_by("id")
    matters = touched_matters(parsed).filter(pk__gt=after).select_related("place")
    read = matters.prefetch_related(
        Prefetch("terms", queryset=terms, to_attr="binding"),
        Prefetch("deeds", queryset=deeds, to_attr="done"),
    )
    for matter in read.iterator(chunk_size=CHUNK):
        yield from _changes(matter, calendar=calendar)


def touched_matters(notice: YearNotice) -> QuerySet[Matter]:
    """The matters with a running term that has a day in the notice's reach, from its start to its end.

    A year's notice arranges days from the December before to the January after; a term counted back from an
    event starts after it is due.
    """
    first, last = date(notice.year - 1, 12, 1), date(notice.year + 1, 1, 31)
    running = Term.objects.filter(met_on__isnull=True, dropped=False, due_on__isnull=False)
    dated = running.annotate(start=Cast(KT("due__start"), TextField()))
    begins = Q(due_on__lte=last) | Q(start__lte=last.isoformat())
    ends = Q(due_on__gte=first) | Q(start__gte=first.isoformat())
    return Matter.objects.filter(pk__in=dated.filter(begins, ends).values("matter")).order_by("pk")


def deciding_post(actor: Actor) -> HeldPost | None:
    """The post by which the actor decides on holiday notices: director of one of the standing committee's
    offices and committees."""
    return next(
        (post for post in actor.posts if post.role == "director" and post.organ_kind in DECIDING_KINDS), None
    )


def notices_to_decide(actor: Actor) -> list[HolidayNotice]:
    """The notices that wait for this person's decision (one query, for directors alone)."""
    if deciding_post(actor) is None:
        return []
    waiting = HolidayNotice.objects.filter(state=HolidayNotice.PROPOSED)
    return list(waiting.exclude(loader=actor.person).order_by("year"))


def approve_notice(notice: HolidayNotice, *, reason: str = "", actor: Actor, at: datetime) -> int:
    """Put the notice in force and count every touched term anew; return how many days moved.

    All or nothing, in one transaction.
    """
    with transaction.atomic():
        _hold_matters()
        notice, stamp = _open(notice, actor)
        parsed = parse_notice(notice.text)
        calendar = current_calendar().with_notice(parsed)
        moved = 0
        for key in list(touched_matters(parsed).values_list("pk", flat=True)):
            moved += _recount(key, notice, calendar=calendar, stamp=stamp, actor=actor, at=at)
        _decide(notice, HolidayNotice.APPROVED, reason.strip(), stamp=stamp, actor=actor, at=at, moved=moved)
    return moved


def reject_notice(notice: HolidayNotice, *, reason: str, actor: Actor, at: datetime) -> None:
    """Send the notice back, saying why; nothing moves."""
    with transaction.atomic():
        notice, stamp = _open(notice, actor)
        why = demand_reason(reason)
        _decide(notice, HolidayNotice.REJECTED, why, stamp=stamp, actor=actor, at=at, moved=0)


def _read(text: str) -> tuple[YearNotice, str]:
    """The notice and its TOML."""
    in_sentences = is_in_sentences(text)
    try:
        notice = read_notice(text) if in_sentences else parse_notice(text)
        current_calendar().with_notice(notice)
    except InvalidNotice as error:
        raise UnusableNotice(f"没有载入：{error}" if in_sentences else _with_lines(error, text)) from error
    if missing := notice.missing():
        raise UnusableNotice(
            f"没有载入：没有写明{'、'.join(missing)}的安排。缺了节日的安排一旦生效，这些日子会被当作工作日，"
            "落在其间的期限也不再标明暂定。请把通知补全后再载入。"
        )
    return notice, notice.as_toml() if in_sentences else text


def _with_lines(error: InvalidNotice, text: str) -> str:
    """The fault with the line it stands on, and that line's words."""
    lines = text.splitlines()
    if isinstance(error.__cause__, tomllib.TOMLDecodeError):
        found = re.search(r"at line (\d+), column (\d+)", str(error.__cause__))
        if found is None:
            return "没有载入：文字到末尾还不完整，可能少了引号或方括号。请对照示例检查最后几行。"
        number = int(found[1])
        words = lines[number - 1].strip() if number <= len(lines) else ""
        return (
            f"没有载入：第{number}行第{found[2]}个字附近的写法不对（“{words[:40]}”）。"
            "请对照示例检查这一行：文字要加引号，日期写成 2026-02-14 的样子。"
        )
    numbers = _lines_meant(str(error), lines)
    where = f"（见第{'、'.join(map(str, numbers))}行）" if numbers else ""
    return f"没有载入：{error}{where}"


def _lines_meant(message: str, lines: Sequence[str]) -> list[int]:
    """The lines that hold a date the message names, or the table it counts to."""
    if nth := re.search(r"第(\d+)个 \[\[holiday\]\]", message):
        tables = [number for number, line in enumerate(lines, start=1) if line.strip() == "[[holiday]]"]
        return tables[int(nth[1]) - 1 : int(nth[1])]
    days = re.findall(r"\d{4}-\d\d-\d\d", message)
    return [number for number, line in enumerate(lines, start=1) if any(day in line for day in days)]


def _changes(matter: Matter, *, calendar: Calendar) -> Iterator[Change]:
    binding: list[Term] = matter.binding  # type: ignore[attr-defined]  # prefetched by changes_by
    done: list[Deed] = matter.done  # type: ignore[attr-defined]
    for moved in reckon_terms(matter, terms=binding, deeds=done, calendar=calendar):
        if moved.before is not None:
            yield Change(matter=matter, term=moved.term, before=moved.before, after=moved.after)


def _hold_matters() -> None:
    """Let nobody act or open a matter until this is committed: what they read of the calendar would be old.

    SQLite's IMMEDIATE transaction holds everybody already. On PostgreSQL this waits for whoever has begun.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(Matter._meta.db_table)
            cursor.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")


def _open(notice: HolidayNotice, actor: Actor) -> tuple[HolidayNotice, str]:
    """The notice, locked and still undecided, and how the ledger names whoever may decide."""
    post = deciding_post(actor)
    if post is None:
        raise NotAllowed("您不能审核放假安排：这是常委会各委室负责人的职责，请与其联系。")
    notice = HolidayNotice.objects.select_for_update(no_key=True).get(pk=notice.pk)
    if notice.state != HolidayNotice.PROPOSED:
        raise NoticeState(
            f"没有办理：这份放假安排已由{notice.decided_by}审核，不能再次审核。请刷新页面查看。"
        )
    if notice.loader_id is not None and notice.loader_id == actor.person:
        raise NotAllowed(
            "您不能审核自己载入的放假安排：载入和审核必须由两个人分别办理。请由另一位委室负责人审核。"
        )
    return notice, actor.stamp(post)


def _recount(
    key: int, notice: HolidayNotice, *, calendar: Calendar, stamp: str, actor: Actor, at: datetime
) -> int:
    """Count one matter anew: an entry, a line on its timeline, its todos; return how many days moved.

    Where only the explanation reads differently, the new one is kept and nothing has happened to the matter:
    the notice's own entry holds all that it follows from.
    """
    matter = Matter.objects.select_for_update(of=("self",), no_key=True).select_related("place").get(pk=key)
    changes = [
        Change(matter=matter, term=each.term, before=each.before, after=each.after)
        for each in _recounted(matter, calendar=calendar)
        if each.before is not None
    ]
    changes = [each for each in changes if each.kind != "explains"]
    if not changes:
        return 0
    matter.version += 1
    entry = append_entry(
        kind="term.recounted",
        subject=matter.subject,
        actor=stamp,
        account=actor.account,
        at=at,
        on=timezone.localdate(at),
        body={
            "notice": notice.pk,
            "year": notice.year,
            "version": matter.version,
            "terms": [[each.name, _iso(each.before.on), _iso(each.after.on)] for each in changes],
        },
    )
    moves = [each for each in changes if each.kind == "moves"]
    _show(matter, notice, changes, entry=entry)
    matter.save(update_fields=["due_on", "warn_on", "version"])
    refresh_sight(matter)
    refresh_todos(matter, on=entry.on)
    _tell(moves, notice, on=entry.on)
    return len(moves)


def _recounted(matter: Matter, *, calendar: Calendar) -> list[Moved]:
    """What `recount` writes, with the organs its names need."""
    moved = clock.recount(matter, calendar=calendar)
    with_organs = matter.parties.select_related("organ").in_bulk()
    for each in moved:
        if each.term.party_id is not None:
            each.term.party = with_organs[each.term.party_id]
    return moved


def _show(matter: Matter, notice: HolidayNotice, changes: Sequence[Change], *, entry: Entry) -> None:
    lines = [[each.name, _effect(each)] for each in changes]
    Deed.objects.create(
        matter=matter,
        act=RECOUNTED,
        name="期限重新计算",
        round=matter.round,
        on=entry.on,
        at=entry.at,
        seq=entry.seq,
        actor=entry.actor,
        lines=[*lines, ["依据", f"{notice.year}年放假安排：{notice.source}"]],
        answers={"notice": notice.pk},
    )


def _effect(change: Change) -> str:
    match change.kind:
        case "moves":
            return f"{_day(change.before.on)}改为{_day(change.after.on)}"
        case "firms":
            return f"仍为{_day(change.after.on)}，由暂定转为确定"
        case _:
            return f"仍为{_day(change.after.on)}，由确定转为暂定"


def _tell(moves: Sequence[Change], notice: HolidayNotice, *, on: date) -> None:
    for each in moves:
        desks = acting_desks(each.term, each.matter.todos.all())
        seated = holders(desks, on=on)
        tell(
            (person for people in seated.values() for person in people),
            key=f"recount:{notice.pk}:{each.term.pk}",
            text=f"期限变动：{each.name}由{_day(each.before.on)}改为{_day(each.after.on)}"
            f"（{notice.year}年放假安排）：{each.matter.title}",
            matter=each.matter,
            on=on,
        )


def _decide(
    notice: HolidayNotice, state: str, reason: str, *, stamp: str, actor: Actor, at: datetime, moved: int
) -> None:
    notice.state, notice.reason = state, reason[:200]
    notice.decided_by, notice.decided_at, notice.decider_id = stamp, at, actor.person
    notice.save(update_fields=["state", "reason", "decided_by", "decided_at", "decider"])
    body: dict[str, Json] = {"year": notice.year, "source": notice.source, "reason": reason}
    if state == HolidayNotice.APPROVED:
        body["moved"] = moved
    _append(state, notice, stamp=stamp, actor=actor, at=at, body=body)


def _append(
    what: str, notice: HolidayNotice, *, stamp: str, actor: Actor, at: datetime, body: dict[str, Json]
) -> None:
    append_entry(
        kind=f"holiday_notice.{what}",
        subject=f"holiday_notice:{notice.pk}",
        actor=stamp,
        account=actor.account,
        at=at,
        on=timezone.localdate(at),
        body=body,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "待定"
