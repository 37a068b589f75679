"""`bihuan reindex`: build the search index anew from the records it was made of."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from bihuan.library.search import rebuild


class Command(BaseCommand):
    help = "重建全文检索索引（升级改变了折算规则之后使用）。"

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"已重建{rebuild()}条记录的检索索引。")
