"""From accepted facts to what a matter is opened with: items, terms, the organs spoken of. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bihuan.kernel.period import Period
from bihuan.kernel.procedure import Procedure, TermKind
from bihuan.kernel.terms import AfterStep, Anchor, FixedDate, FixedMonth, OnEvent, TermSpec, Undefined
from bihuan.library.fields import whole_text
from bihuan.matters.opening import ItemDraft

Fact = Mapping[str, Any]

PASSED = "会议通过"  # the event terms such as 会后两个月内 start from
CLOSED = "会议闭会"  # what the law files call the same day
ISSUED = "文件印发"
BY_AGENCY = "（由承办单位办理）"  # ends the name of a term whose doing has been settled so
_AND_OTHERS = re.compile(r"(?:及(?:其)?(?:有关|相关|各)?(?:职能)?部门|和(?:有关|相关)部门|等)$")
_HOUSE = re.compile(r"人大常委会$|人民代表大会常务委员会$|^常委会$|^本会$")
_CONGRESS = re.compile(r"人民代表大会(?:会议)?$|人代会$")


def items_of(facts: Iterable[Fact]) -> list[ItemDraft]:
    """Problems, suggestions and requirements in reading order, parts under their main item."""
    drafts: list[ItemDraft] = []
    mains: dict[str, int] = {}
    for fact in facts:
        if fact["type"] != "finding" or fact["kind"] not in ("problem", "suggestion", "requirement"):
            continue
        kind = fact["kind"]
        is_part = int(fact.get("level") or 1) > 1 and kind in mains
        above = mains[kind] if is_part else None
        siblings = sum(1 for draft in drafts if draft.kind == kind and draft.parent == above)
        drafts.append(
            ItemDraft(
                kind=kind,
                ordinal=int(fact.get("ordinal") or siblings + 1),
                text=whole_text(fact),
                parent=above,
                span=(int(fact["start"]), int(fact["end"])),
            )
        )
        if not is_part:
            mains[kind] = len(drafts) - 1
    return drafts


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsible:
    """Who is to act, as the paper says it: the organ named, and whether 'and others' were left unnamed."""

    name: str
    others: bool
    house: bool  # the standing committee itself


def responsible_of(text: str) -> Responsible:
    name = _AND_OTHERS.sub("", text.strip())
    return Responsible(name=name, others=name != text.strip(), house=bool(_HOUSE.search(name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """One deadline fact with the term it becomes; `kind` is a TermKind's code."""

    kind: TermKind
    spec: TermSpec
    responsible: Responsible
    fact: Fact


def obligations_of(
    facts: Sequence[Fact], *, procedure: Procedure, title: str, passed_on: date, issued_on: date | None
) -> list[Obligation]:
    """Every obligation the paper sets, as drafted terms: codes are the procedure's, steps are acts.

    研究处理 without a period of its own is the handling itself and becomes no term.
    """
    found = []
    for fact in facts:
        if fact["type"] != "deadline":
            continue
        kind = _kind(fact, procedure)
        if kind is None:
            continue
        responsible = responsible_of(str(fact.get("responsible") or ""))
        spec = _spec(
            fact, kind, title=title, passed_on=passed_on, issued_on=issued_on, responsible=responsible
        )
        found.append(Obligation(kind=kind, spec=spec, responsible=responsible, fact=fact))
    return _with_order(found)


def _kind(fact: Fact, procedure: Procedure) -> TermKind | None:
    """The procedure's term for the action; other duties with a time are kept as duties of their own."""
    action = str(fact.get("action") or "")
    timed = any(fact.get(name) for name in ("offset", "fixed", "anchor", "due", "due_year"))
    to_congress = bool(_CONGRESS.search(str(fact.get("recipient") or "")))
    if not to_congress:
        for kind in procedure.terms:
            if action in kind.read_as:
                return kind
    return next(kind for kind in procedure.terms if kind.many) if timed else None


def _spec(
    fact: Fact,
    kind: TermKind,
    *,
    title: str,
    passed_on: date,
    issued_on: date | None,
    responsible: Responsible,
) -> TermSpec:
    period = Period.parse(str(fact["offset"])) if fact.get("offset") else None
    anchor = _anchor(fact, period, passed_on=passed_on, issued_on=issued_on)
    name = kind.name
    if kind.many:
        name = f"{responsible.name}{fact.get('action', '')}{fact.get('object') or ''}"
    return TermSpec(
        code=kind.code,
        name=name[:120],
        anchor=anchor,
        period=None if isinstance(anchor, FixedDate | FixedMonth | Undefined) else period,
        citation=f"《{title}》",
        wording=str(fact.get("quote") or "").strip("，。；"),
    )


def _anchor(fact: Fact, period: Period | None, *, passed_on: date, issued_on: date | None) -> Anchor:
    """What the period starts from. A wording that is not understood stays a question."""
    if fact.get("due_set") and (named := _named_day(fact)):  # in the review, whatever the paper's words give
        return named
    fixed, wording = str(fact.get("fixed") or ""), str(fact.get("anchor") or "")
    if len(fixed) == 7:
        return FixedMonth(year=int(fixed[:4]), month=int(fixed[5:]))
    if len(fixed) == 10:
        return FixedDate(on=date.fromisoformat(fixed))
    if fact.get("due_kind") != "latest" and period is None and (named := _named_day(fact)):
        return named
    if period is None:
        if "随后" in wording or not wording:
            return Undefined(wording="随后" if wording else "（没有写期限）")
        return OnEvent(event=wording.removesuffix("上"))
    if "征求意见" in wording or "反馈" in wording:
        return AfterStep(step="comment", name="委员会反馈意见")
    if "交办" in wording:
        return AfterStep(step="hand_over", name="交办")
    if "收到" in wording or "签收" in wording:
        return AfterStep(step="receive", name="签收")
    if "印发" in wording:
        return OnEvent(event=ISSUED, on=issued_on)
    if any(word in wording for word in ("会后", "闭会", "通过", "会议")):
        return OnEvent(event=PASSED, on=passed_on)
    return (
        OnEvent(event=wording) if wording else Undefined(wording=period.in_words() + "内（没有写从何时起算）")
    )


def _named_day(fact: Fact) -> Anchor | None:
    """The due date as the fact names it, by a person's hand or for want of any other."""
    due = str(fact.get("due") or "")
    if len(due) == 7:
        return FixedMonth(year=int(due[:4]), month=int(due[5:]))
    return FixedDate(on=date.fromisoformat(due), stated=False) if len(due) == 10 else None


def _with_order(found: list[Obligation]) -> list[Obligation]:
    """A report with a fixed date still comes after the consultation: collisions are looked for along that."""
    codes = {obligation.kind.code for obligation in found}
    if not {"consult", "report"} <= codes:
        return found
    return [
        replace(each, spec=replace(each.spec, after="consult"))
        if each.kind.code == "report" and isinstance(each.spec.anchor, FixedDate | FixedMonth)
        else each
        for each in found
    ]
