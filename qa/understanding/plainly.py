"""A question as it was typed, put plainly: spoken phrases as terms, numerals as figures, what is not asked left out.

Between the keyboard and a Question stand two steps, each a list of rewordings in the order in which they are made: what
is asked in what was typed (`question_itself`), from which a conversation goes on; and each complete question put plainly
(`plainly_asked`), whether it was typed or stands for one side of another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial, reduce

from qa.understanding.asking import without_opening
from qa.understanding.checking import statement_alone
from qa.understanding.glossary import glossary_terms
from qa.understanding.orders import as_question
from qa.understanding.short_forms import in_full
from qa.understanding.spoken import in_official_words
from qa.understanding.talk import without_talk
from vectorstore.folding import folded
from vectorstore.numerals import from_chinese

_YEARS_SERVED = re.compile(r"(满|超过|够|干了?)([二三四五六七八九十]{1,3})年(?!规划|计划|行动)")
# 没开工的项目 is written 未开工.
_NOT_YET = re.compile(
    "(?:还|都|仍)?没(?:有|能)?(?=(?:开工|动工|完工|竣工|建成|启动|落实|到位|投用|验收|达标|整改)(?![吗么吧呢?]|没|了吗))"
)
# 五份文件里谁的最高 asks of all places.
_OF_ALL_PAPERS = re.compile(
    "^在?(?:这|库里的?|全部)?[两三四五六七八九十几]份文件(?:里面?|当?中|之间)?[,的]?(?=谁|哪)"
)
# 社会组织这块定了些什么目标: what is asked is 社会组织方面有什么目标.
_ABOUT_THIS = re.compile(
    "(?<=[\u4e00-\u9fff]{2})(?:[这那](?:一?方面|一?块儿?|一头)|(?:[这那]一?块)?方面)(?:都|上|主要|今年|还)*(?:给|又)?(?:定|提|设)(?:下|出)?了?(?:一?些|点)?(?=什么|哪|啥)"
)
_A_WORD = 2
# A verb with its object, which 了, 过 or 个 parts (领了证, 结过婚, 领个证).
_PARTED = re.compile("([\u4e00-\u9fff])(?:[了过]个?|个)(?![了过着到得的])([\u4e00-\u9fff])")
# 卖了几个亿, 每人捐几块: money without its unit; 管多少人家 counts households.
_MONEY = re.compile(
    "(?:几|多少)个亿(?=$|[,?。!;了呢啊吧])|"
    "(?<=[捐花补交收掏拿领发给贴奖罚])(?:到|了)?(?:几|多少)块(?=$|[,?。!;了呢啊吧])"
)
_HOUSEHOLDS = re.compile("(?:多少|几)人家(?!庭)")
# 护理费四档各多少 asks of each tier, whatever their number.
_EACH_TIER = re.compile(
    "(?<=[费贴助])的?(?:分|共)?[两二三四五六七八]个?档(?:标准)?(?=(?:各|分别|都)[^,?]{0,4}多少)"
)
_SHARE = re.compile("百分(?:之([一二三四五六七八九十]{1,3}|百)|百)(?![多几分\\d])")
# 到没到, 涨没涨: whether it is so; 提高了没有 at the end is 提高了吗.
_OR_NOT = re.compile("([到达涨建办完降增超评升])没\\1(?=[到成了过完]?[\u4e00-\u9fff\\d])")
_HAS_IT = re.compile("(?<=[了过成])(?:没有|没)[?]?$")
_HAS_IT_BEHIND = re.compile(
    "(?P<verb>提高了|涨了|发了|建了|办了|降了|改了)(?P<what>[\u4e00-\u9fff]{2,16}?)没有?[?]?$"
)
# 要带那些材料 is written for 哪些, where nothing else asks.
_THAT_FOR_WHICH = re.compile("(?<=[有是要分在带交为到归找准备提括])那(?=[些几家里年种类两三个])")
_ASKS_AT_ALL = re.compile("多少|[几哪谁吗呢吧]|什么|啥|怎|咋|如何|是否|多[大高长久]|不[?？]?$|的[?？]?$")
_ASKS_MORE = re.compile("多少|几|哪|谁|什么|啥|怎")
# 五份文件里哪些给出了…: which of the papers.
_WHICH_PAPERS = re.compile(
    "^在?(?:这|库里的?|全部)?[两三四五六七八九十几]份文件(?:里面?|当?中|之间)?[,的]?哪(?:些|几份|几个)(?=[提给写讲说涉列公有])"
)
# “三沿六区”“三沿五区”分别是哪里的说法: which places speak of them.
_WHOSE_WORDS = re.compile(
    "^(?P<what>[^,。?]{3,40}?)(?:分别|各自?)?(?:又?是)(?:出自)?(?:哪里|哪儿|哪个地方|哪些地方|哪几个地方|谁家?|哪家)(?:的(?:说法|提法|话|口号)|(?:在|所)?提(?:出|到)?的?|在说|说的|写的)[?]?$"
)
# 哪里要建5A级婚姻登记场所: which places do.
_WHERE_DONE = re.compile(
    "^(?:哪里|哪儿|哪边|哪块儿?)(?=(?:在|要|想|将|准备|打算|计划|已经|也|都)*(?:搞|建|推|做|办了|开展|试点|实行|设立?|创建|有(?!问题|困难|毛病|错)))"
)
_BESIDE = re.compile("[、和与跟]|(?<=”)(?=“)")
# 社区总数有多少: papers write 社区数. Of what is added year by year 总数 tells the stock, and stays.
_TOTAL_NUMBER = re.compile(
    r"(?<=社区|街道)的?总数(?=(?:现在|目前|一共|到底|达到?|是|有|为)*(?:多少|几|[?。]?$))"
)
# What is said to be not asked (不是问低保,也不是问孤儿,…), up to what is.
_WHOSE = "(?:^|(?<=[,。;!? ]))(?:而是|只是|就是)?(?:我|咱|俺)?(?:这次|现在)?"
_NOT_ASKED = re.compile(
    f"{_WHOSE}(?:也|并|都|又)?(?:不是|不|没|别)(?:要|想|在)?(?:问|打听|查|管|说的?是)[^,。;!?]{{1,40}}[,。;!?]"
)
_ASKED = re.compile(f"{_WHOSE}(?:就|只|真正)?(?:想|要)?(?:问|打听|查)的(?:是|就是)[:,]?")
# Orders to a database before the question, which nobody meant to ask, and the marks of a page.
_ORDER = re.compile(r"(?i)\b(?:select|drop|insert|update|delete|union|alter|exec)\b")
_MARK = re.compile(r"<[^<>\u4e00-\u9fff]{1,200}>")
# What asks nothing: 谢谢, 好的.
CHATTER = re.compile(
    r"(?:谢谢你?|多谢|好的?|嗯+|哦+|噢|行|明白了?|知道了|收到|ok|你好|您好|辛苦了?|再见|[,。!、~?]|了|啊|呀)+",
    re.IGNORECASE,
)
_HAN = re.compile("[\u4e00-\u9fff]")


# 低保多少, 谁的低保高: what a person gets, and not what was paid to all.
_STANDARD_MEANT = re.compile(
    r"(?:低保|特困供养|五保供养)(?=(?:现在|目前|今年|一个月|每个?月|每人|各自?|分别|到底|是|有|为|调到了?|涨到了?|提到了?|提高到了?)*(?:多少|几)(?:钱|块钱?|元)?(?:[,。?!;了啊呀呢吧]|$)|"
    r"(?:谁家?|哪[个边里儿]|哪一个)?(?:的)?(?:更|最|要|比较)?[高低](?:一?些|一?点|多少|得多|吗|呢|[,。?!]|$)|(?:相?差|差距|涨了|高了|低了|提高了|上调了)(?:多少|几))"
)


# 护理型床位现状 asks how many there are; the 现状 of a field of work is told at length.
_STATE = re.compile(
    "(?P<what>[\u4e00-\u9fff]{2,12}?(?:床位|标准|占比|比例|覆盖率|人数|户数|数量|总数|总量))"
    "[ 的]?现状(?:如何|怎么?样|是多少|是什么)?(?=[?]?$)"
)
# 低保标准今年 asks how high it is.
_TIME_LAST = re.compile(
    "(?<=标准|补贴|津贴|床位|占比|总数|数量|人数|户数)[ ]?(?:今年|去年|明年|现在|目前|20\\d\\d年)(?=[?]?$)"
)
# 一个不落全都: all of them.
_EVERY_ONE = re.compile("(?:一个不[落漏差少]地?|统统|全部?都){1,2}")
# 满意度打了多少分 is a share.
_MARK_GIVEN = re.compile("(?<=满意度)(?:打|得|评|有|是|了)*(?:多少|几)分")
# 低保总人数: papers write how many there are, and seldom that these are all.
_ALL_PEOPLE = re.compile("(?<=[\u4e00-\u9fff]{2})总(?=人数|户数|人口数)")
_WHERE = re.compile("哪|谁")
# 摊到每千名老年人: so many for each thousand.
_SPREAD_OVER = re.compile("(?:平均|均)?(?:分?摊|折合?|合|算|分)(?:到|下来|成)?(?=每[百千万]?[名个户人])")
# 临时救助最高 asks for how much at most.
_AT_MOST = re.compile("(?<=救助|补贴|补助|津贴|奖励|奖补|减免|报销)(?:一?次|每[年月次])?最[高多](?=[?]?$)")


# 结婚登记又跌了多少, 养老机构多了几家: a change, where nothing is compared with another.
_CHANGED_BY = re.compile(
    "(?:又|还|也|反而|一共|总共|共)*(?:(?P<fell>跌|掉|少)|多)(?:了|去|掉)+(?=(?:多少|几)[\u4e00-\u9fff]{0,3}[?]?$)"
)
_COMPARED = re.compile("[比较跟和与]|相差|哪")


def _changed_by(text: str) -> str:
    """What became more or less, in the words that papers have for it."""
    if _COMPARED.search(text):
        return text
    return _CHANGED_BY.sub(lambda said: "减少了" if said["fell"] else "增加了", text)


def plainly_asked(text: str) -> str:
    """A complete question (folded) with each of `_PLAINLY` applied, in their order."""
    return reduce(lambda said, reword: reword(said), _PLAINLY, text)


def _as_one(parted: re.Match[str]) -> str:
    """A verb and its object as the one word of the glossary that they make (领证)."""
    return f"{parted[1]}{parted[2]}" if f"{parted[1]}{parted[2]}" in glossary_terms() else parted[0]


def _as_mention(said: re.Match[str]) -> str:
    """Which places speak of the one or the other: what each says shows whose wording is whose."""
    return f"哪些地方提到{'或者'.join(_BESIDE.split(said['what']))}"


def _as_share(share: re.Match[str]) -> str:
    return f"{100 if share[1] in (None, '百') else from_chinese(share[1])}%"


def _or_not(text: str) -> str:
    """A question of the kind 到没到 as one of the kind 是否."""
    if _ASKS_MORE.search(text):
        return text
    text = _OR_NOT.sub(r"是否\1", text)
    return _HAS_IT.sub("吗?", _HAS_IT_BEHIND.sub(r"\g<verb>\g<what>吗?", text))


def question_itself(text: str, regions: Sequence[str] = ()) -> str:
    """What is asked in what was typed: an order or keywords as the question they stand for, then each of `_ITSELF`.

    It stays as it is where nothing would be left. `regions` are the places of the library, by their full names.
    """
    said = folded(text)
    rewordings: tuple[Callable[[str], str], ...] = (partial(as_question, regions=regions), *_ITSELF)
    kept = reduce(lambda said, reword: reword(said), rewordings, said)
    return kept if kept != said and len(_HAN.findall(kept)) > _A_WORD else text


def _without_code(text: str) -> str:
    parts = re.split("(;|--)", _MARK.sub(" ", text))
    orders = [n for n, part in enumerate(parts) if _ORDER.search(part) and not _ASKS_MORE.search(part)]
    if not orders:
        return "".join(parts)
    behind = orders[-1] + 1
    while behind < len(parts) and not _HAN.search(parts[behind]):
        behind += 1
    return "".join(parts[behind:])


# What is taken from what was typed before a conversation goes on from it.
_ITSELF: tuple[Callable[[str], str], ...] = (
    without_opening,
    _without_code,
    partial(_NOT_ASKED.sub, ""),
    partial(_ASKED.sub, ""),
    without_talk,
    str.strip,
    statement_alone,
    partial(_SPREAD_OVER.sub, ""),
    # Of what a calculation looks for, 低保 may be what was paid to all: only who asks means the standard.
    partial(_STANDARD_MEANT.sub, r"\g<0>标准"),
)
# How each complete question is put. Spoken phrases come early: what follows knows the words of papers alone.
_PLAINLY: tuple[Callable[[str], str], ...] = (
    partial(_PARTED.sub, _as_one),
    in_official_words,
    partial(_SHARE.sub, _as_share),
    _or_not,
    lambda text: text if _ASKS_AT_ALL.search(text) else _THAT_FOR_WHICH.sub("哪", text),
    # 低保人员基本生活标准 is what papers call 低保标准.
    partial(re.compile("低保(?:人员|对象)(?:基本)?生活标准").sub, "低保标准"),
    partial(_STATE.sub, r"现在\g<what>是多少"),
    partial(_TOTAL_NUMBER.sub, "数"),
    partial(_ALL_PEOPLE.sub, ""),
    partial(_MARK_GIVEN.sub, "是多少"),
    partial(_EVERY_ONE.sub, "都"),
    in_full,
    _changed_by,
    lambda text: text if _WHERE.search(text) else _AT_MOST.sub(r"\g<0>多少钱", text),
    lambda text: text if _WHERE.search(text) else _TIME_LAST.sub(r"\g<0>是多少", text),
    partial(_NOT_YET.sub, "未"),
    partial(_EACH_TIER.sub, ""),
    partial(_MONEY.sub, "多少钱"),
    partial(_HOUSEHOLDS.sub, "多少户"),
    partial(_WHICH_PAPERS.sub, "哪些文件"),
    partial(_WHOSE_WORDS.sub, _as_mention),
    partial(_ABOUT_THIS.sub, "方面"),
    # What is named first is what is asked about.
    lambda text: text.replace("多大面积", "面积多大"),
    partial(_OF_ALL_PAPERS.sub, ""),
    partial(_WHERE_DONE.sub, "哪些地方"),
    partial(_YEARS_SERVED.sub, lambda served: f"{served[1]}{from_chinese(served[2])}年"),
    # 几千人, 好几百户: how many.
    partial(re.compile(r"好?几[十百千万亿]+(?=[\u4e00-\u9fff])").sub, "多少"),
    # 十三五末 is the plan.
    partial(re.compile(r"(?<=[一二三四五六七八九十]五)(期?末|末期|结束时?)(?![\u4e00-\u9fff]?端)").sub, ""),
)
