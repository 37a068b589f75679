"""Posts: which organ a position belongs to."""

from __future__ import annotations

import pytest

from bihuan.readers.parts.report_heads import body_of
from bihuan.readers.wording.posts import posts_of


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
