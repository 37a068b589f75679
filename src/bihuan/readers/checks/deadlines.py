"""Times that cannot all be kept, and steps whose doer is not named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby, pairwise

from bihuan.readers.checks.raised import Raised
from bihuan.readers.context import Context
from bihuan.readers.facts import Deadline, Fact, Inconsistency

# Fewer days than this between the last day of a step and the day of the next leave no time to do it.
_FEWEST_DAYS = 7


def collisions(context: Context, facts: tuple[Fact, ...]) -> Iterator[Raised]:
    """A step may lawfully last until (almost) the day a later step is due."""
    moving = {fact.action: fact for fact in facts if isinstance(fact, Deadline) and fact.due_kind == "latest"}
    for _, group in groupby((f for f in facts if isinstance(f, Deadline) and f.due), key=lambda f: f.section):
        steps = list(group)
        for earlier, later in pairwise(steps):
            if later.due_kind == "latest" or not _in_turn(context, earlier, later):
                continue  # a day that moves with the earlier step cannot collide with it
            left = (date.fromisoformat(later.due) - date.fromisoformat(earlier.due)).days
            if left >= _FEWEST_DAYS:
                continue
            gap = f"其间只剩{left}天" if left > 0 else "两者同日" if not left else f"前者反而可以晚{-left}天"
            sister = moving.get(later.action)
            yield Raised(
                fact=Inconsistency(
                    at=context.flow.original(earlier.start, later.end, earlier.section),
                    kind="arithmetic",
                    description=(
                        f"期限相撞：“{earlier.action}”最迟可到{earlier.due}，“{later.action}”的到期日是{later.due}，"
                        f"{gap}。请确认以哪一个期限为准。"
                    ),
                    quote2=sister.quote if sister else "",
                ),
                concerns=(earlier, later),
            )


def missing_subjects(context: Context, facts: tuple[Fact, ...]) -> Iterator[Raised]:
    """随后 without a doer, where a sister paper of the bundle names another one for the same step."""
    duties = [fact for fact in facts if isinstance(fact, Deadline)]
    told = {step.action: step for step in duties if _follows(step) and "由" in step.quote}
    for _, group in groupby(duties, key=lambda fact: fact.section):
        steps = list(group)
        first = next((k for k, step in enumerate(steps) if _follows(step)), None)
        if first is None or "由" in steps[first].quote:
            continue
        unsaid = [step for step in steps[first:] if _follows(step)]
        sister = next((told[step.action] for step in unsaid if step.action in told), None)
        if sister is None or sister.responsible == unsaid[0].responsible:
            continue
        names = "、".join(f"“{step.action}”" for step in unsaid)
        yield Raised(
            fact=Inconsistency(
                at=context.flow.original(steps[max(0, first - 1)].start, unsaid[-1].end, unsaid[0].section),
                kind="term",
                description=(
                    f"没有写明由谁办理{names}：按语法是{unsaid[0].responsible or '前文的单位'}，"
                    f"同批文件“{sister.section}”写的是{sister.responsible}。请确认责任单位。"
                ),
                quote2=sister.quote,
            ),
            concerns=tuple(unsaid),
        )


def _in_turn(context: Context, earlier: Deadline, later: Deadline) -> bool:
    """Must one be done before the other, each with a time of its own? One sentence tells them in turn."""
    if (earlier.offset, earlier.fixed) == (later.offset, later.fixed) or later.step <= earlier.step:
        return False
    return "。" not in context.flow.opened.text[earlier.end : later.start]


def _follows(step: Deadline) -> bool:
    """Is the step one that 随后 puts after another?"""
    return step.anchor.startswith("随后")
