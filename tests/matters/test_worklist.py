"""The work list: every awaited act stands on the desk of those who may do it, and each is told once."""

from __future__ import annotations

from datetime import date

from bihuan.kernel.permission import Allowed
from bihuan.matters.models import NEVER, Notice, Todo
from bihuan.matters.notices import tell
from bihuan.people.demo import Cast
from tests.loop import DISSATISFIED, Loop, votes


def desks(loop: Loop) -> set[tuple[str, str, str]]:
    """(act, organ, role) of what now waits."""
    rows = loop.matter.todos.values_list("act", "organ__short_name", "role")
    return set(rows)


def check_todos(loop: Loop, users: tuple[str, ...] = ()) -> None:
    """The work list is what permission says of every awaited act, person by person."""
    loop.matter.refresh_from_db()
    for username in users or tuple(loop.cast.accounts):
        access = loop.access(username)
        open_now = {
            (each.act.code, each.party.pk if each.party else None)
            for each in access.open_acts()
            if each.act.awaited
        }
        seats = {(organ, post.role) for post in access.actor.posts for organ in post.speaks_for}
        listed = {
            (todo.act, todo.party_id)
            for todo in loop.matter.todos.all()
            if (todo.organ_id, todo.role) in seats
        }
        assert listed == open_now, username


def test_what_waits_is_on_the_desks_of_those_who_may_do_it(cast: Cast) -> None:
    loop = Loop(cast)
    assert desks(loop) == {("hand_over", "农业农村工委", "staff"), ("hand_over", "农业农村工委", "director")}


def test_at_every_stage_the_work_list_is_what_permission_says(cast: Cast) -> None:
    loop = Loop(cast, agencies=(("forestry", "lead"), ("water", "co")))
    check_todos(loop)
    for stage in ("assigned", "planning", "carrying", "consulting", "reporting"):
        loop.lane_to(stage, "forestry")
        check_todos(loop)
    loop.lane_to("contributed", "water")
    check_todos(loop)
    for stage in ("checking", "informing", "publishing", "settling", "hearing", "closed"):
        loop.to(stage)
        check_todos(loop)


def test_a_row_has_the_date_of_the_term_the_act_would_meet(cast: Cast) -> None:
    loop = Loop(cast)
    assert set(loop.matter.todos.values_list("due_on", "warn_on")) == {(date(2026, 4, 3), date(2026, 3, 27))}


def test_a_row_without_a_term_has_no_date(cast: Cast) -> None:
    loop = Loop(cast)
    loop.act("hand_over")
    assert set(loop.matter.todos.values_list("act", "due_on")) == {("receive", NEVER)}


def test_a_row_follows_its_term(cast: Cast) -> None:
    loop = Loop(cast).lane_to("carrying")
    term = loop.term("consult", "government")
    loop.act("ask_extension", "government", term=term.pk, until=date(2026, 7, 1))
    loop.act("grant_extension", "government", until=date(2026, 7, 1))
    assert set(loop.matter.todos.filter(act="consult").values_list("due_on", flat=True)) == {date(2026, 7, 1)}


def test_a_row_that_still_waits_stays_the_same_row(cast: Cast) -> None:
    loop = Loop(cast, agencies=(("forestry", "lead"), ("water", "co")))
    loop.act("hand_over")
    before = set(Todo.objects.filter(matter=loop.matter, organ=cast.organs["water"]))
    loop.act("receive", "forestry")
    assert set(Todo.objects.filter(matter=loop.matter, organ=cast.organs["water"])) == before


def test_a_request_for_more_time_stands_on_the_directors_desk(cast: Cast) -> None:
    loop = Loop(cast).lane_to("carrying")
    loop.act("ask_extension", "government")
    assert ("grant_extension", "农业农村工委", "director") in desks(loop)
    assert ("grant_extension", "农业农村工委", "staff") not in desks(loop)


# --- notices


def told(loop: Loop) -> list[tuple[str, str]]:
    """(person, first words) of every line left about the matter."""
    lines = Notice.objects.filter(matter=loop.matter).order_by("pk")
    return [(line.person.name, line.text.split("：")[0]) for line in lines.select_related("person")]


def test_whoever_has_something_new_on_the_desk_is_told(cast: Cast) -> None:
    loop = Loop(cast)
    assert sorted(told(loop)) == [("罗静", "请交办"), ("黄德明", "请交办")]


def test_the_governments_office_is_told_for_the_government(cast: Cast) -> None:
    loop = Loop(cast)
    loop.act("hand_over")
    names = {name for name, words in told(loop) if words == "请签收"}
    assert names == {"肖飞", "叶琳", "唐志远", "梁波"}


def test_nobody_is_told_again_of_what_already_waits(cast: Cast) -> None:
    loop = Loop(cast, agencies=(("forestry", "lead"), ("water", "co")))
    loop.act("hand_over")
    loop.act("receive", "forestry")
    assert [line for line in told(loop) if line == ("田野", "请签收")] == [("田野", "请签收")]


def test_what_comes_back_in_another_round_is_told_anew(cast: Cast) -> None:
    loop = Loop(cast).to("hearing")
    loop.act("vote", counts=votes(DISSATISFIED))
    assert [line for line in told(loop) if line == ("肖飞", "请制定办理方案")] == [
        ("肖飞", "请制定办理方案"),
        ("肖飞", "请制定办理方案"),
    ]


def test_the_same_line_reaches_nobody_twice(cast: Cast) -> None:
    loop = Loop(cast)
    people = [cast.person("xiaofei").pk, cast.person("xiaofei").pk, cast.person("yelin").pk]
    for _ in range(2):
        tell(people, key="k", text="提醒：试", matter=loop.matter, on=date(2026, 4, 1))
    assert sorted(told(loop)[2:]) == [("叶琳", "提醒"), ("肖飞", "提醒")]


def test_a_back_dated_act_is_told_to_those_who_sit_there_today(cast: Cast) -> None:
    """The forestry bureau changed hands on 1 March 2023."""
    loop = Loop(cast, agencies=(("forestry", "lead"),), opened_on=date(2023, 2, 20))
    loop.act("hand_over", on=date(2023, 3, 6), answer_on=date(2023, 2, 24))
    names = {name for name, words in told(loop) if words == "请签收"}
    assert ("曾庆海" in names, "梁波" in names) == (True, False)
    lines = Notice.objects.filter(matter=loop.matter, person=cast.person("zengqinghai"))
    assert list(lines.values_list("on", flat=True)) == [date(2023, 3, 6)]


def test_open_acts_and_verdicts_agree(cast: Cast) -> None:
    loop = Loop(cast, agencies=(("forestry", "separate"), ("water", "separate"))).lane_to("carrying")
    access = loop.access("huangdeming")
    for each in access.open_acts():
        party = each.party.pk if each.party else None
        assert isinstance(access.verdict(each.act, party=party), Allowed)
