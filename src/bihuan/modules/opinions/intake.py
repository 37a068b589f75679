"""From an accepted notice to matters: what would be opened is shown first, what is unclear is asked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from bihuan.kernel.procedure import Procedure
from bihuan.kernel.terms import AfterStep, Due, Happenings, TermSpec, Undefined, collisions, in_words, reckon
from bihuan.library.intake import AcceptedPaper, Created, Plan, Planned, Question
from bihuan.library.models import Document
from bihuan.matters import clock
from bihuan.matters.models import Matter
from bihuan.matters.opening import ItemDraft, link_matters, open_matter
from bihuan.matters.search import index_matter
from bihuan.modules.opinions.models import IssueNotice, Opinion
from bihuan.modules.opinions.procedure import OPINION, RESOLUTION
from bihuan.modules.opinions.texts import paragraphs_by_title
from bihuan.modules.opinions.wording import (
    BY_AGENCY,
    CLOSED,
    PASSED,
    Fact,
    Obligation,
    items_of,
    obligations_of,
)
from bihuan.people.actors import SYSTEM, Actor
from bihuan.people.models import Organ, Place
from bihuan.people.naming import resolve_organ
from bihuan.people.services import add_organ

NOTICE = "公文通知"
PROCEDURES: dict[str, Procedure] = {"审议意见": OPINION, "决议": RESOLUTION, "决定": RESOLUTION}
AGENCIES = ("government", "bureau", "court", "procuratorate", "supervision", "town", "other")
COMMITTEES = ("working_committee", "special_committee", "office")
NEW = "new"
ANEW = "anew"
A_YEAR = 365  # days after which a paper is hardly news
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:自治[州县旗]|[省市县区州旗])(?=人民代表大会|人大)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """One opinion or resolution on its way to becoming a matter."""

    key: str
    paper: AcceptedPaper
    procedure: Procedure
    title: str
    passed_on: date | None
    items: list[ItemDraft]
    obligations: list[Obligation]

    @property
    def facts(self) -> list[Fact]:
        return [fact.json for fact in self.paper.facts]

    @property
    def lead(self) -> str:
        """The agency the paper names first; empty where only the standing committee itself has duties."""
        return next((o.responsible.name for o in self.obligations if not o.responsible.house), "")

    @property
    def committee(self) -> str:
        """Whom the outcome is to be sent to for comment."""
        return next(
            (str(o.fact.get("recipient") or "") for o in self.obligations if o.kind.code == "consult"), ""
        )


class OpinionIntake:
    """Makes matters of deliberation opinions and resolutions, and a record of the notice they came with."""

    genres = frozenset({NOTICE, *PROCEDURES})

    def plan(
        self, papers: Sequence[AcceptedPaper], *, place: Place, answers: Mapping[str, str], at: datetime
    ) -> Plan:
        drafts = list(_drafts(papers, answers, at=at))
        names = _Names(place, on=at.date())
        questions: list[Question] = []
        planned: list[Planned] = []
        for draft in drafts:
            if known := _registered(draft, place):
                questions.append(_same(draft, known))
                if answers.get(f"{draft.key}.same") != ANEW:
                    planned.append(_known_already(draft, known))
                    continue
            own = list(_questions(draft, names, place))
            questions += own
            planned.append(_planned(draft, names, answers, place=place))
        for name in names.unknown:
            if answers.get(_organ_key(name)) == NEW:
                planned.append(Planned(key=f"new:{name}", kind="机构", title=name, lines=("登记为新机构。",)))
        return Plan(planned=tuple(planned), questions=tuple(_once(questions)))

    def create(
        self,
        papers: Sequence[AcceptedPaper],
        *,
        place: Place,
        answers: Mapping[str, str],
        actor: Actor,
        at: datetime,
        document: Document,
    ) -> Sequence[Created]:
        names = _Names(place, on=at.date())
        texts = paragraphs_by_title(document.text)
        matters: list[Matter] = []
        created: list[Created] = []
        drafts = []
        for draft in _drafts(papers, answers, at=at):
            known = _registered(draft, place)
            if known is None or answers.get(f"{draft.key}.same") == ANEW:
                drafts.append(draft)
            else:
                created.append(Created(label=f"已登记：{known}", url=f"/matters/{known.number}/"))
        notice = _keep_notice(papers, place=place, document=document) if drafts or not created else None
        for draft in drafts:
            before = set(names.made)
            parties = _parties(draft, names, answers, at=at)
            created += [
                Created(label=f"机构：{name}", url="/people/organs/")
                for name in names.made
                if name not in before
            ]
            assert draft.passed_on is not None  # noqa: S101 -- asked for, and required, in the plan
            matter = open_matter(
                procedure=draft.procedure,
                place=place,
                title=draft.title,
                opened_on=draft.passed_on,
                parties=parties,
                items=draft.items,
                terms=_specs(draft, answers),
                events={PASSED: draft.passed_on, CLOSED: draft.passed_on},
                source=document,
                facts={"answers": {k: v for k, v in answers.items() if k.startswith(draft.key + ".")}},
                actor=actor,
                at=at,
            )
            Opinion.objects.create(
                matter=matter,
                notice=notice,
                annex_no=_number(draft.paper.document.get("attachment_no")),
                session=str(draft.paper.document.get("meeting") or ""),
                passed_on=draft.passed_on,
                reports=[_report(fact) for fact in draft.facts if fact["type"] == "agenda_item"],
                paragraphs=texts.get(draft.title, []),
            )
            index_matter(matter, at=at)  # once more, with the notice's number
            matters.append(matter)
            created.append(
                Created(label=f"{matter.procedure.name}：{matter}", url=f"/matters/{matter.number}/")
            )
        link_matters(matters, kind="same_paper")
        return created


# --- drafts


def _drafts(papers: Sequence[AcceptedPaper], answers: Mapping[str, str], *, at: datetime) -> Iterator[_Draft]:
    notice = next((paper.document for paper in papers if paper.document.get("genre") == NOTICE), {})
    issued_on = _date(notice.get("date"))
    for position, paper in enumerate(papers):
        procedure = PROCEDURES.get(str(paper.document.get("genre")))
        if procedure is None:
            continue
        title = str(paper.document["title"])
        # By the paper's own name, not its place: what was answered about one never becomes another's.
        same = sum(1 for other in papers[:position] if other.document.get("title") == title)
        key = f"p{hashlib.sha256(title.encode()).hexdigest()[:10]}" + (f"-{same}" if same else "")
        passed_on = _date(paper.document.get("date")) or _date(answers.get(f"{key}.passed_on"))
        facts = [fact.json for fact in paper.facts]
        yield _Draft(
            key=key,
            paper=paper,
            procedure=procedure,
            title=title,
            passed_on=passed_on,
            items=items_of(facts),
            obligations=obligations_of(
                facts,
                procedure=procedure,
                title=title,
                passed_on=passed_on or at.date(),
                issued_on=issued_on,
            ),
        )


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _report(fact: Fact) -> dict[str, str]:
    return {name: str(fact.get(name) or "") for name in ("subject", "reporter", "outcome")}


# --- the same paper, once more


def _registered(draft: _Draft, place: Place) -> Matter | None:
    """The matter that this opinion has already become, from another file of the same paper."""
    if draft.passed_on is None:
        return None
    same = Matter.objects.filter(place=place, title=draft.title, opened_on=draft.passed_on)
    return same.filter(procedure_code=draft.procedure.code).order_by("id").first()


def _same(draft: _Draft, known: Matter) -> Question:
    source = f"，来自“{known.source.name}”" if known.source else ""
    return Question(
        key=f"{draft.key}.same",
        text=f"《{_short(draft.title)}》与已登记的{known.number}标题、通过日期都相同（{known.number}{source}）。"
        "这份文件是同一份吗？",
        choices=(("known", "是同一份，不再登记"), (ANEW, "不是同一份，另行登记")),
    )


def _known_already(draft: _Draft, known: Matter) -> Planned:
    return Planned(
        key=draft.key,
        kind=draft.procedure.name,
        title=draft.title,
        lines=(f"已登记为{known.number}，不再登记。",),
    )


# --- organs


class _Names:
    """Names in the papers against the register: what is found is said, what is not is asked."""

    def __init__(self, place: Place, *, on: date) -> None:
        self.place, self.on = place, on
        self._found: dict[str, Any] = {}
        self.made: dict[str, Organ] = {}

    @property
    def unknown(self) -> list[str]:
        return [name for name, match in self._found.items() if match.organ is None]

    def match(self, name: str) -> Any:
        if name not in self._found:
            self._found[name] = resolve_organ(name, place=self.place, on=self.on)
        return self._found[name]

    def question(self, name: str, kinds: Sequence[str], what: str) -> Question | None:
        """Who is meant by `name`, if the register cannot tell."""
        match = self.match(name)
        if match.organ is not None:
            return None
        organs = Organ.objects.on(self.on).filter(place=self.place, kind__in=kinds).order_by("id")
        choices = [(str(organ.pk), organ.name) for organ in organs]
        return Question(
            key=_organ_key(name),
            text=f"{what}“{name}”是哪个机构？{match.reason}",
            choices=(*choices, (NEW, f"登记为新机构：{name}")),
        )

    def organ(self, name: str, answers: Mapping[str, str], *, at: datetime) -> Organ:
        """The organ meant, made new where a person said so."""
        match = self.match(name)
        if match.organ is not None:
            return match.organ  # type: ignore[no-any-return]
        answer = answers[_organ_key(name)]
        if answer != NEW:
            return Organ.objects.get(pk=int(answer), place=self.place)
        if name not in self.made:
            # The register is the system administrator's; here the acceptance itself, which is on record with
            # the person's answer, is what allows the organ.
            self.made[name] = add_organ(
                place=self.place, name=name, kind=_kind_of(name), since=self.on, actor=SYSTEM, at=at
            )
        return self.made[name]


_KINDS = (
    ("工作委员会", "working_committee"),
    ("工委", "working_committee"),
    ("委员会办公室", "office"),
    ("监察委员会", "supervision"),
    ("人民法院", "court"),
    ("人民检察院", "procuratorate"),
    ("委员会", "special_committee"),
    ("政府", "government"),
    ("局", "bureau"),
    ("镇", "town"),
    ("乡", "town"),
)


def _kind_of(name: str) -> str:
    """What kind of body a name's ending tells; anything else is 'other', to be set right in the register."""
    return next((kind for ending, kind in _KINDS if name.endswith(ending)), "other")


def _organ_key(name: str) -> str:
    return f"organ.{name}"


# --- questions


def _questions(draft: _Draft, names: _Names, place: Place) -> Iterator[Question]:
    short = _short(draft.title)
    if draft.passed_on is None:
        yield Question(
            key=f"{draft.key}.passed_on",
            text=f"《{short}》是哪一天通过的？文件没有写明，期限要从这一天起算。请写成2026-03-27。",
        )
    offices = Organ.objects.on(names.on).filter(place=place, kind__in=COMMITTEES).order_by("id")
    yield Question(
        key=f"{draft.key}.office",
        text=f"由哪个委室归口跟踪《{short}》？文件没有规定。",
        choices=tuple((str(organ.pk), organ.name) for organ in offices),
        initial=_initial_office(draft, names),
    )
    if draft.lead and (asked := names.question(draft.lead, AGENCIES, "承办单位")):
        yield asked
    if draft.committee and (asked := names.question(draft.committee, COMMITTEES, "征求意见的委员会")):
        yield asked
    telling = [o for o in draft.obligations if o.kind.code in ("inform", "publish")]
    if any(not o.responsible.house for o in telling):
        yield Question(
            key=f"{draft.key}.teller",
            text=f"《{short}》报告之后由谁通报代表、向社会公布？原文“{telling[0].spec.wording}”没有另写主语。",
            choices=(("house", "常委会办公机构"), ("lead", "承办单位办理，归口委室登记")),
            spans=tuple(_span(o.fact) for o in telling),
        )
    for collision in collisions(*_reckoned(draft)):
        later = next(o for o in draft.obligations if o.kind.code == collision.later)
        yield Question(
            key=f"{draft.key}.collision.{collision.later}",
            text=f"《{short}》的两个期限相撞：{collision.question}",
            choices=(
                ("keep", "都照原文执行，征求意见应提前送出"),
                ("open", "报告期限暂不确定，请示后用“明确期限”登记"),
            ),
            spans=(_span(later.fact),),
        )


def _initial_office(draft: _Draft, names: _Names) -> str:
    """The consulted committee knows the subject; a person confirms it."""
    if not draft.committee:
        return ""
    match = names.match(draft.committee)
    return str(match.organ.pk) if match.organ is not None and match.organ.kind in COMMITTEES else ""


def _once(questions: Sequence[Question]) -> list[Question]:
    return list({question.key: question for question in questions}.values())


def _span(fact: Fact) -> tuple[int, int]:
    return int(fact["start"]), int(fact["end"])


def _short(title: str) -> str:
    """The title without the body that passed it: enough to tell five opinions apart."""
    _, _, rest = title.partition("关于")
    return f"关于{rest}" if rest else title


# --- what will be


def _reckoned(draft: _Draft) -> tuple[list[TermSpec], dict[str, Due]]:
    """The drafted terms with their dates as they now stand; several duties are told apart by number."""
    specs: list[TermSpec] = []
    for number, obligation in enumerate(draft.obligations):
        spec = obligation.spec
        if isinstance(spec.anchor, AfterStep):
            spec = replace(spec, anchor=replace(spec.anchor, latest_from=obligation.kind.latest_from))
        specs.append(replace(spec, code=f"{spec.code}{number}") if obligation.kind.many else spec)
    specs = list({spec.code: spec for spec in specs}.values())
    return specs, reckon(specs, Happenings(), calendar=clock.current_calendar())


def _planned(draft: _Draft, names: _Names, answers: Mapping[str, str], *, place: Place) -> Planned:
    specs, dues = _reckoned(draft)
    rules = _rules(draft, place)
    counts = {
        kind: sum(1 for i in draft.items if i.kind == kind and i.parent is None) for kind in _ITEM_KINDS
    }
    lines = [f"{word}{counts[kind]}项" for kind, word in _ITEM_KINDS.items() if counts[kind]]
    head = ["、".join(lines)] if lines else []
    if draft.lead:
        head.append(f"主办单位：{_says(names, draft.lead)}")
    if draft.committee:
        head.append(f"征求意见：{_says(names, draft.committee)}")
    warnings = list(_not_ours(draft, place, on=names.on))
    if any(o.responsible.others for o in draft.obligations):
        warnings.append("原文写有“及有关部门”，没有写明是哪些单位：交办时由归口委室确定。")
    if draft.procedure is OPINION and not any(counts[kind] for kind in ("problem", "suggestion")):
        warnings.append("没有读出问题和建议，登记后无法逐项核对。请先在核对页面补上。")
    return Planned(
        key=draft.key,
        kind=draft.procedure.name,
        title=draft.title,
        lines=(*head, *(_term_line(spec, dues[spec.code], rules.get(spec.code, "")) for spec in specs)),
        spans=tuple(_span(fact.json) for fact in draft.paper.facts if fact.json["type"] == "deadline"),
        warnings=tuple(warnings),
    )


_ITEM_KINDS = {"problem": "问题", "suggestion": "建议", "requirement": "要求"}


def _says(names: _Names, name: str) -> str:
    match = names.match(name)
    return match.organ.name if match.organ is not None else f"“{name}”（请在下面选定）"


def _not_ours(draft: _Draft, place: Place, *, on: date) -> Iterator[str]:
    """Signs that the wrong paper has been uploaded: another place's, or one of years ago."""
    named = _PLACE.match(draft.title)
    if named and place.name not in draft.title:
        yield f"标题写的是“{named[0]}”，不是本地（{place.name}）的文件。请核对是否传错了文件。"
    if draft.passed_on and (on - draft.passed_on).days > A_YEAR:
        yield f"这份文件是{in_words(draft.passed_on)}通过的，距今已超过一年，期限多已过去。请核对是否仍要登记。"


def _rules(draft: _Draft, place: Place) -> dict[str, str]:
    """What the place's rules will make of the terms the paper leaves open, by term."""
    found = {}
    for obligation in draft.obligations:
        kind = obligation.kind
        rule = clock.rule_at(kind, place=place.code, on=draft.passed_on) if draft.passed_on else None
        anchor = clock.with_rule(obligation.spec, kind, rule).anchor
        if isinstance(anchor, Undefined) and anchor.rule:
            found[obligation.spec.code] = anchor.rule
    return found


def _term_line(spec: TermSpec, due: Due, rule: str) -> str:
    if due.on is None and rule:
        return f"期限：{spec.name}——原文“{spec.wording}”没有写期限；本地规则：{rule}"
    if due.on is None:
        return f"期限：{spec.name}——待定（{spec.wording}）"
    latest = "最迟" if due.kind == "latest" else ""
    return f"期限：{spec.name}——{latest}{in_words(due.on)}{'（暂定）' if due.provisional else ''}"


def _parties(
    draft: _Draft, names: _Names, answers: Mapping[str, str], *, at: datetime
) -> list[tuple[Organ, str]]:
    office = Organ.objects.get(pk=int(answers[f"{draft.key}.office"]), place=names.place)
    parties = [(office, "office")]
    if draft.lead and draft.procedure.lane_parts:
        parties.append((names.organ(draft.lead, answers, at=at), "lead"))
    if draft.committee:
        parties.append((names.organ(draft.committee, answers, at=at), "committee"))
    watching = Organ.objects.on(names.on).filter(
        place=names.place, kind__in=("standing_committee", "council")
    )
    return parties + [(organ, "council" if organ.kind == "council" else "informed") for organ in watching]


def _specs(draft: _Draft, answers: Mapping[str, str]) -> list[TermSpec]:
    """The drafted terms as the person's answers leave them."""
    specs = []
    for obligation in draft.obligations:
        spec = obligation.spec
        if answers.get(f"{draft.key}.collision.{obligation.kind.code}") == "open":
            spec = replace(
                spec, anchor=Undefined(wording=spec.wording, reserved=True), period=None, after=None
            )
        if obligation.kind.code in ("inform", "publish") and answers.get(f"{draft.key}.teller") == "lead":
            spec = replace(spec, name=f"{spec.name}{BY_AGENCY}")
        specs.append(spec)
    return specs


def _keep_notice(papers: Sequence[AcceptedPaper], *, place: Place, document: Document) -> IssueNotice | None:
    found = next((paper.document for paper in papers if paper.document.get("genre") == NOTICE), None)
    if found is None:
        return None
    return IssueNotice.objects.create(
        place=place,
        source=document,
        title=str(found["title"]),
        letterhead=str(found.get("letterhead") or ""),
        number=str(found.get("number") or ""),
        session=str(found.get("meeting") or ""),
        organ=str(found.get("issuer") or ""),
        dated=_date(found.get("date")),
        addressees=list(found.get("addressees") or ()),  # type: ignore[call-overload]
        copied_to=list(found.get("copied_to") or ()),  # type: ignore[call-overload]
        printed_by=str(found.get("printed_by") or ""),
        printed_on=_date(found.get("printed_on")),
    )
