"""Paper → PDF (PDF/A-2b) through typst. The paper's text is handed over as JSON, so markup in it is inert.

The same paper on the same machine gives the same bytes: no clock and no random name enters the file.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import typst

from bihuan.writers import geometry
from bihuan.writers.fonts import FACES, Face, FontStack, font_folders, font_stack, installed
from bihuan.writers.numbers import chinese_date
from bihuan.writers.paper import (
    BLANK_DATE,
    Annex,
    Block,
    FormGrid,
    Heading,
    PageBreak,
    Paper,
    PaperError,
    Paragraph,
    SignatureLines,
    Table,
    annex_label,
    attachment_lines,
    copies_line,
    file_time,
    numbered,
    printable,
    printed_number,
)
from bihuan.writers.titles import break_subtitle, break_title, width

_TEMPLATES: Final = Path(__file__).parent / "templates"
_KINDS: Final[dict[type[Block], str]] = {
    Paragraph: "paragraph",
    Heading: "heading",
    Table: "table",
    FormGrid: "form",
    SignatureLines: "signatures",
    PageBreak: "break",
}
_UNSEEN: Final = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_lock: Final = Lock()


def write_pdf(paper: Paper) -> bytes:
    """Set a paper. Raises PaperError when a face has no font here or the typesetter refuses the text."""
    folders = font_folders()
    present = installed(folders)
    faces = {face: font_stack(face, among=present) for face in FACES}
    absent = [FACES[face].chinese for face, names in faces.items() if not names]
    if absent:
        raise PaperError(
            f"缺少{'、'.join(absent)}字体，不能生成PDF。请管理员安装字体后重试；在此之前可以下载DOCX。"
        )
    text = json.dumps(_payload(paper, faces), ensure_ascii=False, sort_keys=True)
    timestamp = int(file_time(paper).timestamp())
    with _lock:  # one compiler keeps its caches between papers; it is not built for two at once
        try:
            pdf = _compiler(folders).compile(
                format="pdf", sys_inputs={"paper": text}, pdf_standards=["a-2b"], timestamp=timestamp
            )
        except typst.TypstError as error:
            raise PaperError(_refusal(str(error))) from error
    if not isinstance(pdf, bytes):
        raise TypeError("typst returned no single PDF")
    return pdf


def _refusal(error: str) -> str:
    """The typesetter's complaint in Chinese; a character without a glyph is named, never set as a box."""
    unseen = _UNSEEN.search(error)
    if unseen is None:
        return "这份公文未能生成PDF，原因不明。请把公文编号告知管理员；在此之前可以下载DOCX。"
    characters = "、".join(f"“{character}”（U+{ord(character):04X}）" for character in unseen[1])
    return (
        f"公文中的{characters}在已安装的字体里没有字形，印出来会是空框，所以没有生成PDF。"
        "请改用其他文字，或者请管理员安装含有该字的字体；DOCX不受影响。"
    )


@lru_cache(maxsize=2)
def _compiler(folders: tuple[Path, ...]) -> typst.Compiler:
    return typst.Compiler(
        str(_TEMPLATES / "paper.typ"), root=str(_TEMPLATES), font_paths=[str(folder) for folder in folders]
    )


def _payload(paper: Paper, faces: dict[Face, FontStack]) -> dict[str, Any]:
    dated = chinese_date(paper.dated) if paper.dated else BLANK_DATE
    printed_on = chinese_date(paper.printed_on) if paper.printed_on else BLANK_DATE
    largest = geometry.LETTER_LARGEST_PT if paper.form == "letter" else geometry.HEAD_LARGEST_PT
    return {
        "geometry": _measures(geometry.head_size_pt(paper.letterhead, largest=largest)),
        "faces": faces,
        "note_lines": -(-(width(paper.note) + 2) // geometry.CHARACTERS) if paper.note else 0,
        **_shown(
            {
                "form": paper.form,
                "letterhead": paper.letterhead,
                "number": printed_number(paper),
                "signer": paper.signer,
                "urgency": paper.urgency,
                "mark": paper.mark,
                "landscape": paper.landscape,
                "title": break_title(paper.title),
                "subtitle": break_subtitle(paper.subtitle),
                "addressees": f"{'、'.join(paper.addressees)}：" if paper.addressees else "",
                "body": _body(paper.body),
                "attachments": _attachments(paper.attachments),
                "organs": paper.organs,
                "date": dated,
                "sealed": paper.sealed,
                "note": paper.note,
                "annexes": _annexes(paper.annexes),
                "imprint": {
                    "place": paper.imprint_place,
                    "copies": copies_line(paper),
                    "printed_by": paper.printed_by,
                    "printed_on": f"{printed_on}印发",
                },
            }
        ),
    }


def _measures(head_pt: float) -> dict[str, float | str]:
    constants = {name.lower(): value for name, value in vars(geometry).items() if name.isupper()}
    return {**constants, "head_pt": head_pt}


def _attachments(names: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"number": number, "name": name} for number, name in attachment_lines(names)] if names else []


def _annexes(annexes: tuple[Annex, ...]) -> list[dict[str, Any]]:
    return [
        {
            "label": annex_label(position=position, count=len(annexes)),
            "title": break_title(annex.title),
            "subtitle": break_subtitle(annex.subtitle),
            "body": _body(annex.body),
            "landscape": annex.landscape,
        }
        for position, annex in enumerate(annexes, start=1)
    ]


def _body(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    return [
        {"kind": _KINDS[type(block)], "number": number, **asdict(block)} for number, block in numbered(blocks)
    ]


def _shown(value: Any) -> Any:
    """The same tree with every string made printable; a tab is set as the space of one character."""
    if isinstance(value, str):
        return printable(value).replace("\t", "　")
    if isinstance(value, dict):
        return {key: _shown(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(item) for item in value]
    return value
