"""The wording of comparisons: which words ask for one, join its sides, or only talk about comparing.

All patterns are matched on folded text.
"""

from __future__ import annotations

import re

from vectorstore.numerals import YEAR

_JOINED = r"vs|VS|Vs|和|与|跟|同|(?<!占)(?<!比一)比|、|,|还有|以及|对比|相比|较"
JOINING_WORDS = re.compile(rf"^(?:{_JOINED})+|(?:{_JOINED})+$")
ADDRESSING = re.compile(r"(?:(?<![\u4e00-\u9fff])拿|请问|帮我|请|把|对比|比较|一下|看看|查查|查一下)+")
_PLAN = r"[“\"]?[一二三四五六七八九十]{1,3}五[”\"]?"
LEADING_YEAR = re.compile(
    rf"^(?:{YEAR}\s*年?(?:度|底|末)?|{_PLAN}(?:时期|期间)?(?:期?末)?(?![”\"]?(?:规划|计划)))的?"
)
_PLACE_WORD = r"(?:地方|家民政局?|家单位|家(?!庭)|地区|地市|区县|县区|县市|市县|兄弟县区|民政局|[省市县区州])"
_PAPER_WORD = r"(?:文件|规划|计划|要点|总结|材料)"
# What of a paper itself a side may be called by, which says nothing of what is compared: “十四五”规划, 的总结.
PAPER_ALONE = re.compile(
    rf"(?:的|这|那|份|两|各)*(?:{_PLAN})?(?:民政|事业|发展|工作)*{_PAPER_WORD}(?:/{_PAPER_WORD})?[,的]*"
)
_SEVERAL = "[两三四五六七八九十几]"
_ALL_OF_THEM = "每个地方|(?:所有|全部)(?:地方|地区)"
# Every place of the library, by name: 各地, 各区县, 各份文件, 所有地方.
EACH_PLACE = rf"各地(?!块)|各(?:个|份)?(?:{_PLACE_WORD}|{_PAPER_WORD})|{_ALL_OF_THEM}"
# Several places by their number: of a question, those of the library; of a follow-up they may be those just named.
SOME_PLACES = rf"{_SEVERAL}个{_PLACE_WORD}"
# Those among them that are asked for.
WHICH_PLACES = "哪(?:一?个|些|几个?)?(?:地方|地区|单位)"
# The words that name places, which say nothing of what is compared.
ANY_PLACE = re.compile(
    rf"(?:这|那|我们|库里)?(?:的)?(?:哪|各|{_SEVERAL})(?:一|些|几|[两三四五六七八九])?[个份家]?(?:{_PLACE_WORD}|{_PAPER_WORD})"
    rf"(?:的?{_PAPER_WORD})?(?:[里中])?|各地|[三四五六七八九十几]地|{_ALL_OF_THEM}|谁家?(?=的|[^,。?]*最)"
)
# Every place of the library is meant: 哪个地方…最高, 各地…, 五个地区….
ALL_PLACES = re.compile(
    rf"(?:哪(?:一|几)?个?{_PLACE_WORD}|谁)[^,。?]{{0,24}}最|{EACH_PLACE}|"
    rf"{SOME_PLACES}|两[地县市区州]|排(?:个|一?下)?(?:名|序)"
)
# Which papers or places speak of something.
MENTIONING = re.compile(
    r"(?:都|有|也)*(?:提到|提及|提(?=了|过)|讲到?|写到?|写进|说到?|涉及|谈到|包含|出现|(?:给出|公布|列出|写明)(?=了|过)|用到?(?=了|过|$))(?:了|过)?"
)
# What stands around the subject of such a question and says nothing of it.
AROUND = re.compile(
    r"(?:这|那)(?:个|种)(?:说法|提法|字样|表述|词|概念)|[,、]?各(?:自|是)?(?:用|写|讲|说)[^,。?]*|(?:这|那)?[几两三四五]个(?:地方|地区)?(?:里|中)?|"
    r"有?谁(?:家)?|(?:说|讲)(?:要|了要)|(?:原文|分别)?(?:怎么|如何)(?:写|说|讲)的?"
)
MENTIONS = re.compile(
    rf"(?:提到|提及|写到|讲到)[^?]*哪[几些]份|(?<![带交备供填])哪(?:些|几|一|两)?(?:个|份)?(?:{_PLACE_WORD}|{_PAPER_WORD})(?![块分别])|(?:谁|哪里|哪儿|哪边|哪一?个|哪几个)[^,。?]{{0,6}}(?:提到|提及|讲到|写到|说到|涉及|谈到)"
)
_SPEAKS = re.compile("[提讲写说谈]到|[提讲写说]了|提及|涉及")
MOST = re.compile(r"最[高低多少大小]|更[高低多少大小]|(?:哪一?[家个边]|谁)[多高低大](?=$|[?,、些一])")


# …的户数,各是多少: the figure of each is asked for.
HOW_MUCH_EACH = re.compile("(?:各|分别)(?:自|是|有|为|要)*(?:多少|几)")


def asks_who_mentions(text: str) -> bool:
    """Whether a question asks which places or papers speak of something, and not which has the most of it."""
    if HOW_MUCH_EACH.search(text):
        return False
    return MENTIONS.search(text) is not None and not (MOST.search(text) and not _SPEAKS.search(text))


# Which of two: the words by which a question asks, and their opposites.
OPPOSITES = {"多": "少", "高": "低", "大": "小", "快": "慢", "早": "晚", "长": "短"}
DEGREE = re.compile(
    rf"([{''.join(OPPOSITES)}{''.join(OPPOSITES.values())}])(?:还是|一?些|一点|得多|呢|些|了?吗|了?没有?|$|\?|,|、|的)"
)
RANKING = re.compile(r"排(?:个|一?下)?(?:名|序)")
# Whether two are the same.
SAME = re.compile(
    r"变(?:化|动)?|一样|相同|持平|一致|差不多|同样|相等|不同吗|有(?:没有)?(?:差别|区别|不同)(?:吗|没有|$|\?)"
)
CHOICE = re.compile(r"哪|谁|更|最|还是|排名|排序|比")
# What a question says about comparing, and not about what is compared.
_SIZES = "[多少高低大小快慢早晚长短]"
COMPARING = re.compile(
    "[,、;]?(?:"
    # how far apart: 差多少, 高了几个百分点
    r"(?:相?差|[多少高低大]|涨|增加|减少|提高)(?:了|出)?(?:多少|几)(?:个百分点|[个家张户元人%])?|"
    "(?:之间)?(?:的)?(?:差距|落差)(?:有|是)?(?:多大|多少)?|"
    # which one: 哪个更高, 谁做得最多, 哪边的标准低一些
    "(?:哪(?![天日])|谁)(?:个|边|家|里|儿|一?个|一方|者|年)?(?:的?(?:数[字量]?|标准|任务|金额|人数))?"
    rf"(?:[\u4e00-\u9fff]{{1,3}}得)?(?:的?(?:更|要|最|比较))?(?:{_SIZES}(?:些|一些|一点)?)?|"
    # whether they are the same
    "(?:是不是|是否)?(?:都)?(?:不)?(?:一样|相同|一致|差不多|持平)(?:多)?(?:的)?(?:吗|呢|么)?(?=$|\\?)|"
    # in what they differ
    "(?:有什么|有何|有啥|有哪些)?(?:不同|区别|差别|差异|异同)(?:之处|点)?|对比一?下?|比较一?下?|比一比看?|比比看|相比|怎么样|"
    "(?:的)?(?:各有)?(?:什么|哪些)?侧重(?:点)?|"
    # more or less, most
    rf"(?:更|要)?{_SIZES}还是{_SIZES}|[\u4e00-\u9fff]得最{_SIZES}|最{_SIZES}|更{_SIZES}|排(?:个|一?下)?(?:名|序)|"
    # how many are compared: 这三家, 两份规划
    "(?:这|那)?[两三四五六七八九十几](?:家|地|处|者|方|(?:个|份)(?:地方|区县|县区|地区|规划|文件|要点|总结|计划)?)(?:之间)?|"
    "每一?年|逐年|各年(?:度)?|分年度?|历年|"
    "(?:分别|各)(?:自|是|有|为)?(?:多少|几)[\u4e00-\u9fff]?|(?:几|多少)倍"
    ")"
)

# A year held against the one before (比去年加得多还是少, 比上年增加了吗), which a question leaves unnamed.
YEAR_BEFORE = re.compile(
    r"(?:和|与|跟|同)?(?:比|较|相比|比起|相较于?|对比)(?:起|于)?(?:去年|上一?年|前一?年|往年|上年同期|去年同期)(?:同期)?(?:相比|比|来说)?"
    r"|(?:和|与|跟|同)(?:去年|上一?年|前一?年|上年同期|去年同期)(?:同期)?(?:相?比(?:起?来|较)?|对比)"
)
_CHANGES = r"(?:[多少高低升降涨增减大小]|提高|下降|上升|上涨|变化|一样|持平)"
MORE_OR_LESS = rf"{_CHANGES}(?:了)?还是(?:变|更)?{_CHANGES}"
# Whether something changed between two years is no statement to be confirmed, unless it says by how much.
ASKS_CHANGE = re.compile(
    rf"比[^,。?]{{0,16}}{_CHANGES}[^,。?\d]{{0,6}}(?:吗|没有?|了没|么)?\?*$|{MORE_OR_LESS}"
)
