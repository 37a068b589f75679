"""How fast papers are read: `python bench/reading.py [FILE]` prints characters a second, side by side.

The peers are general Chinese taggers on the same characters in the same process: jieba.posseg, the tool of
comparable scope in pure Python, and rjieba, its rewrite in Rust, for honesty. Dictionaries are loaded before
the clock starts; processor time is counted and each tool gets the best of its rounds, so that other work on
the machine counts less.
A tagger says what a word is; it finds no date, duty or contradiction.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

EXAMPLES = Path(__file__).parents[1] / "tests" / "examples"
BUNDLE = 150_000  # characters, as large as the largest session bundle we have seen
SAMPLE = 30_000  # characters the slow peer gets: its speed does not depend on length
ROUNDS = 5


def bundle(*, least: int = BUNDLE) -> str:
    """Our own example papers one after another, years varied, until there are enough characters."""
    papers = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    text = ""
    turn = 0
    while len(text) < least:
        text += "\n".join(papers).replace("2025年", f"{2025 + turn % 9}年") + "\n"
        turn += 1
    return text


def best(work: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    """Processor seconds of the fastest round."""
    fastest = float("inf")
    for _ in range(rounds):
        start = process_time()
        work()
        fastest = min(fastest, process_time() - start)
    return fastest


def run(*texts: tuple[str, str]) -> list[str]:
    """Table lines for each (name, text): characters a second of ours and of the peers."""
    import jieba.posseg
    import rjieba

    from bihuan.readers import read

    jieba.posseg.lcut("预热")
    rjieba.tag("预热")
    lines = []
    for name, text in texts:
        data, sample = text.encode(), text[:SAMPLE]
        facts = len(read(data, name).facts)  # also compiles the patterns
        ours = len(text) / best(lambda data=data, name=name: read(data, name))
        pure = len(sample) / best(lambda sample=sample: jieba.posseg.lcut(sample), rounds=2)
        rust = len(text) / best(lambda text=text: rjieba.tag(text))
        lines.append(
            f"{name:24} {len(text):8,} 字  读取 {ours:11,.0f} 字/秒（{facts} 条）  jieba.posseg {pure:9,.0f} 字/秒"
            f"（{ours / pure:5.1f} 倍）  rjieba.tag {rust:11,.0f} 字/秒（{ours / rust:4.2f} 倍）"
        )
    return lines


if __name__ == "__main__":
    given = [(path.name, path.read_text(encoding="utf-8")) for path in map(Path, sys.argv[1:])]
    print(*run(*given, ("150,000 字文件汇编", bundle())), sep="\n")
