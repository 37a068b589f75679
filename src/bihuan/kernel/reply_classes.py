"""The classes a place sorts replies into (答复的分类): one letter means different things in different places.

The letters and their words come from the place's rule ``suggestion.classes``; what the program compares,
counts and checks is only what they mean.
"""

from dataclasses import dataclass
from enum import StrEnum

from .law_facts import InvalidLaw, Rule


class Outcome(StrEnum):
    """What a class says of the matter itself, in every place the same."""

    DONE = "done"
    DOING = "doing"
    PLANNED = "planned"
    NOT_NOW = "not_now"
    REFERENCE = "reference"
    HIGHER = "higher"


# What a class with these outcomes leaves to be kept: a promise, looked back at until it is done.
PROMISES = frozenset({Outcome.DOING, Outcome.PLANNED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyClass:
    """One class: the mark on the reply (A, 甲, 一), its words in this place, and what it can mean."""

    letter: str
    name: str
    means: tuple[Outcome, ...]

    @property
    def is_done(self) -> bool:
        """Whether the class claims nothing but that the matter is solved."""
        return self.means == (Outcome.DONE,)

    @property
    def is_promise(self) -> bool:
        """Whether the class says that something is still going to be done."""
        return not PROMISES.isdisjoint(self.means)


def reply_classes(rule: Rule) -> tuple[ReplyClass, ...]:
    """Return a place's classes in their order; InvalidLaw if its table does not say what they mean."""
    return tuple(_reply_class(rule, letter, entry) for letter, entry in rule.table.items())


def _reply_class(rule: Rule, letter: str, entry: object) -> ReplyClass:
    try:
        means = tuple(Outcome(word) for word in entry["means"])  # type: ignore[index]
        name = str(entry["name"])  # type: ignore[index]
    except (TypeError, KeyError, ValueError) as error:
        raise InvalidLaw(
            f"{rule.source}的{rule.name}：{letter}类应写明 name 和 means，means 取 {'、'.join(Outcome)}，"
            f"现为“{entry}”。"
        ) from error
    if not means:
        raise InvalidLaw(f"{rule.source}的{rule.name}：{letter}类没有写明含义（means）。")
    return ReplyClass(letter=letter, name=name, means=means)
