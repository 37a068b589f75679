"""The ledger's canonical form and its hash chain.

One entry is one line of canonical JSON, an array of eleven values (`FIELDS`), and its digest is the hash
of exactly those bytes. The digest of the entry before it is one of the values, so no entry can be changed,
taken out or put in without every later digest disagreeing. docs/ledger-format.md says the same for people
who write their own verifier; tools/verify_ledger.py is ours and shares no code with this file.

Canonical JSON here means: UTF-8; no white space; object keys sorted by code point; only the escapes JSON
demands (quotation mark, backslash, U+0000-U+001F); no floats, because their text differs between programs;
integers within ±(2^53-1), because beyond that many JSON readers round. Text is NOT normalised (no NFC):
the ledger keeps what was written, code point for code point, and two spellings are two entries.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from json.encoder import encode_basestring

from cryptography.hazmat.primitives import hashes

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]

FORMAT = "bihuan-1"
GENESIS = "0" * 64  # what the first entry names as the digest before it
ALGORITHMS = ("sha256", "sm3")
FIELDS = (
    "format", "algorithm", "seq", "previous", "at", "on", "kind", "subject", "actor", "account", "body",
)  # fmt: skip
LARGEST = 2**53 - 1


class NotCanonicalError(ValueError):
    """A value that has no canonical form; the message, in Chinese, says where and why."""


def canonical(value: Json) -> str:
    """The one text of `value`; two different values never share a text.

    Tuples count as lists. Raises NotCanonicalError for floats, dates, bytes, keys that are not text, integers
    beyond ±(2^53-1) and half surrogate pairs.
    """
    _check(value, where="内容")
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def instant(at: datetime) -> str:
    """A moment as the chain writes it: UTC, six decimals, "2026-11-23T00:30:00.000000Z"."""
    if at.tzinfo is None:
        raise NotCanonicalError("时间没有时区，无法记入台账；请使用带时区的时间。")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def day(on: date) -> str:
    """A day as the chain writes it: "2026-11-23"."""
    if isinstance(on, datetime):
        raise NotCanonicalError("生效日应为日期，不应带时刻。")
    return on.isoformat()


def payload(
    *,
    algorithm: str,
    seq: int,
    previous: str,
    at: str,
    on: str,
    kind: str,
    subject: str,
    actor: str,
    account: int | None,
    body: str,
) -> bytes:
    """The bytes of one entry that are hashed: `FIELDS` in their order as a canonical JSON array.

    `at` comes from `instant`, `on` from `day` and `body` from `canonical`; they are taken as they are, so
    that a verifier hashes what is stored and not what it would have stored.
    """
    quote = encode_basestring
    return (
        f'["{FORMAT}",{quote(algorithm)},{seq},{quote(previous)},{quote(at)},{quote(on)},{quote(kind)},'
        f"{quote(subject)},{quote(actor)},{'null' if account is None else account},{body}]"
    ).encode()


def digest(data: bytes, *, algorithm: str) -> str:
    """64 hexadecimal digits of `data` under "sha256" or "sm3" (GB/T 32905)."""
    if algorithm == "sha256":
        return hashlib.sha256(data).hexdigest()
    if algorithm == "sm3":
        # hashlib offers SM3 only where OpenSSL was built with it; `cryptography` brings its own.
        if _HASHLIB_SM3:
            return hashlib.new("sm3", data).hexdigest()
        state = hashes.Hash(hashes.SM3())
        state.update(data)
        return state.finalize().hex()
    raise NotCanonicalError(f"不认识的摘要算法“{algorithm}”；可用：{'、'.join(ALGORITHMS)}。")


def export_line(data: bytes, *, digest: str) -> bytes:
    """One line of an export: the digest at a fixed place, then the hashed bytes as they are."""
    return b'{"digest":"%b","entry":%b}\n' % (digest.encode(), data)


_HASHLIB_SM3 = "sm3" in hashlib.algorithms_available


def _check(value: object, *, where: str) -> None:
    """Refuse what has no canonical form, naming the place inside the value."""
    match value:
        case None | bool():
            return
        case int():
            if abs(value) > LARGEST:
                raise NotCanonicalError(f"{where}的整数{value}超出可准确保存的范围；请改用文字。")
        case str():
            try:
                value.encode()
            except UnicodeEncodeError:
                raise NotCanonicalError(f"{where}含有残缺的字符（半个代理对）；请改正该文字。") from None
        case list() | tuple():
            for index, item in enumerate(value):
                _check(item, where=f"{where}[{index}]")
        case dict():
            for key, item in value.items():
                if not isinstance(key, str):
                    raise NotCanonicalError(f"{where}的名目{key!r}不是文字；名目只能是文字。")
                _check(key, where=f"{where}的名目")
                _check(item, where=f"{where}.{key}")
        case _:
            name = type(value).__name__
            raise NotCanonicalError(f"{where}是{_SPOKEN.get(name, name)}，台账不能保存；请改写为文字或整数。")


_SPOKEN = {"float": "小数", "Decimal": "小数", "bytes": "二进制数据", "datetime": "时间", "date": "日期"}
