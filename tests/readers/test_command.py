"""`bihuan read`: what is printed, and what the exit status tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bihuan.__main__ import main
from tests.readers.papers import EXAMPLES


def test_facts_are_printed_one_a_line_with_the_name_of_their_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(EXAMPLES / "resignation.txt"), "--facts"]) == 0
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    agreed = [
        json.loads(line) for line in (EXAMPLES / "resignation.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert printed == [{"doc": "resignation.txt", **fact} for fact in agreed]


def test_words_name_each_paper_and_mark_its_doubts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(EXAMPLES / "resolution_plain.txt")]) == 0
    assert capsys.readouterr().out.splitlines()[:5] == [
        "【resolution_plain.txt】1件，5条，疑问0条",
        "",
        "■ 临溪县人民代表大会常务委员会关于批准2024年县级决算的决议〔决议〕",
        "  文件 临溪县人民代表大会常务委员会 2025-06-26 临溪县第十八届人民代表大会常务委员会第二十三次会议",
        "  议题 听取：关于2024年县级决算草案的报告（县人民政府）决定批准",
    ]


def test_every_kind_of_fact_has_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", *map(str, sorted(EXAMPLES.glob("*.txt")))]) == 0
    assert capsys.readouterr().err == ""


def test_a_file_that_cannot_be_read_does_not_keep_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text("关于护林的决议\n护林。", encoding="utf-8")
    assert main(["read", str(tmp_path), str(tmp_path / "没有.txt"), "--facts"]) == 1
    captured = capsys.readouterr()
    assert [json.loads(line)["doc"] for line in captured.out.splitlines()] == ["b.txt"]
    assert captured.err.splitlines() == [
        f"{tmp_path / 'a.txt'}：无法读取：文件是空的。请确认选对了文件，或重新导出后再上传。",
        f"{tmp_path / '没有.txt'}：无法读取：没有这个文件。请核对文件名和路径。",
    ]


def test_wrong_usage_is_told_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read"]) == 2
    assert (
        capsys.readouterr().err == "看不懂这个命令。用法：bihuan read 文件或文件夹… [--facts] [--jobs 数目]\n"
    )


def test_two_processes_print_what_one_prints(capsys: pytest.CaptureFixture[str]) -> None:
    files = [*map(str, sorted(EXAMPLES.glob("*.txt")))]
    printed = []
    for jobs in ("1", "2"):
        assert main(["read", *files, "--facts", "--jobs", jobs]) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]


@pytest.mark.parametrize("jobs", ["0", "many", "-1"])
def test_a_number_of_processes_that_is_none_is_refused(jobs: str) -> None:
    assert main(["read", "any.txt", "--jobs", jobs]) == 2
