"""A process of its own that lays a workbook out: a crafted or damaged one can make the parser take all memory
and abort, and then only this process ends. Bytes come in on standard input, JSON goes out.

Run by its path, not as a module, and importing nothing of ours, so that it starts in a blink.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

MOST_MEMORY = 2 * 1024**3  # bytes
MOST_SECONDS = 60  # of processor time


def main() -> None:
    """The sheets, or the one thing that keeps them from being read."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    most_cells = int(sys.argv[1])
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        said: dict[str, Any] = {"sheets": list(sheets(book, most_cells))}
    except PasswordError:
        said = {"password": True}
    except (CalamineError, OSError, ValueError):
        said = {"broken": True}
    sys.stdout.write(json.dumps(said, separators=(",", ":"), default=dated))


def sheets(book: CalamineWorkbook, most_cells: int) -> Iterator[dict[str, Any]]:
    """Each worksheet; one that is too large says how many cells it has instead of its rows."""
    for at, sheet in enumerate(book.sheets_metadata):
        if sheet.typ is not SheetTypeEnum.WorkSheet:
            continue  # a chart or macro sheet holds no rows
        opened = book.get_sheet_by_index(at)
        cells = (opened.end[0] + 1) * (opened.end[1] + 1) if opened.end else 0
        if cells > most_cells:
            yield {"name": sheet.name, "cells": cells}
            return
        yield {
            "name": sheet.name,
            "hidden": sheet.visible is not SheetVisibleEnum.Visible,
            "rows": opened.to_python(skip_empty_area=False) if cells else [],
            "merged": [[*first, *last] for first, last in opened.merged_cell_ranges or ()],
        }


def dated(cell: object) -> list[str]:
    """A day, moment, time or span as JSON can carry it."""
    if isinstance(cell, datetime):
        return ["moment", cell.isoformat()]
    if isinstance(cell, date):
        return ["day", cell.isoformat()]
    if isinstance(cell, time | timedelta):
        return ["text", str(cell)]
    raise TypeError(type(cell).__name__)


if __name__ == "__main__":
    main()
