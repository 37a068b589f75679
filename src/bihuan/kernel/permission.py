"""Who may do what, and why not: the answer to one question, always with its reason. Default deny."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from bihuan.kernel.procedure import Act, By, Procedure


@dataclass(frozen=True, slots=True, kw_only=True)
class Hat:
    """One post as it stands to one matter: the role, the part its organ has, and for which party."""

    role: str
    part: str
    party: int | None = None
    post: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A party's place in its lane, with the flags that are up for it."""

    party: int
    part: str
    stage: str
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    hat: Hat
    party: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied:
    """A refusal: `reason` is a Chinese sentence for the person; `stage` tells that the time is wrong rather
    than the person, so that pages can hide what is merely not yet due."""

    reason: str
    stage: bool = False


def wears(by: By, hats: Collection[Hat]) -> tuple[Hat, ...]:
    """The hats that `by` accepts."""
    return tuple(hat for hat in hats if hat.part == by.part and hat.role in by.roles)


def who_may(act: Act, *, say: Callable[[str], str]) -> str:
    """Who may do the act, in Chinese: 主办单位的主要负责人、分管领导；归口委室的工作人员."""
    return "；".join(
        say(f"part.{by.part}") + "的" + "、".join(say(f"role.{role}") for role in by.roles) for by in act.by
    )


def decide(
    procedure: Procedure,
    act: Act,
    *,
    stage: str,
    lanes: Sequence[Lane],
    hats: Collection[Hat],
    say: Callable[[str], str],
    flags: Collection[str] = (),
    parts: Collection[str] = (),
    party: int | None = None,
) -> Allowed | Denied:
    """Whether somebody wearing `hats` may do `act` now.

    `party` names the lane of a lane act; without it the only lane that is open to the person is taken, and a
    choice between several is refused rather than made. `flags` are the matter's, `parts` all the parts that
    organs have in it. `say` gives the Chinese of a glossary code (part.lead, role.chief).
    """
    may = who_may(act, say=say)
    fitting = [hat for by in act.by for hat in wears(by, hats)]
    if not fitting:
        return Denied(reason=f"您不能{act.name}：须由{may}办理。")
    if stage not in act.at:
        now = procedure.stage(stage).name
        when = "、".join(f"“{procedure.stage(code).name}”" for code in act.at)
        return Denied(
            reason=f"现在不能{act.name}：事项处于“{now}”阶段，只有在{when}阶段才能办理。", stage=True
        )
    if act.with_part and act.with_part not in parts:
        return Denied(reason=f"不需要{act.name}：这一事项没有{say(f'part.{act.with_part}')}。", stage=True)
    if act.without_part and act.without_part in parts:
        return Denied(
            reason=f"不能{act.name}：这一事项有{say(f'part.{act.without_part}')}，应先经过它。", stage=True
        )
    if not act.is_lane:
        return _flagged(act, flags) or Allowed(hat=fitting[0], party=None)
    # A hat worn for one party opens that party's lane alone; one worn for nobody (an office's) opens all.
    reachable = [(hat, lane) for lane in lanes for hat in fitting if hat.party in (None, lane.party)]
    if party is not None:
        reachable = [(hat, lane) for hat, lane in reachable if lane.party == party]
    if not reachable:
        return Denied(reason=f"您不能替该单位{act.name}：须由{may}办理。")
    ready = [(hat, lane) for hat, lane in reachable if lane.stage in act.party_at]
    if not ready:
        now = procedure.lane_stage(reachable[0][1].stage).name
        when = "、".join(f"“{procedure.lane_stage(code).name}”" for code in act.party_at)
        return Denied(
            reason=f"现在不能{act.name}：该单位处于“{now}”阶段，只有在{when}阶段才能办理。", stage=True
        )
    unflagged = [(hat, lane) for hat, lane in ready if _flagged(act, lane.flags) is None]
    if not unflagged:
        return _flagged(act, ready[0][1].flags) or Denied(reason=f"现在不能{act.name}。", stage=True)
    if len({lane.party for _, lane in unflagged}) > 1:
        return Denied(reason=f"请先选定为哪个单位{act.name}：有几个承办单位都可以办理这一步。")
    hat, lane = unflagged[0]
    return Allowed(hat=hat, party=lane.party)


def _flagged(act: Act, flags: Collection[str]) -> Denied | None:
    """Why the flags forbid the act, if they do."""
    if act.needs and act.needs not in flags:
        return Denied(reason=f"现在不能{act.name}：没有等待处理的申请。", stage=True)
    if act.forbids and act.forbids in flags:
        return Denied(reason=f"现在不能{act.name}：上一次申请还没有处理完。", stage=True)
    return None
