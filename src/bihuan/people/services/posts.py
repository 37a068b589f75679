"""People and the posts they hold."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.kernel.glossary import chinese, terms
from bihuan.people.actors import Actor
from bihuan.people.models import ADMINISTRATOR_ROLES, Deputy, Organ, Person, Post
from bihuan.people.refusals import (
    AdministratorsApart,
    AlreadyEnded,
    HasMandate,
    LastAdministrator,
    PostsOverlap,
    UnknownRole,
    WrongDates,
)
from bihuan.people.services.record import demand, demand_reason, record

ROLES = tuple(term.code for term in terms() if term.field == "role")


@transaction.atomic
def add_person(*, name: str, mobile: str = "", email: str = "", actor: Actor, at: datetime) -> Person:
    """Add a person. A name already known is another person of that name."""
    stamp = demand(actor, "manage_people")
    person = Person.objects.create(name=name.strip(), mobile=mobile.strip(), email=email.strip())
    record(
        kind="person_added",
        subject=f"person:{person.pk}",
        stamp=stamp,
        actor=actor,
        at=at,
        body={"name": person.name},
    )
    return person


@transaction.atomic
def change_person(
    *, person: Person, name: str, mobile: str, email: str, actor: Actor, at: datetime
) -> Person:
    """Correct a person's name, mobile or e-mail; the entry names the fields, not the numbers."""
    stamp = demand(actor, "manage_people")
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    given = {"name": name.strip(), "mobile": mobile.strip(), "email": email.strip()}
    changed = sorted(field for field, value in given.items() if getattr(person, field) != value)
    if not changed:
        return person
    old_name = person.name
    person.name, person.mobile, person.email = given["name"], given["mobile"], given["email"]
    person.save(update_fields=changed)
    record(
        kind="person_changed",
        subject=f"person:{person.pk}",
        stamp=stamp,
        actor=actor,
        at=at,
        body={"fields": list(changed), "from": old_name, "to": person.name},
    )
    return person


@transaction.atomic
def add_deputy(
    *, person: Person, congress: int, delegation: Organ, district: str, actor: Actor, at: datetime
) -> Deputy:
    """Record to which congress (届) the person was elected, where, and in which delegation.

    What a deputy may do comes from the deputy's post, which is another officer's to grant. Raises HasMandate.
    """
    stamp = demand(actor, "manage_people")
    if held := Deputy.objects.select_related("delegation").filter(person=person, congress=congress).first():
        raise HasMandate(
            f"没有登记：{person.name}已登记为第{congress}届代表（{held.delegation}）。请核对届次。"
        )
    deputy = Deputy.objects.create(
        person=person, congress=congress, delegation=delegation, district=district.strip()
    )
    record(
        kind="deputy_added",
        subject=f"person:{person.pk}",
        stamp=stamp,
        actor=actor,
        at=at,
        body={"congress": congress, "delegation": delegation.pk, "district": deputy.district},
    )
    return deputy


@transaction.atomic
def grant_post(
    *,
    person: Person,
    organ: Organ,
    role: str,
    since: date,
    until: date | None = None,
    title: str = "",
    actor: Actor,
    at: datetime,
) -> Post:
    """Give a post from `since` (to `until`, both days included).

    Raises UnknownRole, WrongDates, PostsOverlap or AdministratorsApart; the database guards the last two.
    """
    stamp, title = demand(actor, "grant_post"), title.strip()
    if role not in ROLES:
        raise UnknownRole("没有办理任职：所选岗位不在岗位表中。请从表中选择。")
    _check_dates(organ, since, until)
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)  # one grant at a time for one person
    _check_other_posts(person, organ, role, title, since, until)
    post = Post.objects.create(person=person, organ=organ, role=role, title=title, since=since, until=until)
    record(
        kind="post_granted",
        subject=f"person:{person.pk}",
        stamp=stamp,
        actor=actor,
        at=at,
        on=since,
        body={
            "post": post.pk,
            "person": person.name,
            "organ": organ.pk,
            "organ_name": organ.name,
            "role": role,
            "title": title,
            "until": until.isoformat() if until else None,
        },
    )
    return post


@transaction.atomic
def end_post(*, post: Post, until: date, reason: str, actor: Actor, at: datetime) -> Post:
    """End a post; `until` is its last day.

    Raises AlreadyEnded, WrongDates, or LastAdministrator where nobody would be left to do that work.
    """
    stamp, reason = demand(actor, "grant_post"), demand_reason(reason)
    Person.objects.select_for_update(no_key=True).get(pk=post.person_id)
    post = (
        Post.objects.select_for_update(of=("self",), no_key=True)
        .select_related("person", "organ")
        .get(pk=post.pk)
    )
    if post.until is not None:
        raise AlreadyEnded(f"没有办理离任：该任职已于{post.until}结束。")
    if until < post.since:
        raise WrongDates(f"没有办理离任：该任职自{post.since}开始，离任日期不能早于它。请核对日期。")
    if post.role in ADMINISTRATOR_ROLES:
        _keep_one_administrator(post)
    post.until = until
    post.save(update_fields=["until"])
    record(
        kind="post_ended",
        subject=f"person:{post.person_id}",
        stamp=stamp,
        actor=actor,
        at=at,
        on=until,
        body={"post": post.pk, "organ": post.organ_id, "role": post.role, "reason": reason},
    )
    return post


def _check_dates(organ: Organ, since: date, until: date | None) -> None:
    if until is not None and until < since:
        raise WrongDates(f"没有办理任职：结束日期{until}早于开始日期{since}。请核对日期。")
    if since < organ.since or (organ.until is not None and (until is None or until > organ.until)):
        life = f"{organ.since}至{organ.until}" if organ.until else f"{organ.since}起"
        raise WrongDates(f"没有办理任职：{organ.name}存续时间为{life}，任职日期超出了它。请核对日期。")


def _check_other_posts(
    person: Person, organ: Organ, role: str, title: str, since: date, until: date | None
) -> None:
    held = Post.objects.during(since, until).filter(person=person).select_related("organ").order_by("since")
    for other in held:
        days = f"{other.since}至{other.until}" if other.until else f"{other.since}起"
        if (other.organ_id, other.role, other.title) == (organ.pk, role, title):
            raise PostsOverlap(f"没有办理任职：{person.name}在{days}已任同一岗位。请核对日期。")
        if role in ADMINISTRATOR_ROLES or other.role in ADMINISTRATOR_ROLES:
            raise AdministratorsApart(
                "没有办理任职：系统管理员、安全管理员、审计管理员应当由不同的人担任，且不得兼任其他岗位；"
                f"{person.name}在{days}任{other.organ}{other.title or chinese(f'role.{other.role}')}。"
                "请另选人员，或先办理离任。"
            )


def _keep_one_administrator(post: Post) -> None:
    """Without the three officers nobody could appoint their successors: hand over first, then leave."""
    others = Post.objects.filter(role=post.role, until__isnull=True).exclude(pk=post.pk)
    if not others.exists():
        raise LastAdministrator(
            f"没有办理离任：{post.person.name}是唯一的{chinese(f'role.{post.role}')}。请先为接任者办理任职，再办理离任。"
        )
