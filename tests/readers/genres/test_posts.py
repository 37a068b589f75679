"""Posts: which organ a position belongs to."""

from __future__ import annotations

import pytest

from bihuan.readers.facts import Appointment
from bihuan.readers.parts.report_heads import body_of
from bihuan.readers.wording.posts import posts_of
from tests.readers.papers import facts_of


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("临溪县水利局局长", [("临溪县水利局", "局长")]),
        ("临溪县人民政府副县长", [("临溪县人民政府", "副县长")]),
        ("临溪县人大农业与农村委员会副主任委员", [("临溪县人大农业与农村委员会", "副主任委员")]),
        (
            "临溪县人民法院审判委员会委员、民事审判庭庭长",
            [("临溪县人民法院审判委员会", "委员"), ("临溪县人民法院民事审判庭", "庭长")],
        ),
        ("临溪县人民法院副庭长、审判员", [("临溪县人民法院", "副庭长"), ("临溪县人民法院", "审判员")]),
    ],
)
def test_each_post_has_its_organ(words: str, expected: list[tuple[str, str]]) -> None:
    assert posts_of(words) == expected


@pytest.mark.parametrize(
    ("post", "body"),
    [
        ("县水利局党组书记、局长", "县水利局"),
        ("县政协副主席、县民政局局长", "县民政局"),
        ("县人民政府副秘书长", "县人民政府"),
        ("县人大常委会代表工委主任", "县人大常委会代表工委"),
    ],
)
def test_a_speaker_speaks_for_the_body_of_the_last_post_that_names_one(post: str, body: str) -> None:
    assert body_of(post) == body


LIST = """临溪县人大常委会任免名单
（2025年6月26日临溪县第九届人民代表大会常务委员会第十八次会议通过）
会议决定：谭小竹代理临溪县监察委员会主任职务。
任\ufffd\ufffd命：
江小满、许青山为临溪县人民检察院检察员。
白露为临溪县人民法院民事审判庭副庭长、审判员。
"""


def test_a_list_may_name_an_acting_head_several_persons_and_posts_of_the_court() -> None:
    named = [
        (fact.action, fact.person, fact.organ, fact.position)
        for fact in facts_of(LIST)
        if isinstance(fact, Appointment)
    ]
    assert named == [
        ("代理", "谭小竹", "临溪县监察委员会", "主任"),
        ("任命", "江小满", "临溪县人民检察院", "检察员"),
        ("任命", "许青山", "临溪县人民检察院", "检察员"),
        ("任命", "白露", "临溪县人民法院民事审判庭", "副庭长"),
        ("任命", "白露", "临溪县人民法院", "审判员"),
    ]
