"""What is proposed for removal before a text is published, and what may stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.readers.privacy import Known, Private, find_private
from bihuan.readers.privacy.names import masked
from bihuan.readers.privacy.numbers import is_card_number, is_identity_number

KNOWN = Known(
    people=frozenset({"罗秀英"}), phones=frozenset({"0751-8301236"}), emails=frozenset({"rd@example.cn"})
)


def private(text: str) -> tuple[Private, ...]:
    return find_private(text, known=KNOWN)


def found(text: str) -> list[tuple[str, str, str]]:
    return [(one.kind, one.quote, one.replacement) for one in private(text)]


def test_an_identity_number_needs_its_check_digit_or_the_word() -> None:
    assert is_identity_number("433024195807120019")
    assert not is_identity_number("433024195807120018")
    assert not is_identity_number("433024195802300019")  # no thirtieth of February
    assert found("编号433024195807120018已归档") == []
    (one,) = private("身份证号433024195807120018")
    assert (one.quote, one.sure) == ("433024195807120018", False)
    assert one.reason == "写明是身份证号码，但校验码不对，号码本身可能有误。"
    assert found("证件433024195807120019") == [("id", "433024195807120019", "433****")]


def test_a_card_number_needs_its_check_digit_or_the_word() -> None:
    assert is_card_number("6230901234567890126")
    assert not is_card_number("6230901234567890128")
    assert found("流水6230901234567890128") == []
    assert found("卡号6230901234567890128") == [("bank", "6230901234567890128", "6230****")]
    assert found("付至6230 9012 3456 7890 126。") == [("bank", "6230 9012 3456 7890 126", "6230****")]


@pytest.mark.parametrize("number", ["13807461234", "138 0746 1234", "+8613807461234"])
def test_a_mobile_number_is_found_however_it_is_spaced(number: str) -> None:
    assert found(f"手机{number}。") == [("mobile", number, "138****")]


@pytest.mark.parametrize("text", ["投资13807461234元", "增长13807461234.5", "合同号20138074612345"])
def test_an_amount_or_a_longer_number_is_no_mobile_number(text: str) -> None:
    assert found(text) == []


def test_the_office_telephone_may_stand_with_and_without_area_code() -> None:
    assert found("联系电话：0751-8301236") == []
    assert found("联系电话：8301236") == []
    assert found("联系电话：0751-8301237") == [("landline", "0751-8301237", "83****")]
    assert found("住宅电话8301237") == [("landline", "8301237", "83****")]
    assert found("共有群众8301237人") == []


def test_plates_and_personal_mail_are_found_and_office_mail_is_not() -> None:
    assert found("车牌湘M·3K726") == [("plate", "湘M·3K726", "湘M****")]
    assert found("寄zhang@qq.com") == [("email", "zhang@qq.com", "z****@qq.com")]
    assert found("寄rd@example.cn或office@linxi.gov.cn") == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("家住石门镇凉水村4组，", "石门镇凉水村4组"),
        ("住址：城关镇解放路幸福小区3栋2单元501室。", "城关镇解放路幸福小区3栋2单元501室"),
    ],
)
def test_where_somebody_lives_is_found(text: str, place: str) -> None:
    assert found(text) == [("address", place, "（详细住址略）")]


def test_a_public_place_is_no_home() -> None:
    assert found("解放路12号农贸市场已经改造，幸福小区3栋加装电梯。") == []


@pytest.mark.parametrize(
    ("text", "name", "mask"),
    [
        ("村民张建国反映水渠淤塞", "张建国", "张某某"),
        ("业主孙伟说楼道灯坏了", "孙伟", "孙某"),
        ("当事人欧阳敏，已签字", "欧阳敏", "欧阳某"),
        ("王大福，男，67岁", "王大福", "王某某"),
        ("李翠兰等12户村民同意", "李翠兰", "李某某"),
    ],
)
def test_a_private_person_is_told_by_the_words_beside(text: str, name: str, mask: str) -> None:
    assert found(text) == [("name", name, mask)]


def test_names_in_a_row_and_named_again_are_all_found() -> None:
    text = "家长赵丽、周志强和何秀来信。赵丽还提供了照片。"
    assert [quote for _, quote, _ in found(text)] == ["赵丽", "周志强", "何秀", "赵丽"]


def test_what_only_looks_like_a_name_is_proposed_as_a_question() -> None:
    (one,) = private("后来宋玉芬捐赠图书300册。")
    assert (one.quote, one.sure) == ("宋玉芬", False)
    assert found("宋玉芬路两侧已绿化，县林业局局长宋玉芬到场，项目负责人宋玉芬（县水利局股长）答疑。") == []


def test_office_holders_acting_in_office_may_stand() -> None:
    assert found("局长石勇带队，罗秀英代表到场，联系人：杨帆，村主任王刚参加。") == []


def test_a_private_person_with_an_office_holders_name_is_asked_about() -> None:
    (one,) = private("村民罗秀英反映水渠淤塞")
    assert (one.sure, one.reason) == (False, "以“村民”的身份出现，与在册人员同名，请核对是不是同一人。")


def test_groups_are_no_names() -> None:
    assert found("群众反映强烈，家长代表和学生家长均表示满意，居民小区已通水。") == []


def test_masks_keep_the_family_name() -> None:
    assert [masked(name) for name in ("张建国", "孙伟", "欧阳建国")] == ["张某某", "孙某", "欧阳某某"]


@settings(derandomize=True, max_examples=80, deadline=None)
@given(st.text(st.sampled_from("村民张建国家住路3栋501室、和，。1380746123湘M·@qq.com等户")))
def test_every_proposal_lies_in_the_text_and_none_in_another(text: str) -> None:
    last = 0
    for one in private(text):
        assert text[one.start : one.end] == one.quote != ""
        assert last <= one.start
        last = one.end
