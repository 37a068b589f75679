"""`bihuan rekin`: make the keys of all remembered texts anew, after a change of how they are told."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from bihuan.matters.kin import remember_anew


class Command(BaseCommand):
    help = "重建相近事项的查找依据（升级改变了比对方法之后使用）；还没有记入的事项按标题和内容补记。"

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"已重建{remember_anew()}个事项的查找依据。")
