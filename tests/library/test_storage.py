"""A file is kept under its digest, whole or not at all."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from bihuan.library.storage import keep_bytes, path_of


def test_a_file_lies_under_its_digest(files: Path) -> None:
    sha256 = keep_bytes(b"paper")
    assert sha256 == hashlib.sha256(b"paper").hexdigest()
    assert path_of(sha256) == files / sha256[:2] / sha256[2:]
    assert path_of(sha256).read_bytes() == b"paper"


def test_the_same_bytes_are_the_same_file(files: Path) -> None:
    assert keep_bytes(b"paper") == keep_bytes(b"paper")
    assert len([path for path in files.rglob("*") if path.is_file()]) == 1


def test_a_file_cannot_be_written_over() -> None:
    assert path_of(keep_bytes(b"paper")).stat().st_mode & 0o777 == 0o440


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_what_fails_half_way_leaves_nothing(files: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OSError, match="disk full"):
        keep_bytes(b"paper")
    assert [path for path in files.rglob("*") if path.is_file()] == []
