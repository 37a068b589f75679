"""How far a long job is, on standard error: what is done, what failed, how long it took and may still take."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

_MEGABYTE = 1_000_000
_SOONEST = 0.2  # seconds between two lines on a screen
_SELDOM = 30.0  # seconds between two lines in a log
_FEWEST = 5.0  # seconds of work before a rest may be reckoned from it


@dataclass
class Progress:
    """Counts files and bytes whose results are out; a screen gets one line that changes, a log a line at times."""

    files: int
    size: int  # bytes of all files together
    done: int = 0
    read: int = 0  # bytes
    failed: int = 0
    clock: Callable[[], float] = monotonic
    _began: float = 0.0
    _shown: float = 0.0
    _screen: bool = field(default_factory=lambda: sys.stderr.isatty())

    def __post_init__(self) -> None:
        self._began = self._shown = self.clock()  # nothing is shown of what is done at once

    def count(self, *, size: int, failed: bool) -> None:
        """One more file is through."""
        self.done += 1
        self.read += size
        self.failed += failed
        self.show()

    def show(self) -> None:
        """Say how far it is, if it was not said just now."""
        now = self.clock()
        if self.files < 2 or now - self._shown < (_SOONEST if self._screen else _SELDOM):
            return
        self._shown = now
        line = self.line()
        print(f"\r{line}\033[K" if self._screen else line, end="" if self._screen else "\n", file=sys.stderr)
        sys.stderr.flush()

    def clear(self) -> None:
        """Take the line off the screen, before something else is printed."""
        if self._screen and self.files > 1:
            print("\r\033[K", end="", file=sys.stderr)

    def line(self) -> str:
        """The state now; the rest is reckoned from the bytes done so far."""
        seconds = self.clock() - self._began
        said = f"已读 {self.done}/{self.files} 个文件"
        said += f"，{self.read / _MEGABYTE:.1f}/{self.size / _MEGABYTE:.1f} MB"
        said += f"，无法读取 {self.failed} 个" if self.failed else ""
        said += f"，用时 {_clock(seconds)}"
        if seconds >= _FEWEST and 0 < self.read <= self.size and self.done < self.files:
            said += f"，约剩 {_clock(seconds * (self.size - self.read) / self.read)}"
        return said


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds + 0.5), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
