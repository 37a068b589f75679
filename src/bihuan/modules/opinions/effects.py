"""What the acts on an opinion change besides its stage and terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone

from bihuan.kernel.glossary import chinese
from bihuan.kernel.law import shipped_law
from bihuan.kernel.majority import Grading, Ratings, Roll, WrongCount, assess
from bihuan.matters import clock
from bihuan.matters.doing import Doing, Done, Incomplete
from bihuan.matters.effects import demand_own_answers
from bihuan.matters.models import Matter, Party
from bihuan.matters.notices import deputies_of, tell
from bihuan.matters.opening import add_party, withdraw_party
from bihuan.matters.registry import Effect
from bihuan.people.models import Organ
from bihuan.writers.numbers import NumberError, parse_document_number

AGENCY_PARTS = ("lead", "co", "separate")


def letter(effect: Effect | None = None) -> Effect:
    """The effect of an act that sends a letter: a number typed for it must be one that can be printed."""

    def sending(doing: Doing) -> Done:
        typed = str(doing.answers.get("number") or "").strip()
        if typed:
            try:
                parse_document_number(typed)
            except NumberError as wrong:
                raise Incomplete(f"还不能{doing.act.name}：{wrong}") from wrong
        return effect(doing) if effect else Done()

    return sending


def hand_over(doing: Doing) -> Done:
    """Settle who handles what: exactly those named take part from now on."""
    wanted: Sequence[tuple[Organ, str]] = doing.answers["parties"]
    parts = [part for _, part in wanted]
    if "lead" not in parts and "separate" not in parts:
        raise Incomplete("还不能交办：没有主办或分办单位，没有单位对报告负责。")
    matter = doing.matter
    keep = {(organ.pk, part) for organ, part in wanted}
    for party in matter.parties.filter(part__in=(*AGENCY_PARTS, "committee"), until__isnull=True):
        if (party.organ_id, party.part) not in keep:
            withdraw_party(party, until=doing.on)
    _join(doing, wanted, stage="")
    return Done(
        record={"parties": [[organ.name, part] for organ, part in wanted]},
        lines=_party_lines(wanted),
    )


def add_agency(doing: Doing) -> Done:
    wanted: Sequence[tuple[Organ, str]] = doing.answers["parties"]
    added = _join(doing, wanted, stage="assigned")
    if not added:
        raise Incomplete("您选择的单位都已经是承办单位了。")
    return Done(record={"parties": [[p.organ.name, p.part] for p in added]}, lines=_party_lines(wanted))


def _join(doing: Doing, wanted: Sequence[tuple[Organ, str]], *, stage: str) -> list[Party]:
    """Add those who are not parties yet, with the terms the paper sets for their part."""
    matter = doing.matter
    known = set(matter.parties.filter(until__isnull=True).values_list("organ", "part"))
    added = [
        add_party(matter, organ, part, since=doing.on, stage=stage)
        for organ, part in wanted
        if (organ.pk, part) not in known
    ]
    _add_overseers(doing, [organ for organ, part in wanted if part in AGENCY_PARTS])
    clock.begin_drafted(matter, parties=added, whole=False)
    return added


def _add_overseers(doing: Doing, agencies: Sequence[Organ]) -> None:
    """The general office of the government an agency belongs to sees what its agencies have in hand."""
    governments = {organ.parent_id for organ in agencies if organ.parent_id} | {
        organ.pk for organ in agencies
    }
    offices = Organ.objects.filter(kind="government_office", parent__in=governments, until__isnull=True)
    known = set(
        doing.matter.parties.filter(part="overseer", until__isnull=True).values_list("organ", flat=True)
    )
    for office in offices.order_by("pk"):
        if office.pk not in known:
            add_party(doing.matter, office, "overseer", since=doing.on)


def _party_lines(wanted: Sequence[tuple[Organ, str]]) -> list[tuple[str, str]]:
    by_part: dict[str, list[str]] = {}
    for organ, part in wanted:
        by_part.setdefault(part, []).append(str(organ))
    return [(chinese(f"part.{part}"), "、".join(names)) for part, names in by_part.items()]


def disagree(doing: Doing) -> Done:
    """The letter that tells of it is the same as of other comments; what it is about goes into the record."""
    return Done(record={"view": "disagree"})


def report(doing: Doing) -> Done:
    """The lead answers for the whole: for every item, and for a co-handler that contributed nothing."""
    demand_own_answers(doing)
    silent = silent_partners(doing.matter, doing.party)
    if silent and not str(doing.answers.get("without") or "").strip():
        named = "、".join(str(party) for party in silent)
        raise Incomplete(
            f"还不能{doing.act.name}：{named}还没有提交办理情况。请先催要；确实不再等待的，"
            "在“协办单位没有提交的情况”中写明经过和原因。"
        )
    return Done(record={"without": [party.organ.name for party in silent]})


def silent_partners(matter: Matter, party: Party | None) -> list[Party]:
    """The co-handlers that have not contributed to what this lead reports."""
    if party is None or party.part != "lead":
        return []
    partners = matter.parties.filter(part="co", until__isnull=True).exclude(stage="contributed")
    return list(partners.select_related("organ").order_by("id"))


def send_back(doing: Doing) -> Done:
    """A report sent back has not been made: its term runs on from where it began."""
    parties: Sequence[Party] = doing.answers["parties"]
    if not parties:
        raise Incomplete("请选择退回哪些单位。")
    numbers = [party.pk for party in parties]
    clock.reopen(doing.matter, met_by="report", parties=numbers)
    return Done(lanes=numbers, lines=[("退回", "、".join(str(party) for party in parties))])


def remind(doing: Doing) -> Done:
    """A reminder names what is late, since when, and on what it rests, as it stands on that day."""
    party = doing.party
    late = doing.matter.terms.filter(
        party=party, met_on__isnull=True, dropped=False, paused=False, due_on__lt=doing.on
    )
    term = late.order_by("due_on", "id").first()
    if term is None or term.due_on is None:
        raise Incomplete(f"还不能催办：{party}没有已超期的期限。未到期的，可以电话提醒，不制发催办函。")
    step = {
        "step": term.name,
        "due": term.due_on.isoformat(),
        "basis": term.specification.citation,
    }
    lines = [("超期", f"{term.name}，应于{_day(term.due_on)}完成，已超{(doing.on - term.due_on).days}天")]
    return Done(record={"late": step}, lines=lines)


def inform(doing: Doing) -> Done:
    """From now on the congress's deputies see the matter, and each of them is told."""
    matter = doing.matter
    congress = list(Organ.objects.filter(place=matter.place, kind="congress", until__isnull=True))
    known = set(matter.parties.filter(part="informed", until__isnull=True).values_list("organ", flat=True))
    for organ in congress:
        if organ.pk not in known:
            add_party(matter, organ, "informed", since=doing.on)
    today = timezone.localdate(doing.at)
    deputies = deputies_of([organ.pk for organ in congress], on=today)
    tell(
        deputies,
        key=f"informed:{matter.pk}:{matter.round}",
        text=f"向代表通报处理结果：{matter.title}",
        matter=matter,
        on=today,
    )
    return Done(lines=[("在系统中通报", f"{len(deputies)}名代表")])


def publish(doing: Doing) -> Done:
    doing.matter.published_on = doing.on
    return Done()


def record_vote(doing: Doing) -> Done:
    """The counted ballots and what they mean where the matter is: decided by the place's table, shown with
    its arithmetic."""

    counts: Mapping[str, int] = doing.answers["counts"]
    rule = shipped_law().find("opinion.outcome_threshold", place=doing.matter.place.code, on=doing.on)
    if rule is None or not isinstance(rule.value, Mapping):
        raise Incomplete("还不能登记：本地的规则文件没有规定满意度测评怎样算满意，不能推定。请先补充规定。")
    ratings = Ratings(**{key: count for key, count in counts.items() if key not in ("members", "present")})
    try:
        result = assess(
            ratings,
            Roll(members=counts["members"], present=counts["present"]),
            citation=rule.citation(),
            grading=Grading.from_table(rule.value),
        )
    except WrongCount as wrong:
        raise Incomplete(str(wrong)) from wrong
    conclusion = {outcome.code: outcome.name for outcome in doing.act.outcomes}.get(result.outcome)
    if conclusion is None:
        raise Incomplete(
            f"还不能登记：{result.arithmetic}。本地的规定没有说恰为这一票数时算什么结果，"
            "请主任会议明确后补充规则文件。"
        )
    return Done(
        outcome=result.outcome,
        record={"arithmetic": [result.arithmetic], "conclusion": conclusion, "basis": result.citation},
        lines=[("结果", conclusion), ("计算", result.arithmetic), ("依据", result.citation)],
    )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
