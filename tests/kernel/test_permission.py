"""Default deny: an act is open to whoever the declaration names, when it says, and every refusal says why."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.kernel.permission import Allowed, Denied, Hat, Lane, decide, wears, who_may
from bihuan.kernel.procedure import Act, By, LaneKind, Procedure, Stage

PARTS, ROLES = ("office", "lead", "co"), ("staff", "clerk", "chief")
STAGES, LANES = ("new", "handling", "closed"), ("assigned", "reported")
FLAGS = ("asked", "held")


def say(code: str) -> str:
    return f"〔{code}〕"


def verdict(
    act: Act,
    *hats: Hat,
    stage: str = "handling",
    lanes: tuple[Lane, ...] = (),
    flags: tuple[str, ...] = (),
    parts: tuple[str, ...] = ("office", "lead"),
    party: int | None = None,
) -> Allowed | Denied:
    return decide(
        procedure(act), act, stage=stage, lanes=lanes, hats=hats, say=say, flags=flags, parts=parts, party=party
    )  # fmt: skip


def procedure(*acts: Act) -> Procedure:
    return Procedure(
        code="trial",
        name="试办",
        edition="1",
        prefix="SB",
        stages=tuple(Stage(code=code, name=f"阶段{code}") for code in STAGES),
        lanes=(
            LaneKind(
                parts=("lead", "co"), stages=tuple(Stage(code=code, name=f"步骤{code}") for code in LANES)
            ),
        ),
        acts=acts,
    )


BY_OFFICE = (By(part="office", roles=("staff",)),)
BY_AGENCY = (By(part="lead", roles=("clerk", "chief")), By(part="co", roles=("chief",)))
CHECK = Act(code="check", name="核对", by=BY_OFFICE, at=("handling",))
REPORT = Act(code="report", name="报告", by=BY_AGENCY, at=("handling",), party_at=("assigned",))
STAFF = Hat(role="staff", part="office", post=1)
CLERK = Hat(role="clerk", part="lead", party=7, post=2)
LANE = Lane(party=7, part="lead", stage="assigned")
OTHER_LANE = Lane(party=8, part="co", stage="assigned")


def test_who_is_named_may_and_the_post_is_told() -> None:
    assert verdict(CHECK, STAFF) == Allowed(hat=STAFF, party=None)


def test_nobody_else_may_and_the_refusal_names_who_may() -> None:
    assert verdict(CHECK, CLERK) == Denied(reason="您不能核对：须由〔part.office〕的〔role.staff〕办理。")


def test_somebody_without_a_post_may_nothing() -> None:
    assert verdict(CHECK) == Denied(reason="您不能核对：须由〔part.office〕的〔role.staff〕办理。")


def test_the_role_alone_is_not_enough_without_the_part() -> None:
    assert isinstance(verdict(CHECK, Hat(role="staff", part="committee")), Denied)


def test_all_who_may_are_named() -> None:
    assert who_may(REPORT, say=chinese_of) == "主办的承办人、主要负责人；协办的主要负责人"


def chinese_of(code: str) -> str:
    return {
        "part.lead": "主办",
        "part.co": "协办",
        "role.clerk": "承办人",
        "role.chief": "主要负责人",
    }[code]


def test_at_another_stage_the_refusal_names_both_stages() -> None:
    assert verdict(CHECK, STAFF, stage="new") == Denied(
        reason="现在不能核对：事项处于“阶段new”阶段，只有在“阶段handling”阶段才能办理。", stage=True
    )


def test_who_may_never_do_it_is_told_that_and_not_the_stage() -> None:
    assert verdict(CHECK, CLERK, stage="new") == verdict(CHECK, CLERK)


def test_an_act_that_needs_a_part_is_shut_without_it() -> None:
    act = Act(code="consult", name="送征求意见", by=BY_OFFICE, at=("handling",), with_part="committee")
    assert verdict(act, STAFF) == Denied(
        reason="不需要送征求意见：这一事项没有〔part.committee〕。", stage=True
    )
    assert verdict(act, STAFF, parts=("office", "committee")) == Allowed(hat=STAFF, party=None)


def test_an_act_that_another_part_precludes_is_shut_with_it() -> None:
    act = Act(code="report", name="直接报告", by=BY_OFFICE, at=("handling",), without_part="committee")
    assert verdict(act, STAFF) == Allowed(hat=STAFF, party=None)
    assert verdict(act, STAFF, parts=("office", "committee")) == Denied(
        reason="不能直接报告：这一事项有〔part.committee〕，应先经过它。", stage=True
    )


def test_an_agency_acts_in_its_own_lane() -> None:
    assert verdict(REPORT, CLERK, lanes=(OTHER_LANE, LANE)) == Allowed(hat=CLERK, party=7)


def test_an_agency_does_not_act_in_anothers_lane() -> None:
    assert verdict(REPORT, CLERK, lanes=(OTHER_LANE, LANE), party=8) == Denied(
        reason="您不能替该单位报告：须由〔part.lead〕的〔role.clerk〕、〔role.chief〕；"
        "〔part.co〕的〔role.chief〕办理。"
    )


def test_a_lane_at_another_stage_is_named_with_its_stage() -> None:
    done = Lane(party=7, part="lead", stage="reported")
    assert verdict(REPORT, CLERK, lanes=(done,)) == Denied(
        reason="现在不能报告：该单位处于“步骤reported”阶段，只有在“步骤assigned”阶段才能办理。", stage=True
    )


def test_an_office_chooses_among_several_lanes_rather_than_being_chosen_for() -> None:
    remind = Act(code="remind", name="催办", by=BY_OFFICE, at=("handling",), party_at=("assigned",))
    assert verdict(remind, STAFF, lanes=(LANE, OTHER_LANE)) == Denied(
        reason="请先选定为哪个单位催办：有几个承办单位都可以办理这一步。"
    )
    assert verdict(remind, STAFF, lanes=(LANE, OTHER_LANE), party=8) == Allowed(hat=STAFF, party=8)
    assert verdict(remind, STAFF, lanes=(LANE,)) == Allowed(hat=STAFF, party=7)


def test_a_flag_that_is_needed_must_be_up() -> None:
    grant = Act(code="grant", name="批准", by=BY_OFFICE, at=("handling",), needs="asked")
    assert verdict(grant, STAFF) == Denied(reason="现在不能批准：没有等待处理的申请。", stage=True)
    assert verdict(grant, STAFF, flags=("asked",)) == Allowed(hat=STAFF, party=None)


def test_a_flag_that_forbids_must_be_down() -> None:
    ask = Act(code="ask", name="申请", by=BY_OFFICE, at=("handling",), forbids="asked")
    assert verdict(ask, STAFF, flags=("asked",)) == Denied(
        reason="现在不能申请：上一次申请还没有处理完。", stage=True
    )


def test_the_flags_of_a_lane_count_for_that_lane_alone() -> None:
    grant = Act(
        code="grant", name="批准", by=BY_OFFICE, at=("handling",), party_at=("assigned",), needs="asked"
    )
    asked = Lane(party=8, part="co", stage="assigned", flags=frozenset({"asked"}))
    assert verdict(grant, STAFF, lanes=(LANE, asked)) == Allowed(hat=STAFF, party=8)
    assert verdict(grant, STAFF, lanes=(LANE, asked), party=7) == Denied(
        reason="现在不能批准：没有等待处理的申请。", stage=True
    )


# --- the same for every declaration there could be

subsets = {
    name: st.lists(st.sampled_from(of), unique=True, max_size=len(of)).map(tuple)
    for name, of in {"roles": ROLES, "stages": STAGES, "lanes": LANES, "flags": FLAGS, "parts": PARTS}.items()
}
bys = st.lists(st.builds(By, part=st.sampled_from(PARTS), roles=subsets["roles"]), max_size=3).map(tuple)
acts = st.builds(
    Act,
    code=st.just("act"),
    name=st.just("办理"),
    by=bys,
    at=subsets["stages"],
    party_at=subsets["lanes"],
    needs=st.sampled_from((None, *FLAGS)),
    forbids=st.sampled_from((None, *FLAGS)),
    with_part=st.sampled_from((None, *PARTS)),
    without_part=st.sampled_from((None, *PARTS)),
)
hats = st.lists(
    st.builds(
        Hat,
        role=st.sampled_from(ROLES),
        part=st.sampled_from(PARTS),
        party=st.sampled_from((None, 7, 8)),
    ),
    max_size=4,
)
lanes = st.tuples(
    *(
        st.builds(
            Lane,
            party=st.just(party),
            part=st.sampled_from(("lead", "co")),
            stage=st.sampled_from(LANES),
            flags=subsets["flags"].map(frozenset),
        )
        for party in (7, 8)
    )
)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(
    act=acts,
    worn=hats,
    stage=st.sampled_from(STAGES),
    there=lanes,
    flags=subsets["flags"],
    parts=subsets["parts"],
    party=st.sampled_from((None, 7, 8)),
)
def test_what_is_allowed_is_declared_and_what_is_denied_has_a_reason(
    act: Act,
    worn: list[Hat],
    stage: str,
    there: tuple[Lane, ...],
    flags: tuple[str, ...],
    parts: tuple[str, ...],
    party: int | None,
) -> None:
    given_ = verdict(act, *worn, stage=stage, lanes=there, flags=flags, parts=parts, party=party)
    if isinstance(given_, Denied):
        assert given_.reason.endswith("。")
        return
    hat = given_.hat
    assert hat in worn
    assert any(hat in wears(by, [hat]) for by in act.by)
    assert stage in act.at
    assert act.with_part is None or act.with_part in parts
    assert act.without_part is None or act.without_part not in parts
    up: frozenset[str] = frozenset(flags)
    if act.is_lane:
        lane = next(each for each in there if each.party == given_.party)
        assert hat.party in (None, lane.party)
        assert lane.stage in act.party_at
        assert party in (None, lane.party)
        up = lane.flags
    else:
        assert given_.party is None
    assert act.needs is None or act.needs in up
    assert act.forbids is None or act.forbids not in up


@settings(derandomize=True, max_examples=100, deadline=None)
@given(act=acts, worn=hats, stage=st.sampled_from(STAGES), there=lanes, parts=subsets["parts"])
def test_another_post_never_takes_a_right_away(
    act: Act, worn: list[Hat], stage: str, there: tuple[Lane, ...], parts: tuple[str, ...]
) -> None:
    if act.is_lane:  # with more posts several lanes may be open; then the person is asked which
        return
    before = verdict(act, *worn[:1], stage=stage, lanes=there, parts=parts)
    after = verdict(act, *worn, stage=stage, lanes=there, parts=parts)
    assert isinstance(after, Allowed) or isinstance(before, Denied)
