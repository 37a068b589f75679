"""The account of a reckoning: its sentences, the rules they apply, and the notices that are missing."""

from collections.abc import Iterable
from datetime import date

from .calendar import Calendar
from .counting import in_words
from .law import shipped_law
from .law_facts import Rule
from .term_facts import Step


class Account:
    """Collects what is to be told while a term is reckoned; ``close`` it once, at the end."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.steps: list[Step] = []
        self.rules: dict[str, Rule] = {}
        self.unsettled: dict[int, date] = {}

    def say(self, text: str, on: date | None = None, *, rule: str = "", source: str = "") -> None:
        """Add a sentence with the day it arrives at and the counting rule, or other source, it rests on."""
        if rule:
            self.rules[rule] = shipped_law().rule(rule, place="nation", on=on or date.max)
            source = self.rules[rule].citation()
        self.steps.append(Step(text=text, on=on, source=source))

    def look_at(self, days: Iterable[date]) -> None:
        """Remember which missing notices could still change one of the days the reckoning rests on."""
        for day in days:
            year = self.calendar.unsettled(day)
            if year is not None:
                self.unsettled[year] = max(day, self.unsettled.get(year, day))

    def notices(self, days: Iterable[date]) -> str:
        """Return the sources of the notices that arrange the years of these days."""
        years = {day.year for day in days}
        return "；".join(notice.source for notice in self.calendar.notices if notice.year in years)

    def close(self, citation: str) -> tuple[Step, ...]:
        """Return all sentences, the last ones on missing notices and on what the term rests on."""
        self._warn_of_missing_notices()
        self._cite(citation)
        return tuple(self.steps)

    def _warn_of_missing_notices(self) -> None:
        for year, day in sorted(self.unsettled.items()):
            reach = f"，其元旦调休可能涉及{in_words(day)}" if day.year < year else ""
            self.say(f"{year}年放假安排尚未发布或未载入{reach}，暂按周一至周五推算，日期可能变动。")

    def _cite(self, citation: str) -> None:
        """Name the term's own source and the counting rules, and say what nobody has checked yet."""
        articles: dict[str, list[str]] = {}
        for rule in self.rules.values():
            articles.setdefault(rule.source, []).append(rule.article)
        counting = "；".join(source + "、".join(dict.fromkeys(each)) for source, each in articles.items())
        unchecked = "（尚未核对条文）" if any(not rule.verified for rule in self.rules.values()) else ""
        parts = [
            f"依据：{citation}" if citation else "",
            f"计算规则：{counting}{unchecked}" if counting else "",
        ]
        if any(parts):
            self.say("；".join(filter(None, parts)) + "。", source=citation)
