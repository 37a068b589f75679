"""Who comes in: those who work on papers, and to the readings of their own places."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from bihuan.library import access
from bihuan.library.models import Reading
from bihuan.people.doors import actor_of, signed_in

_Given = ParamSpec("_Given")


def for_offices(
    view: Callable[Concatenate[HttpRequest, _Given], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, _Given], HttpResponseBase]:
    """Only for those who work on papers; to others a 403 that says who does."""

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: _Given.args, **kwargs: _Given.kwargs) -> HttpResponseBase:
        if access.office_post(actor_of(request)) is None:
            raise PermissionDenied(f"您不能打开文件库：您目前没有相应的职务。{access.WHO}可以办理。")
        return view(request, *args, **kwargs)

    return guarded


def open_to(request: HttpRequest, pk: int) -> Reading:
    """A reading of a place the person works for; others do not learn that it exists."""
    places = access.office_places(actor_of(request))
    known = Reading.objects.select_related("document__place")
    return get_object_or_404(known, pk=pk, document__place__in=places)
