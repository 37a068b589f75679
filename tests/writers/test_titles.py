"""Where a title may break."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.writers.titles import break_title, width


@pytest.mark.parametrize(
    "lines",
    [
        ("审议意见研究处理情况报告表",),
        ("关于印发临溪县第十七届人民代表大会", "常务委员会第三十次会议", "决议和审议意见的通知"),
        ("临溪县人民代表大会常务委员会关于", "2026年县级财政预算调整方案的决议"),
        ("关于交办《临溪县人民代表大会", "常务委员会关于全县饮用水水源保护", "情况报告的审议意见》的函"),
    ],
)
def test_titles_break_where_their_sense_allows(lines: tuple[str, ...]) -> None:
    assert break_title("".join(lines)) == lines


def test_a_line_feed_forces_its_own_lines() -> None:
    assert break_title("关于水源\n保护的函") == ("关于水源", "保护的函")


@settings(derandomize=True, max_examples=100, deadline=None)
@given(title=st.text(st.sampled_from("关于的县人大和、《》（）2026年水源会议通知A"), min_size=1, max_size=70))
def test_breaking_loses_nothing_and_every_line_fits(title: str) -> None:
    lines = break_title(title)
    assert "".join(lines) == title
    assert max(map(width, lines)) <= 20


@settings(derandomize=True, max_examples=100, deadline=None)
@given(
    words=st.lists(
        st.sampled_from(["水源保护", "情况的", "报告", "2026年", "《纲要》"]), min_size=6, max_size=14
    )
)
def test_no_line_begins_with_a_particle_or_cuts_a_number(words: list[str]) -> None:
    for line in break_title("关于" + "".join(words))[1:]:
        assert (line[0] in "的》年", line.startswith(("0", "6", "26"))) == (False, False)
