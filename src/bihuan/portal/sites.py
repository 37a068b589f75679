"""The name under which the public site speaks."""

from __future__ import annotations

from django.conf import settings

from bihuan.people.models import Place


def site_name() -> str:
    """临溪县人大监督公开, by the place this site serves."""
    place = Place.objects.filter(code=settings.BIHUAN_PLACE).first()
    return f"{place.name if place else ''}人大监督公开"
