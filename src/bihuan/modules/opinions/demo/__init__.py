"""The demo's two sessions: notices printed by our own writer, read back by our own reader, then walked.

Everything is invented. The days are counted back from the day the demo is built, so that on any day some
terms are green, some yellow and some red. Acts are done in the order of their days, as the ledger demands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bihuan.matters.models import Matter
from bihuan.matters.staging import Stage, moment
from bihuan.modules.opinions.demo.answers import PICTURE, answered, kept, planned, the_term
from bihuan.modules.opinions.demo.handling import (
    BUDGET_BOOK,
    BUDGET_LEAD,
    FOREST_BUREAU,
    FOREST_LEAD,
    MEALS_AGAIN,
    MEALS_LEAD,
    MEALS_LETTERS,
    ROADS_LEAD,
    TOWNS_LEAD,
    WATER_BUREAU,
    WATER_LEAD,
    WATER_LETTERS,
    Handlings,
    Letters,
)
from bihuan.modules.opinions.demo.stage import issue
from bihuan.modules.opinions.demo.texts import (
    BUDGET,
    FOREST,
    PLACE,
    ROADS,
    SCHOOL_MEALS,
    TERM,
    TOWNS,
    WATER,
    Text,
    demand,
)
from bihuan.people.demo import Cast
from bihuan.writers.numbers import session_name

__all__ = ["PICTURE", "PLACE", "TERM", "WATER", "Text", "build_opinions", "demand", "moment", "plan_opinions"]


def build_opinions(cast: Cast, *, today: date) -> list[Matter]:
    """Build both sessions and walk their matters; return the matters."""
    stage = Stage(cast=cast, today=today)
    plan_opinions(stage)
    stage.run()
    return list(stage.matters.values())


def plan_opinions(stage: Stage) -> None:
    """Plan both sessions on a stage that others play on too."""
    _spring(stage)
    _autumn(stage)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spring:
    """One opinion of the spring session: who saw to it, what was done, how it was voted."""

    text: Text
    director: str
    staff: str
    committee: str
    lead: Handlings
    bureau: Handlings
    letters: Letters
    satisfied: int
    basically: int


def _spring(stage: Stage) -> None:
    """Half a year ago: one opinion closed with 满意, one voted 不满意 and in its second round."""
    passed_on = stage.back(205)
    stage.plan(passed_on, lambda: issue(stage, passed_on, 29, (WATER, SCHOOL_MEALS), serial=8))
    for walked in (
        Spring(
            text=WATER,
            director="huangdeming",
            staff="luojing",
            committee="rural",
            lead=WATER_LEAD,
            bureau=WATER_BUREAU,
            letters=WATER_LETTERS,
            satisfied=27,
            basically=4,
        ),
        Spring(
            text=SCHOOL_MEALS,
            director="dengxiuying",
            staff="panwei",
            committee="social",
            lead=MEALS_LEAD,
            bureau=(),
            letters=MEALS_LETTERS,
            satisfied=10,
            basically=5,
        ),
    ):
        _walk_to_vote(stage, walked, passed_on)
    again = passed_on + timedelta(days=176)
    measures = planned(MEALS_AGAIN, by=stage.today + timedelta(40))
    stage.act(SCHOOL_MEALS.title(), "plan", "xiaofei", again, "lead", measures=measures)


def _walk_to_vote(stage: Stage, walked: Spring, passed_on: date) -> None:
    title, organs, staff = walked.text.title(), stage.cast.organs, walked.staff

    def day(after: int) -> date:
        return passed_on + timedelta(days=after)

    parties = [(organs["government"], "lead"), (organs[walked.committee], "committee")]
    if walked.bureau:
        parties.append((organs["water"], "co"))
    stage.act(title, "hand_over", walked.director, day(4), parties=parties)
    stage.act(title, "receive", "xiaofei", day(5), "lead")
    if walked.bureau:
        stage.act(title, "receive", "tianye", day(6), "co")
        stage.act(title, "plan", "tianye", day(20), "co", measures=planned(walked.bureau, by=day(50)))
        stage.act(title, "answer", "tianye", day(48), "co", answers=answered(walked.bureau))
        stage.act(title, "contribute", "leizhigang", day(49), "co")
    stage.act(title, "plan", "xiaofei", day(21), "lead", measures=planned(walked.lead, by=day(55)))
    stage.act(title, "progress", "xiaofei", day(50), "lead", measures=kept(stage, walked.lead, on=day(50)))
    stage.act(title, "answer", "xiaofei", day(52), "lead", answers=answered(walked.lead))
    stage.act(title, "consult", "tangzhiyuan", day(54), "lead")
    stage.act(title, "comment", staff, day(62), "lead", view="amend", text=walked.letters.comment)
    stage.act(title, "report", "liangbo", day(85), "lead", adopted=walked.letters.adopted)
    stage.act(title, "pass_check", staff, day(88))
    stage.act(title, "inform", staff, day(90), by_whom="县人大常委会", how="书面印发并在代表微信群通知")
    stage.act(title, "publish", staff, day(92), summary=walked.letters.summary)
    session = session_name(place=PLACE, term=TERM, session=31)
    stage.act(title, "schedule", walked.director, day(120), session=session, session_on=day(174))
    counts = {"members": 35, "present": 33, "abstained": 1, "void": 0}
    counts |= {"satisfied": walked.satisfied, "basically": walked.basically}
    counts["dissatisfied"] = 33 - walked.satisfied - walked.basically - 1
    stage.act(title, "vote", staff, day(174), counts=counts, scrutineers="郑凯、于红")


def _autumn(stage: Stage) -> None:
    """Two and a half months ago: late, in consultation, being planned, waiting; and a resolution."""
    passed_on = stage.back(76)

    def day(after: int) -> date:
        return passed_on + timedelta(days=after)

    texts = (FOREST, BUDGET, ROADS, TOWNS)
    stage.plan(passed_on, lambda: issue(stage, passed_on, 32, texts, serial=19, with_resolution=True))
    organs, government = stage.cast.organs, stage.cast.organs["government"]
    # Late: consultation was due about two weeks ago; a reminder went out and an extension is asked for.
    late = FOREST.title()
    parties = [(government, "lead"), (organs["forestry"], "co"), (organs["rural"], "committee")]
    stage.act(late, "hand_over", "huangdeming", day(3), parties=parties)
    stage.act(late, "receive", "xiaofei", day(4), "lead")
    stage.act(late, "receive", "mozhongping", day(5), "co")
    stage.act(late, "plan", "mozhongping", day(18), "co", measures=planned(FOREST_BUREAU, by=day(90)))
    stage.act(late, "plan", "xiaofei", day(24), "lead", measures=planned(FOREST_LEAD, by=day(80)))
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
        term=the_term("consult"),
        until=day(95),
        reason="三处蓄水池受连续降雨影响，须重新勘测",
    )
    # In consultation: the committee's own clock is running.
    sent = BUDGET.title()
    parties = [(government, "lead"), (organs["treasury"], "co"), (organs["finance"], "committee")]
    stage.act(sent, "hand_over", "chenguoping", day(3), parties=parties)
    stage.act(sent, "receive", "xiaofei", day(4), "lead")
    stage.act(sent, "receive", "penglei", day(4), "co")
    stage.act(sent, "plan", "xiaofei", day(20), "lead", measures=planned(BUDGET_LEAD, by=day(70)))
    stage.act(sent, "plan", "penglei", day(20), "co", measures=planned(BUDGET_BOOK, by=day(70)))
    stage.act(sent, "progress", "xiaofei", day(66), "lead", measures=kept(stage, BUDGET_LEAD, on=day(66)))
    stage.act(sent, "answer", "xiaofei", day(68), "lead", answers=answered(BUDGET_LEAD))
    stage.act(sent, "consult", "tangzhiyuan", day(70), "lead")
    # Planned, with its months still running: two agencies, each answering for its own.
    roads = ROADS.title()
    parties = [(government, "separate"), (organs["planning"], "separate"), (organs["finance"], "committee")]
    stage.act(roads, "hand_over", "linyue", day(5), parties=parties)
    stage.act(roads, "receive", "xiaofei", day(6), "separate")
    stage.act(roads, "plan", "xiaofei", day(26), "separate", measures=planned(ROADS_LEAD, by=day(95)))
    # A duty towards the next congress; no committee is to be consulted.
    duty = TOWNS.title()
    stage.act(duty, "hand_over", "linyue", day(5), parties=[(government, "lead")])
    stage.act(duty, "receive", "xiaofei", day(6), "lead")
    stage.act(duty, "plan", "xiaofei", day(27), "lead", measures=planned(TOWNS_LEAD, by=day(100)))
