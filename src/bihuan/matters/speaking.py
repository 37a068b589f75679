"""What the entries of matters say, for the auditor's page: acts by their declaration, openings by their parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bihuan.kernel.glossary import chinese
from bihuan.kernel.procedure import Act, Kind, Procedure
from bihuan.ledger.speaking import Lines, in_words, told
from bihuan.matters.registry import procedure

# What the rows of special questions hold; the numbers of rows (item, promise, term) are the database's own.
_FIELDS = {
    "text": "内容", "person": "责任人", "quantity": "数量", "due_on": "时限", "state": "状态", "progress": "进展",
    "evidence": "佐证（摘要）", "next_check_on": "下次检查", "result": "结果", "members": "组成人员", "present": "出席",
    "satisfied": "满意", "basically": "基本满意", "dissatisfied": "不满意", "abstained": "弃权", "void": "废票",
    "scrutineers": "监票人、计票人", "counts": "票数",
}  # fmt: skip
_KEYS = frozenset({"item", "promise", "term", "other"})
_SAID = _KEYS | {"parties"}  # of the record: what the answers have said already


def speak(kind: str, body: Mapping[str, Any]) -> Lines | None:
    """The lines of an act or an opening; None for any other kind."""
    head, _, _ = kind.partition(".")
    if head == "act":
        return list(_act(body))
    if kind == "matter.opened":
        return list(_opened(body))
    return None


def _act(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    known = procedure(str(body["procedure"]), str(body["edition"]))
    act = known.act(str(body["act"]))
    yield "程序", known.name
    yield "步骤", f"{body['name']}（第{body['round']}轮）" if body["round"] != 1 else str(body["name"])
    if body["party"]:
        yield "单位", str(body["party"])
    yield "事项阶段", _way(body["stage"], {stage.code: stage.name for stage in known.stages})
    if body["lane"]:
        yield "单位进度", _way(body["lane"], {stage.code: stage.name for stage in known.lane_stages})
    if body["outcome"]:
        yield (
            "结果",
            next((each.name for each in act.outcomes if each.code == body["outcome"]), str(body["outcome"])),
        )
    yield from _answers(act, body["answers"])
    yield from told({key: value for key, value in body["record"].items() if key not in _SAID})
    yield from _terms(known, body["terms"])
    if body["documents"]:
        yield "附件", "、".join(str(each["name"]) for each in body["documents"])


def _way(codes: Sequence[str], names: Mapping[str, str]) -> str:
    before, after = (names.get(code, code) for code in codes)
    return after if before == after else f"{before} → {after}"


def _answers(act: Act, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    labels = {ask.key: ask for ask in act.asks}
    for key, value in answers.items():
        ask = labels.get(key)
        if value in (None, "", [], {}) or key in _KEYS or (ask and ask.kind is Kind.FILES):
            continue
        if ask and ask.kind is Kind.CHOICE:
            value = dict(ask.choices).get(value, value)
        text = _parties(value) if key == "parties" else _value(value)
        yield (ask.label if ask else _FIELDS.get(key, key)), text


def _parties(value: Sequence[Any]) -> str:
    """Organs with their parts, or parties by name."""
    return "\n".join(
        each if isinstance(each, str) else f"{each[0]}：{chinese(f'part.{each[1]}')}" for each in value
    )


def _value(value: object) -> str:
    if isinstance(value, dict):
        given = [
            (key, each) for key, each in value.items() if key not in _KEYS and each not in (None, "", [])
        ]
        return "；".join(f"{_FIELDS.get(key, key)}：{in_words(each)}" for key, each in given)
    if isinstance(value, list) and any(isinstance(each, dict) for each in value):
        return "\n".join(f"{number}. {_value(each)}" for number, each in enumerate(value, start=1))
    return in_words(value)


def _terms(known: Procedure, terms: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    names = {kind.code: kind.name for kind in known.terms}
    for term in terms:
        name = names.get(str(term["kind"]), str(term["kind"]))
        who = f"（{term['party']}）" if term["party"] else ""
        before, after = (in_words(term[key]) if term[key] else "待定" for key in ("before", "due"))
        yield f"期限：{name}{who}", f"{before} → {after}" if term["before"] else after


def _opened(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "程序", procedure(str(body["procedure"]), str(body["edition"])).name
    yield "标题", str(body["title"])
    yield "单位", _parties(body["parties"])
    if body["items"]:
        kinds = {"problem": "问题", "suggestion": "建议", "requirement": "要求"}
        yield (
            "事项内容",
            "\n".join(f"{kinds.get(kind, kind)}{number}：{text}" for kind, number, text in body["items"]),
        )
    for term in body["terms"]:
        yield f"期限：{term['name']}", str(term["wording"] or term["citation"])
    yield from told({key: body[key] for key in ("source", "facts") if key in body})
