"""The rules page: everything in force, nothing without source or doubt; a date with every step."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.kernel.calendar import national_calendar
from bihuan.kernel.law import shipped_law
from bihuan.people.models import Account
from bihuan.portal.law_views import SUBJECTS
from tests.matters.trial import County

DAY = {"place": "linxi", "on": "2026-03-02"}


class _Rows(HTMLParser):
    """The text of every body row's cells, and of the headings."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.figures: list[str] = []
        self.headings: list[str] = []
        self._into: list[str] | None = None
        self._tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._into = self.rows[-1]
        if tag in ("h1", "h2"):
            self.headings.append("")
            self._into = self.headings

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "h1", "h2"):
            self._into = None

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into[-1] += data.strip()


def read(content: bytes) -> _Rows:
    parser = _Rows()
    parser.feed(content.decode())
    return parser


@pytest.fixture
def client(db: None) -> Client:
    county = County()
    made = Client()
    made.force_login(Account.objects.get(person=county.staff))
    return made


def rule_rows(client: Client, **query: str) -> list[list[str]]:
    found = read(client.get("/law/", {**DAY, **query}).content).rows
    return [row for row in found if row and row[0] != "规则"]


def test_every_rule_in_force_stands_on_the_page_once(client: Client) -> None:
    expected = shipped_law().in_force(place="linxi", on=date(2026, 3, 2))
    assert len(rule_rows(client)) == len(expected)


def test_every_subject_of_the_shipped_rules_has_a_heading() -> None:
    assert {rule.key.partition(".")[0] for rule in shipped_law().rules} <= SUBJECTS.keys()


def test_every_place_and_every_mark_can_be_shown(client: Client) -> None:
    answers = {code: client.get("/law/", {**DAY, "place": code}).status_code for code in shipped_law().places}
    assert set(answers.values()) == {200}


def test_the_numbers_add_up_and_open_their_rules(client: Client) -> None:
    checked, unchecked = (len(rule_rows(client, checked=which)) for which in ("yes", "no"))
    everything = shipped_law().in_force(place="linxi", on=date(2026, 3, 2))
    assert checked == sum(rule.verified for rule in everything)
    assert checked + unchecked == len(everything)


def test_an_unchecked_rule_is_marked_so_in_every_row(client: Client) -> None:
    assert {row[5].startswith("未核对") for row in rule_rows(client, checked="no")} == {True}
    assert {row[5].startswith("已核对") for row in rule_rows(client, checked="yes")} == {True}


def test_a_place_shows_what_it_overrides_higher_up(client: Client) -> None:
    book = shipped_law()
    on = date(2026, 3, 2)
    overriding = [rule for rule in book.in_force(place="linxi", on=on) if book.overridden(rule, on=on)]
    shown = [row for row in rule_rows(client) if "替代上级规定" in row[5]]
    assert len(shown) == len(overriding)


def test_words_find_rules_by_what_starts_them(client: Client) -> None:
    everything = shipped_law().in_force(place="linxi", on=date(2026, 3, 2))
    counted = sum("常委会会议举行" in rule.starts_on for rule in everything)
    assert len(rule_rows(client, words="常委会会议举行")) == counted > 0


def test_what_cannot_be_read_falls_back_to_this_site_and_today(client: Client) -> None:
    answer = client.get("/law/", {"place": "atlantis", "on": "昨天"})
    assert (answer.status_code, answer.context["place"].code) == (200, "linxi")


def test_the_page_needs_no_more_queries_for_more_rules(client: Client) -> None:
    def queries(**query: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get("/law/", {**DAY, **query})
        return len(caught)

    queries()  # the first visit of a session notes when it began
    assert queries(words="常委会会议") == queries()


def test_the_public_is_sent_to_sign_in(db: None) -> None:
    answer = Client().get("/law/")
    assert (answer.status_code, answer.url) == (302, "/login/?next=/law/")


def test_a_date_is_reckoned_with_its_steps(client: Client) -> None:
    answer = client.get("/law/due/", {"start": "2024-02-05", "count": "5", "unit": "WD"})
    assert answer.context["found"].on == date(2024, 2, 18)
    assert read(answer.content).headings[1] == "5个工作日：2024年2月18日（周日）"


def test_a_rule_gives_its_period_and_its_source(client: Client) -> None:
    rule = shipped_law().rule("suggestion.hand_over", place="linxi", on=date(2026, 3, 2))
    asked = {"rule": rule.key, **DAY, "start": "2026-03-02"}
    form = client.get("/law/due/", {"rule": rule.key, **DAY}).context["form"]
    assert (form.initial["count"], form.initial["unit"]) == (10, "WD")
    found = client.get("/law/due/", {**asked, "count": "10", "unit": "WD", "event": rule.starts_on}).context
    assert found["found"].on == date(2026, 3, 16)
    assert rule.source in found["found"].steps[-1].text


def test_a_changed_period_no_longer_claims_the_rule(client: Client) -> None:
    rule = shipped_law().rule("suggestion.hand_over", place="linxi", on=date(2026, 3, 2))
    asked = {"rule": rule.key, **DAY, "start": "2026-03-02", "count": "8", "unit": "WD"}
    steps = client.get("/law/due/", asked).context["found"].steps
    assert [step for step in steps if rule.source in step.text] == []


@pytest.mark.parametrize("query", [{"rule": "no.such"}, {"rule": "suggestion.hand_over", "on": "x"}])
def test_a_rule_that_is_not_there_is_not_guessed(client: Client, query: dict[str, str]) -> None:
    assert client.get("/law/due/", query).status_code == 404


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"count": "0", "unit": "D", "start": "2026-03-02"}, "count"),
        ({"count": "36000", "unit": "Y", "start": "2026-03-02"}, "count"),
        ({"count": "5", "unit": "WD", "start": "2026-02-30"}, "start"),
    ],
)
def test_a_wrong_question_keeps_what_was_typed(client: Client, query: dict[str, str], said: str) -> None:
    answer = client.get("/law/due/", query)
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, [said])


def test_the_calendar_shows_every_holiday_and_every_worked_weekend(client: Client) -> None:
    notice = next(each for each in national_calendar().notices if each.year == 2026)
    rows = read(client.get("/law/calendar/2026/").content).rows
    assert [row[0] for row in rows[1:]] == [holiday.name for holiday in notice.holidays]


def test_a_year_without_a_notice_says_so(client: Client) -> None:
    assert client.get("/law/calendar/2027/").context["notice"] is None
    assert client.get("/law/calendar/1990/").status_code == 404
