from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from defusedxml import ElementTree

from bihuan.ui.export import Column, write_xlsx, xlsx_response

NAMES = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def cells(book: bytes, sheet: int = 1) -> dict[str, tuple[str, str]]:
    """Cell → (type, content): 'inlineStr' or 'str' is text, 'n' a number; formulas raise."""
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        root = ElementTree.fromstring(parts.read(f"xl/worksheets/sheet{sheet}.xml"))
    found = {}
    for cell in root.iterfind(".//m:c", NAMES):
        assert cell.find("m:f", NAMES) is None, "a formula"
        text = "".join(cell.itertext())
        found[cell.attrib["r"]] = (cell.attrib.get("t", "n"), text)
    return found


def book_of(rows: list[object], columns: list[Column[object]], **more: int) -> bytes:
    file = io.BytesIO()
    write_xlsx(file, rows, columns=columns, **more)
    return file.getvalue()


def test_text_that_looks_like_a_formula_stays_text() -> None:
    hostile = ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "http://a.example", "{=1}", "　=1"]
    found = cells(book_of(list(hostile), [Column("名称", str)]))
    assert [found[f"A{line}"] for line in range(2, 9)] == [("inlineStr", text) for text in hostile]


def test_numbers_and_days_are_numbers_and_days() -> None:
    row = (Decimal("66.25"), 7, date(2024, 2, 28), datetime(2024, 2, 27, 16, 30, tzinfo=UTC), None)
    columns = [
        Column[object]("率", lambda _: row[0], "number"),
        Column[object]("数", lambda _: row[1], "number"),
        Column[object]("到期", lambda _: row[2], "day"),
        Column[object]("记入", lambda _: row[3], "moment"),
        Column[object]("办结", lambda _: row[4], "day"),
    ]
    found = cells(book_of([None], columns))
    assert found["A2"] == ("n", "66.25")
    assert found["B2"] == ("n", "7")
    assert found["C2"] == ("n", "45350")
    # 16:30 UTC is 00:30 of the next day in Beijing.
    assert float(found["D2"][1]) == pytest.approx(45350 + 30 / (24 * 60), abs=1e-6)
    assert "E2" not in found


def test_a_longer_list_goes_on_in_a_further_sheet_under_the_same_heading() -> None:
    book = book_of([1, 2, 3], [Column("数", lambda row: row, "number")], sheet_rows=3)  # type: ignore[arg-type, return-value]
    assert cells(book, 1) == {"A1": ("inlineStr", "数"), "A2": ("n", "1"), "A3": ("n", "2")}
    assert cells(book, 2) == {"A1": ("inlineStr", "数"), "A2": ("n", "3")}


def test_the_download_carries_a_chinese_name() -> None:
    response = xlsx_response(["甲"], columns=[Column("名称", str)], name="审议意见")
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E5%AE%A1%E8%AE%AE%E6%84%8F%E8%A7%81.xlsx"
    )
    assert cells(b"".join(response.streaming_content))["A2"] == ("inlineStr", "甲")  # type: ignore[arg-type]
