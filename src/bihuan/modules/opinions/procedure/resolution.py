"""How a resolution or decision is followed."""

from __future__ import annotations

from bihuan.kernel.procedure import (
    Act,
    Ask,
    Kind,
    Milestone,
    Procedure,
    Stage,
    TermKind,
)
from bihuan.matters.acts import relate_act
from bihuan.modules.opinions.procedure.roles import (
    DIRECTOR,
    FILES,
    HIDDEN,
    OFFICE,
    REASON,
    SUMMARY,
    WHEN,
    publication_acts,
)

RESOLUTION = Procedure(
    code="resolution",
    name="决议决定",
    edition="2026",
    prefix="JY",
    stages=(
        Stage(code="registered", name="待公布"),
        Stage(code="following", name="跟踪执行"),
        Stage(code="closed", name="已办结", ended=True),
        Stage(code="void", name="已撤销", ended=True),
    ),
    acts=(
        Act(
            code="publish",
            name="向社会公布",
            by=OFFICE,
            at=("registered",),
            to="following",
            awaited=True,
            public=True,
            asks=(WHEN, SUMMARY, HIDDEN),
        ),
        *publication_acts(at=("following", "closed")),
        Act(
            code="fulfil",
            name="登记履行",
            by=OFFICE,
            at=("registered", "following"),
            prepares=("close",),
            asks=(
                WHEN,
                Ask(key="term", label="哪一项义务", kind=Kind.SPECIAL),
                Ask(key="how", label="怎样履行的"),
                FILES,
            ),
        ),
        Act(
            code="settle_term",
            name="明确期限",
            by=DIRECTOR,
            at=("registered", "following"),
            asks=(
                Ask(key="term", label="哪一个期限", kind=Kind.SPECIAL),
                Ask(key="day", label="起算或到期日期", kind=Kind.DATE),
                REASON,
            ),
        ),
        Act(
            code="close",
            name="办结",
            by=DIRECTOR,
            at=("following",),
            to="closed",
            awaited=True,
            public=True,
            asks=(Ask(key="result", label="执行情况"), FILES),
            hint="还有未履行的义务时不能办结。",
        ),
        relate_act(by=OFFICE, at=("registered", "following", "closed")),
        Act(
            code="void",
            name="撤销",
            by=DIRECTOR,
            at=("registered",),
            to="void",
            lets_go=True,
            grave=True,
            asks=(REASON,),
        ),
    ),
    terms=(
        TermKind(
            code="publish",
            name="向社会公布",
            part="office",
            met_by=("publish",),
            law="resolution.publish",
            read_as=("公布", "公开"),
            started_by=("opened",),
        ),
        TermKind(code="duty", name="其他义务", part="office", met_by=("fulfil",), many=True),
    ),
    milestones=(
        Milestone(name="登记", acts=()),
        Milestone(name="公布", acts=("publish",), term="publish"),
        Milestone(name="办结", acts=("close",)),
    ),
)
