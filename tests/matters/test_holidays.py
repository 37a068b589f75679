"""A holiday notice: two people, nothing moves before, everything moves together, each matter told once."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.kernel.calendar import Holiday, YearNotice, national_calendar
from bihuan.kernel.terms import Period, Unit, due_date
from bihuan.ledger.models import Entry
from bihuan.matters import holiday_views, holidays
from bihuan.matters.clock import current_calendar
from bihuan.matters.holidays import (
    NoticeState,
    UnusableNotice,
    approve_notice,
    changes_by,
    deciding_post,
    propose_notice,
    reject_notice,
    touched_matters,
)
from bihuan.matters.models import Deed, Digest, HolidayNotice, Matter, Notice, Term, Todo
from bihuan.matters.perform import perform
from bihuan.people.models import Account, Person, Post
from bihuan.people.refusals import NotAllowed, ReasonMissing
from bihuan.ui.export import XLSX
from tests.matters.trial import County, morning

# An arrangement of our own making: the year is far from any that is published.
NOTICE = """year = 2031
source = "关于2031年放假安排的通知（虚构）"
worked = [2031-02-08]

[[holiday]]
name = "元旦"
first = 2031-01-01
last = 2031-01-03

[[holiday]]
name = "春节"
first = 2031-01-22
last = 2031-01-28

[[holiday]]
name = "清明节"
first = 2031-04-05
last = 2031-04-05

[[holiday]]
name = "劳动节"
first = 2031-05-01
last = 2031-05-03

[[holiday]]
name = "端午节"
first = 2031-06-24
last = 2031-06-24

[[holiday]]
name = "国庆节、中秋节"
first = 2031-10-01
last = 2031-10-08
"""
LOADED = morning(date(2030, 12, 1))
DECIDED = morning(date(2030, 12, 2))
OPENED = date(2030, 11, 1)


@pytest.fixture
def county(db: None) -> County:
    return County()


def waiting(county: County, **changes: Any) -> Matter:
    """Ten working days from 20 January 2031: Monday to Friday they end on 3 February."""
    given: dict[str, Any] = {"working_days": "P10WD", "start": date(2031, 1, 20), "opened_on": OPENED}
    return county.matter(**given | changes)


def proposed(county: County, text: str = NOTICE) -> HolidayNotice:
    return propose_notice(text=text, actor=county.actor(county.sysadmin), at=LOADED)


def approved(county: County, notice: HolidayNotice) -> int:
    return approve_notice(notice, actor=county.actor(county.director), at=DECIDED)


def due_days() -> list[date | None]:
    return list(Term.objects.order_by("id").values_list("due_on", flat=True))


def test_proposing_moves_nothing_and_is_recorded(county: County) -> None:
    waiting(county)
    notice = proposed(county)
    assert (due_days(), current_calendar().knows(2031)) == ([date(2031, 2, 3)], False)
    entry = Entry.objects.get(kind="holiday_notice.proposed")
    assert (entry.subject, entry.actor) == (f"holiday_notice:{notice.pk}", "贺立新（县人大常委会办公室）")
    assert json.loads(entry.body) == {
        "year": 2031,
        "source": "关于2031年放假安排的通知（虚构）",
        "text": NOTICE,
        "replaces": False,
    }


def test_a_notice_that_leaves_out_festivals_is_refused(county: County) -> None:
    """Its other days would no longer be provisional, and be wrong."""
    with pytest.raises(UnusableNotice) as refusal:
        proposed(county, NOTICE[: NOTICE.index('\n[[holiday]]\nname = "清明节"')])
    assert str(refusal.value) == (
        "没有载入：没有写明清明、劳动、端午、中秋、国庆的安排。缺了节日的安排一旦生效，这些日子会被当作工作日，"
        "落在其间的期限也不再标明暂定。请把通知补全后再载入。"
    )


def test_the_published_sentences_are_loaded_as_they_are(county: County) -> None:
    notice = proposed(county, holiday_views.EXAMPLE)
    assert (notice.year, notice.source) == (2031, "国务院办公厅关于2031年部分节假日安排的通知")
    assert approved(county, notice) == 0
    assert current_calendar().knows(2031)


def test_only_the_system_administrator_loads(county: County) -> None:
    with pytest.raises(NotAllowed) as refusal:
        propose_notice(text=NOTICE, actor=county.actor(county.director), at=LOADED)
    assert str(refusal.value) == "您不能载入放假安排：这是系统管理员的职责，请与其联系。"


def test_every_deadline_that_would_move_is_listed_before_and_after(county: County) -> None:
    moving = waiting(county)
    firming = waiting(county, working_days="P1WD")
    waiting(county, start=date(2026, 3, 2), opened_on=date(2026, 3, 2))  # ended long before
    listed = [
        (change.matter, change.kind, change.before.on, change.after.on, change.after.provisional)
        for change in changes_by(proposed(county))
    ]
    assert listed == [
        (moving, "moves", date(2031, 2, 3), date(2031, 2, 8), False),
        (firming, "firms", date(2031, 1, 21), date(2031, 1, 21), False),
    ]


def test_the_list_goes_on_behind_a_matter(county: County) -> None:
    first, second = waiting(county), waiting(county)
    notice = proposed(county)
    assert [change.matter for change in changes_by(notice, after=first.pk)] == [second]


def test_approval_moves_all_that_was_listed_and_nothing_else(county: County) -> None:
    matter, fixed = waiting(county), county.matter(due_on=date(2031, 1, 25), opened_on=OPENED)
    notice = proposed(county)
    assert approved(county, notice) == 1
    assert due_days() == [date(2031, 2, 8), date(2031, 1, 25)]
    matter.refresh_from_db()
    assert (matter.due_on, matter.warn_on) == (date(2031, 2, 8), date(2031, 2, 1))
    assert (
        Todo.objects.filter(matter=matter).values_list("due_on", flat=True).distinct().get() == matter.due_on
    )
    assert list(changes_by(notice)) == []
    fixed.refresh_from_db()
    assert fixed.version == 1


def test_approval_is_one_entry_for_the_notice_and_one_a_matter(county: County) -> None:
    matter = waiting(county)
    notice = proposed(county)
    approved(county, notice)
    recounted, decided = Entry.objects.order_by("seq")[2:]
    assert (recounted.kind, recounted.subject) == ("term.recounted", matter.subject)
    assert json.loads(recounted.body) == {
        "notice": notice.pk,
        "year": 2031,
        "version": 2,
        "terms": [["书面报告", "2031-02-03", "2031-02-08"]],
    }
    assert (decided.kind, decided.actor) == ("holiday_notice.approved", "周文涛（县人大常委会办公室）")
    assert json.loads(decided.body) == {
        "year": 2031,
        "source": "关于2031年放假安排的通知（虚构）",
        "reason": "",
        "moved": 1,
    }


def test_the_matter_shows_what_moved_and_those_who_act_are_told(county: County) -> None:
    matter = waiting(county)
    approved(county, proposed(county))
    deed = Deed.objects.get(matter=matter, act="recounted")
    assert (deed.name, deed.lines) == (
        "期限重新计算",
        [
            ["书面报告", "2031年2月3日改为2031年2月8日"],
            ["依据", "2031年放假安排：关于2031年放假安排的通知（虚构）"],
        ],
    )
    assert list(Notice.objects.filter(key__startswith="recount:").values_list("person__name", "text")) == [
        (
            "田野",
            "期限变动：书面报告由2031年2月3日改为2031年2月8日（2031年放假安排）：关于水库除险加固的试办事项",
        )
    ]


def test_an_act_after_the_recount_is_done_from_the_version_it_made(county: County) -> None:
    matter = waiting(county)
    approved(county, proposed(county))
    matter.refresh_from_db()
    actor = county.actor(county.clerk, on=date(2030, 12, 3))
    perform(
        matter, "report", actor=actor, answers={}, at=morning(date(2030, 12, 3)), seen_version=matter.version
    )
    matter.refresh_from_db()
    assert (matter.stage, matter.version) == ("closed", Deed.objects.filter(matter=matter).count())


def test_what_was_done_before_the_recount_can_still_be_entered_under_its_own_day(county: County) -> None:
    matter = waiting(county)
    approved(county, proposed(county))
    later, done = date(2030, 12, 3), date(2030, 11, 28)
    perform(matter, "report", actor=county.actor(county.clerk), answers={"on": done}, at=morning(later))
    assert Term.objects.get().met_on == done


def test_a_met_term_stays_as_it_was_counted(county: County) -> None:
    matter = waiting(county)
    perform(matter, "report", actor=county.actor(county.clerk), answers={}, at=morning(date(2030, 11, 20)))
    notice = proposed(county)
    assert approved(county, notice) == 0
    assert due_days() == [date(2031, 2, 3)]


def test_a_paused_clock_does_not_keep_a_notice_from_coming_into_force(county: County) -> None:
    waiting(county)
    Term.objects.update(
        paused=True, pauses=[{"since": "2031-01-21", "until": None, "reason": "x", "by": "y"}]
    )
    approved(county, proposed(county))
    assert current_calendar().knows(2031) is True


def test_who_loaded_a_notice_cannot_approve_it(county: County) -> None:
    notice = proposed(county)
    Post.objects.filter(person=county.sysadmin).update(until=date(2030, 12, 1))
    Post.objects.create(person=county.sysadmin, organ=county.office, role="director", since=date(2030, 12, 2))
    with pytest.raises(NotAllowed) as refusal:
        approve_notice(notice, actor=county.actor(county.sysadmin, on=date(2030, 12, 2)), at=DECIDED)
    assert str(refusal.value) == (
        "您不能审核自己载入的放假安排：载入和审核必须由两个人分别办理。请由另一位委室负责人审核。"
    )
    with pytest.raises(IntegrityError, match="holiday_notice_by_two"), transaction.atomic():
        HolidayNotice.objects.update(decider=county.sysadmin)


@pytest.mark.parametrize("who", ["staff", "clerk", "sysadmin"])
def test_only_a_director_of_the_standing_committees_offices_decides(county: County, who: str) -> None:
    notice = proposed(county)
    actor = county.actor(getattr(county, who))
    assert deciding_post(actor) is None
    for decide in (approve_notice, reject_notice):
        with pytest.raises(NotAllowed) as refusal:
            decide(notice, reason="", actor=actor, at=DECIDED)
        assert str(refusal.value) == "您不能审核放假安排：这是常委会各委室负责人的职责，请与其联系。"


def test_a_rejected_notice_moves_nothing_and_says_why(county: County) -> None:
    waiting(county)
    notice = proposed(county)
    with pytest.raises(ReasonMissing):
        reject_notice(notice, reason=" ", actor=county.actor(county.director), at=DECIDED)
    reject_notice(notice, reason="春节日期有误", actor=county.actor(county.director), at=DECIDED)
    notice.refresh_from_db()
    assert (notice.state, notice.reason, due_days()) == ("rejected", "春节日期有误", [date(2031, 2, 3)])
    assert proposed(county).state == "proposed"  # the year is free again


def test_a_decided_notice_is_not_decided_again(county: County) -> None:
    notice = proposed(county)
    approved(county, notice)
    with pytest.raises(NoticeState) as refusal:
        approved(county, notice)
    assert str(refusal.value) == (
        "没有办理：这份放假安排已由周文涛（县人大常委会办公室）审核，不能再次审核。请刷新页面查看。"
    )


def test_one_notice_of_a_year_waits_at_a_time(county: County) -> None:
    proposed(county)
    with pytest.raises(NoticeState, match=r"^没有载入：2031年已有一份放假安排在等待审核。"):
        proposed(county)


def test_a_year_already_in_force_is_corrected_the_same_way(county: County) -> None:
    waiting(county)
    approved(county, proposed(county))
    with pytest.raises(NoticeState, match=r"^没有载入：2031年的放假安排与现行的完全相同"):
        proposed(county)
    correction = proposed(county, NOTICE.replace("worked = [2031-02-08]", "worked = []"))
    assert [(change.before.on, change.after.on) for change in changes_by(correction)] == [
        (date(2031, 2, 8), date(2031, 2, 10))
    ]
    assert approved(county, correction) == 1
    assert due_days() == [date(2031, 2, 10)]


def test_an_approval_that_breaks_off_leaves_everything_as_it_was(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(county)
    waiting(county)
    notice = proposed(county)
    entries = Entry.objects.count()
    monkeypatch.setattr(holidays, "_decide", lambda *args, **given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        approved(county, notice)
    notice.refresh_from_db()
    assert (notice.state, due_days(), Entry.objects.count()) == (
        "proposed", [date(2031, 2, 3), date(2031, 2, 3)], entries
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        (
            "year = 2031",
            "year 2031",
            "没有载入：第1行第6个字附近的写法不对（“year 2031”）。"
            "请对照示例检查这一行：文字要加引号，日期写成 2026-02-14 的样子。",
        ),
        (
            "worked = [2031-02-08]",
            "worked = [2031-02-08",
            "没有载入：第5行第1个字附近的写法不对（“[[holiday]]”）。"
            "请对照示例检查这一行：文字要加引号，日期写成 2026-02-14 的样子。",
        ),
        (
            "last = 2031-10-08\n",
            'last = "',
            "没有载入：文字到末尾还不完整，可能少了引号或方括号。请对照示例检查最后几行。",
        ),
        (
            "worked = [2031-02-08]",
            "worked = [2031-02-10]",
            "没有载入：worked（调休上班日）中的2031-02-10是周一至周五，本来就上班，请核对日期。（见第3行）",
        ),
        (
            'name = "春节"\n',
            "",
            "没有载入：第2个 [[holiday]]缺少 name。（见第10行）",
        ),
    ],
)
def test_a_faulty_text_is_refused_by_its_line(county: County, wrong: str, right: str, said: str) -> None:
    with pytest.raises(UnusableNotice) as refusal:
        proposed(county, NOTICE.replace(wrong, right))
    assert str(refusal.value) == said
    assert HolidayNotice.objects.count() == 0


def test_the_list_needs_no_more_queries_for_more_matters(county: County) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            list(changes_by(notice))
        return len(caught)

    waiting(county)
    notice = proposed(county)
    one = queries()
    waiting(county)
    waiting(county)
    assert queries() == one == 4


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    start=st.dates(date(2030, 6, 1), date(2032, 6, 1)),
    period=st.builds(
        Period, count=st.integers(1, 60), unit=st.sampled_from([Unit.WORKING_DAYS, Unit.DAYS, Unit.MONTHS])
    ),
)
def test_a_term_out_of_the_notices_reach_never_moves(start: date, period: Period) -> None:
    """What `touched_matters` leaves out cannot change: from start to end it has no day in the reach."""
    notice = YearNotice(
        year=2031,
        holidays=(
            Holiday(name="元旦", first=date(2030, 12, 30), last=date(2031, 1, 3)),
            Holiday(name="国庆节", first=date(2031, 10, 1), last=date(2031, 10, 8)),
        ),
        worked=(date(2031, 10, 11),),
        source="虚构",
    )
    before = due_date(start=start, period=period, calendar=national_calendar())
    after = due_date(start=start, period=period, calendar=national_calendar().with_notice(notice))
    assert before.on is not None
    out_of_reach = before.on < date(2030, 12, 1) or start > date(2032, 1, 31)
    assert not out_of_reach or (before.on, before.provisional) == (after.on, after.provisional)


def test_a_term_counted_back_from_an_event_is_in_reach_though_it_is_due_before(county: County) -> None:
    matter = waiting(county)
    Term.objects.update(due_on=date(2030, 11, 20), due={**Term.objects.get().due, "start": "2031-01-10"})
    notice = YearNotice(
        year=2031, holidays=(Holiday(name="元旦", first=date(2031, 1, 1), last=date(2031, 1, 1)),),
        worked=(), source="虚构",
    )  # fmt: skip
    assert list(touched_matters(notice)) == [matter]


@pytest.fixture
def sign_in(county: County, monkeypatch: pytest.MonkeyPatch) -> Callable[[Person], Client]:
    monkeypatch.setattr(site, "BIHUAN_ADMIN_MFA", False)

    def enter(person: Person) -> Client:
        made = Client()
        made.force_login(Account.objects.get(person=person))
        return made

    return enter


SignIn = Callable[[Person], Client]


def test_the_officer_loads_and_the_director_approves_on_the_pages(county: County, sign_in: SignIn) -> None:
    waiting(county)
    loaded = sign_in(county.sysadmin).post("/clock/holidays/load/", {"text": NOTICE})
    notice = HolidayNotice.objects.get()
    assert (loaded.status_code, loaded.url) == (302, f"/clock/holidays/{notice.pk}/")
    director = sign_in(county.director)
    [row] = director.get(loaded.url).context["rows"]
    assert (row["name"], row["effect"], row["before"]["due"], row["after"]["due"]) == (
        "书面报告", "日期变动", date(2031, 2, 3), date(2031, 2, 8)
    )  # fmt: skip
    assert director.post(loaded.url, {"approve": "1", "reason": ""}).status_code == 302
    assert due_days() == [date(2031, 2, 8)]
    assert [deed.matter for deed in director.get(loaded.url).context["recounted"]] == [Matter.objects.get()]


def test_a_file_is_read_and_a_faulty_one_is_shown_where_it_can_be_mended(
    county: County, sign_in: SignIn
) -> None:
    officer = sign_in(county.sysadmin)
    faulty = NOTICE.replace("year = 2031", "year 2031")
    refused = officer.post("/clock/holidays/load/", {"file": SimpleUploadedFile("x.toml", faulty.encode())})
    assert (refused.status_code, refused.context["form"]["text"].value()) == (400, faulty)
    done = officer.post("/clock/holidays/load/", {"file": SimpleUploadedFile("x.toml", NOTICE.encode())})
    assert done.status_code == 302


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfe\x00", "没有载入：文件不是 UTF-8 编码的文本。请另存为 UTF-8 文本，再重新选择。"),
        (b"#" * 70_000, "没有载入：文件超过64 KB，不像一年的放假安排。请核对后重新选择。"),
        (b"  \n", "没有载入：没有收到内容。请选择文件，或者把放假安排粘贴到文本框。"),
    ],
)
def test_what_is_no_notice_at_all_is_refused(county: County, sign_in: SignIn, data: bytes, said: str) -> None:
    sent = {"file": SimpleUploadedFile("x.toml", data)}
    answer = sign_in(county.sysadmin).post("/clock/holidays/load/", sent)
    assert (answer.status_code, answer.context["form"].non_field_errors()) == (400, [said])


def test_the_officer_sees_the_notice_but_no_matters(county: County, sign_in: SignIn) -> None:
    waiting(county)
    answer = sign_in(county.sysadmin).get(f"/clock/holidays/{proposed(county).pk}/")
    assert (answer.status_code, answer.context["sees_matters"], "rows" in answer.context) == (
        200,
        False,
        False,
    )


def test_an_agency_has_no_business_with_holiday_notices(county: County, sign_in: SignIn) -> None:
    assert sign_in(county.clerk).get("/clock/holidays/").status_code == 403
    assert sign_in(county.staff).get("/clock/holidays/load/").status_code == 403


def test_rejecting_without_a_reason_is_refused_on_the_page(county: County, sign_in: SignIn) -> None:
    notice = proposed(county)
    answer = sign_in(county.director).post(f"/clock/holidays/{notice.pk}/", {"reject": "1", "reason": ""})
    assert answer.status_code == 409
    notice.refresh_from_db()
    assert notice.state == HolidayNotice.PROPOSED


def test_the_list_of_moves_is_paged_by_matter_and_exported_whole(
    county: County, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holiday_views, "SHOWN", 1)
    first, second = waiting(county), waiting(county)
    url = f"/clock/holidays/{proposed(county).pk}/"
    director = sign_in(county.director)
    page = director.get(url).context
    assert ([row["matter"] for row in page["rows"]], page["next_url"]) == ([first], f"?after={first.pk}")
    page = director.get(url + page["next_url"]).context
    assert ([row["matter"] for row in page["rows"]], page["next_url"]) == ([second], "")
    exported = director.get(url, {"format": "xlsx"})
    assert exported["Content-Type"] == XLSX


def test_the_page_of_moves_needs_no_more_queries_for_more_rows(county: County, sign_in: SignIn) -> None:
    director = sign_in(county.director)
    waiting(county)
    url = f"/clock/holidays/{proposed(county).pk}/"

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            director.get(url)
        return len(caught)

    queries()  # the first visit of a session notes when it began
    one = queries()
    waiting(county)
    waiting(county)
    assert queries() == one


def test_failed_digests_are_the_system_administrators_page(county: County, sign_in: SignIn) -> None:
    Digest.objects.create(person=county.clerk, on=OPENED, channel="sms", tries=2, failure="网关没有应答")
    shown = sign_in(county.sysadmin).get("/clock/deliveries/").context["page"].rows
    assert [digest.failure for digest in shown] == ["网关没有应答"]
    assert sign_in(county.director).get("/clock/deliveries/").status_code == 403


def test_a_notice_waits_for_directors_other_than_its_loader(county: County) -> None:
    notice = proposed(county)
    assert holidays.notices_to_decide(county.actor(county.director)) == [notice]
    assert holidays.notices_to_decide(county.actor(county.sysadmin)) == []
    approved(county, notice)
    assert holidays.notices_to_decide(county.actor(county.director)) == []
