"""Telling the deputies: each of them has a line of it."""

from __future__ import annotations

from bihuan.matters.models import Notice
from bihuan.people.demo import Cast
from tests.loop import DISSATISFIED, TITLE, Loop, votes


def lines_of(cast: Cast, username: str, loop: Loop) -> list[str]:
    mine = Notice.objects.filter(person=cast.person(username), matter=loop.matter).order_by("id")
    return list(mine.values_list("text", flat=True))


def test_every_deputy_is_told_once_a_round(cast: Cast) -> None:
    loop = Loop(cast).to("informing")
    assert [lines_of(cast, name, loop) for name in ("wuguihua", "caoyong")] == [[], []]
    loop.act("inform")
    told = [f"向代表通报处理结果：{TITLE}"]
    assert [lines_of(cast, name, loop) for name in ("wuguihua", "caoyong", "jiangchunlan")] == [told] * 3
    assert dict(loop.last().lines)["在系统中通报"] == "3名代表"
    loop.to("hearing").act("vote", counts=votes(DISSATISFIED))
    loop.to("informing").act("inform")
    assert lines_of(cast, "wuguihua", loop) == told * 2
