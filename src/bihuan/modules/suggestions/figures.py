"""Counts of suggestions, each a query whose rows can be opened.

A figure is a table (suggestions, assignments, promises, grants) and what its facets must be. The count and the
rows behind it come from the same facets: what is counted is what opens.

Two units, always said: 件, each suggestion once; 件次, each assignment of a handler.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    Expression,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from bihuan.matters.models import Deed, Party, Promise, Term
from bihuan.modules.suggestions.models import CongressSession, Grant, Publication, Rating, Suggestion
from bihuan.modules.suggestions.procedure import HANDLING, REPLYING
from bihuan.people.models import Organ, Place
from bihuan.writers.numbers import chinese_numeral

SUGGESTIONS, ASSIGNMENTS, PROMISES, GRANTS, OUTSIDE = (
    "suggestions",
    "assignments",
    "promises",
    "grants",
    "outside",  # handed in, yet not among those received: waiting, refused, withdrawn
)
GOVERNMENT_KINDS = ("government", "government_office", "bureau")
# Which body answers for a suggestion, by the kind of the organs that reply: code, words, organ kinds.
BODIES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("government", "政府及其部门", GOVERNMENT_KINDS),
    ("town", "乡镇、街道", ("town",)),
    ("supervision", "监察委员会", ("supervision",)),
    ("court", "人民法院", ("court",)),
    ("procuratorate", "人民检察院", ("procuratorate",)),
    (
        "congress",
        "人大常委会工作机构",
        (
            "congress",
            "standing_committee",
            "council",
            "special_committee",
            "working_committee",
            "office",
            "deputies_committee",
            "budget_committee",
            "legislative_committee",
        ),
    ),
    ("other", "党群部门和其他单位", ()),
    ("several", "几个系统分别办理", ()),
    ("none", "还没有承办单位", ()),
)
GRADES = ("satisfied", "basically", "dissatisfied")
ANSWERED_AT = ("rating", "settling", "following", "closed")
DONE = ("in_time", "late", "untimed")
# Facets that rest on what single deputies said: an agency never opens their rows.
PRIVATE = frozenset({"attitude", "result", "first"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A year, or a session of the congress with what followed until the next; `time` narrows to what was raised
    during the congress or between its sessions."""

    year: int | None = None
    session: CongressSession | None = None
    time: str = ""  # '' | congress | between

    @property
    def name(self) -> str:
        """2026年, or 第十七届人民代表大会第五次会议以来."""
        if self.session is None:
            told = f"{self.year}年"
        else:
            congress, session = map(chinese_numeral, (self.session.congress, self.session.session))
            told = f"第{congress}届人民代表大会第{session}次会议以来"
        return told + {"congress": "（大会期间提出的）", "between": "（闭会期间提出的）"}.get(self.time, "")

    @property
    def begins_on(self) -> date:
        """The day whose table of classes counts."""
        return self.session.opens_on if self.session else date(self.year or 1, 1, 1)

    def narrow(self, rows: QuerySet[Suggestion]) -> QuerySet[Suggestion]:
        rows = rows.filter(_of_session(self.session) if self.session else Q(year=self.year))
        if self.time:
            rows = rows.filter(session__isnull=self.time == "between")
        return rows


def _of_session(session: CongressSession) -> Q:
    """Raised at the session, or after it while the congress was not in session again."""
    again = CongressSession.objects.filter(
        place=session.place_id, opens_on__gt=session.opens_on, opens_on__lte=OuterRef("matter__opened_on")
    )
    after = Q(session__isnull=True, congress=session.congress, matter__opened_on__gte=session.opens_on)
    return Q(congress=session.congress, session=session.session) | (after & Q(~Exists(again)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is counted: a place and a period; all of it, the government's, or one unit's.

    The government's and a unit's suggestions are those it answers for (主办、分办); its assignments are all.
    """

    place: Place
    period: Period
    on: date
    government: bool = False
    unit: Organ | None = None

    def suggestions(self) -> QuerySet[Suggestion]:
        """Those received: numbered, and not withdrawn since."""
        rows = Suggestion.objects.filter(place=self.place, running_no__isnull=False)
        rows = self.period.narrow(rows.exclude(matter__stage="withdrawn"))
        if not self.narrow:
            return rows
        return rows.filter(Exists(self._parties(REPLYING).filter(matter=OuterRef("matter"))))

    def outside(self) -> QuerySet[Suggestion]:
        """Handed in, but not received (yet, or any more). Only in the whole: no unit has a part in them."""
        rows = self.period.narrow(Suggestion.objects.filter(place=self.place))
        return rows.filter(Q(running_no__isnull=True) | Q(matter__stage="withdrawn"))

    def assignments(self) -> QuerySet[Party]:
        received = self.period.narrow(Suggestion.objects.filter(place=self.place, running_no__isnull=False))
        rows = self._parties(HANDLING).filter(matter__in=received.values("matter"))
        return rows.exclude(matter__stage="withdrawn")

    def promises(self) -> QuerySet[Promise]:
        return Promise.objects.filter(party__in=self.assignments().values("pk")).order_by()

    def grants(self) -> QuerySet[Grant]:
        rows = Grant.objects.filter(matter__in=self.suggestions().values("matter"))
        return rows.filter(organ=self.unit) if self.unit else rows

    @property
    def narrow(self) -> bool:
        return self.government or self.unit is not None

    def _parties(self, parts: Sequence[str]) -> QuerySet[Party]:
        rows = Party.objects.filter(part__in=parts, until__isnull=True)
        if self.unit is not None:
            return rows.filter(organ=self.unit)
        return rows.filter(organ__kind__in=GOVERNMENT_KINDS) if self.government else rows


# --- facets

Facet = Expression | F


def _case(*whens: When, default: str | Expression) -> Case:
    other = Value(default) if isinstance(default, str) else default
    return Case(*whens, default=other, output_field=CharField())


def _when(condition: Any, code: str) -> When:
    return When(condition, then=Value(code))


def _body(kind: str) -> Case:
    """The body an organ belongs to, by its kind at this path."""
    whens = [_when(Q(**{f"{kind}__in": kinds}), code) for code, _, kinds in BODIES if kinds]
    return _case(*whens, default="other")


def _leading() -> Expression:
    """The body that answers for the suggestion; several, where its handlers belong to more than one."""
    replying = Party.objects.filter(matter=OuterRef("matter"), part__in=REPLYING, until__isnull=True)
    bodies = replying.order_by().annotate(body=_body("organ__kind")).values("matter")
    bodies = bodies.annotate(least=Min("body"), most=Max("body"))
    found = bodies.annotate(found=_case(When(least=F("most"), then=F("least")), default="several"))
    return Coalesce(Subquery(found.values("found")), Value("none"), output_field=CharField())


def _grade(which: str, *, round: int | None = None) -> Expression:
    """The grade of the round that was judged last (or of that round): of several deputies' the worst, so that
    nobody's better word hides another's. Where nobody judged: silent, still waiting, or not asked."""
    ratings = Rating.objects.filter(matter=OuterRef("matter"), stage="reply")
    if round is not None:
        ratings = ratings.filter(round=round)
    weight = Case(*(When(**{which: grade}, then=Value(at)) for at, grade in enumerate(GRADES)))
    last = ratings.order_by("-round", weight.desc()).values(which)[:1]
    ended = Exists(Deed.objects.filter(matter=OuterRef("matter"), act="end_rating"))
    none = _case(_when(Q(matter__stage="rating"), "waiting"), _when(ended, "silent"), default="unasked")
    return Coalesce(Subquery(last), none, output_field=CharField())


_REPLY_TERMS = ("reply", "quick_reply")


def _answered(*, on: date) -> Case:
    """Answered by everybody who had to, and in time as the term of the first round says."""
    terms = Term.objects.filter(
        matter=OuterRef("matter"), kind__in=_REPLY_TERMS, round=1, party__until__isnull=True
    )
    answered = Q(matter__stage__in=ANSWERED_AT) | Q(matter__round__gt=1)
    return _case(
        _when(answered & Exists(terms.filter(met_on__gt=F("due_on"))), "late"),
        _when(answered & Exists(terms.filter(met_on__isnull=False)), "in_time"),
        _when(answered, "untimed"),
        _when(Exists(terms.filter(met_on__isnull=True, dropped=False, due_on__lt=on)), "overdue"),
        default="running",
    )


def _suggestion_facets(*, on: date) -> dict[str, Facet]:
    promises = Promise.objects.filter(matter=OuterRef("matter"))
    told = Publication.objects.filter(matter=OuterRef("matter"), current=True)
    settled = Party.objects.filter(
        matter=OuterRef("matter"), part__in=REPLYING, stage="settled", until__isnull=True
    )
    return {
        "time": _case(_when(Q(session__isnull=True), "between"), default="congress"),
        "body": _leading(),
        "class": F("result_class"),
        "answered": _answered(on=on),
        # Recognised: every handler's claim was settled on evidence and the deputies' second word.
        "recognised": _case(_when(Q(matter__stage="closed") & Exists(settled), "yes"), default="no"),
        "attitude": _grade("attitude"),
        "result": _grade("result"),
        "first": _grade("result", round=1),
        "again": _case(_when(Q(matter__round__gt=1), "yes"), default="no"),
        "owed": _case(
            _when(Exists(promises.filter(state=Promise.BROKEN)), "broken"),
            _when(Exists(promises.filter(state__in=(Promise.OPEN, Promise.STAGED))), "owed"),
            _when(Exists(promises.filter(state=Promise.KEPT)), "kept"),
            default="none",
        ),
        "told": _case(
            _when(Exists(told.filter(withheld="")), "published"),
            _when(Exists(told), "withheld"),
            default="untold",
        ),
        "priority": _case(_when(Q(priority=True), "yes"), default="no"),
        "quick": _case(_when(Q(quick=True), "yes"), default="no"),
    }


def _assignment_facets(*, on: date) -> dict[str, Facet]:
    terms = Term.objects.filter(party=OuterRef("pk"), kind__in=(*_REPLY_TERMS, "co_opinion"), round=1)
    done = Q(stage__in=("answered", "claimed", "judged", "settled", "contributed"))
    return {
        "part": F("part"),
        "unit": F("organ"),
        "done": _case(
            _when(Exists(terms.filter(met_on__gt=F("due_on"))), "late"),
            _when(Exists(terms.filter(met_on__isnull=False)), "in_time"),
            _when(done | Q(matter__stage="closed"), "untimed"),
            _when(Exists(terms.filter(dropped=False, due_on__lt=on)), "overdue"),
            default="running",
        ),
    }


def _promise_facets(*, on: date) -> dict[str, Facet]:
    late = Q(state__in=(Promise.OPEN, Promise.STAGED), due_on__lt=on)
    return {
        "state": F("state"),
        "timing": _case(_when(Q(due_on__isnull=True), "undated"), _when(late, "overdue"), default="dated"),
    }


def _faceted(scope: Scope, table: str, names: Iterable[str]) -> QuerySet[Any]:
    """The table's rows with these facets, each under its name with a mark: `f_class`."""
    rows: QuerySet[Any]
    facets: dict[str, Facet]
    if table == SUGGESTIONS:
        rows, facets = scope.suggestions(), _suggestion_facets(on=scope.on)
    elif table == ASSIGNMENTS:
        rows, facets = scope.assignments(), _assignment_facets(on=scope.on)
    elif table == PROMISES:
        rows, facets = scope.promises(), _promise_facets(on=scope.on)
    elif table == OUTSIDE:
        rows, facets = scope.outside(), {"stage": F("matter__stage")}
    else:
        rows, facets = scope.grants(), {}
    return rows.annotate(**{f"f_{name}": facets[name] for name in names})


# --- figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with its name and unit: of `table`, the rows whose facets are among the values given."""

    code: str
    name: str
    table: str = SUGGESTIONS
    where: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)

    @property
    def unit(self) -> str:
        return {ASSIGNMENTS: "件次", PROMISES: "项", GRANTS: "笔"}.get(self.table, "件")

    @property
    def is_private(self) -> bool:
        """Whether its rows would tell what single deputies said."""
        return not PRIVATE.isdisjoint(self.where)

    def rows(self, scope: Scope) -> QuerySet[Any]:
        """Exactly what is counted."""
        rows = _faceted(scope, self.table, self.where)
        return rows.filter(**{f"f_{name}__in": values for name, values in self.where.items()})


def tally(scope: Scope, figures: Sequence[Figure]) -> dict[str, int]:
    """The counts by the figures' codes, one query a table: grouped by all facets that are asked for."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for table in dict.fromkeys(each.table for each in figures):
        names = sorted({name for each in figures if each.table == table for name in each.where})
        columns = [f"f_{name}" for name in names]
        rows = _faceted(scope, table, names).order_by().values(*columns)
        groups[table] = list(rows.annotate(n=Count("pk")) if columns else [{"n": rows.count()}])
    return {each.code: _sum(groups[each.table], each.where) for each in figures}


def _sum(groups: Sequence[Mapping[str, Any]], where: Mapping[str, tuple[Any, ...]]) -> int:
    return sum(
        group["n"] for group in groups if all(group[f"f_{name}"] in values for name, values in where.items())
    )


def granted(scope: Scope) -> Decimal:
    """Yuan set aside for the suggestions counted."""
    return scope.grants().aggregate(all=Sum("amount"))["all"] or Decimal(0)


def grouped_grades(scope: Scope, *, smallest: int) -> dict[str, dict[str, int]] | None:
    """How many suggestions were judged how, attitude and result apart, as an agency may know it.

    Only whole groups of `smallest`, in the order in which they were judged: who looks again after one more
    deputy has judged learns nothing until the next group is full. None while there is no group.
    """
    rows = _faceted(scope, SUGGESTIONS, ("attitude", "result")).filter(f_result__in=GRADES)
    last = Rating.objects.filter(matter=OuterRef("matter"), stage="reply").order_by("-pk").values("pk")[:1]
    judged = rows.annotate(last=Subquery(last)).order_by("last").values_list("f_attitude", "f_result")
    told = list(judged)[: rows.count() // smallest * smallest]
    if not told:
        return None
    return {
        which: {grade: sum(pair[at] == grade for pair in told) for grade in GRADES}
        for at, which in enumerate(("attitude", "result"))
    }
