"""Read a PDF back: every character with its place on the page, in millimetres from the top left."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from itertools import groupby

import pypdfium2
from pypdfium2 import raw

MM_PER_PT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: left edge and baseline in mm, size in points."""

    character: str
    left: float
    baseline: float
    size: float


def glyphs(pdf: bytes) -> list[list[Glyph]]:
    """The visible characters of every page, in the order they are set."""
    return [_page_glyphs(page) for page in pypdfium2.PdfDocument(pdf)]


def _page_glyphs(page: pypdfium2.PdfPage) -> list[Glyph]:
    text = page.get_textpage()
    height = page.get_height()
    found = []
    for index in range(text.count_chars()):
        unit = raw.FPDFText_GetUnicode(text, index)
        if 0xDC00 <= unit < 0xE000:  # the second half of a pair was taken with the first
            continue
        if 0xD800 <= unit < 0xDC00:
            second = raw.FPDFText_GetUnicode(text, index + 1)
            unit = 0x10000 + ((unit - 0xD800) << 10) + (second - 0xDC00)
        character = chr(unit)
        if character.isspace():
            continue
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        size = raw.FPDFText_GetFontSize(text, index)
        found.append(Glyph(character, x.value * MM_PER_PT, (height - y.value) * MM_PER_PT, round(size, 2)))
    return found


def rows(page: list[Glyph]) -> list[list[Glyph]]:
    """The glyphs of a page by baseline, from the top."""
    ordered = sorted(page, key=lambda glyph: (round(glyph.baseline, 1), glyph.left))
    return [list(row) for _, row in groupby(ordered, key=lambda glyph: round(glyph.baseline, 1))]


def words(row: list[Glyph]) -> str:
    return "".join(glyph.character for glyph in row)


def page_texts(pdf: bytes) -> list[list[str]]:
    """The lines of every page as text."""
    return [[words(row) for row in rows(page)] for page in glyphs(pdf)]
