"""What acts on an opinion refuse, in which words, and what their forms begin with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bihuan.library.search import search
from bihuan.matters.doing import Incomplete
from bihuan.matters.models import Notice, Promise
from bihuan.matters.search import SEARCH_KIND
from bihuan.modules.opinions.forms import InformForm, ScheduleForm, VoteForm
from bihuan.people.demo import Cast
from tests.loop import SESSION, Loop, measures


def refusal(loop: Loop, act: str, organ: str | None = None, **answers: Any) -> str:
    with pytest.raises(Incomplete) as refused:
        loop.act(act, organ, **answers)
    return str(refused.value)


def test_a_session_that_is_over_hears_nothing_again(cast: Cast) -> None:
    loop = Loop(cast).to("settling")
    said = refusal(loop, "schedule", on=date(2026, 9, 1), session=SESSION, session_on=date(2026, 8, 31))
    assert said == "会议日期2026年8月31日已经过去。请填写将要举行的会议的日期。"


def test_a_session_is_named_in_full(cast: Cast) -> None:
    loop = Loop(cast).to("settling")
    assert refusal(loop, "schedule", session="第31次会议") == (
        "请写会议的全称，如“某某县第十七届人民代表大会常务委员会第三十二次会议”。"
    )


def test_a_measure_is_not_due_before_it_is_planned(cast: Cast) -> None:
    loop = Loop(cast).lane_to("planning")
    late = [each | {"due_on": date(2026, 3, 1)} for each in measures(loop.matter)]
    assert refusal(loop, "plan", "government", measures=late) == (
        "还不能制定办理方案：措施“落实：支流巡河记录不全”的完成时限2026年3月1日已经过去。"
        "请改为今后的日期；已经完成的，时限留空，在“填报进展”中登记完成并附佐证。"
    )


def test_nothing_goes_on_by_stages_where_every_measure_was_withdrawn(cast: Cast) -> None:
    loop = Loop(cast).lane_to("carrying")
    loop.act("answer", "government")
    first = loop.matter.promises.order_by("id").first()
    assert first is not None
    told = [{"promise": first.pk, "state": Promise.WITHDRAWN, "progress": "改由上级统一实施。"}]
    loop.act("progress", "government", measures=told)
    assert refusal(loop, "consult", "government") == (
        "还不能送征求意见：问题1填的是“分期解决中”，措施却都已调整取消。请改填“列入计划”或“未解决”，说明原因。"
    )


def test_a_line_that_called_for_what_is_done_is_read(cast: Cast) -> None:
    loop = Loop(cast)
    lines = Notice.objects.filter(matter=loop.matter, key__contains=":hand_over:")
    assert set(lines.values_list("read_at", flat=True)) == {None}
    loop.act("hand_over")
    assert lines.filter(read_at__isnull=True).count() == 0
    assert Notice.objects.filter(matter=loop.matter, key__contains=":receive:", read_at=None).exists()


def test_the_forms_begin_with_what_is_known(cast: Cast) -> None:
    loop = Loop(cast).to("informing")
    told = InformForm(access=loop.access("huangdeming"), act=loop.matter.procedure.act("inform"), party=None)
    assert told["by_whom"].initial == "县人大常委会"
    loop.to("settling")
    put = ScheduleForm(
        access=loop.access("huangdeming"), act=loop.matter.procedure.act("schedule"), party=None
    )
    assert put["session"].initial == "临溪县第十七届人民代表大会常务委员会第"
    day = loop.today + timedelta(days=30)
    loop.act("schedule", session=SESSION, session_on=day)
    vote = VoteForm(access=loop.access("huangdeming"), act=loop.matter.procedure.act("vote"), party=None)
    assert vote["on"].initial in (day, None)  # None while the session is still to come


def test_a_matter_is_found_by_what_its_measures_promise(cast: Cast) -> None:
    loop = Loop(cast).lane_to("planning")
    promised = [each | {"quantity": "补植 3000 亩"} for each in measures(loop.matter)]
    loop.act("plan", "government", measures=promised)
    found = search("3000亩", allowed={SEARCH_KIND: None})
    assert [hit.key for hit in found] == [loop.matter.number]
