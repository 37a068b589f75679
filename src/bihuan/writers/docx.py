"""Paper → DOCX through python-docx, naming the office faces, in the geometry of GB/T 9704.

Every line is as high as the document grid's pitch, exactly: Word, WPS and LibreOffice then agree on 22 lines
a page. The imprint is a frame at the foot of the page, anchored to a hair line after the text.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any, Final

import docx
from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import Table as DocxTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as DocxParagraph

from bihuan.writers import geometry as g
from bihuan.writers.fonts import FACES, Face
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
    printable,
    printed_number,
)
from bihuan.writers.titles import break_subtitle, break_title, width

_ALIGN: Final = {
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
# Twentieths of a point. 22 × 579 stay within the 12,756 of the type area; 580 would cost a line.
_PITCH: Final = 579
# -0.2 pt would overflow 28 characters by a hair, so the next step is taken and lines are justified.
_TRACKING: Final = -5
_CHARACTER: Final = round((g.SIZE_3_PT + _TRACKING / 20) * 20)
# The lowest line Word sets: the imprint's anchor takes no visible room after the text.
_HAIR_PT: Final = 0.7
_RIGHT_TAB: Final = WD_TAB_ALIGNMENT.RIGHT
_RULED_TAB: Final = WD_TAB_LEADER.LINES


def write_docx(paper: Paper) -> bytes:
    """Write a paper as DOCX; the same paper gives the same bytes."""
    return _same_bytes(_Writer(paper).write(), paper)


class _Writer:
    """One document being written, top to bottom."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.document: Document = docx.Document()
        _set_properties(self.document, paper)
        _set_style(self.document)
        self.section = self.document.sections[0]
        _set_page(self.document, letter=paper.form == "letter")

    def write(self) -> bytes:
        paper = self.paper
        if paper.form == "document":
            self._red_head()
        elif paper.form == "letter":
            self._letter_head()
        self._title(paper.title, paper.subtitle)
        if paper.addressees:
            self._line("、".join(paper.addressees) + "：", align="justify")
        self._body(paper.body)
        if paper.attachments:
            self._attachments()
        if paper.organs:
            self._signature()
        if paper.note:
            self._indented(paper.note)
        if paper.imprint_place == "notice":
            self._imprint()
        for position, annex in enumerate(paper.annexes, start=1):
            self._annex(annex, annex_label(position=position, count=len(paper.annexes)))
        if paper.imprint_place == "end":
            self._imprint()
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()

    def _line(
        self, text: str = "", *, align: str = "left", face: Face = "fangsong", keep: bool = False
    ) -> DocxParagraph:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = _ALIGN[align]
        paragraph.paragraph_format.keep_with_next = keep or None
        if text:
            _run(paragraph, text, face=face)
        return paragraph

    def _indented(self, text: str, *, keep: bool = False) -> DocxParagraph:
        paragraph = self._line(text, align="justify", keep=keep)
        _indent(paragraph, first=2)
        return paragraph

    def _red_head(self) -> None:
        paper = self.paper
        size = g.head_size_pt(paper.letterhead, largest=g.HEAD_LARGEST_PT)
        self._line(paper.urgency, face="heiti")
        _exact(self._line(), g.HEAD_DROP_MM / g.MM_PER_PT - _PITCH / 20)
        head = self._line(align="center")
        _exact(head, size * 1.05)
        _run(head, paper.letterhead, face="title", size=size, red=True)
        self._line()
        self._line()
        number = self._line(align="left" if paper.signer else "center")
        _run(number, printed_number(paper))
        if paper.signer:
            _indent(number, left=1, right=1)
            number.paragraph_format.tab_stops.add_tab_stop(Mm(g.WIDTH_MM) - Pt(g.SIZE_3_PT), _RIGHT_TAB)
            _run(number, "\t签发人：")
            _run(number, paper.signer, face="kaiti")
        rule = self._line()
        _exact(rule, g.RULE_GAP_MM / g.MM_PER_PT)
        _border(rule, "bottom", "single", eighths=round(g.RULE_PT * 8))
        self._line()
        self._line()

    def _letter_head(self) -> None:
        """The head and first rule stand in the first page's header, the second rule in its footer."""
        paper = self.paper
        size = g.head_size_pt(paper.letterhead, largest=g.LETTER_LARGEST_PT)
        head = self.section.first_page_header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _exact(head, size)
        _run(head, paper.letterhead, face="title", size=size, red=True)
        rule = self.section.first_page_header.add_paragraph()
        _exact(rule, g.RULE_GAP_MM / g.MM_PER_PT)
        _border(rule, "bottom", "thickThinSmallGap", eighths=24)
        _beyond(rule)
        foot = self.section.first_page_footer.paragraphs[0]
        _exact(foot, 4)
        _border(foot, "bottom", "thinThickSmallGap", eighths=24)
        _beyond(foot)
        number = self._line()
        number.paragraph_format.space_before = Pt(g.LETTER_NUMBER_GAP_PT / 2)
        number.paragraph_format.tab_stops.add_tab_stop(Mm(g.WIDTH_MM), _RIGHT_TAB)
        _run(number, paper.urgency, face="heiti")
        _run(number, "\t" + printed_number(paper))
        self._line()
        self._line()

    def _title(self, title: str, subtitle: tuple[str, ...]) -> None:
        paragraph = self._line(align="center", keep=True)
        _exact(paragraph, g.TITLE_PITCH_PT)
        _outline(paragraph, 0)
        _run(paragraph, "\n".join(break_title(title)), face="title", size=g.SIZE_2_PT)
        for line in break_subtitle(subtitle):
            self._line(line, align="center", face="kaiti", keep=True)
        self._line(keep=True)

    def _body(self, blocks: tuple[Block, ...]) -> None:
        for number, block in numbered(blocks):
            match block:
                case Paragraph(text=text, indent=indent, align=align):
                    paragraph = self._line(text, align=align)
                    _indent(paragraph, first=2 if indent else 0)
                case Heading():
                    self._heading(number, block)
                case Table():
                    self._table(block)
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
        _run(paragraph, number + heading.text, face=faces[heading.level] if heading.text else "fangsong")
        _run(paragraph, heading.run_in)
        if heading.text:
            _outline(paragraph, heading.level)

    def _attachments(self) -> None:
        self._line(keep=True)
        items = attachment_lines(self.paper.attachments)
        numeral = 0.0 if len(items) == 1 else 1.8 if len(items) > 9 else 1.25
        for position, (number, name) in enumerate(items):
            paragraph = self._line(align="justify", keep=position == len(items) - 1)
            hanging = numeral if position else 3 + numeral
            _indent(paragraph, left=5 + numeral, first=-hanging)
            _run(paragraph, ("" if position else "附件：") + (f"{number}\t" if number else "") + name)

    def _signature(self) -> None:
        """Sealed and unsealed rules of section 7.3.5, by right indents counted in characters."""
        paper = self.paper
        last = self.document.paragraphs[-1]
        last.paragraph_format.keep_with_next = True
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
            _indent(paragraph, right=right)

    def _annex(self, annex: Annex, label: str) -> None:
        paragraph = self._line(label, face="heiti", keep=True)
        paragraph.paragraph_format.page_break_before = True
        self._line(keep=True)
        self._title(annex.title, annex.subtitle)
        self._body(annex.body)

    def _table(self, table: Table) -> None:
        if table.caption:
            caption = self._line(align="center", keep=True)
            _run(caption, table.caption, face="heiti", size=g.SIZE_4_PT)
        total = sum(column.width for column in table.columns)
        widths = [column.width / total * g.WIDTH_MM for column in table.columns]
        grid = _new_table(self.document, rows=len(table.rows) + 1, widths_mm=widths)
        for cell, column in zip(grid.rows[0].cells, table.columns, strict=True):
            _fill(cell, column.title, align="center", face="heiti")
        grid.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        for row, texts in zip(grid.rows[1:], table.rows, strict=True):
            for cell, text, column in zip(row.cells, texts, table.columns, strict=True):
                _fill(cell, text, align=column.align)
        self._after_table()

    def _form(self, form: FormGrid) -> None:
        widest = max(map(len, form.rows))
        label = 6 * g.SIZE_SMALL_4_PT * g.MM_PER_PT
        value = (g.WIDTH_MM - widest * label) / widest
        grid = _new_table(self.document, rows=len(form.rows), widths_mm=[label, value] * widest)
        for row, fields in zip(grid.rows, form.rows, strict=True):
            cells = row.cells
            for position, field in enumerate(fields):
                _fill(cells[2 * position], field.label, align="center", face="heiti")
                target = cells[2 * position + 1]
                if position == len(fields) - 1 and len(fields) < widest:
                    target = target.merge(cells[-1])
                _fill(target, field.value, align="left")
            tallest = max(field.lines for field in fields)
            row.height = Pt(tallest * g.SIZE_SMALL_4_PT * 1.5 + 14)
        self._after_table()

    def _after_table(self) -> None:
        """Word asks for a paragraph after a table; half a line keeps the text off its foot."""
        _exact(self._line(), g.PITCH_PT / 2)

    def _signing(self, field: Field) -> None:
        paragraph = self._line(keep=True)
        _indent(paragraph, left=g.CHARACTERS * 0.45)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(g.WIDTH_MM), _RIGHT_TAB, _RULED_TAB)
        _run(paragraph, f"{field.label}：{field.value}" + ("" if field.value else "\t"))

    def _imprint(self) -> None:
        paper = self.paper
        copies = copies_line(paper)
        if not copies and not paper.printed_by:
            return
        anchor = self._line()
        _exact(anchor, _HAIR_PT)
        ruled = paper.form == "document"
        side = g.SIZE_4_PT
        if ruled:
            _framed(anchor, rule_mm=g.IMPRINT_OUTER_MM)
        if copies:
            line = _framed(anchor, left=4 * side, right=side, first=-3 * side)
            _run(line, f"抄送：{copies}", size=side)
        if copies and paper.printed_by and ruled:
            _framed(anchor, rule_mm=g.IMPRINT_INNER_MM)
        if paper.printed_by:
            day = chinese_date(paper.printed_on) if paper.printed_on else BLANK_DATE
            line = _framed(anchor, left=side, right=side)
            line.paragraph_format.tab_stops.add_tab_stop(Mm(g.WIDTH_MM) - Pt(side), _RIGHT_TAB)
            _run(line, f"{paper.printed_by}\t{day}印发", size=side)
        if ruled:
            _framed(anchor, rule_mm=g.IMPRINT_OUTER_MM)


def _run(
    paragraph: DocxParagraph, text: str, *, face: Face = "fangsong", size: float = 0.0, red: bool = False
) -> None:
    """Add text in a face. size in points, 0 for the paragraph's own 3号 with its tracking."""
    if not text:
        return
    run = paragraph.add_run(printable(text))
    if face != "fangsong":
        _name_face(run._r.get_or_add_rPr(), face)
    if red:
        run.font.color.rgb = RGBColor.from_string(g.RED)
    if size:
        run._r.get_or_add_rPr().append(parse_xml(f'<w:spacing {nsdecls("w")} w:val="0"/>'))
        run.font.size = Pt(size)


def _name_face(properties: Any, face: Face) -> None:
    """Name the office face for Latin and Chinese characters alike, over any theme font."""
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), FACES[face].office)


def _set_style(document: Document) -> None:
    """The Normal style: 仿宋 3号, exact pitch, no widow control, no spaces put between scripts."""
    for fonts in document.styles.element.xpath("w:docDefaults//w:rPr"):
        _name_face(fonts, "fangsong")  # the template's theme fonts would otherwise win for some characters
    normal = document.styles["Normal"]
    normal.font.size = Pt(g.SIZE_3_PT)
    properties = normal.element.get_or_add_rPr()
    _name_face(properties, "fangsong")
    properties.insert_element_before(
        parse_xml(f'<w:spacing {nsdecls("w")} w:val="{_TRACKING}"/>'), "w:sz", "w:szCs", "w:lang"
    )
    properties.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-US" w:eastAsia="zh-CN"/>'))
    paragraph = normal.element.get_or_add_pPr()
    for part in (
        '<w:widowControl {} w:val="0"/>',
        '<w:kinsoku {} w:val="1"/>',
        '<w:overflowPunct {} w:val="0"/>',
        '<w:autoSpaceDE {} w:val="0"/>',
        '<w:autoSpaceDN {} w:val="0"/>',
        f'<w:spacing {{}} w:before="0" w:after="0" w:line="{_PITCH}" w:lineRule="exact"/>',
    ):
        paragraph.append(parse_xml(part.format(nsdecls("w"))))


def _set_page(document: Document, *, letter: bool) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(g.PAGE_WIDTH_MM), Mm(g.PAGE_HEIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(g.TOP_MM), Mm(g.BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(g.LEFT_MM), Mm(g.RIGHT_MM)
    section.header_distance = Mm(g.LETTER_TOP_MM if letter else 15)
    number_foot = g.BOTTOM_MM - g.NUMBER_DROP_MM - g.SIZE_4_PT * g.MM_PER_PT
    section.footer_distance = Mm(g.LETTER_FOOT_MM if letter else number_foot)
    properties = section._sectPr
    for grid in properties.findall(qn("w:docGrid")):
        properties.remove(grid)
    properties.append(parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="{_PITCH}"/>'))
    document.settings.odd_and_even_pages_header_footer = True
    section.different_first_page_header_footer = letter
    lift = Mm(number_foot - g.LETTER_FOOT_MM) if letter else Emu(0)
    for footer, align, side in (
        (section.footer, "right", "right"),
        (section.even_page_footer, "left", "left"),
    ):
        _page_number(footer.paragraphs[0], align=align, side=side, lift=lift)


def _page_number(paragraph: DocxParagraph, *, align: str, side: str, lift: int) -> None:
    paragraph.alignment = _ALIGN[align]
    _exact(paragraph, g.SIZE_4_PT)
    paragraph.paragraph_format.space_after = Emu(lift)
    setattr(paragraph.paragraph_format, f"{side}_indent", Pt(g.SIZE_4_PT))
    _run(paragraph, "— ", face="songti", size=g.SIZE_4_PT)
    for kind in ("begin", "PAGE", "end"):
        run = paragraph.add_run()
        _name_face(run._r.get_or_add_rPr(), "songti")
        run.font.size = Pt(g.SIZE_4_PT)
        field = (
            f'<w:instrText {nsdecls("w")} xml:space="preserve">PAGE</w:instrText>'
            if kind == "PAGE"
            else f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'
        )
        run._r.append(parse_xml(field))
    _run(paragraph, " —", face="songti", size=g.SIZE_4_PT)


def _set_properties(document: Document, paper: Paper) -> None:
    properties = document.core_properties
    moment = file_time(paper).replace(tzinfo=None)
    properties.title = printable(paper.title.replace("\n", ""))[:255]
    properties.author = printable("、".join(paper.organs))[:255]
    properties.comments = properties.last_modified_by = ""
    properties.created = properties.modified = moment
    properties.language = "zh-CN"


def _exact(paragraph: DocxParagraph, points: float) -> None:
    """Make the line exactly so high, off the grid."""
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(points)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(parse_xml(f'<w:snapToGrid {nsdecls("w")} w:val="0"/>'), "w:spacing")


def _indent(paragraph: DocxParagraph, *, left: float = 0, right: float = 0, first: float = 0) -> None:
    """Indents in characters of 3号; a negative `first` hangs."""
    form = paragraph.paragraph_format
    if left:
        form.left_indent = Pt(left * _CHARACTER / 20)
    if right:
        form.right_indent = Pt(right * _CHARACTER / 20)
    if first:
        form.first_line_indent = Pt(first * _CHARACTER / 20)


def _outline(paragraph: DocxParagraph, level: int) -> None:
    """Let the title and headings show in the navigation pane without a heading style's looks."""
    paragraph._p.get_or_add_pPr().insert_element_before(
        parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{level}"/>'), "w:rPr", "w:sectPr"
    )


def _border(paragraph: DocxParagraph, side: str, kind: str, *, eighths: int) -> None:
    """A red rule along one side; its weight in eighths of a point."""
    paragraph._p.get_or_add_pPr().insert_element_before(
        parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:{side} w:val="{kind}" w:sz="{eighths}" w:space="0" '
            f'w:color="{g.RED}"/></w:pBdr>'
        ),
        "w:kinsoku", "w:snapToGrid", "w:spacing", "w:ind", "w:jc",
    )  # fmt: skip


def _beyond(paragraph: DocxParagraph) -> None:
    """Let a letter's rule reach beyond the type area to its 170 mm, centred on the page."""
    side = (g.PAGE_WIDTH_MM - g.LETTER_RULE_MM) / 2
    paragraph.paragraph_format.left_indent = Mm(side - g.LEFT_MM)
    paragraph.paragraph_format.right_indent = Mm(side - g.RIGHT_MM)


def _new_table(document: Document, *, rows: int, widths_mm: list[float]) -> DocxTable:
    table: DocxTable = document.add_table(rows=rows, cols=len(widths_mm))
    table.style = "Table Grid"
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    margins = "".join(f'<w:{side} w:w="80" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    table._tbl.tblPr.insert_element_before(
        parse_xml(f"<w:tblCellMar {nsdecls('w')}>{margins}</w:tblCellMar>"), "w:tblLook"
    )
    for row in table.rows:  # a row moves to the next page whole, as long as it fits one
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    for column, millimetres in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(millimetres)
        for cell in column.cells:
            cell.width = Mm(millimetres)
    return table


def _fill(
    cell: _Cell, text: str, *, align: str, face: Face = "fangsong", size: float = g.SIZE_SMALL_4_PT
) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = _ALIGN[align]
    _exact(paragraph, size * 1.5)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    _run(paragraph, text, face=face, size=size)


def _framed(
    anchor: DocxParagraph, *, left: float = 0, right: float = 0, first: float = 0, rule_mm: float = 0.0
) -> DocxParagraph:
    """A paragraph of the imprint before `anchor`, in the frame at the foot of the type area.

    Indents in points. With `rule_mm` it is nothing but a rule of that weight across the type area.
    """
    paragraph = anchor.insert_paragraph_before()
    _exact(paragraph, rule_mm / g.MM_PER_PT if rule_mm else g.SIZE_4_PT * 1.7)
    form = paragraph.paragraph_format
    form.left_indent, form.right_indent, form.first_line_indent = Pt(left), Pt(right), Pt(first)
    if rule_mm:  # a shaded line of that height: LibreOffice unmakes a frame with bordered paragraphs
        paragraph._p.get_or_add_pPr().insert(
            0, parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="000000"/>')
        )
    paragraph._p.get_or_add_pPr().insert(
        0,
        parse_xml(
            f'<w:framePr {nsdecls("w")} w:w="{round(g.WIDTH_MM / g.MM_PER_PT * 20)}" w:wrap="around" '
            'w:vAnchor="margin" w:hAnchor="margin" w:xAlign="left" w:yAlign="bottom"/>'
        ),
    )
    return paragraph


def _same_bytes(data: bytes, paper: Paper) -> bytes:
    """Pack the parts again with the paper's own time instead of the clock's."""
    moment = file_time(paper)
    stamp = (max(moment.year, 1980), moment.month, moment.day, moment.hour, 0, 0)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return buffer.getvalue()
