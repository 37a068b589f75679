"""One faultless reply; tests change one thing in it."""

from __future__ import annotations

from typing import Any

from bihuan.kernel.reply_classes import Outcome, ReplyClass
from bihuan.readers.replies import Body, Objection, ReplyCase, check_reply

HEADING = "对县十七届人大四次会议第17号建议的答复"
OPENING = "您提出的《关于改善青石岭村道的建议》（第17号）收悉，现答复如下："
WIDENED = "关于加宽路面。青石岭村道已加宽到5.5米，4月30日通车。"
RAILED = "关于加装护栏。急弯处已安装护栏1.1公里。"
CONTACT = "联系人：杨帆    联系电话：0751-8301236"
SIGN = "临溪县交通运输局"
DONE = ReplyClass(letter="A", name="已经解决", means=(Outcome.DONE,))
PLANNED = ReplyClass(letter="B", name="正在解决或列入计划", means=(Outcome.DOING, Outcome.PLANNED))
NOT_NOW = ReplyClass(letter="C", name="暂时不能解决", means=(Outcome.NOT_NOW,))
DEMANDS = ("将青石岭村道路面加宽", "在急弯处加装护栏")


def letter(
    *body: str,
    heading: str = HEADING,
    salutation: str = "罗秀英代表：",
    opening: str = OPENING,
    closing: str = "感谢您的关心。\n此复。",
    contact: str = CONTACT,
    sign: str = SIGN,
    copy: str = "抄送：县人大常委会代表工委",
) -> str:
    rows = [
        heading,
        salutation,
        opening,
        *(body or (WIDENED, RAILED)),
        closing,
        contact,
        sign,
        "2025年5月12日",
        copy,
    ]
    return "\n".join(row for row in rows if row)


def case(text: str = "", **changes: Any) -> ReplyCase:
    given: dict[str, Any] = {
        "text": text or letter(),
        "congress": 17,
        "session": 4,
        "number": "17",
        "title": "关于改善青石岭村道的建议",
        "lead": "罗秀英",
        "agency": Body(name=SIGN, aliases=("县交通运输局",)),
        "others": (
            Body(name="临溪县财政局", aliases=("县财政局",)),
            Body(name="临溪县水利局", aliases=("县水利局",)),
        ),
        "demands": DEMANDS,
        "reply_class": DONE,
    }
    return ReplyCase(**given | changes)


def objections(text: str = "", **changes: Any) -> tuple[Objection, ...]:
    return check_reply(case(text, **changes))


def found(text: str = "", **changes: Any) -> list[tuple[str, str]]:
    """Code and quoted place of each objection."""
    return [(one.code, one.at.quote) for one in objections(text, **changes)]
