"""One suggestion walked by the demo's people, act by act: what the tests of this module begin with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from bihuan.ledger.models import Entry
from bihuan.library.documents import keep_document
from bihuan.library.models import Document
from bihuan.matters.access import Access, access_matter
from bihuan.matters.models import Matter, Party
from bihuan.matters.perform import perform
from bihuan.modules.suggestions.drafts import answer_invitation, invite, keep_draft, words_of
from bihuan.modules.suggestions.effects.raising import hand_in
from bihuan.modules.suggestions.models import Draft
from bihuan.people.demo import Cast

RAISED_ON = date(2026, 3, 2)
WORDS = {
    "title": "关于修复青石镇上河村机耕桥的建议",
    "category": "transport",
    "situation": "上河村机耕桥建于1987年，去年汛期桥面被冲开一道口子，收割机过不去，两百多亩稻田靠人挑。",
    "analysis": "这座桥没有列入农村公路名录，也没有管护单位。",
    "source": "visit",
    "publicity": "open",
    "wanted": "",
    "demands": ["今年汛期前修复上河村机耕桥桥面", "把上河村机耕桥列入农村公路名录并明确管护单位"],
}
ANSWERS = (
    "上河村机耕桥桥面已于2026年4月20日修复完工，收割机可以通行，村委会参加了验收。",
    "上河村机耕桥已列入全县农村公路名录，管护单位为青石镇人民政府，路长公示牌已经安装。",
)
CAST = {"office": "xuting", "director": "fanghua", "deputy": "wuguihua"}


class Walk:
    """A suggestion on its way; each step a day after the last unless told otherwise."""

    def __init__(
        self,
        cast: Cast,
        *,
        joint: Sequence[str] = (),
        raised_on: date = RAISED_ON,
        words: dict[str, Any] | None = None,
    ) -> None:
        self.cast, self.today = cast, raised_on
        self.draft = write(cast, joint=joint, on=raised_on, words=words or WORDS)
        self.matter: Matter = hand_in(
            self.draft, actor=cast.actor(CAST["deputy"], on=raised_on), at=moment(raised_on)
        )

    def act(self, code: str, username: str, who: str = "", /, **answers: Any) -> Entry:
        """The act by that person, for the party of that organ or deputy where it is a lane act."""
        self.today = answers.pop("day", self.today + timedelta(days=1))
        party = self.party(who) if who else None
        self.matter.refresh_from_db()
        entry = perform(
            self.matter,
            code,
            actor=self.cast.actor(username, on=self.today),
            answers=answers,
            at=moment(self.today),
            party=party,
        )
        self.matter.refresh_from_db()
        return entry

    def party(self, who: str) -> Party:
        """The present party of an organ (by the cast's code) or of a deputy (by user name)."""
        going = self.matter.parties.filter(until__isnull=True)
        if who in self.cast.organs:
            return going.filter(organ=self.cast.organs[who], person__isnull=True).latest("pk")
        return going.get(person=self.cast.person(who))

    def access(self, username: str) -> Access:
        return access_matter(self.cast.actor(username, on=self.today), self.matter.number)

    # --- the usual way

    def handed_over(self, *parties: tuple[str, str]) -> Walk:
        self.act("accept", "xuting")
        organs = self.cast.organs
        self.act("hand_over", "xuting", parties=[(organs[code], part) for code, part in parties])
        return self

    def claimed(self, organ: str = "water", clerk: str = "tianye") -> Walk:
        self.act("claim", clerk, organ, person="田野", telephone="0736-3221105")
        return self

    def contacted(self, organ: str = "water", clerk: str = "tianye", *deputies: str) -> Walk:
        asked = [self.party(name) for name in deputies or ("wuguihua",)]
        self.act(
            "contact",
            clerk,
            organ,
            phase="during",
            channel="site",
            deputies=asked,
            who="段虹、田野",
            result="与代表一同察看桥面，商定修复做法。",
        )
        return self

    def drafted(self, organ: str = "water", clerk: str = "tianye", **other: Any) -> Walk:
        items = list(self.matter.items.order_by("pk"))
        reply = {
            "result_class": "A",
            "contact": "田野",
            "telephone": "0736-3221105",
            "answers": [{"item": item.pk, "text": text} for item, text in zip(items, ANSWERS, strict=False)],
            "promises": [],
            **other,
        }
        self.act("draft_reply", clerk, organ, reply=reply)
        return self

    def signed(self, organ: str = "water", *, insist: str = "") -> Walk:
        """Up the agency's chain; with `insist` in spite of what the gate finds."""
        self.act("submit_reply", "tianye", organ, note=insist)
        self.act("check_reply", "duanhong", organ)
        self.act("approve_reply", "leizhigang", organ)
        self.act("sign_reply", "haoyongnian", organ, overrule=insist)
        return self

    def rated(self, username: str = "wuguihua", *, result: str = "satisfied", **given: Any) -> Walk:
        given.setdefault("attitude", "satisfied")
        self.act("rate", username, username, result=result, **{"reasons": [], **given})
        return self


def write(cast: Cast, *, joint: Sequence[str], on: date, words: dict[str, Any]) -> Draft:
    author, at = cast.person(CAST["deputy"]), moment(on)
    draft = Draft.objects.create(author=author, place=cast.place, changed_at=at)
    keep_draft(draft, words, at=at)
    if joint:
        invite(draft, [cast.person(name) for name in joint], actor=cast.actor(CAST["deputy"], on=on), at=at)
    for signature in draft.signatures.all():
        answer_invitation(signature, signs=True, words=words_of(draft), at=at)
    return draft


def moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def evidence(walk: Walk) -> Document:
    """A photograph as far as evidence is concerned."""
    return keep_document(
        data=bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9"),
        name="现场.jpg",
        kind=Document.EVIDENCE,
        place=walk.cast.place,
        actor=walk.cast.actor("tianye", on=walk.today),
        at=moment(walk.today),
    ).document
