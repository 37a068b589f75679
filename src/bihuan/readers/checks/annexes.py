"""A notice against its annexes: as many as it announces, and something to do for all it addresses."""

from __future__ import annotations

from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.checks.raised import Raised
from bihuan.readers.context import Context
from bihuan.readers.facts import Document, Fact, Inconsistency
from bihuan.readers.wording.titles import kind_of

# The short forms under which papers speak of those they address.
_SHORT = (("人民政府", "政府"), ("监察委员会", "监委"), ("人民法院", "法院"), ("人民检察院", "检察院"))
_EVERYONE = "各有关相关本"  # 各镇, 有关单位 …: not one organ that could be missed


def _notices(context: Context, facts: tuple[Fact, ...]) -> Iterator[tuple[Document, tuple[Section, ...]]]:
    """Each notice with the papers that follow it up to the next one."""
    letters = (fact for fact in facts if isinstance(fact, Document) and fact.genre == "公文通知")
    current: Document | None = None
    papers: list[Section] = []
    for section in context.sections:
        if section.genre != "公文通知":
            papers.append(section)
            continue
        if current:
            yield current, tuple(papers)
        current, papers = next(letters), []
    if current:
        yield current, tuple(papers)


def missing_annexes(context: Context, facts: tuple[Fact, ...]) -> Iterator[Raised]:
    """The notice lists more or fewer annexes than stand in the file."""
    for notice, papers in _notices(context, facts):
        announced, found = notice.attachments or 0, len(papers)
        if announced == found or not kind_of(notice.title):  # an announcement (公告) sends nothing along
            continue
        said = f"通知列出附件{announced}件" if announced else "通知没有列出附件"
        seen = f"文件中有{found}件" if found else "文件中没有附件正文"
        yield Raised(
            fact=Inconsistency(
                at=notice.at,
                kind="cross-document",
                description=f"{said}，{seen}。请核对附件是否齐全。",
                severity="high" if found else "low",
            ),
            concerns=(notice,),
        )


def idle_addressees(context: Context, facts: tuple[Fact, ...]) -> Iterator[Raised]:
    """An addressee to whom no annex gives anything to do."""
    flow = context.flow
    for notice, papers in _notices(context, facts):
        if not papers:
            continue
        annexes = flow.text[flow.rows[papers[0].rows[0]].start : flow.rows[papers[-1].rows[1] - 1].end]
        for name in notice.addressees:
            if name[0] in _EVERYONE or _spoken_of(name, annexes):
                continue
            at = flow.text.find(name, flow.index_of(notice.end))
            yield Raised(
                fact=Inconsistency(
                    at=flow.span(at, at + len(name), notice.section),
                    kind="cross-document",
                    description=f"主送机关“{name}”在各附件中没有要办理的事项。请确认是否应当主送，或附件漏写了责任单位。",
                    severity="low",
                ),
                concerns=(notice,),
            )


def _spoken_of(name: str, annexes: str) -> bool:
    short = name
    for full, brief in _SHORT:
        short = short.replace(full, brief)
    return name in annexes or short in annexes
