"""What one person's daily digest says: what to do with its dates, what turned red, what else is new.

Plain text in Chinese, short; whoever wants more signs in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet

from bihuan.kernel.lights import Light
from bihuan.matters.models import NEVER, Notice, Todo
from bihuan.people.models import Person, Post
from bihuan.ui.dates import due_distance

SHOWN = 10  # lines a section; the rest is counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The digest of one person on one day: at most SHOWN lines of each section, and how many there are.

    It reports the person's lines up to the id `upto`.
    """

    person: Person
    on: date
    todos: tuple[Todo, ...]  # the nearest
    waiting: int  # all of them
    late: int
    red: tuple[str, ...]
    red_count: int
    news: tuple[str, ...]
    news_count: int
    upto: int

    @property
    def subject(self) -> str:
        late = f"，其中{self.late}件已超期" if self.late else ""
        what = f"{self.waiting}件待办{late}" if self.waiting else "有新的变化"
        return f"闭环每日提要（{self.on.month}月{self.on.day}日）：{what}"

    def in_full(self) -> str:
        """The text of the e-mail."""
        parts = [
            f"{self.person.name}，您好。以下是{_day(self.on)}的提要。",
            _section("需要您办理", [self._line(todo) for todo in self.todos], total=self.waiting),
            _section("新近超期", self.red, total=self.red_count),
            _section("其他变化", self.news, total=self.news_count),
            "请登录系统办理。本提要由系统自动发出，不必回复。",
        ]
        return "\n\n".join(part for part in parts if part) + "\n"

    def in_brief(self) -> str:
        """The text of the SMS: counts and the nearest day alone, for a telephone lies open to others."""
        dated = [todo.due_on for todo in self.todos if todo.due_on != NEVER]
        nearest = f"，最近的期限{_day(min(dated))}" if dated else ""
        late = f"，其中{self.late}件已超期" if self.late else ""
        todo = f"您有{self.waiting}件待办{late}{nearest}" if self.waiting else "您有事项发生变化"
        return f"【闭环】{todo}。请登录系统查看。"

    def _line(self, todo: Todo) -> str:
        name = todo.matter.procedure.act(todo.act).name
        until = ""
        if todo.due_on != NEVER:
            until = f"，期限{_day(todo.due_on)}，{due_distance(todo.due_on, today=self.on)}"
        return f"{name}：{todo.matter.title}（{todo.matter.number}）{until}"


def summarise(person: Person, *, on: date) -> Summary | None:
    """What the person has not been told yet, with all that waits; None where nothing is new."""
    fresh = unsent_notices().filter(person=person)
    upto = fresh.aggregate(last=Max("pk"))["last"]
    if upto is None:
        return None
    fresh = fresh.filter(pk__lte=upto).order_by("pk")
    red = fresh.filter(key__startswith="term:", key__contains=f":{Light.LATE.value}:")
    news = fresh.exclude(key__startswith="todo:").exclude(pk__in=red.values("pk"))  # todos are listed anyway
    todos = todos_of(person, on=on)
    return Summary(
        person=person,
        on=on,
        todos=tuple(todos.select_related("matter").order_by("due_on", "id")[:SHOWN]),
        waiting=todos.count(),
        late=todos.filter(due_on__lt=on).count(),
        red=tuple(red.values_list("text", flat=True)[:SHOWN]),
        red_count=red.count(),
        news=tuple(news.values_list("text", flat=True)[:SHOWN]),
        news_count=news.count(),
        upto=upto,
    )


def unsent_notices() -> QuerySet[Notice]:
    """The lines neither sent nor read on the screen."""
    return Notice.objects.filter(sent_at__isnull=True, read_at__isnull=True)


def todos_of(person: Person, *, on: date) -> QuerySet[Todo]:
    """Every awaited act on the person's desks, those of the body an office serves included."""
    desks = Q(pk__in=[])
    posts = Post.objects.on(on).filter(person=person)
    for organ, parent, kind, role in posts.values_list("organ", "organ__parent", "organ__kind", "role"):
        served = [parent] if parent and kind in ("government_office", "office") else []
        desks |= Q(organ__in=[organ, *served], role=role)
    return Todo.objects.filter(desks, Q(person__isnull=True) | Q(person=person))


def _section(heading: str, lines: Sequence[str], *, total: int) -> str:
    if not lines:
        return ""
    shown = [f"{number}. {line}" for number, line in enumerate(lines, start=1)]
    more = [f"……另有{total - len(shown)}件，请登录查看。"] if total > len(shown) else []
    return "\n".join([f"{heading}（{total}件）", *shown, *more])


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
