"""How a deliberation opinion is handled."""

from __future__ import annotations

from bihuan.kernel.procedure import (
    Join,
    LaneKind,
    Milestone,
    Procedure,
    Stage,
)
from bihuan.modules.opinions.procedure.agency import AGENCY_ACTS
from bihuan.modules.opinions.procedure.clock import TERM_ACTS, TERMS
from bihuan.modules.opinions.procedure.office import AFTERWARDS, HANDING_OVER
from bihuan.modules.opinions.procedure.roles import (
    HANDLERS,
)

OPINION = Procedure(
    code="opinion",
    name="审议意见",
    edition="2026",
    prefix="SY",
    stages=(
        Stage(code="registered", name="待交办"),
        Stage(code="handling", name="研究处理"),
        Stage(code="checking", name="核对报告"),
        Stage(code="informing", name="通报代表"),
        Stage(code="publishing", name="向社会公布"),
        Stage(code="settling", name="研究是否续审"),
        Stage(code="hearing", name="待续审测评"),
        Stage(code="owing", name="待履行其他义务"),
        Stage(code="closed", name="已办结", ended=True),
        Stage(code="void", name="已撤销", ended=True),
    ),
    lanes=(
        LaneKind(
            parts=("lead", "co", "separate"),
            stages=(
                Stage(code="waiting", name="待交办"),
                Stage(code="assigned", name="待签收"),
                Stage(code="planning", name="制定方案"),
                Stage(code="carrying", name="办理中"),
                Stage(code="consulting", name="征求意见"),
                Stage(code="reporting", name="待书面报告"),
                Stage(code="reported", name="已报告"),
                Stage(code="contributed", name="已提交主办单位", ended=True),
            ),
        ),
    ),
    joins=(Join(parts=HANDLERS, all_at="reported", at="handling", to="checking"),),
    acts=(*HANDING_OVER, *AGENCY_ACTS, *AFTERWARDS, *TERM_ACTS),
    terms=TERMS,
    milestones=(
        Milestone(name="登记", acts=()),
        Milestone(name="交办", acts=("hand_over",), term="hand_over"),
        Milestone(name="制定方案", acts=("plan",), term="plan"),
        Milestone(name="征求意见", acts=("consult",), term="consult", part="committee"),
        Milestone(name="委员会反馈", acts=("comment",), term="comment", part="committee"),
        Milestone(name="书面报告", acts=("report", "report_directly"), term="report"),
        Milestone(name="核对", acts=("pass_check",)),
        Milestone(name="通报代表", acts=("inform",), term="inform"),
        Milestone(name="公布", acts=("publish", "withhold"), term="publish"),
        Milestone(name="续审测评", acts=("vote",), optional=True),
        Milestone(name="办结", acts=("close", "vote", "finish"), ends=True),
    ),
)
