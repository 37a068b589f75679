"""The handover book and the units' ledgers: what stands in them, who reads them, in every form."""

from __future__ import annotations

import zipfile
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bihuan.modules.suggestions.models import CongressSession, Suggestion
from bihuan.modules.suggestions.office.book import assignments, book, ledger_row
from bihuan.modules.suggestions.office.scopes import Scope, scopes_of
from bihuan.modules.suggestions.papers import book_row
from bihuan.people.demo import Cast
from tests.matters.test_views import client_of
from tests.modules.suggestions.walking import RAISED_ON, Walk

YEAR = Scope(year=2026, between=True)


def body(response: HttpResponseBase) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]


def test_a_book_row_names_the_handlers_and_the_last_day_of_each_term(cast: Cast) -> None:
    Walk(cast, joint=("caoyong",)).handed_over(("water", "lead"), ("treasury", "co"))
    row = book_row(book(cast.actor("xuting", on=RAISED_ON), cast.place, YEAR).get().matter)
    assert (row.number, row.lead_deputy, row.joint) == ("1", "吴桂花", 1)
    assert (row.lead, row.co, row.separate) == ("县水利局", ("县财政局",), ())
    assert (row.refuse_by, row.reply_by) == (date(2026, 3, 18), date(2026, 6, 4))


def test_the_book_has_what_is_accepted_and_not_what_was_taken_back(cast: Cast) -> None:
    Walk(cast).act("accept", "xuting")
    Walk(cast).handed_over(("water", "lead")).act("withdraw", "wuguihua", reason="已经修好")
    Walk(cast)
    rows = book(cast.actor("xuting", on=RAISED_ON), cast.place, YEAR)
    assert list(rows.values_list("running_no", flat=True)) == [1]


def test_the_governments_office_finds_its_own_agencies_in_the_book(cast: Cast) -> None:
    Walk(cast).handed_over(("water", "lead"))
    Walk(cast).handed_over(("court", "lead"))
    office = next(name for name in cast.accounts if speaks_for_government(cast, name))
    rows = book(cast.actor(office, on=RAISED_ON), cast.place, YEAR)
    assert list(rows.values_list("running_no", flat=True)) == [1]
    assert client_of(cast, office).get("/suggestions/book/").status_code == 200


def speaks_for_government(cast: Cast, name: str) -> bool:
    return any(post.organ_kind == "government_office" for post in cast.actor(name, on=RAISED_ON).posts)


def test_sessions_and_the_time_between_are_scopes_of_their_own_newest_first(cast: Cast) -> None:
    CongressSession.objects.create(
        place=cast.place, congress=17, session=5, opens_on=date(2026, 1, 10), closes_on=date(2026, 1, 14)
    )
    Walk(cast, raised_on=date(2026, 1, 12)).act("accept", "xuting")
    Walk(cast).act("accept", "xuting")
    names = [each.name for each in scopes_of(cast.place)]
    assert names == ["第十七届人民代表大会第五次会议", "2026年闭会期间", "2026年"]


def test_a_ledger_row_tells_what_the_unit_did_and_nothing_of_what_was_thought_of_it(cast: Cast) -> None:
    walk = Walk(cast).handed_over(("water", "lead"), ("treasury", "co")).claimed().contacted()
    walk.drafted().signed(insist="代表同意").rated(result="dissatisfied", reasons=["manner"], words="态度差")
    row = ledger_row(assignments(cast.organs["water"], YEAR).get())
    assert (row.part, row.clerk, row.contacts) == ("主办", "田野", (0, 1, 0))
    assert (row.due, row.reply_class, row.promises) == (date(2026, 6, 4), "A类", 0)
    assert (row.co_opinion, row.note) == ("收到0份，共1份", "")
    html = client_of(cast, "tianye").get(ledger_url(cast, "water")).content.decode()
    assert [word for word in ("不满意", "态度差", "满意") if word in html] == []


def ledger_url(cast: Cast, organ: str) -> str:
    return f"/suggestions/units/{cast.organs[organ].pk}/"


@pytest.mark.parametrize(
    ("who", "water", "treasury"),
    [("xuting", 200, 200), ("tianye", 200, 404), ("penglei", 404, 200), ("wuguihua", 404, 404)],
)
def test_a_units_ledger_is_open_to_itself_and_to_the_house(
    cast: Cast, who: str, water: int, treasury: int
) -> None:
    Walk(cast).handed_over(("water", "lead"), ("treasury", "co"))
    client = client_of(cast, who)
    assert [client.get(ledger_url(cast, organ)).status_code for organ in ("water", "treasury")] == [
        water,
        treasury,
    ]


def test_the_governments_office_reads_all_its_agencies_ledgers_and_no_courts(cast: Cast) -> None:
    office = next(name for name in cast.accounts if speaks_for_government(cast, name))
    client = client_of(cast, office)
    found = [client.get(ledger_url(cast, organ)).status_code for organ in ("water", "treasury", "court")]
    assert found == [200, 200, 404]


@pytest.mark.parametrize("form", ["xlsx", "docx", "pdf", "notice-docx", "notice-pdf"])
def test_the_book_is_handed_out_in_every_form(cast: Cast, form: str) -> None:
    Walk(cast).handed_over(("water", "lead"), ("treasury", "co"))
    Walk(cast).handed_over(("court", "separate"), ("qingshi", "separate"))
    made = body(client_of(cast, "xuting").get(f"/suggestions/book/?format={form}"))
    if form.endswith("pdf"):
        assert made[:5] == b"%PDF-"
    else:
        assert zipfile.ZipFile(BytesIO(made)).testzip() is None


@pytest.mark.parametrize("form", ["xlsx", "docx", "pdf"])
def test_a_ledger_is_handed_out_in_every_form(cast: Cast, form: str) -> None:
    Walk(cast).handed_over(("water", "lead"), ("treasury", "co"))
    made = body(client_of(cast, "tianye").get(f"{ledger_url(cast, 'water')}?format={form}"))
    assert made[:2] in (b"%P", b"PK")


def test_a_notice_of_nothing_says_why_there_is_none(cast: Cast) -> None:
    Walk(cast).act("accept", "xuting")
    response = client_of(cast, "xuting").get("/suggestions/book/?format=notice-pdf", follow=True)
    assert "还没有已经交办的建议" in response.content.decode()


@pytest.mark.parametrize("path", ["/suggestions/book/", "/suggestions/units/", "water"])
def test_a_row_more_is_no_query_more(cast: Cast, path: str) -> None:
    client = client_of(cast, "xuting")
    url = ledger_url(cast, path) if path == "water" else path
    counts = []
    for rows in (1, 3):
        while Suggestion.objects.count() < rows:
            start = timezone.localdate() - timedelta(days=20)
            walk = Walk(cast, joint=("caoyong",), raised_on=start)
            walk.handed_over(("water", "lead"), ("treasury", "co")).claimed().contacted()
        client.get(url)
        with CaptureQueriesContext(connection) as made:
            assert client.get(url).status_code == 200
        counts.append(len(made))
    assert counts[0] == counts[1]
