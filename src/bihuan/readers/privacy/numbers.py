"""Numbers that lead to one person: identity and bank cards, telephones, plates, mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bihuan.readers.privacy.found import Kind, Known, Private

_ID = re.compile(r"(?<![\dA-Za-z])(?P<number>[1-8]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dXx])(?![\dA-Za-z])")
_ID_CUE = re.compile(r"身份证|公民身份号码|证件号码?")
_OLD_ID = re.compile(r"(?<=身份证)(?:号码?)?[：:为是]?(?P<number>[1-8]\d{14})(?!\d)")
# GB 11643: weights of the first seventeen digits, and the check digit by the remainder.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_BANK = re.compile(r"(?<![\d.])(?P<number>\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?|\d{16,19})(?![\d.])")
_BANK_CUE = re.compile(r"(?:卡号|账号|帐号|账户|银行卡|存折)[^，。；\d]{0,8}$")
_MOBILE = re.compile(
    r"(?<![\d.+])(?P<country>\+?86[- ]?)?(?P<number>1[3-9]\d(?:[ -]?\d{4}){2})(?![\d.]|[万亿]?元|[万亿])"
)
_LANDLINE = re.compile(
    r"(?<![\d.-])(?P<area>(?:[（(]0\d{2,3}[）)]|0\d{2,3})[-—－ ]?)(?P<number>[2-8]\d{6,7})(?![\d.])"
)
# A number without its area code is a telephone only where the words say so.
_SHORT = re.compile(r"(?:电话|座机|热线|手机)(?:号码?)?[^，。；\d]{0,6}(?P<number>[2-8]\d{6,7})(?![\d.])")
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(rf"[{_PROVINCES}][A-Z][·•.\- ]?(?=[A-Z0-9]*\d)[A-HJ-NP-Z0-9]{{5,6}}(?![A-Z0-9])")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,}", re.ASCII)
_OFFICE_MAIL = re.compile(r"\.gov\.cn$", re.IGNORECASE)
_NEAR = 12  # characters before a number in which a word says what it is


def numbers(text: str, known: Known) -> Iterator[Private]:
    """Every such number; a stretch that reads as two kinds is the first of them."""
    taken: list[tuple[int, int]] = []
    for find in (_ids, _cards, _mobiles, _landlines, _plates, _emails):
        for one in find(text, known):
            if not any(start < one.end and one.start < end for start, end in taken):
                taken.append((one.start, one.end))
                yield one


def is_identity_number(number: str) -> bool:
    """Eighteen digits whose day of birth exists and whose check digit is right (GB 11643)."""
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == number[17].upper()


def is_card_number(number: str) -> bool:
    """Is the check digit of a bank card right (ISO/IEC 7812, the Luhn sum)?"""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 * (value > 9)
    return total % 10 == 0


def _ids(text: str, known: Known) -> Iterator[Private]:
    for match in _ID.finditer(text):
        right = is_identity_number(match["number"])
        if right or _ID_CUE.search(text, max(0, match.start() - _NEAR), match.start()):
            reason = (
                "身份证号码（校验码正确）。"
                if right
                else "写明是身份证号码，但校验码不对，号码本身可能有误。"
            )
            yield _private("id", match, "number", reason=reason, keep=3, sure=right)
    for match in _OLD_ID.finditer(text):
        yield _private("id", match, "number", reason="15位的旧身份证号码。", keep=3)


def _cards(text: str, known: Known) -> Iterator[Private]:
    for match in _BANK.finditer(text):
        digits = re.sub(r"\D", "", match["number"])
        cue = _BANK_CUE.search(text, max(0, match.start() - _NEAR), match.start()) is not None
        right = is_card_number(digits)
        if cue or (right and digits[0] in "3456"):
            reason = "银行卡号（校验码正确）。" if right else "写明是账号或卡号。"
            yield _private("bank", match, "number", reason=reason, keep=4, sure=cue or right)


def _mobiles(text: str, known: Known) -> Iterator[Private]:
    allowed = {_digits(phone) for phone in known.phones}
    for match in _MOBILE.finditer(text):
        if _digits(match["number"]) in allowed:
            continue
        start = match.start()
        yield Private(
            kind="mobile",
            quote=match[0],
            start=start,
            end=match.end(),
            reason="手机号码。",
            replacement=match["number"][:3] + "****",
        )


def _landlines(text: str, known: Known) -> Iterator[Private]:
    allowed = {_digits(phone) for phone in known.phones}
    for pattern in (_LANDLINE, _SHORT):
        for match in pattern.finditer(text):
            area = match.groupdict().get("area") or ""
            full = _digits(area + match["number"])
            if any(phone in (full, match["number"]) or phone.endswith(match["number"]) for phone in allowed):
                continue
            start = match.start("area") if area else match.start("number")
            yield Private(
                kind="landline",
                quote=text[start : match.end()],
                start=start,
                end=match.end(),
                reason="固定电话，不在登记的办公电话之内。",
                replacement=match["number"][:2] + "****",
                sure=bool(area),
            )


def _plates(text: str, known: Known) -> Iterator[Private]:
    for match in _PLATE.finditer(text):
        yield _private("plate", match, 0, reason="机动车号牌。", keep=2)


def _emails(text: str, known: Known) -> Iterator[Private]:
    for match in _EMAIL.finditer(text):
        if match[0] in known.emails or _OFFICE_MAIL.search(match[0]):
            continue
        domain = match[0].partition("@")[2]
        yield Private(
            kind="email",
            quote=match[0],
            start=match.start(),
            end=match.end(),
            reason="个人电子邮箱。",
            replacement=f"{match[0][0]}****@{domain}",
        )


def _private(
    kind: Kind, match: re.Match[str], group: str | int, *, reason: str, keep: int, sure: bool = True
) -> Private:
    """The group of a match, its first characters kept."""
    quote = match[group]
    return Private(
        kind=kind,
        quote=quote,
        start=match.start(group),
        end=match.end(group),
        reason=reason,
        replacement=quote[:keep] + "****",
        sure=sure,
    )


def _digits(written: str) -> str:
    return re.sub(r"\D", "", written)
