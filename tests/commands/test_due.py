"""The command that answers date questions."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bihuan.commands.due import USAGE, main

NOTICE = """
year = 2027
source = "测试用的放假安排"
worked = []
[[holiday]]
name = "元旦"
first = 2027-01-01
last = 2027-01-03
"""


def run(capsys: pytest.CaptureFixture[str], line: str) -> tuple[int, str, str]:
    status = main(line.split())
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_it_prints_the_due_date_and_every_step(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--start 2024-02-05 --working-days 5") == (
        0,
        "到期日：2024年2月18日（周日）\n"
        "  1. 自2024年2月5日（周一）起算，当日不计。\n"
        "  2. 只计工作日，依次为2024年2月6日至9日、18日，第5个工作日为2024年2月18日（周日，调休上班）。\n"
        "  3. 其间的春节假期（2024年2月10日至17日）不计。\n"
        "  4. 其间的调休上班日2024年2月18日计入。\n"
        "  5. 计算规则：民法典第二百零一条；国务院办公厅部分节假日安排的通知（尚未核对条文）。\n",
        "",
    )


@pytest.mark.parametrize(
    ("period", "due"),
    [
        ("--months 2", "2024-02-28"),
        ("--days 20", "2024-01-17"),
        ("--years 1", "2024-12-30"),
        ("--working-days 3", "2024-01-03"),
    ],
)
def test_json_gives_the_date_and_whether_it_is_provisional(
    capsys: pytest.CaptureFixture[str], period: str, due: str
) -> None:
    status, out, _ = run(capsys, f"--start 2023-12-28 {period} --json")
    answer = json.loads(out)
    assert (status, answer["due"], answer["provisional"], answer["kind"]) == (0, due, False, "exact")


def test_a_year_without_notice_is_provisional_until_the_notice_is_loaded(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked = "--start 2026-12-31 --working-days 1"
    _, out, _ = run(capsys, asked)
    assert out.splitlines()[0] == "到期日：2027年1月1日（周五）（暂定：有关年份的放假安排尚未载入）"
    notice = tmp_path / "2027.toml"
    notice.write_text(NOTICE, "utf-8")
    _, out, _ = run(capsys, f"{asked} --notice {notice}")
    assert out.splitlines()[0] == "到期日：2027年1月4日（周一）"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", "命令没有看懂：参数缺少、多余或写法不对。"),
        ("--start 2024-02-05 --days 5 --fast", "命令没有看懂：参数缺少、多余或写法不对。"),
        ("--start 2024-02-30 --days 5", "起算日期“2024-02-30”不是日历上有的日期，应写成 2024-02-05 的样子。"),
        ("--start 明天 --days 5", "起算日期“明天”不是日历上有的日期，应写成 2024-02-05 的样子。"),
        (
            "--start 2024-02-05",
            "应当只写一个期限：--working-days、--days、--months、--years 四者取其一。",
        ),
        (
            "--start 2024-02-05 --days 5 --months 1",
            "应当只写一个期限：--working-days、--days、--months、--years 四者取其一。",
        ),
        ("--start 2024-02-05 --days 0", "期限为0日，应在1至36525之间。"),
        ("--start 2024-02-05 --days 五", "期限“五”应为不超过六位的正整数。"),
        ("--start 2024-02-05 --days 1.5", "期限“1.5”应为不超过六位的正整数。"),
        (
            "--start 9999-12-30 --days 5",
            "算出的日期超出了公历可以表示的范围，请核对起算日期和期限。",
        ),
        (
            "--start 2024-02-05 --days 5 --notice /nowhere.toml",
            "放假安排文件“/nowhere.toml”读不出来，请检查路径，并确认是 UTF-8 文本。",
        ),
    ],
)
def test_bad_input_is_explained_in_chinese(
    capsys: pytest.CaptureFixture[str], line: str, message: str
) -> None:
    assert run(capsys, line) == (2, "", f"{message}\n{USAGE}\n")


def test_help_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "--help")
    assert (status, out.splitlines()[0]) == (0, "计算期限的到期日，并说明每一步。")


def test_it_runs_without_django() -> None:
    code = (
        "import sys; from bihuan.commands.due import main;"
        "main(['--start', '2024-02-05', '--days', '5']); sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0
