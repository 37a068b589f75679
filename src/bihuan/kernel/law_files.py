"""Reading law files, every one checked before a deadline rests on it.

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
from datetime import date
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, get_args

from .law_facts import MARKS, READ_IN_THE_TEXT, InvalidLaw, Level, Place, Precision, Rule, Value
from .period import InvalidPeriod, Period

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


def read_law(folder: Traversable) -> tuple[Mapping[str, Place], tuple[Rule, ...]]:
    """Return the places by code and the rules of every file in the folder; InvalidLaw if one is at fault."""
    places = {place.code: place for place in _read_places(folder / "places.toml")}
    rules = (
        rule
        for name, levels in FOLDERS.items()
        for file in sorted((folder / name).iterdir(), key=lambda entry: entry.name)
        if file.name.endswith(".toml")
        for rule in _read_rules(file, places=places, levels=levels)
    )
    return MappingProxyType(places), tuple(rules)


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
        return _frozen(value)
    raise InvalidLaw(f"{where}：{name} 的写法不对，现为“{value}”。")


def _frozen(table: dict[str, Any]) -> Mapping[str, Any]:
    """The table, unchangeable at every depth: one book serves all requests."""

    def freeze(value: Any) -> Any:
        if isinstance(value, dict):
            return _frozen(value)
        return tuple(map(freeze, value)) if isinstance(value, list) else value

    return MappingProxyType({key: freeze(value) for key, value in table.items()})


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
