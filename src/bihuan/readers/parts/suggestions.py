"""The suggestions a report speaks of: number, title, who made them, who handles them in which role.

A suggestion is named by number, by its title in 《》 or “”, or by the deputies who made it; several
mentions of one are one fact.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Suggestion
from bihuan.readers.wording.people import DEPUTIES, names_of
from bihuan.readers.wording.titles import quoted

_NUMBER = re.compile(
    r"(?<![\d〕\]］）)年])第?(?P<no>\d{1,4})号(?P<key>重点(?:督办)?)?(?P<kind>(?:代表)?(?:建议|议案))?(?:[（(](?P<role>主办|协办|会办|分办)[）)])?"
)
_ASKED = re.compile(r"(?:建议)?(?:提出|反映|要求)了?(?:的)?(?P<title>[^，。；]{4,60})")
_NAMED = re.compile(r"(?P<title>关于[^，。；]{4,80}?(?:建议|议案|》))(?=[，。；、和以与]|$)")
_SUGGESTION = re.compile(r"(?:建议|议案)[>〉）)]?$")
_AFTER_TITLE = re.compile(r"(?:的)?(?:建议|议案)?[（(](?:第)?(?P<no>\d{1,4})号[）)]")
_QUOTATION = re.compile(r"“(?P<title>[^”]{4,100})”")
_ROLE_AFTER = re.compile(
    r"[》”]?(?:的)?(?:建议)?[（(](?P<role>主办|协办|会办|分办)件?[）)]"
    r"|[^。；]{0,24}?(?:我[局委办院中]|本单位)(?:作为|为|是)(?P<role2>主办|协办|会办|分办)"
    r"|[^。；]{0,24}?由我[局委办院](?:负责)?(?P<role3>主办|协办|会办|分办)"
)
_ROLE_BEFORE = re.compile(r"(?P<role>主办|协办|会办|分办)(?:的)?件?(?:建议)?(?:\d+件)?[（(：]?(?:第)?$")
_LED_BY = re.compile(
    r"由(?P<unit>[\u4e00-\u9fff]{2,16}?)(?:牵头|主办|负责)(?:负责|牵头)?(?:主办|办理|承办)?的$"
)
_TAKEN_UP = re.compile(
    r"[》”](?:的)?(?:建议)?(?:办理|督办)(?:过程)?中，(?:由)?(?P<unit>[市县区州省][\u4e00-\u9fff]{1,14}?(?:局|委|办|中心|公司|院|部))"
)
_KEY_LIST = re.compile(
    r"(?:等[\d一二三四五六七八九十]+件)?(?:被|列|确定)?(?:为|是)?[^，。；《》]{0,16}重点(?:督办)?(?:的)?[^，。；《》]{0,6}建议"
)
_LINK = re.compile(r"[》”]?(?:的)?(?:建议|议案)?(?:[、和与及]|以及)?(?:第)?$")
_SAYS = re.compile(r"(?:们)?(?:联名|领衔)?(?:所)?(?P<says>重点关注|关注|关心|提出|提交|提|反映)?了?(?:的)?")
_PLAIN = re.compile(r"(?P<title>[^，。；：《》“”]{4,45}?(?:建议|议案))(?=[，。；：、中]|时|都|均|$)")
_CARED_FOR = re.compile(r"(?P<title>[^，。；：《》“”]{3,40}?(?:问题|建议|方面))(?=[，。；：、中]|$)")
_LONGEST_LINK = 12  # characters between two titles of one list
_UNCLOSED = re.compile(r"[^，。；》]{4,60}?建议")  # a title whose closing mark is missing
_SURE_BY_WORDS = 0.8  # named by its deputies and a paraphrase only


class _Mention(Struct, frozen=True, gc=False):
    """One place that names a suggestion: text[start:end]."""

    start: int
    end: int
    number: str = ""
    title: str = ""
    role: str = ""
    unit: str = ""
    leader: str = ""  # another body that handles it, ours only taking part
    deputies: tuple[str, ...] = ()
    key: bool = False


def suggestions(
    section: Section, context: Context, *, unit: str, start: int, end: int
) -> Iterator[Suggestion]:
    """Each suggestion text[start:end] names, once for every body that handles it."""
    text = context.flow.text
    mentions = sorted(_mentions(text, start, end), key=lambda mention: mention.start)
    for mention in _merged(_in_lists(text, mentions)):
        fact = Suggestion(
            at=context.span(section, mention.start, mention.end),
            confidence=1.0 if mention.number or text[mention.end - 1] in "》”" else _SURE_BY_WORDS,
            number=mention.number,
            title=mention.title,
            role=mention.role or ("会办" if mention.leader else ""),
            unit=mention.unit or unit,
            deputies=mention.deputies,
            key=mention.key or None,
        )
        yield fact
        if mention.leader:
            yield replace(fact, role="主办", unit=mention.leader)


def _mentions(text: str, start: int, end: int) -> Iterator[_Mention]:
    """By number, by quoted title, by deputies: what an earlier way has named is not named again."""
    found: list[_Mention] = []
    for match in _NUMBER.finditer(text, start, end):
        mention = _by_number(text, match, end)
        if mention and not (found and mention.start < found[-1].end):
            found.append(mention)
    free = _gaps(found)
    titled: list[_Mention] = []
    for a, b in quoted(text, start, end):
        if free(a, b) and _SUGGESTION.search(text, a, b):
            after = _AFTER_TITLE.match(text, b + 1, end)
            stop = after.end() if after else b + 1
            titled.append(_Mention(a - 1, stop, number=after["no"] if after else "", title=text[a:b]))
    found = sorted(found + titled, key=_place)
    free = _gaps(found)
    for match in _QUOTATION.finditer(text, start, end):
        told = DEPUTIES.search(text, max(start, match.start() - 24), match.start())
        says = _SAYS.match(text, told.end(), match.start()) if told else None
        if says and says["says"] and says.end() == match.start() and free(*match.span()):
            found.append(_Mention(*match.span(), title=match["title"]))
    yield from _with_deputies(text, start, end, sorted(found, key=_place))


def _place(mention: _Mention) -> tuple[int, int]:
    return mention.start, mention.end


def _gaps(found: list[_Mention]) -> Callable[[int, int], bool]:
    """A test whether text[a:b] is free of these mentions, which stand in order without overlap."""
    begins = [mention.start for mention in found]

    def free(a: int, b: int) -> bool:
        before = bisect_left(begins, b) - 1
        return before < 0 or found[before].end <= a

    return free


def _by_number(text: str, match: re.Match[str], end: int) -> _Mention | None:
    """第1093号《…》, 1202号建议提出…, 第1079号关于…: a number alone counts only with the word 建议."""
    after = match.end()
    title, stop = "", after
    if text[after : after + 1] in ("《", "“"):
        inside = quoted(text, after, min(end, after + 200)) if text[after] == "《" else []
        said = _QUOTATION.match(text, after, end)
        broken = _PLAIN.match(text, after + 1, end) or re.compile(r"[^，。；》]{4,60}?建议").match(
            text, after + 1, end
        )
        if inside and inside[0][0] == after + 1:
            title, stop = text[slice(*inside[0])], inside[0][1] + 1
        elif said:
            title, stop = said["title"], said.end()
        elif broken:  # the closing mark is missing
            title, stop = broken[0], broken.end()
    elif match["kind"]:
        asked = _ASKED.match(text, after, end)
        if asked:
            title, stop = asked["title"], asked.end()
    else:
        named = _NAMED.match(text, after, end)
        if named is None:
            return None
        title, stop = named["title"], named.end()
    if not title and not match["kind"]:
        return None
    return _Mention(
        match.start(), stop, number=match["no"], title=title, role=match["role"] or "", key=bool(match["key"])
    )


def _with_deputies(text: str, start: int, end: int, found: list[_Mention]) -> Iterator[_Mention]:
    """The mentions with the deputies named before them, and those only deputies and a paraphrase name."""
    begins = {mention.start: k for k, mention in enumerate(found)}
    free = _gaps(list(found))
    done = start
    for match in DEPUTIES.finditer(text, start, end):
        says = _SAYS.match(text, match.end(), end)
        after = says.end() if says else match.end()
        k = begins.get(after)
        if k is not None:
            found[k] = replace(found[k], deputies=names_of(match))
            continue
        cares = says is not None and (says["says"] or "").endswith(("关注", "关心"))
        plain = (_CARED_FOR if cares else _PLAIN).match(text, after, end)
        if plain and match.start() >= done and free(match.start(), plain.end()):
            done = plain.end()
            title = plain["title"].removesuffix("方面") if cares else plain["title"]
            found.append(_Mention(match.start(), done, title=title, deputies=names_of(match)))
    yield from found


def _in_lists(text: str, mentions: list[_Mention]) -> Iterator[_Mention]:
    """Each mention with what its surroundings say; what stands before a list holds for all of it."""
    joins = [
        b.start - a.end < _LONGEST_LINK and _LINK.fullmatch(text, a.end, b.start) is not None
        for a, b in pairwise(mentions)
    ]
    ends = [mention.end for mention in mentions]  # where the list a mention stands in ends
    for k in range(len(joins) - 1, -1, -1):
        ends[k] = ends[k + 1] if joins[k] else ends[k]
    leader = role = ""
    for k, mention in enumerate(mentions):
        before = text[max(0, mention.start - 40) : mention.start]
        if k == 0 or not joins[k - 1]:
            led = _LED_BY.search(before)
            leader = led["unit"] if led else ""
            stated = _ROLE_BEFORE.search(before)
            role = stated["role"] if stated else ""
        after = _ROLE_AFTER.match(text, mention.end)
        given = (after["role"] or after["role2"] or after["role3"]) if after else ""
        taken = _TAKEN_UP.match(text, max(mention.start, mention.end - 1))
        yield replace(
            mention,
            role=mention.role or given or role,
            leader=leader,
            unit=taken["unit"] if taken else "",
            key=mention.key or _KEY_LIST.match(text, ends[k]) is not None,
        )


def _merged(mentions: Iterator[_Mention]) -> list[_Mention]:
    """One mention a suggestion, in the order they first came, with what any of them told."""
    merged: list[_Mention] = []
    by_number: dict[str, int] = {}
    by_title: dict[str, int] = {}
    for mention in mentions:
        k = by_number.get(mention.number) if mention.number else None
        if k is None and mention.title in by_title:
            k = by_title[mention.title]
            if mention.number and merged[k].number:  # two suggestions of one title
                k = None
        if mention.number:
            by_number.setdefault(mention.number, len(merged) if k is None else k)
        if mention.title:
            by_title.setdefault(mention.title, len(merged) if k is None else k)
        if k is None:
            merged.append(mention)
            continue
        known = merged[k]
        merged[k] = replace(
            known,
            number=known.number or mention.number,
            title=known.title or mention.title,
            role=known.role or mention.role,
            unit=known.unit or mention.unit,
            leader=known.leader or mention.leader,
            deputies=known.deputies or mention.deputies,
            key=known.key or mention.key,
        )
    return merged
