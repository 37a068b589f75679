"""Suggestions that deserve a second look: each kind a query whose rows can be opened, none a judgement.

被满意 and 重答复轻落实 show in the record where two of its facts do not go together: a deputy satisfied with a
refusal, a judgement within minutes of the letter, a contact nobody remembers, a promise past its day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from bihuan.kernel.law import shipped_law
from bihuan.kernel.reply_classes import Outcome, reply_classes
from bihuan.matters.models import Answer, Deed, Link, Promise
from bihuan.modules.suggestions.models import Contact, Rating, Reply, Suggestion
from bihuan.modules.suggestions.office.scopes import Scope
from bihuan.modules.suggestions.procedure import SIGNED
from bihuan.modules.suggestions.texts import classes
from bihuan.people.models import Place

AT_ONCE = timedelta(minutes=10)  # nobody reads a reply and thinks it over in less
REFUSING = frozenset({Outcome.NOT_NOW, Outcome.REFERENCE})
PENDING = (Promise.OPEN, Promise.STAGED)
REFUSED = ("open",)  # an answer that neither solves nor promises

Rows = QuerySet[Suggestion]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """One kind of contradiction: how its suggestions are found, and what in each of them shows it."""

    code: str
    name: str
    hint: str
    found: Callable[[Rows, Place, date], Rows]
    why: Callable[[Suggestion, date], Iterable[str]]


def _ratings() -> QuerySet[Rating]:
    """The deputies' judgements of the latest reply of the suggestion looked at."""
    return Rating.objects.filter(matter=OuterRef("matter"), stage="reply", round=OuterRef("matter__round"))


def _satisfied_refused(rows: Rows, place: Place, on: date) -> Rows:
    refused = Answer.objects.filter(
        matter=OuterRef("matter"), round=OuterRef("matter__round"), result__in=REFUSED
    )
    return rows.filter(Exists(refused), Exists(_ratings().filter(result="satisfied")))


def _all_satisfied(rows: Rows, place: Place, on: date) -> Rows:
    rule = shipped_law().find("suggestion.classes", place=place.code, on=on)
    known = reply_classes(rule) if rule else ()
    letters = [each.letter for each in known if REFUSING.issuperset(each.means)]
    ratings = _ratings()
    return rows.filter(
        Exists(ratings), ~Exists(ratings.exclude(result="satisfied")), result_class__in=letters
    )


def _at_once(rows: Rows, place: Place, on: date) -> Rows:
    signed = Deed.objects.filter(
        matter=OuterRef("matter"),
        act__in=SIGNED,
        round=OuterRef("round"),
        at__lte=OuterRef("at"),
        at__gte=OuterRef("at") - AT_ONCE,
    )
    satisfied = Rating.objects.filter(matter=OuterRef("matter"), stage="reply", result="satisfied")
    return rows.filter(Exists(satisfied.filter(Exists(signed))))


def _denied(rows: Rows, place: Place, on: date) -> Rows:
    return rows.filter(Exists(Contact.objects.filter(matter=OuterRef("matter"), denied_on__isnull=False)))


def _overruled(rows: Rows, place: Place, on: date) -> Rows:
    signed = Reply.objects.filter(matter=OuterRef("matter"), signed_on__isnull=False)
    return rows.filter(Exists(signed.exclude(overruled="")))


def _overdue(rows: Rows, place: Place, on: date) -> Rows:
    late = Promise.objects.filter(matter=OuterRef("matter"), state__in=PENDING, due_on__lt=on)
    return rows.filter(Exists(late))


def _again(rows: Rows, place: Place, on: date) -> Rows:
    """The same title more than once in the place, or tied by somebody to a matter of the same subject."""
    titles = Suggestion.objects.filter(place=place).order_by().values("matter__title")
    twice = titles.annotate(times=Count("pk")).filter(times__gt=1).values("matter__title")
    tied = Link.objects.filter(kind__in=("same_subject", "follows"))
    return rows.filter(
        Q(matter__title__in=twice)
        | Q(Exists(tied.filter(source=OuterRef("matter"))))
        | Q(Exists(tied.filter(target=OuterRef("matter"))))
    )


# --- what shows it, from rows fetched with `looked_at`


def _say_ratings(suggestion: Suggestion, on: date) -> Iterable[str]:
    known = classes(suggestion.matter).get(suggestion.result_class)
    if known is not None:
        yield f"答复为{known.letter}类：{known.name}"
    for rating in suggestion.matter.ratings.all():
        if rating.stage == "reply" and rating.round == suggestion.matter.round:
            yield f"{rating.deputy}：办理结果{rating.result_name}"


def _say_moment(suggestion: Suggestion, on: date) -> Iterable[str]:
    signed = list(suggestion.matter.deeds.all())
    for rating in suggestion.matter.ratings.all():
        near = [deed.at for deed in signed if timedelta() <= rating.at - deed.at <= AT_ONCE]
        if rating.stage == "reply" and rating.result == "satisfied" and near:
            minutes = int((rating.at - max(near)).total_seconds() // 60)
            yield f"{rating.deputy}在答复签发后{minutes}分钟内评价满意"


def _say_denial(suggestion: Suggestion, on: date) -> Iterable[str]:
    for contact in suggestion.matter.contacts.all():
        words = f"：{contact.denial}" if contact.denial else ""
        yield f"{contact.deputy}说明没有{contact.party}登记的{_day(contact.on)}的联系{words}"


def _say_overruled(suggestion: Suggestion, on: date) -> Iterable[str]:
    for reply in suggestion.matter.replies.all():
        yield f"{reply.party}不按检查意见签发，理由：{reply.overruled}"


def _say_overdue(suggestion: Suggestion, on: date) -> Iterable[str]:
    for promise in suggestion.matter.promises.all():
        if promise.due_on is not None and promise.state in PENDING and promise.due_on < on:
            yield f"{promise.party}承诺“{promise.text}”，应于{_day(promise.due_on)}前完成"


def _say_again(suggestion: Suggestion, on: date) -> Iterable[str]:
    tied = [each.target for each in suggestion.matter.links.all()]
    tied += [each.source for each in suggestion.matter.linked_from.all()]
    yield from (f"与{each.number}《{each.short_title}》是同一问题" for each in tied)
    if not tied:
        yield "标题与另一件建议相同"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


FLAGS = (
    Flag(
        code="satisfied_refused",
        name="要求没有采纳，代表却满意",
        hint="有一项以上建议的答复是不能解决或留作参考，而有代表评价满意。可以问一问代表是怎样想的。",
        found=_satisfied_refused,
        why=_say_ratings,
    ),
    Flag(
        code="all_satisfied",
        name="没有办成，代表全部满意",
        hint="答复类别是暂不能解决或留作参考，评价的代表全部满意。",
        found=_all_satisfied,
        why=_say_ratings,
    ),
    Flag(
        code="at_once",
        name="答复后几分钟内就评价满意",
        hint="签发后10分钟内评价满意的，可能是别人代为操作。",
        found=_at_once,
        why=_say_moment,
    ),
    Flag(
        code="denied",
        name="代表说没有这次联系",
        hint="承办单位登记了联系，代表说明没有。",
        found=_denied,
        why=_say_denial,
    ),
    Flag(
        code="overruled",
        name="不按检查意见签发",
        hint="答复检查出必须修改的问题，主要负责人写明理由后仍然签发。",
        found=_overruled,
        why=_say_overruled,
    ),
    Flag(
        code="overdue",
        name="承诺过了时限没有兑现",
        hint="答复中承诺的事已经过了写明的时限，还没有登记完成。",
        found=_overdue,
        why=_say_overdue,
    ),
    Flag(
        code="again",
        name="同一问题再次提出",
        hint="标题与另一件相同，或者已经关联为同一问题。",
        found=_again,
        why=_say_again,
    ),
)


def suggestions_in(place: Place, scope: Scope) -> Rows:
    return Suggestion.objects.filter(scope.within(), place=place)


def looked_at(rows: Rows) -> Rows:
    """The suggestions with what their flags are told from; a fixed number of queries."""
    parties = ("party__organ", "party__person")
    tied = Link.objects.filter(kind__in=("same_subject", "follows"))
    return rows.select_related("matter__place").prefetch_related(
        Prefetch("matter__ratings", Rating.objects.select_related("deputy__organ", "deputy__person")),
        Prefetch("matter__deeds", Deed.objects.filter(act__in=SIGNED)),
        Prefetch(
            "matter__contacts",
            Contact.objects.filter(denied_on__isnull=False).select_related(
                *parties, "deputy__organ", "deputy__person"
            ),
        ),
        Prefetch(
            "matter__replies",
            Reply.objects.filter(signed_on__isnull=False).exclude(overruled="").select_related(*parties),
        ),
        Prefetch("matter__promises", Promise.objects.select_related(*parties)),
        Prefetch("matter__links", tied.select_related("target")),
        Prefetch("matter__linked_from", tied.select_related("source")),
    )
