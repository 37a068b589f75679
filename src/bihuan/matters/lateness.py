"""The lights in SQL: kernel/lights.py's table walked into a CASE. Lateness is decided nowhere else."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, CharField, DateField, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from bihuan.kernel.lights import RULES, Condition, Light
from bihuan.matters.models import Term

LOOKUPS = {"lt": "lt", "le": "lte", "gt": "gt", "ge": "gte"}


def light_case(*, on: date) -> Case:
    """The light of a term's row on a day, as an SQL expression."""
    return Case(
        *(When(_all(conditions, on=on), then=Value(light.value)) for light, conditions in RULES),
        output_field=CharField(),
    )


def late_terms(*, on: date) -> QuerySet[Term]:
    """Every running term that is late on the day, the longest overdue first."""
    running = Term.objects.filter(dropped=False, met_on__isnull=True, due_on__lt=on)
    return running.alias(light=light_case(on=on)).filter(Q(light=Light.LATE.value)).order_by("due_on", "id")


def _all(conditions: tuple[Condition, ...], *, on: date) -> Q:
    together = Q(pk__isnull=False)  # the table's last row has no condition, and WHEN needs one
    for condition in conditions:
        together &= _one(condition, on=on)
    return together


def _one(condition: Condition, *, on: date) -> Q:
    column, operator, operand = condition
    if operator in ("isnull", "notnull"):
        return Q(**{f"{column}__isnull": operator == "isnull"})
    if operator == "true":
        return Q(**{column: True})
    right: Combinable = Value(on, output_field=DateField()) if operand == "today" else F(operand or "")
    return Q(**{f"{column}__{LOOKUPS[operator]}": right})
