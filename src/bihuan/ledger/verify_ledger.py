#!/usr/bin/env python3
"""Check an exported ledger without the program that wrote it and without trusting whoever runs it.

    python3 verify_ledger.py LEDGER.jsonl [--head SEQ:DIGEST ...]

Needs Python 3.8 or later and nothing else; reads the file once, in memory that grows only with the number of
faults. It names the entries that were altered, dropped, inserted or put in another order, in Chinese, and ends
with status 0 (sound), 1 (tampered with) or 2 (cannot be read). `--head` is a seal printed earlier with
`bihuan ledger seal` and kept elsewhere: without one, a cut tail or a chain rewritten from some entry to its
end looks sound, to this and to any other verifier.

The format is described in docs/ledger-format.md. This file shares no code with the program on purpose.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import struct
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import xor
from typing import NamedTuple

GENESIS = "0" * 64
UNSEALED = (
    "注意：没有与留存的封存值核对。"
    "如果有人截去尾部，或从某一条起重算了其后的全部摘要，不与封存值核对就无法发现。"
)
MOST_RUNS = 2000  # a file broken in more places than this is reported as far as it was read
MOST_SHOWN = 50

# {"digest":"<64>","entry":["bihuan-1","sha256",7,"<64>",...]}: what is hashed always starts at offset 85.
OPENING, MIDDLE = b'{"digest":"', b'","entry":'
DIGEST, HASHED = slice(11, 75), slice(85, -1)
PLACE = re.compile(rb'\["bihuan-1","(sha256|sm3)",(0|[1-9][0-9]{0,17}),"([0-9a-f]{64})",')
SHAPE = re.compile(rb'\{"digest":"[0-9a-f]{64}","entry":\[.*\]\}', re.DOTALL)


class Head(NamedTuple):
    """What the first line says of the rest."""

    first: int
    last: int
    previous: str  # the digest before the first entry
    digest: str  # of the last entry


class Seal(NamedTuple):
    """The digest an entry had when it was printed and put away."""

    seq: int
    digest: str


class Finding(NamedTuple):
    """One fault: the entries concerned, the line of the file, and the sentence that says it."""

    kind: str  # altered, dropped, inserted, reordered, rewritten or head
    first: int
    last: int
    line: int
    text: str


class Report(NamedTuple):
    """`findings` is empty for a sound ledger; `last` is its newest entry, to be sealed."""

    entries: int
    last: Seal | None
    findings: list[Finding]
    notes: list[str]


class Run(NamedTuple):
    """Neighbouring lines that follow one another as they were written. A line whose digest does not fit its
    content is a run of its own, `sound` is False and `recomputed` is the digest the content would have."""

    first: int
    last: int
    previous: str
    digest: str
    recomputed: str
    line: int
    sound: bool

    def ends_with(self, digest: str | None) -> bool:
        return digest in (self.digest, self.recomputed)


class UnreadableError(Exception):
    """The file is no export of the ledger; the message is Chinese."""


# --- Reading


def read_head(line: bytes) -> Head:
    """The first line of an export; UnreadableError for anything else."""
    try:
        said = json.loads(line)
        head = Head(int(said["first"]), int(said["last"]), str(said["previous"]), str(said["digest"]))
        if said["ledger"] != "bihuan-1" or said["count"] != head.last - head.first + 1:
            raise ValueError
    except (ValueError, KeyError, TypeError):
        raise UnreadableError(
            "无法核对：第一行不是台账导出文件的表头，或者表头被改动过。请重新导出后再核对。"
        ) from None
    return head


def examine(
    lines: Iterable[bytes],
    head: Head | None,
    seals: Sequence[Seal] = (),
    progress: Callable[[int], None] = lambda count: None,
) -> Report:
    """Check the entry lines that follow the head. Without a head the entries vouch for themselves only."""
    watched: dict[int, set[str]] = {seal.seq: set() for seal in seals}
    runs: list[Run] = []
    count = 0
    for run in _runs(lines, watched, progress):
        runs.append(run)
        count += run.last - run.first + 1
        if len(runs) == MOST_RUNS:
            break
    notes = []
    if len(runs) == MOST_RUNS:
        notes.append(f"改动之处太多，只核对到文件第{runs[-1].line}行。")
    seated = list(_seated(runs))
    last = max(seated, key=lambda run: run.last) if seated else None
    findings = sorted(_diagnose(seated, head), key=lambda finding: (finding.first, finding.line))
    for outcome in _compare(seals, seated, watched):
        if isinstance(outcome, str):
            notes.append(outcome)
        elif (outcome.kind, outcome.last) not in ((f.kind, f.last) for f in findings):
            findings.append(outcome)
    return Report(count, Seal(last.last, last.digest) if last else None, findings, notes)


def _runs(
    lines: Iterable[bytes], watched: dict[int, set[str]], progress: Callable[[int], None]
) -> Iterator[Run]:
    """Cut the file into runs. A sound ledger is one; the first branch is all the work there is for it."""
    run: Run | None = None
    algorithm, seq, claimed, expected = b"", 0, b"", b"\0"
    hashed: Callable[[bytes], str] = sha256
    for number, raw in enumerate(lines, 2):
        line = raw.rstrip(b"\r\n")
        data = line[HASHED]
        if (
            data.startswith(expected)
            and hashed(data).encode() == line[DIGEST]
            and line.startswith(OPENING)
            and line[75:85] == MIDDLE
            and line.endswith(b"]}")
        ):
            seq += 1
            claimed = line[DIGEST]
            expected = b'["bihuan-1","%b",%d,"%b",' % (algorithm, seq + 1, claimed)
            if seq in watched:
                watched[seq].add(claimed.decode())
            if not number & 0x3FFF:
                progress(number - 1)
        elif line:
            if run:
                yield run._replace(last=seq, digest=claimed.decode(), recomputed=claimed.decode())
            run, algorithm = _alone(line, number)
            watched.get(run.first, set()).add(run.digest)
            if run.sound:
                hashed, seq, claimed = ALGORITHMS[algorithm], run.first, run.digest.encode()
                expected = b'["bihuan-1","%b",%d,"%b",' % (algorithm, seq + 1, claimed)
            else:
                yield run
                run, expected = None, b"\0"
    if run:
        yield run._replace(last=seq, digest=claimed.decode(), recomputed=claimed.decode())


def _alone(line: bytes, number: int) -> tuple[Run, bytes]:
    """One line read for itself, however damaged, and its algorithm; seq -1 where it does not say any."""
    data, claimed = line[HASHED], line[DIGEST].decode("ascii", "replace")
    place = PLACE.match(data)
    if not place or not SHAPE.fullmatch(line):
        return Run(-1, -1, "", claimed, "", number, False), b""
    algorithm, seq, previous = place.group(1), int(place.group(2)), place.group(3).decode()
    recomputed = ALGORITHMS[algorithm](data)
    return Run(seq, seq, previous, claimed, recomputed, number, recomputed == claimed), algorithm


# --- Finding out what was done


def _seated(runs: Sequence[Run]) -> Iterator[Run]:
    """Give each altered line the place it was written for: where its neighbours' digests put it, or else
    where it says it belongs, or else where it stands."""
    by_rank = sorted(runs, key=lambda run: run.sound)  # the sound ones have the last word
    followed = {run.previous: run.first - 1 for run in by_rank if run.first > 0}
    following = {run.digest: run.last + 1 for run in by_rank if run.first > 0}
    before = 0
    for run in runs:
        if not run.sound:
            seat = followed.get(run.digest) or followed.get(run.recomputed) or following.get(run.previous)
            seat = seat or (run.first if run.first > 0 else before + 1)
            run = run._replace(first=seat, last=seat)
        before = run.last
        yield run


def _diagnose(runs: Sequence[Run], head: Head | None) -> Iterator[Finding]:
    """Walk back from the end: each entry vouches for the one before it by naming its digest."""
    if not runs and not head:
        return
    need = head.last if head else max(run.last for run in runs)
    bottom = head.first if head else min(run.first for run in runs)
    wanted = head.digest if head else None
    origin = GENESIS if bottom == 1 else head.previous if head else None
    chosen: list[Run] = []
    excused = False  # the entry after was altered itself, so what it names proves nothing
    while need >= bottom:
        run = _best(runs, need, wanted)
        if run is None:
            lower = max((run.last for run in runs if run.last < need), default=0)
            lower = max(lower, bottom - 1)
            yield _dropped(lower + 1, need, tail=not chosen)
            need, wanted = lower, None
            continue
        if run.last > need:
            yield _inserted(need + 1, run.last, run.line + need + 1 - run.first)
        chosen.append(run._replace(last=need))
        broken = run.last == need and wanted is not None and not run.ends_with(wanted)
        if not run.sound:
            yield _altered(run)
        elif broken and not excused:
            yield _recomputed(need, run.line + need - run.first, by="表头" if len(chosen) == 1 else "后一条")
        excused = not run.sound or (broken and not excused and run.first == need)
        if run.first < bottom:
            yield _inserted(run.first, bottom - 1, run.line)
        need, wanted = run.first - 1, run.previous
    if chosen and need == bottom - 1 and wanted not in (None, origin) and origin and not excused:
        yield _recomputed(bottom, chosen[-1].line, by="起点")
    taken = {run.line for run in chosen}
    for run in runs:
        if run.line not in taken:
            yield _inserted(run.first, run.last, run.line)
    in_place = _heaviest_rising(sorted(chosen, key=lambda run: run.line))
    for run in chosen:
        if run not in in_place:
            yield _reordered(run)


def _best(runs: Sequence[Run], need: int, wanted: str | None) -> Run | None:
    """The run that holds entry `need` with most right: named by its successor, else sound, else longest."""
    return max(
        (run for run in runs if run.first <= need <= run.last),
        key=lambda run: (
            run.last == need and run.ends_with(wanted),
            run.sound,
            run.last == need,
            run.last - run.first,
        ),
        default=None,
    )


def _heaviest_rising(runs: Sequence[Run]) -> Sequence[Run]:
    """Of runs in the file's order, those that stay when the fewest entries are taken for moved."""
    best: list[tuple[int, int | None]] = []
    for index, run in enumerate(runs):
        earlier = [(best[i][0], i) for i in range(index) if runs[i].last < run.first]
        weight, link = max(earlier, default=(0, -1))
        best.append((weight + run.last - run.first + 1, link if link >= 0 else None))
    kept = []
    at: int | None = max(range(len(best)), key=lambda i: best[i][0], default=None)
    while at is not None:
        kept.append(runs[at])
        at = best[at][1]
    return kept


def _compare(
    seals: Sequence[Seal], runs: Sequence[Run], seen: dict[int, set[str]]
) -> Iterator[Finding | str]:
    """Hold each seal against the entry it was taken from: a fault, or a note that says how it went."""
    held = {run.first for run in runs} | {run.last for run in runs} or {0}
    agreed = 0  # up to here nothing was rewritten
    for seal in sorted(seals):
        if seal.seq > max(held):
            yield _dropped(max(held) + 1, seal.seq, tail=True)
        elif seal.seq < min(held):
            yield f"封存值第{seal.seq}条不在本次导出的范围内，未核对。"
        elif seal.digest in seen[seal.seq]:
            agreed = seal.seq
            yield f"与留存的封存值第{seal.seq}条相符。"
        elif seen[seal.seq]:  # an entry that is not there has been reported as dropped
            yield Finding(
                "rewritten",
                agreed + 1,
                seal.seq,
                0,
                f"{_span(agreed + 1, seal.seq)}中有条目被改写，其后的摘要都被重新计算过："
                f"现在的第{seal.seq}条与留存的封存值不符。",
            )


def _span(first: int, last: int) -> str:
    return f"第{first}条" if first == last else f"第{first}至{last}条"


def _altered(run: Run) -> Finding:
    said = "" if run.recomputed else "，已不成格式"
    return Finding(
        "altered",
        run.first,
        run.first,
        run.line,
        f"第{run.first}条被改动：内容与摘要不符{said}。",
    )


def _recomputed(seq: int, line: int, by: str) -> Finding:
    return Finding(
        "altered",
        seq,
        seq,
        line,
        f"第{seq}条被改动，且改动者重算了这一条的摘要：与{by}所记的摘要不符。",
    )


def _dropped(first: int, last: int, tail: bool) -> Finding:
    where = "：尾部被截去" if tail else ""
    return Finding("dropped", first, last, 0, f"{_span(first, last)}缺失{where}。")


def _inserted(first: int, last: int, line: int) -> Finding:
    return Finding(
        "inserted",
        first,
        last,
        line,
        f"{_span(first, last)}是插入的：不属于本台账，或已另有其条。",
    )


def _reordered(run: Run) -> Finding:
    return Finding(
        "reordered",
        run.first,
        run.last,
        run.line,
        f"{_span(run.first, run.last)}次序被调换：内容未变，但不在原位。",
    )


# --- SM3 (GB/T 32905-2016), for a Python whose hashlib does not have it


def plain_sm3(data: bytes) -> str:
    """The standard's own steps, in its own letters."""
    v: tuple[int, ...] = (
        0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E,
    )  # fmt: skip
    padded = data + b"\x80" + b"\0" * (-(len(data) + 9) % 64) + struct.pack(">Q", 8 * len(data))
    for start in range(0, len(padded), 64):
        w = list(struct.unpack(">16I", padded[start : start + 64]))
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ _left(w[j - 3], 15)
            w.append(x ^ _left(x, 15) ^ _left(x, 23) ^ _left(w[j - 13], 7) ^ w[j - 6])
        v = tuple(map(xor, v, _compress(v, w)))
    return "".join(f"{word:08x}" for word in v)


def _compress(v: Sequence[int], w: Sequence[int]) -> tuple[int, ...]:
    a, b, c, d, e, f, g, h = v
    for j in range(64):
        early = j < 16
        t = 0x79CC4519 if early else 0x7A879D8A
        ss1 = _left((_left(a, 12) + e + _left(t, j % 32)) & 0xFFFFFFFF, 7)
        ff = a ^ b ^ c if early else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if early else (e & f) | (~e & g)
        tt1 = (ff + d + (ss1 ^ _left(a, 12)) + (w[j] ^ w[j + 4])) & 0xFFFFFFFF
        tt2 = (gg + h + ss1 + w[j]) & 0xFFFFFFFF
        a, b, c, d = tt1, a, _left(b, 9), c
        e, f, g, h = tt2 ^ _left(tt2, 9) ^ _left(tt2, 17), e, _left(f, 19), g
    return a, b, c, d, e, f, g, h


def _left(word: int, by: int) -> int:
    return ((word << by) | (word >> (32 - by))) & 0xFFFFFFFF


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def sm3(data: bytes) -> str:
    return hashlib.new("sm3", data).hexdigest()


# hashlib has SM3 where its OpenSSL has; the lines above do the same some 300 times slower.
ALGORITHMS: dict[bytes, Callable[[bytes], str]] = {
    b"sha256": sha256,
    b"sm3": sm3 if "sm3" in hashlib.algorithms_available else plain_sm3,
}


# --- The command


def spoken(report: Report) -> Iterator[str]:
    """The report as Chinese lines."""
    for finding in report.findings[:MOST_SHOWN]:
        yield finding.text + (f"（文件第{finding.line}行）" if finding.line else "")
    if len(report.findings) > MOST_SHOWN:
        yield f"……另有{len(report.findings) - MOST_SHOWN}处，不再逐一列出。"
    if report.findings:
        yield f"核对未通过：共核对{report.entries}条，发现{len(report.findings)}处改动。"
    elif report.last:
        yield f"核对通过：共{report.entries}条，每一条的内容与摘要相符，前后相接，没有改动。"
        yield f"最后一条 {report.last.seq}:{report.last.digest}"
    else:
        yield "核对通过：台账中还没有条目。"
    yield from report.notes


def seal(text: str) -> Seal:
    """ "12:ab…" as printed by `bihuan ledger seal`; spaces within the digest are for reading and do not count."""
    seq, _, digest = text.replace(" ", "").partition(":")
    if not seq.isdecimal() or not re.fullmatch("[0-9a-fA-F]{64}", digest):
        raise argparse.ArgumentTypeError("封存值的写法是 序号:64位摘要")
    return Seal(int(seq), digest.lower())


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="核对导出的台账：找出被改动、删去、插入、调换次序的条目。")
    parser.add_argument("file", help="台账导出文件（JSONL）；- 表示标准输入")
    parser.add_argument(
        "--head", type=seal, action="append", default=[], metavar="序号:摘要", help="留存的封存值"
    )
    wanted = parser.parse_args(argv)
    try:
        with open(0 if wanted.file == "-" else wanted.file, "rb") as lines:
            head = read_head(lines.readline())
            report = examine(lines, head, wanted.head)
    except (OSError, UnreadableError) as error:
        print(error if isinstance(error, UnreadableError) else f"无法读取文件：{error}", file=sys.stderr)
        return 2
    for line in spoken(report):
        print(line)
    if not wanted.head:
        print(UNSEALED)
    return 1 if report.findings else 0


if __name__ == "__main__":
    sys.exit(main())
