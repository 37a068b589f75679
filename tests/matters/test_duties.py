"""What a paper demands besides the steps stays due whatever becomes of the matter (docs/adr/0006-duties.md)."""

from __future__ import annotations

import json
from datetime import date

import pytest

from bihuan.matters.doing import Incomplete
from bihuan.modules.opinions.procedure import RESOLUTION
from bihuan.people.demo import Cast
from tests.loop import SENT, Loop
from tests.matters.test_clock import CONGRESS
from tests.matters.test_worklist import desks, lacking

OWED = "县人民政府向人民代表大会书面报告"


@pytest.fixture
def loop(cast: Cast) -> Loop:
    return Loop(cast, terms=(SENT, CONGRESS))


def test_a_satisfied_vote_does_not_end_a_matter_that_owes_a_duty(loop: Loop) -> None:
    loop.to("hearing").act("vote")
    assert (loop.stage(), loop.matter.ended_on) == ("owing", None)
    assert not loop.term("duty").dropped
    assert loop.last().lines[-1] == ["还须履行", OWED]


def test_a_duty_owed_stands_on_the_offices_desk_till_it_is_done(loop: Loop) -> None:
    loop.to("hearing").act("vote")
    office = "农业农村工委"
    assert desks(loop) == {
        ("fulfil", office, "staff"), ("fulfil", office, "director"), ("finish", office, "director")
    }  # fmt: skip
    assert lacking(loop, "fulfil") == dict.fromkeys(("staff", "director"), f"没有履行：{OWED}")
    loop.act("fulfil")
    assert desks(loop) == {("finish", office, "director")}
    loop.act("finish")
    assert (loop.stage(), loop.matter.ended_on) == ("closed", loop.today)


def test_a_duty_owed_still_turns_red(loop: Loop) -> None:
    loop.act("settle_term", term=loop.term("duty").pk, day=date(2027, 1, 12))
    loop.to("hearing").act("vote")
    loop.matter.refresh_from_db()
    assert loop.matter.due_on == date(2027, 1, 13)


def test_nothing_ends_while_a_duty_is_owed(loop: Loop) -> None:
    loop.to("hearing").act("vote")
    with pytest.raises(Incomplete) as refusal:
        loop.act("finish")
    assert str(refusal.value) == (f"还不能义务履行完毕，办结：还有义务没有履行（{OWED}）。请先履行并登记。")


def test_no_more_hearing_ends_the_handling_and_not_the_duty(loop: Loop) -> None:
    loop.to("settling").act("close")
    assert loop.stage() == "owing"


def test_who_owes_nothing_is_closed_by_the_vote(cast: Cast) -> None:
    loop = Loop(cast)
    loop.to("hearing").act("vote")
    assert loop.stage() == "closed"


def test_a_revoked_matter_owes_nothing(loop: Loop) -> None:
    loop.act("void")
    assert (loop.stage(), loop.matter.terms.filter(dropped=False, met_on=None).count()) == ("void", 0)


def test_a_resolution_is_not_closed_while_it_owes_a_duty(cast: Cast) -> None:
    loop = Loop(cast, procedure=RESOLUTION, committee=None, terms=(CONGRESS,))
    loop.act("publish")
    with pytest.raises(Incomplete) as refusal:
        loop.act("close")
    assert str(refusal.value) == f"还不能办结：还有义务没有履行（{OWED}）。请先履行并登记。"


# --- a co-handler that contributes nothing


@pytest.fixture
def silent(cast: Cast) -> Loop:
    """The lead is about to report; 县水利局 has contributed nothing."""
    return Loop(cast, agencies=(("government", "lead"), ("water", "co"))).lane_to("reporting", "government")


def test_a_lead_says_why_a_co_handler_contributed_nothing(silent: Loop) -> None:
    with pytest.raises(Incomplete) as refusal:
        silent.act("report", "government", without="")
    assert str(refusal.value) == (
        "还不能提交书面报告：县水利局还没有提交办理情况。请先催要；确实不再等待的，"
        "在“协办单位没有提交的情况”中写明经过和原因。"
    )


def test_the_co_handler_may_still_contribute_while_the_report_can_be_sent_back(silent: Loop) -> None:
    silent.act("report", "government", without="催要两次，未提交。")
    assert silent.term("contribute", "water").lapsed_on is None
    silent.act("send_back")
    silent.lane_to("contributed", "water")
    assert silent.term("contribute", "water").met_on == silent.today


def test_what_was_never_contributed_is_on_record_and_waited_for_no_longer(silent: Loop, cast: Cast) -> None:
    silent.act("report", "government", without="催要两次，未提交。")
    before = silent.term("contribute", "water")
    silent.act("pass_check")
    after = silent.matter.terms.get(pk=before.pk)
    assert (after.met_on, after.lapsed_on, after.dropped) == (None, silent.today, True)
    silent.matter.refresh_from_db()
    assert silent.matter.due_on == silent.term("inform").due_on
    assert silent.last().lines[-1] == ["没有履行", "县水利局：提交主办单位（应于2026年5月12日前）"]
    assert json.loads(silent.entries()[-1].body)["lapsed"] == [["contribute", cast.organs["water"].name]]


def test_who_contributed_in_time_lapses_nothing(cast: Cast) -> None:
    loop = Loop(cast, agencies=(("government", "lead"), ("water", "co")))
    loop.lane_to("contributed", "water").to("informing")
    assert loop.matter.terms.filter(lapsed_on__isnull=False).count() == 0
