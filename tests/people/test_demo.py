"""The demo place: what it switches off, and what it does not make stale."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from bihuan.people.demo import build_people
from bihuan.people.models import Account
from bihuan.people.passwords import is_stale

MAKEFILE = Path(__file__).parents[2] / "Makefile"


@pytest.mark.parametrize(("value", "is_demo"), [("1", True), ("1  ", True), ("0", False), ("", False)])
def test_white_space_round_the_demo_switch_does_not_turn_it_off(value: str, is_demo: bool) -> None:
    ask = "from bihuan.config import settings; print(settings.BIHUAN_DEMO, settings.BIHUAN_ADMIN_MFA)"
    env = {**os.environ, "BIHUAN_DEMO": value}
    env.pop("BIHUAN_ADMIN_MFA", None)
    told = subprocess.run([sys.executable, "-c", ask], env=env, capture_output=True, text=True, check=True)
    assert told.stdout.split() == [str(is_demo), str(not is_demo)]


def test_no_exported_value_ends_in_a_comment() -> None:
    """To make, what stands before the # belongs to the value, blanks and all."""
    exports = [line for line in MAKEFILE.read_text().splitlines() if re.search(r"\bexport\s+\w+\s*=", line)]
    assert [line for line in exports if "#" in line] == []


@pytest.mark.django_db
def test_a_demo_of_half_a_year_asks_no_administrator_for_a_new_password() -> None:
    build_people(at=timezone.now() - timedelta(days=210))
    assert [
        account.username for account in Account.objects.all() if is_stale(account, at=timezone.now())
    ] == []
