"""Suggestions of our own wording, as many as wanted and the same every time.

A *subject* is one problem at one spot. The same subject can be told in many ways (`told`), by different
deputies in different years: that is what kin-finding must see through. `edited` changes single characters of a
text, as copying, correcting and adapting does. Each problem has the bureaus that handle such things.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

_FIRST = "柳梅松桂枫榆槐杉竹荷兰菊石沙青白红金银玉龙凤虎鹿鹤燕雁鹭云霞雾雪泉溪潭湾"
_SECOND = "林坡岭坪坝塘桥渡口岗坳冲垅畈湾洲滩坊铺店寺庙塔亭阁楼台园圃场堰闸渠井潭沟"
_KINDS = (
    *("小学", "中学", "幼儿园", "社区", "村", "路", "街", "大道", "农贸市场", "卫生院", "敬老院", "车站"),
    *("小区", "工业园", "水库", "公园", "桥头", "渡口", "林场", "安置点"),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One kind of trouble: ways to name it, to describe it, to explain it, to ask for its end; who handles it."""

    names: tuple[str, ...]
    signs: tuple[str, ...]
    causes: tuple[str, ...]
    asks: tuple[str, ...]
    lead: str
    helping: tuple[str, ...] = ()


def _problem(names: str, signs: str, causes: str, asks: str, handlers: str) -> Problem:
    lead, *helping = handlers.split()
    split = [tuple(part.split("|")) for part in (names, signs, causes, asks)]
    return Problem(*split, lead=lead, helping=tuple(helping))  # type: ignore[arg-type]


PROBLEMS = (
    _problem(
        "上下学时段交通拥堵|学生过街不安全|接送车辆乱停",
        "早晚高峰车辆排成长龙，家长把车停在路中间|学生在车流里穿行，险情时有发生|救护车曾被堵在路口二十多分钟",
        "门前只有一条窄路，没有临时停车区|斑马线磨损，也没有信号灯|值守的人手不够，错峰放学没有坚持下来",
        "划出限时停车位并安排护学岗|加装信号灯和过街天桥|错峰放学，开通通学公交",
        "公安局 教育局 交通运输局",
    ),
    _problem(
        "饮水管网老化|自来水水压不足|供水时断时续",
        "三楼以上经常接不到水|每逢旱季要靠送水车|水里有铁锈，烧开后壶底发黄",
        "管子是二十年前埋的，漏损大|水厂规模偏小，高峰供不上|加压泵站长年没有更换设备",
        "更换老旧管道，装上分区计量表|扩建水厂，连通备用水源|定期公布水质检测结果",
        "水利局 住房和城乡建设局 卫生健康局",
    ),
    _problem(
        "看病难|医疗力量薄弱|缺少全科医生",
        "老人量个血压也要跑到县城|彩超机买回来没有人会用|夜里急诊常常没有大夫",
        "招来的年轻医生两三年就走|编制空着，待遇又留不住人|设备和药品目录多年没有更新",
        "实行县招乡用，轮流下派骨干|补足常用药，开通远程会诊|提高基层岗位补助",
        "卫生健康局 人力资源和社会保障局 医疗保障局",
    ),
    _problem(
        "养老服务不足|老人吃饭难|缺少日间照料",
        "独居老人一天只做一顿饭|棋牌室占了原来的活动用房|护理床位排队要等大半年",
        "子女在外务工，无人照看|助餐点没有运营补贴，开了又关|护理员工资低，没有人愿意做",
        "办社区食堂，给送餐补贴|改造闲置校舍做日间照料|培训护理员并发放岗位津贴",
        "民政局 财政局 卫生健康局",
    ),
    _problem(
        "河道淤积|水体发黑发臭|沿河污水直排",
        "夏天臭味飘出几百米，居民不敢开窗|水草疯长，死鱼漂在岸边|大雨时水漫上路面",
        "多年没有清淤，过水断面缩了一半|几处雨污管错接，污水进了河|养殖户的粪污没有收集",
        "清淤疏浚并修复护岸|查清排口，逐一改接截流|明确河长，按月公布水质",
        "生态环境局 水利局 农业农村局",
    ),
    _problem(
        "道路破损|路面坑洼|断头路没有打通",
        "雨天一身泥，晴天一身灰|电动车摔倒的事一个月有好几起|公交绕行，多走四公里",
        "重车多，路基早已沉陷|养护经费按里程平均分，老路得不到大修|征地只差两户没有谈成",
        "列入明年大中修计划|限制超载车辆通行|尽快完成征地，贯通全线",
        "交通运输局 自然资源局 财政局",
    ),
    _problem(
        "路灯不亮|夜间照明缺失|没有路灯",
        "下晚班的女工结伴才敢走|装好的灯一半不亮|天一黑就看不见路边的沟",
        "电费没有着落，灯装上又停|太阳能板坏了无人维修|移交时几家单位互相推",
        "明确一家单位统一管护|换成节能灯，电费列入预算|先补齐弯道和路口",
        "住房和城乡建设局 城市管理局",
    ),
    _problem(
        "占道经营|流动摊贩乱摆|夜市油烟扰民",
        "人行道被摊位占满，行人走机动车道|凌晨两点还在划拳|油污流进雨水口",
        "附近没有固定的早点和夜市摊位|执法一阵风，走了又来|没有统一的油烟净化设施",
        "划定疏导点，限时经营|错时执法，夜间也有人管|要求加装净化器并公开检查结果",
        "城市管理局 市场监督管理局 生态环境局",
    ),
    _problem(
        "垃圾清运不及时|建筑垃圾乱倒|垃圾桶数量不够",
        "桶满了没人收，苍蝇成群|装修废料堆在河边几个月|分类桶最后倒进同一辆车",
        "清运车一天只来一趟|没有建筑垃圾消纳场|保洁外包后没有考核",
        "增加清运班次并公布时间|规划消纳场，倾倒要留凭证|考核结果与费用挂钩",
        "城市管理局 生态环境局 住房和城乡建设局",
    ),
    _problem(
        "公交班次少|末班车太早|候车亭缺失",
        "等一趟车要一个钟头|下午五点半就没车了|下雨天站在屋檐下候车",
        "客流少，公司亏损就减班|线路十年没有调整|站点移交后没人维护",
        "实行早晚加密、平时预约|延长末班到晚上八点|补建候车亭和站牌",
        "交通运输局 财政局",
    ),
    _problem(
        "房屋漏水|老旧小区设施破败|电梯停运",
        "顶楼的人家下雨要用盆接|电梯停了两个月，老人下不了楼|消防栓里没有水",
        "物业费收不上来，维修无钱|维修资金动用手续繁杂|开发商早已注销",
        "列入老旧小区改造|简化维修资金应急使用|由街道牵头选聘物业",
        "住房和城乡建设局 财政局 市场监督管理局",
    ),
    _problem(
        "农产品卖难|茶叶销路不畅|缺少冷链仓储",
        "丰收年价格反而跌了三成|鲜果运到半路就坏|合作社各卖各的，互相压价",
        "没有统一的品牌和标准|最近的冷库在外县|懂电商的年轻人太少",
        "建产地冷库，奖补运费|统一商标，组织产销对接|办实操培训，扶持带头人",
        "农业农村局 商务局 财政局",
    ),
    _problem(
        "山体滑坡隐患|地质灾害威胁|边坡没有加固",
        "去年雨季滚下的石头砸坏了两间屋|裂缝用塑料布盖着|监测员只有一位六十多岁的老人",
        "修路切坡后没有做防护|隐患点太多，治理资金不够|监测设备没有信号",
        "先做应急挡墙和排水沟|纳入避险搬迁|补齐自动监测并定期演练",
        "自然资源局 应急管理局 交通运输局",
    ),
    _problem(
        "校车运力不足|住校生伙食差|课后托管缺位",
        "四十座的车坐了六十个孩子|热菜端上来已经凉了|孩子放学后在网吧写作业",
        "补助标准六年没有提高|食堂没有公开账目|老师超时工作没有补贴",
        "提高运营补助，增加班次|公开食堂收支，请家长监督|购买服务，开展托管",
        "教育局 财政局 市场监督管理局",
    ),
    _problem(
        "灌溉渠道渗漏|抗旱水源不足|山塘失修",
        "水放到中游就没有了|稻田裂得能伸进手|塘坝漏水，蓄不到一半",
        "渠道是六十年代修的土渠|管水员换届后没有人接|维修靠村里凑钱",
        "衬砌渠道，配套闸门|整治山塘，明确管护人|实行水费补贴与节水挂钩",
        "水利局 农业农村局",
    ),
    _problem(
        "网络信号差|移动信号盲区|宽带没有覆盖",
        "打电话要爬到屋后的坡上|网课上到一半就断|游客扫不了付款码",
        "基站只有一座，被山挡住|电力没有接通|住户分散，企业不愿投",
        "增设基站，共用铁塔|列入普遍服务项目|先保证学校和卫生室",
        "工业和信息化局 发展和改革局",
    ),
    _problem(
        "创业贷款难|小微企业融资贵|担保费偏高",
        "跑了三家银行都要抵押|过桥一次要花两万|订单来了没有周转金",
        "缺少信用记录，银行不敢放|担保公司规模小|政策多，企业不知道",
        "建融资服务窗口，一次告知|设风险补偿资金|公布各行利率和办结时间",
        "财政局 商务局 市场监督管理局",
    ),
    _problem(
        "古建筑损毁|祠堂年久失修|古树无人保护",
        "雕花窗棂被人偷走|屋顶塌了一角，雨水冲着墙|树洞里堆着杂物",
        "产权分散，谁也做不了主|保护级别低，没有专项钱|缺少会修的老匠人",
        "登记建档，先抢救后利用|按面积给修缮补助|挂牌认养，划定保护范围",
        "文化和旅游局 林业局 财政局",
    ),
)

_YEARS = ("近年来", "去年以来", "入夏以后", "我们走访时看到", "不少群众反映", "接待选民时多人说起")
_TITLES = (
    "关于解决{spot}{name}问题的建议",
    "关于{spot}{name}的建议",
    "关于尽快改变{spot}{name}状况的建议",
    "关于加大力度治理{spot}{name}的建议",
)
_LEADS = (
    "{year}，{spot}{name}，{sign}。",
    "{spot}{name}的事，{year}说得最多：{sign}。",
    "{year}：{spot}{sign}。",
)
_WHERE = (
    "从这里到{nearby}，受影响的有{many}人。",
    "{nearby}一带更加突出，涉及{many}人。",
    "{nearby}的{many}人也受影响。",
)
_WHYS = (
    "究其原因，一是{cause}；二是{other}。",
    "主要是{cause}，加上{other}。",
    "问题出在两处：{cause}，{other}。",
)
_CLOSES = (
    "为此建议：{ask}；{more}。",
    "建议有关部门到现场看一看，{ask}，同时{more}。",
    "希望：一、{ask}。二、{more}。办理情况请告诉附近群众。",
)


# Each word and what else people say for it.
_SAME = tuple(
    tuple(group.split("|"))
    for group in (
        "没有|缺|尚无|至今没有",
        "多年|好些年|长期",
        "居民|住户|乡亲们",
        "常常|时常|动不动就",
        "老人|老年人|上了年纪的人",
        "孩子|学生|娃娃",
        "几处|多处|好几个地方",
        "更换|换掉|更新",
        "公布|公开|张榜公布",
        "提高|上调|增加",
        "列入|纳入|排进",
        "增设|加设|新建",
        "同时|并且|此外",
        "资金|经费|钱",
        "设备|设施|器材",
        "补贴|补助|奖补",
        "现场|实地|当地",
        "附近|周边|周围",
        "维修|检修|修理",
        "标准|规格|定额",
    )
)


@dataclass(frozen=True, slots=True)
class Subject:
    """One problem at one spot, with what stands nearby."""

    problem: Problem
    spot: str
    nearby: str


def subject(chance: random.Random) -> Subject:
    """Any of half a million subjects; what is nearby follows from the spot."""
    spot, problem = _name(chance), chance.choice(PROBLEMS)
    return Subject(problem, spot, _name(random.Random(spot)))


def _name(chance: random.Random) -> str:
    return chance.choice(_FIRST) + chance.choice(_SECOND) + chance.choice(_KINDS)


def told(about: Subject, chance: random.Random) -> str:
    """The subject in one of many wordings: a title, a line break, a body of about 150 characters."""
    problem = about.problem
    name = chance.choice(problem.names)
    sign, other_sign = chance.sample(problem.signs, 2)
    cause, other = chance.sample(problem.causes, 2)
    ask, more = chance.sample(problem.asks, 2)
    say = {
        "spot": about.spot,
        "name": name,
        "sign": sign,
        "cause": cause,
        "other": other,
        "ask": ask,
        "more": more,
    }
    say["year"] = chance.choice(_YEARS)
    title = chance.choice(_TITLES).format(**say)
    body = chance.choice(_LEADS).format(**say) + other_sign + "。"
    body += chance.choice(_WHERE).format(nearby=about.nearby, many=chance.randrange(40, 4000))
    body += chance.choice(_WHYS).format(**say) + chance.choice(_CLOSES).format(**say)
    for said, *others in _SAME:
        if said in body and chance.random() < 0.6:
            body = body.replace(said, chance.choice(others))
    return f"{title}\n{body}"


def edited(text: str, share: float, chance: random.Random) -> str:
    """The text with this share of its characters replaced, dropped or put in."""
    out = []
    for letter in text:
        if letter == "\n" or chance.random() >= share:
            out.append(letter)
            continue
        way = chance.randrange(3)
        if way < 2:
            out.append(chr(chance.randrange(0x4E00, 0x8000)))
        if way == 1:
            out.append(letter)
    return "".join(out)
