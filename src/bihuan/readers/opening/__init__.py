"""File to text: what a file is shows in its bytes, never in its name.

`open_file` is the one door. It either answers with the text or raises CannotOpen, whose message a
user can act on; no bytes whatever make it fail otherwise.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import PurePath

from bihuan.readers.opening.docx import open_docx, refuse_bomb
from bihuan.readers.opening.html import open_html
from bihuan.readers.opening.opened import MOST_BYTES, CannotOpen, Kind, Line, Opened
from bihuan.readers.opening.pdf import open_pdf
from bihuan.readers.opening.txt import open_txt

__all__ = ["CannotOpen", "Kind", "Line", "Opened", "open_file"]

_OPENERS = {"txt": open_txt, "docx": open_docx, "pdf": open_pdf, "html": open_html}
_CALLED = {"txt": "纯文本", "docx": "DOCX", "pdf": "PDF", "html": "网页"}
_ENDINGS = {"text": "txt", "md": "txt", "htm": "html", "xhtml": "html", "docm": "docx"}

_SAVE_AS = "请用原来的软件打开，另存为 DOCX 或 PDF 后再上传。"
# First bytes of what is no paper but often arrives, and what to say about it.
_OTHERS = (
    (b"{\\rtf", "这是 RTF 文件，暂不支持。" + _SAVE_AS),
    (b"\xff\xd8\xff", "这是图片，没有文字。请先做文字识别（OCR），或上传电子版原文。"),
    (b"\x89PNG", "这是图片，没有文字。请先做文字识别（OCR），或上传电子版原文。"),
    (b"GIF8", "这是图片，没有文字。请先做文字识别（OCR），或上传电子版原文。"),
    (b"II*\0", "这是图片，没有文字。请先做文字识别（OCR），或上传电子版原文。"),
    (b"MM\0*", "这是图片，没有文字。请先做文字识别（OCR），或上传电子版原文。"),
    (b"Rar!", "这是压缩包。请解压后逐个上传其中的文件。"),
    (b"7z\xbc\xaf", "这是压缩包。请解压后逐个上传其中的文件。"),
    (b"\x1f\x8b", "这是压缩包。请解压后逐个上传其中的文件。"),
    (b"MZ", "这是程序，不是文件资料。请确认选对了文件。"),
    (b"\x7fELF", "这是程序，不是文件资料。请确认选对了文件。"),
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|div|p|table)\b", re.IGNORECASE)


def open_file(data: bytes, name: str) -> Opened:
    """The text of `data`; `name` only serves to warn when it promises another format."""
    if not data:
        raise CannotOpen("无法读取：文件是空的。请确认选对了文件，或重新导出后再上传。")
    if len(data) > MOST_BYTES:
        raise CannotOpen(
            f"无法读取：文件有{len(data) / 1048576:.1f} MB，超过50 MB 的上限。请去掉图片或拆分成几个文件后再上传。"
        )
    kind = _sniff(data)
    result = _OPENERS[kind](data)
    ending = PurePath(name).suffix.lower().lstrip(".")
    promised = _ENDINGS.get(ending, ending)
    if promised in _OPENERS and promised != kind:
        said = f"文件名以 .{ending} 结尾，内容其实是{_CALLED[kind]}，已按{_CALLED[kind]}读取。"
        result = replace(result, warnings=(said, *result.warnings))
    return result


def _sniff(data: bytes) -> Kind:
    """What the bytes are; raises CannotOpen for what is recognised and not read."""
    head = data[:2048]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK"):
        return _sniff_zip(data)
    if head.startswith(_COMPOUND):
        raise CannotOpen("无法读取：" + _compound(data))
    for start, said in _OTHERS:
        if head.startswith(start):
            raise CannotOpen("无法读取：" + said)
    return "html" if _HTML.search(head) else "txt"


def _sniff_zip(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            refuse_bomb(archive)
            names = set(archive.namelist())
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise CannotOpen("无法读取：文件已损坏（压缩结构不完整）。请重新导出或重新下载后再上传。") from error
    if "word/document.xml" in names:
        return "docx"
    if any(part.startswith(("xl/", "ppt/")) for part in names):
        raise CannotOpen("无法读取：这是表格或幻灯片，不是公文文本。" + _SAVE_AS)
    if "OFD.xml" in names:
        raise CannotOpen("无法读取：这是 OFD 版式文件，暂不支持。请导出为 PDF 或 DOCX 后再上传。")
    if "content.xml" in names:
        raise CannotOpen("无法读取：这是 ODF 文件，暂不支持。" + _SAVE_AS)
    raise CannotOpen("无法读取：这是压缩包。请解压后逐个上传其中的文件。")


def _compound(data: bytes) -> str:
    """Office files before 2007, and newer ones under a password, share one container."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "文件设有密码。请去掉密码后再上传。"
    return "这是旧版 Office 文件（.doc、.wps 等），暂不支持。" + _SAVE_AS
