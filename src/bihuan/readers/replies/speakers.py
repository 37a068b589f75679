"""Who speaks in the letter: our agency, and nobody else left in from another letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.replies.case import Objection, ReplyCase
from bihuan.readers.replies.letter import Letter, Stretch
from bihuan.readers.wording.bodies import is_body

# 我局, 本委: how an agency speaks of itself. 我办 is also 'I handle', 本院 'this yard' only of a court.
_SELF = re.compile(
    r"[我本](?P<kind>分局|局|委(?!托|员)|院|办(?!理|法|好|事|的|成)|中心|公司|支队|大队|街道|镇(?!域)|乡(?!村|亲))(?![\u4e00-\u9fff]?代表团)"
)
_KINDS = (  # the longest ending first
    ("委员会办公室", {"办", "委"}),
    ("委办公室", {"办", "委"}),
    ("办公室", {"办"}),
    ("街道办事处", {"街道", "办"}),
    ("委员会", {"委"}),
    ("法院", {"院"}),
    ("检察院", {"院"}),
    ("分局", {"分局", "局"}),
    ("镇人民政府", {"镇"}),
    ("乡人民政府", {"乡"}),
)
_OTHERS_WORDS = re.compile(r"(?:来函|复函|回函|回复|反馈|答复|意见|表示|指出|介绍|说明)[^。；“]{0,14}[：“，]")
_SPEAKS = (
    r"(?:党组|党委|主要负责人|主要领导|领导班子|局长)?(?:收到|(?:高度|十分|非常)重视|专题研究|认真研究|组织研究|对您|感谢您"
    r"|现?(?:就|将|作)?[^，。]{0,8}(?:答复|回复)如下|(?:关于)?对[^，。]{4,40}的?(?:答复|复函))"
)
_LETTERHEAD = re.compile(r"(?:文件|函)?(?:关于|对)")
_CONTACT = re.compile(r"联系|经办|承办|电话")
_SHORTEST_NAME = 3  # 住建局 names a body, 政府 none


def speakers(case: ReplyCase, letter: Letter) -> Iterator[Objection]:
    """The first place where another body speaks: signature, contact, opening, or 我委 in a bureau's letter."""
    own = set(case.agency.names)
    for where, how in (
        _signed(case, letter, own),
        _speaking(case, letter, own),
        _self_words(case, letter),
    ):
        if where is None:
            continue
        at = letter.span(where)
        yield Objection(
            code="foreign_speaker",
            severity="stop",
            explanation=f"{how}是“{at.quote}”，而承办单位是{case.agency.name}，疑似套用了别的单位的文稿。",
            mend=f"改为{case.agency.name}的口吻，并通读全文核对。",
            at=at,
            other=case.agency.name,
        )
        return


def _signed(case: ReplyCase, letter: Letter, own: set[str]) -> tuple[Stretch | None, str]:
    """A signature or a contact row with another body's name and without ours."""
    text = letter.text
    rows = [row for row in letter.tail if is_body(text[slice(*row)]) or _CONTACT.search(text, *row)]
    if any(name in text[slice(*row)] for row in rows for name in own if is_body(text[slice(*row)])):
        rows = [row for row in rows if _CONTACT.search(text, *row)]  # signed by us, perhaps with others
    for start, end in rows:
        if _CONTACT.search(text, start, end):
            found = _named(case, text, start, end)
            if found and not any(name in text[start:end] for name in own):
                return found, "联系单位"
        elif text[start:end] not in own:
            return (start, end), "落款"
    return None, ""


def _speaking(case: ReplyCase, letter: Letter, own: set[str]) -> tuple[Stretch | None, str]:
    """Another body as the one that received the suggestion, cares or answers: in heading, opening and closing."""
    names = [
        name for body in case.others for name in body.names if len(name) >= _SHORTEST_NAME and name not in own
    ]
    if not names:
        return None, ""
    speaks = re.compile(
        f"(?P<name>{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))}){_SPEAKS}"
    )
    for place in (letter.head, letter.opening, *letter.tail):
        match = speaks.search(letter.text, *place) if place else None
        if match:
            return match.span("name"), "答复人"
    return None, ""


def _named(case: ReplyCase, text: str, start: int, end: int) -> Stretch | None:
    for body in case.others:
        for name in body.names:
            at = text.find(name, start, end) if len(name) >= _SHORTEST_NAME else -1
            if at >= 0:
                return at, at + len(name)
    return None


def _self_words(case: ReplyCase, letter: Letter) -> tuple[Stretch | None, str]:
    """我委 in a letter of a bureau; what another body is quoted with does not count."""
    kinds = {kind for name in case.agency.names for kind in own_kinds(name)}
    text = letter.text
    for match in _SELF.finditer(text):
        if match["kind"] in kinds or _passed_on(letter, match.start()):
            continue
        return match.span(), "自称"
    return None, ""


def own_kinds(name: str) -> set[str]:
    """How a body of this name may call itself after 我: 局, 委, 办 …"""
    for ending, kinds in _KINDS:
        if name.endswith(ending):
            return kinds
    match = re.search(r"(?:局|委|院|办|中心|公司|支队|大队|街道|镇|乡)$", name)
    return {match[0]} if match else set()


def _passed_on(letter: Letter, at: int) -> bool:
    """Inside “…”, or in a sentence that passes on what another body said?"""
    text = letter.text
    begin = max(start for start, _ in letter.paragraphs if start <= at)
    begin = max(begin, *(text.rfind(mark, begin, at) + 1 for mark in "。；"))
    if text.rfind("“", begin, at) > text.rfind("”", begin, at):
        return True
    return _OTHERS_WORDS.search(text, begin, at) is not None
