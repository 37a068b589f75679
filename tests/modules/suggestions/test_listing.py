"""The suggestions' own list: what a row says, what the filters leave, who sees what."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bihuan.modules.suggestions.models import Suggestion
from bihuan.people.demo import Cast
from tests.matters.test_views import client_of
from tests.modules.suggestions.walking import WORDS, Walk

URL = "/suggestions/all/"


def walk(cast: Cast, title: str, *parties: tuple[str, str]) -> Walk:
    made = Walk(cast, raised_on=timezone.localdate(), words={**WORDS, "title": f"关于{title}的建议"})
    made.act("accept", "xuting", day=timezone.localdate())
    if parties:
        wanted = [(cast.organs[code], part) for code, part in parties]
        made.act("hand_over", "xuting", day=timezone.localdate(), parties=wanted)
    return made


def titles(client: Client, query: str = "") -> list[str]:
    rows = client.get(f"{URL}?{query}").context["page"].rows
    return [row["matter"].title.removeprefix("关于").removesuffix("的建议") for row in rows]


def test_a_row_names_the_number_the_lead_deputy_and_who_answers_first(cast: Cast) -> None:
    walk(cast, "修桥", ("treasury", "co"), ("water", "lead"))
    row = client_of(cast, "xuting").get(URL).context["page"].rows[0]
    assert (row["number"], row["lead"], row["handlers"]) == (
        f"{timezone.localdate().year}年第1号",
        "吴桂花",
        "县水利局、县财政局",
    )


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("", ["修路", "修桥"]),
        ("stage=registered", ["修路"]),
        ("kind=priority", ["修桥"]),
        ("letter=A", ["修路"]),
        ("words=桥", ["修桥"]),
        ("scope=s17.9", ["修路", "修桥"]),  # an unknown choice narrows nothing
    ],
)
def test_each_filter_leaves_what_it_names(cast: Cast, query: str, left: list[str]) -> None:
    walk(cast, "修桥", ("water", "lead"))
    walk(cast, "修路")
    Suggestion.objects.filter(matter__title__contains="修桥").update(priority=True)
    Suggestion.objects.filter(matter__title__contains="修路").update(result_class="A")
    assert titles(client_of(cast, "xuting"), query) == left


def test_a_handler_leaves_what_it_handles_and_sees_nothing_else(cast: Cast) -> None:
    walk(cast, "修桥", ("water", "lead"), ("treasury", "co"))
    walk(cast, "修路", ("transport", "lead"))
    handler = f"handler={cast.organs['treasury'].pk}"
    assert titles(client_of(cast, "xuting"), handler) == ["修桥"]
    assert titles(client_of(cast, "penglei")) == ["修桥"]


def test_the_list_is_handed_out_as_filtered(cast: Cast) -> None:
    walk(cast, "修桥", ("water", "lead"))
    walk(cast, "修路")
    response = client_of(cast, "xuting").get(f"{URL}?stage=registered&format=xlsx")
    made = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    text = zipfile.ZipFile(BytesIO(made)).read("xl/worksheets/sheet1.xml").decode()
    assert ("修路" in text, "修桥" in text) == (True, False)


def test_a_row_more_is_no_query_more(cast: Cast) -> None:
    client = client_of(cast, "xuting")
    counts = []
    for rows in (1, 3):
        while Suggestion.objects.count() < rows:
            walk(cast, "修桥", ("water", "lead"), ("treasury", "co"))
        client.get(URL)
        with CaptureQueriesContext(connection) as made:
            assert client.get(URL).status_code == 200
        counts.append(len(made))
    assert counts[0] == counts[1]
