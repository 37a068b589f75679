"""Small pieces that several letters share: contacts, due dates, the head and foot of a letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bihuan.writers.numbers import DocumentNumber, chinese_date
from bihuan.writers.paper import BLANK_DATE, Column, PaperError, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sends a letter: head as printed, signature organ, number and date (None: not yet), seal."""

    letterhead: str
    organ: str
    number: DocumentNumber | None
    dated: date | None
    sealed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom to ask; what is not known is left out."""

    office: str
    person: str = ""
    phone: str = ""

    def line(self) -> str:
        """The bracketed note under the signature (附注); none while nobody is named: the letter names its
        office already, and gaps for a pen only look forgotten."""
        if not self.person:
            return ""
        return f"（联系人：{self.office}{self.person}" + (f"，电话：{self.phone}）" if self.phone else "）")


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """One term as printed: the step, its last day (None: not fixed), the basis.

    latest: the day may still come nearer, when the step before is done early. provisional: the calendar of
    that year is not issued yet.
    """

    step: str
    due: date | None
    basis: str
    provisional: bool
    latest: bool = False


def bare(sentence: str) -> str:
    """A sentence without its closing mark, to stand inside another one."""
    return sentence.rstrip("。；，！ ")


def closed(sentence: str) -> str:
    """A sentence with a closing mark: its own, or a full stop."""
    return sentence if sentence.endswith(("。", "！", "？")) else bare(sentence) + "。"


def day_or_blank(day: date | None) -> str:
    """The day in official form, or an empty form of it to be filled in by hand."""
    return chinese_date(day) if day else BLANK_DATE


def due_table(terms: tuple[DueLine, ...], *, dated: date | None = None) -> Table:
    """The table of terms, the nearest first. A term without a day says so: 待明确; a provisional one is marked
    暂定, and one that was over before the letter itself (`dated`) says that too."""
    ordered = sorted(terms, key=lambda term: term.due or date.max)
    return Table(
        columns=(Column("办理环节", 9), Column("期限", 8, "center"), Column("依据", 12)),
        rows=tuple((_step(term), _due(term, dated), term.basis) for term in ordered),
    )


def _step(term: DueLine) -> str:
    return term.step + ("（最迟）" if term.latest else "")


def _due(term: DueLine, dated: date | None) -> str:
    if term.due is None:
        return "待明确"
    remarks = ("\n（暂定）" if term.provisional else "") + (
        "\n（发函时已过）" if dated and term.due < dated else ""
    )
    return chinese_date(term.due) + remarks


def choices(options: tuple[str, ...], chosen: str = "") -> str:
    """Boxes to tick: the chosen one filled, the others empty; none filled while nothing is known.

    Raises PaperError when what was chosen is not among the options.
    """
    if chosen and chosen not in options:
        raise PaperError(f"“{chosen}”不在可选项{'、'.join(options)}之中，表格无法填写。请核对。")
    return "　".join(("■" if option == chosen else "□") + option for option in options)


def short_day(day: date | None) -> str:
    """A day for a narrow column of a ledger, the year on its own line; '' while not known."""
    return f"{day.year}年\n{day.month}月{day.day}日" if day else ""


def share(part: int, whole: int) -> str:
    """A share with its numerator and denominator; no share of nothing."""
    return f"{part}÷{whole}＝{part / whole:.2%}" if whole else "—"
