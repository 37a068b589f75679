"""Which faces the machine has, and what is said when it lacks one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bihuan.writers import PaperError, check_fonts, fonts, render_pdf, typst
from bihuan.writers.fonts import FACES, families, font_folders, font_stack

from .measure import page_texts
from .papers import WATER

NOTO = frozenset({"Noto Serif CJK SC", "Noto Sans CJK SC"})
GENUINE = frozenset(choice.genuine[0] for choice in FACES.values())


def test_a_machine_with_every_office_face_has_nothing_to_report() -> None:
    assert check_fonts(among=GENUINE) == []


def test_a_machine_with_noto_alone_works_and_says_what_is_imitated() -> None:
    findings = check_fonts(among=NOTO)
    assert {finding.face: finding.level for finding in findings} == dict.fromkeys(FACES, "substitute")
    assert findings[1].message == (
        "没有找到仿宋字体，PDF公文暂用“Noto Serif CJK SC”代替，字形与正式公文有差别。"
        "如需规范字形，请把有授权的仿宋_GB2312字体文件放入BIHUAN_FONTS所指的文件夹。"
    )


def test_a_machine_without_chinese_fonts_is_told_so() -> None:
    assert [finding.level for finding in check_fonts(among=frozenset({"DejaVu Sans"}))] == ["missing"] * 5


def test_rare_characters_fall_back_to_noto_serif() -> None:
    assert families("fangsong", among=NOTO | {"FandolFang R"}) == (
        "FandolFang R",
        "Noto Serif CJK SC",
        "Noto Sans CJK SC",
    )


def test_digits_beside_fandol_fang_come_from_a_serif() -> None:
    stack = font_stack("fangsong", among=frozenset({"FandolFang R", "FandolSong"}))
    assert stack == [{"name": "FandolSong", "covers": "[!-~]"}, "FandolFang R"]


def test_the_sites_own_folder_is_searched_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIHUAN_FONTS", str(tmp_path))
    assert font_folders()[0] == tmp_path


def test_a_paper_is_set_with_noto_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    if not fonts.installed(font_folders()) >= NOTO:
        pytest.skip("fonts-noto-cjk is not installed here")
    monkeypatch.setattr(typst, "installed", lambda _: NOTO)
    assert page_texts(render_pdf(WATER))[0][0] == "临溪县人民代表大会常务委员会关于"


def test_no_paper_is_set_without_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typst, "installed", lambda _: frozenset())
    with pytest.raises(PaperError, match="缺少小标宋、仿宋、楷体、黑体、宋体字体"):
        render_pdf(WATER)
