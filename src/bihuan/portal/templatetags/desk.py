"""What only the desk says: how a task stands, and moments of today and yesterday in few words."""

from __future__ import annotations

import re
from datetime import date, datetime

from django import template
from django.utils import timezone

from bihuan.matters.models import Matter
from bihuan.portal.desk import Task, Waiting
from bihuan.portal.papers import PaperTask
from bihuan.ui import dates

register = template.Library()

_BODY = re.compile(r"^.{2,16}?(?:人民代表大会(?:常务委员会)?|人大常委会)(?=关于)")


@register.filter
def standing(row: Task | PaperTask | Waiting, today: date) -> str:
    """3 天后, 今天到期, 已超 2 天; where no term runs, how long it has waited: 今天收到, 已等 5 天."""
    if row.due_on:
        return dates.due_distance(row.due_on, today=today)
    waited = (today - row.since).days
    return f"已等 {waited} 天" if waited > 0 else "今天收到"


@register.filter
def brief(title: str) -> str:
    """A matter's title without the body that passed it, which is the same in every row of a desk."""
    return _BODY.sub("", title)


@register.filter
def moment_near(at: datetime, today: date) -> str:
    """今天 15:04, 昨天 9:20."""
    local = timezone.localtime(at)
    return f"{'今天' if local.date() >= today else '昨天'} {local.hour}:{local:%M}"


@register.simple_tag
def stage_of(matter: Matter) -> str:
    return matter.procedure.stage(matter.stage).name
