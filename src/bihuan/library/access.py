"""Who may read which document, and who may work on readings. Default deny.

Documents of each kind belong to somebody: uploads to the standing committee's offices, evidence and issued
papers to the matters they are part of. Whoever knows registers a rule for the kind; any rule that says yes
opens the document, and a kind without a rule stays shut.
"""

from __future__ import annotations

from collections.abc import Callable

from bihuan.library.models import Document
from bihuan.people.actors import Actor, HeldPost
from bihuan.people.models import Place
from bihuan.people.refusals import NotAllowed

MayRead = Callable[[Actor, Document], bool]

OFFICE_KINDS = frozenset({"office", "working_committee", "special_committee"})
OFFICE_ROLES = frozenset({"staff", "director"})
WHO = "常委会办公室、各工作委员会和专门委员会的工作人员、委室负责人"

_rules: dict[str, list[MayRead]] = {}


def register(kind: str, may_read: MayRead) -> None:
    """Add a rule that may open documents of `kind`. Registering the same rule again changes nothing."""
    rules = _rules.setdefault(kind, [])
    if may_read not in rules:
        rules.append(may_read)


def may_read(actor: Actor | None, document: Document) -> bool:
    """Whether any rule opens the document to the actor."""
    return actor is not None and any(rule(actor, document) for rule in _rules.get(document.kind, ()))


def office_post(actor: Actor | None, place: int | None = None) -> HeldPost | None:
    """The post by which the actor works on papers (in `place`, a Place's id, if given), or None."""
    for post in actor.posts if actor else ():
        if (
            post.role in OFFICE_ROLES
            and post.organ_kind in OFFICE_KINDS
            and (place is None or post.place == place)
        ):
            return post
    return None


def office_places(actor: Actor | None) -> frozenset[int]:
    """Ids of the places whose papers the actor works on."""
    posts = actor.posts if actor else ()
    return frozenset(
        post.place for post in posts if post.role in OFFICE_ROLES and post.organ_kind in OFFICE_KINDS
    )


def office_account(actor: Actor, place: Place) -> int:
    """The account id of an actor who may work on papers of `place`; raises NotAllowed for anybody else."""
    if actor.account is None or office_post(actor, place.pk) is None:
        raise NotAllowed(f"您不能核对和接受文件：您目前没有相应的职务。{WHO}可以办理。")
    return actor.account


def may_read_upload(actor: Actor, document: Document) -> bool:
    """Papers received are open to all offices of the standing committee they came to."""
    return office_post(actor, document.place_id) is not None
