"""Bodies that handle, report and are led: 市发改委, 县人民法院, 市人大常委会代表工委, also in short."""

from __future__ import annotations

import re

_ENDINGS = (
    "人民政府|政府系统|政府|法院|中院|检察院|监察委|监委|常委会|常务委员会|委员会|工委|专委会|发改委|卫健委|国资委|编办|联社"
    "|委|局|办公室|办|中心|公司|集团|处|厅|院|站|部|检查组|调研组|研究室|团市委|总队|支队|大队|街道|镇|乡|部门|单位"
)
BODY = re.compile(rf"[市县区州省镇乡全各本我]?[\u4e00-\u9fff]{{0,24}}(?:{_ENDINGS})")
# 市发改委 in 市发改委党组书记; the words of a post end the name of the body.
BODY_BEFORE_POST = re.compile(
    rf"(?P<body>[\u4e00-\u9fff]{{1,24}}?(?:{_ENDINGS}))"
    r"(?=党组|党委|党工委|机关|副?书记|第?一?副?(?:主任|局长|院长|检察长|秘书长|处长|厅长|部长|市长|县长|区长|组长|主席|经理)|(?:拟任)?人选|$)"
)
OURSELVES = re.compile(r"(?:我|本)(?:局|委|办|院|中心|公司|单位|市|县|区|部|处|厅|会)(?!的?代表)")


def is_body(words: str) -> bool:
    """Does the whole of `words` read as the name of one body?"""
    return BODY.fullmatch(words) is not None


def is_short_for(short: str, full: str) -> bool:
    """Is `short` made of letters of `full` in their order: 市中院 of 市中级人民法院?"""
    letters = iter(full)
    return 1 < len(short) <= len(full) and all(letter in letters for letter in short)
