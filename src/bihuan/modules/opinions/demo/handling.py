"""What the demo's agencies undertook and reported, item by item in the order of the opinion. Everything is invented.

Some of it is well done and some is not: the agencies of 校园餐 do what is easy instead of what was asked, which
is why the standing committee is not satisfied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """One item: the measure and who answers for it; later its progress, and what is reported in the end.

    `kept` measures come with evidence. Where nothing is reported yet, `progress` and `answer` are empty.
    """

    measure: str
    person: str
    quantity: str = ""
    undated: bool = False
    progress: str = ""
    kept: bool = False
    result: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """What passes between the committee and the agency, and what the public is told."""

    comment: str
    adopted: str
    summary: str


Handlings = Sequence[Handling]

WATER_LEAD: Handlings = (
    Handling(
        measure="对青石镇、云岭乡31个村组的老旧管网分三批更换，首批先换漏损率超过四成的9个村组",
        person="何建明（县水利局供水股）",
        quantity="更换管网46公里",
        progress="首批9个村组18.2公里已换完通水，夜间最小流量比换管前下降约六成；第二批正在开挖沟槽。",
        result="staged",
        answer="首批9个村组换管后计量两个月，平均漏损率由43%降到17%。第二批14个村组年底前完成，"
        "第三批8个村组列入明年计划，因此只能算分期解决。",
    ),
    Handling(
        measure="在云岭乡大坪、石门两个高山片区各建一处蓄水池，建成前旱季定点送水",
        person="罗志强（云岭乡人民政府）",
        quantity="蓄水池2处，共600立方米",
        progress="两处蓄水池都已建成蓄满，旱季没有再送水。",
        kept=True,
        result="solved",
        answer="两处蓄水池供196户使用，旱季由隔天供水恢复为每天供水。乡里逐户回访，187户认可；"
        "9户因地势过高水压偏小，已另装增压泵。",
    ),
    Handling(
        measure="从水费收入中每方提取0.15元作为管护金，按月发给村级管水员",
        person="唐巧云（县财政局农业股）",
        quantity="管水员148人",
        progress="管护金办法已经印发，148名管水员前两个月的报酬都发到了个人账户。",
        kept=True,
        result="solved",
        answer="报酬为每人每月300元，来源已经固定。按目前售水量测算略有缺口，年底结算后如需调整标准，再专题报告。",
    ),
    Handling(
        measure="按漏损率、用水户数和是否有学校卫生院，给31个村组排出改造先后，公示征求意见",
        person="何建明（县水利局供水股）",
        quantity="31个村组",
        progress="次序表公示七天，收到意见5条，据此调整了2个村组的先后。",
        kept=True,
        result="solved",
        answer="改造次序已经定下并在各村公开栏张贴，今后每年只按这个次序安排资金，变动须重新公示。",
    ),
    Handling(
        measure="新打云岭乡备用水源深井，铺设到水厂的输水管",
        person="罗志强（云岭乡人民政府）",
        quantity="深井1口，输水管3.5公里",
        undated=True,
        progress="深井已经出水，水质化验合格；输水管完成1.9公里，其余要等占用林地手续批下来。",
        result="staged",
        answer="备用水源还没有接通。林地手续已经报市里，批复时间无法确定，批复后四十天可以铺完。",
    ),
    Handling(
        measure="把村级管护经费的县级补助编入县水利局下一年度部门预算",
        person="唐巧云（县财政局农业股）",
        quantity="每年64万元",
        progress="已经编入部门预算草案。",
        result="planned",
        answer="预算草案要经县人民代表大会批准才算数，现在只能说列入了计划。",
    ),
)
WATER_BUREAU: Handlings = (
    Handling(
        measure="逐个村组夜间听漏，建立漏点台账，能修的当月修好",
        person="田野",
        quantity="31个村组",
        result="staged",
        answer="共查出漏点212处，修复188处；其余24处管道已经老化，随换管工程一并解决。",
    ),
)
WATER_LETTERS = Letters(
    comment="改造次序已经公示，请在报告中附31个村组的名单和先后。\n管水员每月300元能否长期发下去，请附资金测算。",
    adopted="两条都已采纳：名单和先后见附件一；按近三年平均售水量测算，管护金每年约55万元，不足部分由县级补助补齐，"
    "测算表见附件二。",
    summary="农村供水问题的处理结果：高山片区供水和管水员报酬已经解决，老旧管网改造完成首批，备用水源因林地手续尚未接通。"
    "县人大常委会农业农村工作委员会已逐项核对。",
)

MEALS_LEAD: Handlings = (
    Handling(
        measure="在县教育局网站公布4家配送公司的中标价格",
        person="陆海燕（县教育局）",
        quantity="配送公司4家",
        progress="4家公司的中标价格已经公布。",
        kept=True,
        result="solved",
        answer="中标价格已在县教育局网站公布，家长可以查询。",
    ),
    Handling(
        measure="设立家长监督电话，由县教育局统一受理",
        person="陆海燕（县教育局）",
        quantity="电话1部",
        progress="电话已经开通，号码贴在各校门口，至今接到来电3个。",
        kept=True,
        result="solved",
        answer="监督电话运行正常，接到的3个来电都已答复。",
    ),
    Handling(
        measure="每学期末汇总公布一次食材来源",
        person="陆海燕（县教育局）",
        progress="上学期的食材来源已经汇总公布。",
        kept=True,
        result="staged",
        answer="学校没有专人做这项工作，先按学期公布，按月公布的办法还在研究。",
    ),
    Handling(
        measure="各校每学期组织一次家长开放日",
        person="覃勇（县教育局督导室）",
        quantity="学校26所",
        undated=True,
        progress="11所学校组织了开放日。",
        result="staged",
        answer="其余15所学校准备下学期组织。陪餐要解决餐费和健康证，制度还没有建立。",
    ),
)
MEALS_LETTERS = Letters(
    comment="审议意见要求按月公开，现在按学期公布，请说明理由。\n没有组织家长参与的15所学校，请列出名单和时间。",
    adopted="第一条部分采纳：先增加到每学期两次，按月公布继续研究。第二条采纳，15所学校下学期内完成。",
    summary="校园餐管理问题的处理结果：公布了中标价格，开通了监督电话；按月公开和家长陪餐尚未做到。"
    "县人大常委会社会建设工作委员会已逐项核对，将提请常委会会议测评。",
)
MEALS_AGAIN: Handlings = (
    Handling(
        measure="各校每周在公示栏和班级群公布当周主要食材的实际进货价，县教育局每月抽查5所",
        person="陆海燕（县教育局）",
        quantity="学校和幼儿园41所",
    ),
    Handling(
        measure="各校成立膳食监督小组，家长代表不少于一半，可以随时进后厨查看、留言",
        person="覃勇（县教育局督导室）",
        quantity="监督小组26个",
    ),
    Handling(
        measure="每月10日前公布上月食材的供货单位、进货价格和检验报告，由县市场监管局核对",
        person="秦素芳（县市场监管局）",
    ),
    Handling(
        measure="每个教学日安排一至两名家长陪餐，意见当天登记、三天内回应，餐费由学校承担",
        person="覃勇（县教育局督导室）",
        quantity="学校26所",
        undated=True,
    ),
)

FOREST_LEAD: Handlings = (
    Handling(
        measure="用两个冬春补通白石岭、天堂顶一线的隔离带断点，先通连片松林一侧",
        person="韦立新（县林业局防火办）",
        quantity="断点17处，23公里",
        undated=True,
    ),
    Handling(
        measure="聘期届满、年过六十的护林员不再续聘，空额面向本村公开招聘",
        person="苏国华（县林业局）",
        quantity="补员36人",
    ),
    Handling(
        measure="在3处没有自然水源的林区新建蓄水池，配移动水泵",
        person="程大勇（县应急管理局）",
        quantity="蓄水池3处，水泵6台",
    ),
    Handling(
        measure="把隔离带维护写进林场承包合同，每年秋末由县乡两级共同验收",
        person="韦立新（县林业局防火办）",
        quantity="林场5个",
        undated=True,
    ),
    Handling(
        measure="按每人一套配齐风力灭火机、定位终端和防护服，实行以旧换新",
        person="苏国华（县林业局）",
        quantity="装备142套",
    ),
    Handling(
        measure="编制三年增建计划，每年不少于4处，逐年报送建设清单",
        person="程大勇（县应急管理局）",
        quantity="三年12处",
    ),
)
FOREST_BUREAU: Handlings = (
    Handling(
        measure="用无人机对隔离带逐段普查，断点坐标上图，一处一档",
        person="莫中平",
        quantity="普查186公里",
    ),
)

BUDGET_LEAD: Handlings = (
    Handling(
        measure="上级专项资金收到后30日内分解下达，超过的由分管副县长约谈主管部门",
        person="邱文华（县财政局预算股）",
        quantity="专项资金43笔",
        progress="43笔中有41笔在30日内下达，平均用18天；两笔因项目换了地点，分别用了35天和41天。",
        kept=True,
        result="solved",
        answer="下达时间比上年同期平均缩短13天。超期的两笔已经约谈主管部门，项目前期工作今后先核地点再报资金。",
    ),
    Handling(
        measure="逐个单位核对结转结余，连续两年没有用完的由财政收回",
        person="邱文华（县财政局预算股）",
        quantity="19家单位",
        progress="19家都已核对，收回12家2860万元；其余7家有在建项目，正在核实付款节点。",
        result="staged",
        answer="收回2860万元，占应清理数的七成。7家单位的在建项目逐个核实后，再收回或续用。",
    ),
    Handling(
        measure="提前下达下一年度部分专项资金指标，主管部门同步储备项目",
        person="农少华（县发展和改革局）",
        quantity="储备项目67个",
        progress="提前下达指标5.2亿元，67个项目都已入库。",
        kept=True,
        result="solved",
        answer="入库项目中有52个完成了用地和环评手续，资金到位即可开工。",
    ),
    Handling(
        measure="收回的资金优先用于农村供水和校舍维修",
        person="邱文华（县财政局预算股）",
        progress="2860万元中已安排1900万元。",
        result="staged",
        answer="其余960万元要等预算调整方案经常委会会议批准以后安排。",
    ),
)
BUDGET_BOOK: Handlings = (
    Handling(
        measure="建立专项资金下达台账，每月5日通报没有下达的资金和经办人",
        person="彭磊",
        quantity="每月一期",
    ),
)

ROADS_LEAD: Handlings = (
    Handling(
        measure="对排查出的临水临崖路段分级，一级风险路段今冬明春全部装上护栏",
        person="蓝启明（县交通运输局）",
        quantity="62处，28公里",
    ),
    Handling(
        measure="县道由公路养护中心、乡村道由乡镇各明确一名管护员，姓名电话立牌公开",
        person="甘永红（县公路养护中心）",
        quantity="管护员213人",
    ),
    Handling(
        measure="先装校门口500米以内和通校班车路线上的路段，开学前完成",
        person="蓝启明（县交通运输局）",
        quantity="涉及学校34所",
    ),
    Handling(
        measure="县、乡、村三级路长名单在路口公示，巡路记录每季抽查一次",
        person="甘永红（县公路养护中心）",
        quantity="路长341人",
        undated=True,
    ),
)

TOWNS_LEAD: Handlings = (
    Handling(
        measure="对加装电梯、乡镇污水管网、县医院停车楼三件进度偏慢的实事倒排工期，每旬报一次进度",
        person="肖飞",
        quantity="实事3件",
    ),
    Handling(
        measure="竣工验收表增加管护单位和经费来源两栏，不填的不予验收",
        person="谭小玲（县住房和城乡建设局）",
        quantity="实事10件",
        undated=True,
    ),
)
