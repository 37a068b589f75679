"""The only door: which matters an actor sees, which hats the actor wears there, which acts are open.

One rule decides sight: you see a matter when one of your organs has a part in it. The staff of the standing
committee's offices and the council of chairpersons see every matter of their place, because they run it. The
three administrators see none, though their posts are in an office: theirs is the machine, not the business.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from bihuan.kernel.glossary import chinese
from bihuan.kernel.permission import Allowed, Denied, Hat, Lane, decide
from bihuan.kernel.procedure import Act
from bihuan.library.access import OFFICE_KINDS, OFFICE_ROLES
from bihuan.library.models import Document
from bihuan.matters.models import Deed, Matter, Party, SeenMatter, Term
from bihuan.matters.registry import module, modules
from bihuan.matters.sight import organ_seer, place_seer
from bihuan.people.actors import Actor, HeldPost
from bihuan.people.models import ADMINISTRATOR_ROLES
from bihuan.ui.views import NotNow


def runs_the_house(post: HeldPost) -> bool:
    """Whether the post belongs to those who run the standing committee's daily work."""
    in_office = post.organ_kind in OFFICE_KINDS and post.role in OFFICE_ROLES
    return in_office or (post.organ_kind == "council" and post.role == "chairperson")


def places_run_by(actor: Actor) -> frozenset[int]:
    """The places whose house the actor helps to run; an administrator of the machine runs none."""
    return frozenset(post.place for post in _business_posts(actor) if runs_the_house(post))


def _business_posts(actor: Actor) -> list[HeldPost]:
    return [post for post in actor.posts if post.role not in ADMINISTRATOR_ROLES]


def seers(actor: Actor) -> tuple[str, ...]:
    """As whom the actor sees matters: those who run a place's house, those who speak for an organ beside it, and
    the one person of that organ."""
    run = places_run_by(actor)
    # In a place one runs, the organs' own parts add nothing: spare the look at them.
    beside = (post for post in _business_posts(actor) if post.place not in run)
    organs = {organ for post in beside for organ in post.speaks_for}
    return (*map(place_seer, sorted(run)), *party_seers(sorted(organs), actor))


def party_seers(organs: Iterable[int], actor: Actor) -> list[str]:
    """As whom the actor sees by parts in the matter: those of the organs, and the actor's own among them."""
    return [organ_seer(organ, person) for organ in organs for person in {None, actor.person}]


def visible_matters(actor: Actor) -> QuerySet[Matter]:
    """Every matter the actor may see: for asking about some; lists are walked from SeenMatter."""
    return Matter.objects.filter(
        Exists(SeenMatter.objects.filter(matter=OuterRef("pk"), seer__in=seers(actor)))
    )


def known_deeds(actor: Actor, rows: QuerySet[Deed]) -> QuerySet[Deed]:
    """Of these deeds those the actor may know of: a private one is its party's and the house's alone."""
    private = Q(pk__in=[])
    for each in modules():
        acts = [act.code for act in each.procedure.acts if act.private]
        if acts:
            private |= Q(matter__procedure_code=each.procedure.code, act__in=acts)
    house = Q(matter__place__in=places_run_by(actor))
    return rows.filter(~private | Q(party__person=actor.person) | house)


def hats_of(actor: Actor, parties: Sequence[Party]) -> tuple[Hat, ...]:
    """Every post of the actor as it stands to these parties."""
    return tuple(
        Hat(role=post.role, part=party.part, party=party.pk if party.stage else None, post=post.id)
        for post in actor.posts
        for party in parties
        if party.until is None
        and party.organ_id in post.speaks_for
        and party.person_id in (None, actor.person)
    )


def lanes_of(parties: Sequence[Party]) -> tuple[Lane, ...]:
    return tuple(
        Lane(party=party.pk, part=party.part, stage=party.stage, flags=frozenset(party.flags))
        for party in parties
        if party.stage and party.until is None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAct:
    """An act the actor may do now, for this party."""

    act: Act
    party: Party | None


@dataclass(frozen=True, kw_only=True)  # no slots: running_terms is kept
class Access:
    """One matter as one actor stands to it."""

    matter: Matter
    actor: Actor
    parties: tuple[Party, ...]

    @property
    def inside(self) -> bool:
        """Whether the actor belongs to those who run the matter's standing committee."""
        return any(runs_the_house(post) and post.place == self.matter.place_id for post in self.actor.posts)

    def may_know_of(self, party: Party | None) -> bool:
        """Whether what is private to the party may be told: to those who run the house, and to itself."""
        return self.inside or bool(
            party and any(hat.party == party.pk for hat in hats_of(self.actor, (party,)))
        )

    def may_read(self, deed: Deed) -> bool:
        """Whether the actor may know of this deed."""
        act = next((each for each in self.matter.procedure.acts if each.code == deed.act), None)
        return act is None or not act.private or self.may_know_of(deed.party)

    def is_private(self, party: Party | None) -> bool:
        """Whether where the party stands, and its terms, must not be shown to the actor."""
        lane = self.matter.procedure.lane_of(party.part) if party else None
        return lane is not None and lane.private and not self.may_know_of(party)

    def verdict(self, act: Act, *, party: int | None = None) -> Allowed | Denied:
        """Whether the actor may do the act now, and if not, why."""
        declared = self._declared(act, party=party)
        condition = module(*self.matter.procedure.key).conditions.get(act.code)
        if isinstance(declared, Denied) or condition is None:
            return declared
        why = condition(self, next((each for each in self.parties if each.pk == declared.party), None))
        return Denied(reason=why, stage=True) if why else declared

    @cached_property
    def running_terms(self) -> tuple[Term, ...]:
        """The matter's running terms, fetched once."""
        running = self.matter.terms.filter(met_on__isnull=True, dropped=False).order_by("due_on", "id")
        return tuple(running.select_related("party__organ", "party__person"))

    def _declared(self, act: Act, *, party: int | None) -> Allowed | Denied:
        return decide(
            self.matter.procedure,
            act,
            stage=self.matter.stage,
            lanes=lanes_of(self.parties),
            hats=hats_of(self.actor, self.parties),
            say=chinese,
            flags=self.matter.flags,
            parts={each.part for each in self.parties},
            party=party,
        )

    def open_acts(self) -> list[OpenAct]:
        """All the actor may do now, in the procedure's order, a lane act once for each party it is open for."""
        found = []
        for act in self.matter.procedure.acts:
            targets = [party for party in self.parties if party.stage] if act.is_lane else [None]
            for party in targets:
                if isinstance(self.verdict(act, party=party.pk if party else None), Allowed):
                    found.append(OpenAct(act=act, party=party))
        return found

    def post(self, allowed: Allowed) -> HeldPost | None:
        """The post under which the act is done."""
        return next((post for post in self.actor.posts if post.id == allowed.hat.post), None)


def access_matter(
    actor: Actor | None, number: str, *, act: str | None = None, party: int | None = None
) -> Access:
    """The matter called `number` as `actor` may see it.

    Http404 hides what the actor may not see; PermissionDenied explains why `act` is not open to those who
    may see the matter.
    """
    if actor is None:
        raise Http404
    matter = visible_matters(actor).select_related("place", "source").filter(number=number).first()
    if matter is None:
        raise Http404
    access = stand_to(actor, matter)
    if act is not None:
        known = next((each for each in matter.procedure.acts if each.code == act), None)
        if known is None:
            raise Http404
        verdict = access.verdict(known, party=party)
        if isinstance(verdict, Denied):
            raise NotNow(verdict.reason) if verdict.stage else PermissionDenied(verdict.reason)
    return access


def stand_to(actor: Actor, matter: Matter) -> Access:
    """The actor's standing to a matter already fetched; sees nothing the matter's parties do not give."""
    parties = tuple(
        matter.parties.filter(until__isnull=True).select_related("organ", "person").order_by("id")
    )
    return Access(matter=matter, actor=actor, parties=parties)


def may_read_evidence(actor: Actor, document: Document) -> bool:
    """Evidence is open to whoever handed it in and to whoever sees a matter it is part of."""
    if document.uploaded_by_id is not None and document.uploaded_by_id == actor.account:
        return True
    part_of = Q(deeds__documents=document) | Q(promises__evidence=document)
    return visible_matters(actor).filter(part_of).exists()


def may_read_source(actor: Actor, document: Document) -> bool:
    """The paper a matter came from is open to whoever sees the matter: who must act reads what was asked."""
    return visible_matters(actor).filter(source=document).exists()
