"""What a letter must have and must not have left in: contact, and places nobody filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.replies.case import Objection, ReplyCase
from bihuan.readers.replies.letter import Letter

_CONTACT = re.compile(r"(?:联系|经办|承办)(?:人|单位|科室)|(?:联系|办公)?电话")
_PERSON = re.compile(
    r"(?:联系|经办|承办)人(?:员)?(?:及|和|、)?(?:联系|办公)?(?:电话|方式)?[：:]?(?P<name>(?:(?!联系|办公|电话|手机|待定|科|股)[\u4e00-\u9fff]){2,4})"
)
_PHONE = re.compile(r"(?<!\d)(?:0\d{2,3}[-—－]?)?\d{7,8}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)")

PLACEHOLDER = re.compile(
    r"[（(【\[][^（）()【】\[\]]{0,12}(?:此处|请|待)(?:再|另)?(?:填|补充|插入|核实|修改|完善|写明|确认|定)[^（）()【】\[\]]{0,14}[）)】\]]"
    r"|此处(?:填写|插入|补充)|[Xx×]{2,}(?![A-Za-z])|(?:20)?[Xx×]{1,2}(?=[年月日])|(?<![A-Za-z\d光])[X×](?=[万元号人户处])"
    r"|[_＿]{2,}|[*＊]{3,}|【】|〔〕|\[\]|（）|\(\)|(?:某某|XX)(?=公司|局|同志|村|路|项目)|待(?:补充|填写|核实)(?=[，。；]|$)|(?<!\d)年月日"
)
_ONE_PLACE = 4  # characters: X年X月X日 is one thing to fill in
_LETTERS_AROUND = re.compile(r"[A-WYZa-wyz\d]")


def contact(case: ReplyCase, letter: Letter) -> Iterator[Objection]:
    """A person and a telephone number, somewhere in the letter."""
    text = letter.text
    rows = [row for row in letter.paragraphs if _CONTACT.search(text, *row)]
    person = any(_PERSON.search(text, *row) for row in rows)
    phone = any(_PHONE.search(text, *row) for row in rows)
    if person and phone:
        return
    lacks = "联系人和联系电话" if not person and not phone else "联系电话" if person else "联系人"
    end = letter.body[1]
    yield Objection(
        code="no_contact",
        severity="ask",
        explanation=f"没有写{lacks}。代表有疑问时不知道找谁。",
        mend="在落款前写明联系人姓名和办公电话。",
        at=letter.span(next(iter(row for row in rows if row[0] >= end), (end, end))),
    )


def placeholders(case: ReplyCase, letter: Letter) -> Iterator[Objection]:
    """XX, ×××, （此处填写…）: each place still to be filled in."""
    text = letter.text
    last = -_ONE_PLACE
    for match in PLACEHOLDER.finditer(text):
        start, end = match.span()
        if start < last + _ONE_PLACE or (match[0][0] in "Xx×" and _part_of_a_code(text, start, end)):
            continue
        last = end
        at = letter.span((start, end))
        yield Objection(
            code="placeholder",
            severity="stop",
            explanation=f"这里还留着没有填写的内容：“{at.quote}”。",
            mend="补上实际内容，没有的整句删去。",
            at=at,
        )


def _part_of_a_code(text: str, start: int, end: int) -> bool:
    """4×4, DXX-07: marks inside a size or a code."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return bool(_LETTERS_AROUND.match(before) and not text.startswith("20", start - 2)) or after.isdigit()
