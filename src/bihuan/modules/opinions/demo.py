"""The demo's two sessions: notices printed by our own writer, read back by our own reader, then walked.

Everything is invented. The days are counted back from the day the demo is built, so that on any day some
terms are green, some yellow and some red. Acts are done in the order of their days, as the ledger demands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from bihuan.kernel.calendar import national_calendar
from bihuan.library.acceptance import accept_reading, preview
from bihuan.library.documents import keep_document
from bihuan.library.models import Acceptance, Document, Proposal
from bihuan.library.readings import accept_all_certain, decide_proposal, read_document
from bihuan.matters.effects import items_to_answer
from bihuan.matters.models import Matter, Party
from bihuan.matters.perform import perform
from bihuan.people.demo import Cast
from bihuan.writers import render_docx
from bihuan.writers.forms import OpinionPart, notice_with_annexes, opinion, resolution
from bihuan.writers.numbers import DocumentNumber, session_name
from bihuan.writers.paper import Paper, as_annex

PLACE = "临溪县"
HOUSE = f"{PLACE}人民代表大会常务委员会"
TERM = 17
# A photograph as far as evidence is concerned: the smallest file that says it is a JPEG.
PICTURE = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One opinion of the demo: its subject, what was found and asked, and its closing requirement."""

    subject: str
    report: str
    praise: str
    problems: tuple[str, ...]
    suggestions: tuple[str, ...]
    demand: str

    def title(self) -> str:
        return f"{HOUSE}关于{self.subject}的审议意见"

    def paper(self, *, session: str, passed_on: date) -> Paper:
        parts = [OpinionPart(opening="会议认为", text=self.praise)]
        if self.problems:
            parts.append(OpinionPart(opening="会议指出", text="工作中还存在一些问题：", items=self.problems))
        parts.append(OpinionPart(opening="会议建议", text="", items=self.suggestions))
        parts.append(OpinionPart(opening="会议要求", text=self.demand))
        opening = f"{session}听取和审议了县人民政府《{self.report}》，会议原则同意这个报告。"
        return opinion(
            title=self.title(), session=session, passed_on=passed_on, opening=opening, parts=tuple(parts)
        )


def demand(committee: str, *, months: str = "两个月", report: str = "在一个月内") -> str:
    return (
        f"县人民政府对以上问题和建议要逐项研究处理，于会后{months}内将处理情况送{committee}征求意见后，"
        f"{report}向县人大常委会提出书面报告，随后由县人大常委会向本级人大代表通报并向社会公布。"
    )


WATER = Text(
    subject="全县农村供水保障情况报告",
    report="关于全县农村供水保障情况的报告",
    praise="县人民政府把农村供水摆在重要位置，供水工程覆盖面逐年扩大，多数村民已经用上稳定的自来水。",
    problems=(
        "部分村组老旧管网漏损较多",
        "云岭乡高山片区旱季水源不足",
        "村级管水员报酬没有固定来源",
    ),
    suggestions=(
        "对老旧管网排出改造次序，先改漏损最严重的村组",
        "抓紧建设云岭乡备用水源",
        "把村级管护经费列入年度预算",
    ),
    demand=demand("县人大常委会农业农村工作委员会"),
)
SCHOOL_MEALS = Text(
    subject="全县校园餐管理情况报告",
    report="关于全县校园餐管理情况的报告",
    praise="县人民政府推行校园餐集中配送，学校食堂条件有了改善。",
    problems=("食材采购价格公开不够", "家长参与监督的渠道不畅"),
    suggestions=("按月公开食材采购价格和来源", "每所学校建立家长陪餐制度"),
    demand=demand("县人大常委会社会建设工作委员会"),
)
FOREST = Text(
    subject="森林防火能力建设情况报告",
    report="关于森林防火能力建设情况的报告",
    praise="县人民政府健全了县乡村三级防火责任制，去年火情处置及时。",
    problems=("防火隔离带断点较多", "护林员年龄偏大、装备不足", "林区蓄水设施缺口明显"),
    suggestions=("补齐重点林区隔离带", "更新护林员装备并建立补员机制", "分年度增建林区蓄水池"),
    demand=demand("县人大常委会农业农村工作委员会"),
)
BUDGET = Text(
    subject="上半年预算执行情况报告",
    report="关于上半年预算执行情况的报告",
    praise="全县财政收支总体平稳，民生支出得到保障。",
    problems=("部分专项资金下达偏慢", "个别单位结转资金规模较大"),
    suggestions=("加快专项资金分配和下达", "清理盘活结转两年以上的资金"),
    demand=demand("县人大常委会财政经济工作委员会", months="三个月"),
)
ROADS = Text(
    subject="农村公路管护情况报告",
    report="关于农村公路管护情况的报告",
    praise="农村公路里程和等级稳步提升，群众出行条件改善。",
    problems=("临水临崖路段护栏缺失", "管护责任没有落实到人"),
    suggestions=("优先安装学校周边和临水路段护栏", "推行路长制并公示责任人"),
    demand=demand("县人大常委会财政经济工作委员会", months="三个月"),
)
TOWNS = Text(
    subject="民生实事项目上半年实施情况报告",
    report="关于民生实事项目上半年实施情况的报告",
    praise="十件民生实事总体进展顺利，已有四件提前完成。",
    problems=(),
    suggestions=("对进度偏慢的项目逐一明确完成时间", "项目建成后同步落实管护单位和经费"),
    demand="县人大常委会和县人民政府应当在下一年度的县人民代表大会会议上分别书面报告民生实事项目满意度测评结果"
    "和民生实事项目完成情况。",
)


@dataclass(slots=True)
class Stage:
    """The demo being built: who acts, and the steps still to be done, each on its day."""

    cast: Cast
    today: date
    steps: list[tuple[date, int, Callable[[], object]]] = field(default_factory=list)
    matters: dict[str, Matter] = field(default_factory=dict)

    def back(self, days: int) -> date:
        return self.workday(self.today - timedelta(days=days))

    def workday(self, day: date) -> date:
        """That day or the last working day before it: offices do not act on rest days."""
        return national_calendar().previous_working(day)

    def plan(self, day: date, step: Callable[[], object]) -> None:
        self.steps.append((day, len(self.steps), step))

    def run(self) -> None:
        for _, _, step in sorted(self.steps, key=lambda each: each[:2]):
            step()

    def act(
        self, title: str, code: str, user: str, day: date, part: str | None = None, **answers: Any
    ) -> None:
        """Plan one act of `user`; `part` names the party of a lane act. Callables are answered on the day."""
        day = self.workday(day)

        def step() -> None:
            matter = self.matters[title]
            matter.refresh_from_db()
            lanes = matter.parties.filter(part=part, until__isnull=True).order_by("id")
            party = lanes.first() if part else None
            given = {
                name: value(matter, party) if callable(value) else value for name, value in answers.items()
            }
            actor = self.cast.actor(user, on=day)
            perform(matter, code, actor=actor, answers=given, at=moment(day), party=party)

        self.plan(day, step)


def moment(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def build_opinions(cast: Cast, *, today: date) -> list[Matter]:
    """Build both sessions and walk their matters; return the matters."""
    stage = Stage(cast=cast, today=today)
    _spring(stage)
    _autumn(stage)
    stage.run()
    return list(stage.matters.values())


def _spring(stage: Stage) -> None:
    """Half a year ago: one opinion closed with 满意, one voted 不满意 and in its second round."""
    passed_on = stage.back(205)
    stage.plan(passed_on, lambda: _issue(stage, passed_on, 29, (WATER, SCHOOL_MEALS), serial=8))
    rounds: tuple[tuple[Text, str, str, str, str | None, int, int], ...] = (
        (WATER, "huangdeming", "luojing", "rural", "water", 27, 4),
        (SCHOOL_MEALS, "dengxiuying", "panwei", "social", None, 10, 5),
    )
    for text, director, staff, committee, bureau, satisfied, basically in rounds:
        _walk_to_vote(stage, text, passed_on, director, staff, committee, bureau, satisfied, basically)
    title = SCHOOL_MEALS.title()
    again = passed_on + timedelta(days=176)
    stage.act(
        title, "plan", "xiaofei", again, "lead", measures=_measures("再次整改", stage.today + timedelta(40))
    )


def _walk_to_vote(
    stage: Stage,
    text: Text,
    passed_on: date,
    director: str,
    staff: str,
    committee: str,
    bureau: str | None,
    satisfied: int,
    basically: int,
) -> None:
    title, organs = text.title(), stage.cast.organs

    def day(after: int) -> date:
        return passed_on + timedelta(days=after)

    parties = [(organs["government"], "lead"), (organs[committee], "committee")]
    if bureau:
        parties.append((organs[bureau], "co"))
    stage.act(title, "hand_over", director, day(4), parties=parties)
    stage.act(title, "receive", "xiaofei", day(5), "lead")
    if bureau:
        stage.act(title, "receive", "tianye", day(6), "co")
        stage.act(title, "plan", "tianye", day(20), "co", measures=_measures("县水利局", day(50), count=1))
        stage.act(title, "answer", "tianye", day(48), "co", answers=_answers("staged", count=1))
        stage.act(title, "contribute", "leizhigang", day(49), "co")
    stage.act(title, "plan", "xiaofei", day(21), "lead", measures=_measures("县政府", day(55)))
    stage.act(title, "progress", "xiaofei", day(50), "lead", measures=_kept(stage, day(50)))
    stage.act(title, "answer", "xiaofei", day(52), "lead", answers=_answers("solved", rest="staged"))
    stage.act(title, "consult", "tangzhiyuan", day(54), "lead")
    stage.act(
        title,
        "comment",
        staff,
        day(62),
        "lead",
        view="amend",
        text="请补充各项措施的完成数量。\n请附验收材料。",
    )
    stage.act(title, "report", "liangbo", day(85), "lead", adopted="两条意见均已采纳，见逐项结果。")
    stage.act(title, "pass_check", staff, day(88))
    stage.act(title, "inform", staff, day(90), by_whom="县人大常委会", how="书面印发并在代表微信群通知")
    summary = "逐项处理结果已经县人大常委会有关委室核对，现予公布。"
    stage.act(title, "publish", staff, day(92), summary=summary)
    session = session_name(place=PLACE, term=TERM, session=31)
    stage.act(title, "schedule", director, day(120), session=session, session_on=day(174))
    counts = {"members": 35, "present": 33, "satisfied": satisfied, "basically": basically, "abstained": 1}
    counts |= {"void": 0, "dissatisfied": 33 - satisfied - basically - 1}
    stage.act(title, "vote", staff, day(174), counts=counts, scrutineers="郑凯、于红")


def _autumn(stage: Stage) -> None:
    """Two and a half months ago: late, in consultation, being planned, waiting; and a resolution."""
    passed_on = stage.back(76)

    def day(after: int) -> date:
        return passed_on + timedelta(days=after)

    texts = (FOREST, BUDGET, ROADS, TOWNS)
    stage.plan(passed_on, lambda: _issue(stage, passed_on, 32, texts, serial=19, with_resolution=True))
    organs, government = stage.cast.organs, stage.cast.organs["government"]
    # Late: consultation was due about two weeks ago; a reminder went out and an extension is asked for.
    late = FOREST.title()
    parties = [(government, "lead"), (organs["forestry"], "co"), (organs["rural"], "committee")]
    stage.act(late, "hand_over", "huangdeming", day(3), parties=parties)
    stage.act(late, "receive", "xiaofei", day(4), "lead")
    stage.act(late, "receive", "mozhongping", day(5), "co")
    stage.act(late, "plan", "mozhongping", day(18), "co", measures=_measures("县林业局", day(90), count=1))
    stage.act(late, "plan", "xiaofei", day(24), "lead", measures=_measures("县政府", day(80)))
    stage.act(
        late,
        "remind",
        "huangdeming",
        day(68),
        "lead",
        degree="first",
        answer_by=day(78),
        asked="请尽快完成逐项处理并送征求意见。\n请说明超期原因。",
    )
    stage.act(
        late,
        "ask_extension",
        "tangzhiyuan",
        day(72),
        "lead",
        term=_term("consult"),
        until=day(95),
        reason="三处蓄水池受连续降雨影响，须重新勘测",
    )
    # In consultation: the committee's own clock is running.
    sent = BUDGET.title()
    parties = [(government, "lead"), (organs["treasury"], "co"), (organs["finance"], "committee")]
    stage.act(sent, "hand_over", "chenguoping", day(3), parties=parties)
    stage.act(sent, "receive", "xiaofei", day(4), "lead")
    stage.act(sent, "receive", "penglei", day(4), "co")
    stage.act(sent, "plan", "xiaofei", day(20), "lead", measures=_measures("县政府", day(70)))
    stage.act(sent, "plan", "penglei", day(20), "co", measures=_measures("县财政局", day(70), count=1))
    stage.act(sent, "progress", "xiaofei", day(66), "lead", measures=_kept(stage, day(66)))
    stage.act(sent, "answer", "xiaofei", day(68), "lead", answers=_answers("solved", rest="staged"))
    stage.act(sent, "consult", "tangzhiyuan", day(70), "lead")
    # Planned, with its months still running: two agencies, each answering for its own.
    planned = ROADS.title()
    parties = [(government, "separate"), (organs["planning"], "separate"), (organs["finance"], "committee")]
    stage.act(planned, "hand_over", "linyue", day(5), parties=parties)
    stage.act(planned, "receive", "xiaofei", day(6), "separate")
    stage.act(planned, "plan", "xiaofei", day(26), "separate", measures=_measures("县政府", day(95)))
    # A duty towards the next congress; no committee is to be consulted.
    duty = TOWNS.title()
    stage.act(duty, "hand_over", "linyue", day(5), parties=[(government, "lead")])
    stage.act(duty, "receive", "xiaofei", day(6), "lead")
    stage.act(duty, "plan", "xiaofei", day(27), "lead", measures=_measures("县政府", day(100)))


def _issue(
    stage: Stage,
    passed_on: date,
    number: int,
    texts: tuple[Text, ...],
    *,
    serial: int,
    with_resolution: bool = False,
) -> None:
    """Print the session's notice, take it in, read it, accept what was read; keep its matters by title."""
    session = session_name(place=PLACE, term=TERM, session=number)
    papers = [text.paper(session=session, passed_on=passed_on) for text in texts]
    if with_resolution:
        papers.append(_resolution(session, passed_on))
    office = f"{PLACE}人大常委会办公室"
    notice = notice_with_annexes(
        letterhead=f"{PLACE}人大常委会文件",
        number=DocumentNumber(code="临人常", year=passed_on.year, serial=serial),
        session=session,
        addressees=("县人民政府",),
        annexes=tuple(as_annex(paper) for paper in papers),
        organ=f"{PLACE}人大常委会",
        dated=passed_on,
        sealed=True,
        copied_to=("县人大常委会组成人员", "各乡镇人大", "本会机关各委室"),
        printed_by=office,
        printed_on=passed_on,
    )
    accept_notice(stage, render_docx(notice), name=f"{session}印发通知.docx", on=passed_on)


def _resolution(session: str, passed_on: date) -> Paper:
    return resolution(
        title=f"{HOUSE}关于批准{PLACE}{passed_on.year}年财政预算调整方案的决议",
        session=session,
        passed_on=passed_on,
        opening=f"{session}听取和审议了县人民政府提出的《{PLACE}{passed_on.year}年财政预算调整方案（草案）》，"
        "同意县人大常委会财政经济工作委员会的初步审查意见，决定批准这个方案。",
    )


def accept_notice(stage: Stage, data: bytes, *, name: str, on: date) -> Acceptance:
    """What a member of the general office does with a notice, from the upload to the matters."""
    actor, at = stage.cast.actor("zhangmin", on=on), moment(on, 9)
    place = stage.cast.place
    kept = keep_document(data=data, name=name, kind=Document.UPLOAD, place=place, actor=actor, at=at)
    reading = read_document(document=kept.document, at=at)
    accept_all_certain(reading_id=reading.pk, actor=actor, at=at)
    for proposal in reading.proposals.filter(decision=Proposal.PENDING).order_by("position"):
        decide_proposal(
            proposal_id=proposal.pk,
            decision=Proposal.ACCEPTED,
            actor=actor,
            at=at,
            seen_version=proposal.version,
        )
    asked = preview(reading, place=place, answers=None, at=at)
    answers = {
        part.field(question): _answer(question.key, question.choices, question.initial)
        for part in asked.parts
        for question in part.plan.questions
    }
    shown = preview(reading, place=place, answers=answers, at=at)
    accepted = accept_reading(reading_id=reading.pk, answers=answers, actor=actor, at=at, seen=shown.digest)
    for matter in Matter.objects.filter(source=kept.document):
        stage.matters[matter.title] = matter
    return accepted


def _answer(key: str, choices: tuple[tuple[str, str], ...], initial: str) -> str:
    """The demo's answer to a question the papers leave open."""
    if initial:
        return initial
    wanted = {"office": "财政经济", "teller": "办公机构"}.get(key.rpartition(".")[2], "照原文")
    return next((value for value, text in choices if wanted in text), choices[0][0])


# --- answers made when their day has come, because they name rows that exist only then

Late = Callable[[Matter, Party | None], Any]


def _measures(who: str, due_on: date, *, count: int = 99) -> Late:
    def made(matter: Matter, party: Party | None) -> Sequence[Mapping[str, Any]]:
        return [
            {
                "item": item.pk,
                "text": f"{who}针对“{item.text[:14]}”制定清单，逐项销号",
                "person": "肖飞" if who != "县林业局" else "莫中平",
                "quantity": "",
                "due_on": due_on if number % 3 else None,
            }
            for number, item in enumerate(items_to_answer(matter)[:count])
        ]

    return made


def _kept(stage: Stage, day: date) -> Late:
    """All measures but the last are done and evidenced."""

    def made(matter: Matter, party: Party | None) -> Sequence[Mapping[str, Any]]:
        assert party is not None  # noqa: S101 -- a lane act
        promises = list(party.promises.filter(round=matter.round))
        evidence = keep_document(
            data=PICTURE,
            name="现场照片.jpg",
            kind=Document.EVIDENCE,
            place=stage.cast.place,
            actor=stage.cast.actor("xiaofei", on=day),
            at=moment(day, 9),
        ).document
        return [
            {"promise": promise.pk, "state": "kept", "progress": "已完成并验收。", "evidence": [evidence]}
            for promise in promises[:-1]
        ] + [{"promise": promises[-1].pk, "state": "staged", "progress": "已完成第一期。", "evidence": []}]

    return made


def _answers(result: str, *, rest: str = "", count: int = 99) -> Late:
    """`result` for every item whose measures are kept, `rest` for the last."""

    def made(matter: Matter, party: Party | None) -> Sequence[Mapping[str, Any]]:
        items = items_to_answer(matter)[:count]
        return [
            {
                "item": item.pk,
                "result": rest if rest and item is items[-1] else result,
                "text": "已按清单办理，结果附后。"
                if item is not items[-1]
                else "第一期已完成，第二期列入下一年度计划。",
            }
            for item in items
        ]

    return made


def _term(kind: str) -> Late:
    def made(matter: Matter, party: Party | None) -> int:
        return int(matter.terms.get(kind=kind, party=party, met_on__isnull=True).pk)

    return made
