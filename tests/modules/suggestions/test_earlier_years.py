"""Earlier years from the office's own list: every row checked, all taken in or nothing, nothing twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from bihuan.ledger.models import Entry
from bihuan.matters.doing import Incomplete, NotAllowed
from bihuan.matters.handlers import propose_handlers
from bihuan.matters.models import Matter, Term, Todo
from bihuan.modules.suggestions.models import ImportBatch, Suggestion
from bihuan.modules.suggestions.office import earlier
from bihuan.people.demo import Cast
from tests.matters.test_views import client_of
from tests.modules.suggestions.walking import Walk

HEAD = (
    "建议编号",
    "案由",
    "领衔代表",
    "联名代表",
    "承办单位",
    "会办单位",
    "答复类别",
    "代表评价",
    "提出日期",
    "答复日期",
)
GOOD: tuple[Any, ...] = (
    12,
    "关于修复下河村引水渠的建议",
    "吴桂花",
    "曹勇、蒋春兰",
    "县水利局",
    "县财政局",
    "B类",
    "基本满意",
    "2025年2月20日",
    "2025-5-30",
)
ON = date(2025, 2, 21)


def sheet(*rows: Sequence[Any], head: Sequence[str] = HEAD, merged: Mapping[str, Any] | None = None) -> bytes:
    file = BytesIO()
    book = xlsxwriter.Workbook(file)
    page = book.add_worksheet("往年建议")
    for at, row in enumerate([head, *rows]):
        page.write_row(at, 0, row)
    for cells, text in (merged or {}).items():
        page.merge_range(cells, text)
    book.close()
    return file.getvalue()


def row(**changed: Any) -> list[Any]:
    """The good row with some columns changed, by their headings."""
    return [changed.get(name, value) for name, value in zip(HEAD, GOOD, strict=True)]


def receive(cast: Cast, data: bytes, *, session: int | None = 4, who: str = "xuting") -> ImportBatch:
    return earlier.receive(
        data=data,
        name="2025年建议.xlsx",
        place=cast.place,
        defaults={"congress": 17, "session": session, "on": ON.isoformat()},
        actor=cast.actor(who, on=timezone.localdate()),
        at=timezone.now(),
    )


def commit(cast: Cast, batch: ImportBatch, *, leave_out: Sequence[int] = ()) -> int:
    actor = cast.actor("xuting", on=timezone.localdate())
    return earlier.commit(batch, leave_out=leave_out, actor=actor, at=timezone.now())


def faults(batch: ImportBatch) -> list[list[str]]:
    return [each["faults"] for each in batch.rows]


def test_a_list_becomes_closed_suggestions_with_their_handlers_and_class(cast: Cast) -> None:
    assert commit(cast, receive(cast, sheet(GOOD))) == 1
    suggestion = Suggestion.objects.select_related("matter").get()
    matter = suggestion.matter
    assert (suggestion.congress, suggestion.session, suggestion.year, suggestion.running_no) == (
        17,
        4,
        2025,
        12,
    )
    assert (suggestion.imported, suggestion.result_class, matter.stage) == (True, "B", "closed")
    assert (matter.opened_on, matter.ended_on) == (date(2025, 2, 20), date(2025, 5, 30))
    parts = matter.parties.order_by("pk").values_list("part", "organ__short_name", "person__name")
    assert list(parts) == [
        ("office", "代表工委", None),
        ("lead", "县水利局", None),
        ("co", "县财政局", None),
        ("mover", "青石镇代表团", "吴桂花"),
        ("joint", "白沙镇代表团", "曹勇"),
        ("joint", "云岭乡代表团", "蒋春兰"),
    ]


def test_the_past_asks_nothing_of_anybody_and_each_of_its_acts_has_its_entry(cast: Cast) -> None:
    batch = receive(cast, sheet(GOOD))
    commit(cast, batch)
    matter = Matter.objects.get()
    assert (Term.objects.count(), Todo.objects.count()) == (0, 0)
    deeds = list(matter.deeds.order_by("seq").values_list("act", "seq"))
    kinds = dict(Entry.objects.values_list("seq", "kind"))
    assert [(act, kinds[seq]) for act, seq in deeds] == [
        ("opened", "matter.opened"),
        ("record_history", "act.suggestion.record_history"),
    ]
    assert matter.version == len(deeds)
    told = Entry.objects.get(kind="suggestions.imported")
    assert batch.document.sha256 in told.body


def test_what_deputies_thought_then_is_no_more_the_agencies_than_now(cast: Cast) -> None:
    commit(cast, receive(cast, sheet(GOOD)))
    matter = Matter.objects.get()
    page = client_of(cast, "tianye").get(f"/matters/{matter.number}/")
    assert (page.status_code, "基本满意" in page.content.decode()) == (200, False)
    document = ImportBatch.objects.get().document
    assert client_of(cast, "tianye").get(reverse("library:file", args=[document.pk])).status_code == 404
    assert client_of(cast, "xuting").get(reverse("library:file", args=[document.pk])).status_code == 200


def test_handlers_are_learned_from_what_was_imported(cast: Cast) -> None:
    rows = [
        row(建议编号=number, 案由=f"关于修复{name}村引水渠的建议")
        for number, name in ((1, "上河"), (2, "下河"))
    ]
    commit(cast, receive(cast, sheet(*rows)))
    found = propose_handlers("关于修复前河村引水渠的建议", place=cast.place, on=timezone.localdate())
    assert (found[0].organ.short_name, found[0].part) == ("县水利局", "lead")


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"案由": ""}, "标题“”：没有填写，这一列必须填。"),
        ({"领衔代表": "吴桂华"}, "领衔代表“吴桂华”：没有登记名叫“吴桂华”的代表。姓名相近的有吴桂花。"
         "请改正姓名，或者先登记这位代表。"),
        ({"会办单位": "市场监管局"}, "协办单位“市场监管局”：临溪县的机构登记中没有“市场监管局”。"
         "请选定或先登记该机构。"),
        ({"承办单位": "代表工委"}, "主办单位“代表工委”：临溪县人大常委会选举任免代表工作委员会不是承办单位，"
         "不能承办建议。"),
        ({"提出日期": "2月20日"}, "提出日期“2月20日”：没有写年份。请写全，如“2025年3月7日”。"),
        ({"答复日期": "2025-1-5"}, "答复日期“2025-01-05”：早于提出日期（2025-02-20）。请核对。"),
        ({"答复类别": "E"}, "办理结果“E”：认不出类别。本地的类别是A类、B类、C类、D类。"),
        ({"代表评价": "还行"}, "满意度“还行”：认不出。请写成满意、基本满意、不满意，没有评价的留空。"),
    ],
)  # fmt: skip
def test_each_fault_is_said_with_its_row_and_the_way_out(
    cast: Cast, changed: dict[str, Any], fault: str
) -> None:
    assert faults(receive(cast, sheet(GOOD, row(建议编号=13, **changed)))) == [[], [fault]]


def test_a_number_stands_once_in_the_list_and_once_in_the_system(cast: Cast) -> None:
    twice = receive(cast, sheet(GOOD, GOOD))
    assert [[text.startswith("编号“12”") for text in each] for each in faults(twice)] == [[], [True]]
    commit(cast, receive(cast, sheet(GOOD)))
    assert faults(receive(cast, sheet(GOOD))) == [["编号“12”：系统里已经有这个编号的建议，不能重复登记。"]]


def test_all_is_taken_in_or_nothing_until_faulty_rows_are_left_out(cast: Cast) -> None:
    batch = receive(cast, sheet(GOOD, row(建议编号=13, 领衔代表="无名氏")))
    with pytest.raises(Incomplete, match="还有1行有错（第3行）"):
        commit(cast, batch)
    assert Suggestion.objects.count() == 0
    assert commit(cast, batch, leave_out=[3]) == 1
    assert "没有登记名叫“无名氏”的代表" in Entry.objects.get(kind="suggestions.imported").body


def test_a_list_is_taken_in_once(cast: Cast) -> None:
    batch = receive(cast, sheet(GOOD))
    commit(cast, batch)
    with pytest.raises(Incomplete, match="已经处理过了"):
        commit(cast, batch)
    assert Suggestion.objects.count() == 1


def test_what_was_taken_meanwhile_is_not_taken_twice(cast: Cast) -> None:
    first, second = receive(cast, sheet(GOOD)), receive(cast, sheet(GOOD))
    commit(cast, first)
    with pytest.raises(Incomplete, match="还有1行有错"):
        commit(cast, second)


def test_numbers_go_on_after_those_of_the_list(cast: Cast) -> None:
    head = [*HEAD, "届次"]
    commit(cast, receive(cast, sheet([*row(提出日期="2026-01-15", 答复日期=""), "闭会"], head=head)))
    walk = Walk(cast)
    walk.act("accept", "xuting")
    walk.matter.suggestion.refresh_from_db()
    assert walk.matter.suggestion.running_no == 13


def test_the_column_of_sessions_stands_before_what_was_filled_in(cast: Cast) -> None:
    head = [*HEAD, "届次"]
    rows = [[*row(建议编号=1), "十七届三次会议"], [*row(建议编号=2), "闭会期间"], [*row(建议编号=3), "去年"]]
    batch = receive(cast, sheet(*rows, head=head))
    found = [(each["values"]["congress"], each["values"]["session"]) for each in batch.rows]
    assert found == [(17, 3), (17, None), (17, 4)]
    assert faults(batch)[2] == ["届次“去年”：认不出是哪一次会议。请写成“第十七届第五次会议”或“闭会”。"]


def test_one_suggestion_over_merged_rows_is_one_with_all_its_handlers(cast: Cast) -> None:
    more: list[Any] = ["", "", "", "", "", "县交通运输局", "", "", "", ""]
    merged = {"A2:A3": 12, "B2:B3": GOOD[1], "C2:C3": "吴桂花"}
    batch = receive(cast, sheet(GOOD, more, merged=merged))
    assert faults(batch) == [[]]
    commit(cast, batch)
    helping = Matter.objects.get().parties.filter(part="co").order_by("pk")
    assert [str(each) for each in helping] == ["县财政局", "县交通运输局"]


def test_the_wrong_sheet_says_what_is_missing_and_keeps_the_upload(cast: Cast) -> None:
    batch = receive(cast, sheet(["张三", 3], head=["姓名", "件数"]))
    assert batch.fault.startswith("无法读取：没有找到表头，需要的列是：编号、标题、领衔代表。")
    assert commit_fault(cast, batch) == batch.fault


def commit_fault(cast: Cast, batch: ImportBatch) -> str:
    with pytest.raises(Incomplete) as refused:
        commit(cast, batch)
    return str(refused.value)


def test_only_the_office_that_receives_suggestions_imports(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="往年的建议由代表工委的工作人员导入"):
        receive(cast, sheet(GOOD), who="linyue")
    found = [client_of(cast, name).get("/suggestions/earlier/").status_code for name in ("linyue", "tianye")]
    assert found == [403, 403]


def test_the_pages_lead_from_the_file_to_the_suggestions(cast: Cast) -> None:
    client = client_of(cast, "xuting")
    data = sheet(GOOD, row(建议编号=13, 领衔代表="无名氏"))
    file = SimpleUploadedFile("2025年建议.xlsx", data)
    sent = {"file": file, "congress": "17", "session": "4", "on": "2025-02-21"}
    preview = client.post("/suggestions/earlier/", sent).headers["Location"]
    html = client.get(preview).content.decode()
    assert "共读出2件：1件没有问题" in html
    assert client.post(preview, {"commit": "1"}).status_code == 409
    assert client.post(preview, {"commit": "1", "out": "3"}).status_code == 302
    assert "没有导入的是第3行" in client.get(preview).content.decode()


def test_what_is_no_table_is_refused_with_the_reason(cast: Cast) -> None:
    file = SimpleUploadedFile("建议.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(40))
    sent = {"file": file, "congress": "17", "session": "4", "on": "2025-02-21"}
    page = client_of(cast, "xuting").post("/suggestions/earlier/", sent)
    assert (page.status_code, "无法读取" in page.content.decode()) == (400, True)
