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
_OFFICIAL = re.compile(
    rf"{_SAID}(?P<post>[\u4e00-\u9fff、（）]{{3,40}}?(?:书记|局长|主任|院长|检察长|经理|董事长|[区县市镇乡州]长|部长|行长|组长|主席"
    r"|总裁|队长|站长|所长|处长|科长|秘书长|负责人))(?P<name>[\u4e00-\u9fff·]{2,4})?[：:]"
)
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
    text = flow.text
    for row in flow.rows[flow.row_at(start) : flow.row_at(end - 1) + 1]:
        stop = min(row.start + _LONGEST_LABEL, end)
        colon = text.find("：", row.start, stop)
        if colon < 0:
            continue
        asker = _ASKER.match(text, row.start, colon + 1)
        if asker:
            found.append((row.start, asker.end(), asker["name"] or asker["name2"], ""))
            continue
        official = _OFFICIAL.match(text, row.start, colon + 1)
        if official:
            found.append((row.start, official.end(), official["name"] or "", official["post"]))
    edges = [mark for mark, *_ in found[1:]] + [end]
    return [
        Turn(name, post, _body_of(post), mark, begin, edge)
        for (mark, begin, name, post), edge in zip(found, edges, strict=True)
    ]


def _body_of(post: str) -> str:
    match = BODY_BEFORE_POST.match(post.partition("、")[0]) if post else None
    return match["body"] if match else ""
