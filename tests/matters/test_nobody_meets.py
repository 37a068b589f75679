"""A term that nobody in the matter could meet does not run; when somebody joins who can, it does."""

from __future__ import annotations

from datetime import date

from bihuan.matters.models import Matter
from bihuan.people.demo import Cast
from tests.loop import REPORTED, SENT, Loop


def running(matter: Matter) -> list[str]:
    return sorted(matter.terms.filter(met_on__isnull=True, dropped=False).values_list("kind", flat=True))


def test_where_nobody_is_consulted_no_term_for_consulting_runs(cast: Cast) -> None:
    for terms in ((), (SENT, REPORTED)):
        loop = Loop(cast, committee=None, terms=terms)
        loop.act("hand_over")
        assert running(loop.matter) == ["plan", "report"]


def test_the_report_keeps_the_latest_date_its_paper_allows(cast: Cast) -> None:
    loop = Loop(cast, committee=None, terms=(SENT, REPORTED))
    loop.act("hand_over")
    reckoning = loop.term("report", "government").reckoning
    assert (reckoning.on, reckoning.kind) == (date(2026, 6, 29), "latest")


def test_the_entry_tells_of_no_date_that_nobody_has_to_keep(cast: Cast) -> None:
    loop = Loop(cast, committee=None, terms=())
    assert "consult" not in loop.act("hand_over").body


def test_a_committee_named_at_the_hand_over_starts_the_term(cast: Cast) -> None:
    organs = cast.organs
    loop = Loop(cast, committee=None)
    assert "consult" not in running(loop.matter)
    loop.act("hand_over", parties=[(organs["government"], "lead"), (organs["finance"], "committee")])
    assert loop.term("consult", "government").due_on == date(2026, 5, 27)


def test_a_committee_added_later_starts_the_term_for_who_can_still_consult_it(cast: Cast) -> None:
    agencies = (("government", "separate"), ("planning", "separate"))
    loop = Loop(cast, committee=None, agencies=agencies).lane_to("reported", "planning")
    loop.act("add_agency", parties=[(cast.organs["finance"], "committee")])
    begun = loop.matter.terms.filter(kind="consult", dropped=False)
    assert [str(term.party) for term in begun] == ["县政府"]
    assert begun.get().due_on == date(2026, 5, 27)


def test_a_committee_left_out_at_the_hand_over_lets_go_of_the_term(cast: Cast) -> None:
    loop = Loop(cast)
    assert "consult" in running(loop.matter)
    loop.act("hand_over", parties=[(cast.organs["government"], "lead")])
    assert "consult" not in running(loop.matter)
