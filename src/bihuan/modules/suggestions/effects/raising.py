"""From the deputy's draft to an accepted, numbered suggestion."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bihuan.kernel.law import shipped_law
from bihuan.matters.doing import Doing, Done, Incomplete
from bihuan.matters.kin import remember_text
from bihuan.matters.models import Matter
from bihuan.matters.opening import ItemDraft, next_in_series, open_matter, replace_items
from bihuan.modules.suggestions.models import CongressSession, CoSignature, Draft, Suggestion
from bihuan.modules.suggestions.procedure import SUGGESTION
from bihuan.modules.suggestions.proposing import propose
from bihuan.modules.suggestions.texts import numbered
from bihuan.people.actors import Actor
from bihuan.people.models import Deputy, Organ, Person, Place


def hand_in(draft: Draft, *, actor: Actor, at: datetime) -> Matter:
    """Make a matter of the draft; those who signed raise it together. Incomplete names what is missing."""
    on = timezone.localdate(at)
    missing = missing_in(draft)
    if missing:
        raise Incomplete("还不能提交：" + "；".join(missing) + "。")
    with transaction.atomic():
        draft = Draft.objects.select_for_update(no_key=True).get(pk=draft.pk)
        if draft.matter_id is not None:
            raise Incomplete("这份建议已经提交过了。")
        session = session_on(draft.place, at)
        mandate = mandate_of(draft.author)
        signed = draft.signatures.filter(state=CoSignature.SIGNED).select_related("person").order_by("pk")
        each = shipped_law().find("suggestion.speaks_for", place=draft.place.code, on=on)
        # Where the lead deputy speaks for all, the others stand behind without judging by themselves.
        beside = "cosigner" if each is not None and each.table.get("who") == "lead" else "joint"
        persons = [(draft.author, mandate.delegation, "mover")]
        persons += [
            (signature.person, mandate_of(signature.person).delegation, beside) for signature in signed
        ]
        matter = open_matter(
            procedure=SUGGESTION,
            place=draft.place,
            title=draft.title,
            opened_on=on,
            parties=[(office_of(draft.place), "office"), *_council(draft.place)],
            persons=persons,
            items=items_of(draft.demands),
            events={"收到代表建议": on},
            facts={"situation": draft.situation, "analysis": draft.analysis, "source": draft.source},
            actor=actor,
            at=at,
        )
        Suggestion.objects.create(
            matter=matter,
            place=draft.place,
            congress=session.congress if session else mandate.congress,
            session=session.session if session else None,
            year=on.year,
            category=draft.category,
            situation=draft.situation,
            analysis=draft.analysis,
            source=draft.source,
            publicity=draft.publicity,
            wanted=draft.wanted,
        )
        draft.matter = matter
        draft.save(update_fields=["matter"])
        remember_text(matter, words_of(draft.title, draft.situation, draft.demands))
    return matter


def words_of(title: str, situation: str, demands: Sequence[str]) -> str:
    """What is compared when kin are looked for."""
    return "\n".join([title, situation, *demands])


def missing_in(draft: Draft) -> list[str]:
    """What the form still lacks, in words."""
    return [
        words
        for words, there in (
            ("没有标题", draft.title.strip()),
            ("没有写明情况", draft.situation.strip()),
            ("没有写出具体建议", [demand for demand in draft.demands if demand.strip()]),
        )
        if not there
    ]


def items_of(demands: Sequence[str]) -> list[ItemDraft]:
    texts = [text.strip() for text in demands if text.strip()]
    return [
        ItemDraft(kind="suggestion", ordinal=position, text=text)
        for position, text in enumerate(texts, start=1)
    ]


def session_on(place: Place, at: datetime) -> CongressSession | None:
    """The congress in session that day, if one is: between sessions the year numbers."""
    on = timezone.localdate(at)
    return place.congress_sessions.filter(opens_on__lte=on, closes_on__gte=on).order_by("-opens_on").first()


def mandate_of(person: Person) -> Deputy:
    """The person's latest mandate; Incomplete for somebody who is no deputy."""
    found = person.mandates.select_related("delegation").order_by("-congress").first()
    if found is None:
        raise Incomplete(f"{person}没有登记为人大代表，不能提出或者联名提出建议。")
    return found


def office_of(place: Place) -> Organ:
    """The office that receives suggestions: the deputies' affairs commission, else the general office."""
    organs = Organ.objects.filter(place=place, until__isnull=True).order_by("pk")
    found = (
        organs.filter(kind="deputies_committee").first()
        or organs.filter(kind="working_committee", name__contains="代表").first()
        or organs.filter(kind="office").first()
    )
    if found is None:
        raise Incomplete(f"{place}还没有登记接收代表建议的工作机构，请系统管理员先登记。")
    return found


def _council(place: Place) -> list[tuple[Organ, str]]:
    return [
        (organ, "council") for organ in Organ.objects.filter(place=place, kind="council", until__isnull=True)
    ]


def series_of(suggestion: Suggestion) -> tuple[str, int]:
    """The series a suggestion's number is of: its session's, or that of the year between sessions."""
    series = f"{suggestion.place_id}-{suggestion.congress}-{suggestion.session or 0}"
    return series, 0 if suggestion.session else suggestion.year


def accept(doing: Doing) -> Done:
    """The number is the system's: the next of the session, or of the year between sessions."""
    suggestion: Suggestion = doing.matter.suggestion
    if suggestion.running_no is None:
        series, year = series_of(suggestion)
        suggestion.running_no = next_in_series(series, year=year)
        suggestion.proposed = propose(doing.matter, on=doing.on)
        suggestion.save(update_fields=["running_no", "proposed"])
    return Done(record={"running_no": suggestion.running_no}, lines=[("编号", numbered(suggestion))])


def accept_quick(doing: Doing) -> Done:
    _set_quick(doing, quick=True)
    return accept(doing)


def to_ordinary(doing: Doing) -> Done:
    _set_quick(doing, quick=False)
    return Done()


def _set_quick(doing: Doing, *, quick: bool) -> None:
    Suggestion.objects.filter(matter=doing.matter).update(quick=quick)


def complete(doing: Doing) -> Done:
    """The deputy's words as mended; the earlier ones stay in the ledger."""
    given = doing.answers
    if not any(text.strip() for text in given["demands"]):
        raise Incomplete("还不能提交：没有写出具体建议。")
    suggestion: Suggestion = doing.matter.suggestion
    suggestion.situation, suggestion.analysis = given["situation"], given["analysis"]
    suggestion.save(update_fields=["situation", "analysis"])
    replace_items(doing.matter, items_of(given["demands"]))
    return Done(lines=[("具体建议", f"{doing.matter.items.count()}项")])
