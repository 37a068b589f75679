"""What deserves a second look: each flag finds its suggestion and says what shows it; only the house sees them."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.modules.suggestions.models import Rating, Suggestion
from bihuan.modules.suggestions.office.flags import FLAGS, looked_at, suggestions_in
from bihuan.modules.suggestions.office.scopes import Scope
from bihuan.people.demo import Cast
from tests.matters.test_views import client_of
from tests.modules.suggestions.walking import WORDS, Walk

YEAR = Scope(year=2026)
ON = date(2026, 12, 1)
PROMISE = {"text": "修复下河村引水渠护坡", "person": "段虹", "quantity": "120米", "due_on": "2026-10-31"}


def flagged(cast: Cast, *, on: date = ON) -> dict[str, list[tuple[str, ...]]]:
    """Every flag that finds something, with what it says of each."""
    found = {}
    for flag in FLAGS:
        rows = looked_at(flag.found(suggestions_in(cast.place, YEAR), cast.place, on))
        if rows:
            found[flag.code] = [tuple(flag.why(each, on)) for each in rows]
    return found


def answered(cast: Cast, *, insist: str = "", title: str = WORDS["title"], **reply: object) -> Walk:
    walk = Walk(cast, joint=("caoyong",), words={**WORDS, "title": title})
    walk.handed_over(("water", "lead")).claimed().contacted()
    return walk.drafted(**reply).signed(insist=insist)


def test_a_sound_suggestion_is_not_flagged(cast: Cast) -> None:
    answered(cast).rated().rated("caoyong")
    assert flagged(cast) == {}


def test_satisfied_with_a_refusal_is_flagged_and_once_all_are_too(cast: Cast) -> None:
    walk = answered(cast, result_class="C", insist="情况已当面说明").rated()
    said = flagged(cast)["satisfied_refused"]
    assert said == [("答复为C类：所提问题因条件限制暂不能解决", "吴桂花：办理结果满意")]
    assert "all_satisfied" in flagged(cast)  # nobody who judged is dissatisfied
    walk.rated("caoyong", result="basically")
    assert sorted(flagged(cast)) == ["overruled", "satisfied_refused"]


def test_satisfied_within_minutes_of_the_letter_is_flagged(cast: Cast) -> None:
    walk = answered(cast).rated()
    signed = walk.matter.deeds.get(act="sign_reply").at
    Rating.objects.update(at=signed + timedelta(minutes=3))
    assert flagged(cast) == {"at_once": [("吴桂花在答复签发后3分钟内评价满意",)]}
    Rating.objects.update(at=signed + timedelta(minutes=11))
    assert flagged(cast) == {}


def test_a_denied_contact_is_flagged_with_the_deputys_words(cast: Cast) -> None:
    walk = Walk(cast).handed_over(("water", "lead")).claimed().contacted()
    contact = walk.matter.contacts.get()
    walk.act("deny_contact", "wuguihua", "wuguihua", contact=contact.pk, text="没来过")
    said = "吴桂花说明没有县水利局登记的2026年3月6日的联系：没来过"
    assert flagged(cast) == {"denied": [(said,)]}


def test_a_reply_signed_over_a_stop_is_flagged_with_the_reason(cast: Cast) -> None:
    walk = Walk(cast).handed_over(("water", "lead")).claimed().drafted().signed(insist="代表来电同意")
    assert flagged(cast) == {"overruled": [("县水利局不按检查意见签发，理由：代表来电同意",)]}
    assert walk.matter.stage == "rating"


def test_a_promise_past_its_day_is_flagged_from_the_next_day_on(cast: Cast) -> None:
    answered(cast, result_class="B", promises=[PROMISE], insist="已约定")
    assert "overdue" not in flagged(cast, on=date(2026, 10, 31))
    said = "县水利局承诺“修复下河村引水渠护坡”，应于2026年10月31日前完成"
    assert flagged(cast, on=date(2026, 11, 1))["overdue"] == [(said,)]


def test_the_same_title_twice_and_a_tie_by_hand_are_flagged(cast: Cast) -> None:
    first, second = Walk(cast), Walk(cast)
    assert flagged(cast)["again"] == [("标题与另一件建议相同",)] * 2
    second.act("accept", "xuting")
    second.act("relate", "xuting", number=first.matter.number, kind="same_subject")
    said = f"与{first.matter.number}《{first.matter.short_title}》是同一问题"
    assert (said,) in flagged(cast)["again"]


def test_only_those_who_run_the_house_see_flags(cast: Cast) -> None:
    Walk(cast).act("accept", "xuting")
    found = [
        client_of(cast, who).get("/suggestions/flags/").status_code
        for who in ("xuting", "tianye", "wuguihua")
    ]
    assert found == [200, 403, 403]


def test_a_row_more_is_no_query_more(cast: Cast) -> None:
    client = client_of(cast, "xuting")
    counts: list[list[int]] = []
    for rows in (1, 3):
        while Suggestion.objects.filter(matter__contacts__denied_on__isnull=False).count() < rows:
            denied(cast)
        counts.append([asked(client, f"/suggestions/flags/?scope=y2026&flag={flag.code}") for flag in FLAGS])
    assert counts[0] == counts[1]


def asked(client: Client, url: str) -> int:
    """How many queries the page takes."""
    client.get(url)
    with CaptureQueriesContext(connection) as made:
        assert client.get(url).status_code == 200
    return len(made)


def denied(cast: Cast) -> None:
    title = f"关于修复上河村{Suggestion.objects.count()}号机耕桥的建议"
    walk = Walk(cast, words={**WORDS, "title": title}).handed_over(("water", "lead")).claimed().contacted()
    walk.act("deny_contact", "wuguihua", "wuguihua", contact=walk.matter.contacts.get().pk, text="没来过")
