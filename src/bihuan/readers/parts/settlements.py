"""How a decision closes: from when it applies, and to whom it is reported for the record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.bundle import Section
from bihuan.readers.context import Context
from bihuan.readers.facts import Deadline, Document
from bihuan.readers.wording.dates import find_date

_IN_FORCE = re.compile(r"本(?:决议|决定)自(?P<from>[^，。；]{2,20}?)起(?:施行|生效|执行)")
_RECORDED = re.compile(r"(?<=[，。；])(?:并)?报(?P<to>[^，。；]{4,40}?)备案")


def settlements(
    section: Section, context: Context, *, document: Document, start: int, end: int
) -> Iterator[Deadline]:
    """When the paper takes effect, and where it must be filed for the record."""
    text = context.flow.text
    for match in _IN_FORCE.finditer(text, start, end):
        # 自通过之日起: the day in the bracket under the title.
        fixed = find_date(match["from"])
        day = fixed or (document.date if match["from"].startswith("通过") else "")
        yield Deadline(
            at=context.span(section, match.start(), match.end()),
            action="施行",
            anchor=f"{match['from']}起",
            fixed=fixed,
            due=day,
        )
    for match in _RECORDED.finditer(text, start, end):
        yield Deadline(
            at=context.span(section, match.start(), match.end()),
            action="备案",
            responsible=document.issuer,
            recipient=match["to"],
        )
