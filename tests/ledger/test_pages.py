"""The auditor's pages."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.ledger import verify_ledger, views
from bihuan.ledger.append import append_entry
from bihuan.ledger.checking import step
from bihuan.ledger.models import Entry
from bihuan.ledger.verify_ledger import examine, read_head
from bihuan.people.models import Account, Organ, Person, Place, Post

pytestmark = pytest.mark.django_db
PAGES = ["browse", "verify", "export", "verifier", "seal"]


def post(role: str, name: str) -> Account:
    """Somebody with an account and a post of this role."""
    place, _ = Place.objects.get_or_create(code="linxi", defaults={"name": "临溪县"})
    organ, _ = Organ.objects.get_or_create(
        place=place, name="临溪县人大常委会办公室", kind="office", defaults={"since": date(2020, 1, 1)}
    )
    person = Person.objects.create(name=name)
    Post.objects.create(person=person, organ=organ, role=role, title="审计岗", since=date(2020, 1, 1))
    return Account.objects.create(username=f"user{person.pk}", person=person)


@pytest.fixture
def auditor(client: Client, settings: Any) -> Client:
    settings.BIHUAN_ADMIN_MFA = False
    client.force_login(post("auditor", "周慎"), backend="bihuan.people.login.Backend")
    return client


def write(count: int = 1, **changes: Any) -> None:
    given: dict[str, Any] = {
        "kind": "act.note",
        "subject": "matter:SY-2026-0001",
        "actor": "陈立（临溪县人大常委会办公室主任）",
        "account": 3,
        "at": datetime(2026, 3, 5, 1, 2, 3, tzinfo=UTC),
        "on": date(2026, 3, 5),
        "body": {"text": "一"},
    }
    for _ in range(count):
        with transaction.atomic():
            append_entry(**given | changes)


@pytest.mark.parametrize("page", PAGES)
def test_the_public_is_sent_to_sign_in(client: Client, page: str) -> None:
    response = client.get(reverse(f"ledger:{page}"))
    assert (response.status_code, response["Location"].split("?")[1]) == (
        302,
        f"next={reverse(f'ledger:{page}')}",
    )


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ["staff", "sysadmin", "secadmin", "chairperson"])
def test_only_audit_administrators_read_the_ledger(
    client: Client, settings: Any, role: str, page: str
) -> None:
    settings.BIHUAN_ADMIN_MFA = False
    client.force_login(post(role, "他人"), backend="bihuan.people.login.Backend")
    response = client.get(reverse(f"ledger:{page}"))
    assert response.status_code == 403
    assert "您不能查阅台账：这是审计管理员的职责，请与其联系。" in response.content.decode()


def listed(auditor: Client, **query: str) -> list[int]:
    response = auditor.get(reverse("ledger:browse"), query)
    return [row["entry"].seq for row in response.context["rows"]]


def test_entries_are_listed_newest_first_and_narrowed(auditor: Client) -> None:
    write()
    write(kind="act.reply", subject="matter:SY-2026-0002")
    write(actor="系统", at=datetime(2026, 3, 5, 16, 0, tzinfo=UTC))
    assert listed(auditor) == [3, 2, 1]
    assert listed(auditor, kind="act.note") == [3, 1]
    assert listed(auditor, subject="SY-2026-0002") == [2]
    assert listed(auditor, subject="matter:SY-2026-0002") == [2]
    assert listed(auditor, actor="陈立") == [2, 1]
    assert listed(auditor, until="2026-03-05") == [2, 1]  # the third was recorded after midnight in Beijing
    assert listed(auditor, since="2026-03-06") == [3]
    assert listed(auditor, since="不是日期") == []


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_any_length_asks_the_ledger_three_times(auditor: Client, count: int) -> None:
    write(count)
    with CaptureQueriesContext(connection) as asked:
        auditor.get(reverse("ledger:browse"))
    # The kinds to choose from, how many there are, and the rows.
    assert len([query for query in asked if '"ledger_entry"' in query["sql"] or " step" in query["sql"]]) == 3


def test_an_entry_shows_its_neighbours_and_that_its_digest_fits(auditor: Client) -> None:
    write(3)
    context = auditor.get(reverse("ledger:detail", args=[2])).context
    assert (context["before"].seq, context["after"].seq) == (1, 3)
    assert (context["sound"], context["joined"], context["followed"]) == (True, True, True)


@pytest.mark.parametrize(
    ("seq", "expected"), [(1, (True, True, True)), (2, (False, True, False)), (3, (True, False, True))]
)
def test_an_altered_entry_is_seen_beside_its_neighbours(
    auditor: Client, seq: int, expected: tuple[bool, bool, bool]
) -> None:
    write(3)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER ledger_entry_no_update")
        cursor.execute("UPDATE ledger_entry SET body = '{', digest = 'forged' WHERE seq = 2")
    context = auditor.get(reverse("ledger:detail", args=[seq])).context
    assert (context["sound"], context["joined"], context["followed"]) == expected


def test_the_body_is_shown_line_by_line(auditor: Client) -> None:
    write(body={"a": {"b": [1, {"c": True}]}, "d": None, "e": [], "f": "甲\n乙"})
    body = auditor.get(reverse("ledger:detail", args=[1])).context["body"]
    assert body == [("a.b.1", "1"), ("a.b.2.c", "是"), ("d", "无"), ("e", "无"), ("f", "甲\n乙")]


def test_an_entry_that_is_not_there_is_not_found(auditor: Client) -> None:
    assert auditor.get(reverse("ledger:detail", args=[9])).status_code == 404


@pytest.mark.parametrize("htmx", [True, False])
def test_verification_goes_on_step_by_step_and_is_recorded(
    auditor: Client, monkeypatch: pytest.MonkeyPatch, htmx: bool
) -> None:
    write(5)
    monkeypatch.setattr(views, "step", lambda check: step(check, size=2))
    auditor.post(reverse("ledger:verify"), {"seal": ""})
    headers = {"HX-Request": "true"} if htmx else {}
    done = []
    for _ in range(3):
        auditor.post(reverse("ledger:verify_on"), headers=headers)
        done.append(auditor.get(reverse("ledger:verify")).context["check"].done)
    assert done == [2, 4, 5]
    context = auditor.get(reverse("ledger:verify")).context
    assert context["conclusion"] == "核对通过：共5条，每一条的内容与摘要相符，前后相接，没有改动。"
    newest = Entry.objects.latest("seq")
    assert (newest.kind, newest.actor, json.loads(newest.body)) == (
        "ledger.verified",
        "周慎（临溪县人大常委会办公室审计岗）",
        {"faults": 0, "last": 5, "seals": []},
    )


def test_verification_against_a_seal_finds_a_rewritten_chain(auditor: Client) -> None:
    write(2)
    auditor.post(reverse("ledger:verify"), {"seal": f"2:{'ab' * 32}"})
    auditor.post(reverse("ledger:verify_on"))
    check = auditor.get(reverse("ledger:verify")).context["check"]
    assert check.faults == (
        "第1至2条中有条目被改写，其后的摘要都被重新计算过：现在的第2条与留存的封存值不符。",
    )


def test_a_seal_that_cannot_be_read_is_asked_for_again(auditor: Client) -> None:
    form = auditor.post(reverse("ledger:verify"), {"seal": "二号"}).context["form"]
    assert form.errors == {"seal": ["看不懂这个封存值。请照封存单填写：序号、冒号、64位摘要。"]}


def test_an_export_is_sound_and_recorded_before_it_leaves(auditor: Client) -> None:
    write(3)
    response = auditor.post(reverse("ledger:export"), {"since": "2"})
    lines = b"".join(response.streaming_content).splitlines(keepends=True)  # type: ignore[attr-defined]
    assert [json.loads(line)["entry"][2] for line in lines[1:]] == [2, 3]
    assert examine(lines[1:], read_head(lines[0])).findings == []
    newest = Entry.objects.latest("seq")
    assert (newest.kind, json.loads(newest.body)) == ("ledger.exported", {"first": 2, "last": 3})


def test_an_export_from_beyond_the_end_is_refused(auditor: Client) -> None:
    write()
    form = auditor.post(reverse("ledger:export"), {"since": "2"}).context["form"]
    assert form.errors == {"since": ["台账现有第1至1条，请填写其中的序号。"]}
    assert Entry.objects.count() == 1


def test_the_verifier_is_handed_out_as_it_is(auditor: Client) -> None:
    response = auditor.get(reverse("ledger:verifier"))
    with open(verify_ledger.__file__, "rb") as own:
        assert b"".join(response.streaming_content) == own.read()  # type: ignore[attr-defined]


def test_the_seal_shows_the_newest_entry(auditor: Client) -> None:
    write(2)
    lines = auditor.get(reverse("ledger:seal")).context["lines"]
    assert lines[-1] == f"2:{Entry.objects.get(seq=2).digest}"
    assert verify_ledger.seal(lines[-1]) == (2, Entry.objects.get(seq=2).digest)


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_an_empty_ledger_open(auditor: Client, page: str) -> None:
    assert auditor.get(reverse(f"ledger:{page}")).status_code == 200
