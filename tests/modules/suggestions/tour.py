"""Everything that can happen to a suggestion, in a few of them one after another, stopping after each act."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from bihuan.matters.access import Access, stand_to
from bihuan.matters.models import Matter
from bihuan.modules.suggestions.models import Suggestion
from bihuan.people.demo import Cast
from bihuan.people.models import Post
from tests.modules.suggestions.walking import Walk, evidence

PROMISE = {"text": "修复下河村引水渠护坡", "person": "段虹", "quantity": "120米", "due_on": "2026-10-31"}
SAME = "与前一件说的是同一座桥"  # the gate takes the same words for a copied reply


class Tour:
    """The walk that is going on now; `matter` and `access` are the present suggestion's."""

    def __init__(self, cast: Cast, *, begins_on: date) -> None:
        self.cast, self.begins_on = cast, begins_on
        self.walk = Walk(cast, joint=("caoyong",), raised_on=begins_on)

    @property
    def matter(self) -> Matter:
        return self.walk.matter

    @property
    def today(self) -> date:
        return self.walk.today

    def access(self, username: str) -> Access:
        self.matter.refresh_from_db()
        return stand_to(self.cast.actor(username, on=self.today), self.matter)

    def anew(self) -> Walk:
        self.walk = Walk(self.cast, joint=("caoyong",), raised_on=self.begins_on)
        return self.walk


def take(tour: Tour) -> Iterator[None]:
    """Every act of the procedure at least once."""
    for story in (raising, handling, again, following, pressing, ending):
        for step in story(tour):
            step()
            yield
        tour.anew()


Steps = Iterator[Callable[[], object]]


def raising(tour: Tour) -> Steps:
    walk = tour.walk
    yield lambda: None
    yield lambda: walk.act("ask_completion", "xuting", reason="请写明桥的位置。")
    words = {"situation": "桥在上河村东头。", "analysis": "", "demands": ["修桥"]}
    yield lambda: walk.act("complete", "wuguihua", **words)
    yield lambda: walk.act("accept_quick", "xuting")
    yield lambda: walk.act("to_ordinary", "xuting", reason="要跨部门")
    yield lambda: walk.act("withdraw", "wuguihua", reason="镇里已经在修")
    refused = tour.anew()
    yield lambda: refused.act("not_accept", "fanghua", ground="elsewhere", reason="是省里的事")


def handling(tour: Tour) -> Steps:
    walk, organs = tour.walk, tour.cast.organs
    yield lambda: walk.handed_over(("water", "lead"), ("treasury", "co"))
    yield lambda: walk.act("object", "wuguihua", "wuguihua", text="应由交通部门办")
    yield lambda: walk.act("answer_objection", "xuting", "wuguihua", text="桥在渠上")
    yield lambda: walk.act("refuse", "haoyongnian", "water", reason="不归我管", instead="县交通运输局")
    yield lambda: walk.act("uphold", "fanghua", "water", reason="桥在渠上")
    yield lambda: walk.claimed()
    yield lambda: walk.act("add_agency", "xuting", parties=[(organs["planning"], "co")], reason="要立项")
    yield lambda: walk.act("reassign", "xuting", "planning", instead=organs["transport"], reason="不必立项")
    yield lambda: walk.act("claim", "penglei", "treasury", person="彭磊", telephone="3221000")
    yield lambda: walk.act("contribute", "fushengli", "treasury", text="资金已列入预算。")
    yield lambda: walk.act("mark_hard", "fanghua", reason="跨三个单位")
    yield lambda: walk.act("unmark_hard", "fanghua", reason="已理顺")
    yield lambda: walk.contacted()
    contact = lambda: walk.matter.contacts.latest("pk")  # noqa: E731 - asked for when the step is taken
    yield lambda: walk.act("deny_contact", "wuguihua", "wuguihua", contact=contact().pk, text="没来过")
    yield lambda: walk.contacted()
    until = tour.begins_on + timedelta(days=200)
    yield lambda: _ask_more(walk, until)
    yield lambda: walk.act("refuse_extension", "fanghua", "water", reason="时间够用")
    yield lambda: _ask_more(walk, until)
    yield lambda: walk.act("grant_extension", "fanghua", "water", until=until, reason="汛期")
    yield lambda: walk.act("pause_term", "fanghua", term=_reply(walk), reason="汛情")
    yield lambda: walk.act("resume_term", "fanghua", term=_reply(walk))
    yield lambda: walk.drafted()
    yield lambda: walk.act("submit_reply", "tianye", "water", note=SAME)
    yield lambda: walk.act("return_reply", "duanhong", "water", reason="写明完工日期")
    yield lambda: walk.act("submit_reply", "tianye", "water", note=SAME)
    yield lambda: walk.act("check_reply", "duanhong", "water")
    yield lambda: walk.act("approve_reply", "leizhigang", "water")
    yield lambda: walk.act("sign_reply", "haoyongnian", "water", number="临水函〔2026〕3号", overrule=SAME)


def _ask_more(walk: Walk, until: date) -> None:
    walk.act("ask_extension", "haoyongnian", "water", term=_reply(walk), until=until, reason="汛期不能施工")


def _reply(walk: Walk) -> int:
    return walk.matter.terms.get(kind="reply", party=walk.party("water")).pk


def again(tour: Tour) -> Steps:
    walk = tour.walk
    walk.handed_over(("water", "lead")).claimed().contacted().drafted().signed(insist=SAME)
    yield lambda: walk.act("release_deputy", "xuting", "caoyong", reason="已调离")
    yield lambda: walk.rated(result="dissatisfied", reasons=["not_done"])
    yield lambda: walk.act("conclude", "xuting", way="again", reason="代表不满意")
    yield lambda: walk.act("take_in_hand", "haoyongnian", "water", arrangement="我来办")


def following(tour: Tour) -> Steps:
    walk = tour.walk
    walk.handed_over(("water", "lead")).claimed().contacted()
    walk.drafted(result_class="B", promises=[PROMISE]).signed(insist=SAME)
    yield lambda: walk.rated()
    yield lambda: walk.rated("caoyong")
    yield lambda: walk.act("publish", "xuting", redactions=[])
    yield lambda: walk.act("conclude", "xuting", way="follow", reason="等秋后")
    yield lambda: walk.act("progress", "tianye", "water", measures=[_kept(walk)])
    yield lambda: walk.act("claim_done", "haoyongnian", "water", text="已完工")
    yield lambda: walk.act("ask_deputies", "xuting", "water")
    yield lambda: walk.act("rate_outcome", "wuguihua", "wuguihua", result="satisfied")
    yield lambda: walk.act("not_recognise", "xuting", "water", reason="等复查")
    yield lambda: walk.act("claim_done", "haoyongnian", "water", text="已复查")
    yield lambda: walk.act("ask_deputies", "xuting", "water")
    yield lambda: walk.act("rate_outcome", "wuguihua", "wuguihua", result="satisfied")
    yield lambda: walk.act("recognise", "xuting", "water", reason="属实")


def _kept(walk: Walk) -> dict[str, object]:
    promise = walk.matter.promises.get()
    return {"promise": promise.pk, "state": "kept", "progress": "完工", "evidence": [evidence(walk)]}


def pressing(tour: Tour) -> Steps:
    walk, cast = tour.walk, tour.cast
    walk.handed_over(("water", "lead"))
    post = Post.objects.get(person__name="陆雅琴", role="chairperson")
    chosen = {"leader": (post.person, post.organ), "supervisor": cast.organs["rural"]}
    yield lambda: walk.act("choose_priority", "shenjianguo", **chosen, plan="每月到现场看一次")
    seen = {"place": "上河村", "people": "陆雅琴等", "found": "桥还没有修", "asked": "汛前修好"}
    yield lambda: walk.act("visit", "luyaqin", **seen)
    yield lambda: walk.act("grant", "fanghua", organ=cast.organs["water"], amount=30_000, purpose="修桥")
    late = tour.begins_on + timedelta(days=150)
    yield lambda: walk.act("remind", "xuting", "water", degree="second", asked="抓紧答复", day=late)
    walk.claimed().contacted().drafted(promises=[PROMISE], result_class="B").signed(insist=SAME)
    counts = {"members": 31, "present": 28, "satisfied": 20, "basically": 5, "dissatisfied": 2}
    counts |= {"abstained": 1, "void": 0}
    yield lambda: walk.act("evaluate", "xuting", counts=counts, scrutineers="郑凯、于红")
    yield lambda: walk.act("drop_priority", "shenjianguo", reason="已经办结")
    end = late + timedelta(days=90)
    yield lambda: walk.act("end_rating", "xuting", day=end)
    yield lambda: walk.act("withhold", "fanghua", reason="涉及应急设施位置")
    yield lambda: walk.act("publish_anew", "fanghua", reason="工程已公开")
    yield lambda: walk.act("publish", "xuting", redactions=[])
    yield lambda: walk.act("conclude", "xuting", way="follow", reason="等秋后")
    yield lambda: walk.act("look_back", "xuting", measures=[_broken(walk)])
    yield lambda: walk.act("give_up", "fanghua", reason="改线后不再需要")


def _broken(walk: Walk) -> dict[str, object]:
    promise = walk.matter.promises.get()
    return {"promise": promise.pk, "state": "broken", "progress": "没有开工"}


def ending(tour: Tour) -> Steps:
    quick = tour.walk
    quick.act("accept_quick", "xuting")
    quick.act("hand_over", "xuting", parties=[(tour.cast.organs["water"], "lead")])
    quick.claimed().contacted().drafted()
    yield lambda: None
    yield lambda: quick.act("sign_quickly", "leizhigang", "water", overrule=SAME)
    yield lambda: quick.act("relate", "xuting", number=_other(quick), kind="same_subject")
    old = tour.anew()
    old.act("accept", "xuting")
    Suggestion.objects.filter(matter=old.matter).update(imported=True)
    yield lambda: None
    history = {"parties": [(tour.cast.organs["water"], "lead")], "result_class": "A", "rating": "satisfied"}
    yield lambda: old.act("record_history", "xuting", history=history)


def _other(walk: Walk) -> str:
    return Matter.objects.exclude(pk=walk.matter.pk).latest("pk").number
