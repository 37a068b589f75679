"""Kin of a text: the matters that say nearly the same, or speak of the same thing in other words.

Every remembered text leaves its keys in one table: its telling words (pairs of neighbouring characters, those
of the title and those the body repeats) and the bands of its MinHash signature over runs of three characters.
Words find kin in other words and work from the first few characters typed; bands find edited copies of texts
that have no rare word. Both are looked up alike: the newest few rows of each key tell how rare it is, then the
rarest keys are read to their end, as many rows as a budget allows, so that the time does not grow with the
number of matters. What they bring up is compared character by character (rapidfuzz) before it is called kin.

Keys carry the place: kin are looked for within one place.
"""

from __future__ import annotations

import hashlib
import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from django.db import connection, transaction
from django.db.models import Max, QuerySet
from rapidfuzz import fuzz

from bihuan.library.search import fold, unwrap
from bihuan.matters.models import KinKey, KinText, Matter
from bihuan.people.models import Place

MOST_WORDS = 40  # telling words of a text
BANDS, ROWS_IN_BAND = 16, 4  # of the signature: texts that share two thirds of their runs meet in a band
SIGNED_FROM = 40  # characters; a shorter text is words alone
KEPT = 2_000  # characters of a text that are compared
SAMPLE = 32  # newest rows of each key, from which its frequency is told
FEW = 1_000  # in a smaller record chance alone would make a word rare
BUDGET = 12_000  # rows of rare keys read to their end
CANDIDATES = 80  # matters compared character by character
NEAR = 0.75  # from this likeness of the characters on it is called the same text
LEAST = 0.3  # below this likeness nobody would call it kin
LEAST_ALIKE = 0.2  # below this likeness it is about something else

_STRESS = 3  # the power to which a word's weight counts: one rare name against a sentence of common words
_TITLE = 0.65  # how much of the likeness the title decides

_SEED = 20260302
# Characters that only join words, so that no pair with them tells anything.
_JOINING = frozenset("的了与及在是并其之或")
# What every suggestion says.
_FORMAL = frozenset(
    """
    关于 建议 加强 进一 一步 加快 推进 完善 解决 问题 工作 情况 有关 部门 加大 力度 尽快 落实 提高 促进
    我县 我市 我区 我镇 近年 年来 去年 以来 为此 希望 目前 需要 应当 存在 方面 不断 积极 相关 反映 群众 提出 意见 办理
""".split()  # noqa: SIM905 - pairs read better as a text
)
_EMPTY = re.compile("|".join(sorted(_FORMAL | _JOINING)))
_RUN = re.compile(r"[\u3400-\u9fff0-9a-z]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """A matter found, how alike (0 to 1), whether it is nearly the same text, and the words both use."""

    matter: Matter
    likeness: float
    near: bool
    shared: tuple[str, ...]


# --- remembering: in the transaction of the matter itself


def remember_text(matter: Matter, text: str) -> None:
    """Make the matter findable as kin by `text` (its title on the first line), instead of what was remembered
    for it before."""
    kept = folded_text(text)
    with transaction.atomic():
        old = KinText.objects.filter(matter=matter).first()
        if old is not None:
            if old.text == kept:
                return
            _forget(matter, old.text)
        KinText.objects.update_or_create(matter=matter, defaults={"text": kept})
        keys = keys_of(kept, place=matter.place_id)
        KinKey.objects.bulk_create([KinKey(key=key, matter=matter) for key in keys])


def remember_new(texts: Mapping[Matter, str]) -> None:
    """The same for many matters that nothing has been remembered for yet."""
    kept = {matter: folded_text(text) for matter, text in texts.items()}
    KinText.objects.bulk_create([KinText(matter=matter, text=text) for matter, text in kept.items()])
    KinKey.objects.bulk_create(
        [
            KinKey(key=key, matter=matter)
            for matter, text in kept.items()
            for key in keys_of(text, place=matter.place_id)
        ],
        batch_size=10_000,
    )


def _forget(matter: Matter, kept: str) -> None:
    """The keys are told from the text itself: nothing looks them up by matter."""
    keys = keys_of(kept, place=matter.place_id)
    KinKey.objects.filter(key__in=list(keys), matter=matter).delete()


def remember_anew() -> int:
    """Make all keys anew from the texts kept; matters older than this memory are remembered by their title and
    items. Returns how many."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM matters_kinkey")
        for matter in Matter.objects.filter(kin_text=None).prefetch_related("items").iterator(chunk_size=200):
            said = "\n".join([matter.title, *(item.text for item in matter.items.all())])
            KinText.objects.create(matter=matter, text=folded_text(said))
        count = 0
        for kept in KinText.objects.select_related("matter").order_by("pk").iterator(chunk_size=200):
            keys = keys_of(kept.text, place=kept.matter.place_id)
            KinKey.objects.bulk_create([KinKey(key=key, matter_id=kept.pk) for key in keys])
            count += 1
    return count


def folded_text(text: str) -> str:
    """The text as compared: folded, its first line apart, without white space and beyond reason."""
    title, _, body = text.strip().partition("\n")
    return f"{fold(unwrap(title))}\n{fold(unwrap(body))}"[:KEPT]


def keys_of(kept: str, *, place: int) -> dict[int, str]:
    """Every key of a folded text; a word's key with the word, a band's with ''."""
    found = {_word_key(word, place): word for word in telling_words(kept)}
    found.update((key, "") for key in _bands(kept, place))
    return found


def telling_words(kept: str, *, most: int = MOST_WORDS) -> list[str]:
    """The pairs of characters that tell what a text is about: the title's, then those the body says most
    often; between equals the order of the characters decides, so that two wordings keep the same ones."""
    title, _, body = kept.partition("\n")
    words = dict.fromkeys(_pairs(title))
    counted = Counter(_pairs(body))
    words.update(dict.fromkeys(sorted(sorted(counted, reverse=True), key=counted.__getitem__, reverse=True)))
    return list(words)[:most]


def _pairs(folded: str) -> Iterator[str]:
    """Every pair of neighbouring characters, but not across what tells nothing."""
    for run in _RUN.findall(_EMPTY.sub(" ", folded)):
        for at in range(len(run) - 1):
            yield run[at : at + 2]


def _word_key(word: str, place: int) -> int:
    """Below 2^62: the place, then the two characters (21 bits each)."""
    return (place & 0xFFFFF) << 42 | ord(word[0]) << 21 | ord(word[1])


def _bands(kept: str, place: int) -> list[int]:
    """Negative numbers, one for each band of the signature."""
    from rensa import RMinHash

    joined = "".join(_RUN.findall(kept))
    if len(joined) < SIGNED_FROM:
        return []
    signature = RMinHash(num_perm=BANDS * ROWS_IN_BAND, seed=_SEED)
    signature.update([joined[at : at + 3] for at in range(len(joined) - 2)])
    digest = signature.digest()
    keys = []
    for band in range(BANDS):
        rows = digest[band * ROWS_IN_BAND : (band + 1) * ROWS_IN_BAND]
        mark = hashlib.blake2b(f"{place}:{band}:{rows}".encode(), digest_size=8).digest()
        keys.append(-1 - (int.from_bytes(mark, "big") >> 2))
    return keys


# --- finding


def kin_of(
    text: str,
    *,
    place: Place,
    among: QuerySet[Matter] | None = None,
    limit: int = 5,
    exclude: Matter | None = None,
) -> list[Kin]:
    """The matters of the place most alike to `text` (its title on the first line; a few characters suffice),
    likest first. At most five queries, whatever the number of matters.

    `among` are the matters that may be shown (`visible_matters(actor)`, published ones); `exclude` is the
    matter the text belongs to.
    """
    return _nearest(
        _Asked.of(text, place=place.pk, stress=_STRESS),
        among=among,
        exclude=exclude,
        limit=limit,
        least=LEAST,
    )


def alike_of(
    text: str,
    *,
    place: Place,
    among: QuerySet[Matter] | None = None,
    limit: int = 20,
    exclude: Matter | None = None,
) -> list[Kin]:
    """The matters about the same kind of thing, wherever it is: common words count as they are, so that the
    name of a street does not outweigh what is wrong in it."""
    asked = _Asked.of(text, place=place.pk, stress=1)
    return _nearest(asked, among=among, exclude=exclude, limit=limit, least=LEAST_ALIKE)


def _nearest(
    asked: _Asked, *, among: QuerySet[Matter] | None, exclude: Matter | None, limit: int, least: float
) -> list[Kin]:
    found = [
        (likeness, near, text)
        for text in _candidates(asked, among=among, exclude=exclude)
        for likeness, near in [_likeness(asked, text.text)]
        if likeness >= least
    ]
    found.sort(key=lambda each: (-each[0], -each[2].pk))
    return [
        Kin(
            matter=text.matter,
            likeness=likeness,
            near=near,
            shared=_shared(asked.text, text.text, asked.told),
        )
        for likeness, near, text in found[:limit]
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The text asked about, with what each of its telling words tells (in nats), and the rows of its keys."""

    text: str
    title: Mapping[str, float]
    told: Mapping[str, float]  # all of them
    clauses: tuple[Mapping[str, float], ...]  # the body's words, each in the first clause that has it
    by_title: Mapping[int, float]  # votes for matters, by the words of the title alone
    by_all: Mapping[int, float]

    @classmethod
    def of(cls, text: str, *, place: int, stress: int) -> Self:
        kept = folded_text(text)
        keys = keys_of(kept, place=place)
        weights, rows = _look_up(keys)
        title = set(_pairs(kept.partition("\n")[0]))
        by_title: dict[int, float] = defaultdict(float)
        by_all: dict[int, float] = defaultdict(float)
        for key, matter in rows:
            by_all[matter] += weights[key] ** min(stress, 2)
            if keys[key] in title:
                by_title[matter] += weights[key] ** stress
        told = {word: weights[key] ** stress for key, word in keys.items() if word}
        return cls(
            text=kept,
            told=told,
            title={word: weight for word, weight in told.items() if word in title},
            clauses=tuple(_by_clause(kept.partition("\n")[2], told, without=title)),
            by_title=by_title,
            by_all=by_all,
        )


def _by_clause(body: str, told: Mapping[str, float], *, without: set[str]) -> Iterator[dict[str, float]]:
    seen = set(without)
    for clause in _RUN.findall(body):
        words = [word for word in dict.fromkeys(_pairs(clause)) if word in told and word not in seen]
        seen.update(words)
        if words:
            yield {word: told[word] for word in words}


def _look_up(keys: Iterable[int]) -> tuple[dict[int, float], list[tuple[int, int]]]:
    """How much each key tells, and the (key, matter) rows of those that tell most."""
    asked = list(keys)
    rows = _newest(dict.fromkeys(asked, SAMPLE))
    total = max(KinText.objects.aggregate(last=Max("pk"))["last"] or 0, FEW)
    held: dict[int, list[int]] = defaultdict(list)
    for key, matter in rows:
        held[key].append(matter)
    counts = {key: _count(held[key], total) for key in asked}
    # How many nats a key tells: nothing for one that every text has.
    weights = {key: max(math.log((total + 1) / (count + 0.5)), 0.0) for key, count in counts.items()}
    rest, budget = {}, BUDGET
    for key in sorted(asked, key=lambda each: counts[each]):
        if len(held[key]) == SAMPLE:
            budget -= counts[key]
            if budget < 0:
                break
            rest[key] = 2 * counts[key] + SAMPLE  # the count is told from a sample
    read = _newest(rest)
    return weights, [row for row in rows if row[0] not in rest] + read


def _count(newest: Sequence[int], total: int) -> int:
    """How many rows a key has, told from the ids of its newest: the wider apart, the rarer."""
    if len(newest) < SAMPLE:
        return len(newest)
    return max(SAMPLE, round(total * len(newest) / (max(newest) - min(newest) + 1)))


def _newest(limits: Mapping[int, int]) -> list[tuple[int, int]]:
    """The newest rows of each key, at most so many; one query."""
    if not limits:
        return []
    one = "SELECT * FROM (SELECT key, matter_id FROM matters_kinkey WHERE key = %s ORDER BY matter_id DESC LIMIT %s)"
    sql = " UNION ALL ".join(f"{one} AS part{at}" for at in range(len(limits)))
    with connection.cursor() as cursor:
        cursor.execute(sql, [number for pair in limits.items() for number in pair])
        return [(int(key), int(matter)) for key, matter in cursor.fetchall()]


def _candidates(
    asked: _Asked, *, among: QuerySet[Matter] | None, exclude: Matter | None
) -> Iterable[KinText]:
    """The texts with most votes, half by their titles, half by all they say, of matters that may be shown."""
    wide = CANDIDATES * (8 if among is not None else 1)
    ranked = [
        heapq.nlargest(wide, votes, key=lambda matter: (votes[matter], matter))
        for votes in (asked.by_title, asked.by_all)
    ]
    if among is not None:
        open_ = set(among.filter(pk__in={*ranked[0], *ranked[1]}).values_list("pk", flat=True))
        ranked = [[matter for matter in each if matter in open_] for each in ranked]
    chosen = {matter for each in ranked for matter in each[: CANDIDATES // 2]} - {
        exclude.pk if exclude else None
    }
    return KinText.objects.filter(matter__in=chosen).select_related("matter")


def _likeness(asked: _Asked, other: str) -> tuple[float, bool]:
    """How alike the two texts are, and whether they are nearly the same.

    Nearly the same text: by its characters. Kin: by how much of what the asked text tells, the other tells
    too. In the title every word counts; a clause of the body is one thing said, however many words it has, so
    that its further words count for less and less.
    """
    near = fuzz.ratio(asked.text, other, score_cutoff=100 * NEAR) / 100
    title = _share(
        sum(asked.title.values()), sum(told for word, told in asked.title.items() if word in other)
    )
    if not asked.clauses:
        return round(max(title, near), 3), near >= NEAR
    common = sum(_told([told for word, told in clause.items() if word in other]) for clause in asked.clauses)
    body = _share(sum(_told(clause.values()) for clause in asked.clauses), common)
    return round(max(_TITLE * title + (1 - _TITLE) * body, near), 3), near >= NEAR


def _share(whole: float, part: float) -> float:
    return part / whole if whole else 0.0


def _told(words: Iterable[float]) -> float:
    """What the words of one clause tell together: the first whole, each further one half of the one before."""
    return sum(told * 0.5**at for at, told in enumerate(sorted(words, reverse=True)))


def _shared(asked: str, other: str, words: Mapping[str, float]) -> tuple[str, ...]:
    """What both texts say, in the longest pieces that stand in both, those that tell most first; at most six."""
    pieces: dict[str, float] = {}
    for line in _RUN.findall(asked):
        end = 0
        for at in range(len(line) - 1):
            if at < end - 1 or line[at : at + 2] not in words or line[at : at + 2] not in other:
                continue
            start, end = _widest(line, at, other)
            for piece in _EMPTY.split(line[start:end]):
                told = sum(words.get(first + second, 0.0) for first, second in pairwise(piece))
                if told:
                    pieces[piece] = max(told, pieces.get(piece, 0.0))
    return tuple(sorted(pieces, key=lambda piece: (-pieces[piece], piece))[:6])


def _widest(line: str, at: int, other: str) -> tuple[int, int]:
    """The longest stretch of the line around the pair at `at` that stands in the other text."""
    start, end = at, at + 2
    while end < len(line) and line[start : end + 1] in other:
        end += 1
    while start and line[start - 1 : end] in other:
        start -= 1
    return start, end
