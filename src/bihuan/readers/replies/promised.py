"""The promises of a reply, proposed for the promise ledger: what, by whom, how much, by when."""

from __future__ import annotations

import re

from bihuan.readers.facts import Commitment
from bihuan.readers.parts.clauses import clauses
from bihuan.readers.replies.acts import QUARTER, Promise, promises
from bihuan.readers.replies.case import Body
from bihuan.readers.replies.letter import Letter, Stretch, letter_of
from bihuan.readers.wording.dates import POINT, fixed_point
from bihuan.readers.wording.periods import PERIOD
from bihuan.readers.wording.quantities import QUANTITY, number_of

_SURE = 0.8  # the words of intent are plain; whether it is one promise or two a person sees better
_YEAR = re.compile(r"(?P<year>20\d\d)年(?!以?来)|(?P<this>今年|本年)|(?P<next>明年)|(?P<later>后年)")
# Who does it: 由县水利局负责, 县水利局将….
_DOES = r"(?:已?(?:负责|牵头|承担)|将|拟|计划|会同|于|在)"


def find_promises(
    text: str, *, agency: Body, others: tuple[Body, ...] = (), said_on: str = ""
) -> tuple[Commitment, ...]:
    """Each promise of a reply's text in reading order; raises CannotOpen for a text without words.

    `agency` answers for what names nobody else; `said_on` is the ISO day of the reply where its text is undated.
    A time the text gives only roughly, or from an event, is asked about and never computed.
    """
    letter = letter_of(text)
    day = letter.dated or said_on
    return tuple(
        _commitment(letter, promise, agency, others, day) for promise in promises(letter, said_on=day)
    )


def _commitment(
    letter: Letter, promise: Promise, agency: Body, others: tuple[Body, ...], said_on: str
) -> Commitment:
    text = letter.text
    begin = (
        min(promise.at[0], promise.time[0])
        if promise.time and promise.time[0] < promise.at[0]
        else promise.at[0]
    )
    at = letter.span((begin, promise.at[1]))
    deadline, doubt = _deadline(text, promise.time, said_on)
    amount = _amount(text, promise)
    return Commitment(
        at=at,
        confidence=_SURE,
        doubt=doubt,
        unit=_owner(text, promise, agency, others),
        text=at.quote,
        deadline=deadline,
        quantity=number_of(amount) if amount else None,
        measure=amount["measure"] if amount else "",
    )


def _deadline(text: str, time: Stretch | None, said_on: str) -> tuple[str, str]:
    """The time as far as the text fixes it, in ISO, and the question that is left."""
    if time is None:
        return "", "没有写明完成时间，请向承诺单位核实。"
    said = text[slice(*time)]
    point = next((m for m in POINT.finditer(said) if m["month"] or m["yearend"]), None)
    if point:
        fixed, guessed = fixed_point(point, said_on=said_on)
        if fixed:
            next_year = guessed and fixed[:4] > said_on[:4]
            return fixed, f"没有写年份，按{fixed[:4]}年计，请核对。" * next_year
        return "", f"“{point[0]}”没有写年份，答复也没有写日期，请核实是哪一年。"
    year = _year(said, said_on)
    quarter = QUARTER.search(said)
    if quarter and (year or len(said_on) >= 4):
        return f"{year or said_on[:4]}-{3 * '一二三四'.index(quarter['quarter']) + 3:02d}", ""
    period = PERIOD.search(said)
    if period and not year:
        return "", f"写的是“{period[0]}”，没有写从哪一天算起，请核实。"
    return year, f"只写了“{said}”，没有写到月、日，请核实。"


def _year(said: str, said_on: str) -> str:
    """The year some words name, as far as the day of the reply tells it."""
    match = _YEAR.search(said)
    if match is None:
        return ""
    if match["year"]:
        return match["year"]
    return str(int(said_on[:4]) + bool(match["next"]) + 2 * bool(match["later"])) if len(said_on) >= 4 else ""


def _amount(text: str, promise: Promise) -> re.Match[str] | None:
    """How much is promised: in the clause itself, or right before it (其余12个，年底前改完)."""
    own = QUANTITY.search(text, *promise.at)
    if own:
        return own
    parts = clauses(text, *promise.sentence)
    k = parts.index(promise.at)
    before = list(QUANTITY.finditer(text, *parts[k - 1])) if k else []
    return before[-1] if before and _REST.match(text, *parts[k - 1]) else None


_REST = re.compile(r"(?:还有|剩余|剩下|其余|余下|另|首批|第[一二三]批|其中|计划|拟|今年)")


def _owner(text: str, promise: Promise, agency: Body, others: tuple[Body, ...]) -> str:
    """Who is named as the one that does it, by full name; else the agency that replies."""
    start, end = promise.sentence[0], promise.at[1]
    found: list[tuple[int, str]] = []
    for body in (agency, *others):
        names = "|".join(map(re.escape, body.names))
        found += [
            (match.start(), body.name) for match in re.finditer(rf"(?:{names})(?={_DOES})", text[start:end])
        ]
        found += [(match.start(), body.name) for match in re.finditer(rf"由(?:{names})", text[start:end])]
    return max(found)[1] if found else agency.name
