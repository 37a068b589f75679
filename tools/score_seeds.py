#!/usr/bin/env python3
"""Score the reader against hand-made gold facts, where a checkout has them.

usage: tools/score_seeds.py [FOLDER]

FOLDER (../shared by default) holds seeds/*.txt, reading/gold/NNN.jsonl and reading/score.py. The papers
belong to others and are no part of this project: without them this says so and ends well.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bihuan.readers import read


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
            for fact in read(paper.read_bytes(), paper.name).facts:
                print(json.dumps(fact.as_json(), ensure_ascii=False), file=found)
            found.flush()
            print(expected.name, flush=True)
            subprocess.run([sys.executable, str(scorer), str(expected), found.name], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
