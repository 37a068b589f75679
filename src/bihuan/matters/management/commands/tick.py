"""`bihuan tick`: record the lights that turned, send the digests. Run it daily, or as often as you like."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bihuan.matters.delivery import deliver
from bihuan.matters.tick import ClockSetBack, mark_lights


class Command(BaseCommand):
    help = "期限巡检：记录变黄、变红的期限，发送每日提要。可以重复运行，停机几天后补运行也不会漏记或重记"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", metavar="日期", help="巡检到哪一天，如 2026-03-05；不写即为今天")

    def handle(self, *args: Any, on: str | None = None, **options: Any) -> None:
        at = timezone.now()
        day = _read_day(on) if on else timezone.localdate(at)
        if day > timezone.localdate(at) and not settings.BIHUAN_DEMO:
            raise CommandError(f"没有巡检：{day}还没有到，台账不能记录尚未发生的事。请改为今天或更早的日期。")
        try:
            marked = mark_lights(on=day, at=at)
        except ClockSetBack as refusal:
            raise CommandError(str(refusal)) from refusal
        delivered = deliver(on=day, at=at)
        self.stdout.write(
            f"{day}：{marked.warned}个期限将到期，{marked.late}个期限超期，已记入台账；"
            f"发出提要{delivered.sent}份，未发出{delivered.failed}份。"
        )
        if delivered.failed:
            self.stderr.write("未发出的提要都留着，下次巡检再发；原因见系统的“提要发送情况”页面。")


def _read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"“{text}”不是日历上有的日期，应写成 2026-03-05 的样子。") from error
