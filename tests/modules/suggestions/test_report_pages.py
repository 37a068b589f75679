"""The report's pages: who may read whose, and that every number opens its rows."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from bihuan.modules.suggestions.models import CongressSession, Suggestion
from bihuan.people.demo import Cast
from tests.modules.suggestions.yearbook import write_year

REPORT, ROWS = "/suggestions/report/", "/suggestions/report/rows/"


@pytest.fixture(scope="module")
def session(county: Cast) -> CongressSession:
    return write_year(county)


def as_user(client: Client, cast: Cast, username: str) -> Client:
    client.force_login(cast.accounts[username])
    return client


def page_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_every_number_on_the_page_is_a_link_to_as_many_rows(
    client: Client, cast: Cast, session: CongressSession
) -> None:
    page = page_of(as_user(client, cast, "xuting"), f"{REPORT}?period=s{session.pk}&time=congress")
    links = dict(re.findall(r'href="(/suggestions/report/rows/[^"]+)"[^>]*>(?:<b>)?(\d+)', page))
    assert len(links) > 60
    some = list(links.items())[::9]  # one of every nine; test_figures.py looks at them all
    shown = {address: client.get(address.replace("&amp;", "&")).context["page"].total for address, _ in some}
    assert shown == {address: int(count) for address, count in some}


def test_the_rows_of_a_number_are_handed_out_whole(
    client: Client, cast: Cast, session: CongressSession
) -> None:
    as_user(client, cast, "xuting")
    response = client.get(f"{ROWS}?period=2026&of=government&figure=class.C&format=xlsx")
    heading, *rows = (
        CalamineWorkbook.from_filelike(BytesIO(response.getvalue())).get_sheet_by_index(0).to_python()
    )
    assert (heading, len(rows)) == (["编号", "标题", "承办单位", "阶段", "分类"], 12)


@pytest.mark.parametrize(
    "figure", ["result.dissatisfied", "attitude.satisfied", "silent", "satisfied", "rated"]
)
def test_a_number_that_tells_judgements_opens_for_no_agency(
    client: Client, cast: Cast, session: CongressSession, figure: str
) -> None:
    as_user(client, cast, "haoyongnian")
    assert client.get(f"{ROWS}?period=2026&figure={figure}").status_code == 404
    as_user(client, cast, "tangzhiyuan")
    assert client.get(f"{ROWS}?period=2026&figure={figure}").status_code == 404


def test_an_agency_reads_its_own_report_whatever_it_asks_for(
    client: Client, cast: Cast, session: CongressSession
) -> None:
    as_user(client, cast, "haoyongnian")
    for asked in ("", "?of=government", f"?of={cast.organs['forestry'].pk}"):
        assert client.get(f"{REPORT}{asked}").context["report"].scope.unit == cast.organs["water"]


def test_the_governments_office_reads_the_governments_and_its_bureaus_reports(
    client: Client, cast: Cast, session: CongressSession
) -> None:
    as_user(client, cast, "tangzhiyuan")
    assert client.get(REPORT).context["report"].scope.government
    asked = f"{REPORT}?period=2026&of={cast.organs['forestry'].pk}"
    assert client.get(asked).context["report"].scope.unit == cast.organs["forestry"]
    court = f"{REPORT}?period=2026&of={cast.organs['court'].pk}"
    assert client.get(court).context["report"].scope.government


def test_a_deputy_is_told_whom_the_report_is_for(
    client: Client, cast: Cast, session: CongressSession
) -> None:
    as_user(client, cast, "wuguihua")
    response = client.get(REPORT)
    assert response.status_code == 403
    assert "办理情况统计由人大常委会的工作机构" in response.content.decode()


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_report_is_printed(client: Client, cast: Cast, session: CongressSession, form: str) -> None:
    as_user(client, cast, "xuting")
    response = client.get(f"{REPORT}report.{form}?period=s{session.pk}")
    assert (response.status_code, response.content[:2]) == (200, {"pdf": b"%P", "docx": b"PK"}[form])


@pytest.mark.parametrize("address", [f"{REPORT}?period=2026", f"{ROWS}?period=2026&figure=total"])
def test_pages_ask_as_often_for_three_suggestions_as_for_one(
    client: Client, cast: Cast, session: CongressSession, address: str
) -> None:
    as_user(client, cast, "xuting")
    led = Suggestion.objects.filter(matter__parties__organ=cast.organs["water"]).order_by("pk")
    page_of(client, address)
    asked = []
    for kept in (3, 1):
        Suggestion.objects.exclude(pk__in=list(led.values_list("pk", flat=True)[:kept])).delete()
        with CaptureQueriesContext(connection) as queries:
            page_of(client, address)
        asked.append(len(queries))
    assert asked[0] == asked[1]
