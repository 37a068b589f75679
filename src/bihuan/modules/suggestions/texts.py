"""What papers, pages and the gate say of a suggestion and its reply, each wording once."""

from __future__ import annotations

from collections.abc import Mapping

from bihuan.kernel.law import shipped_law
from bihuan.kernel.reply_classes import ReplyClass, reply_classes
from bihuan.matters.models import Matter, Party
from bihuan.modules.suggestions.models import Reply, Suggestion
from bihuan.people.models import Organ
from bihuan.readers.replies import Body, Earlier, ReplyCase
from bihuan.writers.numbers import chinese_numeral
from bihuan.writers.plain import plain_lines

PUBLICITY = (
    ("open", "建议全文和答复都可以公开"),
    ("reply_only", "只公开标题和答复"),
    ("closed", "不公开"),
)
SOURCES = (
    ("inspection", "视察"),
    ("survey", "专题调研"),
    ("station", "代表联络站接待"),
    ("visit", "走访选民"),
    ("symposium", "座谈"),
    ("other", "其他"),
)
CATEGORIES = (
    ("farming", "农业农村"),
    ("transport", "交通运输"),
    ("building", "城乡建设"),
    ("environment", "生态环境"),
    ("education", "教育"),
    ("health", "医疗卫生"),
    ("care", "民政和养老"),
    ("culture", "文化旅游体育"),
    ("economy", "财政经济"),
    ("justice", "政法和社会治理"),
    ("other", "其他"),
)


def raised_at(suggestion: Suggestion) -> str:
    """第十七届人民代表大会第三次会议, or 第十七届人民代表大会闭会期间."""
    congress = f"第{chinese_numeral(suggestion.congress)}届人民代表大会"
    if suggestion.session is None:
        return f"{congress}闭会期间"
    return f"{congress}第{chinese_numeral(suggestion.session)}次会议"


def numbered(suggestion: Suggestion) -> str:
    """第12号, or 未编号 while it is not accepted; between sessions the year belongs to it."""
    if suggestion.running_no is None:
        return "未编号"
    year = f"{suggestion.year}年" if suggestion.session is None else ""
    return f"{year}第{suggestion.running_no}号"


def classes(matter: Matter) -> Mapping[str, ReplyClass]:
    """The place's reply classes by their letter, in their order."""
    rule = shipped_law().find("suggestion.classes", place=matter.place.code, on=matter.opened_on)
    return {each.letter: each for each in reply_classes(rule)} if rule else {}


def movers(matter: Matter) -> list[Party]:
    """Those who raised it, the lead deputy first."""
    found = matter.parties.filter(part__in=("mover", "joint", "cosigner")).select_related("person", "organ")
    return sorted(found, key=lambda party: (party.part != "mover", party.pk))


def lead_of(matter: Matter) -> str:
    """Who raised it first, of a matter whose parties have been fetched."""
    return next((str(party) for party in matter.parties.all() if party.part == "mover"), "")


def reply_text(reply: Reply, *, quoting: bool = True) -> str:
    """The reply as the deputy reads it: the words of the printed letter, line by line."""
    from bihuan.modules.suggestions.papers import reply_paper

    return "\n".join(plain_lines(reply_paper(reply, quoting=quoting)))


def reply_case(reply: Reply, *, text: str) -> ReplyCase:
    """The reply with what the record knows of its suggestion, as the gate takes it."""
    matter, party = reply.matter, reply.party
    suggestion = matter.suggestion
    raised = [str(each) for each in movers(matter)]
    return ReplyCase(
        text=text,
        congress=suggestion.congress,
        session=suggestion.session,
        number=str(suggestion.running_no or ""),
        title=matter.title,
        lead=raised[0] if raised else "",
        joint=tuple(raised[1:]),
        agency=body(party.organ),
        others=tuple(
            body(organ)
            for organ in Organ.objects.filter(place=matter.place, until__isnull=True)
            .exclude(pk=party.organ_id)
            .prefetch_related("aliases")
            if organ.kind in ("bureau", "government", "court", "procuratorate", "supervision", "town")
        ),
        demands=tuple(item.text for item in matter.items.filter(kind="suggestion")),
        reply_class=classes(matter)[reply.result_class],
        earlier=tuple(_earlier(reply)),
    )


def body(organ: Organ) -> Body:
    aliases = (organ.short_name, *(alias.name for alias in organ.aliases.all()))
    return Body(name=organ.name, aliases=tuple(name for name in aliases if name))


EARLIER = 200  # replies of the same agency that a new one is held against, the newest


def _earlier(reply: Reply) -> list[Earlier]:
    """The agency's other signed replies, those to the same suggestion left out."""
    signed = Reply.objects.filter(party__organ=reply.party.organ, signed_on__isnull=False)
    others = signed.exclude(matter=reply.matter).select_related("matter").order_by("-id")[:EARLIER]
    return [
        Earlier(
            label=f"{other.matter.number} {other.matter.short_title}",
            text="\n".join(answer["text"] for answer in other.answers),
        )
        for other in others
    ]
