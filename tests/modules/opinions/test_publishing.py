"""What the public reads is looked at before, hidden word by word, put right and taken down after."""

from __future__ import annotations

import pytest

from bihuan.matters.doing import NotAllowed
from bihuan.modules.opinions.forms import PublishForm
from bihuan.people.demo import Cast
from bihuan.portal.public import describe, narrowed, published
from tests.loop import Loop


@pytest.fixture
def loop(cast: Cast) -> Loop:
    """At the publication, one answer naming a villager by name and telephone."""
    loop = Loop(cast).lane_to("reporting")
    item = loop.matter.items.order_by("id").first()
    assert item is not None
    told = "村民李桂兰家门前的水渠已疏通，联系电话19912345678。"
    loop.act("answer", "government", answers=[{"item": item.pk, "result": "staged", "text": told}])
    return loop.to("publishing")


def answer_shown(loop: Loop) -> str:
    loop.matter.refresh_from_db()
    return describe(loop.matter).items[0].answers[0].text


def test_whoever_publishes_sees_the_page_and_what_may_name_a_person(loop: Loop) -> None:
    form = PublishForm(access=loop.access("luojing"), act=loop.matter.procedure.act("publish"), party=None)
    marked = [text for _, pieces in form.preview for text, private in pieces if private]
    assert "19912345678" in "".join(marked)
    assert [each.quote for each in form.found] == marked


def test_what_is_hidden_is_neither_read_nor_found(loop: Loop) -> None:
    loop.act("publish", hidden=[["李桂兰", "李某某"]])
    assert answer_shown(loop) == "村民李某某家门前的水渠已疏通，联系电话〔号码略〕。"
    assert narrowed(published(), words="李桂兰").count() == 0


def test_what_was_published_is_put_right_and_taken_down(loop: Loop) -> None:
    with pytest.raises(NotAllowed, match="这一事项没有公布过"):
        loop.act("correct_publication")
    loop.act("publish")
    assert "李桂兰" in answer_shown(loop)
    loop.act("take_down", by="huangdeming")
    assert not published().filter(pk=loop.matter.pk).exists()
    loop.act("correct_publication", hidden=[["李桂兰", "李某某"]])
    assert published().filter(pk=loop.matter.pk).exists()
    assert ("李桂兰" in answer_shown(loop), describe(loop.matter).summary) == (False, "更正后的说明。")


def test_what_stands_nowhere_cannot_be_hidden(loop: Loop) -> None:
    act = loop.matter.procedure.act("publish")
    form = PublishForm(
        {"summary": "公布。", "also": "王小明"}, access=loop.access("luojing"), act=act, party=None
    )
    assert form.errors["also"] == ["公开的内容中没有“王小明”。请照抄原文，一处一行。"]
