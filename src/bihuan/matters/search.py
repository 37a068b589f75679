"""What the search index knows of a matter: its number, its title, what it asks for and what was answered."""

from __future__ import annotations

from datetime import datetime

from bihuan.library.search import index_text
from bihuan.matters.models import Matter
from bihuan.matters.registry import module

SEARCH_KIND = "matter"


def index_matter(matter: Matter, *, at: datetime) -> None:
    """Make the matter findable as it stands now, in the caller's transaction."""
    parts = [*matter.items.values_list("text", flat=True)]
    for promise in matter.promises.values_list("text", "quantity", "person"):
        parts += promise
    parts += matter.answers.values_list("text", flat=True)
    own = module(*matter.procedure.key).search
    parts += own(matter) if own else ()
    index_text(
        kind=SEARCH_KIND,
        key=matter.number,
        title=f"{matter.number} {matter.title}",
        text="\n".join(parts),
        place=matter.place,
        at=at,
    )
