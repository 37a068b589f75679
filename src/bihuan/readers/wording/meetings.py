"""Names of sessions and the bracket that says when and where a paper was passed."""

from __future__ import annotations

import re

from bihuan.readers.wording.dates import FULL_DATE, find_date, iso_date

_LONGEST_OPENING = 90  # characters of a first sentence that name session and day
_ORDINAL = r"[〇零一二三四五六七八九十百\d]{1,4}"
# 某市第十六届人民代表大会常务委员会第二十次会议 / 某市十六届人大常委会第20次(扩大)会议 / …第三次会议
MEETING = re.compile(
    rf"(?:(?!(?<=[\d一二三四五六七八九十])日)[^\W\d关于印发转送现将在由对_]{{0,8}}[市县区州省])?第?{_ORDINAL}届(?:人民代表大会|人大)(?:常务委员会|常委会)?第?{_ORDINAL}次"
    r"(?:[（(]扩大[）)])?(?:主任)?会议"
)
_A_DAY = re.sub(r"[?]P<[a-z]+>", "?:", FULL_DATE.pattern)
# （2023年12月28日某市第十六届人民代表大会常务委员会第二十次会议通过）
ADOPTION = re.compile(
    rf"[（(](?P<date>{FULL_DATE.pattern})(?P<meeting>[^（()）。；]{{4,60}}?(?:会议|大会))?(?:审议|表决|全票|讨论)?(?:通过|决定|批准)"
    # A local law is approved by the province after it is passed.
    rf"(?:[，、；]?{_A_DAY}[^（()）。；]{{4,60}}?(?:批准|修正|修订|通过))*[）)]"
)


_BEFORE_TERM = 16  # characters a session's name may have before 届


def find_meeting(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first session text[start:end] names. Only what stands around 届 is looked at."""
    term = text.find("届", start, end)
    return None if term < 0 else MEETING.search(text, max(start, term - _BEFORE_TERM), end)


def adoption_date(match: re.Match[str]) -> str:
    """ISO date of an ADOPTION match; empty for a day that does not exist."""
    return iso_date(match)


def opening_meeting(text: str, start: int, end: int) -> str:
    """The session a paper's body opens with, or empty."""
    match = find_meeting(text, start, min(end, start + 120))
    return match[0] if match else ""


def opening_date(text: str, start: int, end: int) -> str:
    """ISO day of the session a paper's body opens with (某年某月某日，某次会议听取…), or empty."""
    stop = text.find("。", start, min(end, start + _LONGEST_OPENING))
    stop = min(end, start + _LONGEST_OPENING) if stop < 0 else stop
    return find_date(text, start, stop) if find_meeting(text, start, stop) else ""
