"""Killed in the middle, written by several at once: nothing acknowledged is lost and the chain holds.

`WORKS` names what the processes do; whatever returns the number of the entry it wrote can be added.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reliability.harness import APPEND, Site, entries, finish, kill_after

pytestmark = pytest.mark.slow
WORKS = [APPEND]


@pytest.mark.parametrize("work", WORKS)
def test_a_killed_process_loses_no_acknowledged_entry_and_leaves_no_half_one(
    site: Site, tmp_path: Path, work: str
) -> None:
    acknowledged: list[int] = []
    for round_, count in enumerate((1, 7, 40)):
        acknowledged += kill_after(site.start(work, f"w{round_}"), count)
    numbers = entries(site, tmp_path)
    assert numbers == list(range(1, len(numbers) + 1))
    assert sorted(set(acknowledged) - set(numbers)) == []
    # At most the one entry in hand at each kill was written without having been acknowledged.
    assert len(numbers) - len(acknowledged) in range(4)


@pytest.mark.parametrize("work", WORKS)
def test_four_writers_at_once_leave_no_gap(site: Site, tmp_path: Path, work: str) -> None:
    acknowledged = finish([site.start(work, f"w{number}", 50) for number in range(4)])
    assert sorted(acknowledged) == list(range(1, 201))
    assert entries(site, tmp_path) == list(range(1, 201))
