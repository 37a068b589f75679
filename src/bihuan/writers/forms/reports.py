"""Forms that are filled in or computed: the handling report form and the result of an assessment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bihuan.writers.forms.parts import bare, closed, day_or_blank, share
from bihuan.writers.numbers import chinese_date
from bihuan.writers.paper import (
    Block,
    Column,
    Field,
    FormGrid,
    Heading,
    Paper,
    PaperError,
    Paragraph,
    SignatureLines,
    Table,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportItem:
    """One row of a handling report: problem ↔ measure ↔ result ↔ evidence ↔ person; '' is not yet known."""

    problem: str
    measure: str = ""
    result: str = ""
    evidence: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballots:
    """The count of an assessment. counts: option → votes, in the order printed.

    members: all members of the body; present: those attending; invalid: ballots counted for nothing. How many
    ballots went out and came back is not asked, so the paper does not say it.
    Raises PaperError when the figures cannot all be true.
    """

    members: int
    present: int
    invalid: int
    counts: tuple[tuple[str, int], ...]

    def __post_init__(self) -> None:
        if min(self.members, self.present, self.invalid, *(votes for _, votes in self.counts)) < 0:
            raise PaperError("测评结果中有负数，不能打印。请核对人数和票数。")
        if not self.members >= self.present >= self.cast:
            raise PaperError(
                f"人数与票数不符：组成人员{self.members}人、实到{self.present}人、"
                f"计票{self.cast}张，后一项不应大于前一项。请核对。"
            )

    @property
    def cast(self) -> int:
        """All ballots counted, invalid ones included."""
        return sum(votes for _, votes in self.counts) + self.invalid


def report_form(
    *,
    matter: str,
    agency: str,
    handed_over_on: date | None,
    due: date | None,
    items: tuple[ReportItem, ...],
    summary: str = "",
    chief: str = "",
    dated: date | None = None,
) -> Paper:
    """The agency's report on handling an opinion (研究处理情况报告表), item by item, signed by its chief."""
    grid = FormGrid(
        (
            (Field("审议意见", matter),),
            (Field("报告单位", agency), Field("交办日期", _day(handed_over_on))),
            (Field("报告期限", _day(due)), Field("报告日期", _day(dated))),
            (Field("总体情况", summary, lines=4),),
        )
    )
    return Paper(
        form="plain",
        title="审议意见研究处理情况报告表",
        body=(
            grid,
            Table(
                columns=(
                    Column("序号", 2.6, "center"),
                    Column("问题或建议", 7),
                    Column("整改措施", 7),
                    Column("完成情况", 6),
                    Column("佐证材料", 5),
                    Column("责任人", 3.4, "center"),
                ),
                rows=tuple(
                    (str(position), item.problem, item.measure, item.result, item.evidence, item.person)
                    for position, item in enumerate(items, start=1)
                ),
                caption="逐项办理情况",
            ),
            SignatureLines(
                (
                    Field("主要负责人（签名）", chief),
                    Field("单位（盖章）"),
                    Field("日期", day_or_blank(dated)),
                )
            ),
        ),
        dated=dated,
    )


def assessment_result(
    *,
    title: str,
    session: str,
    held_on: date,
    subject: str,
    ballots: Ballots,
    arithmetic: tuple[str, ...],
    conclusion: str,
    basis: str,
    scrutineers: tuple[str, ...] = (),
) -> Paper:
    """The result of a satisfaction vote (满意度测评结果): counts, shares and how the result follows.

    Shares are taken of all members, the only denominator printed here; `arithmetic` and `conclusion` (the
    grade alone: 基本满意) come from the rule that decided (kernel.majority): this form decides nothing.
    """
    rows = (*ballots.counts, ("无效票", ballots.invalid))
    graded = f"，结果为{bare(conclusion)}"  # said once, by the conclusion
    body: list[Block] = [
        Paragraph(f"{chinese_date(held_on)}，{session}对{subject}进行了满意度测评，结果如下。"),
        Heading(1, "到会和票数"),
        Paragraph(
            f"常委会组成人员{ballots.members}人，实到{ballots.present}人；"
            f"计票{ballots.cast}张，其中无效票{ballots.invalid}张。"
        ),
        Heading(1, "测评结果"),
        Table(
            columns=(
                Column("测评意见", 8, "center"),
                Column("票数", 6, "center"),
                Column("占全体组成人员的比例", 10, "center"),
            ),
            rows=tuple((name, str(votes), share(votes, ballots.members)) for name, votes in rows),
        ),
        Heading(1, "计算和结论"),
        *(Paragraph(closed(bare(line).removesuffix(graded))) for line in arithmetic),
        Paragraph(f"测评结果为{bare(conclusion)}。" + (f"依据：{bare(basis)}。" if basis else "")),
    ]
    names = scrutineers or ("", "")
    body.append(SignatureLines((*(Field("监票人（签名）", name) for name in names), Field("计票人（签名）"))))
    return Paper(form="plain", title=title, body=tuple(body), dated=held_on)


def _day(day: date | None) -> str:
    return chinese_date(day) if day else ""
