"""Which rule applies where and when; every shipped file; every faulty file."""

from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.kernel.law import MARKS, InvalidLaw, LawBook, NoRule, Rule
from bihuan.kernel.law_files import FOLDERS
from bihuan.kernel.period import Period

LAW = LawBook.load()
DAY = date(2026, 3, 1)

PLACES = """
[[place]]
code = "nation"
name = "全国"
level = "nation"

[[place]]
code = "jiang"
name = "江省"
level = "province"
parent = "nation"

[[place]]
code = "xi"
name = "溪市"
level = "city"
parent = "jiang"
"""
TEXT = """
place = "{place}"

[[text]]
source = "{source}"
{dates}
mark = "V1"
note = "全文如此。"

[[text.rule]]
key = "opinion.report"
name = "书面报告"
period = "{period}"
starts_on = "交办"
article = "第九条"
"""


def write(
    folder: Path, file: str, *, place: str, period: str, dates: str = "", source: str = "试行办法"
) -> None:
    text = TEXT.format(place=place, period=period, dates=dates, source=source)
    (folder / file).write_text(text, "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FOLDERS:
        (tmp_path / name).mkdir()
    (tmp_path / "places.toml").write_text(PLACES, "utf-8")
    write(tmp_path, "nation/all.toml", place="nation", period="P6M")
    return tmp_path


def months(rule: Rule) -> int:
    return rule.period.count


# --- which rule applies ---------------------------------------------------------------------------------


def test_a_place_without_its_own_rule_inherits(folder: Path) -> None:
    assert months(LawBook.load(folder).rule("opinion.report", place="xi", on=DAY)) == 6


def test_the_nearest_place_goes_first(folder: Path) -> None:
    write(folder, "province/jiang.toml", place="jiang", period="P3M")
    write(folder, "place/xi.toml", place="xi", period="P2M")
    law = LawBook.load(folder)
    assert [
        months(law.rule("opinion.report", place=place, on=DAY)) for place in ("xi", "jiang", "nation")
    ] == [
        2,
        3,
        6,
    ]


def test_a_rule_shows_what_it_displaces(folder: Path) -> None:
    write(folder, "province/jiang.toml", place="jiang", period="P3M")
    write(folder, "place/xi.toml", place="xi", period="P2M")
    law = LawBook.load(folder)
    [rule] = law.in_force(place="xi", on=DAY)
    assert months(rule) == 2
    assert [months(other) for other in law.overridden(rule, on=DAY)] == [3, 6]


@pytest.mark.parametrize(
    ("on", "count"),
    [
        (date(2023, 4, 30), 6),
        (date(2023, 5, 1), 3),
        (date(2025, 6, 30), 3),
        (date(2025, 7, 1), 4),
    ],
)
def test_a_rule_applies_from_its_first_to_its_last_day(folder: Path, on: date, count: int) -> None:
    write(
        folder, "province/a.toml", place="jiang", period="P3M", dates="since = 2023-05-01\nuntil = 2025-06-30"
    )
    write(folder, "province/b.toml", place="jiang", period="P4M", dates="since = 2025-07-01")
    law = LawBook.load(folder)
    assert months(law.rule("opinion.report", place="xi", on=on)) == count
    assert [months(rule) for rule in law.history("opinion.report", "xi")] == [6, 3, 4]


def test_no_rule_is_said_and_not_guessed(folder: Path) -> None:
    law = LawBook.load(folder)
    assert law.find("opinion.plan", place="xi", on=DAY) is None
    with pytest.raises(NoRule, match=r"溪市及其上级在2026年3月1日都没有关于“opinion.plan”的规定，不能推定。"):
        law.rule("opinion.plan", place="xi", on=DAY)


def test_an_unknown_place_is_refused(folder: Path) -> None:
    with pytest.raises(NoRule, match="没有登记地方“nowhere”"):
        LawBook.load(folder).find("opinion.report", place="nowhere", on=DAY)


@pytest.mark.parametrize(
    ("dates", "since", "precision", "words"),
    [
        ("since = 2023-05-01", date(2023, 5, 1), "day", "2023年5月1日"),
        ("since = 2023", date(2023, 1, 1), "year", "2023年（具体日期待核）"),
        ("", date.min, "unknown", "施行日期待核"),
    ],
)
def test_the_start_of_force_says_how_well_it_is_known(
    folder: Path, dates: str, since: date, precision: str, words: str
) -> None:
    write(folder, "province/jiang.toml", place="jiang", period="P3M", dates=dates)
    [rule] = LawBook.load(folder).in_force(place="jiang", on=DAY)
    assert (rule.since, rule.since_precision, rule.since_in_words()) == (since, precision, words)


def test_a_rule_is_cited_by_source_and_article(folder: Path) -> None:
    [rule] = LawBook.load(folder).in_force(place="xi", on=DAY)
    assert (rule.citation(), rule.note, rule.value_in_words()) == ("试行办法第九条", "全文如此。", "六个月")


# --- faulty files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('place = "nation"', 'place = "jiang"', "x.toml：地方“jiang”没有登记，或文件放错了文件夹"),
        ('place = "nation"', 'place = "moon"', "x.toml：地方“moon”没有登记"),
        ('place = "nation"', "", "x.toml：缺少 place"),
        ('place = "nation"', "place = ", "x.toml：文件读不出来"),
        ('source = "试行办法"', "", "x.toml：第1个 \\[\\[text\\]\\]：缺少 source"),
        ('mark = "V1"', 'mark = "sure"', "第1个 .*的第1条规定 opinion.plan：mark 应为"),
        ('mark = "V1"', 'mark = "V1"\nsince = "去年"', "since 应为日期"),
        ('mark = "V1"', 'mark = "V1"\nsince = 2023\nuntil = 2022-01-01', "until 应为不早于 since"),
        ('key = "opinion.plan"', "", "的第1条规定：缺少 key"),
        ('key = "opinion.plan"', 'key = "Opinion Plan"', "key 只能由小写字母"),
        ('period = "P3M"', 'period = "三个月"', "第1条规定 opinion.plan：“三个月”不是期限的写法"),
        ('period = "P3M"', "period = 3", "period 的写法不对，现为“3”"),
        ('period = "P3M"', 'period = "P3M"\nnumber = 3', "现写了period、number"),
        ('period = "P3M"', "", "现写了空"),
        ('period = "P3M"', "table = { a = 1 }", "现写了table"),
        ('name = "书面报告"', "name = 3", "name 应为文字"),
        ('article = "第九条"', 'article = ""', "article 应为文字"),
        ('article = "第九条"', 'before = "yes"', "before 应为true 或 false"),
        ("[[text]]", "[text]", "x.toml：文件读不出来|text 应为若干个"),
        ("[[text.rule]]", "[text.rule]", "rule 应为若干个"),
        ('place = "nation"', 'place = "nation"\ntext = ["甲"]', "x.toml：文件读不出来"),
        ('starts_on = "交办"', "", "期限没有写 starts_on"),
        ('starts_on = "交办"', 'starts_on = "交办"\nstart = 3', "有不认识的项目 start"),
    ],
)
def test_a_faulty_file_is_refused_by_file_and_rule(folder: Path, old: str, new: str, message: str) -> None:
    text = TEXT.format(place="nation", source="试行办法", dates="", period="P3M").replace(
        "opinion.report", "opinion.plan"
    )
    assert old in text
    (folder / "nation" / "x.toml").write_text(text.replace(old, new), "utf-8")
    with pytest.raises(InvalidLaw, match=message):
        LawBook.load(folder)


def test_two_rules_of_one_place_on_one_day_are_refused(folder: Path) -> None:
    write(folder, "nation/more.toml", place="nation", period="P3M", dates="since = 2023-05-01")
    with pytest.raises(InvalidLaw, match=r"全国的 opinion.report（书面报告）有两条规定在2023-05-01同时有效"):
        LawBook.load(folder)


def test_one_key_is_one_kind_of_thing_everywhere(folder: Path) -> None:
    text = TEXT.format(place="jiang", source="试行办法", dates="", period="P3M")
    words = text.replace('period = "P3M"', 'words = "随后"')
    (folder / "province" / "jiang.toml").write_text(words, "utf-8")
    with pytest.raises(
        InvalidLaw, match=r"opinion.report 在全国是期限（书面报告），在江省是文字（书面报告）"
    ):
        LawBook.load(folder)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('level = "city"', 'level = "village"', "level 应为"),
        ('code = "xi"', 'code = "jiang"', "重复"),
        ('parent = "jiang"', 'parent = "xi"', "parent（xi）应是写在它前面的上级"),
        ('parent = "jiang"\n', "", "parent（None）应是写在它前面的上级"),
        ('name = "溪市"', "", "缺少 name"),
    ],
)
def test_faulty_places_are_refused(folder: Path, old: str, new: str, message: str) -> None:
    (folder / "places.toml").write_text(PLACES.replace(old, new), "utf-8")
    with pytest.raises(InvalidLaw, match=message):
        LawBook.load(folder)


@given(
    line=st.integers(0, 12),
    junk=st.sampled_from(["", "x", "[a]", "[[text]]", "a = 1", "rule = 1", '"', "è = 2"]),
)
@settings(derandomize=True, max_examples=60)
def test_a_damaged_file_loads_or_is_refused(line: int, junk: str) -> None:
    lines = TEXT.format(place="nation", source="试行办法", dates="", period="P3M").splitlines()
    lines[line] = junk
    with TemporaryDirectory() as name:
        folder = Path(name)
        for part in FOLDERS:
            (folder / part).mkdir()
        (folder / "places.toml").write_text(PLACES, "utf-8")
        (folder / "nation" / "x.toml").write_text("\n".join(lines), "utf-8")
        with suppress(InvalidLaw):
            LawBook.load(folder)


# --- the shipped files ----------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", LAW.rules, ids=lambda rule: f"{rule.place}:{rule.key}")
def test_every_shipped_rule_names_its_source_and_start_and_claims_no_more_than_was_read(rule: Rule) -> None:
    assert rule.source
    assert rule.name
    assert rule.value_in_words()
    assert rule.mark in MARKS
    assert rule.verified is rule.mark.startswith("V")
    assert bool(rule.starts_on) is isinstance(rule.value, Period)
    assert rule.verified is False or rule.article or rule.note or rule.place != "nation"


def test_nothing_of_the_fictional_place_claims_to_be_law() -> None:
    own = [rule for rule in LAW.rules if rule.place == "linxi"]
    assert {(rule.source, rule.mark, rule.verified) for rule in own} == {
        ("临溪县演示规则（虚构）", "demo", False)
    }


@pytest.mark.parametrize(
    ("key", "place", "value", "citation"),
    [
        ("suggestion.reply", "linxi", "三个月", "代表法第五十一条"),
        ("suggestion.reply_hard", "lianzhou", "六个月", "代表法第五十一条"),
        (
            "suggestion.refuse",
            "qingdao",
            "5个工作日",
            "青岛市人民代表大会代表建议、批评和意见工作条例第十九条",
        ),
        ("suggestion.redo", "chongqing", "两个月", "重庆市人民代表大会代表建议批评和意见工作条例第二十七条"),
        (
            "opinion.report",
            "quzhou",
            "三个月",
            "浙江省2008年关于审议意见的规定（全称待核）第四十三条、第四十四条",
        ),
        ("opinion.report", "lianzhou", "一个月", "连州市人大常委会2023年12月28日审议意见的写法"),
        ("opinion.plan", "beijing", "三个月", "北京市2007年关于审议意见的规定（全称待核）第十五条"),
        ("opinion.comment", "linxi", "10个工作日", "临溪县演示规则（虚构）"),
        ("report.final", "yongzhou", "提前10日", "监督法第十四条、第十五条"),
        ("appointment.papers", "chongqing", "提前7日", "重庆市关于人事任免的规定（全称待核）"),
        ("session.majority", "yongzhou", "超过全体组成人员的半数", "地方组织法第五十一条"),
        ("warn_days", "yongzhou", "7", "闭环默认设置（不是法律规定）"),
    ],
)
def test_shipped_rule(key: str, place: str, value: str, citation: str) -> None:
    rule = LAW.rule(key, place=place, on=DAY)
    assert (rule.value_in_words(), rule.citation()) == (value, citation)


def test_no_law_gives_the_committee_a_clock() -> None:
    assert {rule.place for rule in LAW.rules if rule.key == "opinion.comment"} == {"linxi"}
