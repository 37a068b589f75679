"""Majorities, held against the law's cases and against an independent small model of it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.kernel.majority import (
    AtHalf,
    Basis,
    Grading,
    NoQuorum,
    Ratings,
    Roll,
    Tally,
    Threshold,
    WrongCount,
    assess,
    decide,
    require_quorum,
)

LAW = "地方组织法第五十一条"
rule = settings(derandomize=True, max_examples=300, deadline=None)
ROLL = Roll(members=35, present=31)


def vote(in_favour: int, against: int = 0, abstained: int = 0, **rest: int) -> Tally:
    return Tally(in_favour=in_favour, against=against, abstained=abstained, **rest)


def test_more_than_half_of_all_members_passes() -> None:
    result = decide(vote(18, 10, 2), ROLL, citation=LAW)
    assert (result.outcome, result.needed, result.citation) == ("passed", Fraction(35, 2), LAW)
    assert result.arithmetic == (
        "应到35人，实到31人；赞成18票，反对10票，弃权2票，未表决1人；"
        "赞成18票，超过全体组成人员的半数（18＞17.5），通过"
    )


def test_a_majority_of_those_present_is_not_enough() -> None:
    result = decide(vote(17, 10, 4), ROLL, citation=LAW)
    assert (result.outcome, result.arithmetic) == (
        "not_passed",
        "应到35人，实到31人；赞成17票，反对10票，弃权4票；赞成17票，没有超过全体组成人员的半数（17＜17.5），未通过",
    )


def test_exactly_half_is_not_more_than_half() -> None:
    result = decide(vote(17), Roll(members=34, present=20), citation=LAW)
    assert result.outcome == "not_passed"
    assert result.arithmetic.split("；")[-1] == "赞成17票，没有超过全体组成人员的半数（17＝17），未通过"


def test_two_thirds_are_exact() -> None:
    threshold = Threshold.from_table({"at_least": "2/3", "of": "all_members"})
    roll = Roll(members=35, present=35)
    outcomes = [decide(vote(n), roll, threshold=threshold, citation="") for n in (23, 24)]
    assert [result.outcome for result in outcomes] == ["not_passed", "passed"]
    assert "没有达到全体组成人员的三分之二（23＜23又1/3）" in outcomes[0].arithmetic


def test_nobody_in_favour_is_never_enough() -> None:
    threshold = Threshold(share=Fraction(1, 2), strict=False, of=Basis.CAST)
    assert decide(vote(0), ROLL, threshold=threshold, citation="").outcome == "not_passed"


def test_vacant_seats_do_not_count() -> None:
    result = decide(vote(18), Roll(members=35, present=20, vacancies=2), citation=LAW)
    assert result.arithmetic == (
        "应到35人（另有缺额2人，不计入），实到20人；赞成18票，反对0票，弃权0票，未表决2人；"
        "赞成18票，超过全体组成人员的半数（18＞17.5），通过"
    )


@pytest.mark.parametrize(
    ("stay", "outcome", "standing"),
    [
        ("stay", "not_passed", "没有超过全体组成人员的半数（17＜17.5）"),
        ("leave", "passed", "超过全体组成人员（回避的不计入）的半数（17＞16.5）"),
    ],
)
def test_who_withdraws_stays_in_the_denominator_unless_the_place_says_otherwise(
    stay: str, outcome: str, standing: str
) -> None:
    threshold = Threshold.from_table({"more_than": "1/2", "recused": stay})
    result = decide(vote(17), Roll(members=35, present=31, recused=2), threshold=threshold, citation="")
    assert result.outcome == outcome
    assert result.arithmetic.split("；")[2].split("，", 1)[1].rsplit("，", 1)[0] == standing


def test_without_a_quorum_nothing_is_decided() -> None:
    with pytest.raises(NoQuorum) as refused:
        decide(vote(17), Roll(members=35, present=17), citation=LAW)
    assert str(refused.value) == (
        "不能表决：应到35人，实到17人，没有超过全体组成人员的半数（17＜17.5），未达到法定人数。"
        "请等人数足够后再表决，或者另行安排会议。"
    )


def test_the_quorum_is_said_with_its_arithmetic() -> None:
    assert require_quorum(ROLL) == "应到35人，实到31人，超过全体组成人员的半数（31＞17.5），达到法定人数"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Roll(members=0, present=0), "应到人数不能为0。请核对组成人员名单。"),
        (lambda: Roll(members=35, present=36), "实到36人多于应到35人。请核对签到。"),
        (lambda: Roll(members=35, present=3, recused=4), "回避4人多于实到3人。请核对回避名单。"),
        (lambda: Roll(members=35, present=-1), "实到人数不能是负数（-1）。请重新填写。"),
        (lambda: decide(vote(20, -1), ROLL, citation=""), "反对票不能是负数（-1）。请重新填写。"),
        (
            lambda: decide(vote(20, 10, 2, void=1), ROLL, citation=""),
            "票数不符：赞成20票、反对10票、弃权2票、无效1票，共33票，"
            "多于可以表决的31人（应到35人，实到31人）。请重新清点。",
        ),
    ],
)
def test_counts_that_cannot_be_are_refused(make: object, message: str) -> None:
    with pytest.raises(WrongCount) as refused:
        make()  # type: ignore[operator]
    assert str(refused.value) == message


ZHENHAI = {"satisfied": "1/2", "basic": "1/2", "of": "all_members"}


@pytest.mark.parametrize(
    ("satisfied", "basically", "at_half", "outcome"),
    [
        (16, 0, "satisfied", "satisfied"),
        (15, 0, "satisfied", "dissatisfied"),
        (15, 1, "satisfied", "dissatisfied"),
        (15, 2, "satisfied", "basically_satisfied"),
        (0, 17, "satisfied", "basically_satisfied"),
        (16, 0, "unsatisfied", "dissatisfied"),
        (16, 1, "unsatisfied", "basically_satisfied"),
        (17, 0, "unsatisfied", "satisfied"),
        (16, 5, "undecided", "undecided"),
        (16, 0, "undecided", "undecided"),
        (17, 0, "undecided", "satisfied"),
        (8, 8, "undecided", "dissatisfied"),
    ],
)
def test_grades_of_an_assessment_by_32_members(
    satisfied: int, basically: int, at_half: str, outcome: str
) -> None:
    ratings = Ratings(satisfied=satisfied, basically=basically, dissatisfied=3)
    grading = Grading.from_table(ZHENHAI | {"at_half": at_half})
    result = assess(ratings, Roll(members=32, present=30), grading=grading, citation="")
    assert result.outcome == outcome


def test_an_assessment_says_its_arithmetic() -> None:
    ratings = Ratings(satisfied=12, basically=9, dissatisfied=6, abstained=2, void=1)
    grading = Grading.from_table(ZHENHAI | {"at_half": "unsatisfied"})
    assert assess(ratings, ROLL, grading=grading, citation="").arithmetic == (
        "应到35人，实到31人；满意12票，基本满意9票，不满意6票，弃权2票，无效1票，未表决1人；"
        "满意12票，没有超过全体组成人员的半数（12＜17.5）；"
        "满意和基本满意共21票，超过全体组成人员的半数（21＞17.5），结果为基本满意"
    )


def test_where_the_clauses_collide_a_person_is_asked() -> None:
    ratings = Ratings(satisfied=16, basically=9, dissatisfied=0)
    grading = Grading.from_table(ZHENHAI | {"at_half": "undecided"})
    result = assess(ratings, Roll(members=32, present=30), grading=grading, citation="")
    assert result.arithmetic.split("，")[-2:] == [
        "本地规定对此有两种结果",
        "请先由主任会议明确",
    ]


# --- The small model: people one by one, counted on fingers, in whole numbers only

PERSON = st.sampled_from(["absent", "recused", "silent", "void", "for", "against", "abstain"])
RATER = st.sampled_from(["absent", "silent", "satisfied", "basically", "dissatisfied", "abstain"])


@rule
@given(people=st.lists(PERSON, min_size=1, max_size=60), numerator=st.integers(1, 4), strict=st.booleans())
def test_decisions_agree_with_counting_people(people: list[str], numerator: int, strict: bool) -> None:
    here = [person for person in people if person != "absent"]
    roll = Roll(members=len(people), present=len(here), recused=here.count("recused"))
    threshold = Threshold(share=Fraction(numerator, 4), strict=strict)
    tally = vote(
        people.count("for"), people.count("against"), people.count("abstain"), void=people.count("void")
    )
    if not len(here) + len(here) > len(people):
        with pytest.raises(NoQuorum):
            decide(tally, roll, threshold=threshold, citation="")
        return
    quarters = 4 * people.count("for") - numerator * len(people)
    expected = quarters > 0 or (quarters == 0 and not strict)
    result = decide(tally, roll, threshold=threshold, citation="")
    assert result.outcome == ("passed" if expected else "not_passed")


@rule
@given(people=st.lists(RATER, min_size=1, max_size=60), at_half=st.sampled_from(AtHalf))
def test_grades_agree_with_counting_people(people: list[str], at_half: AtHalf) -> None:
    here = [person for person in people if person != "absent"]
    if len(here) * 2 <= len(people):
        return
    ratings = Ratings(
        satisfied=people.count("satisfied"),
        basically=people.count("basically"),
        dissatisfied=people.count("dissatisfied"),
        abstained=people.count("abstain"),
    )
    happy = people.count("satisfied") * 2 - len(people)
    fair = (people.count("satisfied") + people.count("basically")) * 2 - len(people)
    if happy > 0 or (happy == 0 and at_half is AtHalf.SATISFIED):
        expected = "satisfied"
    elif happy == 0 and at_half is AtHalf.UNDECIDED:
        expected = "undecided"
    else:
        expected = "basically_satisfied" if fair > 0 else "dissatisfied"
    roll = Roll(members=len(people), present=len(here))
    assert assess(ratings, roll, grading=Grading(at_half=at_half), citation="").outcome == expected


@rule
@given(people=st.lists(PERSON, min_size=1, max_size=60), of=st.sampled_from(Basis))
def test_one_more_vote_in_favour_never_loses(people: list[str], of: Basis) -> None:
    here = [person for person in people if person != "absent"]
    if len(here) * 2 <= len(people) or "silent" not in people:
        return
    roll = Roll(members=len(people), present=len(here), recused=here.count("recused"))
    threshold = Threshold(share=Fraction(1, 2), of=of)
    counts = {"against": people.count("against"), "abstained": people.count("abstain")}
    before, after = (
        decide(vote(people.count("for") + more, **counts), roll, threshold=threshold, citation="").outcome
        for more in (0, 1)
    )
    assert (before, after) != ("passed", "not_passed")
