"""A paper uploaded by mistake is taken back, with the reason in the ledger, as long as nothing was made of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from bihuan.ledger.append import append_entry
from bihuan.library.access import office_account, office_post
from bihuan.library.models import Document, Reading
from bihuan.library.refusals import AlreadyAccepted, Refused
from bihuan.people.actors import Actor


def withdraw_document(*, document_id: int, reason: str, actor: Actor, at: datetime) -> None:
    """Take the paper back; its file, readings and decisions stay as they were, for whoever looks back.

    Raises AlreadyAccepted once matters were made of it, Refused if it was withdrawn before, NotAllowed.
    """
    with transaction.atomic():
        held = Document.objects.select_for_update(of=("self",), no_key=True).select_related("place")
        document = held.get(pk=document_id, kind=Document.UPLOAD)
        account = office_account(actor, document.place)
        if document.readings.filter(state=Reading.ACCEPTED).exists():
            raise AlreadyAccepted(
                "不能撤回：这份文件已经接受并建立了事项。需要撤销的，请到所建立的事项中办理“撤销”。"
            )
        if document.withdrawn_at is not None:
            raise Refused("这份文件已经撤回，不需要再撤回。")
        document.withdrawn_at = at
        document.save(update_fields=["withdrawn_at"])
        document.readings.filter(state=Reading.PROPOSED).update(state=Reading.ABANDONED)
        append_entry(
            kind="library.document_withdrawn",
            subject=f"document:{document.pk}",
            actor=actor.stamp(office_post(actor, document.place_id)),
            account=account,
            at=at,
            on=localdate(at),
            body={"name": document.name, "sha256": document.sha256, "reason": reason},
        )


def take_in_again(document: Document, *, actor: Actor, at: datetime) -> None:
    """The same file is uploaded anew after its withdrawal: it counts again, and the ledger says so."""
    document.withdrawn_at = None
    document.save(update_fields=["withdrawn_at"])
    append_entry(
        kind="library.document_taken_in_again",
        subject=f"document:{document.pk}",
        actor=actor.stamp(office_post(actor, document.place_id)),
        account=actor.account,
        at=at,
        on=localdate(at),
        body={"name": document.name, "sha256": document.sha256},
    )
