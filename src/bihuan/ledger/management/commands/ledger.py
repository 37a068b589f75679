"""`bihuan ledger`: export, verify and seal the ledger; print PostgreSQL's two roles."""

from __future__ import annotations

import getpass
import shutil
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bihuan.ledger import verify_ledger
from bihuan.ledger.checking import begin, conclusion, step
from bihuan.ledger.export import export_lines, whole
from bihuan.ledger.guards import role_statements
from bihuan.ledger.readings import newest_seal, record_export, record_verification, seal_lines


class Command(BaseCommand):
    help = "台账：导出（export）、核对（verify）、打印封存值（seal）、数据库角色（roles）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        tasks = parser.add_subparsers(dest="task", required=True, metavar="export|verify|seal|roles")
        export = tasks.add_parser("export", help="导出为JSONL：一行表头，然后一行一条")
        export.add_argument("file", nargs="?", default="-", help="写到哪个文件；不写则输出到屏幕")
        export.add_argument("--since", type=int, default=1, metavar="序号", help="从第几条起（默认第1条）")
        export.add_argument(
            "--with-verifier", action="store_true", help="同时把独立核对程序 verify_ledger.py 放在文件旁边"
        )
        verify = tasks.add_parser("verify", help="核对数据库中的台账；发现改动时退出码为1")
        verify.add_argument(
            "--head",
            type=verify_ledger.seal,
            action="append",
            default=[],
            metavar="序号:摘要",
            help="留存的封存值",
        )
        tasks.add_parser("seal", help="打印最新一条的封存值，供打印后另处保管")
        roles = tasks.add_parser("roles", help="打印PostgreSQL所有者与程序两个角色的授权语句")
        roles.add_argument("--sql", action="store_true", required=True, help="输出SQL（只打印，不执行）")
        roles.add_argument("--owner", default="bihuan_owner", help="表的所有者，只用来升级")
        roles.add_argument("--program", default="bihuan_program", help="程序平时所用的角色")

    def handle(self, *args: Any, task: str, **options: Any) -> None:
        getattr(self, task)(**options)

    def export(self, *, file: str, since: int, with_verifier: bool, **options: Any) -> None:
        span = whole(since=since)
        if since < 1 or since > span.last + 1:
            raise CommandError(f"没有导出：台账现有第1至{span.last}条，--since 应在其中。")
        if with_verifier and file == "-":
            raise CommandError("没有导出：--with-verifier 要把核对程序放在导出文件旁边，请写明文件名。")
        record_export(span, actor=_operator(), account=None, at=timezone.now())
        if file == "-":
            sys.stdout.buffer.writelines(export_lines(span))
            return
        with open(file, "wb") as target:
            target.writelines(export_lines(span))
        if with_verifier:
            shutil.copyfile(verify_ledger.__file__, Path(file).parent / "verify_ledger.py")
        self.stdout.write(f"已导出第{span.first}至{span.last}条，共{span.last - span.first + 1}条：{file}")

    def verify(self, *, head: list[verify_ledger.Seal], **options: Any) -> None:
        check = begin(seals=tuple(head))
        while not check.finished:
            check = step(check)
            if self.stderr.isatty():
                self.stderr.write(f"\r已核对{check.done}条，共{check.last}条", ending="")
        if self.stderr.isatty():
            self.stderr.write("")
        record_verification(check, actor=_operator(), account=None, at=timezone.now())
        for line in (*check.faults, conclusion(check), *check.notes):
            self.stdout.write(line)
        if check.faults:
            sys.exit(1)

    def seal(self, **options: Any) -> None:
        seal = newest_seal()
        if seal is None:
            raise CommandError("没有可封存的：台账中还没有条目。")
        for line in seal_lines(seal, at=timezone.now()):
            self.stdout.write(line)

    def roles(self, *, owner: str, program: str, **options: Any) -> None:
        try:
            statements = list(role_statements(owner=owner, program=program))
        except ValueError as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write("-- 由数据库管理员执行；每次升级（bihuan migrate）之后再执行一次。口令请另行设置。")
        for statement in statements:
            self.stdout.write(f"{statement};")


def _operator() -> str:
    """Who sits at the server's terminal, as far as the machine knows."""
    return f"命令行（{getpass.getuser()}）"
