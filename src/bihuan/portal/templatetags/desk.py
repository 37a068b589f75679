"""What only the desk says: how a task stands, and moments of today and yesterday in few words."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import timezone

from bihuan.matters.models import Matter
from bihuan.portal.desk import Task, Waiting
from bihuan.ui import dates

register = template.Library()


@register.filter
def standing(row: Task | Waiting, today: date) -> str:
    """3 天后, 今天到期, 已超 2 天; 未定期限 where no term runs."""
    return dates.due_distance(row.due_on, today=today) if row.due_on else "未定期限"


@register.filter
def moment_near(at: datetime, today: date) -> str:
    """今天 15:04, 昨天 9:20."""
    local = timezone.localtime(at)
    return f"{'今天' if local.date() >= today else '昨天'} {local.hour}:{local:%M}"


@register.simple_tag
def stage_of(matter: Matter) -> str:
    return matter.procedure.stage(matter.stage).name
