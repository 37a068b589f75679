"""Is each demand answered? By what words, in which sentence, and if not, which comes nearest.

A demand's own words (nouns before verbs, a line's or a road's number before anything) are looked for paragraph by
paragraph; what all demands share, as the title does, tells them apart from nothing and weighs little. A paragraph
answers only if it also does, promises or refuses something: to be thanked, valued and studied is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from bihuan.readers.parts.clauses import clauses
from bihuan.readers.parts.marks import items_of
from bihuan.readers.replies.acts import Act, act_of
from bihuan.readers.replies.case import Objection, ReplyCase, Severity
from bihuan.readers.replies.letter import Letter, Stretch
from bihuan.readers.replies.vocabulary import COMMON_CHARACTERS, GENERIC_VERBS, STOP_WORDS, same_words
from bihuan.readers.wording.words import tags

_ENOUGH = 0.38  # share of a demand's weight a paragraph must hold
_ENOUGH_IF_FREE = 0.3  # ... that no other demand lays claim to
_BESIDE = 0.6  # weight left to what only describes or lists examples of the thing asked for
_BESIDE_WHAT = re.compile(r"[^，；。]*?(?:的(?!$)|、[^，；。]*等)")
_A_WORD = 0.3  # match_share from which a word counts as there
_ENOUGH_CHARACTERS = 0.5
_FEWEST_CHARACTERS = 3
_MOST_FREE = 3
_SHARED = 0.35  # weight left to a word that title or another demand has, too
_IDENTIFIER = re.compile(r"\d+(?:路|号|国道|省道|线|栋|组)")
_GENERIC = 0.25  # weight of a verb any work can be told with
_WEIGHTS = {"n": 1.0, "v": 0.6, "a": 0.4, "i": 0.8, "l": 0.8, "j": 1.0, "s": 0.8, "z": 0.8, "e": 1.0}
_REPEATED = 0.5  # share of a clause's two-character stretches that stand in the demand
_ANSWERING: frozenset[Act] = frozenset({"done", "told", "promised", "refused"})
_LONGEST_ANSWER = 450  # characters: a longer paragraph is judged sentence by sentence


@dataclass(frozen=True, slots=True)
class Answer:
    """How one demand fares: the place that comes nearest, how much of it is there, and what is missing."""

    demand: str
    at: Stretch | None
    share: float
    missing: tuple[str, ...]
    acts: frozenset[Act]
    enough: float = _ENOUGH
    free: Stretch | None = (
        None  # a paragraph that answers none of the demands by its words, but tells something
    )

    @property
    def found(self) -> bool:
        return self.share >= self.enough

    @property
    def answered(self) -> bool:
        return self.found and bool(self.acts & _ANSWERING)


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word that carries a demand's content; `across` are the pairs over its edges, should it be cut wrongly."""

    word: str
    weight: float
    across: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def keywords(demand: str) -> tuple[Keyword, ...]:
    """The words of a demand that carry its content, each once."""
    found = {match[0]: Keyword(match[0], 1.2) for match in _IDENTIFIER.finditer(demand)}
    end = 0
    for word, tag in tags(demand):
        start, end = end, end + len(word)
        if len(word) < 2 or not "\u4e00" <= word[0] <= "\u9fff":
            continue
        if word in STOP_WORDS or {word[:2], word[2:]} <= STOP_WORDS:  # 方便群众
            continue
        weight = _GENERIC if word in GENERIC_VERBS else _WEIGHTS.get(tag[:1], 0.5)
        weight *= _BESIDE if _BESIDE_WHAT.match(demand, end) else 1.0
        edges = (demand[start - 1 : start + 1] if start else "", demand[end - 1 : end + 1])
        across = tuple(
            pair for pair in edges if len(pair) == 2 and all("\u4e00" <= c <= "\u9fff" for c in pair)
        )
        found.setdefault(word, Keyword(word, weight, across))
    return tuple(found.values())


def answers(case: ReplyCase, letter: Letter) -> tuple[Answer, ...]:
    """One answer for each demand, in their order."""
    places = _places(letter)
    words = [_weighted(demand, case) for demand in case.demands]
    best = [
        _best(demand, weighted, letter, places) for demand, weighted in zip(case.demands, words, strict=True)
    ]
    taken = {answer.at for answer in best if answer.found}
    free = [place for place in places if place not in taken and _acts("", letter, place) & _ANSWERING]
    # More paragraphs that answer nothing are no letter that goes demand by demand.
    by_turns = len(free) <= _MOST_FREE
    return tuple(
        answer if answer.found else _in_free_place(answer, weighted, letter, free, by_turns=by_turns)
        for answer, weighted in zip(best, words, strict=True)
    )


def _in_free_place(
    answer: Answer, words: list[Keyword], letter: Letter, free: list[Stretch], *, by_turns: bool
) -> Answer:
    """A paragraph that answers no other demand may answer this one in other words.

    Two-character words are often said with one of their characters (逆行: 逆向行驶), so single characters are
    looked for there, the commonest left out.
    """
    if not free:
        return answer
    place = max(free, key=lambda place: _characters(words, letter.text[slice(*place)]))
    other = _best(answer.demand, words, letter, [place])
    if by_turns and (
        other.share >= _ENOUGH_IF_FREE or _characters(words, letter.text[slice(*place)]) >= _ENOUGH_CHARACTERS
    ):
        return replace(other, at=place, enough=0.0, acts=_acts(answer.demand, letter, place))
    return replace(answer, free=place)


def _characters(words: list[Keyword], text: str) -> float:
    """The share of the characters of a demand's own words that `text` holds."""
    told = [
        c for key in words if key.word not in GENERIC_VERBS for c in key.word if c not in COMMON_CHARACTERS
    ]
    return sum(c in text for c in told) / len(told) if len(told) >= _FEWEST_CHARACTERS else 0.0


def unanswered(letter: Letter, found: tuple[Answer, ...]) -> Iterator[Objection]:
    """Each demand without an answer, with the sentence that comes nearest."""
    for number, answer in enumerate(found, 1):
        if answer.answered:
            continue
        end = (letter.body[1], letter.body[1])
        near = answer.at if answer.found else answer.free or answer.at
        severity: Severity = "stop"
        if answer.found:
            said = "提到了，但没有说做了什么、准备做什么或者为什么不能做"
        else:
            lacking = "、".join(f"“{word}”" for word in answer.missing[:4])
            said = f"正文里没有找到{lacking}" if lacking else "正文里没有找到对应的内容"
            if answer.free:
                severity, said = "ask", f"{said}；有一段没有对应任何意见，请看是不是换了说法"
        yield Objection(
            code="demand_unanswered",
            severity=severity,
            explanation=f"第{number}条意见“{answer.demand}”{'可能' * (severity == 'ask')}没有答复：{said}。",
            mend="写明这条意见已经办到什么程度，或者何时办、由谁办，或者不能办的原因。",
            at=letter.span(near if near and (answer.found or answer.free) else end),
            other=answer.demand,
            nearest=letter.span(near) if near else None,
        )


def _places(letter: Letter) -> list[Stretch]:
    """Where an answer may stand: paragraphs, the items of one (一是…；二是…), single sentences of long ones."""
    found: list[Stretch] = []
    for start, end in letter.blocks:
        items = items_of(letter.flow, start, end)
        inside = letter.sentences_within((start, end))
        if len(items) > 1:
            found += [(start, items[0].mark)] * (items[0].mark > start) + [
                (one.mark, one.end) for one in items
            ]
        elif end - start <= _LONGEST_ANSWER:
            found.append((start, end))
        else:
            found += [*inside, *((a[0], b[1]) for a, b in pairwise(inside))]
    return found


def _weighted(demand: str, case: ReplyCase) -> list[Keyword]:
    """The demand's words; what stands in the title or in other demands weighs less."""
    others = [case.title, *(other for other in case.demands if other != demand)]
    return [
        replace(key, weight=key.weight * _SHARED) if any(key.word in other for other in others) else key
        for key in keywords(demand)
    ]


def _best(demand: str, words: list[Keyword], letter: Letter, places: list[Stretch]) -> Answer:
    """The place that holds most of a demand."""
    whole = sum(key.weight for key in words) or 1.0
    words = sorted(words, key=lambda key: -key.weight)
    best = Answer(demand, None, 0.0, tuple(key.word for key in words), frozenset())
    for place in places:
        text = letter.text[slice(*place)]
        held = [(key, match_share(key, text)) for key in words]
        if not any(part >= _A_WORD for key, part in held if key.word not in GENERIC_VERBS):
            continue  # built, installed, organised: but what?
        share = sum(key.weight * part for key, part in held) / whole
        if share <= best.share:
            continue
        missing = tuple(key.word for key, part in held if part < 0.5)
        best = Answer(demand, place, share, missing, _acts(demand, letter, place))
    return best


def _acts(demand: str, letter: Letter, place: Stretch) -> frozenset[Act]:
    """What the sentences of a place do, the demand's own words repeated in them left out."""
    asked = {demand[k : k + 2] for k in range(len(demand) - 1)}
    acts: set[Act] = set()
    for start, end in letter.sentences_within(place):
        parts = (letter.text[a:b] for a, b in clauses(letter.text, start, end))
        own = "，".join(part for part in parts if not _repeats(part, asked))
        if own:
            acts.add(act_of(own))
    return frozenset(acts)


def _repeats(clause: str, asked: set[str]) -> bool:
    """Is most of a clause the demand over again (关于…的问题)?"""
    pairs = [clause[k : k + 2] for k in range(len(clause) - 1)]
    return sum(pair in asked for pair in pairs) >= _REPEATED * max(1, len(pairs))


def match_share(key: Keyword, text: str) -> float:
    """1 where `text` holds the word or another for the same thing; part of it where it holds a part."""
    word = key.word
    if word in text:
        return 1.0
    if any(other in text for other in same_words(word)):
        return 0.9
    if any(pair in text for pair in key.across):
        return 0.6
    if len(word) < 3:
        return 0.0
    # 建筑工地: the thing itself stands at the end (工地), what kind it is before it.
    kind, thing = (
        any(other in text for other in (part, *same_words(part))) for part in (word[:2], word[-2:])
    )
    return 0.5 * thing + 0.3 * kind
