"""Work for the reliability tests: real acts on real matters, by the people of the demo place."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

DAY = date(2026, 3, 27)
AT = datetime(2026, 3, 27, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@cache
def _people() -> dict[str, object]:
    """The demo's place, organs and people, built by whichever worker comes first."""
    from django.db import transaction

    from bihuan.people.demo import build_people
    from bihuan.people.models import Account, Organ, Place

    with transaction.atomic():
        if not Place.objects.exists():
            build_people(at=AT)
    return {
        "place": Place.objects.get(),
        "organs": {organ.short_name: organ for organ in Organ.objects.all()},
        "accounts": {account.username: account for account in Account.objects.select_related("person")},
    }


def hand_over_one(label: str) -> int:
    """Open a matter and hand it over, the second a real act: the number of the act's entry."""
    from bihuan.matters.opening import ItemDraft, open_matter
    from bihuan.matters.perform import perform
    from bihuan.modules.opinions.procedure import OPINION
    from bihuan.people.actors import Actor

    known = _people()
    organs, accounts = known["organs"], known["accounts"]
    staff = Actor.of(accounts["luojing"], on=DAY)  # type: ignore[index]
    matter = open_matter(
        procedure=OPINION,
        place=known["place"],  # type: ignore[arg-type]
        title=f"关于河道管护的审议意见（{label}）",
        opened_on=DAY,
        parties=[(organs["农业农村工委"], "office")],  # type: ignore[index]
        items=[ItemDraft(kind="problem", ordinal=1, text="巡河记录不全")],
        actor=staff,
        at=AT,
    )
    answers = {"parties": [(organs["县水利局"], "lead")]}  # type: ignore[index]
    return perform(matter, "hand_over", actor=staff, answers=answers, at=AT).seq
