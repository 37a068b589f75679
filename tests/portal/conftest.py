"""One opinion in 临溪县, walked act by act as far as a test wants, with things planted that must stay inside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from bihuan.library.models import Document
from bihuan.matters.effects import items_to_answer
from bihuan.matters.models import Matter, Promise
from bihuan.matters.opening import ItemDraft, open_matter
from bihuan.matters.perform import perform
from bihuan.modules.opinions.models import Opinion
from bihuan.modules.opinions.procedure import OPINION
from bihuan.people.actors import SYSTEM, Actor
from bihuan.people.models import Account, Organ, Person, Place, Post

TODAY = date(2026, 11, 23)
PASSED = date(2026, 9, 1)
BEIJING = ZoneInfo("Asia/Shanghai")
TITLE = "临溪县人民代表大会常务委员会关于农村供水情况报告的审议意见"
# What is said and done inside: none of it may ever stand on a public page.
INSIDE = (
    "田野", "郝永年", "张敏", "黄德明", "罗静", "措施只在内部", "照片佐证.jpg", "内部说明", "委员会的反馈",
    "采纳情况", "13800138000", "测试撤回的理由", "不公布的理由",
)  # fmt: skip


def morning(day: date, hour: int = 9) -> datetime:
    """A moment of that day in Beijing time."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=BEIJING)


class County:
    """The organs and people an opinion passes through."""

    def __init__(self) -> None:
        self.place = Place.objects.create(code="linxi", name="临溪县")
        self.congress = self.organ("县人大", "congress")
        self.committee = self.organ("县人大常委会农业农村工作委员会", "working_committee")
        self.water = self.organ("县水利局", "bureau")
        self.people = {
            username: self.person(name, organ, role, username=username)
            for username, name, organ, role in (
                ("staff", "罗静", self.committee, "staff"),
                ("director", "黄德明", self.committee, "director"),
                ("clerk", "田野", self.water, "clerk"),
                ("chief", "郝永年", self.water, "chief"),
                ("deputy", "吴桂花", self.organ("青石镇代表团", "delegation", self.congress), "deputy"),
                ("sysadmin", "贺立新", self.organ("县人大常委会办公室", "office"), "sysadmin"),
            )
        }

    def organ(self, name: str, kind: str, parent: Organ | None = None) -> Organ:
        return Organ.objects.create(
            place=self.place, name=name, kind=kind, parent=parent, since=date(2020, 1, 1)
        )

    def person(self, name: str, organ: Organ, role: str, *, username: str) -> Person:
        made = Person.objects.create(name=name)
        Post.objects.create(person=made, organ=organ, role=role, since=date(2020, 1, 1))
        Account.objects.create(username=username, person=made)
        return made

    def actor(self, username: str, *, on: date = TODAY) -> Actor:
        return Actor.of(Account.objects.get(username=username), on=on)

    def opinion(self, *, title: str = TITLE, passed_on: date = PASSED) -> Matter:
        """A matter just opened: two problems, one of them in parts, and a suggestion."""
        matter = open_matter(
            procedure=OPINION,
            place=self.place,
            title=title,
            opened_on=passed_on,
            parties=[(self.committee, "office"), (self.committee, "committee"), (self.water, "lead")],
            items=[
                ItemDraft(kind="problem", ordinal=1, text="老旧管网漏损"),
                ItemDraft(kind="problem", ordinal=1, text="青石镇最重", parent=0),
                ItemDraft(kind="problem", ordinal=2, text="高山村旱季缺水"),
                ItemDraft(kind="suggestion", ordinal=1, text="落实管护经费"),
            ],
            events={"会议闭会": passed_on, "会议通过": passed_on},
            actor=SYSTEM,
            at=morning(passed_on),
        )
        Opinion.objects.create(
            matter=matter,
            session="县人大常委会第二十九次会议",
            passed_on=passed_on,
            paragraphs=["会议认为，供水工作有进展。"],
        )
        return matter


class Walk:
    """Takes one matter along its procedure, an act a day; `after(act)` goes until that act is done."""

    ACTS = (
        "hand_over", "receive", "plan", "progress", "answer", "consult", "comment", "report", "pass_check",
        "inform",
    )  # fmt: skip

    def __init__(self, county: County, matter: Matter) -> None:
        self.county, self.matter, self.day = county, matter, PASSED

    def after(self, last: str) -> Matter:
        """Every act of ACTS up to and with `last`; none for ''."""
        for act in self.ACTS[: self.ACTS.index(last) + 1] if last else ():
            getattr(self, act)()
        return self.matter

    def do(self, act: str, username: str, **answers: Any) -> None:
        """One act, the day after the one before."""
        self.day += timedelta(days=1)
        party = self.matter.parties.filter(part="lead").first()
        lane = self.matter.procedure.act(act).is_lane
        actor = self.county.actor(username, on=self.day)
        at = morning(self.day)
        perform(self.matter, act, actor=actor, answers=answers, at=at, party=party if lane else None)
        self.matter.refresh_from_db()

    def hand_over(self) -> None:
        parties = [(self.county.water, "lead"), (self.county.committee, "committee")]
        self.do("hand_over", "staff", parties=parties, note="内部说明")

    def receive(self) -> None:
        self.do("receive", "clerk", note="内部说明")

    def plan(self) -> None:
        measures = [
            {"item": item.pk, "text": "措施只在内部", "person": "田野", "due_on": None}
            for item in items_to_answer(self.matter)
        ]
        self.do("plan", "clerk", measures=measures)

    def progress(self) -> None:
        evidence = Document.objects.create(
            place=self.county.place, kind=Document.EVIDENCE, name="照片佐证.jpg", sha256="0" * 64, size=1,
            media_type="image/jpeg", uploaded_at=morning(self.day),
        )  # fmt: skip
        first = self.matter.promises.order_by("-round", "id")[0]
        report = {
            "promise": first.pk,
            "state": Promise.KEPT,
            "progress": "措施只在内部",
            "evidence": [evidence],
        }
        self.do("progress", "clerk", measures=[report])

    def answer(self) -> None:
        results = ("solved", "staged", "open")
        answers = [
            {"item": item.pk, "result": result, "text": f"第{self.matter.round}轮办理，电话13800138000"}
            for item, result in zip(items_to_answer(self.matter), results, strict=True)
        ]
        self.do("answer", "clerk", answers=answers)

    def consult(self) -> None:
        self.do("consult", "chief", note="内部说明")

    def comment(self) -> None:
        self.do("comment", "staff", view="agree", text="委员会的反馈")

    def report(self) -> None:
        self.do("report", "chief", adopted="采纳情况")

    def pass_check(self) -> None:
        self.do("pass_check", "staff", note="内部说明")

    def inform(self) -> None:
        self.do("inform", "staff", by_whom="张敏")

    def publish(self) -> None:
        self.do("publish", "staff", summary="已逐项办理")

    def withhold(self) -> None:
        self.do("withhold", "director", reason="不公布的理由")

    def vote(self, *, satisfied: int, dissatisfied: int) -> None:
        session_on = self.day + timedelta(days=1)
        self.do(
            "schedule",
            "director",
            session="某县第十七届人民代表大会常务委员会第三十次会议",
            session_on=session_on,
        )
        counts = {"members": 20, "present": 18, "satisfied": satisfied, "basically": 0, "void": 0}
        counts |= {"dissatisfied": dissatisfied, "abstained": 18 - satisfied - dissatisfied}
        self.do("vote", "staff", counts=counts, scrutineers="张敏")


@pytest.fixture
def county(db: None) -> County:
    return County()


@pytest.fixture
def walk(county: County) -> Walk:
    return Walk(county, county.opinion())


@pytest.fixture
def published(walk: Walk) -> Walk:
    walk.after("inform")
    walk.publish()
    return walk


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """The site's day stands still."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: morning(TODAY))
    return TODAY


Enter = Callable[[str], Client]


@pytest.fixture
def enter(county: County, settings: Any) -> Enter:
    """A browser in which somebody is signed in."""
    settings.BIHUAN_ADMIN_MFA = False

    def signed_in(username: str) -> Client:
        client = Client()
        client.force_login(Account.objects.get(username=username))
        client.get("/robots.txt")  # the first request of a session writes it; those that follow count
        return client

    return signed_in
