"""A page that refuses says why, and whom to ask only where that would help."""

from __future__ import annotations

from bihuan.people.demo import Cast
from tests.loop import Loop
from tests.matters.test_views import client_of

ASK = "如果职务已有变动，请联系本单位的安全管理员核对任职信息。"


def test_what_is_not_yet_due_is_no_matter_of_posts(cast: Cast) -> None:
    loop = Loop(cast)
    early = client_of(cast, "luojing").get(f"/matters/{loop.matter.number}/pass_check/")
    assert (early.status_code, "现在不能核对通过" in early.content.decode()) == (403, True)
    assert ASK not in early.content.decode()


def test_whoever_has_no_such_post_is_told_whom_to_ask(cast: Cast) -> None:
    loop = Loop(cast)
    never = client_of(cast, "zhengkai").get(f"/matters/{loop.matter.number}/hand_over/")
    assert (never.status_code, ASK in never.content.decode()) == (403, True)
