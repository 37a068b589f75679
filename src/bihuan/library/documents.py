"""Taking a document in: bounds, what it is by its bytes, the file on disk, the record, the search index."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from django.db import transaction
from django.utils.timezone import localdate

from bihuan.ledger.append import append_entry
from bihuan.library.access import office_account, office_post
from bihuan.library.models import Document
from bihuan.library.search import index_text
from bihuan.library.storage import keep_bytes
from bihuan.library.withdrawing import take_in_again
from bihuan.people.actors import Actor
from bihuan.people.models import Place
from bihuan.readers.opening import CannotOpen, open_file
from bihuan.readers.opening.opened import MOST_BYTES
from bihuan.readers.sheets import open_book

UPLOAD, ISSUED, EVIDENCE = Document.UPLOAD, Document.ISSUED, Document.EVIDENCE

MEDIA_TYPES = {
    "txt": "text/plain",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "csv": "text/csv",
}
# Photographs are evidence; they are kept as they were taken, their place and time of taking included.
_PICTURES = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))
_LONGEST_NAME = 120  # characters; the column holds 200


@dataclass(frozen=True, slots=True)
class Kept:
    """A document taken in; `known` says that this very file was here before."""

    document: Document
    known: bool
    warnings: tuple[str, ...] = ()


def keep_document(*, data: bytes, name: str, kind: str, place: Place, actor: Actor, at: datetime) -> Kept:
    """Keep a file and its record, findable and in the ledger; or raise CannotOpen with the Chinese reason,
    or NotAllowed for a paper taken in by somebody from outside the standing committee's offices.

    A paper to be read (kind upload) that is already here is not taken in again. Evidence may also be a
    photograph, or a scanned PDF without text; any other kind must be something the readers open.
    """
    if kind in (Document.UPLOAD, Document.TABLE):
        office_account(actor, place)
    media_type, text, warnings = _open(data, name, kind=kind)
    sha256 = keep_bytes(data)
    with transaction.atomic():
        Place.objects.select_for_update(no_key=True).get(
            pk=place.pk
        )  # the same file twice at once: one waits
        if kind == Document.UPLOAD and (
            known := Document.objects.filter(place=place, kind=kind, sha256=sha256).first()
        ):
            if known.withdrawn_at is not None:
                take_in_again(known, actor=actor, at=at)
            return Kept(document=known, known=True, warnings=warnings)
        document = Document.objects.create(
            place=place,
            kind=kind,
            name=tidy_name(name),
            sha256=sha256,
            size=len(data),
            media_type=media_type,
            text=text,
            uploaded_by_id=actor.account,
            uploaded_at=at,
        )
        index_text(
            kind=search_kind(kind), key=str(document.pk), title=document.name, text=text, place=place, at=at
        )
        append_entry(
            kind="library.document_kept",
            subject=f"document:{document.pk}",
            actor=actor.stamp(office_post(actor, place.pk)),
            account=actor.account,
            at=at,
            on=localdate(at),
            body={"kind": kind, "name": document.name, "sha256": sha256, "size": len(data)},
        )
    return Kept(document=document, known=False, warnings=warnings)


def _table_type(data: bytes) -> str:
    """What a table is by its first bytes; open_book has read it already."""
    if data.startswith(b"PK"):
        return MEDIA_TYPES["xlsx"]
    return MEDIA_TYPES["xls" if data.startswith(b"\xd0\xcf\x11\xe0") else "csv"]


def search_kind(kind: str) -> str:
    """The kind under which search knows documents of `kind`."""
    return f"document.{kind}"


def tidy_name(name: str) -> str:
    """A file's name as kept: no folders, nothing invisible, not endless; the ending survives."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(character for character in last if character.isprintable()).strip() or "未命名"
    if len(shown) <= _LONGEST_NAME:
        return shown
    ending = PurePath(shown).suffix[:10]
    return shown[: _LONGEST_NAME - len(ending) - 1] + "…" + ending


# PostgreSQL refuses NUL, UTF-8 refuses lone surrogates: damage that some PDFs carry.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def storable(text: str) -> str:
    """`text` with what no database holds replaced, one character by one, so that offsets stay."""
    return _UNSTORABLE.sub("\ufffd", text)


def _open(data: bytes, name: str, *, kind: str) -> tuple[str, str, tuple[str, ...]]:
    """Media type by content, text, warnings; raises CannotOpen."""
    if kind == Document.TABLE:
        book = open_book(data)
        return _table_type(data), "", book.warnings
    pictures = kind == Document.EVIDENCE
    if pictures and len(data) <= MOST_BYTES:
        for start, media_type in _PICTURES:
            if data.startswith(start):
                return media_type, "", ()
    try:
        opened = open_file(data, name)
    except CannotOpen:
        # A signed and stamped scan has no text, and as evidence needs none.
        if pictures and len(data) <= MOST_BYTES and data.startswith(b"%PDF-"):
            return MEDIA_TYPES["pdf"], "", ()
        raise
    return MEDIA_TYPES[opened.kind], storable(opened.text), opened.warnings
