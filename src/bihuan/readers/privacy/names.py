"""Names of private persons: told by the words beside them. Office holders acting in office are no private persons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.readers.privacy.found import Known, Private
from bihuan.readers.wording.people import COMPOUND, FAMILY
from bihuan.readers.wording.words import tags

# The rest of the hundred families, without those that are everyday words first of all (和, 全, 国, 明).
_MORE_FAMILIES = (
    "钱褚卫华喻柏窦云奚郎昌苗凤花鲍费廉岑邬乐时皮卞卜穆湛祁禹狄米贝臧计伏成戴谈茅纪舒项阮闵席麻路娄危童刁"
    "凌霍虞万支柯昝房裘缪干应宗宣杭包诸吉钮嵇滑裴荣荀羊惠甄曲封芮储靳松井巫巴弓牧隗山车班仰秋仲伊宫宁仇栾"
    "甘厉戎祖符景詹束幸司韶郜黎蓟薄宿蒲邰鄂籍蔺屠蒙池阴胥苍闻莘贡劳姬扶堵宰雍桑濮寿边扈燕冀浦尚农瞿慕茹习"
    "宦慎戈庾暨衡满弘寇广禄阙沃利蔚越夔巩晁勾敖冷阚简饶沙鞠丰巢蒯查荆竺权盖益桓覃"
)
_GIVEN = r"[\u4e00-\u9fff]"
# The second letter of a given name is hardly one of these: 孙伟说, 何秀在.
_LAST = r"(?![说称道等是在为被将到从由对有经来去的已也不向和与及还就居住反于制认之人名])[\u4e00-\u9fff]"
_FAMILY = rf"(?:(?:{COMPOUND})|[{FAMILY}{_MORE_FAMILIES}])"
# Who is no office holder: 村民张建国.
_PRIVATE = (
    "村民|居民|业主|市民|住户|租户|租客|患者|病人|学生家长|家长|[大中小高]?学生|同学|教师|老师|党员|个体户|老人|职工|员工|农户|户主|店主|摊主|商户|商贩|车主|当事人|申请人"
    "|投诉人|举报人|信访人|来信人|来访人|上访人|原告|被告|被害人|受害人|伤者|死者|残疾人|低保户|低保对象|特困人员|贫困户|脱贫户|五保户|监测户"
    "|困难群众|群众|大户|养殖户|种植户|司机|驾驶员|师傅|退役军人|老兵|护林员|保洁员|骑手|农民工|被执行人|申请执行人|监护人(?:为[\u4e00-\u9fff]{0,2})?"
    "|其?(?:妻子|丈夫|父亲|母亲|儿子|女儿|孙子|孙女|侄子|侄女|哥哥|弟弟|姐姐|妹妹|配偶|岳父|岳母)|男子|女子|姓名[：:]|名叫|叫做|[打汇转存]入|发放给"
)
# What follows a name: the sentence goes on with what the person is, does or says.
_AFTER = (
    r"反映|居住|认定|制作|捐赠|带头|名下|拨打|要求|使用|经营|驾驶|购买|承包|等|家|的|说|称|因|于|在|向|为|是|和|与|及|、|，|。|；|（|\(|：|！|？|户|一|住|患|系|提出|投诉|之|女士|先生|同学|同志|师傅|老人|座谈|介绍|表示"
    r"|还|已|也|不|被|将|到|从|由|对|有|经|来|去|诉|巡|负责|联名|表|申请|提供|多次|长期|卧|流转|务|告|拨|获|参|领|患|死|受|户均|本人|夫妇|夫妻|今|现|每|曾|就|自|均|打|$|\s"
)
_CUED = re.compile(
    rf"(?P<cue>{_PRIVATE})(?P<name>{_FAMILY}(?:{_GIVEN}{_LAST}(?={_AFTER})|{_GIVEN}(?={_AFTER})|{_GIVEN}{_LAST}))"
)
_NAME = rf"{_FAMILY}(?:{_GIVEN}{_LAST}(?={_AFTER})|{_GIVEN}(?={_AFTER}))"
_NEXT = re.compile(rf"[、和与及](?P<name>{_NAME})")
# 李翠兰等12户, 张建国女士, 王大福，男，67岁
_TITLED = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])|(?<=[由对给与和向为]))(?P<name>{_FAMILY}{_GIVEN}{{1,2}})"
    rf"(?P<list>(?:[、和]{_FAMILY}{_GIVEN}{{1,2}})*)"
    r"(?=等[\d一二三四五六七八九十]+[名位]?(?:户|村民|居民|业主|群众|家长|职工|农户)|(?:女士|先生|同学|大爷|大妈|奶奶|爷爷|老人)|[，（(][男女][，。、）)]|[（(]身份证)"
)
_POST = re.compile(
    r"(?:局长|主任|书记|县长|市长|区长|镇长|乡长|院长|检察长|代表|委员|科长|股长|处长|部长|主席|所长|站长|队长|校长|干部|党组成员|联系人|经办人|承办人)[：:]?$"
)
_POST_AFTER = re.compile(
    r"(?:副?(?:局长|主任|书记|县长|市长|区长|镇长|院长|所长|站长|队长|校长|科长|股长)|代表|委员)"
)
_OFFICE_AFTER = re.compile(r"[（(][^（）()]{0,16}(?:长|主任|书记|员|代表|秘书)[）)]")
# 黄河路, 文昌街小学: named after somebody, nobody.
_PLACE_AFTER = re.compile(
    "[路街镇乡村桥河山县市区局厂店巷组]|小学|中学|医院|公司|社区|小区|水库|大道|广场|片区|时段|同志|精神|思想"
)
_COLLEAGUE = re.compile(r"(?:工作人员|负责人|同志|联系人|承办人|经办人)[：:]?(?:[\u4e00-\u9fff]{2,3}、)*$")
_NO_NAMES = frozenset(
    ["代表", "群众", "方面", "有关", "单位", "部门", "意见", "建议", "反映", "家长", "学生"]
)
# Without a word beside it only the most frequent family names tell a name.
_WHOLE = re.compile(rf"(?:(?:{COMPOUND})|[{FAMILY}{_MORE_FAMILIES}])(?:{_GIVEN}{_LAST}|{_LAST})")
_GOES_ON = re.compile(_AFTER)
# Family names that are everyday words when they stand alone.
_EVERYDAY = frozenset(
    "于向时任方高常都安成和同水关连经从费查支管解应计伏项车干包宣史万石金云江山单古文容易范路段曲章白牛马羊花"
)
_HEARD = re.compile(r"反映|说|称|介绍|等\d|[一二两三四五\d]+户|[（(][男女]")
_NO_LAST = "街巷路楼村镇乡桥河山湖设公某"
_NEVER_GIVEN = frozenset("xpucmqrdyft")  # kinds of words: marks, prepositions, particles, numbers, adverbs …
_NOT_GIVEN = frozenset(["某", "等", "说", "称", "家", "户", "的", "了"])


def names(text: str, known: Known) -> Iterator[Private]:
    """Each private person's name, at every place where it stands."""
    found: dict[str, str] = {}
    words = _words(text)
    for match in _CUED.finditer(text):
        if _begins_a_word(words, *match.span("name"), text):
            continue
        _take(found, text, match.start("name"), match["name"], f"以“{match['cue']}”的身份出现")
        end = match.end("name")
        while following := _NEXT.match(text, end):  # 村民甲、乙和丙
            _take(found, text, following.start("name"), following["name"], f"与{match['name']}并列")
            end = following.end("name")
    for match in _TITLED.finditer(text):
        for name in [match["name"], *re.split("[、和]", match["list"])[1:]]:
            _take(found, text, match.start(), name, "按称呼是群众")
    sure = set(found)
    for start, name in _tagged(text, words):
        if name not in known.people and not _COLLEAGUE.search(text, max(0, start - 24), start):
            _take(found, text, start, name, "像是人名，请核对是不是群众")
    for name, reason in found.items():
        twin = name in known.people
        said = f"{reason}，与在册人员同名，请核对是不是同一人。" if twin else f"姓名：{reason}。"
        for place in re.finditer(re.escape(name), text):
            yield Private(
                kind="name",
                quote=name,
                start=place.start(),
                end=place.end(),
                reason=said,
                replacement=masked(name),
                sure=name in sure and not twin,
            )


def _words(text: str) -> dict[int, tuple[str, str]]:
    """Each word with its kind, by where it begins."""
    begins: dict[int, tuple[str, str]] = {}
    start = 0
    for word, tag in tags(text):
        begins[start] = word, tag
        start += len(word)
    return begins


def _begins_a_word(words: dict[int, tuple[str, str]], start: int, end: int, text: str) -> bool:
    """Is what stands there a thing, a deed or a preposition (职工宿舍, 群众习俗, 农户向…)?"""
    word, tag = words.get(start, ("", "x"))
    if tag == "p":
        return not _GOES_ON.match(text, end)
    return len(word) > 1 and tag in ("n", "v", "vn")


def _tagged(text: str, words: dict[int, tuple[str, str]]) -> Iterator[tuple[int, str]]:
    """What reads as a name by itself: a word the dictionary has as one, or a family name cut off alone.

    A family name stands alone only where no word of the dictionary begins with it, so what follows is a given
    name. Two letters are too little to tell by, but where a person is heard (段明反映).
    """
    rows = list(words.items())
    alone = False  # does a family name cut off alone come just before?
    for k, (start, (word, tag)) in enumerate(rows):
        name = ""
        if tag == "nr" and len(word) > 1 and not alone:
            name = word
        elif len(word) == 1 and word not in _EVERYDAY:
            name = word + _given([row[1] for row in rows[k + 1 : k + 3]])
        alone = len(word) == 1 and tag == "nr"
        end = start + len(name)
        heard = _HEARD.match(text, end) is not None
        if not (len(name) > 2 or heard) or not _WHOLE.fullmatch(name) or name[-1] in _NO_LAST:
            continue
        if _GOES_ON.match(text, end) and not _PLACE_AFTER.match(text, end):
            yield start, name


def _given(words: list[tuple[str, str]]) -> str:
    """The given name that the next one or two words make: no marks, numbers or particles."""
    given = ""
    for word, tag in words:
        thing = len(word) == 2 and tag in ("n", "v", "vn", "ns")
        if thing or tag[0] in _NEVER_GIVEN or len(given + word) > 2 or word in _NOT_GIVEN:
            break
        given += word
    return given


def _take(found: dict[str, str], text: str, start: int, name: str, reason: str) -> None:
    """Keep a name unless it is an office holder's: 村主任张三, 李四代表."""
    end = start + len(name)
    office = _POST.search(text, max(0, start - 6), start) or _POST_AFTER.match(text, end)
    if name in _NO_NAMES or office or _OFFICE_AFTER.match(text, end):
        return
    found.setdefault(name, reason)


def masked(name: str) -> str:
    """张建国 -> 张某某: the family name may stand."""
    family = re.match(rf"(?:{COMPOUND})", name)
    kept = family[0] if family else name[0]
    return kept + "某" * (len(name) - len(kept))
