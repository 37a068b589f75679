"""The library's pages as the people concerned use them, without JavaScript unless said."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.ledger.models import Entry
from bihuan.library import stretches, uploads
from bihuan.library.documents import keep_document
from bihuan.library.models import Acceptance, Document, Proposal, Reading
from bihuan.library.readings import accept_all_certain, read_document
from bihuan.people.actors import Actor
from bihuan.people.models import Account, Place

from .conftest import AT, OPINION, PAPER, RiverIntake

HTMX = {"HX-Request": "true"}


@pytest.fixture
def database(db: None) -> None:
    """Pages are tried on one database; what they call is tried on both."""


@pytest.fixture
def page(client: Client, clerk_account: Account) -> Client:
    client.force_login(clerk_account)
    return client


def body(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined,no-any-return]


def button(row: Proposal, decision: str) -> dict[str, str]:
    return {"decide": f"{row.pk} {row.version} {decision}"}


def text_file(name: str, text: str = PAPER) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


class TestWhoMay:
    PAGES = ("documents", "upload")

    @pytest.mark.parametrize("name", PAGES)
    def test_the_public_is_asked_to_sign_in(self, client: Client, db: None, name: str) -> None:
        response = client.get(reverse(f"library:{name}"))
        assert (response.status_code, response["Location"].split("?")[1]) == (
            302,
            f"next=/library/{'' if name == 'documents' else name}",
        )

    @pytest.mark.parametrize("name", PAGES)
    def test_others_are_told_who_may(self, client: Client, outsider_account: Account, name: str) -> None:
        client.force_login(outsider_account)
        response = client.get(reverse(f"library:{name}"))
        assert response.status_code == 403
        assert "常委会办公室、各工作委员会和专门委员会" in body(response)

    def test_papers_of_another_place_are_not_there(self, page: Client, reading: Reading) -> None:
        Document.objects.update(place=Place.objects.create(code="b", name="乙县"))
        row = reading.proposals.all()[0]
        addresses = [
            reverse("library:document", args=[reading.document_id]),
            reverse("library:file", args=[reading.document_id]),
            reverse("library:review", args=[reading.pk]),
            reverse("library:accept", args=[reading.pk]),
            reverse("library:correct", args=[row.pk]),
        ]
        assert [page.get(address).status_code for address in addresses] == [404] * 5


class TestUpload:
    def test_several_files_each_stand_for_themselves(self, page: Client, reader: None) -> None:
        files = [text_file("通知.txt"), SimpleUploadedFile("坏.pdf", b"%PDF-1.7 broken"), text_file("同.txt")]
        shown = body(page.post(reverse("library:upload"), {"files": files}))
        assert [document.name for document in Document.objects.all()] == ["通知.txt"]
        assert Reading.objects.get().proposals.count() == 7
        for words in ("核对读出的内容", "无法读取", "这份文件以前上传过，没有重复保存。"):
            assert words in shown

    def test_a_file_too_large_is_dropped_while_it_arrives_and_the_others_stay(
        self, page: Client, reader: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(uploads, "MOST_BYTES", 1000)
        files = [text_file("大.txt", "长" * 2000), text_file("通知.txt")]
        shown = body(page.post(reverse("library:upload"), {"files": files}))
        assert [document.name for document in Document.objects.all()] == ["通知.txt"]
        assert "大.txt" in shown
        assert "50&nbsp;MB" in shown or "50 MB 的上限" in shown

    def test_too_much_at_once_keeps_what_came_first(
        self, page: Client, reader: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(uploads, "MOST_AT_ONCE", 1000)
        files = [text_file("通知.txt"), text_file("二.txt", "二" * 200)]
        assert "合计超过500 MB" in body(page.post(reverse("library:upload"), {"files": files}))
        assert [document.name for document in Document.objects.all()] == ["通知.txt"]

    def test_no_file_says_what_to_do(self, page: Client) -> None:
        assert "请先选择文件" in body(page.post(reverse("library:upload")))


class TestDownload:
    def test_a_file_is_always_an_attachment_with_its_chinese_name(
        self, page: Client, paper: Document
    ) -> None:
        response = page.get(reverse("library:file", args=[paper.pk]))
        assert b"".join(response.streaming_content) == PAPER.encode()  # type: ignore[attr-defined]
        assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E9%80%9A%E7%9F%A5.txt"
        assert response["X-Content-Type-Options"] == "nosniff"

    def test_who_may_not_read_it_does_not_learn_of_it(
        self, client: Client, outsider_account: Account, paper: Document
    ) -> None:
        client.force_login(outsider_account)
        assert client.get(reverse("library:file", args=[paper.pk])).status_code == 404


class TestReview:
    def test_every_span_is_marked_and_every_proposal_stands_beside(
        self, page: Client, reading: Reading
    ) -> None:
        shown = body(page.get(reverse("library:review", args=[reading.pk])))
        for row in reading.proposals.all():
            assert f'id="proposal-{row.pk}"' in shown
            assert f'id="span-{row.pk}"' in shown
        assert "疑问：“随后”没有写明期限，也没有写明由谁报告。" in shown

    def test_what_the_paper_says_is_never_markup(self, page: Client, reading: Reading) -> None:
        Document.objects.update(text="<script>" + reading.document.text)
        assert "<script>关于" not in body(page.get(reverse("library:review", args=[reading.pk])))

    def test_a_long_reading_is_shown_paper_by_paper_and_leads_on(
        self, page: Client, reading: Reading, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(stretches.cut_into_pages, "__kwdefaults__", {"most": 4})
        first, second = (
            body(page.get(reverse("library:review", args=[reading.pk]), {"paper": number}))
            for number in (1, 2)
        )
        assert (first.count("data-proposal="), second.count("data-proposal=")) == (1, 3)
        assert 'href="?paper=2"' in first
        row = reading.proposals.order_by("position")[1]
        answer = page.post(
            reverse("library:decide", args=[reading.pk]) + "?paper=2&order=text", button(row, "accepted")
        )
        assert answer["Location"].startswith(f"/library/readings/{reading.pk}?paper=2&order=text#proposal-")

    def test_no_address_ever_carries_the_forms_token(self, page: Client, reading: Reading) -> None:
        shown = body(page.get(reverse("library:review", args=[reading.pk])))
        assert shown.count("hx-get=") == shown.count('hx-include="unset" hx-get=')

    def test_filters_narrow_the_proposals(self, page: Client, reading: Reading) -> None:
        shown = body(page.get(reverse("library:review", args=[reading.pk]), {"type": "finding"}))
        assert shown.count("data-proposal=") == 2

    def test_deciding_leads_to_the_next_undecided(self, page: Client, reading: Reading) -> None:
        first, second = reading.proposals.order_by("position")[:2]
        address = reverse("library:decide", args=[reading.pk]) + "?order=text"
        response = page.post(address, button(first, "accepted"))
        assert response["Location"] == f"/library/readings/{reading.pk}?order=text#proposal-{second.pk}"
        first.refresh_from_db()
        assert first.decision == "accepted"

    def test_htmx_gets_the_one_proposal_and_the_progress(self, page: Client, reading: Reading) -> None:
        first = reading.proposals.order_by("position")[0]
        shown = body(
            page.post(reverse("library:decide", args=[reading.pk]), button(first, "rejected"), headers=HTMX)
        )
        assert shown.count("data-proposal=") == 1
        assert "已完成 1 条，共 7 条" in shown

    def test_the_second_of_two_people_is_told(self, page: Client, reading: Reading) -> None:
        first = reading.proposals.order_by("position")[0]
        address = reverse("library:decide", args=[reading.pk])
        page.post(address, button(first, "rejected"))
        assert "张敏刚刚把这一条定为“否定”" in body(
            page.post(address, button(first, "accepted"), follow=True)
        )
        assert "张敏刚刚把这一条定为“否定”" in body(
            page.post(address, button(first, "accepted"), headers=HTMX)
        )

    @pytest.mark.parametrize("value", ["", "x y z", "1 0 corrected", "999999 0 accepted"])
    def test_a_button_that_is_none_of_ours_does_nothing(
        self, page: Client, reading: Reading, value: str
    ) -> None:
        value = value.replace("1 0", f"{reading.proposals.all()[0].pk} 0")
        assert page.post(reverse("library:decide", args=[reading.pk]), {"decide": value}).status_code == 404
        assert reading.proposals.exclude(decision="pending").count() == 0

    def test_accepting_all_certain_says_how_many(self, page: Client, reading: Reading) -> None:
        address = reverse("library:accept_certain", args=[reading.pk])
        assert "已接受5条没有疑问的内容" in body(page.post(address, follow=True))


class TestTogether:
    """One question, one decision; what is left over, one reason."""

    def test_one_button_decides_all_that_a_question_touches(self, page: Client, reading: Reading) -> None:
        slip = reading.proposals.get(type="inconsistency")
        deadline = reading.proposals.get(doubt__startswith="“随后”")
        Proposal.objects.filter(pk=deadline.pk).update(doubt=slip.fact["description"])
        shown = page.get(reverse("library:review", args=[reading.pk]))
        question = shown.context["raised"][0]
        assert [each.pk for each in question.proposals] == [deadline.pk, slip.pk]
        address = reverse("library:decide_together", args=[reading.pk])
        page.post(address, {"seen": question.seen, "decide": "accepted"})
        decided = reading.proposals.exclude(decision=Proposal.PENDING)
        assert set(decided.values_list("pk", "decision")) == {
            (deadline.pk, "accepted"),
            (slip.pk, "accepted"),
        }

    def test_nothing_is_decided_together_when_somebody_decided_on_a_part(
        self, page: Client, reading: Reading
    ) -> None:
        one, other = reading.proposals.all()[:2]
        page.post(reverse("library:decide", args=[reading.pk]), button(one, "rejected"))
        address = reverse("library:decide_together", args=[reading.pk])
        seen = f"{one.pk}:0 {other.pk}:0"
        shown = body(page.post(address, {"seen": seen, "decide": "accepted"}, follow=True))
        assert "张敏刚刚把这一条定为“否定”" in shown
        assert reading.proposals.get(pk=other.pk).decision == Proposal.PENDING

    @pytest.mark.parametrize("seen", ["", "x", "1", "1:2:3"])
    def test_a_made_up_list_decides_nothing(self, page: Client, reading: Reading, seen: str) -> None:
        address = reverse("library:decide_together", args=[reading.pk])
        assert page.post(address, {"seen": seen, "decide": "accepted"}).status_code == 404

    def test_the_rest_is_rejected_for_one_reason_after_it_was_shown(
        self, page: Client, reading: Reading
    ) -> None:
        page.post(reverse("library:accept_certain", args=[reading.pk]))
        address = reverse("library:reject_rest", args=[reading.pk])
        assert "还有2条没有决定" in body(page.get(address))
        page.post(address, {"seen": "2", "reason": "与办理无关"})
        rejected = reading.proposals.filter(decision=Proposal.REJECTED)
        assert list(rejected.values_list("reason", flat=True)) == ["与办理无关"] * 2
        assert "理由：与办理无关" in body(page.get(reverse("library:review", args=[reading.pk])))

    def test_without_a_reason_nothing_is_rejected(self, page: Client, reading: Reading) -> None:
        page.post(reverse("library:reject_rest", args=[reading.pk]), {"seen": "7", "reason": " "})
        assert reading.proposals.filter(decision=Proposal.REJECTED).count() == 0

    def test_others_than_were_shown_are_not_rejected(self, page: Client, reading: Reading) -> None:
        answer = page.post(reverse("library:reject_rest", args=[reading.pk]), {"seen": "3", "reason": "无关"})
        assert "现在没有决定的是7条" in body(answer)
        assert reading.proposals.filter(decision=Proposal.REJECTED).count() == 0


class TestWithdrawing:
    def withdraw(self, page: Client, paper: Document, reason: str = "传错了文件") -> str:
        address = reverse("library:withdraw", args=[paper.pk])
        return body(page.post(address, {"reason": reason}, follow=True))

    def test_a_paper_is_withdrawn_with_its_reason_in_the_ledger(
        self, page: Client, reading: Reading, paper: Document
    ) -> None:
        assert "已撤回，并记入台账。" in self.withdraw(page, paper)
        reading.refresh_from_db()
        assert reading.state == Reading.ABANDONED
        entry = Entry.objects.get(kind="library.document_withdrawn")
        assert json.loads(entry.body) == {
            "name": "通知.txt", "sha256": paper.sha256, "reason": "传错了文件"
        }  # fmt: skip

    def test_without_a_reason_it_stays(self, page: Client, reading: Reading, paper: Document) -> None:
        self.withdraw(page, paper, reason=" ")
        paper.refresh_from_db()
        assert paper.withdrawn_at is None

    def test_what_became_a_matter_is_not_withdrawn(
        self, page: Client, reading: Reading, paper: Document
    ) -> None:
        Reading.objects.filter(pk=reading.pk).update(state=Reading.ACCEPTED)
        assert "不能撤回：这份文件已经接受并建立了事项" in self.withdraw(page, paper)

    def test_a_withdrawn_paper_is_not_decided_on(
        self, page: Client, reading: Reading, paper: Document
    ) -> None:
        self.withdraw(page, paper)
        row = reading.proposals.all()[0]
        page.post(reverse("library:decide", args=[reading.pk]), button(row, "accepted"))
        assert reading.proposals.exclude(decision=Proposal.PENDING).count() == 0

    def test_the_same_file_uploaded_again_counts_again(
        self, page: Client, reading: Reading, paper: Document
    ) -> None:
        self.withdraw(page, paper)
        page.post(reverse("library:upload"), {"files": [text_file("通知.txt")]})
        paper.refresh_from_db()
        assert paper.withdrawn_at is None
        assert [each.state for each in paper.readings.order_by("pk")] == ["abandoned", "proposed"]
        assert Entry.objects.filter(kind="library.document_taken_in_again").count() == 1


class TestCorrection:
    @pytest.fixture
    def deadline(self, reading: Reading) -> Proposal:
        return reading.proposals.get(position=4)

    def form(self, **typed: str) -> dict[str, str]:
        return {
            "seen_version": "0",
            "action": "书面报告办理情况",
            "responsible": "县人民政府",
            "offset": "P2M",
            "begins": "县政府要在",
            "ends": "办理情况",
        } | typed

    def test_the_form_has_the_facts_fields_and_its_ends(self, page: Client, deadline: Proposal) -> None:
        shown = body(page.get(reverse("library:correct", args=[deadline.pk])))
        for words in ("责任单位", "期限长度", "依据原文：开头", 'value="县政府要在两个月内书面报"'):
            assert words in shown

    def test_a_correction_keeps_types_and_leaves_out_what_is_empty(
        self, page: Client, deadline: Proposal
    ) -> None:
        page.post(reverse("library:correct", args=[deadline.pk]), self.form(step="2"))
        deadline.refresh_from_db()
        start = PAPER.index("县政府要在")
        assert deadline.corrected == {
            "type": "deadline",
            "quote": "县政府要在两个月内书面报告办理情况",
            "start": start,
            "end": start + 17,
            "section": OPINION,
            "action": "书面报告办理情况",
            "responsible": "县人民政府",
            "offset": "P2M",
            "step": 2,
            "confidence": 1.0,
        }

    def test_the_span_can_be_moved_by_its_words(self, page: Client, deadline: Proposal) -> None:
        page.post(
            reverse("library:correct", args=[deadline.pk]), self.form(begins="报送前", ends="随后报告。")
        )
        deadline.refresh_from_db()
        assert deadline.final["quote"] == "报送前征求意见，随后报告。"

    @pytest.mark.parametrize(
        ("field", "typed", "told"),
        [
            ("begins", "没有的话", "原文中没有“没有的话”"),
            ("offset", "一个半月", "看不懂这个期限长度"),
            ("due", "28.2.2026", "没有这个日期，或者看不懂"),
            ("due", "2026-02-30", "没有这个日期，或者看不懂"),
        ],
    )
    def test_what_cannot_be_understood_is_told_and_kept(
        self, page: Client, deadline: Proposal, field: str, typed: str, told: str
    ) -> None:
        shown = body(page.post(reverse("library:correct", args=[deadline.pk]), self.form(**{field: typed})))
        assert told in shown
        assert f'value="{typed}"' in shown
        deadline.refresh_from_db()
        assert deadline.decision == "pending"

    def test_the_second_of_two_people_is_told_and_keeps_what_was_typed(
        self, page: Client, deadline: Proposal
    ) -> None:
        address = reverse("library:correct", args=[deadline.pk])
        page.post(address, self.form())
        shown = body(page.post(address, self.form(responsible="县水利局")))
        assert "张敏刚刚把这一条定为“已更正”" in shown
        assert 'value="县水利局"' in shown
        page.post(address, self.form(responsible="县水利局", seen_version="1"))
        deadline.refresh_from_db()
        assert deadline.final["responsible"] == "县水利局"

    def test_a_doubt_goes_only_when_somebody_says_it_is_settled(self, page: Client, reading: Reading) -> None:
        doubtful = reading.proposals.get(position=5)
        typed = {"seen_version": "0", "action": "报告", "begins": "随后报告", "ends": "随后报告"}
        address = reverse("library:correct", args=[doubtful.pk])
        page.post(address, typed)
        doubtful.refresh_from_db()
        assert doubtful.final["doubt"] == doubtful.doubt
        page.post(address, typed | {"seen_version": "1", "settled": "on"})
        doubtful.refresh_from_db()
        assert "doubt" not in doubtful.final

    def test_htmx_gets_the_form_alone_and_the_proposal_back(self, page: Client, deadline: Proposal) -> None:
        address = reverse("library:correct", args=[deadline.pk])
        assert "<html" not in body(page.get(address, headers=HTMX))
        response = page.post(address, self.form(), headers=HTMX)
        assert response["HX-Reswap"] == "outerHTML"
        assert body(response).count(f'id="proposal-{deadline.pk}"') == 1


class TestAcceptance:
    @pytest.fixture
    def decided(self, reading: Reading, staff: Actor, intake: RiverIntake) -> Reading:
        accept_all_certain(reading_id=reading.pk, actor=staff, at=AT)
        reading.proposals.filter(decision="pending").update(decision="rejected", decided_at=AT)
        return reading

    def seen(self, shown: str) -> str:
        return shown.split('name="seen" value="')[1].split('"')[0]

    def test_what_will_be_created_is_shown_first(self, page: Client, decided: Reading) -> None:
        shown = body(page.get(reverse("library:accept", args=[decided.pk])))
        for words in ("确认后建立", OPINION, "办理机关：待定", "由哪个机关办理？", "附件1" + OPINION):
            assert words in shown
        assert not Acceptance.objects.exists()

    def test_confirming_creates_what_was_shown_and_links_it(self, page: Client, decided: Reading) -> None:
        address = reverse("library:accept", args=[decided.pk])
        shown = body(page.post(address, {"q0-organ": "2", "step": "preview"}))
        assert "办理机关：县水利局" in shown
        done = page.post(address, {"q0-organ": "2", "step": "accept", "seen": self.seen(shown)}, follow=True)
        assert f'href="/matters/{OPINION}"' in body(done)
        assert Acceptance.objects.get().answers == {"q0-organ": "2"}

    def test_an_answer_that_changes_the_plan_is_shown_before_it_counts(
        self, page: Client, decided: Reading
    ) -> None:
        address = reverse("library:accept", args=[decided.pk])
        seen = self.seen(body(page.get(address)))
        shown = body(page.post(address, {"q0-organ": "2", "step": "accept", "seen": seen}))
        assert "再看一遍" in shown
        assert not Acceptance.objects.exists()

    def test_a_missing_answer_is_asked_for(self, page: Client, decided: Reading) -> None:
        address = reverse("library:accept", args=[decided.pk])
        shown = body(page.post(address, {"step": "accept", "seen": self.seen(body(page.get(address)))}))
        assert "有内容需要修改" in shown
        assert not Acceptance.objects.exists()

    def test_what_is_undecided_is_said_and_cannot_be_confirmed(
        self, page: Client, reading: Reading, intake: RiverIntake
    ) -> None:
        shown = body(page.get(reverse("library:accept", args=[reading.pk])))
        assert "还有7条没有决定" in shown
        assert "确认，建立以上内容" not in shown


class TestList:
    @pytest.fixture
    def fill(self, place: Place, staff: Actor, reader: None) -> Callable[[int], None]:
        def fill(count: int) -> None:
            for number in range(count):
                kept = keep_document(
                    data=f"第{number}号河道文件".encode(),
                    name=f"{number}.txt",
                    kind="upload",
                    place=place,
                    actor=staff,
                    at=AT,
                )
                read_document(document=kept.document, at=AT)

        return fill

    def test_more_rows_need_no_more_queries(self, page: Client, fill: Callable[[int], None]) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as made:
                page.get(reverse("library:documents"))
            return len(made)

        fill(1)
        page.get(reverse("library:documents"))  # the session's first request writes to it
        one = queries()
        fill(3)
        assert queries() == one

    def test_words_narrow_the_list(self, page: Client, fill: Callable[[int], None]) -> None:
        fill(3)
        shown = body(page.get(reverse("library:documents"), {"words": "第1号"}))
        assert [f"{number}.txt" in shown for number in range(3)] == [False, True, False]

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"state": "proposed"}, True),
            ({"state": "none"}, False),
            ({"state": "accepted"}, False),
            ({"genre": "审议意见"}, False),
            ({"since": "2026-03-02", "until": "2026-03-02"}, True),
            ({"since": "2026-03-03"}, False),
            ({"until": "2026-03-01"}, False),
        ],
    )
    def test_state_and_period_narrow_the_list(
        self, page: Client, fill: Callable[[int], None], asked: dict[str, str], found: bool
    ) -> None:
        fill(1)
        assert ("0.txt" in body(page.get(reverse("library:documents"), asked))) is found

    def test_a_genre_narrows_the_list(self, page: Client, reading: Reading) -> None:
        for genre, there in (("审议意见", True), ("决议", False)):
            assert ("通知.txt" in body(page.get(reverse("library:documents"), {"genre": genre}))) is there

    def test_the_list_can_be_taken_away_as_filtered(self, page: Client, fill: Callable[[int], None]) -> None:
        fill(2)
        response = page.get(reverse("library:documents"), {"words": "第1号", "format": "xlsx"})
        sheet = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
        written = sheet.read("xl/worksheets/sheet1.xml").decode()
        assert ["1.txt" in written, "0.txt" in written, "待核对" in written] == [True, False, True]

    def test_an_empty_library_says_what_to_do(self, page: Client) -> None:
        assert "还没有文件" in body(page.get(reverse("library:documents")))

    def test_what_was_created_is_linked(
        self, page: Client, reading: Reading, staff: Actor, intake: RiverIntake
    ) -> None:
        accept_all_certain(reading_id=reading.pk, actor=staff, at=AT)
        reading.proposals.filter(decision="pending").update(decision="rejected", decided_at=AT)
        address = reverse("library:accept", args=[reading.pk])
        shown = body(page.post(address, {"q0-organ": "2", "step": "preview"}))
        seen = shown.split('name="seen" value="')[1].split('"')[0]
        page.post(address, {"q0-organ": "2", "step": "accept", "seen": seen})
        assert f'href="/matters/{OPINION}"' in body(page.get(reverse("library:documents")))
