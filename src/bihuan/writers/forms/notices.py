"""The notice that issues a session's resolutions and opinions (印发通知), with them as annexes."""

from __future__ import annotations

from datetime import date
from typing import Final

from bihuan.writers.numbers import DocumentNumber
from bihuan.writers.paper import Annex, ImprintPlace, Paper, Paragraph, annex_titles

_KINDS: Final = ("决议", "决定", "审议意见")


def issued_kinds(annexes: tuple[Annex, ...]) -> str:
    """What the annexes are, by the last words of their titles: 决议和审议意见; 有关文件 if any is neither."""
    titles = annex_titles(annexes)
    found = [kind for kind in _KINDS if any(title.endswith(kind) for title in titles)]
    if not found or not all(title.endswith(_KINDS) for title in titles):
        return "有关文件"
    return "、".join(found[:-1]) + "和" + found[-1] if len(found) > 1 else found[0]


def notice_with_annexes(
    *,
    letterhead: str,
    number: DocumentNumber | None,
    session: str,
    addressees: tuple[str, ...],
    annexes: tuple[Annex, ...],
    organ: str,
    dated: date | None,
    sealed: bool,
    copied_to: tuple[str, ...],
    printed_by: str,
    printed_on: date | None,
    signer: str = "",
    imprint_place: ImprintPlace = "end",
    title: str = "",
    words: tuple[str, ...] = (),
) -> Paper:
    """The notice issuing what `session` (its full name) adopted; one annex for each text.

    letterhead: the red head as printed, e.g. 临溪县人大常委会文件. organ: the signature. A notice that has been
    issued has a `title` and `words` (paragraphs) of its own: they stand under its number, and no others.
    """
    kinds = issued_kinds(annexes)
    words = words or (f"{session}通过的{kinds}，现印发给你们，请认真研究处理，逐项抓好落实。",)
    return Paper(
        form="document",
        letterhead=letterhead,
        number=number,
        signer=signer,
        title=title or f"{organ}关于印发{session}{kinds}的通知",
        addressees=addressees,
        body=tuple(Paragraph(text) for text in words),
        attachments=annex_titles(annexes),
        organs=(organ,),
        dated=dated,
        sealed=sealed,
        annexes=annexes,
        copied_to=copied_to,
        printed_by=printed_by,
        printed_on=printed_on,
        imprint_place=imprint_place,
    )
