"""A small cast for the library: two members of the offices, one outsider, one place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.db.utils import ConnectionHandler
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from bihuan import readers
from bihuan.library import intake as intakes
from bihuan.library.documents import keep_document
from bihuan.library.intake import AcceptedPaper, Created, Plan, Planned, Question
from bihuan.library.models import Document, Reading
from bihuan.library.readings import read_document
from bihuan.library.refusals import Refused
from bihuan.people.actors import Actor
from bihuan.people.models import Account, Organ, Person, Place, Post
from bihuan.readers import facts
from bihuan.readers.facts import Fact, Span
from bihuan.readers.opening import open_file
from tests.conftest_pg import database_settings, postgres_host  # noqa: F401 - fixtures

AT = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
ON = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path) -> Path:
    """Files of a test lie in its own folder."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


@contextmanager
def connected(settings: dict[str, Any]) -> Iterator[None]:
    """Within, the program's default connection is one to this database."""
    before = connections["default"]
    connections["default"] = mine = ConnectionHandler({"default": settings})["default"]
    try:
        yield
    finally:
        mine.close()
        connections["default"] = before


@pytest.fixture(scope="session")
def postgres_library(
    postgres_host: str,  # noqa: F811
    django_db_blocker: DjangoDbBlocker,
) -> dict[str, Any]:
    """Settings of a migrated, empty database on a real PostgreSQL."""
    with psycopg.connect(host=postgres_host, user="postgres", dbname="postgres", autocommit=True) as server:
        server.execute("CREATE DATABASE library")
    settings = database_settings(postgres_host, "library")
    with django_db_blocker.unblock(), connected(settings):
        call_command("migrate", verbosity=0)
    return settings


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, db: None) -> Iterator[None]:
    """The rules hold on both databases; each test's changes are rolled back.

    `db` is asked for even where PostgreSQL takes its place: pytest-django only makes a test database if it
    sees before the run that some test needs one."""
    if request.param == "sqlite":
        yield
        return
    settings = request.getfixturevalue("postgres_library")
    with connected(settings), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def place(database: None) -> Place:
    return Place.objects.create(code="linxi", name="临溪县")


def account(place: Place, *, name: str, username: str, role: str, organ: str, kind: str) -> Account:
    """An account whose person has held one post since 2020."""
    seat, _ = Organ.objects.get_or_create(
        place=place, name=organ, defaults={"kind": kind, "since": date(2020, 1, 1)}
    )
    person = Person.objects.create(name=name)
    Post.objects.create(person=person, organ=seat, role=role, title="", since=date(2020, 1, 1))
    return Account.objects.create(username=username, person=person)


@pytest.fixture
def clerk_account(place: Place) -> Account:
    return account(
        place, name="张敏", username="zhangmin", role="staff", organ="县人大常委会办公室", kind="office"
    )


@pytest.fixture
def staff(clerk_account: Account) -> Actor:
    return Actor.of(clerk_account, on=ON)


@pytest.fixture
def colleague(place: Place) -> Actor:
    made = account(
        place,
        name="李伟",
        username="liwei",
        role="director",
        organ="财政经济工作委员会",
        kind="working_committee",
    )
    return Actor.of(made, on=ON)


@pytest.fixture
def outsider_account(place: Place) -> Account:
    return account(place, name="王芳", username="wangfang", role="clerk", organ="县林业局", kind="bureau")


@pytest.fixture
def outsider(outsider_account: Account) -> Actor:
    return Actor.of(outsider_account, on=ON)


# A notice with one opinion, in our own words, and what a reader would say about it. The two places where
# the report is asked for disagree, which the reader says instead of choosing.
PAPER = """关于印发《关于全县河道整治情况报告的审议意见》的通知

县人民政府：

现将审议意见印发给你们，请认真办理。

附件1

关于全县河道整治情况报告的审议意见

会议认为，整治工作取得阶段成果，但还有两个问题：一是部分河段
淤积未清。二是管护经费没有着落。

县政府要在两个月内书面报告办理情况。报送前征求意见，随后报告。
"""
NOTICE = "关于印发《关于全县河道整治情况报告的审议意见》的通知"
OPINION = "关于全县河道整治情况报告的审议意见"


def span(words: str, *, section: str, nth: int = 0) -> Span:
    """The nth place in PAPER that begins and ends like `words` ('开头…结尾', or the words themselves)."""
    begins, _, ends = words.partition("…")
    start = -1
    for _time in range(nth + 1):
        start = PAPER.index(begins, start + 1)
    end = PAPER.index(ends, start) + len(ends) if ends else start + len(begins)
    return Span(quote="".join(PAPER[start:end].split()), start=start, end=end, section=section)


FACTS: tuple[Fact, ...] = (
    facts.Document(at=span(NOTICE, section=NOTICE), title=NOTICE, genre="公文通知"),
    facts.Document(at=span(f"附件1…{OPINION}", section=OPINION), title=OPINION, genre="审议意见"),
    facts.Finding(
        at=span("部分河段…未清", section=OPINION), kind="problem", text="部分河段淤积未清", ordinal=1
    ),
    facts.Finding(
        at=span("管护经费没有着落", section=OPINION), kind="problem", text="管护经费没有着落", ordinal=2
    ),
    facts.Deadline(
        at=span("县政府要在…情况", section=OPINION),
        action="书面报告办理情况",
        responsible="县政府",
        offset="P2M",
    ),
    facts.Deadline(
        at=span("随后报告", section=OPINION),
        action="报告",
        anchor="随后",
        confidence=0.6,
        doubt="“随后”没有写明期限，也没有写明由谁报告。",
    ),
    facts.Inconsistency(
        at=span("在两个月内", section=OPINION), kind="term", description="两处期限不一致", quote2="随后报告"
    ),
)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that finds FACTS in PAPER and nothing in anything else: the library's rules, not the readers'."""

    def read(data: bytes, name: str) -> readers.Reading:
        opened = open_file(data, name)
        return readers.Reading(
            opened=opened, sections=(), facts=FACTS if opened.text == PAPER else (), doubts=()
        )

    monkeypatch.setattr(readers, "read", read)


@pytest.fixture
def paper(place: Place, staff: Actor) -> Document:
    return keep_document(
        data=PAPER.encode(), name="通知.txt", kind=Document.UPLOAD, place=place, actor=staff, at=AT
    ).document


@pytest.fixture
def reading(reader: None, paper: Document) -> Reading:
    return read_document(document=paper, at=AT)


class RiverIntake:
    """A module's intake as small as can be: one 事项 an opinion, whose organ must be chosen."""

    genres = frozenset({"公文通知", "审议意见"})
    ORGAN = Question(
        key="organ",
        text="由哪个机关办理？文件只写了“县政府”。",
        choices=(("1", "县人民政府"), ("2", "县水利局")),
    )

    def __init__(self) -> None:
        self.created: list[str] = []
        self.fails = False

    def plan(
        self, papers: Sequence[AcceptedPaper], *, place: Place, answers: Mapping[str, str], at: datetime
    ) -> Plan:
        organ = dict(self.ORGAN.choices).get(answers.get("organ", ""), "待定")
        matters = tuple(
            Planned(
                key=paper.section,
                kind="事项",
                title=str(paper.document["title"]),
                lines=(f"办理机关：{organ}", f"要点{len(paper.facts)}条"),
                spans=((int(str(paper.document["start"])), int(str(paper.document["end"]))),),
            )
            for paper in papers
            if paper.document["genre"] == "审议意见"
        )
        return Plan(planned=matters, questions=(self.ORGAN,) if matters else ())

    def create(
        self,
        papers: Sequence[AcceptedPaper],
        *,
        place: Place,
        answers: Mapping[str, str],
        actor: Actor,
        at: datetime,
        document: Document,
    ) -> Sequence[Created]:
        plan = self.plan(papers, place=place, answers=answers, at=at)
        Organ.objects.create(place=place, name=f"{answers['organ']}号专班", kind="other", since=ON)
        if self.fails:
            raise Refused("没有建立：机关已经撤销。请改选其他机关。")
        self.created += [planned.title for planned in plan.planned]
        return [Created(label=planned.title, url=f"/matters/{planned.key}") for planned in plan.planned]


@pytest.fixture
def intake(monkeypatch: pytest.MonkeyPatch) -> RiverIntake:
    """The only intake there is."""
    made = RiverIntake()
    monkeypatch.setattr(intakes, "_intakes", [])
    intakes.register_intake(made)
    return made
