"""Taking documents in: what is kept, what is refused, who may."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bihuan.ledger.models import Entry
from bihuan.library import access
from bihuan.library.documents import Kept, keep_document, search_kind, storable, tidy_name
from bihuan.library.models import Document
from bihuan.library.search import search
from bihuan.people.actors import Actor
from bihuan.people.models import Place
from bihuan.people.refusals import NotAllowed
from bihuan.readers.opening import CannotOpen

from .conftest import AT

JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40


def keep(
    place: Place, actor: Actor, data: bytes, name: str = "通知.txt", kind: str = Document.UPLOAD
) -> Kept:
    return keep_document(data=data, name=name, kind=kind, place=place, actor=actor, at=AT)


def test_a_document_is_kept_found_and_recorded(place: Place, staff: Actor) -> None:
    document = keep(place, staff, "关于河道整治的通知".encode()).document
    assert (document.text, document.media_type, document.size) == ("关于河道整治的通知", "text/plain", 27)
    assert [hit.key for hit in search("河道", allowed={search_kind("upload"): None})] == [str(document.pk)]
    entry = Entry.objects.get()
    assert (entry.kind, entry.subject, entry.actor) == (
        "library.document_kept",
        f"document:{document.pk}",
        "张敏（县人大常委会办公室）",
    )
    assert json.loads(entry.body) == {
        "kind": "upload",
        "name": "通知.txt",
        "sha256": document.sha256,
        "size": 27,
    }


def test_the_same_paper_twice_is_one_document_and_is_said_to_be(place: Place, staff: Actor) -> None:
    first = keep(place, staff, "通知".encode())
    second = keep(place, staff, "通知".encode(), name="另一个名字.txt")
    assert (first.known, second.known) == (False, True)
    assert first.document == second.document
    assert Entry.objects.count() == 1


def test_the_same_evidence_handed_in_twice_is_two_documents(place: Place, outsider: Actor) -> None:
    first = keep(place, outsider, JPEG, "照片.jpg", Document.EVIDENCE)
    second = keep(place, outsider, JPEG, "照片.jpg", Document.EVIDENCE)
    assert first.document != second.document
    assert first.document.sha256 == second.document.sha256


@pytest.mark.parametrize(
    ("data", "media_type"),
    [(JPEG, "image/jpeg"), (b"\x89PNG\r\n\x1a\n....", "image/png"), (b"%PDF-1.7 scanned", "application/pdf")],
)
def test_photographs_and_scans_are_evidence(
    place: Place, outsider: Actor, data: bytes, media_type: str
) -> None:
    assert keep(place, outsider, data, "证据", Document.EVIDENCE).document.media_type == media_type


@pytest.mark.parametrize("data", [JPEG, b"", b"PK\x03\x04 broken", b"%PDF-1.7 broken"])
def test_what_cannot_be_read_is_no_paper_and_leaves_nothing(
    place: Place, staff: Actor, files: Path, data: bytes
) -> None:
    with pytest.raises(CannotOpen):
        keep(place, staff, data)
    assert (Document.objects.count(), Entry.objects.count(), files.exists()) == (0, 0, False)


def test_evidence_too_large_is_refused(place: Place, outsider: Actor) -> None:
    with pytest.raises(CannotOpen, match="50 MB"):
        keep(place, outsider, JPEG + bytes(50 * 1024 * 1024), "照片.jpg", Document.EVIDENCE)


def test_only_the_offices_take_papers_in(place: Place, outsider: Actor) -> None:
    with pytest.raises(NotAllowed, match="常委会办公室"):
        keep(place, outsider, "通知".encode())


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("C:\\桌面\\通知.docx", "通知.docx"),
        ("../../etc/passwd", "passwd"),
        ("a\u202ecod.exe", "acod.exe"),
        (" \n", "未命名"),
        ("长" * 300 + ".docx", "长" * 114 + "….docx"),
    ],
)
def test_names_are_kept_without_folders_or_tricks(name: str, kept: str) -> None:
    assert tidy_name(name) == kept


def test_what_no_database_holds_is_replaced_in_place() -> None:
    assert storable("甲\0乙\ud800丙") == "甲\ufffd乙\ufffd丙"


class TestAccess:
    def test_an_office_reads_what_its_place_received(self, paper: Document, staff: Actor) -> None:
        assert access.may_read(staff, paper) is True

    def test_an_office_of_another_place_does_not(self, paper: Document, staff: Actor) -> None:
        paper.place_id += 1
        assert access.may_read(staff, paper) is False

    def test_others_and_the_public_do_not(self, paper: Document, outsider: Actor) -> None:
        assert access.may_read(outsider, paper) is False
        assert access.may_read(None, paper) is False

    def test_a_kind_nobody_vouches_for_stays_shut(self, paper: Document, staff: Actor) -> None:
        paper.kind = "letter"
        assert access.may_read(staff, paper) is False

    def test_any_rule_of_the_kind_may_open(
        self, paper: Document, outsider: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(access, "_rules", {})
        access.register("upload", lambda actor, document: False)
        access.register("upload", lambda actor, document: actor.name == "王芳")
        assert access.may_read(outsider, paper) is True
