"""Units as people type them: several in one field, each name looked up once however often it stands there."""

from __future__ import annotations

import re
from datetime import date

from bihuan.matters.doing import Incomplete
from bihuan.modules.suggestions.forms import AGENCY_KINDS
from bihuan.people.models import Organ, Place
from bihuan.people.naming import OrganMatch, resolve_organ

_BETWEEN = re.compile(r"[、，,;；\s]+")
# What lists write after a unit's name, or instead of one.
_NOBODY = frozenset({"", "无", "/", "-", "—", "——", "暂无"})


def split_names(text: str) -> list[str]:
    """The names in a field, each once, in their order."""
    return list(dict.fromkeys(name for name in _BETWEEN.split(text.strip()) if name not in _NOBODY))


class Names:
    """The register of a place's organs on a day, asked for each name once."""

    def __init__(self, place: Place, *, on: date) -> None:
        self._place, self._on = place, on
        self._known: dict[str, OrganMatch] = {}

    def match(self, name: str) -> OrganMatch:
        if name not in self._known:
            self._known[name] = resolve_organ(name, place=self._place, on=self._on)
        return self._known[name]

    def agency(self, name: str) -> Organ:
        """The organ that handles suggestions under this name; Incomplete says why there is none."""
        found = self.match(name)
        if found.organ is None:
            raise Incomplete(found.reason)
        if found.organ.kind not in AGENCY_KINDS:
            raise Incomplete(f"{found.organ.name}不是承办单位，不能承办建议。")
        return found.organ
