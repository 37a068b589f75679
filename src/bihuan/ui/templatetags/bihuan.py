"""The components, as template tags: `{% load bihuan %}`. Every one is shown in the gallery (ui:gallery)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bihuan.kernel.lights import Light
from bihuan.ui import dates
from bihuan.ui.months import Month
from bihuan.ui.paging import Page

register = template.Library()

# Lights of what is still to be done: only there does the distance to the due day mean something.
_RUNNING = (Light.NORMAL, Light.WARN, Light.LATE)
_NO_DAY = SafeString('<span class="none">未定</span>')


def _today(context: Context) -> date:
    today = context.get("today")
    return today if isinstance(today, date) else timezone.localdate()


def _local(day: date) -> date:
    """The day in Beijing time of a moment; a plain day as it is."""
    return timezone.localtime(day).date() if isinstance(day, datetime) else day


@register.filter
def fullday(day: date | None) -> str:
    """2024年2月28日（周三）."""
    return dates.full_day(_local(day)) if day else ""


@register.filter
def duein(day: date, today: date) -> str:
    """今天到期, 3 天后, 已超 3 天."""
    return dates.due_distance(_local(day), today=today)


@register.filter
def moment(at: datetime | None) -> str:
    """2024年2月28日 15:04, in Beijing time."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def _time(day: date, distance: str, state: str) -> SafeString:
    return format_html(
        '<span class="day"><time datetime="{}">{}</time>{}</span>',
        day.isoformat(),
        dates.full_day(day),
        format_html(' <span class="away{}">{}</span>', f" {state}" if state else "", distance),
    )


@register.simple_tag(takes_context=True)
def day(context: Context, value: date | None) -> SafeString:
    """A day and how far it lies from today: 2024年2月28日（周三） 3 天前."""
    if not value:  # None, or '' for a name the template does not have
        return _NO_DAY
    value = _local(value)
    return _time(value, dates.distance(value, today=_today(context)), "")


@register.simple_tag(takes_context=True)
def due(context: Context, value: date | None, light: Light | str | None = None) -> SafeString:
    """A day something is due on, with 'N 天后' or '已超 N 天' while it is pending, in the colour of `light`."""
    if not value:  # None, or '' for a name the template does not have
        return _NO_DAY
    if light and Light(light) not in _RUNNING:
        return format_html(
            '<span class="day"><time datetime="{}">{}</time></span>', value.isoformat(), dates.full_day(value)
        )
    return _time(
        value, dates.due_distance(value, today=_today(context)), f"is-{Light(light).value}" if light else ""
    )


@register.simple_tag(name="light")
def show_light(value: Light | str, words: str = "") -> SafeString:
    """A light as colour, shape and word; `words` says it more exactly ('已超 2 天')."""
    shown = Light(value)
    return format_html(
        '<span class="light is-{}"><span class="light-sign" aria-hidden="true">{}</span>{}</span>',
        shown.value,
        shown.symbol,
        words or shown.word,
    )


@register.simple_tag
def badge(text: str, tone: str = "") -> SafeString:
    """A short mark: tone '' (neutral), 'strong', 'doubt' or 'good'."""
    return format_html('<span class="badge{}">{}</span>', f" {tone}" if tone else "", text)


@register.simple_tag
def person(name: str, post: str = "", url: str = "") -> SafeString:
    """A person, with the post that counts here."""
    shown = format_html('<a href="{}">{}</a>', url, name) if url else format_html("{}", name)
    return format_html(
        '<span class="chip">{}{}</span>',
        shown,
        format_html('<span class="chip-post">{}</span>', post) if post else "",
    )


@register.simple_tag
def organ(name: str, part: str = "", url: str = "") -> SafeString:
    """An organ, with its part in the matter (主办, 协办 ...)."""
    shown = format_html('<a href="{}">{}</a>', url, name) if url else format_html("{}", name)
    return format_html(
        '<span class="chip organ">{}{}</span>',
        format_html('<span class="chip-part">{}</span>', part) if part else "",
        shown,
    )


@register.simple_tag
def figure(value: int | str, url: str, label: str, unit: str = "") -> SafeString:
    """A number that opens its rows. There is no figure without an address."""
    return format_html(
        '<a class="figure" href="{}"><b>{}</b>{}<span class="figure-label">{}</span></a>',
        url,
        value,
        format_html('<span class="figure-unit">{}</span>', unit) if unit else "",
        label,
    )


@register.inclusion_tag("ui/components/clock.html", takes_context=True)
def clock(
    context: Context, explained: Mapping[str, object], light: Light | str | None = None
) -> dict[str, object]:
    """The explainable clock: a date that opens into its rule, article, start, steps and extensions.

    `explained`: due (day or None), kind ('exact' | 'latest' | 'open'), provisional (bool), steps (each with
    text, on, source), citation; and, where there are any, name, rule, extensions (each with text, on).
    """
    due = explained.get("due")
    words = ""
    if isinstance(due, date) and light and Light(light) in _RUNNING:
        words = dates.due_distance(due, today=_today(context))
    steps = explained.get("steps")
    cited = isinstance(steps, Sequence) and any(str(_part(step, "text")).startswith("依据") for step in steps)
    return {
        "explained": explained,
        "light": light,
        "words": words,
        "cited": cited,  # the kernel's last step may name the authority already
        "today": _today(context),
    }


@register.inclusion_tag("ui/components/stepper.html", takes_context=True)
def stepper(context: Context, milestones: Sequence[object], label: str = "办理进程") -> dict[str, object]:
    """A procedure's milestones: each with name, done_on, due_on, light, current.

    A phone shows the current one with its neighbours and opens the others.
    """
    current = [nth for nth, step in enumerate(milestones) if _part(step, "current")]
    done = [nth for nth, step in enumerate(milestones) if _part(step, "done_on")]
    here = (current or done or [0])[-1]
    return {
        "milestones": milestones,
        "near": milestones[max(here - 1, 0) : here + 2],
        "before_near": max(here - 1, 0),
        "place": here + 1,
        "label": label,
        "today": _today(context),
    }


def _part(of: object, name: str) -> object:
    """What a template would see as `of.name`."""
    return of.get(name) if isinstance(of, Mapping) else getattr(of, name, None)


@register.simple_tag
def step_day(value: date, today: date) -> SafeString:
    """A day in a narrow step: the year, where it is not this one, may stand on its own line."""
    day = _local(value)
    year = "" if day.year == today.year else format_html("<span>{}年</span>\u200b", day.year)
    return format_html("{}<span>{}月{}日</span>", year, day.month, day.day)


@register.inclusion_tag("ui/components/timeline.html", takes_context=True)
def timeline(context: Context, entries: Sequence[object], empty: str = "") -> dict[str, object]:
    """What happened, newest first: each with on, at, actor, title, lines, papers (label, url), internal."""
    return {"entries": entries, "empty": empty or "还没有办理记录。", "today": _today(context)}


@register.inclusion_tag("ui/components/tabs.html")
def tabs(items: Sequence[object], label: str) -> dict[str, object]:
    """Tabs that are links: each with label, url, current and perhaps count."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/components/progress.html")
def progress(done: int, total: int, label: str, unit: str = "项") -> dict[str, object]:
    """How much of a job is done; before the total is known (0) it says so."""
    return {"done": done, "total": total, "label": label, "unit": unit}


@register.inclusion_tag("ui/components/empty.html")
def empty_state(text: str, url: str = "", action: str = "") -> dict[str, object]:
    """Nothing to show: what that means, and what to do next."""
    return {"text": text, "url": url, "action": action}


@register.inclusion_tag("ui/components/month.html")
def month_calendar(shown: Month, previous_url: str = "", next_url: str = "") -> dict[str, object]:
    """One month as a table, each day with the light that most wants seeing."""
    return {"month": shown, "previous_url": previous_url, "next_url": next_url}


@register.inclusion_tag("ui/components/pager.html")
def pager(page: Page[object], xlsx_url: str = "", unit: str = "项") -> dict[str, object]:
    """Under a list: how many, previous, next, and the whole list as XLSX."""
    return {"page": page, "xlsx_url": xlsx_url, "unit": unit}


@register.inclusion_tag("ui/components/sort_header.html", takes_context=True)
def sort_header(context: Context, label: str, key: str, first: bool = False) -> dict[str, object]:
    """A column heading that sorts (`?sort=key`, again `?sort=-key`); `first`: the list's own order.

    Sorting begins at the first page again: a position in one order means nothing in another.
    """
    request: HttpRequest = context["request"]
    sort = request.GET.get("sort") or (key if first else "")
    query = request.GET.copy()
    for gone in ("after", "before"):
        query.pop(gone, None)
    query["sort"] = f"-{key}" if sort == key else key
    direction = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
    return {"label": label, "url": f"?{query.urlencode()}", "direction": direction}


@register.inclusion_tag("ui/components/filter.html", takes_context=True)
def filter_form(context: Context, form: object, label: str = "筛选") -> dict[str, object]:
    """A list's filter: a GET form whose address can be shared; keeps the order, starts at the first page.

    Folded on phones (data-fold), unless it narrows the list: then what it asks stays in sight.
    """
    request: HttpRequest = context["request"]
    narrowed = any(value for key, value in request.GET.items() if key not in ("sort", "after", "before"))
    return {
        "form": form,
        "label": label,
        "narrowed": narrowed,
        "sort": request.GET.get("sort", ""),
        "path": request.path,
    }
