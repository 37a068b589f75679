"""What became of one problem over the years: the matters tied as the same subject or as following each other,
whatever their kinds. Every count is a query whose rows can be opened.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from bihuan.matters.models import Matter, Promise

KINDS = ("same_subject", "follows")  # of Link: the two ways in which matters are about one problem


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """One problem. `asked`: the matters, oldest first; `promised`: those in which anything was promised;
    `done`: those of them that owe nothing more. `promises` and `kept` are the single promises."""

    asked: QuerySet[Matter]
    promised: QuerySet[Matter]
    done: QuerySet[Matter]
    promises: QuerySet[Promise]
    kept: QuerySet[Promise]
    counts: tuple[int, int, int]

    @property
    def sentence(self) -> str:
        """The three counts as a person says them."""
        asked, promised, done = self.counts
        return f"同一问题提出{asked}次，作出承诺{promised}次，全部兑现{done}次"


def history_of(matter: Matter, *, among: QuerySet[Matter] | None = None) -> History:
    """The problem's history, the matter itself included (four queries). `among` are the matters that may be
    shown: what is hidden is not counted."""
    ids = _tied(matter)
    matters = Matter.objects.filter(pk__in=ids) if among is None else among.filter(pk__in=ids)
    asked = matters.order_by("opened_on", "pk")
    promises = Promise.objects.filter(matter__in=matters.values("pk")).exclude(state=Promise.WITHDRAWN)
    own = Promise.objects.filter(matter=OuterRef("pk")).exclude(state=Promise.WITHDRAWN)
    promised = asked.filter(Exists(own))
    done = promised.exclude(Exists(own.exclude(state=Promise.KEPT)))
    return History(
        asked=asked,
        promised=promised,
        done=done,
        promises=promises,
        kept=promises.filter(state=Promise.KEPT),
        counts=(asked.count(), promised.count(), done.count()),
    )


def _tied(matter: Matter) -> list[int]:
    """The matters reached from this one over links of either direction, itself included (one query)."""
    kinds = ", ".join(["%s"] * len(KINDS))
    sql = f"""
        WITH RECURSIVE tied (id) AS (
            SELECT CAST(%s AS bigint)
            UNION
            SELECT CASE WHEN link.source_id = tied.id THEN link.target_id ELSE link.source_id END
            FROM tied JOIN matters_link link ON (link.source_id = tied.id OR link.target_id = tied.id)
            WHERE link.kind IN ({kinds})
        )
        SELECT id FROM tied
    """  # noqa: S608 - placeholders alone are put in
    with connection.cursor() as cursor:
        cursor.execute(sql, [matter.pk, *KINDS])
        return [int(pk) for (pk,) in cursor.fetchall()]
