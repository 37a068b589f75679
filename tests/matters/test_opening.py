"""How a matter begins."""

from __future__ import annotations

from datetime import date

from bihuan.matters.models import Link
from bihuan.matters.opening import link_matters, open_matter
from bihuan.modules.opinions.procedure import OPINION, RESOLUTION
from bihuan.people.actors import SYSTEM
from bihuan.people.demo import Cast
from bihuan.people.models import Organ, Place
from tests.loop import PASSED_ON, Loop, moment


def numbers(*loops: Loop) -> list[str]:
    return [loop.matter.number for loop in loops]


def test_matters_are_numbered_by_kind_and_year(cast: Cast) -> None:
    first, second = Loop(cast), Loop(cast)
    third = Loop(cast, opened_on=date(2027, 3, 26))
    fourth = Loop(cast, procedure=RESOLUTION, terms=(), committee=None)
    assert numbers(first, second, third, fourth) == [
        "SY-2026-0001",
        "SY-2026-0002",
        "SY-2027-0001",
        "JY-2026-0001",
    ]


def test_two_places_on_one_site_never_share_a_number(cast: Cast) -> None:
    """A number is an address, and an address leads to one matter."""
    other = Place.objects.create(code="yongzhou", name="另一处")
    office = Organ.objects.create(
        place=other, name="连州市人大常委会办公室", kind="office", since=date(2020, 1, 1)
    )
    here = Loop(cast)
    there = open_matter(
        procedure=OPINION,
        place=other,
        title="关于河道的审议意见",
        opened_on=PASSED_ON,
        parties=[(office, "office")],
        actor=SYSTEM,
        at=moment(PASSED_ON),
    )
    assert there.number != here.matter.number


def test_a_matter_begins_at_the_first_stage_in_the_first_round(cast: Cast) -> None:
    matter = Loop(cast).matter
    assert (matter.stage, matter.round, matter.version) == ("registered", 1, 1)


def test_matters_of_one_paper_are_tied_once_each_pair(cast: Cast) -> None:
    matters = [Loop(cast).matter for _ in range(3)]
    for _ in range(2):
        link_matters(matters, kind="same_paper")
    assert Link.objects.count() == 3
