"""What a sentence of a reply says about its matter: done, under way, promised, refused, or nothing but words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bihuan.readers.parts.clauses import clauses
from bihuan.readers.replies.letter import Letter, Stretch
from bihuan.readers.wording.dates import POINT, fixed_point
from bihuan.readers.wording.periods import PERIOD

Act = Literal["done", "told", "promised", "refused", "empty", "none"]

# Verbs of a work whose end can be seen; what is only kept up, strengthened or watched has none.
_WORK = (
    "建|改[造为到完]|安装|装[好上]?|修[好复建缮通]|完成|启动|动工|开工|施工|投入|开[放通行门园业张]|招[生录聘]"
    "|提请|印发|出台|实施|执行|兑现|发放|拨付|到位|打通|推广|增[加设至到]|新[增开购]|购[置买]|配[备置]|更换"
    "|清[淤理运掏]|铺[设筑]|签[订约]|办[结妥理]|举[办行]|组织|竣工|通[水车]|运行|营业|挂好|完[工毕]|亮灯|验收"
    "|接收|复种|产生|开展|设[立置]|划[定出]|安排|解决|落实|降[到低至]|提高到|聘请|培训|拆除|上线|启用|恢复|调整"
    "|申报|争取|投[产运用]|公示|补齐|配齐|推开|铺开|换新|报[批送]|移交|交付|发[布证]|挂牌|贯通|搬迁|复工|试[点行]"
    "|招标|开标|立项|评审|开[馆诊学工]|入库|签署"
)
_WORK_VERB = re.compile(_WORK)
_SOFT = re.compile(
    "加强|继续|进一步|不断|持续|做好|抓好|推动|促进|巩固|努力|认真|关注|配合|督促|跟踪|回访|巡查|维护|养护|管护|监管"
    "|宣传|一如既往|及时|严格|切实|长效"
)
# What follows 将 where it means 'will'; elsewhere it is 'take' (将其纳入).
_AFTER_WILL = (
    "尽快|尽早|抓紧|适时|早日|逐步|陆续|于|在|会同|联合|采取|按|对|从|统一|全部|再|分批|专门|积极|全力|继续|进一步|还"
    "|统筹|协调|加快|以|着手|同步|一并|力争|能|可"
)
_FUTURE = re.compile(
    rf"将(?={_AFTER_WILL}|{_WORK})|会(?=继续|及时|持续|尽快|把这)"
    r"|拟(?=在|于|尽|对|建|新|投|用|安排|完成|实施|开|选|再|分)"
    r"|(?<![度规年])计划(?=[在于投新建年到今明\d用招尽对开]|安排|实施|完成)"
    r"|[定预]于|预计|争取(?=[在于早尽年今明\d用])|力争|准备(?=[在于建新])|打算|(?:下一步|下一阶段|今后|接下来)"
    r"|尽快|尽早|抓紧|早日|适时(?!调)|有望"
)
_HURRIED = re.compile(r"尽快|尽早|早日|抓紧|适时|[较最]短时间|定于|力争|预计")
# Told of the past; 届时 tells what follows from a promise made before.
_TOLD = re.compile(r"届时|已(?!全部开工)|截至|累计|去年|以来")
_PAST = re.compile(r"已(?!全部开工)|完毕|截至|累计|去年|以来|了(?!解)")
# A time other than a month or day of the calendar.
_SEASON = r"春|夏|秋|冬|上半年|下半年|汛|枯水|第?[一二三四]季度|底|内"
_WHEN = re.compile(
    rf"(?:[今明后当本]|20\d\d)年度?(?:[^，。；]{{0,4}}?(?:{_SEASON}))?|(?:第?[一二三四]|本|下)季度|[上下]半年|年[底内]"
    r"|每[年季月周天日]|月底|本月|下月|汛[期前]|[春秋冬][季耕灌种修收]|[暑寒]假|开学|国庆|元旦|春节|“?十[四五六]五”?(?:期间|末)|20\d\d"
)
_AHEAD = re.compile(
    r"明年|后年|下一?年|下月|本月底|下季度|年底前|十[四五六]五”?末|汛前|(?:节|国庆|元旦|汛期?|开学|[春秋][种耕]|[寒暑]假)之?前"
)
# 关于…的问题: what is spoken of, not what is said.
_TOPIC = re.compile(r"(?:关于|就|对于?|至于|针对).*(?:而言|来说|问题|意见|建议|一事|方面)$")
_BEFORE = re.compile(r"[底日月]之?前")
_YEAR = re.compile(r"(?P<year>20\d\d)年")
_SEASON_ENDS = {"春": 5, "夏": 8, "暑": 8, "秋": 11, "冬": 12, "下半年": 12, "枯水": 12, "国庆": 10}
_SEASONS = re.compile(
    r"(?<!去年)(?<!\d年)"
    r"(?P<season>下半年|枯水(?=期[施动开清修疏])|国庆|[春夏秋冬暑](?=[季耕种灌修收假天]))"
)
QUARTER = re.compile(r"(?:今年|本年)?第?(?P<quarter>[一二三四])季度")
_REFUSAL = re.compile(
    r"暂时?不|不具备|不能(?!低于|少于)|无法|难以(?!忍)|不允许|不予|不宜"
    r"|没有(?:下调的|自主|资金来源|余额|此项|相应)?(?:权限|权|来源|余额|政策|条件|空间)"
    r"|尚无|不符合|尚?不成熟|无权|不属于|未列入|达不到|未能"
)
_STRONG_REFUSAL = re.compile(r"暂时?不|现阶段|目前(?:不|无法|没有|尚)|(?:近|短)期内?难以|不予|明确表示不")
_DEFERRED = re.compile(r"另行答复|暂不(?:涉及|答复)|不再赘述|以后再|容后|不作答复|另文")
# What form letters are made of.
_EMPTY = re.compile(
    r"(?:高度|十分|非常|历来)重视|认真(?:研究|考虑|吸纳)|充分(?:吸纳|吸收|采纳)|积极(?:采纳|吸纳|考虑)"
    r"|(?:作为|供|留作)[^，。；]{0,14}参考|加强研究|研究论证|十分关注|很有(?:针对性|见地|价值)|切中要害|提得很好"
    r"|重要意义|努力满足|适时研究|统筹考虑"
)
_SUBSTANCE = re.compile(
    rf"\d|已|正在|目前|现有|{_WORK}|纳入|列入|规定|建立|明确|委托|收到|核查|查处|实行|采用"
    r"|由[^，。]{2,14}(?:负责|承担|核定|确定|公布)"
)
_FARTHEST = 6  # months
_TIME_ENDS = "前底时间后内起日月年期季度旬假末初中节"
_SHORTEST_WORK = 2  # characters after 年底前 that say what
_LONGEST_TIME = 12  # characters of a clause that says when and nothing else
_SHORTEST_TOLD = 10  # characters: less is a heading


@dataclass(frozen=True, slots=True)
class Promise:
    """A clause that promises a work, the clause that says by when (its own, or another), and their sentence."""

    at: Stretch
    time: Stretch | None
    sentence: Stretch

    @property
    def timed(self) -> bool:
        return self.time is not None


def act_of(sentence: str) -> Act:
    """What one sentence does: a refusal stands before a deed told beside it only where it is plain."""
    refused = _REFUSAL.search(sentence) is not None
    if _DEFERRED.search(sentence):
        return "empty"
    if refused and (_STRONG_REFUSAL.search(sentence) or not _PAST.search(sentence)):
        return "refused"
    empty = _EMPTY.search(sentence) is not None
    if empty and not _SUBSTANCE.search(_EMPTY.sub("", sentence)):
        return "empty"
    if _PAST.search(sentence):
        return "done"
    if _FUTURE.search(sentence):
        return "promised"
    if _SUBSTANCE.search(sentence):
        return "done"
    return "told" if not empty and len(sentence) >= _SHORTEST_TOLD else "none"


def promises(letter: Letter, *, said_on: str = "") -> list[Promise]:
    """The clauses of the body that promise a work with an end, in reading order."""
    text, said_on = letter.text, said_on or letter.dated
    found: list[Promise] = []
    for sentence in letter.sentences:
        parts = clauses(text, *sentence)
        ahead = [
            k
            for k, part in enumerate(parts)
            if is_promise(text, *part, said_on=said_on) and not _quoted(text, sentence[0], part[0] + 1)
        ]
        time: Stretch | None = None
        # 计划新建两座，年底前完工: a time that comes later in the sentence is the time of what came before.
        for k in reversed(ahead):
            own = next(
                (part for part in (parts[k], *_leading_time(text, parts, k)) if is_timed(text, *part)), None
            )
            time = own or time
            found.append(Promise(parts[k], time, sentence))
    return sorted(found, key=lambda promise: promise.at)


def _leading_time(text: str, parts: list[Stretch], k: int) -> list[Stretch]:
    """The clause before, where it says only when (明年汛期前，将…)."""
    if k == 0:
        return []
    start, end = parts[k - 1]
    only = end - start <= _LONGEST_TIME and text[end - 1] in _TIME_ENDS
    return [parts[k - 1]] if only and not _PAST.search(text, start, end) else []


def _quoted(text: str, start: int, at: int) -> bool:
    """Is a quotation open at `at`? What others are quoted with we do not promise."""
    return text.rfind("“", start, at) > text.rfind("”", start, at)


def is_promise(text: str, start: int, end: int, *, said_on: str) -> bool:
    """Does the clause text[start:end] look ahead to a work: by its words, or by a day yet to come?"""
    future = _FUTURE.search(text, start, end)
    if _TOLD.search(text, start, end) or _TOPIC.fullmatch(text, start, end):
        return False
    timed = is_timed(text, start, end)
    if future is None:
        before = _BEFORE.search(text, start, end)
        works = _WORK_VERB.search(text, start, end) or (before and end - before.end() >= _SHORTEST_WORK)
        return timed and bool(works) and _to_come(text, start, end, said_on=said_on)
    # 将加强巡查，发现问题及时处理: kept up, not done once.
    soft = _SOFT.search(text, future.end(), end) is not None
    hurried = _HURRIED.search(text, start, end) is not None
    return (hurried or timed or bool(_WORK_VERB.search(text, future.end(), end))) and (not soft or timed)


def is_timed(text: str, start: int, end: int) -> bool:
    """Does the clause name a time, or a period?"""
    if _WHEN.search(text, start, end) or PERIOD.search(text, start, end):
        return True
    return any(point["month"] or point["yearend"] for point in POINT.finditer(text, start, end))


def _last_months(text: str, start: int, end: int) -> Iterator[int]:
    """The last month of each quarter and season of this year that is named."""
    for quarter in QUARTER.finditer(text, start, end):
        yield 3 * "一二三四".index(quarter["quarter"]) + 3
    for season in _SEASONS.finditer(text, start, end):
        yield _SEASON_ENDS[season["season"]]


def _to_come(text: str, start: int, end: int, *, said_on: str) -> bool:
    """Is a time named that comes after the letter's own day?"""
    if _AHEAD.search(text, start, end):
        return True
    if len(said_on) < 10:
        return _BEFORE.search(text, start, end) is not None
    month = int(said_on[5:7])
    if any(month <= last for last in _last_months(text, start, end)):
        return True
    if any(int(match["year"]) > int(said_on[:4]) for match in _YEAR.finditer(text, start, end)):
        return True
    for point in POINT.finditer(text, start, end):
        if not (point["month"] or point["yearend"]):
            continue
        day, guessed = fixed_point(point, said_on=said_on)
        # A month gone by is read as next year's: likely only where that is near (said in November: 3月底前).
        far = guessed and day[:4] > said_on[:4] and int(day[5:7]) + 12 - month > _FARTHEST
        said = said_on[: len(day)]
        if not far and (day > said or (day == said and (point["before"] or point["end"]))):
            return True
    return False
