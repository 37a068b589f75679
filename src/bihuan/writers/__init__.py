"""Official papers: one model (paper), three forms of it. No Django here.

    paper = notice_with_annexes(...)        # bihuan.writers.forms
    render_pdf(paper)                       # bytes, PDF/A-2b
    render_docx(paper)                      # bytes, for Word and WPS
    preview_html(paper)                     # str, for the screen

The same paper gives the same bytes. PaperError carries a Chinese message for the user.
"""

from bihuan.writers.docx import write_docx as render_docx
from bihuan.writers.fonts import FontFinding, check_fonts
from bihuan.writers.paper import Paper, PaperError
from bihuan.writers.preview import write_preview as preview_html
from bihuan.writers.typst import write_pdf as render_pdf

__all__ = [
    "FontFinding",
    "Paper",
    "PaperError",
    "check_fonts",
    "preview_html",
    "render_docx",
    "render_pdf",
]
