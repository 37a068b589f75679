"""One notice from the printer to the closed matter, through the pages alone, each as the person concerned.

No service is called but for the clock's round: what is uploaded, typed, clicked and downloaded is what people
upload, type, click and download. Without JavaScript by nature.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import date, timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from bihuan.ledger.checking import begin, step
from bihuan.matters.models import Matter, Promise, Term
from bihuan.matters.tick import mark_lights
from bihuan.modules.opinions.demo import PICTURE, PLACE, WATER
from bihuan.people.demo import Cast
from bihuan.readers.opening import open_file
from bihuan.writers import render_docx, render_pdf
from bihuan.writers.forms import notice_with_annexes
from bihuan.writers.numbers import DocumentNumber, session_name
from bihuan.writers.paper import Paper, as_annex
from tests.matters.test_views import client_of, hidden

SESSION = session_name(place=PLACE, term=17, session=29)
TITLE = WATER.title()
DIRECTOR, STAFF, OFFICE = "huangdeming", "luojing", "zhangmin"
CLERK, LEADER, CHIEF = "xiaofei", "tangzhiyuan", "liangbo"


def notice(passed_on: date) -> Paper:
    return notice_with_annexes(
        letterhead=f"{PLACE}人大常委会文件",
        number=DocumentNumber(code="临人常", year=passed_on.year, serial=8),
        session=SESSION,
        addressees=("县人民政府",),
        annexes=(as_annex(WATER.paper(session=SESSION, passed_on=passed_on)),),
        organ=f"{PLACE}人大常委会",
        dated=passed_on,
        sealed=True,
        copied_to=("县人大常委会组成人员",),
        printed_by=f"{PLACE}人大常委会办公室",
        printed_on=passed_on,
    )


def as_text(passed_on: date) -> bytes:
    """The same notice as somebody would paste it: its paragraphs, nothing else."""
    packed = zipfile.ZipFile(BytesIO(render_docx(notice(passed_on))))
    xml = packed.read("word/document.xml").decode()
    paragraphs = re.findall(r"<w:p[ >].*?</w:p>", xml, flags=re.DOTALL)
    lines = (unescape("".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", each))) for each in paragraphs)
    return "\n".join(line for line in lines if line.strip()).encode()


FORMS: dict[str, Any] = {
    "docx": lambda passed_on: render_docx(notice(passed_on)),
    "pdf": lambda passed_on: render_pdf(notice(passed_on)),
    "txt": as_text,
}


class Journey:
    """The site, and everybody signed in to it."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self._clients: dict[str, Client] = {}
        self.number = ""

    def client(self, username: str) -> Client:
        return self._clients.setdefault(username, client_of(self.cast, username))

    # --- the paper

    def take_in(self, data: bytes, name: str) -> None:
        """Upload, accept what is certain, then the rest one by one, answer what is asked, confirm."""
        office = self.client(OFFICE)
        page = office.post("/library/upload", {"files": SimpleUploadedFile(name, data)})
        reading = re.search(r"/library/readings/(\d+)", page.content.decode())
        assert reading is not None, page.content.decode()
        address = f"/library/readings/{reading[1]}"
        office.post(f"{address}/certain")
        pending = re.findall(r'value="(\d+ \d+ accepted)"', office.get(address).content.decode())
        for decide in pending:
            office.post(f"{address}/decide", {"decide": decide})
        asked = office.get(f"{address}/acceptance")
        answers = answered(asked)
        shown = office.post(f"{address}/acceptance", answers | {"step": "preview"})
        seen = hidden(shown, "seen")
        done = office.post(f"{address}/acceptance", answers | {"seen": seen, "step": "accept"})
        assert done.status_code == 302, done.content.decode()
        self.number = Matter.objects.get(title=TITLE).number

    # --- acts

    def do(self, username: str, code: str, **typed: Any) -> HttpResponse:
        """One act by its page; afterwards the matter page is back."""
        client = self.client(username)
        address = self.address_of(username, code)
        page = client.get(address)
        assert page.status_code == 200, (code, page.status_code)
        answer = client.post(address, filled(page) | typed)
        assert answer.status_code == 302, (code, text_of(answer))
        return answer

    def try_to(self, username: str, code: str, **typed: Any) -> str:
        """One act that is refused: what the page says."""
        client = self.client(username)
        address = self.address_of(username, code)
        answer = client.post(address, filled(client.get(address)) | typed)
        assert answer.status_code == 409, code
        return text_of(answer)

    def address_of(self, username: str, code: str) -> str:
        """Where the matter's page leads for the act: it must be offered to this person."""
        page = self.client(username).get(f"/matters/{self.number}/").content.decode()
        found = re.search(rf'href="(/matters/{self.number}/{code}/(?:\d+/)?)"', page)
        assert found is not None, f"{username} is not offered {code}"
        return found[1]

    def matter(self) -> Matter:
        return Matter.objects.get(number=self.number)

    def state(self) -> tuple[str, int]:
        matter = self.matter()
        return matter.stage, matter.round

    def handle(self) -> None:
        """The agency plans, carries out with a picture as evidence, answers item by item, consults, reports."""
        self.do(CLERK, "plan", **self._plan())
        self.do(CLERK, "progress", **self._progress())
        self.do(CLERK, "answer", **self._answers())
        self.do(LEADER, "consult")
        self.do(STAFF, "comment", view="amend", text="请附验收材料。")
        self.do(CHIEF, "report", adopted="已采纳，见附件。")

    def _items(self) -> list[int]:
        return list(
            self.matter().items.filter(parent=None).exclude(kind="requirement").values_list("pk", flat=True)
        )

    def _plan(self) -> Mapping[str, str]:
        texts = {f"text-{item}-0": "列出清单，逐项销号" for item in self._items()}
        return texts | {f"person-{item}-0": "肖飞" for item in self._items()}

    def _progress(self) -> Mapping[str, Any]:
        told: dict[str, Any] = {}
        for promise in Promise.objects.filter(matter=self.matter(), round=self.matter().round):
            told[f"state-{promise.pk}"] = "kept"
            told[f"progress-{promise.pk}"] = "已完成。"
            told[f"evidence-{promise.pk}"] = SimpleUploadedFile(
                f"{promise.pk}.jpg", PICTURE + bytes([promise.pk % 250])
            )
        return told

    def _answers(self) -> Mapping[str, str]:
        results = {f"result-{item}": "solved" for item in self._items()}
        return results | {f"text-{item}": "已办结并验收。" for item in self._items()}

    def to_the_vote(self) -> None:
        self.do(STAFF, "pass_check")
        self.do(STAFF, "inform", by_whom="县人大常委会")
        self.do(STAFF, "publish", summary="处理结果已核对，现予公布。")
        session_on = timezone.localdate().isoformat()
        self.do(DIRECTOR, "schedule", session=SESSION, session_on=session_on)

    def vote(self, satisfied: int, basically: int = 0) -> None:
        counts = {"members": 35, "present": 33, "satisfied": satisfied, "basically": basically}
        counts |= {"dissatisfied": 33 - satisfied - basically, "abstained": 0, "void": 0}
        self.do(STAFF, "vote", **{f"count_{key}": str(count) for key, count in counts.items()})


def text_of(answer: HttpResponse) -> str:
    """The page as one reads it."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))[:3000]


def filled(page: HttpResponse) -> dict[str, Any]:
    """The form as it came: hidden fields, what is ticked, selected or already written."""
    html = page.content.decode()
    html = html[html.index('class="form act-form"') :]
    given: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name, value = attribute(tag, "name"), attribute(tag, "value") or ""
        kind = attribute(tag, "type")
        if (
            name is None
            or kind in ("file", "submit")
            or (kind in ("checkbox", "radio") and "checked" not in tag)
        ):
            continue
        if kind == "checkbox":
            given.setdefault(name, []).append(value)
        else:
            given[name] = value
    for head, body in re.findall(r"<select([^>]*)>(.*?)</select>", html, flags=re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)"[^>]*\sselected', body)
        if chosen:
            given[attribute(f"<select{head}>", "name") or ""] = unescape(chosen[0])
    for head, body in re.findall(r"<textarea([^>]*)>(.*?)</textarea>", html, flags=re.DOTALL):
        given[attribute(f"<textarea{head}>", "name") or ""] = unescape(body.strip())
    return given


def attribute(tag: str, name: str) -> str | None:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else None


def answered(page: HttpResponse) -> dict[str, str]:
    """What an office would answer: the rural committee is in charge, the house informs and publishes."""
    html, given = page.content.decode(), {}
    for head, body in re.findall(r"<select([^>]*)>(.*?)</select>", html, flags=re.DOTALL):
        name = attribute(f"<select{head}>", "name")
        options = [
            (value, label)
            for value, label in re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)', body)
            if value
        ]
        wanted = [value for value, label in options if "农业农村" in label or "办公机构" in label]
        if name and name.startswith("q"):
            given[name] = (wanted or [options[0][0]])[0]
    for tag in re.findall(r"<input[^>]*type=\"radio\"[^>]*>", html):
        name, value = attribute(tag, "name"), attribute(tag, "value")
        if name and value:
            given.setdefault(name, value)
    return given


@pytest.fixture
def journey(cast: Cast) -> Journey:
    return Journey(cast)


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


@pytest.mark.parametrize("form", FORMS)
def test_a_notice_of_any_form_becomes_the_same_matter(journey: Journey, form: str) -> None:
    passed_on = ago(20)
    journey.take_in(FORMS[form](passed_on), f"印发通知.{form}")
    matter = journey.matter()
    items = list(matter.items.filter(parent=None).values_list("kind", "text"))
    assert [text for kind, text in items if kind == "problem"] == list(WATER.problems)
    assert [text for kind, text in items if kind == "suggestion"] == list(WATER.suggestions)
    assert matter.opened_on == passed_on
    terms = matter.terms.filter(kind="consult")
    assert [term.specification.period.iso() for term in terms] == ["P2M"]  # type: ignore[union-attr]
    assert sorted(matter.parties.values_list("organ__short_name", "part")) == [
        ("主任会议", "council"),
        ("农业农村工委", "committee"),
        ("农业农村工委", "office"),
        ("县人大常委会", "informed"),
        ("县政府", "lead"),
    ]


def test_an_opinion_is_walked_from_its_paper_to_its_end(journey: Journey) -> None:
    journey.take_in(FORMS["docx"](ago(20)), "印发通知.docx")
    journey.do(DIRECTOR, "hand_over")
    journey.do(CLERK, "receive")
    journey.handle()
    assert journey.state() == ("checking", 1)
    journey.to_the_vote()
    deputy = journey.client("wuguihua").get(f"/matters/{journey.number}/")
    assert deputy.status_code == 200
    journey.vote(satisfied=30)
    assert journey.state() == ("closed", 1)
    public = Client().get(f"/public/{journey.number}/")
    assert (public.status_code, "处理结果已核对，现予公布。" in public.content.decode()) == (200, True)
    check_papers(journey)
    check_ledger()


@pytest.mark.parametrize(
    ("satisfied", "basically", "conclusion", "state"),
    [
        (30, 2, "满意", ("closed", 1)),
        (10, 15, "基本满意", ("closed", 1)),
        (5, 5, "不满意", ("handling", 2)),
    ],
)
def test_every_outcome_of_the_vote_can_be_recorded(
    journey: Journey, satisfied: int, basically: int, conclusion: str, state: tuple[str, int]
) -> None:
    journey.take_in(as_text(ago(20)), "印发通知.txt")
    journey.do(DIRECTOR, "hand_over")
    journey.do(CLERK, "receive")
    journey.handle()
    journey.to_the_vote()
    journey.vote(satisfied, basically)
    assert journey.state() == state
    deed = journey.matter().deeds.get(act="vote")
    assert dict(deed.lines)["结果"] == conclusion
    printed = journey.client(STAFF).get(f"/matters/{journey.number}/papers/assessment_result.docx")
    assert zipfile.ZipFile(BytesIO(printed.content)).testzip() is None


def check_papers(journey: Journey) -> None:
    """Every paper the matter's page offers is there: a PDF is one, a DOCX opens."""
    client = journey.client(STAFF)
    page = client.get(f"/matters/{journey.number}/").content.decode()
    addresses = sorted(set(re.findall(rf'href="(/matters/{journey.number}/papers/[^"]+)"', page)))
    assert {address.rsplit("/", 1)[1] for address in addresses} >= {
        f"{code}.{form}"
        for code in (
            "notice",
            "text",
            "handover_letter",
            "comment_letter",
            "report_form",
            "assessment_result",
        )
        for form in ("pdf", "docx")
    }
    for address in addresses:
        answer = client.get(address)
        assert (address, answer.status_code) == (address, 200)
        if address.endswith(".pdf"):
            assert answer.content[:5] == b"%PDF-"
        else:
            assert zipfile.ZipFile(BytesIO(answer.content)).testzip() is None


def check_ledger() -> None:
    """The whole ledger verifies."""
    check = begin()
    while not check.finished:
        check = step(check)
    assert check.faults == ()


def test_an_unsatisfactory_handling_is_done_again(journey: Journey) -> None:
    journey.take_in(FORMS["docx"](ago(20)), "印发通知.docx")
    journey.do(DIRECTOR, "hand_over")
    journey.do(CLERK, "receive")
    journey.handle()
    journey.to_the_vote()
    journey.vote(satisfied=5)
    assert journey.state() == ("handling", 2)
    journey.handle()
    journey.to_the_vote()
    journey.vote(satisfied=31)
    assert journey.state() == ("closed", 2)


def test_a_late_one_is_marked_reminded_of_and_extended(journey: Journey) -> None:
    journey.take_in(FORMS["docx"](ago(75)), "印发通知.docx")
    journey.do(DIRECTOR, "hand_over", on=ago(70).isoformat())
    journey.do(CLERK, "receive")
    today = timezone.localdate()
    term = Term.objects.get(matter__number=journey.number, kind="consult")
    assert term.due_on is not None
    assert term.due_on < today
    mark_lights(on=today, at=timezone.now())
    assert sorted(term.marks.values_list("light", flat=True)) == ["late", "warn"]
    listed = journey.client(DIRECTOR).get("/matters/?light=late").content.decode()
    assert journey.number in listed
    wrong = journey.try_to(STAFF, "remind", degree="first", asked="请尽快送征求意见。", number="第7号")
    assert "不是规范的发文字号" in wrong
    numbered = {"number": "临人农〔2026〕7号", "contact": "张敏", "phone": "5550123"}
    journey.do(STAFF, "remind", degree="first", asked="请尽快送征求意见。", **numbered)
    letter = journey.client(STAFF).get(f"/matters/{journey.number}/papers/reminder_letter.docx").content
    printed = open_file(letter, "催办函.docx").text
    assert ("临人农〔2026〕7号" in printed, "（联系人：张敏，电话：5550123）" in printed) == (True, True)
    until = (today + timedelta(days=30)).isoformat()
    journey.do(LEADER, "ask_extension", term=str(term.pk), until=until, reason="重新勘测")
    journey.do(DIRECTOR, "grant_extension", until=until, reason="情况属实")
    term.refresh_from_db()
    assert term.due_on == today + timedelta(days=30)
    page = journey.client(CLERK).get(f"/matters/{journey.number}/").content.decode()
    assert "同意延期（情况属实）" in page
    for paper in ("reminder_letter", "extension_reply"):
        answer = journey.client(STAFF).get(f"/matters/{journey.number}/papers/{paper}.pdf")
        assert answer.content[:5] == b"%PDF-"


def test_what_the_paper_leaves_open_is_asked_and_not_guessed(journey: Journey) -> None:
    """随后 names neither a period nor who: two questions, no date."""
    journey.take_in(FORMS["docx"](ago(20)), "印发通知.docx")
    told = Term.objects.filter(matter__number=journey.number, kind__in=("inform", "publish"))
    assert set(told.values_list("due_on", flat=True)) <= {None}
