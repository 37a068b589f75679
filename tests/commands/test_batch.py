"""Many files at once: order, a process that is killed, and a progress line that tells the truth."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from signal import SIGKILL
from time import sleep

import pytest

from bihuan.commands.batch import in_order
from bihuan.commands.progress import Progress

FILES = [Path(f"{number}.txt") for number in range(12)]


def late_first(path: Path) -> str:
    sleep(0.2 if path == FILES[0] else 0)
    return path.name


def killed_at_three(path: Path) -> str:
    if path == FILES[3]:
        os.kill(os.getpid(), SIGKILL)
    return path.name


def answers(work: Callable[[Path], str], *, jobs: int) -> list[str]:
    return list(in_order(FILES, work, jobs=jobs, lost=lambda path: f"{path} lost", waiting=lambda: None))


@pytest.mark.parametrize("jobs", [1, 3])
def test_answers_come_in_the_order_of_the_files(jobs: int) -> None:
    assert answers(late_first, jobs=jobs) == [path.name for path in FILES]


def test_a_file_that_kills_its_process_costs_no_other_file() -> None:
    assert answers(killed_at_three, jobs=2) == [
        "3.txt lost" if path == FILES[3] else path.name for path in FILES
    ]


def test_files_are_asked_for_only_as_answers_are_taken() -> None:
    asked: list[Path] = []

    def watched() -> Iterator[Path]:
        for path in FILES:
            asked.append(path)
            yield path

    stream = in_order(watched(), late_first, jobs=2, lost=str, waiting=lambda: None)
    assert next(stream) == "0.txt"
    assert len(asked) == 4


def test_progress_counts_what_is_done_and_reckons_the_rest_by_bytes() -> None:
    now = [100.0]
    progress = Progress(files=4, size=8_000_000, clock=lambda: now[0])
    progress.count(size=1_000_000, failed=False)
    progress.count(size=1_000_000, failed=True)
    now[0] += 20
    assert progress.line() == "已读 2/4 个文件，2.0/8.0 MB，无法读取 1 个，用时 0:20，约剩 1:00"
    progress.count(size=3_000_000, failed=False)
    progress.count(size=3_000_000, failed=False)
    assert progress.line() == "已读 4/4 个文件，8.0/8.0 MB，无法读取 1 个，用时 0:20"


def test_a_log_gets_a_line_at_times_and_nothing_of_what_is_done_at_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    now = [0.0]
    progress = Progress(files=3, size=3, clock=lambda: now[0])
    progress.count(size=1, failed=False)
    now[0] = 31.0
    progress.count(size=1, failed=False)
    now[0] = 32.0
    progress.count(size=1, failed=False)
    assert capsys.readouterr().err == "已读 2/3 个文件，0.0/0.0 MB，用时 0:31，约剩 0:16\n"
