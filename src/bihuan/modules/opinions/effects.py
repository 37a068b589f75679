"""What the acts on an opinion change besides its stage and terms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from bihuan.matters import clock
from bihuan.matters.access import Access
from bihuan.matters.assessing import assess_counts
from bihuan.matters.doing import Doing, Done, Incomplete
from bihuan.matters.effects import demand_own_answers
from bihuan.matters.handing import AGENCY_PARTS, Wanted, join_parties, party_lines, settle_parties
from bihuan.matters.models import Matter, Party
from bihuan.matters.notices import deputies_of, tell
from bihuan.matters.opening import add_party
from bihuan.matters.registry import Effect
from bihuan.people.models import Organ
from bihuan.writers.numbers import NumberError, parse_document_number

_FULL_SESSION = re.compile(r"第.+届.*(?:常务委员会|人大常委会|人民代表大会).*第.+次会议")


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
    wanted: Wanted = doing.answers["parties"]
    parts = [part for _, part in wanted]
    if "lead" not in parts and "separate" not in parts:
        raise Incomplete("还不能交办：没有主办或分办单位，没有单位对报告负责。")
    settle_parties(doing, wanted, among=(*AGENCY_PARTS, "committee"))
    return Done(record={"parties": [[organ.name, part] for organ, part in wanted]}, lines=party_lines(wanted))


def add_agency(doing: Doing) -> Done:
    wanted: Wanted = doing.answers["parties"]
    added = join_parties(doing, wanted, stage="assigned")
    if not added:
        raise Incomplete("您选择的单位都已经是承办单位了。")
    return Done(record={"parties": [[p.organ.name, p.part] for p in added]}, lines=party_lines(wanted))


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


def schedule(doing: Doing) -> Done:
    """A matter is put down for a session to come, and the session named as its papers name it."""
    on: date = doing.answers["session_on"]
    if on < doing.on:
        raise Incomplete(f"会议日期{_day(on)}已经过去。请填写将要举行的会议的日期。")
    if not _FULL_SESSION.search(str(doing.answers["session"])):
        raise Incomplete("请写会议的全称，如“某某县第十七届人民代表大会常务委员会第三十二次会议”。")
    return Done()


def publish(doing: Doing) -> Done:
    """From now on the public reads it, without what somebody confirmed for hiding: `hidden` are (text, instead)."""
    doing.matter.published_on = doing.on
    return Done(lines=[("隐去的文字", f"{len(doing.answers.get('hidden') or ())}处")])


def correct_publication(doing: Doing) -> Done:
    doing.matter.published_on = doing.matter.published_on or doing.on
    return Done(lines=[("隐去的文字", f"{len(doing.answers.get('hidden') or ())}处")])


def take_down(doing: Doing) -> Done:
    doing.matter.published_on = None
    return Done()


def was_published(access: Access, party: Party | None) -> str:
    """Only what has been published can be put right."""
    published = access.matter.deeds.filter(act="publish").exists()
    return "" if published else "还不能更正：这一事项没有公布过。"


def is_published(access: Access, party: Party | None) -> str:
    return "" if access.matter.published_on else "不需要撤下：这一事项现在没有公布。"


def record_vote(doing: Doing) -> Done:
    """The counted ballots and what they mean where the matter is: decided by the place's table, shown with
    its arithmetic."""
    result, conclusion = assess_counts(doing)
    return Done(
        outcome=result.outcome,
        record={"arithmetic": [result.arithmetic], "conclusion": conclusion, "basis": result.citation},
        lines=[("结果", conclusion), ("计算", result.arithmetic), ("依据", result.citation)],
    )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
