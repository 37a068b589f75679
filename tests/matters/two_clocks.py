"""Run as a program of its own, against the database of the environment: build a county, or be its clock."""

from __future__ import annotations

import sys
from datetime import date, timedelta

import django
from django.core.management import call_command

DAY = date(2026, 6, 1)
MATTERS = 20


def build() -> None:
    from tests.matters.trial import County

    call_command("migrate", verbosity=0)
    county = County()
    for number in range(MATTERS):
        county.matter(title=f"第{number}件", due_on=date(2026, 3, 10) + timedelta(days=number % 7))


def tick() -> None:
    from bihuan.matters import registry, tick
    from tests.matters.trial import TRIAL, morning

    registry.register(registry.Module(procedure=TRIAL))
    tick.BATCH = 3
    print("ready", flush=True)  # both clocks start when both stand here
    sys.stdin.readline()
    marked = tick.mark_lights(on=DAY, at=morning(DAY))
    print(marked.warned, marked.late, flush=True)


if __name__ == "__main__":
    django.setup()
    {"build": build, "tick": tick}[sys.argv[1]]()
