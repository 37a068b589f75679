"""What the reader asks of a person, each question once.

One doubt often touches several proposals: the contradiction itself and the facts on both sides of it. Proposals
that share a sentence of doubt form one question, decided together or one by one; nothing doubtful is accepted
without being shown. Slips of print and wording that change no fact are one question for the whole paper. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bihuan.library.models import Proposal

_SENTENCES = re.compile(r"(?<=[。？！]) ")
SLIPS = "slips"  # the key of what every slip shares


@dataclass(frozen=True, slots=True)
class Raised:
    """One question: its sentences, and the proposals it touches in the order of the text."""

    sentences: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    slips: bool

    @property
    def pending(self) -> tuple[Proposal, ...]:
        return tuple(each for each in self.proposals if each.decision == Proposal.PENDING)

    @property
    def seen(self) -> str:
        """The pending proposals with their versions, as a button hands them back: 12:0 15:1."""
        return " ".join(f"{each.pk}:{each.version}" for each in self.pending)


def raised_by(proposals: Sequence[Proposal]) -> list[Raised]:
    """The questions of these proposals: those with something pending first, slips last, else in text order."""
    doubtful = [each for each in proposals if each.is_doubtful]
    keys = _Keys(doubtful)
    root = {each.pk: each.pk for each in doubtful}
    first: dict[object, int] = {}

    def find(pk: int) -> int:
        while root[pk] != pk:
            pk = root[pk]
        return pk

    for each in doubtful:
        for key in keys.of(each):
            one, other = find(first.setdefault(key, each.pk)), find(each.pk)
            root[max(one, other)] = min(one, other)
    groups: dict[int, list[Proposal]] = {}
    for each in doubtful:
        groups.setdefault(find(each.pk), []).append(each)
    questions = [
        Raised(
            sentences=tuple(dict.fromkeys(said for each in members for said in sentences_of(each))),
            proposals=tuple(members),
            slips=all(keys.is_slip(each) for each in members),
        )
        for members in groups.values()
    ]
    return sorted(questions, key=lambda question: (not question.pending, question.slips))


def sentences_of(proposal: Proposal) -> tuple[str, ...]:
    """The doubts about a proposal, or the contradiction that it is, one sentence each."""
    said = str(proposal.fact.get("description", "")) if proposal.type == "inconsistency" else proposal.doubt
    return tuple(filter(None, _SENTENCES.split(said)))


class _Keys:
    """What proposals of one question have in common."""

    def __init__(self, doubtful: Sequence[Proposal]) -> None:
        found = [each for each in doubtful if each.type == "inconsistency"]
        self._contradictions = {said for each in found for said in sentences_of(each)}
        self._touched = {
            said for each in doubtful if each.type != "inconsistency" for said in sentences_of(each)
        }

    def is_slip(self, proposal: Proposal) -> bool:
        """A contradiction of little weight on which no fact depends."""
        low = proposal.type == "inconsistency" and proposal.fact.get("severity") == "low"
        return low and not self._touched.intersection(sentences_of(proposal))

    def of(self, proposal: Proposal) -> list[object]:
        """A doubt that is no contradiction (随后, no period given) is a question of each paper by itself."""
        if self.is_slip(proposal):
            return [SLIPS]
        found: list[object] = [
            said if said in self._contradictions else (proposal.section, said)
            for said in sentences_of(proposal)
        ]
        return found or [("alone", proposal.pk)]
