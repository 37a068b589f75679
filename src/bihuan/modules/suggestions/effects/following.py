"""After the reply: promises are kept with evidence, and solved is what the deputy sees solved."""

from __future__ import annotations

from bihuan.matters.doing import Doing, Done, Incomplete
from bihuan.matters.models import Promise
from bihuan.modules.suggestions.effects.handling import the_party
from bihuan.modules.suggestions.models import Suggestion
from bihuan.modules.suggestions.texts import classes


def claim_done(doing: Doing) -> Done:
    """Only what is kept, with evidence, can be claimed."""
    party = the_party(doing)
    open_ones = party.promises.exclude(state__in=(Promise.KEPT, Promise.WITHDRAWN))
    first = open_ones.first()
    if first is not None:
        raise Incomplete(
            f"还不能申请：{open_ones.count()}项承诺没有完成，如“{first.text[:20]}”。请先在“填报承诺进展”中登记并附佐证。"
        )
    if not party.promises.filter(state=Promise.KEPT).exists() and not doing.answers.get("files"):
        raise Incomplete("还不能申请：没有承诺的佐证，也没有附上能够证明问题已经解决的材料。")
    return Done()


def recognise(doing: Doing) -> Done:
    """B becomes A only with evidence and the deputies' second judgement."""
    party, matter = the_party(doing), doing.matter
    claimed = matter.deeds.filter(act="claim_done", party=party).order_by("-seq").first()
    judged = matter.ratings.filter(stage="outcome", round=matter.round)
    if claimed is not None:
        judged = judged.filter(at__gte=claimed.at)
    if judged.filter(result="dissatisfied").exists():
        raise Incomplete("还不能认定：有代表认为承诺的事没有办成。请“不认定，继续落实”。")
    if not judged.filter(deputy__part="mover").exists():
        raise Incomplete("还不能认定：领衔代表还没有评价落实情况。")
    letter = next((code for code, each in classes(matter).items() if each.is_done), "")
    suggestion: Suggestion = matter.suggestion
    before = suggestion.result_class
    still = (
        matter.parties.filter(part__in=("lead", "separate"), until__isnull=True)
        .exclude(pk=party.pk)
        .exclude(stage="settled")
    )
    if not still.exists() and letter:
        suggestion.result_class = letter
        suggestion.save(update_fields=["result_class"])
    return Done(
        record={"before": before, "after": suggestion.result_class},
        lines=[("类别", f"{before}类 → {suggestion.result_class}类")],
    )
