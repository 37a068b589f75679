"""Many suggestions handed over from one page: each by itself, nothing typed lost, no query more for a row more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bihuan.matters.models import Deed, Matter
from bihuan.people.demo import Cast
from tests.matters.test_views import client_of
from tests.modules.suggestions.walking import WORDS, Walk

URL = "/suggestions/handover/"


def registered(cast: Cast, *, title: str = WORDS["title"]) -> Matter:
    walk = Walk(cast, raised_on=timezone.localdate() - timedelta(days=3), words={**WORDS, "title": title})
    walk.act("accept", "xuting")
    return walk.matter


def sent(*matters: Matter, **typed: str) -> dict[str, object]:
    """The page as it is sent back; every row is picked, each part as typed for all rows unless named by key."""
    rows: dict[str, object] = {"row": [each.pk for each in matters], "pick": [each.pk for each in matters]}
    for each in matters:
        rows[f"version-{each.pk}"] = each.version
        rows |= {f"{part}-{each.pk}": names for part, names in typed.items()}
    return rows


def stages(*matters: Matter) -> list[str]:
    for each in matters:
        each.refresh_from_db()
    return [each.stage for each in matters]


def test_what_is_picked_is_handed_over_each_by_its_own_act(cast: Cast) -> None:
    first, second, third = (registered(cast) for _ in range(3))
    given = sent(first, second, third, lead="县水利局", co="县财政局、交通运输局", separate="")
    given["pick"] = [first.pk, second.pk]
    response = client_of(cast, "xuting").post(URL, given)
    # The third was typed too: the page comes back with its words.
    assert (response.status_code, stages(first, second, third)) == (
        200,
        ["handling", "handling", "registered"],
    )
    assert Deed.objects.filter(act="hand_over").count() == 2
    parts = (
        first.parties.filter(part__in=("lead", "co")).order_by("pk").values_list("organ__short_name", "part")
    )
    assert list(parts) == [("县水利局", "lead"), ("县财政局", "co"), ("县交通运输局", "co")]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"lead": "县园林局"}, "机构登记中没有“县园林局”"),
        ({"lead": "县水利局", "co": "水利局"}, "县水利局写了两次"),
        ({"lead": "县水利局、县财政局"}, "主办单位只能有一个"),
        ({"lead": "县水利局", "separate": "县财政局"}, "主办和分办不能同时使用"),
        ({"co": "县财政局"}, "没有主办或分办单位"),
        ({"lead": "代表工委"}, "不是承办单位"),
    ],
)
def test_what_cannot_be_handed_over_says_why_and_holds_up_no_other(
    cast: Cast, typed: dict[str, str], reason: str
) -> None:
    bad, good = registered(cast), registered(cast)
    given = sent(bad, **typed) | {f"lead-{good.pk}": "县水利局", f"version-{good.pk}": good.version}
    given |= {"row": [bad.pk, good.pk], "pick": [bad.pk, good.pk]}
    response = client_of(cast, "xuting").post(URL, given)
    assert (response.status_code, stages(bad, good)) == (409, ["registered", "handling"])
    html = response.content.decode()
    assert reason in html
    assert "已交办1件，1件没有交办" in html
    for name in typed.values():  # nothing typed is lost
        assert f'value="{name}"' in html


def test_who_acted_meanwhile_is_not_overruled(cast: Cast) -> None:
    matter = registered(cast)
    given = sent(matter, lead="县水利局")
    client_of(cast, "xuting").post(URL, given)
    response = client_of(cast, "xuting").post(URL, given)
    assert response.status_code == 409
    assert "您打开页面之后，这一事项已有变化" in response.content.decode()


def test_handlers_are_proposed_from_past_handling_when_a_suggestion_is_accepted(cast: Cast) -> None:
    for _ in range(2):
        Walk(cast).handed_over(("transport", "lead"), ("treasury", "co"))
    matter = registered(cast)
    proposed = [(each["name"], each["part"]) for each in matter.suggestion.proposed]
    assert proposed == [("县交通运输局", "lead"), ("县财政局", "co")]
    html = client_of(cast, "xuting").get(f"{URL}?all=1").content.decode()
    assert f'name="lead-{matter.pk}" value="县交通运输局"' in html
    assert f'value="{matter.pk}" id="pick{matter.pk}" checked' in html


def test_proposing_anew_keeps_what_was_typed(cast: Cast) -> None:
    first, second = registered(cast), registered(cast)
    for _ in range(2):
        Walk(cast).handed_over(("transport", "lead"))
    given = sent(first, second) | {f"lead-{first.pk}": "县民政局", "propose": "1"}
    html = client_of(cast, "xuting").post(URL, given).content.decode()
    assert f'name="lead-{first.pk}" value="县民政局"' in html
    assert f'name="lead-{second.pk}" value="县交通运输局"' in html


def test_only_those_who_run_the_house_see_the_page(cast: Cast) -> None:
    assert [client_of(cast, name).get(URL).status_code for name in ("xuting", "tianye", "wuguihua")] == [
        200,
        403,
        403,
    ]


def test_a_row_more_is_no_query_more(cast: Cast) -> None:
    client = client_of(cast, "xuting")
    client.get(URL)  # a first visit reads what later ones know
    counts = []
    for rows in (1, 3):
        while Matter.objects.filter(stage="registered").count() < rows:
            registered(cast)
        with CaptureQueriesContext(connection) as made:
            assert client.get(URL).status_code == 200
        counts.append(len(made))
    assert counts[0] == counts[1]
