"""Deputies by name: 张三、李四等代表, 王五等12名代表.

A run of letters counts as a name only when it begins with a common family name: 多位代表, 各位代表 and
领衔代表 name nobody.
"""

from __future__ import annotations

import re

# The hundred-odd most frequent family names, and the two-letter ones.
FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆"
    "范汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江尹薛阎闫雷龙段郝龚邵史陶贺毛顾赖武康邢严莫孔向常汤葛庞樊兰殷施洪翟安颜倪牛温"
    "芦季俞章鲁伍申尤毕聂焦翁管蓝欧乔柳岳齐梅庄辛冉涂祝游左卓耿谷骆盛柴匡单戚屈艾盘乌邝郁古文容易植桂晏隆滕奉义解"
)
COMPOUND = "欧阳|上官|司马|诸葛|皇甫|令狐|尉迟"
_GIVEN = r"(?:(?!等|代表|提出|了)[\u4e00-\u9fff]){1,2}"
_NAME = rf"(?:(?:{COMPOUND})|[{FAMILY}]){_GIVEN}"
DEPUTIES = re.compile(
    rf"(?P<names>{_NAME}(?:、{_NAME}){{0,40}})(?:等)?(?:[0-9一二三四五六七八九十]{{1,3}}[名位])?(?:市|县|区|州|省)?(?:人大)?代表"
    rf"|(?:市|县|区|州|省)?(?:人大)?代表(?P<after>{_NAME})(?=提出|所提|领衔|的)"
)


def names_of(match: re.Match[str]) -> tuple[str, ...]:
    """The names a DEPUTIES match gives, in order."""
    return tuple((match["names"] or match["after"]).split("、"))
