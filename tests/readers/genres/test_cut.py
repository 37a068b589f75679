"""Titles without 关于: what stands below them cuts the bundle."""

from __future__ import annotations

from bihuan.readers import read

BUNDLE = """临溪县第九届人大常委会第十八次会议议程
一、审议《临溪县水库管理办法（草案）》；
二、人事任免事项。
临溪县水库管理办法（草案）
第一条 为了加强水库管理，制定本办法。
第二条 本办法所称水库，是指县管水库。
县水利局关于水库安全运行情况的报告
主任、各位副主任、各位委员：
现将有关情况报告如下。
关于村级水利设施的调研报告
县人大常委会农业与农村工作委员会
2025年4月
调研组走访了五个乡镇。
临溪县人大常委会任命名单
任命：
谭小竹为临溪县水利局局长。
"""


def papers(text: str) -> list[tuple[str, str]]:
    return [(section.title, section.genre) for section in read(text.encode(), "例.txt").sections]


def test_each_paper_begins_at_its_own_title() -> None:
    assert papers(BUNDLE) == [
        ("临溪县第九届人大常委会第十八次会议议程", "议程"),
        ("临溪县水库管理办法（草案）", "法规草案"),
        ("县水利局关于水库安全运行情况的报告", "专项工作报告"),
        ("关于村级水利设施的调研报告", "调研报告"),
        ("临溪县人大常委会任命名单", "任免名单"),
    ]


def test_a_law_named_in_running_text_begins_no_paper() -> None:
    text = BUNDLE.replace(
        "现将有关情况报告如下。", "现将有关情况报告如下。\n县政府执行《临溪县水库管理办法》。"
    )
    assert papers(text) == papers(BUNDLE)


def test_a_greeting_in_the_middle_of_a_report_begins_no_paper() -> None:
    text = BUNDLE.replace(
        "现将有关情况报告如下。", "现将有关情况报告如下。\n主任、各位副主任，我们将继续努力。"
    )
    assert papers(text) == papers(BUNDLE)


def test_a_law_begins_below_the_signature_that_announces_it() -> None:
    text = """临溪市人大常委会关于批准水库管理办法的决定
（2025年5月29日临溪市第四届人民代表大会常务委员会第二十六次会议通过）
临溪市第四届人民代表大会常务委员会第二十六次会议决定批准该办法。
临溪市人民代表大会常务委员会
2025年5月30日
临溪市水库管理办法
（2025年5月29日临溪市第四届人民代表大会常务委员会第二十六次会议通过）
第一条 为了加强水库管理，制定本办法。
"""
    assert papers(text) == [
        ("临溪市人大常委会关于批准水库管理办法的决定", "决定"),
        ("临溪市水库管理办法", "法规"),
    ]


MAGAZINE = """县人大常委会召开机关作风建设会议
部署全年重点工作
3月5日上午，县人大常委会召开机关作风建设会议，部署全年重点工作。
会议要求各委室对照清单逐项落实。（文/江小满）
一年来，县人大常委会依法履职。
（文/许青）
春风化雨润临溪
——2025年临溪县人大常委会工作综述
一年来，县人大常委会共召开常委会会议8次。
临溪县人民代表大会常务委员会
公告
第7号
《临溪县水库管理办法》已由县九届人大常委会第十八次会议通过，现予公布。
临溪县人民代表大会常务委员会
2025年4月2日
人大要事（3月1日至4月30日）
◎3月5日，县人大常委会视察了水库除险加固工作。
"""


def test_a_magazine_is_cut_at_headlines_subtitles_announcements_and_chronicles() -> None:
    assert papers(MAGAZINE) == [
        ("县人大常委会召开机关作风建设会议部署全年重点工作", "新闻"),
        ("春风化雨润临溪——2025年临溪县人大常委会工作综述", "工作综述"),
        ("临溪县人民代表大会常务委员会公告第7号", "公文通知"),
        ("人大要事（3月1日至4月30日）", "新闻"),
    ]


def test_a_day_at_the_head_of_a_paragraph_begins_no_paper_where_no_writer_is_named() -> None:
    text = (
        "县水利局关于水库安全运行情况的报告\n主任、各位委员：\n检查\n防汛检查情况\n3月5日，我局检查了水库。\n"
    )
    assert papers(text) == [("县水利局关于水库安全运行情况的报告", "专项工作报告")]


def test_a_chronicle_whose_heading_stands_at_its_foot_again_is_one_paper() -> None:
    chronicle = MAGAZINE[MAGAZINE.index("人大要事") :]
    again = chronicle + "人大要事（3月1日至4月30日）\n3月5日，县人大代表在水库。\n"
    assert papers(MAGAZINE + again[len(chronicle) :]) == papers(MAGAZINE)


def test_a_report_dated_over_two_rows_begins_at_its_title() -> None:
    text = "政府工作报告\n——2025年1月8日在临溪县第九届\n人民代表大会第四次会议上\n县长 江小满\n各位代表：\n\n"
    assert papers(text) == [("政府工作报告", "政府工作报告")]


def test_a_report_given_in_brackets_begins_at_its_title() -> None:
    text = "政府工作报告\n（2025年1月8日在临溪县第九届人民代表大会第四次会议上）\n县长 江小满\n各位代表：\n"
    assert papers(text) == [("政府工作报告", "政府工作报告")]


def test_news_on_a_site_begins_at_its_headline_whatever_stands_between() -> None:
    text = (
        "县九届人大常委会召开第十八次会议\n发布时间：2025-03-28 来源：县人大办\n"
        "3月28日，县九届人大常委会召开第十八次会议。\n会议听取了关于春季造林情况的报告。\n"
    )
    assert papers(text) == [("县九届人大常委会召开第十八次会议", "新闻")]
    document = read(text.encode(), "例.txt").facts[0]
    assert document.as_json()["date"] == "2025-03-28"


def test_a_summary_of_the_year_begins_at_its_row() -> None:
    text = "临溪县人大常委会2025年工作总结\n2025年，县人大常委会共召开常委会会议7次、主任会议13次。\n"
    assert papers(text) == [("临溪县人大常委会2025年工作总结", "工作综述")]


def test_a_title_set_as_a_box_in_its_text_is_quoted_without_the_text_above_it() -> None:
    above = "".join(f"一年来，县人大常委会组织了第{n}次集中活动，代表们\n" for n in range(1, 12))
    text = (
        MAGAZINE[: MAGAZINE.index("一年来")]
        + above
        + "春风化雨润临溪\n——2025年临溪县人大常委会工作综述\n踊跃参加。共召开主任会议9次。\n"
    )
    reading = read(text.encode(), "例.txt")
    assert reading.sections[1].start == text.index("一年来")
    assert [fact.quote for fact in reading.facts if fact.type == "document"][1] == (
        "春风化雨润临溪——2025年临溪县人大常委会工作综述"
    )
