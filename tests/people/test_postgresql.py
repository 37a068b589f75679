"""The same guards and counts on a real PostgreSQL, where writers really run side by side."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest_pg import database_url, postgres_host  # noqa: F401  # a fixture

_SCRIPT = """
from bihuan.config import settings
settings.INSTALLED_APPS = [
    "django.contrib.auth", "django.contrib.contenttypes", "bihuan.ui", "bihuan.ledger", "bihuan.people"
]
settings.ROOT_URLCONF = "django.contrib.auth.urls"
import django; django.setup()
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.utils import timezone
from bihuan.people import lockout
from bihuan.people.demo import build_people
from bihuan.people.models import LoginGuard, Organ, Person, Post

call_command("migrate", verbosity=0)
cast = build_people(at=timezone.now())

def apart(number):
    # Two administrators' posts for one person, written past the services, at the same time.
    person = Person.objects.create(name=str(number))
    def write(role):
        try:
            Post.objects.create(person=person, organ=cast.organs["office"], role=role, since=date(2024, 1, 1))
        except IntegrityError:
            pass
        connection.close()
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(write, ("sysadmin", "auditor", "staff")))
    return sorted(Post.objects.filter(person=person).values_list("role", flat=True))

kept = [apart(number) for number in range(20)]
print(all(len(roles) == 1 for roles in kept))

at = timezone.now()
def tries(_):
    done = [lockout.charge([("account", "zhangmin"), ("address", "10.0.0.1")], at=at) for _ in range(4)]
    connection.close()
    return sum(lock is None for lock in done)
with ThreadPoolExecutor(8) as pool:
    print(sum(pool.map(tries, range(8))), LoginGuard.objects.get(kind="account").failures)

call_command("migrate", "people", "0001", verbosity=0)
call_command("migrate", "people", verbosity=0)
print("reversible")
"""


@pytest.mark.postgres
def test_guards_and_counts_hold_among_writers_side_by_side(
    postgres_host: str,  # noqa: F811  # the fixture
    tmp_path: Path,
) -> None:
    environment = {
        **os.environ,
        "BIHUAN_DATA": str(tmp_path),
        "BIHUAN_DATABASE": database_url(postgres_host, "postgres"),
        "DJANGO_SETTINGS_MODULE": "bihuan.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["True", "5", "5", "reversible"], done.stderr[-2000:]
