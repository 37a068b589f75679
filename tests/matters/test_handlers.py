from __future__ import annotations

from datetime import date

import pytest

from bihuan.matters.handlers import Proposal, propose_handlers
from bihuan.matters.kin import remember_text
from bihuan.matters.models import Matter, Party
from bihuan.matters.opening import withdraw_party
from bihuan.people.models import Organ
from tests.matters.trial import County

ON = date(2026, 6, 1)
SUBJECTS = ("城南中学", "桃源小学", "柳溪中学", "石桥小学")


@pytest.fixture
def county(db: None) -> County:
    return County()


def organ(county: County, name: str) -> Organ:
    return Organ.objects.create(place=county.place, name=name, kind="bureau", since=date(2020, 1, 1))


def handled(
    county: County, school: str, lead: Organ, *, co: Organ | None = None, on: date = date(2025, 3, 3)
) -> Matter:
    """A suggestion about a school's crossing that the lead handled."""
    matter = county.matter(
        title=f"关于{school}门口学生过街安全的建议", working_days="P5WD", opened_on=on, start=on
    )
    remember_text(
        matter, f"关于{school}门口学生过街安全的建议\n早晚车流不断，学生过街危险，建议装信号灯并安排护学岗。"
    )
    Party.objects.filter(matter=matter, part="lead").delete()
    Party.objects.create(matter=matter, organ=lead, part="lead", stage="x", since=on)
    if co is not None:
        Party.objects.create(matter=matter, organ=co, part="co", stage="x", since=on)
    return matter


def proposed(
    county: County, text: str = "关于梅岭中学门口学生过街的建议\n学生过街危险，建议装信号灯。"
) -> list[Proposal]:
    return propose_handlers(text, place=county.place, on=ON)


def test_those_who_handled_the_like_are_proposed_with_the_matters_it_is_learned_from(county: County) -> None:
    police, schools = organ(county, "临溪县公安局"), organ(county, "临溪县教育局")
    matters = [handled(county, school, police, co=schools) for school in SUBJECTS]
    found = proposed(county)
    assert [(each.organ, each.part) for each in found] == [(police, "lead"), (schools, "co")]
    assert set(found[0].learned_from) == set(matters)
    assert found[0].reason.startswith("最相近的4件中，4件由其主办：")


def test_where_nothing_alike_was_handled_nobody_is_proposed(county: County) -> None:
    police = organ(county, "临溪县公安局")
    for school in SUBJECTS:
        handled(county, school, police)
    assert proposed(county, "关于扶持茶叶加工企业的建议\n茶农卖茶难，冷库太少，请给贴息。") == []


def test_one_precedent_alone_is_a_guess_and_not_proposed(county: County) -> None:
    handled(county, "城南中学", organ(county, "临溪县公安局"))
    assert proposed(county) == []


def test_a_handover_that_was_refused_speaks_against(county: County) -> None:
    wrong, right = organ(county, "临溪县交通运输局"), organ(county, "临溪县公安局")
    for school in SUBJECTS:
        matter = handled(county, school, wrong)
        withdraw_party(Party.objects.get(matter=matter, organ=wrong), until=date(2025, 3, 10))
        Party.objects.create(matter=matter, organ=right, part="lead", stage="x", since=date(2025, 3, 10))
    assert [each.organ for each in proposed(county)] == [right]


def test_a_merged_organ_is_proposed_as_the_one_that_carries_on_its_work(county: County) -> None:
    old, new = organ(county, "临溪县旅游局"), organ(county, "临溪县文化和旅游局")
    for school in SUBJECTS:
        handled(county, school, old)
    old.until, old.successor = date(2025, 12, 31), new
    old.save()
    found = proposed(county)
    assert [each.organ for each in found] == [new]
    assert found[0].reason.endswith("临溪县旅游局的办理情况并入计算。")


def test_later_handling_counts_more_than_earlier(county: County) -> None:
    before, now = organ(county, "临溪县交通运输局"), organ(county, "临溪县公安局")
    for school in SUBJECTS[:2]:
        handled(county, school, before, on=date(2021, 3, 1))
    for school in SUBJECTS[2:]:
        handled(county, school, now, on=date(2026, 3, 2))
    assert proposed(county)[0].organ == now


def test_the_organ_a_text_names_is_put_first(county: County) -> None:
    police, roads = organ(county, "临溪县公安局"), organ(county, "临溪县交通运输局")
    for school in SUBJECTS[:2]:
        handled(county, school, police)
    for school in SUBJECTS[2:]:
        handled(county, school, roads)
    text = "关于梅岭中学门口学生过街的建议\n学生过街危险，请交通运输局装信号灯。"
    assert proposed(county, text)[0].organ == roads
