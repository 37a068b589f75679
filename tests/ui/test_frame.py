"""The frame round every page: navigation, policy, large type, error pages."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import include, path

from bihuan.ui import navigation
from bihuan.ui.context import shell
from bihuan.ui.middleware import HEADER, POLICY


def refuse(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("还不能办结：还有两个问题没有答复。答复齐全后由代表工委办结。")


def fall(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


def stricter(request: HttpRequest) -> HttpResponse:
    return HttpResponse(headers={HEADER: "sandbox"})


def desk(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [
    path("ui/", include("bihuan.ui.urls")),
    path("desk", desk, name="desk"),
    path("desk/late", desk, name="late"),
    path("refuse", refuse),
    path("fall", fall),
    path("stricter", stricter),
]

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_items", {})
    monkeypatch.setattr(navigation, "_notices", [])
    monkeypatch.setattr(navigation, "_search", [])


@pytest.fixture
def settled(client: Client) -> Client:
    """A client that shows error pages instead of raising."""
    client.raise_request_exception = False
    return client


def asked(address: str, **user: object) -> HttpRequest:
    request = RequestFactory().get(address)
    request.user = SimpleNamespace(is_authenticated=True, **user) if user else AnonymousUser()  # type: ignore[assignment]
    return request


def test_a_page_belongs_to_the_entry_with_the_longest_address(registry: None) -> None:
    navigation.register("超期", "late", 2)
    navigation.register("我的工作", "desk", 1)
    shown = [(link.label, link.current) for link in navigation.links(asked("/desk/late?x=1"))]
    assert shown == [("我的工作", False), ("超期", True)]


def test_an_entry_is_shown_only_to_whom_it_is_open(registry: None) -> None:
    navigation.register("我的工作", "desk", 1, when=lambda request: request.user.is_authenticated)
    assert navigation.links(asked("/desk")) == ()
    assert len(navigation.links(asked("/desk", large_type=False))) == 1


def test_an_app_that_is_not_mounted_leaves_no_hole(registry: None) -> None:
    navigation.register("未装", "nowhere:at_all", 1)
    navigation.register_search("nowhere:search")
    assert navigation.links(asked("/desk")) == ()
    assert navigation.search_address() == ""


def test_notices_are_counted_for_who_is_signed_in_and_only_when_shown(registry: None) -> None:
    counted: list[str] = []

    def count(request: HttpRequest) -> int:
        counted.append(request.path)
        return 3

    navigation.register_notices(count, "desk")
    render_to_string("ui/components/empty.html", {"text": "无"}, asked("/desk", large_type=False))
    render_to_string("ui/base.html", {}, asked("/desk"))
    assert counted == []
    assert "条未读" in render_to_string("ui/base.html", {}, asked("/desk", large_type=False))
    assert counted == ["/desk"]


def test_the_person_is_named_with_the_organs_held() -> None:
    request = asked("/desk", large_type=True)
    posts = [SimpleNamespace(organ_name="代表工委"), SimpleNamespace(organ_name="代表工委")]
    request.actor = SimpleNamespace(name="张敏", posts=posts)  # type: ignore[attr-defined]
    around = shell(request)["shell"]
    assert (around.person, around.post, around.large) == ("张敏", "代表工委", True)  # type: ignore[attr-defined]


def test_every_answer_carries_the_policy(settled: Client) -> None:
    for address in ("/desk", "/nowhere", "/refuse", "/fall"):
        assert settled.get(address).headers[HEADER] == POLICY
    assert settled.get("/stricter").headers[HEADER] == "sandbox"


def test_the_policy_allows_nothing_inline_and_nothing_from_outside() -> None:
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert POLICY.startswith("default-src 'self';")


def test_a_refusal_gives_its_reason(settled: Client) -> None:
    answer = settled.get("/refuse")
    assert answer.status_code == 403
    assert "还有两个问题没有答复" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [("/nowhere", 404, "没有找到这个页面"), ("/fall", 500, "台账没有改动")],
)
def test_error_pages_are_chinese_and_leak_nothing(
    settled: Client, address: str, status: int, said: str
) -> None:
    answer = settled.get(address)
    text = answer.content.decode()
    assert (answer.status_code, said in text) == (status, True)
    assert "RuntimeError" not in text
    assert "Resolver404" not in text


def test_an_expired_page_gives_back_what_was_typed_but_no_password() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/desk", {"measures": "铺设主管网<12>公里", "password": "geheim-2026", "page": "1"})
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "铺设主管网&lt;12&gt;公里" in text
    assert "geheim-2026" not in text


def test_large_type_is_kept_in_the_browser_before_anyone_signs_in(client: Client) -> None:
    answer = client.post("/ui/large", {"large": "1", "next": "/desk"})
    assert answer.headers["Location"] == "/desk"
    assert shell(_with_cookie(client))["shell"].large is True  # type: ignore[attr-defined]
    client.post("/ui/large", {"large": "0", "next": "/desk"})
    assert shell(_with_cookie(client))["shell"].large is False  # type: ignore[attr-defined]


def _with_cookie(client: Client) -> HttpRequest:
    request = asked("/desk")
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    return request


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_large_type_leads_nowhere_else(client: Client, elsewhere: str) -> None:
    assert client.post("/ui/large", {"large": "1", "next": elsewhere}).headers["Location"] == "/"


def test_the_gallery_is_not_for_users(client: Client) -> None:
    assert client.get("/ui/gallery").status_code == 404
