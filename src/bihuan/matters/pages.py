"""What the page of one matter shows, gathered in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from bihuan.kernel.glossary import chinese
from bihuan.kernel.lights import Light, light_of
from bihuan.kernel.procedure import Act, Milestone
from bihuan.kernel.terms import OnEvent, Undefined
from bihuan.library.spans import Marked, cut
from bihuan.matters.access import Access, OpenAct
from bihuan.matters.effects import RESULTS, STATES, label
from bihuan.matters.models import NEVER, Answer, Deed, Item, Matter, Party, Promise, Term, TermMark
from bihuan.matters.registry import module
from bihuan.matters.tick import marks_of
from bihuan.ui.dates import full_day

LATELY = 3  # records of handling shown beside an act's form
RECENT = 6  # records of handling shown at once; the earlier ones are folded
MOST_URGENT = (
    Light.LATE,
    Light.WARN,
    Light.NORMAL,
    Light.WAITING,
    Light.PAUSED,
    Light.LAPSED,
    Light.DONE_LATE,
    Light.DONE,
)
APART = 200  # characters between two spans from which the text between them is left out


def matter_page(access: Access, *, today: date) -> dict[str, Any]:
    """The whole context of matters/detail.html."""
    matter = access.matter
    done = matter.deeds.select_related("party__organ", "party__person", "organ").order_by("-seq")
    deeds = [deed for deed in done.prefetch_related("documents") if access.may_read(deed)]
    known = matter.terms.filter(Q(dropped=False) | Q(lapsed_on__isnull=False)).order_by("id")
    told = known.select_related("party__organ", "party__person")
    bound = [term for term in told if not access.is_private(term.party)]
    lapsed = [term for term in bound if term.lapsed_on is not None]
    terms = [term for term in bound if term.lapsed_on is None]
    running = sorted((t for t in terms if t.met_on is None), key=lambda t: (t.due_on or NEVER, t.pk))
    kinds = module(*matter.procedure.key)
    items = list(matter.items.all())
    entries = [*(_entry(deed, access) for deed in deeds), *_turned_lights(access)]
    entries.sort(key=lambda entry: (entry["on"], entry["seq"]), reverse=True)
    return {
        "access": access,
        "matter": matter,
        "stage": matter.procedure.stage(matter.stage),
        # Without a running term nothing is on time or late: what is awaited is told below.
        "light": worst(light_of(term, on=today) for term in running) if running else None,
        "milestones": milestones(matter, access.parties, deeds, terms, today=today),
        "parties": [_party(party, access) for party in access.parties],
        "items": _items(matter, items),
        "original": original(matter, items),
        "running": [_clock(term, today=today) for term in running],
        "lapsed": [_clock(term, today=today) for term in lapsed],
        "met": [_clock(term, today=today) for term in terms if term.met_on is not None],
        "open_acts": _act_links(access),
        "waiting": _waiting(access),
        "recent": entries[:RECENT],
        "earlier": entries[RECENT:],
        "papers": _papers(access, deeds),
        "facts": kinds.facts(matter) if kinds.facts else [],
        "linked": _linked(access),
    }


def worst(lights: Iterable[Light]) -> Light:
    """The light that most wants seeing."""
    return min(lights, key=MOST_URGENT.index, default=Light.DONE)


def milestones(
    matter: Matter, parties: Sequence[Party], deeds: Sequence[Deed], terms: Sequence[Term], *, today: date
) -> list[dict[str, Any]]:
    """The stepper of the matter's present round: a station is done when all its parties have done its act."""
    done: dict[str, date] = {}
    for deed in deeds:  # newest first: the last party's day counts
        if deed.round == matter.round or deed.act in ("hand_over",):
            done.setdefault(deed.act, deed.on)
    ended = matter.procedure.stage(matter.stage).ended
    shown: list[dict[str, Any]] = []
    parts = {party.part for party in parties}
    for stone in matter.procedure.milestones:
        if stone.part and stone.part not in parts:
            continue
        own = [term for term in terms if term.kind == stone.term and term.round == matter.round]
        done_on = matter.opened_on if not stone.acts else _done_on(stone, done, own, ended=ended)
        if stone.optional and done_on is None and ended:
            continue
        pending = [term for term in own if term.met_on is None]
        due_on = min((term.due_on for term in pending if term.due_on), default=None)
        shown.append(
            {
                "name": stone.name,
                "done_on": done_on,
                "due_on": due_on,
                "light": _stone_light(own, pending, done_on, today=today),
                "current": False,
            }
        )
    for stone_shown in shown:
        if stone_shown["done_on"] is None:
            stone_shown["current"] = not ended
            break
    return shown


def _done_on(stone: Milestone, done: dict[str, date], own: Sequence[Term], *, ended: bool) -> date | None:
    if any(term.met_on is None for term in own):
        return None
    if stone.ends and not ended:
        return None
    return max((done[act] for act in stone.acts if act in done), default=None)


def _stone_light(
    own: Sequence[Term], pending: Sequence[Term], done_on: date | None, *, today: date
) -> Light | None:
    if pending:
        return worst(light_of(term, on=today) for term in pending)
    if done_on and any(light_of(term, on=today) is Light.DONE_LATE for term in own):
        return Light.DONE_LATE
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRound:
    """What was planned and answered for an item in one round of handling."""

    number: int
    promises: tuple[Promise, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownItem:
    """An item with its present round open and the earlier ones, newest first, to be unfolded."""

    item: Item
    label: str
    parts: tuple[Item, ...]
    now: ItemRound
    before: tuple[ItemRound, ...]


def _items(matter: Matter, items: Sequence[Item]) -> list[ShownItem]:
    """Problems and suggestions with their measures and answers; requirements with neither."""
    parts: dict[int | None, list[Item]] = defaultdict(list)
    for item in items:
        parts[item.parent_id].append(item)
    promises: dict[tuple[int | None, int], list[Promise]] = defaultdict(list)
    for promise in matter.promises.select_related("party__organ", "party__person").prefetch_related(
        "evidence"
    ):
        promise.state_name = dict(STATES)[promise.state]  # type: ignore[attr-defined]
        promises[promise.item_id, promise.round].append(promise)
    answers: dict[tuple[int, int], list[Answer]] = defaultdict(list)
    for answer in matter.answers.select_related("party__organ", "party__person").order_by("id"):
        answer.result_name = dict(RESULTS)[answer.result]  # type: ignore[attr-defined]
        answers[answer.item_id, answer.round].append(answer)

    def in_round(item: Item, number: int) -> ItemRound:
        key = (item.pk, number)
        return ItemRound(
            number=number, promises=tuple(promises.get(key, ())), answers=tuple(answers.get(key, ()))
        )

    return [
        ShownItem(
            item=item,
            label=label(item),
            parts=tuple(parts[item.pk]),
            now=in_round(item, matter.round),
            before=tuple(in_round(item, number) for number in range(matter.round - 1, 0, -1)),
        )
        for item in parts[None]
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of the source: of one item, or (`item` None) of none; `gap` where text before it is left out."""

    text: str
    item: int | None
    label: str
    gap: bool


def original(matter: Matter, items: Sequence[Item]) -> list[Piece]:
    """The lines of the source on which the items rest, cut at their spans.

    A bundle holds other matters' texts too: what lies far from every span is left out.
    """
    text = matter.source.text if matter.source else ""
    names = {item.pk: label(item) for item in items if item.parent_id is None}
    spans = [
        Marked(item.pk, item.start, item.end)
        for item in items
        if item.pk in names and item.start is not None and item.end is not None and item.end <= len(text)
    ]
    pieces: list[Piece] = []
    for first, last in _stretches(text, spans):
        shifted = [Marked(span.key, span.start - first, span.end - first) for span in spans]
        for nth, segment in enumerate(cut(text[first:last], shifted)):
            key = segment.keys[0] if segment.keys else None
            gap = nth == 0 and bool(pieces)
            pieces.append(Piece(text=segment.text, item=key, label=names.get(key or 0, ""), gap=gap))
    return pieces


def _stretches(text: str, spans: Sequence[Marked]) -> list[tuple[int, int]]:
    """Whole lines round the spans, in the order of the text; near ones in one stretch."""
    found: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda span: span.start):
        first = text.rfind("\n", 0, span.start) + 1
        last = text.find("\n", span.end)
        last = len(text) if last < 0 else last
        if found and first - found[-1][1] < APART:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _party(party: Party, access: Access) -> dict[str, Any]:
    shown = party.stage and not access.is_private(party)
    lane = access.matter.procedure.lane_stage(party.stage).name if shown else ""
    return {"organ": party.organ, "part": chinese(f"part.{party.part}"), "lane": lane, "person": party.person}


def explain(term: Term) -> dict[str, Any]:
    """A term as the clock component takes it."""
    due, spec = term.reckoning, term.specification
    name = f"{term.name}（{term.party}）" if term.party else term.name
    return {
        "name": name if term.round == 1 else f"{name}第{term.round}轮",
        "due": due.on,
        "kind": due.kind,
        "provisional": due.provisional,
        "rule": f"“{spec.wording}”" if spec.wording else "",
        "steps": [{"text": step.text, "on": step.on, "source": step.source} for step in due.steps],
        "citation": spec.citation,
        "question": _question(term),
    }


def _question(term: Term) -> str:
    """What the paper leaves open, as a question to people."""
    if term.due_on is not None:
        return ""
    anchor = term.specification.anchor
    if isinstance(anchor, Undefined) and anchor.rule:
        return (
            f"原文只写“{anchor.wording}”，没有写期限。本地规则：{anchor.rule}，届时起算。"
            "要另定日期的，请由委室负责人“明确期限”。"
        )
    if isinstance(anchor, Undefined):
        return f"原文只写“{anchor.wording}”，没有写期限。请由委室负责人“明确期限”。"
    if isinstance(anchor, OnEvent):
        return f"等待“{anchor.event}”的日期。日期确定后，请由委室负责人“明确期限”。"
    return ""


def _clock(term: Term, *, today: date) -> dict[str, Any]:
    return {"term": term, "explained": explain(term), "light": light_of(term, on=today)}


def act_page(access: Access, act: Act, party: Party | None, *, today: date) -> dict[str, Any]:
    """What to know before doing an act: what it changes, the running terms, what happened last."""
    own = [term for term in access.running_terms if party is None or term.party_id in (None, party.pk)]
    terms = [term for term in own if not access.is_private(term.party)]
    terms.sort(key=lambda term: (term.due_on or NEVER, term.pk))
    done = access.matter.deeds.select_related("party__organ", "party__person").order_by("-seq")
    deeds = [deed for deed in done[:LATELY] if access.may_read(deed)]
    last = [_entry(deed, access) | {"papers": []} for deed in deeds]
    return {
        "consequences": consequences(access.matter, act),
        "running": [_clock(term, today=today) for term in terms],
        "last": last,
    }


def consequences(matter: Matter, act: Act) -> list[str]:
    """What a grave act does, read from its declaration; nothing for the others."""
    if not act.grave:
        return []
    lines = []
    if act.to:
        stage, owing = matter.procedure.stage(act.to), act.owing and matter.procedure.stage(act.owing)
        lines.append(f"事项转入“{stage.name}”。")
        if owing:
            lines.append(f"还有义务没有履行的，转入“{owing.name}”，履行以后再办结。")
        if stage.ended:
            lines.append("事项到此结束，不再计算期限，各单位也不能再办理。")
    if act.public:
        lines.append("公众网站将显示这一步及其日期。")
    return [*lines, "这一步不能撤回，理由写入台账，不能更改。"]


def _act_links(access: Access) -> list[dict[str, Any]]:
    """The acts open to this person: those the loop waits for first."""
    acts = access.open_acts()
    several = {each.act.code for each in acts if sum(1 for other in acts if other.act is each.act) > 1}
    return [
        {
            "act": each.act,
            "label": f"{each.act.name}（{each.party}）" if each.act.code in several else each.act.name,
            "url": act_url(access.matter, each),
        }
        for each in sorted(acts, key=lambda each: (each.act.grave, not each.act.awaited))
    ]


def act_url(matter: Matter, each: OpenAct) -> str:
    if each.party is None:
        return reverse("matters:act", args=[matter.number, each.act.code])
    return reverse("matters:act_for", args=[matter.number, each.act.code, each.party.pk])


def _waiting(access: Access) -> list[dict[str, Any]]:
    """Whose move it is: each awaited act with those who may do it."""
    matter = access.matter
    waits: dict[tuple[str, int | None], dict[str, Any]] = {}
    for todo in matter.todos.select_related("organ", "person", "party").order_by("due_on", "id"):
        if access.is_private(todo.party):
            continue
        row = waits.setdefault(
            (todo.act, todo.party_id), {"act": matter.procedure.act(todo.act).name, "organs": {}}
        )
        row["organs"].setdefault(str(todo.person or todo.organ), []).append(chinese(f"role.{todo.role}"))
    return list(waits.values())


def _turned_lights(access: Access) -> list[dict[str, Any]]:
    marks = marks_of(access.matter)
    return [_turned(mark) for mark in marks if not access.is_private(mark.term.party)]


def _turned(mark: TermMark) -> dict[str, Any]:
    """A light that turned, on the day it fell, whenever the clock recorded it."""
    term = mark.term
    return {
        "on": mark.on,
        "at": mark.at,
        "seq": mark.seq,
        "actor": "系统",
        "title": f"{Light(mark.light).symbol} {Light(mark.light).word}：{explain(term)['name']}",
        "lines": [f"到期日：{full_day(mark.due_on)}"],
        "papers": [],
    }


def _entry(deed: Deed, access: Access) -> dict[str, Any]:
    act = next((each for each in access.matter.procedure.acts if each.code == deed.act), None)
    papers = []
    for code in act.papers if act else ():
        kind = module(*access.matter.procedure.key).paper(code)
        if kind.may_print(access):
            papers += [
                {
                    "label": f"{kind.name}（{form.upper()}）",
                    "url": _paper_url(access.matter, code, form, deed),
                }
                for form in ("pdf", "docx")
            ]
    papers += [
        {"label": document.name, "url": reverse("library:file", args=[document.pk])}
        for document in deed.documents.all()
    ]
    return {
        "on": deed.on,
        "at": deed.at,
        "seq": deed.seq,
        "actor": deed.actor,
        "title": f"{deed.name}（{deed.party}）" if deed.party else deed.name,
        "lines": [f"{name}：{text}" for name, text in deed.lines],
        "papers": papers,
    }


def _paper_url(matter: Matter, code: str, form: str, deed: Deed | None = None) -> str:
    if deed is None:
        return reverse("matters:paper", args=[matter.number, code, form])
    return reverse("matters:paper_of", args=[matter.number, deed.seq, code, form])


def _papers(access: Access, deeds: Sequence[Deed]) -> list[dict[str, Any]]:
    """Every paper that can now be made of the record."""
    done = {deed.act for deed in deeds}
    return [
        {
            "name": kind.name,
            "forms": [
                {"label": form.upper(), "url": _paper_url(access.matter, kind.code, form)}
                for form in ("pdf", "docx")
            ],
        }
        for kind in module(*access.matter.procedure.key).papers
        if (not kind.deeds or done & set(kind.deeds)) and kind.may_print(access)
    ]


def _linked(access: Access) -> list[Matter]:
    """Matters tied to this one, as far as the person may see them."""
    from bihuan.matters.access import visible_matters

    links = access.matter.links.values_list("target", flat=True)
    back = access.matter.linked_from.values_list("source", flat=True)
    return list(visible_matters(access.actor).filter(pk__in=[*links, *back]).order_by("number"))
