"""Appending: entries in order without a gap, and no way past it, on both databases."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.transaction import TransactionManagementError

from bihuan.kernel import chain
from bihuan.kernel.chain import NotCanonicalError
from bihuan.ledger import append
from bihuan.ledger.append import append_entry
from bihuan.ledger.checking import begin, step
from bihuan.ledger.export import entry_lines, head_of, whole
from bihuan.ledger.guards import missing_guards
from bihuan.ledger.models import Entry, SealedError
from bihuan.ledger.verify_ledger import examine

AT = datetime(2026, 3, 5, 1, 2, 3, tzinfo=UTC)
SEALED = "台账只能续写，不能修改或删除。"
MISPLACED = "台账条目必须紧接上一条：序号、上一条摘要或摘要不对，未写入。"
COLUMNS = 'seq, kind, subject, actor, account, at, "on", body, previous, digest, algorithm'


def write(text: str = "一", **changes: Any) -> Entry:
    """One entry, with whatever matters to the test changed."""
    given: dict[str, Any] = {
        "kind": "act.note",
        "subject": "matter:SY-2026-0001",
        "actor": "陈立（临溪县人大常委会办公室主任）",
        "account": 3,
        "at": AT,
        "on": date(2026, 3, 5),
        "body": {"text": text},
    }
    with transaction.atomic():
        return append_entry(**given | changes)


def execute(connection: Any, statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def refused(connection: Any, statement: str) -> str:
    """What the database says to a statement it must refuse; the ledger is unchanged afterwards."""
    before = list(entry_lines(whole()))
    with pytest.raises(IntegrityError) as refusal:
        execute(connection, statement)
    assert list(entry_lines(whole())) == before
    return str(refusal.value).splitlines()[0]


def test_entries_are_numbered_and_linked(database: Any) -> None:
    made = [write(text) for text in "一二三"]
    assert [entry.seq for entry in made] == [1, 2, 3]
    assert [entry.previous for entry in made] == [chain.GENESIS, made[0].digest, made[1].digest]


def test_an_entry_is_stored_as_it_was_given(database: Any) -> None:
    write(body={"数": [1, True, None]}, account=None)
    entry = Entry.objects.get()
    assert (entry.body, entry.account, entry.at, entry.on) == (
        '{"数":[1,true,null]}', None, AT, date(2026, 3, 5)
    )  # fmt: skip


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
@pytest.mark.parametrize(
    ("label", "at"),
    [
        ("陈立", AT),
        ('“引号”"与\\斜线/', AT.replace(microsecond=7)),
        ("张　三𠮷é", AT.replace(microsecond=999_999)),
    ],
)
def test_the_database_writes_the_very_line_the_chain_hashed(
    database: Any, settings: Any, algorithm: str, label: str, at: datetime
) -> None:
    settings.BIHUAN_LEDGER_HASH = algorithm
    entry = write(actor=label, kind=label, subject=label, at=at, account=None, body={"\u2028": "\0%s{}"})
    data = chain.payload(
        algorithm=algorithm, seq=1, previous=chain.GENESIS, at=chain.instant(at), on="2026-03-05",
        kind=label, subject=label, actor=label, account=None, body=entry.body,
    )  # fmt: skip
    assert list(entry_lines(whole())) == [chain.export_line(data, digest=entry.digest)]
    assert json.loads(data)[-1] == {"\u2028": "\0%s{}"}
    assert examine(entry_lines(whole()), head_of(whole())).findings == []


def test_an_entry_falls_with_its_transaction(database: Any) -> None:
    write("一")
    with transaction.atomic():
        write("不成")
        transaction.set_rollback(True)
    assert write("二").seq == 2


def test_outside_a_transaction_nothing_is_appended(database: Any) -> None:
    with pytest.raises(TransactionManagementError):
        append_entry(kind="act.note", subject="x", actor="系统", account=None, at=AT, on=AT.date(), body={})
    assert Entry.objects.count() == 0


@pytest.mark.parametrize("name", ["kind", "subject", "actor"])
def test_labels_are_as_long_as_their_columns_and_without_control_characters(database: Any, name: str) -> None:
    longest = append._LONGEST[name]
    assert vars(Entry._meta.get_field(name))["max_length"] == longest
    assert getattr(write(**{name: "长" * longest}), name) == "长" * longest
    for text in ("", "长" * (longest + 1), "a\nb", "a\0", "\ud800"):
        with pytest.raises(ValueError, match="台账的"):
            write(**{name: text})


def test_a_body_without_a_canonical_form_is_refused(database: Any) -> None:
    with pytest.raises(NotCanonicalError, match=r"内容\.率是小数"):
        write(body={"率": 0.5})


@pytest.mark.parametrize(
    "attempt",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: Entry.objects.filter(pk=entry.pk).update(kind="x"),
        lambda entry: Entry.objects.all().delete(),
        lambda entry: Entry.objects.create(seq=2),
        lambda entry: Entry.objects.bulk_create([entry]),
        lambda entry: Entry.objects.bulk_update([entry], ["kind"]),
        lambda entry: Entry.objects.get_or_create(seq=2),
        lambda entry: Entry.objects.update_or_create(seq=1),
    ],
)
def test_the_model_refuses_every_other_way(database: Any, attempt: Any) -> None:
    entry = write()
    with pytest.raises(SealedError, match="记错的，请另记一条更正"):
        attempt(entry)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET kind = 'x'",
        "UPDATE ledger_entry SET kind = kind WHERE seq = 1",
        "DELETE FROM ledger_entry",
        "DELETE FROM ledger_entry WHERE seq = 2",
    ],
)
def test_the_database_refuses_to_change_or_delete(database: Any, statement: str) -> None:
    write("一")
    write("二")
    assert refused(database, statement) == SEALED


@pytest.mark.parametrize(
    ("seq", "previous", "digest"),
    [
        ("1", "digest", "'new'"),
        ("2", "digest", "'new'"),
        ("4", "digest", "'new'"),
        ("0", "digest", "'new'"),
        ("3", "'other'", "'new'"),
        ("3", "previous", "'new'"),
    ],
)
def test_the_database_refuses_an_entry_out_of_place(
    database: Any, seq: str, previous: str, digest: str
) -> None:
    write("一")
    write("二")
    statement = (
        f"INSERT INTO ledger_entry ({COLUMNS}) SELECT {seq}, kind, subject, actor, account, at,"
        f' "on", body, {previous}, {digest}, algorithm FROM ledger_entry WHERE seq = 2'
    )
    assert refused(database, statement) == MISPLACED


@pytest.mark.parametrize("way", ["INSERT OR REPLACE", "REPLACE", "UPDATE OR REPLACE"])
def test_sqlite_replace_is_no_way_round(sqlite_ledger: Any, way: str) -> None:
    write("一")
    write("二")
    if way == "UPDATE OR REPLACE":
        assert refused(sqlite_ledger, "UPDATE OR REPLACE ledger_entry SET seq = 1 WHERE seq = 2") == SEALED
        return
    for seq, digest in (("1", "'new'"), ("3", "(SELECT digest FROM ledger_entry WHERE seq = 1)")):
        statement = (
            f"{way} INTO ledger_entry ({COLUMNS}) SELECT {seq}, kind, subject, actor, account, at,"
            f' "on", body, digest, {digest}, algorithm FROM ledger_entry WHERE seq = 2'
        )
        assert refused(sqlite_ledger, statement) == MISPLACED


def test_sqlite_has_no_hidden_row_number_to_aim_at(sqlite_ledger: Any) -> None:
    write("一")
    with sqlite_ledger.cursor() as cursor:
        cursor.execute("SELECT type FROM pragma_table_info('ledger_entry') WHERE name = 'seq'")
        assert cursor.fetchone() == ("INTEGER",)


@pytest.mark.postgres
def test_postgresql_truncate_and_a_replica_session_are_no_way_round(postgres_ledger: Any) -> None:
    write("一")
    assert refused(postgres_ledger, "TRUNCATE ledger_entry") == SEALED
    with postgres_ledger.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
    assert refused(postgres_ledger, "DELETE FROM ledger_entry") == SEALED


@pytest.mark.postgres
def test_postgresql_asks_the_real_table_for_the_newest_entry(postgres_ledger: Any) -> None:
    write("一")
    decoy = (
        "CREATE TEMPORARY TABLE ledger_entry AS SELECT 41::bigint AS seq, 'x'::text AS digest;"
        f"INSERT INTO public.ledger_entry ({COLUMNS}) SELECT 42, kind, subject, actor, account, at,"
        " \"on\", body, 'x', 'y', algorithm FROM public.ledger_entry"
    )
    assert refused(postgres_ledger, decoy) == MISPLACED


def test_missing_guards_are_noticed(database: Any) -> None:
    assert missing_guards() == []
    with database.cursor() as cursor:
        cursor.execute(
            "DROP TRIGGER ledger_entry_in_order"
            + (" ON ledger_entry" if database.vendor == "postgresql" else "")
        )
    assert missing_guards() == ["ledger_entry_in_order"]
    assert begin().faults == ("数据库中保护台账的触发器“ledger_entry_in_order”不在或被停用。",)


def unguarded(connection: Any, statement: str) -> None:
    """Run a statement as somebody would who owns the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in ("no_update", "no_delete", "in_order"):
                cursor.execute(f"DROP TRIGGER IF EXISTS ledger_entry_{name}")
        else:
            cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
        cursor.execute(statement)


@pytest.mark.parametrize("size", [1, 2, 3, 100])
@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE ledger_entry SET actor = '他人' WHERE seq = 3", "第3条被改动：内容与摘要不符。"),
        ("UPDATE ledger_entry SET \"on\" = '2026-03-06' WHERE seq = 1", "第1条被改动：内容与摘要不符。"),
        ("DELETE FROM ledger_entry WHERE seq = 4", "第4条缺失。"),
        ("DELETE FROM ledger_entry WHERE seq = 1", "第1条缺失。"),
        (
            f"INSERT INTO ledger_entry ({COLUMNS}) SELECT 0, kind, subject, actor, account, at,"
            " \"on\", body, previous, 'x', algorithm FROM ledger_entry WHERE seq = 1",
            "台账中有序号小于1的条目，是插入的。",
        ),
    ],
)
def test_what_was_done_behind_the_triggers_is_named_at_every_step_size(
    database: Any, statement: str, fault: str, size: int
) -> None:
    for text in "一二三四五":
        write(text)
    unguarded(database, statement)
    check = begin()
    while not check.finished:
        check = step(check, size=size)
    assert [text for text in check.faults if "触发器" not in text] == [fault]


def test_an_untouched_ledger_passes_at_every_step_size(database: Any) -> None:
    for text in "一二三四五":
        write(text)
    for size in (1, 2, 3, 100):
        check = begin()
        while not check.finished:
            check = step(check, size=size)
        assert (check.done, check.faults) == (5, ())
