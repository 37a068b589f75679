"""A place and a rule of law: what it sets, since when, and how well it is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

from .period import Period

Mark = Literal["V1", "V2", "V1/V2", "W", "M", "demo", "ours"]
Precision = Literal["day", "year", "unknown"]
Level = Literal["nation", "province", "city", "county"]
Value = Period | int | str | Mapping[str, Any]

MARKS: Mapping[Mark, str] = MappingProxyType(
    {
        "V1": "已对照法规文本",
        "V2": "已对照法规文本",
        "V1/V2": "已对照法规文本",
        "W": "见于网页，尚未对照法规文本",
        "M": "凭记忆录入，尚未核对",
        "demo": "演示规则，虚构",
        "ours": "本系统的默认设置，不是法律规定",
    }
)
READ_IN_THE_TEXT = ("V1", "V2", "V1/V2")


class InvalidLaw(ValueError):
    """A law file that cannot be used; the Chinese message names the file and the rule."""


class NoRule(LookupError):
    """No rule on the matter applies in that place on that day; the message is Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that may have rules of its own; ``parent`` is the code it inherits from."""

    code: str
    name: str
    level: Level
    parent: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of one text, in force from ``since`` up to and including ``until``.

    ``since`` is the year's first day where only the year is known, and ``date.min`` where nothing is:
    ``since_precision`` says which. ``before`` marks a period that is counted back from its event.
    """

    key: str
    name: str
    place: str
    value: Value
    since: date
    until: date | None
    starts_on: str
    source: str
    article: str
    verified: bool
    mark: Mark
    words: str = ""
    note: str = ""
    since_precision: Precision = "day"
    before: bool = False

    @property
    def period(self) -> Period:
        """The value as a length of time; TypeError if the rule is of another kind."""
        if not isinstance(self.value, Period):
            raise TypeError(f"{self.key} is not a period")
        return self.value

    @property
    def table(self) -> Mapping[str, Any]:
        """The value as a table for the program; TypeError if the rule is of another kind."""
        if not isinstance(self.value, Mapping):
            raise TypeError(f"{self.key} is not a table")
        return self.value

    @property
    def kind(self) -> str:
        """What shape of value the rule has, for people: the same for one key in every place."""
        names = {Period: "期限", int: "数字", str: "文字"}
        return next((name for type_, name in names.items() if isinstance(self.value, type_)), "表格")

    def citation(self) -> str:
        """Return source and article as a paper would cite them."""
        return self.source + self.article

    def in_force(self, on: date) -> bool:
        """Tell whether the rule applies on the day."""
        return self.since <= on and (self.until is None or on <= self.until)

    def value_in_words(self) -> str:
        """Return what the rule sets, for people: 5个工作日, 提前20日, 超过全体组成人员的半数."""
        if isinstance(self.value, Period):
            return ("提前" if self.before else "") + self.value.in_words()
        return self.words or str(self.value)

    def since_in_words(self) -> str:
        """Return the Chinese words for the start of force, saying what is not known."""
        match self.since_precision:
            case "day":
                return f"{self.since.year}年{self.since.month}月{self.since.day}日"
            case "year":
                return f"{self.since.year}年（具体日期待核）"
            case "unknown":
                return "施行日期待核"
