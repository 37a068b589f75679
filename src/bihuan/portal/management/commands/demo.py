"""`bihuan demo`: build the demo place 临溪县 through the same services people use, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from bihuan.matters.staging import Stage, moment
from bihuan.modules.opinions.demo import plan_opinions
from bihuan.modules.suggestions.demo import plan_suggestions
from bihuan.people.demo import build_people
from bihuan.people.models import Account

# Who to try first: one of each kind of user.
INTRODUCED = (
    ("zhangmin", "常委会办公室工作人员：上传文件、核对、登记"),
    ("huangdeming", "农业农村工委主任：交办、催办、批准延期"),
    ("luojing", "农业农村工委工作人员：反馈意见、核对、公布"),
    ("xiaofei", "县政府办承办人：签收、制定方案、填报"),
    ("tangzhiyuan", "县政府办分管领导：签发征求意见、申请延期"),
    ("liangbo", "县政府办主要负责人：签发书面报告"),
    ("xuting", "代表工委工作人员：受理、交办代表建议，公开答复"),
    ("fanghua", "代表工委主任：裁定承办单位，确定评价后的办法"),
    ("tianye", "县水利局承办人：签收、联系代表、起草答复"),
    ("haoyongnian", "县水利局局长：签发答复"),
    ("shenjianguo", "主任会议：重点督办"),
    ("zhengkai", "常委会组成人员"),
    ("wuguihua", "人大代表（72岁，大字）：写建议、评价"),
    ("xitong", "系统管理员"),
    ("anquan", "安全管理员"),
    ("shenji", "审计管理员"),
)


class Command(BaseCommand):
    help = "Build the demo place 临溪县 in an empty database; says so and does nothing in one that is not."

    def handle(self, *args: Any, **options: Any) -> None:
        if Account.objects.exists():
            self.stdout.write("数据库里已经有账号，没有再建演示数据。")
            return
        today = timezone.localdate()
        with transaction.atomic():
            cast = build_people(at=moment(today - timedelta(days=210)))
            stage = Stage(cast=cast, today=today)
            plan_opinions(stage)
            plan_suggestions(stage)
            stage.run()
        self.stdout.write(f"已建成演示地方“临溪县”（虚构）：{len(stage.matters)}个事项。")
        self.stdout.write(f"演示账号（密码都是 {cast.password}）：")
        for username, who in INTRODUCED:
            self.stdout.write(f"  {username:<12} {cast.person(username).name}　{who}")
