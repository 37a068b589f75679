"""What the public may know, and nothing else."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import fields

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.matters.models import Matter
from bihuan.portal.open_data import FIELDS, MATTER_FIELDS
from bihuan.portal.public import PublicMatter, describe, without_numbers
from bihuan.portal.results import SLOWEST, Counts, count
from tests.portal.conftest import INSIDE, TITLE, County, Walk

BEFORE = ["", *Walk.ACTS]
LISTS = ["/", "/public/", "/public/matters.json", "/public/matters.csv", "/public/feed.xml"]


def leaks(page: str) -> list[str]:
    return [secret for secret in INSIDE if secret in page]


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.getvalue().decode()


@pytest.mark.parametrize("last", BEFORE)
def test_before_publication_nothing_is_there(client: Client, walk: Walk, last: str) -> None:
    walk.after(last)
    number = walk.matter.number
    assert client.get(f"/public/{number}/").status_code == 404
    assert client.get(f"/public/{number}.json").status_code == 404
    assert [address for address in LISTS if number in text_of(client, address)] == []
    assert number not in text_of(client, "/public/withheld/")


def test_a_matter_that_does_not_exist_looks_like_one_that_is_not_public(client: Client, walk: Walk) -> None:
    hidden = client.get(f"/public/{walk.matter.number}/").content.decode()
    missing = client.get("/public/SY-1999-0001/").content.decode()
    token = re.compile(r'(name="csrfmiddlewaretoken" value="\w+"|/public/SY-[\d-]+/)')
    assert token.sub("", hidden) == token.sub("", missing)


def test_published_pages_name_no_person_no_file_and_nothing_said_inside(
    client: Client, published: Walk
) -> None:
    published.vote(satisfied=15, dissatisfied=1)
    number = published.matter.number
    for address in [*LISTS, f"/public/{number}/", f"/public/{number}.json"]:
        page = text_of(client, address)
        assert (address, leaks(page)) == (address, [])
        assert number in page


def test_the_page_says_what_was_asked_answered_and_solved(client: Client, published: Walk) -> None:
    shown = describe(Matter.objects.get())
    assert shown.counts == Counts(asked=3, answered=3, solved=1, staged=1, planned=0, open=1)
    assert [(item.label, item.parts, item.answers[0].result_name) for item in shown.items] == [
        ("问题1", ("青石镇最重",), "已解决"),
        ("问题2", (), "分期解决中"),
        ("建议1", (), "未解决"),
    ]
    assert shown.items[0].answers[0].text == "第1轮办理，电话〔号码略〕"
    assert (shown.summary, shown.agencies) == ("已逐项办理", (("主办", "县水利局"),))


def test_only_acts_declared_public_stand_on_the_timeline(published: Walk) -> None:
    published.vote(satisfied=15, dissatisfied=1)
    assert [(act.name, act.agency) for act in describe(Matter.objects.get()).acts] == [
        ("交办", ""),
        ("提交书面报告", "县水利局"),
        ("通报代表", ""),
        ("向社会公布", ""),
        ("满意度测评：满意", ""),
    ]


def test_a_vote_is_shown_with_its_arithmetic(published: Walk) -> None:
    published.vote(satisfied=15, dissatisfied=1)
    vote = describe(Matter.objects.get()).votes[0]
    assert vote.conclusion == "满意"
    assert dict(vote.counts) == {
        "组成人员": 20, "出席": 18, "满意": 15, "基本满意": 0, "不满意": 1, "弃权": 2, "无效": 0,
    }  # fmt: skip
    assert len(vote.arithmetic) == 1


def test_answers_of_a_round_not_yet_published_stay_inside(client: Client, published: Walk) -> None:
    published.vote(satisfied=1, dissatisfied=16)
    published.plan()
    published.progress()
    published.answer()
    shown = describe(Matter.objects.get())
    assert {answer.round for item in shown.items for answer in item.answers} == {1}
    assert (shown.state, shown.counts.answered) == ("重新办理中", 3)
    assert [act.name for act in shown.acts][-1] == "满意度测评：不满意"
    listed = json.loads(text_of(client, "/public/matters.json?q=第2轮办理"))
    assert listed["matters"] == []


def test_of_a_withheld_matter_the_public_sees_the_title_and_that_a_reason_is_recorded(
    client: Client, walk: Walk
) -> None:
    walk.after("inform")
    walk.withhold()
    number = walk.matter.number
    page = text_of(client, f"/public/{number}/")
    assert [word for word in (TITLE, "不予公布", "理由") if word not in page] == []
    assert leaks(page) == []
    assert [word for word in ("漏损", "缺水", "供水工作有进展") if word in page] == []
    assert client.get(f"/public/{number}.json").status_code == 404
    assert [address for address in LISTS if number in text_of(client, address)] == []
    assert number in text_of(client, "/public/withheld/")


def test_after_a_withheld_round_no_later_act_opens_it(client: Client, walk: Walk) -> None:
    walk.after("inform")
    walk.withhold()
    walk.vote(satisfied=15, dissatisfied=1)
    assert "漏损" not in text_of(client, f"/public/{walk.matter.number}/")


@pytest.mark.parametrize("word", ["措施只在内部", "田野", "13800138000", "1380", "照片佐证"])
def test_searching_for_what_is_inside_finds_nothing(client: Client, published: Walk, word: str) -> None:
    found = json.loads(text_of(client, f"/public/matters.json?q={word}"))["matters"]
    assert found == []


@pytest.mark.parametrize("word", ["供水", "旱季缺水", "轮办理", "SY-2026-0001", "供水 漏损", "农村供水"])
def test_searching_for_public_words_finds_the_matter(client: Client, published: Walk, word: str) -> None:
    found = json.loads(text_of(client, f"/public/matters.json?q={word}"))["matters"]
    assert [row["number"] for row in found] == ["SY-2026-0001"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [("year=2026", 1), ("year=2025", 0), ("kind=opinion", 1), ("kind=resolution", 0), ("q=没有这个词", 0),
     ("year=abc", 1), ("kind=nonsense", 1), ("after=broken", 1)],
)  # fmt: skip
def test_the_list_is_narrowed_by_year_kind_and_words(
    client: Client, published: Walk, query: str, expected: int
) -> None:
    assert len(json.loads(text_of(client, f"/public/matters.json?{query}"))["matters"]) == expected


def test_the_table_has_the_documented_columns(client: Client, published: Walk) -> None:
    rows = list(csv.reader(io.StringIO(text_of(client, "/public/matters.csv").removeprefix("\ufeff"))))
    assert rows[0] == [*(field.title for field in FIELDS), "网址"]
    assert dict(zip([*(field.name for field in FIELDS), "url"], rows[1], strict=True)) == {
        "number": "SY-2026-0001",
        "kind": "审议意见",
        "title": TITLE,
        "session": "县人大常委会第二十九次会议",
        "passed_on": "2026-09-01",
        "published_on": "2026-09-12",
        "state": "办理中",
        "ended_on": "",
        "agencies": "县水利局",
        "asked": "3",
        "answered": "3",
        "solved": "1",
        "staged": "1",
        "planned": "0",
        "open": "1",
        "vote": "",
        "vote_on": "",
        "raised": "",
        "result_class": "",
        "reason": "",
        "url": "http://testserver/public/SY-2026-0001/",
    }


@pytest.mark.parametrize(("result", "shown"), [("asked", 3), ("answered", 3), ("solved", 1), ("planned", 0)])
def test_every_number_of_a_matter_opens_its_items(published: Walk, result: str, shown: int) -> None:
    described = describe(published.matter)
    assert len(described.items_of(result)) == shown == getattr(described.counts, result)


def test_a_title_in_the_table_is_never_a_formula(client: Client, county: County) -> None:
    walk = Walk(county, county.opinion(title="=1+1"))
    walk.after("inform")
    walk.publish()
    rows = list(csv.reader(io.StringIO(text_of(client, "/public/matters.csv"))))
    assert rows[1][2] == "'=1+1"


def test_every_field_of_a_matters_json_is_documented(client: Client, published: Walk) -> None:
    held = set(json.loads(text_of(client, f"/public/{published.matter.number}.json")))
    documented = {field.name for field in FIELDS} | {name for name, _ in MATTER_FIELDS}
    assert held - documented == {"url", "terms_of_use"}
    assert {field.name for field in fields(PublicMatter)} <= documented


def test_data_carry_an_etag_and_are_not_sent_twice(client: Client, published: Walk) -> None:
    first = client.get("/public/matters.json")
    assert first["Cache-Control"] == "public, max-age=60"
    again = client.get("/public/matters.json", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_pages_are_kept_a_minute_by_the_reader_alone(client: Client, published: Walk) -> None:
    response = client.get(f"/public/{published.matter.number}/")
    assert response["Cache-Control"] == "private, max-age=60"
    assert "Cookie" in response["Vary"]


def test_nothing_public_can_be_posted_to(client: Client, published: Walk) -> None:
    addresses = [*LISTS[1:], f"/public/{published.matter.number}/", "/robots.txt"]
    assert {client.post(address).status_code for address in addresses} == {405}


@pytest.mark.parametrize("address", ["/", "/public/", "/public/matters.json"])
def test_a_longer_list_asks_no_more_queries(
    client: Client, county: County, address: str, django_assert_max_num_queries
) -> None:
    asked = []
    for number in (1, 3):
        while Matter.objects.filter(published_on__isnull=False).count() < number:
            walk = Walk(county, county.opinion())
            walk.after("inform")
            walk.publish()
        with django_assert_max_num_queries(10) as queries:
            client.get(address)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_one_matter_takes_six_queries(client: Client, published: Walk, django_assert_num_queries) -> None:
    with django_assert_num_queries(6):
        client.get(f"/public/{published.matter.number}/")


@given(st.lists(st.lists(st.sampled_from(SLOWEST), max_size=4), max_size=8))
@settings(derandomize=True, max_examples=60)
def test_every_item_is_counted_once_and_no_more_are_solved_than_answered(results: list[list[str]]) -> None:
    counts = count(results)
    assert counts.asked == len(results)
    assert counts.answered == sum(1 for each in results if each)
    assert counts.solved + counts.staged + counts.planned + counts.open == counts.answered
    assert counts.solved == sum(1 for each in results if each and set(each) == {"solved"})


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(["", " ", "-"]))
@settings(derandomize=True, max_examples=40)
def test_a_mobile_number_is_left_out_however_it_is_grouped(number: str, gap: str) -> None:
    typed = gap.join((number[:3], number[3:7], number[7:]))
    assert without_numbers(f"联系{typed}，请来电") == "联系〔号码略〕，请来电"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("身份证110101199001011234。", "身份证〔号码略〕。"),
        ("身份证11010119900101123X。", "身份证〔号码略〕。"),
        ("投资12345678901元", "投资12345678901元"),
        ("2026年11月23日，共315件", "2026年11月23日，共315件"),
        ("编号113800138000999", "编号113800138000999"),
    ],
)
def test_other_numbers_stay(text: str, shown: str) -> None:
    assert without_numbers(text) == shown
