"""Telling the public, and keeping what earlier years left behind."""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.matters.doing import Doing, Done, Incomplete
from bihuan.matters.models import Matter
from bihuan.matters.opening import add_party
from bihuan.modules.suggestions.models import Publication, Reply, Suggestion
from bihuan.modules.suggestions.texts import reply_text
from bihuan.people.models import Organ


def signed_replies(matter: Matter) -> Sequence[Reply]:
    """The replies of the present round, one an agency."""
    signed = matter.replies.filter(round=matter.round, signed_on__isnull=False, party__until__isnull=True)
    return list(signed.select_related("party__organ", "party__person", "matter").order_by("party"))


def publish(doing: Doing) -> Done:
    """The reply with the confirmed places taken out; `redactions` are (reply, start, end, instead)."""
    matter = doing.matter
    replies = signed_replies(matter)
    if not replies:
        raise Incomplete("还不能公开：这一轮还没有签发的答复。")
    _retire(matter)
    count = 0
    for reply in replies:
        text = reply_text(reply)
        own = [each for each in doing.answers["redactions"] if each[0] == reply.pk]
        for _, start, end, instead in sorted(own, key=lambda each: each[1], reverse=True):
            text = text[:start] + instead + text[end:]
            count += 1
        Publication.objects.create(
            matter=matter, party=reply.party, round=matter.round, on=doing.on, text=text
        )
    matter.published_on = doing.on
    return Done(lines=[("公开", f"{len(replies)}份答复"), ("处理的个人信息", f"{count}处")])


def withhold(doing: Doing) -> Done:
    """The result stays in the public list; the reply does not, and the reason is told."""
    _retire(doing.matter)
    Publication.objects.create(
        matter=doing.matter, round=doing.matter.round, on=doing.on, withheld=doing.answers["reason"][:300]
    )
    doing.matter.published_on = doing.on
    return Done()


def publish_anew(doing: Doing) -> Done:
    """What was published is taken down until it is decided again."""
    _retire(doing.matter)
    doing.matter.published_on = None
    return Done()


def _retire(matter: Matter) -> None:
    matter.publications.filter(current=True).update(current=False)


def record_history(doing: Doing) -> Done:
    """What a year before the system left: who handled it and what came of it, without an invented course."""
    suggestion: Suggestion = doing.matter.suggestion
    if not suggestion.imported:
        raise Incomplete("只有从往年表格导入的建议才能这样登记。")
    given = doing.answers["history"]
    wanted: Sequence[tuple[Organ, str]] = given["parties"]
    for organ, part in wanted:
        add_party(doing.matter, organ, part, since=doing.on)
    suggestion.result_class = given["result_class"]
    suggestion.save(update_fields=["result_class"])
    return Done(
        record={
            "parties": [[organ.name, part] for organ, part in wanted],
            "class": given["result_class"],
            "rating": given.get("rating", ""),
        },
        lines=[("承办", "、".join(str(organ) for organ, _ in wanted)), ("类别", given["result_class"])],
    )
