"""Places, organs and their names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from bihuan.people.actors import Actor
from bihuan.people.models import Organ, OrganAlias, Place, Post
from bihuan.people.refusals import AlreadyEnded, NameTaken, OrganHasPosts, WrongDates
from bihuan.people.services.record import demand, demand_reason, record


@transaction.atomic
def add_place(*, code: str, name: str, actor: Actor, at: datetime) -> Place:
    """Add a place; `code` is the key of its law profile."""
    stamp = demand(actor, "manage_organs")
    place = Place.objects.create(code=code, name=name)
    record(
        kind="place_added",
        subject=f"place:{place.pk}",
        stamp=stamp,
        actor=actor,
        at=at,
        body={"code": code, "name": name},
    )
    return place


@transaction.atomic
def add_organ(
    *,
    place: Place,
    name: str,
    kind: str,
    since: date,
    short_name: str = "",
    parent: Organ | None = None,
    actor: Actor,
    at: datetime,
) -> Organ:
    """Add an organ that exists from `since`; NameTaken where another one bears the name."""
    stamp = demand(actor, "manage_organs")
    name, short_name = name.strip(), short_name.strip()
    _refuse_taken(name, place=place)
    organ = Organ.objects.create(
        place=place, name=name, short_name=short_name, kind=kind, parent=parent, since=since
    )
    record(
        kind="organ_added",
        subject=f"organ:{organ.pk}",
        stamp=stamp,
        actor=actor,
        at=at,
        on=since,
        body={"name": name, "short_name": short_name, "kind": kind, "parent": parent.pk if parent else None},
    )
    return organ


@transaction.atomic
def rename_organ(
    *, organ: Organ, name: str, since: date, short_name: str = "", actor: Actor, at: datetime
) -> Organ:
    """Give the organ a new name from `since`; the old one stays as its dated former name."""
    stamp = demand(actor, "manage_organs")
    organ = (
        Organ.objects.select_for_update(of=("self",), no_key=True).select_related("place").get(pk=organ.pk)
    )
    if organ.until is not None:
        raise AlreadyEnded(f"没有更名：{organ.name}已于{organ.until}终止。请核对要更名的机构。")
    borne_since = _name_borne_since(organ)
    if since <= borne_since:
        raise WrongDates(
            f"没有更名：现用名称“{organ.name}”自{borne_since}起使用，新名称的启用日期应在其后。请核对日期。"
        )
    old, name = organ.name, name.strip()
    _refuse_taken(name, place=organ.place)
    OrganAlias.objects.create(organ=organ, name=old, since=borne_since, until=since - timedelta(days=1))
    if organ.short_name and organ.short_name != short_name.strip():
        OrganAlias.objects.get_or_create(organ=organ, name=organ.short_name, since=None)
    organ.name, organ.short_name = name, short_name.strip()
    organ.save(update_fields=["name", "short_name"])
    record(
        kind="organ_renamed",
        subject=f"organ:{organ.pk}",
        stamp=stamp,
        actor=actor,
        at=at,
        on=since,
        body={"from": old, "to": name},
    )
    return organ


@transaction.atomic
def merge_organs(*, organs: Sequence[Organ], into: Organ, since: date, actor: Actor, at: datetime) -> None:
    """End `organs` on the day before `since`, from which `into` carries on their work.

    OrganHasPosts while anyone holds a post in them beyond that day: ending posts is another officer's work.
    """
    stamp = demand(actor, "manage_organs")
    last = since - timedelta(days=1)
    merged = list(
        Organ.objects.select_for_update(no_key=True)
        .filter(pk__in=[organ.pk for organ in organs])
        .order_by("pk")
    )
    for organ in merged:
        if organ.pk == into.pk or into.until is not None:
            raise AlreadyEnded("没有合并：承接机构应是另一个仍然存续的机构。请重新选择。")
        if organ.until is not None:
            raise AlreadyEnded(f"没有合并：{organ.name}已于{organ.until}终止。请去掉这个机构。")
        if last < organ.since:
            raise WrongDates(f"没有合并：{organ.name}自{organ.since}起才设立。请核对合并日期。")
        if Post.objects.filter(Q(until__isnull=True) | Q(until__gt=last), organ=organ).exists():
            raise OrganHasPosts(
                f"没有合并：{last}之后仍有人在{organ.name}任职。请安全管理员先办理离任，再合并。"
            )
        organ.until, organ.successor = last, into
        organ.save(update_fields=["until", "successor"])
    record(
        kind="organs_merged",
        subject=f"organ:{into.pk}",
        stamp=stamp,
        actor=actor,
        at=at,
        on=since,
        body={"merged": [organ.pk for organ in merged], "names": [organ.name for organ in merged]},
    )


@transaction.atomic
def add_alias(*, organ: Organ, name: str, reason: str, actor: Actor, at: datetime) -> OrganAlias:
    """Accept that papers also call the organ `name`; NameTaken where the name is another organ's."""
    stamp, reason, name = demand(actor, "add_alias"), demand_reason(reason), name.strip()
    _refuse_taken(name, place=organ.place, but=organ)
    alias, made = OrganAlias.objects.get_or_create(organ=organ, name=name, since=None)
    if made:
        record(
            kind="alias_added",
            subject=f"organ:{organ.pk}",
            stamp=stamp,
            actor=actor,
            at=at,
            body={"name": name, "reason": reason},
        )
    return alias


def _name_borne_since(organ: Organ) -> date:
    """The first day of the present name."""
    last = organ.aliases.filter(until__isnull=False).order_by("-until").first()
    return last.until + timedelta(days=1) if last and last.until else organ.since


def _refuse_taken(name: str, *, place: Place, but: Organ | None = None) -> None:
    """A name belongs to one living organ of a place, as its name or as an alias."""
    bearers = Organ.objects.filter(Q(name=name) | Q(aliases__name=name), place=place, until__isnull=True)
    if but is not None:
        bearers = bearers.exclude(pk=but.pk)
    if bearer := bearers.first():
        raise NameTaken(f"没有登记：“{name}”已是{bearer.name}的名称。一个名称只能指一个机构，请换一个名称。")
