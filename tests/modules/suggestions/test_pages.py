"""The deputies' pages: writing, inviting, signing, handing in; nothing typed is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bihuan.matters.models import Matter
from bihuan.modules.suggestions.models import CoSignature, Draft
from bihuan.people.demo import Cast
from tests.matters.test_views import client_of
from tests.modules.suggestions.walking import WORDS, Walk, write

TODAY = timezone.localdate()
TYPED = {name: value for name, value in WORDS.items() if name != "demands"} | {
    "demand-0": WORDS["demands"][0],
    "demand-1": WORDS["demands"][1],
}


def begun(cast: Cast, username: str = "wuguihua") -> tuple[int, str]:
    answer = client_of(cast, username).post("/suggestions/begin/")
    draft = Draft.objects.latest("pk")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/suggestions/drafts/{draft.pk}/")
    return draft.pk, f"/suggestions/drafts/{draft.pk}/"


def test_what_a_deputy_types_is_kept_before_it_is_complete(cast: Cast) -> None:
    pk, address = begun(cast)
    client_of(cast, "wuguihua").post(address, {"title": "关于修桥的建议", "demand-0": "修桥"})
    draft = Draft.objects.get(pk=pk)
    assert (draft.title, draft.demands, draft.matter) == ("关于修桥的建议", ["修桥"], None)


def test_handing_in_an_incomplete_draft_says_what_is_missing_and_keeps_it(cast: Cast) -> None:
    pk, address = begun(cast)
    answer = client_of(cast, "wuguihua").post(address, {"title": "关于修桥的建议", "hand_in": "1"})
    assert answer.status_code == 409
    assert "没有写明情况；没有写出具体建议" in answer.content.decode()
    assert Draft.objects.get(pk=pk).title == "关于修桥的建议"


def test_a_complete_draft_becomes_a_matter_and_opens_it(cast: Cast) -> None:
    pk, address = begun(cast)
    answer = client_of(cast, "wuguihua").post(address, {**TYPED, "hand_in": "1"})
    matter = Draft.objects.get(pk=pk).matter
    assert matter is not None
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/matters/{matter.number}/")
    assert list(matter.items.values_list("text", flat=True)) == WORDS["demands"]


@pytest.mark.parametrize("username", ["caoyong", "xuting", "tianye"])
def test_a_draft_is_nobody_elses_business(cast: Cast, username: str) -> None:
    _, address = begun(cast)
    assert client_of(cast, username).get(address).status_code == 404


def test_only_a_deputy_begins_a_suggestion(cast: Cast) -> None:
    assert client_of(cast, "tianye").post("/suggestions/begin/").status_code == 403


def test_whoever_signed_other_words_has_not_signed_these(cast: Cast) -> None:
    draft = write(cast, joint=("caoyong",), on=TODAY, words=WORDS)
    client = client_of(cast, "wuguihua")
    client.post(f"/suggestions/drafts/{draft.pk}/", {**TYPED, "title": "关于重建上河村机耕桥的建议"})
    assert draft.signatures.get().state == CoSignature.INVITED


def test_words_changed_while_they_are_read_must_be_read_again(cast: Cast) -> None:
    draft = write(cast, joint=("caoyong",), on=TODAY, words=WORDS)
    signature = draft.signatures.get()
    signature.state = CoSignature.INVITED
    signature.save()
    answer = client_of(cast, "caoyong").post(
        f"/suggestions/invitations/{signature.pk}/", {"sign": "1", "words": "旧"}
    )
    assert answer.status_code == 200
    assert "请重新阅读后再决定是否联名" in answer.content.decode()


def test_what_became_of_the_same_matter_is_shown_while_one_writes(cast: Cast) -> None:
    Walk(cast, raised_on=TODAY - timedelta(days=40))
    _, address = begun(cast)
    answer = client_of(cast, "wuguihua").post(f"{address}kin/", {"title": WORDS["title"]})
    page = answer.content.decode()
    assert "以前提过的相近事项" in page
    assert WORDS["title"] in page


def test_a_page_of_mine_asks_no_more_for_more(cast: Cast) -> None:
    client = client_of(cast, "wuguihua")
    asked = []
    for count in (1, 2):
        for _ in range(count):
            Walk(cast, raised_on=TODAY)
        client.get("/suggestions/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/suggestions/").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert Matter.objects.filter(procedure_code="suggestion").count() == 3
