"""The one model of an official paper, from which PDF, DOCX and the screen preview are made.

A Paper says what stands on the paper, never how it looks: geometry lives in geometry.py, faces in
fonts.py. Heading and annex numbers are computed here, so that no caller types one.
Source of the elements and their order: GB/T 9704-2012 sections 7 (elements) and 10.1 (letter form).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final, Literal

from bihuan.writers.numbers import DocumentNumber, heading_number

PaperForm = Literal["document", "letter", "plain"]
"""document: 文件格式 with a red head; letter: 信函格式; plain: forms, reports, lists, opinions alone."""

ImprintPlace = Literal["notice", "end"]
"""Where the imprint (版记) stands: at the end, after the annexes, on the last even page (GB/T 9704 sections 7.3.6
and 7.4.1); or at the foot of the notice's last page with the annexes after it, as some offices bind theirs."""

Align = Literal["justify", "left", "center", "right"]

BLANK: Final = "　　　　"
"""What is not known stays an empty place of four characters for a pen, and is never guessed."""

BLANK_NUMBER: Final = "〔　　　　〕　　号"
BLANK_DATE: Final = "　　　　年　　月　　日"

_SURROGATES: Final = range(0xD800, 0xE000)


class PaperError(ValueError):
    """A paper that cannot be set; the message is Chinese: what is wrong, why, what now."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. A line feed inside starts a new line; `indent` sets the first line in by two."""

    text: str
    indent: bool = True
    align: Align = "justify"


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading; `run_in` is body text that goes on in the same paragraph."""

    level: Literal[1, 2, 3, 4]
    text: str
    run_in: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; `width` is a share of the type area, relative to the other columns."""

    title: str
    width: float
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table whose header row is repeated on every page. Raises PaperError on ragged rows.

    dense: in 5号 instead of 小4号, for ledgers of many columns.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    dense: bool = False

    def __post_init__(self) -> None:
        for position, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise PaperError(
                    f"表格第{position}行有{len(row)}格，而表头有{len(self.columns)}栏。请补齐或删去多余的格。"
                )


@dataclass(frozen=True, slots=True)
class Field:
    """A label and its value; an empty value is a place to write in, at least `lines` lines high."""

    label: str
    value: str = ""
    lines: int = 1


@dataclass(frozen=True, slots=True)
class FormGrid:
    """A form: rows of label/value cells. In a shorter row the last value takes the rest of the width."""

    rows: tuple[tuple[Field, ...], ...]

    def __post_init__(self) -> None:
        if not self.rows or not all(self.rows):
            raise PaperError("表单至少要有一行，每行至少要有一栏。请补充内容后再打印。")


@dataclass(frozen=True, slots=True)
class SignatureLines:
    """Lines for signing by hand in the right half: label, then the value or an empty rule."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Paragraph | Heading | Table | FormGrid | SignatureLines | PageBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """One annex (附件), on its own pages. `subtitle`: lines such as the adoption line, brackets included.

    landscape: pages turned a quarter, for tables too wide for a standing page.
    """

    title: str
    subtitle: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()
    landscape: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One official paper.

    letterhead: the words of the red head as printed (…文件 for a document; the organ for a letter).
    number: None while not yet issued (printed_number). `signer`: 签发人, on upward papers and on replies
    to deputies. mark: what stands at the top right above the title, such as the class of a reply.
    title: a line feed forces a line; without one the lines are balanced (titles.break_title).
    attachments: names for the list under the text (附件说明); normally `annex_titles(paper.annexes)`.
    organs/dated: signature and date of the paper; `sealed` leaves room for the seal and sets the date
    four characters from the right edge (section 7.3.5.1). note: 附注, printed in brackets.
    landscape: forms and lists only, their pages turned a quarter.
    Raises PaperError when parts contradict each other.
    """

    form: PaperForm
    title: str
    body: tuple[Block, ...]
    letterhead: str = ""
    number: DocumentNumber | None = None
    signer: str = ""
    urgency: str = ""
    mark: str = ""
    subtitle: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    organs: tuple[str, ...] = ()
    dated: date | None = None
    sealed: bool = False
    note: str = ""
    annexes: tuple[Annex, ...] = ()
    copied_to: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: date | None = None
    imprint_place: ImprintPlace = "end"
    landscape: bool = False

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise PaperError("公文没有标题，不能排版。请填写标题。")
        if self.form != "plain" and not self.letterhead.strip():
            raise PaperError("文件和函件须有发文机关标志，现为空。请填写发文机关名称。")
        if self.landscape and self.form != "plain":
            raise PaperError("横排只用于表格和清册，文件和函件应为竖排。请把横排的表格作为附件。")
        if self.sealed and not self.organs:
            raise PaperError("加盖印章的公文须有发文机关署名，现为空。请填写署名机关。")
        if self.annexes and self.attachments and len(self.annexes) != len(self.attachments):
            raise PaperError(
                f"附件说明列有{len(self.attachments)}件，所附附件为{len(self.annexes)}件，两者不一致。请核对附件。"
            )


def annex_titles(annexes: Iterable[Annex]) -> tuple[str, ...]:
    """The names for the attachment list: each annex's title on one line."""
    return tuple(annex.title.replace("\n", "") for annex in annexes)


def as_annex(paper: Paper) -> Annex:
    """The same text as an annex of another paper: title, subtitle and body; head and signature stay off."""
    return Annex(title=paper.title, subtitle=paper.subtitle, body=paper.body, landscape=paper.landscape)


def annex_label(*, position: int, count: int) -> str:
    """附件 for a single annex, 附件1 … otherwise (GB/T 9704 section 7.3.4)."""
    return "附件" if count == 1 else f"附件{position}"


def attachment_lines(attachments: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The list under the text as (number, name): no number for a single one, no closing punctuation."""
    names = [name.rstrip("。；，、") for name in attachments]
    if len(names) == 1:
        return (("", names[0]),)
    return tuple((f"{position}.", name) for position, name in enumerate(names, start=1))


def numbered(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Pair every block with its heading number, empty for others; a heading restarts the deeper levels."""
    counts = [0, 0, 0, 0]
    for block in blocks:
        if isinstance(block, Heading):
            counts[block.level - 1] += 1
            counts[block.level :] = [0] * (4 - block.level)
            yield heading_number(level=block.level, position=counts[block.level - 1]), block
        else:
            yield "", block


def printed_number(paper: Paper) -> str:
    """The document number as printed. While none has been issued: an empty form of it on a document, which must
    have one; nothing on a letter, which offices often send without."""
    if paper.number:
        return str(paper.number)
    return "" if paper.form == "letter" else BLANK_NUMBER


def copies_line(paper: Paper) -> str:
    """The organs copied to, closed by a full stop (section 7.4.3); empty when nobody is."""
    return "，".join(paper.copied_to).rstrip("。") + "。" if paper.copied_to else ""


def file_time(paper: Paper) -> datetime:
    """The moment written into a file's own properties: noon of the paper's date, so that the same paper
    gives the same bytes whenever it is printed; 1980-01-01, the first a ZIP knows, while it has none."""
    return datetime.combine(paper.dated or date(1980, 1, 1), time(12), UTC)


def printable(text: str) -> str:
    """Make characters visible that neither XML nor a page can carry; everything else stays as it is.

    A control character, a lone surrogate or a non-character becomes U+FFFD: shown rather than dropped, so that
    nobody signs what was not seen. (The pictures of control characters, U+2400 and on, are in few fonts.)
    """
    return "".join(map(_shown, text.replace("\r\n", "\n").replace("\r", "\n")))


def _shown(character: str) -> str:
    code = ord(character)
    control = (code < 0x20 and character not in "\n\t") or 0x7F <= code < 0xA0
    return "\ufffd" if control or code in _SURROGATES or code & 0xFFFE == 0xFFFE else character
