"""Papers that do not agree with themselves or each other."""

from __future__ import annotations

from bihuan.readers.facts import Deadline, Inconsistency
from tests.readers.papers import facts_of

DAY = "（2023年12月28日临溪县第十八届人民代表大会常务委员会第十次会议通过）\n"


def paper(subject: str, body: str) -> str:
    return f"关于{subject}的审议意见\n{DAY}{body}\n"


def found(text: str) -> list[tuple[str, str, str]]:
    """Kind, place and the other place of each contradiction."""
    return [(one.kind, one.quote, one.quote2) for one in facts_of(text) if isinstance(one, Inconsistency)]


def test_a_step_that_may_last_until_the_next_is_due_collides_with_it() -> None:
    text = paper(
        "护林",
        "会议要求，县政府于会后两个月内将结果送县人大农业委员会征求意见后，于2024年2月向县人大常委会报告。",
    )
    assert found(text) == [
        (
            "arithmetic",
            "县政府于会后两个月内将结果送县人大农业委员会征求意见后，于2024年2月向县人大常委会报告",
            "",
        )
    ]
    asked = [one.doubt for one in facts_of(text) if isinstance(one, Deadline)]
    assert (
        asked
        == [
            "期限相撞：“送征求意见”最迟可到2024-02-28，“报告”的到期日是2024-02-29，其间只剩1天。请确认以哪一个期限为准。"
        ]
        * 2
    )


def test_a_week_between_two_steps_is_enough() -> None:
    text = paper(
        "护林",
        "会议要求，县政府于会后两个月内将结果送县人大农业委员会征求意见后，于2024年3月6日前向县人大常委会报告。",
    )
    assert found(text) == []


def test_a_doer_left_out_is_asked_for_when_a_sister_paper_names_another() -> None:
    text = paper("护林", "会议要求，县政府向县人大常委会报告，随后由县人大常委会向代表通报。") + paper(
        "修路", "会议要求，县政府向县人大常委会报告，随后向代表通报。"
    )
    assert found(text) == [
        ("term", "县政府向县人大常委会报告，随后向代表通报", "随后由县人大常委会向代表通报")
    ]


def test_one_field_with_two_committees_is_two_names() -> None:
    text = paper("护林", "会议要求，县政府将结果报县人大财政经济委员会。") + paper(
        "修路", "会议要求，县政府将结果报县人大常委会财政经济工作委员会。"
    )
    assert found(text) == [("name", "县人大常委会财政经济工作委员会", "县人大财政经济委员会")]


def test_rarer_words_for_one_step_are_held_against_the_commoner() -> None:
    same = "会议要求，县政府向社会公布结果。"
    text = paper("护林", same) + paper("修路", same) + paper("治水", same.replace("公布", "公开"))
    assert found(text) == [("term", "向社会公开", "向社会公布")]


def test_one_period_spelled_two_ways_is_named() -> None:
    text = paper("护林", "会议要求，县政府会后两个月内报告办理情况。") + paper(
        "修路", "会议要求，县政府会后2个月内报告办理情况。"
    )
    assert found(text) == [("unit", "会后2个月内", "会后两个月内")]


def test_all_done_and_still_to_finish_do_not_go_together() -> None:
    text = paper("护林", "会议认为，9项任务已全部完成。会议建议，一是善始善终。做好扫尾工作。")
    assert found(text) == [("term", "9项任务已全部完成", "做好扫尾工作")]


def test_slips_and_half_width_marks_are_pointed_at() -> None:
    wide = "三要走村，入户，说清楚，记下来；四要备好水泵，修好油锯，买好胶鞋，排好班次。"
    heard = "会议听取和审议和县政府《关于护林的报告》。"
    text = paper("护林", f"{heard}会议建议，一要常巡山,勤登记。二要管好的的用火。{wide}")
    assert found(text) == [
        ("term", "听取和审议和", ""),
        ("OCR", "一要常巡山,勤登", ""),
        ("OCR", "二要管好的的", ""),
    ]


def test_half_width_marks_throughout_are_a_habit() -> None:
    assert found(paper("护林", "会议建议,一要常巡山,勤登记,多走访,不误时;二要管好火源,备好水泵.")) == []


def test_an_addressee_without_anything_to_do_is_asked_about() -> None:
    listed = "附件：关于护林的审议意见\n办公室\n2023年12月29日\n附件\n"
    notice = f"关于印发审议意见的通知\n县人民政府、县人民法院：\n请照办。\n{listed}"
    text = notice + paper("护林", "会议要求，县政府多巡山。")
    assert found(text) == [("cross-document", "县人民法院", "")]
