"""Paper → semantic HTML for the screen. Every text is escaped; looks belong to the style sheet (paper-*)."""

from __future__ import annotations

from html import escape
from typing import Final

from bihuan.writers.numbers import chinese_date
from bihuan.writers.paper import (
    BLANK_DATE,
    Annex,
    Block,
    FormGrid,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    SignatureLines,
    Table,
    annex_label,
    attachment_lines,
    copies_line,
    numbered,
    printable,
    printed_number,
)
from bihuan.writers.titles import break_subtitle, break_title

_EMPTY: Final = '<span class="paper-blank"></span>'


def write_preview(paper: Paper) -> str:
    """One <article>; headings begin at level 2, under the title of the page that shows it."""
    parts = [
        _head(paper),
        _text("p", "mark", paper.mark),
        _title(paper.title, paper.subtitle),
        _text("p", "addressees", "、".join(paper.addressees) + "：") if paper.addressees else "",
        _body(paper.body),
        _attachments(paper),
        _foot(paper),
    ]
    imprint = _imprint(paper)
    annexes = "".join(
        _annex(annex, annex_label(position=position, count=len(paper.annexes)))
        for position, annex in enumerate(paper.annexes, start=1)
    )
    ends = imprint + annexes if paper.imprint_place == "notice" else annexes + imprint
    return f'<article class="paper paper-{paper.form}" lang="zh-CN">{"".join(parts)}{ends}</article>'


def _annex(annex: Annex, label: str) -> str:
    text = _text("p", "annex-label", label) + _title(annex.title, annex.subtitle) + _body(annex.body)
    return f'<section class="paper-annex">{text}</section>'


def _safe(text: str) -> str:
    return escape(printable(text)).replace("\n", "<br>")


def _text(tag: str, name: str, text: str) -> str:
    """An element with its class, or nothing when there is no text."""
    return f'<{tag} class="paper-{name}">{_safe(text)}</{tag}>' if text else ""


def _head(paper: Paper) -> str:
    if paper.form == "plain":
        return ""
    return (
        '<header class="paper-head">'
        + _text("p", "urgency", paper.urgency)
        + _text("p", "letterhead", paper.letterhead)
        + _text("p", "number", printed_number(paper))
        + (_text("p", "signer", f"签发人：{paper.signer}") if paper.signer else "")
        + "</header>"
    )


def _title(title: str, subtitle: tuple[str, ...]) -> str:
    lines = _text("h2", "title", "\n".join(break_title(title)))
    return lines + _text("p", "subtitle", "\n".join(break_subtitle(subtitle)))


def _body(blocks: tuple[Block, ...]) -> str:
    return "".join(_block(number, block) for number, block in numbered(blocks))


def _block(number: str, block: Block) -> str:
    match block:
        case Paragraph(text=text, indent=indent, align=align):
            return _text("p", f"text paper-{align}" + ("" if indent else " paper-flush"), text)
        case Heading() if not block.text:
            return _text("p", "text", number + block.run_in)
        case Heading():
            heading = _text(f"h{block.level + 2}", "heading", number + block.text)
            return heading + _text("p", "text", block.run_in)
        case Table():
            return _table(block)
        case FormGrid():
            return _form(block)
        case SignatureLines(fields=fields):
            lines = "".join(
                f"<p>{_safe(field.label)}：{_safe(field.value) or _EMPTY}</p>" for field in fields
            )
            return f'<div class="paper-signing">{lines}</div>'
        case PageBreak():
            return '<hr class="paper-break">'


def _table(table: Table) -> str:
    caption = f"<caption>{_safe(table.caption)}</caption>" if table.caption else ""
    head = "".join(f'<th scope="col">{_safe(column.title)}</th>' for column in table.columns)
    rows = "".join(
        "<tr>"
        + "".join(
            f'<td class="paper-{column.align}">{_safe(text)}</td>'
            for column, text in zip(table.columns, row, strict=True)
        )
        + "</tr>"
        for row in table.rows
    )
    return f'<table class="paper-table">{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _form(form: FormGrid) -> str:
    widest = max(map(len, form.rows))
    rows = []
    for fields in form.rows:
        cells = ""
        for position, field in enumerate(fields):
            span = 2 * (widest - position) - 1 if position == len(fields) - 1 else 1
            cells += (
                f'<th scope="row">{_safe(field.label)}</th><td colspan="{span}">{_safe(field.value)}</td>'
            )
        rows.append(f"<tr>{cells}</tr>")
    return f'<table class="paper-form">{"".join(rows)}</table>'


def _attachments(paper: Paper) -> str:
    if not paper.attachments:
        return ""
    items = "".join(
        f"<li>{_safe(number)}{_safe(name)}</li>" for number, name in attachment_lines(paper.attachments)
    )
    return f'<div class="paper-attachments"><p>附件：</p><ul>{items}</ul></div>'


def _foot(paper: Paper) -> str:
    lines = "".join(_text("p", "organ", organ) for organ in paper.organs)
    if paper.organs:
        lines += _text("p", "date", chinese_date(paper.dated) if paper.dated else BLANK_DATE)
    if not lines and not paper.note:
        return ""
    return f'<footer class="paper-signature">{lines}{_text("p", "note", paper.note)}</footer>'


def _imprint(paper: Paper) -> str:
    copies = copies_line(paper)
    printed = ""
    if paper.printed_by:
        day = chinese_date(paper.printed_on) if paper.printed_on else BLANK_DATE
        printed = _text("p", "printed", f"{paper.printed_by}　{day}印发")
    lines = (_text("p", "copies", f"抄送：{copies}") if copies else "") + printed
    return f'<div class="paper-imprint">{lines}</div>' if lines else ""
