"""What asks for an overview, for one thing, for what was done and for all the work of an office, in any wording."""

from __future__ import annotations

import re

from qa.composing.papers import NAMES_PAPER, OF_PAPER
from qa.understanding.question import Question
from qa.understanding.words import generic_words, overview_words
from vectorstore.folding import folded

# Asking for an overview, in any wording.
OVERVIEW = re.compile(
    r"几[大项个]*任务|综合(?=[说讲介])|总体|整体|总的|大意|大体|大致|大概|概括|概述|概要|综述|归纳|梳理|提纲|框架|总结一?下|介绍一?下|简要|简单(?:说|介绍|讲)|[讲说]清楚|从头到尾[说讲]|说说|讲讲|"
    r"(?:怎么|如何|怎样|咋)(?:样)?(?:个)?(?:安排|部署|规划|谋划|布局|打算|推进|开展|发展|加强|建设|建立|落实|实施|做好|抓好?|搞好?|搞|做|干|构建|健全|完善|提升|提高|优化|强化|帮扶|帮助|关爱|关心|扶持|优待)(?!.*[多几])|"
    r"(?:怎么|如何|怎样|咋)(?:个)?把[^,?]{2,20}?(?:[建抓做搞管办]|健全|完善|发展|织|兜|落)(?:起来|上去|下去|好|牢|实|强|到位)|"
    r"(?:怎么|如何|怎样|咋)(?:样)?(?:个)?(?:去|来)?(?:推|改|弄|整|治|破|干法|做法|搞法|弄法|落地|发力|铺开|着手)(?:进|动)?(?=[,?。]|$)|(?:讲|写|谈)(?:了|到)?些?(?:什么|啥|哪些)|"
    r"(?:哪|几)(?:些|几)?个?大?(?:方面|块(?!钱))|得(?:怎么样|咋样|如何)|工作的?重点(?:是|有)?(?=[?。]?$)|思路|路子|部署|工作要点|重点(?:抓|做|工作|任务)|抓些?(?:啥|什么|哪些)|(?:要)?(?:做|干|办|弄|搞|整)(?:些|了)?(?:啥|什么|哪些|哪?几件)|"
    r"(?:哪些|什么|啥)(?:工作|事)?(?:部署|安排|计划(?!生育)|举措|措施|任务|动作|打算|内容|亮点|进展|成绩|成效|成就|路子|做法|帮扶|关爱|扶持)|"
    r"主要(?:内容|思路|安排|做法|任务|措施|举措|工作|是|做|有|讲|抓)"
)
# What the names of the parts answer, and what wants more than these.
_PARTS = re.compile(
    r"几[大项个]*任务|(?:哪|几)(?:些|几)?个?大?(?:方面|块(?!钱)|部分|条)|分(?:成|为)?(?:哪|几)|整体|总体|总的|框架|提纲|大体|大致|谋划|布局|(?:讲|写|谈)(?:了|到)?些?(?:什么|啥|哪些)"
)
_DETAILS = re.compile(r"具体|详细|多少|程度|各(?:讲|是|有)|目标|指标")
# What one sentence answers, though a heading names the subject.
_ONE_THING = re.compile(
    r"(?:怎么|如何|怎样|咋)(?:个)?(?:申请|申报|办理|预约|联系|查询?|补办|领取?|拿|算|计算|认定|确定|界定|审批|审核|报销|交|收费|划分|分档)|"
    r"(?:要|需要?|得)?(?:带|交|提供|准备)(?:什么|哪些|啥)(?:材料|证件|手续)?[?]?$|(?:什么|哪些|啥)(?:条件|材料|手续|证件|流程|程序|意思|时候|人(?:可以|能|不))|"
    r"(?:由|归|是|找)?谁(?:来)?(?:负责|牵头|审批|审核|管|出|掏|付|承担)|哪(?:个|些|几个)?(?:单位|部门|股室|科室)(?:负责|牵头|管)|为什么|为啥|啥时|多久|"
    r"几(?:个)?[AaＡ星]级?|"
    # the bare name of a figure
    r"(?:目标值?|指标值|[\u4e00-\u9fff]{2}数量?|率|占比|比例|面积|金额)[?]?$"
)
# What the asking for an overview says, and not the field of work.
ASKING = re.compile(
    rf"{NAMES_PAPER}|总结一?下|介绍一?下|简单说说|综合(?:[说讲]|介绍)一?下?|(?:过去|未来|今后)(?:[几五\d]年)?|(?:这|近)(?:几|些|五)?年来?|民政(?:系统|部门|局)|(?:这|那)[一两二三几]?大?(?:块儿?|部分|方面)|下一步|接下来|今后|往后|(?<=[建抓搞做管])起来|(?:[做干搞弄整]法|[推改弄整抓干讲写谈][了到]?些?)$|^些$|"
    r"[一二三四五六七八九十]{1,3}个?大?(?:块|方面|部分)(?:工作|任务)?|(?:有|从|是|分)?(?:哪|几)(?:些|几)?个?大?(?:方面|块(?!钱))|\([^)]*\)|帮我|列个|发力|围绕|[做干搞抓办]得(?=怎|咋|如|$)|[讲说]清楚(?:一?[点些])?|(?<!社会)工作(?!站|者|人员|点|室|队)"
)
_ASKS_BACK = re.compile(
    r"得(?:怎么样|如何|咋样)|[做干搞抓]了|(?:怎么|如何|怎样|咋)[做干搞抓管]的|取得|成效|成绩|成就|回顾|完成|进展|现状|亮点|开展了|办了|[干办做搞]成|挑战|困难|问题|(?<!补)(?<!补齐)(?:短板|不足|薄弱)|形势|机遇|"
    r"(?:总体|整体|总的|大致|大体|基本|主要|目前|现在|啥|什么)的?情况|情况(?:怎么?样|咋样|如何)"
)
# What a whole paper contains, or all that an office does.
_ALL_WORK = re.compile(
    rf"{OF_PAPER}|(?:工作|任务|民政|事业)的?(?:总的?|主要|整体|总体)?(?:重点|要点|任务|安排|部署|打算|计划|思路|内容|举措|措施|情况)|(?:重点|主要)(?:任务|工作|抓|做|是|有)|"
    r"(?:做|干|办|抓|开展|完成)(?:了)?(?:哪些|什么|啥|些)|(?:讲|写|说|提|谈)(?:了|的)?(?:些|是|哪些|什么|啥)|(?:主要|大致|大概|核心|全部)内容|"
    r"概括|概述|概要|综述|归纳|梳理|总结一?下|介绍一?下|(?:几|哪些)个?(?:大)?(?:方面|部分|章|块)|"
    r"(?:民政|各项|整体|全[年市县区州])(?:工作|事业)?(?:怎么|如何|怎样|咋)(?:个)?(?:安排|部署|打算|谋划|开展|推进|抓|做|干|搞)"
)
# 数字民政 is one part of the work of a 民政局.
_A_KIND_OF_WORK = re.compile("(?:数字|智慧|法治|清廉|廉洁|平安|阳光|信息化?|标准化?|品质|温情|幸福)民政")
_NAMED_THING = re.compile(r"[“\"](?![一二三四五六七八九十]{1,3}五[”\"])[^“”\"]{2,20}[”\"]")


def asks_for_overview(text: str) -> bool:
    """Whether a question asks for an overview in so many words. `text` is folded."""
    return OVERVIEW.search(text) is not None


def asks_for_parts(text: str) -> bool:
    """Whether the names of the parts of a field are what is asked for (分哪几块, 整体安排). `text` is folded."""
    return _PARTS.search(text) is not None and _DETAILS.search(text) is None


def asks_one_thing(text: str) -> bool:
    """Whether a question asks for one matter of its subject (怎么申请, 谁负责), which is no overview. `text` is folded."""
    return _ONE_THING.search(text) is not None


def looks_back(asked: Question) -> bool:
    """Whether a question is after what was done rather than what is planned."""
    return _ASKS_BACK.search(asked.text) is not None


def asks_for_all_work(asked: Question) -> bool:
    """Whether a question asks what a whole paper contains, or what its office does or did (今年的工作重点)."""
    text = folded(asked.text)
    # Who asks for an overview and names no field of work asks for all of it (今年总的怎么安排).
    is_all = (asks_for_overview(text) or _ALL_WORK.search(text) is not None) and not _A_KIND_OF_WORK.search(
        text
    )
    return is_all and not names_thing(text) and not all_words(asked)


def names_thing(text: str) -> bool:
    """Whether a question names one thing in quotation marks (“桥计划”), a plan's own name (“十四五”) aside. `text` is folded."""
    return _NAMED_THING.search(text) is not None


def all_words(asked: Question) -> list[str]:
    """The words of a question's content that name something, and do not only ask for an overview."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    idle = overview_words() | generic_words()
    return [
        word
        for piece in asked.content
        for word in rjieba.cut(ASKING.sub(" ", piece))
        if len(word.strip()) > 1 and word not in idle
    ]
