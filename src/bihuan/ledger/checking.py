"""Verifying the ledger where it lives, in steps, so that a page or a terminal can tell how far it is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bihuan.ledger.export import Span, entry_lines, head_of, whole
from bihuan.ledger.guards import missing_guards
from bihuan.ledger.models import Entry
from bihuan.ledger.verify_ledger import UNSEALED, Seal, examine

STEP = 100_000  # entries; about a third of a second


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A verification on its way: entries 1 to `done` of `last` are through."""

    last: int
    done: int = 0
    seals: tuple[Seal, ...] = ()
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def finished(self) -> bool:
        return self.done >= self.last


def begin(*, seals: tuple[Seal, ...] = ()) -> Check:
    """A verification of all entries that now exist, against seals kept elsewhere."""
    faults = [f"数据库中保护台账的触发器“{name}”不在或被停用。" for name in missing_guards()]
    if Entry.objects.filter(seq__lt=1).exists():
        faults.append("台账中有序号小于1的条目，是插入的。")
    last = whole().last
    faults += [f"第{seal.seq}条缺失：尾部被截去。" for seal in seals if seal.seq > last]
    return Check(last=last, seals=seals, faults=tuple(faults), notes=() if seals else (UNSEALED,))


def step(check: Check, *, size: int = STEP) -> Check:
    """The check `size` entries further on.

    The last entry of the step before is read again, for only its successor tells whether it was rewritten
    together with its digest.
    """
    if check.finished:
        return check
    # A step ends at an entry that is there, so that a gap is never mistaken for the end.
    ends = Entry.objects.filter(seq__range=(check.done + size, check.last)).order_by("seq")
    span = Span(max(check.done, 1), ends.values_list("seq", flat=True).first() or check.last)
    seals = [seal for seal in check.seals if check.done < seal.seq <= span.last]
    report = examine(entry_lines(span), head_of(span), seals)
    new = [finding.text for finding in report.findings if finding.text not in check.faults]
    return replace(
        check,
        done=span.last,
        faults=(*check.faults, *new),
        notes=(*check.notes, *report.notes),
    )


def conclusion(check: Check) -> str:
    """What a finished check came to, in one sentence."""
    if check.faults:
        return f"核对未通过：共核对{check.done}条，发现{len(check.faults)}处问题。"
    if check.last == 0:
        return "核对通过：台账中还没有条目。"
    return f"核对通过：共{check.done}条，每一条的内容与摘要相符，前后相接，没有改动。"
