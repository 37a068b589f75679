"""Proposed handlers: how often those who should handle a text are among those proposed, on texts of our own.

    python -m bench.handlers

Some thousands of suggestions (bench/suggestion_texts.py) are handled as their problems say, one in ten given to
another bureau by chance, one in twenty refused and given to the right one. Asked are texts on other spots, and
texts on problems that nobody ever handled, for which nobody should be proposed. The peer always answers with the
bureau that handled most, and with that of the text nearest by rapidfuzz.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from bench.suggestion_texts import PROBLEMS, Subject, subject, told

ROOT = Path(__file__).parent.parent
PAST, ASKED = 2_000, 200
SEED = 20260302
TODAY = date(2026, 6, 1)
UNHEARD = 3  # problems, the last ones, that nobody handled


def measure() -> list[str]:
    """In a process of its own, on a database of its own."""
    import django
    from django.core.management import call_command
    from django.db import transaction

    django.setup()
    call_command("migrate", verbosity=0)
    from rapidfuzz import fuzz, process

    from bihuan.matters.handlers import propose_handlers
    from bihuan.matters.kin import folded_text, remember_text
    from bihuan.matters.models import Matter, Party
    from bihuan.people.models import Organ, Place

    chance = random.Random(SEED)
    place = Place.objects.create(code="linxi", name="临溪县")
    names = sorted({name for problem in PROBLEMS for name in (problem.lead, *problem.helping)})
    bureaus = {
        name: Organ.objects.create(place=place, name=f"临溪县{name}", kind="bureau", since=date(2015, 1, 1))
        for name in names
    }
    heard, unheard = PROBLEMS[:-UNHEARD], PROBLEMS[-UNHEARD:]

    def about(problems: tuple[object, ...]) -> Subject:
        while (found := subject(chance)).problem not in problems:
            pass
        return found

    texts, leads = [], []
    with transaction.atomic():
        for number in range(PAST):
            case = about(heard)
            text, on = told(case, chance), TODAY - timedelta(days=chance.randrange(30, 2500))
            matter = Matter.objects.create(
                place=place, number=f"JY-{number:05d}", procedure_code="bench", edition="1", stage="open",
                title=text.partition("\n")[0], opened_on=on,
            )  # fmt: skip
            remember_text(matter, text)
            lead, luck = bureaus[case.problem.lead], chance.random()
            if luck < 0.05:
                wrong = bureaus[chance.choice(names)]
                Party.objects.create(matter=matter, organ=wrong, part="lead", since=on, until=on)
            elif luck < 0.15:
                lead = bureaus[chance.choice(names)]
            Party.objects.create(matter=matter, organ=lead, part="lead", since=on)
            for name in case.problem.helping:
                if bureaus[name] != lead:
                    Party.objects.create(matter=matter, organ=bureaus[name], part="co", since=on)
            texts.append(folded_text(text))
            leads.append(lead.name)
    usual = Counter(leads).most_common(1)[0][0]
    first = third = silent = helped = helping = most = near = 0
    took = []
    for _ in range(ASKED):
        case = about(heard)
        text, right = told(case, chance), f"临溪县{case.problem.lead}"
        start = perf_counter()
        found = propose_handlers(text, place=place, on=TODAY)
        took.append((perf_counter() - start) * 1000)
        names_found = [each.organ.name for each in found if each.part == "lead"]
        first += names_found[:1] == [right]
        third += right in names_found[:3]
        silent += not found
        cos = {each.organ.name for each in found if each.part == "co"}
        helping += len(case.problem.helping)
        helped += sum(f"临溪县{name}" in cos for name in case.problem.helping)
        most += usual == right
        best = process.extractOne(folded_text(text), texts, scorer=fuzz.ratio)
        near += leads[best[2]] == right
    quiet = sum(
        not propose_handlers(told(about(unheard), chance), place=place, on=TODAY) for _ in range(ASKED // 4)
    )
    cuts = quantiles(took, n=20)
    return [
        f"  learned from {PAST:,} suggestions, one in ten misgiven, one in twenty refused first; {ASKED} asked",
        f"    lead: first {first / ASKED:.3f}, among three {third / ASKED:.3f}, nobody {silent / ASKED:.3f}",
        f"    helping bureaus proposed: {helped / helping:.3f}",
        f"    never handled before: nobody proposed {quiet / (ASKED // 4):.3f}",
        f"    p50 {cuts[9]:.1f} ms, p95 {cuts[18]:.1f} ms",
        f"  always the busiest bureau: first {most / ASKED:.3f}",
        f"  the nearest text by rapidfuzz: first {near / ASKED:.3f}",
    ]


def run() -> list[str]:
    """The printable rows, one a line."""
    with tempfile.TemporaryDirectory(prefix="bihuan-bench-") as folder:
        environment = os.environ | {"BIHUAN_DATA": folder, "BIHUAN_DATABASE": ""}
        environment |= {"DJANGO_SETTINGS_MODULE": "bihuan.config.settings"}
        words = [sys.executable, "-m", "bench.handlers", "measure"]
        done = subprocess.run(words, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
        return done.stdout.splitlines() if done.returncode == 0 else [done.stderr]


if __name__ == "__main__":
    sys.stdout.write("\n".join(measure() if sys.argv[1:] else run()) + "\n")
