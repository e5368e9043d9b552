"""What of its subject a question asks for that is no figure, and whether a sentence states such a thing.

Who builds the home, what it is called, where it stands, how to apply: a sentence about the home that says none of
these is no answer, however many words of the question it holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from qa.understanding.asking import WHO
from qa.understanding.causes import states_cause
from qa.understanding.deeds import HOW_DONE, WHICH_DONE, states_deed
from qa.understanding.people import (
    ASKS_ATTENDANCE,
    ASKS_AUTHOR,
    ASKS_PAYER,
    STATES_PERSON,
    states_attendance,
    states_author,
    states_office,
    states_payer,
)
from vectorstore.folding import folded
from vectorstore.places import bare_name, mentions

# Who does something need not be a person: 由局办公室负责, 委托养老机构, 牵头单位.
_STATES_DOER = re.compile(
    r"由[^,。;]{2,}|负责|牵头|承担|承办|承建|主办|主管|委托|会同|联合|(?<!社会)(?<!服务)(?<!群众)(?<!公益)组织(?![^,。;]{0,6}\d)|依托|邀请|交由|施工单位|建设单位|承接|"
    r"(?:局|委|办|院|中心|公司|部门|机构|政府|街道|乡镇|协会|财政)[^,。;]{0,10}(?:出资|分担|实施|审批|审核|管理|运营|发放)"
)
_STATES_ANYBODY = re.compile(f"{STATES_PERSON.pattern}|{_STATES_DOER.pattern}")
# Words for levels and kinds of places, which are no place's name.
_NO_NAMES = re.compile(
    r"农村|乡村|城镇|乡镇|村镇|集镇|镇村|行政村|自然村|示范村|每个?[镇村]|各[县区市镇村]|[全本各\d个]+[镇村]|"
    r"(?:城乡|城市|农村|示范|智慧|和谐|居家|宜居|入驻|进|各|个|进入)社区|(?<!等)社区(?=[\u4e00-\u9fff])(?![和与、])|各?街道(?=[\u4e00-\u9fff])(?![和与、])|"
    r"村(?=[居民级务规委两社])|[道思出线网电套铁公]路|老旧小区|住宅小区|新建小区|城区"
)
_LOCATED = re.compile(
    r"选址|位于|地址|坐落|设在|地处|地点|(?<![\u4e00-\u9fff])原(?=[\u4e00-\u9fff]{2})|"
    r"(?<![各全本城村])[\u4e00-\u9fff]{2,4}(?:镇|街道|社区|小区|村|路|街|公园|广场|园区|大楼)(?![镇级民居规治])|"
    r"(?:在|到|向|于)[\u4e00-\u9fff“”、]{2,20}?(?:设立|设置|建设|新建|开设|试点|启动|申请|办理|受理|领取|开展|领)"
)
_LOCATED_AT = re.compile(r"(?:选址|位于|地址|坐落|设在|地处|地点)[在为于是:]*([\u4e00-\u9fff]{3,12})")
# 在全区各街道开展 tells no place.
_NOWHERE = re.compile(
    r"(?:在|到|向)(?:全|各|本|原有|现有|此|做|“?[一二三四五六七八九十]{1,3}五)[\u4e00-\u9fff]{0,12}"
)
# 漆河、剪市等6个乡镇: places in a row, counted.
_COUNTED_PLACES = re.compile(
    r"(?:[\u4e00-\u9fff]{2,5}、){1,30}[\u4e00-\u9fff]{2,5}(?:等)?\d*个?(?:乡镇|镇|街道|社区|村|苏木|县)"
)
_NAMED = re.compile(
    r"[“《「][^”》」]{2,}[”》」]|(?:即|分别是|分别为|包括|名为|称为|命名为|取名|定名|简称|叫做?)[:：]?[\u4e00-\u9fff]|"
    r"[\u4e00-\u9fff]{2,}、[\u4e00-\u9fff]{2,8}(?:等|\d|[和及,;。]|[两二三四五六七八九十]个|$)"
)
_PROPER = re.compile(
    r"[\u4e00-\u9fff]{2,8}(?:公司|集团|医院|医养集团|大学|学院|学校|敬老院|养老院|福利院|老年公寓|公墓|陵园|墓地|"
    r"社区|村|镇|街道|小区|基金会|联合会|协会|促进会|学会|服务队|救援队|孵化园|基地|中心|花苑|广场|大厦|舰)"
)
_PROCEDURE = re.compile(
    r"申请|申领|申报|受理|办理|审批|审核|提交|身份证|户口|材料|手续|线上|网上|窗口|平台|预约|报名|登记|条件|符合|对象|流程|程序|代理"
)
# Papers by their names, or what somebody has to bring; 记录证明工作 and 证件办理制 ask nobody for any.
_PAPERS = re.compile(
    "身份证|户口[簿本]|社会?保障?卡|申请书|复印件|授权书|收据|票据|(?:所需|需要?的?|申请|申报|下列|以下|相关|有关|证明)材料|材料[:：]|"
    "(?:提交|提供|携带|出示|递交|附上?|填写|带齐?|备齐?|准备|签订|凭|持)[^,。;]{0,20}(?:材料|证明|证件|协议|[证卡件本])"
)
# Who may have something, or what has to be there first.
_CONDITION = re.compile(
    r"符合|下列|不计入|不纳入|条件|户籍|年满|属于|具备|具有|(?:救助|保障|发放|申请|减免|补助|服务|供养|适用)对象(?!满意)|凡|应当|(?<!的)的[,，](?:可以?|家中|方可|给予|发放)|(?:可以?|方可|才能)(?:申请|享受|购买|入住|领取)"
)
_CONTACT = re.compile(
    r"\d{3,4}-\d{6,8}|(?<!\d)\d{11}(?!\d)|(?<!\d)\d{7,8}(?!\d)|(?<!\d)1(?:2|1|0|9)\d{1,3}(?!\d)|@|https?|www"
)
_LASTING = re.compile(
    r"\d+个?(?:工作日|年|月|天|日|小时|分钟|周(?!岁))|每[两半\d]?个?(?:年|月|季|周|星期|日|天)|半年|季度|有效期|年度|[一二三四五六七八九十两]+个?(?:工作日|年|月|天|周|小时|季度)|"
    r"长期|定期|\d{4}[-—–~至]\d{4}"
)
_RANKED = re.compile(
    r"第[一二三四五六七八九十\d]+(?!次|批|届|期|产|方|三方|章|节|条|个)|首[家个批位]|前列|率先|唯一|名列|位居|排名|居[全于]|方阵|[一二三]等奖|优秀等次|领先"
)


@dataclass(frozen=True)
class Attribute:
    """A thing that can be asked of a subject: what it is called in a refusal, how it is asked for.

    `states(shown, question)`: whether a text states such a thing, and not only what the question says itself.
    `is_digits`: it is asked for like a figure (电话是多少). `is_near`: it stands in the very clause of its subject.
    """

    name: str
    asked: re.Pattern[str]
    states: Callable[[str, str], bool]
    is_digits: bool = False
    is_near: bool = False

    def asking(self, question: str) -> str:
        """The words in which a question asks for it; "" when it does not."""
        match = self.asked.search(folded(question))
        return match.group(0) if match else ""


def _found(pattern: re.Pattern[str]) -> Callable[[str, str], bool]:
    return lambda shown, _: pattern.search(shown) is not None


def states_place(shown: str, question: str) -> bool:
    """Whether a text tells where something is: a place that the question does not name itself, or 选址, 位于 …"""
    if _COUNTED_PLACES.search(shown):
        return True
    shown = _NOWHERE.sub(",", shown)
    # 嵊州市 is named by who asks about 嵊州.
    if any(bare_name(mention.written) not in question for mention in mentions(shown)):
        return True
    # 选址原区福利院 tells it, to who asks for the 选址, too.
    if any(match[1] not in question for match in _LOCATED_AT.finditer(shown)):
        return True
    return any(match.group(0) not in question for match in _LOCATED.finditer(_NO_NAMES.sub(",", shown)))


def _states_name(shown: str, question: str) -> bool:
    """Whether something is named that the question does not name: in marks, in a row, or by a name of its own.

    建设智慧养老院 names no home to who asks what the 智慧养老院 are called.
    """
    matches = [*_NAMED.finditer(shown), *_PROPER.finditer(_NO_NAMES.sub(",", shown))]
    return any(
        plain not in question and plain[-_KIND_OF_THING:] not in question
        for match in matches
        if (plain := match.group(0).strip("“”《》"))
    )


# What a thing is, at the end of its name (慧养老院).
_KIND_OF_THING = 4

# Whose name is asked for is a person's, where somebody holds an office.
_OFFICE = (
    r"(?:局长|院长|主任|书记|会长|所长|站长|馆长|校长|科长|股长|主席|组长|理事长|秘书长|董事长|经理|法人|"
    r"负责人|带头人|联系人|一把手|领导|支书|队长|园长|老师|讲师|主编|老板)"
)
_END = r"(?=[,。?!呀啊呢吧嘛\s]|$)"

_ATTRIBUTES = (
    Attribute("到会的人", ASKS_ATTENDANCE, states_attendance),
    Attribute("作者", ASKS_AUTHOR, states_author),
    Attribute("由谁出钱", ASKS_PAYER, states_payer),
    Attribute(
        "联系方式",
        re.compile(
            r"(?:电话|联系方式|热线|手机号?|邮箱|网址|传真|微信号?|公众号)(?:号码?|号)?(?:[和与、及][\u4e00-\u9fff]{1,6})?"
            rf"(?:是|为|有)?(?:多少|几号|什么|啥|给我[^,。]{{0,4}}|怎么[打联]|哪个|呢|{_END})|打(?:哪个|什么|啥)(?:电话|号)|怎么联系|联系谁"
        ),
        _found(_CONTACT),
        is_digits=True,
    ),
    Attribute(
        "负责人",
        re.compile(
            rf"(?<!儿童)(?<!社工){_OFFICE}(?:现在|目前|到底)?(?:是|叫|姓|(?:换|选|定|派)(?:成|出来|了|的)?(?:的?是)?)?(?:谁|哪位|哪个|哪一位|什么(?:名字)?|啥)|"
            rf"谁(?:是|当|任|担任)[^,。?]{{0,14}}{_OFFICE}|(?:谁|哪位)(?:在)?(?:主管|分管|挂帅)"
        ),
        states_office,
    ),
    Attribute(
        "由谁承担",
        re.compile(
            r"(?:施工|设计|监理|承建|承接|运营|建设|开发|供应|中标)(?:单位|方|公司|企业|商|的)?(?:是|叫|为)?(?:谁|哪一?[家个]|什么(?:单位|公司|企业)|啥(?:单位|公司|企业))|"
            r"(?:由|是|归|让|找)?(?:谁|哪个单位|哪个部门|哪些部门|哪个(?:科室|股室|处室|科|局|处)|哪家(?:单位|公司|企业)?|什么单位|什么公司)(?:来|去|负责)?"
            r"(?:施工|承建|承接|承办|承担|负责|提供|管|管理|运营|中标|设计|监理|建设|建的?|出钱|出资|牵头|主办|督办|审批|监督)"
        ),
        _found(_STATES_DOER),
    ),
    Attribute(
        "是谁",
        re.compile(rf"(?:是|换成|选了|定了)谁了?{_END}"),
        _found(_STATES_ANYBODY),
    ),
    Attribute(
        "费用",
        re.compile(
            r"(?:[造报单总票]价|价钱|价位|预算)(?:是|为|有|要|大概)?(?:多少|几|什么|怎么|呢|[?]|$)|收费(?:标准)?(?:是|为|有|要)?(?:怎么|多少|咋|如何|什么|贵)|怎么(?:个)?收(?:费|的)|收多少钱|"
            r"(?:要|用|得|需要?|还得)?(?:自己|个人|老人|家里|家属|我们?)?(?:再|另外?|还)?(?:要|用|得|需要?)?(?:掏|花|交|出|付|收)(?:腰包|费用|费|钱)(?:吗|不(?!能|得|超)|么|没|嘛)|"
            r"(?:要不要|用不用|收不收|掏不掏|花不花|交不交)(?:自己|个人|老人)?(?:掏|花|交|出|付)?(?:费用|费|钱)|(?:免费|白给|不要钱)(?:的)?(?:吗|不|么)"
        ),
        _found(re.compile(r"收费|免费|无偿|有偿|\d[万亿]?元|预算|造价")),
    ),
    Attribute(
        "用途",
        re.compile(r"(?:花|用|投)(?:在|到|去)了?(?:哪|什么|啥)|用途|(?:用来|用于)(?:做|干)?(?:什么|啥|哪)"),
        _found(
            re.compile(
                r"用于|用来|投向|支持|资助|购买|补助|改造|建设|通过[“\"]?[\u4e00-\u9fff]{2,10}[”\"]?[\u4e00-\u9fff]{4}|[,，](?:提供|鼓励|方便|帮助|便于|实现)"
            )
        ),
    ),
    Attribute(
        "条件",
        re.compile(
            rf"(?:什么样|啥样|怎样|哪种|哪类|哪些|什么)的?{WHO}[^,。?]{{0,6}}?(?:可以?|能(?!力)|才|有资格|够格|算)|"
            r"(?:什么|哪些|啥|怎样的?)(?:申请|享受|准入|入住|认定)?条件|(?:申请|享受|准入|入住|认定|救助)条件(?:是|有)?(?:什么|哪些|啥|[?]|$)"
        ),
        _found(_CONDITION),
    ),
    Attribute(
        "所需材料",
        re.compile(
            r"(?:申请|办理|申领|报名)[^,。?]{0,10}(?:材料|证件)|(?:要|需要?|得|该|应该?)(?:带|准备|提交|交|拿|填|出示?)(?:上|好)?(?:哪些|哪几|什么|啥)(?:材料|手续|证件|证明|表格|资料|东西)?|(?:哪些|什么|啥)(?:材料|证件|证明|表格|资料)"
        ),
        _found(_PAPERS),
    ),
    Attribute(
        "办公时间",
        re.compile(r"几点钟?(?:上班|下班|开门|关门|开放|营业|办公)|(?:上班|办公|开放|营业)时间"),
        _found(re.compile(r"\d{1,2}(?:[:：]\d{2}|点)|24小时|全天|[上下]午|周[一二三四五六日末至]|节假日")),
    ),
    Attribute("办法", HOW_DONE, states_deed),
    Attribute("所列的内容", WHICH_DONE, states_deed),
    Attribute(
        "申请办法",
        re.compile(
            r"(?:怎么|如何|怎样|咋)(?:个|样|去|才能)?(?:申请|申领|申报|办理?|领取?|报名|预约|参加|入住|办手续)(?!公|好)|"
            r"(?:去|到|上|在|找)(?:哪里|哪儿|哪|什么地方|啥地方)(?:去|能|可以)?(?:申请|申领|办理?|领取?|报名|交)|"
            r"(?:申请|办理|申领|报名)[^,。?]{0,10}(?:手续|流程|程序|条件)|(?:哪些|什么|啥)手续"
        ),
        _found(_PROCEDURE),
    ),
    Attribute(
        "地址",
        re.compile(
            r"(?:地址|位置|地点|新址|选址)(?:是|在|为|选)?(?:哪里|哪儿|哪|什么|啥|多少|给我)|"
            rf"(?:在|位于|建在|设在|选在|放在|搬到|搬去|坐落在?)(?:[^,。?哪什]{{0,4}})(?:哪(?!些|几|年|天|个月|一年|一天|个季度)|什么(?:地方|位置|路|街)|啥地方)|"
            rf"哪(?:条|一条)(?:路|街|巷)|门牌号?(?!证|码证)|怎么走|地址{_END}"
        ),
        states_place,
    ),
    Attribute(
        "所在的地方",
        re.compile(
            r"(?:在|于|到|是)哪(?:些|几个|几)(?:个)?(?:村|社区|街道|乡镇|镇|小区|县|区|地方|市)(?!的?(?:文件|规划|要点|里))"
        ),
        states_place,
    ),
    Attribute(
        "名称",
        re.compile(
            rf"(?:选|定|评)(?:中|上)?的?(?:是|了)?哪一?[家所]{_END}|(?:名称|名字|名单)(?:分别|都|各)?(?:是|叫|有)?(?:什么|啥|哪些|哪几|怎么|给我|列)|(?:求|报|发|列|要)(?:一?[个份下])?名单|(?:都|分别|各)?叫(?:作|做)?(?:什么|啥)(?:名字?|名称)?{_END}"
        ),
        _states_name,
        is_near=True,
    ),
    Attribute(
        "原因",
        re.compile(r"为(?:什么|何|啥)(?!名)|什么原因|啥原因|原因(?:是|在|有|何在)|怎么会"),
        states_cause,
    ),
    Attribute(
        "多久一次",
        re.compile(r"(?:多久|多长时间|几(?:天|个?月|年|周))[^,。?]{0,10}一[次回趟]"),
        _found(
            re.compile(
                r"每(?:[半两一二三四五六\d]?个?(?:年|月|季|周|星期|日|天))|按[年月季周]|半年|[一二三四两\d]个?(?:年|月|季度?|周)一?次|定期|每次"
            )
        ),
    ),
    Attribute(
        "计算办法",
        re.compile(
            r"(?:怎么|如何|怎样|咋)(?:个|样)?(?:算|计算|统计|核算|得)(?:出|得)?来?(?:的|出来的)?(?=[,。?呢啊]|$)|(?:计算|统计|核算)(?:方法|办法|口径|公式)|什么口径"
        ),
        _found(
            re.compile(
                r"是[^,。;]{2,16}的[\d.]+(?:%|倍)|按[^,。;]{2,24}(?:[\d.]+(?:%|倍)|确定)|按[^,。;]{0,8}(?:最高|较高|就高|就近)[^,。;]{0,8}|就高|分段|[按以][^,。;]{2,40}(?:计算|统计|核算|之和|之比)|口径|除以|÷|公式|计算(?:方法|办法)|是指|等于"
            )
        ),
    ),
    Attribute("时间长短", re.compile(r"多久|多长时间"), _found(_LASTING)),
    Attribute(
        "名次",
        re.compile(r"第几(?![次批届期条章节个季阶类档级款部页表])|排名(?:多少|第?几|如何|怎样|情况)|名次"),
        _found(_RANKED),
    ),
)
# What is done about something that went wrong or ran out is no procedure of applying for it.
_WHAT_TO_DO = re.compile(
    r"(?<=扯皮|纠纷|矛盾|冲突|打架|投诉|隐患|事故|问题|困难|难题|灾害|受灾|走失|倒塌|损坏|漏水|失火|污染|短缺|不够|不足|违规|违法|诈骗|骗局|噪音|违建)(?:了|的话)?(?:该|要|又|得|应该)?(?:怎么|咋|如何|怎样)(?:办|处理|处置|解决)(?=[?。呢啊]*$)|"
    r"(?<=[不没未丢断逾过到错超太])[^,。?]{1,10}(?:怎么|咋|如何|怎样)(?:办|处理|处置|处罚)(?=[?。呢啊]*$)"
)
# A judgement, a guess or advice is in no plan.
_OPINION = re.compile(
    r"(?:你|您|你们|大家|专家|AI)(?:个人|自己)?(?:觉得|认为|感觉|看好|怎么看|如何看待?|怎么评价|建议我|推荐)|怎么看待|如何评价|"
    r"(?:哪|谁)(?:一?个|家|里|边|儿|份)?[^,。?]{0,12}(?:更|比较|最)(?:好|差|强|弱|先进|落后|靠谱|厉害|出色|合理)(?:一?[点些])?[?呢吗啊]*$|"
    r"(?:搞|办|做|干|写)得?(?:好不好|行不行)[?]*$|(?:值不值得?|划不划算|该不该|应不应该|合不合理|公不公平|靠不靠谱)|"
    r"(?:能不能|会不会|能否|可能)[^,。?]{0,16}(?:成功|按时完成|实现得?了|完成得?了)[?吗]*$|(?:预测|估计|猜)一?下|你猜"
)


def attribute_asked(question: str) -> Attribute | None:
    """The attribute that a question (any text) asks for; None when it asks for a figure, a list or text."""
    text = _WHAT_TO_DO.sub(" ", folded(question))
    return next((attribute for attribute in _ATTRIBUTES if attribute.asked.search(text)), None)


def asks_opinion(question: str) -> bool:
    """Whether a question asks for a judgement, a guess or advice, which no document states."""
    return _OPINION.search(folded(question)) is not None
