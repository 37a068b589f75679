"""How often a body met, visited and talked, told in the reports of others: 先后3次专题研究, 与代表座谈23次.

In a report on suggestions or on money only such counts are activity; what was built or spent are figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import ActivityCount
from bihuan.readers.parts.clauses import periods
from bihuan.readers.wording.meetings import MEETING

_N = r"(?P<value>\d{1,4})余?"
_MET = "党组(?:扩大)?会议?|党委会议?|常务会议?|办公会议?|专题会议?|调度会议?|座谈会|推进会|联席会议|协调会|交办会"
# Each tells what is counted by a group, or by the label beside it.
_TOLD: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"{_N}(?P<measure>次)(?:组织)?召开了?[^，。；\d]{{0,8}}?(?P<what>{_MET})"), ""),
    (re.compile(rf"召开了?[^，。；\d]{{0,12}}?(?P<what>{_MET}){_N}(?P<measure>次|场)"), ""),
    (re.compile(rf"召开了?{_N}(?P<measure>次|场)[^，。；\d]{{0,8}}?(?P<what>{_MET})"), ""),
    (
        re.compile(
            rf"(?:先后)?{_N}(?P<measure>次)(?:对[^，。；]{{2,24}}?进行)?(?P<what>专题(?:研究|调度|部署|听取))"
        ),
        "",
    ),
    (
        re.compile(
            rf"(?P<what>(?:与|同)[^，。；]{{0,8}}?代表[^，。；]{{0,8}}?(?:座谈|沟通|见面|交流|走访)[^，。；\d]{{0,4}}){_N}(?P<measure>次|人次|场)"
        ),
        "",
    ),
    (
        re.compile(
            rf"(?P<what>(?:走访|上门走访|约见|拜访)[^，。；\d]{{0,8}}?代表[^，。；\d]{{0,4}}){_N}(?P<measure>次|人次|名)"
        ),
        "",
    ),
    (
        re.compile(rf"邀请[^，。；]{{0,60}}?代表[^，。；\d]{{0,40}}{_N}(?P<measure>场次?|次|人次|批次?)"),
        "邀请代表参加活动",
    ),
    (re.compile(rf"(?<=[场次批]){_N}(?P<measure>人次)"), "邀请代表参加活动"),
    (
        re.compile(
            rf"(?P<what>(?:吸纳|采纳|征求|收集|征集)[^，。；\d]{{0,10}}?(?:意见建议|意见|建议)){_N}(?P<measure>条)"
        ),
        "",
    ),
    (re.compile(rf"提出了?{_N}(?P<measure>条)(?:审议意见|意见)"), "审议意见"),
    (
        re.compile(rf"(?:设立?|成立|组成|分成?)了?{_N}(?P<measure>个)(?P<what>(?:执法)?(?:检查|调研)?小?组)"),
        "",
    ),
    (
        re.compile(
            rf"对{_N}(?P<measure>个)(?P<what>[县市区乡镇街道]{{2,4}})[^，。；]{{0,16}}?(?:进行|开展)了?(?:执法|实地)?(?:检查|调研|视察)"
        ),
        "",
    ),
    (
        re.compile(rf"{_N}(?P<measure>件)[^，。；]{{0,20}}(?:的)?建议[^，。；]{{0,4}}(?P<what>二次交办)"),
        "",
    ),
    (
        re.compile(
            rf"(?P<what>不满意[^，。；]{{0,8}}转[^，。；]{{0,4}}满意)(?:的)?(?:建议)?{_N}(?P<measure>件)"
        ),
        "",
    ),
    (re.compile(rf"等{_N}(?P<measure>件)(?P<what>重点督办(?:代表)?建议)"), ""),
)
_HINT = re.compile(
    r"召开|专题|座谈|走访|邀请|吸纳|采纳|征求|审议意见|检查|二次交办|转[^，。]{0,4}满意|重点督办"
)
_SESSIONS = frozenset({"审议意见", "重点督办代表建议", "重点督办建议"})  # what a session does, not the unit
_SURE = 0.8


def report_activities(
    section: Section, context: Context, *, body: str, year: str, start: int, end: int
) -> Iterator[ActivityCount]:
    """The counts of text[start:end]: of `body`, or of the session the sentence names."""
    text = context.flow.text
    for a, b in periods(context.flow, start, end):
        if not _HINT.search(text, a, b):
            continue
        invited = False
        for rule, label in _TOLD:
            for match in rule.finditer(text, a, b):
                what = match.groupdict().get("what") or label
                if label == "邀请代表参加活动":
                    if match["measure"] == "人次" and not invited:
                        continue
                    invited = True
                session = MEETING.search(text, a, match.start()) if what in _SESSIONS else None
                yield ActivityCount(
                    at=context.span(section, match.start(), match.end()),
                    confidence=_SURE,
                    body=session[0] if session else body,
                    activity=what,
                    value=int(match["value"]),
                    measure=match["measure"],
                    year=year,
                )
