#!/usr/bin/env python3
"""Score the reader against hand-made gold facts, where a checkout has them.

usage: tools/score_seeds.py [FOLDER]

FOLDER (../shared by default) holds seeds/*.txt, reading/gold/NNN.jsonl and reading/score.py. The papers
belong to others and are no part of this project: without them this says so and ends well.

Gold named NNN-part was made from stretches of its paper only: facts read elsewhere are left out of the
comparison, for nobody has said whether they are right.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bihuan.readers import read

_GAP = 60  # lines without a gold fact that end a stretch


def _judged(gold: Path) -> list[tuple[int, int]]:
    """The stretches of lines, first and last, from which the gold was made."""
    lines = sorted({json.loads(line)["line"] for line in gold.read_text("utf-8").splitlines() if line})
    stretches: list[tuple[int, int]] = []
    for line in lines:
        if stretches and line - stretches[-1][1] <= _GAP:
            stretches[-1] = (stretches[-1][0], line)
        else:
            stretches.append((line, line))
    return stretches


def main(argv: list[str]) -> int:
    """Print the score table of every paper that has gold facts."""
    folder = Path(argv[0]) if argv else Path(__file__).resolve().parents[1].parent / "shared"
    scorer = folder / "reading" / "score.py"
    gold = sorted((folder / "reading" / "gold").glob("*.jsonl"))
    if not scorer.exists() or not gold:
        print(f"skipped: no gold facts under {folder}")
        return 0
    for expected in gold:
        paper = next((folder / "seeds").glob(f"{expected.stem[:3]}_*.txt"), None)
        if paper is None:
            print(f"skipped: no paper for {expected.name}")
            continue
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as found:
            reading = read(paper.read_bytes(), paper.name)
            judged = _judged(expected) if expected.stem.endswith("-part") else [(0, sys.maxsize)]
            for fact in reading.facts:
                line = reading.opened.text.count("\n", 0, fact.start) + 1
                if any(first <= line <= last for first, last in judged):
                    print(json.dumps(fact.as_json(), ensure_ascii=False), file=found)
            found.flush()
            print(expected.name, flush=True)
            subprocess.run([sys.executable, str(scorer), str(expected), found.name], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
