"""Web pages: the text of the body, without menus, scripts and footers."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bihuan.readers.opening.opened import Opened, opened
from bihuan.readers.opening.txt import decode

_DROPPED = "script,style,noscript,template,nav,aside,form,button,select,iframe,svg,head,header,footer"
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
        "br",
    ]
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
# The share of the page's own text a narrower element must keep to count as the content.
_KEPT = 0.8


def open_html(data: bytes) -> Opened:
    """Text of a web page, one line a block element."""
    text, warnings = _decode(data)
    tree = LexborHTMLParser(text)
    for node in tree.css(_DROPPED):
        node.decompose()
    body = tree.body
    lines = _lines(_content(body)) if body is not None else []
    return opened(text="\n".join(lines), kind="html", warnings=warnings)


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The page's own declaration first: it is the author's word; then as plain text."""
    declared = _CHARSET.search(data[:4096])
    if declared:
        name = declared[1].decode("ascii").lower()
        name = "gb18030" if name in ("gb2312", "gbk") else name
        try:
            return data.decode(name), ()
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _content(body: LexborNode) -> LexborNode:
    """The narrowest element that still holds most of the text outside links."""
    best, whole = body, _weight(body)
    while True:
        inner = [(_weight(child), child) for child in best.iter() if child.tag not in ("p", "br", "table")]
        heaviest = max(inner, key=lambda pair: pair[0], default=None)
        if heaviest is None or heaviest[0] < whole * _KEPT or not heaviest[0]:
            return best
        best = heaviest[1]


def _weight(node: LexborNode) -> int:
    """Characters of an element that do not stand in links."""
    return len(node.text()) - sum(len(link.text()) for link in node.css("a"))


def _lines(root: LexborNode) -> list[str]:
    """Text of `root` in reading order, a new line at every block element's edge."""
    lines: list[str] = []
    current: list[str] = []

    def close() -> None:
        line = _SPACE.sub(" ", "".join(current)).strip()
        current.clear()
        if line:
            lines.append(line)

    stack: list[LexborNode | None] = [root]
    while stack:
        node = stack.pop()
        if node is None:  # the mark left behind a block element: its line ends here
            close()
            continue
        if node.is_text_node:
            current.append(node.text_content or "")
            continue
        if node.tag in _BLOCKS:
            close()
            stack.append(None)
        stack.extend(reversed(list(node.iter(include_text=True))))
    close()
    return lines
