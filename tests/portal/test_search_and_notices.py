"""Search finds what a person may see; notices are each person's own."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.library.documents import search_kind
from bihuan.library.models import Document
from bihuan.library.search import index_text
from bihuan.matters.models import Matter, Notice
from bihuan.people.models import Account
from tests.portal.conftest import TODAY, County, Enter, Walk, morning


def found(client: Client, words: str, **more: str) -> list[tuple[str, str]]:
    """(kind, address) of the hits on the first page."""
    response = client.get("/search/", {"q": words, **more})
    assert response.status_code == 200
    return [(each.kind, each.url) for each in response.context["results"].rows]


def keep(county: County, *, kind: str, name: str, by: str = "") -> Document:
    account = Account.objects.get(username=by) if by else None
    made = Document.objects.create(
        place=county.place, kind=kind, name=name, sha256=name.encode().hex()[:64], size=1,
        media_type="text/plain", uploaded_at=morning(TODAY), uploaded_by=account,
    )  # fmt: skip
    index_text(
        kind=search_kind(kind), key=str(made.pk), title=name, text="漏损", place=county.place,
        at=morning(TODAY),
    )  # fmt: skip
    return made


def test_a_person_finds_matters_with_a_part_for_the_own_organ(
    walk: Walk, county: County, enter: Enter
) -> None:
    county.person("莫中平", county.organ("县林业局", "bureau"), "clerk", username="forester")
    matter = ("事项", f"/matters/{walk.matter.number}/")
    assert found(enter("staff"), "漏损") == [matter]
    assert found(enter("clerk"), "漏损") == [matter]
    assert found(enter("forester"), "漏损") == []
    assert found(enter("sysadmin"), "漏损") == []


def test_papers_are_found_by_the_offices_alone(county: County, enter: Enter) -> None:
    paper = keep(county, kind=Document.UPLOAD, name="通知.txt")
    assert found(enter("staff"), "漏损") == [("文件", f"/library/documents/{paper.pk}")]
    assert found(enter("clerk"), "漏损") == []


def test_evidence_is_found_by_whoever_handed_it_in_and_whoever_sees_its_matter(
    walk: Walk, county: County, enter: Enter
) -> None:
    county.person("莫中平", county.organ("县林业局", "bureau"), "clerk", username="forester")
    walk.after("plan")
    own = keep(county, kind=Document.EVIDENCE, name="自己的.txt", by="forester")
    joined = keep(county, kind=Document.EVIDENCE, name="事项的.txt")
    walk.matter.promises.get(item__ordinal=2).evidence.add(joined)
    kinds = {"in": "evidence"}
    assert found(enter("forester"), "漏损", **kinds) == [("佐证材料", f"/library/documents/{own.pk}/file")]
    assert found(enter("clerk"), "漏损", **kinds) == [("佐证材料", f"/library/documents/{joined.pk}/file")]


def test_a_tab_narrows_to_its_kind(walk: Walk, county: County, enter: Enter) -> None:
    keep(county, kind=Document.UPLOAD, name="通知.txt")
    client = enter("staff")
    assert [kind for kind, _ in found(client, "漏损")] == ["文件", "事项"]
    assert [kind for kind, _ in found(client, "漏损", **{"in": "matters"})] == ["事项"]
    assert [kind for kind, _ in found(client, "漏损", **{"in": "papers"})] == ["文件"]
    assert len(found(client, "漏损", **{"in": "nonsense"})) == 2


@pytest.mark.parametrize("words", ["", "   ", "\0", "没有这样的词"])
def test_nothing_asked_or_nothing_found_is_said(walk: Walk, enter: Enter, words: str) -> None:
    assert found(enter("staff"), words) == []


@pytest.mark.parametrize("after", ["x", "-1", "²", "9" * 30])
def test_a_broken_position_is_no_error(walk: Walk, enter: Enter, after: str) -> None:
    assert len(found(enter("staff"), "漏损", after=after)) == 1


def test_a_single_character_is_searched_for_too(walk: Walk, enter: Enter) -> None:
    assert len(found(enter("staff"), "漏")) == 1


def test_hits_are_marked_and_text_is_escaped(county: County, enter: Enter) -> None:
    county.opinion(title="关于<b>漏损</b>的审议意见")
    page = enter("staff").get("/search/", {"q": "漏损"}).content.decode()
    assert "&lt;b&gt;<mark>漏损</mark>&lt;/b&gt;" in page


def test_pages_of_hits_show_each_once(county: County, enter: Enter) -> None:
    for _ in range(23):
        county.opinion()
    client = enter("staff")
    first = client.get("/search/", {"q": "漏损"})
    second = client.get(f"/search/?{first.context['more']}")
    urls = [each.url for page in (first, second) for each in page.context["results"].rows]
    assert (len(urls), len(set(urls)), second.context["more"]) == (23, 23, "")


def test_more_hits_ask_no_more_queries(county: County, enter: Enter) -> None:
    client, asked = enter("staff"), []
    for number in (1, 3):
        while Matter.objects.count() < number:
            county.opinion()
        with CaptureQueriesContext(connection) as queries:
            assert len(found(client, "漏损")) == number
        asked.append(len(queries))
    assert asked[0] == asked[1]


# --- notices


def notice(county: County, username: str, key: str, matter: Matter | None = None) -> Notice:
    return Notice.objects.create(
        person=county.people[username], key=key, text=f"通知{key}", matter=matter, on=TODAY
    )


def unread(username: str) -> list[str]:
    mine = Notice.objects.filter(person__account__username=username, read_at__isnull=True)
    return list(mine.order_by("pk").values_list("key", flat=True))


def test_opening_a_notice_marks_it_read_and_leads_to_its_matter(walk: Walk, enter: Enter) -> None:
    made = notice(walk.county, "clerk", "a", walk.matter)
    client = enter("clerk")
    assert client.get(f"/notices/{made.pk}/").status_code == 405  # looking changes nothing
    assert "a" in unread("clerk")
    response = client.post(f"/notices/{made.pk}/")
    assert response.headers["Location"] == f"/matters/{walk.matter.number}/"
    assert "a" not in unread("clerk")


def test_a_notice_keeps_the_time_it_was_first_read(county: County, enter: Enter) -> None:
    made = notice(county, "clerk", "a")
    client = enter("clerk")
    client.post(f"/notices/{made.pk}/")
    first = Notice.objects.get(pk=made.pk).read_at
    client.post(f"/notices/{made.pk}/")
    assert Notice.objects.get(pk=made.pk).read_at == first


def test_nobody_opens_the_notices_of_others(county: County, enter: Enter) -> None:
    made = notice(county, "clerk", "a")
    assert enter("staff").post(f"/notices/{made.pk}/").status_code == 404
    assert enter("staff").get("/notices/").context["page"].rows == ()
    assert unread("clerk") == ["a"]


def test_all_read_leaves_what_came_after_the_page_was_shown(county: County, enter: Enter) -> None:
    notice(county, "clerk", "a")
    notice(county, "staff", "others")
    client = enter("clerk")
    newest = client.get("/notices/").context["newest_unread"]
    notice(county, "clerk", "b")
    client.post("/notices/read/", {"newest": newest})
    assert (unread("clerk"), unread("staff")) == (["b"], ["others"])


@pytest.mark.parametrize("newest", ["", "x", "-1", "²", "9" * 30])
def test_a_broken_request_to_read_all_breaks_nothing(county: County, enter: Enter, newest: str) -> None:
    notice(county, "clerk", "a")
    assert enter("clerk").post("/notices/read/", {"newest": newest}).status_code == 302


def test_newest_notices_come_first_and_ask_no_more_queries(county: County, enter: Enter) -> None:
    client, asked = enter("clerk"), []
    for keys in (("a",), ("b", "c")):
        for key in keys:
            notice(county, "clerk", key)
        with CaptureQueriesContext(connection) as queries:
            response = client.get("/notices/")
        asked.append(len(queries))
    assert [each.key for each in response.context["page"].rows] == ["c", "b", "a"]
    assert asked[0] == asked[1]
