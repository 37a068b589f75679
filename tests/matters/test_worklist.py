"""The work list: every awaited act stands on the desk of those who may do it, and each is told once."""

from __future__ import annotations

from datetime import date

from bihuan.kernel.permission import Allowed, Hat
from bihuan.matters.access import Access, OpenAct, hats_of
from bihuan.matters.models import NEVER, Notice, Promise, Todo
from bihuan.matters.notices import tell
from bihuan.matters.registry import module
from bihuan.people.demo import Cast
from tests.loop import DISSATISFIED, Loop, measures, votes


def desks(loop: Loop) -> set[tuple[str, str, str]]:
    """(act, organ, role) of what now waits."""
    rows = loop.matter.todos.values_list("act", "organ__short_name", "role")
    return set(rows)


def falls_to(each: OpenAct, access: Access) -> bool:
    """Whether something is missing of what the act prepares, and bringing it is the person's task."""
    if not each.act.prepares:
        return False
    roles = {hat.role for hat in hats_of(access.actor, access.parties) if wears_for(each, hat)}
    lacks = module(*access.matter.procedure.key).lacks[each.act.code]
    return bool(roles & set(each.act.falls_to or roles)) and lacks(access.matter, each.party) is not None


def wears_for(each: OpenAct, hat: Hat) -> bool:
    fits = any(hat.part == by.part and hat.role in by.roles for by in each.act.by)
    return fits and (each.party is None or hat.party in (None, each.party.pk))


def check_todos(loop: Loop, users: tuple[str, ...] = ()) -> None:
    """The work list is what permission says of every awaited act, person by person: of what others prepare for
    those whose task it is, as long as something is missing."""
    loop.matter.refresh_from_db()
    for username in users or tuple(loop.cast.accounts):
        access = loop.access(username)
        open_now = {
            (each.act.code, each.party.pk if each.party else None)
            for each in access.open_acts()
            if each.act.awaited or falls_to(each, access)
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


def test_a_step_without_a_term_is_as_urgent_as_the_partys_nearest_one(cast: Cast) -> None:
    loop = Loop(cast)
    loop.act("hand_over")
    nearest = loop.term("plan", "government").due_on
    assert set(loop.matter.todos.values_list("act", "due_on")) == {("receive", nearest)}


def test_a_row_without_any_term_has_no_date(cast: Cast) -> None:
    loop = Loop(cast, terms=()).to("settling")
    assert set(loop.matter.todos.values_list("act", "due_on")) == {("schedule", NEVER), ("close", NEVER)}


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


# --- what others prepare


def lacking(loop: Loop, act: str) -> dict[str, str]:
    """What is missing, on the desk of each role where the act stands."""
    return dict(loop.matter.todos.filter(act=act).values_list("role", "lacks"))


def test_what_the_signature_needs_stands_on_the_clerks_desk_with_what_is_missing(cast: Cast) -> None:
    loop = Loop(cast).lane_to("carrying")
    missing = "3项都没有处理结果"
    assert lacking(loop, "answer") == {"clerk": missing, "section": missing}
    assert lacking(loop, "progress") == dict.fromkeys(("clerk", "section"), "3项措施没有填报过进展")
    assert lacking(loop, "consult") == dict.fromkeys(("leader", "chief"), f"3项措施没有填报过进展；{missing}")


def test_what_is_to_be_filled_in_is_due_when_what_it_prepares_is(cast: Cast) -> None:
    loop = Loop(cast).lane_to("carrying")
    due_on = loop.term("consult", "government").due_on
    assert set(loop.matter.todos.filter(act="answer").values_list("due_on", flat=True)) == {due_on}


def test_a_measure_is_to_be_told_of_by_its_own_day(cast: Cast) -> None:
    loop = Loop(cast).lane_to("carrying")
    day = date(2026, 5, 5)
    Promise.objects.filter(pk=loop.matter.promises.first().pk).update(due_on=day, next_check_on=day)
    loop.act("answer", "government")
    assert set(loop.matter.todos.filter(act="progress").values_list("due_on", "warn_on")) == {
        (day, date(2026, 4, 28))
    }


def test_what_is_filled_in_leaves_the_desk_and_what_is_missing_still_stays(cast: Cast) -> None:
    loop = Loop(cast).lane_to("carrying")
    first = loop.matter.items.first().pk
    loop.act("answer", "government", answers=[{"item": first, "result": "staged", "text": "办了一半。"}])
    assert lacking(loop, "answer")["clerk"] == "问题2、建议1没有处理结果，共3项"
    loop.act("answer", "government")
    assert lacking(loop, "answer") == {}
    loop.act("progress", "government")
    assert (lacking(loop, "progress"), lacking(loop, "consult")["chief"]) == ({}, "")


def test_a_co_handler_fills_in_what_it_planned(cast: Cast) -> None:
    loop = Loop(cast, agencies=(("forestry", "lead"), ("water", "co")))
    loop.lane_to("planning", "water")
    loop.act("plan", "water", measures=measures(loop.matter)[:1])
    mine = loop.matter.todos.filter(act="answer", organ=cast.organs["water"], role="clerk")
    assert mine.get().lacks == "问题1没有处理结果，共3项"


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
