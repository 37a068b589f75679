"""Who sees a matter, who may act on it, and what each refusal says: for the whole cast, stage by stage."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from bihuan.library.documents import keep_document
from bihuan.library.models import Document
from bihuan.matters.access import access_matter, may_read_evidence, visible_matters
from bihuan.people.actors import SYSTEM, Actor
from bihuan.people.demo import Cast
from tests.loop import Loop, moment

TODAY = date(2026, 6, 1)
PICTURE = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")

OFFICES = (
    "zhouwentao", "zhangmin", "fanghua", "xuting", "chenguoping", "linyue", "huangdeming", "luojing",
    "hezhiqiang", "songdan", "dengxiuying", "panwei",
)  # fmt: skip
COUNCIL = ("shenjianguo", "luyaqin")
MEMBERS = ("zhengkai", "yuhong", "madonglin")
DEPUTIES = ("wuguihua", "caoyong", "jiangchunlan")
GOVERNMENT = ("xiaofei", "yelin", "tangzhiyuan", "liangbo")
FORESTRY = ("mozhongping", "qinlan", "weishaojun", "zengqinghai")
WATER = ("tianye", "duanhong", "leizhigang", "haoyongnian")
OTHER_BUREAUS = (
    "penglei", "caixiaomei", "dongzhenhua", "fushengli", "renjie", "shiyuzhen", "jinhai", "guchangming",
)  # fmt: skip
ADMINISTRATORS = ("xitong", "anquan", "shenji")
EVERYBODY = (
    *OFFICES, *COUNCIL, *MEMBERS, *DEPUTIES, *GOVERNMENT, *FORESTRY, *WATER, *OTHER_BUREAUS, *ADMINISTRATORS,
)  # fmt: skip

# --- sight


def test_the_table_names_the_whole_cast(cast: Cast) -> None:
    assert sorted(EVERYBODY) == sorted(cast.accounts)


def seers(cast: Cast, loop: Loop) -> set[str]:
    """Who sees the matter."""
    return {
        name
        for name in EVERYBODY
        if visible_matters(cast.actor(name, on=TODAY)).filter(pk=loop.matter.pk).exists()
    }


def test_before_the_hand_over_the_house_and_its_members_see_it_and_the_agency_named(cast: Cast) -> None:
    loop = Loop(cast)
    assert seers(cast, loop) == {*OFFICES, *COUNCIL, *MEMBERS, *GOVERNMENT}


def test_a_bureau_sees_what_it_has_in_hand_and_the_governments_office_with_it(cast: Cast) -> None:
    loop = Loop(cast, agencies=(("forestry", "lead"), ("water", "co"))).lane_to("assigned")
    assert seers(cast, loop) == {*OFFICES, *COUNCIL, *MEMBERS, *GOVERNMENT, *FORESTRY, *WATER}


def test_an_agency_that_has_left_sees_it_no_more(cast: Cast) -> None:
    loop = Loop(cast, agencies=(("forestry", "lead"),))
    loop.act("hand_over", parties=[(cast.organs["water"], "lead")])
    assert set(FORESTRY) & seers(cast, loop) == set()


def test_deputies_see_it_when_they_have_been_informed_and_not_before(cast: Cast) -> None:
    loop = Loop(cast).to("informing")
    assert set(DEPUTIES) & seers(cast, loop) == set()
    loop.act("inform")
    assert set(DEPUTIES) <= seers(cast, loop)


def test_administrators_see_no_matter_even_one_their_own_office_is_in_charge_of(cast: Cast) -> None:
    loop = Loop(cast, office="office").to("closed")
    assert set(ADMINISTRATORS) & seers(cast, loop) == set()


def test_a_post_that_ended_gives_no_sight(cast: Cast) -> None:
    """The forestry bureau's former director became the government office's."""
    loop = Loop(cast, agencies=(("water", "lead"),), office="rural")
    loop.act("hand_over")
    former = cast.actor("liangbo", on=date(2022, 6, 1))
    assert [post.organ_name for post in former.posts] == ["县林业局"]
    assert not visible_matters(former).filter(pk=loop.matter.pk).exists()


def test_the_clock_and_nobody_see_nothing(cast: Cast) -> None:
    loop = Loop(cast)
    nobody = Actor(account=1, person=1, name="某人", posts=())
    assert [visible_matters(who).count() for who in (SYSTEM, nobody)] == [0, 0]
    with pytest.raises(Http404):
        access_matter(None, loop.matter.number)


# --- the door


def test_a_matter_one_may_not_see_is_not_known_to_exist(cast: Cast) -> None:
    loop = Loop(cast)
    for number in (loop.matter.number, "SY-1900-0001"):
        with pytest.raises(Http404):
            access_matter(cast.actor("penglei", on=TODAY), number)


def test_an_act_one_may_not_do_on_a_matter_one_sees_is_explained(cast: Cast) -> None:
    loop = Loop(cast)
    with pytest.raises(PermissionDenied) as refusal:
        access_matter(cast.actor("zhengkai", on=TODAY), loop.matter.number, act="hand_over")
    assert str(refusal.value) == "您不能交办：须由归口委室的工作人员、委室负责人办理。"


def test_an_act_the_procedure_does_not_know_is_not_found(cast: Cast) -> None:
    loop = Loop(cast)
    with pytest.raises(Http404):
        access_matter(cast.actor("huangdeming", on=TODAY), loop.matter.number, act="dissolve")


# --- who may do what, at every stage of the longest way

OFFICE, DIRECTOR = {"huangdeming", "luojing"}, {"huangdeming"}
COMMITTEE = {"chenguoping", "linyue"}
AGENCY = set(GOVERNMENT)
SIGNERS, CHIEF = {"tangzhiyuan", "liangbo"}, {"liangbo"}
ALWAYS = {"relate": OFFICE}
PUBLISHED = ALWAYS | {"correct_publication": OFFICE, "take_down": DIRECTOR}
RUNNING = ALWAYS | {"settle_term": DIRECTOR}
HANDLING = RUNNING | {"add_agency": OFFICE, "pause_term": DIRECTOR, "void": DIRECTOR}
IN_HAND = HANDLING | {"remind": OFFICE, "ask_extension": SIGNERS}
OPEN_ACTS: dict[str, dict[str, set[str]]] = {
    "registered": RUNNING | {"hand_over": OFFICE, "void": DIRECTOR},
    "assigned": IN_HAND | {"receive": AGENCY},
    "planning": IN_HAND | {"plan": AGENCY},
    "carrying": IN_HAND | {"progress": AGENCY, "answer": AGENCY, "consult": SIGNERS},
    "consulting": IN_HAND | {"progress": AGENCY, "comment": COMMITTEE, "disagree": COMMITTEE},
    "reporting": IN_HAND | {"progress": AGENCY, "answer": AGENCY, "report": CHIEF},
    "checking": RUNNING | {"pass_check": OFFICE, "send_back": OFFICE},
    "informing": ALWAYS | {"inform": OFFICE},
    "publishing": ALWAYS | {"publish": OFFICE, "withhold": DIRECTOR},
    "settling": PUBLISHED | {"schedule": DIRECTOR, "close": DIRECTOR, "look_back": OFFICE},
    "hearing": PUBLISHED | {"vote": OFFICE, "look_back": OFFICE},
    "closed": PUBLISHED | {"look_back": OFFICE},
}


@pytest.mark.parametrize("stage", OPEN_ACTS)
def test_exactly_these_people_may_do_exactly_this(cast: Cast, stage: str) -> None:
    loop = Loop(cast)
    if stage in {each.code for each in loop.matter.procedure.stages}:
        loop.to(stage)
    else:
        loop.lane_to(stage)
    able: dict[str, set[str]] = {}
    for name in EVERYBODY:
        for each in loop.access(name).open_acts():
            able.setdefault(each.act.code, set()).add(name)
    assert able == OPEN_ACTS[stage]


# --- evidence


@pytest.fixture
def evidence(cast: Cast) -> tuple[Loop, Document]:
    """A picture the forestry bureau handed in for one of its measures."""
    loop = Loop(cast, agencies=(("forestry", "lead"),)).lane_to("carrying")
    picture = keep_document(
        data=PICTURE,
        name="巡河.jpg",
        kind=Document.EVIDENCE,
        place=cast.place,
        actor=cast.actor("mozhongping", on=TODAY),
        at=moment(TODAY),
    ).document
    promise = loop.matter.promises.order_by("pk")[0]
    told = {"promise": promise.pk, "state": "kept", "progress": "已补记。", "evidence": [picture]}
    loop.act("progress", "forestry", measures=[told])
    return loop, picture


def test_evidence_is_open_to_whoever_sees_the_matter(cast: Cast, evidence: tuple[Loop, Document]) -> None:
    loop, picture = evidence
    readers = {name for name in EVERYBODY if may_read_evidence(cast.actor(name, on=TODAY), picture)}
    assert readers == seers(cast, loop)


def test_evidence_not_yet_part_of_a_matter_is_open_to_who_handed_it_in(cast: Cast) -> None:
    picture = keep_document(
        data=PICTURE,
        name="巡河.jpg",
        kind=Document.EVIDENCE,
        place=cast.place,
        actor=cast.actor("mozhongping", on=TODAY),
        at=moment(TODAY),
    ).document
    readers = {name for name in EVERYBODY if may_read_evidence(cast.actor(name, on=TODAY), picture)}
    assert readers == {"mozhongping"}
