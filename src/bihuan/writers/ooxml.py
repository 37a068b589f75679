"""The small pieces of WordprocessingML that papers are made of, over python-docx.

Properties must stand in the order of ECMA-376 part 1, or Word refuses the file: hence the insertions before
named successors.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any, Final

from docx.document import Document
from docx.enum.section import WD_ORIENTATION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from bihuan.writers import geometry as g
from bihuan.writers.fonts import FACES, Face
from bihuan.writers.paper import Paper, file_time, printable

ALIGN: Final = {
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
# Twentieths of a point. 22 × 579 stay within the 12,756 of the type area; 580 would cost a line.
PITCH: Final = 579
# -0.2 pt would overflow 28 characters by a hair, so the next step is taken and lines are justified.
TRACKING: Final = -5
CHARACTER: Final = round((g.SIZE_3_PT + TRACKING / 20) * 20)
RIGHT_TAB: Final = WD_TAB_ALIGNMENT.RIGHT
PATTERN: Final = "x"


def add_text(
    paragraph: Paragraph, text: str, *, face: Face = "fangsong", size: float = 0.0, red: bool = False
) -> None:
    """Add text in a face. size in points, 0 for the paragraph's own 3号 with its tracking."""
    if not text:
        return
    run = paragraph.add_run(printable(text))
    if face != "fangsong":
        name_face(run._r.get_or_add_rPr(), face)
    if red:
        run.font.color.rgb = RGBColor.from_string(g.RED)
    if size:
        run._r.get_or_add_rPr().append(parse_xml(f'<w:spacing {nsdecls("w")} w:val="0"/>'))
        run.font.size = Pt(size)


def name_face(properties: Any, face: Face) -> None:
    """Name the office face for Latin and Chinese characters alike, over any theme font."""
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), FACES[face].office)


def set_style(document: Document) -> None:
    """The Normal style: 仿宋 3号, exact pitch, no widow control, no spaces put between scripts."""
    for fonts in document.styles.element.xpath("w:docDefaults//w:rPr"):
        name_face(fonts, "fangsong")  # the template's theme fonts would otherwise win for some characters
    normal = document.styles["Normal"]
    normal.font.size = Pt(g.SIZE_3_PT)
    properties = normal.element.get_or_add_rPr()
    name_face(properties, "fangsong")
    properties.insert_element_before(
        parse_xml(f'<w:spacing {nsdecls("w")} w:val="{TRACKING}"/>'), "w:sz", "w:szCs", "w:lang"
    )
    properties.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-US" w:eastAsia="zh-CN"/>'))
    paragraph = normal.element.get_or_add_pPr()
    for part in (
        '<w:widowControl {} w:val="0"/>',
        '<w:kinsoku {} w:val="1"/>',
        '<w:overflowPunct {} w:val="0"/>',
        '<w:autoSpaceDE {} w:val="0"/>',
        '<w:autoSpaceDN {} w:val="0"/>',
        f'<w:spacing {{}} w:before="0" w:after="0" w:line="{PITCH}" w:lineRule="exact"/>',
    ):
        paragraph.append(parse_xml(part.format(nsdecls("w"))))


def set_page(document: Document, *, letter: bool) -> None:
    """Margins, grid and page numbers; a letter's head and foot lie where its first page has its rules."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(g.PAGE_WIDTH_MM), Mm(g.PAGE_HEIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(g.TOP_MM), Mm(g.BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(g.LEFT_MM), Mm(g.RIGHT_MM)
    if letter:
        section.header_distance = Mm(g.LETTER_TOP_MM)
    number_foot = g.BOTTOM_MM - g.NUMBER_DROP_MM - g.SIZE_4_PT * g.MM_PER_PT
    section.footer_distance = Mm(g.LETTER_FOOT_MM if letter else number_foot)
    properties = section._sectPr
    for grid in properties.findall(qn("w:docGrid")):
        properties.remove(grid)
    properties.append(parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="{PITCH}"/>'))
    document.settings.odd_and_even_pages_header_footer = True
    section.different_first_page_header_footer = letter
    lift = Mm(number_foot - g.LETTER_FOOT_MM) if letter else Emu(0)
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    odd.paragraph_format.right_indent = even.paragraph_format.left_indent = Pt(g.SIZE_4_PT)
    odd.alignment, even.alignment = ALIGN["right"], ALIGN["left"]
    add_page_number(odd, lift=lift)
    add_page_number(even, lift=lift)


def turn_page(section: Section, *, landscape: bool) -> None:
    """Let the section's pages stand or lie; the type area is the same either way."""
    section.orientation = WD_ORIENTATION.LANDSCAPE if landscape else WD_ORIENTATION.PORTRAIT
    sides = (g.PAGE_HEIGHT_MM, g.PAGE_WIDTH_MM) if landscape else (g.PAGE_WIDTH_MM, g.PAGE_HEIGHT_MM)
    section.page_width, section.page_height = map(Mm, sides)
    margins = (
        (g.TURNED_TOP_MM, g.TURNED_BOTTOM_MM, g.TURNED_LEFT_MM, g.TURNED_RIGHT_MM)
        if landscape
        else (g.TOP_MM, g.BOTTOM_MM, g.LEFT_MM, g.RIGHT_MM)
    )
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, margins)
    foot = margins[1] - g.NUMBER_DROP_MM - g.SIZE_4_PT * g.MM_PER_PT
    section.footer_distance = Mm(foot)


def add_page_number(paragraph: Paragraph, *, lift: int) -> None:
    """The number of the page between dashes; `lift` raises it above the footer's foot."""
    set_height(paragraph, g.SIZE_4_PT)
    paragraph.paragraph_format.space_after = Emu(lift)
    add_text(paragraph, "— ", face="songti", size=g.SIZE_4_PT)
    for kind in ("begin", "PAGE", "end"):
        run = paragraph.add_run()
        name_face(run._r.get_or_add_rPr(), "songti")
        run.font.size = Pt(g.SIZE_4_PT)
        field = (
            f'<w:instrText {nsdecls("w")} xml:space="preserve">PAGE</w:instrText>'
            if kind == "PAGE"
            else f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'
        )
        run._r.append(parse_xml(field))
    add_text(paragraph, " —", face="songti", size=g.SIZE_4_PT)


def set_properties(document: Document, paper: Paper) -> None:
    """Title, author and time from the paper; nothing of the machine or the library that wrote it."""
    properties = document.core_properties
    moment = file_time(paper).replace(tzinfo=None)
    properties.title = printable(paper.title.replace("\n", ""))[:255]
    properties.author = printable("、".join(paper.organs))[:255]
    properties.comments = properties.last_modified_by = ""
    properties.created = properties.modified = moment
    properties.language = "zh-CN"


def set_height(paragraph: Paragraph, points: float) -> None:
    """Make the line exactly so high, off the grid."""
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(points)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(parse_xml(f'<w:snapToGrid {nsdecls("w")} w:val="0"/>'), "w:spacing")


def set_indent(paragraph: Paragraph, *, left: float = 0, right: float = 0, first: float = 0) -> None:
    """Indents in characters of 3号; a negative `first` hangs."""
    form = paragraph.paragraph_format
    if left:
        form.left_indent = Pt(left * CHARACTER / 20)
    if right:
        form.right_indent = Pt(right * CHARACTER / 20)
    if first:
        form.first_line_indent = Pt(first * CHARACTER / 20)


def set_outline(paragraph: Paragraph, level: int) -> None:
    """Let the title and headings show in the navigation pane without a heading style's looks."""
    paragraph._p.get_or_add_pPr().insert_element_before(
        parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{level}"/>'), "w:rPr", "w:sectPr"
    )


def add_red_rule(paragraph: Paragraph, side: str, kind: str, *, eighths: int) -> None:
    """A red rule along one side; its weight in eighths of a point."""
    paragraph._p.get_or_add_pPr().insert_element_before(
        parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:{side} w:val="{kind}" w:sz="{eighths}" w:space="0" '
            f'w:color="{g.RED}"/></w:pBdr>'
        ),
        "w:kinsoku", "w:snapToGrid", "w:spacing", "w:ind", "w:jc",
    )  # fmt: skip


def set_letter_width(paragraph: Paragraph) -> None:
    """Let a letter's rule reach beyond the type area to its 170 mm, centred on the page."""
    side = (g.PAGE_WIDTH_MM - g.LETTER_RULE_MM) / 2
    paragraph.paragraph_format.left_indent = Mm(side - g.LEFT_MM)
    paragraph.paragraph_format.right_indent = Mm(side - g.RIGHT_MM)


def add_table(document: Document, *, rows: int, widths_mm: list[float]) -> Table:
    """An empty ruled table, centred; widths in millimetres."""
    table: Table = document.add_table(rows=rows, cols=len(widths_mm))
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


def fill_cell(
    cell: _Cell, text: str, *, align: str, face: Face = "fangsong", size: float = g.SIZE_SMALL_4_PT
) -> None:
    """Set a cell's text, in the middle of its height."""
    paragraph = cell.paragraphs[0]
    paragraph.alignment = ALIGN[align]
    set_height(paragraph, size * 1.5)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    add_text(paragraph, text, face=face, size=size)


def repeat_pattern_row(table: Table, rows: tuple[tuple[str, ...], ...]) -> None:
    """Write the rows by copying the last row, filled with PATTERN, in whose place their texts come.

    A handover book has thousands of cells, and each costs a millisecond to build from nothing.
    """
    pattern = table.rows[-1]._tr
    table._tbl.remove(pattern)
    for texts in rows:
        row = deepcopy(pattern)
        for cell, text in zip(row.tc_lst, texts, strict=True):
            paragraph = cell.p_lst[0]
            run = paragraph.r_lst[0]
            if text:
                run.text = printable(text)
            else:
                paragraph.remove(run)
        table._tbl.append(row)


def keep_last_row(table: Table) -> None:
    """Let the last row stay with the paragraph after the table: lines for signing are never alone on a page."""
    for cell in table.rows[-1].cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def add_framed_line(
    anchor: Paragraph, *, left: float = 0, right: float = 0, first: float = 0, rule_mm: float = 0.0
) -> Paragraph:
    """A paragraph of the imprint before `anchor`, in the frame at the foot of the type area.

    Indents in points. With `rule_mm` it is nothing but a rule of that weight across the type area.
    """
    paragraph = anchor.insert_paragraph_before()
    set_height(paragraph, rule_mm / g.MM_PER_PT if rule_mm else g.SIZE_4_PT * 1.7)
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
