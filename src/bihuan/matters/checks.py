"""What must be true before the site starts: no clock without a law, no paper without a face.

A clock whose law is missing is refused here, at start-up, not at midnight by whoever runs the tick.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage, Error, Warning
from django.db import connections

from bihuan.kernel.glossary import chinese
from bihuan.kernel.law import InvalidLaw, LawBook, shipped_law
from bihuan.kernel.procedure import Procedure
from bihuan.matters.registry import modules
from bihuan.writers import check_fonts


def check_laws(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """Every declared term has a source of its length; every name used is in the glossary."""
    try:
        book = shipped_law()
    except InvalidLaw as fault:
        return [Error(f"规则文件不能使用：{fault}", id="matters.E001")]
    found: list[CheckMessage] = []
    for module in modules():
        found += clocks_without_law(module.procedure, book)
        found += _names(module.procedure)
    return found


def clocks_without_law(procedure: Procedure, book: LawBook) -> Iterable[CheckMessage]:
    """A term must be read from the paper, set by a law file somewhere, be a duty the paper names, or a
    promise's own day."""
    known = {rule.key for rule in book.rules}
    for kind in procedure.terms:
        if kind.law is not None and kind.law not in known:
            yield Error(
                f"程序“{procedure.name}”的期限“{kind.name}”引用的规则 {kind.law} 在任何规则文件中都没有。"
                "请在 law/ 中补充规则及其出处，或从程序中去掉。",
                id="matters.E002",
            )
        if kind.law is None and not (kind.read_as or kind.many or kind.promised):
            yield Error(
                f"程序“{procedure.name}”的期限“{kind.name}”既不从文件中读取，也没有规则，无法计算。",
                id="matters.E003",
            )


def _names(procedure: Procedure) -> Iterable[CheckMessage]:
    parts = {by.part for act in procedure.acts for by in act.by} | set(procedure.lane_parts)
    roles = {role for act in procedure.acts for by in act.by for role in by.roles}
    for code in sorted({f"part.{part}" for part in parts} | {f"role.{role}" for role in roles}):
        try:
            chinese(code)
        except KeyError:
            yield Error(f"程序“{procedure.name}”用到的名称 {code} 不在名词表中。", id="matters.E004")


def check_editions(
    app_configs: object, databases: Iterable[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """A running matter keeps the edition it began under: that edition must still be there."""
    if not databases or "default" not in databases:
        return []
    from bihuan.matters.models import Matter

    if Matter._meta.db_table not in connections["default"].introspection.table_names():
        return []
    registered = {module.procedure.key for module in modules()}
    used = Matter.objects.order_by().values_list("procedure_code", "edition").distinct()
    return [
        Error(
            f"有事项按程序 {code} 的 {edition} 版办理，但程序中没有这一版。请恢复该版本。", id="matters.E005"
        )
        for code, edition in used
        if (code, edition) not in registered
    ]


def check_faces(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """Faces that printed papers need: a missing one is told before somebody prints boxes."""
    return [
        Warning(finding.message, id="matters.W001") for finding in check_fonts() if finding.level == "missing"
    ]
