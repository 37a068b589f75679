"""A workbook or CSV file as grids of raw cells: opened within bounds, merged cells named, nothing interpreted."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bihuan.readers.opening.docx import refuse_bomb
from bihuan.readers.opening.opened import MOST_BYTES, CannotOpen
from bihuan.readers.opening.txt import decode

Cell = str | int | float | bool | date | datetime
Merged = tuple[int, int, int, int]  # first row, first column, last row, last column, from 0, both included

MOST_CELLS = 5_000_000  # cells of one sheet from its first corner to its last
_UNPACKER = str(Path(__file__).with_name("unpacking.py"))
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FILLED_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')
_SAVE_AS = "请用 Excel 或 WPS 打开，另存为 XLSX 后再上传。"
_NEITHER = "无法读取：这不是表格文件。请上传 XLSX、XLS 或 CSV 格式的表格。"
_BROKEN = "无法读取：表格文件已损坏（{what}）。" + _SAVE_AS
_PASSWORD = "无法读取：文件设有密码。请去掉密码后再上传。"  # noqa: S105 - a sentence
_TOO_WIDE = (
    "无法读取：工作表“{name}”从左上角到最后一个有内容的格子有{cells:,}格，超过{most:,}格的上限。"
    "请删除表格以外多余的内容（往往在很远的行或列里），或拆分成几个文件后再上传。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One sheet: `rows[r][c]` from the sheet's first corner, so that r + 1 is the row's number in the file."""

    name: str
    rows: list[list[Cell]]
    merged: tuple[Merged, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All sheets of a file, hidden ones too, and what the user should know about how it was opened."""

    grids: tuple[Grid, ...]
    warnings: tuple[str, ...] = field(default=())


def open_book(data: bytes) -> Book:
    """The sheets of an XLSX, XLS or CSV file; what it is shows in its bytes, not in its name.

    Raises CannotOpen, with a Chinese message, for anything else, and for what is protected, broken or larger
    than any real table.
    """
    if not data:
        raise CannotOpen("无法读取：文件是空的。请确认选对了文件，或重新导出后再上传。")
    if len(data) > MOST_BYTES:
        raise CannotOpen(
            f"无法读取：文件有{len(data) / 1048576:.1f} MB，超过50 MB 的上限。请去掉图片或拆分成几个文件后再上传。"
        )
    if data.startswith(b"PK"):
        _refuse_dangerous(data)
        return _open_workbook(data)
    if data.startswith(_COMPOUND):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise CannotOpen(_PASSWORD)
        if not any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
            raise CannotOpen(_NEITHER)
        return _open_workbook(data)
    return _open_csv(data)


def _refuse_dangerous(data: bytes) -> None:
    """A workbook is unpacked only when its size is known to be bearable: a reader that lays a sheet out as a
    grid would otherwise take all memory for one cell in the last corner."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            refuse_bomb(archive)
            names = archive.namelist()
            if not any(name.startswith("xl/") for name in names):
                raise CannotOpen(_NEITHER)
            for name in names:
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    _refuse_wide(archive.read(name), name=name.rpartition("/")[2])
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise CannotOpen(_BROKEN.format(what="压缩结构不完整")) from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]  # what a damaged stream raises
        raise CannotOpen(_BROKEN.format(what="压缩内容读不出来")) from error


def _refuse_wide(sheet: bytes, *, name: str) -> None:
    """Cells that are only formatted do not count: whole columns often are."""
    rows = columns = 0
    for match in _FILLED_CELL.finditer(sheet):
        rows = max(rows, int(match[2]))
        columns = max(columns, _column_number(match[1].decode()))
    if rows * columns > MOST_CELLS:
        raise CannotOpen(_TOO_WIDE.format(name=name, cells=rows * columns, most=MOST_CELLS))


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _open_workbook(data: bytes) -> Book:
    """Laid out by a process of its own: the parser aborts on some damaged files, and takes its process along."""
    done = subprocess.run(  # noqa: S603 - our own program, no shell, the file on standard input
        [sys.executable, "-P", _UNPACKER, str(MOST_CELLS)], input=data, capture_output=True, check=False
    )
    try:
        said: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {"broken": True}
    except ValueError:
        said = {"broken": True}
    if said.get("password"):
        raise CannotOpen(_PASSWORD)
    if said.get("broken"):
        raise CannotOpen(_BROKEN.format(what="工作表读不出来"))
    return Book(grids=tuple(_grid(sheet) for sheet in said["sheets"]))


def _grid(sheet: dict[str, Any]) -> Grid:
    if "cells" in sheet:
        raise CannotOpen(_TOO_WIDE.format(name=sheet["name"], cells=sheet["cells"], most=MOST_CELLS))
    rows = sheet["rows"]
    for line in rows:
        for at, cell in enumerate(line):
            if isinstance(cell, list):
                line[at] = _dated(*cell)
    merged = tuple((top, left, bottom, right) for top, left, bottom, right in sheet["merged"])
    return Grid(name=sheet["name"], rows=rows, merged=merged, hidden=sheet["hidden"])


def _dated(kind: str, text: str) -> Cell:
    if kind == "moment":
        return datetime.fromisoformat(text)
    return date.fromisoformat(text) if kind == "day" else text


def _open_csv(data: bytes) -> Book:
    text, warnings = decode(data)
    if "\0" in text or text.lstrip()[:1] in ("<", "{", "%"):
        raise CannotOpen(_NEITHER)
    head = text[: 64 * 1024]
    delimiter = max(",\t;", key=head.count)  # the first of equals: a comma
    try:
        lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise CannotOpen(_BROKEN.format(what="引号或分隔符不成对")) from error
    rows: list[list[Cell]] = [list(line) for line in lines]
    if sum(map(len, rows)) > MOST_CELLS:
        raise CannotOpen(_TOO_WIDE.format(name="CSV", cells=sum(map(len, rows)), most=MOST_CELLS))
    return Book(grids=(Grid(name="CSV", rows=rows),), warnings=warnings)
