"""The default pages of a matter, asked for as the people concerned."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from bihuan.ledger.models import Entry
from bihuan.library.models import Document
from bihuan.matters.effects import items_to_answer
from bihuan.people.demo import Cast
from tests.loop import Loop

PICTURE = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")


def client_of(cast: Cast, username: str) -> Client:
    client = Client()
    client.force_login(cast.accounts[username], backend="bihuan.people.login.Backend")
    return client


def recent(cast: Cast, **how: object) -> Loop:
    """A matter of the last days: pages are asked for today."""
    return Loop(cast, opened_on=timezone.localdate() - timedelta(days=40), **how)  # type: ignore[arg-type]


def hidden(page: HttpResponse, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())
    assert found is not None
    return found[1]


def test_the_public_is_sent_to_sign_in(cast: Cast) -> None:
    loop = recent(cast)
    answer = Client().get(f"/matters/{loop.matter.number}/")
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"/login/?next=/matters/{loop.matter.number}/",
    )


@pytest.mark.parametrize(("username", "status"), [("luojing", 200), ("xiaofei", 200), ("penglei", 404),
                                                  ("wuguihua", 404), ("xitong", 404)])  # fmt: skip
def test_a_matter_is_shown_to_who_may_see_it(
    cast: Cast, settings: object, username: str, status: int
) -> None:
    settings.BIHUAN_ADMIN_MFA = False  # type: ignore[attr-defined]
    loop = recent(cast)
    assert client_of(cast, username).get(f"/matters/{loop.matter.number}/").status_code == status


def test_an_act_not_open_to_one_says_who_may(cast: Cast) -> None:
    loop = recent(cast)
    answer = client_of(cast, "zhengkai").get(f"/matters/{loop.matter.number}/hand_over/")
    assert answer.status_code == 403
    assert "须由归口委室的工作人员、委室负责人办理" in answer.content.decode()


def test_who_may_never_do_an_act_cannot_post_it_and_nothing_is_kept(cast: Cast) -> None:
    loop = recent(cast)
    before = (Document.objects.count(), Entry.objects.count())
    for username, status in (("zhengkai", 403), ("penglei", 404)):
        file = SimpleUploadedFile("图.jpg", PICTURE)
        answer = client_of(cast, username).post(
            f"/matters/{loop.matter.number}/hand_over/", {"version": "1", "files": file}
        )
        assert answer.status_code == status
    assert (Document.objects.count(), Entry.objects.count()) == before


def test_an_act_is_done_from_its_page_and_leads_back_to_the_matter(cast: Cast) -> None:
    loop = recent(cast)
    client, address = client_of(cast, "huangdeming"), f"/matters/{loop.matter.number}/hand_over/"
    typed = {
        "version": hidden(client.get(address), "version"),
        "lead": cast.organs["forestry"].pk,
        "committee": cast.organs["finance"].pk,
        "note": "请从速。",
    }
    answer = client.post(address, typed)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/matters/{loop.matter.number}/")
    assert loop.stage() == "handling"
    assert loop.last().on == timezone.localdate()


def test_an_old_page_keeps_what_was_typed_and_says_what_changed(cast: Cast) -> None:
    loop = recent(cast)
    client, address = client_of(cast, "huangdeming"), f"/matters/{loop.matter.number}/void/"
    seen = hidden(client.get(address), "version")
    loop.act("hand_over", by="luojing")
    answer = client.post(address, {"version": seen, "reason": "文件重复登记"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "罗静（农业农村工委科员）于" in page
    assert "文件重复登记" in page
    assert loop.stage() == "handling"
    again = client.post(address, {"version": hidden(answer, "version"), "reason": "文件重复登记"})
    assert (again.status_code, loop.stage()) == (302, "void")


def test_an_act_whose_time_has_passed_keeps_what_was_typed(cast: Cast) -> None:
    loop = recent(cast)
    client, address = client_of(cast, "huangdeming"), f"/matters/{loop.matter.number}/hand_over/"
    seen = hidden(client.get(address), "version")
    loop.act("hand_over", by="luojing")
    answer = client.post(address, {"version": seen, "lead": cast.organs["water"].pk, "note": "请在汛前完成"})
    assert answer.status_code == 409
    assert "请在汛前完成" in answer.content.decode()


def test_a_lane_act_without_its_party_named_breaks_nothing_when_its_time_has_passed(cast: Cast) -> None:
    loop = recent(cast).lane_to("carrying")
    client, address = client_of(cast, "xiaofei"), f"/matters/{loop.matter.number}/progress/"
    seen = hidden(client.get(address), "version")
    loop.to("checking")
    assert client.post(address, {"version": seen}).status_code == 409


def test_a_file_survives_a_mistake_elsewhere_on_the_page(cast: Cast) -> None:
    loop = recent(cast).lane_to("carrying")
    loop.act("answer", "government")
    term, party = loop.term("consult", "government"), loop.party("government")
    client = client_of(cast, "tangzhiyuan")
    address = f"/matters/{loop.matter.number}/ask_extension/{party.pk}/"
    until = (timezone.localdate() + timedelta(days=200)).isoformat()
    typed = {"version": hidden(client.get(address), "version"), "term": term.pk, "until": until}
    file = SimpleUploadedFile("勘测.jpg", PICTURE)
    mistaken = client.post(address, typed | {"reason": "", "files": file})
    assert (mistaken.status_code, loop.party("government").flags) == (200, [])
    kept = hidden(mistaken, "kept-files")
    client.post(address, typed | {"reason": "汛期。", "kept-files": kept})
    assert [document.name for document in loop.last().documents.all()] == ["勘测.jpg"]


def test_nobody_takes_over_the_file_another_handed_in(cast: Cast) -> None:
    loop = recent(cast).lane_to("carrying")
    stranger = client_of(cast, "luojing")
    kept = Document.objects.create(
        sha256="0" * 64, name="他人.jpg", kind=Document.EVIDENCE, place=cast.place, size=4,
        media_type="image/jpeg", uploaded_at=timezone.now(), uploaded_by=cast.accounts["zhangmin"],
    )  # fmt: skip
    term = loop.matter.terms.filter(due_on__isnull=True).get()
    address = f"/matters/{loop.matter.number}/settle_term/"
    assert stranger.get(address).status_code == 403
    director = client_of(cast, "huangdeming")
    page = director.get(address)
    typed = {"version": hidden(page, "version"), "term": term.pk, "day": "2030-01-04", "reason": "议定。"}
    director.post(address, typed | {"kept-files": kept.pk})
    assert list(loop.last().documents.all()) == []


def test_which_day_an_open_term_waits_for_is_asked_by_name(cast: Cast) -> None:
    loop = recent(cast).lane_to("carrying")
    page = client_of(cast, "huangdeming").get(f"/matters/{loop.matter.number}/settle_term/")
    form = page.context["form"]
    told = loop.matter.terms.filter(due_on__isnull=True).get()
    assert form.fields["term"].choices == [(told.pk, "通报代表：待定，请填到期日")]
    assert form.fields["day"].label == "到期日"


def test_a_measure_is_told_about_beside_all_that_was_promised(cast: Cast) -> None:
    loop = recent(cast).lane_to("carrying")
    promise = loop.matter.promises.order_by("pk")[0]
    promise.quantity, promise.due_on, promise.person = "3公里", date(2026, 9, 1), "肖飞"
    promise.save()
    party = promise.party
    page = client_of(cast, "xiaofei").get(f"/matters/{loop.matter.number}/progress/{party.pk}/")
    row = next(iter(page.context["form"].rows()))
    assert row.text == f"{promise.text}（数量：3公里；时限：2026年9月1日；责任人：肖飞）"


def test_another_measure_is_added_without_scripts(cast: Cast) -> None:
    loop = recent(cast).lane_to("planning")
    item, party = items_to_answer(loop.matter)[0], loop.party("government")
    client, address = client_of(cast, "xiaofei"), f"/matters/{loop.matter.number}/plan/{party.pk}/"
    typed = {"version": hidden(client.get(address), "version"), f"text-{item.pk}-0": "补齐记录"}
    page = client.post(address, typed | {"more": str(item.pk)}).content.decode()
    assert (f'name="text-{item.pk}-1"' in page, "补齐记录" in page) == (True, True)
    assert loop.party("government").stage == "planning"


def test_every_refusal_is_in_chinese_and_names_what_is_missing(cast: Cast) -> None:
    loop = recent(cast)
    client, address = client_of(cast, "huangdeming"), f"/matters/{loop.matter.number}/hand_over/"
    seen = hidden(client.get(address), "version")
    answer = client.post(address, {"version": seen, "co": [cast.organs["water"].pk]})
    assert answer.status_code == 409
    assert "还不能交办：没有主办或分办单位，没有单位对报告负责。" in answer.content.decode()


def test_one_organ_cannot_be_chosen_for_two_parts(cast: Cast) -> None:
    loop = recent(cast)
    client, address = client_of(cast, "huangdeming"), f"/matters/{loop.matter.number}/hand_over/"
    organ = cast.organs["water"].pk
    typed = {"version": hidden(client.get(address), "version"), "lead": organ, "co": [organ]}
    answer = client.post(address, typed)
    assert "县水利局同时选成了两种承办身份，请只保留一种。" in answer.content.decode()
    assert loop.stage() == "registered"


def test_a_paper_that_cannot_be_made_says_why(cast: Cast) -> None:
    loop = recent(cast)
    answer = client_of(cast, "luojing").get(f"/matters/{loop.matter.number}/papers/notice.pdf", follow=True)
    assert "没有通知可以打印" in answer.content.decode()


def test_pages_of_today_do_not_depend_on_the_year(cast: Cast) -> None:
    """Terms beyond the published calendar are provisional, and the page says so rather than failing."""
    loop = Loop(cast, opened_on=date(2026, 3, 27))
    assert client_of(cast, "luojing").get(f"/matters/{loop.matter.number}/").status_code == 200
