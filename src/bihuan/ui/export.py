"""Lists as XLSX: columns declared once, rows streamed, nothing in a cell is ever run as a formula."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, Final, Generic, Literal, TypeVar

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone

Row = TypeVar("Row")
Cell = str | int | Decimal | date | datetime | None
Kind = Literal["text", "number", "day", "moment"]

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Rows of a sheet in the format (2^20); a longer list goes on in a further sheet.
_SHEET_ROWS: Final = 1_048_576
_WIDTHS: Final[dict[Kind, int]] = {"text": 24, "number": 12, "day": 16, "moment": 20}
_FORMATS: Final[dict[Kind, dict[str, str]]] = {
    "text": {},
    "number": {},
    "day": {"num_format": 'yyyy"年"m"月"d"日"', "align": "left"},
    "moment": {"num_format": 'yyyy"年"m"月"d"日" hh:mm', "align": "left"},
}


@dataclass(frozen=True)  # no slots: Python 3.11 then refuses Column[Something](...)
class Column(Generic[Row]):
    """A column: its heading, how to get the value from a row, and what kind of value that is."""

    label: str
    value: Callable[[Row], Cell]
    kind: Kind = "text"
    width: int = 0  # characters; 0: what suits the kind


def xlsx_response(rows: Iterable[Row], *, columns: Sequence[Column[Row]], name: str) -> FileResponse:
    """The list as a download called `name`.xlsx; pass `queryset.iterator()` to keep memory bounded."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it when it has been sent
    write_xlsx(file, rows, columns=columns)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def write_xlsx(
    file: IO[bytes], rows: Iterable[Row], *, columns: Sequence[Column[Row]], sheet_rows: int = _SHEET_ROWS
) -> None:
    """Write the rows under a fixed heading, one row in memory at a time."""
    book = xlsxwriter.Workbook(
        file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    heading = book.add_format({"bold": True, "bottom": 1})
    formats = {kind: book.add_format(look) for kind, look in _FORMATS.items()}
    sheet, line = _new_sheet(book, columns, heading), 1
    for row in rows:
        if line == sheet_rows:
            sheet, line = _new_sheet(book, columns, heading), 1
        for at, column in enumerate(columns):
            _write(sheet, line, at, column.value(row), column.kind, formats[column.kind])
        line += 1
    book.close()


def _new_sheet(book: Any, columns: Sequence[Column[Any]], heading: Any) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width or _WIDTHS[column.kind])
        sheet.write_string(0, at, column.label, heading)
    return sheet


def _write(sheet: Any, line: int, at: int, value: Cell, kind: Kind, look: Any) -> None:
    """One cell. Text is always written as text, so '=1+1' in a title stays a title."""
    if value is None or value == "":
        return
    if kind == "number" and isinstance(value, int | Decimal):
        sheet.write_number(line, at, value, look)
    elif kind in ("day", "moment") and isinstance(value, date):
        if isinstance(value, datetime) and timezone.is_aware(value):
            value = timezone.make_naive(value)
        sheet.write_datetime(line, at, value, look)
    else:
        sheet.write_string(line, at, str(value), look)
