"""Labelled replies: hand-written ones dressed as letters, and each kind of fault put into them.

Both parts (bench/labelled/replies_tune.toml, replies_held.toml) have their own subjects and their own wording of
letters and faults. What is made is the same every time.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bihuan.kernel.reply_classes import Outcome, ReplyClass
from bihuan.readers.replies import Body, Earlier, ReplyCase

LABELLED = Path(__file__).parent / "labelled"
# Congress and latest session of the invented places.
PLACES = {"临溪县": (17, 4), "桐江市": (6, 3), "望河区": (9, 5)}
CLASSES = {
    "done": ReplyClass(letter="A", name="已经解决", means=(Outcome.DONE,)),
    "planned": ReplyClass(letter="B", name="正在解决或列入计划", means=(Outcome.DOING, Outcome.PLANNED)),
    "not_now": ReplyClass(letter="C", name="暂时不能解决", means=(Outcome.NOT_NOW,)),
    "reference": ReplyClass(letter="D", name="留作参考", means=(Outcome.REFERENCE,)),
}
CLERKS = ("杨帆", "石磊", "覃晓芬", "李卫东", "邓倩")
STRANGE_NAMES = ("牟天成", "龚秀丽")
WORDS = "零一二三四五六七八九十"


@dataclass(frozen=True)
class Expected:
    """An objection that must be made: `demand` says of which demand, `place` what it must point at."""

    code: str
    demand: int | None = None
    place: str = ""


@dataclass(frozen=True)
class Labelled:
    """A reply, how it came about, and all that must be objected to."""

    name: str
    case: ReplyCase
    expected: tuple[Expected, ...]


@dataclass(frozen=True)
class Letter:
    """The parts a letter is put together from; a fault replaces some of them."""

    heading: str
    salutation: str
    opening: str
    paragraphs: tuple[str, ...]
    closing: str
    contact: str
    sign: str
    day: str
    copy: str
    mark: str = ""

    def text(self) -> str:
        rows = [self.mark, self.heading, self.salutation, self.opening, *self.paragraphs]
        rows += [self.closing, self.contact, self.sign, self.day, self.copy]
        return "\n".join(row for row in rows if row)


@dataclass(frozen=True)
class Base:
    """One hand-written suggestion with its reply."""

    index: int
    row: dict[str, Any] = field(hash=False)
    wording: dict[str, Any] = field(hash=False)

    @property
    def place(self) -> str:
        return next(place for place in PLACES if str(self.row["agency"]).startswith(place))

    @property
    def demands(self) -> tuple[str, ...]:
        return tuple(self.row["demands"])

    @property
    def words(self) -> dict[str, str]:
        """What the wording's {…} are filled in with."""
        congress, session = PLACES[self.place]
        number = str(self.row["number"])
        return {
            "session": session_name(self.place, congress, session, self.index),
            "last_session": session_name(self.place, congress, session - 1, self.index),
            "term": f"{self.place[-1]}{in_words(congress)}届",
            "number": number,
            "padded": number.zfill(3),
            "other_number": str(int(number) + 61),
            "title": self.row["title"],
            "agency": self.row["agency"],
            "self": self_word(self.row["agency"]),
            "lead": self.row["lead"],
            "place": self.place,
            "clerk": CLERKS[self.index % len(CLERKS)],
            "phone": f"0751-83{self.index:02d}{(self.index * 37) % 100:02d}6",
            "stranger_name": STRANGE_NAMES[self.index % 2],
        }

    def pick(self, key: str, turn: int = 0) -> str:
        """One of the wordings under `key`, another one for each reply, filled in."""
        choices = self.wording[key]
        return str(choices[(self.index + turn) % len(choices)]).format(**self.words)

    def letter(self, *, between: bool = False) -> Letter:
        words = self.words
        joint = self.row["joint"]
        named = "、".join([self.row["lead"], *joint])
        salutation = (
            f"{named}代表："
            if len(joint) < 2 or self.index % 2
            else f"{self.row['lead']}等{len(joint) + 1}位代表："
        )
        return Letter(
            heading=self.pick("between" if between else "headings"),
            salutation=("尊敬的" if self.index % 3 == 0 else "") + salutation,
            opening=self.wording["openings"][2].format(**words) if between else self.pick("openings"),
            paragraphs=tuple(unbraced(answer) for answer in self.row["answers"]),
            closing=self.pick("closings"),
            contact=self.pick("contacts"),
            sign=self.row["agency"],
            day=f"2025年{5 + self.index % 3}月{3 + self.index}日",
            copy=self.pick("copies"),
        )

    def case(self, letter: Letter, *, others: tuple[Body, ...], earlier: tuple[Earlier, ...]) -> ReplyCase:
        congress, session = PLACES[self.place]
        copies = tuple(re.split("[，、]", letter.copy.partition("：")[2])) if letter.copy else ()
        return ReplyCase(
            text=letter.text(),
            congress=congress,
            session=session,
            number=str(self.row["number"]),
            title=self.row["title"],
            lead=self.row["lead"],
            joint=tuple(self.row["joint"]),
            agency=Body(name=self.row["agency"], aliases=tuple(self.row["aliases"])),
            others=others,
            demands=self.demands,
            reply_class=CLASSES[self.row["class"]],
            copies=copies,
            earlier=earlier,
        )


def session_name(place: str, congress: int, session: int, turn: int) -> str:
    """One session in the ways letters write it."""
    return (
        f"{place[-1]}{in_words(congress)}届人大{in_words(session)}次会议",
        f"{place}第{in_words(congress)}届人民代表大会第{in_words(session)}次会议",
        f"{place}{congress}届人大{session}次会议",
    )[turn % 3]


def in_words(value: int) -> str:
    return WORDS[value] if value <= 10 else f"十{WORDS[value - 10]}"


def self_word(agency: str) -> str:
    """How the agency speaks of itself: 我局, 我委, 我院."""
    for ending, word in (("委员会办公室", "我办"), ("委员会", "我委"), ("法院", "我院"), ("总工会", "我会")):
        if agency.endswith(ending):
            return word
    return "我分局" if agency.endswith("分局") else "我局"


def unbraced(answer: str) -> str:
    return answer.replace("{", "").replace("}", "")


def undated(answer: str, vague: str) -> str:
    """The answer with a vague word in place of each promise's time."""
    return re.sub(r"(?:在|于)?\{[^}]*\}", vague, answer)


def promised(answer: str, vague: str = "") -> list[str]:
    """Each promise's time, or the vague word in its place, with the words that follow."""
    parts = re.split(r"(?:在|于)?\{([^}]*)\}", answer)
    return [
        (vague or time) + re.split("[，。；、]", words)[0]
        for time, words in zip(parts[1::2], parts[2::2], strict=True)
    ]


def bases(part: str) -> list[Base]:
    """The hand-written replies of a part: tune or held."""
    data = tomllib.loads((LABELLED / f"replies_{part}.toml").read_text(encoding="utf-8"))
    return [Base(index, row, data["wording"]) for index, row in enumerate(data["reply"])]


def labelled(part: str) -> list[Labelled]:
    """All labelled replies of a part, faultless ones first."""
    every = bases(part)
    made = [one for base in every for one in _clean(base, every)]
    return made + [one for base in every for one in _faulty(base, every)]


def _around(base: Base, every: list[Base]) -> tuple[tuple[Body, ...], tuple[Earlier, ...]]:
    """The other bodies of the part, and six other replies as the same agency's earlier ones."""
    bodies = {
        other.row["agency"]: Body(name=other.row["agency"], aliases=tuple(other.row["aliases"]))
        for other in every
        if other.row["agency"] != base.row["agency"]
    }
    near = [every[(base.index + step) % len(every)] for step in (1, 2, 3, 5, 8, 13)]
    policy = (base.wording["policy"],)  # what an agency writes into every letter
    earlier = []
    for other in near:
        letter = other.letter()
        letter = replace(letter, paragraphs=policy * (other.index % 2) + letter.paragraphs)
        earlier.append(Earlier(label=f"第{other.row['number']}号", text=letter.text()))
    return tuple(bodies.values()), tuple(earlier)


def _clean(base: Base, every: list[Base]) -> Iterator[Labelled]:
    """Nothing to object to: plain, between sessions, and with what looks like a fault and is none."""
    others, earlier = _around(base, every)

    def make(name: str, letter: Letter) -> Labelled:
        return Labelled(name, base.case(letter, others=others, earlier=earlier), ())

    plain = base.letter()
    yield make("clean", plain)
    between = base.case(base.letter(between=True), others=others, earlier=earlier)
    yield Labelled("clean between sessions", replace(between, session=None), ())
    body = plain.paragraphs
    yield make(
        "clean with others named", replace(plain, paragraphs=(*body, base.row["aside"], base.pick("upkeep")))
    )
    rightly = (base.pick("earlier"), *body, base.pick("handling"), base.pick("quotes"))
    yield make("clean with other numbers, 提案, quotations", replace(plain, paragraphs=rightly))
    yield make(
        "clean with a paragraph written everywhere",
        replace(plain, paragraphs=(base.wording["policy"], *body, base.pick("figures")), mark=mark(base)),
    )


def mark(base: Base, letter: str = "") -> str:
    return str(base.wording["marks"][base.index % 2]).format(
        letter=letter or CLASSES[base.row["class"]].letter
    )


def _faulty(base: Base, every: list[Base]) -> Iterator[Labelled]:
    others, earlier = _around(base, every)
    plain = base.letter()
    turn = base.index
    words = base.words | {"stranger": others[turn % len(others)].name}

    def make(name: str, letter: Letter, /, *expected: Expected, **changes: Any) -> Labelled:
        case = replace(base.case(letter, others=others, earlier=earlier), **changes)
        return Labelled(name, case, expected)

    yield from _wrong_heads(base, plain, make)
    # --- words and copies of the other body
    where, _, what = str(base.wording["cppcc"][turn % 4]).partition(":")
    code = "cppcc_copy" if where == "copy" else "cppcc_wording"
    yield make("提案", replace(plain, **{where: what.format(**words)}), Expected(code))
    # --- another agency left in
    where, _, what = str(base.wording["strangers"][turn % 4]).partition(":")
    stranger = words["stranger"]
    if where == "sign":
        letter, place = replace(plain, sign=stranger), stranger
    elif where == "self":
        place = "我院" if words["self"] != "我院" else "我局"
        letter = replace(plain, opening=plain.opening.replace(words["self"], place))
        letter = replace(letter, paragraphs=(*plain.paragraphs, f"{place}将一如既往接受代表监督。"))
    else:
        letter, place = replace(plain, **{where: what.format(**words)}), stranger
    yield make("another agency speaks", letter, Expected("foreign_speaker", place=place))
    # --- a work summary
    summary = base.pick("summaries").split("\n")
    yield make(
        "work summary",
        replace(plain, paragraphs=tuple(summary)),
        Expected("work_summary"),
        *(Expected("demand_unanswered", k) for k in range(len(base.demands))),
    )
    yield from _copied(base, every, plain, make)
    yield from _unanswered(base, plain, make)
    yield from _classes(base, every, plain, make)
    # --- the letter's own parts
    salutation = str(base.wording["unaddressed"][turn % 4]).format(**words)
    yield make("not addressed", replace(plain, salutation=salutation), Expected("not_addressed"))
    yield make("no contact", replace(plain, contact=base.pick("uncontacted")), Expected("no_contact"))
    place = base.pick("placeholders")
    yield make(
        "placeholder",
        replace(plain, paragraphs=(*plain.paragraphs, place)),
        Expected("placeholder", place=place),
    )


def _wrong_heads(base: Base, plain: Letter, make: Any) -> Iterator[Labelled]:
    """Term, session, number, title: another one, or none."""
    congress, session = PLACES[base.place]
    turn, words = base.index, base.words
    right = words["session"]
    wrong = (
        session_name(base.place, congress - 1, session, turn),
        session_name(base.place, congress, session - 1, turn),
        session_name(base.place, congress - 1, session + 2, turn),
        f"{words['term']}人大闭会期间",
    )[turn % 4]
    letter = replace(plain, heading=plain.heading.replace(right, wrong))
    yield make("wrong session", letter, Expected("wrong_session", place=wrong))
    number = str(int(words["number"]) + (10, 1, 90)[turn % 3])
    swap = re.compile(rf"[（(]?(?:建议)?第?0*{words['number']}号[）)]?")
    if turn % 5 == 4:
        letter = replace(plain, heading=swap.sub("", plain.heading), opening=swap.sub("", plain.opening))
        yield make("number missing", letter, Expected("wrong_number"))
    else:
        heading = re.sub(f"第0*{words['number']}号", f"第{number}号", plain.heading)
        yield make(
            "wrong number", replace(plain, heading=heading), Expected("wrong_number", place=f"第{number}号")
        )
    if words["title"] in plain.opening:
        other = "关于加强城乡环境卫生整治的建议"
        letter = replace(plain, opening=plain.opening.replace(words["title"], other))
        yield make("wrong title", letter, Expected("wrong_title", place=other))


def _copied(base: Base, every: list[Base], plain: Letter, make: Any) -> Iterator[Labelled]:
    """The text of another reply under this one's head: all of it, or all but the first answer."""
    source = every[(base.index + 1 + base.index % 4) % len(every)]
    text = source.letter()
    own = base.words["self"]
    taken = tuple(paragraph.replace(source.words["self"], own) for paragraph in text.paragraphs)
    label = f"第{source.row['number']}号"
    earlier = (Earlier(label=label, text=text.text()), *_around(base, every)[1][:2])
    meaning = source.row["class"]
    changes = {"earlier": earlier, "reply_class": CLASSES[meaning]}
    yield make(
        "text of another reply",
        replace(plain, paragraphs=taken),
        Expected("copied_reply"),
        *(Expected("demand_unanswered", k) for k in range(len(base.demands))),
        **changes,
    )
    if base.row["class"] == meaning:
        yield make(
            "text of another reply after the first answer",
            replace(plain, paragraphs=(plain.paragraphs[0], *taken[1:])),
            Expected("copied_reply"),
            *(Expected("demand_unanswered", k) for k in range(1, len(base.demands))),
            **changes,
        )


def _unanswered(base: Base, plain: Letter, make: Any) -> Iterator[Labelled]:
    """A demand left out, answered beside the point, or with words only."""
    answers = plain.paragraphs
    turn = base.index
    gone = turn % len(answers)
    kept = tuple(answer for k, answer in enumerate(answers) if k != gone)
    yield make("demand left out", replace(plain, paragraphs=kept), Expected("demand_unanswered", gone))
    beside, near = base.row["near"]
    changed = tuple(near if k == beside else answer for k, answer in enumerate(answers))
    yield make("beside the point", replace(plain, paragraphs=changed), Expected("demand_unanswered", beside))
    if base.row["class"] == "reference":
        return  # there, to be taken for reference is what the class says
    empty = (turn + 1) % len(answers)
    words = base.words | {"demand": base.demands[empty]}
    said = str(base.wording["evasions"][turn % 3]).format(**words)
    changed = tuple(said if k == empty else answer for k, answer in enumerate(answers))
    yield make("words only", replace(plain, paragraphs=changed), Expected("demand_unanswered", empty))


def _classes(base: Base, every: list[Base], plain: Letter, make: Any) -> Iterator[Labelled]:
    """Class and text apart, and promises without a date."""
    answers: tuple[str, ...] = tuple(base.row["answers"])
    meaning = base.row["class"]
    turn = base.index
    if meaning == "done":
        k, late = base.row["late"]
        changed = tuple(late if k == j else answer for j, answer in enumerate(answers))
        letter = replace(plain, paragraphs=tuple(map(unbraced, changed)))
        yield make("solved, in future", letter, Expected("solved_in_future", place=promised(late)[0]))
        yield make("done as not now", plain, Expected("class_inconsistent"), reply_class=CLASSES["not_now"])
    if meaning == "planned":
        sentences = [sentence for answer in answers for sentence in re.split("[。；]", answer)]
        # A sentence is asked about once, however much it promises.
        places = tuple(said[0] for sentence in sentences if (said := promised(sentence, base.pick("vague"))))
        yield make("plans as solved", plain, Expected("solved_in_future"), reply_class=CLASSES["done"])
        letter = replace(plain, paragraphs=tuple(undated(answer, base.pick("vague")) for answer in answers))
        yield make("undated", letter, *(Expected("promise_undated", place=place) for place in places))
        refusals = tuple(
            str(base.wording["refusals"][(turn + j) % 2]).format(**base.words | {"demand": demand})
            for j, demand in enumerate(base.demands)
        )
        letter = replace(plain, paragraphs=refusals)
        yield make("refused as planned", letter, Expected("class_inconsistent"))
    if meaning == "not_now":
        yield make("refused as solved", plain, Expected("class_inconsistent"), reply_class=CLASSES["done"])
        yield make(
            "refused as planned", plain, Expected("class_inconsistent"), reply_class=CLASSES["planned"]
        )
    wrong = next(letter for letter in "BADC" if letter != CLASSES[meaning].letter)
    letter = replace(plain, mark=mark(base, wrong))
    yield make("another class printed", letter, Expected("class_inconsistent", place=mark(base, wrong)))
