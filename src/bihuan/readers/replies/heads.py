"""Which suggestion the letter says it answers, and whom it addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.facts import Span
from bihuan.readers.replies.case import Objection, ReplyCase
from bihuan.readers.replies.letter import Letter, Stretch
from bihuan.readers.wording.numerals import NUMERAL, number

_SESSION = re.compile(
    rf"第?(?P<congress>{NUMERAL}{{1,4}})届(?:人民代表大会|人大)?(?:代表)?第?(?P<session>{NUMERAL}{{1,3}})次(?:会议|大会)?"
)
_BETWEEN = re.compile(
    rf"(?:第?(?P<congress>{NUMERAL}{{1,4}})届(?:人民代表大会|人大)?(?:代表)?)?(?:大会|会议)?闭会期间"
)
_NUMBER = re.compile(r"(?:(?<![〕\]）)\d年])第|(?<=[（(])第?|(?<=代表建议)第?)0*(?P<number>\d{1,5})号")
_TITLE = re.compile(
    r"《(?P<a>[^《》]{4,80})》|“(?P<b>[^“”]{4,80})”|(?:提出的?|所提的?)(?P<c>关于[^，。；：《》（）“”]{4,60}?的建议)"
)
_NO_TITLE = re.compile(r"\d号|届|^关于(?:上述|该|此|这|本|有关|相关)|办法|条例|通知|方案|规定|意见》?$")
_SAME_TITLE = 0.7  # share of two-character stretches: a word changed in shortening is still the same title


def heads(case: ReplyCase, letter: Letter) -> Iterator[Objection]:
    """Term, session, number and title in heading and opening against the record."""
    places = [place for place in (letter.head, letter.opening) if place and place[0] < place[1]]
    yield from _sessions(case, letter, places)
    yield from _numbers(case, letter, places)
    yield from _titles(case, letter)


def _sessions(case: ReplyCase, letter: Letter, places: list[Stretch]) -> Iterator[Objection]:
    text, right = letter.text, session_name(case)
    said = False
    for place in places:
        for match in _SESSION.finditer(text, *place):
            said = True
            found = (number(match["congress"]), number(match["session"]))
            if found != (case.congress, case.session):
                yield _wrong_session(letter.span(match.span()), right)
                return
        for match in _BETWEEN.finditer(text, *place):
            said = True
            congress = number(match["congress"]) if match["congress"] else case.congress
            if case.session is not None or congress != case.congress:
                yield _wrong_session(letter.span(match.span()), right)
                return
    if not said:
        yield Objection(
            code="wrong_session",
            severity="stop",
            explanation=f"标题和开头都没有写明是哪次会议的建议。登记的是{right}。",
            mend=f"在标题中写明“{right}”。",
            at=letter.span((letter.head[1], letter.head[1])),
            other=right,
        )


def _wrong_session(at: Span, right: str) -> Objection:
    return Objection(
        code="wrong_session",
        severity="stop",
        explanation=f"届次不对：这里写的是“{at.quote}”，登记的是{right}。代表和归档都会对不上这件建议。",
        mend=f"改为“{right}”。",
        at=at,
        other=right,
    )


def session_name(case: ReplyCase) -> str:
    """十七届人大四次会议, 十七届人大闭会期间."""
    if case.session is None:
        return f"{in_words(case.congress)}届人大闭会期间"
    return f"{in_words(case.congress)}届人大{in_words(case.session)}次会议"


def in_words(value: int) -> str:
    """A number below a hundred as papers write it."""
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(value, 10)
    return (("" if tens == 1 else digits[tens]) + "十" if tens else "") + (digits[ones] if ones else "")


def _numbers(case: ReplyCase, letter: Letter, places: list[Stretch]) -> Iterator[Objection]:
    """Every number in the heading must be this one; the opening may name others beside it (并案)."""
    right = plain_number(case.number)
    seen = False
    for place in places:
        found = list(_NUMBER.finditer(letter.text, *place))
        wrong = [match for match in found if plain_number(match["number"]) != right]
        seen = seen or len(wrong) < len(found)
        if wrong and (place == letter.head or len(wrong) == len(found)):
            at = letter.span((wrong[0].start(), wrong[0].end()))
            yield Objection(
                code="wrong_number",
                severity="stop",
                explanation=f"编号不对：这里写的是“{at.quote}”，登记的是第{case.number}号。",
                mend=f"改为“第{case.number}号”，并核对正文答的是不是这件建议。",
                at=at,
                other=f"第{case.number}号",
            )
            return
    if not seen:
        yield Objection(
            code="wrong_number",
            severity="stop",
            explanation=f"标题和开头都没有写建议编号。登记的是第{case.number}号。",
            mend=f"在标题中写明“第{case.number}号建议”。",
            at=letter.span((letter.head[1], letter.head[1])),
            other=f"第{case.number}号",
        )


def plain_number(written: str) -> str:
    """第093号 and 93 are one number."""
    return written.strip("第号").lstrip("0")


def _titles(case: ReplyCase, letter: Letter) -> Iterator[Objection]:
    if letter.opening is None:
        return
    named: list[Stretch] = []
    for match in _TITLE.finditer(letter.text, *letter.opening):
        group = match.lastgroup or "a"
        if not _NO_TITLE.search(match[group]):
            if likeness(match[group], case.title) >= _SAME_TITLE:
                return
            named.append(match.span(group))
    if named:
        at = letter.span(named[0])
        yield Objection(
            code="wrong_title",
            severity="stop",
            explanation=f"题目不对：这里写的是“{at.quote}”，登记的是“{case.title}”。",
            mend=f"改为“{case.title}”，并核对正文答的是不是这件建议。",
            at=at,
            other=case.title,
        )


def likeness(one: str, other: str) -> float:
    """How much of the shorter title's two-character stretches the longer holds."""
    a, b = ({title[k : k + 2] for k in range(len(title) - 1)} for title in (_bare(one), _bare(other)))
    return len(a & b) / max(1, min(len(a), len(b)))


def _bare(title: str) -> str:
    return re.sub(r"^关于|的?(?:建议|意见|提案|议案)$|[，、“”《》\s]", "", title)


def addressed(case: ReplyCase, letter: Letter) -> Iterator[Objection]:
    """The salutation must name the lead deputy, at least by family name."""
    lead = case.lead
    right = f"{lead}代表：" if not case.joint else f"{lead}等{len(case.joint) + 1}位代表："
    if letter.salutation is None:
        where, said = (letter.head[1], letter.head[1]), "没有写称呼"
    else:
        text = letter.text[slice(*letter.salutation)]
        if lead in text or re.search(rf"{lead[:1]}(?:{lead[1:2]})?(?:代表|委员)", text):
            return
        where, said = letter.salutation, f"称呼是“{text}”，没有提到领衔代表{lead}"
    yield Objection(
        code="not_addressed",
        severity="stop",
        explanation=f"{said}。答复应当写给提出建议的代表。",
        mend=f"改为“{right}”。",
        at=letter.span(where),
        other=lead,
    )


# 建议提案, 代表建议和政协提案: both kinds of work named together.
_TOGETHER = re.compile(r"(?:建议|议案)[、和与及]{0,2}(?:政协)?(?:委员)?提案|提案[、和与及]?(?:代表)?建议")
_PROPOSAL = re.compile("提案")
# This very matter called a proposal, wherever it stands.
_THIS_PROPOSAL = re.compile(
    r"第?\d+号提案|提案第|提案人|(?:您|你们?|贵)的?[^，。；]{0,6}提案|[本该此]件?提案|提案(?:已?收悉|的?答复)"
)
_COPIES = re.compile(r"抄[送报]|分送|主送")


def cppcc(case: ReplyCase, letter: Letter) -> Iterator[Objection]:
    """Words and copies that belong to a proposal (提案) of the political consultative conference."""
    wording = _proposal_words(letter)
    if wording:
        at = letter.span(wording)
        yield Objection(
            code="cppcc_wording",
            severity="stop",
            explanation=f"“{at.quote}”是政协提案的用语。这是人大代表建议，答复对象是代表。",
            mend="把“提案”改为“建议”，把“委员”改为“代表”，并核对是否套用了提案答复。",
            at=at,
        )
    copy = _copy_to_cppcc(case, letter)
    if copy:
        at = letter.span(copy)
        yield Objection(
            code="cppcc_copy",
            severity="stop",
            explanation="抄送单位里有政协的机构。代表建议的答复抄送人大常委会的代表工作机构，不抄送政协。",
            mend="把政协的机构改为人大常委会代表工作机构。",
            at=at,
        )


def _proposal_words(letter: Letter) -> Stretch | None:
    text = letter.text
    if letter.salutation:
        start, end = letter.salutation
        if text[start:end].rstrip("：:").endswith("委员"):
            return end - 3, end - 1
    together = {match.end() for match in _TOGETHER.finditer(text)} | {
        match.start() + 2 for match in _TOGETHER.finditer(text)
    }
    edges = [(0, letter.body[0]), *(p for p in letter.tail if not _COPIES.match(text, *p))]
    found = [match for place in edges for match in _PROPOSAL.finditer(text, *place)]
    found += list(_THIS_PROPOSAL.finditer(text, *letter.body))
    alone = [match for match in found if match.end() not in together]
    return alone[0].span() if alone else None


def _copy_to_cppcc(case: ReplyCase, letter: Letter) -> Stretch | None:
    for start, end in letter.paragraphs:
        if _COPIES.match(letter.text, start, end):
            at = letter.text.find("政协", start, end)
            if at >= 0:
                stop = min(
                    (k for k in (letter.text.find(mark, at, end) for mark in "，、；。") if k > 0),
                    default=end,
                )
                return at, stop
    if any("政协" in copy for copy in case.copies):
        return len(letter.text), len(letter.text)
    return None
