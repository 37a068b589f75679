"""Every registered procedure keeps what a procedure promises; a new module is held to the same.

`WALKS` says how a matter of each procedure is opened for the tests; a procedure without one fails here.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import Protocol

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bihuan.kernel.glossary import chinese
from bihuan.kernel.law import shipped_law
from bihuan.kernel.procedure import Kind
from bihuan.kernel.terms import OnEvent, Period, TermSpec
from bihuan.matters import checks
from bihuan.matters.access import Access
from bihuan.matters.models import Deed, Matter
from bihuan.matters.pages import act_url
from bihuan.matters.registry import Module, modules
from bihuan.modules.opinions.procedure import RESOLUTION
from bihuan.people.demo import Cast
from tests.loop import ITEMS, REPORTED, SENT, TOLD, Loop
from tests.matters.test_views import client_of, recent
from tests.modules.suggestions.tour import Tour, take


class Going(Protocol):
    """A matter on its way: the walks of the procedures differ in all else."""

    @property
    def matter(self) -> Matter: ...

    def access(self, username: str) -> Access: ...


Walk = tuple[Going, Iterator[None]]
LEAD_AND_CO = (("government", "lead"), ("water", "co"))
ACTORS = ("huangdeming", "luojing", "chenguoping", "xiaofei", "tangzhiyuan", "liangbo", "leizhigang")
ACTORS += ("fanghua", "xuting", "wuguihua", "caoyong", "shenjianguo", "luyaqin")
ACTORS += ("tianye", "duanhong", "haoyongnian", "penglei", "fushengli")
DUTY = TermSpec(
    code="duty",
    name="书面报告执行情况",
    anchor=OnEvent(event="下一年度会议"),
    period=Period.parse("P1D"),
    citation="《关于批准预算调整方案的决议》",
)


def opened(days: int) -> date:
    """So many days before today: pages are asked for today."""
    return timezone.localdate() - timedelta(days=days)


def _opinion(cast: Cast) -> Walk:
    loop = Loop(cast, agencies=LEAD_AND_CO, terms=(SENT, REPORTED, TOLD, DUTY), opened_on=opened(150))
    return loop, walk_opinion(loop)


def _resolution(cast: Cast) -> Walk:
    loop = Loop(cast, procedure=RESOLUTION, committee=None, terms=(DUTY,), opened_on=opened(150))
    return loop, walk_resolution(loop)


def _suggestion(cast: Cast) -> Walk:
    tour = Tour(cast, begins_on=opened(150))
    return tour, take(tour)


WALKS: dict[str, Callable[[Cast], Walk]] = {
    "opinion": _opinion,
    "resolution": _resolution,
    "suggestion": _suggestion,
}
own = [each for each in modules() if each.procedure.code in WALKS]  # tests of the engine register one more


def every(module_: Module) -> str:
    return f"{module_.procedure.code}-{module_.procedure.edition}"


of_all = pytest.mark.parametrize("kind", own, ids=every)


def test_every_procedure_of_the_program_can_be_walked_here() -> None:
    shipped = {each.procedure.code for each in modules() if each.procedure.code != "trial"}
    assert shipped == set(WALKS)


@of_all
def test_a_declaration_is_without_fault(kind: Module) -> None:
    assert kind.procedure.faults() == ()


@of_all
def test_every_part_and_role_has_its_chinese_name(kind: Module) -> None:
    procedure = kind.procedure
    bys = [by for act in procedure.acts for by in act.by] + list(procedure.sees)
    parts = {by.part for by in bys} | set(procedure.lane_parts) | {term.part for term in procedure.terms}
    named = {f"part.{part}" for part in parts} | {f"role.{role}" for by in bys for role in by.roles}
    assert [code for code in sorted(named) if not chinese(code)] == []


@of_all
def test_every_special_question_has_a_form_that_asks_it(kind: Module) -> None:
    special = {act.code for act in kind.procedure.acts if any(ask.kind is Kind.SPECIAL for ask in act.asks)}
    assert special - set(kind.forms) == set()


@of_all
def test_no_clock_is_without_a_law(kind: Module) -> None:
    """What the check at start-up asks: every length comes from a paper or from some place's law file."""
    assert list(checks.clocks_without_law(kind.procedure, shipped_law())) == []


@of_all
def test_some_act_tells_the_public(kind: Module) -> None:
    assert [act.code for act in kind.procedure.acts if act.public] != []


@of_all
def test_every_paper_an_act_issues_is_made_from_that_act(kind: Module) -> None:
    stray = [
        f"{act.code}: {code}"
        for act in kind.procedure.acts
        for code in act.papers
        if act.code not in kind.paper(code).deeds
    ]
    assert stray == []


# --- walked


def walk_opinion(loop: Loop) -> Iterator[None]:
    """Everything that can happen to an opinion, stopping after each act."""
    late = loop.today + timedelta(days=70)
    steps: list[Callable[[], object]] = [
        lambda: None,
        lambda: loop.act("hand_over"),
        lambda: loop.act("add_agency", parties=[(loop.cast.organs["planning"], "separate")]),
        *(lambda at=at: loop.lane_to(at) for at in ("planning", "carrying")),
        lambda: loop.act("progress", "government"),
        lambda: loop.act("pause_term"),
        lambda: loop.act("resume_term"),
        lambda: loop.act("remind", "government", on=late),
        lambda: loop.act("ask_extension", "government"),
        lambda: loop.act("refuse_extension", "government"),
        lambda: loop.act("ask_extension", "government"),
        lambda: loop.act("grant_extension", "government", until=late + timedelta(days=20)),
        *(lambda at=at: loop.lane_to(at, "water") for at in ("carrying", "contributed")),
        *(lambda at=at: loop.lane_to(at, "planning") for at in ("consulting", "reporting")),
        lambda: loop.act("report", "planning"),
        *(lambda at=at: loop.lane_to(at) for at in ("consulting", "reporting")),
        lambda: loop.act("report", "government"),
        lambda: loop.act("send_back", parties=[loop.party("government")]),
        lambda: loop.act("report", "government"),
        *(lambda at=at: loop.to(at) for at in ("informing", "publishing", "settling", "hearing")),
        lambda: loop.act("vote"),
        lambda: loop.act("look_back"),
    ]  # type: ignore[misc]
    for step in steps:
        step()
        yield


def walk_resolution(loop: Loop) -> Iterator[None]:
    """The same for a resolution."""
    yield
    for code in ("settle_term", "publish", "fulfil", "close"):
        loop.act(code)
        yield


@of_all
def test_every_act_has_a_page_for_those_to_whom_it_is_open(cast: Cast, kind: Module) -> None:
    going, walk = WALKS[kind.procedure.code](cast)
    clients = {username: client_of(cast, username) for username in ACTORS}
    shown: set[str] = set()
    for _ in walk:
        for username in ACTORS:
            for each in going.access(username).open_acts():
                if each.act.code not in shown:
                    shown.add(each.act.code)
                    answer = clients[username].get(act_url(going.matter, each))
                    assert (each.act.code, answer.status_code) == (each.act.code, 200)
    # The matter has a committee, so nobody reports past it.
    assert {act.code for act in kind.procedure.acts} - shown <= {"report_directly"}


@of_all
def test_every_paper_is_printed_as_pdf_and_docx(cast: Cast, kind: Module) -> None:
    going, walk = WALKS[kind.procedure.code](cast)
    for _ in walk:
        pass
    client = client_of(cast, "luojing")
    printed = set()
    for deed in Deed.objects.filter(matter__procedure_code=kind.procedure.code).select_related("matter"):
        for paper in kind.papers:
            if deed.act in paper.deeds:
                printed.add(paper.code)
                for form in ("pdf", "docx"):
                    address = reverse(
                        "matters:paper_of", args=[deed.matter.number, deed.seq, paper.code, form]
                    )
                    check_file(client.get(address), form)
    assert printed == {paper.code for paper in kind.papers if paper.deeds}
    for form in ("pdf", "docx"):
        check_file(client.get(reverse("matters:paper", args=[going.matter.number, "text", form])), form)


def check_file(answer: HttpResponse, form: str) -> None:
    """A PDF begins like one, a DOCX opens and holds a document."""
    assert answer.status_code == 200
    if form == "pdf":
        assert answer.content[:5] == b"%PDF-"
    else:
        assert "word/document.xml" in zipfile.ZipFile(BytesIO(answer.content)).namelist()


# --- pages ask no more for more


PAGES: dict[str, tuple[str, Callable[[Loop], object]]] = {
    "": ("luojing", lambda loop: loop.to("checking")),
    "hand_over/": ("luojing", lambda loop: None),
    "plan/": ("xiaofei", lambda loop: loop.lane_to("planning")),
    "progress/": ("xiaofei", lambda loop: loop.lane_to("carrying")),
    "answer/": ("xiaofei", lambda loop: loop.lane_to("carrying")),
    "pause_term/": ("huangdeming", lambda loop: loop.lane_to("carrying")),
    "send_back/": ("luojing", lambda loop: loop.to("checking")),
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_no_more_for_more_items_and_agencies(cast: Cast, page: str) -> None:
    username, bring = PAGES[page]
    small = recent(cast, items=ITEMS[:1], agencies=(("government", "lead"),))
    large = recent(
        cast,
        items=ITEMS + ITEMS,
        agencies=(("government", "lead"), ("water", "co"), ("planning", "separate")),
    )
    client = client_of(cast, username)
    asked = []
    for loop in (small, large):
        bring(loop)
        address = f"/matters/{loop.matter.number}/{page}"
        assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked.append(len(queries))
    assert asked[0] == asked[1]
