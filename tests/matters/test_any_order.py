"""Acts in any order by anybody: whatever happens, stage, lanes, terms, work list, deeds and ledger agree.

BIHUAN_EXAMPLES=500 makes a long run of it.
"""

from __future__ import annotations

import json
import os
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bihuan.kernel.chain import Json
from bihuan.kernel.lights import light_of
from bihuan.kernel.permission import Allowed
from bihuan.kernel.procedure import Procedure
from bihuan.kernel.terms import OnEvent, Period, TermSpec
from bihuan.ledger.models import Entry
from bihuan.matters.access import stand_to
from bihuan.matters.doing import Refused
from bihuan.matters.lateness import light_case
from bihuan.matters.models import NEVER, Matter, SeenPromise, SeenTerm, Term
from bihuan.matters.perform import perform
from bihuan.matters.sight import organ_seer, place_seer
from bihuan.modules.opinions.procedure import OPINION, RESOLUTION
from bihuan.people.demo import Cast
from tests.loop import (
    DISSATISFIED,
    PASSED_ON,
    REPORTED,
    SATISFIED,
    SENT,
    TOLD,
    Loop,
    answers_for,
    moment,
    votes,
)
from tests.matters.test_worklist import check_todos

EXAMPLES = int(os.environ.get("BIHUAN_EXAMPLES", "3"))
STEPS = 30
DUTY = TermSpec(
    code="duty",
    name="书面报告执行情况",
    anchor=OnEvent(event="会议通过", on=PASSED_ON),
    period=Period.parse("P3M"),
    citation="《关于全县河道管护情况报告的审议意见》",
)
ACTORS = (
    "huangdeming", "luojing", "chenguoping", "xiaofei", "liangbo", "mozhongping", "zengqinghai", "tianye",
    "haoyongnian", "zhengkai", "wuguihua", "xitong",
)  # fmt: skip
AGENCIES = (("forestry", "lead"), ("water", "co"), ("government", "separate"))


def do_anything(loop: Loop, data: st.DataObject, procedure: Procedure) -> bool:
    """One try: usually something open to somebody, now and then an act drawn blindly. Whether it was done."""
    matter = loop.matter = Matter.objects.get(pk=loop.matter.pk)
    loop.today += timedelta(days=data.draw(st.integers(0, 25), label="days"))
    open_now = [
        (username, each.act.code, each.party)
        for username in ACTORS
        for each in loop.access(username).open_acts()
        if each.act.code not in ("void", "relate") or data.draw(st.integers(0, 30)) == 0
    ]
    if open_now and data.draw(st.integers(0, 9)):
        username, code, party = data.draw(st.sampled_from(open_now), label="act")
    else:
        username = data.draw(st.sampled_from(ACTORS), label="who")
        code = data.draw(st.sampled_from([act.code for act in procedure.acts]), label="code")
        party = data.draw(st.sampled_from([None, *matter.parties.exclude(stage="")]), label="party")
    answers = answers_for(loop, code, party)
    if code == "vote":
        answers["counts"] = votes(data.draw(st.sampled_from((SATISFIED, DISSATISFIED)), label="votes"))
    if data.draw(st.integers(0, 4)) == 0:
        answers["on"] = loop.today - timedelta(days=data.draw(st.integers(-2, 20), label="back"))
    before = entries_of(matter)
    try:
        perform(matter, code, actor=loop.actor(username), answers=answers, at=moment(loop.today), party=party)
    except Refused:
        assert entries_of(matter) == before
        return False
    assert entries_of(matter) == before + 1
    return True


def entries_of(matter: Matter) -> int:
    return Entry.objects.filter(subject=matter.subject).count()


def check(loop: Loop) -> None:
    """Everything that must hold after every act."""
    matter = loop.matter = Matter.objects.get(pk=loop.matter.pk)
    check_record(matter)
    check_lanes(matter)
    check_terms(matter, on=loop.today)
    check_todos(loop, ACTORS)
    check_sight(matter)


def check_sight(matter: Matter) -> None:
    """Whoever sees the matter sees it, its terms and its promises with the keys they have themselves."""
    here = [party for party in matter.parties.all() if party.until is None]
    seers = {place_seer(matter.place_id), *(organ_seer(party.organ_id, party.person_id) for party in here)}
    keys = ("procedure_code", "stage", "opened_on", "due_on", "warn_on")
    assert sorted(matter.seen.values_list("seer", "ended", *keys)) == sorted(
        (seer, int(matter.ended_on is not None), *(getattr(matter, key) for key in keys)) for seer in seers
    )
    seen_terms = SeenTerm.objects.filter(term__matter=matter)
    assert set(seen_terms.values_list("seer", "term", "due_on", "warn_on")) == {
        (seer, term.pk, term.due_on or NEVER, term.warn_on or NEVER)
        for term in matter.terms.all()
        if not term.dropped or term.lapsed_on
        for seer in seers
    }
    seen_promises = SeenPromise.objects.filter(promise__matter=matter)
    assert set(seen_promises.values_list("seer", "promise", "state", "due_on")) == {
        (seer, promise.pk, promise.state, promise.due_on or NEVER)
        for promise in matter.promises.all()
        for seer in seers
    }


def check_record(matter: Matter) -> None:
    """The ledger tells how the matter came to be where it is, and the deeds are its index."""
    entries = list(Entry.objects.filter(subject=matter.subject).order_by("seq"))
    deeds = list(matter.deeds.order_by("seq"))
    assert [deed.seq for deed in deeds] == [entry.seq for entry in entries]
    assert [deed.on for deed in deeds] == [entry.on for entry in entries]
    bodies: list[dict[str, Json]] = [json.loads(entry.body) for entry in entries]
    assert [body["version"] for body in bodies] == list(range(1, matter.version + 1))
    stage: Json = matter.procedure.first.code
    for body in bodies[1:]:
        moved = body["stage"]
        assert isinstance(moved, list)
        assert moved[0] == stage
        stage = moved[1]
    assert stage == matter.stage
    assert [body.get("round", 1) for body in bodies] == [deed.round for deed in deeds]


def check_lanes(matter: Matter) -> None:
    """Lanes stand at lane stages, no join waits to be taken, and what ended has its day."""
    procedure = matter.procedure
    for party in matter.parties.filter(until__isnull=True):
        walks = party.part in procedure.lane_parts
        assert (party.stage in {stage.code for stage in procedure.lane_stages}) == walks
    for join in procedure.joins:
        lanes = matter.parties.filter(part__in=join.parts, until__isnull=True)
        together = set(lanes.values_list("stage", flat=True)) == {join.all_at}
        assert not (matter.stage == join.at and together)
    assert (matter.ended_on is not None) == procedure.stage(matter.stage).ended


def check_terms(matter: Matter, *, on: date) -> None:
    """No term twice, none running in what has ended, the matter shows the nearest, lights agree."""
    kinds = {kind.code: kind for kind in matter.procedure.terms}
    terms = list(matter.terms.filter(dropped=False))
    single = [(t.kind, t.party_id, t.round) for t in terms if not kinds[t.kind].many]
    assert len(set(single)) == len(single)
    running = [term for term in terms if term.met_on is None]
    if matter.ended_on is not None:
        assert running == []
    gone = set(matter.parties.filter(until__isnull=False).values_list("pk", flat=True))
    assert [term for term in running if term.party_id in gone] == []
    dated = [term.due_on for term in running if term.due_on and not term.paused]
    assert matter.due_on == min(dated, default=NEVER)
    for term in terms:
        assert term.reckoning.on == term.due_on
    shown = Term.objects.filter(matter=matter).annotate(light=light_case(on=on))
    assert [(t.pk, t.light) for t in shown] == [(t.pk, light_of(t, on=on).value) for t in shown]


@pytest.mark.parametrize("procedure", [OPINION, RESOLUTION], ids=lambda each: each.code)
def test_whatever_is_done_in_whatever_order_everything_agrees(cast: Cast, procedure: Procedure) -> None:
    terms = (SENT, REPORTED, TOLD, DUTY) if procedure is OPINION else (DUTY,)

    @settings(
        derandomize=True,
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.generate),  # shrinking a walk takes minutes and tells little more
    )
    @given(data=st.data(), committee=st.sampled_from((None, "finance")))
    def walk(data: st.DataObject, committee: str | None) -> None:
        loop = Loop(cast, procedure=procedure, terms=terms, committee=committee, agencies=AGENCIES)
        check(loop)
        for _ in range(STEPS):
            if do_anything(loop, data, procedure):
                check(loop)

    walk()


def test_every_stage_can_be_left_by_somebody(cast: Cast) -> None:
    """At no stage of a walk does the loop stand still with nobody to act."""
    loop = Loop(cast, agencies=AGENCIES[:2])
    for stage in ("checking", "informing", "publishing", "settling", "hearing"):
        loop.to(stage)
        able = [
            username
            for username in ACTORS
            for each in stand_to(loop.actor(username), loop.matter).open_acts()
            if each.act.awaited and isinstance(loop.access(username).verdict(each.act), Allowed)
        ]
        assert able != []
