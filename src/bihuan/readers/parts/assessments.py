"""What a standing committee's assessments came to, and whom it passed suggestions on to.

经测评，代表对被评部门整改工作的满意率均达95%: the rate is of each body the report said was assessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import HandlingStat
from bihuan.readers.parts.clauses import periods

_ASSESSED = re.compile(
    r"评议(?P<bodies>[\u4e00-\u9fff、]{2,40}?)(?:的)?工作|对(?P<bodies2>[\u4e00-\u9fff、]{3,40}?)(?:的)?工作?(?:进行|开展)了?(?:工作)?评议"
)
_BODY = re.compile(r"[\u4e00-\u9fff]{1,14}(?:局|委|办|院|部|中心|政府|大队|公司)")
_LIST = re.compile("、|和|与|以及")
_RATE = re.compile(
    r"被评议?(?:部门|单位|对象)[^。；\d]{0,20}(?P<metric>满意率|满意度|优秀率)[^。；\d]{0,8}(?P<value>\d{1,3}(?:\.\d+)?)%"
)
_PASSED_ON = re.compile(
    r"(?P<value>\d[\d,]{0,6})(?P<measure>[条件])(?:代表|群众)?(?:意见)?建议(?:分别)?(?:转交|交由|移交|转送)(?P<unit>[市县区州省]?(?:人民)?政府|[\u4e00-\u9fff]{2,8}(?:局|委|办|部门|单位))"
)
_SURE = 0.7  # whom the rate is of was said in another sentence


def assessments(section: Section, context: Context, *, start: int, end: int) -> Iterator[HandlingStat]:
    """The rates of assessed bodies and the suggestions passed on in text[start:end]."""
    text = context.flow.text
    bodies: list[str] = []
    for a, b in periods(context.flow, start, end):
        named = _ASSESSED.search(text, a, b)
        if named:
            listed = _LIST.split(named["bodies"] or named["bodies2"])
            bodies = [body for body in listed if _BODY.fullmatch(body)] or bodies
        for match in _RATE.finditer(text, a, b):
            value = float(match["value"])
            for body in bodies:
                yield HandlingStat(
                    at=context.span(section, match.start(), match.end()),
                    confidence=_SURE,
                    unit=body,
                    metric="满意率" if match["metric"] == "满意度" else match["metric"],
                    value=int(value) if value.is_integer() else value,
                    measure="%",
                )
        for match in _PASSED_ON.finditer(text, a, b):
            yield HandlingStat(
                at=context.span(section, match.start(), match.end()),
                unit=match["unit"],
                metric="转交办理",
                value=int(match["value"].replace(",", "")),
                measure=match["measure"],
            )
