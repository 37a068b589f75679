"""Handing over, claiming and refusing, contacts, and the reply with its gate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bihuan.kernel.law import shipped_law
from bihuan.kernel.reply_classes import Outcome
from bihuan.kernel.terms import due_date
from bihuan.matters import clock
from bihuan.matters.doing import Doing, Done, Incomplete
from bihuan.matters.handing import AGENCY_PARTS, join_parties, party_lines, settle_parties
from bihuan.matters.models import Answer, Item, Matter, Party, Promise
from bihuan.matters.opening import add_party, withdraw_party
from bihuan.modules.suggestions.models import Contact, Reply, Suggestion
from bihuan.modules.suggestions.promising import unlisted_promises
from bihuan.modules.suggestions.texts import classes, reply_case, reply_text
from bihuan.people.models import Organ
from bihuan.readers.replies import check_reply


def the_party(doing: Doing) -> Party:
    if doing.party is None:
        raise Incomplete(f"还不能{doing.act.name}：没有确定是哪一方。")
    return doing.party


def hand_over(doing: Doing) -> Done:
    """Settle who handles it: a lead with its co-handlers, or several who each answer for their part."""
    wanted: Sequence[tuple[Organ, str]] = doing.answers["parties"]
    parts = [part for _, part in wanted]
    if "lead" not in parts and "separate" not in parts:
        raise Incomplete("还不能交办：没有主办或分办单位，没有单位负责答复代表。")
    if "lead" in parts and "separate" in parts:
        raise Incomplete("还不能交办：主办和分办不能同时使用。一个单位牵头的用主办、协办；各自答复的用分办。")
    settle_parties(doing, wanted, among=AGENCY_PARTS)
    return Done(record={"parties": [[organ.name, part] for organ, part in wanted]}, lines=party_lines(wanted))


def add_agency(doing: Doing) -> Done:
    wanted: Sequence[tuple[Organ, str]] = doing.answers["parties"]
    added = join_parties(doing, wanted, stage="assigned")
    if not added:
        raise Incomplete("您选择的单位都已经是承办单位了。")
    for party in added:
        clock.begin_started(doing.matter, "add_agency", party, on=doing.on)
    return Done(
        record={"parties": [[party.organ.name, party.part] for party in added]},
        lines=party_lines([(party.organ, party.part) for party in added]),
    )


def refuse(doing: Doing) -> Done:
    """Not ours, in time; where the place takes no late refusals, the term's end ends the right."""
    rule = shipped_law().find(
        "suggestion.refuse_late", place=doing.matter.place.code, on=doing.matter.opened_on
    )
    late = doing.matter.terms.filter(
        kind="claim", party=doing.party, met_on__isnull=True, dropped=False, due_on__lt=doing.on
    )
    if rule is not None and not rule.table.get("accepted", True) and late.exists():
        raise Incomplete(
            f"不能提出：提出不属于本单位的期限已过，逾期不再受理（{rule.citation()}）。请签收后办理。"
        )
    return Done(lines=[("建议改由", doing.answers["instead"])])


def uphold(doing: Doing) -> Done:
    """The agency must claim it after all, within the same period counted from the ruling."""
    party = the_party(doing)
    clock.reopen(doing.matter, met_by="claim", parties=[party.pk])
    rule = shipped_law().find("suggestion.refuse", place=doing.matter.place.code, on=doing.matter.opened_on)
    term = doing.matter.terms.filter(kind="claim", party=party, met_on__isnull=True, dropped=False).first()
    if rule is not None and term is not None:
        _extend_by(doing, term, start=doing.on, key="suggestion.refuse", reason="裁定仍由其承办")
    return Done()


def reassign(doing: Doing) -> Done:
    """Another agency takes the part; what the former did stays in the record."""
    party, organ = the_party(doing), doing.answers["instead"]
    if organ.pk == party.organ_id:
        raise Incomplete(f"{organ}就是现在的承办单位。请选择另一个单位。")
    if doing.matter.parties.filter(organ=organ, part__in=AGENCY_PARTS, until__isnull=True).exists():
        raise Incomplete(f"{organ}已经是这件建议的承办单位。")
    clock.meet(doing.matter, "reassign", party, on=doing.on)
    withdraw_party(party, until=doing.on)
    new = add_party(doing.matter, organ, party.part, since=doing.on, stage="assigned")
    clock.begin_started(doing.matter, "reassign", new, on=doing.on)
    return Done(
        record={"from": party.organ.name, "to": organ.name},
        lines=[("原承办单位", str(party.organ)), ("改由", str(organ))],
    )


def mark_hard(doing: Doing) -> Done:
    """The reply's term becomes that of wide or hard matters, counted from the same handover."""
    running = doing.matter.terms.filter(kind="reply", met_on__isnull=True, dropped=False).select_related(
        "party__organ", "party__person"
    )
    if not running:
        raise Incomplete("没有正在计算的答复期限，不需要明确。")
    lines = []
    for term in running:
        handed = doing.matter.deeds.filter(act__in=("hand_over", "reassign", "add_agency"), on__lte=doing.on)
        start = handed.filter(on__gte=term.party.since).order_by("on").first() if term.party else None
        due = _extend_by(
            doing,
            term,
            start=start.on if start else doing.on,
            key="suggestion.reply_hard",
            reason=f"办理难度大：{doing.answers['reason'].rstrip('。')}",
        )
        lines.append((str(term.party), f"答复期限延至{due.year}年{due.month}月{due.day}日"))
    return Done(lines=lines)


def _extend_by(doing: Doing, term: Any, *, start: date, key: str, reason: str) -> date:
    """Extend a term to where another rule's period, counted from `start`, ends."""
    rule = shipped_law().rule(key, place=doing.matter.place.code, on=doing.matter.opened_on)
    due = due_date(start=start, period=rule.period, calendar=clock.current_calendar())
    if due.on is None:
        raise Incomplete(f"不能计算“{rule.name}”的到期日。")
    because = f"{reason}（{rule.citation()}）"
    clock.extend(term, to=due.on, reason=because, by=doing.actor.stamp(doing.post), on=doing.on)
    return due.on


def unmark_hard(doing: Doing) -> Done:
    """What was granted for being hard falls away; other extensions stay."""
    for term in doing.matter.terms.filter(kind="reply", met_on__isnull=True, dropped=False):
        clock.withdraw_extensions(term, beginning="办理难度大：")
    return Done()


# --- contacts


def contact(doing: Doing) -> Done:
    """One record for each deputy spoken with, so that each can see and deny it."""
    party, given = the_party(doing), doing.answers
    deputies: Sequence[Party] = given["deputies"]
    if not deputies:
        raise Incomplete("请选择与哪些代表联系。")
    for deputy in deputies:
        Contact.objects.create(
            matter=doing.matter,
            party=party,
            deputy=deputy,
            round=doing.matter.round,
            phase=given["phase"],
            channel=given["channel"],
            on=doing.on,
            who=given["who"],
            result=given["result"],
        )
    return Done(lines=[("代表", "、".join(str(deputy) for deputy in deputies))])


def deny_contact(doing: Doing) -> Done:
    deputy = the_party(doing)
    denied = Contact.objects.filter(
        pk=doing.answers["contact"], deputy=deputy, denied_on__isnull=True
    ).first()
    if denied is None:
        raise Incomplete("没有找到这次联系，或者您已经说明过了。")
    denied.denied_on, denied.denial = doing.on, doing.answers.get("text") or ""
    denied.save(update_fields=["denied_on", "denial"])
    when = f"{denied.on.year}年{denied.on.month}月{denied.on.day}日"
    return Done(lines=[("没有这次联系", f"{when}，{denied.party}登记的{denied.who}")])


# --- the reply


def draft_reply(doing: Doing) -> Done:
    """Keep another version, and what the gate finds in it."""
    party, given = the_party(doing), doing.answers["reply"]
    if not any(answer["text"].strip() for answer in given["answers"]):
        raise Incomplete("还没有写任何一项的答复。")
    last = latest(doing.matter, party)
    reply = Reply.objects.create(
        matter=doing.matter,
        party=party,
        round=doing.matter.round,
        version=last.version + 1 if last else 1,
        **given,
    )
    found = hold_against(reply, on=doing.on)
    stops = sum(1 for each in found if each["severity"] == "stop")
    return Done(
        record={"version": reply.version, "objections": [each["code"] for each in found]},
        lines=[
            ("版本", f"第{reply.version}稿"),
            ("检查", f"必须修改{stops}处，请核对{len(found) - stops}处"),
        ],
    )


def latest(matter: Matter, party: Party) -> Reply | None:
    """The party's newest version in this round."""
    return matter.replies.filter(party=party, round=matter.round).order_by("-version").first()


def hold_against(reply: Reply, *, on: date) -> list[dict[str, Any]]:
    """Run the gate over a version and keep what it found with it."""
    text = reply_text(reply, quoting=False)
    found = [
        {
            "code": each.code,
            "severity": each.severity,
            "explanation": each.explanation,
            "mend": each.mend,
            "quote": text[each.at.start : each.at.end][:120],
            "other": each.other,
        }
        for each in check_reply(reply_case(reply, text=text))
    ]
    if not _spoken_with(reply):
        found.append(
            {
                "code": "no_contact_record",
                "severity": "stop",
                "explanation": "没有与领衔代表联系的记录，或者代表说明没有这次联系。",
                "mend": "先与代表当面或电话沟通，并登记联系情况，再答复。",
                "quote": "",
                "other": "",
            }
        )
    found += [*_overstated(reply), *_unlisted(reply, on=on)]
    reply.objections = found
    reply.save(update_fields=["objections"])
    return found


def _overstated(reply: Reply) -> list[dict[str, Any]]:
    """A class that says solved, over a demand the agency itself does not call solved."""
    said = classes(reply.matter).get(reply.result_class)
    open_ones = [answer for answer in reply.answers if answer.get("result") not in ("", None, "solved")]
    if said is None or not said.is_done or not open_ones:
        return []
    return [
        {
            "code": "class_over_demands",
            "severity": "stop",
            "explanation": f"类别是{said.letter}类（{said.name}），但有{len(open_ones)}项建议的结果不是“已解决”。",
            "mend": "如实选择类别，或者把没有解决的写清楚。",
            "quote": "",
            "other": "",
        }
    ]


def _unlisted(reply: Reply, *, on: date) -> list[dict[str, Any]]:
    """What the text promises and the list lacks: each promise becomes a record, so each must stand there."""
    return [
        {
            "code": "promise_unlisted",
            "severity": "ask",
            "explanation": "文中写了将要做的事，没有列入承诺清单。",
            "mend": "是承诺的，列入清单，写明责任人和时限；不是承诺的，不必改。",
            "quote": each["text"],
            "other": "",
        }
        for each in unlisted_promises(reply, on=on)
    ]


def _spoken_with(reply: Reply) -> bool:
    """A reply counts only where the lead deputy was spoken with and does not deny it."""
    lead = reply.matter.parties.filter(part="mover").first()
    return Contact.objects.filter(
        matter=reply.matter, party=reply.party, deputy=lead, round=reply.round, denied_on__isnull=True
    ).exists()


def submit_reply(doing: Doing) -> Done:
    """What goes up for approval exists, is checked, and its faults are named to whoever approves."""
    party = the_party(doing)
    reply = latest(doing.matter, party)
    if reply is None:
        raise Incomplete("还不能送审：没有起草答复。")
    stops = _stops(hold_against(reply, on=doing.on))
    if stops and not doing.answers.get("note"):
        raise Incomplete(
            "还不能送审：" + _named(stops) + "请先修改；确实不必修改的，在“说明”中写明原因再送。"
        )
    return Done(record={"version": reply.version}, lines=[("送审", f"第{reply.version}稿")])


def _stops(found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for each in found if each["severity"] == "stop"]


def _named(stops: Sequence[dict[str, Any]]) -> str:
    return "".join(f"（{number}）{each['explanation']}" for number, each in enumerate(stops, start=1))


def sign_reply(doing: Doing) -> Done:
    """The chief's word: the version that is signed is the reply; its promises become records."""
    party = the_party(doing)
    reply = latest(doing.matter, party)
    if reply is None:
        raise Incomplete("还不能签发：没有起草答复。")
    stops, reason = _stops(hold_against(reply, on=doing.on)), doing.answers.get("overrule") or ""
    if stops and not reason:
        raise Incomplete("还不能签发：" + _named(stops) + "请退回修改；不修改而签发的，须写明理由。")
    reply.overruled = reason if stops else ""
    reply.signed_on, reply.number = doing.on, doing.answers.get("number") or ""
    reply.save(update_fields=["overruled", "signed_on", "number"])
    _keep_answers(reply)
    undated = _keep_promises(reply)
    suggestion: Suggestion = doing.matter.suggestion
    suggestion.result_class = least(doing.matter)
    suggestion.save(update_fields=["result_class"])
    lines = [
        ("类别", f"{reply.result_class}类"),
        ("承诺", f"{len(reply.promises)}项，其中没有时限{undated}项"),
    ]
    if reply.overruled:
        lines.append(("不按检查意见修改", _named(stops)))
    return Done(
        record={
            "version": reply.version,
            "class": reply.result_class,
            "overruled": [each["code"] for each in stops] if reply.overruled else [],
        },
        lines=lines,
    )


_MEANS = {Outcome.DONE: "solved", Outcome.DOING: "staged", Outcome.PLANNED: "planned"}


def _result(reply: Reply, answer: dict[str, Any]) -> str:
    """What the agency says of one demand, else what its class says at worst."""
    said = classes(reply.matter)[reply.result_class]
    worst = Outcome.DONE if said.is_done else next(m for m in said.means if m is not Outcome.DONE)
    return str(answer.get("result") or _MEANS.get(worst, "open"))


def _keep_answers(reply: Reply) -> None:
    """Answered is not solved: each demand's answer bears its own result."""
    items = {item.pk: item for item in Item.objects.filter(matter=reply.matter)}
    for answer in reply.answers:
        Answer.objects.update_or_create(
            matter=reply.matter,
            item=items[answer["item"]],
            party=reply.party,
            round=reply.round,
            defaults={"result": _result(reply, answer), "text": answer["text"]},
        )


def _keep_promises(reply: Reply) -> int:
    """Each promise of the reply becomes a record; how many of them have no date."""
    for each in reply.promises:
        due_on = date.fromisoformat(each["due_on"]) if each.get("due_on") else None
        Promise.objects.create(
            matter=reply.matter,
            party=reply.party,
            round=reply.round,
            text=each["text"],
            person=each.get("person") or reply.contact or str(reply.party.organ),
            quantity=each.get("quantity", ""),
            due_on=due_on,
            next_check_on=due_on,
        )
    return sum(1 for each in reply.promises if not each.get("due_on"))


def least(matter: Matter) -> str:
    """Of the classes of all signed replies of this round the one that settles least: no agency's better class
    hides another's worse one. The place's table stands in that order."""
    order = list(classes(matter))
    letters = matter.replies.filter(round=matter.round, signed_on__isnull=False).values_list(
        "result_class", flat=True
    )
    return max(letters, key=order.index, default="")
