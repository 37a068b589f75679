"""The suggestions of the demo's deputies and what its agencies answered: invented, one by one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """One suggestion as its deputy wrote it."""

    title: str
    category: str
    source: str
    situation: str
    analysis: str
    demands: tuple[str, ...]
    author: str
    joint: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One reply: a text and a result a demand, the class, and promises as (what, who, how much, days from the
    day the demo is built)."""

    texts: tuple[str, ...]
    results: tuple[str, ...]
    letter: str
    promises: tuple[tuple[str, str, str, int], ...] = ()


BRIDGE = Raised(
    title="关于修复青石镇上河村机耕桥的建议",
    category="transport",
    source="visit",
    author="wuguihua",
    joint=("caoyong",),
    situation="上河村机耕桥是全村二百一十亩水田下地的唯一通道。去年汛期桥面被冲出一道两米宽的口子，收割机过不去，"
    "今年春耕全靠人挑肩扛，已有三户把田撂荒。",
    analysis="这座桥建在灌溉渠上，既不在农村公路名录里，也没有列入水利设施管护范围，坏了以后找不到责任单位。",
    demands=("汛期之前修复上河村机耕桥桥面", "明确这座桥的管护单位和经费来源"),
)
BRIDGE_REPLY = Answered(
    results=("solved", "solved"),
    letter="A",
    texts=(
        "上河村机耕桥桥面已经修复。我局3月组织设计，4月6日开工，4月24日完工，桥面加宽到3.5米，收割机已可通行，"
        "村委会和代表参加了验收。",
        "上河村机耕桥已列入灌溉渠系建筑物名录，管护单位为青石镇水利服务站，管护经费已由我局每年安排4000元。",
    ),
)
CANAL = Raised(
    title="关于对云岭乡东干渠进行清淤和防渗改造的建议",
    category="farming",
    source="survey",
    author="jiangchunlan",
    joint=("wuguihua", "caoyong"),
    situation="东干渠全长六公里，有三段渗漏严重，灌到渠尾的水不足四成。去年旱季渠尾的望月、新塘两个村有六百亩稻田没有按时插秧。",
    analysis="渠道建成四十多年，历次只清淤不防渗，越清越漏；用水协会没有收水费，没有钱维护。",
    demands=("今年旱季前完成东干渠全线清淤", "对渗漏最重的三段作防渗衬砌", "帮助用水协会建立水费和管护制度"),
)
CANAL_REPLY = Answered(
    results=("solved", "planned", "staged"),
    letter="B",
    texts=(
        "东干渠全线6公里清淤已于5月12日完成，清出淤泥2100立方米，渠尾望月村当月已正常放水。",
        "渗漏最重的三段共1.3公里，我局已完成勘测设计，防渗衬砌资金86万元已列入今年下半年小型农田水利计划，"
        "将于10月底前完成第一段，明年春灌前完成其余两段。",
        "我局已派两名干部帮助望月、新塘两村的用水协会重新登记，将于8月底前指导两个协会制定水费和管护办法。",
    ),
    promises=(
        ("完成东干渠第一段防渗衬砌", "段虹", "0.5公里", 40),
        ("完成东干渠其余两段防渗衬砌", "段虹", "0.8公里", 190),
        ("指导两个用水协会制定水费和管护办法", "田野", "2个", -20),
    ),
)
RANGERS = Raised(
    title="关于提高村级护林员补助的建议",
    category="farming",
    source="station",
    author="caoyong",
    joint=(),
    situation="全县二百六十名村级护林员每月补助八百元，十年没有调过。白沙镇去年走了七名护林员，补不上人，有两片林区没有人巡。",
    analysis="补助由上级转移支付和县级配套组成，县级配套部分多年没有调整；护林员平均年龄已经六十一岁。",
    demands=("把村级护林员补助提高到每月一千二百元", "建立补助随最低工资标准调整的办法"),
)
RANGERS_REPLY = Answered(
    results=("open", "open"),
    letter="C",
    texts=(
        "提高护林员补助需要增加县级配套124万元，今年预算没有这笔支出，暂不能提高到每月一千二百元。",
        "补助随最低工资标准调整，上级没有规定，目前不具备条件。",
    ),
)
RANGERS_AGAIN = Answered(
    results=("planned", "staged"),
    letter="B",
    texts=(
        "我局与县财政局重新测算，分两步提高：从明年1月起将村级护林员补助提高到每月一千元，所需县级配套62万元已列入"
        "明年预算草案；第二步提高到一千二百元，将在后年预算中安排。",
        "我局正在起草护林员补助调整办法，将于明年3月底前报县政府审定，办法写明每两年随最低工资标准测算一次。",
    ),
    promises=(
        ("护林员补助提高到每月一千元", "覃兰", "260人", 60),
        ("报审护林员补助调整办法", "覃兰", "", 120),
    ),
)
BUDGET_PAGE = Raised(
    title="关于把村级公益事业补助资金公开到户的建议",
    category="economy",
    source="symposium",
    author="jiangchunlan",
    joint=(),
    situation="村里修路、装灯有一事一议补助，钱给了多少、用在哪里，村民不知道，年底总有人来问我。云岭乡十一个村里只有两个村贴过榜，"
    "贴的也只有总数，没有写单价和工程量。",
    analysis="补助文件只要求在村务公开栏公布，没有规定公布到什么程度，也没有人检查。",
    demands=("把每个村的补助金额、项目、单价公布到县政府网站和村务公开栏",),
)
HEALTH_WATER = Raised(
    title="关于加强白沙河饮用水水源地保护的建议",
    category="environment",
    source="inspection",
    author="caoyong",
    joint=("jiangchunlan",),
    situation="白沙河水源地供着镇上和四个村一万八千人。一级保护区里还有两处养鸭棚、一片菜地，围栏有三处缺口，雨后取水口的水发黄。",
    analysis="保护区划定以后没有补偿政策，养殖户不愿意搬；水利、环保、镇里各管一段。",
    demands=("今年内拆除一级保护区内的养殖棚", "补齐围栏和标志牌", "明确一个单位负责日常巡查"),
)
STREET_LAMP = Raised(
    title="关于修复青石镇卫生院门口路灯的建议",
    category="building",
    source="visit",
    author="wuguihua",
    joint=(),
    situation="青石镇卫生院门口到桥头一百五十米的四盏路灯坏了两个多月，晚上来看病的老人摔过两回。",
    analysis="路灯是去年装的，还在质保期里，镇里报过修没有人来。",
    demands=("尽快修好卫生院门口的四盏路灯",),
)
LAMP_REPLY = Answered(
    results=("solved",),
    letter="A",
    texts=(
        "青石镇卫生院门口的四盏路灯已全部修好，更换了两个控制器和80米电缆，施工单位已签订一年的维护协议。",
    ),
)
SCHOOL_ROAD = Raised(
    title="关于在白沙镇中心小学门前设置减速和人行标志的建议",
    category="transport",
    source="station",
    author="caoyong",
    joint=(),
    situation="中心小学门前是县道，上学放学时每分钟过车十几辆，没有斑马线、减速带和标志牌，今年已经发生两起擦碰。",
    analysis="学校搬到这里两年，道路设施没有跟着补。",
    demands=("在学校门前划设斑马线和减速标线", "设置学校路段标志牌和爆闪灯"),
)
ELDER_MEALS = Raised(
    title="关于在云岭乡办老年助餐点的建议",
    category="care",
    source="visit",
    author="jiangchunlan",
    joint=(),
    situation="云岭乡常住老人里一半是独居和空巢，乡敬老院食堂每天只开三十人的饭，却有一百多位老人想搭伙。",
    analysis="助餐没有补贴标准，敬老院怕亏不敢多做。",
    demands=("依托乡敬老院食堂开办老年助餐点", "制定助餐补贴标准并列入明年预算"),
)
