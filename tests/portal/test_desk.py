"""The desk: what waits for me, for others, and what changed; for each kind of person."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.kernel.lights import Light
from bihuan.library.models import Document, Proposal, Reading
from bihuan.matters.models import Deed, Matter, Term, Todo
from bihuan.matters.sight import refresh_sight
from bihuan.people.actors import Actor
from bihuan.people.models import Account, Organ, Post
from bihuan.portal import desk
from bihuan.portal.desk import Task
from bihuan.portal.papers import papers_to_review
from bihuan.portal.templatetags.desk import brief, standing
from bihuan.ui.paging import page
from tests.portal.conftest import TITLE, TODAY, County, Enter, Walk, morning

pytestmark = pytest.mark.usefixtures("today")


def actor(username: str) -> Actor:
    return Actor.of(Account.objects.get(username=username), on=TODAY)


def waits(username: str) -> list[tuple[str, str]]:
    """What stands on somebody's desk: (act, address of its form)."""
    return [(task.name, task.url) for task in on_desk(username)]


def on_desk(username: str) -> list[Task]:
    shown = page(desk.my_todos(actor(username)), keys=("due_on", "id"), query=QueryDict())
    return desk.tasks(shown.rows, today=TODAY)


def add_post(username: str, organ: Organ, role: str) -> None:
    person = Account.objects.get(username=username).person
    Post.objects.create(person=person, organ=organ, role=role, since=date(2020, 1, 1))


def test_an_act_stands_on_the_desks_of_those_who_may_do_it_and_leads_to_its_form(walk: Walk) -> None:
    number = walk.matter.number
    assert waits("staff") == [("交办", f"/matters/{number}/hand_over/")]
    assert waits("clerk") == []
    walk.after("hand_over")
    party = walk.matter.parties.get(part="lead")
    assert waits("staff") == []
    assert waits("clerk") == [("签收", f"/matters/{number}/receive/{party.pk}/")]
    assert waits("deputy") == []


def test_two_posts_in_one_organ_show_an_act_once(walk: Walk, county: County) -> None:
    add_post("staff", county.committee, "director")
    assert [name for name, _ in waits("staff")] == ["交办"]


def test_a_role_in_one_organ_gives_no_task_of_that_role_in_another(walk: Walk, county: County) -> None:
    """Clerk here and staff there is not staff here: pairs, not their product."""
    elsewhere = county.organ("县林业局", "bureau")
    add_post("deputy", county.committee, "clerk")
    add_post("deputy", elsewhere, "staff")
    assert waits("deputy") == []


def test_most_urgent_first_and_undated_last(county: County) -> None:
    first, second, third = (county.opinion(title=title) for title in ("甲", "乙", "丙"))
    for matter, day in ((first, 30), (second, 2)):
        Todo.objects.filter(matter=matter).update(
            due_on=TODAY + timedelta(days=day), warn_on=TODAY + timedelta(days=day - 7)
        )
    Todo.objects.filter(matter=third).update(due_on=date(9999, 12, 31), warn_on=date(9999, 12, 31))
    assert [(task.matter.title, task.light) for task in on_desk("staff")] == [
        ("乙", Light.WARN),
        ("甲", Light.NORMAL),
        ("丙", Light.WAITING),
    ]


def waiting(username: str) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    who = actor(username)
    shown = page(desk.matters_waiting(who), keys=("due_on", "matter_id"), query=QueryDict())
    rows = desk.waiting_rows([row.matter for row in shown.rows], who, today=TODAY)
    return [(row.matter.number, row.acts) for row in rows]


def test_waiting_names_who_must_act_on_matters_my_organ_has_a_part_in(walk: Walk) -> None:
    walk.after("hand_over")
    number = walk.matter.number
    assert waiting("staff") == [(number, (("签收", "县水利局"),))]
    assert waiting("clerk") == []  # it is on the clerk's own desk, though the chief could do it too
    walk.do("receive", "clerk")
    walk.plan()
    assert waiting("clerk") == [(number, (("送征求意见", "县水利局"),))]  # a signature the clerk cannot give
    to_fill_in = (("填报进展", "县水利局"), ("逐项填写处理结果", "县水利局"))
    assert waiting("chief") == [(number, to_fill_in)]  # it could do both, and waits for the clerk


def test_nobody_waits_for_matters_of_others(walk: Walk, county: County) -> None:
    county.person("莫中平", county.organ("县林业局", "bureau"), "clerk", username="forester")
    walk.after("hand_over")
    assert waiting("forester") == []


def test_since_yesterday_begins_at_midnight_and_shows_visible_matters_alone(
    walk: Walk, county: County
) -> None:
    county.person("莫中平", county.organ("县林业局", "bureau"), "clerk", username="forester")
    walk.after("receive")
    yesterday = desk.begin_of_yesterday(TODAY)
    times = {"opened": yesterday - timedelta(seconds=1), "hand_over": yesterday, "receive": morning(TODAY)}
    for act, at in times.items():
        Deed.objects.filter(act=act).update(at=at)
    shown = desk.deeds_since_yesterday(actor("staff"), today=TODAY)
    assert [deed.act for deed in shown] == ["receive", "hand_over"]
    assert desk.deeds_since_yesterday(actor("forester"), today=TODAY) == []


@pytest.mark.parametrize(
    ("due", "warn", "shown"),
    [(-1, -8, [Light.LATE]), (-2, -9, [Light.LATE]), (-3, -10, []), (0, -7, []), (7, 0, [Light.WARN]),
     (6, -1, [Light.WARN]), (5, -2, []), (8, 1, [])],
)  # fmt: skip
def test_lights_that_turned_yesterday_or_today_are_news(
    walk: Walk, due: int, warn: int, shown: list[Light]
) -> None:
    walk.after("hand_over")
    one = Term.objects.filter(met_on__isnull=True).first()
    assert one is not None
    Term.objects.exclude(pk=one.pk).update(dropped=True)
    days = {"due_on": TODAY + timedelta(days=due), "warn_on": TODAY + timedelta(days=warn)}
    Term.objects.filter(pk=one.pk).update(**days)
    refresh_sight(walk.matter)
    assert [light for _, light in desk.lights_since_yesterday(actor("staff"), today=TODAY)] == shown


def test_the_month_counts_running_terms_and_leads_to_them(walk: Walk, enter: Enter) -> None:
    walk.after("hand_over")
    Term.objects.update(due_on=TODAY, warn_on=TODAY - timedelta(days=7))
    Term.objects.filter(kind="plan").update(met_on=TODAY)
    refresh_sight(walk.matter)
    running = Term.objects.filter(met_on__isnull=True, dropped=False).count()
    response = enter("staff").get("/desk/")
    assert response.context["month"].total == running
    assert response.context["month_url"] == "/matters/terms/?since=2026-11-01&until=2026-11-30"
    assert 'href="/matters/terms/?since=2026-11-23&amp;until=2026-11-23"' in response.content.decode()


@pytest.mark.parametrize("month", ["", "nonsense", "2026-13", "0001-01", "9999-12"])
def test_a_month_that_cannot_be_read_is_this_month(walk: Walk, enter: Enter, month: str) -> None:
    assert enter("staff").get("/desk/", {"month": month}).context["is_this_month"] is True


def test_a_deputy_is_told_what_became_of_what_was_asked(walk: Walk, enter: Enter) -> None:
    walk.after("pass_check")
    assert enter("deputy").get("/desk/").context["told"] == []
    walk.inform()
    ((matter, counts),) = enter("deputy").get("/desk/").context["told"]
    assert (matter, counts.asked, counts.answered, counts.solved) == (walk.matter, 3, 3, 1)


def test_an_administrators_desk_shows_duties_and_no_matter(walk: Walk, enter: Enter) -> None:
    response = enter("sysadmin").get("/desk/")
    assert "登记机构" in response.context["duties"]
    assert "/people/organs" in [link.url for link in response.context["pages"]]
    assert TITLE not in response.content.decode()


def test_the_public_is_sent_to_sign_in_and_the_signed_in_to_the_desk(walk: Walk, enter: Enter) -> None:
    assert Client().get("/desk/").headers["Location"] == "/login/?next=/desk/"
    assert enter("staff").get("/").headers["Location"] == "/desk/"
    assert Client().get("/").status_code == 200


def test_twenty_tasks_a_page_then_the_next(county: County, enter: Enter) -> None:
    for _ in range(23):
        county.opinion()
    client = enter("staff")
    first = client.get("/desk/")
    assert len(first.context["tasks"]) == 20
    second = client.get(f"/desk/{first.context['page'].next_url}")
    seen = {task.matter.pk for page in (first, second) for task in page.context["tasks"]}
    assert len(seen) == 23


@pytest.mark.parametrize(("posts", "most"), [(1, 15), (3, 16)])
def test_more_rows_ask_no_more_queries_with_one_post_or_three(
    county: County, enter: Enter, posts: int, most: int
) -> None:
    if posts == 3:  # tasks for parties too: their organs are one query more, once
        add_post("staff", county.water, "clerk")
        add_post("staff", county.committee, "director")
    client, asked = enter("staff"), []
    for number in (1, 3):
        while Matter.objects.count() < number * 2:
            county.opinion()
            Walk(county, county.opinion()).after("hand_over")
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get("/desk/").context["tasks"]) == number * (1 if posts == 1 else 2)
        asked.append(len(queries))
    assert asked == [most, most]


def test_the_list_of_waiting_asks_no_more_queries_for_more_rows(county: County, enter: Enter) -> None:
    client, asked = enter("staff"), []
    for number in (1, 3):
        while Matter.objects.count() < number:
            Walk(county, county.opinion()).after("hand_over")
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get("/desk/waiting/").context["waiting"]) == number
        asked.append(len(queries))
    assert asked[0] == asked[1]


def paper(county: County, name: str, *, due: str = "", decision: str = "pending") -> Reading:
    """A paper taken in and read: one period in it, with the day it names."""
    document = Document.objects.create(
        place=county.place, kind=Document.UPLOAD, name=name, sha256=name, size=1, uploaded_at=morning(TODAY)
    )
    reading = Reading.objects.create(document=document, reader="1", made_at=morning(TODAY))
    Proposal.objects.create(
        reading=reading, position=0, type="deadline", start=0, end=1, confidence=1.0, decision=decision,
        decided_at=None if decision == "pending" else morning(TODAY), fact={"type": "deadline", "due": due},
    )  # fmt: skip
    return reading


def test_a_paper_to_be_reviewed_stands_on_the_offices_desk_by_its_earliest_day(
    county: County, enter: Enter, walk: Walk
) -> None:
    soon, late = TODAY + timedelta(days=2), TODAY - timedelta(days=3)
    paper(county, "无期限.docx")
    paper(county, "将到期.docx", due=soon.isoformat())
    paper(county, "已超期.docx", due=late.isoformat())
    paper(county, "只写了月份.docx", due=f"{soon:%Y-%m}")
    Todo.objects.update(due_on=TODAY)
    tasks = enter("staff").get("/desk/").context["tasks"]
    assert [
        (getattr(each, "reading", None) and each.reading.document.name, each.light) for each in tasks
    ] == [
        ("已超期.docx", Light.LATE),
        (None, Light.WARN),
        ("将到期.docx", Light.WARN),
        ("无期限.docx", Light.WAITING),
        ("只写了月份.docx", Light.WAITING),
    ]


def test_a_rejected_period_gives_a_paper_no_day(county: County) -> None:
    paper(county, "通知.docx", due=TODAY.isoformat(), decision="rejected")
    tasks, _ = papers_to_review(actor("staff"), today=TODAY)
    assert [(task.due_on, task.decided, task.total) for task in tasks] == [(None, 1, 1)]


def test_papers_are_for_the_offices_alone(county: County) -> None:
    paper(county, "通知.docx")
    assert papers_to_review(actor("clerk"), today=TODAY) == ([], False)


def test_more_papers_ask_no_more_queries_and_the_rest_is_in_the_list(county: County) -> None:
    asked = []
    for number in (1, 9):
        for each in range(number):
            paper(county, f"{number}-{each}.docx", due=TODAY.isoformat())
        with CaptureQueriesContext(connection) as queries:
            tasks, more = papers_to_review(actor("staff"), today=TODAY)
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert (len(tasks), more) == (6, True)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        (TITLE, "关于农村供水情况报告的审议意见"),
        ("临溪县人大常委会关于批准预算调整方案的决议", "关于批准预算调整方案的决议"),
        ("关于农村供水的审议意见", "关于农村供水的审议意见"),
        ("临溪县人民代表大会工作规则", "临溪县人民代表大会工作规则"),
    ],
)
def test_a_title_is_shortened_by_the_body_that_passed_it_alone(title: str, shown: str) -> None:
    assert brief(title) == shown


@given(st.integers(-400, 400))
@settings(derandomize=True, max_examples=30)
def test_a_task_without_a_term_says_how_long_it_has_waited(days: int) -> None:
    task = Task(
        matter=Matter(), name="", about="", lacks="", url="", due_on=None, light=Light.WAITING,
        since=TODAY - timedelta(days=days),
    )  # fmt: skip
    assert standing(task, TODAY) == (f"已等 {days} 天" if days > 0 else "今天收到")


def test_what_changed_is_one_line_a_matter_with_its_newest_act(county: County) -> None:
    first, second = county.opinion(), county.opinion()
    deeds = [
        Deed(matter=matter, name=name)
        for matter, name in ((first, "签收"), (second, "交办"), (first, "交办"))
    ]
    lines = [(newest.name, [deed.name for deed in before]) for newest, before in desk.by_matter(deeds)]
    assert lines == [("签收", ["交办"]), ("交办", [])]
