"""Whose pages these are: which suggestions somebody lists, which units somebody may ask about."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from bihuan.matters.access import places_run_by, runs_the_house, seers
from bihuan.matters.models import SeenMatter
from bihuan.modules.suggestions.forms import AGENCY_KINDS
from bihuan.modules.suggestions.models import Suggestion
from bihuan.modules.suggestions.procedure import SUGGESTION
from bihuan.people.actors import Actor
from bihuan.people.models import ADMINISTRATOR_ROLES, Organ, Place

HANDS_OVER = ("staff", "director")  # the roles in the receiving office that hand over (procedure.OFFICE)


def house_place(actor: Actor) -> Place:
    """The place whose standing committee the actor works for; refused for anybody else."""
    places = places_run_by(actor)
    if not places:
        raise PermissionDenied("这一页由人大常委会的工作机构使用。")
    return Place.objects.get(pk=min(places))


def desks_of(actor: Actor) -> list[int]:
    """The organs for which the actor hands suggestions over."""
    return sorted(
        {
            organ
            for post in actor.posts
            if runs_the_house(post) and post.role in HANDS_OVER
            for organ in post.speaks_for
        }
    )


def visible_suggestions(actor: Actor) -> QuerySet[Suggestion]:
    """Every suggestion the actor may see: all of a place whose house one runs, else those seen by a part in them,
    of which a unit has few enough to be named one by one."""
    run, mine = places_run_by(actor), seers(actor)
    if len(mine) == len(run):
        return Suggestion.objects.filter(place__in=run)
    seen = SeenMatter.objects.filter(seer__in=mine, procedure_code=SUGGESTION.code)
    return Suggestion.objects.filter(matter__in=seen.values("matter"))


def units_of(actor: Actor) -> QuerySet[Organ]:
    """The units whose ledgers are open to the actor: all of the place to those who run its house, the agencies of
    a government to its general office, to everybody else the own one."""
    posts = [post for post in actor.posts if post.role not in ADMINISTRATOR_ROLES]
    own = {organ for post in posts for organ in post.speaks_for}
    governments = {post.organ_parent for post in posts if post.organ_kind == "government_office"}
    open_to = Q(pk__in=own) | Q(parent__in=governments - {None}) | Q(place__in=places_run_by(actor))
    return Organ.objects.filter(open_to, kind__in=AGENCY_KINDS).order_by("pk")


def unit(actor: Actor, pk: int) -> Organ:
    """The unit, or 404 for whoever may not ask about it."""
    found = units_of(actor).select_related("place").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
