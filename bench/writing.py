"""How fast papers are written: `python bench/writing.py [rounds]` prints seconds a paper, first and later.

The first PDF pays for reading the fonts; later ones reuse the compiler's caches.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from time import perf_counter

from bihuan.writers import preview_html, render_docx, render_pdf
from bihuan.writers.forms import notice_with_annexes
from bihuan.writers.numbers import DocumentNumber, session_name
from bihuan.writers.paper import Annex, Column, Paper, Paragraph, Table


def sample(serial: int) -> Paper:
    """A notice with five annexes of about two pages each and a table of forty rows."""
    text = "各承办单位要逐项核对问题，明确责任人和完成时间，如实说明办理结果并附佐证材料。" * 6
    table = Table(
        (Column("序号", 1), Column("问题", 4), Column("结果", 4)),
        tuple((str(row), "水源保护区界标不全", "已补设并通过验收") for row in range(1, 41)),
    )
    annexes = tuple(
        Annex(
            title=f"临溪县人民代表大会常务委员会关于第{item}项报告的审议意见",
            body=(Paragraph(text),) * 4 + (table,),
        )
        for item in range(1, 6)
    )
    return notice_with_annexes(
        letterhead="临溪县人大常委会文件",
        number=DocumentNumber(code="临人常", year=2026, serial=serial),
        session=session_name(place="临溪县", term=17, session=30),
        addressees=("县人民政府",),
        annexes=annexes,
        organ="临溪县人大常委会",
        dated=date(2026, 3, 5),
        sealed=True,
        copied_to=("各乡镇人大",),
        printed_by="临溪县人大常委会办公室",
        printed_on=date(2026, 3, 5),
    )


def seconds(write: Callable[[Paper], object], paper: Paper) -> float:
    start = perf_counter()
    write(paper)
    return perf_counter() - start


def main(rounds: int) -> None:
    for name, write in (("PDF", render_pdf), ("DOCX", render_docx), ("HTML", preview_html)):
        first = seconds(write, sample(1))
        later = sorted(seconds(write, sample(serial)) for serial in range(2, rounds + 2))
        print(f"{name:5} first {first:.3f} s   median of {rounds} {later[len(later) // 2]:.4f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
