"""The fixed cast of the demo place 临溪县, a county that does not exist, built through the services.

Place, organs and people are invented. Posts begin on 1 December 2021, so the cast stands from that day on.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from bihuan.people.actors import SYSTEM, Actor
from bihuan.people.models import Account, Organ, Person, Place
from bihuan.people.services import (
    add_alias,
    add_deputy,
    add_organ,
    add_person,
    add_place,
    end_post,
    grant_post,
    open_account,
    rename_organ,
)

CONGRESS = 17  # 第十七届
FOUNDED = date(2004, 1, 1)
ELECTED = date(2021, 12, 1)
HANDED_OVER = date(2023, 3, 1)  # the day the forestry bureau got its present director


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The demo's people by user name and its organs by short code; `password` opens every account."""

    place: Place
    organs: Mapping[str, Organ]
    accounts: Mapping[str, Account]
    password: str

    def actor(self, username: str, *, on: date) -> Actor:
        """The person of that user name as somebody who acts on that day."""
        return Actor.of(self.accounts[username], on=on)

    def person(self, username: str) -> Person:
        return self.accounts[username].person


# code: kind, parent's code, name after 临溪县 ('' for the place itself), short name, aliases
_ORGANS: dict[str, tuple[str, str, str, str, tuple[str, ...]]] = {
    "congress": ("congress", "", "人民代表大会", "县人大", ()),
    "standing_committee": (
        "standing_committee",
        "congress",
        "人民代表大会常务委员会",
        "县人大常委会",
        (),
    ),
    "council": ("council", "standing_committee", "人大常委会主任会议", "主任会议", ()),
    "office": ("office", "standing_committee", "人大常委会办公室", "常委会办公室", ("县人大办",)),
    "deputies": (
        "working_committee",
        "standing_committee",
        "人大常委会选举任免代表工作委员会",
        "代表工委",
        ("县人大代表工委",),
    ),
    "finance": (
        "working_committee",
        "standing_committee",
        "人大常委会财政经济工作委员会",
        "财经工委",
        ("县人大财经工委",),
    ),
    "rural": (
        "working_committee",
        "standing_committee",
        "人大常委会农业农村工作委员会",
        "农业农村工委",
        ("县人大农工委",),
    ),
    "justice": (
        "working_committee",
        "standing_committee",
        "人大常委会监察和司法工作委员会",
        "监察司法工委",
        ("县人大监司工委",),
    ),
    "social": (
        "working_committee",
        "standing_committee",
        "人大常委会社会建设工作委员会",
        "社会建设工委",
        ("县人大社建工委",),
    ),
    "government": ("government", "", "人民政府", "县政府", ()),
    "government_office": ("government_office", "government", "人民政府办公室", "县政府办", ()),
    "forestry": ("bureau", "government", "林业局", "县林业局", ()),
    "treasury": ("bureau", "government", "财政局", "县财政局", ()),
    "planning": ("bureau", "government", "发展和改革局", "县发改局", ("发展改革局",)),
    "water": ("bureau", "government", "水利局", "县水利局", ()),
    "land": ("bureau", "government", "国土资源局", "县国土局", ()),
    "education": ("bureau", "government", "教育局", "县教育局", ()),
    "transport": ("bureau", "government", "交通运输局", "县交通运输局", ("县交通局",)),
    "civil_affairs": ("bureau", "government", "民政局", "县民政局", ()),
    "supervision": ("supervision", "", "监察委员会", "县监委", ()),
    "court": ("court", "", "人民法院", "县法院", ()),
    "procuratorate": ("procuratorate", "", "人民检察院", "县检察院", ()),
    "qingshi": ("town", "", "青石镇", "青石镇", ()),
    "baisha": ("town", "", "白沙镇", "白沙镇", ()),
    "yunling": ("town", "", "云岭乡", "云岭乡", ()),
    "qingshi_delegation": ("delegation", "congress", "第十七届人民代表大会青石镇代表团", "青石镇代表团", ()),
    "baisha_delegation": ("delegation", "congress", "第十七届人民代表大会白沙镇代表团", "白沙镇代表团", ()),
    "yunling_delegation": ("delegation", "congress", "第十七届人民代表大会云岭乡代表团", "云岭乡代表团", ()),
}

_ADMINISTRATORS = (
    ("xitong", "贺立新", "sysadmin", "系统管理员"),
    ("anquan", "纪晓云", "secadmin", "安全管理员"),
    ("shenji", "甘雨", "auditor", "审计管理员"),
)

_HeldAs = tuple[str, str, str]  # organ's code, role, title
# user name, name, posts
_PEOPLE: tuple[tuple[str, str, tuple[_HeldAs, ...]], ...] = (
    (
        "shenjianguo",
        "沈建国",
        (("council", "chairperson", "主任"), ("standing_committee", "member", "主任")),
    ),
    (
        "luyaqin",
        "陆雅琴",
        (("council", "chairperson", "副主任"), ("standing_committee", "member", "副主任")),
    ),
    ("zhouwentao", "周文涛", (("office", "director", "主任"), ("standing_committee", "member", "委员"))),
    ("zhangmin", "张敏", (("office", "staff", "科员"),)),
    ("fanghua", "方华", (("deputies", "director", "主任"),)),
    ("xuting", "许婷", (("deputies", "staff", "科员"),)),
    ("chenguoping", "陈国平", (("finance", "director", "主任"),)),
    ("linyue", "林悦", (("finance", "staff", "科员"),)),
    ("huangdeming", "黄德明", (("rural", "director", "主任"),)),
    ("luojing", "罗静", (("rural", "staff", "科员"),)),
    ("hezhiqiang", "何志强", (("justice", "director", "主任"),)),
    ("songdan", "宋丹", (("justice", "staff", "科员"),)),
    ("dengxiuying", "邓秀英", (("social", "director", "主任"),)),
    ("panwei", "潘伟", (("social", "staff", "科员"),)),
    ("zhengkai", "郑凯", (("standing_committee", "member", "委员"),)),
    ("yuhong", "于红", (("standing_committee", "member", "委员"),)),
    ("madonglin", "马东林", (("standing_committee", "member", "委员"),)),
    ("wuguihua", "吴桂花", (("qingshi_delegation", "deputy", "代表"),)),
    ("caoyong", "曹勇", (("baisha_delegation", "deputy", "代表"),)),
    ("jiangchunlan", "蒋春兰", (("yunling_delegation", "deputy", "代表"),)),
    ("xiaofei", "肖飞", (("government_office", "clerk", "科员"),)),
    ("yelin", "叶琳", (("government_office", "section", "督查股股长"),)),
    ("tangzhiyuan", "唐志远", (("government_office", "leader", "副主任"),)),
    ("liangbo", "梁波", ()),  # director of the forestry bureau until it was handed over: see _hand_over
    ("mozhongping", "莫中平", (("forestry", "clerk", "科员"),)),
    ("qinlan", "覃兰", (("forestry", "section", "森林资源股股长"),)),
    ("weishaojun", "韦少军", (("forestry", "leader", "副局长"),)),
    ("zengqinghai", "曾庆海", ()),  # director of the forestry bureau since it was handed over
    ("penglei", "彭磊", (("treasury", "clerk", "科员"),)),
    ("caixiaomei", "蔡晓梅", (("treasury", "section", "预算股股长"),)),
    ("dongzhenhua", "董振华", (("treasury", "leader", "副局长"),)),
    ("fushengli", "傅胜利", (("treasury", "chief", "局长"),)),
    ("renjie", "任杰", (("planning", "clerk", "科员"),)),
    ("shiyuzhen", "石玉珍", (("planning", "section", "综合股股长"),)),
    ("jinhai", "金海", (("planning", "leader", "副局长"),)),
    ("guchangming", "顾长明", (("planning", "chief", "局长"),)),
    ("tianye", "田野", (("water", "clerk", "科员"),)),
    ("duanhong", "段虹", (("water", "section", "河湖股股长"),)),
    ("leizhigang", "雷志刚", (("water", "leader", "副局长"),)),
    ("haoyongnian", "郝永年", (("water", "chief", "局长"),)),
)

_DISTRICTS = {
    "wuguihua": ("qingshi_delegation", "青石镇第三选区"),  # 72 years old, reads in large type
    "caoyong": ("baisha_delegation", "白沙镇第一选区"),
    "jiangchunlan": ("yunling_delegation", "云岭乡第二选区"),
}
_LARGE_TYPE = ("wuguihua",)


def demo_password() -> str:
    """BIHUAN_DEMO_PASSWORD, or the password README tells."""
    return os.environ.get("BIHUAN_DEMO_PASSWORD", "bihuan-demo-2026!")


@transaction.atomic
def build_people(*, at: datetime) -> Cast:
    """Build place, organs, people, posts and accounts; the three administrators do it as they would."""
    encoded = _encoded(demo_password())
    place = add_place(code="linxi", name="临溪县", actor=SYSTEM, at=at)
    organs: dict[str, Organ] = {}
    _add_organs(("congress", "standing_committee", "office"), organs, place, actor=SYSTEM, at=at)
    accounts: dict[str, Account] = {}
    for username, name, role, title in _ADMINISTRATORS:
        held = (("office", role, title),)
        accounts[username] = _add_person(username, name, held, organs, encoded, SYSTEM, SYSTEM, at)
    sysadmin, secadmin = (
        Actor.of(accounts[name], on=max(ELECTED, timezone.localdate(at))) for name in ("xitong", "anquan")
    )
    _add_organs(tuple(code for code in _ORGANS if code not in organs), organs, place, actor=sysadmin, at=at)
    organs["land"] = rename_organ(  # as the ministry was, in 2018, and the counties' bureaus after it
        organ=organs["land"],
        name="临溪县自然资源局",
        short_name="县自然资源局",
        since=date(2019, 3, 20),
        actor=sysadmin,
        at=at,
    )
    for username, name, posts in _PEOPLE:
        accounts[username] = _add_person(username, name, posts, organs, encoded, sysadmin, secadmin, at)
    for username, (delegation, district) in _DISTRICTS.items():
        add_deputy(
            person=accounts[username].person,
            congress=CONGRESS,
            delegation=organs[delegation],
            district=district,
            actor=sysadmin,
            at=at,
        )
    for username in _LARGE_TYPE:
        accounts[username].large_type = True
        accounts[username].save(update_fields=["large_type"])
    _hand_over(accounts, organs, secadmin, at)
    _set_passwords_today(accounts)
    return Cast(place=place, organs=organs, accounts=accounts, password=demo_password())


def accounts_shown() -> Iterator[tuple[str, str, str]]:
    """User name, name and what the person is, for the list printed when the demo place is built."""
    for username, name, _, title in _ADMINISTRATORS:
        yield username, name, title
    for username, name, posts in _PEOPLE:
        held = "、".join(f"{_ORGANS[organ][3]}{title}" for organ, _, title in posts)
        yield username, name, held or _HANDED_OVER_TITLES[username]


_HANDED_OVER_TITLES = {"liangbo": "县政府办主任", "zengqinghai": "县林业局局长"}


def _hand_over(
    accounts: Mapping[str, Account], organs: Mapping[str, Organ], secadmin: Actor, at: datetime
) -> None:
    """A post that ended and passed to another: who was director depends on the day one asks about."""
    old, new = accounts["liangbo"].person, accounts["zengqinghai"].person
    post = grant_post(
        person=old,
        organ=organs["forestry"],
        role="chief",
        title="局长",
        since=ELECTED,
        actor=secadmin,
        at=at,
    )
    last = HANDED_OVER.replace(month=2, day=28)
    end_post(post=post, until=last, reason="调任县政府办主任", actor=secadmin, at=at)
    for person, organ, title in ((old, "government_office", "主任"), (new, "forestry", "局长")):
        grant_post(
            person=person,
            organ=organs[organ],
            role="chief",
            title=title,
            since=HANDED_OVER,
            actor=secadmin,
            at=at,
        )


def _add_organs(
    codes: tuple[str, ...], organs: dict[str, Organ], place: Place, *, actor: Actor, at: datetime
) -> None:
    for code in codes:
        kind, parent, name, short_name, aliases = _ORGANS[code]
        organs[code] = add_organ(
            place=place,
            name=f"{place.name}{name}",
            short_name=short_name,
            kind=kind,
            parent=organs.get(parent),
            since=FOUNDED,
            actor=actor,
            at=at,
        )
        for alias in aliases:
            add_alias(organ=organs[code], name=alias, reason="日常公文用法", actor=actor, at=at)


def _add_person(
    username: str,
    name: str,
    posts: tuple[_HeldAs, ...],
    organs: Mapping[str, Organ],
    encoded: str,
    sysadmin: Actor,
    secadmin: Actor,
    at: datetime,
) -> Account:
    person = add_person(name=name, actor=sysadmin, at=at)
    account = open_account(person=person, username=username, actor=sysadmin, at=at, encoded=encoded).account
    for organ, role, title in posts:
        grant_post(
            person=person,
            organ=organs[organ],
            role=role,
            title=title,
            since=ELECTED,
            actor=secadmin,
            at=at,
        )
    return account


def _set_passwords_today(accounts: Mapping[str, Account]) -> None:
    """The cast is as old as its story, its passwords are new: else the administrators' would be stale at once."""
    for account in accounts.values():
        account.password_changed_at = timezone.now()
    Account.objects.bulk_update(accounts.values(), ["password_changed_at"])


@cache
def _encoded(password: str) -> str:
    """Hashed once: hashing forty times is most of the time the cast would take."""
    return make_password(password)
