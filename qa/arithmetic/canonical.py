"""The many ways in which people ask for one calculation, put in the words that its reader knows."""

from __future__ import annotations

import re

from qa.arithmetic.contrasts import joined

_HOW_LARGE = r"(?:百分之(?:多少|几)|几成|多少成|几分之几|多大(?:的)?(?:比例|比重|一?部分)|多少个?百分比)"
_SUM = r"(?:一共|总共|共计|合计|总计|加起来|加在一起|合起来|拢共|总数|共)"
# Operands are of bounded length: what is asked in thousands of characters must not take a power of that.
_REWORDINGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("从头到尾|前前后后"), "累计"),
    # 3月那次低保提标幅度有多大: how much it rose, as a percentage
    (re.compile("(?<=[月年])(?:的)?(?:那|这|此)一?次(?:的)?(?=[\u4e00-\u9fff]{2}|比)"), ""),
    (
        re.compile("(?:提标|提高|上调|调整|增长|上涨|增加|提升|涨)的?幅度(?:是|有|达到?)?(?:多[少大高])?"),
        "涨幅是多少",
    ),
    (re.compile("(?<=..)(?:调标|提标)(?=(?:涨|提高|上调|增加)了?(?:多少|几))"), ""),
    # 要从多少提高到多少,提高几个百分点: both ends are shown with the difference
    (
        re.compile(
            r"(?:要|将|会)?从(?:多少|几)[^,?]{0,6}?(?:提高|提升|增加|增长|上升|上涨|涨|升|扩大|下降|降)[到至](?:多少|几)[^,?]{0,4},(?=[^,?]*(?:多少|几))"
        ),
        "",
    ),
    # 每个人平均, 平均一个人: per head
    (re.compile("(?:每个?人|一个?人)平均|平均(?:每个|一个|一)人"), "平均每人"),
    (re.compile("人均每次|每人每次平均|平均每人每次"), "平均每人次"),
    # 每位困难大学生资助了多少: what was given is told as a whole, and shared
    (
        re.compile(
            "(?<!平均)每(?P<one>[位名个户人家](?!月|季|工作日)[\u4e00-\u9fff]{0,12}?)(?:[一二两三四五六七八九十\\d]+年)?(?P<got>资助|发放|补助|补贴|救助|拿|领|得|分|花)(?:到)?了(?=多少|几)"
        ),
        r"平均每\g<one>\g<got>",
    ),
    (re.compile("(?<=床位)总?数(?:量)?(?=(?:是|占|相当于|为)[^,?]{2,24}几倍)"), ""),
    # the area of each bed, whether or not it is asked how large
    (
        re.compile(
            "(?<!平均)每(?P<one>张床位?)的?(?P<what>[\u4e00-\u9fff]{0,4}面积)(?:是|有|多少|多大|几平米?|几平方米?)*$"
        ),
        r"平均每\g<one>\g<what>多少平方米",
    ),
    # 散居孤儿比集中养育的少拿多少: what is got is the amount itself
    (
        re.compile(
            "(?P<than>比[^,?]{2,16}?)(?P<how>[多少])(?:拿|领|发|得|给|补|收)(?:到|了)?(?:多少|几)(?:[钱元块]|块钱)?(?=[,?]|$)"
        ),
        r"\g<than>\g<how>多少钱",
    ),
    # 认知障碍床和家庭照护床, 要提几个点: as papers put it
    (re.compile("(?<=[护型碍理老])床(?=$|[和与跟、,今一共总合的])"), "床位"),
    (re.compile("提(?=(?:几|多少)个?(?:百分)?点)"), "提高"),
    # 婚姻登记总共多少件(结婚加离婚): what the whole is made of
    (
        re.compile(
            r"婚姻登记(?P<ask>(?:总共|一共|合计|共|总数|总量)?(?:是|有|办了?|办理了?)*(?:多少|几))[件宗起个]?(?:\((?:结婚|离婚)[^()]{0,12}\))?$"
        ),
        r"结婚登记和离婚登记总共\g<ask>对",
    ),
    # 低保标准离年标准1.2万元还差多少: how much less than the figure that is named
    (
        re.compile(
            r"(?P<thing>[^,?]{4,40}?)的?,?(?:离|距离?)(?P<aim>[^,?\d]{0,4}(?:20\d\d年)?[^,?\d]{0,12}\d[\d.]*[万亿]?[元张个家户人名所处对][^,?\d]{0,4}?)(?:的目标|目标)?(?:每年|一年)?还?(?:差|缺|少)(?=多少|几)"
        ),
        r"\g<thing>比\g<aim>少",
    ),
    # an aside: (2023年), (按55%算)
    (re.compile(r"\([^()]{0,20}\)"), ""),
    # 城市低保最低标准: the standard that a paper gives as the least
    (re.compile("(?<=低保|补贴|津贴|补助|养育|孤儿|散居)的?最低(?:保障)?(?=标准)"), ""),
    # which table, and by which standard: 表2, 按最低标准算
    (re.compile(r"(?:附表|表)[一二三四五六七八九十\d]{1,2}(?:中|里面?|当中)?的?"), ""),
    (
        re.compile(
            r",?按(?:照)?(?:20\d\d年)?的?(?:最低|最高|现行|当前|新的?|这个|上述|规定的?)标准(?:来?算|计算|发放?|执行)?,?"
        ),
        "",
    ),
    (
        re.compile(
            r"[两三四五六七八九十\d]次(?:调标|提标|调整|上调)(?:(?:以后|之后|后),?的?|(?=(?:一共|总共|累计|共)?(?:提高|上调|上涨|增加|[涨增])))"
        ),
        "",
    ),
    # what was spent on something is its cost, and what is left of a task the rest of it
    (re.compile(r"(?:投入到?|用于|花在)(?P<what>[^,?]{2,24}?)(?:上)?的(?:钱|资金|经费)"), r"\g<what>投资"),
    (re.compile(r"(?:剩下|余下|剩)的(?=[\u4e00-\u9fff]{3})"), "剩余"),
    # 平均每年涨百分之几: as papers put it
    (
        re.compile(
            r"(?:平均每一?年|每年平均|平均一年)(?:大约|大概|约)?(?:增长|上涨|提高|增加|[涨增])了?(?=百分之|几个?百分点)"
        ),
        "年均增长",
    ),
    (re.compile(r"(?:今年|本年度?)(?=[\u4e00-\u9fff])"), ""),
    (re.compile(r"城里(?:人|边|头)?的?"), "城市"),
    (re.compile(r"(?:乡下|村里)(?:人)?的?"), "农村"),
    # 入住率: those who live there among the beds
    (
        re.compile(
            r"(?P<of>[^,?]{0,30}?)(?:养老)?(?:机构)?(?:床位)?的?入住率(?:是|有|达到?|大概|大约)?(?=多少|百分|几成|多高|怎么样|$)"
        ),
        r"\g<of>入住老人占\g<of>床位的百分之几",
    ),
    # A里有多大比例被B
    (
        re.compile(
            r"(?P<whole>[^,?]{2,30}?)(?:(?:当中|之中|里面|[里中内]),?有?|有)(?:多大(?:的)?比[例重]|多少比例|几成|百分之(?:几|多少))的?(?:人)?(?:被|得到|获得|是|属于)?(?P<part>[^,?]{2,20}?)了?$"
        ),
        r"\g<part>占\g<whole>的百分之几",
    ),
    # 低保和特困标准: the standard of each
    (re.compile("(?<=低保|低边|特困|孤儿)(?=[和与跟、](?:低保|低边|特困|孤儿)(?:供养)?标准)"), "标准"),
    # what rises is a standard, too
    (
        re.compile(r"低保(?!标准|[^,?]{0,4}标准)(?=[^,?金人户对资家]{0,14}(?:涨|提高|上调)了?(?:多少|几))"),
        "低保标准",
    ),
    # a standard that is to be higher or lower, not the number of those who get it
    (
        re.compile(
            r"低保(?=(?:20\d\d年)?(?:之间)?(?:每个?月|一个月|每年|一年|比[^,?人户]{2,12})?(?:相?差|[高低多少])(?:出|了)?(?:多少|几)(?![人户个名万亿])|(?:20\d\d年)?[高低]出)"
        ),
        "低保标准",
    ),
    (
        re.compile(
            r"(?<=供养)(?=(?:和|与|跟|比)[^,?金费人户]{2,16}(?:标准)?(?:之间)?(?:相?差|[高低多少])(?:出|了)?(?:多少|几)(?![人户个名万亿])|(?:20\d\d年)?(?:之间)?(?:相?差|[高低多少])(?:出|了)?(?:多少|几)(?![人户个名万亿]))"
        ),
        "标准",
    ),
    (
        re.compile(r"(?P<what>(?:低保|特困|救助)[^,?的]{0,4}?)城乡(?=一共|总共|合计|加)"),
        r"城市\g<what>和农村\g<what>",
    ),
    # 护理型床位占比2025年要比现在提高几个点: how far it is from there to the target
    (
        re.compile(
            r"(?P<thing>[^,?]{4,30}?(?:占比|比[例重]|率))(?P<year>(?:20\d\d年)?)(?:的?目标)?(?:要|将|得)?比(?:现在|目前|现状|当前)(?:要)?(?:提高|增加|上升|高|多)(?:出|了)?(?=多少|几)"
        ),
        r"\g<thing>离\g<year>目标还差",
    ),
    # 福彩销量目标比完成多了多少, 十三五目标比十二五实际多多少: the same, of a number
    (
        re.compile(
            r"(?![^?]*比[“\"]?十[一二三四五]五)(?P<thing>[^,?]{3,30}?)的?(?:[“\"]?十[一二三四五]五[”\"]?|(?P<year>20\d\d年))?的?(?:目标|计划|任务)[数值量]?(?:要|得)?比(?:[“\"]?十[一二三四五]五[”\"]?)?(?:已经?)?(?:完成|实际|现状|现在|目前|现有)(?:完成)?(?:的|数|值|情况|量)?(?:要)?[多高](?:出|了)?(?=多少|几)"
        ),
        r"\g<thing>离\g<year>目标还差",
    ),
    # A多少,B多少,一共多少
    (
        re.compile(
            rf"^(?P<one>[^,?]{{4,30}}?)(?:发放?了?|有|是|花了)?多少[个家张户名人元万]{{0,2}},(?P<other>[^,?]{{2,20}}?)(?:又?发放?了?|有|是|花了)?多少[个家张户名人元万]{{0,2}},(?:两[者项样]|这两[项个样])?{_SUM}(?=是|有|发|多少|几)"
        ),
        r"\g<one>和\g<other>一共",
    ),
    (re.compile(r"加一块一共|合起来一共|加起来一共"), "一共"),
    # 建一张护理型床位比…多补多少
    (re.compile(r"(?:新?建|改建)?(?:一|每一?)张(?=[^,?]{2,12}比[^,?]{2,12}[多少])"), ""),
    # A减去B等于多少
    (
        re.compile(r"(?:减去|减掉)(?P<less>[^,?]{1,30}?)(?:等于|还剩|剩下?|得|是)?(?=多少|几)"),
        r"比\g<less>多",
    ),
    # A相当于B的百分之几, A是B的几成
    (
        re.compile(
            rf"(?P<one>[^,?]{{1,30}}?)(?:大约|大概)?(?:相当于|等于|是|为|只有|有)(?:了)?(?P<other>[^,?]{{1,30}}?)的{_HOW_LARGE}"
        ),
        r"\g<one>占\g<other>的百分之几",
    ),
    # 城乡低保对象一共几人
    (
        re.compile(
            rf"(?P<year>(?:20\d\d年[底末]?)?)城乡(?P<what>[^,?的和与跟、\d]{{2,10}}?)(?P<then>(?:20\d\d年[底末]?)?)(?:保障|现有|有)?{_SUM}+"
            r"(?=有|是|多少|几|发|保障|支出)"
        ),
        r"\g<year>\g<then>城市\g<what>和\g<year>\g<then>农村\g<what>一共",
    ),
    # how something changed is how much it rose, or fell
    (re.compile(r"(?:变化|变动)了?(?=多少|几)"), "增加了"),
    # B的基础上再加…, 在B上多出
    (re.compile(r"(?:多出来?|高出来?|超出来?|多出|高出)(?:了)?(?=多少|几)"), "多"),
    (re.compile(r"(?:少掉|少出|少了|低了)(?=多少|几)"), "少"),
    (re.compile(r"(?:拢共|统共|归总|总起来|归到一起|算到一块儿?|算一块儿?|合在一块儿?)"), "一共"),
    (re.compile(r"(?:比值|之比|比率)(?=是|为|有|多少)"), "比例"),
)


def in_plain_words(text: str) -> str:
    """The question with everyday wordings of a calculation replaced. `text` is folded."""
    for pattern, wording in _REWORDINGS:
        text = pattern.sub(wording, text)
    return joined(text)
