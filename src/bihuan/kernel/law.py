"""The rule in force on a day, in a place: the place's own, or else its parent's, up to the nation's.

What a rule is stands in ``law_facts``, how the files are read in ``law_files``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from .law_facts import MARKS, InvalidLaw, NoRule, Place, Rule
from .law_files import read_law

__all__ = ["MARKS", "InvalidLaw", "LawBook", "NoRule", "Place", "Rule", "shipped_law"]


@dataclass(frozen=True, slots=True)
class LawBook:
    """All rules of all places."""

    places: Mapping[str, Place]
    rules: tuple[Rule, ...]
    _index: Mapping[tuple[str, str], tuple[Rule, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the rules by place and key; InvalidLaw if two of one place apply on the same day, or if a
        key means a period here and a text there: whoever asks for it must know what comes back.
        """
        index: dict[tuple[str, str], tuple[Rule, ...]] = {}
        first: dict[str, Rule] = {}
        for rule in sorted(self.rules, key=lambda each: each.since):
            other = first.setdefault(rule.key, rule)
            if other.kind != rule.kind:
                raise InvalidLaw(
                    f"{rule.key} 在{self.places[other.place].name}是{other.kind}（{other.name}），"
                    f"在{self.places[rule.place].name}是{rule.kind}（{rule.name}）。"
                    "同一个 key 只能是一种内容，请另用一个 key。"
                )
            earlier = index.get((rule.place, rule.key), ())
            if earlier and (earlier[-1].until is None or earlier[-1].until >= rule.since):
                name = self.places[rule.place].name
                raise InvalidLaw(f"{name}的 {rule.key}（{rule.name}）有两条规定在{rule.since}同时有效。")
            index[rule.place, rule.key] = (*earlier, rule)
        object.__setattr__(self, "_index", MappingProxyType(index))

    @classmethod
    def load(cls, folder: Path | None = None) -> "LawBook":
        """Read every law file of the folder (the shipped ones by default); InvalidLaw if one is at fault."""
        return cls(*read_law(folder)) if folder else shipped_law()

    def find(self, key: str, *, place: str, on: date) -> Rule | None:
        """Return the rule in force in the place on the day, or None; NoRule if the place is unknown."""
        for code in self.chain(place):
            for rule in self._index.get((code, key), ()):
                if rule.in_force(on):
                    return rule
        return None

    def rule(self, key: str, *, place: str, on: date) -> Rule:
        """Return the rule in force in the place on the day; NoRule if there is none."""
        rule = self.find(key, place=place, on=on)
        if rule is None:
            raise NoRule(
                f"{self.places[place].name}及其上级在{on.year}年{on.month}月{on.day}日都没有关于“{key}”的规定，"
                "不能推定。请在规则文件中补充规定及其出处。"
            )
        return rule

    def in_force(self, *, place: str, on: date) -> tuple[Rule, ...]:
        """Return each matter's rule in force in the place on the day, by key."""
        keys = sorted({key for _, key in self._index})
        found = (self.find(key, place=place, on=on) for key in keys)
        return tuple(rule for rule in found if rule)

    def overridden(self, rule: Rule, *, on: date) -> tuple[Rule, ...]:
        """Return the rules of higher places that this one displaces on the day, nearest first."""
        above = self.chain(rule.place)[1:]
        return tuple(
            other for code in above for other in self._index.get((code, rule.key), ()) if other.in_force(on)
        )

    def history(self, key: str, place: str) -> tuple[Rule, ...]:
        """Return every rule on the matter in the place and above it, oldest first."""
        found = [rule for code in self.chain(place) for rule in self._index.get((code, key), ())]
        return tuple(sorted(found, key=lambda rule: rule.since))

    def chain(self, place: str) -> tuple[str, ...]:
        """Return the place and all it inherits from, nearest first; NoRule if the place is unknown."""
        if place not in self.places:
            raise NoRule(f"没有登记地方“{place}”，无法确定适用的规定。请先在 places.toml 中登记。")
        codes: list[str] = []
        code: str | None = place
        while code is not None:
            codes.append(code)
            code = self.places[code].parent
        return tuple(codes)


@cache
def shipped_law() -> LawBook:
    """Return the law files shipped with the program, read once."""
    return LawBook(*read_law(files("bihuan") / "law"))
