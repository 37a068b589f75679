"""Where somebody lives: an address after a word of living, or one as fine as a room."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.privacy.found import Private

_LIVES = re.compile(
    r"(?:家住|现住|居住于|居住在|住址|家庭住址|家庭地址|户籍地址?|户籍所在地|户口所在地|住在|暂住|(?<![居暂入租])住(?![房建宅户院宿址])(?=[\u4e00-\u9fff]{2,12}?(?:镇|乡|街道|村|社区|路|街|巷)))(?:为|是|在|于)?[：:]?"
)
_AREA = re.compile(
    r"(?:[\u4e00-\u9fff]{1,6}?(?:省|自治区))?(?:[\u4e00-\u9fff]{1,6}?(?:市|州))?(?:[\u4e00-\u9fff]{1,5}?[县区])?"
)
# 城关镇解放路幸福小区3栋2单元501室, 石门镇凉水村4组
_FINE = re.compile(
    r"(?:[\u4e00-\u9fff]{1,8}?(?:镇|乡|街道|办事处))?(?:[\u4e00-\u9fff]{1,10}?(?:村|社区|路|街|巷|大道))?(?:\d+号)?"
    r"(?:[\u4e00-\u9fff]{1,10}?(?:小区|花园|苑|家园|公寓|宿舍|新村|楼盘|院))?"
    r"(?:\d+[组队栋幢座号楼]+)?(?:\d+单元)?(?:\d{1,2}楼)?(?:\d{2,4}[室号户]?)?"
)
_ROOM = re.compile(r"\d+[栋幢座号]楼?(?:\d+单元)?\d{3,4}[室号户]?|\d+单元\d{3,4}[室号户]?|\d{3,4}室")
_BEFORE_ROOM = re.compile(r"[\u4e00-\u9fff\d]{2,24}$")


def addresses(text: str) -> Iterator[Private]:
    """Each address of somebody's home, down from the town; province, city and county may stand."""
    ends = 0
    for match in _LIVES.finditer(text):
        area = _AREA.match(text, match.end())
        start = area.end() if area else match.end()
        fine = _FINE.match(text, start)
        if fine and fine.end() - start >= 2:
            ends = fine.end()
            yield _address(text, start, ends, reason="写明是某人的住处。", sure=True)
    for match in _ROOM.finditer(text):
        if match.start() < ends:
            continue
        before = _BEFORE_ROOM.search(text, max(0, match.start() - 24), match.start())
        start = before.start() if before else match.start()
        yield _address(text, start, match.end(), reason="细到房号，像是某人的住处。", sure=False)


def _address(text: str, start: int, end: int, *, reason: str, sure: bool) -> Private:
    return Private(
        kind="address",
        quote=text[start:end],
        start=start,
        end=end,
        reason=reason,
        replacement="（详细住址略）",
        sure=sure,
    )
