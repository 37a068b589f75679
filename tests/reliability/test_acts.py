"""Killed in the middle of acts, acting by several at once: no act is lost, none is half done.

A matter that was opened or handed over stands in the tables exactly as its ledger entries say.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.reliability.harness import Site, entries, finish, kill_after

pytestmark = pytest.mark.slow
WORK = "tests.reliability.acts:hand_over_one"
ACCOUNT = """
import json, django
django.setup()
from bihuan.ledger.models import Entry
from bihuan.matters.models import Deed, Matter
matters = [
    {
        "stage": matter.stage,
        "version": matter.version,
        "deeds": list(matter.deeds.order_by("seq").values_list("seq", flat=True)),
        "entries": list(Entry.objects.filter(subject=matter.subject).order_by("seq").values_list("seq", flat=True)),
        "todos": sorted(set(matter.todos.values_list("act", flat=True))),
        "lanes": list(matter.parties.exclude(stage="").values_list("stage", flat=True)),
    }
    for matter in Matter.objects.order_by("pk")
]
numbers = list(Matter.objects.order_by("number").values_list("number", flat=True))
print(json.dumps({"matters": matters, "numbers": numbers}))
"""
OPENED = {"stage": "registered", "version": 1, "todos": ["hand_over"], "lanes": []}
HANDED_OVER = {"stage": "handling", "version": 2, "todos": ["receive"], "lanes": ["assigned"]}


def check_matters(site: Site) -> list[int]:
    """Every matter is wholly opened or wholly handed over, and numbered without a gap; the acts' entries."""
    told = json.loads(site.run("-c", ACCOUNT))
    for matter in told["matters"]:
        assert matter.pop("deeds") == matter["entries"]
        assert len(matter["entries"]) == matter["version"]
        whole = OPENED if matter["version"] == 1 else HANDED_OVER
        assert matter == whole | {"entries": matter["entries"]}
    assert told["numbers"] == [f"SY-2026-{number:04d}" for number in range(1, len(told["matters"]) + 1)]
    return [matter["entries"][1] for matter in told["matters"] if matter["version"] == 2]


def test_a_killed_process_leaves_no_half_act_and_loses_none_it_acknowledged(
    site: Site, tmp_path: Path
) -> None:
    acknowledged: list[int] = []
    for round_, count in enumerate((1, 3, 6)):
        acknowledged += kill_after(site.start(WORK, f"w{round_}"), count)
    numbers = entries(site, tmp_path)
    assert numbers == list(range(1, len(numbers) + 1))
    acts = check_matters(site)
    assert sorted(set(acknowledged) - set(acts)) == []
    assert len(acts) - len(acknowledged) in range(4)


def test_four_who_act_at_once_leave_every_matter_whole(site: Site, tmp_path: Path) -> None:
    finish([site.start(WORK, "w0", 1)])  # builds the people
    acknowledged = finish([site.start(WORK, f"w{number}", 5) for number in range(1, 5)])
    assert len(set(acknowledged)) == 20
    assert set(acknowledged) <= set(check_matters(site))
    numbers = entries(site, tmp_path)
    assert numbers == list(range(1, len(numbers) + 1))
