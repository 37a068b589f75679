from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.matters.kin import kin_of, remember_anew, remember_text
from bihuan.matters.models import KinKey, KinText, Matter
from bihuan.matters.opening import ItemDraft, open_matter
from bihuan.people.actors import SYSTEM
from bihuan.people.models import Place
from tests.conftest_pg import database_url, postgres_host  # noqa: F401 - a fixture
from tests.matters.trial import OPENED, TRIAL, County, morning

CROSSING = (
    "关于在城南中学门口设置过街天桥的建议\n"
    "城南中学门前每天有三千多名学生过街，早晚高峰车流不断，去年发生擦碰七起。建议在校门口修建人行天桥，"
    "天桥建成以前安排护学岗，并在两端装上信号灯。"
)
WATER = (
    "关于改造枫林社区供水管网的建议\n"
    "枫林社区的水管用了二十多年，三楼以上常常没有水，水质发黄。建议更换管道，增设加压泵，按季公布水质。"
)
LAMPS = "关于补齐柳溪大道路灯的建议\n柳溪大道东段至今没有路灯，夜里行人看不清路面。建议列入明年计划。"


@pytest.fixture
def county(db: None) -> County:
    return County()


def told(county: County, text: str) -> Matter:
    """A matter that says so."""
    matter = county.matter(title=text.partition("\n")[0], working_days="P5WD")
    remember_text(matter, text)
    return matter


@pytest.fixture
def crossing(county: County) -> Matter:
    told(county, WATER)
    told(county, LAMPS)
    return told(county, CROSSING)


def test_the_same_text_with_some_words_changed_is_nearly_the_same(county: County, crossing: Matter) -> None:
    copy = CROSSING.replace("三千多名", "近三千名").replace("七起", "九起").replace("修建", "建一座")
    found = kin_of(copy, place=county.place)
    assert [(kin.matter, kin.near) for kin in found] == [(crossing, True)]
    assert found[0].likeness > 0.9


def test_the_same_matter_in_other_words_is_kin_and_says_what_both_speak_of(
    county: County, crossing: Matter
) -> None:
    again = (
        "关于解决城南中学学生过马路难的建议\n"
        "每逢上学放学，城南中学外面的路上车多人多，孩子们只能在车缝里穿行。请交通部门研究修一座天桥。"
    )
    found = kin_of(again, place=county.place)
    assert [(kin.matter, kin.near) for kin in found] == [(crossing, False)]
    assert found[0].shared[0] == "城南中学"


@pytest.mark.parametrize("typed", ["城南中学过街", "关于城南中学天桥", "關於城南中學天橋"])
def test_a_few_characters_of_a_title_find_it(county: County, crossing: Matter, typed: str) -> None:
    assert [kin.matter for kin in kin_of(typed, place=county.place)] == [crossing]


@pytest.mark.parametrize("typed", ["", "建", "关于加强和改进工作的建议", "，。！"])
def test_what_tells_nothing_has_no_kin(county: County, crossing: Matter, typed: str) -> None:
    assert kin_of(typed, place=county.place) == []


def test_a_text_remembered_anew_is_no_longer_found_by_what_it_said_before(
    county: County, crossing: Matter
) -> None:
    remember_text(crossing, "关于修缮文昌阁的建议\n文昌阁屋顶塌了一角，请先抢修。")
    assert kin_of("城南中学门口过街天桥", place=county.place) == []
    assert [kin.matter for kin in kin_of("修缮文昌阁", place=county.place)] == [crossing]
    keys = KinKey.objects.filter(matter=crossing).count()
    remember_text(crossing, KinText.objects.get(matter=crossing).text)
    assert KinKey.objects.filter(matter=crossing).count() == keys


def test_kin_are_of_the_place_may_be_seen_and_are_not_the_matter_itself(
    county: County, crossing: Matter
) -> None:
    elsewhere = Place.objects.create(code="elsewhere", name="别处县")
    assert kin_of(CROSSING, place=elsewhere) == []
    assert kin_of(CROSSING, place=county.place, exclude=crossing) == []
    assert kin_of(CROSSING, place=county.place, among=Matter.objects.exclude(pk=crossing.pk)) == []
    assert [kin.matter for kin in kin_of(CROSSING, place=county.place, among=Matter.objects.all())] == [
        crossing
    ]


def test_opening_a_matter_remembers_its_title_and_its_items(county: County) -> None:
    matter = open_matter(
        procedure=TRIAL,
        place=county.place,
        title="关于河道管护的审议意见",
        opened_on=OPENED,
        parties=[(county.bureau, "lead")],
        items=[ItemDraft(kind="problem", ordinal=1, text="青龙河上游采砂坑没有回填")],
        actor=SYSTEM,
        at=morning(OPENED),
    )
    assert [kin.matter for kin in kin_of("青龙河采砂坑", place=county.place)] == [matter]


def test_making_the_keys_anew_finds_the_same_and_what_was_opened_before_there_were_any(
    county: County, crossing: Matter
) -> None:
    older = county.matter(title="关于修缮文昌阁的事项", working_days="P5WD")
    KinKey.objects.filter(matter=older).delete()
    KinText.objects.filter(matter=older).delete()
    assert kin_of("修缮文昌阁", place=county.place) == []
    assert remember_anew() == 4
    assert [kin.matter for kin in kin_of("修缮文昌阁", place=county.place)] == [older]
    assert [kin.matter for kin in kin_of("城南中学过街天桥", place=county.place)] == [crossing]


def test_more_matters_need_no_more_queries(county: County, crossing: Matter) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            kin_of(CROSSING, place=county.place, among=Matter.objects.all())
        return len(seen)

    few = queries()
    for number in range(40):
        told(county, CROSSING.replace("城南", f"城{number}南"))
    assert queries() <= few + 1  # the rarest keys are read to their end once there are many
    assert queries() == 5


_ON_POSTGRESQL = """
import django; django.setup()
from datetime import date
from django.core.management import call_command
from bihuan.matters.kin import kin_of, remember_text
from bihuan.matters.memory import history_of
from bihuan.matters.models import Matter
from bihuan.matters.opening import link_matters
from bihuan.people.models import Place

call_command("migrate", verbosity=0)
place = Place.objects.create(code="linxi", name="临溪县")
matters = []
for number in range(60):
    matters.append(Matter.objects.create(
        place=place, number=f"SB-2026-{number:04d}", procedure_code="trial", edition="1", title="试",
        stage="open", opened_on=date(2026, 3, 2)))
    remember_text(matters[-1], f"关于城南中学过街天桥的建议\\n第{number}个校门外车多人多，学生过街要等很久，"
        "建议修建人行天桥并派人护学。")
remember_text(matters[0], "关于文昌阁修缮的建议\\n屋顶塌了一角。")
print([kin.matter.number for kin in kin_of("文昌阁", place=place, among=Matter.objects.all())])
print(len(kin_of("城南中学过街天桥", place=place)))
link_matters(matters[:2], kind="follows")
print(history_of(matters[1]).counts)
call_command("migrate", "matters", "0007", verbosity=0)
call_command("migrate", "matters", verbosity=0)
print("reversible")
"""


@pytest.mark.postgres
def test_kin_are_found_on_postgresql(postgres_host: str, tmp_path: Path) -> None:  # noqa: F811 - the fixture
    done = subprocess.run(
        [sys.executable, "-c", _ON_POSTGRESQL],
        env={
            **os.environ,
            "BIHUAN_DATA": str(tmp_path),
            "BIHUAN_DATABASE": database_url(postgres_host, "postgres"),
            "DJANGO_SETTINGS_MODULE": "bihuan.config.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == ["['SB-2026-0000']", "5", "(2, 0, 0)", "reversible"], done.stderr
