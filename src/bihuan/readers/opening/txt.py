"""Plain text: bytes to characters, in the order byte order mark, UTF-8, guess."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from bihuan.readers.opening.opened import CannotOpen, Opened, opened

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 64 * 1024  # bytes the guess looks at; enough, and keeps a 50 MB file quick
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b]")
_DAMAGED = "\ufffd"
_NOT_TEXT = "无法读取：{what}。文件可能不是文本，或已损坏。请用原来的软件打开，另存为 DOCX、PDF 或 UTF-8 文本后再上传。"


def open_txt(data: bytes) -> Opened:
    """Text of a plain file; raises CannotOpen for bytes that are no text."""
    text, warnings = decode(data)
    return opened(text=text, kind="txt", warnings=warnings)


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Characters of `data` and a warning when the encoding had to be guessed."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(name), ()
            except UnicodeDecodeError:
                break
    text = data.decode("utf-8", errors="replace")
    if text.count(_DAMAGED) <= len(text) // 100 and _is_printable(text):
        # UTF-8 with a few damaged bytes is still UTF-8.
        return text, _said("UTF-8", text) if _DAMAGED in text else ()
    return _decode_wide(data) if b"\0" in data[:_SAMPLE] else _guess(data)


def _decode_wide(data: bytes) -> tuple[str, tuple[str, ...]]:
    """UTF-16 without a mark: Chinese papers then hold many line feeds or digits with a zero byte."""
    head = data[:_SAMPLE]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    name = "utf-16-be" if even > odd else "utf-16-le"
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        raise CannotOpen(_NOT_TEXT.format(what="内容含有大量非文字字节")) from None
    return _printable(text), (f"文件没有注明编码，按 {name.upper()} 读取，请核对文字是否正常。",)


def _guess(data: bytes) -> tuple[str, tuple[str, ...]]:
    found = from_bytes(data[:_SAMPLE]).best()
    encoding = found.encoding if found else "gb18030"
    # GB2312 and GBK are subsets: reading them as GB18030 loses nothing and reads rare names.
    name = "gb18030" if encoding.startswith(("gb", "cp936", "hz")) else encoding
    text = data.decode(name, errors="replace")
    if text.count(_DAMAGED) > len(text) // 20:
        raise CannotOpen(_NOT_TEXT.format(what="认不出文字编码"))
    return _printable(text), _said(name.upper(), text)


def _said(name: str, text: str) -> tuple[str, ...]:
    """What to tell the user about an encoding that was not declared."""
    damaged = text.count(_DAMAGED)
    if damaged:
        return (f"按 {name} 读取时有{damaged}处字节无法识别，已标为“{_DAMAGED}”，请对照原件核对。",)
    return (f"文件没有注明编码，按 {name} 读取，请核对文字是否正常。",)


def _printable(text: str) -> str:
    """The text itself, unless control characters show that it is no text."""
    if not _is_printable(text):
        raise CannotOpen(_NOT_TEXT.format(what="内容含有大量非文字字节"))
    return text


def _is_printable(text: str) -> bool:
    sample = text[:_SAMPLE]
    return len(_CONTROL.findall(sample)) <= max(8, len(sample) // 50)
