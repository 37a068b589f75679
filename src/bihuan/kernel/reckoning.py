"""The reckoning of one term: find the start, count, apply what happened, and tell it step by step."""

from collections.abc import Mapping
from datetime import date, timedelta

from .account import Account
from .calendar import ONE_DAY, Calendar, Holiday
from .counting import (
    count,
    days_between,
    holidays_between,
    in_words,
    range_in_words,
    ranges_in_words,
    with_nature,
)
from .period import Period, Unit
from .term_facts import (
    AfterStep,
    Due,
    Extension,
    FixedDate,
    FixedMonth,
    Happenings,
    Kind,
    OnEvent,
    Pause,
    TermSpec,
    Undefined,
)

# Beyond these an enumeration no longer explains anything.
MOST_DAYS_LISTED = 40
MOST_HOLIDAYS_LISTED = 8
TO_BE_SETTLED = "不能推定到期日，须由有权的人明确，并写明依据。"
UNIT_RULES = {
    Unit.DAYS: "counting.calendar",
    Unit.WORKING_DAYS: "counting.working_days",
    Unit.MONTHS: "counting.month_end",
    Unit.YEARS: "counting.month_end",
}


class Reckoning:
    """The state of one reckoning; use ``due`` once. ``dues`` holds the terms this one is reckoned from."""

    def __init__(
        self, *, spec: TermSpec, happenings: Happenings, dues: Mapping[str, Due], calendar: Calendar
    ) -> None:
        self.spec, self.happenings, self.dues, self.calendar = spec, happenings, dues, calendar
        self.start: date | None = None
        self.kind: Kind = "exact"
        # A day that somebody named stays where it is; only a counted day moves off a rest day.
        self.counted = False
        self.rests_on_provisional = False
        self.account = Account(calendar)
        self.paused_until = date.min

    def due(self) -> Due:
        """Return the due date with its explanation; OverflowError beyond year 9999."""
        end = self._end_of_anchor()
        for change in self._changes():
            if isinstance(change, Extension):
                end = self._extend(end, change)
            elif change.until is None:
                end = self._stop(end, change)
                if end is None:
                    break
            elif end is not None:
                end = self._pause(end, change, until=change.until)
        if end is not None:
            end = self._leave_rest_day(end)
        return Due(
            on=end,
            kind="open" if end is None else self.kind,
            provisional=end is not None and (self.rests_on_provisional or bool(self.account.unsettled)),
            start=self.start,
            steps=self.account.close(self.spec.citation),
        )

    # --- where the clock starts -------------------------------------------------------------------------

    def _end_of_anchor(self) -> date | None:
        match self.spec.anchor:
            case FixedDate(on=on, stated=stated):
                whose = "文件载明的日期" if stated else "由人明确的到期日"
                self.account.say(f"{whose}是{in_words(on)}，以该日为准，逢休息日不顺延。", on)
                return on
            case FixedMonth(year=year, month=month, on=on):
                self.account.say(
                    f"文件载明的是{year}年{month}月，以该月最后一日{in_words(on)}为准，逢休息日不顺延。", on
                )
                return on
            case Undefined(wording=wording, rule=rule):
                left = f"文件只写“{wording}”，没有写明期限"
                self.account.say(
                    f"{left}；按本地规则为{rule}，届时起算。" if rule else f"{left}，{TO_BE_SETTLED}"
                )
                return None
            case OnEvent(event=event, on=on):
                return self._end_from_event(event, self.happenings.events.get(event, on))
            case AfterStep() as anchor:
                return self._end_from_step(anchor)

    def _end_from_event(self, event: str, day: date | None) -> date | None:
        if day is None:
            self.account.say(f"要等“{event}”的日期确定后才能计算到期日。")
            return None
        self.start = day
        if self.spec.period is None:
            self.account.say(f"应在“{event}”当日，即{in_words(day)}完成。", day)
            return day
        if self.spec.before:
            return self._count_back(day, event=event, period=self.spec.period)
        return self._count(day, event=event, period=self.spec.period)

    def _end_from_step(self, anchor: AfterStep) -> date | None:
        if self.spec.period is None:
            wording = self.spec.wording or f"{anchor.name}之后"
            self.account.say(f"文件只写“{wording}”，没有写明期限，{TO_BE_SETTLED}")
            return None
        event = f"“{anchor.name}”完成"
        self.start = self.happenings.met.get(anchor.step) or self._latest_start(anchor)
        if self.start is None:
            self.account.say(f"“{anchor.name}”尚未完成，也没有可以推算的期限，完成后才能计算到期日。")
            return None
        return self._count(self.start, event=event, period=self.spec.period)

    def _latest_start(self, anchor: AfterStep) -> date | None:
        """Return the last day on which a step not yet met may lawfully be met, if that is known."""
        code = anchor.latest_from or anchor.step
        if code not in self.dues or (latest := self.dues[code].on) is None:
            return None
        latest = max(latest, self.happenings.met.get(code, latest))
        self.kind, self.rests_on_provisional = "latest", self.dues[code].provisional
        self.account.say(
            f"“{anchor.name}”尚未完成，暂按其最迟日期{in_words(latest)}推算最迟的到期日，"
            "实际完成后按实际日期重新计算。",
            latest,
        )
        return latest

    # --- counting ---------------------------------------------------------------------------------------

    def _count(self, start: date, *, event: str, period: Period) -> date:
        self.account.say(f"自{_since(start, event)}起算，当日不计。", start, rule="counting.start")
        return self._advance(start, period)

    def _advance(self, start: date, period: Period) -> date:
        self.counted = True
        end = count(start, period, calendar=self.calendar)
        if period.unit is Unit.WORKING_DAYS:
            self._tell_working_days(start, end, period)
        else:
            self._tell_calendar_days(start, end, period)
        return end

    def _tell_calendar_days(self, start: date, end: date, period: Period) -> None:
        what = with_nature(end, calendar=self.calendar)
        if period.unit is Unit.DAYS:
            text = f"按日历日连续计算，第{period.count}日为{what}。"
        elif end.day == start.day:
            text = f"{period.in_words()}后的对应日为{what}。"
        else:
            text = f"{period.in_words()}后的当月没有{start.day}日，以该月最后一日{what}为到期日。"
        self.account.say(text, end, rule=UNIT_RULES[period.unit])
        crossed = holidays_between(start + ONE_DAY, end - ONE_DAY, calendar=self.calendar)
        if crossed:
            self.account.say(f"其间的{_holidays_in_words(crossed)}计算在内，不扣除。")

    def _tell_working_days(self, start: date, end: date, period: Period) -> None:
        span = list(days_between(start + ONE_DAY, end))
        self.account.look_at(span)
        working = [day for day in span if self.calendar.is_working(day)]
        listed = f"依次为{ranges_in_words(working)}，" if len(working) <= MOST_DAYS_LISTED else ""
        what = with_nature(end, calendar=self.calendar)
        self.account.say(
            f"只计工作日，{listed}第{period.count}个工作日为{what}。", end, rule=UNIT_RULES[period.unit]
        )
        crossed = holidays_between(span[0], end, calendar=self.calendar)
        if crossed:
            self.account.say(f"其间的{_holidays_in_words(crossed)}不计。", source=self.account.notices(span))
        makeup = [day for day in span if self.calendar.is_makeup(day)]
        if makeup:
            self.account.say(
                f"其间的调休上班日{ranges_in_words(makeup)}计入。", source=self.account.notices(makeup)
            )
        if any(self._is_plain_weekend(day) for day in span):
            self.account.say("其间普通的周六、周日不计。")

    def _count_back(self, event_day: date, *, event: str, period: Period) -> date:
        """Count towards the past. The law moves a last day forward only, so this day stays where it is."""
        end = count(event_day, period, calendar=self.calendar, back=True)
        if period.unit is Unit.WORKING_DAYS:
            self.account.look_at(days_between(end, event_day - ONE_DAY))
        self.account.say(
            f"自{_since(event_day, event)}向前推算，当日不计。", event_day, rule="counting.start"
        )
        self.account.say(
            f"向前{period.in_words()}为{with_nature(end, calendar=self.calendar)}，应在该日或之前完成，"
            "逢休息日不顺延。",
            end,
            rule=UNIT_RULES[period.unit],
        )
        return end

    def _leave_rest_day(self, end: date) -> date:
        """Move a counted day off a rest day; only point out a named day that is one."""
        if not self.counted:
            if not self.calendar.is_working(end):
                earlier = self.calendar.previous_working(end)
                self.account.say(
                    f"该日不上班，宜在此前最后一个工作日{with_nature(earlier, calendar=self.calendar)}办完。"
                )
            return end
        moved = self.calendar.next_working(end)
        self.account.look_at(days_between(end, moved))
        if moved != end:
            self.account.say(
                f"最后一日{with_nature(end, calendar=self.calendar)}不上班，"
                f"顺延至其后第一个工作日{with_nature(moved, calendar=self.calendar)}。",
                moved,
                rule="counting.rest_day",
            )
        return moved

    # --- what happened on the way -----------------------------------------------------------------------

    def _changes(self) -> list[Pause | Extension]:
        """Return pauses and extensions in the order of their dates."""
        dated: list[tuple[date, Pause | Extension]] = [
            *((pause.since, pause) for pause in self.happenings.pauses.get(self.spec.code, ())),
            *((more.on, more) for more in self.happenings.extensions.get(self.spec.code, ())),
        ]
        return [change for _, change in sorted(dated, key=lambda pair: pair[0])]

    def _stop(self, end: date | None, pause: Pause) -> date | None:
        """The clock stands: no day can be named until it runs again."""
        if end is not None and self._is_too_late(end, pause):
            return end
        before = f"中止前的到期日为{in_words(self._moved(end))}，" if end else ""
        self.account.say(f"{_pause_in_words(pause)}，至今尚未恢复；{before}恢复后重新计算。", pause.since)
        return None

    def _pause(self, end: date, pause: Pause, *, until: date) -> date:
        """Add the days on which the clock stood, from the pause up to the day before it ran again."""
        if self._is_too_late(end, pause):
            return end
        first = max(pause.since, self.paused_until, self.start + ONE_DAY if self.start else date.min)
        self.paused_until = max(self.paused_until, until)
        stood = list(days_between(first, until - ONE_DAY))
        if self.spec.period and self.spec.period.unit is Unit.WORKING_DAYS:
            working = [day for day in stood if self.calendar.is_working(day)]
            days = f"{len(working)}个工作日"
            moved = self.calendar.shift_working(end, len(working))
            self.account.look_at([*stood, *days_between(end, moved)])
        else:
            days = f"{len(stood)}日"
            moved = end + timedelta(days=len(stood))
        self.counted = True
        self.account.say(
            f"{_pause_in_words(pause)}，{in_words(until)}恢复，停止计算{days}，"
            f"期限相应后延至{with_nature(moved, calendar=self.calendar)}。",
            moved,
        )
        return moved

    def _is_too_late(self, end: date, pause: Pause) -> bool:
        """Tell, and say, whether a pause cannot change the day: counted back, or already past."""
        if self.spec.before:
            self.account.say(f"{_pause_in_words(pause)}；倒推的期限不因中止而变动。", pause.since)
        elif pause.since > self._moved(end):
            self.account.say(f"{_pause_in_words(pause)}；此时期限已经届满，不影响到期日。", pause.since)
        else:
            return False
        return True

    def _extend(self, end: date | None, more: Extension) -> date | None:
        granted = f"{in_words(more.on)}经{more.by}同意延期（{more.reason}）"
        if more.to is not None:
            if end is not None and more.to <= self._moved(end):
                self.account.say(f"{granted}至{in_words(more.to)}，不晚于现在的到期日，到期日不变。", more.on)
                return end
            self.kind, self.counted, self.rests_on_provisional = "exact", False, False
            self.account.unsettled.clear()
            self.account.say(f"{granted}至{in_words(more.to)}，以该日为准，逢休息日不顺延。", more.to)
            return more.to
        if end is None or more.by_period is None:
            self.account.say(f"{granted}，但原到期日尚不能确定，确定后再计入。", more.on)
            return end
        base = self._leave_rest_day(end)
        self.account.say(
            f"{granted}{more.by_period.in_words()}，自原到期日{in_words(base)}起接续计算。", more.on
        )
        return self._advance(base, more.by_period)

    def _moved(self, end: date) -> date:
        return self.calendar.next_working(end) if self.counted else end

    def _is_plain_weekend(self, day: date) -> bool:
        return not self.calendar.is_working(day) and self.calendar.holiday_on(day) is None


def _since(day: date, event: str) -> str:
    """Return the start in words: 2023年12月28日（周四）会议通过之日, whatever form the event was given in."""
    event = event.removesuffix("之日起").removesuffix("之日")
    if not event:
        return in_words(day)
    return f"{in_words(day)}（{event}）" if event.endswith("后") else f"{in_words(day)}{event}之日"


def _pause_in_words(pause: Pause) -> str:
    return f"{in_words(pause.since)}起经{pause.by}决定中止（{pause.reason}）"


def _holidays_in_words(holidays: tuple[Holiday, ...]) -> str:
    if len(holidays) > MOST_HOLIDAYS_LISTED:
        return f"{len(holidays)}个假期"
    return "、".join(f"{each.name}假期（{range_in_words(each.first, each.last)}）" for each in holidays)
