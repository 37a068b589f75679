"""How many suggestions a unit handled and how well: counts by role and result, rates, and 全部办结.

A count belongs to the reporting unit unless the words before it name another body (某法院主办9件); shares
that follow 某部门主办的17件建议 belong to that body until the sentence ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import HandlingStat
from bihuan.readers.parts.clauses import sentences
from bihuan.readers.wording.bodies import OURSELVES, is_body, is_short_for
from bihuan.readers.wording.numerals import NUMERAL, number

_COUNT = rf"(?P<count>\d[\d,]{{0,8}}|{NUMERAL}{{1,5}})件"
_SHARE = re.compile(r"占[^，。；\d]{0,12}(?P<share>\d{1,3}(?:\.\d+)?)[%％]")
_TOTAL = re.compile(
    r"(?:承办|办理|接收|收到|接到|承担|受理|交办)了?"
    rf"(?P<what>[^，。；（(《]{{0,40}}?(?:建议|议案|批评|意见)件?)(?:共计?|合计|总计|总数)?(?:有|为)?{_COUNT}"
)
_ROLE = re.compile(
    rf"(?P<role>主办|协办|会办|分办|独办)(?:代表|人大)?(?P<whose>的)?(?:件|建议)*(?:有|共|为)?{_COUNT}"
    rf"|{_COUNT.replace('count', 'count2')}(?P<role2>主办|协办|会办|分办|独办)"
)
_SITTING = re.compile(rf"(?P<metric>大会|闭会)(?:期间)?(?:的)?(?:代表)?建议{_COUNT}")
_CLASS = re.compile(rf"(?P<metric>[ABCD])[”\"]?类(?:的|件|答复|建议)*(?:有|共|为)?{_COUNT}")
_ALL_CLASS = re.compile(rf"{_COUNT}[^。；]{{0,60}}?(?:均|都|全部)为[“\"]?(?P<metric>[ABCD])[”\"]?类")
_AGAIN = re.compile(
    rf"{_COUNT}[^，。；]{{0,24}}?二次交办|二次交办(?:的)?(?:代表)?(?:建议)?{_COUNT.replace('count', 'count2')}"
)
_PLEASED = re.compile(
    rf"主办的?{_COUNT}(?:代表)?建议，?[^，。；]{{0,8}}代表[^，。；不]{{0,6}}(?:表示|反馈)[^，。；不]{{0,10}}满意"
)
# What became of the suggestions, in words before a count or a share: the first that fits.
_STATES = (
    (re.compile(r"不满意[^，。；]{0,8}转[^，。；]{0,4}满意"), "不满意转满意"),
    (re.compile(r"不具备|(?:难以|无法|不能|不宜)[^，]{0,8}(?:解决|办理)"), "暂不具备"),
    (
        re.compile(r"(?:列入|纳入)[^，]{0,20}(?:计划|规划)|正在(?:逐步)?(?:解决|办理)|计划[^，]{0,6}解决"),
        "列入计划",
    ),
    (re.compile(r"(?:已经?|基本|得到|完全)[^，]{0,8}(?:解决|采纳|落实)"), "已解决"),
    (re.compile(r"不满意"), "不满意"),
    (re.compile(r"基本满意"), "基本满意"),
    (re.compile(r"(?:表示|评价|反馈|代表)[^，]{0,6}满意|满意的$"), "满意"),
)
_STATE = re.compile(
    rf"(?P<words>(?:(?:解决|采纳|落实|办理|满意|具备|计划|规划|条件)[^，。；（）()、\d]{{0,8}}))"
    rf"(?:{_COUNT}|占[^，。；\d]{{0,10}}(?P<share>\d{{1,3}}(?:\.\d+)?)[%％])"
)
_RATE = r"(?:满意和基本满意率|基本满意率|满意率|满意度|办结率|办复率|答复率|见面率|面商率|沟通率|解决率|落实率|采纳率)"
_LABELS = {"满意度": "满意率", "答复率": "办复率", "面商率": "见面率"}
_ONE_RATE = re.compile(_RATE)
# 办结率、代表满意率均为100%: what may stand between two rates, and between the last and its number.
_NEXT_RATE = re.compile(r"[、和与及，]*[^，。；、\d%]{0,10}")
_TO_NUMBER = re.compile(r"[^，。；\d%]{0,8}")
_VALUES = re.compile(r"(?<![\d.])(?:\d{1,3}(?:\.\d+)?[%％]|百分之百)(?:[、和]\d{1,3}(?:\.\d+)?[%％])*")
_LONGEST_LIST = 80  # characters of rates before their number
_VALUE = re.compile(r"\d{1,3}(?:\.\d+)?(?=[%％])|百分之百")
_ALL_DONE = re.compile(
    r"(?:全部|均|都)(?:已经?|予以|能)?(?:在规定(?:时间|时限|期限)内|按期|按时|及时|按要求)?(?:全部)?"
    r"(?P<how>办复|答复|办结|办理完毕|办理答复完毕|办理完成)"
)
_TOPICS = re.compile(
    rf"(?P<all>主办|协办|会办)?(?:的?\d{{1,4}}件)?(?:件|建议)*中，?(?:有)?(?:{_COUNT})?涉及(?P<topics>[^。；]{{2,120}})"
)
_TOPIC = re.compile(rf"(?P<topic>[^\d、，。；]{{2,16}}){_COUNT}")
_SUBJECT = re.compile(r"[^，。；、：:（）()\d,]*$")
_ASIDE = re.compile(
    r"^(?:[12]\d{3}年度?)?(?:其中|交由|交给|由|今年以来|今年|上述|所有|共|总|件|我们|年度?|本年度|度)*|(?:共计?|总共|累计|一共|以来)+$"
)
_SINCE = re.compile(r"[^，。；]{0,4}(?:人大|人民代表大会)[^，。；]{0,8}次会议以来")
_LONGEST_SUBJECT = 40  # characters
_SUPPOSED = 0.8  # confidence where the text gives no number but says 全部


@dataclass(slots=True)
class _Count:
    """What the sentences read so far have settled: whom a number belongs to, and which were taken."""

    section: Section
    context: Context
    unit: str
    whole: str  # whom totals and results belong to
    taken: dict[tuple[str, float], list[str]] = field(default_factory=dict)

    def stat(
        self,
        at: tuple[int, int],
        metric: str,
        value: float,
        measure: str,
        unit: str,
        *,
        implied: bool = False,
    ) -> Iterator[HandlingStat]:
        """The fact, unless the section gave the same number for the same body before."""
        known = self.taken.setdefault((metric, value), [])
        if any(whose in unit or unit in whose for whose in known):
            return
        known.append(unit)
        yield HandlingStat(
            at=self.context.span(self.section, *at),
            confidence=_SUPPOSED if implied else 1.0,
            unit=unit,
            metric=metric,
            value=int(value) if value == int(value) else value,
            measure=measure,
            implied=implied or None,
            doubt="文中只说全部，没有写明比率，按100%理解，请核对。" if implied else "",
        )


def handling_stats(
    section: Section, context: Context, *, unit: str, start: int, end: int
) -> Iterator[HandlingStat]:
    """The counts and rates of text[start:end] for `unit`, in reading order."""
    text = context.flow.text
    count = _Count(section, context, unit, unit)
    spoken = list(sentences(context.flow, start, end))
    for a, b in spoken:
        yield from _of_sentence(count, text, a, b)
    rated = {metric for metric, _ in count.taken}
    if count.taken and not rated & {"办结率", "办复率"}:
        yield from _all_done(count, text, spoken)


def _of_sentence(count: _Count, text: str, start: int, end: int) -> Iterator[HandlingStat]:
    """Everything one sentence counts."""
    if "件" not in text[start:end] and "率" not in text[start:end] and "满意度" not in text[start:end]:
        return
    at = (start, end)
    for match in _TOTAL.finditer(text, start, end):
        metric = _kind_of_total(match["what"])
        if metric == "总数":
            count.whole = _whose(count, text, start, match.start(), count.unit)
        yield from count.stat(at, metric, _number(match["count"]), "件", count.whole)
    for match in _SITTING.finditer(text, start, end):
        yield from count.stat(at, f"{match['metric']}建议", _number(match["count"]), "件", count.whole)
    speaking = count.whole
    for match in _ROLE.finditer(text, start, end):
        whose = _whose(count, text, start, match.start(), count.unit)
        if match["whose"]:
            speaking = whose
        value = _number(match["count"] or match["count2"])
        yield from count.stat(at, match["role"] or match["role2"], value, "件", whose)
    yield from _topics(count, text, start, end)
    yield from _results(count, text, start, end)
    yield from _rates(count, text, start, end, speaking)


def _kind_of_total(what: str) -> str:
    """What sort of suggestions a total counts: all, those of one role, of one sitting, of one class."""
    for word in ("主办", "协办", "会办", "分办"):
        if word in what:
            return word
    for word in ("大会建议", "闭会建议"):
        if what.endswith(word):
            return word
    if what.endswith("类建议"):
        return what.removesuffix("建议")
    return "总数"


def _whose(count: _Count, text: str, start: int, at: int, default: str) -> str:
    """The body named right before a count, or the default."""
    before = _SUBJECT.search(text, max(start, at - _LONGEST_SUBJECT), at)
    words = before[0] if before else ""
    since = _SINCE.match(words)
    if since and not OURSELVES.search(words) and not is_body(words[since.end() :].removesuffix("共")):
        return f"{since[0]}全部代表建议"
    words = _ASIDE.sub("", _ASIDE.sub("", words))
    if not words or OURSELVES.search(words) or is_short_for(words, default):
        return default
    return words if is_body(words) else default


def _results(count: _Count, text: str, start: int, end: int) -> Iterator[HandlingStat]:
    """By class (A类), by what became of them, by what the deputies think."""
    at = (start, end)
    for rule in (_CLASS, _ALL_CLASS):
        for match in rule.finditer(text, start, end):
            yield from count.stat(at, f"{match['metric']}类", _number(match["count"]), "件", count.whole)
            if rule is _CLASS:
                yield from _share(count, text, match.end(), end, at, f"{match['metric']}类")
    for match in _STATE.finditer(text, start, end):
        clause = text[max(start, text.rfind("，", start, match.start()) + 1) : match.end("words")]
        metric = next((name for rule, name in _STATES if rule.search(clause)), "")
        if not metric:
            continue
        if match["share"]:
            yield from count.stat(at, metric, float(match["share"]), "%", count.whole)
            continue
        yield from count.stat(at, metric, _number(match["count"]), "件", count.whole)
        yield from _share(count, text, match.end(), end, at, "满意率" if metric == "满意" else metric)
    for match in _PLEASED.finditer(text, start, end):
        yield from count.stat(at, "满意", _number(match["count"]), "件", count.whole)
    for match in _AGAIN.finditer(text, start, end):
        value = _number(match["count"] or match["count2"])
        yield from count.stat(at, "二次交办", value, "件", count.whole)


def _share(
    count: _Count, text: str, start: int, end: int, at: tuple[int, int], metric: str
) -> Iterator[HandlingStat]:
    """…163件，占建议总数的49.24%: the share that goes with a count just read."""
    after = start + (text[start : start + 1] in ("，", ",", "（"))
    share = _SHARE.match(text, after, end)
    if share:
        yield from count.stat(at, metric, float(share["share"]), "%", count.whole)


def _topics(count: _Count, text: str, start: int, end: int) -> Iterator[HandlingStat]:
    """9件主办件中涉及交通5件、治安2件: how many on which topic."""
    for match in _TOPICS.finditer(text, start, end):
        role = f"{match['all']}·" if match["all"] else ""
        listed = list(_TOPIC.finditer(match["topics"]))
        if match["count"] and not listed:
            topic = re.split("[，、]", match["topics"])[0]
            yield from count.stat((start, end), role + topic, _number(match["count"]), "件", count.unit)
        for item in listed:
            value = _number(item["count"])
            yield from count.stat(
                (start, end), role + item["topic"].lstrip("和及与"), value, "件", count.unit
            )


def _rates(count: _Count, text: str, start: int, end: int, unit: str) -> Iterator[HandlingStat]:
    """办结率、满意率均为100%: one fact a rate; 分别为 gives each its own."""
    for match in _VALUES.finditer(text, start, end):
        names = _rates_before(text, start, match.start())
        values = [100.0 if v == "百分之百" else float(v) for v in _VALUE.findall(match[0])]
        for k, rate in enumerate(names):
            value = values[k] if len(values) == len(names) else values[0]
            yield from count.stat((start, end), _LABELS.get(rate, rate), value, "%", unit)


def _rates_before(text: str, start: int, at: int) -> list[str]:
    """The rates whose number stands at `at`, in order."""
    found = list(_ONE_RATE.finditer(text, max(start, at - _LONGEST_LIST), at))
    if not found or not _TO_NUMBER.fullmatch(text, found[-1].end(), at):
        return []
    names = [found[-1][0]]
    for rate, following in zip(reversed(found[:-1]), reversed(found), strict=False):
        if not _NEXT_RATE.fullmatch(text, rate.end(), following.start()):
            break
        names.insert(0, rate[0])
    return names


def _all_done(count: _Count, text: str, spoken: list[tuple[int, int]]) -> Iterator[HandlingStat]:
    """全部办结 where no rate is given: 100% by its meaning, marked as not written."""
    for a, b in spoken:
        match = _ALL_DONE.search(text, a, b)
        if match:
            metric = "办复率" if match["how"] in ("办复", "答复") else "办结率"
            yield from count.stat((a, b), metric, 100.0, "%", count.whole, implied=True)
            return


def _number(words: str) -> float:
    plain = words.replace(",", "")
    return float(plain) if plain.isascii() and plain.isdigit() else float(number(plain) or 0)
