"""What the public may know of a suggestion: its reply as published, its own words as its deputy wants."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.matters.models import Matter
from bihuan.modules.suggestions.models import Suggestion
from bihuan.people.demo import Cast
from bihuan.portal.public import describe, published
from bihuan.portal.suggestion_results import results_of
from tests.modules.suggestions.walking import ANSWERS, WORDS, Walk

LISTS = (
    "/",
    "/public/",
    "/public/results/",
    "/public/withheld/",
    "/public/matters.csv",
    "/public/matters.json",
)
SITUATION = "上河村机耕桥建于1987年"
PHONE = "13907361234"


def answered(cast: Cast, **words: str) -> Walk:
    walk = Walk(cast, words={**WORDS, **words}).handed_over(("water", "lead")).claimed().contacted()
    return walk.drafted().signed().rated()


def told(cast: Cast, **words: str) -> Walk:
    walk = answered(cast, **words)
    walk.act("publish", "xuting", redactions=[])
    return walk


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.getvalue().decode()


def public_page(client: Client, walk: Walk) -> str:
    return text_of(client, f"/public/{walk.matter.number}/")


def shown(page: str, *words: str) -> list[bool]:
    return [each in page for each in words]


def test_a_published_suggestion_shows_its_reply_its_class_and_its_words(client: Client, cast: Cast) -> None:
    page = public_page(client, told(cast))
    words = (ANSWERS[0], SITUATION, WORDS["demands"][0], "A类：所提问题已经解决或者基本解决", "第1号")
    assert shown(page, *words) == [True] * 5


def test_where_only_the_reply_is_open_the_deputys_words_stay_shut(client: Client, cast: Cast) -> None:
    walk = told(cast, publicity="reply_only")
    described = describe(published().get(pk=walk.matter.pk))
    assert (described.paragraphs, described.items, len(described.replies)) == ((), (), 1)
    assert shown(public_page(client, walk), WORDS["title"], SITUATION) == [True, False]


def test_a_suggestion_its_deputy_wants_closed_is_only_counted(client: Client, cast: Cast) -> None:
    walk = told(cast, publicity="closed")
    number, title = walk.matter.number, WORDS["title"]
    assert client.get(f"/public/{number}/").status_code == 404
    assert client.get(f"/public/{number}.json").status_code == 404
    assert [address for address in LISTS if any(shown(text_of(client, address), number, title))] == []
    assert results_of(walk.today.year).closed == 1


def test_a_withheld_reply_leaves_the_title_and_the_reason(client: Client, cast: Cast) -> None:
    walk = answered(cast)
    walk.act("withhold", "fanghua", reason="涉及尚未公开的征地补偿方案")
    page = public_page(client, walk)
    assert shown(page, "答复不公开。理由：涉及尚未公开的征地补偿方案", ANSWERS[0]) == [True, False]
    assert shown(text_of(client, "/public/withheld/"), "理由：涉及尚未公开的征地补偿方案") == [True]


def test_what_is_taken_down_is_nowhere(client: Client, cast: Cast) -> None:
    walk = told(cast)
    walk.act("publish_anew", "fanghua", reason="有一处没有处理")
    assert client.get(f"/public/{walk.matter.number}/").status_code == 404
    assert [address for address in LISTS if walk.matter.number in text_of(client, address)] == []


def test_no_judgement_and_no_deputys_telephone_is_public(client: Client, cast: Cast) -> None:
    deputy = cast.person("wuguihua")
    deputy.mobile = PHONE
    deputy.save()
    walk = told(cast)
    number = walk.matter.number
    for address in (*LISTS[1:], f"/public/{number}/", f"/public/{number}.json"):
        page = text_of(client, address)
        assert (address, *shown(page, "满意", PHONE, "办理态度")) == (address, False, False, False)


def test_private_persons_in_the_deputys_words_are_taken_out(client: Client, cast: Cast) -> None:
    told_ = f"村民联系电话{PHONE}，桥面有口子。"
    walk = told(cast, situation=told_)
    assert shown(public_page(client, walk), PHONE, "桥面有口子") == [False, True]
    found = text_of(client, f"/public/?q={PHONE[:7]}")
    assert walk.matter.number not in found


def test_a_published_reply_is_found_by_its_words(client: Client, cast: Cast) -> None:
    walk = told(cast)
    assert walk.matter.number in text_of(client, "/public/?q=路长公示牌")


def test_the_years_results_are_counted_by_class_and_each_opens_its_list(client: Client, cast: Cast) -> None:
    walk = told(cast)
    year = walk.today.year
    assert [(each.letter, each.count) for each in results_of(year).classes] == [
        ("A", 1), ("B", 0), ("C", 0), ("D", 0),
    ]  # fmt: skip
    assert walk.matter.number in text_of(client, f"/public/?kind=suggestion&year={year}&result=A")
    assert walk.matter.number not in text_of(client, f"/public/?kind=suggestion&year={year}&result=B")


def test_open_data_hold_the_suggestions_number_class_and_reply(client: Client, cast: Cast) -> None:
    walk = told(cast)
    row = next(csv.DictReader(io.StringIO(text_of(client, "/public/matters.csv").removeprefix("\ufeff"))))
    assert (row["建议编号"], row["答复分类"], row["不公开答复的理由"]) == (
        "第十七届人民代表大会闭会期间2026年第1号", "A类：所提问题已经解决或者基本解决", "",
    )  # fmt: skip
    [reply] = client.get(f"/public/{walk.matter.number}.json").json()["replies"]
    assert (reply["organ"], ANSWERS[0] in "".join(reply["lines"])) == ("临溪县水利局", True)


@pytest.mark.parametrize("address", ["/public/", "/public/results/", "/public/withheld/"])
def test_public_lists_ask_as_often_for_three_as_for_one(client: Client, cast: Cast, address: str) -> None:
    walk = told(cast)
    text_of(client, address)
    asked = [_queries(client, address)]
    for number in (2, 3):
        _copy(walk.matter, number)
    asked.append(_queries(client, address))
    assert asked[0] == asked[1]


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        text_of(client, address)
    return len(queries)


def _copy(matter: Matter, number: int) -> None:
    """The like of it, as the bulk of a year."""
    other = Matter.objects.get(pk=matter.pk)
    other.pk, other.number = None, f"DB-2026-9{number:03}"
    other.save()
    suggestion = Suggestion.objects.get(matter=matter)
    suggestion.pk, suggestion.matter, suggestion.running_no = None, other, number
    suggestion.save()
    other.publications.create(round=1, on=date(2026, 5, 1), text="已经办好。")
