"""The papers on deputies' suggestions that the tests print: all of 临溪县, a place that does not exist."""

from __future__ import annotations

from datetime import date
from typing import Final

from bihuan.writers.forms import (
    Answer,
    BookRow,
    Breakdown,
    CoOpinion,
    DueLine,
    LedgerRow,
    Mover,
    PlanStep,
    PromiseLine,
    Rate,
    Sender,
    SuggestionName,
    co_opinion_letter,
    handover_notice,
    priority_plan,
    proposal_sheet,
    rating_form,
    reminder_letter,
    reply_letter,
    return_request,
    suggestion_report,
    suggestion_sheet,
    unit_ledger,
)
from bihuan.writers.numbers import DocumentNumber
from bihuan.writers.paper import Paper

from . import papers
from .papers import CONTACT, SENDER

NAME: Final = SuggestionName(
    place="临溪县", term=18, session=5, number="126", title="关于在城北片区增设公交首末站的建议"
)
LEAD: Final = Mover(name="周桂兰", delegation="城关代表团", phone="0000-5550188")
JOINT: Final = (
    Mover(name="李建国", delegation="城关代表团", phone="0000-5550189"),
    Mover(name="欧阳文清", delegation="北塘代表团"),
)
BUREAU: Final = Sender(
    letterhead="临溪县交通运输局",
    organ="临溪县交通运输局",
    number=DocumentNumber(code="临交函", year=2026, serial=31),
    dated=date(2026, 5, 20),
    sealed=True,
)
SHEET: Final = suggestion_sheet(
    name=NAME,
    lead=LEAD,
    joint=JOINT,
    category="城乡建设",
    situation="城北片区近三年新建六个住宅小区，常住人口由一万二千人增加到三万一千人，现有公交线路只有两条，"
    "早高峰平均候车二十六分钟。\n片区没有首末站，车辆空驶进出，夜间在路边停放。",
    analysis="线路少的原因不在车辆，而在没有场站：车辆须从城南发出，空驶十一公里，增加班次的成本高。",
    demands=(
        "在城北大道与文化路交叉口西北角的储备用地上建设一处占地四千平方米的公交首末站。",
        "首末站建成前，先在文化路公园停车场设临时发车点，2026年9月底前开通一条通往县医院的线路。",
    ),
    source="代表联络站",
    source_note="城北社区代表联络站2025年第四季度接待选民十九人次。",
    publicity="同意全文公开",
    suggested_agencies=("县交通运输局", "县自然资源和规划局"),
    raised_on=date(2026, 1, 22),
)
PROPOSAL: Final = proposal_sheet(
    place="临溪县",
    term=18,
    session=5,
    number="3",
    title="关于加强临溪河流域水环境保护的议案",
    movers=tuple(Mover(name=f"代表{numeral}", delegation="城关代表团") for numeral in "甲乙丙丁戊己庚辛壬癸"),
    least=10,
    subject="请县人民代表大会就临溪河流域水环境保护作出决议。",
    grounds="临溪河是全县的饮用水水源。2025年监测的十二个断面中有三个未达到目标。",
    plan=("划定保护范围，分段明确责任单位。", "每年向县人大常委会报告治理情况。"),
    raised_on=date(2026, 1, 22),
)
ROWS: Final = tuple(
    BookRow(
        number=str(position),
        title=f"关于改善第{position}小学门前道路通行条件、完善人行过街设施的建议",
        lead_deputy="周桂兰" if position % 3 else "欧阳文清",
        joint=position % 4,
        lead="" if position % 7 == 0 else "县交通运输局",
        co=("县公安局", "县教育局") if position % 2 else (),
        separate=("县住房和城乡建设局", "城关街道办事处") if position % 7 == 0 else (),
        refuse_by=date(2026, 3, 23),
        co_opinion_by=date(2026, 4, 21) if position % 2 else None,
        reply_by=date(2026, 6, 9),
        is_priority=position % 10 == 0,
        committee="监察和法制委员会" if position % 2 else "农业农村工作委员会",
    )
    for position in range(1, 41)
)
HANDOVER: Final = handover_notice(
    sender=Sender(
        letterhead="临溪县人大常委会办公室文件",
        organ="临溪县人大常委会办公室",
        number=DocumentNumber(code="临人常办", year=2026, serial=8),
        dated=date(2026, 3, 9),
        sealed=True,
    ),
    addressees=("县人民政府办公室", "县人民法院", "各承办单位"),
    place="临溪县",
    term=18,
    session=5,
    rows=ROWS,
    terms=(
        DueLine(
            step="提出调整承办单位", due=date(2026, 3, 23), basis="收到交办起10个工作日", provisional=False
        ),
        DueLine(step="送会办意见", due=date(2026, 4, 21), basis="交办起30个工作日", provisional=False),
        DueLine(step="答复代表", due=date(2026, 6, 9), basis="代表法第五十一条", provisional=False),
    ),
    requests=(
        "答复前应当与代表沟通，听取意见，并如实记录。",
        "答复由主要负责人签发，逐条回应代表提出的意见，写明办理结果的分类。",
    ),
    contact=CONTACT,
    copied_to=("县人大常委会主任、副主任、委员",),
    printed_by="临溪县人大常委会办公室",
    printed_on=date(2026, 3, 9),
)
LEDGER: Final = unit_ledger(
    agency="县交通运输局",
    period="县第十八届人大第五次会议",
    counted_on=date(2026, 6, 30),
    rows=tuple(
        LedgerRow(
            number=row.number,
            title=row.title,
            lead_deputy=row.lead_deputy,
            part="会办" if position % 3 == 0 else "主办",
            clerk="陈志强",
            due=row.reply_by,
            contacts=(1, 2, 1) if position % 4 else None,
            co_opinion="已收齐" if position % 2 else "",
            replied_on=date(2026, 5, 20) if position % 5 else None,
            reply_class="B" if position % 5 else "",
            promises=2 if position % 5 else None,
        )
        for position, row in enumerate(ROWS[:26], start=1)
    ),
)
REPLY: Final = reply_letter(
    sender=BUREAU,
    name=NAME,
    movers=(LEAD, *JOINT),
    reply_class="B类",
    signer="陈 岩",
    answers=(
        Answer(
            demand="建设公交首末站",
            text="经与县自然资源和规划局现场踏勘，城北大道与文化路交叉口西北角的储备用地可以安排三千八百平方米，"
            "已列入2026年下半年供地计划。",
        ),
        Answer(
            demand="设临时发车点并开通线路",
            text="文化路公园停车场可以划出十二个车位作临时发车点，通往县医院的线路将于9月20日前开通，"
            "早高峰间隔十二分钟。",
        ),
    ),
    co_opinions=(CoOpinion(agency="县自然资源和规划局", text="同意上述用地安排，规划条件于7月底前出具"),),
    promises=(
        PromiseLine(text="开通通往县医院的线路", owner="县交通运输局公交管理科", due=date(2026, 9, 20)),
        PromiseLine(text="首末站用地供应", owner="县自然资源和规划局"),
    ),
    contact=CONTACT,
    copied_to=("县人大常委会代表工作委员会", "县人民政府办公室", "城关街道人大工委"),
)
CO_OPINION: Final = co_opinion_letter(
    sender=Sender(
        letterhead="临溪县自然资源和规划局",
        organ="临溪县自然资源和规划局",
        number=None,
        dated=date(2026, 4, 15),
        sealed=True,
    ),
    lead_agency="县交通运输局",
    name=NAME,
    answers=(Answer(demand="", text="储备用地可以安排三千八百平方米，规划条件于7月底前出具。"),),
    signer="吴立新",
    contact=CONTACT,
)
RATING: Final = rating_form(
    name=NAME,
    deputy=LEAD,
    agency="县交通运输局",
    replied_on=date(2026, 5, 20),
    return_to="县人大常委会代表工作委员会",
    return_by=date(2026, 6, 17),
    channel="当面",
    visitors=("陈岩（局长）", "陈志强"),
    visited_on=date(2026, 5, 18),
    attitude="满意",
    result="不满意",
    reasons="答复没有写明首末站何时开工，供地以后的安排也没有提到。",
    again="是",
    rated_on=date(2026, 6, 2),
)
BLANK_RATING: Final = rating_form(
    name=NAME,
    deputy=LEAD,
    agency="县交通运输局",
    replied_on=None,
    return_to="县人大常委会代表工作委员会",
)
PRESSING: Final = reminder_letter(
    sender=SENDER,
    addressee="县交通运输局",
    matter=NAME.full,
    step="答复代表",
    due=date(2026, 6, 9),
    basis="代表法第五十一条",
    counted_on=date(2026, 6, 30),
    asked=("三日内与领衔代表当面沟通",),
    answer_by=date(2026, 7, 7),
    contact=CONTACT,
    degree="second",
    reminded_on=(date(2026, 6, 15),),
    upholds="代表建议办理工作",
)
RETURN: Final = return_request(
    name=NAME,
    agency="县交通运输局",
    part="主办",
    handed_over_on=date(2026, 3, 9),
    refuse_by=date(2026, 3, 23),
    reason="建议的主要内容是首末站的用地和建设，用地由县自然资源和规划局安排，建设由县住房和城乡建设局实施，"
    "本局只负责建成后的线路运营。",
    basis="县机构编制委员会2024年印发的部门职责规定",
    proposed=("县住房和城乡建设局",),
    asked_on=date(2026, 3, 16),
)
PLAN: Final = priority_plan(
    name=NAME,
    lead_deputy="周桂兰",
    chosen_on=date(2026, 3, 5),
    chosen_by="县人大常委会主任会议",
    congress_leader="赵明（县人大常委会副主任）",
    government_leader="孙磊（副县长）",
    committee="城建环资工委",
    agencies=("县交通运输局", "县自然资源和规划局"),
    aims=("首末站用地年内供应。", "通往县医院的线路9月底前开通。"),
    steps=(
        PlanStep(what="召开见面会，听取代表意见", who="领衔代表、承办单位负责人", when=date(2026, 3, 20)),
        PlanStep(what="现场察看选址", who="督办领导、城建环资工委、代表", when=date(2026, 5, 12)),
        PlanStep(what="向主任会议报告", who="承办单位主要负责人"),
    ),
    afterwards=("督办结束后向主任会议报告，并在常委会会议上测评。", "承诺事项到期核对，未完成的继续督办。"),
    organ="临溪县人大常委会办公室",
    dated=date(2026, 3, 9),
)
REPORT: Final = suggestion_report(
    title="临溪县人民代表大会常务委员会代表工作委员会\n关于代表建议、批评和意见办理情况的报告",
    organ="临溪县人大常委会代表工作委员会",
    dated=date(2026, 11, 20),
    period="县第十八届人大第五次会议以来",
    counted_on=date(2026, 11, 15),
    at_congress=357,
    between_sessions=7,
    bodies=Breakdown(
        name="代表建议的承办系统",
        unit="件",
        whole=364,
        parts=(("政府及其部门", 338), ("县人民法院", 9), ("县直党群部门", 17)),
    ),
    parts=Breakdown(
        name="承办任务", unit="件次", whole=603, parts=(("主办", 340), ("会办", 239), ("分办", 24))
    ),
    answered=Rate(name="已答复", part=331, whole=331, of="政府系统应答复的大会建议"),
    classes=Breakdown(
        name="政府系统大会建议的答复分类",
        unit="件",
        whole=331,
        parts=(
            ("A类：已经解决或者基本解决", 163),
            ("B类：正在解决或者列入计划", 156),
            ("C类：暂不能解决", 12),
        ),
    ),
    attitude=Breakdown(
        name="办理态度", unit="件", whole=325, parts=(("满意", 320), ("基本满意", 5), ("不满意", 0))
    ),
    result=Breakdown(
        name="办理结果", unit="件", whole=325, parts=(("满意", 290), ("基本满意", 25), ("不满意", 10))
    ),
    silent=6,
    rates=(
        Rate(name="已解决", part=163, whole=331, of="已答复"),
        Rate(name="有佐证的解决", part=151, whole=163, of="答复为已解决"),
        Rate(name="已落实", part=207, whole=315, of="评价满意和基本满意"),
    ),
    facts=("对评价不满意的10件重新办理，已再次答复10件，再次评价满意7件。",),
    gaps=("2件闭会建议尚未确定承办单位。", "县文化旅游局未报送本单位办理情况。"),
)
ALL: Final[dict[str, Paper]] = {
    "sheet": SHEET,
    "proposal": PROPOSAL,
    "handover": HANDOVER,
    "ledger": LEDGER,
    "reply": REPLY,
    "co_opinion": CO_OPINION,
    "rating": RATING,
    "blank_rating": BLANK_RATING,
    "pressing": PRESSING,
    "return": RETURN,
    "plan": PLAN,
    "report": REPORT,
}
# All papers there are, by name.
EVERY: Final[dict[str, Paper]] = papers.ALL | {f"suggestion_{name}": paper for name, paper in ALL.items()}
