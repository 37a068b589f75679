"""How often a congress did something: 召开常委会会议8次、主任会议12次, 任免国家机关工作人员56人次, 执法检查和评议各1次.

Only what the congress, its standing committee or its deputies did is counted here; what the government achieved
is a figure. 首次开展 counts as one, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import ActivityCount
from bihuan.readers.parts.clauses import periods

_COUNT = re.compile(
    r"(?<![\d.,第“+\-—a-zA-Z×])(?P<value>\d[\d,]{0,7})(?P<more>[余多])?(?P<measure>人次|人（次）|件次|场次|批次|余?个(?!月|工作日|小时|百分点|季度|平台)"
    r"|次(?!会议|主任|全体|常委|党组|序)|场|项|件|名|位|人(?!民|大|口|均|以|才|员)|家|篇|条|期|批|份|部(?!门|分|署)|轮)(?P<noun>[\u4e00-\u9fff“”]{2,24})?"
)
_RATE = re.compile(
    r"(?P<what>[\u4e00-\u9fff]{2,10}率)(?:均|都|已)?(?:达到?|为|提高到)?(?P<value>\d{1,3}(?:\.\d+)?)%"
)
_HANDLED = re.compile("满意|办结|办复|答复|沟通|见面|面商|解决")  # rates of handling are told elsewhere
_FIRST = re.compile(
    r"首次(?:(?:组织|启动|开展|举办|推行|召开)了?){1,2}(?P<what>(?!单独|对)[\u4e00-\u9fff]{4,20}?)(?=，|。|；|、|$)"
)
_JUDGED = re.compile(r"(?P<value>[两二三四五])(?P<measure>[个家名])(?P<noun>被评议?(?:部门|单位|对象))")
_NUMERALS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
# Whose work a sentence tells of.
_OURS = re.compile(
    "人大|常委会|主任会议|代表|委员|视察|审议|任免|执法检查|询问|调研|议案|建议|评议|立法|法规|规范性文件|联络站|决议|决定"
    "|党组|宣誓|信访|述职|备案|学习(?=会|活动)|主题活动|讲坛"
)
_THEIRS = re.compile(
    r"[市县区州省]?(?:人民)?政府(?=[^，。；]{0,6}(?:通过|积极|建立|成立|以|把|将|主要领导|认真|组织|推行|制定|多次|高度))"
    r"|检察院(?=通过|积极)|法院(?=通过|积极)|推动政府|全[市县区州省](?:新增|完成|实现|累计|新建)"
)
_LEADS = re.compile(
    r".*(?:共计?|累计|先后|分别|全年|已|了|集中|常态化|依法|认真|及时|首次|组织开展|组织召开|组织实施|组织|召开|举行|举办|开展|全[市县区州省]|建成)(?=[\u4e00-\u9fff“]{2})"
)
_TRAILS = re.compile(r"(?:共计?|累计|各|约|近|超过?|达到?|等|活动|的|总数)+$")
_PLANNED = re.compile(
    r"计划|拟(?!定|任)|力争|将(?=[^，。]{0,4}(?:开展|听取|组织|召开))|[要应]当?(?=开展|听取|组织|召开)"
)
_NOUN_ENDS = re.compile(
    r"(?:共|开展|深入|依法|积极|认真|和|先后|分别|全部|按时|得到|进行|参加|列席|接受|作了|围绕|对|向|在|获|被|并|实现|走|到|已|均|的|了)"
)
_ANSWERED = re.compile(r"[^，。；]{0,12}(?:应询|应答|答复询问)")
_BEFORE = re.compile(r"[\u4e00-\u9fff“”、]{2,60}$")
_AND_SUCH = re.compile(r".*等(?=[\u4e00-\u9fff“”]{2})")  # 调研、视察等活动: the words after 等 name the kind
_LIST = re.compile("[、和与]")
_YEAR = re.compile(r"(20\d\d)年")
_SURE = 0.8
_COUNTED = 0.7  # the text gives no number


def activity_counts(
    section: Section, context: Context, *, body: str, year: str, start: int, end: int
) -> Iterator[ActivityCount]:
    """The counts of text[start:end] that belong to `body`, each told once."""
    text = context.flow.text
    told: set[tuple[str, int]] = set()
    for a, b in periods(context.flow, start, end):
        if _OURS.search(text, a, b):
            for count in _in_sentence(section, context, body, year, a, b):
                if (count.activity, count.value) not in told:
                    told.add((count.activity, count.value))
                    yield count


def _in_sentence(
    section: Section, context: Context, body: str, year: str, start: int, end: int
) -> Iterator[ActivityCount]:
    text = context.flow.text
    theirs = [match.start() for match in _THEIRS.finditer(text, start, end)]
    edge = start
    for match in _COUNT.finditer(text, start, end):
        at = max(text.rfind(mark, edge, match.start()) for mark in "，；：。（") + 1
        clause = max(at, edge)
        edge = match.end("measure")
        # A number that begins with the year was overwritten by it: it is used in no count.
        if not _belongs(text, start, clause, match, theirs) or (year and match["value"].startswith(year)):
            continue
        for activity in _activities(text, clause, match):
            yield _fact(section, context, body, year, (clause, _end(match)), activity, match)
    for match in _JUDGED.finditer(text, start, end):
        value = _NUMERALS[match["value"]]
        yield _made(section, context, body, year, match.span(), match["noun"], value, match["measure"])
    for match in _RATE.finditer(text, start, end):
        ours = _OURS.search(match["what"]) and not _HANDLED.search(match["what"])
        if ours and not any(at < match.start() for at in theirs):
            yield _made(section, context, body, year, match.span(), match["what"], float(match["value"]), "%")
    for match in _FIRST.finditer(text, start, end):
        if _OURS.search(match["what"]):
            yield _made(section, context, body, year, match.span(), match["what"], 1, "次", counted=True)


def _belongs(text: str, start: int, clause: int, match: re.Match[str], theirs: list[int]) -> bool:
    """Is the number one of the congress's own work, and not part of a name, a rank or a date?"""
    if _PLANNED.search(text, start, match.start()):
        return False
    before = [at for at in theirs if at < match.start()]
    if before and not _OURS.search(text, before[-1] + 2, match.start()):
        return False
    near = _OURS.search(text, clause, _end(match)) is not None
    return near or not before


def _end(match: re.Match[str]) -> int:
    return match.end("noun") if match["noun"] else match.end()


def _activities(text: str, clause: int, match: re.Match[str]) -> list[str]:
    """What is counted: the words after the number where there are any, else those before it."""
    noun = match["noun"] or ""
    if noun:
        stop = _NOUN_ENDS.search(noun, 2)
        asked = noun.startswith(("单位", "部门")) and _ANSWERED.match(text, match.start("noun"))
        return ["应询" + noun[:2] if asked else noun[: stop.start()] if stop else noun]
    before = _BEFORE.search(text, clause, match.start())
    words = _AND_SUCH.sub("", before[0] if before else "")
    words = _LEADS.sub("", _TRAILS.sub("", words)).lstrip("、和与及")
    if before and before[0].endswith("各"):
        return [part for part in _LIST.split(words) if len(part) > 1]
    return [words] if len(words) > 1 else []


def _fact(
    section: Section,
    context: Context,
    body: str,
    year: str,
    at: tuple[int, int],
    activity: str,
    match: re.Match[str],
) -> ActivityCount:
    value = int(match["value"].replace(",", ""))
    return _made(section, context, body, year, at, activity, value, match["measure"].lstrip("余"))


def _made(
    section: Section,
    context: Context,
    body: str,
    year: str,
    at: tuple[int, int],
    activity: str,
    value: float,
    measure: str,
    *,
    counted: bool = False,
) -> ActivityCount:
    return ActivityCount(
        at=context.span(section, *at),
        confidence=_COUNTED if counted else _SURE,
        body=body,
        activity=activity,
        value=int(value),
        measure=measure,
        year=year,
        counted=counted or None,
        doubt="文中只说首次，按1次计，请核对。" if counted else "",
    )
