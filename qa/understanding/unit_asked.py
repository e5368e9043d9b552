"""The unit in which a question wants its figure: said by its measure word, or going without saying (多少老人, 发多少).

`text` is folded throughout.
"""

from __future__ import annotations

import re

from qa.understanding.asking import COUNTED

# The unit in which it is asked how long something takes.
OF_TIME = "时长"
# 低保人数: the count's own name says its unit.
_COUNT_NAMED = re.compile(r"([人户对])数(?:是|为|有)?(?:什么|多少)?[?]?$")
# 社会组织数, 床位总数: homes and bodies are counted by the 家, and neither people nor occasions are.
_THINGS_NAMED = re.compile(
    r"(床位|组织|机构|养老院|敬老院|服务站|社工站|中心|食堂|公墓|社区|街道|乡镇|居委会)(?:的?总?数量?|的?总量)(?:的?目标值?)?(?:现在|目前)?(?:是|有|为)?(?:多少|几)?[?。]?$"
)
_PLAIN_UNITS = {
    "个人次": "人次",
    "家庭": "户",
    "个百分点": "%",
    "个点": "%",
    "平": "平方米",
    "钱": "元",
    "块": "元",
    "块钱": "元",
    "个钱": "元",
    "个人": "人",
    "号人": "人",
    "口人": "人",
}
_UNIT = re.compile(
    rf"(?:多少|几)\s*(?!百岁)(?:[百千万亿](?=[人名户张家]))?(?!门[牌诊店]|家(?:属|长(?!者))|户[籍口]|支[出持援]|场[所地馆]|台账|级别)"
    rf"(个?人次|家庭|个百分点|个点|个人|号人|口人|万元|亿元|平方米|分钟|小时|公里|个月|块钱|个钱|钱|[{COUNTED}])?"
)
# How long something takes; 多久一次 asks how often.
_DURATION = re.compile(r"(?:多长时间|多少时间|多久)(?![^,。?]{0,10}一[次回遍趟])|(?:几|多少)个?工作日")
_PEOPLE = re.compile(
    r"(?:贫困|困难|困境|留守|残疾|特困|低保|失能|高龄|在册|持证|专职|注册)?(?:老人|老年人|孩子|儿童|孤儿|未成年人|学生|大学生|残疾人|移民|对象|人员|人口|职工|员工|志愿者|社工|护理员|干部|群众|居民|工作者)"
    # 多少特困人员照料护理补贴 counts money.
    "(?!的?(?:照料|护理|生活|供养|医疗|救助|养老|高龄|慰问|临时|基本|居家|困难|关爱|服务|直补|两项){0,4}(?:补[贴助]|津贴|[金费款](?!融)|经费|资金))"
)
_ENDS_WITH_PEOPLE = re.compile(
    r"(?:老人|老年人|人员|孩子|儿童|孤儿|残疾人|志愿者|社工|护理员|工作者|对象|职工|人口|(?:受益|惠及|参加|参与|服务|报名|获益)的人)人?数?\s*(?:一共|总共|共|现在|目前)?(?:有|是|为)?$"
)
# 有多少低保户: no money answers.
_HOUSEHOLDS = re.compile(r"[\u4e00-\u9fff]{1,6}(?:户|人家)(?=$|[,?。呢啊])")
# 孤儿里有多少是集中供养的: so many of them.
_SOME_OF_PEOPLE = re.compile(rf"(?:{_PEOPLE.pattern})(?:里面?|中|当中|之中)有?$")
# 投多少, 个人掏多少: money, where nothing else is named behind it.
_SPENT = re.compile(r"(?:投|投资|投了|投入|花|花了|拨|拨了|贴|补贴|掏|奖|赔|缴)$")
_HAS_ROOM = re.compile(r"(?:住|收住|收|容纳|住得?下)[^,。]{0,2}(?:多少|几)$")
_OF_HOMES = re.compile(r"适老|改造|搬迁|住房|危房")
_ABOUT_MONEY = re.compile(r"[钱补发领费元交付给]|标准|低保|津贴|待遇|工资|花")
# 多少块路牌: pieces, and no money.
_PIECES = re.compile(r"[^钱一每吧呢啊呀吗的了给到才\W]")
_PAYMENT = re.compile(
    r"(?:低保|最低生活保障|特困供养)(?:是|为|发|给|领|拿|有)?多少[?]?$|"
    r"(?:低保|保障|供养|补贴|补助|津贴|护理费?|生活费|养育|救助|抚恤|高龄)[^,。]{0,6}(?:标准|钱|金额)|"
    r"每人每[月年]的?标准|孤儿[^,。]{0,8}标准|每人?[月年]?[^,。]{0,6}(?:发|补|领|给|拿)多少|(?:津贴|补贴|补助|[金费])[^,。]{0,8}(?:每人?每?[月年]?|每[月年]|平均(?:到|给)?每?个?人|人均)(?:是|有|为)?(?:多少|几)|(?:一个?月|每个?月|一年)[^,。]{0,4}(?:发|补|领|给|拿|交|付|供养|保障)多少|[金费款][^,。]{0,8}(?:发|给|补|拨|用|花|筹|募|交)了?多少|"
    r"(?:支出|开支|花费|拨付)了?(?:多少|几)|[给奖补](?:得?到)?多少(?=[?,。啊呀呢]|$)|补贴|津贴|补助|资金|经费|投入|投资|工资|薪酬|收费|价格|费用|预算|决算|(?:[\u4e00-\u9fff]费|[保助养老恤问励险]金|价钱|单价)(?:标准)?(?:一?[个次天具年月])?(?:各|分别|发了)?(?:是|为|要|有|收)?(?:多少|几)"
)
# Homes, centres and bodies that are set up are counted (要建多少社区食堂): no share and no money answers.
_SETS_UP = re.compile(
    r"(?:[新改扩筹共]?[建设办开有]|建[设成立]|新增|增加|改造|培育|打造|创建|扶持|完成|转型)(?:[了过成]|起来)?$"
)
_FACILITY = re.compile(
    r"[\u4e00-\u9fff]{0,12}?(院|中心|站|食堂|公墓|机构|组织|设施|场所|服务点|基地|学校|工作室|企业|项目|床位)"
    r"(?![\u4e00-\u9fff]{0,6}(?:院|中心|站|床位?|人|员|者|覆盖|占|比例|率|面积|资金|投资|经费|钱))"
)
_DIVISION = re.compile("(?:城市|农村|城乡|行政)?(?:社区|街道|乡镇|居委会|[村镇])(?=[,。?呢啊了]|$)")
# 床位到年底要建多少: of what is named before it is set up.
_BUILT = re.compile(
    r"(床位|养老机构|敬老院|养老院|食堂|服务站|服务中心|保护站|公墓)(?![金费率占])[^,。?金费钱资率]{0,10}?(?:新|再)?(?:建成?|增加?|新增|改造)$"
)
# 社工站有多少: how many of what stands before.
_HAS_HOW_MANY = re.compile(
    r"(敬老院|养老院|福利院|食堂|[社工服务保护工作]站|驿站|公墓|助餐点|服务点)(?:现在|目前|一共|总共|共|都|全[市区县州])*有$"
)
# 志愿者占人口多少: a share, though people are named last.
_SHARE_OF = re.compile(r"占(?:了|到|全部|总)?[\u4e00-\u9fff]{1,8}$")
_PLAIN_UNITS_OF = {"床位": "张"}
# What is paid by the month or the year is money, whether or not it says so (没爹妈的娃一个月多少).
_PAID_BY_TIME = re.compile(
    r"(?:(?:一个?|每个?)月(?:能|可以|要|得|该)?(?:给|发|补|领|拿|交|收|掏|付|开|挣)?|"
    r"(?:一年|每年|每人)(?:能|可以|要|得|该)?(?:给|发|补|领|拿|交|付))(?:到|得|了)?$"
)
# 发了多少低保金, 投了多少经费: money by its name.
_MONEY_BEHIND = re.compile(
    r"多少[\u4e00-\u9fff]{0,8}?(?:(?<!基)金|资金|善款|款项|经费|费用?|补[贴助]|津贴)(?=[,。?!呢啊吗]|$)"
)


# By what standard somebody is admitted (收入认定标准放宽到多少) is as often told as a multiple.
_OF_ADMISSION = re.compile("(?:认定|准入|纳入|核定)(?:的)?标准")


def asked_unit(text: str) -> str:
    """The unit in which a figure is asked for (多少家 → 家, 多少钱 → 元), "" when the question names none."""
    if _DURATION.search(text):
        return OF_TIME
    match = _UNIT.search(text)
    unit = match[1] or "" if match else ""
    if match and not unit:
        is_share = _SHARE_OF.search(text[: match.start()]) is not None
        is_of_divisions = text[: match.start()].endswith("有") and _DIVISION.match(text[match.end() :])
        unit = (
            "%"
            if is_share
            else "个"
            if is_of_divisions
            else _unit_going_without_saying(text, match.start(), match.end())
        )
    if match and unit == "块" and (_PIECES.match(text[match.end() :]) or not _ABOUT_MONEY.search(text)):
        return unit
    if not unit and (counted := _COUNT_NAMED.search(text)):
        return counted[1]
    if not unit and (counted := _THINGS_NAMED.search(text)):
        return _PLAIN_UNITS_OF.get(counted[1], "家")
    return _PLAIN_UNITS.get(unit, unit)


def _unit_going_without_saying(text: str, start: int, position: int) -> str:
    """The unit of what stands right behind 多少: 人 of people (多少老人入住), 张 of those who have room (能住多少老人)."""
    if _PAID_BY_TIME.search(text[:start]) and not re.match(r"\w", text[position:].lstrip("啊呀呢吧")):
        return "元"
    named = _BUILT.search(text[:start]) or _HAS_HOW_MANY.search(text[:start])
    if named and not re.match(r"\w", text[position:].lstrip("啊呀呢吧")):
        return _PLAIN_UNITS_OF.get(named[1], "个")
    if _SETS_UP.search(text[:start]) and (counted := _FACILITY.match(text[position:])):
        return _PLAIN_UNITS_OF.get(counted[1], "个")
    if _SPENT.search(text[:start]) and not re.match(r"\w(?!$)", text[position:]):
        return "元"
    is_some = _SOME_OF_PEOPLE.search(text[:start]) and re.match("是|属于", text[position:])
    is_of_people = (
        is_some
        or _PEOPLE.match(text[position:])
        or (_ENDS_WITH_PEOPLE.search(text[:start]) and not re.match(r"\w", text[position:]))
    )
    # Homes are made over by the household: 1095户 answers how many old people's were.
    if not is_of_people or _OF_HOMES.search(text):
        return "户" if _HOUSEHOLDS.match(text[position:]) else ""
    return "张" if _HAS_ROOM.search(text[:position]) else "人"


def counted_around(text: str) -> tuple[str, str]:
    """What stands before 多少 in its clause, and behind its measure word (多少张床给老人 → 床给老人); each may be ""."""
    match = _UNIT.search(text)
    if match is None:
        return "", ""
    before = re.split(r"[,;。?!:]", text[: match.start()])[-1]
    before = re.sub(
        r"(?:现在|目前|一共|总共|共|都|还|各|就|已经?|要|能|会|[是有为达到设建了过])+$", "", before
    )
    is_limit = re.match(r"[以之]?[内后前上下]|左右", text[match.end() :])
    run = re.match(r"[\u4e00-\u9fff]+", text[match.end() :]) if match[1] and not is_limit else None
    return before, run.group(0) if run else ""


def likely_unit(text: str) -> str:
    """元 for a question about a standard or payment that names no unit (低保标准是多少), else ""."""
    if _OF_ADMISSION.search(text):
        return ""
    return "元" if (_PAYMENT.search(text) or _MONEY_BEHIND.search(text)) and not asked_unit(text) else ""
