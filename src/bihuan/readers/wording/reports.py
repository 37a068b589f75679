"""Reports by their titles: which of facts.md's genres a title names."""

from __future__ import annotations

import re
from functools import lru_cache

# What a report's or a speech's title ends in.
REPORT_ENDING = "报告|汇报|讲话|发言|说明"
_ON_SUGGESTIONS = re.compile(r"(?:代表|会议).{0,20}建议.{0,20}(?:办理|督办)|建议、批评和意见")
# The first rule that fits names the genre: special titles before the general 报告.
_GENRES = (
    (re.compile(r"审议结果的?报告"), "审议结果报告"),
    (re.compile(r"执法检查|关于检查.{2,200}(?:实施|执行|贯彻)"), "执法检查报告"),
    (_ON_SUGGESTIONS, "建议办理报告"),
    (re.compile(r"建议.{0,6}办理.{0,10}报告$"), "重点督办建议办理报告"),
    (re.compile(r"(?:调研|视察|考察)(?:情况)?的?报告$"), "调研报告"),
    (re.compile(r"政府工作(?:的)?报告$"), "政府工作报告"),
    (re.compile(r"专题询问[^。]{0,10}(?:实录|记录)|询问会?(?:现场)?(?:实录|记录)"), "专题询问实录"),
    (re.compile(r"(?:人大|委员会|常委会)[^。]{0,16}(?:综述|回眸|回顾|工作总结)"), "工作综述"),
    (re.compile(r"侧记|纪实|掠影"), "新闻"),
    (re.compile(r"(?:常委会|常务委员会)[^的]{0,12}工作报告$"), "常委会工作报告"),
    (
        re.compile(r"供职(?:发言|报告)|(?:任前|拟任职|任职|履职|表态)(?:发言|汇报)|^我的(?:供职)?汇报$"),
        "供职发言",
    ),
    (re.compile(r"(?:讲话|上的发言)$"), "讲话"),
    (re.compile(r"报告$|汇报$"), "专项工作报告"),
)


@lru_cache(maxsize=64)  # several genres ask about one title, one after the other
def report_kind(title: str) -> str:
    """facts.md's genre of a report's title, or empty for what is no report."""
    return next((genre for rule, genre in _GENRES if rule.search(title)), "")
