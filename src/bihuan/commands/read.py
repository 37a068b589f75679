"""`bihuan read`: print what papers hold, in words or as facts (JSONL)."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from io import StringIO
from pathlib import Path
from typing import NamedTuple, TextIO

from bihuan.commands.batch import in_order
from bihuan.commands.progress import Progress
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

USAGE = "用法：bihuan read 文件或文件夹… [--facts] [--jobs 数目]"
HELP = f"""读取文件（TXT、DOCX、PDF、网页），列出其中的事项、期限和疑问。

{USAGE}

  --facts    逐行输出 JSON，每行一个事实
  --jobs     同时使用的进程数；不写时，文件多就用全部处理器
  -h, --help 显示本说明

文件逐个读取、逐个输出，文件夹再大，内存也只取决于最大的几个文件。进度写到标准错误。"""
_KINDS = {
    "achievement": "成绩",
    "problem": "问题",
    "suggestion": "建议",
    "requirement": "要求",
    "next_step": "打算",
}
_JSON = json.JSONEncoder(ensure_ascii=False)
_MOST_JOBS = 256
_WORTH_MORE = 2_000_000  # bytes; fewer are read before further processes have started
_COMPARED = {">=": "不低于", "<=": "不高于", "=": "为", ">": "高于", "<": "低于", "about": "约"}


def main(argv: Sequence[str]) -> int:
    """Read every file named; 0 when all could be read, 1 when one could not, 2 for wrong usage."""
    jobs, words = _jobs([word for word in argv if word != "--facts"])
    if jobs is None or not words or any(word.startswith("-") for word in words):
        asked = words in (["-h"], ["--help"])
        print(HELP if asked else f"看不懂这个命令。{USAGE}", file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    files = list(_files([Path(word) for word in words]))
    progress = Progress(files=len(files), size=sum(map(_size, files)))
    answers = in_order(
        files,
        partial(_answer, facts="--facts" in argv),
        jobs=min(jobs or (_processors() if progress.size > _WORTH_MORE else 1), len(files)),
        lost=_lost,
        waiting=progress.show,
    )
    try:
        for answer in answers:
            if answer.error:
                progress.clear()
                print(f"{answer.path}：{answer.error}", file=sys.stderr)
            sys.stdout.write(answer.printed)
            progress.count(size=_size(answer.path), failed=bool(answer.error))
    except KeyboardInterrupt:
        progress.clear()
        print(f"已中止：{progress.line()}。已输出的结果是完整的。", file=sys.stderr)
        return 130
    progress.clear()
    return 1 if progress.failed else 0


class _Answer(NamedTuple):
    """What is to be printed for one file, or why it could not be read."""

    path: Path
    printed: str = ""
    error: str = ""


def _answer(path: Path, *, facts: bool) -> _Answer:
    """Read one file, in whatever process this runs."""
    try:
        reading = _read(path)
    except CannotOpen as error:
        return _Answer(path, error=str(error))
    except OSError as error:
        return _Answer(path, error=_why(error))
    out = StringIO()
    (_print_facts if facts else _print_words)(path, reading, out)
    return _Answer(path, out.getvalue())


def _lost(path: Path) -> _Answer:
    said = "无法读取：读这个文件的进程被系统中止，多半是内存不足。请关闭其他程序，或把文件拆分后再读。"
    return _Answer(path, error=said)


def _jobs(words: list[str]) -> tuple[int | None, list[str]]:
    """The number after --jobs (0 where none is asked for, None where it is no number) and the other words."""
    if "--jobs" not in words:
        return 0, words
    at = words.index("--jobs")
    asked = words[at + 1] if at + 1 < len(words) else ""
    number = int(asked) if asked.isascii() and asked.isdigit() and 0 < int(asked) <= _MOST_JOBS else None
    return number, words[:at] + words[at + 2 :]


def _processors() -> int:
    """How many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)  # not on every system
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _size(path: Path) -> int:
    """Bytes of a file; none where it is gone, which reading it will say."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


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
        out.write(_JSON.encode({"doc": path.name, **fact.as_json()}) + "\n")


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


def _scoped(fact: Target) -> str:
    """The indicator with its scope, told once."""
    return fact.indicator if fact.scope in fact.indicator else fact.scope + fact.indicator


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
        _words(Target, lambda f: f"指标 {_scoped(f)}{_COMPARED[f.comparator]}{f.value}{f.measure}"),
        _words(Audit, lambda f: f"审计 {f.metric}：{f.value}{f.measure}"),
        _words(Question, lambda f: f"询问 {f.asker} 问 {'、'.join(f.addressee) or '？'}：{f.topic}"),
        _words(Commitment, lambda f: f"承诺 {f.unit}：{f.text}（{f.deadline or '未写时间'}）"),
        _words(Figure, lambda f: f"数字 {f.subject}：{f.value}{f.measure}"),
        _words(ActivityCount, lambda f: f"次数 {f.body} {f.activity}：{f.value}{f.measure}"),
        _words(Inconsistency, lambda f: f"矛盾 “{f.quote}” {f.description}"),
    )
)
