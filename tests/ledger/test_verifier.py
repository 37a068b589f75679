"""The stand-alone verifier: every tampering is found and the entries concerned are named."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.ledger import verify_ledger
from bihuan.ledger.verify_ledger import Seal, examine, plain_sm3, read_head
from tests.ledger.forgery import Line, head, ledger, rechained, rewritten, sealed

VERIFIER = Path(__file__).parents[2] / "tools" / "verify_ledger.py"
TEXTS = st.lists(st.text(max_size=12), min_size=3, max_size=12)
rule = settings(derandomize=True, max_examples=120, deadline=None)


def found(
    original: Sequence[Line], tampered: Sequence[Line], seals: Sequence[Seal] = ()
) -> list[tuple[str, int, int]]:
    """What the verifier names in `tampered` under the head of the original."""
    report = examine([line.raw() for line in tampered], read_head(head(original)), seals)
    return [(finding.kind, finding.first, finding.last) for finding in report.findings]


@rule
@given(texts=TEXTS, algorithm=st.sampled_from(["sha256", "sm3"]))
def test_an_untouched_ledger_is_sound(texts: list[str], algorithm: str) -> None:
    lines = ledger(texts, algorithm=algorithm)
    seals = [Seal(line.seq, line.digest) for line in lines]
    assert found(lines, lines, seals) == []


@rule
@given(texts=TEXTS, data=st.data())
def test_an_altered_entry_is_named(texts: list[str], data: st.DataObject) -> None:
    lines = ledger(texts)
    at = data.draw(st.integers(0, len(lines) - 1))
    change: dict[str, object] = data.draw(
        st.sampled_from(
            [
                {"actor": "他人"},
                {"kind": "act.other"},
                {"on": "2026-03-06"},
                {"at": "2026-03-05T01:02:03.999999Z"},
                {"subject": "matter:SY-2026-0002"},
                {"account": 7},
                {"body": {"text": "改写过的内容之后"}},
                {"seq": len(lines) + 5},
                {"seq": 1 + (at + 1) % len(lines)},
                {"previous": "ab" * 32},
                {"algorithm": "sm3"},
                {"format": "bihuan-2"},
            ]
        )
    )
    tampered = [*lines[:at], rewritten(lines[at], **change), *lines[at + 1 :]]
    assert found(lines, tampered) == [("altered", at + 1, at + 1)]


@rule
@given(texts=TEXTS, data=st.data())
def test_an_altered_entry_with_its_own_digest_recomputed_is_named(
    texts: list[str], data: st.DataObject
) -> None:
    lines = ledger(texts)
    at = data.draw(st.integers(0, len(lines) - 1))
    forged = sealed(rewritten(lines[at], actor="他人").values)
    assert found(lines, [*lines[:at], forged, *lines[at + 1 :]]) == [("altered", at + 1, at + 1)]


@rule
@given(texts=TEXTS, data=st.data())
def test_a_recomputed_entry_that_names_another_predecessor_is_named(
    texts: list[str], data: st.DataObject
) -> None:
    lines = ledger(texts)
    at = data.draw(st.integers(0, len(lines) - 1))
    forged = sealed(rewritten(lines[at], actor="他人", previous="cd" * 32).values)
    assert found(lines, [*lines[:at], forged, *lines[at + 1 :]]) == [("altered", at + 1, at + 1)]


@rule
@given(texts=TEXTS, data=st.data())
def test_a_wrong_digest_beside_untouched_content_is_named(texts: list[str], data: st.DataObject) -> None:
    lines = ledger(texts)
    at = data.draw(st.integers(0, len(lines) - 1))
    forged = Line(lines[at].values, "ef" * 32)
    assert found(lines, [*lines[:at], forged, *lines[at + 1 :]]) == [("altered", at + 1, at + 1)]


@rule
@given(texts=TEXTS, data=st.data())
def test_dropped_entries_are_named(texts: list[str], data: st.DataObject) -> None:
    lines = ledger(texts)
    start = data.draw(st.integers(0, len(lines) - 1))
    end = data.draw(st.integers(start, len(lines) - 1))
    assert found(lines, [*lines[:start], *lines[end + 1 :]]) == [("dropped", start + 1, end + 1)]


@rule
@given(texts=TEXTS, data=st.data(), recomputed=st.booleans(), linked=st.booleans())
def test_an_inserted_entry_is_named(
    texts: list[str], data: st.DataObject, recomputed: bool, linked: bool
) -> None:
    lines = ledger(texts)
    at = data.draw(st.integers(0, len(lines) - 1))
    values: dict[str, object] = {"actor": "混入"} if linked else {"actor": "混入", "previous": "ab" * 32}
    forged = rewritten(lines[at], **values)
    forged = sealed(forged.values) if recomputed else Line(forged.values, "12" * 32)
    assert found(lines, [*lines[:at], forged, *lines[at:]]) == [("inserted", at + 1, at + 1)]


@rule
@given(texts=TEXTS, data=st.data())
def test_an_entry_put_in_twice_is_named(texts: list[str], data: st.DataObject) -> None:
    lines = ledger(texts)
    at = data.draw(st.integers(0, len(lines) - 1))
    where = data.draw(st.integers(0, len(lines)))
    assert found(lines, [*lines[:where], lines[at], *lines[where:]]) == [("inserted", at + 1, at + 1)]


@rule
@given(texts=TEXTS, data=st.data())
def test_an_entry_of_no_place_is_named(texts: list[str], data: st.DataObject) -> None:
    lines = ledger(texts)
    where = data.draw(st.integers(0, len(lines)))
    forged = sealed(rewritten(lines[0], seq=900, previous="ab" * 32).values)
    assert found(lines, [*lines[:where], forged, *lines[where:]]) == [("inserted", 900, 900)]


@rule
@given(texts=TEXTS, data=st.data())
def test_a_moved_entry_is_named(texts: list[str], data: st.DataObject) -> None:
    lines = ledger(texts)
    at = data.draw(st.integers(0, len(lines) - 1))
    to = data.draw(st.integers(0, len(lines) - 1).filter(lambda to: abs(to - at) > 1))
    moved = [*lines[:at], *lines[at + 1 :]]
    moved.insert(to, lines[at])
    assert found(lines, moved) == [("reordered", at + 1, at + 1)]


def test_of_two_neighbours_exchanged_one_is_named() -> None:
    lines = ledger("一二三四五")
    assert found(lines, [lines[0], lines[2], lines[1], *lines[3:]]) == [("reordered", 3, 3)]


def test_two_entries_exchanged_are_both_named() -> None:
    lines = ledger("一二三四五六")
    exchanged = [lines[0], lines[4], lines[2], lines[3], lines[1], lines[5]]
    assert found(lines, exchanged) == [("reordered", 2, 2), ("reordered", 5, 5)]


def test_different_tamperings_in_one_ledger_are_each_named() -> None:
    lines = ledger("甲乙丙丁戊己庚辛壬癸")
    tampered = [
        lines[0],
        rewritten(lines[1], actor="他人"),
        *lines[2:4],
        *lines[5:7],
        rewritten(lines[2], actor="混入"),
        lines[8],
        lines[7],
        lines[9],
    ]
    assert sorted(found(lines, tampered)) == [
        ("altered", 2, 2),
        ("dropped", 5, 5),
        ("inserted", 3, 3),
        ("reordered", 9, 9),
    ]


@rule
@given(texts=TEXTS, data=st.data())
def test_a_rewritten_tail_is_found_with_a_seal_and_only_with_one(
    texts: list[str], data: st.DataObject
) -> None:
    lines = ledger(texts)
    at = data.draw(st.integers(0, len(lines) - 1))
    forged = rechained([*lines[:at], rewritten(lines[at], actor="他人"), *lines[at + 1 :]])
    assert found(forged, forged) == []
    seals = [Seal(line.seq, line.digest) for line in (lines[0], lines[-1])]
    if at == 0:
        assert found(forged, forged, seals) == [("rewritten", 1, 1), ("rewritten", 1, len(lines))]
    else:
        assert found(forged, forged, seals) == [("rewritten", 2, len(lines))]


@rule
@given(texts=TEXTS, data=st.data())
def test_a_cut_tail_under_a_new_head_is_found_with_a_seal(texts: list[str], data: st.DataObject) -> None:
    lines = ledger(texts)
    kept = lines[: data.draw(st.integers(1, len(lines) - 1))]
    assert found(kept, kept) == []
    seal = Seal(lines[-1].seq, lines[-1].digest)
    assert found(kept, kept, [seal]) == [("dropped", len(kept) + 1, len(lines))]


@pytest.mark.parametrize("cut", [0, 1, 40, 84, 200])
def test_a_line_cut_short_is_an_altered_entry(cut: int) -> None:
    lines = ledger("一二三")
    raw = [line.raw() for line in lines]
    raw[1] = raw[1][:cut] + b"?\n"
    report = examine(raw, read_head(head(lines)))
    assert [(finding.kind, finding.first) for finding in report.findings] == [("altered", 2)]


def test_line_ends_and_blank_lines_of_other_systems_do_not_matter() -> None:
    lines = ledger("一二三")
    raw = [line.raw().rstrip(b"\n") + b"\r\n" for line in lines]
    assert examine([raw[0], b"\r\n", *raw[1:]], read_head(head(lines))).findings == []


def test_a_ledger_that_changed_its_algorithm_is_sound() -> None:
    lines = ledger("一二三")
    later = sealed(
        rewritten(lines[2], algorithm="sm3", seq=4, previous=lines[2].digest, body={"text": "四"}).values
    )
    assert found([*lines, later], [*lines, later]) == []


@rule
@given(data=st.binary(max_size=300))
def test_own_sm3_agrees_with_the_library(data: bytes) -> None:
    assert plain_sm3(data) == verify_ledger.ALGORITHMS[b"sm3"](data)


def test_own_sm3_gives_the_standards_examples() -> None:
    # GB/T 32905-2016, annex A: "abc", and "abcd" sixteen times.
    assert plain_sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert plain_sm3(b"abcd" * 16) == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


# --- The file alone, in an interpreter that sees neither the program nor any package


def run(path: Path, *words: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(VERIFIER), str(path), *words],
        capture_output=True, text=True, encoding="utf-8", cwd=path.parent, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def write(path: Path, original: Sequence[Line], lines: Sequence[Line]) -> Path:
    path.write_bytes(head(original) + b"".join(line.raw() for line in lines))
    return path


def test_alone_it_calls_a_sound_ledger_sound(tmp_path: Path) -> None:
    lines = ledger("一二三")
    seal = f"3:{lines[2].digest}"
    status, said = run(write(tmp_path / "a.jsonl", lines, lines), "--head", seal)
    assert (status, said.splitlines()) == (
        0,
        [
            "核对通过：共3条，每一条的内容与摘要相符，前后相接，没有改动。",
            f"最后一条 {seal}",
            "与留存的封存值第3条相符。",
        ],
    )


def test_alone_it_names_what_was_done_and_fails(tmp_path: Path) -> None:
    lines = ledger("一二三四五六七八")
    tampered = [lines[0], rewritten(lines[1], actor="他人"), lines[2], lines[4], lines[6], lines[5], lines[7]]
    tampered.insert(1, sealed(rewritten(lines[0], actor="混入").values))
    status, said = run(write(tmp_path / "a.jsonl", lines, tampered), "--head", f"8:{lines[7].digest}")
    assert (status, said.splitlines()) == (
        1,
        [
            "第1条是插入的：不属于本台账，或已另有其条。（文件第3行）",
            "第2条被改动：内容与摘要不符。（文件第4行）",
            "第4条缺失。",
            "第7条次序被调换：内容未变，但不在原位。（文件第7行）",
            "核对未通过：共核对8条，发现4处改动。",
            "与留存的封存值第8条相符。",
        ],
    )


def test_alone_it_warns_when_no_seal_was_given(tmp_path: Path) -> None:
    lines = ledger("一二三")
    status, said = run(write(tmp_path / "a.jsonl", lines, lines))
    assert (status, said.splitlines()[-1][:15]) == (0, "注意：没有与留存的封存值核对。")


@pytest.mark.parametrize("content", [b"", b"{}\n", b"PK\x03\x04", json.dumps([1]).encode()])
def test_alone_it_says_of_another_file_that_it_is_no_ledger(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.jsonl"
    path.write_bytes(content)
    expected = "无法核对：第一行不是台账导出文件的表头，或者表头被改动过。请重新导出后再核对。\n"
    assert run(path) == (2, expected)
