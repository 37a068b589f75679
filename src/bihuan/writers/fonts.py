"""Faces of an official paper and the families that may stand for them on this machine.

DOCX names the office faces and embeds nothing: Word and WPS have them. PDF embeds subsets of what is
found here. Embedding is allowed for Fandol (GPL-3 with the font exception) and Noto CJK (OFL 1.1). The
Windows and WPS faces may be embedded in documents under their licences; 方正小标宋 needs a licence of the
site's own for issuing papers. Licensed fonts go into a folder named by BIHUAN_FONTS; none is shipped.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

import typst

Face = Literal["title", "fangsong", "kaiti", "heiti", "songti"]
Level = Literal["missing", "substitute"]
FontStack = list[str | dict[str, str]]
"""Families as the typesetter takes them; an entry with `covers`, a pattern, serves only what matches."""


@dataclass(frozen=True, slots=True)
class FaceChoice:
    """office: the name in DOCX. genuine: families that are the face; similar: look-alikes, best first."""

    chinese: str
    office: str
    genuine: tuple[str, ...]
    similar: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FontFinding:
    """What the start-up check says about one face; `missing` means papers would show empty boxes."""

    face: Face
    level: Level
    message: str


_LAST: Final = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Sans CJK SC", "Source Han Sans SC")

FACES: Final[dict[Face, FaceChoice]] = {
    "title": FaceChoice(
        "小标宋",
        "方正小标宋简体",
        ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05", "方正小标宋_GBK"),
        ("Noto Serif CJK SC", "Source Han Serif SC", "FandolSong"),
    ),
    "fangsong": FaceChoice(
        "仿宋",
        "仿宋_GB2312",
        ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "FandolFang R", "FandolFang"),
        (),
    ),
    "kaiti": FaceChoice(
        "楷体",
        "楷体_GB2312",
        ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "FandolKai"),
        ("AR PL UKai CN", "AR PL UKai", "AR PL KaitiM GB"),
    ),
    "heiti": FaceChoice(
        "黑体",
        "黑体",
        ("SimHei", "黑体", "STHeiti", "FandolHei"),
        ("Noto Sans CJK SC", "Source Han Sans SC"),
    ),
    "songti": FaceChoice(
        "宋体",
        "宋体",
        ("SimSun", "宋体", "STSong", "FandolSong"),
        ("Noto Serif CJK SC", "Source Han Serif SC", "AR PL UMing CN"),
    ),
}

# The digits of FandolFang are a heavy sans; a paper's digits are set from a serif instead.
_LATIN_FROM: Final = {"FandolFang R": "FandolSong", "FandolFang": "FandolSong"}

# Debian keeps these outside the folders that a font search visits.
_KNOWN_FOLDERS: Final = (
    "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
)


def font_folders() -> tuple[Path, ...]:
    """Folders searched besides the system's own: the site's (BIHUAN_FONTS, like PATH), then known ones."""
    site = [Path(part) for part in os.environ.get("BIHUAN_FONTS", "").split(os.pathsep) if part]
    return tuple(folder for folder in (*site, *map(Path, _KNOWN_FOLDERS)) if folder.is_dir())


@lru_cache(maxsize=4)
def installed(folders: tuple[Path, ...]) -> frozenset[str]:
    """The font families that the PDF writer can see."""
    fonts = typst.Fonts(include_embedded_fonts=False, font_paths=[str(folder) for folder in folders])
    return frozenset(fonts.families())


def families(face: Face, *, among: frozenset[str]) -> tuple[str, ...]:
    """The families to set a face in, best first, each of them present; fallbacks for rare characters last."""
    choice = FACES[face]
    wanted = (*choice.genuine, *choice.similar, *_LAST)
    return tuple(dict.fromkeys(name for name in wanted if name in among))


def font_stack(face: Face, *, among: frozenset[str]) -> FontStack:
    """The families to hand to the typesetter, with a serif for the digits where the face has none fit."""
    names = families(face, among=among)
    latin = _LATIN_FROM.get(names[0]) if names else None
    return [{"name": latin, "covers": "[!-~]"}, *names] if latin is not None and latin in among else [*names]


def check_fonts(*, among: frozenset[str] | None = None) -> list[FontFinding]:
    """Say in Chinese which faces are missing or only imitated, and what to do; empty when all are there."""
    present = installed(font_folders()) if among is None else among
    findings = []
    for face, choice in FACES.items():
        usable = families(face, among=present)
        if not usable:
            message = (
                f"没有找到可用的{choice.chinese}字体，PDF公文无法排版。"
                f"请把{choice.office}字体文件放入BIHUAN_FONTS所指的文件夹，或者安装fonts-noto-cjk后重新启动。"
            )
            findings.append(FontFinding(face, "missing", message))
        elif usable[0] not in choice.genuine:
            message = (
                f"没有找到{choice.chinese}字体，PDF公文暂用“{usable[0]}”代替，字形与正式公文有差别。"
                f"如需规范字形，请把有授权的{choice.office}字体文件放入BIHUAN_FONTS所指的文件夹。"
            )
            findings.append(FontFinding(face, "substitute", message))
    return findings
