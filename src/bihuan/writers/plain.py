"""A paper's words alone, line by line: what is searched, checked and read on a screen."""

from __future__ import annotations

from collections.abc import Iterator

from bihuan.writers.numbers import chinese_date
from bihuan.writers.paper import Heading, Paper, Paragraph, Table, numbered


def plain_lines(paper: Paper) -> list[str]:
    """Title, addressees, body, note and signature in their order; a table row by row, cells kept apart."""
    lines = [paper.title.replace("\n", "")]
    if paper.addressees:
        lines.append("、".join(paper.addressees) + "：")
    lines += _body(paper)
    lines += [paper.note, *paper.organs, chinese_date(paper.dated) if paper.dated else ""]
    return [line for line in lines if line.strip()]


def _body(paper: Paper) -> Iterator[str]:
    for number, block in numbered(paper.body):
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Heading):
            yield f"{number}{block.text}{block.run_in}"
        elif isinstance(block, Table):
            yield from ("　".join(row) for row in block.rows)
