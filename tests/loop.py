"""One opinion (or resolution) of the demo place and the people who act on it, a line an act.

loop = Loop(cast)
loop.act("hand_over")          # whoever may first does it, with answers that suffice
loop.act("report", "government", on=date(2026, 6, 1), adopted="已采纳。")
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from bihuan.kernel.period import Period
from bihuan.kernel.permission import Allowed
from bihuan.kernel.procedure import Procedure
from bihuan.kernel.terms import AfterStep, OnEvent, TermSpec, Undefined
from bihuan.ledger.models import Entry
from bihuan.matters.access import Access, stand_to
from bihuan.matters.effects import items_to_answer
from bihuan.matters.models import Deed, Matter, Party, Term
from bihuan.matters.opening import ItemDraft, open_matter
from bihuan.matters.perform import perform
from bihuan.modules.opinions.models import Opinion
from bihuan.modules.opinions.procedure import OPINION
from bihuan.modules.opinions.wording import CLOSED, PASSED
from bihuan.people.actors import Actor
from bihuan.people.demo import Cast

PASSED_ON = date(2026, 3, 27)
TITLE = "临溪县人民代表大会常务委员会关于全县河道管护情况报告的审议意见"
SESSION = "临溪县第十七届人民代表大会常务委员会第三十次会议"
ITEMS = (
    ItemDraft(kind="problem", ordinal=1, text="支流巡河记录不全"),
    ItemDraft(kind="problem", ordinal=2, text="管护经费分散在几个部门"),
    ItemDraft(kind="suggestion", ordinal=1, text="按河段公布责任人和举报电话"),
)
CITATION = "《关于全县河道管护情况报告的审议意见》"
SENT = TermSpec(
    code="consult",
    name="送征求意见",
    anchor=OnEvent(event=PASSED, on=PASSED_ON),
    period=Period.parse("P2M"),
    citation=CITATION,
    wording="会后两个月内将处理情况送委员会征求意见",
)
REPORTED = TermSpec(
    code="report",
    name="书面报告",
    anchor=AfterStep(step="comment", name="委员会反馈意见"),
    period=Period.parse("P1M"),
    citation=CITATION,
    wording="征求意见后，在一个月内提出书面报告",
)
TOLD = TermSpec(
    code="inform",
    name="通报代表",
    anchor=Undefined(wording="随后"),
    citation=CITATION,
    wording="随后向本级人大代表通报",
)
# Who of each organ does what, in the order tried.
PEOPLE = (
    "huangdeming", "luojing", "chenguoping", "linyue", "zhouwentao", "zhangmin", "dengxiuying", "panwei",
    "xiaofei", "tangzhiyuan", "liangbo", "mozhongping", "weishaojun", "zengqinghai", "tianye", "leizhigang",
    "haoyongnian", "renjie", "jinhai", "guchangming", "penglei", "dongzhenhua", "fushengli",
)  # fmt: skip
Parties = Sequence[tuple[str, str]]  # an organ's code in the cast, its part


def moment(day: date, hour: int = 10) -> datetime:
    """A moment of that day, in Beijing time."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


class Loop:
    """A matter and its people. Days pass only as the test says: `today` is the day of the last act."""

    def __init__(
        self,
        cast: Cast,
        *,
        procedure: Procedure = OPINION,
        agencies: Parties = (("government", "lead"),),
        committee: str | None = "finance",
        office: str = "rural",
        items: Sequence[ItemDraft] = ITEMS,
        terms: Sequence[TermSpec] = (SENT, REPORTED, TOLD),
        opened_on: date = PASSED_ON,
        title: str = TITLE,
    ) -> None:
        self.cast, self.agencies, self.committee, self.today = cast, agencies, committee, opened_on
        organs = cast.organs
        parties = [(organs[office], "office"), (organs["council"], "council")]
        parties.append((organs["standing_committee"], "informed"))
        if procedure.lane_parts:
            parties += [(organs[code], part) for code, part in agencies[:1]]
        if committee:
            parties.append((organs[committee], "committee"))
        self.matter = open_matter(
            procedure=procedure,
            place=cast.place,
            title=title,
            opened_on=opened_on,
            parties=parties,
            items=items,
            terms=terms,
            events={PASSED: opened_on, CLOSED: opened_on},
            actor=cast.actor("zhangmin", on=opened_on),
            at=moment(opened_on, 9),
        )
        Opinion.objects.create(
            matter=self.matter, session=SESSION, passed_on=opened_on, paragraphs=["会议认为，工作有进展。"]
        )

    def actor(self, username: str) -> Actor:
        """The person as of today."""
        return self.cast.actor(username, on=self.today)

    def access(self, username: str) -> Access:
        """How the person stands to the matter today."""
        self.matter.refresh_from_db()
        return stand_to(self.actor(username), self.matter)

    def party(self, organ: str, part: str | None = None) -> Party:
        """The organ's present part."""
        mine = self.matter.parties.filter(organ=self.cast.organs[organ], until__isnull=True)
        return (mine.filter(part=part) if part else mine.exclude(stage="")).get()

    def act(
        self,
        code: str,
        organ: str | None = None,
        *,
        by: str | None = None,
        on: date | None = None,
        days: int = 1,
        answer_on: date | None = None,
        seen_version: int | None = None,
        **chosen: Any,
    ) -> Entry:
        """Do the act `days` after the last one (or on a day), by whoever may (or by somebody named).

        `answer_on` is what the person says under 办理日期, where that is another day.
        """
        self.today = on or self.today + timedelta(days=days)
        self.matter.refresh_from_db()
        party = self.party(organ) if organ else None
        username = by or self.whoever_may(code, party)
        answers = answers_for(self, code, party) | chosen | ({"on": answer_on} if answer_on else {})
        return perform(
            self.matter,
            code,
            actor=self.actor(username),
            answers=answers,
            at=moment(self.today),
            party=party,
            seen_version=seen_version,
        )

    def whoever_may(self, code: str, party: Party | None = None) -> str:
        """Somebody of the cast to whom the act is open now; huangdeming, who will be refused, if nobody."""
        act, number = self.matter.procedure.act(code), party.pk if party else None
        able = (u for u in PEOPLE if isinstance(self.access(u).verdict(act, party=number), Allowed))
        return next(able, "huangdeming")

    def to(self, stage: str) -> Loop:
        """Walk the shortest way until the matter is at the stage."""
        self.matter.refresh_from_db()
        while self.matter.stage != stage:
            self._step()
            self.matter.refresh_from_db()
        return self

    def lane_to(self, stage: str, organ: str | None = None) -> Loop:
        """Walk one agency's lane (the first's) until it is at the stage."""
        organ = organ or self.agencies[0][0]
        if self.stage() == "registered":
            self.act("hand_over")
        while self.party(organ).stage != stage:
            self._lane_step(organ)
        return self

    def _step(self) -> None:
        stage = self.matter.stage
        if stage == "handling":
            for organ, _ in self.agencies:
                if self.party(organ).stage not in ("reported", "contributed"):
                    self._lane_step(organ)
        else:
            self.act(STEPS[stage])

    def _lane_step(self, organ: str) -> None:
        party = self.party(organ)
        if party.stage != "carrying":
            self.act(LANE_STEPS[party.stage], organ)
            return
        self.act("answer", organ)
        direct = "contribute" if party.part == "co" else "consult" if self.committee else "report_directly"
        self.act(direct, organ)

    # --- what the record says

    def entries(self) -> list[Entry]:
        return list(Entry.objects.filter(subject=self.matter.subject).order_by("seq"))

    def stage(self) -> str:
        self.matter.refresh_from_db()
        return self.matter.stage

    def term(self, kind: str, organ: str | None = None) -> Term:
        """The matter's only running or met term of the kind in its present round."""
        self.matter.refresh_from_db()
        terms = self.matter.terms.filter(kind=kind, round=self.matter.round, dropped=False)
        return terms.get(party=self.party(organ)) if organ else terms.get()

    def last(self) -> Deed:
        deed = self.matter.deeds.order_by("-seq").first()
        assert deed is not None
        return deed


STEPS = {
    "registered": "hand_over",
    "checking": "pass_check",
    "informing": "inform",
    "publishing": "publish",
    "settling": "schedule",
    "hearing": "vote",
    "owing": "finish",
}
LANE_STEPS = {
    "assigned": "receive",
    "planning": "plan",
    "consulting": "comment",
    "reporting": "report",
}
SATISFIED = {"members": 35, "present": 33, "satisfied": 30, "basically": 2, "dissatisfied": 1}
DISSATISFIED = {"members": 35, "present": 33, "satisfied": 5, "basically": 5, "dissatisfied": 23}


def votes(counts: Mapping[str, int]) -> dict[str, int]:
    """A full count: nobody abstained, no ballot void."""
    return {**counts, "abstained": 0, "void": 0}


def measures(matter: Matter) -> list[dict[str, Any]]:
    """One measure for each item."""
    return [
        {"item": item.pk, "text": f"落实：{item.text}", "person": "肖飞", "quantity": "", "due_on": None}
        for item in items_to_answer(matter)
    ]


def answers_for(loop: Loop, code: str, party: Party | None) -> dict[str, Any]:
    """Answers with which the act can be done now."""
    matter, organs = loop.matter, loop.cast.organs
    running = matter.terms.filter(met_on__isnull=True, dropped=False).order_by("due_on", "id")
    own = running.filter(party=party) if party else running
    later = loop.today + timedelta(days=400)

    def first(**which: Any) -> int | None:
        return own.filter(**which).values_list("pk", flat=True).first()

    match code:
        case "hand_over":
            parties = [(organs[organ], part) for organ, part in loop.agencies]
            return {"parties": parties + ([(organs[loop.committee], "committee")] if loop.committee else [])}
        case "add_agency":
            return {"parties": [(organs["water"], "co")], "reason": "涉及水利工程。"}
        case "plan":
            return {"measures": measures(matter)}
        case "progress":
            mine = party.promises.filter(round=matter.round) if party else ()
            return {"measures": [{"promise": p.pk, "state": "staged", "progress": "过半。"} for p in mine]}
        case "answer":
            items = items_to_answer(matter)
            return {"answers": [{"item": i.pk, "result": "staged", "text": "已办一半。"} for i in items]}
        case "disagree":
            return {"text": "措施没有写明数量，请重新研究。"}
        case "comment":
            return {"view": "amend", "text": "请补充经费数额。"}
        case "report":
            return {"adopted": "已采纳并补充。", "without": "催要两次，未提交。"}
        case "report_directly":
            return {"without": "催要两次，未提交。"}
        case "send_back":
            return {"parties": list(matter.parties.filter(stage="reported")), "reason": "数据不全。"}
        case "inform":
            return {"by_whom": "县人大常委会"}
        case "publish":
            return {"summary": "处理结果已核对，现予公布。", "hidden": []}
        case "correct_publication":
            return {"summary": "更正后的说明。", "hidden": [], "reason": "原文有误。"}
        case "schedule":
            return {"session": SESSION, "session_on": later}
        case "vote":
            return {"counts": votes(SATISFIED), "scrutineers": "郑凯"}
        case "remind":
            return {"degree": "first", "asked": "请尽快办理。"}
        case "ask_extension":
            return {"term": first(due_on__isnull=False, paused=False), "until": later, "reason": "汛期。"}
        case "grant_extension":
            return {"until": later, "reason": "情况属实。"}
        case "settle_term":
            return {"term": first(due_on__isnull=True), "day": later, "reason": "主任会议研究确定。"}
        case "pause_term":
            return {"term": first(paused=False), "reason": "等待上级批复。"}
        case "resume_term":
            return {"term": first(paused=True)}
        case "fulfil":
            return {"term": first(kind="duty"), "how": "已向代表大会书面报告。"}
        case "look_back":
            mine = matter.promises.all()
            return {"measures": [{"promise": p.pk, "state": "staged", "progress": "看过。"} for p in mine]}
        case "relate":
            others = Matter.objects.exclude(pk=matter.pk).values_list("number", flat=True)
            return {"number": others.first() or matter.number, "kind": "same_subject"}
        case "close" if matter.procedure_code == "resolution":
            return {"result": "已执行。"}
        case "take_down" | "withhold" | "close" | "void" | "refuse_extension":
            return {"reason": "按规定办理。"}
        case _:
            return {}
