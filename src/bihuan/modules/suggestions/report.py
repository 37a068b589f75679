"""The report on handling suggestions: which figures it holds, beside which others they stand, and its paper.

Computed, never typed. What only people can say stays blank on the paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from bihuan.kernel.glossary import chinese
from bihuan.kernel.law import shipped_law
from bihuan.kernel.reply_classes import ReplyClass, reply_classes
from bihuan.matters.models import Promise
from bihuan.modules.suggestions.figures import (
    ASSIGNMENTS,
    BODIES,
    DONE,
    GRADES,
    GRANTS,
    OUTSIDE,
    PROMISES,
    Figure,
    Scope,
    granted,
    grouped_grades,
    tally,
)
from bihuan.modules.suggestions.models import Rating
from bihuan.modules.suggestions.procedure import HANDLING
from bihuan.people.models import Organ
from bihuan.writers.forms import Breakdown, Rate, suggestion_report
from bihuan.writers.forms.parts import share
from bihuan.writers.forms.suggestion_report import Counted
from bihuan.writers.paper import Paper

TOTAL = Figure(code="total", name="收到建议")
CONGRESS = Figure(code="congress", name="大会期间提出", where={"time": ("congress",)})
BETWEEN = Figure(code="between", name="闭会期间提出", where={"time": ("between",)})
OUTSIDE_FIGURES = (
    Figure(code="outside.waiting", name="待受理", table=OUTSIDE, where={"stage": ("submitted", "returned")}),
    Figure(code="outside.refused", name="不予受理", table=OUTSIDE, where={"stage": ("refused",)}),
    Figure(code="outside.withdrawn", name="已撤回", table=OUTSIDE, where={"stage": ("withdrawn",)}),
)
BODY_FIGURES = tuple(
    Figure(code=f"body.{code}", name=words, where={"body": (code,)}) for code, words, _ in BODIES
)
UNCOVERED = BODY_FIGURES[-1]
ASSIGNED = Figure(code="assigned", name="承办任务", table=ASSIGNMENTS)
PART_FIGURES = tuple(
    Figure(code=f"part.{part}", name=chinese(f"part.{part}"), table=ASSIGNMENTS, where={"part": (part,)})
    for part in HANDLING
)
ANSWERED = Figure(code="answered", name="已答复", where={"answered": DONE})
ANSWER_FIGURES = (
    Figure(code="answered.in_time", name="按期答复", where={"answered": ("in_time",)}),
    Figure(code="answered.late", name="逾期答复", where={"answered": ("late",)}),
    Figure(code="answered.untimed", name="已答复，没有期限记录", where={"answered": ("untimed",)}),
    Figure(code="answered.overdue", name="没有答复，已超期", where={"answered": ("overdue",)}),
    Figure(code="answered.running", name="没有答复，未到期", where={"answered": ("running",)}),
)
IN_TIME = ANSWER_FIGURES[0]
RECOGNISED = Figure(code="recognised", name="经佐证和代表再次评价认定已解决", where={"recognised": ("yes",)})
NAMES = dict(Rating.GRADES)
ATTITUDE = tuple(
    Figure(code=f"attitude.{grade}", name=NAMES[grade], where={"attitude": (grade,)}) for grade in GRADES
)
RESULT = tuple(
    Figure(code=f"result.{grade}", name=NAMES[grade], where={"result": (grade,)}) for grade in GRADES
)
RATED = Figure(code="rated", name="代表已评价", where={"result": GRADES})
SATISFIED = Figure(code="satisfied", name="对结果满意或基本满意", where={"result": GRADES[:2]})
SILENT = Figure(code="silent", name="逾期未评价", where={"result": ("silent",)})
WAITING = Figure(code="waiting", name="等待代表评价", where={"result": ("waiting",)})
FIRST = Figure(code="first.dissatisfied", name="首次办理结果不满意", where={"first": ("dissatisfied",)})
AGAIN = Figure(code="again", name="再次办理", where={"again": ("yes",)})
AGAIN_RESULT = tuple(
    Figure(
        code=f"again.{grade}",
        name=f"再次办理后{NAMES[grade]}",
        where={"again": ("yes",), "result": (grade,)},
    )
    for grade in GRADES
)
PROMISED = Figure(
    code="promised",
    name="承诺事项",
    table=PROMISES,
    where={"state": (Promise.KEPT, Promise.STAGED, Promise.OPEN, Promise.BROKEN, Promise.WITHDRAWN)},
)
PROMISE_FIGURES = (
    Figure(code="promise.kept", name="已兑现", table=PROMISES, where={"state": (Promise.KEPT,)}),
    Figure(code="promise.staged", name="分期推进", table=PROMISES, where={"state": (Promise.STAGED,)}),
    Figure(code="promise.open", name="未完成", table=PROMISES, where={"state": (Promise.OPEN,)}),
    Figure(code="promise.broken", name="没有兑现", table=PROMISES, where={"state": (Promise.BROKEN,)}),
    Figure(code="promise.withdrawn", name="已撤销", table=PROMISES, where={"state": (Promise.WITHDRAWN,)}),
)
KEPT = PROMISE_FIGURES[0]
OVERDUE = Figure(
    code="promise.overdue", name="过了时限还没有完成", table=PROMISES, where={"timing": ("overdue",)}
)
UNDATED = Figure(code="promise.undated", name="没有写明时限", table=PROMISES, where={"timing": ("undated",)})
FUNDED = Figure(code="funded", name="专项资金", table=GRANTS)
TOLD_FIGURES = (
    Figure(code="told.published", name="公开答复", where={"told": ("published",)}),
    Figure(code="told.withheld", name="不予公开，写明理由", where={"told": ("withheld",)}),
    Figure(code="told.untold", name="还没有公开", where={"told": ("untold",)}),
)
UNIT_COLUMNS: tuple[tuple[str, str, dict[str, tuple[str, ...]]], ...] = (
    ("all", "合计", {}),
    ("lead", chinese("part.lead"), {"part": ("lead",)}),
    ("separate", chinese("part.separate"), {"part": ("separate",)}),
    ("co", chinese("part.co"), {"part": ("co",)}),
    ("in_time", "按期", {"done": ("in_time",)}),
    ("late", "逾期办结", {"done": ("late",)}),
    ("untimed", "无期限记录", {"done": ("untimed",)}),
    ("overdue", "超期未办", {"done": ("overdue",)}),
    ("running", "未到期", {"done": ("running",)}),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure with its count, and its share of a whole where it is part of one."""

    figure: Figure
    count: int
    whole: int | None = None

    @property
    def share(self) -> str:
        return "" if self.whole is None else share(self.count, self.whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Figures that stand together; `whole` names what the shares are of."""

    heading: str
    lines: tuple[Line, ...]
    whole: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """One unit's assignments, a cell under each heading of UNIT_COLUMNS."""

    name: str
    cells: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, kw_only=True)  # no slots: what was counted is kept
class Report:
    """What is counted of a scope. `inside`: for those who run the house, who may see single ratings."""

    scope: Scope
    inside: bool

    # --- what there is to count

    @cached_property
    def classes(self) -> tuple[ReplyClass, ...]:
        """The place's classes, in the order of its table."""
        rule = shipped_law().find(
            "suggestion.classes", place=self.scope.place.code, on=self.scope.period.begins_on
        )
        return reply_classes(rule) if rule else ()

    @cached_property
    def class_figures(self) -> tuple[Figure, ...]:
        return tuple(
            Figure(
                code=f"class.{each.letter}",
                name=f"{each.letter}类：{each.name}",
                where={"class": (each.letter,)},
            )
            for each in self.classes
        )

    @cached_property
    def classified(self) -> Figure:
        return Figure(
            code="classified", name="已分类", where={"class": tuple(each.letter for each in self.classes)}
        )

    @cached_property
    def solved(self) -> Figure:
        """Solved as the agency's class says."""
        letters = tuple(each.letter for each in self.classes if each.is_done)
        return Figure(code="solved", name="已解决（按答复分类）", where={"class": letters})

    @cached_property
    def implemented(self) -> Figure:
        """Classed as solved, and nothing that was promised is still owed."""
        where = {**self.solved.where, "owed": ("none", "kept")}
        return Figure(code="implemented", name="已落实（已解决，承诺全部兑现）", where=where)

    @cached_property
    def units(self) -> tuple[Organ, ...]:
        """The handlers, by name; of a unit's own report there is no table."""
        if self.scope.unit is not None:
            return ()
        organs = self.scope.assignments().values("organ")
        return tuple(Organ.objects.filter(pk__in=organs).order_by("pk"))

    @cached_property
    def unit_figures(self) -> dict[int, tuple[Figure, ...]]:
        return {
            unit.pk: tuple(
                Figure(
                    code=f"unit.{unit.pk}.{code}",
                    name=f"{unit}{words}",
                    table=ASSIGNMENTS,
                    where={"unit": (unit.pk,), **where},
                )
                for code, words, where in UNIT_COLUMNS
            )
            for unit in self.units
        }

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Every figure that this viewer may be told, by its code."""
        found: list[Figure] = [TOTAL, CONGRESS, BETWEEN, *BODY_FIGURES, ASSIGNED, *PART_FIGURES]
        found += [ANSWERED, *ANSWER_FIGURES, *self.class_figures, self.classified, self.solved]
        found += [RECOGNISED, self.implemented, AGAIN, PROMISED, *PROMISE_FIGURES, OVERDUE, UNDATED, FUNDED]
        found += [*TOLD_FIGURES, *(each for row in self.unit_figures.values() for each in row)]
        if self.inside:
            found += [*ATTITUDE, *RESULT, RATED, SATISFIED, SILENT, WAITING, FIRST, *AGAIN_RESULT]
            found += [] if self.scope.narrow else OUTSIDE_FIGURES
        return {each.code: each for each in found}

    @cached_property
    def counts(self) -> dict[str, int]:
        return tally(self.scope, list(self.figures.values()))

    @cached_property
    def money(self) -> Decimal:
        return granted(self.scope)

    @cached_property
    def smallest(self) -> int:
        """How many judged suggestions make a group whose totals an agency may see."""
        rule = shipped_law().find("suggestion.smallest_group", place=self.scope.place.code, on=self.scope.on)
        return rule.value if rule and isinstance(rule.value, int) else 5

    @cached_property
    def grades(self) -> dict[str, dict[str, int]] | None:
        """Attitude and result apart, by grade; None where this viewer may not know them.

        To an agency only over a whole year: two periods that overlap would tell single ratings by subtraction.
        """
        if self.inside:
            return {
                which: {grade: self.counts[f"{which}.{grade}"] for grade in GRADES}
                for which in ("attitude", "result")
            }
        if self.scope.period.year is None or self.scope.period.time:
            return None
        return grouped_grades(self.scope, smallest=self.smallest)

    # --- on the screen

    def line(self, figure: Figure, whole: Figure | None = None) -> Line:
        count = self.counts[figure.code]
        return Line(figure=figure, count=count, whole=self.counts[whole.code] if whole else None)

    def _lines(self, figures: Sequence[Figure], whole: Figure | None = None) -> tuple[Line, ...]:
        return tuple(self.line(each, whole) for each in figures)

    def sections(self) -> Iterator[Section]:
        """Everything counted by suggestion or promise, in the order in which it is told."""
        if self.inside and not self.scope.narrow:
            yield Section(
                heading="没有计入的",
                lines=self._lines(OUTSIDE_FIGURES),
                note="没有编号的和撤回的不计入收到的建议。",
            )
        bodies = [each for each in BODY_FIGURES if self.counts[each.code] or each is UNCOVERED]
        if not self.scope.narrow:
            yield Section(heading="由谁承办", lines=self._lines(bodies, TOTAL), whole="收到建议")
        yield Section(heading="怎样承办", lines=self._lines(PART_FIGURES, ASSIGNED), whole="承办任务")
        yield Section(heading="答复", lines=self._lines(ANSWER_FIGURES, TOTAL), whole="收到建议")
        yield Section(
            heading="答复分类",
            lines=self._lines(self.class_figures, self.classified),
            whole="已分类的建议",
            note="一件建议有几份答复的，按解决程度最低的计。",
        )
        if self.inside:
            yield from self._judged()
        yield Section(
            heading="承诺",
            lines=(*self._lines(PROMISE_FIGURES, PROMISED), *self._lines((OVERDUE, UNDATED), PROMISED)),
            whole="承诺事项",
            note="“过了时限”和“没有写明时限”是从另一面数的，与前几项重叠。",
        )
        yield Section(heading="公开", lines=self._lines(TOLD_FIGURES, TOTAL), whole="收到建议")

    def _judged(self) -> Iterator[Section]:
        note = "按最近一次评价计；几位代表评价不同的，按最低的计。"
        yield Section(
            heading="代表对办理态度的评价",
            lines=self._lines(ATTITUDE, RATED),
            whole="已评价的建议",
            note=note,
        )
        yield Section(
            heading="代表对办理结果的评价", lines=self._lines(RESULT, RATED), whole="已评价的建议", note=note
        )
        yield Section(
            heading="没有评价的",
            lines=self._lines((SILENT, WAITING)),
            note="不计入评价的总数：不反馈不等于满意，也不等于不满意。",
        )
        yield Section(heading="再次办理", lines=self._lines((FIRST, AGAIN, *AGAIN_RESULT)))

    def beside(self) -> tuple[tuple[Line, Line], ...]:
        """Answered beside solved, satisfied beside implemented."""
        answered = (self.line(ANSWERED, TOTAL), self.line(self.solved, ANSWERED))
        if not self.inside:
            return (answered,)
        return answered, (self.line(SATISFIED, RATED), self.line(self.implemented, ANSWERED))

    def told_grades(self) -> list[tuple[str, list[tuple[str, int, str]]]]:
        """The totals an agency may see; empty where there is none."""
        if self.inside or self.grades is None:
            return []
        names = (("attitude", "办理态度"), ("result", "办理结果"))
        found = []
        for which, words in names:
            counts = self.grades[which]
            whole = sum(counts.values())
            rows = [(NAMES[grade], counts[grade], share(counts[grade], whole)) for grade in GRADES]
            found.append((words, rows))
        return found

    def unit_rows(self) -> list[UnitRow]:
        words = [each for _, each, _ in UNIT_COLUMNS]
        return [
            UnitRow(
                name=str(unit),
                cells=tuple(zip(words, self._lines(self.unit_figures[unit.pk]), strict=True)),
            )
            for unit in self.units
        ]

    def gaps(self) -> list[str]:
        """What is not covered, in words: suggestions without handlers, units whose report is not whole."""
        found = []
        uncovered = self.counts[UNCOVERED.code]
        if uncovered and not self.scope.narrow:
            found.append(f"还没有承办单位的建议{uncovered}件。")
        for unit in self.units:
            done, left = (self._of_unit(unit, codes) for codes in (DONE, ("overdue", "running")))
            if left and not done:
                found.append(f"{unit}承办{left}件次，一件都没有答复或者提交会办意见，没有可以报告的结果。")
            elif left:
                found.append(f"{unit}还有{left}件次没有答复或者提交会办意见，报告还不完整。")
        return found

    def _of_unit(self, unit: Organ, codes: Sequence[str]) -> int:
        return sum(self.counts[f"unit.{unit.pk}.{code}"] for code in codes)

    # --- on paper

    @property
    def organ(self) -> str:
        """Whose report it is."""
        if self.scope.unit is not None:
            return self.scope.unit.name
        return f"{self.scope.place.name}{'人民政府' if self.scope.government else '人大常委会'}"

    @property
    def title(self) -> str:
        whose = self.organ if self.scope.narrow else self.scope.place.name
        return f"{whose}{self.scope.period.name}代表建议办理情况报告"

    def paper(self) -> Paper:
        """The printed report. PaperError when parts do not add up to their whole."""
        count = self.counts
        return suggestion_report(
            title=self.title,
            organ=self.organ,
            dated=self.scope.on,
            period=self.scope.period.name,
            counted_on=self.scope.on,
            at_congress=count[CONGRESS.code],
            between_sessions=count[BETWEEN.code],
            bodies=None if self.scope.narrow else self._breakdown("承办系统", BODY_FIGURES, TOTAL),
            parts=self._breakdown("承办方式", PART_FIGURES, ASSIGNED),
            answered=self._rate(ANSWERED, TOTAL, of="收到建议"),
            classes=self._breakdown("答复分类", self.class_figures, self.classified),
            attitude=self._graded("attitude"),
            result=self._graded("result"),
            silent=count[SILENT.code] if self.inside else 0,
            rates=tuple(self._rates()),
            facts=tuple(self._facts()),
            gaps=tuple(self.gaps()),
        )

    def _breakdown(self, name: str, figures: Sequence[Figure], whole: Figure) -> Breakdown:
        parts = tuple((each.name, self.counts[each.code]) for each in figures if self.counts[each.code])
        unit: Counted = "件次" if whole.table == ASSIGNMENTS else "件"
        return Breakdown(name=name, unit=unit, whole=self.counts[whole.code], parts=parts)

    def _graded(self, which: str) -> Breakdown | None:
        if self.grades is None:
            return None
        counts = self.grades[which]
        return Breakdown(
            name={"attitude": "办理态度", "result": "办理结果"}[which],
            unit="件",
            whole=sum(counts.values()),
            parts=tuple((NAMES[grade], counts[grade]) for grade in GRADES),
        )

    def _rate(self, part: Figure, whole: Figure, *, of: str) -> Rate:
        return Rate(name=part.name, part=self.counts[part.code], whole=self.counts[whole.code], of=of)

    def _rates(self) -> Iterator[Rate]:
        yield self._rate(ANSWERED, TOTAL, of="收到建议")
        yield self._rate(IN_TIME, ANSWERED, of="已答复")
        yield self._rate(self.solved, ANSWERED, of="已答复")
        yield self._rate(RECOGNISED, ANSWERED, of="已答复")
        if self.inside:
            yield self._rate(SATISFIED, RATED, of="代表已评价")
        yield self._rate(self.implemented, ANSWERED, of="已答复")

    def _facts(self) -> Iterator[str]:
        """One sentence each on the second round, the money, the promises and what the public was told."""
        count = self.counts
        if count[AGAIN.code]:
            told = f"再次办理{count[AGAIN.code]}件"
            if self.inside:
                first = f"首次办理结果评价不满意的{count[FIRST.code]}件；"
                grades = "，".join(f"{NAMES[grade]}{count[f'again.{grade}']}件" for grade in GRADES)
                told = f"{first}{told}，再次办理后按最近一次评价{grades}"
            yield f"{told}。"
        if count[FUNDED.code]:
            yield f"安排办理专项资金{count[FUNDED.code]}笔，共{self.money:,.2f}元。"
        if count[PROMISED.code]:
            states = "，".join(f"{each.name}{count[each.code]}项" for each in PROMISE_FIGURES)
            late = f"过了时限还没有完成的{count[OVERDUE.code]}项，没有写明时限的{count[UNDATED.code]}项"
            yield f"答复中的承诺事项共{count[PROMISED.code]}项，其中{states}；{late}。"
        told = "，".join(f"{each.name}{count[each.code]}件" for each in TOLD_FIGURES)
        yield f"{told}。"
