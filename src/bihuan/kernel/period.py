"""A length of time as law states it: calendar days, working days, months or years."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class InvalidPeriod(ValueError):
    """A length of time that cannot be used; the message is Chinese."""


class Unit(StrEnum):
    """What is counted; the value is its ISO 8601 letter (working days: WD, our own)."""

    DAYS = "D"
    WORKING_DAYS = "WD"
    MONTHS = "M"
    YEARS = "Y"


# A statutory term longer than a century is a slip of the pen.
MOST = {Unit.DAYS: 36_525, Unit.WORKING_DAYS: 25_000, Unit.MONTHS: 1_200, Unit.YEARS: 100}
ISO = re.compile(r"P([1-9][0-9]{0,4})(D|WD|W|M|Y)")
WORDS = {Unit.DAYS: "日", Unit.WORKING_DAYS: "个工作日", Unit.MONTHS: "个月", Unit.YEARS: "年"}
SMALL_NUMBERS = "〇一两三四五六七八九十"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A positive number of units, such as two months or five working days."""

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        """Refuse an empty or absurd length: InvalidPeriod."""
        if not 1 <= self.count <= MOST[self.unit]:
            raise InvalidPeriod(f"期限为{self.count}{WORDS[self.unit]}，应在1至{MOST[self.unit]}之间。")

    @classmethod
    def parse(cls, iso: str) -> Self:
        """Read 'P2M', 'P20D', 'P1Y', 'P2W' (as days) or 'P5WD' (working days); InvalidPeriod otherwise."""
        match = ISO.fullmatch(iso)
        if not match:
            raise InvalidPeriod(f"“{iso}”不是期限的写法，应如 P2M（两个月）、P20D（20日）、P5WD（工作日）。")
        count, letter = int(match[1]), match[2]
        if letter == "W":
            return cls(count=count * 7, unit=Unit.DAYS)
        return cls(count=count, unit=Unit(letter))

    def iso(self) -> str:
        """Return the form that ``parse`` reads."""
        return f"P{self.count}{self.unit}"

    def in_words(self) -> str:
        """Return the Chinese words a paper would use: 两个月, 20日, 5个工作日."""
        if self.unit in (Unit.MONTHS, Unit.YEARS) and self.count < len(SMALL_NUMBERS):
            return SMALL_NUMBERS[self.count] + WORDS[self.unit]
        return f"{self.count}{WORDS[self.unit]}"
