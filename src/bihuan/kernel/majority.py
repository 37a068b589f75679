"""Majorities: who counts, how many are needed, and what came out, with the arithmetic as a Chinese sentence.

Everything is exact (Fractions; half of 35 is 17.5 and nobody rounds). The denominator is all members in
office, whoever is present, unless a rule says otherwise: absence and abstention are not votes in favour
(组织法, session.majority). Vacant seats are nobody and do not count. A member who withdraws stays a member, so
stays in the denominator, unless the place's rule takes withdrawn members out.

The rules themselves are data (`law/`, keys session.quorum, session.majority, opinion.outcome_threshold);
`from_table` reads them. Counts that cannot be are refused, and so is a vote without a quorum: a wrong
result is worse than none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class WrongCount(ValueError):
    """Counts that contradict each other; the message says in Chinese which and what to do."""


class NoQuorum(WrongCount):
    """Too few are present: nothing can be decided."""


class Basis(StrEnum):
    """What a share is a share of."""

    ALL_MEMBERS = "all_members"
    PRESENT = "present"
    CAST = "cast"

    @property
    def chinese(self) -> str:
        return {"all_members": "全体组成人员", "present": "到会人员", "cast": "所投有效票"}[self]


class AtHalf(StrEnum):
    """What exactly the share of 满意 means where a place's clauses collide."""

    SATISFIED = "satisfied"
    UNSATISFIED = "unsatisfied"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """Who is entitled and who is here. `members` are those in office; `recused` are among those present."""

    members: int
    present: int
    recused: int = 0
    vacancies: int = 0

    def __post_init__(self) -> None:
        _refuse_negative(
            {
                "应到人数": self.members,
                "实到人数": self.present,
                "回避人数": self.recused,
                "缺额": self.vacancies,
            }
        )
        if self.members == 0:
            raise WrongCount("应到人数不能为0。请核对组成人员名单。")
        if self.present > self.members:
            raise WrongCount(f"实到{self.present}人多于应到{self.members}人。请核对签到。")
        if self.recused > self.present:
            raise WrongCount(f"回避{self.recused}人多于实到{self.present}人。请核对回避名单。")

    @property
    def voting(self) -> int:
        """How many of those present may vote on this item."""
        return self.present - self.recused

    def spoken(self) -> str:
        vacant = f"（另有缺额{self.vacancies}人，不计入）" if self.vacancies else ""
        recused = f"，回避{self.recused}人" if self.recused else ""
        return f"应到{self.members}人{vacant}，实到{self.present}人{recused}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A share that must be exceeded (`strict`) or reached, and of what.

    `without_recused`: members who withdrew from the item leave the denominator.
    """

    share: Fraction
    strict: bool = True
    of: Basis = Basis.ALL_MEMBERS
    without_recused: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1:
            raise ValueError(f"threshold: a share between 0 and 1, not {self.share}")

    @classmethod
    def from_table(cls, table: Mapping[str, object]) -> Threshold:
        """From a law file: {more_than | at_least = "1/2", of = "all_members", recused = "stay" | "leave"}."""
        strict = "more_than" in table
        return cls(
            share=Fraction(str(table["more_than" if strict else "at_least"])),
            strict=strict,
            of=Basis(str(table.get("of", Basis.ALL_MEMBERS))),
            without_recused=table.get("recused", "stay") == "leave",
        )

    def needed(self, roll: Roll, *, cast: int) -> Fraction:
        """The exact number to be exceeded or reached."""
        whole = {Basis.ALL_MEMBERS: roll.members, Basis.PRESENT: roll.present, Basis.CAST: cast}[self.of]
        if self.without_recused and self.of is not Basis.CAST:
            whole -= roll.recused
        return self.share * whole

    def is_met(self, count: int, roll: Roll, *, cast: int) -> bool:
        needed = self.needed(roll, cast=cast)
        return count > 0 and (count > needed if self.strict else count >= needed)

    def spoken(self, count: int, roll: Roll, *, cast: int) -> str:
        """超过全体组成人员的半数（18＞17.5）: how `count` stands to what is needed."""
        needed = self.needed(roll, cast=cast)
        sign = "＞" if count > needed else "＝" if count == needed else "＜"
        met = self.is_met(count, roll, cast=cast)
        verb = ("超过" if self.strict else "达到") if met else ("没有超过" if self.strict else "没有达到")
        without = "（回避的不计入）" if self.without_recused and roll.recused else ""
        return f"{verb}{self.of.chinese}{without}的{_share_in_words(self.share)}（{count}{sign}{_exact(needed)}）"


MORE_THAN_HALF = Threshold(share=Fraction(1, 2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A vote for or against. Void ballots were cast and count for nothing; who pressed nothing is derived."""

    in_favour: int
    against: int
    abstained: int
    void: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratings:
    """A 满意度测评: how many gave each grade."""

    satisfied: int
    basically: int
    dissatisfied: int
    abstained: int = 0
    void: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading:
    """A place's table: 满意 needs `satisfied`, else 满意 and 基本满意 together must exceed `basic`.

    Exactly the share of 满意 is what `at_half` says (镇海's own clauses give both answers). Exactly the share
    of both together is never enough.
    """

    satisfied: Fraction = Fraction(1, 2)
    basic: Fraction = Fraction(1, 2)
    at_half: AtHalf = AtHalf.UNDECIDED
    of: Basis = Basis.ALL_MEMBERS
    without_recused: bool = False

    @classmethod
    def from_table(cls, table: Mapping[str, object]) -> Grading:
        """From a law file: opinion.outcome_threshold."""
        return cls(
            satisfied=Fraction(str(table["satisfied"])),
            basic=Fraction(str(table["basic"])),
            at_half=AtHalf(str(table["at_half"])),
            of=Basis(str(table.get("of", Basis.ALL_MEMBERS))),
            without_recused=table.get("recused", "stay") == "leave",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came out. `outcome` is a glossary code (passed, satisfied ...) or "undecided", which asks a person;
    `needed` is the exact number the deciding count was held against."""

    outcome: str
    count: int
    needed: Fraction
    arithmetic: str
    citation: str


def require_quorum(roll: Roll, *, quorum: Threshold = MORE_THAN_HALF) -> str:
    """The sentence that says the quorum is there; NoQuorum where it is not."""
    standing = quorum.spoken(roll.present, roll, cast=0)
    if not quorum.is_met(roll.present, roll, cast=0):
        raise NoQuorum(
            f"不能表决：{roll.spoken()}，{standing}，未达到法定人数。请等人数足够后再表决，或者另行安排会议。"
        )
    return f"{roll.spoken()}，{standing}，达到法定人数"


def decide(
    tally: Tally,
    roll: Roll,
    *,
    citation: str,
    threshold: Threshold = MORE_THAN_HALF,
    quorum: Threshold = MORE_THAN_HALF,
) -> Result:
    """Whether a proposal passed. Raises NoQuorum, or WrongCount for counts that contradict each other."""
    counts = {"赞成": tally.in_favour, "反对": tally.against, "弃权": tally.abstained}
    silent = _silent(counts, tally.void, roll)
    require_quorum(roll, quorum=quorum)
    cast = sum(counts.values())
    passed = threshold.is_met(tally.in_favour, roll, cast=cast)
    standing = threshold.spoken(tally.in_favour, roll, cast=cast)
    return Result(
        outcome="passed" if passed else "not_passed",
        count=tally.in_favour,
        needed=threshold.needed(roll, cast=cast),
        arithmetic=f"{roll.spoken()}；{_counted(counts, tally.void, silent)}；"
        f"赞成{tally.in_favour}票，{standing}，{'通过' if passed else '未通过'}",
        citation=citation,
    )


def assess(
    ratings: Ratings,
    roll: Roll,
    *,
    citation: str,
    grading: Grading,
    quorum: Threshold = MORE_THAN_HALF,
) -> Result:
    """The grade of a report or its outcome. Raises as `decide`."""
    counts = {
        "满意": ratings.satisfied,
        "基本满意": ratings.basically,
        "不满意": ratings.dissatisfied,
        "弃权": ratings.abstained,
    }
    silent = _silent(counts, ratings.void, roll)
    require_quorum(roll, quorum=quorum)
    cast = sum(counts.values())
    best = Threshold(
        share=grading.satisfied,
        strict=grading.at_half is not AtHalf.SATISFIED,
        of=grading.of,
        without_recused=grading.without_recused,
    )
    both = Threshold(share=grading.basic, of=grading.of, without_recused=grading.without_recused)
    total = ratings.satisfied + ratings.basically
    collides = grading.at_half is AtHalf.UNDECIDED and ratings.satisfied == best.needed(roll, cast=cast)
    said = f"满意{ratings.satisfied}票，{best.spoken(ratings.satisfied, roll, cast=cast)}"
    if collides:
        outcome, count, threshold = "undecided", ratings.satisfied, best
        end = "恰为所需之数，本地规定对此有两种结果，请先由主任会议明确"
    elif best.is_met(ratings.satisfied, roll, cast=cast):
        outcome, count, threshold = "satisfied", ratings.satisfied, best
        end = "结果为满意"
    else:
        outcome = "basically_satisfied" if both.is_met(total, roll, cast=cast) else "dissatisfied"
        count, threshold = total, both
        said += f"；满意和基本满意共{total}票，{both.spoken(total, roll, cast=cast)}"
        end = "结果为基本满意" if outcome == "basically_satisfied" else "结果为不满意"
    return Result(
        outcome=outcome,
        count=count,
        needed=threshold.needed(roll, cast=cast),
        arithmetic=f"{roll.spoken()}；{_counted(counts, ratings.void, silent)}；{said}，{end}",
        citation=citation,
    )


def _silent(counts: Mapping[str, int], void: int, roll: Roll) -> int:
    """How many could have voted and did not; WrongCount where more voted than could."""
    _refuse_negative({f"{name}票": count for name, count in counts.items()} | {"无效票": void})
    votes = sum(counts.values()) + void
    if votes > roll.voting:
        listed = "、".join(f"{name}{count}票" for name, count in counts.items())
        raise WrongCount(
            f"票数不符：{listed}{f'、无效{void}票' if void else ''}，共{votes}票，"
            f"多于可以表决的{roll.voting}人（{roll.spoken()}）。请重新清点。"
        )
    return roll.voting - votes


def _refuse_negative(counts: Mapping[str, int]) -> None:
    for name, count in counts.items():
        if count < 0:
            raise WrongCount(f"{name}不能是负数（{count}）。请重新填写。")


def _counted(counts: Mapping[str, int], void: int, silent: int) -> str:
    said = "，".join(f"{name}{count}票" for name, count in counts.items())
    return said + (f"，无效{void}票" if void else "") + (f"，未表决{silent}人" if silent else "")


def _share_in_words(share: Fraction) -> str:
    if share == Fraction(1, 2):
        return "半数"
    if share.denominator > 10:
        return f"{share.denominator}分之{share.numerator}"
    digits = "零一二三四五六七八九十"
    return f"{digits[share.denominator]}分之{digits[share.numerator]}" if share < 1 else "全数"


def _exact(number: Fraction) -> str:
    """17.5, 18, 23又1/3: never rounded."""
    whole, rest = divmod(number, 1)
    if rest == 0:
        return str(whole)
    if 100 % rest.denominator == 0:
        return f"{whole}.{int(rest * 100):02d}".rstrip("0")
    return f"{whole}又{rest.numerator}/{rest.denominator}"
