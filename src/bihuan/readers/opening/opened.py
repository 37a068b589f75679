"""A file as text, and the one error a file that cannot be read raises."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import starmap
from typing import Literal

from msgspec import Struct

Kind = Literal["txt", "docx", "pdf", "html"]

MOST_BYTES = 50 * 1024 * 1024  # a file larger than this is not a paper
MOST_CHARACTERS = 20_000_000  # what a 50 MB file of plain text could hold at most in Chinese


class CannotOpen(Exception):
    """The file cannot be read; the message tells the user, in Chinese, what, why and what now."""


class Line(Struct, frozen=True, gc=False):
    """One line of the opened text: text[start:end], and its page (from 1) where pages are known."""

    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """The text a file holds. Offsets of facts point into `text`; nothing in it is mended."""

    text: str
    lines: tuple[Line, ...]
    kind: Kind
    warnings: tuple[str, ...] = ()


_LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")


def opened(*, text: str, kind: Kind, pages: tuple[int, ...] = (), warnings: tuple[str, ...] = ()) -> Opened:
    """Cut `text` into lines; `pages` holds the offset at which each page starts."""
    if len(text) > MOST_CHARACTERS:
        raise CannotOpen(
            f"无法读取：文件展开后有{len(text):,}个字，超过{MOST_CHARACTERS:,}个字的上限。请拆分成几个文件后再上传。"
        )
    if not text.strip("\ufeff\u200b \t\r\n\f\v\u3000\xa0"):
        raise CannotOpen("无法读取：文件里没有文字。请确认上传的是正式文本，而不是空白文件或只含图片的文件。")
    if not pages:
        spans = map(re.Match.span, _LINE.finditer(text))
        return Opened(text, tuple(starmap(Line, spans)), kind, warnings)
    lines: list[Line] = []
    page = 0
    for match in _LINE.finditer(text):
        while page < len(pages) and match.start() >= pages[page]:
            page += 1
        lines.append(Line(match.start(), match.end(), page))
    return Opened(text, tuple(lines), kind, warnings)
