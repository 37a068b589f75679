"""Paper → DOCX through python-docx, naming the office faces, in the geometry of GB/T 9704.

Every line is as high as the document grid's pitch, exactly: Word, WPS and LibreOffice then agree on 22 lines
a page. The imprint is a frame at the foot of the page, anchored to a hair line after the text.
"""

from __future__ import annotations

import io
import zipfile
from typing import Final

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as DocxParagraph

from bihuan.writers import geometry as g
from bihuan.writers import ooxml as w
from bihuan.writers.fonts import Face
from bihuan.writers.numbers import chinese_date
from bihuan.writers.paper import (
    BLANK_DATE,
    Annex,
    Block,
    Field,
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
    file_time,
    numbered,
    printed_number,
)
from bihuan.writers.titles import break_subtitle, break_title, width

# The lowest line Word sets: the imprint's anchor takes no visible room after the text.
_HAIR_PT: Final = 0.7
_RULED_TAB: Final = WD_TAB_LEADER.LINES


def write_docx(paper: Paper) -> bytes:
    """Write a paper as DOCX; the same paper gives the same bytes."""
    return _same_bytes(_Writer(paper).write(), paper)


class _Writer:
    """One document being written, top to bottom."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.document: Document = docx.Document()
        w.set_properties(self.document, paper)
        w.set_style(self.document)
        self.section = self.document.sections[0]
        w.set_page(self.document, letter=paper.form == "letter")
        self.landscape = False
        if paper.landscape:
            self._turn(self.section, landscape=True)

    def write(self) -> bytes:
        paper = self.paper
        if paper.form == "document":
            self._red_head()
        elif paper.form == "letter":
            self._letter_head()
        elif paper.mark:
            self._line(paper.mark, align="right", face="heiti", keep=True)
        self._title(paper.title, paper.subtitle)
        if paper.addressees:
            self._line("、".join(paper.addressees) + "：", align="justify")
        self._body(paper.body)
        if paper.attachments:
            self._attachments()
        if paper.organs:
            self._signature()
        if paper.note:
            self._indented(paper.note).alignment = WD_ALIGN_PARAGRAPH.LEFT
        if paper.imprint_place == "notice":
            self._imprint()
        for position, annex in enumerate(paper.annexes, start=1):
            self._annex(annex, annex_label(position=position, count=len(paper.annexes)))
        if paper.imprint_place == "end":
            self._imprint()
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()

    @property
    def width_mm(self) -> float:
        """The width of the type area on the pages now being written."""
        return g.TURNED_WIDTH_MM if self.landscape else g.WIDTH_MM

    def _turn(self, section: Section, *, landscape: bool) -> None:
        w.turn_page(section, landscape=landscape)
        self.landscape = landscape

    def _line(
        self, text: str = "", *, align: str = "left", face: Face = "fangsong", keep: bool = False
    ) -> DocxParagraph:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = w.ALIGN[align]
        paragraph.paragraph_format.keep_with_next = keep or None
        if text:
            w.add_text(paragraph, text, face=face)
        return paragraph

    def _indented(self, text: str, *, keep: bool = False) -> DocxParagraph:
        paragraph = self._line(text, align="justify", keep=keep)
        w.set_indent(paragraph, first=2)
        return paragraph

    def _red_head(self) -> None:
        paper = self.paper
        size = g.head_size_pt(paper.letterhead, largest=g.HEAD_LARGEST_PT)
        above = self._line(paper.urgency, face="heiti")
        above.paragraph_format.tab_stops.add_tab_stop(Mm(g.WIDTH_MM), w.RIGHT_TAB)
        w.add_text(above, f"\t{paper.mark}" if paper.mark else "", face="heiti")
        w.set_height(self._line(), g.HEAD_DROP_MM / g.MM_PER_PT - w.PITCH / 20)
        head = self._line(align="center")
        w.set_height(head, size * 1.05)
        w.add_text(head, paper.letterhead, face="title", size=size, red=True)
        self._line()
        self._line()
        number = self._line(align="left" if paper.signer else "center")
        w.add_text(number, printed_number(paper))
        if paper.signer:
            w.set_indent(number, left=1, right=1)
            number.paragraph_format.tab_stops.add_tab_stop(Mm(g.WIDTH_MM) - Pt(g.SIZE_3_PT), w.RIGHT_TAB)
            w.add_text(number, "\t签发人：")
            w.add_text(number, paper.signer, face="kaiti")
        rule = self._line()
        w.set_height(rule, g.RULE_GAP_MM / g.MM_PER_PT)
        w.add_red_rule(rule, "bottom", "single", eighths=round(g.RULE_PT * 8))
        self._line()
        self._line()

    def _letter_head(self) -> None:
        """The head and first rule stand in the first page's header, the second rule in its footer."""
        paper = self.paper
        size = g.head_size_pt(paper.letterhead, largest=g.LETTER_LARGEST_PT)
        head = self.section.first_page_header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        w.set_height(head, size)
        w.add_text(head, paper.letterhead, face="title", size=size, red=True)
        rule = self.section.first_page_header.add_paragraph()
        w.set_height(rule, g.RULE_GAP_MM / g.MM_PER_PT)
        w.add_red_rule(rule, "bottom", "thickThinSmallGap", eighths=24)
        w.set_letter_width(rule)
        foot = self.section.first_page_footer.paragraphs[0]
        w.set_height(foot, 4)
        w.add_red_rule(foot, "bottom", "thinThickSmallGap", eighths=24)
        w.set_letter_width(foot)
        number = self._line()
        number.paragraph_format.space_before = Pt(g.LETTER_NUMBER_GAP_PT / 2)
        number.paragraph_format.tab_stops.add_tab_stop(Mm(g.WIDTH_MM), w.RIGHT_TAB)
        w.add_text(number, paper.urgency, face="heiti")
        w.add_text(number, "\t" + printed_number(paper))
        marked = self._line()
        if paper.signer or paper.mark:
            marked.paragraph_format.tab_stops.add_tab_stop(Mm(g.WIDTH_MM), w.RIGHT_TAB)
            w.add_text(marked, "签发人：" if paper.signer else "")
            w.add_text(marked, paper.signer, face="kaiti")
            w.add_text(marked, "\t" + paper.mark, face="heiti")
        self._line()

    def _title(self, title: str, subtitle: tuple[str, ...]) -> None:
        paragraph = self._line(align="center", keep=True)
        w.set_height(paragraph, g.TITLE_PITCH_PT)
        w.set_outline(paragraph, 0)
        w.add_text(paragraph, "\n".join(break_title(title)), face="title", size=g.SIZE_2_PT)
        for line in break_subtitle(subtitle):
            self._line(line, align="center", face="kaiti", keep=True)
        self._line(keep=True)

    def _body(self, blocks: tuple[Block, ...]) -> None:
        last = len(blocks) - 1
        for position, (number, block) in enumerate(numbered(blocks)):
            signed = position < last and isinstance(blocks[position + 1], SignatureLines)
            match block:
                case Paragraph(text=text, indent=indent, align=align):
                    paragraph = self._line(text, align=align)
                    w.set_indent(paragraph, first=2 if indent else 0)
                    paragraph.paragraph_format.widow_control = True if signed else None
                case Heading():
                    self._heading(number, block)
                case Table():
                    self._table(block)
                    if signed:
                        w.keep_last_row(self.document.tables[-1])
                case FormGrid():
                    self._form(block)
                case SignatureLines(fields=fields):
                    self.document.paragraphs[-1].paragraph_format.keep_with_next = True
                    for field in fields:
                        self._signing(field)
                case PageBreak():
                    self._line().add_run().add_break(WD_BREAK.PAGE)

    def _heading(self, number: str, heading: Heading) -> None:
        faces: dict[int, Face] = {1: "heiti", 2: "kaiti", 3: "fangsong", 4: "fangsong"}
        paragraph = self._indented("", keep=not heading.run_in)
        w.add_text(
            paragraph, number + heading.text, face=faces[heading.level] if heading.text else "fangsong"
        )
        w.add_text(paragraph, heading.run_in)
        if heading.text:
            w.set_outline(paragraph, heading.level)

    def _attachments(self) -> None:
        self._line(keep=True)
        items = attachment_lines(self.paper.attachments)
        numeral = 0.0 if len(items) == 1 else 1.8 if len(items) > 9 else 1.25
        for position, (number, name) in enumerate(items):
            paragraph = self._line(align="justify", keep=position == len(items) - 1)
            hanging = numeral if position else 3 + numeral
            w.set_indent(paragraph, left=5 + numeral, first=-hanging)
            w.add_text(paragraph, ("" if position else "附件：") + (f"{number}\t" if number else "") + name)

    def _signature(self) -> None:
        """Sealed and unsealed rules of section 7.3.5, by right indents counted in characters."""
        paper = self.paper
        last = self.document.paragraphs[-1]
        last.paragraph_format.keep_with_next = True
        last.paragraph_format.widow_control = (
            True  # two lines go on with the signature, not a last word alone
        )
        for _ in range(2 if paper.sealed else 1):
            self._line(keep=True)
        dated = chinese_date(paper.dated) if paper.dated else BLANK_DATE
        length = width(dated)
        widest = max(map(width, paper.organs))
        if paper.sealed:
            middle = max(4 + length / 2, widest / 2)
            places = [(text, middle - width(text) / 2) for text in (*paper.organs, dated)]
        else:
            date_right = 2.0 if length > widest else widest - length
            places = [(organ, max(2.0, date_right + length + 2 - width(organ))) for organ in paper.organs]
            places.append((dated, date_right))
        for position, (text, right) in enumerate(places):
            paragraph = self._line(text, align="right", keep=position < len(places) - 1 or bool(paper.note))
            w.set_indent(paragraph, right=right)

    def _annex(self, annex: Annex, label: str) -> None:
        turns = annex.landscape != self.landscape
        if turns:
            self._new_section(landscape=annex.landscape)
        paragraph = self._line(label, face="heiti", keep=True)
        paragraph.paragraph_format.page_break_before = not turns
        self._line(keep=True)
        self._title(annex.title, annex.subtitle)
        self._body(annex.body)

    def _new_section(self, *, landscape: bool) -> None:
        """Pages of another direction; only the first section of a letter has a first page of its own."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = False
        self._turn(section, landscape=landscape)

    def _table(self, table: Table) -> None:
        if table.caption:
            caption = self._line(align="center", keep=True)
            w.add_text(caption, table.caption, face="heiti", size=g.SIZE_4_PT)
        total = sum(column.width for column in table.columns)
        size = g.SIZE_5_PT if table.dense else g.SIZE_SMALL_4_PT
        widths = [column.width / total * self.width_mm for column in table.columns]
        grid = w.add_table(self.document, rows=2, widths_mm=widths)
        for cell, column in zip(grid.rows[0].cells, table.columns, strict=True):
            w.fill_cell(cell, column.title, align="center", face="heiti", size=size)
        grid.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        for cell, column in zip(grid.rows[1].cells, table.columns, strict=True):
            w.fill_cell(cell, w.PATTERN, align=column.align, size=size)
        w.repeat_pattern_row(grid, table.rows)
        self._after_table()

    def _form(self, form: FormGrid) -> None:
        widest = max(map(len, form.rows))
        label = 6 * g.SIZE_SMALL_4_PT * g.MM_PER_PT
        value = (self.width_mm - widest * label) / widest
        grid = w.add_table(self.document, rows=len(form.rows), widths_mm=[label, value] * widest)
        for row, fields in zip(grid.rows, form.rows, strict=True):
            cells = row.cells
            for position, field in enumerate(fields):
                w.fill_cell(cells[2 * position], field.label, align="center", face="heiti")
                target = cells[2 * position + 1]
                if position == len(fields) - 1 and len(fields) < widest:
                    target = target.merge(cells[-1])
                w.fill_cell(target, field.value, align="left")
            tallest = max(field.lines for field in fields)
            room = 14 if tallest > 1 else 8  # a single line is as high as on the typeset page
            row.height = Pt(tallest * g.SIZE_SMALL_4_PT * 1.5 + room)
        self._after_table()

    def _after_table(self) -> None:
        """Word asks for a paragraph after a table; half a line keeps the text off its foot."""
        w.set_height(self._line(), g.PITCH_PT / 2)

    def _signing(self, field: Field) -> None:
        paragraph = self._line(keep=True)
        w.set_indent(paragraph, left=g.CHARACTERS * 0.45 * self.width_mm / g.WIDTH_MM)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(self.width_mm), w.RIGHT_TAB, _RULED_TAB)
        w.add_text(paragraph, f"{field.label}：{field.value}" + ("" if field.value else "\t"))

    def _imprint(self) -> None:
        paper = self.paper
        copies = copies_line(paper)
        if not copies and not paper.printed_by:
            return
        anchor = self._line()
        w.set_height(anchor, _HAIR_PT)
        ruled = paper.form == "document"
        side = g.SIZE_4_PT
        if ruled:
            w.add_framed_line(anchor, rule_mm=g.IMPRINT_OUTER_MM)
        if copies:
            line = w.add_framed_line(anchor, left=4 * side, right=side, first=-3 * side)
            w.add_text(line, f"抄送：{copies}", size=side)
        if copies and paper.printed_by and ruled:
            w.add_framed_line(anchor, rule_mm=g.IMPRINT_INNER_MM)
        if paper.printed_by:
            day = chinese_date(paper.printed_on) if paper.printed_on else BLANK_DATE
            line = w.add_framed_line(anchor, left=side, right=side)
            line.paragraph_format.tab_stops.add_tab_stop(Mm(g.WIDTH_MM) - Pt(side), w.RIGHT_TAB)
            w.add_text(line, f"{paper.printed_by}\t{day}印发", size=side)
        if ruled:
            w.add_framed_line(anchor, rule_mm=g.IMPRINT_OUTER_MM)


def _same_bytes(data: bytes, paper: Paper) -> bytes:
    """Pack the parts again with the paper's own time instead of the clock's."""
    moment = file_time(paper)
    stamp = (min(max(moment.year, 1980), 2107), moment.month, moment.day, moment.hour, 0, 0)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return buffer.getvalue()
