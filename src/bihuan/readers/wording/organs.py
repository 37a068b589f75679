"""Organs as papers name them: who must act, who receives, and two names for one body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# The words that make a name one of a body that can be given a duty.
ORGAN = re.compile(
    "政府|监察委|监委|法院|检察院|常委会|常务委员会|人大|主任会议|委员会|工委|办公室|单位|部门|乡镇|街道|各镇|各乡|局|机关"
)
# A row that holds the name of a body and nothing else: a signature.
BODY_NAME = re.compile(
    r"[\u4e00-\u9fff（）]{2,30}(?:委员会|常委会|代表大会|办公室|办公厅|人民政府|法院|检察院|主任会议)"
)
# A committee of either kind, with the body it belongs to.
COMMITTEE = re.compile(
    r"(?P<place>[市县区州镇乡省]?)(?P<owner>人大常委会|人民代表大会常务委员会|人民代表大会|人大)"
    r"(?P<field>(?:(?!常务|专门|代表资格|工作委员会)[^向将由和与及的各对在送，。、《》（）\d]){2,14}?)(?P<kind>工作委员会|委员会)$"
)
_COMMITTEE_END = re.compile("委员会")
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Committee:
    """A committee named at text[start:end]."""

    name: str
    field: str
    kind: str
    of_standing_committee: bool
    start: int
    end: int


def committees(text: str) -> Iterator[Committee]:
    """Every committee of a congress or standing committee named in full, in reading order."""
    for end in _COMMITTEE_END.finditer(text):
        start = max(0, end.start() - _LONGEST_NAME)
        if text.find("人", start, end.start()) < 0:
            continue
        match = COMMITTEE.search(text, start, end.end())
        if match:
            owner = match["owner"].endswith(("常委会", "常务委员会"))
            yield Committee(match[0], match["field"], match["kind"], owner, match.start(), match.end())


def short_name(organ: str) -> str:
    """某市人民代表大会常务委员会 -> 某市人大常委会: the name papers use in running text."""
    return organ.replace("人民代表大会", "人大").replace("常务委员会", "常委会")


_POST = re.compile(
    r"(?P<organ>.*(?:委员会|常委会|人民政府|法院|检察院|监委|办公室|局|大会|街道|委))"
    r"(?P<position>(?:党组)?(?:常务)?(?:第一)?副?(?:主任委员|主任|主席|秘书长|市长|县长|区长|州长|镇长|乡长|院长|检察长|局长|庭长)|委员|审判员|检察员)"
)


def split_post(post: str) -> tuple[str, str]:
    """某市人大常委会副主任 -> (某市人大常委会, 副主任); all of it is the position where no organ shows."""
    match = _POST.fullmatch(post)
    return (match["organ"], match["position"]) if match else ("", post)
