"""`bihuan read`: print what papers hold, in words or as facts (JSONL)."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from bihuan.readers import CannotOpen, Reading, read
from bihuan.readers.bundle import Section
from bihuan.readers.facts import (
    ActivityCount,
    AgendaItem,
    Appointment,
    Article,
    Audit,
    Commitment,
    Deadline,
    Document,
    Fact,
    Figure,
    Finding,
    HandlingStat,
    Inconsistency,
    Question,
    Suggestion,
    Target,
)
from bihuan.readers.opening.opened import MOST_BYTES

USAGE = "用法：bihuan read 文件或文件夹… [--facts]"
HELP = f"""读取文件（TXT、DOCX、PDF、网页），列出其中的事项、期限和疑问。

{USAGE}

  --facts    逐行输出 JSON，每行一个事实
  -h, --help 显示本说明"""
_KINDS = {
    "achievement": "成绩",
    "problem": "问题",
    "suggestion": "建议",
    "requirement": "要求",
    "next_step": "打算",
}
_COMPARED = {">=": "不低于", "<=": "不高于", "=": "为", ">": "高于", "<": "低于", "about": "约"}


def main(argv: Sequence[str]) -> int:
    """Read every file named; 0 when all could be read, 1 when one could not, 2 for wrong usage."""
    words = [word for word in argv if word != "--facts"]
    if not words or any(word.startswith("-") for word in words):
        asked = words in (["-h"], ["--help"])
        print(HELP if asked else f"看不懂这个命令。{USAGE}", file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    files = list(_files([Path(word) for word in words]))
    show = sys.stderr.isatty() and len(files) > 1
    failed = 0
    for number, path in enumerate(files, 1):
        if show:
            print(f"\r读取第{number}个，共{len(files)}个：{path.name[:40]}\033[K", end="", file=sys.stderr)
        try:
            reading = _read(path)
        except (CannotOpen, OSError) as error:
            failed += 1
            print(f"{path}：{error if isinstance(error, CannotOpen) else _why(error)}", file=sys.stderr)
            continue
        (_print_facts if "--facts" in argv else _print_words)(path, reading, sys.stdout)
    if show:
        print("\r\033[K", end="", file=sys.stderr)
    return 1 if failed else 0


def _files(paths: list[Path]) -> Iterator[Path]:
    """Files as named, and what folders hold, in the order of their names."""
    for path in paths:
        if path.is_dir():
            yield from sorted(
                child for child in path.rglob("*") if child.is_file() and not child.name.startswith(".")
            )
        else:
            yield path


def _read(path: Path) -> Reading:
    with path.open("rb") as file:
        return read(
            file.read(MOST_BYTES + 1), path.name
        )  # one byte more than allowed tells that it is too much


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "无法读取：没有这个文件。请核对文件名和路径。"
    if isinstance(error, PermissionError):
        return "无法读取：没有打开这个文件的权限。请检查权限后再试。"
    return "无法读取：磁盘或网络出错。请稍后再试，或把文件复制到本机后再读。"


def _print_facts(path: Path, reading: Reading, out: TextIO) -> None:
    for fact in reading.facts:
        print(json.dumps({"doc": path.name, **fact.as_json()}, ensure_ascii=False), file=out)


def _print_words(path: Path, reading: Reading, out: TextIO) -> None:
    """One heading a paper, one line a fact, doubts under the fact they concern."""
    print(
        f"【{path.name}】{len(reading.sections)}件，{len(reading.facts)}条，疑问{len(reading.doubts)}条",
        file=out,
    )
    for warning in reading.opened.warnings:
        print(f"  ！{warning}", file=out)
    edges = [section.start for section in reading.sections[1:]] + [len(reading.opened.text)]
    facts = iter(reading.facts)
    fact = next(facts, None)
    for section, edge in zip(reading.sections, edges, strict=True):
        print(_heading(section), file=out)
        while fact and fact.start < edge:
            print(f"  {_WORDS[fact.type](fact)}", file=out)
            if fact.doubt:
                print(f"      ？{fact.doubt}", file=out)
            fact = next(facts, None)
    print(file=out)


def _heading(section: Section) -> str:
    annex = f"附件{section.annex} " if section.annex else ""
    return f"\n■ {annex}{section.title or '（没有标题）'}〔{section.genre or '文种未认出'}〕"


def _document(fact: Document) -> str:
    parts = (fact.number, fact.issuer, fact.date, fact.meeting)
    to = f" 主送：{'、'.join(fact.addressees)}" if fact.addressees else ""
    return f"文件 {' '.join(filter(None, parts))}{to}"


def _deadline(fact: Deadline) -> str:
    when = f"最迟{fact.due}" if fact.due else fact.anchor or "未写期限"
    latest = "（随前一步提前）" if fact.due_kind else ""
    to = f" → {fact.recipient}" if fact.recipient else ""
    return f"期限 {fact.step}. {fact.responsible or '？'}：{fact.action}{fact.object}{to}，{when}{latest}"


def _finding(fact: Finding) -> str:
    mark = f"{fact.ordinal}. " if fact.ordinal else ""
    return f"{_KINDS[fact.kind]} {'    ' if fact.level > 1 else ''}{mark}{fact.text}"


def _words(kind: type[Fact], say: Callable[..., str]) -> tuple[str, Callable[..., str]]:
    return kind.type, say


_WORDS: dict[str, Callable[..., str]] = dict(
    (
        _words(Document, _document),
        _words(Deadline, _deadline),
        _words(Finding, _finding),
        _words(AgendaItem, lambda f: f"议题 {f.action}：{f.subject}（{f.reporter or '？'}）{f.outcome}"),
        _words(Appointment, lambda f: f"任免 {f.action}：{f.person} {f.organ}{f.position}"),
        _words(Article, lambda f: f"条文 {f.number} {f.text_start}"),
        _words(Suggestion, lambda f: f"建议 {f.unit}{f.role} {f.number} {f.title}"),
        _words(HandlingStat, lambda f: f"办理 {f.unit} {f.metric}：{f.value}{f.measure}"),
        _words(Target, lambda f: f"指标 {f.scope}{f.indicator}{_COMPARED[f.comparator]}{f.value}{f.measure}"),
        _words(Audit, lambda f: f"审计 {f.metric}：{f.value}{f.measure}"),
        _words(Question, lambda f: f"询问 {f.asker} 问 {'、'.join(f.addressee) or '？'}：{f.topic}"),
        _words(Commitment, lambda f: f"承诺 {f.unit}：{f.text}（{f.deadline or '未写时间'}）"),
        _words(Figure, lambda f: f"数字 {f.subject}：{f.value}{f.measure}"),
        _words(ActivityCount, lambda f: f"次数 {f.body} {f.activity}：{f.value}{f.measure}"),
        _words(Inconsistency, lambda f: f"矛盾 “{f.quote}” {f.description}"),
    )
)
