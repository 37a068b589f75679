"""Two names for one organ.

A special committee (某委员会) belongs to the congress, a working committee (某工作委员会) to its standing
committee (law: Local Organisations Act on special and working committees): they are different organs, so
one name in place of the other sends a report to the wrong desk.
"""

from __future__ import annotations

from collections.abc import Iterator

from bihuan.readers.checks.raised import Raised
from bihuan.readers.context import Context
from bihuan.readers.facts import AgendaItem, Deadline, Fact, Inconsistency
from bihuan.readers.wording.organs import COMMITTEE, Committee, committees

_KINDS = {"委员会": "专门委员会属于人民代表大会", "工作委员会": "工作委员会属于常务委员会"}


def two_names(context: Context, facts: tuple[Fact, ...]) -> Iterator[Raised]:
    """The same field named once as 委员会 and once as 工作委员会."""
    by_field: dict[str, dict[str, Committee]] = {}
    for committee in committees(context.flow.text):
        by_field.setdefault(committee.field, {}).setdefault(committee.kind, committee)
    for kinds in by_field.values():
        if len(kinds) < 2:
            continue
        special, working = kinds["委员会"], kinds["工作委员会"]
        # The odd one is the one whose owner cannot have it.
        odd, other = (special, working) if special.of_standing_committee else (working, special)
        yield Raised(
            fact=Inconsistency(
                at=context.flow.span(odd.start, odd.end, context.section_at(odd.start)),
                kind="name",
                description=(
                    f"同一机构两个名称：“{odd.name}”与“{other.name}”。{_KINDS['委员会']}，{_KINDS['工作委员会']}，"
                    "是不同的机构。请核对应是哪一个。"
                ),
                quote2=other.name,
            ),
            concerns=tuple(fact for fact in facts if _names(fact) in (odd.name, other.name)),
        )


def _names(fact: Fact) -> str:
    """The committee a fact is addressed to or comes from."""
    named = (
        fact.recipient
        if isinstance(fact, Deadline)
        else fact.reporter
        if isinstance(fact, AgendaItem)
        else ""
    )
    match = COMMITTEE.search(named) if named else None
    return match[0] if match else ""
