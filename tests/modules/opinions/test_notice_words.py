"""A notice is printed again in its own words."""

from __future__ import annotations

import pytest

from bihuan.modules.opinions.texts import notice_words

TITLE = "关于印发临溪县第十七届人民代表大会常务委员会第三十次会议审议意见的通知"
ANNEX = "附件1\n临溪县人民代表大会常务委员会关于全县河道管护情况报告的审议意见\n会议认为，工作有进展。"
SAID = "现将会议通过的审议意见发给你们，请于收到后三日内签收。"
MORE = "办理中有什么问题，请与常委会办公室联系。"


@pytest.mark.parametrize(
    "close", ["附件：1.关于全县河道管护情况报告的审议意见", "临溪县人大常委会", "2026年3月27日"]
)
def test_its_words_stand_between_addressees_and_annexes_or_signature(close: str) -> None:
    text = f"{TITLE}\n县人民政府：\n{SAID}\n{MORE}\n{close}\n{ANNEX}\n"
    assert notice_words(text, title=TITLE, organ="临溪县人大常委会") == [SAID, MORE]


def test_what_is_not_found_is_not_made_up() -> None:
    assert notice_words("另一份文件", title=TITLE, organ="临溪县人大常委会") == []
