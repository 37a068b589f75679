"""Many files through a few processes: answers come in the order of the files, few are in memory at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import suppress
from itertools import islice
from pathlib import Path
from signal import SIG_IGN, SIGINT, signal
from typing import TypeVar

T = TypeVar("T")

_AHEAD = 2  # files a process that are read ahead of the one whose answer is awaited
_TICK = 1.0  # seconds between two looks at the progress while a long file is read


def in_order(
    paths: Iterable[Path],
    work: Callable[[Path], T],
    *,
    jobs: int,
    lost: Callable[[Path], T],
    waiting: Callable[[], None],
) -> Iterator[T]:
    """`work` done on every file by `jobs` processes, each answer in its turn.

    A file whose process is killed (the system does so when memory runs out) is tried once more alone; if that
    process dies too, its answer is `lost`. `waiting` is called about once a second while no answer is there.
    """
    if jobs < 2:
        yield from map(work, paths)
        return
    left = iter(paths)
    ahead: deque[tuple[Path, Future[T] | None]] = deque()  # without a future: to be done alone
    pool = _pool(jobs)
    try:
        while True:
            for path in islice(left, jobs * _AHEAD - len(ahead)):
                ahead.append((path, pool.submit(work, path)))
            if not ahead:
                return
            path, future = ahead.popleft()
            try:
                yield _result(future, waiting) if future else _alone(path, work, lost, waiting)
            except BrokenExecutor:
                # Nobody can tell which of the files in flight it was: those without an answer are done alone.
                pool.shutdown(wait=True)
                pool = _pool(jobs)
                ahead = deque((each, kept if kept and _answered(kept) else None) for each, kept in ahead)
                ahead.appendleft((path, None))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    """Processes that leave Ctrl-C to the one that started them."""
    return ProcessPoolExecutor(jobs, initializer=signal, initargs=(SIGINT, SIG_IGN))


def _result(future: Future[T], waiting: Callable[[], None]) -> T:
    while True:
        with suppress(TimeoutError):
            return future.result(timeout=_TICK)
        if future.done():  # the work itself timed out
            return future.result()
        waiting()


def _answered(future: Future[T]) -> bool:
    return future.done() and future.exception() is None


def _alone(
    path: Path, work: Callable[[Path], T], lost: Callable[[Path], T], waiting: Callable[[], None]
) -> T:
    """The answer of a process that does nothing else."""
    with _pool(1) as pool:
        try:
            return _result(pool.submit(work, path), waiting)
        except BrokenExecutor:
            return lost(path)
