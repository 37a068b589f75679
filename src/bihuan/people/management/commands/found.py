"""`bihuan found`: a new site's place, office and first three administrators."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from bihuan.kernel.glossary import chinese
from bihuan.people.models import ADMINISTRATOR_ROLES
from bihuan.people.refusals import Refused
from bihuan.people.services import found_site


class Command(BaseCommand):
    help = "登记本站点的地方、常委会办公室和三名管理员，显示其一次性密码。只能在还没有账号时使用一次。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--code", default=settings.BIHUAN_PLACE, help="law/places.toml 中的地方代码")
        parser.add_argument("--place", required=True, help="地方名称，例如 临溪县")
        parser.add_argument("--office", required=True, help="常委会办公室全称")
        for role in ADMINISTRATOR_ROLES:
            parser.add_argument(
                f"--{role}",
                required=True,
                nargs=2,
                metavar=("用户名", "姓名"),
                help=chinese(f"role.{role}"),
            )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            opened = found_site(
                code=options["code"],
                place=options["place"],
                office=options["office"],
                administrators={role: tuple(options[role]) for role in ADMINISTRATOR_ROLES},
                at=timezone.now(),
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        for role, one in zip(ADMINISTRATOR_ROLES, opened, strict=True):
            self.stdout.write(
                f"{chinese(f'role.{role}')} {one.account.person.name}：用户名 {one.account.username}，"
                f"一次性密码 {one.one_time_password}"
            )
        self.stdout.write("请分别交给本人，首次登录时须设置自己的密码并启用动态验证码。密码不再显示。")
