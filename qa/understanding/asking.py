"""What a question asks for: a figure, a date, a place, a list (of how many), or text; a target or a result."""

from __future__ import annotations

import re
from typing import Literal

Asks = Literal["number", "date", "place", "list", "text"]
Aspect = Literal["target", "result", ""]

COUNTED = (
    "穴栋辆册本宗个家张名户人元所处次条项天月年对件座支位场期批间岁倍成分万千百例只台部份篇起套"
    "平亩米吨种类块株节堂门层亿具艘辆把根顿餐单趟桩桌席"
)
_LIST_SIZES = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}

_NUMBER = re.compile(
    rf"多少|(?<![第这那近])(?<![未往]来)(?<!今后)几(?=[{COUNTED}]|[口号]人)|多[大高]|多长(?!时间[^,。?]{{0,10}}一[次回遍趟])|多久(?![^,。?]{{0,10}}一[次回遍趟])|几成|百分之几|"
    r"(?:比例|占比|覆盖率|标准|金额|总量|总额|数量|面积|人数|户数|个数|[家件次宗起机构织院所室站点床总对名]数|(?:目标|任务|计划)数|(?:志愿者|社工|工作者|护理员|人才|床位)数?的?目标|率|销售额|销量|销售量|床位数?|投资额?|增速|增幅|得分|每[人月年](?:的)?(?:津贴|补贴|补助|[\u4e00-\u9fff]{0,4}费))(?:合计|总计|共计)?(?:的?目标值?)?(?:的?(?:比较|对比)一?下?)?(?:是|为|有|要?达到?|定)?(?:什么|怎么定)?[?]?$|"
    r"how (?:many|much|large|high)|what (?:percentage|proportion|share|is the (?:number|rate|minimum|maximum|target))",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"什么时[候间]|啥时[候间]?|何时|哪一?年|哪几?[天月]|几[月号日]|(?:时间|日期)(?:是|为)|\bwhen\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?<![差难弱]在)哪[里儿](?!来|选|产生|出来)|(?<![差难弱])在哪(?=[?。呢啊]*$)|(?:什么|啥|哪个)(?:地方|地点|位置)|哪几?条(?:路|街|巷|马路)|地址|选址|\bwhere\b",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"分(?:为|成|了)?几个?(?:阶段|步骤?|大类|[类种型])|"
    r"哪些|哪几|哪[两三四五六七八九]|包括什么|有什么(?!要求)|分别是(?!多少|几)|[二两三四五六七八九十](?:条|项|个|大|类)[^,。?]{0,8}(?:叫|是)(?:啥|什么)|[二两三四五六七八九十]大[\u4e00-\u9fff]{2,8}[?。]?$|列[出举]|几大|几[个大]?(?:方面|部分|板块|章)|几大块|"
    r"\bwhat are\b|\bwhich\b|\blist\b",
    re.IGNORECASE,
)
# Of whom it is asked whether they may have something (什么样的老人可以申请床位).
WHO = r"(?:人(?!次)|老人|老年人|家庭|对象|孩子|儿童|残疾人|群众|居民|情况|情形|逝者|单位|机构)"
_WHO_MAY = re.compile(
    rf"(?:什么样|啥样|怎样|哪种|哪类|什么)的?{WHO}[^,。?]{{0,6}}?(?:可以?|能(?!力)|才|有资格|够格|算)"
)
_WHICH = re.compile(r"哪一?个(?!月)|哪位|哪份")
# 说说几项重点, 分几块讲讲, 干了几件事: what is to be told in parts, and no number of them.
_IN_PARTS = re.compile(
    r"(?:[说讲谈聊]一?[说讲谈聊]|概括|概述|综述|归纳|梳理|总结一?下|介绍|简述)[^,?]{0,24}几[项个件块条点大]|"
    r"几[项个件块条点大][^,?]{0,10}(?:[说讲谈聊]一?[说讲谈聊]|概括|概述|综述|归纳|梳理|总结|介绍)|"
    r"(?:[干做办抓分]|从)(?:了|成)?几(?:件(?:大|要)?事|项(?:主要|重点)?(?:工作|任务)|个?大?(?:方面|块))"
)
_INTERROGATIVE = re.compile(
    r"[吗呢么吧?]$|多少|几|哪|谁|什么|啥|怎|咋|如何|是否|是不是|有没有|为何|多[大高长久]|说说|介绍|列"
)
_KIND_ASKED = re.compile(
    r"哪一?[个家所位支份座种条]?(公司|集团|企业|学校|大学|医院|街道|社区|银行|基金会|协会|[县区]市|市[县区]|乡镇|[县镇乡村])(?!级)"
)
_OF_THE_COUNTRY = ("镇", "乡", "乡镇")
_TWO_KINDS = re.compile("[县区市]{2}")
_PERSON_ASKED = re.compile(
    r"((?:(?!的)[\u4e00-\u9fff])(?:主任|局长|会长|院长|书记|负责人|站长|理事长|秘书长|所长|科长|主席|组长|馆长|校长|法人))(?:现在)?(?:是|叫|姓)?(?:谁|哪位|哪个|什么(?:名字)?|啥(?:名字)?)"
)
_ASKS = re.compile(rf"多少|几(?=[{COUNTED}])|哪[些个里家]|谁|什么时[候间]|什么(?!样)|多[大高长久]")
_TARGET = re.compile(
    r"目标|想(?:要)?[卖建办做发新增改修盖招配搞]|计划|规划(?!完成)|力争|预计|打算|拟|将(?:要|新)|要(?:达到|建|新|完成|做|提高)|到20\d\d年|target|plan",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"已经?|实际|目前|现有|现在|完成了|发放了|建成了|去年|(?:争取|募集?|筹集?|引进|化|拿|收|领|发|评|招)到了?(?=多少|几)|取得|成效|做了|办了|[了过](?:多少|几)(?!年|月)"
)
CONFIRMS = re.compile(
    r"(?:是真的|真的|对|是|没错)?吗[?]?$|吧[?]?(?:$|\s*(?=\([^()]{2,8}\)$))|[,、 ]?对不[?]?$|"
    r"[,、 ]*(?:这个?|那个?)?(?:数字?|数据|说法)?(?:靠谱|靠得住|可信|准)(?:不|吗|么)[?]?$|"
    r"是不是|是否|对不对|有没有搞错|(?:(?:数字|数|说法|讲法)有什么问题|(?:没|有没有)(?:什么)?问题|有(?:什么)?问题(?=吧|吗)|有问题)(?:吧|吗)?[?]?$|(?:没|有没有)(?:说|搞|记|写)?错(?:吧|吗)?[?]?$|属实(?:吗|不)?[?]?$|"
    r"[,、]?(?:请|帮我?|麻烦|再)*(?:核实|核对|确认|查证|求证)(?:一下|下|此数|这个数)?[?。!]?$"
)
# 三类地区 are those of the third class, not three of them.
CLASS_NAMED = "(?<![哪分有共这大各几第])[一二三四五六]类(?:地区|区(?!域)|县|对象|人员|家庭)"
_LIST_SIZE = re.compile(
    rf"哪([两三四五六七八九十])|(?!{CLASS_NAMED})([二两三四五六七八九十])(?:大|项|个|类|种|条|方面|支|档|级)(?!\d)"
)
SEVERAL = re.compile(r"各(?:是|为|有|自)?(?:多少|几)|分别|各项|都是多少")
# What says nothing about the subject: politeness, interrogatives, and words for the asking itself.
EMPTY = re.compile(
    r"([搞办做建改推])不\1|[这那]份[\u4e00-\u9fff]{0,6}?(?:报告|评估|分析|总结|规划|计划|要点|通知|方案|公报|文件|材料|办法)(?:报告)?(?:里面|里|中|上)?(?:最后|末尾)?|"
    r"(?<=,)概括一下|以(?=多少|几)|作?为(?:一个)?单位(?=[,。?]|$)|(?:怎么|咋|如何|怎样)办(?=[?。呢啊]*$)|^(?:我|我们|咱们?|领导|局里|帮|麻烦)[^:,。?]{0,14}[:,](?=.{4})|(?:多少|几)(?:个|号|口)人|(?:文件|规划|要点|计划|总结|材料|原文)(?:里面|里|中|上)(?:[写提说讲]过的?(?=[,?。\s]|$))?|对比|比较|相比|请问|(?<!申)请(?![假示求教款])你?|麻烦|想(?:问|知道|了解)(?:一下)?|我想|告诉我|帮我|帮忙?(?=[查看找问算])|推算(?:一?下|出来)?|查一?下|一下|到底|究竟|具体|大概|一共|总共|合计|"
    r"[这那](?:笔|个|些)?钱(?=发|给|打|由|归|从|怎|什|是)|是?因为什么|[是有]?(?:什么|啥|哪些)原因|原因(?:是什么|何在|在哪里?|有哪些)|(?:有没有|是否|有无|是不是)(?:提到|提及|提过|写到|写过|讲到|说到|涉及|出现)(?:过|了)?|是不是|有没有|能不能|是否|(?:什么|啥)时[候间]|(?:是?从)?几月(?:几[号日])?|(?:是?从)几[号日]|啥时(?!候)|何时|为什么|为[何啥]|是?什么样?|怎么样|怎么|怎样|如何|"
    rf"(?:多长|多少)时间(?:[内之以里]+)?|多久(?:[内之以里]+)?|百分之[多几]少?|[是为有达占]{{0,2}}(?:多少|几)(?=$|[^\u4e00-\u9fff])|花(?:掉|去|费)?了?(?=多少|几)|(?<=[\u4e00-\u9fff][\u4e00-\u9fff])[发办]了(?=多少|几)|多少|几(?=[{COUNTED}])|是?指的?是?(?=哪|什么|啥)|哪(?:几|[两三四五六七八九十])(?:个方面|个|类|种|项|条|家|样|天|年|方面|块(?![钱路地牌])|大类|本|部|册|套|批|处|座|名|位|支|场)?|(?:主要|具体|都|分别)?包括(?=哪|什么|啥|几[个大方])|哪一?个(?:乡镇|镇|乡)(?!级)|哪[些个里年月天边样家]|多[大高长]|几成|"
    r"(?:文件|规划|要点|文中|材料|原文|文里)(?:里头?|中|上)?(?:是?(?:怎么|咋个?)|如何)?(?:写|说|讲|提|规定|提到|提出|要求|确定|明确|列出|指出)?"
    r"(?:过?的|了|过)?(?=[,?]|怎|是|写|哪[几两三四五六七八九十]|$)|"
    rf"(?!{CLASS_NAMED})[二两三四五六七八九十](?:大|项|个|类|种|条|方面|档)(?![\d月])|目标值?|提出|分别|各自|达到|[今去明当]年(?:年?[底末])?|各[是有占]|(?:到|那|这)?一年|年(?:度|底|末|初)|五年[里间内来]|时候|[^\w\s]"
)


# How people begin before they ask: 麻烦问下, 领导让我查一下: …
_OPENING = re.compile(
    r"^(?:(?:您?你?好|老师|同志|领导|大家好|哎|喂|那个|不好意思|打扰(?:一?下|了)|麻烦(?:您|你|帮忙?)?|劳驾|请教(?:一?下)?|请问(?:一?下)?|"
    r"(?:我|咱|俺)?(?:想|要)?(?:问|打听|咨询|了解)(?:一?下|下子|一声|个事儿?)|求助|急|在线等|谢谢)[啊呀哈吧了您你]{0,2}){1,4}[\s,。!:、~]{1,8}(?=.{4})"
)
_LONGEST_OPENING = 80
# 帮忙算下, 推算一下: that something is to be worked out shows in what is asked.
_WORK_OUT = re.compile(
    r"^(?:请|麻烦|劳烦)?(?:你|您)?(?:帮忙?|给|替)?(?:我们?|咱们?)?(?:(?:推|估|测|计|倒|反|验|核)算|倒推|反推|推断|算)(?:一下|一算|下|算|出来?)?"
    r"(?:看看?)?[,:]?(?!依据|方法|办法|标准|口径|方式|过程|公式|基数|是|不)(?=.{6})"
)


def without_opening(text: str) -> str:
    """`text` (folded) without what people say before they ask, and before they name what is to be worked out."""
    # One after the other, so that a long run of them costs no more than its length.
    end = 0
    while opening := _OPENING.match(text[end : end + _LONGEST_OPENING]):
        end += opening.end()
    return _WORK_OUT.sub("", text[end:])


def asked_for(text: str) -> Asks:
    """What kind of answer a question wants. `text` is folded."""
    if _DATE.search(text):
        return "date"
    if _PLACE.search(text):
        return "place"
    if _LIST.search(text):
        return "list"
    if asks_in_parts(text):
        return "text"
    is_number = _NUMBER.search(text) and not _WHICH.search(text) and not _WHO_MAY.search(text)
    return "number" if is_number else "text"


def asks_in_parts(text: str) -> bool:
    """Whether a question wants its subject told in parts (分几块说说), and no number of them. `text` is folded."""
    return _IN_PARTS.search(text) is not None and "多少" not in text


# The time at which a plan was made, of which it reports results (编制规划的时候).
WHEN_MADE = re.compile(
    r"(?:编制|编写|编|制定|起草|写|做)[^,。?]{0,8}(?:规划|计划|文件)(?:的)?(?:时候|时|那会儿?|当时|那年|那阵)"
)


def is_telegraphic(text: str) -> bool:
    """Whether a question is a bare name of what is wanted (养老护理员平均工资)."""
    return not _INTERROGATIVE.search(text)


def asked_which(text: str) -> tuple[str, ...]:
    """The words for the kind of thing of which one is asked for (哪家公司 → 公司, 哪个县市 → 县 or 市), if any is used."""
    match = _KIND_ASKED.search(text) or _PERSON_ASKED.search(text)
    if match is None:
        return ()
    if match[1] in _OF_THE_COUNTRY:
        # Who asks for the 镇 means the 乡 as well.
        return ("镇", "乡")
    return tuple(match[1]) if _TWO_KINDS.fullmatch(match[1]) else (match[1],)


def asks_twice(text: str) -> bool:
    """Whether one question asks for several things (做几个项目,服务多少人)."""
    return len(_ASKS.findall(text)) > 1


def asked_aspect(text: str) -> Aspect:
    """Whether a question is after a target or a result; "" when it does not say."""
    if WHEN_MADE.search(text):
        return "result"
    return "target" if _TARGET.search(text) else "result" if _RESULT.search(text) else ""


def list_size(text: str) -> int:
    """How many items a question expects (哪六个, 八大体系), 0 when it does not say."""
    match = _LIST_SIZE.search(text)
    return _LIST_SIZES.get(next(filter(None, match.groups())), 0) if match else 0
