"""The first three administrators of a new site; whatever comes after, they do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bihuan.people.actors import SYSTEM
from bihuan.people.models import ADMINISTRATOR_ROLES, Account
from bihuan.people.refusals import AlreadyFounded
from bihuan.people.services.accounts import Opened, open_account
from bihuan.people.services.organs import add_organ, add_place
from bihuan.people.services.posts import add_person, grant_post


@transaction.atomic
def found_site(
    *, code: str, place: str, office: str, administrators: Mapping[str, tuple[str, str]], at: datetime
) -> tuple[Opened, ...]:
    """Enter the place, its standing committee's office and, by role, the administrators (user name, name).

    Raises AlreadyFounded where the site has accounts: from then on posts are granted by the officer whose
    duty it is. The office begins on the day of founding; its true age may be entered with its history.
    """
    if Account.objects.exists():
        raise AlreadyFounded("没有办理：这个站点已有账号。以后由系统管理员和安全管理员在页面上办理。")
    today = timezone.localdate(at)
    home = add_place(code=code, name=place, actor=SYSTEM, at=at)
    organ = add_organ(place=home, name=office, kind="office", since=today, actor=SYSTEM, at=at)
    opened = []
    for role in ADMINISTRATOR_ROLES:
        username, name = administrators[role]
        person = add_person(name=name, actor=SYSTEM, at=at)
        grant_post(person=person, organ=organ, role=role, since=today, actor=SYSTEM, at=at)
        opened.append(open_account(person=person, username=username, actor=SYSTEM, at=at))
    return tuple(opened)
