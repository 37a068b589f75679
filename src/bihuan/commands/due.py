"""``bihuan due``: when a period ends, and why, without a database.

Exit status 0 with the answer on standard output, or 2 with a Chinese message on standard error.
"""

import json
import re
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import NoReturn

from bihuan.kernel.calendar import Calendar, InvalidNotice, national_calendar, parse_notice
from bihuan.kernel.terms import Due, InvalidPeriod, Period, Unit, due_date, in_words

USAGE = "用法：bihuan due --start 2024-02-05 --working-days 5（或 --days 20、--months 2、--years 1）[--json]"
HELP = f"""计算期限的到期日，并说明每一步。

{USAGE}

  --start 日期        起算事件发生的日期，当日不计
  --working-days 数   工作日
  --days 数           日历日
  --months 数         月
  --years 数          年
  --event 事件        起算的事件，如“会议通过”，写进说明
  --notice 文件       另行载入一年的放假安排（TOML），可重复
  --json              以 JSON 输出
  -h, --help          显示本说明"""
UNITS = {
    "working_days": Unit.WORKING_DAYS,
    "days": Unit.DAYS,
    "months": Unit.MONTHS,
    "years": Unit.YEARS,
}


class WrongUsage(ValueError):
    """The command line cannot be understood; the message is Chinese."""


class Parser(ArgumentParser):
    """An argument parser that raises instead of printing English and leaving."""

    def error(self, message: str) -> NoReturn:
        """Raise WrongUsage."""
        raise WrongUsage("命令没有看懂：参数缺少、多余或写法不对。")


def main(argv: list[str]) -> int:
    """Answer one question about a date; return the exit status."""
    if {"-h", "--help"} & set(argv):
        print(HELP)
        return 0
    try:
        asked = _parser().parse_args(argv)
        due = due_date(
            start=_read_date(asked.start),
            period=_read_period({name: getattr(asked, name) for name in UNITS}),
            calendar=_read_calendar(asked.notice),
            event=asked.event,
        )
    except (WrongUsage, InvalidPeriod, InvalidNotice) as error:
        print(f"{error}\n{USAGE}", file=sys.stderr)
        return 2
    print(json.dumps(_as_json(due), ensure_ascii=False, indent=2) if asked.json else _as_text(due))
    return 0


def _parser() -> Parser:
    parser = Parser(add_help=False, allow_abbrev=False)
    parser.add_argument("--start", required=True)
    for name in UNITS:
        parser.add_argument("--" + name.replace("_", "-"))
    parser.add_argument("--event", default="")
    parser.add_argument("--notice", action="append", default=[])
    parser.add_argument("--json", action="store_true")
    return parser


def _read_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise WrongUsage(f"起算日期“{text}”不是日历上有的日期，应写成 2024-02-05 的样子。") from error


def _read_period(given: dict[str, str | None]) -> Period:
    chosen = {name: text for name, text in given.items() if text is not None}
    if len(chosen) != 1:
        raise WrongUsage("应当只写一个期限：--working-days、--days、--months、--years 四者取其一。")
    [(name, text)] = chosen.items()
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise WrongUsage(f"期限“{text}”应为不超过六位的正整数。")
    return Period(count=int(text), unit=UNITS[name])


def _read_calendar(notices: list[str]) -> Calendar:
    calendar = national_calendar()
    for name in notices:
        try:
            text = Path(name).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise WrongUsage(f"放假安排文件“{name}”读不出来，请检查路径，并确认是 UTF-8 文本。") from error
        calendar = calendar.with_notice(parse_notice(text))
    return calendar


def _as_json(due: Due) -> dict[str, object]:
    data = due.as_json()
    return {"due": data.pop("on"), **data}


def _as_text(due: Due) -> str:
    note = "（暂定：有关年份的放假安排尚未载入）" if due.provisional else ""
    answer = f"到期日：{in_words(due.on)}{note}" if due.on else "到期日：待定"
    steps = (f"  {number}. {step.text}" for number, step in enumerate(due.steps, start=1))
    return "\n".join([answer, *steps])
