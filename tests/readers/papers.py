"""Example papers, and the same papers in the other formats a committee's office receives."""

from __future__ import annotations

import html
import io
import json
import zipfile
from pathlib import Path

import docx
import typst

from bihuan.readers import read
from bihuan.readers.facts import Fact

EXAMPLES = Path(__file__).parents[1] / "examples"
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.txt"))

_PAGE = (
    b'#set page(footer: context align(center)[#"\xe2\x80\x94 "#counter(page).display()#" \xe2\x80\x94"])\n'
    b'#set text(font: ("FandolFang", "Noto Serif CJK SC", "Noto Sans CJK SC"), size: 12pt)\n'
    b"#for line in json(bytes(sys.inputs.lines)) [#line#linebreak()]\n"
)


def text_of(name: str) -> str:
    return (EXAMPLES / f"{name}.txt").read_text(encoding="utf-8")


def facts_of(text: str) -> tuple[Fact, ...]:
    """The facts of a plain text."""
    return read(text.encode(), "例.txt").facts


def as_docx(text: str) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_html(text: str) -> bytes:
    """A page as an office's site shows it: a menu before, a footer after."""
    body = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines())
    menu = "<nav><a href='/'>首页</a><a href='/a'>要闻</a></nav>"
    whole = f"<body>{menu}<div>{body}</div><footer>版权</footer></body>"
    return f"<!DOCTYPE html><html><head><title>公报</title></head>{whole}</html>".encode()


def as_pdf(text: str) -> bytes:
    """A typeset PDF with page numbers."""
    lines = json.dumps([line.strip() for line in text.splitlines() if line.strip()])
    return typst.compile(_PAGE, sys_inputs={"lines": lines})


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()
