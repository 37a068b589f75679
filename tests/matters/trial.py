"""A small county and the smallest procedure with clocks: somebody reports by a day, somebody checks it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bihuan.kernel.procedure import Act, By, Procedure, Stage, TermKind
from bihuan.kernel.terms import FixedDate, OnEvent, Period, TermSpec
from bihuan.matters import registry
from bihuan.matters.models import Matter
from bihuan.matters.opening import open_matter
from bihuan.people.actors import SYSTEM, Actor
from bihuan.people.models import Account, Organ, Person, Place, Post

BEIJING = ZoneInfo("Asia/Shanghai")
OPENED = date(2026, 3, 2)

TRIAL = Procedure(
    code="trial",
    name="试办事项",
    edition="1",
    prefix="SB",
    stages=(Stage(code="open", name="在办"), Stage(code="closed", name="已办结", ended=True)),
    acts=(
        Act(
            code="report",
            name="报告",
            by=(By(part="lead", roles=("clerk", "chief")),),
            at=("open",),
            to="closed",
            awaited=True,
        ),
    ),
    terms=(TermKind(code="report", name="书面报告", part="lead", met_by=("report",)),),
)


def morning(day: date, hour: int = 8) -> datetime:
    """A moment of that day in Beijing time."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=BEIJING)


class County:
    """临溪县 with an office, a bureau and the government's office that oversees it."""

    def __init__(self) -> None:
        registry.register(registry.Module(procedure=TRIAL))
        self.place = Place.objects.create(code="linxi", name="临溪县")
        self.office = self._organ("县人大常委会办公室", "office")
        self.bureau = self._organ("县水利局", "bureau")
        self.inspectorate = self._organ("县政府办", "government_office")
        self.staff = self.person("张敏", self.office, "staff", email="zhangmin@linxi.example")
        self.director = self.person("周文涛", self.office, "director")
        self.clerk = self.person("田野", self.bureau, "clerk", mobile="13800000001")
        self.overseer = self.person("肖飞", self.inspectorate, "clerk")
        self.sysadmin = self.person("贺立新", self.office, "sysadmin")

    def _organ(self, name: str, kind: str) -> Organ:
        return Organ.objects.create(place=self.place, name=name, kind=kind, since=date(2020, 1, 1))

    def person(self, name: str, organ: Organ, role: str, *, email: str = "", mobile: str = "") -> Person:
        """Somebody who holds one post since 2020 and has an account."""
        made = Person.objects.create(name=name, email=email, mobile=mobile)
        Post.objects.create(person=made, organ=organ, role=role, since=date(2020, 1, 1))
        Account.objects.create(username=f"u{made.pk}", person=made)
        return made

    def actor(self, person: Person, *, on: date = OPENED) -> Actor:
        return Actor.of(Account.objects.get(person=person), on=on)

    def matter(
        self,
        *,
        title: str = "关于水库除险加固的试办事项",
        due_on: date | None = None,
        working_days: str = "",
        start: date = OPENED,
        opened_on: date = OPENED,
    ) -> Matter:
        """A matter with one term: due on a day, or so many working days (P5WD) after `start`."""
        term = TermSpec(
            code="report",
            name="书面报告",
            anchor=FixedDate(on=due_on) if due_on else OnEvent(event="交办", on=start),
            period=None if due_on else Period.parse(working_days),
            citation="试办规则第一条",
        )
        return open_matter(
            procedure=TRIAL,
            place=self.place,
            title=title,
            opened_on=opened_on,
            parties=[(self.office, "office"), (self.bureau, "lead"), (self.inspectorate, "overseer")],
            terms=[term],
            actor=SYSTEM,
            at=morning(opened_on),
        )
