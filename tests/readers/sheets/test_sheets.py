from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from bihuan.readers.opening.opened import MOST_BYTES
from bihuan.readers.sheets import (
    CannotOpen,
    Problem,
    Sheet,
    Skipped,
    Wanted,
    WrongSheet,
    grids,
    open_book,
    read_sheet,
)

NUMBER = Wanted(
    key="number", name="编号", also=("建议编号", "序号"), kind="number", required=True, unique=True
)
TITLE = Wanted(key="title", name="标题", also=("案由", "建议题目"), required=True, most=40)
DAY = Wanted(key="day", name="交办日期", also=("交办时间",), kind="day")
LEAD = Wanted(key="lead", name="主办单位", also=("承办单位主办", "主办"))
COLUMNS = (NUMBER, TITLE, DAY, LEAD)
HEAD = ["编号", "标题", "交办日期", "主办单位"]


def workbook(
    sheets: dict[str, Sequence[Sequence[Any]]], *, hidden: str = "", merged: Sequence[str] = ()
) -> bytes:
    """The sheets as an XLSX file; `merged` areas of the first one take the value of their first cell."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(at, column, datetime(cell.year, cell.month, cell.day), days)
                elif cell != "":
                    sheet.write(at, column, cell)
        if name == hidden:
            sheet.hide()
        for area in merged if sheet.index == 0 else ():
            first = area.partition(":")[0]
            column, line = ord(first[0]) - ord("A"), int(first[1:]) - 1
            sheet.merge_range(area, rows[line][column])
    book.close()
    return file.getvalue()


def read(*rows: Sequence[Any], wanted: Sequence[Wanted] = COLUMNS, merged: Sequence[str] = ()) -> Sheet:
    return read_sheet(open_book(workbook({"建议": rows}, merged=merged)), wanted)


def day_of(cell: Any) -> tuple[date | None, str]:
    """What a cell under 交办日期 is read as, and the reason why not."""
    row = read(HEAD, [1, "修缮石桥", cell]).rows[0]
    value = row.values["day"]
    assert value is None or isinstance(value, date)
    return value, row.problems[0].reason if row.problems else ""


# --- the heading


def test_a_heading_is_found_under_a_title_and_by_other_names() -> None:
    sheet = read(["临溪县建议交办表"], [], ["案由（标题）", "承办", "序 号*"], ["修缮石桥", "交通局", 3])
    assert [(found.wanted.key, found.letter, found.heading) for found in sheet.columns] == [
        ("number", "C", "序 号*"),
        ("title", "A", "案由（标题）"),
    ]
    assert [(row.number_in_file, dict(row.values)) for row in sheet.rows] == [
        (4, {"number": 3, "title": "修缮石桥"})
    ]
    assert sheet.notes == ("没有读取的列：承办。",)


def test_a_heading_of_two_rows_is_read_with_its_group() -> None:
    sheet = read(
        ["编号", "标题", "承办单位", ""],
        ["", "", "主办", "协办"],
        [1, "修缮石桥", "交通局", "财政局"],
        merged=("A1:A2", "B1:B2", "C1:D1"),
    )
    assert [found.heading for found in sheet.columns] == ["编号", "标题", "承办单位/主办"]
    assert sheet.rows[0].values == {"number": 1, "title": "修缮石桥", "lead": "交通局"}


def test_a_column_that_stands_twice_is_read_once_and_said() -> None:
    sheet = read([*HEAD, "标题"], [1, "修缮石桥", "", "交通局", "另一个标题"])
    assert sheet.rows[0].values["title"] == "修缮石桥"
    assert sheet.notes[0] == "“标题”有2列（B、E），读取的是B列。"


# --- which sheet


def test_the_one_sheet_with_the_columns_is_chosen_and_hidden_ones_are_said() -> None:
    book = open_book(
        workbook({"说明": [["填写说明"]], "明细": [HEAD, [1, "修缮石桥"]], "旧表": [HEAD]}, hidden="旧表")
    )
    sheet = read_sheet(book, COLUMNS)
    assert (sheet.name, sheet.notes) == ("明细", ("隐藏的工作表没有读取：旧表。",))


def test_a_file_without_the_columns_says_what_it_has_and_what_is_missing() -> None:
    book = open_book(workbook({"通讯录": [["姓名", "电话"]], "台账": [["编号", "内容"], [1, "石桥"]]}))
    with pytest.raises(WrongSheet) as refused:
        read_sheet(book, COLUMNS)
    assert str(refused.value) == (
        "无法读取：工作表“台账”第1行的表头缺少这些列：标题（已找到：编号）。请补上或改正列名。"
        "文件中的工作表有：通讯录、台账。"
    )


def test_between_two_fitting_sheets_the_user_chooses() -> None:
    book = open_book(workbook({"2024年": [HEAD, [1, "修缮石桥"]], "2025年": [HEAD, [2, "疏浚水渠"]]}))
    with pytest.raises(WrongSheet) as refused:
        read_sheet(book, COLUMNS)
    assert refused.value.candidates == ("2024年", "2025年")
    assert read_sheet(book, COLUMNS, name="2025年").rows[0].values["title"] == "疏浚水渠"
    with pytest.raises(WrongSheet, match="没有名为“2023年”的工作表"):
        read_sheet(book, COLUMNS, name="2023年")


# --- rows that are no records


def test_blank_rows_totals_notes_and_repeated_headings_are_skipped_and_said() -> None:
    sheet = read(
        HEAD, [1, "修缮石桥"], [], HEAD, [2, "疏浚水渠"], ["合　计", "2件"], ["注：闭会期间的不在内"], []
    )
    assert [row.number_in_file for row in sheet.rows] == [2, 5]
    assert sheet.skipped == (
        Skipped(number_in_file=3, reason="空行", text=""),
        Skipped(number_in_file=4, reason="重复的表头", text="编号 标题 交办日期 主办单位"),
        Skipped(number_in_file=6, reason="合计行", text="合　计 2件"),
        Skipped(number_in_file=7, reason="表下的注", text="注：闭会期间的不在内"),
    )


def test_merged_cells_are_filled_down_and_one_record_in_two_rows_is_no_duplicate() -> None:
    sheet = read(
        HEAD,
        [1, "修缮石桥", "2025.3.7", "交通局"],
        ["", "", "", "财政局"],
        merged=("A2:A3", "B2:B3", "C2:C3"),
    )
    assert [(row.values["number"], row.values["lead"], row.continues) for row in sheet.rows] == [
        (1, "交通局", False),
        (1, "财政局", True),
    ]
    assert sheet.rows[1].values["day"] == date(2025, 3, 7)
    assert sheet.unsound == ()


# --- cells


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "2025.3.7",
            "2025年3月7日",
            "2025-03-07",
            "2025/3/7",
            "２０２５年３月７日",
            "20250307",
            "45723",
            45723,
        ),
        *("二〇二五年三月七日", "2025-03-07 00:00:00", date(2025, 3, 7), "2025 年 3 月 7 日"),
    ],
)
def test_a_day_is_read_however_it_is_written(cell: Any) -> None:
    assert day_of(cell) == (date(2025, 3, 7), "")


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("2025年3月", "只写到月，没有写日。请写全，如“2025年3月7日”。"),
        ("3月7日", "没有写年份。请写全，如“2025年3月7日”。"),
        ("25.3.7", "年份只写了两位，不能确定是哪一年。请写全，如“2025年3月7日”。"),
        ("2025年2月30日", "没有这一天。请核对年、月、日。"),
        ("3025-3-7", "读出的日期是3025年3月7日，不合常理。请核对。"),
        ("会后", "认不出是日期。请写成“2025年3月7日”或“2025-3-7”。"),
    ],
)
def test_a_day_that_may_mean_two_things_is_said_and_not_guessed(cell: str, reason: str) -> None:
    assert day_of(cell) == (None, reason)


@pytest.mark.parametrize("cell", [12, 12.0, "12", "１２", "第12号", "十二", " 12 "])
def test_numbers_kept_as_text_are_numbers(cell: Any) -> None:
    assert read(HEAD, [cell, "修缮石桥"]).rows[0].values["number"] == 12


def test_numbers_under_a_text_column_read_as_people_see_them() -> None:
    assert read(HEAD, [1, 2025.0, "", 13800000000]).rows[0].values == {
        "number": 1,
        "title": "2025",
        "day": None,
        "lead": "13800000000",
    }


def test_each_fault_names_its_column_its_text_and_its_reason_and_the_other_cells_stay() -> None:
    row = read(HEAD, ["3.5", "", "明天", "交通局"]).rows[0]
    assert row.problems == (
        Problem(
            column="编号", text="3.5", reason="应填数字，这里的内容认不出是数字。请改为数字，单位写在列名里。"
        ),
        Problem(column="标题", text="", reason="没有填写，这一列必须填。"),
        Problem(column="交办日期", text="明天", reason="认不出是日期。请写成“2025年3月7日”或“2025-3-7”。"),
    )
    assert row.values == {"number": None, "title": None, "day": None, "lead": "交通局"}


def test_a_number_in_use_is_flagged_with_the_row_that_has_it() -> None:
    sheet = read(HEAD, [1, "修缮石桥"], [2, "疏浚水渠"], ["第1号", "增设路灯"])
    assert [row.number_in_file for row in sheet.unsound] == [4]
    assert sheet.unsound[0].problems == (
        Problem(column="编号", text="1", reason="与第2行重复。请核对是否重复登记，或者编号写错。"),
    )


def test_a_title_too_long_and_a_number_excel_has_cut_are_said() -> None:
    row = read(HEAD, [1, "桥" * 41, "", 12345678901234567]).rows[0]
    assert [problem.reason for problem in row.problems] == [
        "有41个字，最多40个字。请精简后再导入。",
        "这个数超过15位，Excel 存成数字时已丢掉末尾几位。请把这一列设为文本格式，重新填写完整。",
    ]


# --- other files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_the_encodings_offices_use(encoding: str) -> None:
    text = '编号,标题,交办日期,主办单位\r\n1,"修缮石桥，\n并加护栏",2025-3-7,县交通运输局\r\n'
    text += "2,疏浚全镇的灌溉水渠,,县水利局\r\n"
    sheet = read_sheet(open_book(text.encode(encoding)), COLUMNS)
    assert [(row.values["number"], row.values["title"]) for row in sheet.rows] == [
        (1, "修缮石桥，\n并加护栏"),
        (2, "疏浚全镇的灌溉水渠"),
    ]


def refusal(data: bytes) -> str:
    with pytest.raises(CannotOpen) as refused:
        open_book(data)
    return str(refused.value)


def test_what_is_no_table_or_not_whole_is_refused_in_words_a_user_can_act_on() -> None:
    assert refusal(b"") == "无法读取：文件是空的。请确认选对了文件，或重新导出后再上传。"
    assert refusal(b"%PDF-1.7 no table") == "无法读取：这不是表格文件。请上传 XLSX、XLS 或 CSV 格式的表格。"
    whole = workbook({"建议": [HEAD]})
    assert refusal(whole[: len(whole) // 2]) == (
        "无法读取：表格文件已损坏（压缩结构不完整）。请用 Excel 或 WPS 打开，另存为 XLSX 后再上传。"
    )
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(other.getvalue()) == "无法读取：这不是表格文件。请上传 XLSX、XLS 或 CSV 格式的表格。"
    too_large = "无法读取：文件有50.0 MB，超过50 MB 的上限。请去掉图片或拆分成几个文件后再上传。"
    assert refusal(b"PK" + bytes(MOST_BYTES)) == too_large


def test_a_protected_workbook_is_refused() -> None:
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    assert refusal(compound) == "无法读取：文件设有密码。请去掉密码后再上传。"


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 30_000_000)
    assert refusal(bomb.getvalue()) == (
        "无法读取：文件解压后异常庞大，疑似恶意压缩包，已停止读取。请另存为普通文件后再上传。"
    )


def test_one_cell_in_the_last_corner_does_not_take_all_memory() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("建议")
    sheet.write(0, 0, "编号")
    sheet.write(1_048_575, 16_383, "远")
    book.close()
    assert refusal(file.getvalue()).startswith("无法读取：工作表“sheet1.xml”从左上角到最后一个有内容的格子有")


def test_cells_that_are_only_formatted_do_not_count() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("建议")
    for column, name in enumerate(HEAD):
        sheet.write(0, column, name)
    sheet.write(1, 0, 1)
    sheet.write(1, 1, "修缮石桥")
    sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
    book.close()
    assert len(read_sheet(open_book(file.getvalue()), COLUMNS).rows) == 1


def test_a_workbook_that_makes_the_parser_abort_is_refused_and_nothing_else_ends(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "unpacking.py"
    program.write_text("import os, sys\nsys.stdin.buffer.read()\nos.abort()\n")
    monkeypatch.setattr(grids, "_UNPACKER", str(program))
    assert refusal(workbook({"建议": [HEAD]})) == (
        "无法读取：表格文件已损坏（工作表读不出来）。请用 Excel 或 WPS 打开，另存为 XLSX 后再上传。"
    )
