"""What the public may know of a matter, and nothing else.

Default deny: a matter is public once it has been published (`published_on`), and of it only what is named
here. Answers and votes belong to a round of handling; a round whose outcome is not published, or withheld,
stays shut. Organs are named, people never: neither who acted, nor who answers for a measure, nor files.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from bihuan.kernel.glossary import chinese
from bihuan.library.search import fold, matching
from bihuan.matters.effects import RESULTS, label
from bihuan.matters.models import Answer, Deed, Item, Matter, Party
from bihuan.matters.search import SEARCH_KIND
from bihuan.modules.suggestions.models import Publication, Suggestion
from bihuan.modules.suggestions.privacy import hider
from bihuan.modules.suggestions.texts import classes, numbered, raised_at
from bihuan.portal.results import ASKED, Counts, count, count_rounds

NONE_COUNTED = Counts(asked=0, answered=0, solved=0, staged=0, planned=0, open=0)
# The acts by which every procedure opens a round's outcome to the public, or keeps it shut.
PUBLISH, WITHHOLD = "publish", "withhold"
CORRECT = "correct_publication"  # puts right what was published, with the texts to be hidden anew
VOTE = "vote"
AGENCIES = ("lead", "separate", "co")
# Mobile and identity card numbers, however typed. Names cannot be told from other words: publishing asks
# the office to check for them.
_PERSONAL = re.compile(
    r"(?<![0-9０-９])"
    r"(?:[1１][3-9３-９]\d(?:[ －—-]?\d{4}){2}|\d{6}(?:[ -]?\d{4}){2}[ -]?\d{3}[0-9０-９XxＸｘ])"
    r"(?![0-9０-９])"
)


def without_numbers(text: str) -> str:
    """The text with mobile and identity card numbers left out, visibly."""
    return _PERSONAL.sub("〔号码略〕", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicAnswer:
    organ: str
    round: int
    result: str
    result_name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicItem:
    """One thing asked for and what was answered; `is_asked` tells requirements (False) from what must be
    answered item by item."""

    label: str
    text: str
    parts: tuple[str, ...]
    is_asked: bool
    answers: tuple[PublicAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicVote:
    """A satisfaction vote: the counted ballots, the result with its arithmetic and rule."""

    on: date
    conclusion: str
    counts: tuple[tuple[str, int], ...]
    arithmetic: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicAct:
    """That an act happened: when, by which organ, for which agency."""

    on: date
    name: str
    organ: str
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicReply:
    """What an agency answered, as the office made it public: one text a line."""

    organ: str
    on: date
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicMatter:
    """One published matter, whole. `withheld` tells that a later round's outcome is not published; `reason`
    why a suggestion's reply is not."""

    number: str
    kind: str
    title: str
    session: str
    passed_on: date | None
    published_on: date
    state: str
    ended_on: date | None
    agencies: tuple[tuple[str, str], ...]
    summary: str
    paragraphs: tuple[str, ...]
    items: tuple[PublicItem, ...]
    counts: Counts
    counted_round: int  # the round of handling that `counts` are of
    votes: tuple[PublicVote, ...]
    acts: tuple[PublicAct, ...]
    withheld: bool
    raised: str = ""
    result_class: str = ""
    replies: tuple[PublicReply, ...] = ()
    reason: str = ""

    def items_of(self, result: str) -> tuple[PublicItem, ...]:
        """The items behind one of the counts, by its name in Counts; every item for any other."""
        if result not in {field.name for field in fields(Counts)}:
            return self.items
        asked = (item for item in self.items if item.is_asked)
        return tuple(item for item in asked if getattr(count([self._results(item)]), result))

    def _results(self, item: PublicItem) -> list[str]:
        return [answer.result for answer in item.answers if answer.round == self.counted_round]


BALLOTS = (
    ("members", "组成人员"),
    ("present", "出席"),
    ("satisfied", "满意"),
    ("basically", "基本满意"),
    ("dissatisfied", "不满意"),
    ("abstained", "弃权"),
    ("void", "无效"),
)


# --- which matters


def published() -> QuerySet[Matter]:
    """Every published matter. A suggestion that its deputy wants closed is none, whatever became of it."""
    rows = Matter.objects.filter(published_on__isnull=False).exclude(suggestion__publicity="closed")
    return rows.select_related("opinion", "suggestion__place", "place")


def withheld() -> QuerySet[Matter]:
    """Every matter of which the public is told only that its outcome is not published; of a suggestion, why."""
    kept_shut = Deed.objects.filter(matter=OuterRef("pk"), act=WITHHOLD)
    reason = Publication.objects.filter(matter=OuterRef("pk"), current=True).exclude(withheld="")
    rows = Matter.objects.exclude(suggestion__publicity="closed").annotate(
        reason=Subquery(reason.values("withheld")[:1])
    )
    untold = Q(Exists(kept_shut), published_on__isnull=True, suggestion__isnull=True)
    return rows.filter(untold | Q(Exists(reason), published_on__isnull=False))


def narrowed(
    rows: QuerySet[Matter], *, words: str = "", kind: str = "", year: int | None = None, result: str = ""
) -> QuerySet[Matter]:
    """Only published matters of this kind, published in this year, with all the words in what is public;
    `result` is the class of a suggestion's reply."""
    if kind:
        rows = rows.filter(procedure_code=kind)
    if result:
        rows = rows.filter(suggestion__result_class=result)
    if year:
        rows = rows.filter(published_on__range=(date(year, 1, 1), date(year, 12, 31)))
    if words.strip():
        # The index also holds what is not public: it only narrows, the public words decide.
        rows = rows.filter(number__in=matching(words, allowed={SEARCH_KIND: None}).values("key"))
        for word in words.split():
            rows = rows.filter(_says(word) | _says(fold(word)))
    return rows


def _says(word: str) -> Q:
    """Where a word may be found. Digits do not find a text with a personal number in it: what is left out
    on the page could otherwise be guessed digit by digit."""
    items = Item.objects.filter(matter=OuterRef("pk"), text__contains=word)
    open_round = Deed.objects.filter(matter=OuterRef("matter"), act=PUBLISH, round=OuterRef("round"))
    answers = Answer.objects.filter(Exists(open_round), matter=OuterRef("pk"), text__contains=word)
    # Nor are texts searched of which something has been hidden: finding them would tell what.
    hides = Deed.objects.filter(
        matter=OuterRef("matter"), act__in=(PUBLISH, CORRECT), answers__hidden__0__isnull=False
    )
    items, answers = items.filter(~Exists(hides)), answers.filter(~Exists(hides))
    if any(character.isdigit() for character in word):
        items = items.exclude(text__regex=_PERSONAL.pattern)
        answers = answers.exclude(text__regex=_PERSONAL.pattern)
    # Of a suggestion only what was published as it stands: its own words are shown with persons taken out.
    spoken = Q(suggestion__isnull=True) & (Q(Exists(items)) | Q(Exists(answers)))
    told = Publication.objects.filter(matter=OuterRef("pk"), current=True, text__contains=word)
    if any(character.isdigit() for character in word):
        told = told.exclude(text__regex=_PERSONAL.pattern)
    return Q(number__iexact=word) | Q(title__contains=word) | spoken | Q(Exists(told))


# --- one matter


def describe(matter: Matter) -> PublicMatter:
    """All the public may know of a matter from `published()`, in as many queries however long it is."""
    if matter.published_on is None:
        raise ValueError(f"{matter.number} is not published")
    described = _describe(matter, matter.published_on)
    return _as_suggestion(matter, described) if is_suggestion(matter) else described


def is_suggestion(matter: Matter) -> bool:
    return getattr(matter, "suggestion", None) is not None


def _as_suggestion(matter: Matter, described: PublicMatter) -> PublicMatter:
    """A suggestion: the replies as published, its own words as far as the deputy wants them open. What was asked
    stands with its result alone; the answer's words are the reply's."""
    suggestion: Suggestion = matter.suggestion
    told = list(matter.publications.filter(current=True).select_related("party__organ").order_by("pk"))
    reasons = [without_numbers(each.withheld) for each in told if each.withheld]
    is_open = suggestion.publicity == "open"
    hide = hider(matter) if is_open else without_numbers
    items = (
        tuple(
            replace(
                item,
                text=hide(item.text),
                is_asked=item.is_asked and not reasons,  # nobody says here whether it was answered
                answers=tuple(replace(answer, text="") for answer in item.answers),
            )
            for item in described.items
        )
        if is_open
        else ()
    )
    words = [*suggestion.situation.split("\n"), *suggestion.analysis.split("\n")] if is_open else []
    return replace(
        described,
        raised=f"{raised_at(suggestion)}{numbered(suggestion)}",
        result_class=class_name(matter),
        paragraphs=tuple(hide(line) for line in words if line.strip()),
        items=items,
        counts=described.counts if items and not reasons else NONE_COUNTED,
        replies=tuple(
            PublicReply(
                organ=each.party.organ.name if each.party else "",
                on=each.on,
                lines=tuple(without_numbers(each.text).splitlines()),
            )
            for each in told
            if each.text
        ),
        withheld=bool(reasons),
        reason="".join(reasons),
    )


def class_name(matter: Matter) -> str:
    """A类：……, in the words of the place's table."""
    letter = matter.suggestion.result_class
    known = classes(matter).get(letter)
    return f"{letter}类：{known.name}" if known else letter


def _describe(matter: Matter, published_on: date) -> PublicMatter:
    deeds = list(matter.deeds.select_related("party__organ", "party__person", "organ").order_by("seq"))
    rounds = _rounds(deeds)
    shut = {deed.round for deed in deeds if deed.act == WITHHOLD} - rounds
    clean = _cleaner(deeds)
    items = tuple(_items(matter, rounds, clean))
    counted = max(rounds, default=0)
    opinion = getattr(matter, "opinion", None)
    return PublicMatter(
        number=matter.number,
        kind=matter.procedure.name,
        title=clean(matter.title),
        session=opinion.session if opinion else "",
        passed_on=opinion.passed_on if opinion else None,
        published_on=published_on,
        state=_state(matter),
        ended_on=matter.ended_on,
        agencies=tuple(_agencies(matter)),
        summary=clean(_summary(deeds)),
        paragraphs=tuple(clean(text) for text in opinion.paragraphs) if opinion else (),
        items=items,
        counts=count(
            [answer.result for answer in item.answers if answer.round == counted]
            for item in items
            if item.is_asked
        ),
        counted_round=counted,
        votes=tuple(_vote(deed) for deed in deeds if deed.act == VOTE and deed.round in rounds),
        acts=tuple(_acts(matter, deeds, shut)),
        withheld=bool(shut),
    )


def _cleaner(deeds: Iterable[Deed]) -> Callable[[str], str]:
    """How a text is made public: without numbers, and with what the office hid when it last published."""
    told = [deed for deed in deeds if deed.act in (PUBLISH, CORRECT)]
    hidden: Sequence[Sequence[str]] = told[-1].answers.get("hidden") or () if told else ()
    longest = sorted(((text, instead) for text, instead in hidden if text), key=lambda pair: -len(pair[0]))

    def clean(text: str) -> str:
        for words, instead in longest:
            text = text.replace(words, instead)
        return without_numbers(text)

    return clean


def _state(matter: Matter) -> str:
    """How it ended; of what is under way only that, and that it was sent back: stages are internal."""
    stage = matter.procedure.stage(matter.stage)
    return stage.name if stage.ended else "重新办理中" if matter.round > 1 else "办理中"


def _rounds(deeds: Iterable[Deed]) -> set[int]:
    """The rounds of handling whose outcome is published."""
    return {deed.round for deed in deeds if deed.act == PUBLISH}


def _items(matter: Matter, rounds: set[int], clean: Callable[[str], str]) -> Iterator[PublicItem]:
    parts: dict[int, list[str]] = defaultdict(list)
    items = list(matter.items.all())
    for item in items:
        if item.parent_id is not None:
            parts[item.parent_id].append(clean(item.text))
    answers: dict[int, list[PublicAnswer]] = defaultdict(list)
    given = matter.answers.filter(round__in=rounds).select_related("party__organ", "party__person")
    for answer in given.order_by("round", "id"):
        answers[answer.item_id].append(
            PublicAnswer(
                organ=answer.party.organ.name,
                round=answer.round,
                result=answer.result,
                result_name=dict(RESULTS)[answer.result],
                text=clean(answer.text),
            )
        )
    for item in items:
        if item.parent_id is None:
            yield PublicItem(
                label=label(item),
                text=clean(item.text),
                parts=tuple(parts[item.pk]),
                is_asked=item.kind in ASKED,
                answers=tuple(answers[item.pk]),
            )


def _agencies(matter: Matter) -> Iterator[tuple[str, str]]:
    """(part, organ) of those who handle it, the lead first."""
    parties = matter.parties.filter(part__in=AGENCIES, until__isnull=True).select_related("organ")
    for party in sorted(parties, key=lambda party: (AGENCIES.index(party.part), party.pk)):
        yield chinese(f"part.{party.part}"), party.organ.name


def _summary(deeds: Sequence[Deed]) -> str:
    """What the office wrote for the public when it last published."""
    written = [str(deed.answers.get("summary", "")) for deed in deeds if deed.act in (PUBLISH, CORRECT)]
    return written[-1] if written else ""


def _vote(deed: Deed) -> PublicVote:
    counts: Mapping[str, int] = deed.answers.get("counts", {})
    return PublicVote(
        on=deed.on,
        conclusion=str(deed.answers.get("conclusion", "")),
        counts=tuple((name, counts[key]) for key, name in BALLOTS if key in counts),
        arithmetic=tuple(deed.answers.get("arithmetic", ())),
        basis=str(deed.answers.get("basis", "")),
    )


def _acts(matter: Matter, deeds: Iterable[Deed], shut: set[int]) -> Iterator[PublicAct]:
    """The acts the procedure declares public, oldest first, without what was said in them."""
    public = {act.code for act in matter.procedure.acts if act.public}
    for deed in deeds:
        if deed.act in public and deed.round not in shut:
            yield PublicAct(
                on=deed.on,
                name=_said(deed),
                organ=deed.organ.name if deed.organ else "",
                agency=deed.party.organ.name if deed.party else "",
            )


def _said(deed: Deed) -> str:
    """The act by name; a vote with its result."""
    return f"满意度测评：{deed.answers.get('conclusion', '')}" if deed.act == VOTE else deed.name


# --- many matters


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRow:
    """One published matter as lists and tables show it."""

    number: str
    kind: str
    title: str
    session: str
    passed_on: date | None
    published_on: date
    state: str
    ended_on: date | None
    agencies: tuple[str, ...]
    counts: Counts
    vote: str
    vote_on: date | None
    raised: str = ""
    result_class: str = ""
    reason: str = ""


def rows_of(matters: Iterable[Matter]) -> list[PublicRow]:
    """These published matters, in five queries however many."""
    matters = list(matters)
    keys = [matter.pk for matter in matters]
    shut = Publication.objects.filter(matter__in=keys, current=True).exclude(withheld="")
    reasons = dict(shut.values_list("matter", "withheld"))
    deeds: dict[int, list[Deed]] = defaultdict(list)
    for deed in Deed.objects.filter(matter__in=keys, act__in=(PUBLISH, VOTE)).order_by("seq"):
        deeds[deed.matter_id].append(deed)
    last = {matter.pk: max(_rounds(deeds[matter.pk]), default=0) for matter in matters}
    counts = count_rounds(last)
    agencies: dict[int, list[str]] = defaultdict(list)
    handling = Party.objects.filter(matter__in=keys, part__in=AGENCIES, until__isnull=True)
    for party in handling.select_related("organ").order_by("id"):
        agencies[party.matter_id].append(party.organ.name)
    return [
        _row(
            matter,
            deeds[matter.pk],
            counts=counts[matter.pk],
            agencies=agencies[matter.pk],
            reason=without_numbers(reasons.get(matter.pk, "")),
        )
        for matter in matters
    ]


def _row(
    matter: Matter,
    deeds: Sequence[Deed],
    *,
    counts: Counts,
    agencies: Sequence[str],
    reason: str,
) -> PublicRow:
    if matter.published_on is None:
        raise ValueError(f"{matter.number} is not published")
    rounds = _rounds(deeds)
    votes = [_vote(deed) for deed in deeds if deed.act == VOTE and deed.round in rounds]
    opinion = getattr(matter, "opinion", None)
    suggestion: Suggestion | None = getattr(matter, "suggestion", None)
    if suggestion is not None and (reason or suggestion.publicity != "open"):
        counts = NONE_COUNTED  # its items are not shown
    return PublicRow(
        number=matter.number,
        kind=matter.procedure.name,
        title=without_numbers(matter.title),
        session=opinion.session if opinion else "",
        passed_on=opinion.passed_on if opinion else None,
        published_on=matter.published_on,
        state=_state(matter),
        ended_on=matter.ended_on,
        agencies=tuple(agencies),
        counts=counts,
        vote=votes[-1].conclusion if votes else "",
        vote_on=votes[-1].on if votes else None,
        raised=f"{raised_at(suggestion)}{numbered(suggestion)}" if suggestion else "",
        result_class=class_name(matter) if suggestion else "",
        reason=reason,
    )
