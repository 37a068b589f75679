"""Numbers with their measure, and the words that say what they count.

A count is named by the words after it (12座水库), a measured amount by those before it (投资3.2亿元).
"""

from __future__ import annotations

import re

_MEASURES = (
    "平方公里|平方千米|平方米|立方米|公里|千米|公顷|亩|吨|公斤|千克|美元|元|千瓦时|千瓦|兆瓦|m³|m3|km²|km2|km"
    "|大项|小项|个?子项|人次|件次|场次|批次|班次|户次|户|件|家|所|座|处|项|条|次(?!会议|主任|全体|常委|党组|序)|场|张|套|台|辆|栋|幢|宗|株|棵|头|只|份"
    "|篇|期(?!间|工程|项目|限)|批(?!准|复|示|次)|起(?!步|来|诉|草)|例|间(?!的|接)|床|支|部(?!门|分|署|委)|名|位(?!于|列|居)|人(?!民|大|均|口|员|才|以(?![上内下])|社|士)|倍|剂|对(?!口|接|象|标|于)"
    "|个(?!月|工作日?|季|小时|百分点|年)|个百分点|%|‰|米(?!以)"
)
_LARGE = "亿|万|千|百万"
QUANTITY = re.compile(
    r"(?P<value>[0-9](?<![\d.,A-Za-z第“+—]\d)[\d,]{0,14}(?:\.\d{1,6})?)[余多]?"
    rf"(?P<measure>(?:{_LARGE})?(?:{_MEASURES})|[万亿](?!级|名|千|众|州|安|事))(?P<half>/[\u4e00-\u9fffA-Za-z]{{1,3}})?"
)
# The words after a number: up to a verb or to what ends the thing.
NOUN = re.compile(
    r"(?:以上|以内|以下|左右)?(?!将|已|提升|下降|降|精简|减|增|到|为|以|先后|之|的\d|，)(?:的)?(?P<noun>[\u4e00-\u9fff“”]{2,16}?)"
    r"(?=已|在|和|及|的|得|均|都|全部|提升|下降|精简|先后|达到|建设|提出|，|。|；|、|：|（|）|\d|$)"
)
_BEFORE = re.compile(r"[\u4e00-\u9fffA-Za-z.“”《》·]{2,24}$")
_ASIDE = re.compile(r"（[^（）]{1,20}）$")
# What stands between the thing and its number.
_VERBS = re.compile(
    r"(?:不得?少于|不得?低于|不得?超过|不高于|至少|严格控制在|控制在|严控|保持在|稳定在|完成率?为|达到?了?|实现了?|为|是|有|共有?|共计|合计|总计|计|累计|约为?|近|超过?|突破|提出的?|分别为?|安排|投入|发行|拨付|年|同比|可比|到|至|已|由|从|仅)+$"
)
# What stands before the thing: 完成投资, 要在年底前新建…
_LEADS = re.compile(
    r".*(?:[要应将前内后了]|其中|全[市县区州省]有?|我[市县区州省]有?|现有|共有|划定|拆除|新建|新增|改建|建成|完成|办理|办好|整治|检查|发现|查处|培训|投入|安装|挽回|达成|获得|受理|安排|征收)(?=(?!的)[\u4e00-\u9fff]{2})"
)
_OF_SIZE = re.compile(r"^[万亿]?元以上")  # 3亿元以上项目4个
_AMOUNTS = (
    "元",
    "%",
    "万",
    "亿",
    "里",
    "米",
    "顷",
    "亩",
    "吨",
    "瓦",
    "时",
    "³",
    "3",
    "²",
    "2",
    "m",
    "‰",
    "点",
    "倍",
)


def number_of(match: re.Match[str]) -> int | float:
    """The value a QUANTITY match writes."""
    value = float(match["value"].replace(",", "")) * (-1 if _is_negative(match.string, match.start()) else 1)
    return int(value) if value.is_integer() else value


def subject(text: str, start: int, match: re.Match[str], end: int) -> str:
    """What a QUANTITY match counts, within text[start:end]; empty where the text does not say."""
    return subject_and_end(text, start, match, end)[0]


def subject_and_end(text: str, start: int, match: re.Match[str], end: int) -> tuple[str, int]:
    """What a QUANTITY match counts, and where the words that say so end (with the number, or after it)."""
    before = _words_before(text, start, match.start())
    if match["measure"].endswith(_AMOUNTS) and len(before) > 1:
        return before, match.end()
    after = NOUN.match(text, match.end(), end)
    if after:
        return after["noun"], after.end()
    # 10大项13个子项某某项目: two figures share one noun.
    following = QUANTITY.match(text, match.end(), end)
    shared = NOUN.match(text, following.end(), end) if following else None
    return shared["noun"] if shared else before, match.end()


def _is_negative(text: str, at: int) -> bool:
    """Does a minus, not a dash between two numbers, stand before the number at `at`?"""
    return at > 1 and text[at - 1] == "-" and "\u4e00" <= text[at - 2] <= "\u9fff"


def _words_before(text: str, start: int, at: int) -> str:
    at -= _is_negative(text, at)
    aside = _ASIDE.search(text, max(start, at - 22), at)
    at = aside.start() if aside else at
    match = _BEFORE.search(text, max(start, at - 24), at)
    words = _VERBS.sub("", match[0]) if match else ""
    words = "" if words.endswith("来") or words == "其中" else words  # 三年来投入1.8亿元 does not say on what
    return _OF_SIZE.sub("", _LEADS.sub("", words)).strip("“”《》")
