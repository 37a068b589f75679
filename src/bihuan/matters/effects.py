"""Effects that every kind of matter can use: plans, progress, answers, and the changes to a running term.

An effect checks what the declaration cannot know, writes what the act changes besides stage and terms, and
says what the timeline should tell. It never sets a stage: that is `perform`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from bihuan.library.models import Document
from bihuan.matters import clock
from bihuan.matters.access import visible_matters
from bihuan.matters.conditions import duty
from bihuan.matters.doing import Doing, Done, Incomplete
from bihuan.matters.models import Answer, Item, Matter, Party, Promise, Term
from bihuan.matters.opening import link_matters

RESULTS = (("solved", "已解决"), ("staged", "分期解决中"), ("planned", "列入计划"), ("open", "未解决"))
STATES = (
    (Promise.OPEN, "未完成"),
    (Promise.STAGED, "分期推进"),
    (Promise.KEPT, "已完成"),
    (Promise.BROKEN, "未兑现"),
    (Promise.WITHDRAWN, "已调整取消"),
)


def items_to_answer(matter: Matter) -> list[Item]:
    """The items that must each be answered: problems and suggestions, without their parts."""
    return list(matter.items.filter(parent__isnull=True, kind__in=("problem", "suggestion")))


def label(item: Item) -> str:
    """How a person speaks of an item: 问题1, 建议2."""
    kind = {"problem": "问题", "suggestion": "建议"}.get(item.kind, "要求")
    return f"{kind}{item.ordinal}"


def short(text: str) -> str:
    """Enough of a text to know it by, with the sign that it goes on."""
    return text if len(text) <= 30 else f"{text[:29]}…"


def _the_party(doing: Doing) -> Party:
    if doing.party is None:
        raise Incomplete(f"还不能{doing.act.name}：没有确定是哪个承办单位。")
    return doing.party


# --- the plan and what became of it


def plan_measures(doing: Doing) -> Done:
    """Each item gets its measures, each measure its person. A lead answers for all items, others for theirs."""
    party = _the_party(doing)
    measures = doing.answers["measures"]
    items = {item.pk: item for item in items_to_answer(doing.matter)}
    planned = {measure["item"] for measure in measures}
    missing = [item for pk, item in items.items() if pk not in planned] if party.part == "lead" else []
    if missing:
        named = "、".join(label(item) for item in missing)
        raise Incomplete(
            f"还不能{doing.act.name}：{named}没有措施。请逐项填写；确实无法办理的，写明原因和替代措施。"
        )
    if not measures:
        raise Incomplete(f"还不能{doing.act.name}：一项措施也没有。")
    past = [measure for measure in measures if measure.get("due_on") and measure["due_on"] < doing.on]
    if past:
        raise Incomplete(
            f"还不能{doing.act.name}：措施“{short(past[0]['text'])}”的完成时限{_day(past[0]['due_on'])}已经过去。"
            "请改为今后的日期；已经完成的，时限留空，在“填报进展”中登记完成并附佐证。"
        )
    for measure in measures:
        Promise.objects.create(
            matter=doing.matter,
            party=party,
            item=items[measure["item"]],
            round=doing.matter.round,
            text=measure["text"],
            person=measure["person"],
            quantity=measure.get("quantity", ""),
            due_on=measure.get("due_on"),
            next_check_on=measure.get("due_on"),
        )
    undated = sum(1 for measure in measures if not measure.get("due_on"))
    lines = [("措施", f"{len(measures)}项，对应{len(planned)}个问题和建议")]
    if undated:
        lines.append(("没有时限的措施", f"{undated}项"))
    return Done(lines=lines)


def report_progress(doing: Doing) -> Done:
    """State and evidence of each measure, by its agency."""
    return _tell_promises(doing, _the_party(doing).promises.filter(round=doing.matter.round))


def look_back(doing: Doing) -> Done:
    """The office finds out what became of the promises, closed matter or not."""
    return _tell_promises(doing, doing.matter.promises.all())


def _tell_promises(doing: Doing, told: QuerySet[Promise]) -> Done:
    """Kept needs evidence; nothing is kept by being said so."""
    promises = {promise.pk: promise for promise in told.select_related("item")}
    lines: list[tuple[str, str]] = []
    handed_in: list[Document] = []
    for report in doing.answers["measures"]:
        promise = promises[report["promise"]]
        evidence: Sequence[Document] = report.get("evidence") or ()
        if report["state"] == Promise.KEPT and not evidence and not promise.evidence.exists():
            raise Incomplete(
                f"措施“{short(promise.text)}”不能填“已完成”：还没有佐证材料。请附上照片或文件，或改填“分期推进”。"
            )
        promise.state, promise.progress = report["state"], report["progress"]
        promise.next_check_on = report.get("next_check_on") or promise.next_check_on
        promise.save(update_fields=["state", "progress", "next_check_on"])
        promise.evidence.add(*evidence)
        handed_in += evidence
        about = label(promise.item) if promise.item else "措施"
        lines.append((about, f"{short(promise.text)}：{dict(STATES)[promise.state]}"))
    if not lines:
        raise Incomplete(f"还不能{doing.act.name}：没有填写任何一项措施的进展。")
    return Done(lines=lines, documents=handed_in)


def answer_items(doing: Doing) -> Done:
    """What is reported on each item. 'Solved' is refused while one of its measures is not kept."""
    party = _the_party(doing)
    items = {item.pk: item for item in items_to_answer(doing.matter)}
    unfinished = {
        promise.item_id: promise
        for promise in party.promises.filter(round=doing.matter.round).exclude(
            state__in=(Promise.KEPT, Promise.WITHDRAWN)
        )
    }
    given = doing.answers["answers"]
    for answer in given:
        item = items[answer["item"]]
        pending = unfinished.get(item.pk)
        if answer["result"] == "solved" and pending is not None:
            raise Incomplete(
                f"{label(item)}不能填“已解决”：措施“{short(pending.text)}”还没有完成。"
                "请先在“填报进展”中如实登记，或选择“分期解决中”。"
            )
        Answer.objects.update_or_create(
            matter=doing.matter,
            item=item,
            party=party,
            round=doing.matter.round,
            defaults={"result": answer["result"], "text": answer["text"]},
        )
    if not given:
        raise Incomplete(f"还不能{doing.act.name}：没有填写任何一项。")
    return Done(lines=[(label(items[a["item"]]), dict(RESULTS)[a["result"]]) for a in given])


def demand_own_answers(doing: Doing) -> Done:
    """Before a party's outcome leaves its house, everything it answers for has an answer."""
    party = _the_party(doing)
    missing = unanswered(doing.matter, party=party)
    if missing:
        named = "、".join(label(item) for item in missing)
        raise Incomplete(f"还不能{doing.act.name}：{named}没有处理结果。请先“逐项填写处理结果”。")
    _demand_live_measures(doing, party)
    return Done()


def _demand_live_measures(doing: Doing, party: Party) -> None:
    """'Staged' says that work goes on: refused where every measure of the item has been withdrawn."""
    states: dict[int | None, list[str]] = {}
    for item, state in party.promises.filter(round=doing.matter.round).values_list("item", "state"):
        states.setdefault(item, []).append(state)
    staged = party.answers.filter(round=doing.matter.round, result="staged").select_related("item")
    idle = [
        label(answer.item) for answer in staged if set(states.get(answer.item_id, ())) == {Promise.WITHDRAWN}
    ]
    if idle:
        raise Incomplete(
            f"还不能{doing.act.name}：{'、'.join(idle)}填的是“分期解决中”，措施却都已调整取消。"
            "请改填“列入计划”或“未解决”，说明原因。"
        )


def unanswered(matter: Matter, *, party: Party | None = None) -> list[Item]:
    """The items without an answer in this round: from anybody, or from one party. A separate handler answers
    for what it planned, everybody else for all."""
    items = items_to_answer(matter)
    answers = matter.answers.filter(round=matter.round)
    if party is not None:
        answers = answers.filter(party=party)
        if party.part != "lead":
            own = set(party.promises.filter(round=matter.round).values_list("item", flat=True))
            items = [item for item in items if item.pk in own]
    answered = set(answers.values_list("item", flat=True))
    return [item for item in items if item.pk not in answered]


def demand_all_answers(doing: Doing) -> Done:
    """The office lets a report pass only when every item has an answer from somebody."""
    missing = unanswered(doing.matter)
    if missing:
        named = "、".join(label(item) for item in missing)
        raise Incomplete(f"还不能{doing.act.name}：{named}没有处理结果。请退回承办单位补充。")
    counts = {
        name: doing.matter.answers.filter(round=doing.matter.round, result=code).count()
        for code, name in RESULTS
    }
    return Done(
        lines=[("处理结果", "，".join(f"{name}{count}项" for name, count in counts.items() if count))]
    )


def relate(doing: Doing) -> Done:
    """Tie the matter to another one the person may see; each link once."""
    number = doing.answers["number"].strip().upper()
    other = visible_matters(doing.actor).filter(number=number).first()
    if other is None:
        raise Incomplete(f"没有找到编号为“{number}”的事项，或者您不能查看它。请核对编号。")
    if other.pk == doing.matter.pk:
        raise Incomplete("不能与自己关联。")
    link_matters([doing.matter, other], kind=doing.answers["kind"])
    return Done(record={"other": other.number}, lines=[("关联", str(other))])


def remind_late(doing: Doing) -> Done:
    """A reminder names what is late, since when, and on what it rests, as it stands on that day."""
    party = _the_party(doing)
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


# --- changes to a running term


def _running(doing: Doing, pk: int) -> Term:
    term = doing.matter.terms.filter(pk=pk, met_on__isnull=True, dropped=False).first()
    if term is None:
        raise Incomplete("您选择的期限已经不在计算之中（已经履行，或事项已经变化）。请刷新后重新选择。")
    return term


def ask_extension(doing: Doing) -> Done:
    """An agency asks for more time for one of its own terms; nothing moves until it is granted."""
    party, term = _the_party(doing), _running(doing, doing.answers["term"])
    until: date = doing.answers["until"]
    if term.party_id != party.pk:
        raise Incomplete("只能为本单位的期限申请延期。")
    if term.due_on is not None and until <= term.due_on:
        raise Incomplete(f"申请延至的日期不晚于现在的到期日（{_day(term.due_on)}），不需要延期。")
    return Done(record={"term": term.pk}, lines=[("期限", f"{term.name}，现到期日{_day(term.due_on)}")])


def grant_extension(doing: Doing) -> Done:
    party = _the_party(doing)
    term = _asked_term(doing, party)
    if term.met_on is not None or term.dropped:
        raise Incomplete(f"不需要延期：“{term.name}”已经履行或者不再计算。请用“不同意延期”了结这一申请。")
    until: date = doing.answers["until"]
    if term.due_on is not None and until <= term.due_on:
        raise Incomplete(f"延至的日期不晚于现在的到期日（{_day(term.due_on)}）。")
    reason = doing.answers["reason"].rstrip("。")  # it stands in brackets in the reckoning
    clock.extend(term, to=until, reason=reason, by=doing.actor.stamp(doing.post), on=doing.on)
    return Done(
        record={"term": term.pk, "granted": True, "before": term.due_on.isoformat() if term.due_on else None},
        lines=[("期限", f"{term.name}：{_day(term.due_on)} → {_day(until)}")],
    )


def refuse_extension(doing: Doing) -> Done:
    """The date stays. Open even when the term has been met meanwhile: every request gets its answer."""
    term = _asked_term(doing, _the_party(doing))
    return Done(
        record={
            "term": term.pk,
            "granted": False,
            "before": term.due_on.isoformat() if term.due_on else None,
        },
        lines=[("期限", f"{term.name}仍为{_day(term.due_on)}")],
    )


def _asked_term(doing: Doing, party: Party) -> Term:
    """The term of the party's last request."""
    asked = doing.matter.deeds.filter(act="ask_extension", party=party).order_by("-seq").first()
    if asked is None:
        raise Incomplete("没有找到延期申请。")
    return doing.matter.terms.get(pk=int(asked.answers["term"]))


def settle_term(doing: Doing) -> Done:
    """A person says what the paper left open, and why; the clock cites them."""
    term = _running(doing, doing.answers["term"])
    if term.due_on is not None:
        raise Incomplete(f"“{term.name}”已经有到期日（{_day(term.due_on)}）。要改动，请用延期。")
    day: date = doing.answers["day"]
    by = doing.actor.stamp(doing.post)
    clock.settle(
        doing.matter, term, day=day, citation=f"{by}于{_day(doing.on)}明确：{doing.answers['reason']}"
    )
    return Done(record={"term": term.pk}, lines=[("期限", term.name)])


def pause_term(doing: Doing) -> Done:
    term = _running(doing, doing.answers["term"])
    if term.paused:
        raise Incomplete(f"“{term.name}”已经中止计算。")
    clock.pause(term, since=doing.on, reason=doing.answers["reason"], by=doing.actor.stamp(doing.post))
    return Done(record={"term": term.pk}, lines=[("期限", term.name)])


def resume_term(doing: Doing) -> Done:
    term = _running(doing, doing.answers["term"])
    if not term.paused:
        raise Incomplete(f"“{term.name}”没有中止计算。")
    since = date.fromisoformat(term.pauses[-1]["since"])
    if doing.on < since:
        raise Incomplete(f"恢复日期{_day(doing.on)}早于中止日期{_day(since)}。请核对日期。")
    clock.resume(term, until=doing.on)
    return Done(record={"term": term.pk}, lines=[("期限", term.name)])


def fulfil(doing: Doing) -> Done:
    """A duty the paper sets is done; a term of a step is met by that step alone."""
    term = _running(doing, doing.answers["term"])
    if not duty(term):
        raise Incomplete(f"“{term.name}”不能这样登记：请办理相应的步骤。")
    clock.fulfil(term, on=doing.on)
    return Done(record={"term": term.pk}, lines=[("义务", term.name)])


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "待定"
