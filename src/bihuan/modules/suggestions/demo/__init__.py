"""The demo's suggestions: written, signed together, handed over, answered, judged, each at another point of the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from bihuan.library.documents import keep_document
from bihuan.library.models import Document
from bihuan.matters.models import Matter, Party
from bihuan.matters.staging import Stage, moment
from bihuan.modules.suggestions.demo import texts
from bihuan.modules.suggestions.demo.texts import Answered, Raised
from bihuan.modules.suggestions.drafts import answer_invitation, invite, keep_draft, words_of
from bihuan.modules.suggestions.effects.raising import hand_in
from bihuan.modules.suggestions.models import CongressSession, Draft
from bihuan.people.demo import CONGRESS
from bihuan.people.models import Post

# A photograph as far as evidence is concerned: the smallest file that says it is a JPEG.
PICTURE = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")
# Who works in which agency: clerk, section head, leader, chief.
CHAINS = {
    "water": ("tianye", "duanhong", "leizhigang", "haoyongnian"),
    "forestry": ("mozhongping", "qinlan", "weishaojun", "zengqinghai"),
    "treasury": ("penglei", "caixiaomei", "dongzhenhua", "fushengli"),
    "planning": ("renjie", "shiyuzhen", "jinhai", "guchangming"),
}
TELEPHONES = {"water": "0736-3221105", "forestry": "0736-3221377", "treasury": "0736-3221500"}


def plan_suggestions(stage: Stage) -> None:
    """Plan everything on a stage that others play on too."""
    session = stage.back(204)
    stage.plan(session, lambda: _congress(stage, session))
    _solved(stage)
    _followed(stage)
    _dissatisfied(stage)
    _under_way(stage)
    _new(stage)


def _congress(stage: Stage, opens_on: date) -> None:
    """This year's session of the congress, within which the first suggestions are numbered."""
    CongressSession.objects.create(
        place=stage.cast.place,
        congress=CONGRESS,
        session=5,
        opens_on=opens_on,
        closes_on=opens_on + timedelta(days=3),
    )


def _raise(stage: Stage, raised: Raised, on: date) -> None:
    stage.plan(on, partial(_hand_in, stage, raised, on))


def _hand_in(stage: Stage, raised: Raised, on: date) -> None:
    cast = stage.cast
    author = cast.actor(raised.author, on=on)
    draft = _draft(stage, raised, on)
    if raised.joint:
        invite(draft, [cast.person(name) for name in raised.joint], actor=author, at=moment(on, 8))
    for signature in draft.signatures.all():
        answer_invitation(signature, signs=True, words=words_of(draft), at=moment(on, 9))
    stage.matters[raised.title] = hand_in(draft, actor=author, at=moment(on))


def _draft(stage: Stage, raised: Raised, on: date) -> Draft:
    draft = Draft.objects.create(
        author=stage.cast.person(raised.author), place=stage.cast.place, changed_at=moment(on, 8)
    )
    given = {
        "title": raised.title,
        "category": raised.category,
        "situation": raised.situation,
        "analysis": raised.analysis,
        "source": raised.source,
        "publicity": "open",
        "wanted": "",
        "demands": list(raised.demands),
    }
    return keep_draft(draft, given, at=moment(on, 8))


def _hand_over(
    stage: Stage, raised: Raised, on: date, *parties: tuple[str, str], quick: bool = False
) -> None:
    """Accepted the day after, handed over five days later."""
    stage.act(raised.title, "accept_quick" if quick else "accept", "xuting", on + timedelta(days=1))
    wanted = [(stage.cast.organs[code], part) for code, part in parties]
    stage.act(raised.title, "hand_over", "xuting", on + timedelta(days=6), parties=wanted)


def _claim(stage: Stage, raised: Raised, on: date, agency: str, part: str = "lead") -> None:
    clerk = CHAINS[agency][0]
    name = stage.cast.person(clerk).name
    telephone = TELEPHONES.get(agency, "")
    stage.act(raised.title, "claim", clerk, on, part, person=name, telephone=telephone or "0736-3221000")


def _meet(stage: Stage, raised: Raised, on: date, agency: str, result: str) -> None:
    clerk, section, *_ = CHAINS[agency]
    names = "、".join(stage.cast.person(each).name for each in (section, clerk))
    stage.act(
        raised.title,
        "contact",
        clerk,
        on,
        "lead",
        phase="during",
        channel="site",
        deputies=lambda matter, party: list(matter.parties.filter(part="mover")),
        who=names,
        result=result,
    )


def _write(stage: Stage, raised: Raised, on: date, agency: str, answered: Answered) -> None:
    """The clerk's draft, with the promises counted from that day."""
    clerk = CHAINS[agency][0]

    def reply(matter: Matter, party: Party | None) -> dict[str, Any]:
        items = matter.items.order_by("pk")
        return {
            "result_class": answered.letter,
            "contact": stage.cast.person(clerk).name,
            "telephone": TELEPHONES.get(agency, "0736-3221000"),
            "answers": [
                {"item": item.pk, "text": text, "result": result}
                for item, text, result in zip(items, answered.texts, answered.results, strict=True)
            ],
            "promises": [
                {
                    "text": text,
                    "person": person,
                    "quantity": quantity,
                    "due_on": (stage.today + timedelta(days=days)).isoformat(),
                }
                for text, person, quantity, days in answered.promises
            ],
        }

    stage.act(raised.title, "draft_reply", clerk, on, "lead", reply=reply)


def _sign(stage: Stage, raised: Raised, on: date, agency: str) -> None:
    """Up the agency's chain within a week."""
    clerk, section, leader, chief = CHAINS[agency]
    steps = (("submit_reply", clerk), ("check_reply", section), ("approve_reply", leader))
    for days, (code, user) in enumerate(steps):
        stage.act(raised.title, code, user, on + timedelta(days=days), "lead")
    stage.act(raised.title, "sign_reply", chief, on + timedelta(days=7), "lead")


def _rate(
    stage: Stage,
    raised: Raised,
    on: date,
    user: str,
    attitude: str,
    result: str,
    *reasons: str,
    words: str = "",
) -> None:
    part = "mover" if user == raised.author else "joint"
    given: dict[str, Any] = {"attitude": attitude, "result": result, "reasons": list(reasons), "words": words}
    stage.act(raised.title, "rate", user, on, part, **given)


def _solved(stage: Stage) -> None:
    """A bridge mended, judged, published, closed."""
    raised, on = texts.BRIDGE, stage.back(203)
    at = _days(on)
    _raise(stage, raised, on)
    _hand_over(stage, raised, on, ("water", "lead"))
    _claim(stage, raised, at(9), "water")
    _meet(stage, raised, at(15), "water", "一同察看桥面，商定加宽到3.5米，施工不影响春灌。")
    _write(stage, raised, at(60), "water", texts.BRIDGE_REPLY)
    _sign(stage, raised, at(62), "water")
    _rate(stage, raised, at(72), "wuguihua", "satisfied", "satisfied", words="桥修得结实，收割机过去了。")
    _rate(stage, raised, at(75), "caoyong", "satisfied", "satisfied")
    stage.act(raised.title, "publish", "xuting", at(80), redactions=[])
    stage.act(raised.title, "conclude", "fanghua", at(82), way="close", reason="已经修好，管护有了着落")


def _followed(stage: Stage) -> None:
    """A canal half done: satisfied, not yet implemented, one promise overdue."""
    raised, on = texts.CANAL, stage.back(202)
    at = _days(on)
    _raise(stage, raised, on)
    _hand_over(stage, raised, on, ("water", "lead"), ("treasury", "co"))
    _claim(stage, raised, at(10), "water")
    _claim(stage, raised, at(11), "treasury", "co")
    stage.act(
        raised.title,
        "contribute",
        "fushengli",
        at(40),
        "co",
        text="防渗衬砌资金86万元列入下半年小型农田水利计划，县级配套由本级预算安排。",
    )
    _meet(stage, raised, at(20), "water", "沿渠走了一遍，与代表确定先衬砌望月村上游五百米。")
    _write(stage, raised, at(66), "water", texts.CANAL_REPLY)
    _sign(stage, raised, at(68), "water")
    for user in ("jiangchunlan", "wuguihua", "caoyong"):
        _rate(stage, raised, at(84), user, "satisfied", "basically" if user == "caoyong" else "satisfied")
    stage.act(raised.title, "publish", "xuting", at(88), redactions=[])
    stage.act(
        raised.title,
        "conclude",
        "fanghua",
        at(90),
        way="follow",
        reason="还有三项承诺没有兑现，跟踪到明年春灌",
    )
    stage.act(
        raised.title, "progress", "tianye", at(150), "lead", measures=partial(_one_done, stage, at(150))
    )


def _one_done(stage: Stage, on: date, matter: Matter, party: Party | None) -> list[dict[str, Any]]:
    """The first promise kept with a picture, the second under way."""
    first, second, *_ = matter.promises.order_by("pk")
    picture = keep_document(
        data=PICTURE,
        name="东干渠第一段衬砌.jpg",
        kind=Document.EVIDENCE,
        place=stage.cast.place,
        actor=stage.cast.actor("tianye", on=on),
        at=moment(on),
    ).document
    return [
        {
            "promise": first.pk,
            "state": "kept",
            "progress": "第一段500米已衬砌完工，通水试验不渗漏。",
            "evidence": [picture],
        },
        {"promise": second.pk, "state": "staged", "progress": "第二段已完成测量放线。"},
    ]


def _dissatisfied(stage: Stage) -> None:
    """Refused politely, found wanting, handed over again, answered anew."""
    raised, on = texts.RANGERS, stage.back(201)
    at = _days(on)
    _raise(stage, raised, on)
    _hand_over(stage, raised, on, ("forestry", "lead"))
    _claim(stage, raised, at(9), "forestry")
    _meet(stage, raised, at(30), "forestry", "听取代表意见，介绍补助的资金来源。")
    _write(stage, raised, at(70), "forestry", texts.RANGERS_REPLY)
    _sign(stage, raised, at(72), "forestry")
    words = "没有与财政部门算过账就说办不了。"
    _rate(
        stage,
        raised,
        at(85),
        "caoyong",
        "basically",
        "dissatisfied",
        "not_answered",
        "no_promise",
        words=words,
    )
    stage.act(raised.title, "publish", "xuting", at(90), redactions=[])
    stage.act(
        raised.title, "conclude", "fanghua", at(92), way="again", reason="请与财政部门重新测算，提出分步办法"
    )
    arrangement = "由我与县财政局商定测算口径，半个月内同代表当面沟通。"
    stage.act(raised.title, "take_in_hand", "zengqinghai", at(95), "lead", arrangement=arrangement)
    _meet(stage, raised, at(110), "forestry", "与县财政局一同向代表说明分两步提高的测算，代表认可。")
    _write(stage, raised, at(140), "forestry", texts.RANGERS_AGAIN)
    _sign(stage, raised, at(142), "forestry")


def _under_way(stage: Stage) -> None:
    """Late and pressed; disputed; priority; a small matter waiting for its deputy's word."""
    late, on = texts.BUDGET_PAGE, stage.back(120)
    at = _days(on)
    _raise(stage, late, on)
    _hand_over(stage, late, on, ("treasury", "lead"))
    _claim(stage, late, at(9), "treasury")
    asked = "请于五个工作日内与代表联系，并说明答复的时间。"
    stage.act(late.title, "remind", "xuting", stage.back(8), "lead", degree="first", asked=asked)

    source, on = texts.HEALTH_WATER, stage.back(60)
    at = _days(on)
    _raise(stage, source, on)
    _hand_over(stage, source, on, ("water", "lead"), ("planning", "co"))
    _claim(stage, source, at(8), "water")
    stage.act(
        source.title,
        "choose_priority",
        "shenjianguo",
        at(12),
        leader=lambda matter, party: _chair("陆雅琴"),
        supervisor=stage.cast.organs["rural"],
        plan="九月听取办理方案；\n十月到水源地察看拆棚和围栏；\n十一月向主任会议报告。",
    )
    _meet(stage, source, at(20), "water", "到一级保护区察看两处鸭棚，商定先补偿后拆除。")
    seen = {"place": "白沙河一级保护区", "people": "陆雅琴、黄德明、曹勇"}
    seen |= {"found": "一处鸭棚已拆，另一处还在；围栏缺口补了两处。", "asked": "年底前拆完，明确巡查单位。"}
    stage.act(source.title, "visit", "luojing", at(40), **seen)

    lamp, on = texts.STREET_LAMP, stage.back(30)
    at = _days(on)
    _raise(stage, lamp, on)
    _hand_over(stage, lamp, on, ("planning", "lead"), quick=True)
    _claim(stage, lamp, at(8), "planning")
    _meet(stage, lamp, at(10), "planning", "同代表看了四盏灯，当天派人检修。")
    _write(stage, lamp, at(16), "planning", texts.LAMP_REPLY)
    stage.act(lamp.title, "sign_quickly", "jinhai", at(18), "lead")


def _chair(name: str) -> tuple[Any, Any]:
    post = Post.objects.select_related("person", "organ").get(person__name=name, role="chairperson")
    return post.person, post.organ


def _new(stage: Stage) -> None:
    """Refused as not its own; waiting to be accepted; still being written."""
    road, on = texts.SCHOOL_ROAD, stage.back(16)
    _raise(stage, road, on)
    _hand_over(stage, road, on, ("planning", "lead"))
    reason = "县道交通设施由交通运输部门管理，三定规定中本局没有这项职责。"
    stage.act(
        road.title, "refuse", "guchangming", stage.back(4), "lead", reason=reason, instead="县交通运输局"
    )
    _raise(stage, texts.ELDER_MEALS, stage.back(2))
    stage.plan(stage.back(1), lambda: _unfinished(stage))


def _unfinished(stage: Stage) -> None:
    unfinished = Raised(
        title="关于上河村道路两侧补栽行道树的建议",
        category="environment",
        source="visit",
        author="wuguihua",
        situation="上河村到镇上的三公里路去年拓宽时砍了树，没有补栽。",
        analysis="",
        demands=(),
    )
    _draft(stage, unfinished, stage.back(1))


def _days(first: date) -> Callable[[int], date]:
    return lambda after: first + timedelta(days=after)
