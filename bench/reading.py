"""How fast papers are read: `python -m bench.reading [FILE…]` prints characters a second, side by side.

The peers are general Chinese taggers on the same characters in the same process: jieba.posseg, the tool of
comparable scope in pure Python, and rjieba, its rewrite in Rust, for honesty. Dictionaries are loaded before
the clock starts; processor time is counted, ours and theirs in turn, and each gets the best of its rounds, so
that other work on the machine counts less. A tagger says what a word is; it finds no date, duty or contradiction.

Then: how the time grows with the size of one file.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import process_time

EXAMPLES = Path(__file__).parents[1] / "tests" / "examples"
BUNDLE = 150_000  # characters, as large as the largest session bundle we have seen
SAMPLE = 150_000  # characters the peers get of a longer text: their speed does not depend on length
SIZES = (37_500, 75_000, 150_000, 300_000, 600_000)
ROUNDS = 5
SMALL = os.environ.get("BIHUAN_BENCH") == "small"


def bundle(*, least: int = BUNDLE, turn: int = 0) -> str:
    """Our own example papers one after another, years varied, until there are enough characters."""
    papers = "\n".join(path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt")))
    text = ""
    while len(text) < least:
        text += papers.replace("2025年", f"{2025 + turn % 9}年") + "\n"
        turn += 1
    return text


def fastest(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Processor seconds of each work's fastest round; the works take turns, so that all see the same machine."""
    best = [float("inf")] * len(works)
    for _ in range(rounds):
        for k, work in enumerate(works):
            start = process_time()
            work()
            best[k] = min(best[k], process_time() - start)
    return best


def stages(name: str, text: str) -> str:
    """A table line: opening, reading, checking and all together, and the peers on the same text."""
    import jieba.posseg
    import rjieba

    from bihuan.readers import extracted, read
    from bihuan.readers.checks import check
    from bihuan.readers.opening import open_file

    data, sample = text.encode(), text[:SAMPLE]
    opened = open_file(data, name)
    context, facts = extracted(opened)
    found = len(read(data, name).facts)
    times = fastest(
        lambda: open_file(data, name),
        lambda: extracted(opened),
        lambda: check(context, facts),
        lambda: read(data, name),
        lambda: rjieba.tag(sample),
        lambda: jieba.posseg.lcut(sample),
        rounds=ROUNDS * 4 if len(text) < SAMPLE // 4 else ROUNDS,
    )
    sizes = [len(text)] * 4 + [len(sample)] * 2
    opening, reading, checking, whole, rust, pure = (
        size / time for size, time in zip(sizes, times, strict=True)
    )
    return (
        f"{name[:16]:17}{len(text):9,} 字{found:7,} 条  打开 {opening:11,.0f}  读取 {reading:10,.0f}"
        f"  检查 {checking:11,.0f}  合计 {whole:10,.0f}  jieba.posseg {pure:8,.0f}（{whole / pure:5.1f} 倍）"
        f"  rjieba.tag {rust:10,.0f}（{whole / rust:4.2f} 倍）"
    )


def growth() -> Iterator[str]:
    """Table lines: nanoseconds a character by size; level where the time grows in step with the text."""
    from bihuan.readers import read

    texts = [bundle(least=size) for size in (SIZES[:4] if SMALL else SIZES)]
    works = [partial(read, text.encode(), "汇编.txt") for text in texts]
    for text, seconds in zip(texts, fastest(*works, rounds=3), strict=True):
        yield f"{len(text):9,} 字  {seconds * 1000:9.1f} 毫秒  {seconds / len(text) * 1e9:7.0f} 纳秒/字"


def main(paths: list[str]) -> None:
    """Print all tables."""
    import jieba
    import jieba.posseg
    import rjieba

    jieba.setLogLevel(60)
    jieba.posseg.lcut("预热")
    rjieba.tag("预热")
    print("每秒字数（单核，处理器时间；合计含打开、读取、检查）：")
    for path in map(Path, paths):
        print(stages(path.name, path.read_text(encoding="utf-8")), flush=True)
    print(stages("自编文件汇编", bundle()), flush=True)
    print("随长度的增长（合计）：")
    print(*growth(), sep="\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
