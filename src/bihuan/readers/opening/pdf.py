"""PDF: characters with their boxes from pdfium, put into lines by our own assembly.

pdfium's plain text displaces quotation marks (deps.md §7); the boxes do not.
"""

from __future__ import annotations

import ctypes
import statistics
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from bihuan.readers.opening.opened import MOST_CHARACTERS, CannotOpen, Opened, opened
from bihuan.readers.wording.numbers import PAGE_NUMBER

MOST_PAGES = 3000
_LONGEST_NUMBER = 4

_BROKEN = "无法读取：这个 PDF 文件已损坏或不完整。请重新导出或重新扫描后再上传。"
_LOCKED = "无法读取：这个 PDF 设有打开密码。请去掉密码后再上传。"
_SCANNED = "无法读取：这个 PDF 只有扫描图像，没有文字。请先用扫描软件做文字识别（OCR），或上传电子版原文。"


class Glyph(NamedTuple):
    """One character and its box in points; y grows upwards."""

    char: str
    left: float
    bottom: float
    right: float
    top: float


def open_pdf(data: bytes) -> Opened:
    """Text of a PDF with its text layer; raises CannotOpen when there is none."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
        raise CannotOpen(_LOCKED if locked else _BROKEN) from error
    try:
        count = len(document)
        if count > MOST_PAGES:
            raise CannotOpen(
                f"无法读取：文件有{count}页，超过{MOST_PAGES}页的上限。请拆分成几个文件后再上传。"
            )
        return _assemble(document, count)
    finally:
        document.close()


def _assemble(document: pypdfium2.PdfDocument, count: int) -> Opened:
    text: list[str] = []
    pages: list[int] = []
    size, blank, failed = 0, [], []
    for number in range(1, count + 1):
        pages.append(size)
        try:
            lines = _without_number(list(page_lines(document, number - 1)))
        except pypdfium2.PdfiumError:
            failed.append(number)
            lines = []
        if not lines:
            blank.append(number)
        for line in lines:
            text.append(line)
            size += len(line) + 1
        if size > MOST_CHARACTERS:
            break
    if not text:
        raise CannotOpen(_BROKEN if failed or not count else _SCANNED)
    return opened(text="\n".join(text), kind="pdf", pages=tuple(pages), warnings=_warn(blank))


def _without_number(lines: list[str]) -> list[str]:
    """The lines of a page without the page number at its foot or head: layout, not text."""
    for edge in (-1, 0):
        packed = "".join(lines[edge].split()) if lines else ""
        if (packed.isdecimal() and len(packed) <= _LONGEST_NUMBER) or PAGE_NUMBER.fullmatch(packed):
            del lines[edge]
    return lines


def _warn(blank: list[int]) -> tuple[str, ...]:
    if not blank:
        return ()
    named = "、".join(str(page) for page in blank[:10]) + ("等" if len(blank) > 10 else "")
    return (f"第{named}页没有读到文字，可能是空白页或扫描图像，请核对。",)


def page_lines(document: pypdfium2.PdfDocument, index: int) -> Iterator[str]:
    """The lines of one page from top to bottom, each from left to right."""
    page = document[index]
    try:
        textpage = page.get_textpage()
        try:
            glyphs = list(_glyphs(textpage))
        finally:
            textpage.close()
    finally:
        page.close()
    for row in rows(glyphs):
        line = _spell(row)
        if line:
            yield line


def _glyphs(textpage: pypdfium2.PdfTextPage) -> Iterator[Glyph]:
    """Characters that were drawn, with their loose boxes (font height, so that rows align)."""
    raw = textpage.raw
    box = pdfium.FS_RECTF()
    where = ctypes.byref(box)
    unicode, loose, generated = (
        pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_GetLooseCharBox,
        pdfium.FPDFText_IsGenerated,
    )
    high = 0
    for index in range(pdfium.FPDFText_CountChars(raw)):
        code = unicode(raw, index)
        if 0xD800 <= code < 0xDC00:  # first half of a rare character: its other half follows
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
        if code < 0x20 or code in (0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000 or generated(raw, index) == 1:
            continue
        if loose(raw, index, where):
            yield Glyph(chr(code), box.left, box.bottom, box.right, box.top)


def rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Glyphs grouped into lines: two belong together when their middles lie within half a height."""
    found: list[tuple[float, float, list[Glyph]]] = []
    for glyph in sorted(glyphs, key=lambda g: -(g.top + g.bottom)):
        middle, height = (glyph.top + glyph.bottom) / 2, glyph.top - glyph.bottom
        if found and abs(found[-1][0] - middle) <= max(found[-1][1], height) * 0.4:
            found[-1][2].append(glyph)
        else:
            found.append((middle, height, [glyph]))
    return [sorted(row, key=lambda g: g.left) for _, _, row in found]


def _spell(row: list[Glyph]) -> str:
    """The characters of one line, with a space where the gap is wider than a third of a character."""
    width = statistics.median(g.right - g.left for g in row) or 1.0
    out: list[str] = []
    edge = row[0].left
    previous: Glyph | None = None
    for glyph in row:
        # Bold text is sometimes drawn twice in almost the same place: it is one character.
        if previous and previous.char == glyph.char and abs(previous.left - glyph.left) < width * 0.2:
            continue
        if glyph.left - edge > width * 0.34 and glyph.char != " ":
            out.append(" ")
        out.append(glyph.char)
        edge = max(edge, glyph.right)
        previous = glyph
    return "".join(out).strip()
