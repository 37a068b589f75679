"""The rule in force on a day, in a place: the place's own, or else its parent's, up to the nation's.

Rules are data (law/*.toml), one file a place or statute, laid out so that a legal officer can read them::

    place = "beijing"
    [[text]]                        # one law or decision
    source = "北京市..."            # as far as known; where it was seen goes into `note`
    since = 2007                    # a day, or a year only, or left out where the date is not known
    mark = "V1"                     # how well it is known, see MARKS
    [[text.rule]]
    key = "opinion.plan"
    name = "报送整改方案"
    period = "P3M"                  # or number, or words, or a table for the program with words for people
    starts_on = "收到审议意见"
    article = "第十五条"
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

from .period import InvalidPeriod, Period

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
FOLDERS: Mapping[str, tuple[Level, ...]] = {
    "nation": ("nation",),
    "province": ("province",),
    "place": ("city", "county"),
}
# What a field of a law file has to be; since, until and the value are checked where they are read.
FIELD_KINDS: Mapping[str, type] = {
    **dict.fromkeys(("code", "level", "parent", "place", "source", "mark", "note"), str),
    **dict.fromkeys(("key", "name", "words", "starts_on", "article"), str),
    **dict.fromkeys(("text", "rule"), list),
    "before": bool,
}
KIND_NAMES = {str: "文字（不能空着）", list: "若干个 [[…]] 段", bool: "true 或 false"}
KEY = re.compile(r"[a-z_]+(\.[a-z_]+)*")


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


@dataclass(frozen=True, slots=True)
class LawBook:
    """All rules of all places."""

    places: Mapping[str, Place]
    rules: tuple[Rule, ...]
    _index: Mapping[tuple[str, str], tuple[Rule, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the rules by place and key; InvalidLaw if two of one place apply on the same day."""
        index: dict[tuple[str, str], tuple[Rule, ...]] = {}
        for rule in sorted(self.rules, key=lambda each: each.since):
            earlier = index.get((rule.place, rule.key), ())
            if earlier and (earlier[-1].until is None or earlier[-1].until >= rule.since):
                name = self.places[rule.place].name
                raise InvalidLaw(f"{name}的 {rule.key}（{rule.name}）有两条规定在{rule.since}同时有效。")
            index[rule.place, rule.key] = (*earlier, rule)
        object.__setattr__(self, "_index", MappingProxyType(index))

    @classmethod
    def load(cls, folder: Path | None = None) -> "LawBook":
        """Read every law file of the folder (the shipped ones by default); InvalidLaw if one is at fault."""
        return _load(folder) if folder else shipped_law()

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
    return _load(files("bihuan") / "law")


def _load(folder: Traversable) -> LawBook:
    places = {place.code: place for place in _read_places(folder / "places.toml")}
    rules = [
        rule
        for name, levels in FOLDERS.items()
        for file in sorted((folder / name).iterdir(), key=lambda entry: entry.name)
        if file.name.endswith(".toml")
        for rule in _read_rules(file, places=places, levels=levels)
    ]
    return LawBook(MappingProxyType(places), tuple(rules))


def _read_places(file: Traversable) -> Iterator[Place]:
    """Yield the places, each after its parent: that also rules out circles."""
    seen: set[str] = set()
    data = _read(file)
    _check_fields(data, required={"place"}, optional=set(), where=file.name, kinds={"place": list})
    for number, entry in enumerate(data["place"], start=1):
        where = f"{file.name}：第{number}个 [[place]]"
        _check_fields(entry, required={"code", "name", "level"}, optional={"parent"}, where=where)
        place = Place(**{"parent": None, **entry})
        if place.level not in get_args(Level):
            raise InvalidLaw(f"{where}的 level 应为{'、'.join(get_args(Level))}之一，现为“{place.level}”。")
        if place.code in seen:
            raise InvalidLaw(f"{where}的 code（{place.code}）重复。")
        if (place.parent is None) != (place.level == "nation") or place.parent not in {None, *seen}:
            raise InvalidLaw(f"{where}的 parent（{place.parent}）应是写在它前面的上级，只有全国没有上级。")
        seen.add(place.code)
        yield place


def _read_rules(
    file: Traversable, *, places: Mapping[str, Place], levels: tuple[Level, ...]
) -> Iterator[Rule]:
    data = _read(file)
    _check_fields(data, required={"place", "text"}, optional=set(), where=file.name)
    code = data["place"]
    if code not in places or places[code].level not in levels:
        raise InvalidLaw(f"{file.name}：地方“{code}”没有登记，或文件放错了文件夹。")
    for number, text in enumerate(data["text"], start=1):
        where = f"{file.name}：第{number}个 [[text]]"
        _check_fields(
            text, required={"source", "mark", "rule"}, optional={"since", "until", "note"}, where=where
        )
        for order, entry in enumerate(text["rule"], start=1):
            yield _build_rule(entry, text=text, place=code, where=f"{where}的第{order}条规定")


def _build_rule(entry: dict[str, Any], *, text: dict[str, Any], place: str, where: str) -> Rule:
    _check_fields(
        entry,
        required={"key", "name"},
        optional={"period", "number", "words", "table", "starts_on", "article", "before", "mark", "note"},
        where=where,
    )
    where = f"{where} {entry['key']}"
    if not KEY.fullmatch(entry["key"]):
        raise InvalidLaw(f"{where}：key 只能由小写字母、下划线和点组成。")
    mark = entry.get("mark", text["mark"])
    if mark not in MARKS:
        raise InvalidLaw(f"{where}：mark 应为{'、'.join(MARKS)}之一，现为“{mark}”。")
    since, precision = _read_since(text.get("since"), where=where)
    until = text.get("until")
    if until is not None and (type(until) is not date or until < since):
        raise InvalidLaw(f"{where}：until 应为不早于 since 的日期，现为“{until}”。")
    value = _read_value(entry, where=where)
    if isinstance(value, Period) and not entry.get("starts_on"):
        raise InvalidLaw(f"{where}：期限没有写 starts_on（从何时起算）。")
    return Rule(
        key=entry["key"],
        name=entry["name"],
        place=place,
        value=value,
        words=entry.get("words", ""),
        since=since,
        since_precision=precision,
        until=until,
        starts_on=entry.get("starts_on", ""),
        source=text["source"],
        article=entry.get("article", ""),
        verified=mark in READ_IN_THE_TEXT,
        mark=mark,
        note="".join(filter(None, (entry.get("note"), text.get("note")))),
        before=entry.get("before", False),
    )


def _read_since(since: object, *, where: str) -> tuple[date, Precision]:
    if since is None:
        return date.min, "unknown"
    if type(since) is int and 1949 <= since <= 2200:
        return date(since, 1, 1), "year"
    if type(since) is date:
        return since, "day"
    raise InvalidLaw(f"{where}：since 应为日期（2023-05-01）或年份（2023），不知道就不写，现为“{since}”。")


def _read_value(entry: dict[str, Any], *, where: str) -> Value:
    given = [name for name in ("period", "number", "table", "words") if name in entry]
    if given not in (["period"], ["number"], ["words"], ["table", "words"]):
        raise InvalidLaw(
            f"{where}：内容应写 period、number、words 之一，或者 table 加上文字说明 words，"
            f"现写了{'、'.join(given) or '空'}。"
        )
    name, value = given[0], entry[given[0]]
    if name == "period" and isinstance(value, str):
        try:
            return Period.parse(value)
        except InvalidPeriod as error:
            raise InvalidLaw(f"{where}：{error}") from error
    if name == "number" and type(value) is int:
        return value
    if name == "words" and isinstance(value, str) and value:
        return value
    if name == "table" and isinstance(value, dict) and value:
        return MappingProxyType(value)
    raise InvalidLaw(f"{where}：{name} 的写法不对，现为“{value}”。")


def _read(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidLaw(f"{file.name}：文件读不出来（{error}）。请检查该行的写法。") from error


def _check_fields(
    data: object,
    *,
    required: set[str],
    optional: set[str],
    where: str,
    kinds: Mapping[str, type] = FIELD_KINDS,
) -> None:
    if not isinstance(data, dict):
        raise InvalidLaw(f"{where}：应是写明各项内容的一段，现为“{data}”。")
    missing, unknown = sorted(required - data.keys()), sorted(data.keys() - required - optional)
    if missing:
        raise InvalidLaw(f"{where}：缺少 {'、'.join(missing)}。")
    if unknown:
        raise InvalidLaw(f"{where}：有不认识的项目 {'、'.join(unknown)}，请检查拼写。")
    for name, value in data.items():
        kind = kinds.get(name)
        if kind and (type(value) is not kind or value == ""):
            raise InvalidLaw(f"{where}：{name} 应为{KIND_NAMES[kind]}，现为“{value}”。")
