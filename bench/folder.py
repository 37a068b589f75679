"""A folder of 10 MB through `bihuan read`: one process against two, and the memory the largest process took.

The clock on the wall, program start included. A module of its own that loads no dictionary: the system counts the
memory of the process that starts a command into that command's peak.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from bench.reading import bundle

FOLDER = 10_000_000  # bytes
FILE = 33_000  # characters a file at least: about 100 kB
SMALL = os.environ.get("BIHUAN_BENCH") == "small"


def filled(root: Path, *, size: int) -> int:
    """Put files of our own papers into a folder, about `size` bytes in all; how many characters they hold."""
    root.mkdir()
    written = characters = turn = 0
    while written < size:
        text = bundle(least=FILE, turn=turn)
        written += (root / f"{turn:05}.txt").write_bytes(text.encode())
        characters += len(text)
        turn += 1
    return characters


def measured(root: Path, characters: int, *, jobs: int) -> str:
    """A table line for `bihuan read` on a folder."""
    command = [sys.executable, "-m", "bihuan", "read", str(root), "--facts", "--jobs", str(jobs)]
    start = perf_counter()
    with (root.parent / f"{root.name}-{jobs}.jsonl").open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"bihuan read 以状态 {process.returncode} 结束，测量无效。")
    seconds = perf_counter() - start
    memory = used.ru_maxrss // (1024 if sys.platform != "darwin" else 1024 * 1024)
    return (
        f"{characters:11,} 字，{jobs} 个进程  {seconds:6.1f} 秒  {characters / seconds:10,.0f} 字/秒"
        f"  最大的进程 {memory} MB"
    )


def main() -> None:
    """Print the table; the larger folder shows that memory does not grow with it."""
    with tempfile.TemporaryDirectory() as room:
        for times in (1,) if SMALL else (1, 4):
            root = Path(room) / f"{times}"
            characters = filled(root, size=FOLDER * times)
            for jobs in (1, 2):
                print(measured(root, characters, jobs=jobs), flush=True)


if __name__ == "__main__":
    main()
