"""Who speaks in a record: a row that begins with a name and a colon, a questioner's or an official's."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bihuan.readers.text import Flow
from bihuan.readers.wording.bodies import BODY_BEFORE_POST

_SAID = r"(?:[【\[（(]?(?:询问|提问|追问|再问|发问|问|应询|答复|回答|应答|答)(?:人|者)?[】\])）]?[：、]?)?"
# The label says that it is a name, so any family name will do; 各位委员 is nobody.
_NAME = r"(?!各位|主任|与会|全体|人大|专职|专委|部分|有的|多位|副主|常委|其他|列席)[\u4e00-\u9fff·]{2,4}?"
_ASKER = re.compile(
    rf"{_SAID}(?:(?:[市县区州省]|本次)?(?:人大)?(?:常委会)?(?:组成人员|委员|代表))?"
    rf"(?P<name>{_NAME})(?:同志)?[（(]?(?:[市县区州省]?(?:人大)?(?:常委会)?)?(?P<title>委员|代表|副主任委员|主任委员|常委)[）)]?[：:]"
    rf"|{_SAID}(?:[市县区州省]?(?:人大)?(?:常委会)?)(?P<title2>委员|代表|组成人员)(?P<name2>{_NAME})[：:]"
)
# 张三（县人大常委会委员）: name first, the post in brackets.
_NAME_FIRST = re.compile(rf"{_SAID}(?P<name>{_NAME})（(?P<post>[^（）]{{2,24}})）[：:]")
_MEMBER = re.compile(r"委员$|代表$|组成人员$|常委$")
_CHAIR = re.compile(r"(?:会议)?主持人(?:[（(][^（）()]{2,24}[）)])?[：:]")
_KNOWN = re.compile(rf"(?P<name>{_NAME})[：:]")
_OFFICIAL = re.compile(
    rf"{_SAID}(?P<post>[\u4e00-\u9fff、（）]{{3,40}}?(?:书记|局长|主任|院长|检察长|经理|董事长|[区县市镇乡州]长|部长|行长|组长|主席"
    r"|总裁|队长|站长|所长|处长|科长|秘书长|负责人))(?P<name>[\u4e00-\u9fff·]{2,4})?[：:]"
)
_CHAIRS = "主持人"
_LONGEST_LABEL = 50  # characters before the colon


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says: text[start:end] after the label that begins at `mark`."""

    name: str
    post: str  # empty for a member or deputy who asks
    body: str
    mark: int
    start: int
    end: int

    @property
    def asks(self) -> bool:
        return not self.post


def turns(flow: Flow, start: int, end: int) -> list[Turn]:
    """Every turn of text[start:end] in reading order; each ends where the next begins."""
    found: list[tuple[int, int, str, str]] = []
    posts: dict[str, str] = {}  # later on a name alone may stand for who spoke before
    text = flow.text
    for row in flow.rows[flow.row_at(start) : flow.row_at(end - 1) + 1]:
        stop = min(row.start + _LONGEST_LABEL, end)
        colon = text.find("：", row.start, stop)
        if colon < 0:
            continue
        speaker = _speaker(text, row.start, colon + 1, posts)
        if speaker:
            name, post = speaker
            posts.setdefault(name, post)
            found.append((row.start, colon + 1, name, post))
    edges = [mark for mark, *_ in found[1:]] + [end] * bool(found)
    return [
        Turn(name, post, _body_of(post), mark, begin, edge)
        for (mark, begin, name, post), edge in zip(found, edges, strict=True)
        if post != _CHAIRS
    ]


def _speaker(text: str, start: int, end: int, posts: dict[str, str]) -> tuple[str, str] | None:
    """Name and post of the label text[start:end]; a member's or deputy's post is empty."""
    asker = _ASKER.fullmatch(text, start, end)
    if asker:
        return asker["name"] or asker["name2"], ""
    named = _NAME_FIRST.fullmatch(text, start, end)
    if named:
        return named["name"], "" if _MEMBER.search(named["post"]) else named["post"]
    if _CHAIR.fullmatch(text, start, end):
        return "", _CHAIRS
    official = _OFFICIAL.fullmatch(text, start, end)
    if official:
        return official["name"] or "", official["post"]
    known = _KNOWN.fullmatch(text, start, end)
    return (known["name"], posts[known["name"]]) if known and known["name"] in posts else None


def _body_of(post: str) -> str:
    match = BODY_BEFORE_POST.match(post.partition("、")[0]) if post else None
    return match["body"] if match else ""
