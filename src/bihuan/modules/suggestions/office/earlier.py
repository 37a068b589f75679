"""Last years' suggestions from the office's own list: read, checked row by row, and taken in together or not at all.

What the list does not say is not made up: a matter of the past has no course, only who, what and the outcome.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from django.db import transaction
from django.utils import timezone

from bihuan.kernel.law import shipped_law
from bihuan.kernel.reply_classes import reply_classes
from bihuan.ledger.append import append_entry
from bihuan.library.documents import keep_document
from bihuan.library.models import Document
from bihuan.library.storage import path_of
from bihuan.matters.doing import Incomplete, NotAllowed
from bihuan.matters.opening import PastDraft, next_in_series, open_past
from bihuan.modules.suggestions.effects.raising import office_of, series_of
from bihuan.modules.suggestions.models import ImportBatch, Rating, Suggestion
from bihuan.modules.suggestions.office.names import Names, split_names
from bihuan.modules.suggestions.office.reach import HANDS_OVER
from bihuan.modules.suggestions.procedure import SUGGESTION
from bihuan.people.actors import Actor, HeldPost
from bihuan.people.models import Deputy, Organ, Person, Place
from bihuan.readers.sheets import CannotOpen, Row, Wanted, WrongSheet, open_book, read_sheet
from bihuan.readers.wording.numerals import number as numeral

COLUMNS = (
    Wanted(
        key="number",
        name="编号",
        also=("建议编号", "建议号", "件号", "案号", "序号"),
        kind="number",
        required=True,
        unique=True,
    ),
    Wanted(key="meeting", name="届次", also=("大会或闭会", "提出会议", "会议", "届次会议", "会议届次")),
    Wanted(
        key="title",
        name="标题",
        also=("案由", "建议标题", "建议名称", "题目", "事由", "建议题目"),
        required=True,
        most=300,
    ),
    Wanted(
        key="lead",
        name="领衔代表",
        also=("领衔人", "提出代表", "代表姓名", "领衔", "提出人", "领衔代表姓名"),
        required=True,
    ),
    Wanted(key="joint", name="联名代表", also=("联名", "附议代表", "附议人", "联名人")),
    Wanted(
        key="main", name="主办单位", also=("承办单位", "主办", "主办部门", "牵头单位", "主办（承办）单位")
    ),
    Wanted(
        key="co",
        name="协办单位",
        also=("会办单位", "协办", "会办", "协办部门", "协办（会办）单位", "会办（协办）单位"),
    ),
    Wanted(key="separate", name="分办单位", also=("分办", "分别办理单位")),
    Wanted(
        key="result",
        name="办理结果",
        also=("类别", "答复类别", "办理类别", "结果", "答复分类", "办理结果类别", "办理结果分类"),
    ),
    Wanted(key="rating", name="满意度", also=("评价", "代表评价", "满意情况", "代表反馈", "代表满意度")),
    Wanted(key="raised", name="提出日期", also=("提出时间", "收到日期", "交办日期"), kind="day"),
    Wanted(key="answered", name="答复日期", also=("答复时间", "办复日期", "办结日期"), kind="day"),
    Wanted(key="text", name="内容", also=("建议内容", "正文", "具体建议", "建议全文"), most=20_000),
)
LABELS = {each.key: each.name for each in COLUMNS}
AT_ONCE = 500  # matters written together
_SESSION = re.compile(r"第?([\d一二三四五六七八九十百〇零]+)届.*?第?([\d一二三四五六七八九十]+)次")
_AND_OTHERS = re.compile(r"等?(?:共)?\d*人?$")
_IN_BRACKETS = re.compile(r"[（(](.+?)[）)]")
_LETTER = re.compile(r"([A-Za-z甲乙丙丁一二三四])类?(?:件)?")
_RATINGS = {**{name: code for code, name in Rating.GRADES}, "很满意": "satisfied", "不满": "dissatisfied"}
_NOT_RATED = ("", "未评价", "未反馈", "无", "-", "—", "/")


@dataclass(kw_only=True)
class Register:
    """What the rows are held against, each asked for once: deputies, units, classes, numbers already there."""

    place: Place
    congress: int
    session: int | None
    on: date
    today: date
    deputies: Mapping[str, Sequence[Deputy]]
    then: Names
    now: Names
    taken: set[tuple[int, int, int]]
    letters: Mapping[str, str]
    seen: dict[tuple[int, int, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, batch: ImportBatch, *, today: date) -> Register:
        place, given = batch.place, batch.defaults
        on = date.fromisoformat(given["on"])
        deputies: dict[str, list[Deputy]] = defaultdict(list)
        known = Deputy.objects.filter(delegation__place=place).select_related("person", "delegation")
        for deputy in known.order_by("person", "-congress"):
            deputies[deputy.person.name].append(deputy)
        rule = shipped_law().find("suggestion.classes", place=place.code, on=on)
        numbers = Suggestion.objects.filter(place=place, running_no__isnull=False)
        return cls(
            place=place,
            congress=given["congress"],
            session=given["session"],
            on=on,
            today=today,
            deputies=deputies,
            then=Names(place, on=on),
            now=Names(place, on=today),
            taken={
                key_of(*each[:3], each[3] or 0)
                for each in numbers.values_list("congress", "session", "year", "running_no")
            },
            letters={each.letter: each.name for each in reply_classes(rule)} if rule else {},
        )

    def agency(self, name: str) -> Organ:
        """As it was called then, else as it is called now."""
        return (self.then if self.then.match(name).organ else self.now).agency(name)

    def deputy(self, said: str, congress: int) -> Deputy:
        """The deputy of that name in that congress; with a delegation in brackets, the one of it."""
        where = _IN_BRACKETS.search(said)
        name = re.sub(r"\s+", "", _IN_BRACKETS.sub("", said)).removesuffix("代表")
        found = {each.person_id: each for each in reversed(self.deputies.get(name, ()))}
        found |= {each.person_id: each for each in self.deputies.get(name, ()) if each.congress == congress}
        many = [
            each
            for each in found.values()
            if where is None or where[1] in each.delegation.name or where[1] in each.delegation.short_name
        ]
        if len(many) == 1:
            return many[0]
        if many:
            listed = "、".join(f"{name}（{each.delegation}）" for each in many)
            raise Incomplete(f"有{len(many)}位代表叫“{name}”。请写明代表团，如：{listed}。")
        near = get_close_matches(name, self.deputies, n=3, cutoff=0.5)
        hint = f"姓名相近的有{'、'.join(near)}。" if near else ""
        raise Incomplete(f"没有登记名叫“{said}”的代表。{hint}请改正姓名，或者先登记这位代表。")


def key_of(congress: int, session: int | None, year: int, running_no: int) -> tuple[int, int, int]:
    """What may stand once: the number in its session, or in its year between sessions."""
    return (congress, session, running_no) if session else (-1, year, running_no)


# --- uploading and checking


def receive(
    *, data: bytes, name: str, place: Place, defaults: Mapping[str, Any], actor: Actor, at: datetime
) -> ImportBatch:
    """Keep the file and check every row; CannotOpen where it is no table at all."""
    post = importing_post(actor, place)
    document = keep_document(
        data=data, name=name, kind=Document.TABLE, place=place, actor=actor, at=at
    ).document
    batch = ImportBatch(
        place=place, document=document, made_by=actor.stamp(post), made_at=at, defaults=dict(defaults)
    )
    check(batch, today=timezone.localdate(at))
    return batch


def importing_post(actor: Actor, place: Place) -> HeldPost:
    """The post by which the actor registers earlier years: one in the office that receives suggestions."""
    office = office_of(place)
    for post in actor.posts:
        if post.organ == office.pk and post.role in HANDS_OVER:
            return post
    raise NotAllowed(f"往年的建议由{office}的工作人员导入。")


def check(batch: ImportBatch, *, today: date, sheet: str = "") -> None:
    """Read the file anew and say of every row what is wrong with it."""
    if batch.state != ImportBatch.PREVIEWED:
        raise Incomplete("这张表已经处理过了，不能重新检查。")
    if sheet:
        batch.defaults = {**batch.defaults, "sheet": sheet}
    batch.rows, batch.skipped, batch.notes, batch.fault, batch.sheets = [], [], [], "", []
    try:
        book = open_book(path_of(batch.document.sha256).read_bytes())
        found = read_sheet(book, COLUMNS, name=batch.defaults.get("sheet") or None)
    except WrongSheet as wrong:
        batch.fault, batch.sheets = str(wrong), list(wrong.candidates)
    except CannotOpen as wrong:
        batch.fault = str(wrong)
    else:
        batch.notes = [f"读取的工作表：{found.name}。", *found.notes]
        batch.skipped = [
            {"row": each.number_in_file, "reason": each.reason, "text": each.text} for each in found.skipped
        ]
        register = Register.of(batch, today=today)
        batch.rows = [_checked(row, register) for row in _joined(found.rows)]
        if not batch.rows:
            batch.fault = "表头下面没有一行建议。请确认选对了文件和工作表。"
    batch.save()


def _joined(rows: Sequence[Row]) -> list[list[Row]]:
    """A suggestion told in several rows, its number merged over them, is one."""
    together: list[list[Row]] = []
    for row in rows:
        if row.continues and together:
            together[-1].append(row)
        else:
            together.append([row])
    return together


def _checked(rows: Sequence[Row], register: Register) -> dict[str, Any]:
    """One suggestion: its values as they would be kept, as they read, and what is wrong."""
    first = rows[0]
    # A number may stand once in each session: the reader, who knows of no sessions, is not asked.
    faults = [
        f"{each.column}“{each.text}”：{each.reason}"
        for row in rows
        for each in row.problems
        if not (each.column == LABELS["number"] and "重复" in each.reason)
    ]
    said = {key: first.values.get(key) for key in LABELS}
    for key in ("main", "co", "separate", "joint"):
        said[key] = "、".join(dict.fromkeys(str(row.values[key]) for row in rows if row.values.get(key)))
    values: dict[str, Any] = {"title": said["title"] or "", "text": said["text"] or ""}
    for part in (_when, _who, _handlers, _outcome):
        values |= part(said, values, register, faults)
    if said["number"] and isinstance(said["number"], int):
        values["number"] = said["number"]
        once = key_of(values["congress"], values["session"], values["year"], said["number"])
        if once in register.taken:
            faults.append(f"{LABELS['number']}“{said['number']}”：系统里已经有这个编号的建议，不能重复登记。")
        elif once in register.seen:
            faults.append(f"{LABELS['number']}“{said['number']}”：与第{register.seen[once]}行重复。")
        register.seen.setdefault(once, first.number_in_file)
    shown = {key: value.isoformat() if isinstance(value, date) else value for key, value in said.items()}
    shown.pop("text")
    return {
        "row": first.number_in_file,
        "shown": shown,
        "values": values,
        "faults": list(dict.fromkeys(faults)),
    }


Said = Mapping[str, Any]


def _when(said: Said, values: Said, register: Register, faults: list[str]) -> dict[str, Any]:
    raised, answered = said["raised"] or register.on, said["answered"]
    if raised > register.today:
        faults.append(f"提出日期“{raised}”：在今天之后。请核对。")
    if answered and answered < raised:
        faults.append(f"答复日期“{answered}”：早于提出日期（{raised}）。请核对。")
    if answered and answered > register.today:
        faults.append(f"答复日期“{answered}”：在今天之后。请核对。")
    congress, session = register.congress, register.session
    meeting = re.sub(r"\s+", "", str(said["meeting"] or ""))
    if match := _SESSION.search(meeting):
        congress, session = numeral(match[1]) or congress, numeral(match[2]) or session
    elif "闭会" in meeting:
        session = None
    elif meeting and meeting not in ("大会", "会议期间", "大会期间"):
        faults.append(f"届次“{meeting}”：认不出是哪一次会议。请写成“第十七届第五次会议”或“闭会”。")
    return {
        "congress": congress,
        "session": session,
        "year": raised.year,
        "raised": raised.isoformat(),
        "answered": answered.isoformat() if answered else "",
    }


def _who(said: Said, values: Said, register: Register, faults: list[str]) -> dict[str, Any]:
    lead: list[list[int]] = []
    joint: list[list[int]] = []
    for key, found in (("lead", lead), ("joint", joint)):
        for name in split_names(str(said[key] or "")):
            name = _AND_OTHERS.sub("", name) if key == "joint" or "等" in name else name
            if not name:
                continue
            try:
                deputy = register.deputy(name, values["congress"])
            except Incomplete as wrong:
                faults.append(f"{LABELS[key]}“{name}”：{wrong}")
            else:
                found.append([deputy.person_id, deputy.delegation_id])
    movers = lead[:1]
    joint = [each for each in [*lead[1:], *joint] if each not in movers]
    return {"movers": movers, "joint": [each for at, each in enumerate(joint) if each not in joint[:at]]}


def _handlers(said: Said, values: Said, register: Register, faults: list[str]) -> dict[str, Any]:
    parties: dict[int, str] = {}
    main = split_names(said["main"])
    # Several units in the one column of handlers each answered for themselves.
    first = "lead" if len(main) == 1 else "separate"
    for key, names, part in (
        ("main", main, first),
        ("co", split_names(said["co"]), "co"),
        ("separate", split_names(said["separate"]), "separate"),
    ):
        for name in names:
            try:
                parties.setdefault(register.agency(name).pk, part)
            except Incomplete as wrong:
                faults.append(f"{LABELS[key]}“{name}”：{wrong}")
    return {"parties": [[organ, part] for organ, part in parties.items()]}


def _outcome(said: Said, values: Said, register: Register, faults: list[str]) -> dict[str, Any]:
    result = re.sub(r"\s+", "", str(said["result"] or ""))
    letter = ""
    if result and (match := _LETTER.match(result)) and match[1].upper() in register.letters:
        letter = match[1].upper()
    elif result:
        letter = next((each for each, name in register.letters.items() if result in name), "")
        if not letter:
            known = "、".join(f"{each}类" for each in register.letters)
            faults.append(f"办理结果“{result}”：认不出类别。本地的类别是{known}。")
    rating = re.sub(r"\s+", "", str(said["rating"] or ""))
    grade = _RATINGS.get(rating, "")
    if not grade and rating not in _NOT_RATED:
        faults.append(f"满意度“{rating}”：认不出。请写成满意、基本满意、不满意，没有评价的留空。")
    return {"class": letter, "rating": grade}


# --- taking in, or throwing away


def faulty(batch: ImportBatch) -> list[dict[str, Any]]:
    return [row for row in batch.rows if row["faults"]]


def commit(batch: ImportBatch, *, leave_out: Iterable[int], actor: Actor, at: datetime) -> int:
    """Register all rows but those left out, or none: Incomplete while a row that stays is at fault.

    The file is checked once more first: what was free when it was uploaded may be taken now.
    """
    post = importing_post(actor, batch.place)
    out = set(leave_out)
    with transaction.atomic():
        held = ImportBatch.objects.select_for_update(of=("self",), no_key=True)
        batch = held.select_related("place", "document").get(pk=batch.pk)
        check(batch, today=timezone.localdate(at))
        wrong = [row["row"] for row in faulty(batch) if row["row"] not in out]
        if batch.fault or wrong:
            where = "、".join(map(str, wrong[:10])) + ("等" if len(wrong) > 10 else "")
            raise Incomplete(
                batch.fault
                or f"没有导入：还有{len(wrong)}行有错（第{where}行）。请在表里改好后重新上传，或者逐行选择不导入。"
            )
        rows = [row for row in batch.rows if row["row"] not in out]
        if not rows:
            raise Incomplete("没有导入：没有一行可以导入。")
        for start in range(0, len(rows), AT_ONCE):
            _register(batch, rows[start : start + AT_ONCE], actor=actor, post=post, at=at)
        _skip_numbers(batch.place, rows)
        batch.state = ImportBatch.COMMITTED
        batch.left_out = [row["row"] for row in batch.rows if row["row"] in out]
        batch.save(update_fields=["state", "left_out"])
        _append(batch, count=len(rows), actor=actor, post=post, at=at)
    return len(rows)


def _register(
    batch: ImportBatch, rows: Sequence[Mapping[str, Any]], *, actor: Actor, post: HeldPost, at: datetime
) -> None:
    values = [row["values"] for row in rows]
    people = {pk for each in values for pk, _ in (*each["movers"], *each["joint"])}
    organs = {pk for each in values for pk, _ in each["parties"]}
    organs |= {pk for each in values for _, pk in (*each["movers"], *each["joint"])} | {post.organ}
    persons = Person.objects.in_bulk(people)
    bodies = Organ.objects.in_bulk(organs)
    drafts = [
        _draft(each, row["row"], persons, bodies, bodies[post.organ])
        for each, row in zip(values, rows, strict=True)
    ]
    matters = open_past(
        drafts,
        procedure=SUGGESTION,
        act=SUGGESTION.act("record_history"),
        place=batch.place,
        source=batch.document,
        actor=actor,
        post=post,
        at=at,
    )
    Suggestion.objects.bulk_create(
        Suggestion(
            matter=matter,
            place=batch.place,
            congress=each["congress"],
            session=each["session"],
            year=each["year"],
            running_no=each["number"],
            situation=each["text"],
            imported=True,
            result_class=each["class"],
        )
        for matter, each in zip(matters, values, strict=True)
    )


def _draft(
    values: Mapping[str, Any],
    row: int,
    persons: Mapping[int, Person],
    organs: Mapping[int, Organ],
    office: Organ,
) -> PastDraft:
    handlers = [(organs[pk], part) for pk, part in values["parties"]]
    raised = date.fromisoformat(values["raised"])
    answered = date.fromisoformat(values["answered"]) if values["answered"] else None
    lines = [
        ("承办", "、".join(str(organ) for organ, _ in handlers) or "表中没有记载"),
        ("类别", f"{values['class']}类" if values["class"] else "表中没有记载"),
    ]
    if answered:
        lines.append(("答复日期", f"{answered.year}年{answered.month}月{answered.day}日"))
    return PastDraft(
        title=values["title"],
        opened_on=raised,
        ended_on=answered or raised,
        parties=[(office, "office"), *handlers],
        persons=[
            (persons[pk], organs[delegation], part)
            for part, found in (("mover", values["movers"]), ("joint", values["joint"]))
            for pk, delegation in found
        ],
        items=[values["text"]] if values["text"] else [],
        record={
            "parties": [[organ.name, part] for organ, part in handlers],
            "class": values["class"],
            "rating": values["rating"],
            "answered": values["answered"],
            "row": row,
        },
        lines=lines,
    )


def _skip_numbers(place: Place, rows: Sequence[Mapping[str, Any]]) -> None:
    """What the list has given out is not given out again."""
    highest: dict[tuple[str, int], int] = defaultdict(int)
    for row in rows:
        each = row["values"]
        series = series_of(
            Suggestion(place=place, congress=each["congress"], session=each["session"], year=each["year"])
        )
        highest[series] = max(highest[series], each["number"])
    for (name, year), last in highest.items():
        next_in_series(name, year=year, by=0, beyond=last)


def _append(batch: ImportBatch, *, count: int, actor: Actor, post: HeldPost, at: datetime) -> None:
    reasons = {row["row"]: "；".join(row["faults"]) or "经办人决定不导入" for row in batch.rows}
    append_entry(
        kind="suggestions.imported",
        subject=f"document:{batch.document.pk}",
        actor=actor.stamp(post),
        account=actor.account,
        at=at,
        on=timezone.localdate(at),
        body={
            "name": batch.document.name,
            "sha256": batch.document.sha256,
            "imported": count,
            "left_out": [[row, reasons[row]] for row in batch.left_out],
        },
    )


def discard(batch: ImportBatch, *, actor: Actor) -> None:
    """Throw a checked list away; the file stays in the library."""
    importing_post(actor, batch.place)
    gone = ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.PREVIEWED)
    if not gone.update(state=ImportBatch.DISCARDED):
        raise Incomplete("这张表已经处理过了。")
