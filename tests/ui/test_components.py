"""The template tags, each by its rule; how they look is for the browser tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from selectolax.lexbor import LexborHTMLParser, LexborNode

from bihuan.kernel.lights import Light
from bihuan.ui.paging import Page

TODAY = date(2024, 2, 26)


def show(source: str, **names: object) -> str:
    return Template("{% load bihuan %}" + source).render(Context({"today": TODAY, **names}))


def test_a_due_day_says_how_late_it_is_in_the_colour_of_its_light() -> None:
    assert show("{% due day light %}", day=date(2024, 2, 23), light=Light.LATE) == (
        '<span class="day"><time datetime="2024-02-23">2024年2月23日（周五）</time>'
        ' <span class="away is-late">已超 3 天</span></span>'
    )


def test_a_past_day_that_nothing_is_due_on_is_not_late() -> None:
    assert "3 天前" in show("{% day day %}", day=date(2024, 2, 23))


@pytest.mark.parametrize("source", ["{% day day %}", "{% due day %}", "{% due missing %}"])
def test_a_day_not_known_is_said_to_be_open(source: str) -> None:
    assert show(source, day=None) == '<span class="none">未定</span>'


def test_a_moment_falls_on_its_day_in_beijing() -> None:
    late_evening = datetime(2024, 2, 27, 16, 30, tzinfo=UTC)
    assert show("{{ at|fullday }} {{ at|moment }}", at=late_evening) == (
        "2024年2月28日（周三） 2024年2月28日 00:30"
    )


@pytest.mark.parametrize("light", list(Light))
def test_a_light_is_colour_and_shape_and_word(light: Light) -> None:
    assert show("{% light value %}", value=light) == (
        f'<span class="light is-{light.value}">'
        f'<span class="light-sign" aria-hidden="true">{light.symbol}</span>{light.word}</span>'
    )


def test_what_people_wrote_is_escaped() -> None:
    evil = "<script>x</script>"
    for tag in ("badge evil", "person evil evil", "organ evil evil", "light 'late' evil", "empty_state evil"):
        assert "<script>" not in show("{% " + tag + " %}", evil=evil)


def test_the_clock_of_an_open_term_shows_no_date() -> None:
    shown = show("{% clock term %}", term={"due": None, "kind": "open", "steps": []})
    assert "待定" in shown
    assert "<time" not in shown


def test_the_latest_possible_date_is_called_so() -> None:
    term = {"due": date(2024, 3, 28), "kind": "latest", "steps": [], "provisional": True}
    shown = show("{% clock term %}", term=term)
    assert "最迟" in shown
    assert "暂定" in shown


def test_the_stepper_marks_the_current_step_for_those_who_listen() -> None:
    steps = [
        {"name": "交办", "done_on": TODAY, "current": False},
        {"name": "征求意见", "due_on": TODAY, "light": Light.WARN, "current": True},
    ]
    page = LexborHTMLParser(show("{% stepper steps %}", steps=steps))
    current = [name(step) for step in page.css('.stepper-wide [aria-current="step"]')]
    assert current == ["征求意见"]


def name(step: LexborNode, part: str = ".stepper-name") -> str:
    return "".join(found.text() for found in step.css(part))


def near(current: int, total: int) -> list[tuple[str, str]]:
    """What a phone shows of a procedure at its `current`-th step: sign and name."""
    steps = [
        {"name": f"第{nth}步", "done_on": TODAY if nth < current else None, "current": nth == current}
        for nth in range(1, total + 1)
    ]
    page = LexborHTMLParser(show("{% stepper steps %}", steps=steps))
    return [(name(step, ".stepper-sign"), name(step)) for step in page.css(".stepper-narrow > .stepper > li")]


def test_a_phone_shows_the_current_step_with_its_neighbours() -> None:
    assert near(5, 11) == [("✓", "第4步"), ("5", "第5步"), ("6", "第6步")]
    assert near(1, 11) == [("1", "第1步"), ("2", "第2步")]
    assert near(12, 11) == [("✓", "第10步"), ("✓", "第11步")]  # all done, nothing current


@pytest.mark.parametrize("light", [Light.DONE, Light.DONE_LATE, Light.PAUSED, Light.WAITING])
def test_what_is_not_pending_is_never_called_late(light: Light) -> None:
    term = {"due": date(2024, 1, 1), "kind": "exact", "steps": []}
    assert "已超" not in show(
        "{% due day light %}{% clock term light %}", day=term["due"], term=term, light=light
    )


def test_the_light_of_a_clock_says_how_far_it_is() -> None:
    term = {"due": date(2024, 2, 23), "kind": "exact", "steps": []}
    assert "</span>已超 3 天</span>" in show("{% clock term light %}", term=term, light=Light.LATE)


def test_a_step_that_names_its_day_does_not_say_it_twice() -> None:
    said = {"text": "自2023年12月28日（周四）会议通过之日起算。", "on": date(2023, 12, 28), "source": ""}
    unsaid = {"text": "从会议通过之日起算。", "on": date(2023, 12, 28), "source": ""}
    for step in (said, unsaid):
        shown = show("{% clock term %}", term={"due": TODAY, "kind": "exact", "steps": [step]})
        assert shown.count("2023年12月28日") == 1


def sorted_by(query: str) -> str:
    request = RequestFactory().get(f"/list?{query}")
    return show('{% sort_header "到期" "due_on" True %}', request=request)


def test_a_heading_sorts_and_sorts_back_from_the_first_page() -> None:
    assert 'aria-sort="ascending"' in sorted_by("light=late&after=x")
    assert 'href="?light=late&amp;sort=-due_on"' in sorted_by("light=late&after=x")
    assert 'aria-sort="descending"' in sorted_by("sort=-due_on")
    assert 'href="?sort=due_on"' in sorted_by("sort=-due_on")
    assert "aria-sort" not in sorted_by("sort=number")


def test_a_count_that_was_stopped_does_not_pretend_to_be_exact() -> None:
    page = Page[object](rows=(), next_url="", previous_url="", total=10_000, total_is_floor=True)
    assert "超过 10000 项" in show("{% pager page %}", page=page)


def test_progress_without_a_total_does_not_invent_one() -> None:
    assert "value=" not in show('{% progress 3 0 "读取" %}')
    assert 'max="8" value="3"' in show('{% progress 3 8 "读取" %}')
