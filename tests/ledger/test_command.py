"""`bihuan ledger`, as an administrator uses it at the terminal."""

from __future__ import annotations

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from bihuan.ledger.models import Entry
from tests.ledger.test_append import unguarded, write

pytestmark = pytest.mark.usefixtures("sqlite_ledger")


def said(*words: str) -> list[str]:
    out = StringIO()
    call_command("ledger", *words, stdout=out)
    return out.getvalue().splitlines()


def test_an_export_with_its_verifier_is_verified_without_the_program(tmp_path: Path) -> None:
    write("一")
    write("二")
    file = tmp_path / "ledger.jsonl"
    assert said("export", str(file), "--with-verifier") == [f"已导出第1至2条，共2条：{file}"]
    done = subprocess.run(
        [sys.executable, "-I", "-S", "verify_ledger.py", "ledger.jsonl"],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout.splitlines()[0]) == (
        0,
        "核对通过：共2条，每一条的内容与摘要相符，前后相接，没有改动。",
    )


def test_an_export_from_the_middle_begins_there(tmp_path: Path) -> None:
    for text in "一二三":
        write(text)
    said("export", str(tmp_path / "part.jsonl"), "--since", "2")
    first, *rest = (tmp_path / "part.jsonl").read_text().splitlines()
    assert [json.loads(line)["entry"][2] for line in rest] == [2, 3]
    assert json.loads(first)["previous"] == Entry.objects.get(seq=1).digest


@pytest.mark.parametrize("since", ["0", "4"])
def test_an_export_from_where_there_is_nothing_is_refused(since: str, tmp_path: Path) -> None:
    write("一")
    with pytest.raises(CommandError, match="台账现有第1至1条，--since 应在其中"):
        said("export", str(tmp_path / "a.jsonl"), "--since", since)


def test_verification_fails_with_status_one_and_names_the_entry(
    sqlite_ledger: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    write("一")
    write("二")
    unguarded(sqlite_ledger, "UPDATE ledger_entry SET body = '{}' WHERE seq = 1")
    with pytest.raises(SystemExit) as ended:
        call_command("ledger", "verify")
    assert ended.value.code == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "触发器" not in line][:2] == [
        "第1条被改动：内容与摘要不符。",
        "核对未通过：共核对2条，发现4处问题。",
    ]


def test_verification_and_export_are_themselves_recorded(tmp_path: Path) -> None:
    write("一")
    said("verify")
    said("export", str(tmp_path / "a.jsonl"))
    assert list(Entry.objects.order_by("seq").values_list("kind", flat=True)) == [
        "act.note",
        "ledger.verified",
        "ledger.exported",
    ]


def test_a_seal_can_be_given_back_for_verification() -> None:
    write("一")
    seal = said("seal")[-1]
    assert said("verify", "--head", seal)[-1] == "与留存的封存值第1条相符。"


def test_an_empty_ledger_has_no_seal() -> None:
    with pytest.raises(CommandError, match="台账中还没有条目"):
        said("seal")


def test_the_roles_are_printed_for_the_administrator_to_run() -> None:
    lines = said("roles", "--sql", "--owner", "o", "--program", "p")
    assert lines[-2:] == [
        "GRANT SELECT, INSERT ON ledger_entry TO p;",
        "GRANT SELECT ON django_migrations TO p;",
    ]
