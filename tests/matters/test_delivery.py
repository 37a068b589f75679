"""One digest a person and day; what a gateway refuses is kept and tried again."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core import mail

from bihuan.matters import delivery
from bihuan.matters.delivery import Delivered, deliver, failed_digests
from bihuan.matters.models import Digest, Notice
from bihuan.matters.notices import tell
from bihuan.matters.tick import mark_lights
from bihuan.people.models import Post
from tests.matters.trial import OPENED, County, morning

DAY = date(2026, 3, 21)


class Broken:
    """A gateway that is down."""

    def send(self, *, to: str, text: str) -> None:
        raise TimeoutError("网关没有应答")


class Picky:
    """A gateway that does not know one number."""

    sent: list[str] = []  # noqa: RUF012  # a fresh gateway is made for every message

    def send(self, *, to: str, text: str) -> None:
        if to == "13800000002":
            raise ValueError("空号")
        self.sent.append(to)


@pytest.fixture
def county(db: None, settings, tmp_path: Path) -> County:
    settings.BIHUAN_SMS_FOLDER = tmp_path / "sms"
    return County()


def go(day: date = DAY) -> Delivered:
    return deliver(on=day, at=morning(day))


def messages(folder: Path) -> list[str]:
    return sorted(path.read_text("utf-8") for path in folder.glob("*.txt"))


def test_the_digest_says_what_to_do_what_turned_red_and_what_else_is_new(county: County) -> None:
    county.matter(due_on=date(2026, 3, 20))
    mark_lights(on=DAY, at=morning(DAY))
    tell([county.staff.pk], key="recount:1:1", text="期限变动：书面报告改为3月24日", matter=None, on=DAY)
    go()
    [letter] = mail.outbox
    assert letter.to == ["zhangmin@linxi.example"]
    assert letter.subject == "闭环每日提要（3月21日）：有新的变化"
    assert letter.body == (
        "张敏，您好。以下是2026年3月21日的提要。\n\n"
        "新近超期（1件）\n"
        "1. 已超期：书面报告，期限2026年3月20日：关于水库除险加固的试办事项\n\n"
        "其他变化（1件）\n"
        "1. 期限变动：书面报告改为3月24日\n\n"
        "请登录系统办理。本提要由系统自动发出，不必回复。\n"
    )


def test_what_waits_is_listed_with_its_day_the_nearest_first(county: County) -> None:
    county.clerk.email = "tianye@linxi.example"
    county.clerk.save()
    second = county.matter(title="清淤", due_on=date(2026, 3, 30))
    first = county.matter(title="加固", due_on=date(2026, 3, 19))
    go()
    assert [letter.subject for letter in mail.outbox] == ["闭环每日提要（3月21日）：2件待办，其中1件已超期"]
    assert mail.outbox[0].body.split("\n\n")[1] == (
        "需要您办理（2件）\n"
        f"1. 报告：加固（{first.number}），期限2026年3月19日，已超 2 天\n"
        f"2. 报告：清淤（{second.number}），期限2026年3月30日，9 天后"
    )


def test_a_long_list_is_cut_and_counted(county: County) -> None:
    county.clerk.email = "tianye@linxi.example"
    county.clerk.save()
    for number in range(12):
        county.matter(title=f"第{number}件", due_on=date(2026, 3, 22))
    go()
    lines = mail.outbox[0].body.split("\n\n")[1].splitlines()
    assert (lines[0], len(lines), lines[-1]) == ("需要您办理（12件）", 12, "……另有2件，请登录查看。")


def test_who_has_no_address_gets_an_sms_that_gives_nothing_away(county: County, settings) -> None:
    county.matter(title="一件不宜外传的事", due_on=date(2026, 3, 20))
    assert go() == Delivered(sent=1, failed=0)
    assert messages(settings.BIHUAN_SMS_FOLDER) == [
        "13800000001\n【闭环】您有1件待办，其中1件已超期，最近的期限2026年3月20日。请登录系统查看。\n"
    ]
    [path] = settings.BIHUAN_SMS_FOLDER.iterdir()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_second_round_of_the_same_day_sends_nothing(county: County) -> None:
    county.matter(due_on=DAY)
    assert go() == Delivered(sent=1, failed=0)
    tell([county.clerk.pk], key="later", text="又有变化", matter=None, on=DAY)
    assert go() == Delivered(sent=0, failed=0)


def test_what_came_after_todays_digest_is_told_tomorrow(county: County, settings) -> None:
    county.matter(due_on=DAY)
    go()
    tell([county.clerk.pk], key="later", text="又有变化", matter=None, on=DAY)
    assert go(DAY + timedelta(days=1)) == Delivered(sent=1, failed=0)
    assert go(DAY + timedelta(days=2)) == Delivered(sent=0, failed=0)


def test_a_line_read_on_the_screen_is_not_sent(county: County) -> None:
    county.matter(due_on=DAY)
    Notice.objects.update(read_at=morning(DAY))
    assert go() == Delivered(sent=0, failed=0)


def test_who_holds_no_post_any_more_is_sent_nothing(county: County) -> None:
    county.matter(due_on=DAY)
    Post.objects.filter(person=county.clerk).update(until=OPENED)
    assert go() == Delivered(sent=0, failed=0)


def test_a_broken_gateway_loses_nothing_and_is_tried_again(county: County, settings) -> None:
    county.matter(due_on=DAY)
    working = settings.BIHUAN_SMS
    settings.BIHUAN_SMS = f"{__name__}.Broken"
    assert go() == Delivered(sent=0, failed=1)
    assert Notice.objects.filter(sent_at__isnull=False).count() == 0
    assert [(d.person.name, d.failure, d.tries) for d in failed_digests()] == [
        ("田野", "TimeoutError：网关没有应答", 1)
    ]
    settings.BIHUAN_SMS = working
    assert go() == Delivered(sent=1, failed=0)
    assert list(failed_digests()) == []
    assert Digest.objects.get().tries == 2


def test_one_bad_number_does_not_keep_the_others_from_theirs(county: County, settings) -> None:
    settings.BIHUAN_SMS = f"{__name__}.Picky"
    Picky.sent.clear()
    county.clerk.mobile = "13800000002"
    county.clerk.save()
    county.person("段虹", county.bureau, "chief", mobile="13800000003")
    county.matter(due_on=DAY)
    assert go() == Delivered(sent=1, failed=1)
    assert Picky.sent == ["13800000003"]


def test_after_three_failures_in_a_row_the_rest_waits(county: County, settings) -> None:
    settings.BIHUAN_SMS = f"{__name__}.Broken"
    for number in range(2, 7):
        county.person(f"局长{number}", county.bureau, "chief", mobile=f"1380000000{number}")
    county.matter(due_on=DAY)
    assert go() == Delivered(sent=0, failed=6)
    assert Digest.objects.count() == delivery.GIVE_UP_AFTER


def test_a_digest_another_round_is_sending_is_left_to_it(county: County) -> None:
    county.matter(due_on=DAY)
    delivery._claim(county.clerk, Digest.SMS, on=DAY, at=morning(DAY))
    assert go() == Delivered(sent=0, failed=0)


def test_a_claim_left_by_a_dead_round_runs_out(county: County) -> None:
    county.matter(due_on=DAY)
    delivery._claim(county.clerk, Digest.SMS, on=DAY, at=morning(DAY) - delivery.CLAIM_LASTS)
    assert go() == Delivered(sent=1, failed=0)
