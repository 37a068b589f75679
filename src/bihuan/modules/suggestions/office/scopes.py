"""Which suggestions a list is about: those of one session, of one year between sessions, or of a whole year."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django import forms
from django.db.models import Q

from bihuan.modules.suggestions.models import Suggestion
from bihuan.people.models import Place
from bihuan.writers.numbers import chinese_numeral

_CODE = re.compile(r"s(?P<congress>\d{1,3})\.(?P<session>\d{1,3})|b(?P<between>\d{4})|y(?P<year>\d{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """`congress` and `session` for a session; `year` alone for a year, of which `between` the closed time."""

    congress: int = 0
    session: int = 0
    year: int = 0
    between: bool = False

    @property
    def code(self) -> str:
        if self.session:
            return f"s{self.congress}.{self.session}"
        return f"{'b' if self.between else 'y'}{self.year}"

    @property
    def name(self) -> str:
        if self.session:
            return f"第{chinese_numeral(self.congress)}届人民代表大会第{chinese_numeral(self.session)}次会议"
        return f"{self.year}年闭会期间" if self.between else f"{self.year}年"

    @property
    def short(self) -> str:
        """The name without what every session's has."""
        return self.name.replace("人民代表大会", "")

    def within(self, prefix: str = "") -> Q:
        """The condition on a suggestion, or with `prefix` on something that leads to one."""
        if self.session:
            return Q(**{f"{prefix}congress": self.congress, f"{prefix}session": self.session})
        year = Q(**{f"{prefix}year": self.year})
        return year & Q(**{f"{prefix}session__isnull": True}) if self.between else year


def scopes_of(place: Place) -> list[Scope]:
    """Every scope in which the place has numbered suggestions, the newest first."""
    known = Suggestion.objects.filter(place=place, running_no__isnull=False).order_by()
    found: dict[Scope, tuple[int, int, int]] = {}
    for congress, session, year in known.values_list("congress", "session", "year").distinct():
        if session:
            found[Scope(congress=congress, session=session)] = (year, 2, session)
        else:
            found[Scope(year=year, between=True)] = (year, 1, 0)
        found[Scope(year=year)] = (year, 0, 0)
    return sorted(found, key=lambda scope: found[scope], reverse=True)


def read_scope(code: str) -> Scope | None:
    """The scope of an address; None for what is none."""
    said = _CODE.fullmatch(code)
    if said is None:
        return None
    if said["session"]:
        return Scope(congress=int(said["congress"]), session=int(said["session"]))
    return Scope(year=int(said["between"] or said["year"]), between=bool(said["between"]))


class ScopeForm(forms.Form):
    """The choice above a list; the newest unless another is asked for."""

    scope = forms.ChoiceField(label="届次或年度", required=False)

    def __init__(self, *args: object, place: Place, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._known = scopes_of(place)
        self.fields["scope"].choices = [(each.code, each.short) for each in self._known]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Scope | None:
        asked = read_scope(str(self.data.get("scope", "")))
        return asked if asked in self._known else next(iter(self._known), None)
