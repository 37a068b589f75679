"""Word documents: the text of word/document.xml in reading order, one line a paragraph.

The XML is read directly: it is untrusted, so entities are refused and sizes bounded before anything
is unpacked, and inserted text of tracked changes counts while deleted text does not.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bihuan.readers.opening.opened import CannotOpen, Opened, opened

MOST_UNPACKED = 200 * 1024 * 1024  # bytes of all parts together
MOST_RATIO = 200  # unpacked to packed; a real paper's text shrinks about tenfold
_FREE = 1024 * 1024  # parts this small may shrink as they like
_BODY = "word/document.xml"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TEXT, _TAB, _RUN_BREAK, _CR = _W + "p", _W + "t", _W + "tab", _W + "br", _W + "cr"
_SKIPPED = frozenset(
    (
        _W + "del",
        _W + "moveFrom",
        _W + "pPr",
        _W + "rPr",
        _W + "instrText",
        # The drawing of the same text for programs that know no text boxes.
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    )
)

_BROKEN = "无法读取：这个 Word 文件已损坏（{what}）。请用 Word 或 WPS 打开后重新另存为 DOCX 再上传。"


def open_docx(data: bytes) -> Opened:
    """Text of a DOCX; raises CannotOpen for a broken, protected or bomb-like file."""
    warnings = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            refuse_bomb(archive)
            if "word/vbaProject.bin" in archive.namelist():
                warnings.append("文件含有宏，已忽略，只读取了文字。")
            body = archive.read(_BODY)
    except (
        zipfile.BadZipFile,
        KeyError,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise CannotOpen(_BROKEN.format(what="压缩结构不完整")) from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]  # what a damaged stream raises
        raise CannotOpen(_BROKEN.format(what="压缩内容读不出来")) from error
    try:
        root = fromstring(body)
    except DefusedXmlException as error:
        raise CannotOpen(
            "无法读取：这个 Word 文件引用了外部实体，可能不安全。请用 Word 或 WPS 重新另存后再上传。"
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise CannotOpen(_BROKEN.format(what="正文格式有误")) from error
    return opened(text="\n".join(_paragraphs(root)), kind="docx", warnings=tuple(warnings))


def refuse_bomb(archive: zipfile.ZipFile) -> None:
    """Raise CannotOpen when the parts are protected or would unpack beyond reason."""
    total = 0
    for part in archive.infolist():
        if part.flag_bits & 0x1:
            raise CannotOpen("无法读取：文件设有密码。请去掉密码后再上传。")
        total += part.file_size
        if (
            part.file_size > _FREE and part.file_size > part.compress_size * MOST_RATIO
        ) or total > MOST_UNPACKED:
            raise CannotOpen(
                "无法读取：文件解压后异常庞大，疑似恶意压缩包，已停止读取。请另存为普通文件后再上传。"
            )


def _paragraphs(root: Element) -> Iterator[str]:
    """Each paragraph's text; a paragraph inside a text box or table cell comes out on its own."""
    pieces: list[list[str]] = [[]]
    done: list[str] = []
    # None closes the paragraph opened last: a walk of our own, since files may nest without end.
    stack: list[Element | None] = [root]
    while stack:
        node = stack.pop()
        if node is None:
            done.append("".join(pieces.pop()))
            if len(pieces) == 1:
                yield from done
                done.clear()
            continue
        tag = node.tag
        if tag in _SKIPPED:
            continue
        if tag == _TEXT:
            pieces[-1].append(node.text or "")
        elif tag == _TAB:
            pieces[-1].append("\t")
        elif tag in (_RUN_BREAK, _CR):
            pieces[-1].append("\n")
        else:
            if tag == _PARAGRAPH:
                pieces.append([])
                stack.append(None)
            stack.extend(reversed(node))
