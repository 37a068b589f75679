"""Kin-finding while writing, at a hundred thousand and a million suggestions, beside brute force.

    python -m bench.kin                # BIHUAN_BENCH=small leaves the million out

The corpus (bench/suggestion_texts.py) is built once into a database under the temporary folder and kept for
the next run; BIHUAN_BENCH_KIN names another folder. Asked are texts nobody remembered: copies with 5, 15 and
25 % of their characters changed, the same subjects in other words, and titles as far as they were typed. A
text is found when its original, or a text on the same subject, is among the five kin shown.

The peers answer the same questions over the same texts: rapidfuzz comparing with every one (brute force), and
rensa's own index of signatures held in memory.
"""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from bench.matters import _insert
from bench.suggestion_texts import Subject, edited, subject, told

ROOT = Path(__file__).parent.parent
SIZES = {"small": (100_000,), "full": (100_000, 1_000_000)}
SEED = 20260302
QUERIES = 60  # of each kind
BRUTE_QUERIES, BRUTE_TEXTS = 10, 100_000
GOAL = 100.0  # ms, the 95th percentile
FOLDER = Path(os.environ.get("BIHUAN_BENCH_KIN", Path(tempfile.gettempdir()) / "bihuan-bench-kin"))
VERSION = 2  # of the corpus: another one is built anew

Find = Callable[[str], list[int]]


def corpus(size: int) -> Iterator[tuple[Subject, str]]:
    """Subjects and their texts, numbered from 1."""
    chance = random.Random(SEED)
    for _ in range(size):
        about = subject(chance)
        yield about, told(about, chance)


def asked(size: int) -> dict[str, list[tuple[str, set[int]]]]:
    """Each kind's questions with the numbers of the texts that would be right answers."""
    chance = random.Random(SEED + 1)
    picked = sorted(chance.sample(range(1, size + 1), QUERIES))
    wanted = set(picked)
    originals: dict[int, tuple[Subject, str]] = {}
    same: dict[Subject, set[int]] = defaultdict(set)
    for number, (about, text) in enumerate(corpus(size), 1):
        same[about].add(number)
        if number in wanted:
            originals[number] = about, text
    questions: dict[str, list[tuple[str, set[int]]]] = defaultdict(list)
    for number in picked:
        about, text = originals[number]
        for share in (5, 15, 25):
            questions[f"copy, {share} % edited"].append((edited(text, share / 100, chance), {number}))
        again = told(about, chance)
        questions["in other words"].append((again, same[about]))
        title = again.partition("\n")[0]
        questions["its title"].append((title, same[about]))
        questions["title, 12 characters"].append((title[:12], same[about]))
    return dict(questions)


# --- building


def build(folder: Path, size: int) -> None:
    """A database with every text remembered: by the program's own keys, laid in by bulk SQL."""
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", verbosity=0)
    from bihuan.matters.kin import folded_text, keys_of
    from bihuan.matters.models import Matter
    from bihuan.people.models import Place

    place = Place.objects.create(code="linxi", name="临溪县").pk
    connections.close_all()
    with closing(sqlite3.connect(folder / "bihuan.sqlite3")) as database:
        database.executescript(
            "PRAGMA synchronous=OFF; PRAGMA journal_mode=OFF; PRAGMA cache_size=-400000;"
            "PRAGMA foreign_keys=OFF; CREATE TABLE staging (key INTEGER, matter INTEGER);"
        )
        keys: list[tuple[int, int]] = []
        texts: list[tuple[int, str]] = []
        for number, (_, text) in enumerate(corpus(size), 1):
            kept = folded_text(text)
            texts.append((number, kept))
            keys += [(key, number) for key in keys_of(kept, place=place)]
            if number % 20_000 == 0 or number == size:
                database.executemany("INSERT INTO staging VALUES (?, ?)", keys)
                database.executemany("INSERT INTO matters_kintext (matter_id, text) VALUES (?, ?)", texts)
                database.commit()
                keys, texts = [], []
        database.executescript(
            "INSERT INTO matters_kinkey (key, matter_id) SELECT key, matter FROM staging ORDER BY key, matter;"
            "DROP TABLE staging;"
        )
        database.execute(_insert(
            Matter, rows="matters_kintext", id="matter_id", place_id=str(place), procedure_code="'bench'",
            number="printf('JY-2000-%07d', matter_id)", edition="'1'", stage="'open'", opened_on="'2020-03-02'",
            title="substr(text, 1, instr(text, char(10)) - 1)",
        ))  # fmt: skip
        database.commit()


# --- measuring


def measure(size: int) -> Iterator[str]:
    """In a process of its own, whose settings point to the corpus's folder."""
    import django

    django.setup()
    from bihuan.matters.kin import folded_text, kin_of
    from bihuan.people.models import Place

    place = Place.objects.get()
    questions = asked(size)
    kin_of("预热", place=place)

    def find(text: str) -> list[int]:
        return [kin.matter.pk for kin in kin_of(text, place=place)]

    yield f"  {size:,} suggestions"
    times: list[float] = []
    for kind, each in questions.items():
        took, share = _timed(find, each)
        times += took
        yield f"    {kind:22} {_said(took)}  recall {share:5.3f}"
    worst = quantiles(times, n=20)[18]
    yield f"    all kinds: p95 {worst:.1f} ms, goal {GOAL:.0f} ms: {'kept' if worst <= GOAL else 'MISSED'}"
    if size == BRUTE_TEXTS:
        yield from _peers([folded_text(text) for _, text in corpus(size)], questions)


def _timed(find: Find, questions: Sequence[tuple[str, set[int]]]) -> tuple[list[float], float]:
    """Milliseconds of each question, and the share of those answered rightly."""
    took, right = [], 0
    for text, wanted in questions:
        start = perf_counter()
        found = find(text)
        took.append((perf_counter() - start) * 1000)
        right += bool(wanted & set(found))
    return took, right / len(questions)


def _said(took: Sequence[float]) -> str:
    cuts = quantiles(took, n=20)
    return f"p50 {cuts[9]:8.1f} ms  p95 {cuts[18]:8.1f} ms"


def _peers(texts: Sequence[str], questions: dict[str, list[tuple[str, set[int]]]]) -> Iterator[str]:
    from rapidfuzz import fuzz, process
    from rensa import RMinHash, RMinHashLSH

    from bihuan.matters.kin import folded_text

    def brute(text: str) -> list[int]:
        best = process.extract(folded_text(text), texts, scorer=fuzz.ratio, limit=5)
        return [at + 1 for _, _, at in best]

    yield f"  rapidfuzz, ratio with each of {len(texts):,} texts ({BRUTE_QUERIES} questions a kind)"
    for kind, each in questions.items():
        took, share = _timed(brute, each[:BRUTE_QUERIES])
        yield f"    {kind:22} {_said(took)}  recall {share:5.3f}"

    def sign(text: str) -> RMinHash:
        signature = RMinHash(num_perm=128, seed=SEED)
        signature.update([text[at : at + 3] for at in range(len(text) - 2)])
        return signature

    start = perf_counter()
    index = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
    signatures = [sign(text) for text in texts]
    for number, signature in enumerate(signatures, 1):
        index.insert(number, signature)

    def signed(text: str) -> list[int]:
        own = sign(folded_text(text))
        hits = index.query(own)
        return sorted(hits, key=lambda number: -own.jaccard(signatures[number - 1]))[:5]

    yield f"  rensa, 128 permutations in 32 bands, in memory (built in {perf_counter() - start:.0f} s)"
    for kind, each in questions.items():
        took, share = _timed(signed, each)
        yield f"    {kind:22} {_said(took)}  recall {share:5.3f}"


def run() -> list[str]:
    """The printable rows, one a line."""
    rows = [f"kin: {QUERIES} questions of each kind, five answers each; milliseconds"]
    for size in SIZES[os.environ.get("BIHUAN_BENCH", "full")]:
        folder = FOLDER / f"{VERSION}-{size}"
        for step in ("build", "measure"):
            if step == "build" and (folder / "whole").exists():
                continue
            folder.mkdir(parents=True, exist_ok=True)
            environment = os.environ | {"BIHUAN_DATA": str(folder), "BIHUAN_DATABASE": ""}
            environment |= {"DJANGO_SETTINGS_MODULE": "bihuan.config.settings"}
            words = [sys.executable, "-m", "bench.kin", step, str(size)]
            done = subprocess.run(
                words, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
            )
            rows += done.stdout.splitlines() if done.returncode == 0 else [done.stderr]
            if done.returncode:
                break
    return rows


def main(words: Sequence[str]) -> None:
    if not words:
        sys.stdout.write("\n".join(run()) + "\n")
        return
    step, size = words[0], int(words[1])
    if step == "build":
        start = perf_counter()
        folder = Path(os.environ["BIHUAN_DATA"])
        for left in folder.glob("*.sqlite3*"):
            left.unlink()
        build(folder, size)
        (folder / "whole").touch()
        sys.stdout.write(f"  {size:,} texts remembered in {perf_counter() - start:.0f} s\n")
        return
    sys.stdout.write("\n".join(measure(size)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
